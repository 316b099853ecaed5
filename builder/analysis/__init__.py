"""What follows from a verified briefing: matrix, timeline, wordings, numbers, origins, and how much is shown.

Pure functions of an AnchoredBriefing. Nothing here judges who is right.
"""

from __future__ import annotations

from dataclasses import dataclass

from builder.analysis.apparatus import Collation, apparatus_of
from builder.analysis.coverage import Coverage, coverage_of, widened
from builder.analysis.ledger import Entry, ledger_of
from builder.analysis.matrix import Matrix, matrix_of
from builder.analysis.order import Earlier, order_of
from builder.analysis.origins import Flow, flow_of
from builder.analysis.quotations import Family, families_of
from builder.analysis.relations import Related, relations_of
from builder.analysis.shared import SharedText, printed_of, shared_of, with_printed
from builder.analysis.testimony import Agreement, Testimony, agreements_of, testimony_of
from builder.analysis.timeline import Timeline, timeline_of
from builder.model import AnchoredBriefing


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that pages and data files say beyond what was written."""

    anchored: AnchoredBriefing
    matrix: Matrix
    timeline: Timeline
    coverage: dict[str, Coverage]
    """By source."""
    apparatus: tuple[Collation, ...]
    families: tuple[Family, ...]
    ledger: tuple[Entry, ...]
    flow: Flow
    shared: tuple[SharedText, ...]
    order: tuple[Earlier, ...]
    relations: dict[str, tuple[Related, ...]]
    """By claim, of those that are related to another; each is told with the other's wording and stances."""
    testimony: tuple[Testimony, ...]
    agreements: tuple[Agreement, ...]
    """Of every two sources."""


def unchanged(before: Analysis, now: Analysis) -> frozenset[str]:
    """The claims whose rows are in all what they were, as is all that they are told with.

    That is sources, origins, articles, and the rows of the claims that they are related to.
    """
    old, new = before.anchored, now.anchored
    alike = all(old.articles[id_] is article for id_, article in new.articles.items() if id_ in old.articles)
    told = (old.briefing.name, old.briefing.sources, old.briefing.origins)
    if not alike or told != (new.briefing.name, new.briefing.sources, new.briefing.origins):
        return frozenset()
    rows = {row.claim.id: row for row in before.matrix.rows}
    same = {row.claim.id for row in now.matrix.rows if rows.get(row.claim.id) == row}
    related = {id_: now.relations.get(id_, ()) for id_ in same}
    return frozenset(
        id_
        for id_ in same
        if related[id_] == before.relations.get(id_, ()) and all(other.claim in same for other in related[id_])
    )


def analyze(anchored: AnchoredBriefing) -> Analysis:
    """Compute the analysis of one briefing."""
    matrix = matrix_of(anchored)
    coverage = coverage_of(anchored)
    shared = with_printed(shared_of(anchored, matrix), anchored.articles, coverage)
    return Analysis(
        anchored=anchored,
        matrix=matrix,
        timeline=timeline_of(anchored),
        coverage=widened(coverage, anchored.articles, printed_of(shared)),
        apparatus=apparatus_of(matrix, anchored.articles),
        families=families_of(anchored),
        ledger=ledger_of(matrix),
        flow=flow_of(anchored.briefing, matrix),
        shared=shared,
        order=order_of(anchored, matrix),
        relations=relations_of(anchored.briefing),
        testimony=testimony_of(anchored, matrix),
        agreements=agreements_of(matrix),
    )
