"""Putting the site in its place: whole or not at all.

A commit puts what was staged (see `staging`) in its place: when all briefings are among it by exchanging the whole
output in one step, else folder by folder after a journal, so that a commit which is cut off is completed by the next
command. A reader, a server or a kill finds every page and every briefing old or new, and nothing between. Everything
that fails is a StoreError.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
import sys
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from builder.facts import file_of
from builder.inputs import StoreError
from builder.output import (
    TOP,
    Entries,
    entries_in,
    is_file,
    is_folder,
    is_mount,
    recognized,
    sorted_out,
    staging_of,
    told,
    unit_of,
)
from builder.staging import AFTER, BEFORE, Staged, carry_rest, listed_units, own_files

LOCK_WAIT = 10.0
"""How long a commit waits for another one, in seconds."""


class Session:
    """An output folder that nobody else is writing."""

    def __init__(self, path: Path, recovered: Collection[str]) -> None:
        self.path = path
        """Without links on the way."""
        self.recovered = frozenset(recovered)
        """Files of the builder's, of a commit that was cut off before anybody could remember them."""

    def commit(self, staged: Sequence[Staged], *, whole: bool) -> None:
        """Put what was staged in its place; with `whole`, all of the output at once.

        Raises StoreError and leaves the output as it was. Pages are not flushed to the disk one by one; see
        `scan.boot`. The journal is: with it, what the builder wrote is never taken for foreign.
        """
        put = [path for one in staged for path in one.put]
        drop = [path for one in staged for path in one.drop]
        if not put and not drop:
            return
        staging = staging_of(self.path)
        self._refuse_immovable([*put, *drop])
        self.path.parent.mkdir(parents=True, exist_ok=True)
        (staging / "new").mkdir(parents=True, exist_ok=True)
        if not self.path.exists() or (whole and self._is_of_one_piece()):
            carry_rest(self.path, staging / "new", {*put, *drop})
            put, drop = [""], []
        journal = _Journal(
            tuple((path, _inode_of(staging / "new" / path)) for path in put),
            tuple((path, _inode_of(self.path / path)) for path in drop),
        )
        _write_journal(staging, journal)
        with told(self.path, "is not complete; the next build will see to it"):
            _complete(self.path, journal)
        with suppress(OSError):
            _sync(self.path.parent)

    def _refuse_immovable(self, paths: Iterable[str]) -> None:
        """Raise for a folder that cannot be put aside: moving one to another place writes in it."""
        for path in paths:
            if (self.path / path).is_dir() and not os.access(self.path / path, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)

    def _is_of_one_piece(self) -> bool:
        """Whether the output can be exchanged: nothing is mounted in it, and it may be moved."""
        device = self.path.stat().st_dev
        folders = [entry for entry in entries_in(self.path, deep=False).values() if is_folder(entry)]
        return os.access(self.path, os.W_OK) and not any(is_mount(entry, device) for entry in folders)

    def discard(self) -> None:
        """Begin anew: nothing is staged."""
        _remove(staging_of(self.path) / "new")

    def finish(self) -> None:
        """All is done and remembered: nothing is left beside the output."""
        # The journal goes first: without its lists, what it put aside would be taken for foreign.
        (staging_of(self.path) / "journal").unlink(missing_ok=True)
        _remove(staging_of(self.path))


@contextmanager
def writing(output: Path, state: Path, protected: Sequence[Path] = ()) -> Iterator[Session]:
    """Hold an output folder alone; a commit that was cut off is completed first.

    `state` holds the lock, outside the output. The output may not be, hold or lie inside a `protected` folder; only
    the site's root, known by holding the state or all the others, may hold it. Raises StoreError.
    """
    output = _resolved(output)
    _refuse_protected(output, state, protected)
    with told(output, "stays as it was"), _locked(output, state):
        recovered = _heal(output)
        try:
            yield Session(output, recovered)
        finally:
            with suppress(OSError):
                _heal(output)


def clean(session: Session, owned: Collection[str] | None) -> int:
    """Remove the files that the builder wrote and the folders that this leaves empty; returns how many files.

    `owned` are these files; None where nobody knows but the pages themselves.

    Raises StoreError; another run then removes the rest.
    """
    output = session.path
    with told(output, "could not be emptied"):
        entries = entries_in(output)
        if owned is None:
            units = {unit_of(path) for path in entries} | {TOP}
            owned = {path for unit in units for path in recognized(_of_unit(entries, unit), output, unit)}
        own, _ = sorted_out(entries, {*owned, *session.recovered})
        gone = [path for path, entry in own.items() if is_file(entry) and path != ".gitkeep"]
        for path in gone:
            (output / path).unlink()
        folders = sorted((path for path, entry in own.items() if is_folder(entry)), reverse=True)
        for folder in [*folders, ""] if gone else folders:
            with suppress(OSError):  # it still holds something foreign
                (output / folder).rmdir()
        return len(gone)


def _of_unit(entries: Entries, unit: str) -> Entries:
    return {path: entry for path, entry in entries.items() if unit_of(path) == unit}


# ---- the journal ----


@dataclass(frozen=True, slots=True)
class _Journal:
    """The steps of a commit that is under way. An inode tells whether a step was done: renaming keeps it."""

    put: tuple[tuple[str, int], ...]
    """What takes its place at the top of the output, with the inode of what was staged; "" is all of the output."""
    drop: tuple[tuple[str, int], ...]
    """What goes, with its inode."""


def _complete(output: Path, journal: _Journal) -> None:
    """Do the steps of a journal that are not done yet."""
    staging = staging_of(output)
    new, old = staging / "new", staging / "old"
    old.mkdir(exist_ok=True)
    own = own_files(staging, BEFORE, TOP)
    for path, inode in journal.put:
        if _inode_of(output / path) != inode and _inode_of(new / path) == inode:
            _put(new / path, output / path, old / path, is_own=path in own)
        if os.path.lexists(new / path):  # after an exchange it is the old one
            (new / path).replace(old / path)
    for path, inode in journal.drop:
        if _inode_of(output / path) == inode:
            (output / path).replace(old / path)
    _carry_late(old, output)


def _put(new: Path, place: Path, old: Path, *, is_own: bool) -> None:
    """Put what was staged in its place, and what stood there aside; in one step where the system can."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if not os.path.lexists(place) or (is_own and new.is_file() and place.is_file()):
        new.replace(place)
    elif place.is_symlink() or not (new.is_dir() and place.is_dir() and _swap(new, place)):
        place.replace(old)
        new.replace(place)


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


def _carry_late(old: Path, output: Path) -> None:
    """Save foreign files that appeared or changed in the output while the next one was staged.

    The new site stands by now, so a file that the disk refuses to move must not fail the commit.
    """
    for top, entry in entries_in(old, deep=False).items():
        folder = is_folder(entry)
        own = own_files(staging_of(output), BEFORE, top if folder else TOP)
        inner = entries_in(old, f"{top}/") if folder else {top: entry}
        for path, late in inner.items():
            if not is_folder(late) and path not in own:
                with suppress(OSError):
                    _carry_if_new(old / path, output / path, output)


def _carry_if_new(old: Path, new: Path, output: Path) -> None:
    """Where the new site has something else in that place, it is saved at the top of the output under another name."""
    found = old.lstat()
    try:
        known = new.lstat()
    except OSError:
        known = None
    if known and (known.st_mtime_ns, known.st_size) == (found.st_mtime_ns, found.st_size):
        return  # it was carried before
    try:
        if known and new.relative_to(output).as_posix() in own_files(
            staging_of(output), AFTER, unit_of(new.relative_to(output).as_posix())
        ):
            raise FileExistsError
        new.parent.mkdir(parents=True, exist_ok=True)
        old.replace(new)
    except OSError:
        free = (output / f"{new.name}.saved{number or ''}" for number in count())
        old.replace(next(path for path in free if not os.path.lexists(path)))


def _write_journal(staging: Path, journal: _Journal) -> None:
    text = json.dumps({"put": journal.put, "drop": journal.drop})
    partial = staging / "journal.partial"
    with partial.open("wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    partial.replace(staging / "journal")
    _sync(staging)


def _read_journal(staging: Path) -> _Journal | None:
    """None where there is none, or only the beginning of one: then no step was done."""
    try:
        data = json.loads((staging / "journal").read_bytes())
        put, drop = (tuple((str(path), int(inode)) for path, inode in data[key]) for key in ("put", "drop"))
        return _Journal(put, drop)
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None


def _inode_of(path: Path) -> int:
    """0 where there is nothing."""
    try:
        return path.lstat().st_ino
    except OSError:
        return 0


# ---- alone, and after a failure ----


@contextmanager
def _locked(output: Path, state: Path) -> Iterator[None]:
    state.mkdir(parents=True, exist_ok=True)
    # The lock belongs to the open file, so that it goes with the process, however that ends.
    descriptor = os.open(file_of(str(output), str(state), "lock"), os.O_RDWR | os.O_CREAT, 0o644)
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


def _heal(output: Path) -> frozenset[str]:
    """Finish or undo a commit that stopped halfway; returns the builder's files before and after it.

    A journal without steps stays until the next commit is remembered: see `Session.finish`.
    """
    staging = staging_of(output)
    journal = _read_journal(staging)
    if journal is None:
        _remove(staging)
        return frozenset()
    if journal.put or journal.drop:
        _complete(output, journal)
        _write_journal(staging, _Journal((), ()))
    _remove(staging / "new")
    _remove(staging / "old")
    listed = [(when, unit) for when in (BEFORE, AFTER) for unit in listed_units(staging)]
    return frozenset(path for when, unit in listed for path in own_files(staging, when, unit))


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
        if is_folder(entry):
            _unlock(Path(entry.path))


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
