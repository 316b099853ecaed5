"""The folder that is served, as GitHub Pages would: never in the midst of a commit, never anything beside it."""

from __future__ import annotations

import asyncio
import hashlib
import posixpath
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from builder.preview.inject import parts_of

TYPES = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
"""Content types by ending; Python's own table depends on the machine."""

LOST = "404.html"

WAIT = 0.002
"""How often to look whether a commit is done, in seconds. It takes about as long."""


@dataclass(frozen=True, slots=True)
class Found:
    """What stands at an address."""

    path: str
    """Below the site, with forward slashes; empty for nothing, when there is not even a 404.html."""
    data: bytes
    lost: bool = False
    """Whether it is what is shown in the place of a page that there is not."""
    folder: bool = False
    """Whether it is a folder, that should be asked for with a slash at its end."""

    @property
    def suffix(self) -> str:
        """The ending of its name."""
        return posixpath.splitext(self.path)[1]

    @property
    def is_page(self) -> bool:
        """Whether it is HTML; what is shown for nothing is."""
        return self.suffix in (".html", "")


class Served:
    """A site on the disk that a builder replaces from time to time.

    Where that takes long, the part that somebody looks at can be shown before the rest is done: a briefing's folder,
    whole, as it was staged.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self.id = digest(str(folder.resolve()).encode("utf-8", "surrogateescape"))
        """Tells this site from another that may come to the same address."""
        self._ahead: dict[str, Path] = {}

    @contextmanager
    def replaced(self) -> Iterator[None]:
        """Around a commit, in the builder's thread: until it is done nobody reads."""
        with self._lock:
            yield
            self._ahead.clear()

    def show_ahead(self, name: str, folder: Path) -> None:
        """Take one part of the site, whole, from another folder, until the rest of the site is there or given up."""
        with self._lock:
            self._ahead[name] = folder

    def give_up(self) -> None:
        """Show nothing ahead any more."""
        with self._lock:
            self._ahead.clear()

    @asynccontextmanager
    async def whole(self) -> AsyncIterator[None]:
        """Around reading, on the loop: all that is read is of one site."""
        while not self._lock.acquire(blocking=False):
            await asyncio.sleep(WAIT)
        try:
            yield
        finally:
            self._lock.release()

    def find(self, path: str) -> Found:
        """What stands at a path below the site: a file, a folder's index.html, or 404.html."""
        file = self._file(path)
        if file is not None and file.is_dir():
            if path and not path.endswith("/"):
                return Found(path, b"", folder=True)
            path = f"{path}index.html"
            file = self._file(path)
        data = _read(file)
        if data is not None:
            return Found(path, data)
        return Found(LOST, data, lost=True) if (data := _read(self._file(LOST))) is not None else Found("", b"", True)

    def _file(self, path: str) -> Path | None:
        """The file or folder at a path; None where there is none, or a link or `..` leads to it."""
        parts = path.rstrip("/").split("/") if path.rstrip("/") else []
        if any(part in ("", ".", "..") or "\0" in part or "\\" in part for part in parts):
            return None
        at = self._ahead.get(parts[0], self.folder) if parts else self.folder
        try:
            if self.folder.is_symlink() or self.folder.parent.is_symlink():
                return None
            for part in parts:
                at /= part
                if at.is_symlink():
                    return None
            return at if at.exists() and (at.is_dir() or not path.endswith("/")) else None
        except (OSError, ValueError):
            return None

    def state(self, path: str) -> tuple[str, dict[str, str]]:
        """What a browser that shows the page at `path` should have got: its digest, and those of its parts."""
        found = self.find(path)
        if not found.is_page:
            found = Found(found.path, b"")
        return self.state_of(path, found)

    def state_of(self, path: str, page: Found) -> tuple[str, dict[str, str]]:
        """The same of what was found there. Parts are named as the page refers to them."""
        parts = {}
        for part in parts_of(page.data):
            target = urlsplit(part).path
            data = _read(self._file(posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(target)))))
            if data is not None:
                parts[part] = digest(data)
        return digest(page.data), parts


def digest(data: bytes) -> str:
    """Tells one content from another."""
    return hashlib.sha256(data).hexdigest()[:16]


def _read(file: Path | None) -> bytes | None:
    try:
        return file.read_bytes() if file is not None and file.is_file() else None
    except OSError:
        return None
