"""Bursts of changes to what a curator writes: content/, seeds/ and site.yaml below a site's root.

The two folders are watched at any depth. The three names themselves are looked at several times a second, because a
watch is lost when an editor replaces a file by another one, or when somebody moves a folder away and back.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import watchfiles

FOLDERS = ("content", "seeds")
NAMES = (*FOLDERS, "site.yaml")

QUIET = 20
"""For how long nothing may change before a burst is over, in milliseconds."""

BURST = 400
"""The longest that a burst may last, in milliseconds."""

LOOK = 200
"""After how many milliseconds without a change the names are looked at."""


def bursts(root: Path, say: Callable[[str], None]) -> Iterator[None]:
    """One item as soon as changes would be noticed, and one after every burst of them; never ends by itself.

    What changes while an item is worked on makes the next one. `say` tells a person when changes can only be found by
    looking. Raises OSError where even that is impossible.
    """
    polling = None  # as watchfiles finds best
    while True:
        try:
            yield from _while_they_stay(root, polling)
        except FileNotFoundError:  # one of the folders has just gone
            time.sleep(LOOK / 1000)
        except OSError as error:  # too many files for inotify, for example
            if polling:
                raise
            say(f"Changes are found by looking, as the system cannot tell them: {error}")
            polling = True


def _while_they_stay(root: Path, polling: bool | None) -> Iterator[None]:
    """Bursts until one of the folders comes, goes or is another one: then the watch has to be renewed."""
    seen = _names(root)
    folders = [root / name for name in FOLDERS if seen[name]]
    watching = False
    for changes in _changes(folders, polling):
        now = _names(root)
        if any(now[name] != seen[name] for name in FOLDERS):
            return
        news = bool(changes) or now != seen or not watching
        seen, watching = now, True
        if news:
            yield


def _changes(folders: list[Path], polling: bool | None) -> Iterator[object]:
    """Changes below the folders as they come, and nothing (something false) whenever it is time to look."""
    if folders:
        yield from watchfiles.watch(
            *folders,
            watch_filter=matters,
            debounce=BURST,
            step=QUIET,
            rust_timeout=LOOK,
            yield_on_timeout=True,
            force_polling=polling,
            ignore_permission_denied=True,
        )
    while True:
        time.sleep(LOOK / 1000)
        yield None


def _names(root: Path) -> dict[str, tuple[int, ...]]:
    """What tells whether a name stands for something else than before; empty where there is nothing."""
    return {name: _stamp(root / name, folder=name in FOLDERS) for name in NAMES}


def _stamp(path: Path, *, folder: bool) -> tuple[int, ...]:
    try:
        found = path.stat()
    except OSError:
        return ()
    if folder:
        return (found.st_dev, found.st_ino) if path.is_dir() else ()
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def matters(_: watchfiles.Change, path: str) -> bool:
    """Whether a change can change the site: not that of an editor's locks and backups."""
    name = Path(path).name
    return not name.startswith((".", "#")) and not name.endswith(("~", ".swp", ".tmp", ".pyc"))
