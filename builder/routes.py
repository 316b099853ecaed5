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
    """A page of the digest: `index`, `archive`, `search`, `how-to-read`, `corrections`, `404`, or `patterns` in a
    preview."""

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

SITE_PAGES = ("index", "archive", "search", "how-to-read", "corrections", "404", "patterns")
BRIEFING_PAGES = (
    "index", "matrix", "timeline", "wording", "numbers", "origins", "coverage", "worksheet", "worksheet-key",
)  # fmt: skip
ITEM_KINDS = ("claims", "sources")
INDEX = "data"
"""The folder of the site's own data."""
RESERVED = frozenset({"static", INDEX})
"""Names that no briefing may have: folders of the site itself."""

FEED = "feed.xml"
SITEMAP = "sitemap.xml"
DIGEST_SITEMAP = "sitemap-digest.xml"
ROBOTS = "robots.txt"
APPARATUS = "apparatus.xml"
"""The critical apparatus of a briefing, among its data files."""
STYLE = "static/style.css"
CARD = "card.png"
"""The picture of the digest, or of a briefing, for links to it."""

STATIC = ("css", "js", "svg", "png", "jpg", "webp", "avif", "woff2")
"""The endings of files that a site may bring along: what a page can show, and the policy on every page allows."""
STATIC_FOLDERS = 3
"""So many folders may lie one within the other below static/."""
_WORD = "[a-z0-9]+(?:[-_.][a-z0-9]+)*"
_STATIC = rf"(?:{_WORD}/){{0,{STATIC_FOLDERS}}}{_WORD}\.(?:{'|'.join(STATIC)})"

_BESIDE = (
    rf"feed\.xml|sitemap(-digest)?\.xml|robots\.txt|static/{_STATIC}"
    rf"|card\.png|{ID}/card\.png|{ID}/claims/{ID}\.png"
    rf"|{ID}/sitemap\.xml|{ID}/data/(briefing\.json|matrix\.csv|apparatus\.xml|pattern\.svg|search\.js)"
    r"|data/search-\d\d\.js"
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


def is_static(path: str) -> bool:
    """Whether a file of templates/static, by its path there, is published by that path: not what others are joined
    into."""
    return f"static/{path}" != STYLE and re.fullmatch(_STATIC, path) is not None


def index_path(number: int) -> str:
    """The path of one of the files that tell a search which briefings hold which words."""
    return f"{INDEX}/search-{number:02}.js"


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
