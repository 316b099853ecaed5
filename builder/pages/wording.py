"""Utterances that several texts print, word by word, and everything inside quotation marks."""

from __future__ import annotations

from builder.pages.context import Folder, PageContext
from builder.pages.page import Page
from builder.routes import BriefingRoute
from builder.views.wording import WordingPage


def wording_page(folder: Folder) -> Page:
    """The page."""
    route = BriefingRoute(folder.analysis.anchored.briefing.name, "wording")
    page = PageContext(folder, route)
    view = WordingPage(
        chrome=page.chrome(
            "Wording", "Utterances that several texts print, word by word, and everything inside quotation marks."
        )
    )
    return Page(route, "wording.html", view)
