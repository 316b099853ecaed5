"""What follows from a verified briefing: matrix, timeline, wordings, numbers, origins, and how much is shown.

Pure functions of an AnchoredBriefing. Nothing here judges who is right.
"""

from __future__ import annotations

from dataclasses import dataclass

from builder.analysis.apparatus import Collation, apparatus_of
from builder.analysis.coverage import Coverage, coverage_of
from builder.analysis.ledger import Entry, ledger_of
from builder.analysis.matrix import Matrix, matrix_of
from builder.analysis.order import Earlier, order_of
from builder.analysis.origins import Flow, flow_of
from builder.analysis.quotations import Family, families_of
from builder.analysis.relations import Related, relations_of
from builder.analysis.shared import SharedText, shared_of
from builder.analysis.testimony import Testimony, testimony_of
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
    """By claim."""
    testimony: tuple[Testimony, ...]


def unchanged(before: Analysis, now: Analysis) -> frozenset[str]:
    """The claims whose rows are in all what they were, as are the sources, origins and articles they are told with."""
    old, new = before.anchored, now.anchored
    alike = all(old.articles[id_] is article for id_, article in new.articles.items() if id_ in old.articles)
    told = (old.briefing.name, old.briefing.sources, old.briefing.origins)
    if not alike or told != (new.briefing.name, new.briefing.sources, new.briefing.origins):
        return frozenset()
    rows = {row.claim.id: row for row in before.matrix.rows}
    return frozenset(row.claim.id for row in now.matrix.rows if rows.get(row.claim.id) == row)


def analyze(anchored: AnchoredBriefing) -> Analysis:
    """Compute the analysis of one briefing."""
    matrix = matrix_of(anchored)
    return Analysis(
        anchored=anchored,
        matrix=matrix,
        timeline=timeline_of(anchored),
        coverage=coverage_of(anchored),
        apparatus=apparatus_of(anchored),
        families=families_of(anchored),
        ledger=ledger_of(matrix),
        flow=flow_of(matrix),
        shared=shared_of(anchored),
        order=order_of(anchored),
        relations=relations_of(anchored.briefing),
        testimony=testimony_of(matrix),
    )
