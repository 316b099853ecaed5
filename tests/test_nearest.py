"""The passage that a wrong quotation most likely meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import article_of, sample

from builder.nearest import ENOUGH, nearest_passage

TEXT = "The two sides held candid, in-depth and constructive talks at length. Later, the ministers dined together."


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("held candid, in-depth and constructive talk", "held candid, in-depth and constructive talks"),
        (
            "The two sides held frank, in-depth and constructive talks",
            "The two sides held candid, in-depth and constructive talks",
        ),
        ("LATER THE MINISTERS DINED", None),
        ("Latter, the ministers dine together", "Later, the ministers dined together"),
        ("the ministers had dined together", "the ministers dined together"),
        ("two sides held talks at length", "two sides held candid, in-depth and constructive talks at length"),
        ("Zebras graze quietly", None),
    ],
)
def test_the_passage_meant_is_found_from_word_to_word(wrong: str, meant: str | None) -> None:
    near = nearest_passage(article_of(TEXT), wrong)
    offered = near.span.of(TEXT) if near and near.likeness >= ENOUGH else None
    assert offered == meant


def test_a_verbatim_quotation_is_wholly_alike() -> None:
    near = nearest_passage(article_of(TEXT), "constructive talks at length")
    assert near is not None
    assert near.likeness == 1.0


@pytest.mark.parametrize("quotation", ["", " ", "…", "\u200b", "»«"])
def test_without_words_there_is_nothing_to_look_for(quotation: str) -> None:
    assert nearest_passage(article_of(TEXT), quotation) is None


def test_the_sample_with_one_word_dropped_is_found_again() -> None:
    anchored = sample().anchored
    tried = 0
    for (_, source), passages in anchored.evidence.items():
        article = anchored.articles[source]
        for passage in passages:
            parts = passage.span.of(article.text).split()
            once = article.text.count(passage.span.of(article.text)) == 1
            if len(parts) < 6 or len(passage.parts) > 1 or not once:
                continue
            near = nearest_passage(article, " ".join(parts[:2] + parts[3:]))
            assert near is not None
            assert near.likeness >= ENOUGH
            assert near.span.start < passage.span.end
            assert passage.span.start < near.span.end
            tried += 1
    assert tried > 50


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_compared(text: str, quotation: str) -> None:
    article = article_of(text + " end")
    near = nearest_passage(article, quotation)
    assert near is None or (0 <= near.likeness <= 1 and near.span.of(article.text))
