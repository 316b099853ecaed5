"""Every page stays light: for the repository's own site, a budget of bytes and requests."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from quality.kinds import PAGES
from quality.lighthouse import served
from quality.weights import BUDGET, Weight, over, weigh
from whole_site import Site

pytest_plugins = ["whole_site"]


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_stays_within_the_budget(browser: Browser, sample: Site, path: str) -> None:
    with served(sample.public) as address:
        weight = weigh(browser, address + path)
    assert over(weight) == []
    assert weight.html > 1_000
    assert weight.css > 1_000


def test_the_budget_is_what_readers_are_promised() -> None:
    assert Weight(html=12_288, css=8_192, js=1_536, requests=4) == BUDGET


def test_what_is_too_heavy_is_told_part_by_part() -> None:
    heavy = Weight(12_289, 8_193, 1_537, 5, ("https://elsewhere.example/font.woff2",))
    assert over(heavy) == [
        "HTML: 12,289 of 12,288",
        "CSS: 8,193 of 8,192",
        "script: 1,537 of 1,536",
        "requests: 5 of 4",
        "neither page nor style nor script: https://elsewhere.example/font.woff2",
    ]
    assert over(BUDGET) == []
