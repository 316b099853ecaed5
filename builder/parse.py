"""From bytes to documents: every file read by its schema, every fault at its line.

Entries are checked one by one, so that a fault in one claim does not hide those of the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from builder.diagnostics import Checked, Diagnostic, Place
from builder.documents import (
    AuditEntry,
    BriefingEntry,
    ClaimEntry,
    Entry,
    EventEntry,
    OriginEntry,
    SiteEntry,
    SourceEntry,
    SourcesEntry,
)
from builder.slips import UNRESOLVED
from builder.validation import validate, validate_entries
from builder.written import Texts
from builder.yamldoc import Mended, Node, decode, read_yaml

T = TypeVar("T")
E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Entries(Generic[T]):
    """Entries by id, each with the node of the mapping that it stands in. A faulty one is None: known, but unusable."""

    entries: dict[str, T | None]
    node: Node

    def usable(self) -> dict[str, T]:
        """Those without faults."""
        return {id_: entry for id_, entry in self.entries.items() if entry is not None}


@dataclass(frozen=True, slots=True)
class Read:
    """What a file was read as."""

    data: bytes
    value: Any


@dataclass(frozen=True, slots=True)
class Documents:
    """The files of one briefing, read. What is None could not be read at all, and has been reported."""

    name: str
    front: BriefingEntry | None
    front_node: Node
    prose: str
    origins: Entries[OriginEntry] | None
    sources: Entries[SourceEntry] | None
    claims: tuple[Entries[ClaimEntry], ...]
    """One for each file."""
    all_claims: bool
    """Whether every file of claims could be read."""
    events: Entries[EventEntry] | None
    audit: AuditEntry | None = None
    audit_node: Node = field(default_factory=lambda: Node(Place(""), {}))
    mended: frozenset[tuple[str, int]] = frozenset()
    """Files and lines that were mistyped and read as they should be: only this fault is told of them."""
    read: Mapping[str, Read] = field(default_factory=dict, compare=False, repr=False)
    """Files without any fault, by path: while they hold the same bytes, they need not be read again."""

    def told(self, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Those that are not about what stands in the place of something mistyped."""
        return tuple(
            fault
            for fault in diagnostics
            if fault.code.startswith("yaml-") or (fault.place.file, fault.place.line) not in self.mended
        )


def parse_site(data: bytes) -> Checked[SiteEntry | None]:
    """Read site.yaml."""
    node = _yaml("site.yaml", data)
    if node.value is None or isinstance(node.value, Mended):
        return Checked(None, node.diagnostics)
    checked = validate(SiteEntry, node.value)
    return Checked(checked.value, node.diagnostics + checked.diagnostics)


def parse_briefing(texts: Texts, before: Documents | None = None) -> Checked[Documents]:
    """Read all files of a briefing; of those that are as they were `before`, take what was read then."""
    work = _Parser(texts, before.read if before else {})
    front_node, front, prose = work.front_matter()
    origins, sources = work.sources()
    claims = work.claims()
    events = work.entries("timeline.yaml", EventEntry, required=False)
    audit, audit_node = work.audit()
    usable = tuple(entries for entries in claims if entries)
    every = bool(claims) and len(usable) == len(claims)
    mended = frozenset(work.mended)
    documents = Documents(
        texts.name,
        front,
        front_node,
        prose,
        origins,
        sources,
        usable,
        every,
        events,
        audit,
        audit_node,
        mended,
        work.read,
    )
    return Checked(documents, documents.told(work.diagnostics))


def split_front_matter(file: str, text: str) -> Checked[tuple[str, str] | None]:
    """The YAML between two `---` lines at the start of a Markdown file, and the Markdown after them."""
    first, *lines = text.split("\n")
    ends = [index for index, line in enumerate(lines) if line.rstrip() == "---"]
    if first.rstrip() != "---":
        place = Place(file, 1, 1, max(1, len(first.rstrip())), first.rstrip())
        cure = "Write the front matter between two lines `---`, the first of them at the very start."
        return Checked(None, (Diagnostic("front-matter", "The file does not start with front matter.", place, cure),))
    if not ends:
        end = next((number for number, line in enumerate(lines, 1) if not line.strip()), len(lines) + 1)
        line = [first, *lines][end - 1].rstrip()
        place = Place(file, end, 1, max(1, len(line)), line)
        cure = "Write `---` alone on a line, without spaces before it, below the last key."
        return Checked(None, (Diagnostic("front-matter", "The front matter is never closed.", place, cure),))
    prose = lines[ends[0] + 1 :]
    marks = [
        Diagnostic(
            "yaml-conflict",
            UNRESOLVED[0],
            Place(file, number, 1, len(line.rstrip()), line.rstrip()),
            UNRESOLVED[1],
        )
        for number, line in enumerate(prose, ends[0] + 3)
        if _CONFLICT.match(line)
    ]
    return Checked(("\n".join(lines[: ends[0]]), "\n".join(prose)), tuple(marks))


_CONFLICT = re.compile(r"<{7}(?:[ \r]|$)")


def _yaml(file: str, data: bytes) -> Checked[Node | None]:
    text = decode(file, data)
    return read_yaml(file, text.value) if text.value is not None else Checked(None, text.diagnostics)


class _Parser:
    """Reads one briefing's files and notes what is wrong with them."""

    def __init__(self, texts: Texts, before: Mapping[str, Read]) -> None:
        self.texts = texts
        self.before = before
        self.read: dict[str, Read] = {}
        self.diagnostics: list[Diagnostic] = []
        self.mended: set[tuple[str, int]] = set()

    def _once(self, name: str, read: Callable[[], T]) -> T:
        """What a file is read as, which follows from its path and its bytes; with a fault, it is read every time."""
        file = self.texts.path(name)
        data, known = self.texts.files.get(file), self.before.get(file)
        if known is not None and known.data == data:
            self.read[file] = known
            value: T = known.value
            return value
        noted = len(self.diagnostics), len(self.mended)
        value = read()
        if data is not None and noted == (len(self.diagnostics), len(self.mended)):
            self.read[file] = Read(data, value)
        return value

    def front_matter(self) -> tuple[Node, BriefingEntry | None, str]:
        """The front matter of briefing.md, with its node and the prose after it."""
        return self._once("briefing.md", self._front_matter)

    def _front_matter(self) -> tuple[Node, BriefingEntry | None, str]:
        file = self.texts.path("briefing.md")
        nothing = Node(Place(file), {}), None, ""
        data = self.texts.files.get(file)
        if data is None:
            self._missing(file, "Write it: front matter with title, summary, status, date, published and topics.")
            return nothing
        text = self._keep(decode(file, data))
        parts = self._keep(split_front_matter(file, text)) if text is not None else None
        node = self._keep(read_yaml(file, parts[0], 2)) if parts else None
        if parts is None or node is None:
            return nothing
        return node, self._keep(validate(BriefingEntry, node)), parts[1]

    def sources(self) -> tuple[Entries[OriginEntry] | None, Entries[SourceEntry] | None]:
        """The two parts of sources.yaml."""
        return self._once("sources.yaml", self._sources)

    def _sources(self) -> tuple[Entries[OriginEntry] | None, Entries[SourceEntry] | None]:
        node = self._node("sources.yaml", required=True)
        if node is None or self._keep(validate(SourcesEntry, node)) is None or not isinstance(node.content, dict):
            return None, None
        origins = node.content.get("origins", Node(node.place, {}))
        sources = node.content["sources"]
        return (
            Entries(self._keep(validate_entries(OriginEntry, origins)), origins),
            Entries(self._keep(validate_entries(SourceEntry, sources)), sources),
        )

    def claims(self) -> list[Entries[ClaimEntry] | None]:
        """claims.yaml and claims/*.yaml, in the order of their names."""
        folder, single = self.texts.path("claims/"), self.texts.path("claims.yaml")
        files = sorted(f for f in self.texts.files if f == single or (f.startswith(folder) and f.endswith(".yaml")))
        if not files:
            self._missing(single, "Write it, or several files claims/*.yaml.")
        return [self.entries(file.removeprefix(self.texts.path("")), ClaimEntry) for file in files]

    def entries(self, name: str, schema: type[E], *, required: bool = True) -> Entries[E] | None:
        """A file that is a mapping from ids to entries."""

        def read() -> Entries[E] | None:
            node = self._node(name, required=required)
            return Entries(self._keep(validate_entries(schema, node)), node) if node else None

        return self._once(name, read)

    def audit(self) -> tuple[AuditEntry | None, Node]:
        """audit.yaml with its node."""

        def read() -> tuple[AuditEntry | None, Node]:
            node = self._node("audit.yaml", required=False)
            nothing = Node(Place(self.texts.path("audit.yaml")), {})
            return (self._keep(validate(AuditEntry, node)), node) if node else (None, nothing)

        return self._once("audit.yaml", read)

    def _node(self, name: str, *, required: bool) -> Node | None:
        file = self.texts.path(name)
        data = self.texts.files.get(file)
        if data is None and required:
            self._missing(file, "Write it; content/README.md describes every key.")
            return None
        return self._keep(_yaml(file, data or b""))

    def _missing(self, file: str, cure: str) -> None:
        self.diagnostics.append(Diagnostic("file-missing", f"The briefing has no {file}.", Place(file), cure))

    def _keep(self, checked: Checked[T]) -> T:
        # What stands in the place of an alias or a merge key is no fault of its own.
        refused = {fault.place for fault in self.diagnostics if fault.code in ("yaml-alias", "yaml-merge")}
        if isinstance(checked.value, Mended):
            self.mended |= {(checked.value.place.file, line) for line in checked.value.lines}
        self.diagnostics.extend(fault for fault in checked.diagnostics if fault.place not in refused)
        return checked.value
