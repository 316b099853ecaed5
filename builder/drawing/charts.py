"""The geometry of charts: where bars and points lie. Lengths on an axis are per cent of its width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from unicodedata import east_asian_width

from builder.analysis.axes import Axis, Stretch
from builder.analysis.axes import Tick as Column
from builder.analysis.axes import axis as axis_of
from builder.values import DATE, Value, rounded
from builder.views.time import Bar, Tick
from builder.words import ENGLISH, N_, Words

# ---- time ------------------------------------------------------------------------------------------------------


def tick_label(tick: Column, words: Words) -> str:
    """What stands at a column of time."""
    return words.tick(tick.clock, "hour" if tick.unit == "minute" else tick.unit, first=tick.first)


def ticks(axis: Axis, focus: Stretch, words: Words = ENGLISH) -> tuple[Tick, ...]:
    """The columns of an axis; those that the briefing is about are marked."""
    labels = [tick_label(tick, words) for tick in axis.ticks]
    rooms = _rooms([axis.position(tick.start) for tick in axis.ticks], labels, [*map(_begins, axis.ticks)])
    out = []
    ends = [*(tick.start for tick in axis.ticks[1:]), axis.end]
    for tick, end, label, room in zip(axis.ticks, ends, labels, rooms, strict=True):
        left, right = axis.position(tick.start), axis.position(end)
        within = (focus.start is None or end > focus.start) and (focus.end is None or tick.start < focus.end)
        out.append(Tick(_round(left), _round(right - left), label, within, room))
    return tuple(out)


_AXES = (0.0, 15.0, 26.0, 46.0)
"""How wide the axis is at least, in rem, for each `Tick.room`."""
_LETTER, _BROAD, _MARGIN = 0.44, 0.78, 0.5
"""About the width of a letter, of a Chinese character, and of the room around a label, in rem."""


def _begins(tick: Column) -> bool:
    """Whether a day of an axis of hours, or a year of one of months, begins there: its label names it."""
    at = tick.clock
    return (at.hour, at.minute) == (0, 0) if tick.unit in ("hour", "minute") else tick.unit == "month" and at.month == 1


def _rooms(places: Sequence[float], labels: Sequence[str], begins: Sequence[bool]) -> list[int]:
    """For each label, which kind of screen first has room for it beside those that a smaller one shows. Where a day or
    year `begins`, the label goes before others, and an hour or month is told only where its day or year is."""
    widths = [_MARGIN + sum(_BROAD if east_asian_width(c) in "WF" else _LETTER for c in label) for label in labels]
    rooms = [0, *(len(_AXES) for _ in labels[1:])]
    for room, axis in enumerate(_AXES[1:], 1):
        starts = [place / 100 * axis for place in places]
        for index in sorted(range(len(rooms)), key=lambda index: not begins[index]):
            known, told = rooms[index], max((at for at in range(index + 1) if begins[at]), default=0)
            start, end = starts[index], starts[index] + widths[index]
            shown = [other for other, one in enumerate(rooms) if one <= room and other != index]
            free = all(end <= starts[other] or starts[other] + widths[other] <= start for other in shown)
            if known > room and free and end <= axis + 1 and (told == index or rooms[told] <= room):
                rooms[index] = room
    return rooms


def bar(axis: Axis, stretch: Stretch, kind: str, *, inferred: bool) -> Bar | None:
    """A stretch of time on an axis, cut to it; None where it lies outside."""
    left = axis.position(stretch.start) if stretch.start else float("-inf")
    right = axis.position(stretch.end) if stretch.end else float("inf")
    if right < 0 or left > 100 or (right > left and (left >= 100 or right <= 0)):
        return None
    start, end = max(0.0, left), min(100.0, right)
    if 0 < end - start < _THIN:
        start = min(start, 100.0 - _THIN)
        end = start + _THIN
    return Bar(_round(start), _round(end - start), kind, inferred, left < 0, right > 100)


_THIN = 0.5
"""Per cent: what is shorter is drawn so long, or it would not be seen."""


def instant(axis: Axis, moment: datetime | None) -> float | None:
    """Where a moment lies on an axis; None where it lies outside."""
    x = axis.position(moment) if moment else -1.0
    return _round(x) if 0 <= x <= 100 else None


# ---- numbers ---------------------------------------------------------------------------------------------------


def scale(values: Sequence[Value]) -> tuple[Decimal, Decimal, Decimal]:
    """The lower end, the upper end and the step of an axis of round numbers that leaves room around the values."""
    numbers = [n for value in values for n in (value.low, value.high) if n is not None]
    low, high = min(numbers), max(numbers)
    step = _round_step((high - low) / 3) if high > low else _last_figure(high)
    start = ((low - step / 2) / step).to_integral_value(ROUND_FLOOR) * step
    if low >= 0:
        start = max(Decimal(0), start)
    end = ((high + step / 2) / step).to_integral_value(ROUND_CEILING) * step
    return start, end, step


def _round_step(size: Decimal) -> Decimal:
    power = Decimal(10) ** size.adjusted()
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= size)


def _last_figure(number: Decimal) -> Decimal:
    """What the last figure counts that is not 0, of the first four: 1 for 15, 100 for 900. So a number has a tick."""
    exponent = int(number.normalize().as_tuple().exponent)
    return Decimal(10) ** max(exponent, number.adjusted() - 3)


@dataclass(frozen=True, slots=True)
class Ruler:
    """An axis of numbers or of days, with the labels of its ticks."""

    start: Decimal
    end: Decimal
    ticks: tuple[tuple[Decimal, str], ...]

    def position(self, number: Decimal) -> float:
        """As `position`, on this axis."""
        return position(number, self.start, self.end)


_LABELS = ((4, 99), (6, 5), (99, 3))
"""How many labels fit beside each other on a small screen, by the letters of the longest."""


def as_drawn(value: Value) -> Value:
    """A value as it is drawn: where it was converted, as finely as it was printed."""
    if not value.converted:
        return value
    low, high = rounded(value)
    return replace(value, low=low, high=high)


def ruler(values: Sequence[Value], words: Words = ENGLISH) -> Ruler:
    """An axis with room for values of one unit; of dates, in whole days, months or years."""
    values = [as_drawn(value) for value in values]
    if any(value.unit == DATE for value in values):
        return _calendar(values, words)
    start, end, step = scale(values)
    power, word = next(((p, w) for p, w in _POWERS if max(abs(start), abs(end)).adjusted() >= p), (0, ""))
    numbers = [start + step * index for index in range(int((end - start) / step) + 1)]
    return Ruler(start, end, _thinned([(number, _label(words, number, power, word)) for number in numbers]))


_POWERS = (
    (12, N_("%(number)s trillion")),
    (9, N_("%(number)s billion")),
    (6, N_("%(number)s million")),
)


def _label(words: Words, number: Decimal, power: int, message: str) -> str:
    figures = words.decimal(number.scaleb(-power).normalize())
    return words.gettext(message, number=figures) if message and number else figures


_DAYS = 5
"""On an axis so long every column is a day at least."""
_FIRST, _LAST = Decimal(date(2, 1, 1).toordinal()), Decimal(date(9998, 12, 31).toordinal())
"""What dates can name (see dates)."""


def _calendar(values: Sequence[Value], words: Words) -> Ruler:
    days = sorted(number for value in values for number in (value.low, value.high) if number is not None)
    low, high = days[0], days[-1]
    if all(number == int(number) for number in days):  # of whole days the hours say nothing
        pad = max(Decimal(1), (_DAYS - (high - low)) / 2)
        low, high = max(_FIRST, low - pad), min(_LAST, high + pad)
    time = axis_of(_moment(low), _moment(high), timedelta())
    ticks = [(_days(tick.start), tick_label(tick, words)) for tick in time.ticks]
    return Ruler(_days(time.start), _days(time.end), _thinned(ticks))


def _moment(days: Decimal) -> datetime:
    """What a value of the unit `date` counts from: its whole part is the day, the rest the time of day."""
    day = int(days)
    return datetime.fromordinal(day).replace(tzinfo=UTC) + timedelta(minutes=round((days - day) * 24 * 60))


def _days(moment: datetime) -> Decimal:
    return moment.toordinal() + Decimal(60 * moment.hour + moment.minute) / (24 * 60)


def _thinned(ticks: Sequence[tuple[Decimal, str]]) -> tuple[tuple[Decimal, str], ...]:
    """The same ticks with fewer labels, where they are long and many."""
    longest = max(len(label) for _, label in ticks)
    every = -(-len(ticks) // next(most for letters, most in _LABELS if longest <= letters or letters == 99))
    return tuple((number, "" if index % every else label) for index, (number, label) in enumerate(ticks))


def position(number: Decimal, start: Decimal, end: Decimal) -> float:
    """Where a number lies between 2 and 97 per cent of the width, so that marks at the ends are not cut."""
    return _round(2 + 95 * float((number - start) / (end - start)))


def reach(value: Value, start: Decimal, end: Decimal) -> tuple[str, float, float]:
    """How a value is drawn (point, about, lower, upper, range, loose), where it lies, and where its line ends."""
    x = position(value.anchor, start, end)
    if value.unit == DATE and value.low is not None and value.high is not None:
        return _lasting(x, position(value.high, start, end), value.comparator)
    if value.comparator == ".." and value.high is not None:
        return "range", x, position(value.high, start, end)
    if value.comparator in (">", ">="):
        return "lower", x, 100.0
    if value.comparator in ("<", "<="):
        return "upper", x, 0.0
    return ("about" if value.comparator else "point"), x, x


_POINT = 2.0
"""A date that is drawn shorter than this, in per cent, is a point."""


def _lasting(start: float, end: float, comparator: str) -> tuple[str, float, float]:
    if end - start < _POINT:
        middle = _round((start + end) / 2)
        return ("about" if comparator == "~" else "point"), middle, middle
    return ("loose" if comparator == "~" else "range"), start, end


def _round(number: float) -> float:
    return round(number, 2) + 0.0
