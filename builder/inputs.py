"""Reading what a person wrote: each file once, and never through a link.

Every step opens one name relative to the folder before it, so that nothing outside the site's own folders is read,
whatever stands there. What a curator got wrong is reported; a root that cannot be read is a StoreError.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from builder.diagnostics import Checked, Diagnostic, Place, printable
from builder.parse import Inputs, Texts
from builder.routes import RESERVED, is_name

MAX_BYTES = 1024 * 1024
"""The largest input file, in bytes."""


class StoreError(Exception):
    """The disk, or a file in the way, forbids it; the message is for people and says what stays as it was."""


def read_inputs(root: Path) -> Checked[Inputs]:
    """Read site.yaml, content/ and seeds/, each file once, nothing through a symbolic link.

    Raises StoreError where `root` itself cannot be opened.
    """
    reader = _Reader()
    with _opened(root) as folder:
        site = reader.file(folder, "site.yaml")
        if site is None and not reader.diagnostics:
            cure = "Write it: title, url, language, publisher and the contact for corrections."
            reader.fault("file-missing", "site.yaml", "The site has no site.yaml.", cure)
        briefings = tuple(reader.briefings(folder))
        articles = {_last(path): data for path, data in reader.files(folder, "seeds", ".txt")}
    return Checked(Inputs(site, briefings, articles), tuple(reader.diagnostics))


def read_static(folder: Path) -> dict[str, bytes]:
    """The style sheets, scripts and icon of `templates/static`, by path below it.

    Raises StoreError where the folder or one of them cannot be read.
    """
    reader = _Reader()
    with _opened(folder, os.O_NOFOLLOW) as opened:
        found = dict([*reader.files(opened, "css", ".css"), *reader.files(opened, "js", ".js")])
        icon = reader.file(opened, "icon.svg")
    if reader.diagnostics:
        raise StoreError("\n".join(f"{folder.name}: {fault.message}" for fault in reader.diagnostics))
    return found if icon is None else {**found, "icon.svg": icon}


@contextmanager
def _opened(folder: Path, flags: int = 0) -> Iterator[int]:
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | flags)
        try:
            yield descriptor
        finally:
            os.close(descriptor)
    except OSError as error:
        raise StoreError(f"The folder {printable(str(folder))} cannot be read: {error.strerror}.") from error


class _Reader:
    """Reads what lies below an open folder and notes what it could not read.

    Every step opens one name relative to the folder before it and refuses links, so that nothing outside is
    ever read, even when a name is swapped for a link at the same moment. O_NONBLOCK: a pipe must not hang it.
    """

    _FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []

    def fault(self, code: str, path: str, message: str, cure: str) -> None:
        """Note a fault. Names that cannot be printed are shown with their characters spelt out."""
        self.diagnostics.append(Diagnostic(code, printable(message), Place(printable(path)), printable(cure)))

    def briefings(self, root: int) -> Iterator[Texts]:
        """The folders of content/ by name; files beside them and hidden folders are none of ours."""
        with self.folder(root, "content") as content:
            for name in _names(content):
                path, mode = f"content/{name}", _mode(content, name)
                if name.startswith(".") or not (stat.S_ISDIR(mode) or stat.S_ISLNK(mode)):
                    continue
                if stat.S_ISDIR(mode) and not is_name(name):
                    taken = " or ".join(sorted(RESERVED))
                    cure = f"Rename the folder: a–z, 0–9 and single hyphens, at most 64; not {taken}."
                    self.fault("briefing-name", path, f"“{name}” cannot be the name of a briefing.", cure)
                    continue
                before = len(self.diagnostics)
                files = dict(self._briefing_files(content, path))
                if len(self.diagnostics) == before:
                    yield Texts(name, files)

    def _briefing_files(self, content: int | None, path: str) -> Iterator[tuple[str, bytes]]:
        with self.folder(content, path) as folder:
            if folder is None:
                return
            for name in ("briefing.md", "sources.yaml", "claims.yaml", "timeline.yaml"):
                data = self.file(folder, f"{path}/{name}")
                if data is not None:
                    yield f"{path}/{name}", data
            yield from self.files(folder, f"{path}/claims", ".yaml")

    def files(self, parent: int, path: str, suffix: str) -> Iterator[tuple[str, bytes]]:
        """The files of one folder with that ending, by name; not hidden ones, such as an editor's locks."""
        with self.folder(parent, path) as folder:
            for name in _names(folder):
                if name.endswith(suffix) and not name.startswith("."):
                    data = self.file(folder, f"{path}/{name}")
                    if data is not None:
                        yield f"{path}/{name}", data

    @contextmanager
    def folder(self, parent: int | None, path: str) -> Iterator[int | None]:
        """The folder at the end of `path`, opened in `parent`; None where it is missing or at fault."""
        try:
            descriptor = os.open(_last(path), self._FLAGS | os.O_DIRECTORY, dir_fd=parent)
        except OSError as error:
            self._not_opened(parent, path, error)
            yield None
            return
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    def file(self, parent: int | None, path: str) -> bytes | None:
        """The bytes of the file at the end of `path`, opened in `parent`; None where missing or at fault."""
        if printable(path) != path:
            cure = "Rename it; letters, digits, hyphens and dots are safe."
            self.fault("file-name", path, f"The name of {path} holds characters that cannot be shown.", cure)
            return None
        try:
            descriptor = os.open(_last(path), self._FLAGS, dir_fd=parent)
        except OSError as error:
            self._not_opened(parent, path, error)
            return None
        try:
            return self._read(descriptor, path)
        except OSError as error:
            self._unreadable(path, error)
            return None
        finally:
            os.close(descriptor)

    def _read(self, descriptor: int, path: str) -> bytes | None:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            self._not_ordinary(path, "file")
            return None
        size = min(found.st_size, MAX_BYTES)
        data = b""
        while len(data) <= MAX_BYTES and (chunk := os.read(descriptor, size + 1)):
            data += chunk
        if len(data) > MAX_BYTES:
            message = f"{path} is larger than {MAX_BYTES // 1024**2} MiB."
            self.fault("file-size", path, message, "Shorten or split it.")
            return None
        return data

    def _not_opened(self, parent: int | None, path: str, error: OSError) -> None:
        if error.errno == errno.ENOENT:
            return
        # The system's answers differ (ELOOP, ENOTDIR, EMLINK), so the name itself is looked at.
        if stat.S_ISLNK(_mode(parent, _last(path))):
            cure = "Put what it points to in its place: a link could lead out of the site's folder."
            self.fault("symlink", path, f"{path} is a symbolic link.", cure)
        elif error.errno == errno.ENOTDIR:
            self._not_ordinary(path, "folder")
        elif error.errno == errno.ENXIO:  # a socket
            self._not_ordinary(path, "file")
        else:
            self._unreadable(path, error)

    def _not_ordinary(self, path: str, kind: str) -> None:
        cure = f"Put a {kind} in its place, or remove it."
        self.fault(f"not-a-{kind}", path, f"{path} is not an ordinary {kind}.", cure)

    def _unreadable(self, path: str, error: OSError) -> None:
        self.fault("unreadable", path, f"{path} cannot be read: {error.strerror}.", "Check who may read it.")


def _names(folder: int | None) -> list[str]:
    if folder is None:
        return []
    with os.scandir(folder) as listing:
        return sorted(entry.name for entry in listing)


def _last(path: str) -> str:
    return path.rpartition("/")[2]


def _mode(parent: int | None, name: str) -> int:
    """What a name is, links not followed; 0 where it has just gone."""
    try:
        return os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode
    except OSError:
        return 0
