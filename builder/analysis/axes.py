"""Axes of time: stretches of whole minutes, hours, days, months or years on the clock of a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

MAX_TICKS = 9


@dataclass(frozen=True, slots=True)
class Stretch:
    """Between two instants in UTC, half-open; None where an end is open or unknown."""

    start: datetime | None
    end: datetime | None

    @property
    def ends(self) -> tuple[datetime, ...]:
        """Those that are known."""
        return tuple(end for end in (self.start, self.end) if end)


@dataclass(frozen=True, slots=True)
class Tick:
    """A column of an axis, from its start to the next one's."""

    start: datetime
    clock: datetime
    """The same moment on the wall clock of the place, naive."""
    unit: str
    """year, month, day, hour or minute: how finely the axis counts."""
    first: bool
    """Whether it is the first one, which names what the others leave out."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A linear stretch of time with its columns."""

    start: datetime
    end: datetime
    ticks: tuple[Tick, ...]

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.end - self.start

    def position(self, instant: datetime) -> float:
        """Where an instant lies, in per cent of the length; below 0 or above 100 when outside."""
        return (instant - self.start) / self.length * 100

    def holds(self, stretch: Stretch) -> bool:
        """Whether all known ends of a stretch lie on it; of one without any, none do."""
        ends = stretch.ends
        return bool(ends) and all(self.start <= end <= self.end for end in ends)


def axis(first: datetime, last: datetime, offset: timedelta, within: Stretch | None = None) -> Axis:
    """An axis in whole columns of the place's clock that holds both instants.

    It is cut to `within`, which holds both as well; then its first and last column may be shorter than others.
    """
    low, high = _local(first, offset), _local(last, offset)
    unit, starts = next((unit, found) for unit, step in _STEPS if (found := _starts(low, high, unit, step)))
    if within and within.start:
        least = _local(within.start, offset)
        starts = [least, *(start for start in starts if start > least)] if starts[0] < least else starts
    if within and within.end:
        most = _local(within.end, offset)
        starts = [*(start for start in starts if start < most), most] if starts[-1] > most else starts
    at = [(start - offset).replace(tzinfo=UTC) for start in starts]
    columns = zip(pairwise(at), starts, strict=False)
    ticks = tuple(Tick(begin, clock, unit, begin == at[0]) for (begin, _), clock in columns)
    return Axis(at[0], at[-1], ticks)


_STEPS = [
    ("minute", 1), ("minute", 5), ("minute", 10), ("hour", 1), ("hour", 3), ("hour", 6), ("hour", 12),
    ("day", 1), ("day", 2), ("day", 7), ("month", 1), ("month", 3), ("month", 6),
    *(("year", factor * 10**power) for power in range(4) for factor in (1, 2, 5)),
]  # fmt: skip


# Columns are cut on the wall clock of the place, so here datetimes are naive; `axis` turns them back into UTC.


def _local(instant: datetime, offset: timedelta) -> datetime:
    return (instant + offset).replace(tzinfo=None)


def _starts(low: datetime, high: datetime, unit: str, step: int) -> Sequence[datetime]:
    """The starts of the columns and the last one's end, or nothing where there would be too many."""
    at = _floor(low, unit, step)
    starts = [at]
    while at < high or len(starts) < 2:
        if len(starts) > MAX_TICKS:
            return []
        at = _after(at, unit, step)
        starts.append(at)
    return starts


def _floor(moment: datetime, unit: str, step: int) -> datetime:
    if unit == "minute":
        return moment.replace(minute=moment.minute - moment.minute % step, second=0, microsecond=0)
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit == "hour":
        return day.replace(hour=moment.hour - moment.hour % step)
    if unit == "day":
        return day - timedelta(days=day.weekday()) if step == 7 else day
    if unit == "month":
        return day.replace(month=moment.month - (moment.month - 1) % step, day=1)
    year = moment.year - moment.year % step
    return day.replace(year=max(1, year), month=1, day=1 if year > 1 else 2)  # a day before it for any clock


def _after(moment: datetime, unit: str, step: int) -> datetime:
    if unit in ("minute", "hour", "day"):
        return moment + timedelta(**{f"{unit}s": step})
    if unit == "month":
        months = moment.month - 1 + step
        return moment.replace(year=moment.year + months // 12, month=months % 12 + 1)
    year = moment.year - moment.year % step + step
    return moment.replace(year=year) if year <= 9999 else moment.replace(year=9999, month=12, day=30)
