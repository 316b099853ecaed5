"""Bursts of changes: what makes one, and what is done where the system cannot tell them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import watchfiles
from conftest import put

from builder.watch import bursts, matters


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    put(root, {"site.yaml": "title: T", "content/a/claims.yaml": "", "seeds/a.txt": "a"})
    return root


def quiet(line: str) -> None:
    raise AssertionError(line)


def started(root: Path) -> Iterator[None]:
    """Bursts, the first of which, the start, is over."""
    found = bursts(root, quiet)
    next(found)
    return found


@pytest.mark.parametrize("path", ["site.yaml", "seeds/a.txt", "content/a/claims.yaml", "content/b/claims/new.yaml"])
def test_a_change_of_what_a_curator_writes_makes_a_burst(site: Path, path: str) -> None:
    found = started(site)
    put(site, {path: "changed"})
    next(found)


def test_changes_during_the_work_on_one_burst_make_the_next(site: Path) -> None:
    found = started(site)
    for number in range(3):
        put(site, {"content/a/claims.yaml": f"# {number}"})
        next(found)
        put(site, {"site.yaml": f"title: T{number}"})
        next(found)


def test_a_folder_that_comes_later_is_watched(tmp_path: Path) -> None:
    found = started(tmp_path)  # there is nothing yet
    put(tmp_path, {"site.yaml": "title: T"})
    next(found)
    put(tmp_path, {"content/a/claims.yaml": ""})
    next(found)
    put(tmp_path, {"content/a/claims.yaml": "a: b"})
    next(found)


def test_a_folder_that_was_replaced_is_watched(site: Path) -> None:
    found = started(site)
    (site / "content").rename(site / "old")
    put(site, {"content/a/claims.yaml": "new"})
    next(found)
    put(site, {"content/a/claims.yaml": "newer"})
    next(found)


def test_where_the_system_cannot_tell_changes_are_found_by_looking(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    def refusing(*_: Path, **options: Any) -> Iterator[set[str]]:
        if not options["force_polling"]:
            raise OSError("too many files")
        return iter([set(), set(), {"content/a/claims.yaml"}])

    monkeypatch.setattr(watchfiles, "watch", refusing)
    found = bursts(site, said.append)
    next(found)
    assert said == ["Changes are found by looking, as the system cannot tell them: too many files"]
    next(found)


def test_where_looking_is_refused_as_well_it_ends(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(*_: Path, **__: Any) -> Any:
        raise PermissionError("no")

    monkeypatch.setattr(watchfiles, "watch", refusing)
    with pytest.raises(PermissionError):
        next(bursts(site, lambda _: None))


def test_a_folder_that_goes_just_then_is_waited_for(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[Any] = []
    real = watchfiles.watch

    def refusing(*folders: Path, **options: Any) -> Any:
        tries.append(folders)
        if len(tries) == 1:
            raise FileNotFoundError("content")
        return real(*folders, **options)

    monkeypatch.setattr(watchfiles, "watch", refusing)
    next(bursts(site, quiet))
    assert len(tries) == 2


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("claims.yaml", True),
        ("a.txt", True),
        (".claims.yaml.swp", False),
        ("claims.yaml~", False),
        ("#claims.yaml#", False),
        ("4913.tmp", False),
        (".git", False),
    ],
)
def test_an_editor_s_own_files_do_not_count(name: str, counts: bool) -> None:
    assert matters(watchfiles.Change.modified, f"/site/content/a/{name}") is counts
