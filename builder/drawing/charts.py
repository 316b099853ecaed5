"""The geometry of charts: where marks, bars and points lie. Lengths on an axis are per cent of its width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from builder import strings, views
from builder.analysis.matrix import Matrix
from builder.analysis.timeline import Axis, Stretch
from builder.analysis.timeline import axis as axis_of
from builder.model import Briefing, Stance
from builder.values import DATE, Value, rounded

# ---- pattern ---------------------------------------------------------------------------------------------------

_STEP, _TOPIC_GAP, _LEFT, _TOP = 12.0, 5.0, 14.0, 1.0
_SIZES = {Stance.SUPPORTS: 8.0, Stance.QUALIFIES: 9.0, Stance.CONTRADICTS: 10.0, Stance.SILENT: 8.0}
_LETTER = 3.0
"""About the width of a letter of a topic's name, to leave out names that would run into the next."""


def pattern(briefing: Briefing, matrix: Matrix) -> views.Pattern:
    """A row for each source, a column for each claim, a gap between topics."""
    marks: list[views.Mark] = []
    topics: list[views.ChartLabel] = []
    bottom = _TOP + len(briefing.sources) * _STEP
    x = _LEFT
    for topic in briefing.topics:
        rows = matrix.of_topic(topic.id)
        if not rows:
            continue
        if len(topic.short) * _LETTER <= len(rows) * _STEP + _TOPIC_GAP:
            topics.append(views.ChartLabel(topic.short, x - 1, bottom + 6))
        for row in rows:
            for index, cell in enumerate(row.cells):
                size = _SIZES[cell.stance]
                inset = (8.0 - size) / 2
                marks.append(views.Mark(cell.stance, x + inset, _TOP + index * _STEP + inset, size))
            x += _STEP
        x += _TOPIC_GAP
    letters = tuple(views.ChartLabel(s.siglum, 0, _TOP + 7 + i * _STEP) for i, s in enumerate(briefing.sources))
    counts = {stance: sum(mark.stance == stance for mark in marks) for stance in Stance}
    description = (
        f"Pattern of {strings.plural(len(matrix.rows), 'claim')} by {strings.plural(len(briefing.sources), 'source')}: "
        f"{strings.plural(counts[Stance.SUPPORTS], 'cell')} {_do(counts[Stance.SUPPORTS], 'support', 'supports')}, "
        f"{counts[Stance.QUALIFIES]} {_do(counts[Stance.QUALIFIES], 'qualify', 'qualifies')}, "
        f"{counts[Stance.CONTRADICTS]} {_do(counts[Stance.CONTRADICTS], 'contradict', 'contradicts')}, "
        f"{counts[Stance.SILENT]} {_do(counts[Stance.SILENT], 'are', 'is')} silent. "
        "The matrix holds the same as a table."
    )
    return views.Pattern(
        max(x - _TOPIC_GAP, _LEFT + _STEP), bottom + 10, tuple(marks), letters, tuple(topics), description
    )


def _do(number: int, many: str, one: str) -> str:
    """The verb that goes with a number."""
    return one if number == 1 else many


_PIXELS = 1.4
"""Of a picture, for each unit of a pattern."""


def picture(card: views.BriefingCard, stances: Sequence[views.Stance]) -> views.Picture:
    """A briefing's pattern as a picture that stands alone, with title and legend."""
    margin, top, foot = 28, 112, 52
    width, height = round(card.pattern.width * _PIXELS), round(card.pattern.height * _PIXELS)
    bottom = top + height + foot
    return views.Picture(
        title=card.title,
        kicker=", ".join(part for part in (card.place, card.when) if part),
        facts=" · ".join(f"{count.number} {count.label}" for count in card.counts),
        pattern=card.pattern,
        width=max(width, 480) + 2 * margin,
        height=bottom,
        margin=margin,
        top=top,
        pattern_width=width,
        pattern_height=height,
        legend=tuple(views.LegendEntry(stance, margin + 118 * i, bottom - 34) for i, stance in enumerate(stances)),
    )


# ---- time ------------------------------------------------------------------------------------------------------


def ticks(axis: Axis, focus: Stretch) -> tuple[views.Tick, ...]:
    """The columns of an axis; those that the briefing is about are marked."""
    out = []
    ends = [*(tick.start for tick in axis.ticks[1:]), axis.end]
    for tick, end in zip(axis.ticks, ends, strict=True):
        left, right = axis.position(tick.start), axis.position(end)
        within = (focus.start is None or end > focus.start) and (focus.end is None or tick.start < focus.end)
        out.append(views.Tick(_round(left), _round(right - left), tick.label, within))
    return tuple(out)


def bar(axis: Axis, stretch: Stretch, kind: str, *, inferred: bool) -> views.Bar | None:
    """A stretch of time on an axis, cut to it; None where it lies outside."""
    left = axis.position(stretch.start) if stretch.start else float("-inf")
    right = axis.position(stretch.end) if stretch.end else float("inf")
    if right < 0 or left > 100 or (right > left and (left >= 100 or right <= 0)):
        return None
    start, end = max(0.0, left), min(100.0, right)
    return views.Bar(_round(start), _round(end - start), kind, inferred, left < 0, right > 100)


def instant(axis: Axis, moment: datetime | None) -> float | None:
    """Where a moment lies on an axis; None where it lies outside."""
    x = axis.position(moment) if moment else -1.0
    return _round(x) if 0 <= x <= 100 else None


# ---- numbers ---------------------------------------------------------------------------------------------------


def scale(values: Sequence[Value]) -> tuple[Decimal, Decimal, Decimal]:
    """The lower end, the upper end and the step of an axis of round numbers that leaves room around the values."""
    numbers = [n for value in values for n in (value.low, value.high) if n is not None]
    low, high = min(numbers), max(numbers)
    spread = (high - low) or abs(high) or Decimal(1)
    step = _round_step(spread / 3)
    start = ((low - step / 2) / step).to_integral_value(ROUND_FLOOR) * step
    if low >= 0:
        start = max(Decimal(0), start)
    end = ((high + step / 2) / step).to_integral_value(ROUND_CEILING) * step
    return start, end, step


def _round_step(size: Decimal) -> Decimal:
    power = Decimal(10) ** size.adjusted()
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= size)


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


def ruler(values: Sequence[Value]) -> Ruler:
    """An axis with room for values of one unit; of dates, in whole days, months or years."""
    values = [as_drawn(value) for value in values]
    if any(value.unit == DATE for value in values):
        return _calendar(values)
    start, end, step = scale(values)
    power, word = next(((p, w) for p, w in _POWERS if max(abs(start), abs(end)).adjusted() >= p), (0, ""))
    numbers = [start + step * index for index in range(int((end - start) / step) + 1)]
    return Ruler(start, end, _thinned([(number, _label(number, power, word)) for number in numbers]))


_POWERS = ((12, " trillion"), (9, " billion"), (6, " million"))


def _label(number: Decimal, power: int, word: str) -> str:
    return f"{number.scaleb(-power).normalize():,f}{word if number else ''}"


_DAYS = 5
"""On an axis so long every column is a day at least."""
_FIRST, _LAST = Decimal(date(2, 1, 1).toordinal()), Decimal(date(9998, 12, 31).toordinal())
"""What dates can name (see dates)."""


def _calendar(values: Sequence[Value]) -> Ruler:
    days = sorted(number for value in values for number in (value.low, value.high) if number is not None)
    low, high = days[0], days[-1]
    if all(number == int(number) for number in days):  # of whole days the hours say nothing
        pad = max(Decimal(1), (_DAYS - (high - low)) / 2)
        low, high = max(_FIRST, low - pad), min(_LAST, high + pad)
    time = axis_of(_moment(low), _moment(high), timedelta())
    ticks = [(_days(tick.start), tick.label) for tick in time.ticks]
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
