"""New folders on the disk: whole or not at all, and never over what is there."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from builder.diagnostics import printable
from builder.inputs import StoreError

EXAMPLE = Path(__file__).parent / "example"
"""A small whole site that comes with the builder."""


def example() -> dict[str, bytes]:
    """The files of the example, by path; not what a build may have left beside them."""
    found = sorted(path for path in EXAMPLE.rglob("*") if path.is_file())
    files = {path.relative_to(EXAMPLE).as_posix(): path.read_bytes() for path in found}
    return {path: data for path, data in files.items() if path.split("/")[0] not in ("public", ".variorum")}


def site_around(folder: Path) -> Path | None:
    """The site that a folder lies in, itself not counted."""
    for above in folder.parents:
        with suppress(OSError):  # nobody has a site where we may not even look
            if (above / "site.yaml").is_file() and (above / "content").is_dir():
                return above
    return None


def repository_around(folder: Path) -> Path | None:
    """The git repository that a folder lies in, where it is not itself the top of one."""
    tops = [above for above in (folder, *folder.parents) if os.path.lexists(above / ".git")]
    return tops[0] if tops and tops[0] != folder else None


def lay(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files, by path, into a folder that is made for them, or that holds nothing by the names of their tops.

    All of them or none: they are written beside their place first. Raises StoreError where something is in the way
    or the disk refuses.
    """
    made = _make_folders(folder.parent)
    waiting: Path | None = None
    try:
        new = not folder.is_dir()
        waiting = Path(tempfile.mkdtemp(dir=folder.parent if new else folder, prefix=f".{folder.name[:32]}-new-"))
        whole = waiting / "whole"  # its rights are those of any new folder
        whole.mkdir()
        _write(whole, files)
        if new:
            _refuse(folder)
            whole.rename(folder)
        else:
            _move(whole, folder)
        made.clear()
    except OSError as error:
        raise StoreError(f"{printable(str(folder))}: {error.strerror}. Nothing was made.") from error
    finally:
        if waiting is not None:
            shutil.rmtree(waiting, ignore_errors=True)
        for path in reversed(made):
            with suppress(OSError):
                path.rmdir()


def _make_folders(folder: Path) -> list[Path]:
    """Make a folder and those above it that are missing; those that were made, from the top."""
    made: list[Path] = []
    try:
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        for path in reversed(missing):
            path.mkdir()
            made.append(path)
    except OSError as error:
        for path in reversed(made):
            with suppress(OSError):
                path.rmdir()
        raise StoreError(f"{printable(str(folder))} cannot be made: {error.strerror}.") from error
    return made


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())


def _move(whole: Path, folder: Path) -> None:
    """Each top of what is written into the folder; on any fault all of them back."""
    moved: list[str] = []
    try:
        for top in sorted(whole.iterdir()):
            _refuse(folder / top.name)
            top.rename(folder / top.name)
            moved.append(top.name)
    except BaseException:
        for name in moved:
            with suppress(OSError):
                (folder / name).rename(whole / name)
        raise


def _refuse(path: Path) -> None:
    """Raise StoreError where something stands at a path, be it a link that leads nowhere."""
    if os.path.lexists(path):
        raise StoreError(f"{printable(str(path))} is there already. Nothing was made.")
