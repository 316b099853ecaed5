"""Looking at what a site is built from: what counts, and that it takes no more than its share."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from conftest import put
from samples import SMALL

from builder.scan import Stamp, is_file
from builder.watching import looking
from builder.watching.looking import Inputs, Rounds


@pytest.fixture
def site(tmp_path: Path) -> Path:
    put(tmp_path, SMALL)
    return tmp_path


def known(root: Path) -> Inputs:
    inputs = Inputs(root)
    assert any(list(inputs.look()))
    return inputs


def test_everything_that_a_build_reads_is_looked_at(site: Path) -> None:
    inputs = known(site)
    for path in SMALL:
        (site / path).write_bytes(b"other words")
        assert any(list(inputs.look())), path
        assert not any(list(inputs.look())), path


def test_what_was_told_is_not_found_again(site: Path) -> None:
    inputs = known(site)
    (site / "site.yaml").write_text("other")
    assert inputs.told(f"{site}/site.yaml")
    assert not any(list(inputs.look()))


def test_what_was_told_in_the_midst_of_a_look_is_not_found_by_it(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "FEW", 1)
    inputs = known(site)
    steps = sum(1 for _ in inputs.look())
    assert steps > 5
    for step in range(steps):
        look = inputs.look()
        for _ in range(step):
            assert not next(look)
        put(site, {"seeds/one.txt": str(step), f"seeds/new{step}.txt": ""})
        assert inputs.told(f"{site}/seeds/one.txt")
        assert inputs.told(f"{site}/seeds/new{step}.txt")
        assert not any(look), step


def test_a_file_that_came_and_went_does_not_count(site: Path) -> None:
    inputs = known(site)
    assert not inputs.told(f"{site}/seeds/passing.txt")
    assert not inputs.told(f"{site}/seeds/one.txt~")
    assert not inputs.told("/elsewhere/site.yaml")
    (site / "seeds/one.txt").unlink()
    assert inputs.told(f"{site}/seeds/one.txt")


def test_a_lock_in_a_folder_does_not_change_it(site: Path) -> None:
    inputs = known(site)
    inputs.moved = False
    put(site, {f"{folder}/.lock": "" for folder in (".", "content", "content/case", "seeds")})
    assert not any(list(inputs.look()))
    assert not inputs.moved


def test_a_folder_that_comes_goes_or_is_told_of_has_moved(site: Path) -> None:
    inputs = known(site)
    for path, there in (("content/new", True), ("content/new", False)):
        inputs.moved = False
        (site / path).mkdir() if there else (site / path).rmdir()
        assert inputs.told(f"{site}/{path}")
        assert inputs.moved
    inputs.moved = False
    assert inputs.told(str(site / "content"))
    assert inputs.moved


def test_folders_come_after_those_they_stand_in(site: Path) -> None:
    folders = known(site).folders()
    assert folders[0] == str(site)
    assert {f"{site}/{name}" for name in ("content", "content/case", "seeds")} <= set(folders)
    assert folders == sorted(folders)
    assert Inputs(site).folders() == []


def test_a_file_with_something_in_it_is_whole(site: Path) -> None:
    inputs = known(site)
    assert inputs.is_whole(f"{site}/site.yaml")
    for path, data in (("site.yaml", b""), ("site.yaml", b"a")):
        (site / path).write_bytes(data)
        inputs.told(f"{site}/{path}")
        assert inputs.is_whole(f"{site}/{path}") is bool(data)
    assert not inputs.is_whole(f"{site}/content")
    assert not inputs.is_whole(f"{site}/none.yaml")
    assert not inputs.is_whole("/nowhere/site.yaml")


def test_where_times_are_coarse_a_change_is_told_twice(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two saves in one second may leave the same stamp: the second one is covered when the second is over."""
    clock, real = Clock(0.0), looking._stamp

    def coarse(path: str) -> Stamp:
        stamp = real(path)
        return (*stamp[:2], 7 * looking.SECOND, 7 * looking.SECOND, stamp[4]) if is_file(stamp) else stamp

    monkeypatch.setattr(looking, "time", clock)
    monkeypatch.setattr(looking, "_stamp", coarse)
    inputs = Inputs(site)
    found = []
    for number in range(9):
        if number in (0, 4):
            (site / "site.yaml").write_text("a" * number)
        found.append(any(list(inputs.look())))
        clock.now += 1
    assert found == [True, False, False, True, True, False, False, True, False]


# ---- its share ------------------------------------------------------------------------------------------------------


class Clock:
    """A clock that goes on by itself whenever somebody looks at it, and one of work that goes with it."""

    def __init__(self, step: float) -> None:
        self.now = 100.0
        self.worked = 0.0
        self._step = step

    def monotonic(self) -> float:
        return self.now

    def thread_time(self) -> float:
        self.now += self._step
        self.worked += self._step
        return self.worked


def test_looking_takes_no_more_than_its_share(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(site, {f"seeds/{number}.txt": "" for number in range(300)})
    clock = Clock(0.0004)
    monkeypatch.setattr(looking, "time", clock)
    monkeypatch.setattr(looking, "FEW", 1)
    rounds = Rounds(known(site), threading.Event())
    begin, slices = clock.now, 0
    while clock.now < begin + 20:
        before = clock.worked
        assert not rounds.further(1.0, 0.03)
        slices += clock.worked > before + 0.0005
        assert clock.worked - before < 0.01
        clock.now += 0.024
    assert slices > 40
    assert clock.worked / (clock.now - begin) < 0.05  # the clock also goes on where nothing is due


def test_a_small_site_is_looked_at_once_in_a_while(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(0.0)
    monkeypatch.setattr(looking, "time", clock)
    rounds = Rounds(known(site), threading.Event())
    found = []
    for number in range(10):
        put(site, {"site.yaml": f"title: {number}"})
        found.append(rounds.further(1.0, 0.03))
        clock.now += 0.25
    assert found.count(True) == 3


def test_a_look_at_all_ends_when_it_shall(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "FEW", 1)
    inputs, stop = Inputs(site), threading.Event()
    assert Rounds(inputs, stop).through()
    assert not Rounds(inputs, stop).through()
    stop.set()
    Rounds(Inputs(site), stop).through()
