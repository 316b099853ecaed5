"""What axe finds on a page, in the states in which readers meet it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import Page as Tab

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only the violations leave the browser: the rest of the report is larger than the page.
AXE = f"async () => (await axe.run({{runOnly: {RULES}, resultTypes: ['violations'], preload: false}})).violations"

WIDTHS = (320, 360, 768, 1440)


@dataclass(frozen=True, slots=True)
class State:
    """How a page is looked at."""

    width: int
    """Of the window, in CSS pixels."""
    scheme: Literal["light", "dark"] = "light"
    forced: bool = False
    """Whether the system forces its own few colours upon pages."""
    still: bool = False
    """Whether the reader asked for reduced motion."""
    text: int = 100
    """The size of text in percent of the browser's own."""

    def __str__(self) -> str:
        more = [f"{self.text} %"] * (self.text != 100) + ["forced colours"] * self.forced + ["still"] * self.still
        return ", ".join([f"{self.width} px", self.scheme, *more])


STATES = (
    *(State(width, scheme) for width in WIDTHS for scheme in ("light", "dark")),
    *(State(width, "dark", forced=True) for width in (360, 1440)),
    *(State(width, still=True, text=200) for width in WIDTHS),
)  # fmt: skip

TELLING = tuple(
    state
    for state in STATES
    if (state.scheme == "light" or state.width in (360, 1440)) and (state.text == 100 or state.width in (320, 1440))
)
"""Fewer, for every run of the tests: what is dark differs in its colours alone, which are the same at all widths."""


def violations(tab: Tab) -> list[str]:
    """What axe finds, as `rule: element`; its script must have been evaluated on the page."""
    return [f"{one['id']}: {node['html']}" for one in tab.evaluate(AXE) for node in one["nodes"]]


def put_into(tab: Tab, state: State) -> None:
    """Look at an open page in another state."""
    tab.set_viewport_size({"width": state.width, "height": 900})
    tab.emulate_media(
        color_scheme=state.scheme,
        forced_colors="active" if state.forced else "none",
        reduced_motion="reduce" if state.still else "no-preference",
    )
    tab.evaluate("size => { document.documentElement.style.fontSize = size }", f"{state.text}%")


def barriers(tab: Tab, axe: str, states: tuple[State, ...] = STATES) -> Iterator[str]:
    """What axe, given as its script, finds on an open page in each state."""
    tab.evaluate(axe)
    for state in states:
        put_into(tab, state)
        yield from (f"{state}: {found}" for found in violations(tab))
