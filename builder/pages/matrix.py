"""The matrix page."""

from __future__ import annotations

from builder import strings, views
from builder.pages.context import Folder, PageContext, stances, written
from builder.pages.page import Page
from builder.routes import BriefingRoute


def matrix_page(folder: Folder) -> Page:
    """Every claim against every source, with the quotations."""
    briefing = folder.analysis.anchored.briefing
    route = BriefingRoute(briefing.name, "matrix")
    page = PageContext(folder, route)
    claims = strings.plural(len(briefing.claims), "claim")
    sources = strings.plural(len(briefing.sources), "text")
    view = views.MatrixPage(
        chrome=page.chrome(
            f"Source matrix: {briefing.title}",
            f"{claims} by {sources}: who supports, qualifies, contradicts or omits what, with verbatim quotations.",
        ),
        intro=f"{claims}, {sources}. The quotations are verbatim; tinted words are those the stance rests on. "
        "Quotation marks are the outlets’ own.",
        columns=tuple(
            views.Column(folder.siglum(source), written(source).removeprefix("No date; "), index)
            for index, source in enumerate(briefing.sources, 1)
        ),
        filters=page.ledger(),
        topics=folder.topics,
        claim_count=len(briefing.claims),
        stances=tuple(stances(folder.words).values()),
    )
    return Page(route, "matrix.html", view)
