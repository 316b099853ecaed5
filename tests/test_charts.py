"""Charts: every mark lies where its number or moment says, and nothing lies outside."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import CLAIMS, FRONT, analysis_of, sample, small

from builder import views
from builder.analysis import Analysis
from builder.analysis.timeline import Axis, Stretch, Tick
from builder.drawing.charts import as_drawn, bar, pattern, picture, position, reach, ruler, scale, ticks
from builder.model import Stance
from builder.pages.context import stances
from builder.values import Value, dated, in_other_unit, parse_value
from builder.words import ENGLISH

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
        (["5"], ("4", "6", "2")),
        (["0"], ("0", "0.5", "0.5")),
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


AXIS = Axis(day(0), day(10), tuple(Tick(day(n), str(n)) for n in (0, 2, 5)))


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
    assert made == (views.Bar(drawn[0], drawn[1], "event", True, drawn[2], drawn[3]) if drawn else None)


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
        (0, 20, "0", False),
        (20, 30, "2", True),
        (50, 50, "5", False),
    ]


@pytest.mark.parametrize(
    ("start", "end", "marked"),
    [(None, 2, "0"), (5, None, "5"), (None, None, "025"), (4, 4, "2"), (1, 6, "025"), (20, 21, "")],
)
def test_an_open_focus_reaches_to_the_end(start: int | None, end: int | None, marked: str) -> None:
    focus = Stretch(None if start is None else day(start), None if end is None else day(end))
    assert "".join(tick.label for tick in ticks(AXIS, focus) if tick.focus) == marked


# ---- pattern ----------------------------------------------------------------------------------------------------


def drawn(analysis: Analysis) -> views.Pattern:
    return pattern(analysis.anchored.briefing, analysis.matrix)


def test_the_pattern_has_a_mark_for_every_cell_in_rows_and_columns() -> None:
    analysis = sample()
    made, briefing = drawn(analysis), analysis.anchored.briefing
    cells = [cell for topic in briefing.topics for row in analysis.matrix.of_topic(topic.id) for cell in row.cells]
    assert [mark.stance for mark in made.marks] == [cell.stance for cell in cells]
    middles = [(mark.x + mark.size / 2, mark.y + mark.size / 2) for mark in made.marks]
    assert len({x for x, _ in middles}) == len(analysis.matrix.rows)
    assert len({y for _, y in middles}) == len(briefing.sources) == 5
    number = len(briefing.sources)
    assert [y for _, y in middles] == [y for _, y in middles[:number]] * len(analysis.matrix.rows)
    assert sorted({x for x, _ in middles}) == [x for x, _ in middles[::number]]


def test_marks_do_not_touch_and_lie_within_the_picture() -> None:
    made = drawn(sample())
    for mark in made.marks:
        assert mark.x >= 0
        assert mark.y >= 0
        assert mark.x + mark.size <= made.width
        assert mark.y + mark.size <= made.height
    columns = sorted({mark.x + mark.size / 2 for mark in made.marks})
    assert min(other - one for one, other in pairwise(columns)) > max(mark.size for mark in made.marks)


def test_stances_differ_in_size_so_that_colour_is_not_needed() -> None:
    sizes = {mark.stance: mark.size for mark in drawn(sample()).marks}
    assert sizes[Stance.CONTRADICTS] > sizes[Stance.QUALIFIES] > sizes[Stance.SUPPORTS]


def test_topics_stand_apart_and_one_without_claims_takes_no_room() -> None:
    claims = "".join(f"c{n}: {{claim: C., topic: {topic}}}\n" for n, topic in enumerate(["talks", "talks", "people"]))
    xs = sorted({mark.x for mark in drawn(analysis_of(small(claims=claims))).marks})
    assert xs[2] - xs[1] > xs[1] - xs[0]
    front = FRONT.replace("{talks:", "{none: Nothing, talks:")
    assert drawn(analysis_of(small(front=front))).width == drawn(analysis_of(small())).width


def test_only_names_that_have_room_are_printed() -> None:
    labels = drawn(analysis_of(small(front=FRONT.replace("The talks,", "{title: The talks, short: Tks},")))).topics
    assert [label.text for label in labels] == ["Tks"]
    assert drawn(analysis_of(small())).topics == ()
    many = "".join(f"c{n}: {{claim: C., topic: talks}}\n" for n in range(3))
    assert [label.text for label in drawn(analysis_of(small(claims=many))).topics] == ["The talks"]


def test_every_source_has_its_letter_beside_its_row() -> None:
    made = drawn(sample())
    assert [label.text for label in made.rows] == [s.siglum for s in sample().anchored.briefing.sources]
    rows = sorted({mark.y + mark.size / 2 for mark in made.marks})
    for label, row in zip(made.rows, rows, strict=True):
        assert row < label.y < row + 6


def test_the_pattern_says_in_words_what_it_shows() -> None:
    assert drawn(analysis_of(small())).description == (
        "Pattern of 1 claim by 2 sources: 2 cells support, 0 qualify, 0 contradict, 0 are silent. "
        "The matrix holds the same as a table."
    )


def test_a_pattern_without_claims_has_a_size_all_the_same() -> None:
    made = drawn(analysis_of(small(claims="")))
    assert made.marks == ()
    assert made.width > 0
    assert made.height > 0


@pytest.mark.parametrize("number", [0, 1, 40])
def test_the_picture_holds_pattern_and_legend(number: int) -> None:
    claims = "".join(f"c{n}: {{claim: C., topic: talks}}\n" for n in range(number))
    made = drawn(analysis_of(small(claims=claims if number else "")))
    card = views.BriefingCard(
        title="T", href="", place=None, when="May 2024", summary="S", pattern=made, counts=(views.Count(2, "sources"),),
        matrix_href="", timeline_href="", draft=False,
    )  # fmt: skip
    shown = picture(card, tuple(stances(ENGLISH).values()))
    assert (shown.title, shown.kicker, shown.facts) == ("T", "May 2024", "2 sources")
    assert shown.margin + shown.pattern_width <= shown.width - shown.margin
    assert shown.top + shown.pattern_height < shown.height
    assert [entry.stance for entry in shown.legend] == list(stances(ENGLISH).values())
    for entry in shown.legend:
        assert shown.margin <= entry.x < shown.width - shown.margin
        assert shown.top + shown.pattern_height <= entry.y < shown.height


def test_the_claims_of_a_pattern_are_those_that_were_written() -> None:
    assert len(drawn(analysis_of(small(claims=CLAIMS))).marks) == 2
