"""Events and the articles' own moments on one axis. Uncertainty is length; what is not known stays open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from builder.dates import MONTHS, WEEKDAYS, Edtf
from builder.model import AnchoredBriefing, Event, Source

MAX_TICKS = 9
_DAY = timedelta(days=1)
# What dates can name, with room for any clock before and after (see dates).
_EARLIEST, _LATEST = datetime(2, 1, 1, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Between two instants in UTC, half-open; None where an end is open or unknown."""

    start: datetime | None
    end: datetime | None


class Known(StrEnum):
    """How a text's moment of writing is known."""

    PRINTED = "printed"
    """The text prints when it was published."""
    WINDOW = "window"
    """It lies between what the text knows and what still lay ahead of it."""
    NO_LATER_LIMIT = "no later limit"
    """It lies after what the text knows."""
    UNKNOWN = "unknown"
    """The text shows nothing."""


@dataclass(frozen=True, slots=True)
class Writing:
    """When an article was written, as far as its text shows."""

    source: Source
    stretch: Stretch
    known: Known


@dataclass(frozen=True, slots=True)
class Happening:
    """An event, or the writing of an article."""

    subject: Event | Writing
    stretch: Stretch


@dataclass(frozen=True, slots=True)
class Tick:
    """A column of an axis, from its start to the next one's."""

    start: datetime
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """A linear stretch of time with its columns."""

    start: datetime
    end: datetime
    ticks: tuple[Tick, ...]

    def position(self, instant: datetime) -> float:
        """Where an instant lies, in per cent of the length; below 0 or above 100 when outside."""
        return (instant - self.start) / (self.end - self.start) * 100


@dataclass(frozen=True, slots=True)
class Timeline:
    """The chronicle and the axes it is drawn on."""

    happenings: tuple[Happening, ...]
    """In order of their beginnings; what starts together stays as written, texts after events."""
    focus: Stretch
    """What the briefing is about."""
    close: Axis
    """Around the focus."""
    wide: Axis | None
    """From the first event to the last; None where the close axis shows them all."""


def timeline_of(anchored: AnchoredBriefing) -> Timeline:
    """Order everything and choose the axes."""
    briefing = anchored.briefing
    offset = briefing.utc_offset
    events = {event.id: event for event in briefing.events}
    happenings = [Happening(event, Stretch(*event.date.bounds(offset))) for event in briefing.events]
    for source in briefing.sources:
        ahead = events[source.looks_ahead.event].date if source.looks_ahead else None
        writing = writing_of(source, ahead, offset)
        happenings.append(Happening(writing, writing.stretch))
    ordered = sorted(happenings, key=lambda h: h.stretch.start or h.stretch.end or _EARLIEST)

    focus = Stretch(*briefing.date.bounds(offset))
    instants = [i for h in happenings for i in (h.stretch.start, h.stretch.end) if i]
    first = focus.start or focus.end or _EARLIEST
    last = focus.end or focus.start or _EARLIEST
    length = max(last - first, _DAY)
    near = [i for i in instants if _moved(first, -2 * length) <= i <= _moved(last, 2 * length)]
    pad = max(_DAY, length / 4)
    close = axis(min([*near, _moved(first, -pad)]), max([*near, _moved(last, pad)]), offset)
    shown = [i for i in instants if close.start <= i <= close.end]
    wide = (
        axis(min([*instants, close.start]), max([*instants, close.end]), offset) if len(shown) < len(instants) else None
    )
    return Timeline(tuple(ordered), focus, close, wide)


def _moved(instant: datetime, by: timedelta) -> datetime:
    """`instant` moved, but not out of what a calendar holds."""
    if by < timedelta():
        return _EARLIEST if instant - _EARLIEST < -by else instant + by
    return _LATEST if _LATEST - instant < by else instant + by


def writing_of(source: Source, ahead: Edtf | None, offset: timedelta) -> Writing:
    """When a text was written: as printed, or between what it knows and what lay ahead of it (`ahead`)."""
    if source.published:
        return Writing(source, Stretch(*source.published.bounds(offset)), Known.PRINTED)
    start = source.known_through.date.bounds(offset)[0] if source.known_through else None
    ends = [date.bounds(offset)[1] for date in (ahead, source.captured) if date]
    end = min((e for e in ends if e), default=None)
    known = Known.WINDOW if start and end else Known.NO_LATER_LIMIT if start else Known.UNKNOWN
    return Writing(source, Stretch(start, end), known)


# ---- axes ------------------------------------------------------------------------------------------------------


def axis(first: datetime, last: datetime, offset: timedelta) -> Axis:
    """An axis in whole hours, days, months or years of the place's clock that holds both instants."""
    low, high = _local(first, offset), _local(last, offset)
    unit, ticks = next((unit, found) for unit, step in _STEPS if (found := _ticks(low, high, unit, step)))
    starts = [tick - offset for tick in ticks]
    labels = [_label(tick, unit, index == 0) for index, tick in enumerate(ticks)]
    marks = tuple(Tick(start.replace(tzinfo=UTC), label) for start, label in zip(starts[:-1], labels[:-1], strict=True))
    return Axis(starts[0].replace(tzinfo=UTC), starts[-1].replace(tzinfo=UTC), marks)


_STEPS = [
    ("hour", 1), ("hour", 3), ("hour", 6), ("hour", 12), ("day", 1), ("day", 2), ("day", 7),
    ("month", 1), ("month", 3), ("month", 6),
    *(("year", factor * 10**power) for power in range(4) for factor in (1, 2, 5)),
]  # fmt: skip


# Columns are cut on the wall clock of the place, so here datetimes are naive; `axis` turns them back into UTC.


def _local(instant: datetime, offset: timedelta) -> datetime:
    return (instant + offset).replace(tzinfo=None)


def _ticks(low: datetime, high: datetime, unit: str, step: int) -> Sequence[datetime]:
    """The starts of the columns and the last one's end, or nothing where there would be too many."""
    at = _floor(low, unit, step)
    ticks = [at]
    while at < high or len(ticks) < 2:
        if len(ticks) > MAX_TICKS:
            return []
        at = _after(at, unit, step)
        ticks.append(at)
    return ticks


def _floor(moment: datetime, unit: str, step: int) -> datetime:
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
    if unit in ("hour", "day"):
        return moment + timedelta(**{f"{unit}s": step})
    if unit == "month":
        months = moment.month - 1 + step
        return moment.replace(year=moment.year + months // 12, month=months % 12 + 1)
    year = moment.year - moment.year % step + step
    return moment.replace(year=year) if year <= 9999 else moment.replace(year=9999, month=12, day=30)


def _label(moment: datetime, unit: str, first: bool) -> str:
    if unit == "year":
        return str(moment.year)
    month = MONTHS[moment.month - 1][:3]
    if unit == "month":
        return f"{month} {moment.year}" if first or moment.month == 1 else month
    day = f"{WEEKDAYS[moment.weekday()][:3]} {moment.day}"
    if unit == "day":
        return f"{day} {month}" if first or moment.day == 1 else day
    return f"{day}, {moment:%H:%M}" if first or moment.hour == 0 else f"{moment:%H:%M}"
