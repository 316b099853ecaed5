"""The whole article in a browser: read, searched for what is left, and made evidence of."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

import pytest
from conftest import put
from playwright.sync_api import Browser, Locator, expect
from playwright.sync_api import Page as Tab
from previewing import wait_until
from quality.barriers import AXE
from samples import SMALL
from whole_site import REPOSITORY, Site

from builder.preview.curator import REFUSALS, Curator

pytest_plugins = ["whole_site"]

CLIENT = REPOSITORY / "builder/preview/client"
TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
START = """
import { start } from './article.js';
const ask = async (name, options) => {
  const answer = await (await fetch(`/__preview/${name}`, options)).json();
  if (answer.error) throw new Error(answer.error);
  return answer;
};
window.said = [];
window.opened = [];
window.whole = start({
  base: '/',
  page: location.pathname.slice(1),
  get: (name, params) => ask(`${name}?${new URLSearchParams(params)}`),
  post: (name, body) => ask(name, { method: 'POST', body: JSON.stringify(body) }),
  open: async (file, line, column) => window.opened.push(`${file}:${line}:${column}`) && 'Opened.',
  say: (sentence) => window.said.push(sentence),
});
"""
HEAD = '<link rel="stylesheet" href="/__preview/article.css"><script type="module" src="/__preview/client.js"></script>'


class Served(ThreadingHTTPServer):
    """A built site with the whole article, and the true answers for it."""

    def __init__(self, site: Site) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.public = site.public
        self.curator = Curator(site.root, None)
        self.asked: list[str] = []
        self.alone = threading.Lock()

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_address[1]}/"


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Served

    def do_GET(self) -> None:
        path, _, query = self.path.removeprefix("/").partition("?")
        if path.startswith("__preview/"):
            name = path.removeprefix("__preview/")
            if name == "client.js":
                self.give(START.encode(), TYPES[".js"])
            elif "." in name:
                self.give((CLIENT / name).read_bytes(), TYPES[Path(name).suffix])
            else:
                self.answer(self.server.curator.reads[name], dict(parse_qsl(query)))
            return
        file = self.server.public / path
        data = file.read_bytes() if file.is_file() else b""
        self.give(data.replace(b"<head>", f"<head>{HEAD}".encode(), 1), TYPES.get(file.suffix, "text/plain"))

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.answer(self.server.curator.does[urlsplit(self.path).path.rpartition("/")[2]], body)

    def answer(self, ask: Any, given: dict[str, Any]) -> None:
        with self.server.alone:
            self.server.asked.append(self.path)
            try:
                found = ask(given)
            except REFUSALS as error:
                found = {"error": str(error)}
        self.give(json.dumps(found).encode(), "application/json")

    def give(self, data: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(site: Site) -> Iterator[Served]:
    server = Served(site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def shown(browser: Browser, server: Served, path: str, width: int = 1440, **options: Any) -> Iterator[Tab]:
    """A page with its article unfolded; a fault of the script fails the test."""
    with browser.new_context(viewport={"width": width, "height": 900}, **options) as context:
        tab = context.new_page()
        faults: list[str] = []
        tab.on("pageerror", lambda error: faults.append(str(error)))
        tab.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        tab.goto(server.address + path)
        expect(tab.locator(".vp-a-par").first).to_be_attached()
        if not tab.locator(".vp-a-fold").get_attribute("open"):
            tab.locator(".vp-a-fold > summary").click()
        yield tab
        assert faults == []


SOURCE = "blinken-in-beijing/sources/mothership.html"
SELECT = """([from, to]) => {
  const every = [...document.querySelectorAll('.vp-a-words')].map((one) => one.firstChild);
  const point = (text, after) => {
    for (const node of every) {
      const at = node.data.indexOf(text);
      if (at >= 0) return [node, at + (after ? text.length : 0)];
    }
    throw new Error(text);
  };
  getSelection().setBaseAndExtent(...point(from, false), ...point(to, true));
}"""
"""Selects from the first place of a text to the end of another; each stands within one element."""


@pytest.fixture
def small(tmp_path: Path) -> Site:
    """The small site, built, with a longer article."""
    one = "\n\n".join([
        "Geneva, 2 May. 😀 The ministers met on Thursday in Geneva.",
        "The talks lasted two hours. 𝔸 spokesman called them “frank” 😀😀 and no more.",
        "הם נפגשו שוב ביום שישי.",
        "It was a short one.",
    ])  # fmt: skip
    files = {**SMALL, "seeds/one.txt": one}
    sources = str(SMALL["content/case/sources.yaml"])
    files["content/case/sources.yaml"] = sources.replace("[The ministers met, a short one.]", "[Geneva, a short one.]")
    put(tmp_path / "site", files)
    return Site(tmp_path / "site").built()


ONE = "case/sources/one.html"


def select(tab: Tab, first: str, last: str = "") -> Locator:
    """Select words, and get the button that makes evidence of them."""
    tab.evaluate(SELECT, [first, last or first])
    button = tab.locator(".vp-a-make")
    expect(button).to_be_visible()
    return button


def choose(tab: Tab, claim: str, stance: str) -> None:
    tab.locator(f'input[name="vp-a-claim"][value="{claim}"]').check()
    tab.get_by_label(stance, exact=True).check()


# ---- reading -------------------------------------------------------------------------------------------------------


def test_the_article_is_shown_letter_by_letter(browser: Browser, sample_local: Site) -> None:
    article = (sample_local.root / "seeds/002_9e2e7126ba8638bf.txt").read_text("utf-8")
    with served(sample_local) as server, shown(browser, server, SOURCE) as tab:
        texts = tab.locator(".vp-a-par > p").evaluate_all("all => all.map((one) => one.textContent)")
        assert "".join("".join(texts).split()) == "".join(article.split())
        assert tab.locator(".vp-article .lede").inner_text() == (
            "Claims and events rest on 22 of 28 sentences (19 in part), 58 % of the words. "
            "What you see here is never published."
        )


def test_no_file_of_the_site_has_the_whole_article(sample_local: Site) -> None:
    assert all(b"vp-a" not in data for data in sample_local.files().values())


def test_it_stays_as_it_was_left(browser: Browser, sample_local: Site) -> None:
    with served(sample_local) as server, browser.new_context() as context:
        tab = context.new_page()
        tab.goto(server.address + SOURCE)
        fold = tab.locator(".vp-a-fold")
        expect(fold).not_to_have_attribute("open", "")
        tab.locator(".vp-a-fold > summary").click()
        tab.get_by_label("Not covered yet").check()
        tab.reload()
        expect(fold).to_have_attribute("open", "")
        expect(tab.get_by_label("Not covered yet")).to_be_checked()


def test_other_pages_have_none(browser: Browser, sample_local: Site) -> None:
    with served(sample_local) as server, browser.new_context() as context:
        tab = context.new_page()
        tab.goto(server.address + "blinken-in-beijing/matrix.html")
        wait_until(tab, "window.whole")
        tab.evaluate("window.whole.refresh()")
        assert tab.locator(".vp-article").count() == 0
        assert server.asked == []


def test_words_in_use_say_by_what(browser: Browser, sample_local: Site) -> None:
    with served(sample_local) as server, shown(browser, server, SOURCE) as tab:
        mark = tab.locator("mark.vp-a-used", has_text="was").first
        assert "supports" in (mark.get_attribute("class") or "")
        mark.click()
        uses = tab.locator(".vp-a-uses > li")
        expect(uses.first).to_contain_text("The trip first planned for February was cancelled.")
        assert (
            uses.first.get_by_role("link").get_attribute("href")
            == "/blinken-in-beijing/claims/february-trip-cancelled.html"
        )
        uses.first.get_by_role("button").click()
        wait_until(tab, "window.said.length")
        assert tab.evaluate("window.opened[0]").startswith("content/blinken-in-beijing/claims/")
        tab.keyboard.press("Escape")
        expect(tab.locator(".vp-a-box")).to_be_hidden()


def test_the_pointer_shows_it_and_may_go_there(browser: Browser, sample_local: Site) -> None:
    with served(sample_local) as server, shown(browser, server, SOURCE) as tab:
        tab.locator(".vp-a-used").nth(4).hover()
        box = tab.locator(".vp-a-box")
        expect(box).to_be_visible()
        box.hover()
        tab.wait_for_timeout(500)
        expect(box).to_be_visible()
        tab.locator("h1").hover()
        expect(box).to_be_hidden()


def test_excerpt_and_paragraph_lead_to_each_other(browser: Browser, sample_local: Site) -> None:
    with served(sample_local) as server, browser.new_context() as context:
        tab = context.new_page()
        tab.goto(server.address + SOURCE)
        whole = tab.locator("#p6 .vp-a-whole")
        whole.click()
        expect(tab.locator("#vp-p6")).to_be_in_viewport()
        assert tab.locator("#vp-p6 .place").get_attribute("href") == "#p6"
        assert tab.locator("#vp-p1 .place").count() == 0
        tab.goto(f"{server.address}404.html")
        tab.goto(f"{server.address}{SOURCE}#vp-p20")
        expect(tab.locator("#vp-p20")).to_be_in_viewport()


# ---- what is left --------------------------------------------------------------------------------------------------


def test_sentences_that_are_not_covered_are_walked_through(browser: Browser, sample_local: Site) -> None:
    with served(sample_local) as server, shown(browser, server, SOURCE) as tab:
        status = tab.locator(".vp-a-status")
        expect(status).to_have_text("6 of 28 sentences; of 19 more a part is left")
        tab.get_by_role("button", name="Next").click()
        expect(tab.get_by_label("Not covered yet")).to_be_checked()
        expect(status).to_have_text("1 of 6, 32 words")
        assert tab.evaluate("String(getSelection())").startswith("U.S. Secretary of State")
        expect(tab.locator(".vp-a-make")).to_have_text("Evidence from these 32 words…")
        tab.get_by_role("button", name="Next").click()
        expect(status).to_have_text("2 of 6, 6 words")
        tab.get_by_role("button", name="Previous").click()
        tab.get_by_role("button", name="Previous").click()
        expect(status).to_contain_text("6 of 6")


# ---- selecting -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("The ministers", "", "The ministers"),
        ("ministers", " on Thursday", "ministers met on Thursday"),
        ("frank”", "and no", "frank” 😀😀 and no"),
        ("𝔸 spokesman", "", "𝔸 spokesman"),
        ("נפגשו", "", "נפגשו"),
        ("two hours", "נפגשו שוב", "two hours. 𝔸 spokesman called them “frank” 😀😀 and no more.\n\nהם נפגשו שוב"),
        ("Geneva, 2", "short one.", ""),
    ],
)
def test_a_selection_is_told_in_code_points(browser: Browser, small: Site, first: str, last: str, said: str) -> None:
    with served(small) as server, shown(browser, server, ONE) as tab:
        with tab.expect_request("**/__preview/claims*") as asked:
            select(tab, first, last).click()
        given = dict(parse_qsl(urlsplit(asked.value.url).query))
        text = (small.root / "seeds/one.txt").read_text("utf-8")
        start = text.index(first)
        assert text[int(given["start"]) : int(given["end"])] == (said or text)
        assert int(given["start"]) == start


def test_a_selection_from_outside_is_clipped(browser: Browser, small: Site) -> None:
    with served(small) as server, shown(browser, server, ONE) as tab:
        tab.evaluate("getSelection().selectAllChildren(document.body)")
        with tab.expect_request("**/__preview/claims*") as asked:
            tab.locator(".vp-a-make").click()
        given = dict(parse_qsl(urlsplit(asked.value.url).query))
        assert (given["start"], int(given["end"])) == ("0", len((small.root / "seeds/one.txt").read_text("utf-8")))


def test_half_of_a_character_is_taken_as_the_whole(browser: Browser, small: Site) -> None:
    with served(small) as server, shown(browser, server, ONE) as tab:
        tab.evaluate(
            """() => {
              const node = [...document.querySelectorAll('.vp-a-words')].map((one) => one.firstChild)
                .find((text) => text.data.includes('𝔸'));
              const at = node.data.indexOf('𝔸') + 1;
              getSelection().setBaseAndExtent(node, at, node, at + 5);
            }"""
        )
        with tab.expect_request("**/__preview/claims*") as asked:
            tab.locator(".vp-a-make").click()
        given = dict(parse_qsl(urlsplit(asked.value.url).query))
        text = (small.root / "seeds/one.txt").read_text("utf-8")
        assert text[int(given["start"]) : int(given["end"])] == "𝔸 spo"


def test_words_are_selected_by_keyboard_alone(browser: Browser, small: Site) -> None:
    with served(small) as server, shown(browser, server, ONE) as tab:
        tab.get_by_label("Not covered yet").focus()
        for _ in range(3):
            tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.className") == "vp-a-text"
        tab.keyboard.press("ArrowDown")
        tab.keyboard.press("ArrowDown")
        assert tab.evaluate("String(getSelection())") == "The"
        for _ in range(4):
            tab.keyboard.press("Shift+ArrowRight")
        tab.keyboard.press("Shift+ArrowLeft")
        assert tab.evaluate("String(getSelection())") == "The talks lasted two"
        expect(tab.locator(".vp-a-make")).to_be_visible()
        tab.keyboard.press("Enter")
        expect(tab.locator(".vp-a-make")).to_be_focused()
        tab.keyboard.press("Enter")
        expect(tab.locator("#vp-a-filter")).to_be_focused()
        expect(tab.locator(".vp-a-claim")).to_have_count(2)
        tab.keyboard.type("ministers")
        tab.keyboard.press("Enter")
        expect(tab.locator('input[value="met"]')).to_be_checked()
        expect(tab.get_by_label("Supports", exact=True)).to_be_checked()
        expect(tab.get_by_role("button", name="Write")).to_be_enabled()
        tab.keyboard.press("Escape")
        expect(tab.locator(".vp-a-form")).to_be_hidden()
        expect(tab.locator(".vp-a-text")).to_be_focused()


# ---- writing -------------------------------------------------------------------------------------------------------


def test_words_become_evidence_in_the_file(browser: Browser, small: Site) -> None:
    with served(small) as server, shown(browser, server, ONE) as tab:
        select(tab, "lasted two").click()
        expect(tab.locator(".vp-a-note")).to_have_text("Choose a claim and a stance.")
        expect(tab.get_by_role("button", name="Write")).to_be_disabled()
        tab.locator('input[value="met"]').check()
        expect(tab.locator(".vp-a-yaml")).to_have_text(
            "    one: {stance: supports, quote: [met on Thursday in Geneva, lasted two]}\n"
        )
        scrolled = tab.evaluate("scrollY")
        tab.get_by_role("button", name="Write").click()
        expect(tab.locator(".vp-a-note")).to_have_text("Written to content/case/claims.yaml, line 6.")
        assert "quote: [met on Thursday in Geneva, lasted two]" in (small.root / "content/case/claims.yaml").read_text()
        tab.evaluate("window.whole.refresh()")
        expect(tab.locator("mark.vp-a-used", has_text="lasted two")).to_be_visible()
        expect(tab.locator(".vp-a-form")).to_be_visible()
        expect(tab.locator('input[value="met"]')).to_be_checked()
        expect(tab.locator(".vp-a-note")).to_have_text("Written to content/case/claims.yaml, line 6.")
        expect(tab.get_by_role("button", name="Write")).to_be_disabled()
        assert tab.evaluate("scrollY") == scrolled


def test_a_stance_that_differs_says_in_what(browser: Browser, small: Site) -> None:
    claims = small.root / "content/case/claims.yaml"
    claims.write_text(claims.read_text() + "long:\n  claim: They lasted long.\n  topic: talks\n")
    with served(small) as server, shown(browser, server, ONE) as tab:
        select(tab, "lasted two").click()
        choose(tab, "long", "Qualifies")
        expect(tab.locator(".vp-a-note")).to_have_text("Choose in what it differs.")
        tab.get_by_label("Differs in").select_option("precision")
        expect(tab.locator(".vp-a-yaml")).to_contain_text("differs_in: precision")
        tab.get_by_role("button", name="Write").click()
        expect(tab.locator(".vp-a-note")).to_contain_text("Written to")
        assert claims.read_text().endswith(
            "  evidence:\n    one:\n      stance: qualifies\n      differs_in: precision\n      quote: lasted two\n"
        )


def test_what_cannot_be_quoted_or_written_is_told(browser: Browser, small: Site) -> None:
    with served(small) as server, shown(browser, server, ONE) as tab:
        select(tab, "two hours", "נפגשו").click()
        tab.locator('input[value="met"]').check()
        note = tab.locator(".vp-a-note")
        expect(note).to_have_text("A quotation stands in one paragraph; these words reach over its end.")
        expect(tab.get_by_role("button", name="Copy")).to_be_disabled()
        tab.get_by_role("button", name="Close").click()
        select(tab, "lasted two").click()
        choose(tab, "met", "Contradicts")
        expect(note).to_contain_text("supports this claim already, and evidence has one stance")
        expect(tab.get_by_role("button", name="Copy")).to_be_enabled()
        expect(tab.get_by_role("button", name="Write")).to_be_disabled()
        choose(tab, "met", "Supports")
        expect(tab.get_by_role("button", name="Write")).to_be_enabled()
        (small.root / "seeds/one.txt").write_text("Geneva: something else. It was a short one.")
        tab.get_by_role("button", name="Write").click()
        expect(note).to_have_text("The article has changed meanwhile: select the words again.")


def test_after_a_change_of_the_article_the_words_are_selected_anew(browser: Browser, small: Site) -> None:
    with served(small) as server, shown(browser, server, ONE) as tab:
        select(tab, "lasted two").click()
        tab.locator('input[value="met"]').check()
        expect(tab.get_by_role("button", name="Write")).to_be_enabled()
        seed = small.root / "seeds/one.txt"
        seed.write_text("Geneva. " + seed.read_text("utf-8"), "utf-8")
        tab.evaluate("window.whole.refresh()")
        expect(tab.locator(".vp-a-note")).to_have_text("The article has changed: select the words again.")
        expect(tab.get_by_role("button", name="Write")).to_be_disabled()
        expect(tab.locator("#vp-p1")).to_contain_text("Geneva. Geneva, 2 May.")


def test_the_focus_stays_in_the_list_when_the_site_is_built_anew(browser: Browser, small: Site) -> None:
    with served(small) as server, shown(browser, server, ONE) as tab:
        select(tab, "lasted two").click()
        tab.locator('input[value="met"]').check()
        tab.locator('input[value="met"]').focus()
        claims = small.root / "content/case/claims.yaml"
        claims.write_text(claims.read_text() + "long:\n  claim: They lasted long.\n  topic: talks\n")
        tab.evaluate("window.whole.refresh()")
        expect(tab.locator('input[value="long"]')).to_be_attached()
        expect(tab.locator('input[value="met"]')).to_be_focused()
        expect(tab.locator('input[value="met"]')).to_be_checked()
        expect(tab.get_by_role("button", name="Write")).to_be_enabled()


def test_a_new_claim_is_only_to_be_copied(browser: Browser, small: Site) -> None:
    with served(small) as server:
        options: dict[str, Any] = {"permissions": ["clipboard-read", "clipboard-write"]}
        with shown(browser, server, ONE, **options) as tab:
            select(tab, "talks lasted two").click()
            choose(tab, "", "Supports")
            expect(tab.locator(".vp-a-yaml")).to_contain_text("claim:  # one neutral sentence")
            expect(tab.get_by_role("button", name="Write")).to_be_disabled()
            tab.get_by_role("button", name="Copy").click()
            expect(tab.get_by_role("button", name="Copied")).to_be_visible()
            assert tab.evaluate("navigator.clipboard.readText()") == tab.locator(".vp-a-yaml").text_content()


def test_claims_are_filtered_while_one_types(browser: Browser, sample_local: Site) -> None:
    with served(sample_local) as server, shown(browser, server, SOURCE) as tab:
        select(tab, "approximately seven").click()
        shown_claims = tab.locator(".vp-a-claim:visible")
        expect(tab.locator(".vp-a-claim").first).to_contain_text("five and a half hours")
        expect(tab.locator(".vp-a-claim").first).to_contain_text("contradicts it already")
        tab.keyboard.type("Báll spy")
        expect(tab.locator(".vp-a-shown")).to_contain_text("of 69 claims")
        assert shown_claims.count() < 6


# ---- for everyone, and safely --------------------------------------------------------------------------------------


def test_a_hostile_article_stays_text(browser: Browser, tmp_path: Path) -> None:
    bad = "<img src=x onerror=alert(1)> </script> \u202eevil {{ 1 }}"
    one = f"The ministers met on Thursday in Geneva. {bad} It was a short one."
    claims = str(SMALL["content/case/claims.yaml"]).replace("The ministers met on Thursday.", "<b>Met</b> on Thursday.")
    put(tmp_path / "site", {**SMALL, "seeds/one.txt": one, "content/case/claims.yaml": claims})
    with served(Site(tmp_path / "site").built()) as server, shown(browser, server, ONE) as tab:
        expect(tab.locator(".vp-a-text")).to_contain_text("<img src=x onerror=alert(1)> </script>")
        tab.locator(".vp-a-used").first.click()
        expect(tab.locator(".vp-a-uses")).to_contain_text("<b>Met</b> on Thursday.")
        select(tab, "onerror=alert").click()
        expect(tab.locator(".vp-a-claim").first).to_contain_text("<b>Met</b>")
        assert tab.locator(".vp-article :is(img, script)").count() == 0


def test_an_article_that_cannot_be_read_is_told(browser: Browser, small: Site) -> None:
    (small.root / "seeds/one.txt").unlink()
    with served(small) as server, browser.new_context() as context:
        tab = context.new_page()
        tab.goto(server.address + ONE)
        expect(tab.locator(".vp-article .lede")).to_have_text("The article seeds/one.txt cannot be read.")


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1440, "dark")])
def test_axe_finds_no_barrier(
    browser: Browser, axe_source: str, sample_local: Site, width: int, scheme: Literal["light", "dark"]
) -> None:
    # The rest of the page has tests of its own; excerpts got a link.
    axe = AXE.replace("axe.run(", "axe.run({include: ['.vp-article', '.excerpt']}, ")
    found = {}
    with served(sample_local) as server, shown(browser, server, SOURCE, width, color_scheme=scheme) as tab:
        tab.evaluate(axe_source)
        for state in ("left", "form"):
            if state == "left":
                tab.get_by_role("button", name="Next").click()
                expect(tab.locator(".vp-a-make")).to_be_visible()
            else:
                tab.get_by_label("Not covered yet").uncheck()
                select(tab, "approximately seven").click()
                choose(tab, "talks-length", "Contradicts")
                expect(tab.locator(".vp-a-yaml")).not_to_be_empty()
            tab.evaluate("scrollTo(0, 0)")  # what sticks to the window's edge covers nothing then
            found[state] = [f"{one['id']}: {node['html']}" for one in tab.evaluate(axe) for node in one["nodes"]]
    assert found == {"left": [], "form": []}


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_nothing_reaches_over_the_window(browser: Browser, sample_local: Site, width: int) -> None:
    with served(sample_local) as server, shown(browser, server, SOURCE, width) as tab:
        select(tab, "approximately seven").click()
        choose(tab, "talks-length", "Contradicts")
        expect(tab.locator(".vp-a-yaml")).not_to_be_empty()
        assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_it_is_not_printed(browser: Browser, sample_local: Site) -> None:
    with served(sample_local) as server, shown(browser, server, SOURCE) as tab:
        tab.emulate_media(media="print")
        expect(tab.locator(".vp-article")).to_be_hidden()
        expect(tab.locator(".vp-a-whole").first).to_be_hidden()
