"""Folders are made whole or not at all, and never over what is there."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from conftest import put

from builder import groundwork
from builder.groundwork import example, lay, repository_around, site_around
from builder.inputs import StoreError


def everything(folder: Path) -> dict[str, bytes | None]:
    """All that stands below a folder; None for what is no file."""
    found = sorted(folder.rglob("*"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in found}


def full_after(monkeypatch: pytest.MonkeyPatch, files: int) -> None:
    """A disk that takes so many files and no more."""
    left = iter(range(files))

    def fsync(_: int) -> None:
        if next(left, None) is None:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fsync)


@pytest.mark.parametrize("stop", [OSError(errno.EIO, "Input/output error"), KeyboardInterrupt()])
def test_a_move_that_is_broken_off_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: BaseException
) -> None:
    put(tmp_path, {"mine": "1"})
    rename, moved = Path.rename, list[Path]()

    def slow(self: Path, target: Path) -> Path:
        if self.name == "c":
            raise stop
        moved.append(target)
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", slow)
    with pytest.raises((StoreError, KeyboardInterrupt)):
        lay(tmp_path, {"a/1": b"", "b": b"", "c": b""})
    assert tmp_path / "a" in moved
    assert everything(tmp_path) == {"mine": b"1"}


def test_what_comes_into_the_way_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    put(tmp_path, {"b": "theirs"})
    with pytest.raises(StoreError, match="is there already"):
        lay(tmp_path, {"a/1": b"", "b": b"ours"})
    assert everything(tmp_path) == {"b": b"theirs"}


def test_files_and_folders_get_the_rights_of_any_new_ones(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        lay(tmp_path / "new", {"a/b": b""})
    finally:
        os.umask(before)
    rights = [(tmp_path / path).stat().st_mode & 0o777 for path in ("new", "new/a", "new/a/b")]
    assert rights == [0o750, 0o750, 0o640]


def test_what_is_around_a_folder_is_seen(tmp_path: Path) -> None:
    put(tmp_path, {"repo/.git": "gitdir: x", "repo/a/b/c": "", "repo/a/site.yaml": "", "repo/a/content/x": ""})
    repository = tmp_path / "repo"
    assert repository_around(repository / "a/b") == repository
    assert repository_around(repository) is None
    assert site_around(repository / "a/b") == repository / "a"
    assert site_around(repository / "a") is None


def test_what_a_build_left_in_the_example_is_none_of_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groundwork, "EXAMPLE", tmp_path)
    put(tmp_path, {"public/index.html": "", ".variorum/x.facts": "", "seeds/a.txt": "words", ".gitignore": "x"})
    assert example() == {".gitignore": b"x", "seeds/a.txt": b"words"}
