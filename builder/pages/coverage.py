"""How much of each article is used, which claims one text carries alone, and who agrees with whom."""

from __future__ import annotations

from builder.pages.context import Folder, PageContext
from builder.pages.page import Page
from builder.routes import BriefingRoute
from builder.views.coverage import CoveragePage


def coverage_page(folder: Folder) -> Page:
    """The page."""
    route = BriefingRoute(folder.analysis.anchored.briefing.name, "coverage")
    page = PageContext(folder, route)
    view = CoveragePage(
        chrome=page.chrome(
            "Coverage",
            "How much of each article is used, which claims one text carries alone, and who agrees with whom.",
        )
    )
    return Page(route, "coverage.html", view)
