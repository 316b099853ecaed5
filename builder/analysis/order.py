"""In which order the texts were written, as far as they show it, with the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from builder.analysis.axes import Stretch
from builder.analysis.matrix import Matrix, could_know, last_known
from builder.analysis.timeline import writing_of
from builder.model import AnchoredBriefing, Passage, Source


class Reason(StrEnum):
    """What shows that one text was written before another."""

    DATES = "dates"
    """The latest time at which the one can have been written lies before what the other knows."""
    AHEAD = "ahead"
    """The one says that an event lies ahead; the other reports it."""
    EXPECTED = "expected"
    """The one only expects what the other states."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """One text was written before another."""

    one: str
    other: str
    reason: Reason
    event: str | None
    """The event that lies ahead of the one, by its id; None where the dates tell."""
    claim: str | None
    """The claim that the one expects, by its id."""
    passages: tuple[Passage, ...]
    """The words that show it, of the one and of the other; none where only a printed date does."""


def order_of(anchored: AnchoredBriefing, matrix: Matrix) -> tuple[Earlier, ...]:
    """What the texts show of the order in which they were written, for each pair in the order of the sources.

    Each pair has one entry for a reason. Texts that show both orders of a pair have both: see `placed`.
    """
    sources, events = anchored.briefing.sources, anchored.briefing.events
    written = {source.id: _window(anchored, source) for source in sources}
    offset = anchored.briefing.utc_offset
    could = {(event.id, source.id): could_know(source, event, offset) for event in events for source in sources}
    reported = _reported(anchored, matrix, could)
    expected = _expected(matrix, could)
    return tuple(
        earlier
        for one in sources
        for other in sources
        if one is not other
        for earlier in (
            *_by_dates(anchored, one, other, written),
            *(_by_events(anchored, one, other, reported) or _by_claims(one, other, expected)),
        )
    )


def _window(anchored: AnchoredBriefing, source: Source) -> Stretch:
    """When a text was written; one that prints the day cannot know of anything after it either."""
    events = {event.id: event for event in anchored.briefing.events}
    ahead = events[source.looks_ahead.event].date if source.looks_ahead else None
    return writing_of(source, ahead, anchored.briefing.utc_offset).stretch


def _by_dates(
    anchored: AnchoredBriefing, one: Source, other: Source, written: Mapping[str, Stretch]
) -> Iterator[Earlier]:
    if written[one.id] == written[other.id]:
        return  # also two that print the same minute
    end, start = written[one.id].end, written[other.id].start
    dates = (one.published, one.captured, other.published, *((last_known(other),) if last_known(other) else ()))
    if end is None or start is None or end > start or any(date and date.approximate for date in dates):
        return
    shown = (
        anchored.outlooks.get(one.id) if not one.published else None,
        anchored.horizons.get(other.id) if not other.published else None,
    )
    yield Earlier(one.id, other.id, Reason.DATES, None, None, tuple(passage for passage in shown if passage))


def _by_events(
    anchored: AnchoredBriefing, one: Source, other: Source, reported: Mapping[tuple[str, str], Sequence[Passage]]
) -> tuple[Earlier, ...]:
    """Where an event lies ahead of the one, and the other reports it."""
    outlook = anchored.outlooks.get(one.id)
    if one.looks_ahead is None or outlook is None:
        return ()
    words = reported.get((one.looks_ahead.event, other.id))
    if not words:
        return ()
    return (Earlier(one.id, other.id, Reason.AHEAD, one.looks_ahead.event, None, (outlook, words[0])),)


Could = Mapping[tuple[str, str], bool | None]
"""By event and source, whether the text could know of it."""


def _reported(anchored: AnchoredBriefing, matrix: Matrix, could: Could) -> dict[tuple[str, str], list[Passage]]:
    """By event and source, the words in which a text that could know of the event reports it.

    Words on the timeline go before those of a claim: these may say no more than what was planned.
    """
    ahead = {(source.looks_ahead.event, source.id) for source in anchored.briefing.sources if source.looks_ahead}
    found: dict[tuple[str, str], list[Passage]] = {}
    for event in anchored.briefing.events:
        for passage in anchored.events[event.id]:
            key = (event.id, passage.source)
            if could[key] is not False and key not in ahead:
                found.setdefault(key, []).append(passage)
    for row in matrix.rows:
        for cell in row.cells if row.claim.event else ():
            key = (row.claim.event or "", cell.source.id)
            if could[key] and key not in ahead and cell.states and not cell.foresees:
                found.setdefault(key, []).extend(cell.passages)
    return found


Expected = Mapping[str, tuple[Sequence[tuple[str, Passage]], Sequence[tuple[str, Passage]], str]]
"""By claim, who only expects it and who states it, with their words, and its event."""


def _expected(matrix: Matrix, could: Could) -> Expected:
    """Claims about an event that some texts only expect, while others, which could know of it, state it."""
    found = {}
    for row in matrix.rows:
        event = row.claim.event
        if event is None:
            continue
        cells = [cell for cell in row.cells if cell.speaks and cell.passages]
        expecting = [
            (cell.source.id, cell.passages[0])
            for cell in cells
            if not cell.states and could[event, cell.source.id] is not True
        ]
        stating = [(c.source.id, c.passages[0]) for c in cells if c.states and could[event, c.source.id]]
        if expecting and stating:
            found[row.claim.id] = (expecting, stating, event)
    return found


def _by_claims(one: Source, other: Source, expected: Expected) -> Iterable[Earlier]:
    """Where the one only expects what the other states, in the first claim that shows it."""
    for claim, (expecting, stating, event) in expected.items():
        words, told = dict(expecting).get(one.id), dict(stating).get(other.id)
        if words and told:
            return (Earlier(one.id, other.id, Reason.EXPECTED, event, claim, (words, told)),)
    return ()


# ---- what follows ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Order:
    """The order of all texts, as far as it is shown."""

    before: Mapping[str, frozenset[str]]
    """By source, those shown to be earlier by their own words or dates."""
    following: Mapping[str, frozenset[str]]
    """By source, those that are earlier because they come before one that is earlier."""
    contrary: frozenset[frozenset[str]]
    """Pairs that are shown in both orders, directly or by way of others: nothing is said of these."""
    unplaced: tuple[str, ...]
    """Sources that nothing places before or after another."""


def placed(sources: Sequence[str], order: Sequence[Earlier]) -> Order:
    """What can be said of each source's place; `sources` are all, by id and in order."""
    shown: dict[str, set[str]] = {id_: set() for id_ in sources}
    for earlier in order:
        shown[earlier.other].add(earlier.one)
    every = {id_: _all_before(id_, shown) for id_ in sources}
    contrary = frozenset(
        frozenset((one, other)) for other in sources for one in every[other] if one != other and other in every[one]
    )
    kept = {id_: frozenset(one for one in shown[id_] if frozenset((one, id_)) not in contrary) for id_ in sources}
    circling = frozenset(id_ for pair in contrary for id_ in pair)
    following = {
        id_: frozenset() if id_ in circling else frozenset(_all_before(id_, kept) - kept[id_] - circling)
        for id_ in sources
    }
    told = {id_ for id_ in sources if kept[id_]} | {one for ones in kept.values() for one in ones}
    return Order(kept, following, contrary, tuple(id_ for id_ in sources if id_ not in told))


def _all_before(id_: str, shown: Mapping[str, Iterable[str]]) -> set[str]:
    """All that come before a source, step by step; itself, too, where the steps lead back to it."""
    found: set[str] = set()
    left = list(shown[id_])
    while left:
        one = left.pop()
        if one not in found:
            found.add(one)
            left += shown[one]
    return found
