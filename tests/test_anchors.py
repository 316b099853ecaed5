"""The ids of places on a claim's page: they follow from ids and words, and nothing else can have them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import ROOT, SOURCES, analysis_of, sample, small
from whole_site import page_of

from builder.anchors import OWN, cell_anchor, quotation_anchors
from builder.build import ANY_SITE, build_briefing
from builder.ids import ID
from builder.render import environment

IDS = st.from_regex(ID, fullmatch=True)
LONG, SHORT = "met on Thursday in Geneva", "It was a short one."


def test_a_cell_is_named_by_its_source() -> None:
    assert cell_anchor("gazette") == "gazette"


@pytest.mark.parametrize("taken", ["main", "cite", "i-supports"])
def test_what_a_page_has_itself_is_left_to_it(taken: str) -> None:
    assert cell_anchor(taken) == f"{taken}_"


def test_a_quotation_is_named_by_its_words_whatever_else_is_quoted() -> None:
    one, other = quotation_anchors("gazette", [LONG, SHORT])
    assert re.fullmatch(r"gazette_[0-9a-f]{6}", one)
    assert quotation_anchors("gazette", [SHORT]) == (other,)
    assert quotation_anchors("gazette", ["New words", SHORT, LONG])[1:] == (other, one)
    assert quotation_anchors("gazette", ["met on\n  Thursday in Geneva "]) == (one,)
    assert quotation_anchors("gazette", ["Met on Thursday in Geneva"]) != (one,)


def test_the_same_words_again_are_numbered() -> None:
    (one,) = quotation_anchors("gazette", [LONG])
    assert quotation_anchors("gazette", [LONG, SHORT, LONG, LONG])[0::2] == (one, f"{one}-2")
    assert quotation_anchors("gazette", [LONG, LONG, LONG])[2] == f"{one}-3"


def test_the_address_of_a_quotation_is_the_same_for_ever() -> None:
    assert quotation_anchors("gazette", [LONG]) == ("gazette_a771ff",)


@settings(max_examples=50)
@given(st.lists(IDS, unique=True), st.lists(st.text(max_size=20)))
def test_no_two_places_have_one_name(sources: list[str], quotations: list[str]) -> None:
    names = [cell_anchor(source) for source in sources]
    names += [name for source in sources for name in quotation_anchors(source, quotations)]
    assert len({*names, *OWN}) == len(names) + len(OWN)
    assert all(re.fullmatch(r"[a-z0-9_-]+", name) for name in names)


def test_all_that_a_claims_page_has_of_its_own_is_known() -> None:
    """An id that the templates give, and that a source could have, has to be listed in OWN."""
    files = build_briefing(sample(), ANY_SITE, environment(ROOT / "templates")).files
    sources = {source.id for source in sample().anchored.briefing.sources}
    pages = [file for file in files if "/claims/" in file.path and file.path.endswith(".html")]
    ids = {id_ for file in pages for id_ in page_of(file.data).ids()}
    own = {id_ for id_ in ids if id_ not in sources and "_" not in id_}
    assert {"main", "cite", "readings"} <= own
    assert {id_ for id_ in own if cell_anchor(id_) == id_} == set()


def test_a_source_with_the_name_of_a_place_leaves_every_id_single() -> None:
    renamed = {"claims": small()["content/case/claims.yaml"], "timeline": small()["content/case/timeline.yaml"]}
    renamed = {key: str(text).replace("one:", "main:") for key, text in renamed.items()}
    files = small(sources=SOURCES.replace("one:\n", "main:\n"), **renamed)
    for file in build_briefing(analysis_of(files), ANY_SITE, environment(ROOT / "templates")).files:
        if file.path.endswith(".html"):
            ids = page_of(file.data).ids()
            assert len(ids) == len(set(ids)), file.path
