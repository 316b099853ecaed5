"""Places in a browser: every one finds its element, every quotation its line; and the labels that lead there."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from unicodedata import normalize
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, expect
from playwright.sync_api import Page as Tab
from previewing import wait_until
from samples import FRONT, ONE, SOURCES, TIMELINE, Inputs, build, inputs_in, inputs_of, small
from whole_site import REPOSITORY, Site

from builder.build import Studied, check_site, study
from builder.freshness import Options
from builder.preview.places import places
from builder.render import environment
from builder.routes import BriefingRoute, ItemRoute, SiteRoute, route_of

pytest_plugins = ["whole_site"]

Place = dict[str, Any]

# ---- every element its line ----------------------------------------------------------------------------------------

LOOK = """([html, places]) => {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const plain = (text) => text.replace(/\\s+/g, ' ').trim();
  const found = places.map(({selector}) => [...page.querySelectorAll(selector)]);
  const holds = (one, href) => one.getAttribute('href') === href
    || [...one.querySelectorAll('a')].some((link) => link.getAttribute('href') === href);
  const astray = places.filter(({link}, at) => link && found[at].some((one) => !holds(one, link)));
  const lost = places.filter(({words}, at) => !found[at].length
    || found[at].some((element) => !plain(element.textContent).includes(plain(words))));
  const ours = 'main :is(q, blockquote):not(.prose *, .pair *, .family .tiny *)';
  const quotations = [...page.querySelectorAll(ours)].map((element) => {
    const own = element.cloneNode(true);
    for (const around of own.querySelectorAll('.context')) around.remove();
    const at = places.flatMap((place, number) => found[number].includes(element) ? [place] : []);
    const excerpt = Boolean(element.closest('.excerpt, .collation, .edition, .family'));
    return {text: own.textContent, excerpt, places: at};
  });
  const several = places.flatMap(({selector, what}, at) =>
    what === 'quotation' && found[at].length !== 1 ? selector : []);
  return {lost: [...lost, ...astray].map((place) => place.selector), several, quotations};
}"""


def studied(inputs: Inputs) -> Iterator[Studied]:
    site = check_site(inputs.site, Options()).value
    assert site
    for texts in inputs.briefings:
        found = study(texts, site, inputs.articles)
        assert found
        yield found


def letters(text: str) -> str:
    """Without marks and accents, which a quotation may write otherwise than its article, and without YAML's escapes."""
    plain = normalize("NFKD", re.sub(r"\\u[0-9A-F]{4}|\\U[0-9A-F]{8}", "", text))
    return "".join(char for char in plain if char.isalnum())


def holds(texts: dict[str, str], place: Place, words: str, *, excerpt: bool) -> bool:
    """Whether the words start in the very line and go on from there, letter by letter; of an excerpt, maybe later."""
    lines = texts[place["file"]].split("\n")[place["line"] - 1 :]
    written = letters("".join([lines[0][place["column"] - 1 :], *lines[1:12]]))
    here = written.find(letters(words)[:80])
    return letters(words) != "" and letters(lines[0]) != "" and (here >= 0 if excerpt else here == 0)


def looked_at(tab: Tab, one: Studied, pages: dict[str, str]) -> tuple[dict[str, Any], int]:
    """What is wrong on the pages of a briefing, and how many quotations were looked at."""
    texts = {file: data.decode().replace("\r\n", "\n") for file, data in one.texts.files.items()}
    wrong: dict[str, Any] = {}
    count = 0
    for path, html in pages.items():
        listed = places(one, path)
        seen = tab.evaluate(LOOK, [html, listed])
        for quotation in seen["quotations"] if "/" in path else ():
            count += 1
            named, excerpt = quotation["places"], quotation["excerpt"]
            said = [(place, place["words"] if excerpt else quotation["text"]) for place in named]
            lied = [place for place, words in said if not holds(texts, place, words, excerpt=excerpt)]
            if lied or not named or (len(named) > 1 and not excerpt):
                wrong.setdefault(path, []).append((quotation["text"][:60], named, lied))
        for kind in ("lost", "several"):
            if seen[kind]:
                wrong.setdefault(path, []).append((kind, seen[kind]))
    return wrong, count


def own_pages(name: str, files: dict[str, bytes]) -> dict[str, str]:
    def of_it(path: str) -> bool:
        route = route_of(path)
        return isinstance(route, SiteRoute) or (isinstance(route, BriefingRoute | ItemRoute) and route.briefing == name)

    return {path: data.decode() for path, data in files.items() if of_it(path)}


def check(browser: Browser, inputs: Inputs, files: dict[str, bytes]) -> int:
    total = 0
    with browser.new_context() as context:
        tab = context.new_page()
        for one in studied(inputs):
            wrong, count = looked_at(tab, one, own_pages(one.briefing.name, files))
            assert wrong == {}
            total += count
    return total


def test_on_every_page_every_quotation_has_the_line_that_holds_it(browser: Browser, sample: Site) -> None:
    assert check(browser, inputs_in(sample.root).value, sample.files()) > 450


UNUSUAL = """met:
  claim: >-
    The ministers met on Thursday.
  topic: talks
  event: meeting
  note: |
    A note
    of two lines.
  evidence:
    one:
      stance: supports
      quote:
        - >-
          met on Thursday
          in Geneva
        - exact: It was a
            short one
        - met on Thursday in Geneva
    two: {stance: silent, because: predates, quote: ["Two ministers […] Geneva", It went well], note: Odd}

lasted:
  claim: The talks lasted three hours.
  question: How long did they last?
  topic: people
  unit: hours
  evidence:
    one: {stance: contradicts, quote: [lasted two hours, The talks], value: 2}
    two: {stance: contradicts, quote: "“about two hours”", value: "~2"}
said:
  claim: They said it went well.
  topic: talks
  evidence:
    two: {stance: supports, quote: [It went well, It went well]}
    one: {stance: qualifies, differs_in: wording, quote: The talks lasted two hours. It was a short one.}
"""
CORRECTED = """corrections:
  - {date: 2024-05-11, changed: The first., claim: met}
  - {date: 2024-05-13, changed: The last., claim: met}
---
# Heading

A paragraph with [a link](claims/met.html).

- An item
"""


def test_a_briefing_with_every_oddity_has_its_lines(browser: Browser) -> None:
    front = FRONT.replace("---\nThe prose.\n", CORRECTED).replace("status:", "place: Geneva\nstatus:")
    looks = "full_text: yes\n    note: A note.\n    looks_ahead: {event: meeting, quote: It was a short one}\n"
    headline = "siglum: A\n    headline: [Geneva, Ministers meet in Geneva]"
    sources = SOURCES.replace("full_text: yes\n", looks, 1).replace("siglum: A", headline)
    one = "Geneva\n\nMinisters meet in Geneva\n\n" + ONE
    timeline = TIMELINE.replace("date: 2024-05-02", "date: 2024-05-02\n  note: >\n    What no text says.")
    files = small(claims=UNUSUAL, front=front, sources=sources, timeline=timeline, one=one)
    inputs = inputs_of(files)
    built = build(inputs, Options(), environment(REPOSITORY / "templates"))
    assert built.value, built.diagnostics
    assert check(browser, inputs, {file.path: file.data for file in built.value.files}) > 20


@pytest.mark.parametrize("case", ["edges", "hostile", "languages", "minimal", "two-briefings"])
def test_unusual_briefings_have_their_lines_too(browser: Browser, cases: dict[str, Site], case: str) -> None:
    assert check(browser, inputs_in(cases[case].root).value, cases[case].files()) > 2


# ---- the labels ----------------------------------------------------------------------------------------------------

CLIENT = REPOSITORY / "builder/preview/client"
TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FAKE = """
import { start } from './places.js';
const base = '/', page = location.pathname.slice(1);
window.opened = [];
window.said = [];
const api = {
  base, page,
  get: async (name, params) => {
    const answer = await fetch(`/__preview/${name}?${new URLSearchParams(params)}`);
    if (!answer.ok) throw new Error('The preview does not answer.');
    return answer.json();
  },
  open: async (...place) => { window.opened.push(place); return 'Opened in an editor.'; },
  say: (sentence) => window.said.push(sentence),
};
window.places = start(api);
document.documentElement.dataset.vp = 'ready';
"""
HEAD = '<link rel="stylesheet" href="/__preview/places.css"><script type="module" src="/__preview/client.js"></script>'

CLEAR = "claims/01-talks.yaml"
BRIEFING = "blinken-in-beijing"
MATRIX = f"{BRIEFING}/matrix.html"
CLAIM = f"{BRIEFING}/claims/talks-length.html"
SOURCE = f"{BRIEFING}/sources/mothership.html"
OVERVIEW = f"{BRIEFING}/index.html"


class Preview:
    """Built pages with the script, and an answer to what it asks."""

    def __init__(self, site: Site) -> None:
        self.files = site.files()
        (self.studied,) = studied(inputs_in(site.root).value)
        self.broken = False
        self.asked = 0

    def answer(self, address: str) -> tuple[int, str, bytes]:
        parts = urlsplit(address)
        path = parts.path.lstrip("/")
        if path == "__preview/places":
            self.asked += 1
            if self.broken:
                return 500, "text/plain", b""
            found = places(self.studied, parse_qs(parts.query)["page"][0])
            return 200, "application/json", json.dumps({"places": found}).encode()
        if path == "__preview/client.js":
            return 200, TYPES[".js"], FAKE.encode()
        if path.startswith("__preview/"):
            file = CLIENT / path.removeprefix("__preview/")
            return 200, TYPES[file.suffix], file.read_bytes()
        data = self.files.get(path)
        if data is None:
            return 404, "text/plain", b""
        suffix = Path(path).suffix
        if suffix == ".html":
            data = data.replace(b"<head>", b"<head>" + HEAD.encode(), 1)
        return 200, TYPES.get(suffix, "text/plain"), data


@pytest.fixture(scope="module")
def address(sample: Site) -> Iterator[tuple[str, Preview]]:
    preview = Preview(sample)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, kind, data = preview.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the tests look for themselves."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", preview
        server.shutdown()
        thread.join()


@contextmanager
def opened(browser: Browser, address: str, page: str, width: int = 1440, **options: Any) -> Iterator[Tab]:
    """A page whose places are known; nothing may go wrong on it."""
    with browser.new_context(viewport={"width": width, "height": 900}, **options) as context:
        tab = context.new_page()
        problems: list[str] = []
        tab.on("pageerror", lambda error: problems.append(str(error)))
        tab.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        tab.goto(f"{address}/{page}")
        known(tab)
        yield tab
        assert [problem for problem in problems if "500" not in problem] == []


def known(tab: Tab) -> None:
    """Wait until every element knows its places: the panel says how many."""
    wait_until(tab, "window.places")
    tab.evaluate("places.list()")
    expect(tab.locator(".vp-status")).to_have_text(re.compile(r"^\d+ places$"))
    tab.keyboard.press("Escape")
    expect(tab.locator(".vp-panel")).to_be_hidden()
    tab.evaluate("document.activeElement.blur()")


def label(tab: Tab) -> Locator:
    return tab.locator(".vp-label")


def point(tab: Tab, selector: str) -> None:
    """Rest with the pointer on the first line of an element."""
    element = tab.locator(selector).first
    element.scroll_into_view_if_needed()
    box = element.evaluate(
        "(element) => { const {left, top, width, height} = element.getClientRects()[0];"
        " return [left + Math.min(width / 2, 60), top + Math.min(height / 2, 8)] }"
    )
    tab.mouse.move(box[0] - 2, box[1])
    tab.mouse.move(*box)


def line_of(preview: Preview, file: str, text: str) -> int:
    data = preview.studied.texts.files[f"content/{BRIEFING}/{file}"].decode()
    return next(number for number, line in enumerate(data.splitlines(), 1) if text in line)


QUOTATION = "#claim-talks-length > :nth-child(2) > q"


def test_pointing_at_a_quotation_shows_its_line_and_opens_it(browser: Browser, address: tuple[str, Preview]) -> None:
    with opened(browser, address[0], MATRIX) as tab:
        tab.locator(QUOTATION).scroll_into_view_if_needed()  # a head that sticks moves with the page
        before = tab.evaluate(LAID)
        point(tab, QUOTATION)
        expect(tab.locator(".vp-what")).to_have_text("quotation")
        line = tab.locator(".vp-line")
        expect(line).to_have_text(re.compile(r"^Open 01-talks\.yaml:\d+$"))
        assert tab.evaluate(LAID) == before
        line.click()
        file, number, column = tab.evaluate("opened.pop()")
        assert file == f"content/{BRIEFING}/{CLEAR}"
        written = address[1].studied.texts.files[file].decode().splitlines()[number - 1]
        quotation = tab.locator(QUOTATION).first.text_content() or ""
        assert letters(written[column - 1 :])[:20] == letters(quotation)[:20]
        assert tab.evaluate("said") == ["Opened in an editor."]


LAID = """() => [...document.querySelectorAll('body *:not(body [data-vp], body [data-vp] *)')].map((element) => {
  const {x, y, width, height} = element.getBoundingClientRect();
  return [element.localName, x + scrollX, y + scrollY, width, height].join(' ');
}).concat(document.documentElement.scrollWidth, document.documentElement.scrollHeight)"""


def test_the_pointer_may_walk_to_the_label_without_losing_it(browser: Browser, address: tuple[str, Preview]) -> None:
    with opened(browser, address[0], MATRIX) as tab:
        point(tab, QUOTATION)
        expect(label(tab)).to_be_visible()
        tab.evaluate("""() => { window.changes = 0;
          new MutationObserver((list) => { changes += list.length }).observe(
            document.querySelector('.vp-label'), {attributes: true, childList: true, attributeFilter: ['hidden']}) }""")
        box = tab.locator(".vp-line").bounding_box()
        assert box
        tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=25)
        tab.wait_for_timeout(600)
        expect(tab.locator(".vp-what")).to_have_text("quotation")
        assert tab.evaluate("changes") == 0


def test_the_label_goes_when_the_pointer_goes_and_with_escape(browser: Browser, address: tuple[str, Preview]) -> None:
    with opened(browser, address[0], MATRIX) as tab:
        point(tab, QUOTATION)
        expect(label(tab)).to_be_visible()
        tab.mouse.move(3, 300)
        expect(label(tab)).to_be_hidden()
        point(tab, QUOTATION)
        expect(label(tab)).to_be_visible()
        tab.keyboard.press("Escape")
        expect(label(tab)).to_be_hidden()


def test_one_steps_outwards_from_quotation_to_evidence_to_claim(browser: Browser, address: tuple[str, Preview]) -> None:
    with opened(browser, address[0], MATRIX) as tab:
        point(tab, QUOTATION)
        for name in ("evidence", "claim"):
            step = tab.locator(".vp-step")
            expect(step).to_have_text(f"Outwards: ↑ {name}")
            step.click()
            expect(tab.locator(".vp-made .vp-what")).to_have_text(name)
        expect(tab.locator(".vp-step")).to_have_count(0)
        tab.locator(".vp-line").click()
        number = line_of(address[1], CLEAR, "The talks between Blinken and Qin lasted")
        assert tab.evaluate("opened") == [[f"content/{BRIEFING}/{CLEAR}", number, 10]]


def test_a_label_hides_no_link_from_the_pointer(browser: Browser, address: tuple[str, Preview]) -> None:
    with opened(browser, address[0], MATRIX) as tab:
        for row in ("talks-length", "dinner-after-talks"):
            for column in (1, 4):
                selector = f"#claim-{row} > .c{column} q"
                if not tab.locator(selector).count():
                    continue
                point(tab, selector)
                expect(label(tab)).to_be_visible()
                assert tab.evaluate(HIDDEN) == []
                tab.mouse.move(3, 300)
                expect(label(tab)).to_be_hidden()


HIDDEN = """() => [...document.querySelectorAll('main a, main button')].filter((link) => {
  const box = link.getClientRects()[0];
  if (!box || box.bottom < 0 || box.top > innerHeight) return false;
  return document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)?.closest('.vp-label');
}).map((link) => link.textContent)"""


def test_who_selects_text_sees_no_label(browser: Browser, address: tuple[str, Preview]) -> None:
    with opened(browser, address[0], CLAIM) as tab:
        quotation = tab.locator(".testimony blockquote").first
        quotation.scroll_into_view_if_needed()
        box = quotation.bounding_box()
        assert box
        tab.mouse.move(box["x"] + 4, box["y"] + 10)
        tab.mouse.down()
        tab.mouse.move(box["x"] + 200, box["y"] + 10, steps=5)
        tab.wait_for_timeout(300)
        expect(label(tab)).to_be_hidden()
        tab.mouse.up()
        tab.mouse.move(box["x"] + 150, box["y"] + 12, steps=3)
        tab.wait_for_timeout(300)
        expect(label(tab)).to_be_hidden()
        assert len(tab.evaluate("String(getSelection())")) > 10
        tab.keyboard.press("Alt+Shift+KeyE")
        assert tab.evaluate("opened.length") == 1
        assert tab.evaluate("opened[0][0]").endswith(CLEAR)


def test_the_keyboard_opens_what_has_the_focus(browser: Browser, address: tuple[str, Preview]) -> None:
    with opened(browser, address[0], MATRIX) as tab:
        tab.locator("#claim-talks-length th a").focus()
        tab.keyboard.press("Shift+Tab")
        tab.keyboard.press("Tab")
        expect(label(tab)).to_contain_text("claim")
        tab.keyboard.press("Alt+Shift+KeyE")
        number = line_of(address[1], CLEAR, "The talks between Blinken and Qin lasted")
        assert tab.evaluate("opened") == [[f"content/{BRIEFING}/{CLEAR}", number, 10]]
        tab.evaluate("document.activeElement.blur()")
        expect(label(tab)).to_be_visible()
        tab.keyboard.press("Escape")
        tab.keyboard.press("Alt+Shift+KeyE")
        assert tab.evaluate("said.at(-1)") == "No line is known for this."


def test_an_excerpt_of_several_quotations_lets_one_choose(browser: Browser, address: tuple[str, Preview]) -> None:
    with opened(browser, address[0], SOURCE) as tab:
        many = [
            p for p in places(address[1].studied, SOURCE) if p["what"] == "quotation" and " blockquote" in p["selector"]
        ]
        anchor = max({p["selector"] for p in many}, key=[p["selector"] for p in many].count)
        number = [p["selector"] for p in many].count(anchor)
        assert number > 3
        tab.locator(anchor.replace("blockquote", ".place")).focus()
        tab.evaluate("(selector) => getSelection().selectAllChildren(document.querySelector(selector))", anchor)
        tab.keyboard.press("Alt+Shift+KeyE")
        assert tab.evaluate("opened") == []
        expect(tab.locator(".vp-made")).to_have_count(3)
        assert tab.evaluate("document.activeElement.className") == "vp-line"
        tab.locator(".vp-step", has_text=f"All {number}").click()
        expect(tab.locator(".vp-row")).to_have_count(number)


def test_the_panel_lists_every_place_and_finds_what_is_typed(browser: Browser, address: tuple[str, Preview]) -> None:
    with opened(browser, address[0], MATRIX) as tab:
        tab.locator(".brand").focus()
        tab.evaluate("places.list()")
        listed = {(p["file"], p["line"], p["column"], p["label"]) for p in places(address[1].studied, MATRIX)}
        expect(tab.locator(".vp-row")).to_have_count(len(listed))
        expect(tab.locator(".vp-status")).to_have_text(f"{len(listed)} places")
        assert tab.locator(".vp-file").all_text_contents() == sorted(
            {file for file, *_ in listed}, key=tab.locator(".vp-file").all_text_contents().index
        )
        tab.keyboard.type("talks-length quotation seven")
        expect(tab.locator(".vp-row:visible")).to_have_count(1)
        expect(tab.locator(".vp-status")).to_have_text(f"1 of {len(listed)} places")
        tab.keyboard.press("Tab")
        tab.keyboard.press("Enter")
        expect(tab.locator(".vp-status")).to_have_text("Opened in an editor.")
        assert tab.evaluate("opened[0][0]").endswith(CLEAR)
        tab.keyboard.press("Escape")
        expect(tab.locator(".vp-panel")).to_be_hidden()
        assert tab.evaluate("document.activeElement.className") == "brand"


def test_the_switch_is_kept_for_the_session(browser: Browser, address: tuple[str, Preview]) -> None:
    with opened(browser, address[0], MATRIX) as tab:
        tab.evaluate("places.list()")
        tab.get_by_label("Show labels on the page").uncheck()
        tab.keyboard.press("Escape")
        tab.reload()
        known(tab)
        point(tab, QUOTATION)
        tab.wait_for_timeout(400)
        expect(label(tab)).to_be_hidden()
        tab.evaluate("places.list()")
        expect(tab.get_by_label("Show labels on the page")).not_to_be_checked()


def test_a_tap_shows_a_label_only_where_somebody_wants_that(browser: Browser, address: tuple[str, Preview]) -> None:
    with opened(browser, address[0], CLAIM, 360, has_touch=True, is_mobile=True) as tab:
        quotation = tab.locator(".testimony blockquote").first
        quotation.tap()
        tab.wait_for_timeout(400)
        expect(label(tab)).to_be_hidden()
        tab.evaluate("places.list()")
        switch = tab.get_by_label("Show labels on the page")
        expect(switch).not_to_be_checked()
        switch.tap()
        tab.get_by_role("button", name="Close").tap()
        quotation.tap()
        expect(label(tab)).to_contain_text("quotation")
        tab.locator(".testimony .place").first.tap()
        tab.wait_for_url("**/sources/*.html*")


def test_a_page_older_than_the_files_tells_no_wrong_line(browser: Browser, address: tuple[str, Preview]) -> None:
    with opened(browser, address[0], MATRIX) as tab:
        tab.evaluate(f"document.querySelector('{QUOTATION}').textContent = 'Other words'")
        tab.evaluate("places.refresh()")
        known(tab)
        point(tab, QUOTATION)
        expect(tab.locator(".vp-made .vp-what")).to_have_text("evidence")


def test_links_to_a_claim_and_the_rows_that_hold_them_are_found(browser: Browser, address: tuple[str, Preview]) -> None:
    with opened(browser, address[0], OVERVIEW) as tab:
        for selector in ('.topics a[href="claims/met-on-sunday.html"]', ".topics li:first-child"):
            point(tab, selector)
            expect(tab.locator(".vp-what")).to_have_text("claim")
            expect(tab.locator(".vp-line")).to_have_text("Open 01-talks.yaml:5")
            tab.keyboard.press("Escape")


def test_escape_leads_back_from_the_label_to_where_one_was(browser: Browser, address: tuple[str, Preview]) -> None:
    with opened(browser, address[0], SOURCE) as tab:
        tab.locator("#p2 .place").focus()
        tab.evaluate("getSelection().selectAllChildren(document.querySelector('#p2 blockquote'))")
        tab.keyboard.press("Alt+Shift+KeyE")
        expect(tab.locator(".vp-line").first).to_be_focused()
        tab.keyboard.press("Escape")
        expect(label(tab)).to_be_hidden()
        expect(tab.locator("#p2 .place")).to_be_focused()


def test_after_a_patch_the_places_are_asked_for_anew(browser: Browser, address: tuple[str, Preview]) -> None:
    base, preview = address
    with opened(browser, base, MATRIX) as tab:
        asked = preview.asked
        tab.evaluate(f"""() => {{ const cell = document.querySelector('{QUOTATION}').closest('td');
          cell.replaceWith(cell.cloneNode(true)) }}""")
        point(tab, QUOTATION)
        expect(tab.locator(".vp-made .vp-what")).to_have_text("claim")
        tab.evaluate("places.refresh()")
        known(tab)
        assert preview.asked == asked + 1
        point(tab, QUOTATION)
        expect(tab.locator(".vp-made .vp-what")).to_have_text("quotation")


def test_without_an_answer_nothing_is_said_of_any_line(browser: Browser, address: tuple[str, Preview]) -> None:
    base, preview = address
    with opened(browser, base, MATRIX) as tab:
        preview.broken = True
        try:
            tab.evaluate("places.refresh()")
            tab.evaluate("places.list()")
            expect(tab.locator(".vp-status")).to_have_text("The preview does not answer.")
        finally:
            preview.broken = False
        tab.keyboard.press("Escape")
        point(tab, QUOTATION)
        tab.wait_for_timeout(400)
        expect(label(tab)).to_be_hidden()


def test_nothing_of_it_is_printed(browser: Browser, address: tuple[str, Preview]) -> None:
    with opened(browser, address[0], MATRIX) as tab:
        point(tab, QUOTATION)
        expect(label(tab)).to_be_visible()
        tab.emulate_media(media="print")
        expect(label(tab)).to_be_hidden()
        expect(tab.locator(".vp-frame")).to_be_hidden()


RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = f"async () => (await axe.run({{runOnly: {RULES}, resultTypes: ['violations'], preload: false}})).violations"


def violations(tab: Tab) -> list[str]:
    return [f"{one['id']}: {node['html']}" for one in tab.evaluate(AXE) for node in one["nodes"]]


def test_the_panel_stays_at_a_press_on_its_own_margin_and_what_it_says_stays_in_sight(
    browser: Browser, address: tuple[str, Preview]
) -> None:
    with opened(browser, address[0], MATRIX) as tab:
        tab.evaluate("places.list()")
        panel = tab.locator(".vp-panel")
        box = panel.bounding_box()
        assert box
        tab.mouse.click(box["x"] + 5, box["y"] + 5)
        expect(panel).to_be_visible()
        tab.locator(".vp-go").last.click()
        expect(tab.locator(".vp-status")).to_have_text("Opened in an editor.")
        expect(tab.locator(".vp-status")).to_be_in_viewport()
        expect(tab.locator(".vp-close")).to_be_in_viewport()
        tab.mouse.click(box["x"] - 5, box["y"] + 5)
        expect(panel).to_be_hidden()


@pytest.mark.parametrize("width", [320, 1440])
def test_axe_finds_no_barrier_in_label_and_panel(
    browser: Browser, axe_source: str, address: tuple[str, Preview], width: int
) -> None:
    found = {}
    with opened(browser, address[0], CLAIM, width) as tab:
        tab.evaluate(axe_source)
        for scheme in ("light", "dark"):
            tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            point(tab, ".testimony blockquote")
            expect(label(tab)).to_be_visible()
            found[scheme, "label"] = violations(tab)
            tab.evaluate("places.list()")
            found[scheme, "panel"] = violations(tab)
            assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
            tab.keyboard.press("Escape")
    assert {place: broken for place, broken in found.items() if broken} == {}
