"""The matrix: for every claim what each source says, whom it rests on, and the claim's status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from builder.dates import Edtf
from builder.model import (
    AnchoredBriefing,
    Because,
    Claim,
    Difference,
    Event,
    Evidence,
    Origin,
    Passage,
    Source,
    Stance,
)


class Status(StrEnum):
    """What the sources together make of a claim: the first rule that fits, in this order."""

    DISPUTED = "disputed"
    """A source contradicts it."""
    SINGLE_SOURCE = "single source"
    """One source states it; those that only expect it do not state it."""
    WORDING_DIFFERS = "wording differs"
    """The only differences are of the words inside quotation marks."""
    QUALIFIED = "qualified"
    """A source says it with a difference."""
    CORROBORATED = "corroborated"
    """Two or more independent origins support it."""
    REPEATED = "repeated"
    """Several sources support it, from one origin or naming none."""
    UNSOURCED = "unsourced"
    """No source states it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One claim × source."""

    source: Source
    stance: Stance
    because: Because | None
    """Why it is silent; None where it speaks."""
    evidence: Evidence | None
    """None where the curator wrote nothing: then it is silent."""
    passages: tuple[Passage, ...]
    chain: tuple[str, ...]
    """The origins that it rests on, nearest first, followed to the last."""

    @property
    def speaks(self) -> bool:
        """Whether it takes a stance."""
        return self.stance is not Stance.SILENT

    @property
    def states(self) -> bool:
        """Whether it speaks of the claim as of a fact, and not of something to come."""
        expects = self.evidence is not None and self.evidence.differs_in is Difference.EXPECTATION
        return self.speaks and not expects


@dataclass(frozen=True, slots=True)
class Row:
    """A claim with a cell for every source, in the order of the sources."""

    claim: Claim
    cells: tuple[Cell, ...]
    status: Status
    independent: tuple[str, ...]
    """The last origins of the supporting chains, each once, in the order of the sources."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """All claims of a briefing, in the order of their topics."""

    rows: tuple[Row, ...]

    def of_topic(self, topic: str) -> tuple[Row, ...]:
        """The rows of one topic."""
        return tuple(row for row in self.rows if row.claim.topic == topic)

    def of_status(self, status: Status) -> tuple[Row, ...]:
        """The rows of one status."""
        return tuple(row for row in self.rows if row.status is status)

    def of_source(self, source: str) -> tuple[tuple[Row, Cell], ...]:
        """One source's column."""
        ids = [cell.source.id for cell in self.rows[0].cells] if self.rows else []
        return tuple((row, row.cells[ids.index(source)]) for row in self.rows)


def matrix_of(anchored: AnchoredBriefing) -> Matrix:
    """Compute every cell and status."""
    briefing = anchored.briefing
    events = {event.id: event for event in briefing.events}
    rows = []
    for claim in briefing.claims:
        written = {evidence.source: evidence for evidence in claim.evidence}
        event = events[claim.event] if claim.event else None
        cells = tuple(
            _cell(
                source,
                written.get(source.id),
                anchored.evidence.get((claim.id, source.id), ()),
                briefing.origins,
                event,
                briefing.utc_offset,
            )
            for source in briefing.sources
        )
        roots = independent_of(cells)
        rows.append(Row(claim, cells, status_of(cells, len(roots)), roots))
    return Matrix(tuple(rows))


def independent_of(cells: Sequence[Cell]) -> tuple[str, ...]:
    """The last origins of the supporting chains, each once."""
    return tuple(dict.fromkeys(cell.chain[-1] for cell in cells if cell.stance is Stance.SUPPORTS and cell.chain))


def status_of(cells: Sequence[Cell], independent: int) -> Status:
    """The first rule that fits; `independent` is the number of independent origins that support the claim."""
    stating = [cell for cell in cells if cell.states]
    differences = {cell.evidence.differs_in for cell in stating if cell.evidence and cell.evidence.differs_in}
    if any(cell.stance is Stance.CONTRADICTS for cell in stating):
        return Status.DISPUTED
    if not stating:
        return Status.UNSOURCED
    if len(stating) == 1:
        return Status.SINGLE_SOURCE
    if differences == {Difference.WORDING}:
        return Status.WORDING_DIFFERS
    if differences:
        return Status.QUALIFIED
    return Status.CORROBORATED if independent >= 2 else Status.REPEATED


def chain_of(via: Sequence[str], origins: Mapping[str, Origin]) -> tuple[str, ...]:
    """The chain of origins that starts with `via`, followed through the origins' own `via` to the last one."""
    chain = list(dict.fromkeys(via))
    while chain and (further := [id_ for id_ in origins[chain[-1]].via if id_ not in chain]):
        chain += further
    return tuple(chain)


def _cell(
    source: Source,
    evidence: Evidence | None,
    passages: tuple[Passage, ...],
    origins: Mapping[str, Origin],
    event: Event | None,
    offset: timedelta,
) -> Cell:
    stance = evidence.stance if evidence else Stance.SILENT
    because = None
    if stance is Stance.SILENT:
        because = (evidence.because if evidence else None) or why_silent(source, event, offset)
    chain = chain_of(evidence.via, origins) if evidence and stance is not Stance.SILENT else ()
    return Cell(source, stance, because, evidence, passages, chain)


def why_silent(source: Source, event: Event | None, offset: timedelta) -> Because:
    """`predates` where the last moment that the text knew of (or else its publication) lies before the event."""
    last = last_known(source)
    begins = event.date.bounds(offset)[0] if event else None
    ends = last.bounds(offset)[1] if last else None
    return Because.PREDATES if begins and ends and ends <= begins else Because.OMITTED


def last_known(source: Source) -> Edtf | None:
    """The last moment that a text knew of, or else its publication."""
    return source.known_through.date if source.known_through else source.published
