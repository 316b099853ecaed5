"""Dates as the articles give them: a subset of EDTF (Extended Date/Time Format, Library of Congress, ISO 8601-2).

Partial (`2023-06`), approximate (`2023-02~`), uncertain (`2023-06-16?`), lasting (`2023-06-18/2023-06-19`, `2023/..`),
one unknown moment of a range (`[2023-06-19..]`), a season (`2023-21` is spring), or exact with a zone
(`2023-06-19T10:33Z`). Nothing here knows today's date.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import IntEnum, StrEnum

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SEASONS = ("Spring", "Summer", "Autumn", "Winter")

EXAMPLES = (
    "2018 · 2022-11 · 2023-06-18 · 2023-02~ (about) · 2023-06-16? (uncertain) · 2023-06-18/2023-06-19 (lasted) · "
    '"[2023-06-19..]" (some day from then on) · 2023-06-19T10:33Z'
)

_CALENDAR = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([?~%])?", re.ASCII)
_CLOCK = re.compile(r"(\d{4})-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)", re.ASCII)


class Precision(IntEnum):
    """How finely a date is given."""

    YEAR = 0
    SEASON = 1
    MONTH = 2
    DAY = 3
    MINUTE = 4


class Extent(StrEnum):
    """What a range means: it lasted all that time, or it was one moment within it."""

    MOMENT = "moment"
    LASTED = "lasted"
    ONE_OF = "one of"


@dataclass(frozen=True, slots=True)
class Point:
    """One date or time: `first` to `last` calendar day, or an exact instant."""

    first: date
    last: date
    precision: Precision
    qualifier: str = ""
    """`?` uncertain, `~` approximate, `%` both, or nothing."""
    instant: datetime | None = None
    """Set where the precision is MINUTE; aware."""


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date as written, with what it says. An end that is None is open or unknown."""

    text: str
    start: Point | None
    end: Point | None
    extent: Extent = Extent.MOMENT

    def bounds(self, offset: timedelta) -> tuple[datetime | None, datetime | None]:
        """The earliest and the latest instant in UTC, half-open, reading days on a clock `offset` from UTC."""
        zone = timezone(offset)
        lower = upper = None
        if self.start:
            lower = self.start.instant or datetime.combine(self.start.first, datetime.min.time(), zone)
        if self.end:
            last = datetime.combine(self.end.last, datetime.min.time(), zone)
            upper = self.end.instant or last + timedelta(days=1)
        if lower and upper:
            upper = max(lower, upper)  # a time on another clock may lie after the end of a day on this one
        return (lower.astimezone(UTC) if lower else None, upper.astimezone(UTC) if upper else None)

    @property
    def approximate(self) -> bool:
        """Whether either end is marked approximate or uncertain."""
        return any(point is not None and point.qualifier != "" for point in (self.start, self.end))


class DateError(ValueError):
    """What is written is no date of the subset; the message says why, in a curator's words."""


def parse_date(text: str) -> Edtf:
    """Read one date. Raises DateError."""
    if text.startswith("[") and text.endswith("]"):
        start, end = _ends(text[1:-1], "..", text)
        return Edtf(text, start, end, Extent.ONE_OF)
    if "/" in text:
        start, end = _ends(text, "/", text)
        return Edtf(text, start, end, Extent.LASTED)
    point = _point(text)
    return Edtf(text, point, point)


def parse_offset(text: str) -> timedelta:
    """Read an offset from UTC such as `+08:00` or `-03:30`; `Z` is none. Raises DateError."""
    if text == "Z":
        return timedelta()
    match = re.fullmatch(r"([+-])(\d\d):([0-5]\d)", text, re.ASCII)
    if not match or int(match[2]) > 14:
        raise DateError(f"{text!r} is no offset from UTC; write +08:00 or -03:30")
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return offset if match[1] == "+" else -offset


def _ends(text: str, separator: str, whole: str) -> tuple[Point | None, Point | None]:
    left, found, right = text.partition(separator)
    if not found or separator in right.removeprefix(".."):
        raise DateError(f"{whole!r} is no date; write for example {EXAMPLES}")
    start = _point(left) if left not in ("", "..") else None
    end = _point(right) if right not in ("", "..") else None
    if start is None and end is None:
        raise DateError(f"{whole!r} has no end that is known")
    if start and end and _after(start, end):
        raise DateError(f"{whole!r} ends before it starts")
    return start, end


def _after(start: Point, end: Point) -> bool:
    """Whether `start` lies after `end`; of two times on different clocks, the later may fall on an earlier day."""
    if start.instant and end.instant:
        return start.instant > end.instant
    return start.first > end.last


def _point(text: str) -> Point:
    clock = _CLOCK.fullmatch(text)
    if clock:
        _check_year(int(clock[1]), text)
        try:
            instant = datetime.fromisoformat(text)
        except ValueError as error:
            raise DateError(f"{text!r}: there is no such time") from error
        return Point(instant.date(), instant.date(), Precision.MINUTE, instant=instant)
    match = _CALENDAR.fullmatch(text)
    if not match:
        hint = "a time needs its zone: Z or +08:00" if "T" in text else f"write for example {EXAMPLES}"
        raise DateError(f"{text!r} is no date; {hint}")
    year, month, day, qualifier = int(match[1]), match[2], match[3], match[4] or ""
    _check_year(year, text)
    if month is None:
        return Point(date(year, 1, 1), date(year, 12, 31), Precision.YEAR, qualifier)
    number = int(month)
    if 21 <= number <= 24 and day is None:
        first = date(year, (number - 20) * 3, 1)
        following = first.replace(year=year + (number == 24), month=((number - 20) * 3 + 3 - 1) % 12 + 1)
        return Point(first, following - timedelta(days=1), Precision.SEASON, qualifier)
    if not 1 <= number <= 12:
        raise DateError(f"{text!r}: there is no month {month}")
    length = calendar.monthrange(year, number)[1]
    if day is None:
        return Point(date(year, number, 1), date(year, number, length), Precision.MONTH, qualifier)
    if not 1 <= int(day) <= length:
        raise DateError(f"{text!r}: {MONTHS[number - 1]} {year} has {length} days")
    return Point(date(year, number, int(day)), date(year, number, int(day)), Precision.DAY, qualifier)


def _check_year(year: int, text: str) -> None:
    # The first and last years have no day before or after them that a clock with an offset could need.
    if not 2 <= year <= 9998:
        raise DateError(f"{text!r}: years run from 0002 to 9998")


# ---- in words --------------------------------------------------------------------------------------------------


def in_words(edtf: Edtf, *, weekday: bool = False) -> str:
    """As a reader says it: "18–19 June 2023", "about February 2023", "on or after 19 June 2023"."""
    start, end = edtf.start, edtf.end
    if start and (edtf.extent is Extent.MOMENT or start == end):
        return _point_in_words(start, weekday)
    after, before = ("on or after", "on or before") if edtf.extent is Extent.ONE_OF else ("from", "until")
    if start is None and end:
        return f"{before} {_point_in_words(end, weekday)}"
    if end is None and start:
        return f"{after} {_point_in_words(start, weekday)}"
    assert start is not None
    assert end is not None
    between = "some time in " if edtf.extent is Extent.ONE_OF else ""
    return between + _range_in_words(start, end, weekday)


def _range_in_words(start: Point, end: Point, weekday: bool) -> str:
    if start.precision is end.precision is Precision.DAY and not (start.qualifier or end.qualifier):
        if (start.first.year, start.first.month) == (end.first.year, end.first.month):
            return f"{start.first.day}–{end.first.day} {MONTHS[end.first.month - 1]} {end.first.year}"
        if start.first.year == end.first.year:
            return f"{start.first.day} {MONTHS[start.first.month - 1]} – {_point_in_words(end, False)}"
    return f"{_point_in_words(start, weekday)} – {_point_in_words(end, weekday)}"


def _point_in_words(point: Point, weekday: bool) -> str:
    first = point.first
    month = MONTHS[first.month - 1]
    words = {
        Precision.YEAR: str(first.year),
        Precision.SEASON: f"{SEASONS[first.month // 3 - 1]} {first.year}",
        Precision.MONTH: f"{month} {first.year}",
        Precision.DAY: f"{first.day} {month} {first.year}",
        Precision.MINUTE: f"{first.day} {month} {first.year}, {point.instant:%H:%M} {_zone(point)}"
        if point.instant
        else "",
    }[point.precision]
    if weekday and point.precision >= Precision.DAY:
        words = f"{WEEKDAYS[first.weekday()]} {words}"
    return {"~": "about ", "?": "probably ", "%": "probably about "}.get(point.qualifier, "") + words


def _zone(point: Point) -> str:
    offset = point.instant.utcoffset() if point.instant else None
    return zone_in_words(offset or timedelta())


def zone_in_words(offset: timedelta) -> str:
    """`UTC`, `UTC+8` or `UTC−3:30`, with a true minus sign."""
    minutes = int(offset.total_seconds()) // 60
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")
