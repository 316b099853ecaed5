"""Numbers as a source gives them."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.values import (
    Fit,
    Value,
    ValueFormatError,
    agree,
    dated,
    exclude,
    fit,
    in_other_unit,
    less_precise,
    parse_value,
    rounded,
)


@pytest.mark.parametrize(
    ("text", "comparator", "low", "high", "anchor"),
    [
        ("5.5", "", "5.5", "5.5", "5.5"),
        ("-3", "", "-3", "-3", "-3"),
        ("~7.5", "~", "7.5", "7.5", "7.5"),
        (">5", ">", "5", None, "5"),
        (">= 5", ">=", "5", None, "5"),
        ("<5", "<", None, "5", "5"),
        ("<=-5", "<=", None, "-5", "-5"),
        ("5..6", "..", "5", "6", "5"),
        ("5..5", "..", "5", "5", "5"),
        ("-2..-1.5", "..", "-2", "-1.5", "-2"),
        (" 0 ", "", "0", "0", "0"),
    ],
)
def test_a_value_has_a_comparator_and_limits(
    text: str, comparator: str, low: str | None, high: str | None, anchor: str
) -> None:
    value = parse_value(text)
    assert value.text == text.replace(" ", "")
    assert value.comparator == comparator
    assert (value.low, value.high) == (low and Decimal(low), high and Decimal(high))
    assert value.anchor == Decimal(anchor)


@pytest.mark.parametrize(
    "text",
    [
        "", "five", "5 5", "5,5", "1,000", "1e3", "NaN", "Infinity", "5.", ".5", "+5", "=5", "~ ~5", ">5..6",
        "5..", "..5",
        "5...6", "5-6", "6..5", "5 -6", "5 <b>", "$5 euros", "٥", "５", "1" * 16, "0." + "1" * 10, "5\n6", ">-",
    ],
)  # fmt: skip
def test_what_is_no_value_is_refused(text: str) -> None:
    with pytest.raises(ValueFormatError, match=r"no value|backwards"):
        parse_value(text)


def test_a_range_that_runs_backwards_is_turned_round_in_the_message() -> None:
    with pytest.raises(ValueFormatError, match=r"write 5\.\.6"):
        parse_value("6..5")


@given(st.one_of(st.text(max_size=20), st.text(st.sampled_from("0123456789.-<>=~ "), max_size=12)))
def test_any_text_is_a_value_or_a_value_error(text: str) -> None:
    found = read(text)
    if isinstance(found, str):
        assert repr(text) in found
        return
    assert found.low is None or found.high is None or found.low <= found.high
    assert found.anchor.is_finite()
    assert parse_value(found.text) == found


def read(text: str) -> Value | str:
    """The value, or why there is none."""
    try:
        return parse_value(text)
    except ValueFormatError as error:
        return str(error)


NUMBERS = st.decimals(-(10**6), 10**6, places=3)


@given(NUMBERS, NUMBERS)
def test_ordered_numbers_make_a_range(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    value = parse_value(f"{low}..{high}")
    assert (value.low, value.high) == (low, high)


# ---- together ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5", "5"), ("5", "5.0"), ("5", "~5"), ("5", "5.2"), ("5.5", "5.52"), ("~7.5", "~7.5"), ("-5", "-5.2"),
        ("5", "5..6"), ("6", "5..6"), ("5..5", "5"), ("5.5", ">5"), ("5", ">=5"), ("5", "<=5"), ("4.9", "<5"),
        (">3", ">5"), (">3", "<10"), ("5..6", ">5"), ("5..6", "5.5..7"), ("~5", ">4"), ("0", "-1..1"),
        ("~2", "1.6"),
    ],
)  # fmt: skip
def test_values_that_can_surely_hold_at_once(one: str, other: str) -> None:
    assert agree(parse_value(one), parse_value(other))
    assert agree(parse_value(other), parse_value(one))
    assert not exclude(parse_value(one), parse_value(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5", "6"), ("5", "5.6"), ("5.5", "7.5"), ("5.5", "~7.5"), ("~5", "7"), ("~5", "~7"), ("-5", "5"),
        ("5", "6..7"), ("8", "6..7"), ("4.2", ">5"), ("4.9", ">=5"), ("<5", ">5"), ("<5", ">=5"), ("<=5", ">5"),
        ("1..2", "3..4"), ("5..6", "<5"), ("200", "230"), ("1000", "1100"), ("12", "13"), ("0", "0.6"),
    ],
)  # fmt: skip
def test_values_that_surely_exclude_each_other(one: str, other: str) -> None:
    assert exclude(parse_value(one), parse_value(other))
    assert exclude(parse_value(other), parse_value(one))


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("5", "5.5", "five and a half may be called five"),
        ("5.5", "6", "and six"),
        ("~5", "6", "about five is how far from six?"),
        ("~5", "~6", "the same"),
        ("~7.5", "7", "seven is not far from about seven and a half"),
        ("~100", "108", "a tenth up is still about a hundred"),
        ("5", ">5", "more than five hours may be called five"),
        ("5", "<5", "and less than five"),
        ("5..6", "6..7", "only at one number do they meet"),
        ("<=5", ">=5", "the same"),
        ("1500", "1523", "a number with two zeros may be a round one"),
        ("2000", "2100", "by a twentieth at most"),
    ],
)
def test_between_a_clear_yes_and_a_clear_no_nothing_is_said(one: str, other: str, why: str) -> None:
    pair = parse_value(one), parse_value(other)
    assert not agree(*pair), why
    assert not exclude(*pair), why


VALUES = st.builds(
    lambda sign, low, length: parse_value(f"{low}..{low + length}" if sign == ".." else f"{sign}{low}"),
    st.sampled_from(["", "~", ">", ">=", "<", "<=", ".."]),
    st.decimals(-2000, 2000, places=1) | st.integers(-20, 20).map(lambda n: Decimal(n * 100)),
    st.integers(0, 50).map(Decimal),
)


@given(VALUES, VALUES)
def test_no_two_values_both_agree_and_exclude_and_the_order_makes_no_difference(one: Value, other: Value) -> None:
    assert not (agree(one, other) and exclude(one, other))
    assert agree(one, other) is agree(other, one)
    assert exclude(one, other) is exclude(other, one)


@given(VALUES)
def test_a_value_agrees_with_itself(value: Value) -> None:
    assert agree(value, value)
    assert not exclude(value, value)


# ---- fit -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("5", "5.0", Fit.EQUAL), ("1.2 million", "1200000", Fit.EQUAL), (">5", "> 5", Fit.EQUAL),
        (">5", "5.5", Fit.LESS_PRECISE), (">5", "7.5", Fit.LESS_PRECISE), (">3", ">5", Fit.LESS_PRECISE),
        ("5..6", "5.5", Fit.LESS_PRECISE), ("5..6", "5", Fit.LESS_PRECISE), ("~5", "5.2", Fit.LESS_PRECISE),
        ("~5", "5", Fit.LESS_PRECISE), ("5", "5.2", Fit.LESS_PRECISE), ("1500", "1523", Fit.LESS_PRECISE),
        (">=5", "5", Fit.LESS_PRECISE), (">5", ">=5", Fit.LESS_PRECISE),
        (">5", "5", Fit.COMPATIBLE), ("~5", "~5.3", Fit.COMPATIBLE), ("5..6", "5.5..7", Fit.COMPATIBLE),
        ("5..6", "6..7", Fit.COMPATIBLE), ("5", "5.5", Fit.COMPATIBLE), (">3", "<10", Fit.COMPATIBLE),
        ("5.5", "~7.5", Fit.CONFLICTING), ("5", "6", Fit.CONFLICTING), ("5..6", "<5", Fit.CONFLICTING),
    ],
)  # fmt: skip
def test_how_two_values_go_together(one: str, other: str, expected: Fit) -> None:
    assert fit(parse_value(one), parse_value(other)) is expected


@given(VALUES, VALUES)
def test_how_values_go_together_does_not_depend_on_their_order(one: Value, other: Value) -> None:
    assert fit(one, other) is fit(other, one)
    assert (fit(one, other) is Fit.CONFLICTING) is exclude(one, other)
    assert not (less_precise(one, other) and less_precise(other, one))


@given(VALUES)
def test_a_value_is_equal_to_itself_and_not_less_precise_than_itself(value: Value) -> None:
    assert fit(value, value) is Fit.EQUAL
    assert not less_precise(value, value)


@given(VALUES, VALUES)
def test_what_surely_agrees_never_conflicts(one: Value, other: Value) -> None:
    assert not agree(one, other) or fit(one, other) is not Fit.CONFLICTING


@given(VALUES, VALUES, st.sampled_from(["1/60", "60", "9/5", "15625/25146"]), st.sampled_from(["0", "32", "-5463/20"]))
def test_another_unit_changes_nothing_of_how_two_values_go_together(
    one: Value, other: Value, factor: str, shift: str
) -> None:
    moved = [in_other_unit(value, Fraction(factor), Fraction(shift)) for value in (one, other)]
    assert fit(*moved) is fit(one, other)
    assert agree(*moved) is agree(one, other)


@pytest.mark.parametrize(
    ("text", "factor", "shift", "shown"),
    [
        ("330 minutes", "1/60", "0", ("5.5", "5.5")),
        ("335 minutes", "1/60", "0", ("5.58", "5.58")),
        (">100 km", "15625/25146", "0", ("62", None)),
        ("20 degrees", "9/5", "32", ("68", "68")),
        ("5..6 km", "1000", "0", ("5000", "6000")),
        ("$1.2 million", "1/1000000", "0", ("1.2", "1.2")),
    ],
)
def test_a_converted_value_is_shown_as_finely_as_it_was_printed(
    text: str, factor: str, shift: str, shown: tuple[str, str | None]
) -> None:
    value = in_other_unit(parse_value(text), Fraction(factor), Fraction(shift))
    assert tuple(number if number is None else f"{number:f}" for number in rounded(value)) == shown


# ---- units and dates -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "figure", "unit", "number"),
    [
        ("330 minutes", "330", "minutes", "330"), ("~7.5  hours", "7.5", "hours", "7.5"), ("5 km", "5", "km", "5"),
        ("$1.2 million", "1.2 million", "$", "1200000"), ("US$5", "5", "US$", "5"), ("3 billion euros", "3 billion",
        "euros", "3000000000"), ("40%", "40", "%", "40"), ("20 °C", "20", "°C", "20"),
    ],
)  # fmt: skip
def test_a_value_may_have_a_unit_of_its_own(text: str, figure: str, unit: str, number: str) -> None:
    value = parse_value(text)
    assert (value.figure, value.unit, value.anchor) == (figure, unit, Decimal(number))
    assert parse_value(value.text) == value


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2023-06-18", "2023-06-18", Fit.EQUAL),
        ("2023-06", "2023-06-18", Fit.LESS_PRECISE),
        ("2023", "2023-06", Fit.LESS_PRECISE),
        ("2023-06-18/2023-06-20", "2023-06-19", Fit.LESS_PRECISE),
        ("[2023-06-19..]", "2023-07", Fit.LESS_PRECISE),
        ("2023-06-18", "2023-06-18T10:00Z", Fit.LESS_PRECISE),
        ("2023-06~", "2023-07-02", Fit.LESS_PRECISE),
        ("2023-06-18/2023-06-20", "2023-06-20/2023-06-22", Fit.COMPATIBLE),
        ("2023-06-18", "2023-06-19", Fit.CONFLICTING),
        ("2023-06-18T10:00Z", "2023-06-18T10:01Z", Fit.CONFLICTING),
        ("[2023-06-19..]", "2023-06-18", Fit.CONFLICTING),
        ("2023-06~", "2023-09", Fit.CONFLICTING),
    ],
)
def test_dates_go_together_by_their_days(one: str, other: str, expected: Fit) -> None:
    first, second = (dated(text, timedelta(hours=8)) for text in (one, other))
    assert fit(first, second) is fit(second, first) is expected
