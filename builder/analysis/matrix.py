"""The matrix: for every claim what each source says, whom it rests on, and the claim's status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import combinations

from builder.analysis.chains import chain_of, end_of, resting_on
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
    Relation,
    Source,
    Stance,
)
from builder.values import exclude


class Status(StrEnum):
    """What the sources together make of a claim: the first rule that fits, in this order."""

    DISPUTED = "disputed"
    """A source contradicts it, or two that state it give numbers that cannot both hold."""
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


class Silence(StrEnum):
    """What is known of a silence. None of it is denial."""

    PREDATES = "predates"
    """The text's last known moment lies before the event."""
    OMITTED = "omitted"
    """The text could have known of it, and leaves it out."""
    STATED = "stated"
    """The curator says that it is silent, with a reason, a note or words of the text."""
    UNKNOWN = "unknown"
    """Its date, or the event's, does not tell whether it could have known."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One claim × source."""

    source: Source
    stance: Stance
    because: Because | None
    """Why it is silent; None where it speaks, and where nothing tells."""
    evidence: Evidence | None
    """None where the curator wrote nothing: then it is silent."""
    passages: tuple[Passage, ...]
    chain: tuple[str, ...]
    """The origins that it rests on, nearest first, followed to the last."""
    end: str = ""
    """Where the chain ends, alike for origins that are the same source; empty where it names none."""
    silence: Silence | None = None
    """How its silence is known; None where it speaks."""
    foresees: bool = False
    """Whether it speaks of what another claim settles, and its text ends before that."""

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
    settling = settling_events(briefing.claims, events)
    rows = []
    for claim in briefing.claims:
        written = {evidence.source: evidence for evidence in claim.evidence}
        event = events[claim.event] if claim.event else None
        resting = resting_on(claim, briefing.sources)
        cells = tuple(
            _cell(
                source,
                written.get(source.id),
                anchored.evidence.get((claim.id, source.id), ()),
                briefing.origins,
                resting,
                event,
                briefing.utc_offset,
            )
            for source in briefing.sources
        )
        if outcomes := settling.get(claim.id):
            cells = tuple(_before_outcome(cell, outcomes, briefing.utc_offset) for cell in cells)
        roots = independent_of(cells)
        rows.append(Row(claim, cells, status_of(cells, len(roots)), roots))
    return Matrix(tuple(rows))


def independent_of(cells: Sequence[Cell]) -> tuple[str, ...]:
    """The last origins of the supporting chains, each end once. A source that names none adds none."""
    ends: dict[str, str] = {}
    for cell in cells:
        if cell.stance is Stance.SUPPORTS and cell.chain:
            ends.setdefault(cell.end, cell.chain[-1])
    return tuple(ends.values())


def status_of(cells: Sequence[Cell], independent: int) -> Status:
    """The first rule that fits; `independent` is the number of independent origins that support the claim."""
    stating = [cell for cell in cells if cell.states]
    differences = {cell.evidence.differs_in for cell in stating if cell.evidence and cell.evidence.differs_in}
    if any(cell.stance is Stance.CONTRADICTS for cell in stating) or cannot_both_hold(stating):
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


def cannot_both_hold(cells: Sequence[Cell]) -> bool:
    """Whether two sources that state a claim give it values that exclude each other."""
    values = {cell.evidence.value for cell in cells if cell.evidence and cell.evidence.value and is_of_claim(cell)}
    return any(exclude(one, other) for one, other in combinations(values, 2))


def is_of_claim(cell: Cell) -> bool:
    """Whether the number that a source gives is one of the claim itself.

    A source that differs in scope gives the number of something else, and one that foresees it states none.
    """
    scope = cell.evidence is not None and cell.evidence.differs_in is Difference.SCOPE
    return cell.states and not cell.foresees and not scope


def _cell(
    source: Source,
    evidence: Evidence | None,
    passages: tuple[Passage, ...],
    origins: Mapping[str, Origin],
    resting: Mapping[str, Sequence[str]],
    event: Event | None,
    offset: timedelta,
) -> Cell:
    stance = evidence.stance if evidence else Stance.SILENT
    because = silence = None
    if stance is Stance.SILENT:
        silence = silence_of(source, event, offset)
        because = (evidence.because if evidence else None) or _REASONS.get(silence)
        if evidence and (evidence.because or evidence.note or passages):
            silence = Silence.STATED
    chain = chain_of(evidence.via, origins, resting) if evidence and stance is not Stance.SILENT else ()
    return Cell(source, stance, because, evidence, passages, chain, end_of(chain, origins), silence)


_REASONS = {Silence.PREDATES: Because.PREDATES, Silence.OMITTED: Because.OMITTED}


def _before_outcome(cell: Cell, outcomes: Sequence[Event], offset: timedelta) -> Cell:
    """What a text says of something to come, where it ends before all that settles it: an expectation.

    Such a text cannot contradict the outcome: what it says against it is told as a difference in expectation.
    """
    early = all(could_know(cell.source, event, offset) is False for event in outcomes)
    if not (early and cell.speaks and cell.evidence):
        return cell
    if cell.stance is not Stance.CONTRADICTS:
        return replace(cell, foresees=True)
    evidence = replace(cell.evidence, stance=Stance.QUALIFIES, differs_in=Difference.EXPECTATION)
    return replace(cell, stance=Stance.QUALIFIES, evidence=evidence, foresees=True)


def settling_events(claims: Sequence[Claim], events: Mapping[str, Event]) -> dict[str, tuple[Event, ...]]:
    """By claim, the events of the claims that settle it."""
    found: dict[str, dict[str, Event]] = {}
    for claim in claims:
        for tie in claim.ties:
            if tie.relation is Relation.SETTLES and claim.event is not None:
                found.setdefault(tie.claim, {})[claim.event] = events[claim.event]
    return {id_: tuple(named.values()) for id_, named in found.items()}


def silence_of(source: Source, event: Event | None, offset: timedelta) -> Silence:
    """What the dates tell of a silence. Without an event, nothing kept the text from speaking of it.

    A text that ends before the event was also written before it only if it shows a limit: the date that it prints, or
    what it says lies ahead. Without one it may be younger than all that it tells of.
    """
    known = True if event is None else could_know(source, event, offset)
    if known is False and not (source.published or source.looks_ahead):
        known = None
    return {True: Silence.OMITTED, False: Silence.PREDATES, None: Silence.UNKNOWN}[known]


def could_know(source: Source, event: Event, offset: timedelta) -> bool | None:
    """Whether a text's last known moment reaches an event; None where its date, or the event's, does not tell.

    A text that ends on the day of an event counts as one that could know of it.
    """
    last = last_known(source)
    if last is None:
        # It could not know of what it says lies ahead.
        return False if source.looks_ahead and source.looks_ahead.event == event.id else None
    first, end = last.bounds(offset)
    begins, over = event.date.bounds(offset)
    if end is not None and begins is not None:
        return end > begins
    if end is None:  # it knows at least of its first moment
        reached: datetime | None = first
        return True if reached and begins and reached >= begins else None
    return True if over and end >= over else None


def last_known(source: Source) -> Edtf | None:
    """The last moment that a text knew of, or else its publication."""
    return source.known_through.date if source.known_through else source.published
