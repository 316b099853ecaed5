"""One state of a briefing as a comparison sees it, faults and all, and the values that tell of a change."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from builder.analysis.matrix import Row, matrix_of
from builder.build import Studied
from builder.changes.rewording import Kind, Line, Piece, clipped, name, ours, reworded, theirs
from builder.diagnostics import Severity
from builder.model import AnchoredBriefing, Briefing, Source
from builder.parse import Entries


class Sign(Enum):
    """What became of a thing."""

    ADDED = "+"
    REMOVED = "-"
    CHANGED = "~"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a reader would notice, with its particulars."""

    sign: Sign
    line: Line
    details: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Side:
    """A briefing in one state, with what could be read of it."""

    studied: Studied
    rows: Mapping[str, Row]
    """By claim."""

    @property
    def briefing(self) -> Briefing:
        """What could be resolved."""
        return self.studied.briefing

    @property
    def source(self) -> Mapping[str, Source]:
        """The sources by id."""
        return {source.id: source for source in self.briefing.sources}

    @property
    def verified(self) -> bool:
        """Whether all of it is without a fault."""
        return self.studied.analysis is not None

    @property
    def faults(self) -> int:
        """How many errors it has."""
        return sum(fault.severity is Severity.ERROR for fault in self.studied.diagnostics)

    def hides_claim(self, id_: str) -> bool:
        """Whether a claim may be there that could not be read."""
        documents = self.studied.documents
        return not documents.all_claims or any(_is_faulty(file, id_) for file in documents.claims)

    def hides_source(self, id_: str) -> bool:
        """Whether a source may be there that could not be read."""
        sources = self.studied.documents.sources
        return sources is None or _is_faulty(sources, id_)

    def hides_event(self, id_: str) -> bool:
        """Whether an event may be there that could not be read."""
        events = self.studied.documents.events
        return events is None or _is_faulty(events, id_)

    def topic(self, id_: str) -> str:
        """A topic's title."""
        return next((topic.title for topic in self.briefing.topics if topic.id == id_), id_)

    def event(self, id_: str | None) -> str:
        """An event's title, or that there is none."""
        return next((event.title for event in self.briefing.events if event.id == id_), id_ or "no event")

    def origins(self, ids: tuple[str, ...]) -> str:
        """Origins by name, nearest first."""
        known = self.briefing.origins
        return " ← ".join(known[id_].name if id_ in known else id_ for id_ in ids)


def _is_faulty(entries: Entries[Any], id_: str) -> bool:
    return id_ in entries.entries and entries.entries[id_] is None


def side_of(studied: Studied) -> Side:
    """A state of a briefing. Where it has faults, the matrix is that of what could be read."""
    matrix = studied.analysis.matrix if studied.analysis else matrix_of(_readable(studied))
    written = {claim.id: claim for claim in studied.briefing.claims}
    return Side(studied, {row.claim.id: replace(row, claim=written[row.claim.id]) for row in matrix.rows})


def _readable(studied: Studied) -> AnchoredBriefing:
    """The briefing without ids that lead nowhere, and without a single quotation found."""
    briefing = studied.briefing
    events = {event.id for event in briefing.events}

    def known(via: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(id_ for id_ in via if id_ in briefing.origins)

    origins = {id_: replace(origin, via=known(origin.via)) for id_, origin in briefing.origins.items()}
    claims = tuple(
        replace(
            claim,
            event=claim.event if claim.event in events else None,
            evidence=tuple(replace(evidence, via=known(evidence.via)) for evidence in claim.evidence),
        )
        for claim in briefing.claims
    )
    sources = tuple(replace(source, via=known(source.via)) for source in briefing.sources)
    briefing = replace(briefing, sources=sources, claims=claims, origins=origins)
    return AnchoredBriefing(briefing, studied.articles, {}, {}, {}, {})


# ---- lines -----------------------------------------------------------------------------------------------------


def label(source: Source) -> Line:
    """What a reader calls a source: `A, Gazette`."""
    return (theirs(f"{source.siglum}, {source.outlet}" if source.outlet else source.siglum),)


def was_and_is(about: str, old: str | None, new: str | None) -> Iterator[Line]:
    """A line where two short texts differ: `about: old → new`."""
    if old != new:
        yield (ours(f"{about}: "), _one(Kind.GONE, old), ours(" → "), _one(Kind.COME, new))


def _one(kind: Kind, text: str | None) -> Piece:
    return Piece(kind, clipped(text)) if text else ours("none")


def wording(about: str, old: str | None, new: str | None) -> Iterator[Line]:
    """A line where two longer texts differ: both in one, word by word. White space alone is no difference."""
    if (old or "").split() != (new or "").split():
        told = "" if old and new else " (new)" if new else " (removed)"
        yield (ours(f"{about}{told}: "), *reworded(old or "", new or ""))


def called(id_: str, text: str) -> Line:
    """A thing by its id and its text."""
    return (name(id_), ours(": "), theirs(text))


def renamed(old: str, new: str, was: Collection[str], where: str = "its entry") -> Line:
    """That a thing has another id; `was` are the ids whose addresses lead to it, and `where` says them."""
    what = (ours("renamed: "), name(old), ours(" → "), name(new))
    if old in was:
        return (*what, ours("; its old address leads there"))
    kept = f"[{', '.join([*was, old])}]" if was else old
    return (*what, ours(f"; its address changes, unless {where} says "), name(f"was: {kept}"))
