"""Planning: which pages a site has, and the view model of each. Nothing is rendered here."""

from __future__ import annotations

from builder.analysis import Analysis
from builder.model import Site
from builder.pages.claim import claim_page
from builder.pages.context import Folder
from builder.pages.matrix import matrix_page
from builder.pages.overview import overview_page
from builder.pages.page import Page
from builder.pages.site import SHOWN, Summary, card_of, newest_first, site_pages, summary_of
from builder.pages.source import source_page
from builder.pages.timeline import timeline_page

__all__ = ["SHOWN", "Page", "Summary", "briefing_pages", "card_of", "newest_first", "site_pages", "summary_of"]


def briefing_pages(site: Site, analysis: Analysis) -> list[Page]:
    """Every page of one briefing."""
    own, claims, sources = (Folder(site, analysis, kind) for kind in ("", "claims", "sources"))
    return [
        overview_page(own),
        matrix_page(own),
        timeline_page(own),
        *(claim_page(claims, index) for index in range(len(analysis.matrix.rows))),
        *(source_page(sources, source) for source in analysis.anchored.briefing.sources),
    ]
