"""The amount that a sentence states: read rightly, or not at all."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.cautions.amounts import stated, unmeasured
from builder.language.hedges import LANGUAGES
from builder.language.numberwords import NUMBERS
from builder.values import parse_value


def amount(sentence: str, unit: str = "hours", language: str = "en", *known: str) -> str | None:
    found = stated(sentence, unit, [Decimal(number) for number in known], language)
    return found.text if found else None


@pytest.mark.parametrize(
    ("sentence", "unit", "value"),
    [
        ("The talks lasted five and a half hours.", "hours", "5.5"),
        ("The talks lasted two and three quarters hours.", "hours", "2.75"),
        ("The talks lasted two hours and a quarter.", "hours", "2.25"),
        ("It took one-and-a-half hours.", "hours", "1.5"),
        ("It took an hour and a half.", "hours", "1.5"),
        ("It took half an hour.", "hours", "0.5"),
        ("It took one hour.", "hours", "1"),
        ("It took twenty-five hours.", "hours", "25"),
        ("It took two hundred and five hours.", "hours", "205"),
        ("It took 5.5 hours.", "hours", "5.5"),
        ("They met (for 5 hours) again.", "hour", "5"),
        ("Prices rose by 40 per cent.", "%", "40"),
        ("Prices rose by 40 %.", "percent", "40"),
        ("The repairs cost 4.2 million.", "million", "4.2"),
        ("The repairs cost 4.2 million euros.", "million euros", "4.2"),
        ("The repairs cost five and a half million.", "million", "5.5"),
        ("The fire killed 1,200 people.", "people", "1200"),
        ("The wage is five euros an hour.", "euros an hour", "5"),
    ],
)
def test_numbers_are_read_as_people_write_them(sentence: str, unit: str, value: str) -> None:
    assert amount(sentence, unit) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("more than five hours", ">5"), ("over five hours", ">5"), ("longer than five hours", ">5"),
        ("well over five hours", ">5"), ("at least five hours", ">=5"), ("a minimum of five hours", ">=5"),
        ("five hours or more", ">=5"), ("less than five hours", "<5"), ("under 5 hours", "<5"),
        ("up to five hours", "<=5"), ("at most five hours", "<=5"), ("five hours at most", "<=5"),
        ("about five hours", "~5"), ("an estimated five hours", "~5"), ("almost five hours", "~5"),
        ("five hours or so", "~5"), ("more than an hour and a half", ">1.5"),
    ],
)  # fmt: skip
def test_words_around_a_number_make_a_limit_of_it(words: str, value: str) -> None:
    assert amount(f"The talks lasted {words}.") == value


@pytest.mark.parametrize(("number", "value"), [("3 million", "~3000000"), ("two hundred thousand", "~200000")])
def test_a_number_counted_in_thousands_is_a_round_one(number: str, value: str) -> None:
    assert amount(f"The strike cost {number} euros.", "euros") == value


@pytest.mark.parametrize(
    "sentence",
    [
        "The talks lasted long.",
        "The talks lasted five days.",
        "They met twice an hour.",
        "The talks lasted between five and six hours.",
        "The talks lasted five to six hours.",
        "The talks lasted 5-6 hours.",
        "The talks lasted five or six hours.",
        "The talks lasted five hours and ten minutes.",
        "They were cut from five hours to seven.",
        "The two sides talked for five hours.",
        "The talks did not last five hours.",
        "The talks lasted no fewer than five hours.",
        "The talks lasted more than about five hours.",
        "The talks lasted five hours longer than planned.",
        "The talks lasted five hours a day.",
        "The talks lasted twenty-odd hours.",
        "The talks lasted 20+ hours.",
        "The talks lasted two dozen hours.",
        "The talks lasted several hours.",
        "In the first five hours nothing was said.",
        "The five-hour talks were useful.",
        "The talks began at 5:30 hours.",
        "The talks lasted half of the five hours.",
        "The talks lasted 5½ hours.",
        "The talks lasted minus five hours.",
        "The talks lasted two three hours.",
        "The talks lasted twenty twenty hours.",
        "The talks lasted 99999999999999999999 hours.",
        "",
    ],
)
def test_where_there_is_a_doubt_no_amount_is_read(sentence: str) -> None:
    assert amount(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "On 18 June 2023, the talks lasted five hours.",
        "On June 18 the talks lasted five hours.",
        "The G7 talked for five hours.",
        "The crew of the F-16 talked for five hours.",
        "In one of the rooms they talked for five hours.",
    ],
)
def test_days_years_and_names_are_no_other_amounts(sentence: str) -> None:
    assert amount(sentence) == "5"


@pytest.mark.parametrize(
    ("sentence", "unit", "known", "value"),
    [
        ("The toll was 12.", "deaths", "12", "12"),
        ("At least 12 were killed.", "deaths", "12", ">=12"),
        ("The charter was sealed in 1200.", "the year", "1200", "1200"),
        ("The two sides talked for five hours.", "hours", "5", "5"),
        ("The toll was 12.", "deaths", "15", None),
        ("On 12 May the toll was high.", "deaths", "12", None),
        ("A twelve-storey house fell.", "deaths", "12", None),
        ("One of them was killed.", "deaths", "1", None),
        ("Between 12 and 15 were killed.", "deaths", "12", None),
    ],
)
def test_a_number_that_a_source_gives_needs_no_unit_beside_it(
    sentence: str, unit: str, known: str, value: str | None
) -> None:
    assert amount(sentence, unit, "en", known) == value


@pytest.mark.parametrize(
    ("language", "sentence", "unit", "value"),
    [
        ("de", "Das Gespräch dauerte mehr als 5,5 Stunden.", "Stunden", ">5.5"),
        ("de-AT", "Das Gespräch dauerte 1 Stunde.", "Stunden", "1"),
        ("de", "Das Gespräch dauerte fünf Stunden.", "Stunden", None),
        ("de", "Das Gespräch dauerte 5 bis 6 Stunden.", "Stunden", None),
        ("de", "Es kamen 1.000 Leute.", "Leute", None),
        ("fr", "L’entretien a duré plus de 5 heures.", "heures", ">5"),
        ("fr", "L’entretien a duré 5 heures et demie.", "heures", None),
        ("es", "La reunión duró unas 7,5 horas.", "horas", "~7.5"),
        ("es", "La reunión no duró 5 horas.", "horas", None),
        ("it", "L’incontro è durato 5 ore.", "ore", None),
        ("zh", "会谈持续了5小时", "小时", None),
    ],
)
def test_other_languages_are_read_by_their_digits_where_their_words_are_known(
    language: str, sentence: str, unit: str, value: str | None
) -> None:
    assert amount(sentence, unit, language) == value


@pytest.mark.parametrize("unit", ["", " ", "…", "hours of talks", "minutes"])
def test_another_unit_or_none_is_not_the_one_that_is_asked_for(unit: str) -> None:
    assert amount("The talks lasted five hours.", unit) is None


@pytest.mark.parametrize(
    ("sentence", "language", "free"),
    [
        ("The ministers told how long they had talked.", "en", True),
        ("One of them left.", "en", True),
        ("The talks lasted several hours.", "en", False),
        ("The talks were over by noon.", "en", False),
        ("They met on 18 June.", "en", True),
        ("The two left.", "en", False),
        ("Das Gespräch dauerte fünf Stunden.", "de", True),
        ("Das Gespräch dauerte mehr als fünf Stunden.", "de", False),
        ("会谈持续了五个半小时", "zh", False),
    ],
)
def test_a_sentence_is_unmeasured_only_where_that_is_sure(sentence: str, language: str, free: bool) -> None:
    assert unmeasured(sentence, language) is free


WORDS = st.sampled_from(
    [*NUMBERS, "hundred", "thousand", "million", "a", "an", "and", "half", "-", "5", "5.5", "hours"]
)


@given(st.lists(WORDS, max_size=12), st.sampled_from(sorted(LANGUAGES)))
def test_whatever_the_words_are_an_amount_is_read_or_none(words: list[str], language: str) -> None:
    sentence = " ".join(words)
    found = stated(sentence, "hours", (), language)
    if found:
        assert "hours" in words
        assert parse_value(found.text) == found
        assert unmeasured(sentence, language) is False or {"a", "an", "half"} & set(words)


@pytest.mark.parametrize("number", range(1, 1000, 7))
def test_numbers_in_words_are_the_same_as_in_digits(number: int) -> None:
    assert amount(f"It took {spelt(number)} hours.") == str(number)


def spelt(number: int) -> str:
    """An English number below a thousand."""
    hundreds, rest = divmod(number, 100)
    by_number = {value: word for word, value in NUMBERS.items()}
    tens = rest // 10 * 10
    small = by_number.get(rest) or f"{by_number[tens]}-{by_number[rest - tens]}"
    if not hundreds:
        return small
    return f"{by_number[hundreds]} hundred" + (f" and {small}" if rest else "")
