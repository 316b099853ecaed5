"""Which picture other sites show beside a link to a page."""

from __future__ import annotations

from builder import views
from builder.model import Cards, Site
from builder.routes import CARD, ItemRoute, Route, SiteRoute
from builder.words import Words

WIDTH, HEIGHT = 800, 420
"""Of a picture, in pixels. There is one for each claim, and each pixel takes its time; more are seldom shown."""


def card_path(route: Route, cards: Cards) -> str:
    """The path of the picture for a page: its own, or its briefing's, or the digest's."""
    if isinstance(route, SiteRoute):
        return CARD
    if isinstance(route, ItemRoute) and route.kind == "claims" and cards is Cards.ALL:
        return f"{route.briefing}/claims/{route.id}.png"
    return f"{route.briefing}/{CARD}"


def link_picture(site: Site, words: Words, route: Route, title: str, briefing: str | None) -> views.LinkPicture | None:
    """The picture for a page of that title, in that briefing; None where the site has none."""
    if site.cards is Cards.NONE or site.url is None or route == SiteRoute("404"):
        return None
    path = card_path(route, site.cards)
    if isinstance(route, SiteRoute) or briefing is None:
        alt = words.gettext("A card with the name of the site and its four marks.")
    elif path.endswith(f"/{CARD}"):
        alt = words.gettext("A card: “%(title)s”, with a mark for what each text says to each claim.", title=briefing)
    else:
        alt = words.gettext("A card: “%(claim)s”, with the mark of each text.", claim=title)
    return views.LinkPicture(site.url + path, WIDTH, HEIGHT, alt)
