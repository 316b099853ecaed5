"""Making ready what the site will be, beside the output and without touching it.

A unit is staged as it will be: what changed is written, what stays is linked, what is foreign is carried over (for
these words see `output`). Everything that fails is a StoreError.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from builder.diagnostics import printable
from builder.inputs import StoreError
from builder.output import (
    TOP,
    Entries,
    digest_of,
    entries_in,
    folders_to,
    is_file,
    is_folder,
    recognized,
    sorted_out,
    staging_of,
    told,
    unit_of,
)
from builder.routes import OutputFile

SHOWN = 5
"""How many paths a message names before it counts the rest."""


@dataclass(frozen=True, slots=True)
class Staged:
    """What was made ready for one unit."""

    unit: str
    files: Mapping[str, str]
    """All files that it will hold of the builder's: path below the output, and SHA-256."""
    put: tuple[str, ...]
    """What waits in the staging folder to take its place at the top of the output."""
    drop: tuple[str, ...]
    """What goes from the top of the output."""
    written: int
    """Files with new bytes."""
    unchanged: int
    removed: int


def stage(output: Path, unit: str, files: Sequence[OutputFile], owned: Collection[str] | None) -> Staged:
    """Make ready what a unit will be: `files`, what is foreign there, and nothing else. May run in any process.

    `owned` are the files that the builder wrote there before; None where nobody knows. Where nothing changes, nothing
    is staged. Raises StoreError where something foreign is in the way; ValueError where paths clash or lead out.
    """
    _check_paths(unit, files)
    with told(output, "stays as it was"):
        entries = _unit_entries(output, unit)
        plan = _plan(entries, files, recognized(entries, output, unit) if owned is None else owned)
        new = {path: digest_of(data) for path, data in plan.new.items()}
        put: tuple[str, ...] = ()
        drop: tuple[str, ...] = ()
        target = staging_of(output) / "new"
        if unit == TOP:
            put, drop = tuple(path for path in plan.new if path not in plan.same), tuple(plan.stale)
            target.mkdir(parents=True, exist_ok=True)
            for path in put:
                _write(f"{target}/{path}", plan.new[path])
        elif not plan.new and not plan.foreign:
            drop = (unit,) if (owned or plan.own) and (output / unit).is_dir() else ()
        elif not plan.idle:
            put = (unit,)
            _stage(plan, output, target)
        if put or drop:
            _list_own(staging_of(output), unit, plan.own, new)
        return Staged(unit, new, put, drop, len(plan.new) - len(plan.same), len(plan.same), len(plan.stale))


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a unit needs; all paths are below the output."""

    new: dict[str, bytes]
    same: set[str]
    """Those of `new` that stand in the output already, byte for byte."""
    own: Entries
    """What the builder wrote before, and its folders."""
    foreign: Entries
    stale: list[str]
    """Own files that are no longer wanted."""
    emptied: bool
    """Whether a folder of the builder's has lost its last file."""

    @property
    def idle(self) -> bool:
        return not self.stale and not self.emptied and len(self.same) == len(self.new)


def _unit_entries(output: Path, unit: str) -> Entries:
    """What stands in the output where a unit will be. Raises StoreError where its folder is something else."""
    if unit == TOP:
        return entries_in(output, deep=False)
    try:
        mode = (output / unit).lstat().st_mode
    except FileNotFoundError:
        return {}
    if not stat.S_ISDIR(mode):
        raise _occupied([unit])
    if (output / unit).is_mount():
        raise StoreError(f"{printable(str(output / unit))} is a mount point. Nothing was changed; move it out.")
    return entries_in(output, f"{unit}/")


def _check_paths(unit: str, files: Iterable[OutputFile]) -> None:
    """Raise ValueError for a path that could leave the unit or that some file systems take for another."""
    seen: dict[str, str] = {}
    for path in (file.path for file in files):
        if unit != unit_of(path):
            raise ValueError(f"not in {unit!r}: {path!r}")
        path.encode()  # a lone surrogate is a UnicodeEncodeError, which is a ValueError
        if "\\" in path or "\0" in path or any(part in ("", ".", "..") for part in path.split("/")):
            raise ValueError(f"not a path below the output folder: {path!r}")
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
        if folded in seen:
            raise ValueError(f"two files of one name: {seen[folded]!r} and {path!r}")
        seen[folded] = path
    for folded in seen.keys() & folders_to(seen):
        raise ValueError(f"a file and a folder of one name: {seen[folded]!r}")


def _plan(entries: Entries, files: Sequence[OutputFile], owned: Collection[str]) -> _Plan:
    own, foreign = sorted_out(entries, owned)
    new = {file.path: file.data for file in files}
    same = {path for path, data in new.items() if path in entries and _holds(entries[path], data)}
    foreign = {path: entry for path, entry in foreign.items() if path not in same}
    _refuse_occupied(new, foreign)
    needed = folders_to([*new, *foreign])
    stale = [path for path, entry in own.items() if is_file(entry) and path not in new]
    emptied = any(not is_file(entry) and path not in needed for path, entry in own.items())
    return _Plan(new, same, own, foreign, stale, emptied)


def _refuse_occupied(new: Collection[str], foreign: Entries) -> None:
    holding = folders_to(foreign)
    solid = {path for path, entry in foreign.items() if not is_folder(entry)}
    clashes = {path: path for path in new if path in foreign or path in holding}
    for path in new:
        clashes.update((folder, folder) for folder in folders_to([path]) if folder in solid)
    if clashes:
        raise _occupied(clashes)


def _occupied(paths: Iterable[str]) -> StoreError:
    names = sorted(paths)
    listed = "".join(f"\n  {printable(name)}" for name in names[:SHOWN])
    more = f"\n  and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return StoreError(
        f"The builder did not write these, and its own files would take their place:{listed}{more}\n"
        "Nothing was changed. Move them away or delete them, or choose another folder with --output."
    )


def _holds(entry: os.DirEntry[str], data: bytes) -> bool:
    if not is_file(entry) or entry.stat(follow_symlinks=False).st_size != len(data):
        return False
    return Path(entry.path).read_bytes() == data


# ---- doing it ----


def _stage(plan: _Plan, output: Path, staging: Path) -> None:
    """Build a unit beside the output. What stays is a hard link until the old one goes: it keeps all its metadata."""
    kept = {path for path, entry in plan.foreign.items() if is_folder(entry)}
    folders = kept | folders_to([*plan.new, *plan.foreign])
    staging.mkdir(parents=True, exist_ok=True)
    for path in sorted(folders):
        folder = staging / path
        folder.mkdir()
        with suppress(PermissionError):  # some file systems know no modes
            folder.chmod(0o755)  # whatever the umask: a web server must be able to read the site
    base, target = f"{output}/", f"{staging}/"
    for path, data in plan.new.items():
        if path in plan.same:
            _carry(base + path, target + path)
        else:
            _write(target + path, data)
    for path in plan.foreign.keys() - kept:
        _carry(base + path, target + path)
    for path in sorted(kept, reverse=True):  # from the inside out: a folder may forbid what happens in it
        shutil.copystat(base + path, target + path)


BEFORE, AFTER = "before", "after"
"""The builder's files of a unit before a commit, and after it."""


def _list_own(staging: Path, unit: str, before: Collection[str], after: Collection[str]) -> None:
    """Note which files of a unit are the builder's: a commit that is cut off is told by them."""
    for when, paths in ((BEFORE, before), (AFTER, after)):
        folder = staging / when
        folder.mkdir(parents=True, exist_ok=True)
        # Whole or not at all: half a list would make the builder's own files foreign, and keep them for ever.
        partial = staging / f".{when}-{unit}.partial"
        partial.write_text("\n".join(sorted(paths)), encoding="utf-8")
        partial.replace(folder / f"{unit}.txt")


def own_files(staging: Path, when: str, unit: str) -> frozenset[str]:
    """The files of a unit that were noted as the builder's; none where nothing was staged for it."""
    try:
        return frozenset((staging / when / f"{unit}.txt").read_text(encoding="utf-8").splitlines())
    except (OSError, ValueError):
        return frozenset()


def listed_units(staging: Path) -> list[str]:
    """The units that something was staged for."""
    try:
        return sorted(path.stem if path.stem != ".txt" else TOP for path in (staging / AFTER).iterdir())
    except OSError:
        return []


def carry_rest(output: Path, staging: Path, replaced: Collection[str]) -> None:
    """Complete a staged tree with all that stays of the output, so that it can take its place."""
    if not output.exists():
        with suppress(PermissionError):
            staging.chmod(0o755)
        return
    for path, entry in entries_in(output, deep=False).items():
        if path not in replaced:
            inner = entries_in(output, f"{path}/") if is_folder(entry) else {}
            _stage(_Plan({}, set(), {}, {path: entry, **inner}, [], False), output, staging)
    shutil.copymode(output, staging)


_NO_LINKS = (errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)
"""What a file system answers that has no hard links, or not for this file."""


def _carry(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if not stat.S_ISREG(mode := os.lstat(source).st_mode) and not stat.S_ISLNK(mode):
            raise
        shutil.copy2(source, target, follow_symlinks=False)


def _write(path: str, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        with suppress(PermissionError):
            os.fchmod(descriptor, 0o644)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    except OSError as error:
        error.filename = path  # os.write does not know it, and the message needs it
        raise
    finally:
        os.close(descriptor)
