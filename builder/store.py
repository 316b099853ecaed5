"""Writing the site: whole or not at all.

A commit stages the next tree beside the output folder and then exchanges the two in one step. So a reader, a
server or a kill finds the old site or the new one, and nothing between. What the builder did not write is
*foreign*: it is carried over and never overwritten. Which files are the builder's own stands in a manifest
outside the output. Everything that fails is a StoreError.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import shutil
import stat
import sys
import time
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from builder.diagnostics import printable
from builder.inputs import StoreError
from builder.routes import OutputFile

LOCK_WAIT = 10.0
"""How long a commit waits for another one, in seconds."""

SHOWN = 5
"""How many paths a message names before it counts the rest."""

Entries: TypeAlias = dict[str, "os.DirEntry[str]"]
"""What a folder holds at any depth, by path below it with forward slashes."""


@dataclass(frozen=True, slots=True)
class Commit:
    """What a commit did, counted in files."""

    written: int
    unchanged: int
    removed: int
    bytes: int
    """The size of what was written."""


def commit(output: Path, files: Sequence[OutputFile], state: Path, protected: Sequence[Path] = ()) -> Commit:
    """Make `files` the builder's whole share of `output`, at once, and remove what it wrote there before.

    `state` holds the lock and the manifest, outside the output. The output may not be, hold or lie inside a
    `protected` folder; only the site's root, known by holding the state or all the others, may hold it.
    Raises StoreError and leaves the output as it was; ValueError where two paths clash or one leads outside.

    Pages are not flushed to the disk one by one: after a power cut the next commit compares every byte and
    writes what was lost. The manifest is flushed: without it the builder takes its own files for foreign.
    """
    _check_paths(files)
    output = _resolved(output)
    _refuse_protected(output, state, protected)
    with _alone(output, state, "stays as it was"):
        return _commit(output, files, _in_state(output, state, "json"))


def recover(output: Path, state: Path) -> None:
    """Put right what a killed commit left beside the output. Raises StoreError."""
    with _alone(_resolved(output), state, "could not be put right"):
        pass


def clean(output: Path, state: Path) -> int:
    """Remove the files that the builder wrote and the folders that this leaves empty; returns how many files.

    Raises StoreError; another run then removes the rest.
    """
    output = _resolved(output)
    if not state.is_dir():
        return 0
    with _alone(output, state, "could not be emptied"):
        manifest = _in_state(output, state, "json")
        owned = _load(manifest)
        own, _ = _sorted_out(_entries(output), owned)
        gone = [path for path, entry in own.items() if _is_file(entry) and path != ".gitkeep"]
        for path in gone:
            (output / path).unlink()
        folders = sorted((path for path, entry in own.items() if _is_folder(entry)), reverse=True)
        for folder in [*folders, ""] if gone else folders:
            with suppress(OSError):  # it still holds something foreign
                (output / folder).rmdir()
        manifest.unlink(missing_ok=True)
        return len(gone)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a commit has to do; all paths are below the output."""

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


def _commit(output: Path, files: Sequence[OutputFile], manifest: Path) -> Commit:
    owned = _load(manifest)
    plan = _plan(_entries(output), files, owned)
    exact = {file.path: hashlib.sha256(file.data).hexdigest() for file in files}
    if not plan.idle:
        staging = _staging(output)
        output.parent.mkdir(parents=True, exist_ok=True)
        _stage(plan, output, staging)
        # Old and new together, before the exchange: after a kill at any moment, no own file turns foreign.
        _save(manifest, output, owned | exact)
        _exchange(staging, output)
        # From here on the new site stands, so nothing below may fail the commit.
        with suppress(OSError):
            _carry_latecomers(plan, staging, output)
            _remove(staging)
        with suppress(OSError):
            _sync(output.parent)
    with suppress(OSError):
        if exact != owned:
            _save(manifest, output, exact)
    written = [data for path, data in plan.new.items() if path not in plan.same]
    return Commit(len(written), len(plan.same), len(plan.stale), sum(map(len, written)))


# ---- what to do ----


def _check_paths(files: Iterable[OutputFile]) -> None:
    """Raise ValueError for a path that could leave the output or that some file systems take for another."""
    seen: dict[str, str] = {}
    for path in (file.path for file in files):
        path.encode()  # a lone surrogate is a UnicodeEncodeError, which is a ValueError
        if "\\" in path or "\0" in path or any(part in ("", ".", "..") for part in path.split("/")):
            raise ValueError(f"not a path below the output folder: {path!r}")
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
        if folded in seen:
            raise ValueError(f"two files of one name: {seen[folded]!r} and {path!r}")
        seen[folded] = path
    for folded in seen.keys() & _folders(seen):
        raise ValueError(f"a file and a folder of one name: {seen[folded]!r}")


def _plan(entries: Entries, files: Sequence[OutputFile], owned: Collection[str]) -> _Plan:
    own, foreign = _sorted_out(entries, owned)
    new = {file.path: file.data for file in files}
    same = {path for path, data in new.items() if path in entries and _holds(entries[path], data)}
    foreign = {path: entry for path, entry in foreign.items() if path not in same}
    _refuse_occupied(new, foreign)
    for entry in foreign.values():
        entry.stat(follow_symlinks=False)  # the entry remembers it, for `_carry_latecomers`
    needed = _folders([*new, *foreign])
    stale = [path for path, entry in own.items() if _is_file(entry) and path not in new]
    emptied = any(not _is_file(entry) and path not in needed for path, entry in own.items())
    return _Plan(new, same, own, foreign, stale, emptied)


def _sorted_out(entries: Entries, owned: Collection[str]) -> tuple[Entries, Entries]:
    """The builder's own files and folders, and the foreign: also a link or folder in an own file's place."""
    folders = _folders(owned)
    own: Entries = {}
    foreign: Entries = {}
    for path, entry in entries.items():
        is_own = (path in owned and _is_file(entry)) or (path in folders and _is_folder(entry))
        (own if is_own else foreign)[path] = entry
    return own, foreign


def _refuse_occupied(new: Collection[str], foreign: Entries) -> None:
    holding = _folders(foreign)
    solid = {path for path, entry in foreign.items() if not _is_folder(entry)}
    clashes = {path: path for path in new if path in foreign or path in holding}
    for path in new:
        clashes.update((folder, folder) for folder in _folders([path]) if folder in solid)
    if clashes:
        names = sorted(clashes)
        listed = "".join(f"\n  {printable(name)}" for name in names[:SHOWN])
        more = f"\n  and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        raise StoreError(
            f"The builder did not write these, and its own files would take their place:{listed}{more}\n"
            "Nothing was changed. Move them away or delete them, or choose another folder with --output."
        )


def _holds(entry: os.DirEntry[str], data: bytes) -> bool:
    if not _is_file(entry) or entry.stat(follow_symlinks=False).st_size != len(data):
        return False
    return Path(entry.path).read_bytes() == data


# ---- doing it ----


def _stage(plan: _Plan, output: Path, staging: Path) -> None:
    """Build the next tree beside the output. What stays is a hard link, so that it keeps all its metadata."""
    kept = {path for path, entry in plan.foreign.items() if _is_folder(entry)}
    folders = kept | _folders([*plan.new, *plan.foreign])
    for path in ["", *sorted(folders)]:
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
    if output.exists():
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


def _exchange(staging: Path, output: Path) -> None:
    """Put the staged tree in the output's place; what stood there is in the staging folder afterwards."""
    if not os.path.lexists(output):
        staging.rename(output)
    elif not _swap(staging, output):
        old = _old(output)
        output.rename(old)
        staging.rename(output)
        old.rename(staging)


def _swap(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system or the file system cannot."""
    names = os.fsencode(one), os.fsencode(other)
    try:
        import ctypes

        libc = ctypes.CDLL(None)
        if sys.platform == "darwin":
            return bool(libc.renamex_np(*names, 2) == 0)  # RENAME_SWAP
        return bool(libc.renameat2(-100, names[0], -100, names[1], 2) == 0)  # AT_FDCWD, RENAME_EXCHANGE
    except (ImportError, AttributeError):  # a Python without ctypes, a C library without the call
        return False


def _carry_latecomers(plan: _Plan, old: Path, output: Path) -> None:
    """Save foreign files that appeared or changed in the output while the next tree was staged."""
    for path, entry in _entries(old).items():
        if _is_folder(entry) or path in plan.own or path in plan.new:
            continue
        known = plan.foreign.get(path)
        if known is None or _identity(known) != _identity(entry):
            (output / path).parent.mkdir(parents=True, exist_ok=True)
            (old / path).replace(output / path)


def _identity(entry: os.DirEntry[str]) -> tuple[int, int, int]:
    found = entry.stat(follow_symlinks=False)
    return found.st_ino, found.st_mtime_ns, found.st_size


# ---- alone, and after a failure ----


@contextmanager
def _alone(output: Path, state: Path, failure: str) -> Iterator[None]:
    """Hold the lock of this output, with nothing left beside it from a killed or failed commit.

    An OSError becomes a StoreError: the output, what became of it, the file, the reason.
    """
    try:
        with _locked(output, state):
            try:
                _heal(output)
                yield
            except BaseException:
                with suppress(OSError):
                    _heal(output)
                raise
    except OSError as error:
        name = str(error.filename or output)
        for folder in (_staging(output), output, output.parent):
            name = name.removeprefix(f"{folder}/")
        reason = error.strerror or str(error)
        raise StoreError(printable(f"{output.name} {failure}: {name}: {reason}.")) from error


@contextmanager
def _locked(output: Path, state: Path) -> Iterator[None]:
    state.mkdir(parents=True, exist_ok=True)
    # The lock belongs to the open file, so that it goes with the process, however that ends.
    descriptor = os.open(_in_state(output, state, "lock"), os.O_RDWR | os.O_CREAT, 0o644)
    try:
        until = time.monotonic() + LOCK_WAIT
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= until:
                    message = f"Another build is writing {output.name}. Try again when it has ended."
                    raise StoreError(message) from None
                time.sleep(0.02)
        yield
    finally:
        os.close(descriptor)


def _heal(output: Path) -> None:
    """Undo or finish a commit that stopped halfway."""
    old = _old(output)
    if os.path.lexists(old):
        if os.path.lexists(output):
            _remove(old)
        else:
            old.rename(output)
    _remove(_staging(output))


def _remove(folder: Path) -> None:
    """Delete a tree, if there is one, and nothing that its links point to."""
    if not os.path.lexists(folder):
        return
    try:
        shutil.rmtree(folder)
    except PermissionError:
        _unlock(folder)
        shutil.rmtree(folder)


def _unlock(folder: Path) -> None:
    folder.chmod(0o700)
    for entry in os.scandir(folder):
        if _is_folder(entry):
            _unlock(Path(entry.path))


# ---- the manifest ----


def _load(manifest: Path) -> dict[str, str]:
    """The files that the builder wrote, with their SHA-256; none where the manifest is missing or damaged."""
    try:
        files = json.loads(manifest.read_bytes())["files"]
    except (FileNotFoundError, ValueError, LookupError, TypeError, RecursionError):
        return {}
    if not isinstance(files, dict) or not all(isinstance(digest, str) for digest in files.values()):
        return {}
    return files


def _save(manifest: Path, output: Path, files: Mapping[str, str]) -> None:
    partial = manifest.with_suffix(".partial")
    with partial.open("wb") as file:
        file.write(json.dumps({"output": str(output), "files": files}, sort_keys=True, indent=0).encode())
        file.flush()
        os.fsync(file.fileno())
    partial.replace(manifest)
    _sync(manifest.parent)


def _sync(folder: Path) -> None:
    """Flush a folder's list of names, and with it the renames in it, to the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# ---- where things are ----


def _resolved(output: Path) -> Path:
    try:
        resolved = output.resolve()
    except (OSError, RuntimeError) as error:
        raise StoreError(f"{output} is a link that leads nowhere.") from error
    if not resolved.name:
        raise StoreError(f"{output} cannot be the output folder.")
    if os.path.lexists(resolved) and not resolved.is_dir():
        raise StoreError(f"{output} is not a folder. Choose another with --output.")
    return resolved


def _refuse_protected(output: Path, state: Path, protected: Sequence[Path]) -> None:
    """Raise StoreError where the exchange would take away what is not the builder's."""
    state = state.resolve()
    folders = [folder.resolve() for folder in protected]
    for folder in folders:
        others = [other for other in folders if other != folder]
        is_root = _within(state, folder) or (others and all(_within(other, folder) for other in others))
        if _within(folder, output) or (_within(output, folder) and not is_root):
            raise StoreError(f"{output} cannot be the output, because of {folder}. Choose another: --output.")
    if _within(state, output):
        raise StoreError(f"{output} cannot be the output: the builder's own notes are in it ({state}).")
    if output.is_mount():
        raise StoreError(f"{output} is a mount point. Choose a folder in it: --output.")


def _within(path: Path, folder: Path) -> bool:
    """Whether `path` is `folder` or lies in it, by inodes, so that another case or mount is no way round."""
    return _inode(folder) in map(_inode, (path, *path.parents))


def _inode(path: Path) -> tuple[int, int] | Path:
    try:
        found = path.stat()
    except OSError:
        return path
    return found.st_dev, found.st_ino


def _staging(output: Path) -> Path:
    return output.with_name(f".{output.name}.staging")


def _old(output: Path) -> Path:
    return output.with_name(f".{output.name}.old")


def _in_state(output: Path, state: Path, kind: str) -> Path:
    """The lock or the manifest of one output folder."""
    return state / f"{hashlib.sha256(os.fsencode(output)).hexdigest()[:16]}.{kind}"


def _entries(folder: Path) -> Entries:
    """Everything in a folder at any depth, links not followed; nothing where there is no such folder."""
    found: Entries = {}
    pending = [""] if folder.is_dir() else []
    while pending:
        prefix = pending.pop()
        with os.scandir(folder / prefix) as listing:
            for entry in listing:
                found[prefix + entry.name] = entry
                if _is_folder(entry):
                    pending.append(f"{prefix}{entry.name}/")
    return found


def _folders(paths: Iterable[str]) -> set[str]:
    """All the folders on the way to the paths, the output itself left out."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _is_file(entry: os.DirEntry[str]) -> bool:
    return entry.is_file(follow_symlinks=False)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)
