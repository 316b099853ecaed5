"""What the last build rested on, and what there is now: the two sides that `freshness` compares.

The builder's memory has an entry of three lines for each briefing: the stamps of what it rests on, its files in JSON,
and what the digest needs to know of it; one for its card on the digest; one for each unit's files; and one for what is
shared. While its stamps are the same, nothing else of a briefing need be looked at.
"""

from __future__ import annotations

import hashlib
import json
import marshal
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from builder.facts import Memory
from builder.freshness import PACKAGES, Facts, Harmed, Options
from builder.inputs import is_text
from builder.output import TOP, harmed
from builder.routes import INDEX
from builder.scan import Scan, Stamp, Stamps, is_file, is_folder, settled, template_file
from builder.staging import Staged

BRIEFING, CARD, FILES, MOVED, PAINTED, SHARED = "briefing", "card", "files", "moved", "painted", "shared"
"""The kinds of these entries."""

STAMPS, RESTS_ON, KEPT = range(3)
"""The lines of a briefing's entry."""

UNITS = (TOP, "static", INDEX)
"""The units that are no briefing's."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was read."""

    digest: str
    """SHA-256."""
    stamp: Stamp
    """Of the file when it was read, or before."""
    taken: int
    """When the stamp was taken, in nanoseconds."""


@dataclass
class Past:
    """What is remembered of the last build. Where something is missing or damaged, less is."""

    shared: Mapping[str, str] | None = None
    """Digests of what all pages rest on; None where nothing is known."""
    briefings: dict[str, Mapping[str, str]] = field(default_factory=dict)
    """For each briefing the digests of what it rests on; for those of `same`, one that stands for all."""
    same: set[str] = field(default_factory=set)
    """Briefings whose stamps tell that they rest on what they rested on."""
    files: dict[str, Seen] = field(default_factory=dict)
    """Everything that was read, by path."""
    folders: Mapping[str, Stamp] = field(default_factory=dict)
    """The output's folders, as the build left them."""
    boot: str = ""
    told: tuple[str, ...] = ()
    """What the site holds, in lines for a person."""
    warnings: int = 0


def remembered(memory: Memory, scan: Scan) -> Past:
    """What the last build wrote down; where stamps tell that nothing changed, no more than that."""
    past = Past()
    shared = json.loads(memory.get(SHARED) or b"{}")
    if shared and all(memory.get(FILES, unit) for unit in UNITS):
        past.shared = _digests(past, shared["files"], shared["taken"]) | shared["settings"]
        past.folders = {path: tuple(stamp) for path, stamp in shared["folders"].items()}
        past.boot, past.told, past.warnings = shared["boot"], tuple(shared["told"]), shared["warnings"]
    for name, entry in memory.all(BRIEFING):
        stamps = line_of(entry, STAMPS).decode()
        if stamps and stamps == _stamps_of(scan, name, stamps.split("\t")[1:]):
            past.briefings[name] = {"": stamps}
            past.same.add(name)
            continue
        rest = json.loads(line_of(entry, RESTS_ON))
        past.briefings[name] = _digests(past, rest["files"], rest["taken"])
    return past


def _digests(past: Past, files: Mapping[str, Any], taken: int) -> dict[str, str]:
    past.files.update((path, Seen(digest, tuple(stamp), taken)) for path, (digest, stamp) in files.items())
    return {path: digest for path, (digest, _) in files.items()}


def rests_on(name: str, digests: Mapping[str, str], scan: Scan, taken: int) -> bytes:
    """The two lines that tell what a briefing rests on."""
    files = {path: [digest, _stamp(scan, path)] for path, digest in sorted(digests.items())}
    articles = [path.removeprefix("seeds/") for path in files if path.startswith("seeds/")]
    own = {path for path in scan.briefings.get(name, ()) if is_text(path.removeprefix(f"content/{name}/"))}
    sure = own == {path for path in files if path.startswith("content/")}
    sure = sure and all(found and settled(found, taken) for found in (_stamp(scan, path) for path in files))
    stamps = _stamps_of(scan, name, articles) if sure else ""
    return stamps.encode() + b"\n" + json.dumps({"taken": taken, "files": files}).encode()


def _stamps_of(scan: Scan, name: str, articles: Sequence[str]) -> str:
    """What tells that a briefing's folder and the articles it names are as they were; the names of these after it."""
    # In the second version of marshal equal is equal: it has no references.
    found = [list(scan.briefings.get(name, {}).items()), [scan.articles.get(article, ()) for article in articles]]
    return "\t".join([hashlib.sha256(marshal.dumps(found, 2)).hexdigest(), *articles])


def shared_entry(now: Facts, scan: Scan, taken: int, told: Iterable[str], warnings: int) -> bytes:
    """The entry that tells of what all pages rest on and what the output looks like."""
    files = {path: [digest, _stamp(scan, path)] for path, digest in now.shared.items() if not path.startswith("--")}
    settings = {path: value for path, value in now.shared.items() if path.startswith("--")}
    return json.dumps(
        {
            "taken": taken,
            "files": files,
            "settings": settings,
            "folders": {path: stamp for path, stamp in scan.output.items() if is_folder(stamp)},
            "boot": scan.boot,
            "told": list(told),
            "warnings": warnings,
        }
    ).encode()


def _stamp(scan: Scan, path: str) -> Stamp:
    top, _, rest = path.partition("/")
    if top == "seeds":
        return scan.articles.get(rest, ())
    if top == "content":
        return scan.briefings.get(rest.partition("/")[0], {}).get(path, ())
    return {"site.yaml": scan.site}.get(path) or scan.templates.get(path) or scan.builder.get(path, ())


def present(
    past: Past, scan: Scan, names: Iterable[str], root: Path, templates: Sequence[str], options: Options
) -> Facts:
    """What there is now. Files that did not change since they were read are not read again."""

    def digests(folder: Path, paths: Iterable[str]) -> dict[str, str]:
        return {path: _digest(past, f"{folder}/{path}", path, _stamp(scan, path)) for path in paths}

    shared = digests(root, ["site.yaml"] if scan.site else [])
    shared |= {
        path: _digest(past, template_file(templates, path), path, stamp) for path, stamp in scan.templates.items()
    }
    shared |= digests(Path(__file__).parent.parent, scan.builder)
    shared |= {PACKAGES: hashlib.sha256(scan.packages.encode()).hexdigest(), **options.facts()}
    briefings = {}
    for name in names:
        if name in past.same:
            briefings[name] = past.briefings[name]
            continue
        own = (path for path in scan.briefings.get(name, ()) if is_text(path.removeprefix(f"content/{name}/")))
        named = (path for path in past.briefings.get(name, ()) if path.startswith("seeds/"))
        briefings[name] = digests(root, chain(own, named))
    return Facts(shared, briefings)


def _digest(past: Past, file: str, path: str, stamp: Stamp) -> str:
    """Of a file now; "" where there is none that could be read."""
    if _is_known(past, path, stamp):
        return past.files[path].digest
    if not is_file(stamp):
        return ""
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as opened:
            return hashlib.sha256(opened.read()).hexdigest()
    except OSError:
        return ""


def _is_known(past: Past, path: str, stamp: Stamp) -> bool:
    """Whether a stamp saves reading the file: not one taken so soon after a change that the next could hide in it."""
    seen = past.files.get(path)
    return seen is not None and seen.stamp == stamp and settled(stamp, seen.taken)


def renewed(past: Past, memory: Memory, now: Facts, scan: Scan, taken: int) -> Iterator[tuple[str, bytes]]:
    """The entries of briefings that are as they were, but for files that had to be read to know that."""
    for name, digests in now.briefings.items():
        if name in past.same:
            continue
        read_again = not all(_is_known(past, path, _stamp(scan, path)) for path in digests)
        if read_again and past.briefings.get(name) == digests and (entry := memory.get(BRIEFING, name)):
            yield name, rests_on(name, digests, scan, taken) + b"\n" + line_of(entry, KEPT)


def harmed_files(past: Past, memory: Memory, scan: Scan, output: Path) -> Harmed:
    """The published files that are no longer as they were written.

    Folders whose times are as the build left them are taken at their word, as long as the machine was not started
    anew: pages are not flushed to the disk one by one, so a power cut may have emptied some.
    """
    units = (*UNITS, *(unit for unit, _ in memory.all(MOVED)))
    found = {TOP: [path for unit in units for path in harmed(output, files_of(memory, unit))]}
    left, here = _by_unit(past.folders), _by_unit(scan.output)
    for name in past.briefings:
        if scan.boot != past.boot or left.get(name) != here.get(name):
            found[name] = harmed(output, files_of(memory, name)) if memory.get(FILES, name) else [f"{name}/"]
    return {name: paths for name, paths in found.items() if paths}


def _by_unit(stamps: Mapping[str, Stamp]) -> dict[str, Stamps]:
    """The folders of each unit, of all that stands in the output."""
    units: dict[str, Stamps] = {}
    for path, stamp in stamps.items():
        if is_folder(stamp):
            units.setdefault(path.partition("/")[0], {})[path] = stamp
    return units


def line_of(entry: bytes, line: int) -> bytes:
    """One line of an entry."""
    return entry.split(b"\n")[line]


def files_of(memory: Memory, unit: str) -> Mapping[str, str]:
    """The files that the builder wrote for a unit, with their SHA-256; none where nothing is known."""
    files: Mapping[str, str] = json.loads(memory.get(FILES, unit) or b"{}")
    return files


def files_entry(staged: Staged) -> bytes:
    """The entry that tells which files a unit holds."""
    return json.dumps(staged.files).encode()
