"""At the addresses of ids that were renamed: pages that lead on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from builder import views
from builder.model import Site
from builder.pages.chrome import address, chrome
from builder.pages.context import PageContext
from builder.pages.folder import Folder
from builder.pages.page import Page
from builder.routes import ItemRoute, link, path_of, route_of
from builder.views.moved import MovedPage
from builder.words import N_, Words


def moved_pages(claims: Folder, sources: Folder) -> Iterator[Page]:
    """A page for each earlier id of a claim or a source; each folder has its own."""
    for row in claims.analysis.matrix.rows:
        for old in row.claim.was:
            yield _moved(claims, old, row.claim.id, views.Link(row.claim.text, claims.to_claim(row.claim.id)))
    for source in sources.analysis.anchored.briefing.sources:
        for old in source.was:
            siglum = sources.siglum(source)
            yield _moved(sources, old, source.id, views.Link(siglum.name, siglum.href))


def moved_briefing(site: Site, title: str, was: Sequence[str], pages: Sequence[str], words: Words) -> Iterator[Page]:
    """For each earlier name of a briefing's folder, a page at the old address of each of its `pages`: their paths."""
    for old in was:
        for path in pages:
            route = route_of(f"{old}/{path.partition('/')[2]}")
            if route is None:
                raise ValueError(f"no page: {path}")
            here = path_of(route)
            target = views.Link(title, link(here, path))
            around = chrome(site, words, route, title, words.gettext(_SAYS))
            there = address(site, path) if site.url else target.href
            yield Page(route, "moved.html", MovedPage(replace(around, canonical=there, picture=None), target))


_SAYS = N_("This page has another address now.")


def _moved(folder: Folder, old: str, new: str, target: views.Link) -> Page:
    words, name = folder.words, folder.analysis.anchored.briefing.name
    route = ItemRoute(name, folder.kind, old)
    here = views.Link(words.gettext("Moved"), "", True)
    chrome = PageContext(folder, route).chrome(target.label, words.gettext(_SAYS), (here,))
    there = address(folder.site, path_of(ItemRoute(name, folder.kind, new))) if folder.site.url else target.href
    return Page(route, "moved.html", MovedPage(replace(chrome, canonical=there, picture=None), target))
