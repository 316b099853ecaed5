"""The geometry of charts: where marks, bars and points lie. Lengths on an axis are per cent of its width."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from builder import strings, views
from builder.analysis.matrix import Matrix
from builder.analysis.timeline import Axis, Stretch
from builder.model import Briefing, Stance
from builder.values import Value

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
    if right < 0 or left > 100 or (left >= 100 and right > left):
        return None
    start, end = max(0.0, left), min(100.0, right)
    return views.Bar(_round(start), _round(end - start), kind, inferred, left < 0, right > 100)


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


def position(number: Decimal, start: Decimal, end: Decimal) -> float:
    """Where a number lies between 2 and 97 per cent of the width, so that marks at the ends are not cut."""
    return _round(2 + 95 * float((number - start) / (end - start)))


def reach(value: Value, start: Decimal, end: Decimal) -> tuple[str, float, float]:
    """How a value is drawn (point, about, lower, upper, range), where it lies, and where its line ends."""
    x = position(value.anchor, start, end)
    if value.comparator == ".." and value.high is not None:
        return "range", x, position(value.high, start, end)
    if value.comparator in (">", ">="):
        return "lower", x, 100.0
    if value.comparator in ("<", "<="):
        return "upper", x, 0.0
    return ("about" if value.comparator else "point"), x, x


def _round(number: float) -> float:
    return round(number, 2) + 0.0
