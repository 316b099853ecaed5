"""Claims that say nearly the same, and the many that only look so."""

from itertools import permutations

import pytest

from builder.cautions.alike import _same, alike_pairs


def same(one: str, other: str, language: str = "en") -> bool:
    return list(alike_pairs([one, other], language)) == [(0, 1)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The ministers met on Thursday.", "The ministers met on Thursday."),
        ("The ministers met on Thursday.", "On Thursday, the ministers met."),
        ("The ministers met on Thursday.", "The ministers met on a Thursday"),
        ("The two sides met.", "2 sides met."),
        ("The talks lasted two hours.", "The talks lasted for two hours."),
        ("China’s minister left.", "China's minister left."),
        ("U.S. officials left.", "US officials left."),
        ("The officials had left.", "Officials left."),
        ("They called it “candid”.", 'They called it "candid".'),
        ("They called it ‘candid’.", "They called it “candid”."),
        ("They held a café meeting.", "They held a cafe\u0301 meeting."),
        ("Blinken said that the talks were useful.", "Blinken said the talks were useful."),
    ],
)
def test_articles_plurals_typography_and_where_a_sentence_begins_make_no_difference(one: str, other: str) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("The talks lasted two hours.", "The talks lasted three hours.", "a number"),
        ("The talks lasted 2 hours.", "The talks lasted 2.5 hours.", "a number"),
        ("It fell to -5 degrees.", "It fell to 5 degrees.", "a sign"),
        ("The minister resigned.", "The minister did not resign.", "a negation"),
        ("No minister resigned.", "The minister resigned.", "a negation"),
        ("Blinken met Qin.", "Blinken met Wang.", "a name"),
        ("Blinken met Qin.", "Antony Blinken met Qin.", "a name more"),
        ("Blinken invited Qin.", "Qin invited Blinken.", "who did it to whom"),
        ("Blinken invited Qin.", "Blinken was invited by Qin.", "who did it to whom"),
        ("The police shot on Monday.", "The police were shot on Monday.", "who did it to whom"),
        ("Blinken and Qin met.", "Blinken met Qin and left.", "what they did"),
        ("They flew from Beijing to Bali.", "They flew to Beijing from Bali.", "the way"),
        ("Imports from the neighbouring country rose in May.", "Exports from the neighbouring country rose in May.",
         "one word of many"),
        ("The minister resigned.", "The deputy minister resigned.", "a word more"),
        ("He voted for the bill.", "He voted against the bill.", "on which side"),
        ("He asked for the minister.", "He asked the minister.", "what for"),
        ("They talked before the dinner.", "They talked after the dinner.", "the time"),
        ("They called the talks “candid”.", "They called the talks candid.", "words and substance"),
        ("Officials of Turkey left.", "Officials of turkey left.", "a name and a word"),
        ("The plan was stopped.", "The plane was stopped.", "a word like it"),
        ("It is asked.", "It is ask.", "another form"),
        ("", "…", "nothing in common"),
    ],
)  # fmt: skip
def test_what_turns_the_meaning_makes_claims_different(one: str, other: str, why: str) -> None:
    assert not same(one, other), why


def test_claims_that_are_alike_are_told_with_the_first_of_them() -> None:
    texts = ["They met.", "They left.", "The ministers met.", "They left", "They left!"]
    assert list(alike_pairs(texts, "en")) == [(1, 3), (1, 4)]


@pytest.mark.parametrize(
    ("language", "one", "other", "expected"),
    [
        ("de", "Das Gespräch dauerte fünf Stunden.", "Gespräch dauerte fünf Stunden", True),
        ("de", "Die Minister gingen.", "Die Ministers gingen.", False),
        ("fr", "Les ministres sont partis.", "Des ministres sont partis.", True),
        ("zh", "两国外长在北京会谈。", "两国外长在北京会谈。", True),
        ("zh", "两国外长在北京会谈。", "两国外长在巴厘会谈。", False),
        ("it", "I ministri partirono.", "Ministri partirono.", False),
    ],
)
def test_in_other_languages_only_what_is_known_of_them_is_left_out(
    language: str, one: str, other: str, expected: bool
) -> None:
    assert same(one, other, language) is expected


def test_many_claims_of_the_same_words_are_each_compared_with_few_others(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def counted(one: str, other: str, language: str) -> bool:
        calls.append(one)
        return _same(one, other, language)

    monkeypatch.setattr("builder.cautions.alike._same", counted)
    words = [f"word{number}" for number in range(7)]
    texts = [" ".join(order) for order in permutations(words)][:2000]
    found = list(alike_pairs(texts, "en"))
    assert found  # some only begin elsewhere
    assert len(texts) < len(calls) < 10 * len(texts)
