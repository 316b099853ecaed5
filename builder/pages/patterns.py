"""The page of patterns: every component in every state, made from a specimen, and the tokens with their contrast."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import cycle, islice

from builder.analysis import Analysis
from builder.model import Site
from builder.pages import briefing_pages, card_of
from builder.pages.chrome import chrome
from builder.pages.labels import stances, statuses
from builder.pages.page import Page
from builder.routes import BriefingRoute, ItemRoute, Route, SiteRoute
from builder.views import ClaimLine
from builder.views.claim import ClaimPage
from builder.views.patterns import PatternsPage, Step, Swatch
from builder.words import Words

ROUTE = SiteRoute("patterns")

MANY = 14
"""As many sources as a wide matrix has."""

_GROUND = "paper"
_DECLARED = re.compile(r"--([\w-]+):\s*([^;}]*[^;}\s])")
_BOTH = re.compile(r"light-dark\(\s*([^,()]+?)\s*,\s*([^,()]+?)\s*\)")
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")


def patterns_page(site: Site, specimen: Analysis, styles: Mapping[str, str], words: Words) -> Page:
    """The page, of a specimen of all that can be said; `styles` are the style sheets by their names.

    Of the tokens, those count that are declared last, in css/site.css where there is one.
    """
    pages = {page.route: page.view for page in briefing_pages(site, specimen, words)}
    claims = {id_: view for id_, view in _items(pages, "claims") if isinstance(view, ClaimPage)}
    few = claims[specimen.anchored.briefing.claims[0].id].claim
    light, dark = tokens(styles)
    view = PatternsPage(
        chrome=chrome(site, words, ROUTE, "Patterns", "Every component in every state, and the tokens."),
        sheets=tuple(name for name in sorted(styles) if not name.endswith(_SHARED)),
        colours=tuple(_swatches(_colours(styles), light, dark)),
        type=tuple(Step(f"--{n}", v) for n, v in light.items() if n.startswith(("text", "title"))),
        spaces=tuple(Step(f"--{n}", v) for n, v in light.items() if n.startswith(("space", "gutter"))),
        stances=tuple(stances(words).values()),
        statuses=tuple(statuses(words).values()),
        card=card_of(specimen, words),
        pages={route.page: one for route, one in pages.items() if isinstance(route, BriefingRoute)},
        claims=claims,
        sources=dict(_items(pages, "sources")),
        few=few,
        many=_with_many(few),
    )
    return Page(ROUTE, "patterns.html", view)


_SHARED = ("tokens.css", "base.css", "components.css", "print.css", "site.css", "rail.css")
"""Sheets that every page has already, and one that stands in others."""


def _items(pages: Mapping[Route, object], kind: str) -> Iterable[tuple[str, object]]:
    return ((route.id, view) for route, view in pages.items() if isinstance(route, ItemRoute) and route.kind == kind)


def _with_many(claim: ClaimLine) -> ClaimLine:
    """A claim on which many texts are heard: its cells over and over, each under a letter of its own."""
    letters = "ABCDEFGHIJKLMN"[:MANY]
    cells = zip(letters, islice(cycle(claim.cells), MANY), strict=True)
    return replace(
        claim, cells=tuple(replace(cell, source=replace(cell.source, letter=letter)) for letter, cell in cells)
    )


def tokens(styles: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What is declared by name, in the light and in the dark; a site may say `light-dark(#000, #fff)`."""
    first, *rest = styles["css/tokens.css"].split("@media")
    light = dict(_DECLARED.findall(first))
    dark = {**light, **next((dict(_DECLARED.findall(part)) for part in rest if "dark" in part.partition("{")[0]), {})}
    own = dict(_DECLARED.findall(styles.get("css/site.css", "")))
    light_own, dark_own = ({name: _BOTH.sub(which, value) for name, value in own.items()} for which in (r"\1", r"\2"))
    return light | light_own, dark | dark_own


def _colours(styles: Mapping[str, str]) -> set[str]:
    """The names of the tokens that are colours: ours are written as `#1c1b18`."""
    ours, _ = tokens({"css/tokens.css": styles["css/tokens.css"]})
    return {name for name, value in ours.items() if _HEX.fullmatch(value)}


def _swatches(colours: Collection[str], light: Mapping[str, str], dark: Mapping[str, str]) -> Iterable[Swatch]:
    for name, value in light.items():
        if name in colours:
            known = [contrast(theme[name], theme[_GROUND]) for theme in (light, dark)]
            yield Swatch(
                f"--{name}", value, dark[name], " · ".join("–" if one is None else f"{one:.1f}" for one in known)
            )


def contrast(one: str, other: str) -> float | None:
    """The contrast of two colours, from 1 to 21, as WCAG 2 has it; None where one is not written as `#1c1b18`."""
    if not (_HEX.fullmatch(one) and _HEX.fullmatch(other)):
        return None
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    return sum(share * _linear(part) for share, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
