"""Passages by how well they fit a query."""

from hypothesis import given
from hypothesis import strategies as st

from builder.language.terms import terms
from builder.searching.ranking import Ranking


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
