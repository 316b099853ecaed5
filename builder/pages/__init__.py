"""Planning: which pages a site has, and the view model of each. Nothing is rendered here."""

from __future__ import annotations

from builder.analysis import Analysis
from builder.model import Site
from builder.pages.claim import claim_page
from builder.pages.matrix import matrix_page
from builder.pages.overview import overview_page
from builder.pages.page import Page
from builder.pages.site import SHOWN, Summary, card_of, newest_first, site_pages, summary_of
from builder.pages.source import source_page
from builder.pages.timeline import timeline_page

__all__ = ["SHOWN", "Page", "Summary", "briefing_pages", "card_of", "newest_first", "site_pages", "summary_of"]


def briefing_pages(site: Site, analysis: Analysis) -> list[Page]:
    """Every page of one briefing."""
    rows = analysis.matrix.rows
    pages = [overview_page(site, analysis), matrix_page(site, analysis), timeline_page(site, analysis)]
    pages += [claim_page(site, analysis, index) for index in range(len(rows))]
    pages += [source_page(site, analysis, source) for source in analysis.anchored.briefing.sources]
    return pages
