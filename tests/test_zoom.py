"""Axes of time: each thing that happens stands on one of them, at a scale at which it can be told apart."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.analysis.axes import Axis, Stretch, axis
from builder.analysis.zoom import LEAST, Level, levels

NONE = timedelta()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def between(start: str | None, end: str | None) -> Stretch:
    return Stretch(at(start) if start else None, at(end) if end else None)


def day(text: str) -> Stretch:
    return Stretch(at(text), at(text) + timedelta(days=1))


def found(stretches: list[Stretch], close: Axis, offset: timedelta = NONE) -> tuple[Level, ...]:
    instants = [end for stretch in stretches for end in stretch.ends]
    whole = axis(min([*instants, close.start]), max([*instants, close.end]), offset)
    return levels(stretches, close if close.start <= whole.start and whole.end <= close.end else whole, close, offset)


JUNE = axis(at("2023-06-16"), at("2023-06-21"), NONE)


def test_what_one_axis_tells_apart_stands_on_one() -> None:
    (only,) = found([day("2023-06-17"), day("2023-06-18"), between("2023-06-19", None)], JUNE)
    assert (only.axis, only.within, only.drawn) == (JUNE, None, (0, 1, 2))


def test_years_and_days_stand_on_two_axes() -> None:
    years = [between("2018-01-01", "2019-01-01"), between("2022-11-01", "2022-12-01")]
    wide, near = found([*years, day("2023-06-17"), day("2023-06-18")], JUNE)
    assert [(level.within, level.drawn) for level in (wide, near)] == [(None, (0, 1)), (0, (2, 3))]
    assert near.axis == JUNE


def test_from_years_to_minutes_each_axis_is_a_window_of_the_one_before() -> None:
    hours = [between(f"2023-06-18T{time}", f"2023-06-18T{time}") for time in ("10:00", "10:04", "12:30")]
    chain = found([between("1949-10-01", "1949-10-02"), *map(day, ("2023-06-17", "2023-06-18")), *hours], JUNE)
    assert [level.axis.ticks[0].unit for level in chain] == ["year", "day", "minute"]
    assert [level.within for level in chain] == [None, 0, 1]
    assert [level.drawn for level in chain] == [(0,), (1, 2, 5), (3, 4)]


def test_one_short_event_that_is_alone_needs_no_axis_of_its_own() -> None:
    (wide,) = found([between("2018-01-01", "2019-01-01"), day("2020-03-05"), day("2022-03-05")], JUNE)
    assert wide.drawn == (0, 1, 2)


def test_what_is_said_to_be_at_the_same_time_needs_no_closer_look() -> None:
    moment = between("2023-06-18T10:33", "2023-06-18T10:33")
    (only,) = found([moment] * 5, JUNE)
    assert only.drawn == (0, 1, 2, 3, 4)


def test_two_crowds_far_from_each_other_have_two_windows() -> None:
    talks = [day("1972-02-21"), day("1972-02-22"), day("1972-02-23")]
    wide, first, second = found([*talks, day("2023-06-17"), day("2023-06-18")], JUNE)
    assert [level.within for level in (wide, first, second)] == [None, 0, 0]
    assert [level.drawn for level in (wide, first, second)] == [(), (0, 1, 2), (3, 4)]


def test_a_day_is_drawn_among_days_though_its_hours_are_seen_closer() -> None:
    minutes = [between(f"2023-06-18T09:{minute:02}", f"2023-06-18T09:{minute:02}") for minute in range(0, 50, 10)]
    days, hours = found([day("2023-06-18"), *minutes], JUNE)
    assert (days.drawn, hours.drawn) == ((0,), (1, 2, 3, 4, 5))


def test_what_takes_a_part_of_a_closer_axis_is_drawn_there_however_well_a_wider_one_shows_it() -> None:
    crowd = [*map(day, ("2022-02-01", "2022-03-01", "2023-06-17", "2023-06-18"))]
    year, long = between("2022-01-01", "2022-12-01"), between("2019-01-01", "2021-01-01")
    wide, months, *_ = found([day("1949-10-01"), long, year, *crowd], JUNE)
    assert (wide.drawn, months.drawn) == ((0, 1), (2,))


def test_what_has_no_known_end_stands_nowhere() -> None:
    (only,) = found([Stretch(None, None), day("2023-06-18")], JUNE)
    assert only.drawn == (1,)


def test_a_year_full_of_days_is_seen_in_parts() -> None:
    year = [
        day("2023-01-01"),
        *(Stretch(*(at("2023-01-01") + timedelta(days=n + i) for i in (0, 1))) for n in range(365)),
    ]
    found_levels = found(year, JUNE)
    assert len(found_levels) < 20
    assert sum(len(level.drawn) for level in found_levels) == 366


# ---- laws ---------------------------------------------------------------------------------------------------------

SECONDS = st.integers(0, 2_400_000_000).map(lambda seconds: at("1949-01-01") + timedelta(seconds=seconds))
HOURS = st.integers(0, 14 * 24).map(lambda hours: at("2023-06-10") + timedelta(hours=hours))
MINUTES = st.integers(0, 600).map(lambda minutes: at("2023-06-18T08:00") + timedelta(minutes=minutes))
LENGTHS = st.sampled_from([NONE, timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(days=31),
                           timedelta(days=365)])  # fmt: skip


@st.composite
def stretches(draw: st.DrawFn) -> Stretch:
    start = draw(st.one_of(SECONDS, HOURS, MINUTES))
    end = start + draw(LENGTHS)
    return draw(st.sampled_from([Stretch(start, end)] * 6 + [Stretch(start, None), Stretch(None, end)]))


@settings(max_examples=60)
@given(st.lists(stretches(), max_size=60), st.sampled_from([-210, 0, 330, 480]))
def test_everything_stands_on_one_axis_that_holds_it_and_windows_nest(some: list[Stretch], minutes: int) -> None:
    offset = timedelta(minutes=minutes)
    chain = found(some, axis(at("2023-06-16"), at("2023-06-21"), offset), offset)
    assert sorted(index for level in chain for index in level.drawn) == list(range(len(some)))
    for number, level in enumerate(chain):
        assert all(level.axis.holds(some[index]) for index in level.drawn)
        assert (level.within is None) == (number == 0)
        if level.within is not None:
            around = chain[level.within].axis
            assert level.within < number
            assert around.start <= level.axis.start < level.axis.end <= around.end
            assert level.axis.length < around.length * 0.81
        assert level.drawn or sum(other.within == number for other in chain) > 1


@settings(max_examples=60)
@given(st.lists(stretches(), max_size=40))
def test_two_short_ones_on_one_axis_can_be_told_apart(some: list[Stretch]) -> None:
    for level in found(some, JUNE):
        least = level.axis.length * LEAST / 100
        short = sorted(
            (one.start, one.end)
            for index in level.drawn
            if (one := some[index]).start and one.end and one.end - one.start < least
        )
        for (start, end), (other, last) in pairwise(short):
            assert (start, end) == (other, last) or other - start >= least or last - end >= least


@pytest.mark.parametrize("count", [1, 60])
def test_sixty_events_of_one_day_fit_on_few_axes(count: int) -> None:
    some = [between(f"2023-06-18T{n // 6:02}:{n % 6}0", f"2023-06-18T{n // 6:02}:{n % 6}0") for n in range(count)]
    assert len(found(some, JUNE)) <= 4
