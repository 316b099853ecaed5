"""Words as they are compared: folded, small, cut to their stems."""

import pytest
import snowballstemmer

from builder.language.terms import _STEMMERS, terms


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("The talks were constructive", "the talk was constructively", "en-GB"),
        ("China’s U.S. policy", "CHINA'S US POLICY", "en"),
        ("die Gespräche", "das Gespräch", "de"),
        ("les entretiens", "entretien", "fr"),
        ("5,000 visits", "5.000 visit", "en"),
    ],
)
def test_what_is_the_same_to_a_reader_shares_its_terms(one: str, other: str, language: str) -> None:
    shared = set(terms(one, language)) & set(terms(other, language))
    assert shared >= set(terms(other, language)) - {"was", "das", "the", "s"}


def test_numbers_stay_whole() -> None:
    assert terms("5.5 hours", "en") != terms("5 5 hours", "en")
    assert terms("5.5", "xx") == terms("5.5", "en")


def test_a_language_without_a_stemmer_keeps_its_words() -> None:
    assert terms("Hãy nói chuyện về Geneva", "vi") == ["hãy", "nói", "chuyện", "về", "geneva"]


def test_scripts_without_spaces_are_cut_into_pairs() -> None:
    assert terms("外长会谈", "zh") == ["外长", "长会", "会谈"]
    assert terms("谈", "zh") == ["谈"]
    assert terms("外长Wang在 Geneva", "zh") == ["外长", "wang", "在", "geneva"]
    assert len(terms("สวัสดีครับ", "th")) == 9


def test_marks_on_letters_do_not_divide_words() -> None:
    assert terms("हिन्दी", "xx") == ["हिन्दी"]


def test_every_stemmer_that_is_named_exists() -> None:
    assert set(_STEMMERS.values()) <= set(snowballstemmer.algorithms())
    for code in _STEMMERS:
        assert terms("word", code)
