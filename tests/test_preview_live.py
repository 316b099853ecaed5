"""In a real browser: whatever is edited, broken and mended, the page shows it, and the reader stays where they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect
from previewing import PATIENCE, Running, running, sample_site
from samples import ROOT

from builder.inputs import MAX_BYTES

expect.set_options(timeout=PATIENCE * 1000)

BRIEFING = "blinken-in-beijing"
CLAIMS = f"content/{BRIEFING}/claims/03-taiwan.yaml"


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One for all tests, each of which puts back what it changes."""
    with running(sample_site(tmp_path_factory.mktemp("sample"))) as found:
        yield found


@pytest.fixture(autouse=True)
def restored(preview: Running) -> Iterator[None]:
    """Whatever a test leaves, the next one finds the site as it was."""
    yield
    for path in (path for name in ("content", "templates") for path in (ROOT / name).rglob("*") if path.is_file()):
        ours = preview.root / path.relative_to(ROOT)
        if not ours.exists() or ours.read_bytes() != path.read_bytes():
            ours.write_bytes(path.read_bytes())


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test when anything goes wrong in it."""
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # The browser notes by itself what it could not load: a page that is gone, a server that has ended.
        if message.type in ("error", "warning") and not re.search("Failed to load resource|WebSocket", message.text):
            said.append(message.text)

    with browser.new_context(viewport={"width": 1000, "height": 600}) as context:
        found = context.new_page()
        found.set_default_timeout(PATIENCE * 1000)
        found.on("console", note)
        found.on("pageerror", lambda error: said.append(str(error)))
        yield found
    assert said == []


@dataclass(frozen=True)
class Edit:
    """An edit, what breaks the same file, and how both are seen."""

    page: str
    file: str
    old: str
    new: str
    seen: str
    """Where the new words are to be seen: a selector."""
    words: str
    broken: str
    """What stands in the place of `old` when it is broken."""
    code: str
    """Of the fault, or words of its message."""


EDITS = {
    "claim": Edit(
        "matrix.html#qualified", CLAIMS,
        "claim: Qin made clear demands on Taiwan", "claim: Qin made clear requests on Taiwan",
        "#claim-clear-demands th a", "clear requests",
        "clame: Qin made clear demands on Taiwan", "key-unknown",
    ),
    "quotation": Edit(
        "matrix.html#qualified", CLAIMS,
        "quote: raised clear demands on the Taiwan question and other core interests",
        "quote: raised clear demands on the Taiwan question",
        "#claim-clear-demands td:nth-child(3) q", "raised clear demands on the Taiwan question",
        "quote: raised clear demans on the Taiwan question and other core interests", "quotation-words",
    ),
    "event": Edit(
        "timeline.html", f"content/{BRIEFING}/timeline.yaml",
        "title: Mike Pompeo visits Beijing", "title: Mike Pompeo is in Beijing",
        "#event-pompeo-visit h4", "Mike Pompeo is in Beijing",
        "title: Mike Pompeo visits Beijing\n  dated: whenever", "value-unknown",
    ),
    "Markdown": Edit(
        "index.html", f"content/{BRIEFING}/briefing.md",
        "The texts part over figures", "The five texts *part* over figures",
        "main em", "part",
        "<<<<<<< ours\nThe texts part over figures", "yaml-conflict",
    ),
    "template": Edit(
        "matrix.html#qualified", "templates/matrix.html",
        "<h1>{% trans %}What each text says to each claim{% endtrans %}</h1>", "<h1>What every text says</h1>",
        "h1", "What every text says",
        "<h1>{% if %}</h1>", "templates/matrix.html:14",
    ),
    "missing name in a template": Edit(
        "matrix.html#qualified", "templates/matrix.html",
        "<h1>{% trans %}What each text says to each claim{% endtrans %}</h1>", "<h1>{{ page.claim_count }} claims</h1>",
        "h1", "69 claims",
        "<h1>{{ page.clam_count }}</h1>", "templates/matrix.html:14",
    ),
}  # fmt: skip


def looked_at(page: Page, preview: Running, path: str) -> None:
    """Open a page and use it as a reader would: scrolled down, filtered, something chosen and something selected."""
    page.goto(f"{preview.url}{BRIEFING}/{path}")
    expect(page.locator("html")).to_have_attribute("data-vp", "ready")
    if path.startswith("matrix"):
        page.get_by_text("Topics and sources").click()
        page.locator("label:has(#h3)").click()
        page.evaluate("document.querySelector('.scroll').scrollTo(40, 30)")
    page.evaluate("window.unreloaded = true; scrollTo(0, 120)")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('footer h2'))")


STATE = """() => ({
  unreloaded: window.unreloaded,
  hash: location.hash,
  selected: String(getSelection()),
  top: Math.round(scrollY),
  inner: [...document.querySelectorAll('.scroll')].map((one) => [one.scrollLeft, one.scrollTop]),
  unchecked: [...document.querySelectorAll('main input:not(:checked)')].map((one) => one.id),
  shown: [...document.querySelectorAll('.matrix tr[id]')].filter((row) => row.getClientRects().length).length,
})"""


@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_is_seen_a_fault_is_told_and_the_reader_stays(page: Page, preview: Running, kind: str) -> None:
    edit = EDITS[kind]
    looked_at(page, preview, edit.page)
    before = page.evaluate(STATE)
    assert before["top"] > 0
    original = (preview.root / edit.file).read_text(encoding="utf-8")
    unchanged = page.locator(edit.seen).first.inner_text()

    preview.edit(edit.file, edit.old, edit.new)
    expect(page.locator(edit.seen, has_text=edit.words).first).to_be_visible()
    assert page.evaluate(STATE) == before

    preview.write(edit.file, original.replace(edit.old, edit.broken))
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(edit.code)
    expect(page.locator(edit.seen, has_text=edit.words).first).to_be_attached()  # the last good page

    preview.write(edit.file, original)
    expect(dialog).to_have_count(0)
    expect(page.locator(edit.seen).first).to_have_text(unchanged)
    assert page.evaluate(STATE) == before


def test_a_style_is_swapped_without_a_reload(page: Page, preview: Running) -> None:
    looked_at(page, preview, "matrix.html#qualified")
    before = page.evaluate(STATE)
    tokens = "templates/static/css/tokens.css"
    original = (preview.root / tokens).read_text(encoding="utf-8")

    preview.edit(tokens, "--paper: #fcfbf8;", "--paper: #010203;")
    expect(page.locator("body")).to_have_css("background-color", "rgb(1, 2, 3)")
    expect(page.locator('link[rel="stylesheet"][href*="static/style"]')).to_have_count(1)
    assert page.evaluate(STATE) == before

    (preview.root / tokens).unlink()  # the one that came with the builder takes its place
    expect(page.locator("body")).to_have_css("background-color", "rgb(252, 251, 248)")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate(STATE) == before

    preview.write(tokens, " " * (MAX_BYTES + 1))
    expect(page.get_by_role("dialog")).to_contain_text("css/tokens.css is larger than")

    preview.write(tokens, original.replace("--paper: #fcfbf8;", "--paper: #040506;"))
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("body")).to_have_css("background-color", "rgb(4, 5, 6)")
    assert page.evaluate(STATE) == before


def test_what_could_not_be_loaded_is_loaded_again(page: Page, preview: Running) -> None:
    looked_at(page, preview, "matrix.html#qualified")
    before = page.evaluate(STATE)
    tokens = "templates/static/css/tokens.css"

    page.route("**/static/style.css?v=*", lambda route: route.abort(), times=1)
    preview.edit(tokens, "--paper: #fcfbf8;", "--paper: #010203;")
    expect(page.locator("body")).to_have_css("background-color", "rgb(1, 2, 3)")

    edit = EDITS["claim"]
    page.route("**/matrix.html", lambda route: route.abort(), times=1)
    preview.edit(edit.file, edit.old, edit.new)
    expect(page.locator(edit.seen).first).to_contain_text(edit.words)
    assert page.evaluate(STATE) == before


def test_of_styles_that_follow_each_other_quickly_one_stays(page: Page, preview: Running) -> None:
    looked_at(page, preview, "matrix.html#qualified")
    tokens = "templates/static/css/tokens.css"
    held: list[Route] = []
    styles = page.locator('link[rel="stylesheet"][href*="static/style"]')
    page.route("**/static/style.css?v=*", lambda route: held.append(route))  # noqa: PLW0108
    preview.edit(tokens, "--paper: #fcfbf8;", "--paper: #010203;")
    expect(styles).to_have_count(2)
    first = styles.nth(1).get_attribute("href")
    preview.edit(tokens, "--paper: #010203;", "--paper: #040506;")
    expect(styles.nth(1)).not_to_have_attribute("href", str(first))
    for route in held:
        route.continue_()
    expect(page.locator("body")).to_have_css("background-color", "rgb(4, 5, 6)")
    expect(styles).to_have_count(1)


def test_a_script_that_changed_is_run_anew(page: Page, preview: Running) -> None:
    looked_at(page, preview, "matrix.html")
    script = "templates/static/js/matrix.js"
    original = (preview.root / script).read_text(encoding="utf-8")
    preview.write(script, original + "document.documentElement.dataset.own = 'new';\n")
    expect(page.locator("html")).to_have_attribute("data-own", "new")
    preview.write(script, original)
    expect(page.locator("html[data-own]")).to_have_count(0)


def test_a_page_that_goes_shows_so_and_comes_back(page: Page, preview: Running) -> None:
    looked_at(page, preview, "claims/most-pronounced-risk.html")
    heading = page.locator("h1").inner_text()
    preview.edit(CLAIMS, "most-pronounced-risk:", "most-pronounced-danger:")
    expect(page.locator("h1")).to_have_text("There is no page here")
    preview.edit(CLAIMS, "most-pronounced-danger:", "most-pronounced-risk:")
    expect(page.locator("h1")).to_have_text(heading)


def test_a_server_that_begins_again_is_found_and_what_changed_meanwhile_is_shown(page: Page, tmp_path: Path) -> None:
    root = sample_site(tmp_path)
    with running(root) as first:
        port = first.port
        looked_at(page, first, "matrix.html")
    page.get_by_text("The preview has ended").wait_for()
    with running(root, "--port", str(port)) as second:
        second.edit(CLAIMS, "claim: Qin made clear demands", "claim: Qin made clear requests")
        expect(page.locator("#claim-clear-demands th a")).to_contain_text("clear requests")
        expect(page.get_by_text("The preview has ended")).to_have_count(0)
        assert page.evaluate("window.unreloaded")


def test_another_site_that_comes_to_the_same_address_is_not_taken_for_this_one(
    page: Page, tmp_path: Path, small_site: Path
) -> None:
    with running(sample_site(tmp_path)) as first:
        port = first.port
        looked_at(page, first, "matrix.html")
        heading = page.locator("h1").inner_text()
    with running(small_site, "--port", str(port)):
        page.get_by_text("Another site is shown at this address now").wait_for()
        expect(page.locator("h1")).to_have_text(heading)
        assert page.evaluate("window.unreloaded")
