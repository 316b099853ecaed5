"""Search in a real browser: as one types, by keyboard, from a folder and from a server, in every script."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from conftest import put
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab
from previewing import PATIENCE, running
from quality.lighthouse import served
from samples import CLAIMS, FRONT, ONE, ROOT, SOURCES, TIMELINE, TWO
from test_search_index import FOLDED
from whole_site import Site, target

from builder.freshness import Options
from builder.lookup.folding import rules, words
from builder.lookup.index import DIRECT
from builder.publish import Order, publish

pytest_plugins = ["whole_site"]
expect.set_options(timeout=PATIENCE * 1000)

HITS = "#hits li"
LINKS = "#hits li > a"
COUNT = "#search [role=status]"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with an index: some briefings alike, one in four languages, and one whose every word is hostile."""
    site = Site(tmp_path_factory.mktemp("many"))
    for case in ("languages", "hostile"):
        site.copy_of(case)
    put(site.root, {"site.yaml": "title: Many\nlimits: {excerpt_warning: 100 %, excerpt_maximum: 100 %}\n"})
    put(site.root, {"seeds/one.txt": ONE, "seeds/two.txt": TWO})
    for number in range(DIRECT):
        front = FRONT.replace("published: 2024-05-10", f"published: 2024-05-{number + 10}")
        front = front.replace("title: A briefing", f"title: Briefing {number}")
        claims = CLAIMS.replace("The ministers", f"The {'quokka' if number == 3 else 'ministers'}")
        files = {"briefing.md": front, "sources.yaml": SOURCES, "claims.yaml": claims, "timeline.yaml": TIMELINE}
        put(site.root, {f"content/b-{number}/{file}": text for file, text in files.items()})
    order = Order(site.root, site.public, site.root / ".variorum", Options(drafts=True))
    assert not publish(order).refused
    return site


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    """A tab of which nothing is said on the console."""
    with quiet(browser) as found:
        yield found


@contextmanager
def quiet(browser: Browser, **options: Any) -> Iterator[Tab]:
    said: list[str] = []
    with browser.new_context(viewport={"width": 1000, "height": 900}, **options) as context:
        tab = context.new_page()
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        yield tab
    assert said == []


def address(site: Site, query: str = "") -> str:
    return (site.public / "search.html").resolve().as_uri() + query


def texts(tab: Tab, selector: str = LINKS) -> list[str]:
    return tab.locator(selector).all_inner_texts()


# ---- typing ----------------------------------------------------------------------------------------------------------


def test_hits_come_as_one_types_claims_before_quotations(tab: Tab, sample_local: Site) -> None:
    tab.goto(address(sample_local))
    expect(tab.locator("#browse")).to_be_visible()
    tab.get_by_role("searchbox").press_sequentially("five ho")
    expect(tab.locator(COUNT)).to_have_text("Hits: 5")
    default = tab.get_by_role("searchbox").evaluate("field => field.defaultValue")
    assert default == "five ho"  # which is all that Safari keeps for the way back
    expect(tab.locator("#browse")).to_be_hidden()
    first = tab.locator(HITS).first
    assert first.locator("> a").inner_text() == "The talks between Blinken and Qin lasted five and a half hours."
    assert first.locator("mark").all_inner_texts() == ["five", "hours"]
    told = re.sub(r"\s+", " ", first.locator(".kicker").inner_text())
    assert told == "Disputed Supports D Qualifies A Contradicts C Silent B E"
    assert tab.locator(f"{HITS} q").count() == 4
    tab.get_by_role("searchbox").fill("five hours zebra")
    expect(tab.locator(COUNT)).to_have_text("Nothing found")
    expect(tab.locator("#browse")).to_be_visible()
    tab.get_by_role("searchbox").fill("")
    expect(tab.locator(COUNT)).to_be_empty()
    expect(tab.locator("#browse")).to_be_visible()


def test_words_that_are_looked_for_twice_are_shown_once(tab: Tab, sample_local: Site) -> None:
    tab.goto(address(sample_local, "#q=rogue-province+province&kind=claims"))
    expect(tab.locator(f"{HITS} mark")).to_have_text(["rogue province"])
    assert texts(tab)[0].count("province") == 1


def test_quotations_are_the_articles_words_and_lead_to_them(tab: Tab, sample_local: Site) -> None:
    articles = {path.name: path.read_text("utf-8") for path in (ROOT / "seeds").iterdir()}
    pages = sample_local.pages()
    tab.goto(address(sample_local, "#q=s&kind=quotations"))
    expect(tab.locator(COUNT)).to_have_text("Hits so far: 30")
    script = """all => all.map((a) => {
        const joints = a.querySelectorAll('q > span, q > ins');
        for (const joint of joints) joint.textContent = '\\n';
        return [a.getAttribute('href'), a.querySelector('q').textContent];
    })"""
    for href, quoted in tab.locator(LINKS).evaluate_all(script):
        path, fragment = target("search.html", href) or ("", "")
        assert fragment in pages[path].ids()
        article = articles[next(one.get("data-article") for one in pages[path].all("main"))]
        assert all(run in article for run in quoted.split("\n"))
    links = tab.locator("#hits a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert all((target("search.html", href) or ("",))[0] in pages for href in links)


def test_more_hits_come_on_demand_and_the_reader_stays_where_they_begin(tab: Tab, sample_local: Site) -> None:
    tab.goto(address(sample_local, "#q=b"))
    more = tab.get_by_role("button", name="More hits")
    expect(tab.locator(COUNT)).to_have_text("Hits so far: 30")
    more.click()
    expect(tab.locator(COUNT)).to_have_text("Hits so far: 60")
    expect(tab.locator(LINKS).nth(30)).to_be_focused()
    while more.is_visible():
        more.click()
    assert tab.locator(COUNT).inner_text() == f"Hits: {tab.locator(HITS).count()}"


@pytest.mark.parametrize(
    ("kind", "told"),
    [("Claims", "Hits: 1"), ("Quotations", "Hits: 3"), ("Sources", "Nothing found"), ("Events", "Hits: 1")],
)
def test_one_kind_alone_can_be_shown(tab: Tab, many: Site, kind: str, told: str) -> None:
    tab.goto(address(many, "?in=b-1&q=m"))
    expect(tab.locator(COUNT)).to_have_text("Hits: 4")
    tab.get_by_role("radio", name=kind).check()
    tab.get_by_role("searchbox").fill("t")
    expect(tab.locator(COUNT)).to_have_text(told)


# ---- the keyboard ----------------------------------------------------------------------------------------------------


def test_everything_can_be_done_by_keyboard(tab: Tab, sample_local: Site) -> None:
    tab.goto(address(sample_local))
    tab.keyboard.press("/")
    expect(tab.get_by_role("searchbox")).to_be_focused()
    tab.keyboard.type("taiwan/question")
    expect(tab.locator(HITS).first).to_be_visible()
    assert tab.get_by_role("searchbox").input_value() == "taiwan/question"
    tab.keyboard.press("ArrowDown")
    expect(tab.locator(LINKS).first).to_be_focused()
    tab.keyboard.press("ArrowDown")
    expect(tab.locator(LINKS).nth(1)).to_be_focused()
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("ArrowUp")
    expect(tab.get_by_role("searchbox")).to_be_focused()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("searchbox")).to_be_focused()
    href = tab.locator(LINKS).nth(0).get_attribute("href")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**/{href}")
    tab.go_back()
    expect(tab.get_by_role("searchbox")).to_have_value("taiwan/question")
    expect(tab.locator(HITS).first).to_be_visible()


def test_keys_that_compose_a_word_do_nothing_else(tab: Tab, many: Site) -> None:
    tab.goto(address(many, "#q=ministers"))
    expect(tab.locator(HITS).first).to_be_visible()
    field = tab.get_by_role("searchbox")
    field.focus()
    field.dispatch_event("keydown", {"key": "ArrowDown", "isComposing": True})
    expect(field).to_be_focused()
    field.dispatch_event("keydown", {"key": "ArrowDown"})
    expect(tab.locator(LINKS).first).to_be_focused()


def test_enter_opens_the_first_hit_of_what_was_typed_last(tab: Tab, many: Site) -> None:
    tab.goto(address(many, "#q=ministers"))
    expect(tab.locator(HITS).first).to_be_visible()
    tab.get_by_role("searchbox").fill("quokka")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/b-3/claims/met.html")


# ---- addresses -------------------------------------------------------------------------------------------------------


def test_a_search_has_an_address(browser: Browser, tab: Tab, sample_local: Site) -> None:
    tab.goto(address(sample_local, "?q=taiwan&kind=events"))
    expect(tab.get_by_role("searchbox")).to_have_value("taiwan")
    expect(tab.get_by_role("radio", name="Events")).to_be_checked()
    tab.get_by_role("radio", name="Claims").check()
    tab.get_by_role("searchbox").fill("rogue province")
    expect(tab.locator(COUNT)).to_have_text("Hits: 1")
    assert tab.url.endswith("#q=rogue+province&kind=claims")
    with quiet(browser) as another:
        another.goto(tab.url)
        expect(another.locator(COUNT)).to_have_text("Hits: 1")


def test_skip_links_and_an_empty_search_leave_the_address_and_the_words_alone(tab: Tab, sample_local: Site) -> None:
    tab.goto(address(sample_local))
    assert tab.url == address(sample_local)
    tab.get_by_role("searchbox").fill("five hours")
    expect(tab.locator(COUNT)).to_have_text("Hits: 5")
    tab.get_by_role("link", name="Skip to content").press("Enter")
    assert tab.url == address(sample_local, "#main")
    # The script hears of the new address later than this: what comes after it was heard has come, too.
    tab.evaluate("new Promise((done) => { addEventListener('hashchange', done); location.hash = 'search'; })")
    assert tab.url == address(sample_local, "#search")
    assert tab.get_by_role("searchbox").input_value() == "five hours"
    expect(tab.locator(COUNT)).to_have_text("Hits: 5")
    tab.goto(address(sample_local, "#q=seven"))
    expect(tab.get_by_role("searchbox")).to_have_value("seven")


def test_from_a_briefing_one_searches_it_and_then_the_whole_site(tab: Tab, many: Site) -> None:
    tab.goto((many.public / "b-5/claims/met.html").resolve().as_uri())
    tab.get_by_role("navigation", name="Site").get_by_role("link", name="Search").click()
    only = tab.get_by_role("checkbox", name="Only in Briefing 5")
    expect(only).to_be_checked()
    tab.get_by_role("searchbox").fill("ministers met")
    expect(tab.locator("#hits h2")).to_have_text(["Briefing 5 2 May 2024"])
    only.uncheck()
    expect(tab.locator("#hits h2").first).to_have_text("Briefing 11 2 May 2024")
    only.check()
    tab.get_by_role("searchbox").fill("quokka")
    expect(tab.locator(COUNT)).to_have_text("Nothing found")


def test_an_address_can_name_no_briefing_that_there_is_not(tab: Tab, many: Site) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    for name in ("../evil", "//evil.example/x", "__proto__", "b-99", ""):
        tab.goto(address(many, f"?in={name}&q=quokka"))
        expect(tab.locator(COUNT)).to_have_text("Hits: 1")
        expect(tab.locator("#within")).to_be_hidden()
    data = {
        one.partition("?")[0].removeprefix(address(many)[: -len("search.html")]) for one in asked if "/data/" in one
    }
    assert {path for path in data if not path.startswith("data/")} == {"b-3/data/search.js"}


# ---- from a folder, from a server, without a script ------------------------------------------------------------------


def test_only_what_may_hold_the_words_is_loaded(tab: Tab, many: Site) -> None:
    with served(many.public) as site:
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url.removeprefix(site).partition("?")[0]))
        tab.goto(f"{site}search.html")
        assert len(asked) <= 4
        tab.get_by_role("searchbox").fill("quok")
        expect(tab.locator(COUNT)).to_have_text("Hits: 1")
        data = [path for path in asked if "/data/" in f"/{path}"]
        assert [path for path in data if path.startswith("data/")] == [data[0]]
        assert [path for path in data if not path.startswith("data/")] == ["b-3/data/search.js"]


def test_newer_briefings_come_first(tab: Tab, many: Site) -> None:
    tab.goto(address(many, "#q=ministers&kind=claims"))
    expect(tab.locator(COUNT)).to_have_text(f"Hits: {DIRECT - 1}")
    titles = texts(tab, "#hits h2 a")
    assert titles == [f"Briefing {number}" for number in range(DIRECT - 1, -1, -1) if number != 3]


def test_without_a_script_the_page_leads_to_all_that_could_be_found(browser: Browser, many: Site) -> None:
    with quiet(browser, java_script_enabled=False) as tab:
        tab.goto(address(many))
        expect(tab.get_by_role("searchbox")).to_be_hidden()
        expect(tab.get_by_role("link", name="All 14 briefings")).to_be_visible()
        tab.locator("#browse").get_by_role("link", name="Matrix").first.click()
        assert tab.url.endswith("/matrix.html")


# ---- every script ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "words", "language", "direction"),
    [
        ("五个半小时", ["五个半小时"], "zh", "ltr"),
        ("谈持", ["谈持"], "zh", "ltr"),
        ("واستمرت", ["واستمرّت"], "ar", "rtl"),
        ("detailles", ["détaillés"], "fr", "ltr"),
        ("FÜNFEINHALB stunden", ["fünfeinhalb", "Stunden"], "en", "ltr"),  # it names no language: that of the site
    ],
)
def test_words_are_found_in_every_script(
    tab: Tab, many: Site, query: str, words: list[str], language: str, direction: str
) -> None:
    tab.goto(address(many))
    tab.get_by_role("searchbox").fill(query)
    tab.get_by_role("radio", name="Quotations").check()
    expect(tab.locator(f"{HITS} q").first).to_be_visible()
    quote = tab.locator(f"{HITS} q").first
    assert [unicodedata.normalize("NFC", one) for one in quote.locator("mark").all_inner_texts()] == words
    assert (quote.get_attribute("lang") or "").split("-")[0] == language
    assert quote.get_attribute("dir") == direction


def split(tab: Tab, pieces: list[str]) -> list[list[str]]:
    """The words of texts, as the script of the page folds them."""
    tab.goto("about:blank")
    tab.evaluate("rules => { document.body.innerHTML = '<div id=search>'; search.dataset.rules = rules; }", rules())
    tab.evaluate("() => { window.found = (lookup) => { window.split = lookup.split; }; }")
    tab.add_script_tag(path=str(ROOT / "templates/static/js/lookup.js"))
    script = "all => JSON.stringify(JSON.parse(all).map((one) => split(one).map(([word]) => word)))"
    found: list[list[str]] = json.loads(tab.evaluate(script, json.dumps(pieces)))
    return found


def test_the_script_folds_words_as_the_builder_does(tab: Tab) -> None:
    assert split(tab, [text for text, _ in FOLDED]) == [words(text) for text, _ in FOLDED]


def test_the_script_folds_every_character_as_the_builder_does(tab: Tab) -> None:
    some = [chr(code) for code in range(0x20000) if code < 0x3000 or code % 7 == 0]  # what follows is mostly alike
    signs = [sign for sign in some if unicodedata.category(sign) not in ("Cn", "Cs", "Co")]
    known = tab.evaluate("all => all.replace(/\\p{Cn}/gu, '')", "".join(signs))  # a browser may be older
    pieces = [f"x{sign}x" for sign in known]
    different = {piece for piece, found in zip(pieces, split(tab, pieces), strict=True) if found != words(piece)}
    assert different == set()
    assert len(pieces) > 15_000


# ---- hostile, for everyone, in preview -------------------------------------------------------------------------------


def test_hostile_words_are_found_and_do_nothing(tab: Tab, many: Site) -> None:
    tab.on("dialog", lambda dialog: pytest.fail(dialog.message))
    tab.goto(address(many, "?in=attack"))
    for query in ("script", "__proto__", "donaudampf", "</script>", "onclick", "\\", "reversed isolated"):
        tab.get_by_role("searchbox").fill(query)
        told = "Hits: [1-9]" if query[0].isalpha() or "script" in query else "Nothing found"
        expect(tab.locator(COUNT)).to_have_text(re.compile(told))
        assert tab.locator("#hits :is(script, b:not(.sig), img, h3)").count() == 0
        assert tab.evaluate(OVERFLOW) <= 0


OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = f"async () => (await axe.run({{runOnly: {RULES}, resultTypes: ['violations']}})).violations"


@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_no_barrier_among_hits(browser: Browser, axe_source: str, many: Site, width: int) -> None:
    found = {}
    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        tab = context.new_page()
        tab.goto(address(many, "?in=summit#q=s&in=summit"))
        tab.evaluate(axe_source)
        expect(tab.locator(HITS).first).to_be_visible()
        for scheme in ("light", "dark"):
            tab.emulate_media(color_scheme=scheme)
            nodes = [(one["id"], node["html"]) for one in tab.evaluate(AXE) for node in one["nodes"]]
            found[scheme] = [*nodes, tab.evaluate(OVERFLOW)]
    assert found == {"light": [0], "dark": [0]}


def test_in_preview_a_new_claim_is_found_after_the_save(tab: Tab, small_site: Path) -> None:
    with running(small_site) as preview:
        tab.goto(f"{preview.url}search.html#q=quokka")
        expect(tab.locator("html")).to_have_attribute("data-vp", "ready")
        expect(tab.locator(COUNT)).to_have_text("Nothing found")
        tab.evaluate("window.unreloaded = true")
        preview.edit("content/case/claims.yaml", "claim: The ministers", "claim: The quokka")
        expect(tab.locator(f"{LINKS} mark")).to_have_text("quokka")
        assert tab.evaluate("window.unreloaded") is True
