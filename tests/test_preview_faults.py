"""Faults in the browser: over the page while it is not what was written, gone when it is, and in nobody's way."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Locator, expect
from playwright.sync_api import Page as Tab
from previewing import wait_until
from samples import ROOT, SMALL, build, faults, inputs_of, small

from builder.commands.explain import messages
from builder.diagnostics import Diagnostic, Place, Related, Severity
from builder.freshness import Options
from builder.inputs import StoreError, read_static
from builder.preview import told
from builder.render import environment, static_files

CLIENT = ROOT / "builder" / "preview" / "client"
PAGE = "case/matrix.html"
ENDED = "The preview has ended: this page may be out of date."
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = f"async () => (await axe.run({{runOnly: {RULES}, resultTypes: ['violations'], preload: false}})).violations"
TYPES = {"html": "text/html; charset=utf-8", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}

START = """async () => {
  const asked = [];
  const api = {
    base: '/',
    open: async (...place) => { asked.push(['open', ...place]); return `Opened ${place[0]}:${place[1]} in code.`; },
    post: async (name, body) => {
      asked.push([name, body]);
      if (window.refusal) throw new Error(window.refusal);
      return { said: 'Written to content/case/claims.yaml.' };
    },
  };
  const { start } = await import('/__preview/faults.js');
  window.asked = asked;
  window.vp = start(api);
}"""


# ---- what is served ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def files() -> Mapping[str, bytes]:
    """A small site, built, by path."""
    built = build(inputs_of(SMALL), Options(), environment(ROOT / "templates")).value
    assert built
    every = [*built.files, *static_files(read_static(ROOT / "templates" / "static"))]
    return {file.path: file.data for file in every}


@pytest.fixture(scope="module")
def address(files: Mapping[str, bytes]) -> Iterator[str]:
    """Where the site and the preview's own files are served."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0].lstrip("/")
            own = CLIENT / path.rpartition("/")[2]
            data = own.read_bytes() if path.startswith("__preview/") and own.is_file() else files.get(path)
            self.send_response(200 if data is not None else 404)
            self.send_header("Content-Type", TYPES.get(path.rpartition(".")[2], "text/plain"))
            self.end_headers()
            self.wfile.write(data or b"")

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is said."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@contextmanager
def opened(browser: Browser, address: str, width: int = 1024, height: int = 700, **options: Any) -> Iterator[Tab]:
    """A page with the preview's faults begun; whatever it throws or its policy forbids fails the test."""
    said: list[str] = []
    with browser.new_context(viewport={"width": width, "height": height}, **options) as context:
        context.on("console", lambda message: said.append(message.text))
        context.on("weberror", lambda error: said.append(str(error.error)))
        tab = context.new_page()
        tab.goto(f"{address}{PAGE}")
        tab.evaluate(START)
        yield tab
        assert said == []


def fault(message: str = "Not found.", **changed: Any) -> Diagnostic:
    place = Place("content/case/claims.yaml", 7, 14, 5, "      quote: words of it", ((1, 2),))
    return Diagnostic(**{"code": "quotation-words", "message": message, "place": place, **changed})


MOVED = Place("content/case/claims.yaml", 9, 2, 5, "quote: words")
WARNING = fault("Look.", code="claim-silent", severity=Severity.WARNING)
WRONG = small(claims=str(SMALL["content/case/claims.yaml"]).replace("met on Thursday in", "Met on Thursday in"))


def show(tab: Tab, *diagnostics: Diagnostic, failed: bool = True, **more: Any) -> None:
    entries = told.faults(diagnostics, messages())
    tell(tab, {"failed": failed, "faults": entries, "all": len(diagnostics), **more})


def tell(tab: Tab, message: Mapping[str, Any]) -> None:
    tab.evaluate("(message) => vp.show(message)", {"command": "faults", **message})


def mended(tab: Tab) -> None:
    tell(tab, {"failed": False, "faults": [], "all": 0})


def dialog(tab: Tab) -> Locator:
    return tab.get_by_role("dialog")


def chip(tab: Tab) -> Locator:
    return tab.locator(".vp-chip")


def focused(tab: Tab) -> str:
    """The text, or the name, of what has the focus, also within a shadow."""
    return str(
        tab.evaluate(
            """() => {
              let at = document.activeElement;
              while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
              return at === document.body ? 'body' : at.localName === 'ol' ? 'list' : at.textContent.trim();
            }"""
        )
    )


# ---- what is shown -------------------------------------------------------------------------------------------------


def test_a_fault_stands_over_the_page_with_its_line_and_its_cure(browser: Browser, address: str) -> None:
    with opened(browser, address) as tab:
        (found,) = faults(WRONG)
        show(tab, found)
        over = dialog(tab)
        expect(over.get_by_role("heading", level=2)).to_have_text("1 fault")
        expect(over.get_by_role("heading", level=3)).to_have_text(found.message.replace("`", ""))
        expect(over.locator(".vp-head")).to_have_text("Error quotation-case content/case/claims.yaml:6:36")
        expect(over.locator(".vp-fault > .vp-line mark")).to_have_text(["Met on Thursday in Geneva"])
        expect(over.locator(".vp-related")).to_contain_text("seeds/one.txt:1:15 the article’s own")
        expect(over.locator(".vp-related mark")).to_have_text(["met", " on Thursday in Geneva"])
        expect(over.locator(".vp-cure")).to_have_text("The article has:")
        expect(over.locator(".vp-paste pre")).to_have_text("met on Thursday in Geneva")
        expect(over.get_by_role("button", name="Mend it")).to_be_visible()


def test_all_of_them_are_there_and_where_there_are_more_it_is_said(browser: Browser, address: str) -> None:
    with opened(browser, address) as tab:
        show(tab, fault(), WARNING)
        expect(dialog(tab).locator(".vp-severity")).to_have_text(["Error", "Warning"])
        expect(dialog(tab).get_by_role("heading", level=2)).to_have_text("1 error and 1 warning")
        show(tab, *[fault(f"Fault {number}.") for number in range(1234)])
        expect(dialog(tab).locator("h3")).to_have_count(200)
        expect(dialog(tab).get_by_role("heading", level=2)).to_have_text("1,234 faults")
        expect(dialog(tab)).to_contain_text("The first 200 are shown.")


def test_a_build_that_failed_otherwise_stands_there_too(browser: Browser, address: str) -> None:
    with opened(browser, address) as tab:
        for error in (StoreError("templates/base.html:3: No.\nMove it."), MemoryError(), KeyError("x")):
            tell(tab, {"failed": True, "faults": [told.failure(error, "/site", lambda _: "a\nb\nc")], "all": 1})
            expect(dialog(tab).locator("h3")).to_have_count(1)
        tell(tab, {"failed": True, "faults": [told.failure(MemoryError(), "/site")], "all": 1, "site": False})
        expect(dialog(tab)).to_contain_text("There is no good site yet.")
        tab.keyboard.press("Escape")
        expect(chip(tab)).to_have_text("1 fault: there is no good site yet")


def test_why_is_told_under_each_fault_of_a_code(browser: Browser, address: str) -> None:
    with opened(browser, address) as tab:
        show(tab, fault("One."), fault("Two."))
        expect(dialog(tab).locator("summary")).to_have_count(2)
        dialog(tab).locator("summary").nth(1).click()
        expect(dialog(tab).locator("details").nth(1)).to_contain_text(
            "Some of these words are not those of the article"
        )
        expect(dialog(tab).locator("details pre").nth(5)).to_have_text("quote: lasted five and a half hours")


def test_warnings_are_a_chip_that_opens(browser: Browser, address: str) -> None:
    with opened(browser, address) as tab:
        show(tab, WARNING, fault("More.", severity=Severity.WARNING), failed=False)
        expect(chip(tab)).to_have_text("2 warnings")
        expect(dialog(tab)).to_be_hidden()
        chip(tab).click()
        expect(dialog(tab)).to_contain_text("A warning stops nothing.")
        show(tab, WARNING, failed=False)
        expect(dialog(tab).get_by_role("heading", level=2)).to_have_text("1 warning")
        mended(tab)
        expect(dialog(tab)).to_be_hidden()
        expect(chip(tab)).to_be_hidden()


# ---- coming and going ----------------------------------------------------------------------------------------------


def test_it_goes_by_itself_and_leaves_focus_selection_and_scrolling_as_they_were(
    browser: Browser, address: str
) -> None:
    with opened(browser, address, height=300) as tab:
        tab.evaluate("document.querySelector('.matrix a').focus()")
        tab.evaluate("scrollTo(0, 200)")
        tab.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
        before = focused(tab), tab.evaluate("scrollY"), tab.evaluate("`${getSelection()}`")
        width = tab.evaluate("document.documentElement.clientWidth")
        assert before[1] == 200
        show(tab, fault())
        expect(dialog(tab)).to_be_visible()
        assert focused(tab) == "list"
        tab.mouse.move(5, 5)
        tab.mouse.wheel(0, 400)
        tab.keyboard.press("End")
        tab.wait_for_timeout(100)
        assert (tab.evaluate("scrollY"), tab.evaluate("document.documentElement.clientWidth")) == (200, width)
        mended(tab)
        expect(dialog(tab)).to_be_hidden()
        expect(chip(tab)).to_be_hidden()
        assert (focused(tab), tab.evaluate("scrollY"), tab.evaluate("`${getSelection()}`")) == before
        assert tab.evaluate("document.documentElement.getAttribute('style')") is None
        tab.mouse.wheel(0, 40)
        wait_until(tab, "scrollY > 200")


def test_without_focus_there_is_none_afterwards(browser: Browser, address: str) -> None:
    with opened(browser, address) as tab:
        show(tab, fault())
        tab.keyboard.press("Escape")
        assert focused(tab) == "body"


def test_folded_it_stays_folded_for_the_same_faults_wherever_they_have_moved(browser: Browser, address: str) -> None:
    with opened(browser, address) as tab:
        show(tab, fault("One."), fault("Two."))
        tab.keyboard.press("Escape")
        expect(dialog(tab)).to_be_hidden()
        expect(chip(tab)).to_have_text("2 faults: this is the last good site")
        show(tab, fault("Two.", place=MOVED))
        expect(chip(tab)).to_have_text("1 fault: this is the last good site")
        expect(dialog(tab)).to_be_hidden()
        show(tab, fault("Two."), fault("Two.", place=MOVED))  # one more of the kind
        expect(dialog(tab)).to_be_visible()
        dialog(tab).get_by_role("button", name="Show the page").click()
        show(tab, fault("Two."), fault("Three."))
        expect(dialog(tab)).to_be_visible()


def test_a_fault_that_comes_back_after_it_was_mended_is_new(browser: Browser, address: str) -> None:
    with opened(browser, address) as tab:
        show(tab, fault())
        tab.keyboard.press("Escape")
        mended(tab)
        show(tab, fault())
        expect(dialog(tab)).to_be_visible()


def test_on_the_next_page_what_was_folded_is_folded(browser: Browser, address: str) -> None:
    with opened(browser, address) as tab:
        show(tab, fault())
        tab.keyboard.press("Escape")
        tab.reload()
        tab.evaluate(START)
        show(tab, fault())
        expect(chip(tab)).to_be_visible()
        expect(dialog(tab)).to_be_hidden()


def test_where_nothing_can_be_kept_it_works_all_the_same(browser: Browser, address: str) -> None:
    with opened(browser, address) as tab:
        tab.reload()
        tab.evaluate("Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('no'); } })")
        tab.evaluate(START)
        show(tab, fault())
        tab.keyboard.press("Escape")
        show(tab, fault())
        expect(chip(tab)).to_be_visible()
        expect(dialog(tab)).to_be_hidden()


def test_a_browser_that_closes_it_unasked_has_folded_it(browser: Browser, address: str) -> None:
    with opened(browser, address) as tab:
        show(tab, fault())
        tab.evaluate("document.querySelector('.vp-faults').shadowRoot.querySelector('dialog').close()")
        expect(chip(tab)).to_be_visible()
        wait_until(tab, "document.documentElement.style.overflow === ''")
        show(tab, fault())
        expect(dialog(tab)).to_be_hidden()


def test_many_messages_in_a_row_end_as_the_last_one_says(browser: Browser, address: str) -> None:
    with opened(browser, address) as tab:
        entries = told.faults([fault()])
        bad, good = {"failed": True, "faults": entries, "all": 1}, {"failed": False, "faults": [], "all": 0}
        tab.evaluate("(all) => all.forEach((one) => vp.show(one))", [bad, good] * 20 + [bad])
        expect(dialog(tab)).to_be_visible()
        tab.evaluate("(all) => all.forEach((one) => vp.show(one))", [good, bad] * 20 + [good])
        expect(dialog(tab)).to_be_hidden()
        expect(chip(tab)).to_be_hidden()
        assert tab.evaluate("document.documentElement.style.overflow") == ""


def test_while_it_is_open_the_list_is_renewed_and_the_reader_stays_where_they_are(
    browser: Browser, address: str
) -> None:
    with opened(browser, address) as tab:
        every = [fault(f"Fault {number}.", help=f"Write:\nword {number}") for number in range(30)]
        show(tab, *every)
        dialog(tab).locator("summary").nth(20).click()
        dialog(tab).get_by_role("button", name="Copy").nth(20).focus()
        top = "document.querySelector('.vp-faults').shadowRoot.querySelectorAll('h3')[19].getBoundingClientRect().top"
        before = tab.evaluate(top.replace("19", "20"))
        show(tab, *every[1:20], fault("Fault 20.", help="Write:\nword 20", place=MOVED), *every[21:])
        expect(dialog(tab).locator("h3")).to_have_count(29)
        show(tab, *every[1:])
        expect(dialog(tab).locator("details").nth(19)).to_have_attribute("open", "")
        assert focused(tab) == "Copy"
        assert tab.evaluate(top) == pytest.approx(before, abs=1)
        show(tab, *every[1:20])
        expect(dialog(tab).locator("h3")).to_have_count(19)
        assert focused(tab) == "list"


# ---- doing something about it --------------------------------------------------------------------------------------


def test_a_place_is_opened_in_the_editor_and_it_is_said_where(browser: Browser, address: str) -> None:
    with opened(browser, address) as tab:
        related = Related(Place("seeds/one.txt", 3, 2, 1, "abc"), "here")
        show(tab, fault(related=(related,)))
        dialog(tab).get_by_role("button", name="content/case/claims.yaml:7:14: open in the editor").click()
        expect(dialog(tab).get_by_role("status").first).to_have_text("Opened content/case/claims.yaml:7 in code.")
        dialog(tab).get_by_role("button", name="seeds/one.txt:3:2").click()
        expect(dialog(tab)).to_contain_text("Opened seeds/one.txt:3 in code.")
        assert tab.evaluate("asked") == [
            ["open", "content/case/claims.yaml", 7, 14],
            ["open", "seeds/one.txt", 3, 2],
        ]


def test_what_can_be_pasted_is_copied_letter_by_letter(browser: Browser, address: str) -> None:
    with opened(browser, address, permissions=["clipboard-read", "clipboard-write"]) as tab:
        show(tab, fault(help="Write:\n  quote: >\n    “a” <b>&amp;</b> 👍\nOr quote all of it:\nall"))
        for number, text in enumerate(["  quote: >\n    “a” <b>&amp;</b> 👍", "all"]):
            dialog(tab).get_by_role("button", name="Copy").nth(number).click()
            expect(dialog(tab)).to_contain_text("Copied.")
            assert tab.evaluate("navigator.clipboard.readText()") == text


def test_without_a_clipboard_it_is_copied_in_the_old_way(browser: Browser, address: str) -> None:
    with opened(browser, address, permissions=["clipboard-read", "clipboard-write"]) as tab:
        tab.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
        show(tab, fault(help="Write:\n  one: two"))
        dialog(tab).get_by_role("button", name="Copy").click()
        expect(dialog(tab)).to_contain_text("Copied.")
        assert tab.evaluate("navigator.clipboard.readText()") == "  one: two"


def test_a_certain_cure_is_written_at_a_press(browser: Browser, address: str) -> None:
    with opened(browser, address) as tab:
        (found,) = faults(WRONG)
        show(tab, found, fault())
        expect(dialog(tab).get_by_role("button", name="Mend it")).to_have_count(1)
        dialog(tab).get_by_role("button", name="Mend it").click()
        expect(dialog(tab)).to_contain_text("Written to content/case/claims.yaml.")
        assert tab.evaluate("asked") == [
            ["fix", {"file": "content/case/claims.yaml", "line": 6, "column": 36, "code": "quotation-case"}]
        ]
        tab.evaluate("window.refusal = 'This fault is no longer there.'")
        dialog(tab).get_by_role("button", name="Mend it").click()
        expect(dialog(tab)).to_contain_text("This fault is no longer there.")
        mended(tab)
        expect(tab.get_by_text("no longer there")).to_have_count(0)


def test_a_page_can_say_something_and_that_it_is_lost(browser: Browser, address: str) -> None:
    with opened(browser, address) as tab:
        status = tab.get_by_role("status")
        tab.evaluate("vp.say('Opened <b>.')")
        expect(status.get_by_text("Opened <b>.")).to_be_visible()
        tab.evaluate("vp.lost()")
        expect(status.get_by_text(ENDED)).to_be_visible()
        show(tab, fault())
        expect(dialog(tab).get_by_text(ENDED)).to_be_visible()
        expect(dialog(tab).get_by_text("Opened <b>.")).to_be_visible()
        tab.keyboard.press("Escape")
        expect(status.get_by_text(ENDED)).to_be_visible()
        tab.evaluate("vp.found()")
        expect(tab.get_by_text(ENDED)).to_have_count(0)


# ---- for everyone --------------------------------------------------------------------------------------------------


def violations(tab: Tab) -> list[str]:
    return [f"{one['id']}: {node['html']}" for one in tab.evaluate(AXE) for node in one["nodes"]]


def test_axe_finds_no_barrier_open_or_folded_at_any_width_by_day_and_by_night(
    browser: Browser, axe_source: str, address: str
) -> None:
    found = {}
    with opened(browser, address) as tab:
        tab.evaluate(axe_source)
        (quotation,) = faults(WRONG)
        show(tab, quotation, WARNING, *[fault(f"Fault {number}.", help="Write:\none") for number in range(9)])
        tab.evaluate("vp.lost(); vp.say('Copied.')")
        dialog(tab).locator("summary").first.click()
        for state in ("open", "folded"):
            for width in (320, 768, 1440):
                tab.set_viewport_size({"width": width, "height": 700})
                for scheme in SCHEMES:
                    tab.emulate_media(color_scheme=scheme)
                    found[state, width, scheme] = violations(tab)
            tab.keyboard.press("Escape")
            expect(dialog(tab)).to_be_hidden()
    assert {place: broken for place, broken in found.items() if broken} == {}


def test_a_barrier_in_the_overlay_would_be_noticed(browser: Browser, axe_source: str, address: str) -> None:
    with opened(browser, address) as tab:
        tab.evaluate(axe_source)
        show(tab, fault())
        tab.evaluate(
            """() => {
              const sheet = document.querySelector('.vp-faults').shadowRoot.querySelector('link').sheet;
              sheet.insertRule('h3 { color: #999 }', sheet.cssRules.length);
            }"""
        )
        assert [broken for broken in violations(tab) if "color-contrast" in broken]


def test_with_keys_alone_one_gets_to_everything_and_never_behind_it(browser: Browser, address: str) -> None:
    with opened(browser, address) as tab:
        (found,) = faults(WRONG)
        show(tab, found)
        assert focused(tab) == "list"
        order = []
        for _ in range(8):
            tab.keyboard.press("Tab")
            order.append(focused(tab))
        wanted = ["content/case/claims.yaml:6:36", "seeds/one.txt:1:15", "Copy", "Mend it", "Why?"]
        assert order[:5] == wanted
        behind = set(order) - {*wanted, "body", "list", "Show the page"}
        assert behind == set()  # `body` is the browser's own bar
        tab.keyboard.press("Escape")
        chip(tab).focus()
        tab.keyboard.press("Enter")
        expect(dialog(tab)).to_be_visible()
        tab.keyboard.press("Escape")
        assert focused(tab) == "1 fault: this is the last good site"


def test_keys_scroll_a_long_list(browser: Browser, address: str) -> None:
    with opened(browser, address) as tab:
        show(tab, *[fault(f"Fault {number}.") for number in range(50)])
        expect(dialog(tab).locator("h3").last).not_to_be_in_viewport()
        tab.keyboard.press("End")
        expect(dialog(tab).locator("h3").last).to_be_in_viewport()


@pytest.mark.parametrize(("width", "height"), [(320, 640), (320, 256), (360, 740), (768, 1024), (1440, 900)])
def test_nothing_is_wider_than_the_window_and_the_way_out_is_seen(
    browser: Browser, address: str, width: int, height: int
) -> None:
    with opened(browser, address, width, height) as tab:
        long = Place("content/case/" + "long-name" * 20 + ".yaml", 7, 3, 500, "x" * 1000)
        show(tab, fault("w" * 500, place=long, code="c" * 60, help="Write:\n" + "y" * 500, fixes=()))
        expect(dialog(tab).get_by_role("button", name="Show the page")).to_be_in_viewport(ratio=1)
        sizes = tab.evaluate(
            """() => [...document.querySelector('.vp-faults').shadowRoot.querySelectorAll('dialog *')]
                .map((one) => one.getBoundingClientRect())
                .filter((box) => box.left < 0 || box.right > innerWidth).length"""
        )
        assert sizes == 0
        assert tab.evaluate("document.querySelector('.vp-faults').shadowRoot.querySelector('ol').clientHeight") > 60
        tab.keyboard.press("Escape")
        box = chip(tab).bounding_box()
        assert box
        assert box["x"] < 40
        assert box["x"] + box["width"] <= width
        assert height - 40 < box["y"] + box["height"] <= height


def test_it_is_not_printed_and_does_not_touch_the_page(browser: Browser, address: str) -> None:
    with opened(browser, address) as tab:
        styles = "getComputedStyle(document.querySelector('main h1')).cssText + getComputedStyle(document.body).cssText"
        before = tab.evaluate(styles), tab.evaluate("document.body.scrollHeight")
        show(tab, fault())
        tab.keyboard.press("Escape")
        assert (tab.evaluate(styles), tab.evaluate("document.body.scrollHeight")) == before
        expect(chip(tab)).to_be_visible()
        tab.emulate_media(media="print")
        expect(chip(tab)).to_be_hidden()


def test_its_style_is_there_before_it_is(browser: Browser, address: str) -> None:
    with opened(browser, address) as tab:
        tab.reload()
        tab.route("**/faults.css", lambda _: None)  # it never comes
        tab.evaluate(START)
        tab.evaluate("(message) => { vp.show(message); }", {"failed": True, "faults": told.faults([fault()]), "all": 1})
        assert tab.evaluate("document.querySelector('.vp-faults').getClientRects().length") == 0


# ---- hostile texts -------------------------------------------------------------------------------------------------


def test_no_text_becomes_markup_or_turns_another_round(browser: Browser, address: str) -> None:
    nasty = "<img src=x onerror=alert(1)>\x1b[31m`</code><script>alert(2)</script>`\u202egnol\u2066 &lt;"
    place = Place(nasty, 1, 1, 9, nasty, ((2, 3),))
    with opened(browser, address) as tab:
        related = Related(place, nasty)
        show(tab, fault(nasty, place=place, code=nasty, help=f"{nasty}\n{nasty}", related=(related,)))
        inside = "document.querySelector('.vp-faults').shadowRoot"
        assert tab.evaluate(f"{inside}.querySelectorAll('img, script, a').length") == 0
        text = str(tab.evaluate(f"{inside}.querySelector('dialog').textContent"))
        assert not {"\x1b", "\u202e", "\u2066"} & set(text)
        assert "<img src=x onerror=alert(1)>\\u001b[31m" in text
        assert text.count("\\u202egnol\\u2066 &lt;") == 9


def test_a_line_as_long_as_a_book_is_no_burden(browser: Browser, address: str) -> None:
    with opened(browser, address) as tab:
        place = Place("content/case/claims.yaml", 1, 50_000, 100, "x" * 100_000)
        every = [fault("m" * 100_000, place=place, help="Write:\n" + "y" * 100_000)] * 300
        assert len(json.dumps(told.faults(every))) < 2_000_000
        show(tab, *every)
        expect(dialog(tab).locator("h3")).to_have_count(200)
        tab.keyboard.press("Escape")
        expect(chip(tab)).to_have_text("300 faults: this is the last good site")


def test_a_line_that_is_written_from_right_to_left_keeps_its_words(browser: Browser, address: str) -> None:
    line = "  quote: الوزيران التقيا في جنيف"
    place = Place("content/case/claims.yaml", 1, line.index("التقيا") + 1, 6, line)
    with opened(browser, address) as tab:
        show(tab, fault(place=place))
        expect(dialog(tab).locator(".vp-line mark")).to_have_text("التقيا")
        expect(dialog(tab).locator(".vp-line code")).to_have_text(line)


# ---- in nobody's way -----------------------------------------------------------------------------------------------


def test_a_press_beside_it_folds_it_but_words_may_be_selected_to_the_edge(browser: Browser, address: str) -> None:
    with opened(browser, address) as tab:
        show(tab, fault())
        box = dialog(tab).bounding_box()
        assert box
        tab.mouse.move(box["x"] + 40, box["y"] + 40)
        tab.mouse.down()
        tab.mouse.move(box["x"] - 5, box["y"] + 60)
        tab.mouse.up()
        expect(dialog(tab)).to_be_visible()
        tab.mouse.click(box["x"] - 5, box["y"] + 60)
        expect(dialog(tab)).to_be_hidden()
        expect(chip(tab)).to_be_visible()


def test_a_dialog_that_came_by_itself_has_no_ring_around_its_list_until_a_key_leads_there(
    browser: Browser, address: str
) -> None:
    with opened(browser, address) as tab:
        tab.keyboard.press("Tab")  # somebody who works with keys
        show(tab, fault())
        assert focused(tab) == "list"
        ring = "(list) => [getComputedStyle(list).outlineStyle, list.matches(':focus-visible')]"
        items = dialog(tab).locator("ol")
        assert items.evaluate(ring) == ["none", True]
        tab.keyboard.press("Tab")
        tab.keyboard.press("Shift+Tab")
        assert focused(tab) == "list"
        assert items.evaluate(ring) == ["solid", True]


SEEN = "(chip) => getComputedStyle(chip).opacity === '1'"


def test_while_somebody_reads_on_warnings_step_aside_and_faults_do_not(browser: Browser, address: str) -> None:
    with opened(browser, address, height=400, reduced_motion="reduce") as tab:
        show(tab, WARNING, failed=False)
        assert chip(tab).evaluate(SEEN)
        tab.mouse.move(500, 100)
        tab.mouse.wheel(0, 120)
        tab.wait_for_selector(".vp-bar.vp-aside", state="attached")
        assert not chip(tab).evaluate(SEEN)
        chip(tab).focus()  # Tab still leads there
        assert chip(tab).evaluate(SEEN)
        chip(tab).evaluate("(chip) => chip.blur()")
        tab.mouse.move(60, 380)
        tab.wait_for_selector(".vp-bar:not(.vp-aside)")
        tab.mouse.move(500, 100)
        tab.mouse.wheel(0, 60)
        tab.wait_for_selector(".vp-bar.vp-aside", state="attached")
        tab.mouse.wheel(0, -60)
        tab.wait_for_selector(".vp-bar:not(.vp-aside)")
        tab.mouse.wheel(0, 60)
        tab.wait_for_selector(".vp-bar.vp-aside", state="attached")
        tab.evaluate("scrollTo(0, 1e6)")  # to the end
        tab.wait_for_selector(".vp-bar:not(.vp-aside)")
        tab.evaluate("scrollTo(0, 0)")
        show(tab, fault())
        tab.keyboard.press("Escape")
        tab.mouse.wheel(0, 120)
        tab.wait_for_selector(".vp-bar.vp-aside", state="attached")
        assert chip(tab).evaluate(SEEN)


def test_with_forced_colours_every_word_of_a_line_can_be_read(browser: Browser, address: str) -> None:
    with opened(browser, address, forced_colors="active", color_scheme="dark") as tab:
        (found,) = faults(WRONG)
        show(tab, found)
        marks = dialog(tab).locator("mark")
        expect(marks).not_to_have_count(0)
        colours = "(all) => all.map((one) => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor])"
        ground = tab.evaluate("getComputedStyle(document.body).backgroundColor")
        for ink, own in marks.evaluate_all(colours):
            assert ink != (ground if own in ("rgba(0, 0, 0, 0)", "transparent") else own)
