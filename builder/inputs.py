"""Reading what a person wrote: each file once, and never through a link.

Every step opens one name relative to the folder before it, so that nothing outside the site's own folders is read,
whatever stands there. What a curator got wrong is reported; a root that cannot be read is a StoreError.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from builder.diagnostics import Diagnostic, Place, printable
from builder.routes import RESERVED, STATIC_FOLDERS, is_name, is_static
from builder.scan import Stamps, is_file
from builder.written import Texts

MAX_BYTES = 1024 * 1024
"""The largest input file, in bytes."""

TEXTS = ("briefing.md", "sources.yaml", "claims.yaml", "timeline.yaml", "audit.yaml")
"""The files of a briefing; beside them it may have claims/*.yaml."""


class StoreError(Exception):
    """The disk, or a file in the way, forbids it; the message is for people and says what stays as it was."""


@contextmanager
def opened(root: Path) -> Iterator[Reader]:
    """Read from a site's folder. Raises StoreError where it cannot be opened."""
    with _opened(root) as folder:
        yield Reader(folder)


def read_static(folder: Path) -> dict[str, bytes]:
    """The style sheets, scripts, pictures and fonts of `templates/static`, by path below it; nothing else in it.

    Raises StoreError where the folder or one of them cannot be read.
    """
    with _opened(folder, os.O_NOFOLLOW) as opened_folder:
        reader = Reader(opened_folder)
        found = dict(_static_files(reader, opened_folder, ""))
    if reader.diagnostics:
        raise StoreError("\n".join(f"{folder.name}: {fault.message}" for fault in reader.diagnostics))
    return found


def _static_files(reader: Reader, folder: int, path: str) -> Iterator[tuple[str, bytes]]:
    for name in _names(folder):
        if name.startswith("."):
            continue
        if stat.S_ISDIR(_mode(folder, name)) and path.count("/") < STATIC_FOLDERS:
            with reader.folder(folder, path + name) as inner:
                if inner is not None:
                    yield from _static_files(reader, inner, f"{path}{name}/")
        elif is_static(path + name) or stat.S_ISLNK(_mode(folder, name)):
            data = reader.file(folder, path + name)
            if data is not None:
                yield path + name, data


def read_words(folder: Path, languages: Sequence[str]) -> dict[str, bytes]:
    """The catalogues of a folder of templates that there are of these languages, by language.

    Raises StoreError where the folder or one of them cannot be read.
    """
    with _opened(folder) as opened_folder:
        reader = Reader(opened_folder)
        with reader.folder(opened_folder, "words") as words:
            files = {one: reader.file(words, f"words/{one}.po") for one in languages} if words is not None else {}
    if reader.diagnostics:
        raise StoreError("\n".join(f"{folder.name}/{fault.message}" for fault in reader.diagnostics))
    return {language: data for language, data in files.items() if data is not None}


@contextmanager
def _opened(folder: Path, flags: int = 0) -> Iterator[int]:
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | flags)
    except OSError as error:
        raise StoreError(f"The folder {printable(str(folder))} cannot be read: {error.strerror}.") from error
    try:
        yield descriptor
    finally:
        os.close(descriptor)


class Reader:
    """Reads what lies below an open folder and notes what it could not read.

    Every step opens one name relative to the folder before it and refuses links, so that nothing outside is
    ever read, even when a name is swapped for a link at the same moment. O_NONBLOCK: a pipe must not hang it.
    """

    _FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY

    def __init__(self, root: int) -> None:
        self._root = root
        self.diagnostics: list[Diagnostic] = []

    def fault(self, code: str, path: str, message: str, cure: str) -> None:
        """Note a fault. Names that cannot be printed are shown with their characters spelt out."""
        self.diagnostics.append(Diagnostic(code, printable(message), Place(printable(path)), printable(cure)))

    def site(self) -> bytes | None:
        """site.yaml; None where it is missing or at fault."""
        before = len(self.diagnostics)
        data = self.file(self._root, "site.yaml")
        if data is None and len(self.diagnostics) == before:
            cure = "Go to the folder of a site, or name it with --root; `variorum new` makes a site."
            self.fault("file-missing", "site.yaml", "The site has no site.yaml.", cure)
        return data

    def names(self) -> list[str]:
        """The briefings: folders of content/ by name; files beside them and hidden folders are none of ours."""
        found = []
        with self.folder(self._root, "content") as content:
            for name in _names(content):
                path, mode = f"content/{name}", _mode(content, name)
                if name.startswith(".") or not (stat.S_ISDIR(mode) or stat.S_ISLNK(mode)):
                    continue
                if stat.S_ISDIR(mode) and not is_name(name):
                    taken = " or ".join(sorted(RESERVED))
                    cure = f"Rename the folder: a–z, 0–9 and single hyphens, at most 64; not {taken}."
                    self.fault("briefing-name", path, f"“{name}” cannot be the name of a briefing.", cure)
                elif stat.S_ISLNK(mode):
                    with self.folder(content, path):
                        pass  # notes the fault
                else:
                    found.append(name)
        return found

    def briefing(self, name: str) -> Texts | None:
        """The files of one briefing. None where one cannot be read: half a briefing would only mislead."""
        before = len(self.diagnostics)
        with self.folder(self._root, "content") as content:
            files = dict(self._briefing_files(content, f"content/{name}"))
        return Texts(name, files) if len(self.diagnostics) == before else None

    def articles(self) -> Articles:
        """The articles, each read when it is asked for."""
        return Articles(self, self._root)

    def _briefing_files(self, content: int | None, path: str) -> Iterator[tuple[str, bytes]]:
        with self.folder(content, path) as folder:
            if folder is None:
                return
            for name in TEXTS:
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


class Articles(Mapping[str, bytes]):
    """The files of seeds/ by name. Only what a briefing names is read, and once."""

    def __init__(self, reader: Reader, root: int) -> None:
        self._reader = reader
        self._root = root
        self.read: dict[str, bytes | None] = {}
        """What was asked for; None where there is no such file, or a fault."""

    def __getitem__(self, name: str) -> bytes:
        if name not in self.read:
            with self._reader.folder(self._root, "seeds") as seeds:
                safe = is_article(name) and seeds is not None
                self.read[name] = self._reader.file(seeds, f"seeds/{name}") if safe else None
        data = self.read[name]
        if data is None:
            raise KeyError(name)
        return data

    def __iter__(self) -> Iterator[str]:
        with self._reader.folder(self._root, "seeds") as seeds:
            return iter([name for name in _names(seeds) if is_article(name)])

    def __len__(self) -> int:
        return len(list(iter(self)))


def is_text(name: str) -> bool:
    """Whether a path within a briefing's folder is a file of the briefing: what `Reader.briefing` reads."""
    folder, _, last = name.rpartition("/")
    return name in TEXTS or (folder == "claims" and last.endswith(".yaml") and not last.startswith("."))


def is_article(name: str) -> bool:
    """Whether a name in seeds/ is an article's; hidden files are an editor's."""
    return name.endswith(".txt") and not name.startswith(".")


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


def note_odd_articles(reader: Reader, articles: Stamps) -> None:
    """Note the faults of articles that need not be opened to be seen; no briefing may name them."""
    every = reader.articles()
    for name, stamp in articles.items():
        if is_article(name) and (not is_file(stamp) or stamp[1] > MAX_BYTES or not name.isprintable()):
            every.get(name)
