"""From origins through sources to claims, and text that sources share."""

from __future__ import annotations

from builder.pages.context import Folder, PageContext
from builder.pages.page import Page
from builder.routes import BriefingRoute
from builder.views.origins import OriginsPage


def origins_page(folder: Folder) -> Page:
    """The page."""
    route = BriefingRoute(folder.analysis.anchored.briefing.name, "origins")
    page = PageContext(folder, route)
    view = OriginsPage(
        chrome=page.chrome("Origins", "From origins through sources to claims, and text that sources share.")
    )
    return Page(route, "origins.html", view)
