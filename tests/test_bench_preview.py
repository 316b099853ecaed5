"""The tools that measure the preview: an open page tells when it shows something, and edits are what they say."""

import json
import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from bench import live
from bench.bench import Corpus
from bench.corpus import write_corpus
from bench.live import Live, Quoted, Save, Scene, quotable, shortened, wording
from bench.peers import Site
from bench.preview import EDITS, TURNS, Seen, compared, ninth_tenth, phases_of
from playwright.sync_api import Browser, Error, Page
from samples import ROOT

ADDRESS = "http://site.example/"
BRIEFING = "dudark-in-debax-00001"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab with seen.js, on a page that counts how often it was loaded."""
    context = browser.new_context()
    loads: list[str] = []

    def answer(route: Any) -> None:
        loads.append(route.request.url)
        body = f"<!doctype html><h1>Load {len(loads)}</h1><p>Before <span>beside</span> after</p>"
        route.fulfill(content_type="text/html", body=body)

    context.route("**/*", answer)
    context.add_init_script(path=ROOT / "tests" / "bench" / "seen.js")
    tab = context.new_page()
    tab.goto(ADDRESS)
    yield tab
    context.close()


def told(page: Page, change: Callable[[], object]) -> dict[str, Any]:
    """What the page tells after a change."""
    with page.expect_console_message(lambda message: message.text.startswith("bench-seen ")) as message:
        change()
    seen: dict[str, Any] = json.loads(message.value.text.removeprefix("bench-seen "))
    return seen


def is_silent(page: Page) -> bool:
    """Whether the page still waits after some frames."""
    page.evaluate("() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(go))))")
    return page.evaluate("sessionStorage.getItem('bench-awaited')") is not None


def test_words_are_seen_after_they_are_there(page: Page) -> None:
    page.evaluate("benchAwait({ selector: 'h1', text: 'New' })")
    assert is_silent(page)
    now = "performance.timeOrigin + performance.now()"
    change = f"() => {{ document.querySelector('h1').textContent = ' New\\n'; window.changed = {now}; }}"
    seen = told(page, lambda: page.evaluate(change))
    assert page.evaluate("window.changed") < seen["seen"]
    assert not seen["reloaded"]
    assert not is_silent(page)


def test_a_reload_is_waited_for(page: Page) -> None:
    page.evaluate("benchAwait({ selector: 'h1', text: 'Load 2' })")
    before = page.evaluate("performance.timeOrigin + performance.now()")
    seen = told(page, page.reload)
    assert seen["reloaded"]
    assert seen["heard"] is None
    assert before < seen["fetched"] <= seen["seen"]


@pytest.mark.parametrize("name", ["context", "vp-place"])
def test_only_the_words_themselves_count(page: Page, name: str) -> None:
    page.evaluate("name => document.querySelector('span').className = name", name)
    page.evaluate("benchAwait({ selector: 'p', text: 'Before  later' })")
    assert is_silent(page)
    change = "document.querySelector('p').lastChild.data = ' later'"
    assert not told(page, lambda: page.evaluate(change))["reloaded"]


def test_a_style_is_seen_when_it_is_computed(page: Page) -> None:
    page.evaluate("benchAwait({ selector: 'h1', property: 'textIndent', value: '3px' })")
    told(page, lambda: page.add_style_tag(content="h1 { text-indent: 3px; }"))


@pytest.mark.parametrize("mode", ["open", "closed"])
def test_a_fault_is_seen_in_a_shadow_root_once_it_is_visible(page: Page, mode: str) -> None:
    page.evaluate(
        "(mode) => { const root = document.body.appendChild(document.createElement('aside')).attachShadow({ mode });"
        " root.host.id = 'host'; root.host.hidden = true;"
        " root.appendChild(document.createElement('p')).textContent = 'Never closed.'; }",
        mode,
    )
    page.evaluate("benchAwait({ fault: 'Never closed' })")
    assert is_silent(page)
    told(page, lambda: page.evaluate("document.getElementById('host').hidden = false"))
    page.evaluate("benchAwait({ mended: 'Never closed' })")
    assert is_silent(page)
    told(page, lambda: page.evaluate("document.getElementById('host').remove()"))


def test_what_is_there_already_cannot_be_waited_for(page: Page) -> None:
    with pytest.raises(Error, match="it is there already"):
        page.evaluate("benchAwait({ selector: 'h1', text: 'Load 1' })")


# ---- edits -----------------------------------------------------------------------------------------------------


def briefing(claims: dict[str, list[str]]) -> tuple[Any, str]:
    """The data of a briefing and its claims.yaml: the quotations of each claim, by siglum in the order of the sigla."""
    sigla = "AB"
    cells = {
        claim: [{"source": siglum.lower(), "stance": "supports", "value": None, "quotations": [{"exact": quote}]}
                for siglum, quote in zip(sigla, quotes, strict=False)]
        for claim, quotes in claims.items()
    }  # fmt: skip
    data = {
        "sources": [{"id": siglum.lower(), "siglum": siglum} for siglum in sigla],
        "claims": [{"id": claim, "evidence": each} for claim, each in cells.items()],
    }
    text = "".join(f"      quote: {quote}\n      note: Said so\n" for quotes in claims.values() for quote in quotes)
    return data, text


def test_a_quotation_is_shortened_by_its_last_word() -> None:
    data, text = briefing({"first": ["too short a one", "one two three four five"]})
    quoted = quotable(data, text, lambda siglum: f"{siglum}: one two three four five.")
    assert quoted == Quoted("first", 1, "B", "b", "one two three four five", "one two three four")
    assert "quote: one two three four\n" in shortened(text, quoted)
    assert "five" not in shortened(text, quoted)


def test_a_quotation_that_would_be_ambiguous_is_left_alone() -> None:
    data, text = briefing({"first": ["one two three four five"], "second": ["six seven eight nine ten"]})
    quoted = quotable(data, text, lambda _: "one two three four five, one two three four six; six seven eight nine ten")
    assert quoted.claim == "second"


def test_a_briefing_without_such_a_quotation_is_refused() -> None:
    with pytest.raises(ValueError, match="can be shortened"):
        quotable(*briefing({"first": ["too short"]}), lambda _: "too short")


def test_the_corpus_has_a_quotation_that_can_be_shortened(tmp_path: Path) -> None:
    write_corpus(tmp_path, 1, ROOT)
    text = (tmp_path / "content" / BRIEFING / "claims.yaml").read_text("utf-8")
    claims = yaml.safe_load(text)
    sources = yaml.safe_load((tmp_path / "content" / BRIEFING / "sources.yaml").read_bytes())["sources"]
    data = {
        "sources": [{"id": id_, "siglum": source["siglum"]} for id_, source in sources.items()],
        "claims": [
            {"id": id_, "evidence": [cell_of(claim["evidence"].get(source)) for source in sources]}
            for id_, claim in claims.items()
        ],
    }
    quoted = quotable(data, text, lambda siglum: live.article_of(tmp_path, BRIEFING, siglum))
    changed = yaml.safe_load(shortened(text, quoted))
    source = list(sources)[quoted.source]
    assert changed[quoted.claim]["evidence"][source]["quote"] == quoted.shorter
    assert sum(changed[claim] != claims[claim] for claim in claims) == 1


def cell_of(cell: dict[str, Any] | None) -> dict[str, Any]:
    """Evidence as the builder publishes it, as far as it is looked at."""
    if not cell:
        return {"stance": "silent", "quotations": [], "value": None}
    quotes = cell.get("quote", [])
    quotes = quotes if isinstance(quotes, list) else [quotes]
    exact = [quote if isinstance(quote, str) else quote["exact"] for quote in quotes]
    return {"stance": cell["stance"], "quotations": [{"exact": each} for each in exact], "value": cell.get("value")}


@pytest.fixture
def server(tmp_path: Path) -> Live:
    """A server that does not run, with files of its own."""
    for name in ("claims", "style", "template"):
        (tmp_path / name).write_text(f"{name}: {live.HEADING}")
    claims, style, template = (live.saved(tmp_path / name) for name in ("claims", "style", "template"))
    quoted = Quoted("other", 0, "A", "a", "one two three four five", "one two three four")
    scene = Scene(Site(Corpus(tmp_path, 1), tmp_path), BRIEFING, quoted, None)
    scene.__dict__["data"] = {"claims": [{"id": "first", "claim": "Words"}]}
    return Live(
        name="server",
        scene=scene,
        address=ADDRESS,
        log=tmp_path / "log",
        fault="Never closed",
        style=style,
        template=template,
        claims=claims,
        reworded=str.encode,
        requoted=b"shorter",
        broken=b"broken",
    )


def test_two_edits_that_follow_each_other_differ(server: Live) -> None:
    for kinds in TURNS:
        edits = [server.edit(kind, run) for run in range(9) for kind in kinds]
        for one, next_ in pairwise(edits):
            assert one.save.data != next_.save.data
            assert one.awaited != next_.awaited


def test_the_first_edit_changes_what_is_there(server: Live) -> None:
    for kinds in TURNS:
        save = server.edit(kinds[0], 0).save
        assert save.data != save.file.read_bytes()


def test_every_edit_is_measured_and_has_a_name() -> None:
    assert [kind for kinds in TURNS for kind in kinds] == [kind for kind, _ in EDITS.values()]


@pytest.mark.parametrize("rename", [False, True])
def test_a_save_leaves_one_file_with_its_bytes(tmp_path: Path, *, rename: bool) -> None:
    file = tmp_path / "claims.yaml"
    file.write_text("before")
    inode = file.stat().st_ino
    Save(file, b"after").write(rename=rename)
    assert [path.name for path in tmp_path.iterdir()] == ["claims.yaml"]
    assert file.read_bytes() == b"after"
    assert (file.stat().st_ino != inode) is rename


@pytest.mark.parametrize(
    ("printed", "seconds"),
    [
        ("", None),
        ("Total in 8 ms\nTotal in 1204 ms\n", 1.204),
        ("claims.yaml changed: 14 files renewed in 0.44 s\n", 0.44),
    ],
)
def test_the_last_build_tells_how_long_it_took(server: Live, printed: str, seconds: float | None) -> None:
    before = "Total in 77 ms\n"
    server.log.write_text(before)
    since = server.printed()
    server.log.write_text(before + printed)
    assert server.built(since) == seconds


# ---- figures ---------------------------------------------------------------------------------------------------


def test_nine_of_ten_stay_below() -> None:
    assert ninth_tenth([float(each) for each in range(10, 0, -1)]) == 9
    assert ninth_tenth([float(each) for each in range(15)]) == 13
    assert ninth_tenth([3.0]) == 3


def test_what_was_not_seen_in_time_is_said_and_compared_with_nothing() -> None:
    assert compared("a fault", [], [0.5]) == ["a fault", "> 45,000", "", "500", "500", ""]
    lost = compared("a template", [0.1, math.inf, math.inf], [0.5])
    assert lost == ["a template", "> 45,000", "> 45,000", "500", "500", ""]
    assert compared("a claim", [0.1], [0.4]) == ["a claim", "100", "100", "400", "400", "0.25"]


def test_the_phases_of_a_save_add_up() -> None:
    seen = Seen(built=0.1, heard=0.15, fetched=0.2, seen=0.25, reloaded=False)
    assert phases_of(seen) == pytest.approx((0.05, 0.1, 0.05, 0.05))
    early = Seen(built=0.3, heard=0.15, fetched=0.2, seen=0.25, reloaded=False)
    assert phases_of(early) == pytest.approx((0.0, 0.15, 0.05, 0.05))
    pushed = Seen(built=0.1, heard=0.15, fetched=None, seen=0.25, reloaded=False)
    assert phases_of(pushed) == pytest.approx((0.05, 0.1, 0.0, 0.1))


def test_runs_have_words_of_their_own() -> None:
    assert wording(1) != wording(2)
