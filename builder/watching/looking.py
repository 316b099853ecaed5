"""What of a site's inputs is other than it was, found by looking at names, sizes, times and inodes.

It needs nobody to tell of a change, and knows what a build rests on, name by name: what else stands in the folders, an
editor's locks and backups among it, is never seen. Links are not followed. Each name is compared and noted at once, so
a look may stop anywhere and go on later, and what was told of a name meanwhile is not found a second time.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from builder.inputs import TEXTS, is_article, is_text
from builder.routes import STATIC
from builder.scan import BUILDER, SETTLED, Stamp, Stamps, is_file, is_folder

NAMES = ("content", "seeds", "site.yaml")
"""What counts in a site's own folder."""

PAGES = (".html", ".po", *(f".{ending}" for ending in STATIC))
"""The endings of templates, of words, and of what they bring along."""

SECOND = 1_000_000_000

FEW = 16
"""So many names are looked at between two places where a look may stop."""

WORK, WAIT = 0.002, 0.03
"""For how long a look goes on before it stops, in seconds: of work, and in all, as a disk may be slow."""


@dataclass(frozen=True)
class Kind:
    """What a folder is for, told by what counts in it."""

    is_input: Callable[[str], bool]
    """Whether a build rests on a file of that name in it, or complains of what else it is."""
    within: Callable[[str], Kind | None]
    """What a folder of that name in it is for; None where no build rests on it."""
    names: Sequence[str] = ()
    """All that can count, where that is known: asking for these is quicker than listing the folder."""


def _never(_: str) -> None:
    return None


def _tree(is_input: Callable[[str], bool]) -> Kind:
    """Files at any depth, but nothing hidden."""

    def within(name: str) -> Kind | None:
        return None if name.startswith(".") or name == "__pycache__" else kind

    kind = Kind(lambda name: not name.startswith(".") and is_input(name), within)
    return kind


CLAIMS = Kind(lambda name: is_text(f"claims/{name}"), _never)
SEEDS = Kind(is_article, _never)
BRIEFING = Kind({*TEXTS, "claims"}.__contains__, {"claims": CLAIMS}.get, (*TEXTS, "claims"))
CONTENT = Kind(lambda _: False, lambda name: None if name.startswith(".") else BRIEFING)
SITE = Kind(NAMES.__contains__, {"content": CONTENT, "seeds": SEEDS}.get, NAMES)
TEMPLATES = _tree(lambda name: name.endswith(PAGES))
CODE = _tree(lambda name: name.endswith(".py"))


@dataclass(slots=True)
class _Folder:
    """A folder as it is known."""

    kind: Kind
    stamps: Stamps = field(default_factory=dict)
    """Of everything in it that counts, by name."""


class Inputs:
    """What a site is built from, as it was when somebody last asked or told."""

    def __init__(self, root: Path, also: Sequence[Path] = ()) -> None:
        """`also` are folders of templates, or the builder's own; none of them need be there."""
        self._root = str(root.absolute())
        self._tops = {self._root: SITE}
        for folder in also:
            path = str(folder.absolute())
            self._tops.setdefault(path, CODE if path == BUILDER else TEMPLATES)
        self._standing: Stamps = {}
        """Which of these are there."""
        self._folders: dict[str, _Folder] = {}
        self._unsure = 0.0
        """When to say once more that something changed, as another change could have left the same stamps; or 0."""
        self.moved = False
        """Whether a folder has come, gone, or may have been another one for a while; for others to set back."""

    def folders(self) -> list[str]:
        """Where something can change, each after the folder that it stands in. Needs a whole look before."""
        return [path for path in sorted(self._folders) if _is_text(path) and os.access(path, os.R_OK)]

    def look(self) -> Iterator[bool]:
        """Look at everything once; a value after every few names, true where something was other than known."""
        if self._unsure and time.monotonic() > self._unsure:
            self._unsure = 0.0
            yield True
        waiting, met = dict[str, Kind](), set[str]()
        for top, kind in self._tops.items():
            yield self._note(self._standing, top, _stamp(f"{top}/." if top == self._root else top))
            if is_folder(self._standing.get(top, ())):
                waiting[top] = kind
        while waiting:
            path, kind = waiting.popitem()
            met.add(path)
            folder = self._folders.setdefault(path, _Folder(kind))
            for number, name in enumerate(_names(path, folder)):
                news = self._look_at(path, folder, name)
                inner = kind.within(name) if is_folder(folder.stamps.get(name, ())) else None
                if inner is not None and f"{path}/{name}" not in self._tops:
                    waiting[f"{path}/{name}"] = inner
                if news and _is_coarse(folder.stamps.get(name, ())):
                    self._unsure = time.monotonic() + SETTLED / SECOND
                if news or not number % FEW:
                    yield news
        for path in self._folders.keys() - met:
            del self._folders[path]

    def told(self, path: str) -> bool:
        """Take note that something was done to a file or folder; whether a build may rest on it."""
        if path in self._folders or path in self._tops:
            self.moved = True
            return True
        parent, _, name = path.rpartition("/")
        folder = self._folders.get(parent)
        if folder is None:
            return False
        before = name in folder.stamps
        self._look_at(parent, folder, name)
        return before or name in folder.stamps

    def is_whole(self, path: str) -> bool:
        """Whether it is a file with something in it: what nobody is about to write, as far as can be known."""
        parent, _, name = path.rpartition("/")
        folder = self._folders.get(parent)
        stamp = folder.stamps.get(name, ()) if folder else ()
        return is_file(stamp) and stamp[1] > 0

    def _look_at(self, path: str, folder: _Folder, name: str) -> bool:
        file = folder.kind.is_input(name)
        if not file and folder.kind.within(name) is None:
            return False
        stamp = _stamp(f"{path}/{name}")
        if is_file(stamp) and not file:
            stamp = ()
        return self._note(folder.stamps, name, stamp)

    def _note(self, stamps: Stamps, name: str, stamp: Stamp) -> bool:
        before = stamps.get(name, ())
        if stamp == before:
            return False
        if stamp:
            stamps[name] = stamp
        else:
            del stamps[name]
        self.moved = self.moved or is_folder(before) or is_folder(stamp)
        return True


def _stamp(path: str) -> Stamp:
    """Of a folder only which one it is, and for whom: its times change with every lock that is put into it."""
    try:
        found = os.lstat(path)
    except OSError:
        return ()
    stamp = (found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
    return (found.st_mode, found.st_dev, found.st_ino) if is_folder(stamp) else stamp


def _is_coarse(stamp: Stamp) -> bool:
    """Whether it is from a disk that may know times only by the second."""
    return is_file(stamp) and not stamp[2] % SECOND and not stamp[3] % SECOND


def _names(path: str, folder: _Folder) -> Iterable[str]:
    """What may stand in a folder now, and what stood there."""
    if folder.kind.names:
        return folder.kind.names
    try:
        with os.scandir(path) as entries:
            listed = [entry.name for entry in entries]
    except OSError:  # it has just gone, or may not be read
        listed = []
    return dict.fromkeys([*listed, *folder.stamps])


def _is_text(path: str) -> bool:
    """Whether a path can be written as text, as those want it who tell of changes."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


class Rounds:
    """Looks at all inputs, a few at a time, again and again."""

    def __init__(self, inputs: Inputs, stop: threading.Event) -> None:
        self._inputs = inputs
        self._stop = stop
        self._look: Iterator[bool] | None = None
        """The look that is under way."""
        self._begun = 0.0
        """When it was begun."""
        self._due = 0.0
        """When it goes on, or the next one begins."""

    def through(self) -> bool:
        """Look at all of them now; whether one is other than it was."""
        self._look, self._begun = None, time.monotonic()
        news = False
        for found in self._inputs.look():
            news = news or found
            if self._stop.is_set():
                break
        return news

    def further(self, every: float, share: float) -> bool:
        """Look at some more of them, if it is time; whether one is other than it was.

        A round begins `every` so many seconds, or more rarely: all of them together take no more than this share of a
        processor, and of the time no more than half.
        """
        begun, worked = time.monotonic(), time.thread_time()
        if begun < self._due:
            return False
        if self._look is None:
            self._look, self._begun = self._inputs.look(), begun
        news = False
        for news in self._look:
            if news or time.thread_time() - worked > WORK or time.monotonic() - begun > WAIT:
                break
        else:
            self._look = None
        now = time.monotonic()
        self._due = now + max((time.thread_time() - worked) / share, now - begun)
        if self._look is None:
            self._due = max(self._due, self._begun + every)
        return news
