"""What follows from a verified briefing: the matrix, the timeline and how much of each article is shown.

Pure functions of an AnchoredBriefing. Nothing here judges who is right.
"""

from __future__ import annotations

from dataclasses import dataclass

from builder.analysis.coverage import Coverage, coverage_of
from builder.analysis.matrix import Matrix, matrix_of
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
    return Analysis(anchored, matrix_of(anchored), timeline_of(anchored), coverage_of(anchored))
