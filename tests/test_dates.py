"""Dates are read as the articles give them, or refused with a reason; nothing else ever happens."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.dates import DateError, Edtf, Extent, Precision, in_words, parse_date, parse_offset, zone_in_words

NONE = timedelta()
BEIJING = timedelta(hours=8)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2018", "2018-01-01", "2019-01-01"),
        ("2022-11", "2022-11-01", "2022-12-01"),
        ("2022-12", "2022-12-01", "2023-01-01"),
        ("2024-02", "2024-02-01", "2024-03-01"),
        ("2023-06-18", "2023-06-18", "2023-06-19"),
        ("2023-12-31", "2023-12-31", "2024-01-01"),
        ("2023-21", "2023-03-01", "2023-06-01"),
        ("2023-22", "2023-06-01", "2023-09-01"),
        ("2023-23", "2023-09-01", "2023-12-01"),
        ("2023-24", "2023-12-01", "2024-03-01"),
        ("2023-02~", "2023-02-01", "2023-03-01"),
        ("2023-06-18/2023-06-19", "2023-06-18", "2023-06-20"),
        ("2023-06/2023-06-19", "2023-06-01", "2023-06-20"),
        ("2023-06-18/2023-06-18", "2023-06-18", "2023-06-19"),
        # On another clock, what comes later may fall on an earlier day.
        ("2023-06-19T00:30+08:00/2023-06-18T20:00Z", "2023-06-18T16:30", "2023-06-18T20:00"),
        ("2023-06-18T23:00-05:00/2023-06-18", "2023-06-19T04:00", "2023-06-19T04:00"),
        ("[2022..2023-06]", "2022-01-01", "2023-07-01"),
        ("2023-06-19T10:33Z", "2023-06-19T10:33", "2023-06-19T10:33"),
        ("2023-06-19T10:33:30Z", "2023-06-19T10:33:30", "2023-06-19T10:33:30"),
        ("2023-06-19T10:33+08:00", "2023-06-19T02:33", "2023-06-19T02:33"),
        ("0002", "0002-01-01", "0003-01-01"),
        ("9998", "9998-01-01", "9999-01-01"),
    ],
)
def test_a_date_has_bounds(text: str, start: str, end: str) -> None:
    assert parse_date(text).bounds(NONE) == (at(start), at(end))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2023-06-18/..", "2023-06-18", None),
        ("2023-06-18/", "2023-06-18", None),
        ("../2023-06-18", None, "2023-06-19"),
        ("/2023", None, "2024-01-01"),
        ("[2023-06-19..]", "2023-06-19", None),
        ("[..2023-06-18]", None, "2023-06-19"),
    ],
)
def test_an_open_end_stays_open(text: str, start: str | None, end: str | None) -> None:
    assert parse_date(text).bounds(NONE) == (start and at(start), end and at(end))


def test_days_are_those_of_the_places_clock_and_times_are_not() -> None:
    assert parse_date("2023-06-18").bounds(BEIJING) == (at("2023-06-17T16:00"), at("2023-06-18T16:00"))
    assert parse_date("2023-06-18").bounds(-BEIJING) == (at("2023-06-18T08:00"), at("2023-06-19T08:00"))
    assert parse_date("2023-06-18T10:00Z").bounds(BEIJING)[0] == at("2023-06-18T10:00")


@pytest.mark.parametrize(
    ("text", "extent", "approximate", "precision"),
    [
        ("2023", Extent.MOMENT, False, Precision.YEAR),
        ("2023-24", Extent.MOMENT, False, Precision.SEASON),
        ("2023-02~", Extent.MOMENT, True, Precision.MONTH),
        ("2023-06-16?", Extent.MOMENT, True, Precision.DAY),
        ("2023-06-16%", Extent.MOMENT, True, Precision.DAY),
        ("2023-06-16/2023?", Extent.LASTED, True, Precision.DAY),
        ("[2023-06-16..]", Extent.ONE_OF, False, Precision.DAY),
        ("2023-06-16T00:00Z", Extent.MOMENT, False, Precision.MINUTE),
    ],
)
def test_a_date_says_what_it_means(text: str, extent: Extent, approximate: bool, precision: Precision) -> None:
    date = parse_date(text)
    assert date.start
    assert (date.text, date.extent, date.approximate, date.start.precision) == (text, extent, approximate, precision)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is no date"), ("soon", "is no date"), ("18 June 2023", "is no date"), ("2023-6-18", "is no date"),
        ("23-06-18", "is no date"), ("2023-06-18T10:33", "needs its zone"), ("2023-06-18 10:33Z", "is no date"),
        ("2023-13", "no month 13"), ("2023-00", "no month 00"), ("2023-25", "no month 25"),
        ("2023-21-01", "no month 21"),
        ("2023-06-31", "has 30 days"), ("2023-02-29", "has 28 days"), ("2023-06-00", "has 30 days"),
        ("2023-06-18T25:00Z", "no such time"), ("2023-02-30T10:00Z", "no such time"),
        ("2023-06-18T10:33+99:00", "no such time"),
        ("0000", "from 0002"), ("0001", "from 0002"), ("9999", "to 9998"), ("0001-01-01T00:00Z", "from 0002"),
        ("9999-12-31T23:59Z", "to 9998"), ("2023/2022", "before it starts"),
        ("[2023-06-19..2023-06-18]", "before it starts"),
        ("2023-06-18T10:00Z/2023-06-18T09:59Z", "before it starts"),
        ("2023-06-18T10:00Z/2023-06-18T17:00+08:00", "before it starts"), ("/", "no end that is known"),
        ("[..]", "no end that is"),
        ("../..", "no end that is known"), ("2023/2024/2025", "is no date"), ("[2023]", "is no date"),
        ("[2023/2024]", "is no date"),
        ("٢٠٢٣", "is no date"), ("２０２３-06", "is no date"), ("2023-06-18T１0:33Z", "needs its zone"),
        ("-2023", "is no date"),
        ("2023~~", "is no date"), ("2023-06-18\n", "is no date"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(DateError, match=reason):
        parse_date(text)


@pytest.mark.parametrize(
    ("text", "words", "with_weekday"),
    [
        ("2018", "2018", "2018"),
        ("2022-11", "November 2022", "November 2022"),
        ("2023-23", "Autumn 2023", "Autumn 2023"),
        ("2023-24", "Winter 2023", "Winter 2023"),
        ("2023-06-18", "18 June 2023", "Sunday 18 June 2023"),
        ("2023-02~", "about February 2023", "about February 2023"),
        ("2023-06-16?", "probably 16 June 2023", "probably Friday 16 June 2023"),
        ("2023%", "probably about 2023", "probably about 2023"),
        ("2023-06-18/2023-06-19", "18–19 June 2023", "18–19 June 2023"),
        ("2023-06-30/2023-07-01", "30 June – 1 July 2023", "30 June – 1 July 2023"),
        (
            "2022-12-31/2023-01-01",
            "31 December 2022 – 1 January 2023",
            "Saturday 31 December 2022 – Sunday 1 January 2023",
        ),
        ("2022/2023-06", "2022 – June 2023", "2022 – June 2023"),
        ("2023-06-18/2023-06-18", "18 June 2023", "Sunday 18 June 2023"),
        ("[2023..2023]", "2023", "2023"),
        ("2023-06-18/..", "from 18 June 2023", "from Sunday 18 June 2023"),
        ("../2023", "until 2023", "until 2023"),
        ("[2023-06-19..]", "on or after 19 June 2023", "on or after Monday 19 June 2023"),
        ("[..2023-06-18]", "on or before 18 June 2023", "on or before Sunday 18 June 2023"),
        ("[2022..2023]", "some time in 2022 – 2023", "some time in 2022 – 2023"),
        ("2023-06-19T10:33Z", "19 June 2023, 10:33 UTC", "Monday 19 June 2023, 10:33 UTC"),
        ("2023-06-19T10:33-03:30", "19 June 2023, 10:33 UTC−3:30", "Monday 19 June 2023, 10:33 UTC−3:30"),
    ],
)
def test_a_date_is_said_in_words(text: str, words: str, with_weekday: str) -> None:
    assert in_words(parse_date(text)) == words
    assert in_words(parse_date(text), weekday=True) == with_weekday


@pytest.mark.parametrize(
    ("text", "offset", "words"),
    [
        ("Z", timedelta(), "UTC"),
        ("+00:00", timedelta(), "UTC"),
        ("-00:00", timedelta(), "UTC"),
        ("+08:00", timedelta(hours=8), "UTC+8"),
        ("-03:30", -timedelta(hours=3, minutes=30), "UTC−3:30"),
        ("+14:00", timedelta(hours=14), "UTC+14"),
    ],
)
def test_an_offset_from_utc_is_read_and_said(text: str, offset: timedelta, words: str) -> None:
    assert parse_offset(text) == offset
    assert zone_in_words(offset) == words


@pytest.mark.parametrize(
    "text", ["", "8", "+8", "+8:00", "08:00", "+15:00", "+08:60", "CET", "+08:00 ", "z", "+０8:00"]
)
def test_what_is_no_offset_is_refused(text: str) -> None:
    with pytest.raises(DateError, match="no offset"):
        parse_offset(text)


# ---- laws ---------------------------------------------------------------------------------------------------------

DATEISH = st.lists(
    st.sampled_from(["2023", "0002", "9998", "-06", "-31", "-24", "T10:33", "Z", "+14:00", "-12:00", "/", "..", "[",
    "]", "~", "?", "1"]),
    max_size=8,
).map("".join)  # fmt: skip
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timedelta(minutes=minutes))


@given(st.one_of(st.text(max_size=30), DATEISH), OFFSETS)
def test_any_text_is_a_date_or_a_date_error(text: str, offset: timedelta) -> None:
    found = read(text)
    if isinstance(found, str):
        assert found
        return
    assert found.text == text
    assert in_words(found)
    assert in_words(found, weekday=True)
    lower, upper = found.bounds(offset)
    assert lower or upper
    assert not (lower and upper) or lower <= upper
    assert all(bound.tzinfo is UTC for bound in (lower, upper) if bound)


def read(text: str) -> Edtf | str:
    """The date, or why there is none."""
    try:
        return parse_date(text)
    except DateError as error:
        return str(error)


@given(st.dates(date(2, 1, 1), date(9998, 12, 31)), OFFSETS)
def test_a_day_is_a_day_long(day: date, offset: timedelta) -> None:
    lower, upper = parse_date(day.isoformat()).bounds(offset)
    assert lower
    assert upper
    assert upper - lower == timedelta(days=1)
    assert (lower + offset).date() == day
