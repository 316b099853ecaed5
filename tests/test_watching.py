"""Bursts of changes: no save is lost, each makes one item, and nothing that happens to the files ends it."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import saves
from conftest import put
from saves import CLAIMS, Style, state, words
from watchfiles._rust_notify import RustNotify

from builder import watching
from builder.watching import bursts
from builder.watching.looking import Rounds

PATIENCE = 30.0
"""How long a condition may take on a slow machine before a test fails, in seconds."""


class Builder:
    """Reads the site at every item, in a thread of its own, as a build would."""

    def __init__(self, folder: Path, **options: Any) -> None:
        self.folder = folder
        self.read: list[Mapping[str, tuple[bytes, int]]] = []
        """What was read at each item."""
        self.said: list[str] = []
        self.stop = threading.Event()
        self.wake = threading.Event()
        self._changed = threading.Condition()
        self._options = options
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()
        self.until(lambda: bool(self.read))

    def _work(self) -> None:
        for _ in bursts(self.folder, self.said.append, stop=self.stop, wake=self.wake, **self._options):
            found = state(self.folder)
            with self._changed:
                self.read.append(found)
                self._changed.notify_all()

    def until(self, condition: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(condition, PATIENCE)

    def sees(self, change: Callable[[], object]) -> None:
        """Make a change; an item comes after which the files are read as they are then."""
        before = len(self.read)
        change()
        now = state(self.folder)
        self.until(lambda: now in self.read[before:])

    def end(self) -> None:
        self.stop.set()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return saves.site(tmp_path / "site")


Start = Callable[..., Builder]


@pytest.fixture
def start() -> Iterator[Start]:
    """Begins to watch; it ends with the test."""
    builders: list[Builder] = []

    def begin(folder: Path, **options: Any) -> Builder:
        builders.append(Builder(folder, **options))
        return builders[-1]

    yield begin
    for builder in builders:
        builder.end()


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody looks around; only after a folder has come or gone."""
    monkeypatch.setattr(Rounds, "further", lambda *_: False)


@pytest.fixture
def deaf(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk of which the system tells no changes at all, and says so of none."""
    monkeypatch.setattr("builder.watching.telling.RustNotify", Mute)


class Mute:
    def __init__(self, *_: object) -> None:
        pass

    def watch(self, _: int, __: int, milliseconds: int, stop: threading.Event) -> str:
        stop.wait(milliseconds / 1000)
        return "timeout"

    def close(self) -> None:
        pass


# ---- no save is lost ------------------------------------------------------------------------------------------------


def saved(builder: Builder, style: Style, times: int) -> int:
    """Save so often in that way; how many items came by the time each was seen."""
    if style in saves.OF_GIT:
        saves.repository(builder.folder)
        builder.sees(lambda: saves.in_place(builder.folder, 1))
    before = len(builder.read)
    for number in range(2, 2 + times):
        builder.sees(lambda number=number: style(builder.folder, number))  # type: ignore[misc]
    return len(builder.read) - before


@pytest.mark.parametrize("style", saves.STYLES)
def test_no_save_is_lost_and_each_is_one_burst(site: Path, start: Start, style: Style) -> None:
    times = 12
    assert times <= saved(start(site), style, times) <= 2 * times


def test_no_commit_of_a_rebase_is_lost(site: Path, start: Start) -> None:
    saved(start(site), saves.rebased, 2)


@pytest.mark.parametrize("style", saves.STYLES)
def test_no_save_is_lost_where_changes_are_only_looked_for(site: Path, start: Start, style: Style) -> None:
    saved(start(site, polling=True), style, 2)


@pytest.mark.usefixtures("blind")
@pytest.mark.parametrize("style", saves.STYLES)
def test_what_is_told_is_enough(site: Path, start: Start, style: Style) -> None:
    saved(start(site), style, 2)


@pytest.mark.usefixtures("deaf")
@pytest.mark.parametrize("style", [saves.in_place, saves.of_the_same_size_and_time, saves.folder_moved_in])
def test_what_is_not_told_is_found_all_the_same(site: Path, start: Start, style: Style) -> None:
    saved(start(site), style, 1)


def test_saves_that_follow_each_other_at_once_are_seen_to_the_last(site: Path, start: Start) -> None:
    builder = start(site)

    def often() -> None:
        for number in range(300):
            saves.in_place(site, number)

    builder.sees(often)


def test_changes_during_the_work_on_one_item_make_the_next(site: Path) -> None:
    stop = threading.Event()
    late = threading.Timer(PATIENCE, stop.set)  # else a lost save would wait for ever
    late.start()
    found = bursts(site, print, stop=stop)
    next(found)
    for number in range(1, 4):
        saves.in_place(site, number)
        next(found)
        saves.of_the_site(site, number)
        next(found)
    late.cancel()


# ---- what counts ----------------------------------------------------------------------------------------------------


def changed(builder: Builder, path: str) -> None:
    """Whatever else is changed before a file that counts, this one makes an item."""
    builder.sees(lambda: put(builder.folder, {path: words(len(builder.read))}))


OF_NO_USE = [
    "content/a/.claims.yaml.swp",
    "content/a/claims.yaml~",
    "content/a/#claims.yaml#",
    "content/a/claims.yaml.tmp",
    "content/a/4913",
    "content/a/claims/.#1.yaml",
    "content/.hidden/claims.yaml",
    "content/README.md",
    "seeds/one.txt~",
    "seeds/.one.txt.swp",
    "public/index.html",
    ".variorum/memory",
    "templates/page.html~",
    "templates/__pycache__/page.html",
]


@pytest.mark.parametrize("polling", [False, True])
def test_what_no_build_reads_makes_no_item(site: Path, start: Start, polling: bool) -> None:
    put(site, {"templates/page.html": ""})
    builder = start(site, also=[site / "templates"], polling=polling)
    for _ in range(2):
        put(site, dict.fromkeys(OF_NO_USE, "one"))
        put(site, dict.fromkeys(OF_NO_USE, "other"))
        time.sleep(0.4)  # long enough for an item, if there were one
        for path in OF_NO_USE:
            (site / path).unlink()
    assert len(builder.read) == 1
    changed(builder, CLAIMS)


@pytest.mark.parametrize("polling", [False, True])
def test_templates_count(site: Path, start: Start, polling: bool) -> None:
    builder = start(site, also=[site / "templates"], polling=polling)  # which is not there yet
    for path in ("page.html", "static/css/a.css", "static/js/a.js", "static/icon.svg"):
        for text in ("one", "another"):
            items = len(builder.read)
            put(site, {f"templates/{path}": text})
            builder.until(lambda items=items: len(builder.read) > items)  # type: ignore[misc]


def test_of_the_builder_its_code_counts(tmp_path: Path, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "builder"
    put(own, {"parse.py": "", "pages/page.py": "", "templates/base.html": ""})
    monkeypatch.setattr("builder.watching.looking.BUILDER", str(own))
    builder = start(tmp_path, also=[own / "templates", own])
    for path in ("pages/page.py", "new/module.py", "templates/base.html"):
        items = len(builder.read)
        put(own, {path: "pass"})
        builder.until(lambda items=items: len(builder.read) > items)  # type: ignore[misc]
    items = len(builder.read)
    put(own, {"messages.md": "", "preview/client.js": ""})
    (own / "messages.md").write_text("other")
    time.sleep(0.3)
    assert len(builder.read) <= items + 1  # for the new folder


# ---- folders that come and go ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("polling", [False, True])
def test_a_site_that_comes_later_is_watched(tmp_path: Path, start: Start, polling: bool) -> None:
    builder = start(tmp_path / "site", polling=polling)
    for path in ("site.yaml", CLAIMS, CLAIMS, "seeds/one.txt", "seeds/one.txt", "content/new/claims/a.yaml"):
        changed(builder, path)


@pytest.mark.parametrize("polling", [False, True])
def test_a_site_that_is_moved_away_and_back_is_watched(site: Path, start: Start, polling: bool) -> None:
    builder = start(site, polling=polling)
    for _ in range(2):
        builder.sees(lambda: site.rename(site.with_name("away")))
        builder.sees(lambda: site.with_name("away").rename(site))
        changed(builder, CLAIMS)


def test_a_site_behind_a_link_is_watched(site: Path, start: Start) -> None:
    link = site.with_name("link")
    link.symlink_to(site)
    builder = start(link)
    changed(builder, CLAIMS)
    shutil.copytree(site, site.with_name("other"))
    put(site.with_name("other"), {CLAIMS: words(77)})
    link.unlink()
    builder.sees(lambda: link.symlink_to(site.with_name("other")))
    changed(builder, CLAIMS)


@pytest.mark.parametrize("folder", ["content", "content/a", "content/a/claims", "seeds"])
@pytest.mark.parametrize("target", ["/", "..", "none"])
def test_a_link_in_place_of_a_folder_is_seen_and_not_followed(
    site: Path, start: Start, folder: str, target: str
) -> None:
    builder = start(site)
    (site / folder).rename(site / "moved")
    items = len(builder.read)
    (site / folder).symlink_to(target)
    builder.until(lambda: len(builder.read) > items)
    (site / folder).unlink()
    (site / "moved").rename(site / folder)
    changed(builder, CLAIMS)


def test_a_file_in_place_of_a_folder_and_back(site: Path, start: Start) -> None:
    builder = start(site)
    for folder in ("seeds", "content/a/claims", "content/a", "content"):
        items = len(builder.read)
        shutil.rmtree(site / folder)
        (site / folder).write_text("a file")
        builder.until(lambda items=items: len(builder.read) > items)  # type: ignore[misc]
        (site / folder).unlink()
        changed(builder, CLAIMS)
        changed(builder, "seeds/one.txt")


def test_names_that_are_no_text_do_no_harm(site: Path, start: Start) -> None:
    builder = start(site)
    os.mkdir(os.fsencode(site / "content") + b"/\xff")  # noqa: PTH102  (a Path would do, but hides what matters)
    for number in range(3):
        Path(os.fsdecode(os.fsencode(site / "content/a") + b"/\xff.yaml")).write_text(str(number))
        changed(builder, CLAIMS)
    assert builder.said == []


# ---- where the system cannot tell -----------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [OSError, RuntimeError])
def test_where_the_system_refuses_changes_are_found_by_looking(
    site: Path, start: Start, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def refusing(*_: object) -> None:
        raise error("too many \x1b[31mfiles")

    monkeypatch.setattr("builder.watching.telling.RustNotify", refusing)
    builder = start(site)
    changed(builder, CLAIMS)
    builder.sees(lambda: saves.folder_moved_in(site, 1))
    (said,) = builder.said
    assert said.startswith("Changes are found by looking, as the system cannot tell them: too many ")
    assert "\x1b" not in said


@pytest.mark.parametrize("error", [FileNotFoundError, PermissionError])
def test_a_folder_that_goes_just_then_is_waited_for(
    site: Path, start: Start, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    real, tries = RustNotify, list[object]()

    def refusing(*arguments: Any) -> Any:
        tries.append(arguments)
        if len(tries) < 6:
            raise error("content")
        return real(*arguments)

    monkeypatch.setattr("builder.watching.telling.RustNotify", refusing)
    monkeypatch.setattr(watching, "RETRY", 0.05)
    builder = start(site)
    changed(builder, CLAIMS)
    builder.until(lambda: len(tries) >= 6)
    changed(builder, CLAIMS)
    assert builder.said == []


def test_a_teller_that_fails_is_replaced(site: Path, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    real, made = RustNotify, list[object]()

    class Failing(Mute):
        def watch(self, *_: object) -> str:
            raise RuntimeError("the queue is broken")

    def once(*arguments: Any) -> Any:
        made.append(arguments)
        return Failing() if len(made) == 1 else real(*arguments)

    monkeypatch.setattr("builder.watching.telling.RustNotify", once)
    monkeypatch.setattr(watching, "RETRY", 0.05)
    builder = start(site)
    changed(builder, CLAIMS)
    builder.until(lambda: len(made) > 1)
    changed(builder, CLAIMS)


def test_ctrl_c_is_passed_on(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Mute, "watch", lambda *_: "signal")
    monkeypatch.setattr("builder.watching.telling.RustNotify", Mute)
    found = bursts(site, print)
    next(found)
    with pytest.raises(KeyboardInterrupt):
        next(found)


# ---- other threads --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("polling", [False, True])
def test_an_item_comes_when_it_is_asked_for(site: Path, start: Start, polling: bool) -> None:
    builder = start(site, polling=polling)
    for items in (2, 3):
        builder.wake.set()
        builder.until(lambda items=items: len(builder.read) == items)  # type: ignore[misc]
        assert not builder.wake.is_set()


@pytest.mark.parametrize("polling", [False, True])
def test_it_ends_when_it_shall_even_before_it_has_begun(site: Path, start: Start, polling: bool) -> None:
    start(site, polling=polling).end()
    stop = threading.Event()
    stop.set()
    assert list(bursts(site, print, polling=polling, stop=stop)) == []


def test_to_be_woken_is_no_change_that_makes_an_item_old(site: Path) -> None:
    wake = threading.Event()
    items = bursts(site, print, wake=wake)
    more = next(items)
    wake.set()
    assert not more()
    (site / CLAIMS).write_text("changed: {}\n")
    for _ in range(200):
        if more():
            break
    else:
        pytest.fail("a change was not noticed")
    items.close()  # type: ignore[attr-defined]
