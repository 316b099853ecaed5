"""Numbers as a source gives them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.values import Value, ValueFormatError, parse_value


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
