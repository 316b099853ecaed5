"""Every page has one path, every path one page, and links between them hold from any depth."""

import posixpath
import re
from urllib.parse import unquote, urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.routes import (
    BRIEFING_PAGES,
    ITEM_KINDS,
    RESERVED,
    SITE_PAGES,
    STYLE,
    BriefingRoute,
    ItemRoute,
    Route,
    SiteRoute,
    data_path,
    is_name,
    link,
    path_of,
    route_of,
)

IDS = st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
ROUTES: st.SearchStrategy[Route] = st.one_of(
    st.builds(SiteRoute, st.sampled_from(SITE_PAGES)),
    st.builds(BriefingRoute, IDS, st.sampled_from(BRIEFING_PAGES)),
    st.builds(ItemRoute, IDS, st.sampled_from(ITEM_KINDS), IDS),
)
PATHS = st.one_of(
    ROUTES.map(path_of), st.sampled_from([STYLE, "static/icon.svg", "static/css/matrix.css", "a/data/briefing.json"])
)


@given(ROUTES)
def test_a_path_leads_back_to_its_route(route: Route) -> None:
    assert route_of(path_of(route)) == route


@given(ROUTES, ROUTES)
def test_two_routes_never_share_a_path(one: Route, other: Route) -> None:
    assert (path_of(one) == path_of(other)) is (one == other)


@given(st.one_of(st.text(max_size=20), st.from_regex(r"[a-z0-9/.-]{0,12}(index|claims/[a-z]|404)\.html\n?")))
def test_whatever_has_a_route_is_its_path(path: str) -> None:
    route = route_of(path)
    assert route is None or path_of(route) == path


@pytest.mark.parametrize(
    ("route", "path"),
    [
        (SiteRoute("index"), "index.html"),
        (SiteRoute("404"), "404.html"),
        (BriefingRoute("a-trip", "index"), "a-trip/index.html"),
        (ItemRoute("a-trip", "claims", "talks"), "a-trip/claims/talks.html"),
        (ItemRoute("index", "sources", "404"), "index/sources/404.html"),
    ],
)
def test_pages_are_flat_files(route: Route, path: str) -> None:
    assert path_of(route) == path


@pytest.mark.parametrize(
    "path",
    [
        "", "/", "index", "index.htm", "index.html\n", "/index.html", "./index.html", "other.html", "INDEX.html",
        "a/other.html", "a/index.html/", "A/index.html", "a--b/index.html", "-a/index.html", "a-/index.html",
        "../index.html", "a/claims.html", "a/claims/.html", "a/claims/b/c.html", "a/events/b.html", "a/claims/B.html",
        "a//claims/b.html",
        "a_b/index.html", "ä/index.html", "٣/index.html", "a/data/briefing.json", "static/style.css", "feed.xml",
    ],
)  # fmt: skip
def test_other_paths_are_no_page(path: str) -> None:
    assert route_of(path) is None


# ---- links --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "target", "fragment", "href"),
    [
        ("index.html", "a/index.html", "", "a/index.html"),
        ("a/index.html", "index.html", "", "../index.html"),
        ("a/matrix.html", "a/index.html", "", "index.html"),
        ("a/claims/x.html", "index.html", "", "../../index.html"),
        ("a/claims/x.html", "a/sources/b.html", "p7", "../sources/b.html#p7"),
        ("a/claims/x.html", "b/claims/x.html", "", "../../b/claims/x.html"),
        ("a/claims/x.html", STYLE, "", "../../static/style.css"),
        ("a/index.html", "a/index.html", "", "index.html"),
        ("a/index.html", "a/index.html", "disputed", "#disputed"),
        ("index.html", "a b/ü#?%.html", "", "a%20b/%C3%BC%23%3F%25.html"),
        ("index.html", "javascript:x", "", "javascript%3Ax"),
    ],
)
def test_links_are_relative_and_quoted(source: str, target: str, fragment: str, href: str) -> None:
    assert link(source, target, fragment) == href


@given(PATHS, PATHS)
def test_a_link_is_the_relative_path(source: str, target: str) -> None:
    assert link(source, target) == posixpath.relpath(target, posixpath.dirname(source) or ".")


@given(PATHS, PATHS, st.sampled_from(["", "p7"]))
def test_a_browser_follows_a_link_to_its_target_wherever_the_site_is(source: str, target: str, fragment: str) -> None:
    for root in ("https://example.org/", "https://example.org/some/project/"):
        page, found, anchor = urljoin(root + source, link(source, target, fragment)).partition("#")
        assert unquote(page) == root + target
        assert (found != "") is (fragment != "")
        assert anchor == fragment
    assert not posixpath.isabs(link(source, target, fragment))


# ---- names --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a", "7", "a-trip", "2023-06-talks", "index", "a" * 64])
def test_an_id_may_name_a_briefing(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "name",
    [*sorted(RESERVED), "", "A", "a_b", "a b", "a--b", "-a", "a-", "ä", "a.b", "..", ".git", "a/b", "a\n", "a" * 65],
)
def test_other_texts_and_the_sites_own_folders_may_not(name: str) -> None:
    assert not is_name(name)


@given(IDS)
def test_data_never_stands_where_a_page_could(briefing: str) -> None:
    for file in ("briefing.json", "matrix.csv", "index.html"):
        assert route_of(data_path(briefing, file)) is None
    assert re.fullmatch(r"[a-z0-9-]+/data/briefing\.json", data_path(briefing, "briefing.json"))
