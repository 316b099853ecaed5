"""Two walks through the whole site in a browser: with nothing but the keyboard, and with nothing but links."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab
from quality.kinds import BRIEFING
from quality.sight import IN_SIGHT
from whole_site import Site

pytest_plugins = ["whole_site"]

FAR = 400
"""So many presses of the Tab key are enough to reach anything on these pages."""

NAME = "() => (document.activeElement.getAttribute('aria-label') || document.activeElement.textContent).trim()"


@contextmanager
def walking(browser: Browser, site: Site, *, scripts: bool, width: int = 1440) -> Iterator[Tab]:
    """The front page, opened from the folder."""
    with browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=scripts, reduced_motion="reduce"
    ) as context:
        tab = context.new_page()
        tab.goto((site.public / "index.html").resolve().as_uri())
        yield tab


def at(tab: Tab) -> str:
    """The page's path below the site, with its fragment."""
    return tab.url.rpartition("/public/")[2]


class Keys:
    """Hands on a keyboard: every stop of the focus on the way has to be in sight."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab

    def to(self, selector: str) -> str:
        """Press Tab until something that `selector` matches has the focus; returns its name."""
        for _ in range(FAR):
            self.tab.keyboard.press("Tab")
            assert self.tab.evaluate(IN_SIGHT) == ""
            if self.tab.evaluate("selector => document.activeElement.matches(selector)", selector):
                name: str = self.tab.evaluate(NAME)
                return name
        raise AssertionError(f"{at(self.tab)}: the Tab key never comes to {selector}")

    def follow(self, selector: str) -> str:
        """Press Tab until there, then Enter; returns where that leads."""
        self.to(selector)
        before = self.tab.url
        self.tab.keyboard.press("Enter")
        self.tab.wait_for_url(lambda url: url != before)
        self.tab.wait_for_load_state()
        return at(self.tab)


@pytest.mark.parametrize("width", [360, 1440])
def test_the_whole_site_is_walked_by_keyboard(browser: Browser, sample_local: Site, width: int) -> None:
    with walking(browser, sample_local, scripts=True, width=width) as tab:
        keys = Keys(tab)
        assert keys.follow("a.skip") == "index.html#main"
        assert keys.follow("main a[href$='blinken-in-beijing/index.html']") == f"{BRIEFING}index.html"
        assert keys.follow("nav a[href='matrix.html']") == f"{BRIEFING}matrix.html"

        # From a cell of the matrix to the claim, from its quotation to the article's words, and back.
        claim = keys.follow(".matrix tbody th a")
        assert claim.startswith(f"{BRIEFING}claims/")
        source = keys.follow(".testimony a.place")
        assert source.startswith(f"{BRIEFING}sources/")
        paragraph = source.partition("#")[2]
        assert tab.locator(f"[id='{paragraph}']").evaluate("element => element.matches(':target')")
        back = keys.follow(f"a[href*='{claim.rpartition('/')[2]}']")
        assert back.partition("#")[0] == claim

        assert keys.follow("a[rel=next]").startswith(f"{BRIEFING}claims/")
        assert keys.follow("nav a[href$='timeline.html']") == f"{BRIEFING}timeline.html"
        assert keys.follow("nav a[href*='search.html']").partition("?")[0] == "search.html"
        keys.to("input[type=search]")
        tab.keyboard.type("taiwan")
        tab.locator(".found a").first.wait_for()
        tab.keyboard.press("ArrowDown")
        assert tab.evaluate("document.activeElement.matches('.found a')")
        tab.keyboard.press("Enter")
        tab.wait_for_url(f"**/{BRIEFING}**")


@pytest.mark.parametrize("width", [360, 1440])
def test_the_whole_site_is_walked_without_a_script(browser: Browser, sample_local: Site, width: int) -> None:
    with walking(browser, sample_local, scripts=False, width=width) as tab:

        def follow(selector: str) -> str:
            tab.locator(selector).locator("visible=true").first.click()
            tab.wait_for_load_state()
            return at(tab)

        assert follow("main a[href$='blinken-in-beijing/index.html']") == f"{BRIEFING}index.html"
        for page in ("timeline", "wording", "numbers", "origins", "coverage", "matrix"):
            assert follow(f"nav a[href='{page}.html']") == f"{BRIEFING}{page}.html"
            assert tab.locator("h1").is_visible()
        assert follow("a.chip[href='#disputed']") == f"{BRIEFING}matrix.html#disputed"
        rows = tab.locator(".matrix tbody tr[id]").locator("visible=true")
        assert rows.count() == 3
        claim = follow(".matrix tbody tr.disputed th a")
        source = follow(".testimony a.place")
        assert source.startswith(f"{BRIEFING}sources/")
        assert follow(f"main a[href*='{claim.rpartition('/')[2]}']").partition("#")[0] == claim
        assert follow("a[rel=next]") != claim
        assert follow("a[href*='search.html']").partition("?")[0] == "search.html"
        assert tab.locator("main a").count() > 0
        assert follow("a[href$='how-to-read.html']") == "how-to-read.html"
