"""How claims stand to each other: what settles, refines or conflicts with what, seen from both sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from builder.analysis.matrix import Cell, Row, last_known
from builder.model import Briefing, Relation, Source


class How(StrEnum):
    """How one claim stands to another, seen from the one."""

    SETTLES = "settles"
    SETTLED_BY = "settled by"
    REFINES = "refines"
    REFINED_BY = "refined by"
    CONFLICTS = "conflicts with"


_SEEN = {
    Relation.SETTLES: (How.SETTLES, How.SETTLED_BY),
    Relation.REFINES: (How.REFINES, How.REFINED_BY),
    Relation.CONFLICTS: (How.CONFLICTS, How.CONFLICTS),
}
"""A tie from the claim that it is written in, and from the one that it names."""


@dataclass(frozen=True, slots=True)
class Related:
    """A claim seen from another one."""

    claim: str
    """Its id."""
    how: How


def relations_of(briefing: Briefing) -> dict[str, tuple[Related, ...]]:
    """By claim, what it is related to, its own words first; claims that stand alone are left out."""
    own: dict[str, list[Related]] = {claim.id: [] for claim in briefing.claims}
    named: dict[str, list[Related]] = {claim.id: [] for claim in briefing.claims}
    for claim in briefing.claims:
        for tie in claim.ties:
            there, back = _SEEN[tie.relation]
            own[claim.id].append(Related(tie.claim, there))
            named[tie.claim].append(Related(claim.id, back))
    found = {id_: tuple(dict.fromkeys([*own[id_], *named[id_]])) for id_ in own}
    return {id_: related for id_, related in found.items() if related}


# ---- what was expected, and what came of it --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """Sources that only expect something, and those that tell what came of it."""

    claim: str
    """The claim that tells the outcome: the expected one itself, or one that settles it."""
    expecting: tuple[Source, ...]
    reporting: tuple[Source, ...]
    """Of a later horizon than one of those that expect it, or of one that is not known."""


def outcomes_of(
    row: Row, rows: Mapping[str, Row], related: tuple[Related, ...], offset: timedelta
) -> tuple[Outcome, ...]:
    """What came of a claim that was expected: as other sources state it, and as the claims that settle it tell.

    `rows` are all rows by claim, `related` what the claim is related to, `offset` the place's clock.
    """
    expecting = [cell for cell in row.cells if cell.speaks and not cell.states]
    outcomes = [_outcome(row, expecting, [cell for cell in row.cells if cell.states and not cell.foresees], offset)]
    before = [cell for cell in row.cells if cell.speaks and (cell.foresees or not cell.states)]
    for other in related:
        if other.how is How.SETTLED_BY:
            settling = rows[other.claim]
            outcomes.append(_outcome(settling, before, [cell for cell in settling.cells if cell.states], offset))
    return tuple(outcome for outcome in outcomes if outcome.expecting and outcome.reporting)


def _outcome(row: Row, expecting: list[Cell], stating: list[Cell], offset: timedelta) -> Outcome:
    reporting = [cell for cell in stating if any(_no_earlier(cell.source, one.source, offset) for one in expecting)]
    return Outcome(row.claim.id, tuple(cell.source for cell in expecting), tuple(cell.source for cell in reporting))


def _no_earlier(one: Source, other: Source, offset: timedelta) -> bool:
    """Whether what a text knew of reaches further than another's, or nobody knows how far it reaches."""
    if one.id == other.id:
        return False
    ends = [last.bounds(offset)[1] if (last := last_known(source)) else None for source in (one, other)]
    return ends[0] is None or ends[1] is None or ends[0] > ends[1]
