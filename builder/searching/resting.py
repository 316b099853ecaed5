"""What a briefing rests on, as far as it can be found: its quotations, whatever faults it has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from builder.anchor import find_quotation
from builder.article import Article
from builder.model import Briefing, Passage, Quotation


@dataclass(frozen=True)
class Resting:
    """The quotations of claims and events that stand in their articles."""

    evidence: Mapping[tuple[str, str], tuple[Passage, ...]]
    """By claim and source."""
    events: Mapping[str, tuple[Passage, ...]]
    """By event, in the order of the sources."""
    passed_over: int
    """Quotations of claims and events that were not found; the check says why."""
    left_out: Mapping[str, tuple[tuple[Passage, str], ...]] = field(default_factory=dict)
    """By source, the words that audit.yaml leaves out, with the reason."""


def resting(briefing: Briefing, articles: Mapping[str, Article]) -> Resting:
    """Find the quotations of a briefing; `articles` by source. Faults of claims and events are counted, not told."""
    sources = {source.id: source for source in briefing.sources}

    def find(written: Iterable[tuple[str, Quotation]]) -> list[Passage | None]:
        return [
            find_quotation(articles[source], sources[source], quotation).value if source in articles else None
            for source, quotation in written
        ]

    evidence = {
        (claim.id, one.source): find((one.source, quotation) for quotation in one.quotations)
        for claim in briefing.claims
        for one in claim.evidence
    }
    events = {event.id: find(event.quotations) for event in briefing.events}
    left_out: dict[str, tuple[tuple[Passage, str], ...]] = {}
    for one in briefing.left_out:
        left_out[one.source] = (
            *left_out.get(one.source, ()),
            *((passage, one.why) for passage in find([(one.source, one.quotation)]) if passage),
        )
    every = [passage for found in (*evidence.values(), *events.values()) for passage in found]
    return Resting(
        {key: tuple(filter(None, found)) for key, found in evidence.items()},
        {key: tuple(filter(None, found)) for key, found in events.items()},
        every.count(None),
        left_out,
    )
