"""A curator's desk: a whole site as the commands see it, faults and all, and what they write to it.

A command computes texts; here they are studied as if they were written, and only then written: all of them or none,
and never over what somebody else has changed meanwhile.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from builder.build import ANY_SITE, Studied, check_site, study
from builder.diagnostics import Diagnostic, Severity, in_order, printable
from builder.freshness import Options
from builder.inputs import StoreError, opened
from builder.model import Site
from builder.written import Texts


@dataclass(frozen=True)
class Desk:
    """A site that was read and studied as far as it could be."""

    root: Path
    site: Site
    briefings: Mapping[str, Studied]
    """By name, drafts included."""
    articles: Mapping[str, bytes]
    """All files of seeds/, by name."""
    diagnostics: tuple[Diagnostic, ...]
    """What is wrong anywhere, in order of place."""

    def one(self, name: str | None) -> Studied:
        """The briefing of that name, or the only one. Raises StoreError where there is none, or no single one."""
        names = ", ".join(sorted(self.briefings))
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
        texts = {name: dict(one.texts.files) for name, one in self.briefings.items()}
        for path, data in files.items():
            top, _, rest = path.partition("/")
            if top == "seeds":
                articles[rest] = data
            elif top == "content":
                texts.setdefault(rest.partition("/")[0], {})[path] = data
        named = [Texts(name, found) for name, found in sorted(texts.items())]
        return _studied(self.root, self.site, named, articles, ())


def open_desk(root: Path) -> Desk:
    """Read and study a site. Raises StoreError where its folder cannot be read."""
    with opened(root) as reader:
        site = check_site(reader.site(), Options(drafts=True))
        texts = [found for name in reader.names() if (found := reader.briefing(name))]
        every = reader.articles()
        articles = {name: data for name in every if (data := every.get(name)) is not None}
        noted = (*reader.diagnostics, *site.diagnostics)
    return _studied(root, site.value or ANY_SITE, texts, articles, noted)


def _studied(
    root: Path, site: Site, texts: Sequence[Texts], articles: Mapping[str, bytes], found: Sequence[Diagnostic]
) -> Desk:
    briefings = {one.name: studied for one in texts if (studied := study(one, site, articles))}
    every = [*found, *(fault for one in briefings.values() for fault in one.diagnostics)]
    return Desk(root, site, briefings, articles, tuple(in_order(every)))


def new_faults(before: Desk, after: Desk) -> list[Diagnostic]:
    """The errors that `after` has and `before` had not: places may have moved, so they are told by what they say."""
    known = {(fault.code, fault.message) for fault in before.diagnostics}
    errors = (fault for fault in after.diagnostics if fault.severity is Severity.ERROR)
    return [fault for fault in errors if (fault.code, fault.message) not in known]


def put(desk: Desk, files: Mapping[str, bytes]) -> list[Diagnostic]:
    """Write files by path from the root. Where that would bring a new error, it is returned and nothing is written.

    Raises StoreError where one of them has changed since the desk was opened, or the disk refuses.
    """
    faults = new_faults(desk, desk.with_files(files))
    if not faults:
        known = {path: data for one in desk.briefings.values() for path, data in one.texts.files.items()}
        known |= {f"seeds/{name}": data for name, data in desk.articles.items()}
        write_files(desk.root, files, {path: known.get(path) for path in files})
    return faults


def write_files(root: Path, files: Mapping[str, bytes], before: Mapping[str, bytes | None]) -> None:
    """Write files by path from the root, all or none; `before` is what each held when it was read, None if nothing.

    Raises StoreError where one has changed since, or the disk refuses.
    """
    for path in files:
        if _bytes_of(root / path) != before[path]:
            raise StoreError(f"{printable(path)} was changed meanwhile. Nothing was written; try again.")
    waiting: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            waiting[_beside(target, data)] = target
        for temporary, target in list(waiting.items()):
            temporary.replace(target)
            del waiting[temporary]
    except OSError as error:
        raise StoreError(f"{error.filename}: {error.strerror}.") from error
    finally:
        for temporary in waiting:
            with suppress(OSError):
                temporary.unlink()


def _bytes_of(path: Path) -> bytes | None:
    try:
        if path.is_symlink():
            raise StoreError(f"{printable(str(path))} is a symbolic link. Nothing was written.")
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"{printable(str(path))}: {error.strerror}.") from error


def _beside(target: Path, data: bytes) -> Path:
    """A hidden file with `data` beside the one that it will replace, with its rights."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_mask()
    Path(name).chmod(mode)
    return Path(name)


def _mask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
