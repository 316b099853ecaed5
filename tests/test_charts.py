"""Charts: every mark lies where its number or moment says, and nothing lies outside."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.analysis.axes import Axis, Stretch, Tick, axis
from builder.drawing.charts import as_drawn, bar, position, reach, ruler, scale, ticks
from builder.values import Value, dated, in_other_unit, parse_value
from builder.views.time import Bar
from builder.words import ENGLISH, Words

# ---- numbers ----------------------------------------------------------------------------------------------------

NUMBERS = st.decimals(-(10**12), 10**12, places=3)
SMALL_NUMBERS = st.decimals(-30, 30, places=2)


def written(number: Decimal, other: Decimal, form: str) -> Value:
    low, high = sorted((number, other))
    return parse_value(f"{low}..{high}" if form == ".." else f"{form}{number:f}")


VALUES = st.one_of(NUMBERS, SMALL_NUMBERS).flatmap(
    lambda number: st.builds(
        written,
        st.just(number),
        st.one_of(SMALL_NUMBERS, st.just(number)),
        st.sampled_from(["", ">", ">=", "<", "<=", "~", ".."]),
    )
)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["5.5", ">5", "~7.5"], ("4", "8", "1")),
        (["5", "7.2"], ("4", "8", "1")),
        (["6", "7"], ("5.5", "7.5", "0.5")),
        (["5"], ("4", "6", "1")),
        (["~900", "900"], ("800", "1000", "100")),
        (["2021"], ("2020", "2022", "1")),
        (["1234567"], ("1234000", "1236000", "1000")),
        (["0"], ("0", "1", "1")),
        (["0", "100"], ("0", "150", "50")),
        (["-7", "-6"], ("-7.5", "-5.5", "0.5")),
        (["-1", "1"], ("-2", "2", "1")),
        (["300", "310..350"], ("280", "360", "20")),
    ],
)
def test_an_axis_of_numbers_is_round_with_room_at_both_ends(texts: list[str], expected: tuple[str, str, str]) -> None:
    assert scale([parse_value(text) for text in texts]) == tuple(map(Decimal, expected))


@given(st.lists(VALUES, min_size=1, max_size=5))
def test_all_numbers_lie_within_their_axis(values: list[Value]) -> None:
    start, end, step = scale(values)
    numbers = [number for value in values for number in (value.low, value.high) if number is not None]
    assert start <= min(numbers) <= max(numbers) <= end
    assert start < end
    assert start >= 0 or min(numbers) < 0
    assert step > 0
    assert step.as_tuple().digits[0] in (1, 2, 5)
    assert start % step == end % step == 0
    assert 1 <= (end - start) / step <= 6
    for value in values:
        _, x, until = reach(value, start, end)
        assert 2 <= x <= 97
        assert 0 <= until <= 100


def test_numbers_lie_in_their_order() -> None:
    assert (position(Decimal(4), Decimal(4), Decimal(8)), position(Decimal(8), Decimal(4), Decimal(8))) == (2.0, 97.0)
    placed = [position(Decimal(n), Decimal(0), Decimal(10)) for n in range(11)]
    assert placed == sorted(set(placed))


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("5", ("point", 49.5, 49.5)),
        ("~5", ("about", 49.5, 49.5)),
        (">5", ("lower", 49.5, 100.0)),
        (">=5", ("lower", 49.5, 100.0)),
        ("<5", ("upper", 49.5, 0.0)),
        ("<=5", ("upper", 49.5, 0.0)),
        ("0..10", ("range", 2.0, 97.0)),
        ("5..5", ("range", 49.5, 49.5)),
    ],
)
def test_a_value_reaches_as_far_as_it_allows(text: str, drawn: tuple[str, float, float]) -> None:
    assert reach(parse_value(text), Decimal(0), Decimal(10)) == drawn


@pytest.mark.parametrize(
    ("texts", "labels"),
    [
        (["5.5", ">5", "~7.5"], ["4", "5", "6", "7", "8"]),
        (["1200", "1900"], ["500", "1,000", "1,500", "2,000", "2,500"]),
        (["1.2 million", "2 million"], ["0.5 million", "", "1.5 million", "", "2.5 million"]),
        (["2023-06-18", "2023-06-19"], ["Fri 16 Jun", "", "Sun 18", "", "Tue 20", ""]),
        (["2021-01", "2023-05"], ["Jul 2020", "", "Jul", "", "Jul", ""]),
    ],
)
def test_an_axis_has_as_many_labels_as_a_small_screen_has_room_for(texts: list[str], labels: list[str]) -> None:
    assert [label for _, label in ruler([parse_value(text) for text in texts]).ticks] == labels


DATES = st.one_of(
    st.dates(date(2, 1, 1), date(9998, 1, 1)).map(str),
    st.integers(2, 9990).map("{:04}".format),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(lambda day: f"{day:%Y-%m}~"),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(lambda day: f"[{day}..]"),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(lambda day: f"../{day}"),
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)).map(lambda moment: f"{moment:%Y-%m-%dT%H:%M}Z"),  # noqa: DTZ001
)


@given(st.lists(DATES, min_size=1, max_size=4))
def test_all_dates_lie_within_their_axis(texts: list[str]) -> None:
    values = [dated(text, timedelta()) for text in texts]
    axis = ruler(values)
    assert any(label for _, label in axis.ticks)
    for value in values:
        kind, x, end = reach(value, axis.start, axis.end)
        assert kind in ("point", "about", "range", "loose", "lower", "upper")
        assert 2 <= x <= 97
        assert 0 <= end <= 100


@pytest.mark.parametrize(
    ("text", "drawn_as"),
    [("2023-06-18", "point"), ("2023-06", "range"), ("2023-06~", "loose"), ("2023-06-18~", "about"),
     ("[2023-06-18..]", "lower"), ("2023/2024", "range")],
)  # fmt: skip
def test_a_date_is_drawn_as_long_as_it_lasts(text: str, drawn_as: str) -> None:
    axis = ruler([parse_value("2023-01-01"), parse_value("2024-12-01")])
    assert reach(parse_value(text), axis.start, axis.end)[0] == drawn_as


def test_a_converted_number_is_drawn_as_finely_as_it_was_printed() -> None:
    miles = in_other_unit(parse_value("100 km"), Fraction(15625, 25146), Fraction())
    assert as_drawn(miles).anchor == Decimal(62)
    assert as_drawn(parse_value("5.55")) == parse_value("5.55")


# ---- time -------------------------------------------------------------------------------------------------------

DAY_ZERO = datetime(2024, 5, 1, tzinfo=UTC)


def day(number: float) -> datetime:
    return DAY_ZERO + timedelta(days=number)


AXIS = Axis(day(0), day(10), tuple(Tick(day(n), datetime(2020 + n, 1, 1), "year", n == 0) for n in (0, 2, 5)))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("start", "end", "drawn"),
    [
        (2, 3, (20, 10, False, False)),
        (0, 10, (0, 100, False, False)),
        (4, 4, (40, 0, False, False)),
        (0, 0, (0, 0, False, False)),
        (10, 10, (100, 0, False, False)),
        (-2, 3, (0, 30, True, False)),
        (7, 12, (70, 30, False, True)),
        (-1, 11, (0, 100, True, True)),
        (None, 3, (0, 30, True, False)),
        (7, None, (70, 30, False, True)),
        (None, None, (0, 100, True, True)),
        (-2, 0, None),
        (-3, -1, None),
        (-1, -1, None),
        (None, -1, None),
        (10, 11, None),
        (11, 12, None),
        (10, None, None),
    ],
)
def test_a_bar_is_cut_to_its_axis(
    start: int | None, end: int | None, drawn: tuple[float, float, bool, bool] | None
) -> None:
    stretch = Stretch(None if start is None else day(start), None if end is None else day(end))
    made = bar(AXIS, stretch, "event", inferred=True)
    assert made == (Bar(drawn[0], drawn[1], "event", True, drawn[2], drawn[3]) if drawn else None)


ENDS = st.one_of(st.none(), st.integers(-15, 15))


@given(ENDS, ENDS)
def test_no_bar_leaves_its_axis(start: int | None, end: int | None) -> None:
    if start is not None and end is not None:
        start, end = sorted((start, end))
    made = bar(
        AXIS, Stretch(None if start is None else day(start), None if end is None else day(end)), "text", inferred=False
    )
    outside = (end is not None and end < 0) or (start is not None and start > 10)
    if made is None:
        assert outside or start == 10 or end == 0
    else:
        assert not outside
        assert 0 <= made.x <= 100
        assert made.width >= 0
        assert made.x + made.width <= 100
        assert made.opens is (start is None or start < 0)
        assert made.open_end is (end is None or end > 10)


def test_columns_follow_each_other_and_those_of_the_focus_are_marked() -> None:
    made = ticks(AXIS, Stretch(day(3), day(5)))
    assert [(tick.x, tick.width, tick.label, tick.focus) for tick in made] == [
        (0, 20, "2020", False),
        (20, 30, "2022", True),
        (50, 50, "2025", False),
    ]


@pytest.mark.parametrize(
    ("start", "end", "marked"),
    [(None, 2, "0"), (5, None, "5"), (None, None, "025"), (4, 4, "2"), (1, 6, "025"), (20, 21, "")],
)
def test_an_open_focus_reaches_to_the_end(start: int | None, end: int | None, marked: str) -> None:
    focus = Stretch(None if start is None else day(start), None if end is None else day(end))
    assert "".join(tick.label[-1] for tick in ticks(AXIS, focus) if tick.focus) == marked


def test_what_is_very_short_is_drawn_so_that_it_can_be_seen_and_stays_on_its_axis() -> None:
    made = [bar(AXIS, Stretch(day(at), day(at + 0.001)), "event", inferred=False) for at in (0, 5, 9.999)]
    assert [(one.x, one.width) for one in made if one] == [(0, 0.5), (50, 0.5), (99.5, 0.5)]


# ---- labels of columns ------------------------------------------------------------------------------------------


def shown(first: str, last: str, room: int, words: Words = ENGLISH) -> list[str]:
    """The labels that a chart of some width shows."""
    start, end = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (first, last))
    return [
        tick.label for tick in ticks(axis(start, end, timedelta()), Stretch(None, None), words) if tick.room <= room
    ]


@pytest.mark.parametrize(
    ("first", "last", "room", "labels"),
    [
        ("2024-06-16", "2024-06-21", 0, ["Sun 16 Jun"]),
        ("2024-06-16", "2024-06-21", 1, ["Sun 16 Jun", "Tue 18", "Thu 20"]),
        ("2024-06-16", "2024-06-21", 2, ["Sun 16 Jun", "Mon 17", "Tue 18", "Wed 19", "Thu 20"]),
        ("2018-01-01", "2023-06-01", 1, ["2018", "2019", "2020", "2021", "2022", "2023"]),
        ("2024-06-16T00:00", "2024-06-17T00:00", 1, ["Sun 16, 00:00", "12:00", "18:00"]),
        ("2024-06-16T00:00", "2024-06-19T00:00", 1, ["Sun 16, 00:00"]),  # no hour whose day is not told
        ("2024-06-16T00:00", "2024-06-19T00:00", 2, ["Sun 16, 00:00", "Mon 17, 00:00", "Tue 18, 00:00"]),
    ],
)
def test_a_column_has_its_label_where_there_is_room(first: str, last: str, room: int, labels: list[str]) -> None:
    assert shown(first, last, room) == labels


def test_what_a_small_chart_shows_a_larger_one_shows_as_well() -> None:
    for end in ("2024-06-20", "2024-07-20", "2024-06-16T09:00"):
        every = [set(shown("2024-06-16", end, room)) for room in range(4)]
        assert all(one <= other for one, other in pairwise(every))


def test_labels_of_broad_letters_need_more_room() -> None:
    latin, chinese = (shown("2024-06-16", "2024-06-24", 2, Words(language)) for language in ("en", "zh"))
    assert len(chinese) <= len(latin)
