"""What is around a page: its links to the others, its own address, its language."""

from __future__ import annotations

from builder import views
from builder.model import Site
from builder.pages.picture import link_picture
from builder.routes import FEED, Route, SiteRoute, path_of
from builder.words import Words, direction


def chrome(site: Site, words: Words, route: Route, title: str, description: str, **more: object) -> views.Chrome:
    """What is around a page; `more` are fields of views.Chrome."""
    path = path_of(route)
    root = "../" * path.count("/")
    own = route.page if isinstance(route, SiteRoute) else ""
    within = "" if isinstance(route, SiteRoute) else f"?in={route.briefing}"
    site_links = (
        views.Link(words.gettext("Briefings"), f"{root}index.html", own == "index"),
        views.Link(words.gettext("Search"), f"{root}search.html{within}", own == "search"),
        views.Link(words.gettext("How to read"), f"{root}how-to-read.html", own == "how-to-read"),
        views.Link(words.gettext("Corrections"), f"{root}corrections.html", own == "corrections"),
    )
    contact = None
    if site.corrections:
        href = site.corrections if "://" in site.corrections else f"mailto:{site.corrections}"
        contact = views.Link(site.corrections, href)
    return views.Chrome(
        site=site.title,
        tagline=site.tagline,
        language=words.language,
        direction=direction(words.language),
        title=title,
        description=description,
        root=root,
        canonical=address(site, path) if site.url and own != "404" else None,
        site_links=site_links,
        publisher=site.publisher,
        contact=contact,
        feed=root + FEED if site.url else None,
        picture=link_picture(site, words, route, title, str(more["briefing"]) if "briefing" in more else None),
        **more,  # type: ignore[arg-type]
    )


def address(site: Site, path: str) -> str:
    """A page's own address: absolute where the site's is known. A folder's index is the folder."""
    return (site.url or "") + (path.removesuffix("index.html") if site.url else path)
