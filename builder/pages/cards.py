"""Link previews: a picture for the digest, for each briefing and for each claim, as it is planned."""

from __future__ import annotations

from dataclasses import dataclass

from builder.analysis import Analysis
from builder.drawing import cards
from builder.drawing.cards import Fonts, Side
from builder.extracting.sentences import sentences_in
from builder.model import Cards, Site, Stance
from builder.pages.labels import stances, statuses
from builder.pages.picture import card_path
from builder.routes import BriefingRoute, ItemRoute, SiteRoute
from builder.text import Span
from builder.words import ENGLISH, Words


@dataclass(frozen=True, slots=True)
class Card:
    """Where a link preview goes, which template makes it, and what that is given."""

    path: str
    template: str
    view: object


def briefing_cards(site: Site, analysis: Analysis, fonts: Fonts, words: Words = ENGLISH) -> list[Card]:
    """Those of a briefing; none where the site has none."""
    if site.cards is Cards.NONE:
        return []
    briefing, matrix = analysis.anchored.briefing, analysis.matrix
    when = words.date(briefing.date)
    facts = words.gettext(
        "%(sources)s, %(claims)s",
        sources=words.ngettext("%(num)s source", "%(num)s sources", len(briefing.sources)),
        claims=words.ngettext("%(num)s claim", "%(num)s claims", len(briefing.claims)),
    )
    view = cards.overview_card(
        fonts,
        briefing.title,
        f"{briefing.place}, {when}" if briefing.place else when,
        _summaries(briefing.summary, site.language),
        facts,
        site.title,
        [[[cell.stance for cell in row.cells] for row in matrix.of_topic(topic.id)] for topic in briefing.topics],
    )
    own = Card(card_path(BriefingRoute(briefing.name, "index"), site.cards), "card-briefing.svg", view)
    return [own, *(_claims(site, analysis, fonts, words) if site.cards is Cards.ALL else ())]


def _summaries(summary: str, language: str) -> list[str]:
    """A summary, and shorter ones of its first sentences."""
    spans = sentences_in(summary, Span(0, len(summary)), language)
    return [summary, *sorted((summary[: span.end] for span in spans), key=len, reverse=True)]


def _claims(site: Site, analysis: Analysis, fonts: Fonts, words: Words) -> list[Card]:
    briefing = analysis.anchored.briefing
    found = []
    for row in analysis.matrix.rows:
        told = []
        for stance in Stance:
            letters = tuple(cell.source.siglum for cell in row.cells if cell.stance is stance)
            if letters:
                number = words.ngettext("%(num)s text", "%(num)s texts", len(letters))
                told.append(Side(stances(words)[stance], letters, number))
        status = statuses(words)[row.status]
        view = cards.claim_card(fonts, briefing.title, row.claim.text, told, status, site.title)
        path = card_path(ItemRoute(briefing.name, "claims", row.claim.id), site.cards)
        found.append(Card(path, "card-claim.svg", view))
    return found


def digest_cards(site: Site, fonts: Fonts, words: Words = ENGLISH) -> list[Card]:
    """That of the digest; none where the site has none."""
    if site.cards is Cards.NONE:
        return []
    view = cards.digest_card(fonts, site.title, site.tagline, tuple(stances(words).values()))
    return [Card(card_path(SiteRoute("index"), site.cards), "card-digest.svg", view)]
