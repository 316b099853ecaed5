"""Whether what claims say of each other makes sense: checked as soon as every id is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from builder.dates import in_words
from builder.diagnostics import Diagnostic, Related
from builder.model import Briefing, Claim, Event, Relation, Tie

Ties = Sequence[tuple[Claim, Tie]]

_DOES = {
    Relation.SETTLES: "settles",
    Relation.REFINES: "refines",
    Relation.CONFLICTS: "conflicts with",
}


def senseless_ties(briefing: Briefing) -> Iterator[Diagnostic]:
    """Claims that are related to themselves, twice, in a circle, against each other, or to what comes later."""
    claims = {claim.id: claim for claim in briefing.claims}
    events = {event.id: event for event in briefing.events}
    ties: list[tuple[Claim, Tie]] = []
    for claim in briefing.claims:
        for tie in claim.ties:
            if tie.claim == claim.id:
                yield _fault("relation-self", f"`{claim.id}` {_DOES[tie.relation]} itself.", tie, "Remove it.")
            elif tie.claim in claims:  # an unknown one is told already
                ties.append((claim, tie))
    yield from _twice(ties)
    for relation in (Relation.SETTLES, Relation.REFINES):
        yield from _circles(ties, relation)
    yield from _contrary(ties)
    for claim, tie in ties:
        if tie.relation is Relation.SETTLES:
            yield from _later(claim, claims[tie.claim], tie, events, briefing.utc_offset)


def _fault(code: str, message: str, tie: Tie, cure: str, related: tuple[Related, ...] = ()) -> Diagnostic:
    return Diagnostic(code, message, tie.place, cure, related=related)


def _twice(ties: Ties) -> Iterator[Diagnostic]:
    """The same said again; that two claims conflict is said by one of them alone."""
    first: dict[tuple[Relation, str, str], Tie] = {}
    for claim, tie in ties:
        ends = (claim.id, tie.claim)
        one, other = sorted(ends) if tie.relation is Relation.CONFLICTS else ends
        known = first.setdefault((tie.relation, one, other), tie)
        if known is not tie:
            yield _fault(
                "relation-duplicate",
                f"That `{claim.id}` {_DOES[tie.relation]} `{tie.claim}` is said twice.",
                tie,
                "Say it once: both pages show it.",
                (Related(known.place, "here it is said first"),),
            )


def _circles(ties: Ties, relation: Relation) -> Iterator[Diagnostic]:
    """Claims that settle or refine themselves by way of others: each circle once, at the tie that closes it."""
    onward: dict[str, list[Tie]] = {}
    for claim, named in ties:
        if named.relation is relation:
            onward.setdefault(claim.id, []).append(named)
    done: set[str] = set()
    for start, first in onward.items():
        # Depth first, without recursion: a chain may be as long as there are claims.
        path: dict[str, None] = {start: None}
        left = [iter(() if start in done else first)]
        while left:
            tie: Tie | None = next(left[-1], None)
            if tie is None:
                done.add(path.popitem()[0])
                left.pop()
            elif tie.claim in path:
                cure = f"Remove the `{relation}` that no text shows."
                yield _fault("relation-circular", f"A circle: {_ring(list(path), tie.claim, relation)}.", tie, cure)
            elif tie.claim not in done:
                path[tie.claim] = None
                left.append(iter(onward.get(tie.claim, ())))


MOST_NAMED = 6
"""Claims of a circle that a message names; of a longer one the first and the last."""


def _ring(path: Sequence[str], closes: str, relation: Relation) -> str:
    """`a` settles `b` settles `a`."""
    ring = [f"`{id_}`" for id_ in (*path[path.index(closes) :], closes)]
    if len(ring) > MOST_NAMED + 1:
        ring = [*ring[: MOST_NAMED // 2], "…", *ring[-MOST_NAMED // 2 :]]
    return f" {_DOES[relation]} ".join(ring)


def _contrary(ties: Ties) -> Iterator[Diagnostic]:
    """Two claims of which one refines the other, and which still are said to conflict."""
    refined = {frozenset((claim.id, tie.claim)): tie for claim, tie in ties if tie.relation is Relation.REFINES}
    for claim, tie in ties:
        other = refined.get(frozenset((claim.id, tie.claim)))
        if tie.relation is Relation.CONFLICTS and other:
            yield _fault(
                "relation-contrary",
                f"`{claim.id}` and `{tie.claim}` are said to conflict, and one to refine the other.",
                tie,
                "Keep one of the two: what says the same more exactly can hold together with it.",
                (Related(other.place, "`refines` stands here"),),
            )


def _later(
    claim: Claim, settled: Claim, tie: Tie, events: Mapping[str, Event], offset: timedelta
) -> Iterator[Diagnostic]:
    """An outcome that is over before what it is the outcome of begins."""
    one, other = (events.get(each.event) if each.event else None for each in (claim, settled))
    if one is None or other is None or one.date.approximate or other.date.approximate:
        return
    over, begins = one.date.bounds(offset)[1], other.date.bounds(offset)[0]
    if over is not None and begins is not None and over <= begins:
        yield _fault(
            "relation-order",
            f"`{claim.id}` cannot settle `{settled.id}`: `{one.id}` ({in_words(one.date)}) is over before "
            f"`{other.id}` ({in_words(other.date)}) begins.",
            tie,
            "Turn it round, correct one of the events, or remove it.",
            (Related(one.place, f"`{one.id}`"), Related(other.place, f"`{other.id}`")),
        )
