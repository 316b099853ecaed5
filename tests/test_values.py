"""Numbers as a source gives them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.values import Value, ValueFormatError, agree, exclude, parse_value


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
        "", "five", "5 hours", "5,5", "1,000", "1e3", "NaN", "Infinity", "5.", ".5", "+5", "=5", "~ ~5", ">5..6",
        "5..", "..5",
        "5...6", "5-6", "6..5", "5%", "٥", "５", "1" * 16, "0." + "1" * 10, "5\n6", ">-",
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
    ],
)  # fmt: skip
def test_values_that_can_surely_hold_at_once(one: str, other: str) -> None:
    assert agree(parse_value(one), parse_value(other))
    assert agree(parse_value(other), parse_value(one))


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
