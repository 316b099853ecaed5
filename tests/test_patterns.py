"""The page of patterns: every component in every state, in a preview and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import put
from samples import ROOT

from builder import specimen
from builder.build import ANY_SITE, build_patterns, study
from builder.freshness import Options
from builder.inputs import read_static
from builder.model import Stance
from builder.pages.patterns import contrast, tokens
from builder.publish import Order, publish
from builder.render import environment

TEMPLATES = ROOT / "templates"
STYLES = {name: data.decode() for name, data in read_static(TEMPLATES / "static").items() if name.endswith(".css")}
ELSEWHERE = {"card", "pattern", "preview", "site-footer", "site-front", "site-head", "site-header", "site-nav"}
"""Partials that are around every page, or on none."""


@pytest.fixture(scope="module")
def page() -> str:
    return build_patterns(ANY_SITE, environment(TEMPLATES), STYLES).data.decode()


def test_nothing_is_to_be_said_against_the_specimen() -> None:
    studied = study(specimen.TEXTS, ANY_SITE, specimen.ARTICLES)
    assert studied
    assert studied.diagnostics == ()


def test_every_partial_is_shown() -> None:
    text = (TEMPLATES / "patterns.html").read_text()
    partials = {path.stem for path in (TEMPLATES / "_partials").iterdir()} - ELSEWHERE
    assert {name for name in partials if f"_partials/{name}.html" not in text} == set()
    imported = re.findall(r"import (.+) %}", text)
    for name in (name for line in imported for name in line.split(", ")):
        assert len(re.findall(rf"\b{name}\b", text)) > 1, name


@pytest.mark.parametrize("stance", [stance.value for stance in Stance])
def test_every_stance_is_shown_as_a_tag_in_a_cell_and_in_a_strip(page: str, stance: str) -> None:
    assert f'<span class="tag {stance}">' in page
    assert f'<td class="{stance}">' in page
    assert stance == "silent" or f'<mark class="{stance}">' in page or stance == "qualifies"


def test_every_state_of_a_quotation_is_shown(page: str) -> None:
    for state in (
        "<ins>",
        'class="gap"',
        'class="context"',
        ' lang="es"',
        ' lang="ar" dir="rtl"',
        'class="translation"',
    ):
        assert state in page, state
    for mode in ("inside quotation marks", "partly inside", "own words", "never closed"):
        assert mode in page, mode


def test_every_kind_of_bar_and_of_number_is_shown(page: str) -> None:
    for drawn in ('class="event"', 'class="text"', "url(#hatch)", "url(#fade-out)", 'class="horizon"'):
        assert drawn in page, drawn
    for drawn in ('class="range"', 'class="tip"', 'class="open"', 'class="about"'):
        assert drawn in page, drawn


def test_strips_of_few_and_of_many_texts_are_shown(page: str) -> None:
    strips = re.findall(r'<span class="strip" role="img" aria-label="([^"]+)"', page)
    assert {strip.count(";") + 1 for strip in strips} == {5, 14}


def test_every_colour_has_its_swatch_with_its_contrast(page: str) -> None:
    light, dark = tokens(STYLES)
    assert len(light) == len(dark) > 30
    shown = re.findall(r'fill="var\(--([\w-]+)\)"', page)
    assert shown == [name for name, value in light.items() if value.startswith("#")]
    assert "16.6 · 15.1" in page  # ink on paper


def test_what_a_site_says_of_a_colour_is_what_the_swatch_tells() -> None:
    light, dark = tokens({**STYLES, "css/site.css": ":root { --ink: #000; --new: red }"})
    assert light["ink"] == dark["ink"] == "#000"
    light, dark = tokens({**STYLES, "css/site.css": ":root { --ink: light-dark( #111 , #eee ); --ink-2: red }"})
    assert (light["ink"], dark["ink"], light["ink-2"]) == ("#111", "#eee", "red")
    own = {**STYLES, "css/site.css": ":root { --ink: red }"}
    page = build_patterns(ANY_SITE, environment(TEMPLATES), own).data.decode()
    assert "<span>red · red</span> <span>– · –</span>" in page


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000", "#ffffff", 21),
        ("#fff", "#fff", 1),
        ("#777777", "#fff", 4.48),
        ("red", "#fff", None),
        ("#ffff", "#fff", None),
    ],
)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, expected: float | None) -> None:
    assert contrast(one, other) == (expected if expected is None else pytest.approx(expected, abs=0.01))
    assert contrast(one, other) == contrast(other, one)


def test_only_a_preview_has_the_page_and_renews_it_with_the_style(small_site: Path) -> None:
    order = Order(small_site, small_site / "out", small_site / ".variorum", Options(patterns=True))
    assert "patterns.html" not in str(publish(order).told)
    before = (small_site / "out/patterns.html").read_text()
    put(small_site, {"templates/static/css/site.css": ":root { --ink: #123456 }"})
    publish(order)
    after = (small_site / "out/patterns.html").read_text()
    assert "#123456" in after
    assert "#123456" not in before
    assert (small_site / "out/static/css/patterns.css").exists()
    publish(Order(small_site, small_site / "out", small_site / ".variorum", Options()))
    assert not (small_site / "out/patterns.html").exists()
    assert not (small_site / "out/static/css/patterns.css").exists()
