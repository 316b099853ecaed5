"""Ids that were renamed: their addresses lead to the new ones, and nothing else lists them."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from samples import CLAIMS, ROOT, SITE, SOURCES, TIMELINE, Files, analysis_of, codes, small
from whole_site import Element, Page, page_of, target

from builder.build import build_briefing, check_site
from builder.consistency.aliases import taken_names
from builder.diagnostics import Place
from builder.freshness import Options
from builder.render import environment, static_files

TEMPLATES = environment(ROOT / "templates")
RENAMED = small(
    claims=CLAIMS.replace("  topic: talks\n", "  topic: talks\n  was: [talked, spoke]\n", 1),
    sources=SOURCES.replace("    siglum: A\n", "    siglum: A\n    was: first\n"),
    timeline=TIMELINE.replace("  date:", "  was: [encounter]\n  date:"),
)
OLD = ("case/claims/talked.html", "case/claims/spoke.html", "case/sources/first.html")


def built(files: Files, url: str = "") -> dict[str, bytes]:
    site = check_site(f"{SITE}{url and f'url: {url}'}\n".encode(), Options(cards=False)).value
    assert site is not None
    return {file.path: file.data for file in build_briefing(analysis_of(files), site, TEMPLATES).files}


@pytest.fixture(scope="module")
def renamed() -> dict[str, bytes]:
    return built(RENAMED)


def meta(page: Page, name: str) -> list[str]:
    return [e.get("content") for e in page.all("meta") if name in (e.get("name"), e.get("http-equiv"))]


def links(page: Page, rel: str) -> list[Element]:
    return [element for element in page.all("link") if element.get("rel") == rel]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (OLD[0], "case/claims/met.html"),
        (OLD[1], "case/claims/met.html"),
        (OLD[2], "case/sources/one.html"),
    ],
)
def test_an_old_page_leads_to_the_new_one(renamed: dict[str, bytes], old: str, new: str) -> None:
    page = page_of(renamed[old])
    (refresh,) = meta(page, "refresh")
    seconds, _, address = refresh.partition("; url=")
    assert seconds == "0"
    assert target(old, address) == (new, "")
    assert meta(page, "robots") == ["noindex"]
    (canonical,) = links(page, "canonical")
    assert target(old, canonical.get("href")) == (new, "")
    assert (new, "") in [target(old, link.get("href")) for link in page.all("a")]


def test_a_canonical_address_is_absolute_where_the_sites_is_known() -> None:
    files = built(RENAMED, "https://one.example/news/")
    (canonical,) = links(page_of(files[OLD[0]]), "canonical")
    assert canonical.get("href") == "https://one.example/news/case/claims/met.html"


def test_no_list_names_an_old_page() -> None:
    files = built(RENAMED, "https://one.example/")
    assert set(OLD) <= files.keys()
    listing = [path for path, data in files.items() if path not in OLD and any(old.encode()[5:] in data for old in OLD)]
    assert listing == []
    assert b"claims/met.html" in files["case/sitemap.xml"]


def test_old_places_on_a_page_are_there_beside_the_new_ones(renamed: dict[str, bytes]) -> None:
    claim = page_of(renamed["case/claims/met.html"]).ids()
    assert {"one", "first", "two"} <= {*claim}
    assert [id_.replace("first_", "one_") for id_ in claim if id_.startswith("first_")] == [
        id_ for id_ in claim if id_.startswith("one_")
    ]
    assert {"event-meeting", "event-encounter"} <= {*page_of(renamed["case/timeline.html"]).ids()}
    assert {"claim-met", "claim-talked", "claim-spoke"} <= {*page_of(renamed["case/matrix.html"]).ids()}


def test_every_id_of_the_pages_is_single(renamed: dict[str, bytes]) -> None:
    pages = {path: page_of(data).ids() for path, data in renamed.items() if path.endswith(".html")}
    assert {path: ids for path, ids in pages.items() if len(ids) != len(set(ids))} == {}


def test_a_claim_and_a_source_may_have_had_one_id() -> None:
    files = small(
        claims=CLAIMS.replace("  topic: talks\n", "  topic: talks\n  was: one\n", 1),
        sources=SOURCES.replace("    siglum: A\n", "    siglum: A\n    was: met\n"),
    )
    assert codes(files) == []
    assert {"case/claims/one.html", "case/sources/met.html"} <= built(files).keys()


@pytest.mark.parametrize("was", ["met", "[talked, talked]", "Met", "talked/../met", '""', "[[talked]]", "{a: b}"])
def test_what_cannot_be_an_old_address_is_a_fault(was: str) -> None:
    assert len(codes(small(claims=CLAIMS.replace("  topic: talks\n", f"  topic: talks\n  was: {was}\n", 1)))) == 1


def test_what_its_own_briefing_has_is_not_told_again_beside_the_others() -> None:
    place = Place("content/one/briefing.md")
    own = {"one": [("one", place), ("first", place), ("first", place)], "two": [("second", place)]}
    assert list(taken_names(["one", "two"], own)) == []


def test_an_old_address_leads_on_in_a_browser_and_keeps_the_place(browser: Browser, tmp_path: Path) -> None:
    static = {path.relative_to(ROOT / "templates/static").as_posix(): path for path in STATIC.rglob("*.*")}
    files = built(RENAMED) | {
        one.path: one.data for one in static_files({name: path.read_bytes() for name, path in static.items()})
    }
    for path, data in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    with browser.new_context() as context:
        tab = context.new_page()
        for asked, reached in ((OLD[2], "case/sources/one.html"), (f"{OLD[0]}#first", "case/claims/met.html#first")):
            tab.goto((tmp_path / asked.partition("#")[0]).as_uri() + asked[len(asked.partition("#")[0]) :])
            tab.wait_for_url(
                (tmp_path / reached.partition("#")[0]).as_uri() + reached[len(reached.partition("#")[0]) :]
            )
    with browser.new_context(java_script_enabled=False) as context:
        tab = context.new_page()
        tab.goto((tmp_path / OLD[2]).as_uri())
        tab.wait_for_url((tmp_path / "case/sources/one.html").as_uri())


STATIC = ROOT / "templates" / "static"
