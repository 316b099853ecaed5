"""A curator's desk: a whole site as the commands see it, faults and all, and what they write to it.

A command computes texts; here they are studied as if they were written, and only then written: all of them or none,
and never over what somebody else has changed meanwhile.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from builder.build import ANY_SITE, Studied, check_site, study
from builder.diagnostics import Diagnostic, Severity, in_order, new_among, printable
from builder.freshness import Options
from builder.inputs import StoreError, opened
from builder.model import Site
from builder.written import Texts


class Studies(Mapping[str, Studied]):
    """The briefings of a site by name, each studied when it is asked for: most commands need one of many."""

    def __init__(self, texts: Mapping[str, Texts], site: Site, articles: Mapping[str, bytes]) -> None:
        self.texts = texts
        self._site = site
        self._articles = articles
        self._done: dict[str, Studied] = {}

    def __getitem__(self, name: str) -> Studied:
        if name not in self._done:
            studied = study(self.texts[name], self._site, self._articles)
            assert studied is not None  # drafts are studied, too
            self._done[name] = studied
        return self._done[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(frozen=True)
class Desk:
    """A site that was read, and is studied as far as it is asked for."""

    root: Path
    site: Site
    briefings: Studies
    """By name, drafts included."""
    articles: Mapping[str, bytes]
    """All files of seeds/, by name."""
    noted: tuple[Diagnostic, ...]
    """What could not be read."""

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What is wrong anywhere, in order of place."""
        return in_order([*self.noted, *(fault for one in self.briefings.values() for fault in one.diagnostics)])

    def one(self, name: str | None) -> Studied:
        """The briefing of that name, or the only one. Raises StoreError where there is none, or no single one."""
        names = ", ".join(sorted(self.briefings))
        if not names and not (self.root / "site.yaml").is_file():
            raise StoreError("There is no site.yaml here: go to the folder of a site, or name it with --root.")
        if not names and any(fault.place.file.startswith("content") for fault in self.noted):
            raise StoreError("No briefing can be read; `variorum check` says why. Put that right first.")
        if not names:
            raise StoreError("There is no briefing yet: `variorum new briefing NAME` starts one.")
        if name is None and len(self.briefings) == 1:
            return next(iter(self.briefings.values()))
        if name is None:
            raise StoreError(f"Say which briefing with --briefing NAME; there are: {names}.")
        if name not in self.briefings:
            raise StoreError(f"There is no briefing {printable(name)}; there are: {names}.")
        return self.briefings[name]

    def with_files(self, files: Mapping[str, bytes]) -> Desk:
        """As it would be with these files, by path from the root, in content/ and seeds/."""
        articles = dict(self.articles)
        texts = {name: dict(one.files) for name, one in self.briefings.texts.items()}
        for path, data in files.items():
            top, _, rest = path.partition("/")
            if top == "seeds":
                articles[rest] = data
            elif top == "content":
                texts.setdefault(rest.partition("/")[0], {})[path] = data
        named = {name: Texts(name, found) for name, found in sorted(texts.items())}
        return Desk(self.root, self.site, Studies(named, self.site, articles), articles, self.noted)


def open_desk(root: Path) -> Desk:
    """Read a site. Raises StoreError where its folder cannot be read."""
    with opened(root) as reader:
        checked = check_site(reader.site(), Options(drafts=True))
        texts = {name: found for name in reader.names() if (found := reader.briefing(name))}
        every = reader.articles()
        articles = {name: data for name in every if (data := every.get(name)) is not None}
        noted = (*reader.diagnostics, *checked.diagnostics)
    site = checked.value or ANY_SITE
    return Desk(root, site, Studies(texts, site, articles), articles, noted)


def put(desk: Desk, files: Mapping[str, bytes]) -> list[Diagnostic]:
    """Write files by path from the root. Where that would bring a new error, it is returned and nothing is written.

    Raises StoreError where one of them has changed since the desk was opened, or the disk refuses.
    """
    after = desk.with_files(files)
    changed = {path.split("/")[1] for path in files if path.startswith("content/")}
    if any(path.removeprefix("seeds/") in desk.articles for path in files):
        changed = set(after.briefings)  # any of them may quote a text that stood there before
    found = [fault for name in sorted(changed) for fault in after.briefings[name].diagnostics]
    known = [fault for name in changed & set(desk.briefings) for fault in desk.briefings[name].diagnostics]
    faults = [fault for fault in in_order(new_among(found, known)) if fault.severity is Severity.ERROR]
    if not faults:
        held_before = {path: data for one in desk.briefings.texts.values() for path, data in one.files.items()}
        held_before |= {f"seeds/{name}": data for name, data in desk.articles.items()}
        write_files(desk.root, files, {path: held_before.get(path) for path in files})
    return faults


def write_files(root: Path, files: Mapping[str, bytes], before: Mapping[str, bytes | None]) -> None:
    """Write files by path from the root, all or none; `before` is what each held when it was read, None if nothing.

    Raises StoreError where one has changed since, a link is in the way, or the disk refuses.
    """
    new: dict[str, Path] = {}
    old: dict[str, Path] = {}
    made: list[Path] = []
    done: list[str] = []
    path = ""
    with _alone(root):
        _expect(root, files, before)
        try:
            for path, data in files.items():
                _make_folder((root / path).parent, made)
                new[path] = _name_beside(root / path)
                _write(new[path], data, root / path)
            for path in list(files)[:-1]:  # once the last one is in its place, nothing has to be undone
                old[path] = _name_beside(root / path)
                _write(old[path], before[path] or b"", root / path)
            _expect(root, files, before)
            for path in files:
                done.append(path)
                new[path].replace(root / path)
            made.clear()
        except BaseException as error:
            replaced = [path for path in done if not os.path.lexists(new[path])]
            for one in replaced if len(replaced) < len(files) else ():
                if before[one] is None:
                    (root / one).unlink()
                else:
                    old.pop(one).replace(root / one)  # should even this fail, the old text stays beside it
            if isinstance(error, OSError):
                raise StoreError(f"{printable(path)}: {error.strerror}. Nothing was written.") from error
            raise
        finally:
            for temporary in (*new.values(), *old.values()):
                with suppress(OSError):
                    temporary.unlink()
            for folder in reversed(made):
                with suppress(OSError):
                    folder.rmdir()


def held(root: Path, path: str) -> bytes | None:
    """The bytes of a file by its path from the root, None where there is none.

    Raises StoreError where it cannot be read, or where it or one of its folders is a link: what is behind one is not
    ours.
    """
    at = root
    try:
        for part in Path(path).parts:
            at /= part
            if at.is_symlink():
                raise StoreError(f"{printable(str(at))} is a symbolic link. Nothing was written.")
        if at.exists() and not at.is_file():
            raise StoreError(f"{printable(str(at))} is no ordinary file. Nothing was written.")
        return at.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"{printable(str(at))}: {error.strerror}. Nothing was written.") from error


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """While no other command writes to the site: of two that read the same, the second one has to notice the first."""
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # not every disk knows locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _expect(root: Path, files: Iterable[str], before: Mapping[str, bytes | None]) -> None:
    for path in files:
        if held(root, path) != before[path]:
            raise StoreError(f"{printable(path)} was changed meanwhile. Nothing was written; try again.")


def _make_folder(folder: Path, made: list[Path]) -> None:
    """Make a folder and those above it that are missing, and note which, from the top."""
    if not folder.exists():
        _make_folder(folder.parent, made)
        folder.mkdir()
        made.append(folder)


def _name_beside(target: Path) -> Path:
    """A hidden name that nobody has, beside a file."""
    return target.with_name(f".{target.name[:32]}.{secrets.token_hex(4)}")


def _write(path: Path, data: bytes, target: Path) -> None:
    """Make the file that will replace `target`, with its rights."""
    with path.open("xb") as file:  # its rights are those of any new file
        if target.exists():
            os.fchmod(file.fileno(), target.stat().st_mode & 0o777)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
