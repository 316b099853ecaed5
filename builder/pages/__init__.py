"""Planning: which pages a site has, and the view model of each. Nothing is rendered here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from builder.analysis import Analysis
from builder.model import Site
from builder.pages.claim import claim_page
from builder.pages.coverage import coverage_page
from builder.pages.folder import Folder
from builder.pages.matrix import matrix_page
from builder.pages.moved import moved_pages
from builder.pages.numbers import numbers_page
from builder.pages.origins import origins_page
from builder.pages.overview import overview_page
from builder.pages.page import Page
from builder.pages.site import SHOWN, Summary, card_of, newest_first, site_pages, summary_of
from builder.pages.source import source_page
from builder.pages.timeline import timeline_page
from builder.pages.wording import wording_page
from builder.pages.worksheet import worksheet_pages
from builder.views import ClaimLine
from builder.views.claim import ClaimPage
from builder.views.matrix import MatrixPage
from builder.words import ENGLISH, Words

__all__ = ["SHOWN", "Page", "Summary", "briefing_pages", "card_of", "newest_first", "site_pages", "summary_of"]


_OWN: Mapping[str, Callable[[Folder], Page]] = {
    "index": overview_page,
    "matrix": matrix_page,
    "timeline": timeline_page,
    "wording": wording_page,
    "numbers": numbers_page,
    "origins": origins_page,
    "coverage": coverage_page,
}


def briefing_pages(
    site: Site,
    analysis: Analysis,
    words: Words = ENGLISH,
    before: Iterable[Page] = (),
    same: Collection[str] = (),
) -> list[Page]:
    """Every page of one briefing.

    `before` are its pages as they were planned earlier, and `same` the claims that are told as they were then.
    """
    folders = (Folder(site, analysis, kind, known, words) for kind, known in _lines(before, same).items())
    own, claims, sources = folders
    return [
        *(_OWN[page](own) for page in own.shown),
        *(claim_page(claims, index) for index in range(len(analysis.matrix.rows))),
        *(source_page(sources, source) for source in analysis.anchored.briefing.sources),
        *moved_pages(claims, sources),
        *worksheet_pages(own),
    ]


def _lines(before: Iterable[Page], same: Collection[str]) -> dict[str, dict[str, ClaimLine]]:
    """The claims that are told as they were, by the folder that the links start in."""
    own: list[ClaimLine] = []
    claims: list[ClaimLine] = []
    for page in before:
        if isinstance(page.view, ClaimPage):
            claims.append(page.view.claim)
        elif isinstance(page.view, MatrixPage):
            own += [line for topic in page.view.topics for line in topic.claims]
    return {
        kind: {line.id: line for line in lines if line.id in same}
        for kind, lines in (("", own), ("claims", claims), ("sources", []))
    }
