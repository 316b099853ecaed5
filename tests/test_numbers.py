"""Numbers that articles print: all of them are found, those that claims use are known, the others can be compared."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
import yaml
from samples import ONE, ROOT, Files, analysis_of, sample, small

from builder.analysis.numbers import MOST, PrintedNumber, comparable, numbers_of
from builder.extracting.figures import Figure, Kind, figures_in
from builder.extracting.sentences import sentences_of
from builder.text import Span
from builder.values import parse_value

SAMPLE = ["mercopress", "b-unnamed", "mothership", "worldys-news", "e-unnamed"]


@cache
def truth() -> Mapping[str, list[dict[str, Any]]]:
    """Every number of the sample's articles, as a person read them."""
    read = yaml.load((ROOT / "tests/truth/numbers.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    numbers: dict[str, list[dict[str, Any]]] = read["numbers"]
    return numbers


def figures_of(source: str) -> list[tuple[str, Figure]]:
    """What is read in an article of the sample, with its words."""
    article = sample().anchored.articles[source]
    return [
        (figure.span.of(article.text), figure)
        for sentence in sentences_of(article, "en")
        for figure in figures_in(article.text, sentence.span, "en")
        if figure.kind is not Kind.ORDINAL
    ]


@pytest.mark.parametrize("source", SAMPLE)
def test_every_number_of_the_sample_is_read_as_a_person_reads_it(source: str) -> None:
    wanted = sorted(
        (one["value"], one["unit"])
        for one in truth().get(source, [])
        if "name" not in one and (one["unit"] != "date" or one["value"][:4].isdecimal())
        for _ in range(int(one.get("times", 1)))
    )
    # “Almost five” is about five, or less than five: either is a fair reading, as the list says.
    alike = {("<5", "year"): ("~5", "year")}
    found = sorted((figure.value.text, figure.unit.replace("que", "qué")) for _, figure in figures_of(source))
    assert found == sorted(alike.get(one, one) for one in wanted)


@pytest.mark.parametrize("source", SAMPLE)
def test_what_is_read_stands_in_the_words_that_a_person_marked(source: str) -> None:
    marked = [one["words"] for one in truth().get(source, []) if "name" not in one]
    assert [words for words, _ in figures_of(source) if not any(words in one for one in marked)] == []


def test_every_number_of_the_sample_is_used_or_left_out() -> None:
    numbers = numbers_of(sample().anchored)
    assert len(numbers) == 15
    assert [number for number in numbers if not number.used_by and not number.left_out] == []
    assert comparable(numbers) == ()


# ---- in small sites ------------------------------------------------------------------------------------------------


def numbers(**changed: str) -> tuple[PrintedNumber, ...]:
    return numbers_of(analysis_of(small(**changed)).anchored)


def of(one: PrintedNumber) -> tuple[str, str, str, tuple[str, ...]]:
    return one.source, one.value.text, one.unit, one.used_by


def test_a_claim_uses_a_number_only_by_a_value() -> None:
    assert [of(one) for one in numbers()] == [
        ("one", "2", "hour", ()),
        ("two", "2", "minister", ()),
        ("two", "~2", "hour", ()),
    ]
    claims = """c:
  claim: The talks lasted two hours.
  topic: talks
  unit: hours
  evidence:
    one: {stance: supports, quote: lasted two hours, value: 2}
    two: {stance: supports, quote: about two hours}
"""
    assert [one.used_by for one in numbers(claims=claims)] == [("c",), (), ()]


def test_a_number_may_be_left_out_knowingly() -> None:
    files: Files = {
        **small(),
        "content/case/audit.yaml": "left_out:\n  one:\n    - {quote: two hours, why: All say so.}\n",
    }
    assert [one.left_out for one in numbers_of(analysis_of(files).anchored)] == [True, False, False]


def test_boilerplate_has_no_numbers() -> None:
    found = [one for one in numbers(one=f"Read 5 hours more.\n\n{ONE}") if one.source == "one"]
    assert [of(one) for one in found] == [("one", "2", "hour", ())]


def printed(source: str, value: str, context: str, *used_by: str, unit: str = "hour") -> PrintedNumber:
    words = frozenset(context.split())
    return PrintedNumber(source, Span(0, 1), parse_value(value), unit, Span(0, 1), used_by, False, words)


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (printed("a", "5", "talk minist"), printed("b", "5", "talk minist"), True),
        (printed("a", "5", "talk minist"), printed("b", ">4", "talk minist"), True),
        (printed("a", "5", "talk minist"), printed("a", "5", "talk minist"), False),
        (printed("a", "5", "talk minist"), printed("b", "5", "bridg minist"), False),
        (printed("a", "5", "talk minist"), printed("b", "9", "talk minist"), False),
        (printed("a", "5", "long talk minist geneva"), printed("b", "9", "long talk minist geneva"), True),
        (printed("a", "5", "talk minist"), printed("b", "5", "talk minist", unit="day"), False),
        (printed("a", "5", "talk minist", "c"), printed("b", "5", "talk minist"), True),
        (printed("a", "5", "talk minist", "c"), printed("b", "5", "talk minist", "c"), False),
    ],
)
def test_numbers_are_proposed_that_may_speak_of_one_thing(
    one: PrintedNumber, other: PrintedNumber, together: bool
) -> None:
    found = comparable((one, other))
    assert [group.numbers for group in found] == ([(one, other)] if together else [])


def test_what_links_two_links_their_neighbours() -> None:
    chain = (printed("a", "5", "x y"), printed("b", "5", "x y z w"), printed("c", "5", "z w"))
    (group,) = comparable(chain)
    assert group.numbers == chain


def test_numbers_of_one_text_do_not_link_each_other() -> None:
    twice = (printed("a", "5", "x y"), printed("a", "5", "x y z w"), printed("b", "5", "z w"))
    (group,) = comparable(twice)
    assert group.numbers == twice[1:]


def test_a_mark_on_a_letter_makes_no_other_unit() -> None:
    marked, plain = printed("a", "3", "x y", unit="communiqué"), printed("b", "3", "x y", unit="communique")
    (group,) = comparable((marked, plain))
    assert (group.unit, group.numbers) == ("communiqué", (marked, plain))


def test_words_that_stand_beside_most_numbers_set_none_apart() -> None:
    same = tuple(printed(letter, str(number), "blinken china") for number, letter in enumerate("abcdef", 1))
    assert comparable(tuple(same)) == ()


def test_of_one_unit_no_more_than_a_few_hundred_are_compared() -> None:
    many = tuple(printed("ab"[index % 2], str(index), f"x{index} y") for index in range(20 * MOST))
    assert comparable(many) == ()
