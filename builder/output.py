"""What stands in the output, and what of it the builder wrote.

The site is written in *units*: a briefing's folder, the folder of assets, and the files at the top. What is *foreign*,
because the builder did not write it, is never overwritten. Which files are the builder's own the caller knows; where it
does not, the mark in the pages tells.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from builder.diagnostics import printable
from builder.inputs import StoreError
from builder.routes import INDEX, is_own

TOP = ""
"""The unit of the files at the top of the output."""

MARK = b'<meta name="generator" content="Variorum">'
"""Stands at the head of every page of the builder's."""

LEADS_ON = b'<meta http-equiv="refresh"'
"""And this at the head of one that leads to another."""

Entries: TypeAlias = dict[str, "os.DirEntry[str]"]
"""What a folder holds at any depth, by path below the output with forward slashes."""


def recognized(entries: Entries, output: Path, unit: str) -> set[str]:
    """What of a unit the builder must have written, where its memory is lost: pages by their mark, and what it makes
    beside them where the unit is its own (see `is_unit`). A picture in static/ may be anybody's."""
    if not is_unit(output, unit):
        return set()
    files = [path for path, entry in entries.items() if is_file(entry) and is_own(path)]
    if unit == "static":
        files = [path for path in files if path.endswith((".css", ".js", "static/icon.svg"))]
    return {path for path in files if not path.endswith(".html") or _is_marked(output / path)}


def is_unit(output: Path, unit: str) -> bool:
    """Whether a unit is the builder's: a briefing says so in its data, by its name; what stands at the address of one
    that was renamed leads on; the rest is known by the digest's mark."""
    if unit in (TOP, "static", INDEX):
        return _is_marked(output / "index.html")
    index = _head(output / unit / "index.html")
    if MARK in index and LEADS_ON in index:
        return True
    name = f'"id": "{unit}",'.encode()
    return all(word in _head(output / unit / "data/briefing.json") for word in (b'"generator": "Variorum ', name))


def _is_marked(path: Path) -> bool:
    return MARK in _head(path)


def _head(path: Path) -> bytes:
    """The beginning of a file; nothing where there is none, or a link."""
    try:
        with open(path, "rb", opener=_not_through_links) as file:
            return file.read(8192)
    except OSError:
        return b""


def sorted_out(entries: Entries, owned: Collection[str]) -> tuple[Entries, Entries]:
    """The builder's own files and folders, and the foreign: also a link or folder in an own file's place."""
    folders = folders_to(owned)
    own: Entries = {}
    foreign: Entries = {}
    for path, entry in entries.items():
        is_own = (path in owned and is_file(entry)) or (path in folders and is_folder(entry))
        (own if is_own else foreign)[path] = entry
    return own, foreign


def unit_of(path: str) -> str:
    """The unit that a path below the output belongs to."""
    return path.partition("/")[0] if "/" in path else TOP


def harmed(output: Path, files: Mapping[str, str]) -> list[str]:
    """Those of the files, given with their SHA-256, that are no longer in the output as they were written."""
    found = []
    for path, digest in files.items():
        try:
            with open(f"{output}/{path}", "rb", opener=_not_through_links) as file:
                same = digest_of(file.read()) == digest
        except OSError:
            same = False
        if not same:
            found.append(path)
    return found


def _not_through_links(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def entries_in(output: Path, prefix: str = "", *, deep: bool = True) -> Entries:
    """Everything in a folder of the output, links not followed; nothing where there is no such folder."""
    found: Entries = {}
    pending = [prefix] if (output / prefix).is_dir() else []
    device = output.stat().st_dev if pending else 0
    while pending:
        prefix = pending.pop()
        with os.scandir(output / prefix) as listing:
            for entry in listing:
                found[prefix + entry.name] = entry
                if deep and is_folder(entry):
                    if is_mount(entry, device):
                        raise StoreError(f"{printable(entry.path)} is a mount point. Nothing was changed; move it out.")
                    pending.append(f"{prefix}{entry.name}/")
    return found


def folders_to(paths: Iterable[str]) -> set[str]:
    """All the folders on the way to the paths, the output itself left out."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def is_file(entry: os.DirEntry[str]) -> bool:
    """Whether it is an ordinary file: what a link leads to does not count."""
    return entry.is_file(follow_symlinks=False)


def is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder: what a link leads to does not count."""
    return entry.is_dir(follow_symlinks=False)


def is_mount(entry: os.DirEntry[str], device: int) -> bool:
    """Whether another file system begins at a folder; it cannot be moved, nor may it be emptied."""
    return entry.stat(follow_symlinks=False).st_dev != device


def digest_of(data: bytes) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(data).hexdigest()


def staging_of(output: Path) -> Path:
    """Where what the output will be is made ready."""
    return output.with_name(f".{output.name}.staging")


@contextmanager
def told(output: Path, failure: str) -> Iterator[None]:
    """An OSError becomes a StoreError: the output, what became of it, the file, the reason."""
    try:
        yield
    except OSError as error:
        name = str(error.filename or output)
        for folder in (staging_of(output) / "new", staging_of(output), output, output.parent):
            name = name.removeprefix(f"{folder}/")
        reason = error.strerror or str(error)
        raise StoreError(printable(f"{output.name} {failure}: {name}: {reason}.")) from error
