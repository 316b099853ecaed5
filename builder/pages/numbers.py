"""Every number that claims are about, as each text prints it."""

from __future__ import annotations

from builder.pages.context import Folder, PageContext
from builder.pages.page import Page
from builder.routes import BriefingRoute
from builder.views.numbers import NumbersPage


def numbers_page(folder: Folder) -> Page:
    """The page."""
    route = BriefingRoute(folder.analysis.anchored.briefing.name, "numbers")
    page = PageContext(folder, route)
    view = NumbersPage(chrome=page.chrome("Numbers", "Every number that claims are about, as each text prints it."))
    return Page(route, "numbers.html", view)
