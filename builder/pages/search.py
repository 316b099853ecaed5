"""The page on which claims, quotations, sources and events of all briefings are looked for."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from builder import strings, views
from builder.lookup.entries import KINDS
from builder.lookup.folding import rules
from builder.lookup.index import FILES, has_index
from builder.model import Site
from builder.pages.chrome import chrome
from builder.pages.labels import stances, statuses
from builder.pages.page import Page
from builder.pages.site import SHOWN, Summary
from builder.routes import BriefingRoute, SiteRoute, link, path_of
from builder.views.search import SearchBriefing, SearchKind, SearchPage
from builder.words import ENGLISH, N_, Words

ROUTE = SiteRoute("search")
_LABELS = dict(zip(KINDS, (N_("Claims"), N_("Quotations"), N_("Sources"), N_("Events")), strict=True))
_PAGES = ("index", "matrix", "timeline")
"""Of a briefing, those that list all that can be found in it."""


def search_page(site: Site, summaries: Sequence[Summary], words: Words = ENGLISH) -> Page:
    """The page of a site with these briefings, the newest first."""
    title = words.gettext("Search")
    about = words.gettext("Claims, quotations, sources and events of all briefings.")
    shown = summaries[:SHOWN]
    return Page(
        ROUTE,
        "search.html",
        SearchPage(
            chrome=chrome(site, words, ROUTE, title, about),
            names=" ".join(summary.name for summary in summaries),
            version=_version(summaries),
            files=FILES if has_index(len(summaries)) else 0,
            rules=rules(),
            kinds=(
                SearchKind("", words.gettext("All")),
                *(SearchKind(kind, words.gettext(label)) for kind, label in _LABELS.items()),
            ),
            stances=tuple(stances(words).values()),
            statuses=tuple(statuses(words).values()),
            briefings=tuple(_briefing(summary, words) for summary in shown),
            archive=_archive(summaries, words),
        ),
    )


def _version(summaries: Sequence[Summary]) -> str:
    states = "\n".join(f"{summary.name} {summary.findable}" for summary in summaries)
    return hashlib.sha256(states.encode()).hexdigest()[:8]


def _briefing(summary: Summary, words: Words) -> SearchBriefing:
    pages = (views.Link(words.gettext(strings.PAGES[page]), _to(BriefingRoute(summary.name, page))) for page in _PAGES)
    own = views.Link(summary.title, _to(BriefingRoute(summary.name, "index")))
    return SearchBriefing(own, summary.when, summary.place, summary.draft, tuple(pages))


def _archive(summaries: Sequence[Summary], words: Words) -> views.Link | None:
    if len(summaries) <= SHOWN:
        return None
    label = words.ngettext("All %(num)s briefing", "All %(num)s briefings", len(summaries))
    return views.Link(label, _to(SiteRoute("archive")))


def _to(route: BriefingRoute | SiteRoute) -> str:
    return link(path_of(ROUTE), path_of(route))
