"""The site in a browser: for everyone, at every width, without scripts, from a folder, and with nobody else's help."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Page as Tab
from quality.barriers import TELLING, barriers, violations
from quality.kinds import BRIEFING, PAGES
from quality.sight import IN_SIGHT
from whole_site import Site

pytest_plugins = ["whole_site"]

MATRIX = PAGES["matrix"]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PAPER = {"light": "rgb(252, 251, 248)", "dark": "rgb(22, 22, 20)"}


def url(site: Site, path: str) -> str:
    return (site.public / path).resolve().as_uri()


@contextmanager
def opened(browser: Browser, address: str, width: int = 1440, height: int = 900, **options: Any) -> Iterator[Tab]:
    with browser.new_context(viewport={"width": width, "height": height}, **options) as context:
        tab = context.new_page()
        tab.goto(address)
        yield tab


# ---- for everyone --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_axe_finds_no_barrier_in_any_state(browser: Browser, axe_source: str, sample_local: Site, path: str) -> None:
    with opened(browser, url(sample_local, path)) as tab:
        assert list(barriers(tab, axe_source, TELLING)) == []


def test_a_barrier_in_the_dark_is_noticed(browser: Browser, axe_source: str, tmp_path: Path) -> None:
    style = "body { color-scheme: light dark } p { color: #000; background: #fff } "
    style += "@media (prefers-color-scheme: dark) { p { color: #333; background: #444 } }"
    page = f"<!doctype html><html lang=en><title>T</title><style>{style}</style><main><h1>T</h1><p>Words</p></main>"
    (tmp_path / "dark.html").write_text(page)
    with opened(browser, (tmp_path / "dark.html").as_uri()) as tab:
        tab.evaluate(axe_source)
        assert violations(tab) == []
        tab.emulate_media(color_scheme="dark")
        assert violations(tab) == ["color-contrast: <p>Words</p>"]


@pytest.mark.parametrize("case", ["edges", "languages"])
def test_axe_finds_no_barrier_on_unusual_briefings(
    browser: Browser, axe_source: str, cases: dict[str, Site], case: str
) -> None:
    site = cases[case]
    found = {}
    with opened(browser, "about:blank", 360) as tab:
        for path in site.pages():
            if path != "404.html":
                tab.goto(url(site, path))
                tab.evaluate(axe_source)
                found[path] = violations(tab)
    assert {path: broken for path, broken in found.items() if broken} == {}


@pytest.mark.parametrize("path", ["index.html", "archive.html"])
def test_axe_finds_no_barrier_on_a_long_list_of_briefings(
    browser: Browser, axe_source: str, crowded: Site, path: str
) -> None:
    found = {}
    with opened(browser, url(crowded, path)) as tab:
        tab.evaluate(axe_source)
        for width in (360, 1440):
            tab.set_viewport_size({"width": width, "height": 900})
            for scheme in SCHEMES:
                tab.emulate_media(color_scheme=scheme)
                found[width, scheme] = violations(tab)
    assert {place: broken for place, broken in found.items() if broken} == {}


@pytest.mark.parametrize("path", ["corrections.html", "search.html"])
def test_the_foot_of_a_page_is_never_above_the_foot_of_the_window(
    browser: Browser, sample_local: Site, path: str
) -> None:
    with opened(browser, url(sample_local, path)) as tab:
        tab.set_viewport_size({"width": 1000, "height": 1500})
        assert tab.locator(".foot").evaluate("foot => Math.round(foot.getBoundingClientRect().bottom)") == 1500
        tab.set_viewport_size({"width": 320, "height": 300})
        assert tab.locator(".foot").evaluate("foot => foot.getBoundingClientRect().top") > 300


def test_a_long_list_of_briefings_stays_within_the_window(browser: Browser, crowded: Site) -> None:
    with opened(browser, "about:blank") as tab:
        assert overflow(tab, [url(crowded, path) for path in ("index.html", "archive.html")], WIDTHS) == {}


WIDTHS = (320, 360, 768, 1440, 1920)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def overflow(tab: Tab, paths: list[str], widths: tuple[int, ...]) -> dict[tuple[str, int], int]:
    """By how many pixels pages are wider than the window."""
    found = {}
    for path in paths:
        tab.goto(path)
        for width in widths:
            tab.set_viewport_size({"width": width, "height": 900})
            found[path, width] = tab.evaluate(OVERFLOW)
    return {place: pixels for place, pixels in found.items() if pixels > 0}


def test_no_page_is_wider_than_the_window(browser: Browser, sample_local: Site) -> None:
    with opened(browser, "about:blank") as tab:
        assert overflow(tab, [url(sample_local, path) for path in PAGES.values()], WIDTHS) == {}


def test_even_endless_words_and_far_dates_stay_within_the_window(browser: Browser, cases: dict[str, Site]) -> None:
    paths = [url(cases[case], path) for case in ("hostile", "edges", "languages") for path in cases[case].pages()]
    with opened(browser, "about:blank") as tab:
        assert overflow(tab, paths, (320, 1440)) == {}


def test_a_style_that_is_too_wide_is_noticed(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "wide.html").write_text("<!doctype html><title>T</title><p style='width: 400px'>Wide")
    with opened(browser, "about:blank") as tab:
        assert list(overflow(tab, [(tmp_path / "wide.html").as_uri()], (320, 1440)).values()) != []


# ---- quiet, and with nobody's help -----------------------------------------------------------------------------------


class Heard:
    """What the pages of a context say on the console, throw, and ask for."""

    def __init__(self, context: BrowserContext) -> None:
        self.said: list[str] = []
        self.asked: list[str] = []
        context.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        context.on("weberror", lambda error: self.said.append(str(error.error)))
        context.on("request", lambda request: self.asked.append(request.url))


@contextmanager
def heard(browser: Browser, addresses: list[str]) -> Iterator[Heard]:
    with browser.new_context() as context:
        listener = Heard(context)
        tab = context.new_page()
        for address in addresses:
            tab.goto(address)
        yield listener


def test_from_a_folder_nothing_is_said_and_nothing_is_asked_of_anybody(browser: Browser, sample_local: Site) -> None:
    with heard(browser, [url(sample_local, path) for path in PAGES.values()]) as listener:
        assert listener.said == []
        assert len(listener.asked) > len(PAGES)
        assert [asked for asked in listener.asked if not asked.startswith(url(sample_local, ""))] == []


def test_hostile_content_is_as_quiet(browser: Browser, cases: dict[str, Site]) -> None:
    site = cases["hostile"]
    paths = [path for path in site.pages() if path != "404.html"]
    with heard(browser, [url(site, path) for path in paths]) as listener:
        assert listener.said == []
        assert [asked for asked in listener.asked if not asked.startswith(url(site, ""))] == []


def test_a_page_that_breaks_the_policy_is_noticed(browser: Browser, site: Site) -> None:
    site.copy_of("minimal").built()
    index = site.public / "index.html"
    index.write_text(
        index.read_text("utf-8").replace("</main>", '<img src="https://evil.example/x.png" alt=""></main>')
    )
    with heard(browser, [url(site, "index.html")]) as listener:
        assert any("Content Security Policy" in said for said in listener.said)


def test_from_a_folder_the_style_sheet_applies(browser: Browser, sample_local: Site) -> None:
    with opened(browser, "about:blank") as tab:
        for path in PAGES.values():
            tab.goto(url(sample_local, path))
            for scheme in SCHEMES:
                tab.emulate_media(color_scheme=scheme)
                assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == PAPER[scheme], path


# ---- below a project's path ------------------------------------------------------------------------------------------


class ProjectPages(SimpleHTTPRequestHandler):
    """Serves a folder below /project/, as GitHub Pages does: what is missing is 404.html."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix("/project"))

    def send_head(self) -> Any:
        if self.path.startswith("/project/") and Path(self.translate_path(self.path)).exists():
            return super().send_head()
        self.path = "/project/404.html"
        return super().send_head()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the repository's own site, built for it and served at it."""
    site = Site(tmp_path_factory.mktemp("project") / "site").copy_of_repository()
    handler = partial(ProjectPages, directory=str(site.public))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        address = f"http://127.0.0.1:{server.server_port}/project/"
        site.built("--base-url", address)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield address
        server.shutdown()
        thread.join()


def test_below_a_path_nothing_is_said_and_nothing_is_asked_of_anybody(browser: Browser, project: str) -> None:
    with heard(browser, [project + path for path in PAGES.values()]) as listener:
        assert listener.said == []
        assert [asked for asked in listener.asked if not asked.startswith(project)] == []


def test_every_page_is_reached_by_clicking(browser: Browser, project: str) -> None:
    with opened(browser, project) as tab:
        for words, path in [
            ("Read the briefing", BRIEFING),
            ("Matrix", MATRIX),
            ("Timeline", PAGES["timeline"]),
            ("How to read", "how-to-read.html"),
            ("Corrections", "corrections.html"),
            ("Briefings", ""),
        ]:
            tab.get_by_role("link", name=words, exact=True).first.click()
            assert tab.url.removesuffix("index.html") == project + path
            assert tab.locator("main").is_visible()


@pytest.mark.parametrize("missing", ["nothing.html", "blinken-in-beijing/claims/nothing.html", "a/b/c/"])
def test_a_missing_page_is_answered_with_a_styled_one_that_leads_back(
    browser: Browser, project: str, missing: str
) -> None:
    with opened(browser, project + missing, color_scheme="light") as tab:
        assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == PAPER["light"]
        tab.locator("main").get_by_role("link", name="Blinken in Beijing").click()
        assert tab.url == f"{project}{BRIEFING}index.html"


# ---- without scripts -------------------------------------------------------------------------------------------------


@contextmanager
def scriptless(browser: Browser, address: str, width: int = 1440) -> Iterator[Tab]:
    with opened(browser, address, width, java_script_enabled=False) as tab:
        yield tab


def visible_rows(tab: Tab) -> list[str]:
    """The classes of the rows that can be seen."""
    seen = "rows => rows.filter(row => row.checkVisibility()).map(row => row.className)"
    classes: list[str] = tab.locator(".matrix tr[id]").evaluate_all(seen)
    return classes


@pytest.mark.parametrize("width", [360, 1440])
def test_without_scripts_the_filter_shows_the_claims_of_one_status(
    browser: Browser, sample_local: Site, width: int
) -> None:
    with scriptless(browser, url(sample_local, MATRIX), width) as tab:
        every = visible_rows(tab)
        for chip in tab.locator("[data-key=status] a.chip").all():
            chip.click()
            status, number = chip.get_attribute("id"), int(chip.locator("b").inner_text())
            shown = visible_rows(tab)
            assert shown == ([row for row in every if row == status] if status != "all" else every)
            assert len(shown) == number


def test_without_scripts_a_filtered_view_has_an_address(browser: Browser, sample_local: Site) -> None:
    with scriptless(browser, url(sample_local, f"{PAGES['overview']}")) as tab:
        tab.locator(".ledger a").first.click()
        assert tab.url == url(sample_local, MATRIX) + "#disputed"
        assert set(visible_rows(tab)) == {"disputed"}


@pytest.mark.parametrize("width", [360, 1440])
def test_without_scripts_a_source_can_be_hidden(browser: Browser, sample_local: Site, width: int) -> None:
    with scriptless(browser, url(sample_local, MATRIX), width) as tab:
        tab.locator("summary").click()
        tab.locator("label", has=tab.locator("#h2")).click()
        cells = tab.locator(".matrix tr[id]").first.locator("td")
        assert [cell.is_visible() for cell in cells.all()] == [True, False, True, True, True]
        tab.locator("label", has=tab.locator("#h2")).click()
        assert cells.nth(1).is_visible()


@pytest.mark.parametrize("width", [360, 1440])
def test_without_scripts_the_quotations_can_be_folded_to_symbols(
    browser: Browser, sample_local: Site, width: int
) -> None:
    with scriptless(browser, url(sample_local, MATRIX), width) as tab:
        quotation, cell = tab.locator(".matrix td q").first, tab.locator(".matrix td:has(q)").first
        assert quotation.is_visible()
        tab.locator("label", has=tab.locator("#symbols")).click()
        assert not quotation.is_visible()
        assert cell.evaluate("cell => getComputedStyle(cell, '::before').width") == "16px"
        assert tab.evaluate(OVERFLOW) <= 0
        tab.locator("summary").click()
        tab.locator("label", has=tab.locator("#h2")).click()
        tab.locator("a.chip#disputed").click()
        assert set(visible_rows(tab)) == {"disputed"}
        cells = tab.locator(".matrix tr.disputed").first.locator("td")
        assert [cell.is_visible() for cell in cells.all()] == [True, False, True, True, True]


def test_without_scripts_no_button_that_would_do_nothing_is_shown(browser: Browser, sample_local: Site) -> None:
    with scriptless(browser, url(sample_local, PAGES["number-claim"])) as tab:
        assert not tab.locator("button").is_visible()


# ---- with the keyboard -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "height"), [(360, 740), (768, 1024), (1440, 900)])
def test_whatever_the_tab_key_reaches_in_the_matrix_is_in_sight(
    browser: Browser, sample_local: Site, width: int, height: int
) -> None:
    with opened(browser, url(sample_local, MATRIX), width, height, reduced_motion="reduce") as tab:
        reached, hidden = set(), []
        for _ in range(60):
            tab.keyboard.press("Tab")
            reached.add(
                tab.evaluate("document.activeElement.outerHTML + document.activeElement.getBoundingClientRect().y")
            )
            if place := tab.evaluate(IN_SIGHT):
                hidden.append(place)
        assert hidden == []
        assert len(reached) > 50


@pytest.mark.parametrize(("width", "scrolls"), [(360, False), (768, True), (1440, False)])
def test_the_table_scrolls_by_itself_only_where_the_window_is_too_narrow(
    browser: Browser, sample_local: Site, width: int, scrolls: bool
) -> None:
    with opened(browser, url(sample_local, MATRIX), width) as tab:
        assert tab.locator(".scroll").evaluate("region => getComputedStyle(region).overflowY === 'auto'") == scrolls


@pytest.mark.parametrize("width", [360, 768, 1100, 1440])
def test_no_head_of_a_small_table_is_broken(browser: Browser, sample_local: Site, width: int) -> None:
    with opened(browser, url(sample_local, "blinken-in-beijing/sources/mothership.html"), width) as tab:
        lines = """(heads) => heads.map((head) => {
          const range = document.createRange();
          range.selectNodeContents(head.firstChild);
          return [head.firstChild.textContent, range.getClientRects().length];
        })"""
        heads = tab.locator(".agreements thead th").evaluate_all(lines)
        assert heads == [["Source", 1], ["Shared", 1], ["Stance", 1]]


def test_the_first_tab_stop_skips_to_the_content(browser: Browser, sample_local: Site) -> None:
    with opened(browser, "about:blank", reduced_motion="reduce") as tab:
        for path in PAGES.values():
            tab.goto(url(sample_local, path))
            tab.keyboard.press("Tab")
            assert tab.locator(":focus").inner_text() == "Skip to content"
            assert tab.evaluate(IN_SIGHT) == ""
            tab.keyboard.press("Enter")
            assert tab.url.endswith("#main")


# ---- on paper --------------------------------------------------------------------------------------------------------


def sheets(tab: Tab) -> list[tuple[float, float]]:
    """Width and height of the printed pages."""
    pdf = tab.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(float(width), float(height)) for width, height in boxes]


def test_a_long_list_may_end_a_sheet_after_any_row(browser: Browser, crowded: Site) -> None:
    with opened(browser, url(crowded, "archive.html")) as tab:
        tab.emulate_media(media="print")
        kept = "all => all.map(one => getComputedStyle(one).breakAfter)"
        parts = tab.locator(".rows > li, .rows > li *").evaluate_all(kept)
    assert set(parts) == {"auto"}


def test_the_matrix_prints_on_several_sheets_in_landscape(browser: Browser, sample_local: Site) -> None:
    with opened(browser, url(sample_local, MATRIX)) as tab:
        printed = sheets(tab)
    assert len(printed) > 1
    assert all(width > height for width, height in printed)


AXES = """() => [...document.querySelectorAll('.chart')].map((chart) => {
  const [head, axis] = [chart.querySelector('.again'), chart.querySelector(':scope > .axis')];
  const left = (place) => Math.round(place.getBoundingClientRect().left);
  const lines = [...axis.querySelectorAll('line')].map(left);
  const named = [...head.querySelectorAll('text')].filter((text) => text.getClientRects().length).map(left);
  return [getComputedStyle(head).display, named.length, named.every((at) => lines.some((x) => x < at && at < x + 12))];
})"""


def test_on_paper_the_columns_of_a_timeline_are_named_by_a_head_that_every_sheet_repeats(
    browser: Browser, sample_local: Site
) -> None:
    with opened(browser, url(sample_local, PAGES["timeline"])) as tab:
        assert {display for display, _, _ in tab.evaluate(AXES)} == {"none"}
        tab.emulate_media(media="print")
        found = tab.evaluate(AXES)
    assert len(found) == 2
    for display, names, beside in found:
        assert display == "table-header-group"
        assert names > 2
        assert beside


def test_every_sheet_says_from_which_briefing_it_is(browser: Browser, sample_local: Site) -> None:
    with opened(browser, "about:blank") as tab:
        tab.emulate_media(media="print")
        for name in ("overview", "matrix", "number-claim", "source"):
            tab.goto(url(sample_local, PAGES[name]))
            head = tab.locator("header").inner_text().split("\n")
            named = [] if name == "overview" else ["Blinken in Beijing"]  # there it is the title
            assert [line for line in head if line.strip()] == ["Variorum", *named], name


LONG_DATES = """() => [...document.querySelectorAll('.chronicle > li')].map((entry) => {
  const when = entry.querySelector('.when');
  when.firstElementChild.textContent = 'some time between the fifth of February and the sixth of March 2025';
  for (const part of entry.querySelectorAll('.when ~ :not(h4)')) part.remove();
  return [when, entry];
}).map(([when, entry]) => [when.getBoundingClientRect().bottom, entry.getBoundingClientRect().bottom])"""


@pytest.mark.parametrize("width", [360, 1440])
def test_however_long_a_date_is_the_next_entry_of_a_timeline_begins_below_it(
    browser: Browser, sample_local: Site, width: int
) -> None:
    with opened(browser, url(sample_local, PAGES["timeline"]), width) as tab:
        ends = tab.evaluate(LONG_DATES)
        assert len(ends) > 9
        assert [(when, entry) for when, entry in ends if when > entry] == []


def test_other_pages_print_upright(browser: Browser, sample_local: Site) -> None:
    with opened(browser, "about:blank") as tab:
        for name in ("overview", "timeline", "number-claim", "source"):
            tab.goto(url(sample_local, PAGES[name]))
            printed = sheets(tab)
            assert printed
            assert all(width < height for width, height in printed), name
