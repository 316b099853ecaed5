"""Every page's path, and back: two inverse functions. Paths are flat files, links are relative.

So the same bytes work on a project page, on a domain of their own and from a folder opened on disk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import quote

from builder.ids import ID, is_id


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file of the site: its path below the output folder, with forward slashes, and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class SiteRoute:
    """A page of the digest: `index`, `archive`, `how-to-read`, `corrections` or `404`."""

    page: str


@dataclass(frozen=True, slots=True)
class BriefingRoute:
    """A page of a briefing: one of BRIEFING_PAGES."""

    briefing: str
    page: str


@dataclass(frozen=True, slots=True)
class ItemRoute:
    """The page of one claim or source: kind is `claims` or `sources`."""

    briefing: str
    kind: str
    id: str


Route: TypeAlias = SiteRoute | BriefingRoute | ItemRoute

SITE_PAGES = ("index", "archive", "how-to-read", "corrections", "404")
BRIEFING_PAGES = ("index", "matrix", "timeline", "wording", "numbers", "origins", "coverage")
ITEM_KINDS = ("claims", "sources")
RESERVED = frozenset({"static", "data"})
"""Names that no briefing may have: folders of the site itself."""

FEED = "feed.xml"
SITEMAP = "sitemap.xml"
DIGEST_SITEMAP = "sitemap-digest.xml"
ROBOTS = "robots.txt"
APPARATUS = "apparatus.xml"
"""The critical apparatus of a briefing, among its data files."""
STYLE = "static/style.css"

_BESIDE = (
    r"feed\.xml|sitemap(-digest)?\.xml|robots\.txt|static/(style\.css|icon\.svg|js/[a-z-]+\.js|css/[a-z-]+\.css)"
    rf"|{ID}/sitemap\.xml|{ID}/data/(briefing\.json|matrix\.csv|apparatus\.xml|pattern\.svg)"
)


def path_of(route: Route) -> str:
    """The path of a route below the output folder."""
    match route:
        case SiteRoute(page):
            return f"{page}.html"
        case BriefingRoute(briefing, page):
            return f"{briefing}/{page}.html"
        case ItemRoute(briefing, kind, id_):
            return f"{briefing}/{kind}/{id_}.html"


def route_of(path: str) -> Route | None:
    """The route of a path, or None where it is none."""
    if match := re.fullmatch(rf"({'|'.join(SITE_PAGES)})\.html", path):
        return SiteRoute(match[1])
    if match := re.fullmatch(rf"({ID})/({'|'.join(BRIEFING_PAGES)})\.html", path):
        return BriefingRoute(match[1], match[2])
    if match := re.fullmatch(rf"({ID})/({'|'.join(ITEM_KINDS)})/({ID})\.html", path):
        return ItemRoute(match[1], match[2], match[3])
    return None


def is_own(path: str) -> bool:
    """Whether the builder could have written a path: that of a page, or of what stands beside pages."""
    return route_of(path) is not None or re.fullmatch(_BESIDE, path) is not None


def data_path(briefing: str, file: str) -> str:
    """The path of a briefing's data file: briefing.json, matrix.csv or apparatus.xml."""
    return f"{briefing}/data/{file}"


def link(source: str, target: str, fragment: str = "") -> str:
    """A relative link from one path to another; to the page itself it is the fragment alone."""
    anchor = f"#{fragment}" if fragment else ""
    if source == target and anchor:
        return anchor
    here, there = source.split("/"), target.split("/")
    shared = 0
    while shared < min(len(here), len(there)) - 1 and here[shared] == there[shared]:
        shared += 1
    return quote("../" * (len(here) - 1 - shared) + "/".join(there[shared:])) + anchor


def is_name(text: str) -> bool:
    """Whether a folder's name can be a briefing's: an id that is not reserved."""
    return is_id(text) and text not in RESERVED
