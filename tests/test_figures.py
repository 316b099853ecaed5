"""Numbers in running text: what each counts, how far it is meant, and what is no number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.extracting.figures import Kind, figures_in
from builder.extracting.figures.words import counted
from builder.text import Span
from builder.values import parse_value


def read(text: str, language: str = "en") -> list[tuple[str, str, str]]:
    """The words, the value and the unit of every amount."""
    figures = figures_in(text, Span(0, len(text)), language)
    return [(one.span.of(text), one.value.text, one.unit) for one in figures if one.kind is Kind.AMOUNT]


def of_kind(text: str, kind: Kind) -> list[tuple[str, str, str]]:
    found = figures_in(text, Span(0, len(text)), "en")
    return [(one.span.of(text), one.value.text, one.unit) for one in found if one.kind is kind]


@pytest.mark.parametrize(
    ("text", "words", "value", "unit"),
    [
        ("The talks lasted more than five hours.", "more than five hours", ">5", "hour"),
        ("They lasted five and a half hours.", "five and a half hours", "5.5", "hour"),
        ("It took two hours and a half.", "two hours and a half", "2.5", "hour"),
        ("It took an hour and a half.", "an hour and a half", "1.5", "hour"),
        ("It took more than an hour.", "more than an hour", ">1", "hour"),
        ("It took half an hour.", "half an hour", "0.5", "hour"),
        ("It took 5½ hours.", "5½ hours", "5.5", "hour"),
        ("It took 20+ hours.", "20+ hours", ">=20", "hour"),
        ("It took twenty-five hours.", "twenty-five hours", "25", "hour"),
        ("It took five hours or more.", "five hours or more", ">=5", "hour"),
        ("It took five hours or so.", "five hours or so", "~5", "hour"),
        ("on his 20-hour voyage", "20-hour", "20", "hour"),
        ("a two-day visit", "two-day", "2", "day"),
        ("a 62-year-old man", "62-year-old", "62", "year of age"),
        ("for almost five years", "almost five years", "~5", "year"),
        ("It came four months later than planned.", "four months", "4", "month"),
        ("the past five years", "five years", "5", "year"),
        ("between five and six hours", "between five and six hours", "5..6", "hour"),
        ("from two to three days", "from two to three days", "2..3", "day"),
        ("It took five to six hours.", "five to six hours", "5..6", "hour"),
        ("It took 5–6 hours.", "5–6 hours", "5..6", "hour"),
        ("five or six hours", "five or six hours", "5..6", "hour"),
        ("no fewer than 200 people", "no fewer than 200 people", ">=200", "person"),
        ("not more than 200 people", "not more than 200 people", "<=200", "person"),
        ("up to 300 soldiers", "up to 300 soldiers", "<=300", "soldier"),
        ("under 300 soldiers", "under 300 soldiers", "<300", "soldier"),
        ("at least 12 senior Chinese officials were there", "at least 12 senior Chinese officials", ">=12", "official"),
        ("some 200 passengers", "some 200 passengers", "~200", "passenger"),
        ("half a million people", "half a million people", "500000", "person"),
        ("a hundred people", "a hundred people", "~100", "person"),
        ("a dozen students", "a dozen students", "12", "student"),
        ("two dozen police officers", "two dozen police officers", "24", "officer"),
        ("over 2000 soldiers", "over 2000 soldiers", ">2000", "soldier"),
        ("the three China-U.S. joint communiques", "three China-U.S. joint communiques", "3", "communique"),
        ("Three dead after a strike", "Three dead", "3", "dead"),
        ("two hundred and five delegates", "two hundred and five delegates", "205", "delegate"),
        ("1,200,000 companies", "1,200,000 companies", "1200000", "company"),
        ("nearly 40%", "nearly 40%", "~40", "%"),
        ("by 2.5 per cent", "2.5 per cent", "2.5", "%"),
        ("by 2.5 percentage points", "2.5 percentage points", "2.5", "percentage point"),
        ("half of the students", "half", "50", "%"),
        ("a third of the members", "a third", "~33", "%"),
        ("two-thirds of voters", "two-thirds", "~67", "%"),
        ("It cost $5 million.", "$5 million", "5000000", "dollar"),
        ("It cost US$5.2m.", "US$5.2m", "5200000", "US dollar"),
        ("a €3bn loss", "€3bn", "3000000000", "euro"),
        ("more than £40", "more than £40", ">40", "pound sterling"),
        ("$5-6 million", "$5-6 million", "5000000..6000000", "dollar"),
        ("5 million US dollars", "5 million US dollars", "5000000", "US dollar"),
        ("USD 300", "USD 300", "300", "US dollar"),
        ("30 dollars", "30 dollars", "30", "dollar"),
        ("500 square kilometres", "500 square kilometres", "500", "square kilometre"),
        ("a 20km road", "20km", "20", "kilometre"),
        ("at 5 km/h", "5 km/h", "5", "km/h"),
        ("20 degrees Celsius", "20 degrees Celsius", "20", "degree celsius"),
    ],
)
def test_a_number_is_read_with_its_limit_and_its_unit(text: str, words: str, value: str, unit: str) -> None:
    assert read(text) == [(words, value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "the Group of 20 (G20) summit",
        "COVID-19 cases rose",
        "an F-16 crashed",
        "the one-China principle",
        "one of the rooms",
        "no one knew",
        "the two sides agreed",
        "China’s two demands",
        "these two largest economies",
        "call 555-1234 now",
        "+44 20 7946 0958",
        "Channel 1 said so",
        "Boeing 737 jets",
        "at 10:33 UTC",
        "at 5 pm students left",
        "He won 3-2.",
        "the 9/11 attacks",
        "open 24/7 for visitors",
        "the 1990s were",
        "agent 007 guests",
        "hundreds of people",
        "two of them",
        "see https://example.org/5/hours and @user5 #20 hours",
        "pic.example.com/5 years5",
        "192.168.0.1 hosts",
        "top 10 countries",
        "page 5 lines",
        "an hour",
        "in 2018, ministers",
        "the 2018 visits",
        "June 18 hours",
        "",
    ],
)
def test_names_days_clocks_and_addresses_are_no_amounts(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Monday, June 19th 2023 - 10:33 UTC", "June 19th 2023", "2023-06-19"),
        ("on 18 June 2023 in Beijing", "18 June 2023", "2023-06-18"),
        ("on the 18th of June, 2023", "18th of June, 2023", "2023-06-18"),
        ("the November 2022 meeting", "November 2022", "2022-11"),
        ("the first since 2018, according to", "2018", "2018"),
        ("took office in 2021.", "2021", "2021"),
    ],
)
def test_dates_and_years_are_kept_apart(text: str, words: str, value: str) -> None:
    assert of_kind(text, Kind.DATE) == [(words, value, "date")]
    assert read(text) == []


def test_a_day_without_its_year_is_passed_over() -> None:
    assert figures_in("On Jun. 18 they met", Span(0, 19), "en") == ()
    assert figures_in("On June 31, 2023 they met", Span(0, 25), "en") == ()


def test_ordinals_are_known_as_such() -> None:
    assert of_kind("the first visit, the 19th round and the second half", Kind.ORDINAL) == [
        ("first visit", "1", "visit"),
        ("19th round", "19", "round"),
        ("second half", "2", "half"),
    ]
    assert read("five seconds") == [("five seconds", "5", "second")]


def test_several_numbers_of_a_sentence_are_read_one_by_one() -> None:
    text = "More than 40 per cent of 1,200 people waited five hours on Monday (Jun. 19) for about two ministers."
    assert [value for _, value, _ in read(text)] == [">40", "1200", "5", "~2"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "mehr als 5 Stunden", [("mehr als 5 Stunden", ">5", "hour")]),
        ("de", "rund 1.200 Menschen, 7,5 %", [("rund 1.200 Menschen", "~1200", "person"), ("7,5 %", "7.5", "%")]),
        ("de", "3 Millionen Euro am 18. Juni 2023", [("3 Millionen Euro", "3000000", "euro")]),
        ("fr", "environ 1 200 personnes", [("environ 1 200 personnes", "~1200", "person")]),
        ("fr", "plus de 3 millions d’euros", [("plus de 3 millions d’euros", ">3000000", "euro")]),
        ("es", "unas 200 personas", [("unas 200 personas", "~200", "person")]),
        ("es", "entre 2 y 3 horas", [("entre 2 y 3 horas", "2..3", "hour")]),
        ("zh", "会谈持续了5个小时", []),
        ("it", "più di 5 ore", []),
    ],
)
def test_other_languages_are_read_by_their_figures(
    language: str, text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert read(text, language) == expected


@pytest.mark.parametrize(
    ("word", "singular"),
    [
        ("students", "student"), ("parties", "party"), ("coaches", "coach"), ("people", "person"), ("boxes", "box"),
        ("class", None), ("status", None), ("news", None), ("was", None), ("houses", "house"),
    ],
)  # fmt: skip
def test_what_is_counted_is_named_in_the_singular(word: str, singular: str | None) -> None:
    assert counted(word) == singular


WORDS = "five|and|a|half|hours|-|to|5|1,200|.|$|€|%|million|between|from|US|dozen|third|of|the|–|½|20|+|June|2023|("
PIECES = st.lists(st.sampled_from(WORDS.split("|")), max_size=14).map(" ".join)


@given(st.one_of(st.text(max_size=40), PIECES), st.sampled_from(["en", "de", "fr", "es", "xx"]))
def test_any_text_is_read_in_order_and_without_overlap(text: str, language: str) -> None:
    figures = figures_in(text, Span(0, len(text)), language)
    at = 0
    for figure in figures:
        assert at <= figure.span.start < figure.span.end <= len(text)
        at = figure.span.end
        assert figure.unit
        if figure.kind is not Kind.DATE:
            assert parse_value(figure.value.text) == figure.value


@pytest.mark.parametrize("piece", ["five ", "5 ", "5-", "1,", "and ", "a half ", "$5 ", "x@", "million ", "(", "ten-"])
def test_a_very_long_sentence_takes_no_long_time(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    assert isinstance(figures_in(text, Span(0, len(text)), "en"), tuple)
