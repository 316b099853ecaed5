"""An edit reaches a page that is open: what the source changed is shown, and nothing else moves."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab
from previewing import wait_until
from samples import ROOT
from whole_site import Site

pytest_plugins = ["whole_site"]

CLIENT = ROOT / "builder" / "preview" / "client"
TREES = Path(__file__).parent / "preview_trees.js"
BRIEFING = "blinken-in-beijing/"
MATRIX = f"{BRIEFING}matrix.html"
CLAIM = f"{BRIEFING}claims/talks-length.html"
TIMELINE = f"{BRIEFING}timeline.html"

START = """
import { remember, patch, changed } from './patch.js';
import { trees, parse, same, shape } from './trees.js';
remember();
Object.assign(window, { remember, patch, changed, trees, parse, same, shape, ready: true });
"""
"""Stands for the preview's client: it remembers the page before any other script runs."""
TAG = '<script type="module" id="start" src="/__preview/start.js"></script>'
TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

Edit = Callable[[str], str]


class Shop:
    """Serves the files of a site, each page with the tag, and the pages that a test puts over them."""

    def __init__(self, public: Path) -> None:
        self.public = public
        self.pages: dict[str, str] = {}
        self.address = ""

    def page(self, path: str) -> str:
        """A page as it is sent."""
        text = self.pages.get(path) or (self.public / path).read_text("utf-8")
        return text.replace("<head>", f"<head>{TAG}", 1)

    def body(self, path: str) -> bytes | None:
        """What is sent for a path; nothing for what there is not."""
        if path == "__preview/start.js":
            return START.encode()
        if path == "__preview/trees.js":
            return TREES.read_bytes()
        if path.startswith("__preview/"):
            return (CLIENT / path.removeprefix("__preview/")).read_bytes()
        if path in self.pages or path.endswith(".html"):
            return self.page(path).encode()
        file = self.public / path
        return file.read_bytes() if file.is_file() else None


@pytest.fixture(scope="module")
def shop(sample_local: Site) -> Iterator[Shop]:
    """The repository's own site, at an address."""
    opened = Shop(sample_local.public)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.split("?")[0].lstrip("/")
            body = b"" if path == "favicon.ico" else opened.body(path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", TYPES.get(Path(path).suffix, "text/plain"))
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        opened.address = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield opened
        server.shutdown()
        thread.join()


class Reader:
    """A page in a browser, and the edits that reach it."""

    def __init__(self, tab: Tab, shop: Shop, path: str) -> None:
        self.tab = tab
        self.source = shop.page(path)
        self.js = tab.evaluate

    def patch(self, edit: Edit) -> str:
        """Edit the source, show it, and wait until it is painted. Raises ValueError where the edit changes nothing."""
        edited = edit(self.source)
        if edited == self.source:
            raise ValueError("the edit changed nothing")
        self.source = edited
        answer: str = self.js("html => patch(html)", edited)
        self.js("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return answer

    def replace(self, old: str, new: str) -> str:
        """Replace words that must stand in the source once."""
        if self.source.count(old) != 1:
            raise ValueError(f"{old!r} stands {self.source.count(old)} times")
        return self.patch(lambda source: source.replace(old, new))


@contextmanager
def reading(browser: Browser, shop: Shop, path: str, at: str = "", width: int = 1440, **more: Any) -> Iterator[Reader]:
    """Open a page; nothing may be thrown or said on the console meanwhile."""
    said: list[str] = []
    with browser.new_context(viewport={"width": width, "height": 900}, **more) as context:
        context.on("console", lambda message: said.append(message.text))
        context.on("weberror", lambda error: said.append(str(error.error)))
        tab = context.new_page()
        tab.goto(f"{shop.address}{path}{at}")
        wait_until(tab, "window.ready")
        yield Reader(tab, shop, path)
    assert said == []


@contextmanager
def page(browser: Browser, shop: Shop, body: str, at: str = "", head: str = "", **more: Any) -> Iterator[Reader]:
    """Open a page of a few words."""
    shop.pages["page.html"] = (
        f'<!doctype html><html lang="en"><head><title>T</title>{head}</head><body>{body}</body></html>'
    )
    with reading(browser, shop, "page.html", at, **more) as reader:
        yield reader


def shows_its_source(reader: Reader) -> bool:
    return bool(reader.js("html => same(document.documentElement, parse(html).documentElement)", reader.source))


# ---- laws ----------------------------------------------------------------------------------------------------------

BEGIN = """
const load = (html) => {
  document.documentElement.replaceWith(document.importNode(parse(html).documentElement, true));
  remember();
};
"""

THE_NEW_PAGE = (
    """([first, last]) => {"""
    + BEGIN
    + """
  for (let seed = first; seed < last; seed++) {
    const random = trees(seed);
    let source = random.page();
    load(random.write(source));
    source = parse(random.write(source));
    const start = random.write(source);
    for (let step = 0; step < 5; step++) {
      source = parse(random.write(random.below(4) ? random.edited(source) : random.page()));
      const before = document.documentElement.outerHTML;
      const alike = same(document.documentElement, source.documentElement);
      const answer = patch(random.write(source));
      if (answer !== (alike ? 'same' : 'patched') || !same(document.documentElement, source.documentElement)) {
        return [seed, step, answer, before, random.write(source), document.documentElement.outerHTML];
      }
    }
    patch(start);
    if (!same(document.documentElement, parse(start).documentElement)) return [seed, 'back', start];
  }
  return null;
}"""
)


def test_after_any_edits_the_page_is_the_new_one_and_after_patching_back_the_old_one(
    browser: Browser, shop: Shop
) -> None:
    with page(browser, shop, "") as reader:
        assert reader.js(THE_NEW_PAGE, [0, 150]) is None


def test_without_moving_in_place_it_is_the_same(browser: Browser, shop: Shop) -> None:
    with page(browser, shop, "") as reader:
        reader.js("for (const one of [Element, Document, DocumentFragment]) delete one.prototype.moveBefore")
        assert reader.js(THE_NEW_PAGE, [300, 400]) is None


ADDITIONS = (
    """([first, last]) => {"""
    + BEGIN
    + """
  const strip = (root) => {
    const bare = root.cloneNode(true);
    for (const added of bare.querySelectorAll('.script')) added.remove();
    for (const one of [bare, ...bare.querySelectorAll('*')]) {
      one.removeAttribute('data-script');
      one.classList.remove('vp-on');
      if (!one.getAttribute('class')) one.removeAttribute('class');
    }
    return bare;
  };
  const plain = (root) => {
    const bare = root.cloneNode(true);
    for (const one of [bare, ...bare.querySelectorAll('*')]) {
      if (one.hasAttribute('class') && !one.getAttribute('class')) one.removeAttribute('class');
    }
    return bare;
  };
  for (let seed = first; seed < last; seed++) {
    const random = trees(seed);
    let source = random.page();
    load(random.write(source));
    source = parse(random.write(source));
    for (let step = 0; step < 5; step++) {
      const all = [document.body, ...document.body.querySelectorAll('*:not(.script)')];
      const added = [];
      for (let count = random.below(6); count > 0; count--) {
        const chosen = random.one(all);
        const dice = random.below(3);
        if (dice === 0) chosen.setAttribute('data-script', step);
        else if (dice === 1) chosen.classList.add('vp-on');
        else {
          const made = document.createElement('i');
          made.className = 'script';
          made.textContent = 'added';
          chosen.insertBefore(made, random.one([null, ...chosen.childNodes]));
          added.push([made, chosen]);
        }
      }
      const marked = all.filter((one) => one.dataset.script || one.classList.contains('vp-on'));
      const wasMarked = marked.map((one) => [one, one.dataset.script, one.classList.contains('vp-on')]);
      source = parse(random.write(random.edited(source)));
      const answer = patch(random.write(source));
      if (answer === 'reload' || !same(strip(document.documentElement), plain(source.documentElement))) {
        return [seed, step, answer, random.write(source), document.documentElement.outerHTML];
      }
      for (const [made, parent] of added) {
        if (parent.isConnected && made.parentNode !== parent) return [seed, step, 'an addition is gone'];
      }
      for (const [one, data, on] of wasMarked) {
        const stays = one.dataset.script === data && one.classList.contains('vp-on') === on;
        if (one.isConnected && !stays) return [seed, step, 'a mark is gone'];
      }
    }
  }
  return null;
}"""
)


def test_what_scripts_added_stays_and_all_else_is_the_new_page(browser: Browser, shop: Shop) -> None:
    with page(browser, shop, "") as reader:
        assert reader.js(ADDITIONS, [0, 150]) is None


HAVOC = (
    """([first, last]) => {"""
    + BEGIN
    + """
  const wreck = (random) => {
    const all = [...document.body.querySelectorAll('*')];
    for (let count = random.below(5); count > 0 && all.length; count--) {
      const chosen = random.one(all);
      const other = random.one(all);
      const dice = random.below(7);
      if (dice === 0) chosen.remove();
      else if (dice === 1) chosen.textContent = 'script';
      else if (dice === 2) chosen.replaceWith(document.createElement('i'));
      else if (dice === 3 && chosen.parentNode) {
        const wrap = document.createElement('u');
        chosen.replaceWith(wrap);
        wrap.append(chosen);
      } else if (dice === 4 && !chosen.contains(other)) other.append(chosen);
      else if (dice === 5) [...chosen.childNodes].find((one) => one.length > 1 && one.splitText)?.splitText(1);
      else chosen.append(...[...chosen.childNodes].reverse());
    }
  };
  let reloads = 0;
  for (let seed = first; seed < last; seed++) {
    const random = trees(seed);
    let source = random.page();
    load(random.write(source));
    source = parse(random.write(source));
    for (let step = 0; step < 5; step++) {
      wreck(random);
      const old = source;
      source = parse(random.write(random.edited(source)));
      const answer = patch(random.write(source));
      if (answer === 'reload') {
        reloads++;
        load(random.write(source));
      }
      const before = old.body.textContent;
      const words = (source.body.textContent.match(/w[0-9]+/g) ?? []).filter((word) => !before.includes(word));
      const missing = words.filter((word) => !document.body.textContent.includes(word));
      if (missing.length) return [seed, step, missing, random.write(source), document.body.outerHTML];
    }
  }
  return reloads > 15 ? [reloads] : null; // one in fifty
}"""
)


def test_whatever_scripts_did_nothing_is_thrown_and_every_new_word_is_shown(browser: Browser, shop: Shop) -> None:
    with page(browser, shop, "") as reader:
        assert reader.js(HAVOC, [0, 150]) is None


IDENTITY = (
    """([first, last]) => {"""
    + BEGIN
    + """
  for (let seed = first; seed < last; seed++) {
    const random = trees(seed);
    let source = random.page();
    load(random.write(source));
    source = parse(random.write(source));
    const singles = (root) => new Map([...root.querySelectorAll('[id]')]
      .filter((one, _, all) => all.filter((other) => other.id === one.id).length === 1).map((one) => [one.id, one]));
    for (let step = 0; step < 5; step++) {
      const before = singles(document);
      source = parse(random.write(random.edited(source)));
      patch(random.write(source));
      for (const [id, one] of singles(document)) {
        const was = before.get(id);
        if (was && was.nodeName === one.nodeName && was !== one) return [seed, step, id];
      }
    }
  }
  return null;
}"""
)


def test_an_element_that_keeps_its_id_is_the_same_element_wherever_it_goes(browser: Browser, shop: Shop) -> None:
    with page(browser, shop, "") as reader:
        assert reader.js(IDENTITY, [0, 150]) is None


def test_the_laws_would_notice(browser: Browser, shop: Shop) -> None:
    with page(browser, shop, "") as reader:
        blind = "const patch = (html) => { document.title = parse(html).title; return 'patched'; };"
        for law in (THE_NEW_PAGE, ADDITIONS, HAVOC):
            assert reader.js(law.replace("=> {", f"=> {{ {blind}", 1), [0, 20]) is not None
        anew = "const patch = (html) => { load(html); };"
        assert reader.js(IDENTITY.replace(BEGIN, BEGIN + anew), [0, 20]) is not None


# ---- on real pages -------------------------------------------------------------------------------------------------

ROW = '<tr id="claim-'


def rows(source: str) -> list[str]:
    """The rows of the matrix, as written."""
    return [ROW + part.split("</tr>")[0] + "</tr>" for part in source.split(ROW)[1:]]


def row_of(claim: str, source: str) -> str:
    return next(row for row in rows(source) if row.startswith(f'{ROW}{claim}"'))


def test_after_a_real_edit_a_page_is_what_loading_it_anew_shows(
    browser: Browser, shop: Shop, sample_local: Site, tmp_path: Path
) -> None:
    edited = Site(tmp_path / "site")
    shutil.copytree(sample_local.root, edited.root)
    for file in (edited.root / "content" / BRIEFING / "claims").iterdir():
        claims = file.read_text("utf-8")
        file.write_text(claims.replace("claim: ", "claim: In short, ", 3), "utf-8")
    edited.built()
    for path in (MATRIX, CLAIM, f"{BRIEFING}sources/mothership.html"):
        holds = "JSON.stringify(shape(document.documentElement))"
        with reading(browser, shop, path) as reader:
            shop.pages[path] = (edited.public / path).read_text("utf-8")
            assert reader.patch(lambda _, path=path: shop.page(path)) == "patched"  # type: ignore[misc]
            patched = reader.js(holds)
        with reading(browser, shop, path) as reader:
            del shop.pages[path]
            assert reader.js(holds) == patched


def test_the_matrix_keeps_its_filter_its_columns_its_symbols_and_its_place(browser: Browser, shop: Shop) -> None:
    with reading(browser, shop, MATRIX) as reader:
        reader.tab.locator("label", has_text="Symbols only").click()
        reader.tab.locator("summary").click()
        reader.tab.locator("label:has(#h2)").click()
        reader.tab.locator("#disputed").click()
        reader.js("scrollTo(0, 300)")
        state = """() => [scrollY, location.hash, document.getElementById('symbols').checked,
          document.getElementById('h2').checked, document.getElementById('live').textContent,
          document.getElementById('disputed').ariaCurrent]"""
        before = reader.js(state)
        assert before[0] > 0
        claim = reader.js("[...document.querySelectorAll('.matrix tr.disputed')].at(-1).id")
        row = row_of(claim.removeprefix("claim-"), reader.source)
        cell = row.rindex("</tr>")
        assert reader.replace(row, f'{row[:cell]}<span class="aside">A note</span>{row[cell:]}') == "patched"
        assert reader.js(state) == before
        assert reader.js("claim => document.getElementById(claim).textContent.includes('A note')", claim)


def test_a_filter_counts_anew_when_a_claim_goes(browser: Browser, shop: Shop) -> None:
    with reading(browser, shop, MATRIX, "#disputed") as reader:
        counted = reader.js("document.getElementById('live').textContent")
        row = next(row for row in rows(reader.source) if 'class="disputed"' in row.split(">")[0])
        reader.replace(row, "")
        shown, total = (int(word) for word in counted.split() if word.isdigit())
        assert reader.js("document.getElementById('live').textContent") == f"{shown - 1} of {total - 1} claims shown"


def test_rows_that_stay_are_the_same_rows_when_others_come_go_and_move(browser: Browser, shop: Shop) -> None:
    with reading(browser, shop, MATRIX) as reader:
        reader.js("window.rows = new Map([...document.querySelectorAll('.matrix tr[id]')].map(row => [row.id, row]))")
        one, two, three, four = (row for index, row in enumerate(rows(reader.source)) if index in (0, 3, 20, 50))
        new = two.replace('id="claim-', 'id="claim-quite-new-')

        def edit(source: str) -> str:
            without = source.replace(one, "").replace(three, "")
            return without.replace(two, f"{new}\n{two}").replace(four, f"{four}\n{one}")  # into another topic

        assert reader.patch(edit) == "patched"
        assert reader.js("""() => [...document.querySelectorAll('.matrix tr[id]')]
          .filter(row => row !== rows.get(row.id)).map(row => row.id)""") == [new.split('"')[1]]
        shown = "[...document.querySelectorAll('.matrix tr[id]')].map(row => row.id)"
        assert reader.js(shown) == [row.split('"')[1] for row in rows(reader.source)]


def test_the_target_of_the_address_stays_the_target_when_it_moves(browser: Browser, shop: Shop) -> None:
    with reading(browser, shop, MATRIX) as reader:
        first, last = rows(reader.source)[0], rows(reader.source)[-1]
        claim = first.split('"')[1]
        reader.js("claim => location.hash = claim", claim)
        reader.patch(lambda source: source.replace(first, "").replace(last, f"{last}\n{first}"))
        assert reader.js("document.querySelector(':target').id") == claim
        assert (
            reader.js("document.querySelector('.matrix').rows[document.querySelector('.matrix').rows.length - 1].id")
            == claim
        )


def test_an_open_list_of_the_timeline_stays_open(browser: Browser, shop: Shop) -> None:
    with reading(browser, shop, TIMELINE) as reader:
        summary = reader.tab.locator(".chronicle summary").nth(1)
        summary.click()
        first = reader.source.index("<details")
        second = reader.source.index("<details", first + 1)
        link = reader.source.index("</a></li>", second)
        reader.patch(lambda source: f"{source[:link]} now{source[link:]}".replace("<h4>", "<h4>Once: ", 1))
        assert reader.js("[...document.querySelectorAll('.chronicle details')].map(one => one.open).indexOf(true)") == 1
        assert " now" in reader.js("document.querySelector('details[open] a').textContent")


def test_a_selection_on_a_claim_page_stays_while_its_own_text_changes(browser: Browser, shop: Shop) -> None:
    with reading(browser, shop, CLAIM) as reader:
        words = reader.js("""() => {
          const text = document.querySelector('h1').firstChild;
          getSelection().setBaseAndExtent(text, text.length, text, text.length - 8);
          return String(getSelection());
        }""")
        title = reader.js("document.querySelector('h1').textContent")
        reader.replace(f"<h1>{title}</h1>", f"<h1>It is said: {title}</h1>")
        assert reader.js("String(getSelection())") == words
        assert reader.js("getSelection().anchorOffset > getSelection().focusOffset"), "it runs backwards, as before"


def test_a_focused_link_keeps_the_focus_while_its_row_changes_and_moves(browser: Browser, shop: Shop) -> None:
    with reading(browser, shop, MATRIX) as reader:
        first, last = rows(reader.source)[0], rows(reader.source)[-1]
        reader.js("window.link = document.querySelector('.matrix tr[id] a'); link.focus({preventScroll: true})")
        edited = first.replace("</a>", ", it says</a>", 1)
        reader.patch(lambda source: source.replace(first, edited))
        assert reader.js("document.activeElement === link && link.textContent.endsWith(', it says')")
        reader.patch(lambda source: source.replace(edited, "").replace(last, f"{last}\n{edited}"))
        assert reader.js("document.activeElement === link")
        assert reader.js("scrollY") == 0


TOP = "selector => document.querySelector(selector).getBoundingClientRect().top"


@pytest.mark.parametrize("width", [360, 900, 1440])
def test_what_is_looked_at_stays_where_it_is_when_something_comes_above(
    browser: Browser, shop: Shop, width: int
) -> None:
    with reading(browser, shop, MATRIX, width=width) as reader:
        claim = rows(reader.source)[30].split('"')[1]
        reader.js(
            "claim => document.getElementById(claim).scrollIntoView({block: 'center', behavior: 'instant'})", claim
        )
        reader.js("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        before = reader.js(TOP, f"#{claim}")
        note = '<span class="aside">' + "Very many words. " * 60 + "</span></tr>"

        def noted(source: str) -> str:
            for row in rows(source)[:3]:
                source = source.replace(row, row.removesuffix("</tr>") + note)
            return source

        for edit in (
            noted,
            lambda source: source.replace(rows(source)[5], "").replace(rows(source)[7], ""),
            lambda source: source.replace('<p class="kicker">', "<p>Above.</p>" * 9 + '<p class="kicker">'),
        ):
            reader.patch(edit)
            assert reader.js(TOP, f"#{claim}") == pytest.approx(before, abs=1)
            before = reader.js(TOP, f"#{claim}")  # a scroll offset is a whole number of pixels of the screen


def test_what_is_looked_at_stays_where_it_is_when_the_row_at_the_top_goes(browser: Browser, shop: Shop) -> None:
    with reading(browser, shop, MATRIX) as reader:
        claim = rows(reader.source)[33].split('"')[1]
        reader.js(
            "claim => document.getElementById(claim).scrollIntoView({block: 'start', behavior: 'instant'})", claim
        )
        reader.js("scrollBy(0, 20)")
        after = rows(reader.source)[34].split('"')[1]
        before = reader.js(TOP, f"#{after}")
        reader.replace(rows(reader.source)[33], "")
        assert reader.js(TOP, f"#{after}") == pytest.approx(before, abs=1)


def test_at_the_top_of_the_page_the_reader_stays_at_the_top(browser: Browser, shop: Shop) -> None:
    with reading(browser, shop, MATRIX) as reader:
        reader.replace(
            '<p class="kicker">Source matrix</p>', "<p>Something above.</p>" * 30 + '<p class="kicker">Matrix</p>'
        )
        assert reader.js("scrollY") == 0


def test_a_button_that_a_script_wrote_on_stays_as_it_is(browser: Browser, shop: Shop) -> None:
    with reading(browser, shop, CLAIM, permissions=["clipboard-read", "clipboard-write"]) as reader:
        reader.tab.get_by_role("button", name="Copy citation").click()
        reader.tab.get_by_role("button", name="Copied").wait_for()
        reader.replace('class="cite" id="cite">', 'class="cite" id="cite">Now: ')
        assert reader.js("document.querySelector('.cite + button').textContent") == "Copied"
        assert reader.js("document.querySelector('.cite + button').hidden") is False
        reader.replace(">Copy citation<", ">Copy this<")
        assert reader.js("document.querySelector('.cite + button').textContent") == "Copy this"
        assert reader.js("document.querySelector('.cite + button').hidden") is False


# ---- point by point ------------------------------------------------------------------------------------------------


def test_the_same_page_is_the_same_and_nothing_has_changed(browser: Browser, shop: Shop) -> None:
    with reading(browser, shop, MATRIX) as reader:
        assert reader.js("html => patch(html)", reader.source) == "same"
        assert reader.js("changed()") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("matrix.js", "other.js"),
        ("</main>", "<script>1</script></main>"),
        ('name="referrer"', 'http-equiv="referrer"'),
        ("style.css", "other.css"),
        ("<!doctype html>", ""),
    ],
)
def test_what_cannot_be_patched_asks_for_a_reload_and_leaves_the_page_alone(
    browser: Browser, shop: Shop, old: str, new: str
) -> None:
    with reading(browser, shop, MATRIX) as reader:
        before = reader.js("document.documentElement.outerHTML")
        edited = reader.source.replace("Source matrix", "Other").replace(old, new, 1)
        assert reader.js("html => patch(html)", edited) == "reload"
        assert reader.js("document.documentElement.outerHTML") == before


def test_the_tag_of_the_preview_itself_is_brought_up_to_date(browser: Browser, shop: Shop) -> None:
    with reading(browser, shop, MATRIX) as reader:
        assert reader.replace('id="start"', 'id="start" data-page="newer"') == "patched"
        assert reader.js("document.getElementById('start').dataset.page") == "newer"


def test_a_style_sheet_that_a_tool_changed_stays_changed(browser: Browser, shop: Shop) -> None:
    with reading(browser, shop, MATRIX) as reader:
        reader.js("document.querySelector('link[rel=stylesheet]').href += '?v=2'")
        reader.replace("Source matrix</p>", "Other</p>")
        assert reader.js("document.querySelector('link[rel=stylesheet]').href.endsWith('?v=2')")


def test_title_language_and_classes_of_the_page_change(browser: Browser, shop: Shop) -> None:
    with page(browser, shop, "Words") as reader:
        reader.js("document.body.classList.add('vp-on'); document.documentElement.dataset.tool = 'yes'")
        reader.patch(
            lambda source: (
                source.replace('lang="en"', 'lang="de"').replace(">T<", ">N<").replace("<body>", '<body class="wide">')
            )
        )
        assert reader.tab.title() == "N"
        assert reader.js("[document.documentElement.lang, document.documentElement.dataset.tool]") == ["de", "yes"]
        assert reader.js("document.body.className") == "vp-on wide"
        reader.replace(' class="wide"', "")
        assert reader.js("document.body.className") == "vp-on"


def test_only_the_letters_that_differ_are_replaced(browser: Browser, shop: Shop) -> None:
    with page(browser, shop, "<p>The bridge was opened on Monday</p>") as reader:
        reader.js("""() => {
          window.text = document.querySelector('p').firstChild;
          window.seen = [];
          text.replaceData = (...told) => { seen.push(told); CharacterData.prototype.replaceData.apply(text, told); };
        }""")
        reader.replace("opened", "open")
        assert reader.js("seen") == [[19, 2, ""]]


@pytest.mark.parametrize(
    ("old", "new"), [("😀", "😁"), ("😁", "\U0001fa01"), ("a😀b", "a😁b"), ("😀😀", "😀"), ("\U0001f600", "\U00020600")]
)
def test_a_character_of_two_units_is_never_split(browser: Browser, shop: Shop, old: str, new: str) -> None:
    with page(browser, shop, f"<p>{old}</p>") as reader:
        reader.js("""() => {
          window.parts = [];
          const text = document.querySelector('p').firstChild;
          text.replaceData = (start, count, data) => {
            const end = start + count;
            parts.push(text.data.slice(0, start), text.data.slice(start, end), text.data.slice(end), data);
            CharacterData.prototype.replaceData.call(text, start, count, data);
          };
        }""")
        reader.replace(f"<p>{old}</p>", f"<p>{new}</p>")
        assert reader.js("parts.length && parts.every(part => part.isWellFormed())")
        assert reader.js("document.querySelector('p').textContent") == new


def test_a_selection_in_other_words_of_a_text_stays(browser: Browser, shop: Shop) -> None:
    with page(browser, shop, "<p>The bridge was opened on Monday</p>") as reader:
        reader.js("const t = document.querySelector('p').firstChild; getSelection().setBaseAndExtent(t, 4, t, 10)")
        reader.replace("opened on Monday", "closed")
        assert reader.js("String(getSelection())") == "bridge"


def test_a_selection_in_what_is_made_anew_or_moved_is_made_again(browser: Browser, shop: Shop) -> None:
    with page(browser, shop, "<div><p>One</p><p>The bridge</p><p id=x>Three words here</p></div>") as reader:
        reader.js("const t = document.querySelector('p + p').firstChild; getSelection().setBaseAndExtent(t, 4, t, 10)")
        reader.replace("<p>The bridge</p>", "<h2>The bridge</h2>")
        assert reader.js("String(getSelection())") == "bridge"
        assert reader.js("getSelection().anchorNode.parentNode.nodeName") == "H2"
        reader.js("const t = document.querySelector('#x').firstChild; getSelection().setBaseAndExtent(t, 6, t, 11)")
        reader.patch(
            lambda source: source.replace("<p id=x>Three words here</p>", "").replace(
                "<div>", "<div><p id=x>Three words here</p>"
            )
        )
        assert reader.js("String(getSelection())") == "words"


def test_words_that_are_gone_are_not_selected(browser: Browser, shop: Shop) -> None:
    with page(browser, shop, "<p>One</p><h2>Two</h2><p>Three</p>") as reader:
        reader.js("getSelection().selectAllChildren(document.querySelector('h2'))")
        reader.replace("<h2>Two</h2>", "")
        assert reader.js("String(getSelection())") == ""


def test_the_focus_goes_to_the_successor_of_an_element_that_was_made_anew(browser: Browser, shop: Shop) -> None:
    links = '<p><a href="#1">One</a> <a href="#2">Two</a> <a href="#3">Three</a></p><button id="b">Go</button>'
    with page(browser, shop, links) as reader:
        reader.js("document.querySelectorAll('a')[1].focus()")
        reader.replace('<a href="#2">Two</a>', '<b><a href="#2">Two</a></b>')
        assert reader.js("document.activeElement.hash") == "#2"
        reader.js("document.getElementById('b').focus()")
        reader.replace('<button id="b">Go</button>', '<summary id="b" tabindex="0">Go</summary>')
        assert reader.js("document.activeElement.nodeName") == "SUMMARY"


FIELDS = (
    '<input type="checkbox" class="a" checked><input type="text" value="old"><details><summary>S</summary>D</details>'
)


def test_fields_are_left_as_the_reader_left_them(browser: Browser, shop: Shop) -> None:
    with page(browser, shop, f"<div>{FIELDS}</div><p>Words</p>") as reader:
        reader.js("""() => {
          [window.box, window.field] = document.querySelectorAll('input');
          box.checked = false;
          field.value = 'typed';
          document.querySelector('details').open = true;
        }""")
        state = "[box.isConnected, box.checked, field.value, document.querySelector('details').open]"
        reader.patch(lambda source: source.replace("<p>Words</p>", "<p>Other</p>").replace('class="a"', 'class="b"'))
        reader.patch(lambda source: source.replace("<div>", "<div><em>New</em> "))
        moved = FIELDS.replace('class="a"', 'class="b"')
        reader.patch(lambda source: source.replace(moved, moved.replace("<details>", "<i>I</i><details>")))
        assert reader.js(state) == [True, False, "typed", True]
        reader.patch(lambda source: source.replace('value="old"', 'value="newer"').replace(" checked", ""))
        assert reader.js("[box.checked, field.value]") == [False, "newer"]
        reader.patch(lambda source: source.replace('class="b"', 'class="b" checked'))
        assert reader.js("box.checked") is True


def test_fields_that_move_keep_what_the_reader_did(browser: Browser, shop: Shop) -> None:
    with page(browser, shop, f"<div>{FIELDS}<p>Words</p><p>More</p></div>") as reader:
        reader.js("delete Element.prototype.moveBefore")
        reader.js("document.querySelector('input').checked = false; document.querySelector('details').open = true")
        reader.patch(lambda source: source.replace(FIELDS, "").replace("<p>More</p>", f"<p>More</p>{FIELDS}"))
        assert reader.js("[document.querySelector('input').checked, document.querySelector('details').open]") == [
            False,
            True,
        ]
        assert shows_its_source(reader) is False, "as the reader opened it"


@pytest.mark.parametrize("behaviour", ["auto", "smooth"])
def test_a_new_element_that_the_address_names_is_the_target(browser: Browser, shop: Shop, behaviour: str) -> None:
    tall = "<p>Word</p>" * 200
    style = f"<style>html {{ scroll-behavior: {behaviour} }}</style>"
    with page(browser, shop, tall, at="#new", head=style) as reader:
        reader.js("scrollTo({top: 900, behavior: 'instant'})")
        reader.replace("</body>", '<h2 id="new">New</h2></body>')
        reader.tab.wait_for_timeout(200)
        assert reader.js("document.querySelector(':target').textContent") == "New"
        assert reader.js("scrollY") == 900
        reader.replace('id="new"', 'id="newer"')
        assert reader.js("document.querySelector(':target')") is None
        assert reader.js("scrollY") == 900


def test_an_inner_region_keeps_its_place_in_both_directions(browser: Browser, shop: Shop) -> None:
    style = "<style>.r{overflow:auto;height:200px;width:300px}.r p{width:900px;margin:0;height:40px}</style>"
    region = '<div class="r">' + "".join(f"<p>{number}</p>" for number in range(50)) + "</div>"
    with page(browser, shop, f"<p>Up</p>{region}", head=style) as reader:
        reader.js("document.querySelector('.r').scrollTo(70, 800)")
        reader.js("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        reader.replace("<p>3</p>", "<p>3</p><p>new</p><p>newer</p>")
        assert reader.js("[document.querySelector('.r').scrollLeft, document.querySelector('.r').scrollTop]") == [
            70,
            880,
        ]
        grown = region.replace("<p>3</p>", "<p>3</p><p>new</p><p>newer</p>")
        reader.js("delete Element.prototype.moveBefore")
        reader.patch(lambda source: source.replace(grown, "").replace("<p>Up</p>", f"{grown}<p>Up</p><p>Down</p>"))
        assert reader.js("[document.querySelector('.r').scrollLeft, document.querySelector('.r').scrollTop]") == [
            70,
            880,
        ]


def test_ten_thousand_children_are_turned_around(browser: Browser, shop: Shop) -> None:
    items = [f"<li>Item {number}</li>" for number in range(10_000)]
    with page(browser, shop, f"<ul>{''.join(items)}</ul>") as reader:
        reader.js("window.third = document.querySelectorAll('li')[2]")
        reader.patch(lambda source: source.replace("".join(items), "".join(items[5:] + items[:5])))
        assert reader.js("third === document.querySelectorAll('li')[9997]")
        reader.patch(lambda source: source.replace("Item", "Other"))
        words = "".join(f"Other {number}" for number in [*range(5, 10_000), *range(5)])
        assert reader.js("words => document.querySelector('ul').textContent === words", words)


def test_others_are_told_what_changed(browser: Browser, shop: Shop) -> None:
    with page(browser, shop, "<p>One</p><p>Two</p><ul><li>a</li></ul>") as reader:
        reader.patch(lambda source: source.replace("Two", "2").replace("<li>a</li>", "<li>a</li><li>b</li>"))
        assert reader.js("changed().map(one => one.outerHTML)") == ["<p>2</p>", "<li>b</li>"]


def test_what_a_script_took_away_comes_back_when_the_source_changes_it(browser: Browser, shop: Shop) -> None:
    with page(browser, shop, "<div><p>One</p><p>Two</p></div>") as reader:
        reader.js("document.querySelector('p').remove()")
        reader.replace("Two", "2")
        assert reader.js("document.querySelector('div').textContent") == "2"
        reader.replace("One", "1")
        assert reader.js("document.querySelector('div').innerHTML") == "<p>1</p><p>2</p>"


def test_marks_that_a_script_put_into_a_text_go_when_the_text_changes(browser: Browser, shop: Shop) -> None:
    with page(browser, shop, "<p>The old bridge</p>") as reader:
        reader.js("""() => {
          const range = new Range();
          range.setStart(document.querySelector('p').firstChild, 4);
          range.setEnd(document.querySelector('p').firstChild, 7);
          range.surroundContents(document.createElement('mark'));
        }""")
        reader.replace("old bridge", "older bridge")
        assert reader.js("document.querySelector('p').innerHTML") == "The older bridge"


def test_hostile_names_of_attributes_are_taken_as_the_parser_takes_them(browser: Browser, shop: Shop) -> None:
    with page(browser, shop, "<p a>One</p>") as reader:
        assert reader.replace("<p a>", '<p "x<y"=1 onclick="window.hit = 1" constructor=2>') == "patched"
        assert shows_its_source(reader)
        assert reader.js("window.hit") is None
