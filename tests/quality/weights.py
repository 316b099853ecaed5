"""What a reader's browser has to load for a page."""

from __future__ import annotations

import gzip
from dataclasses import dataclass

from playwright.sync_api import Browser, Response

KILO = 1024
"""Bytes in the kilobytes of the budget."""


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes as gzip -9 has them, by kind, and how many files were asked for."""

    html: int = 0
    css: int = 0
    js: int = 0
    requests: int = 0
    other: tuple[str, ...] = ()
    """What is neither page nor style nor script."""


BUDGET = Weight(html=12 * KILO, css=8 * KILO, js=KILO * 3 // 2, requests=4)
"""What a page of a briefing of the sample's size may weigh."""


def weigh(browser: Browser, address: str) -> Weight:
    """Open a page with an empty cache, and see what the browser asks for before anybody touches it."""
    heard: list[Response] = []
    with browser.new_context() as context:
        context.on("response", lambda answer: heard.append(answer))  # noqa: PLW0108 - it takes no built-in function
        tab = context.new_page()
        tab.goto(address, wait_until="networkidle")
        # What stands on the tab is asked for once for a whole site, and by some browsers only.
        answers = [answer for answer in heard if not answer.url.endswith("/static/icon.svg")]
        sizes = {"document": 0, "stylesheet": 0, "script": 0}
        other = []
        for answer in answers:
            kind = answer.request.resource_type
            if kind in sizes:
                sizes[kind] += len(gzip.compress(answer.body(), 9, mtime=0))
            else:
                other.append(answer.url)
    return Weight(sizes["document"], sizes["stylesheet"], sizes["script"], len(answers), tuple(other))


def over(weight: Weight) -> list[str]:
    """Where a page weighs more than the budget allows."""
    parts = (
        ("HTML", weight.html, BUDGET.html),
        ("CSS", weight.css, BUDGET.css),
        ("script", weight.js, BUDGET.js),
        ("requests", weight.requests, BUDGET.requests),
    )
    found = [f"{name}: {is_:,} of {may:,}" for name, is_, may in parts if is_ > may]
    return found + [f"neither page nor style nor script: {url}" for url in weight.other]
