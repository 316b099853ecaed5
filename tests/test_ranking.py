"""Words as they are compared, and passages by how well they fit a query."""

import pytest
import snowballstemmer
from hypothesis import given
from hypothesis import strategies as st

from builder.searching import ranking
from builder.searching.ranking import Ranking, terms


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
    assert set(ranking._STEMMERS.values()) <= set(snowballstemmer.algorithms())
    for code in ranking._STEMMERS:
        assert terms("word", code)


def test_the_passage_that_has_the_rare_words_comes_first() -> None:
    passages = ["the talks lasted an hour", "the talks were long", "the weather was fine", "the dinner"]
    found = Ranking([terms(passage, "en") for passage in passages])
    scores = found.scores(dict.fromkeys(terms("the hour of the talks", "en"), 1.0))
    assert sorted(range(4), key=lambda at: -scores[at])[:2] == [0, 1]
    assert scores[0] > scores[1] > scores[2]
    assert found.weight("the") < found.weight("talk") < found.weight("hour") < found.weight("unheard")


def test_words_that_no_passage_has_lower_every_score() -> None:
    found = Ranking([["a", "b"], ["c"]])
    assert found.scores({"a": 1.0, "unheard": 1.0})[0] < found.scores({"a": 1.0})[0]


def test_nothing_asked_or_nothing_there_is_no_fault() -> None:
    assert Ranking([]).scores({"a": 1.0}) == []
    assert Ranking([[], ["a"]]).scores({}) == [0.0, 0.0]


WORDS = st.lists(st.sampled_from("abcdef"), max_size=8)


@given(st.lists(WORDS, max_size=6), st.dictionaries(st.sampled_from("abcdefg"), st.floats(0.1, 3), max_size=5))
def test_a_score_is_a_share(passages: list[list[str]], query: dict[str, float]) -> None:
    scores = Ranking(passages).scores(query)
    assert len(scores) == len(passages)
    for passage, score in zip(passages, scores, strict=True):
        assert 0 <= score <= 1
        assert (score > 0) == bool(set(passage) & query.keys())


@given(st.text(max_size=60), st.sampled_from(["en", "de", "zh", "th", "", "xx-YY"]))
def test_any_text_has_terms_without_spaces_or_capitals(text: str, language: str) -> None:
    for term in terms(text, language):
        assert term
        assert not term.isspace()
