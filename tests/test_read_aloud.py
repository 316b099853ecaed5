"""What a screen reader is told of a matrix, a timeline and a claim: the tree of roles and names, written down.

The trees stand in tests/read_aloud/. UPDATE_CASES=1 writes them anew; read the difference as a listener would.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from whole_site import Site

pytest_plugins = ["whole_site"]

KEPT = Path(__file__).parent / "read_aloud"
PAGES = {
    "matrix": "bridge/matrix.html",
    "timeline": "bridge/timeline.html",
    "claim": "bridge/claims/reopened.html",
}


def told(browser: Browser, site: Site, path: str, width: int) -> str:
    """The tree of a page, in a window of that width."""
    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        tab = context.new_page()
        tab.goto((site.public / path).resolve().as_uri())
        return tab.locator("body").aria_snapshot() + "\n"


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("kind", PAGES)
def test_a_page_is_told_as_it_was(browser: Browser, cases: dict[str, Site], kind: str, width: int) -> None:
    tree = told(browser, cases["two-briefings"], PAGES[kind], width)
    kept = KEPT / f"{kind}-{width}.yaml"
    if os.environ.get("UPDATE_CASES"):
        kept.write_text(tree, encoding="utf-8")
    assert tree == kept.read_text(encoding="utf-8")


def test_every_tree_that_is_kept_is_compared() -> None:
    assert {file.stem for file in KEPT.iterdir()} == {f"{kind}-{width}" for kind in PAGES for width in (360, 1440)}
