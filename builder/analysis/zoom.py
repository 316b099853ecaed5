"""Which axes show all that happens at a scale at which it can be told apart: a wide one, closer ones within it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import ceil

from builder.analysis.axes import MAX_TICKS, Axis, Stretch, axis

LEAST = 1.0
"""Per cent of an axis: instants that lie closer together cannot be told apart. Three pixels of the smallest screen."""
_NEAR = 5.0
"""Per cent of an axis: what lies closer together is seen in one window."""
_MOST = 60.0
"""Per cent of an axis: a window that is wider would show little more than the axis does."""
_CLOSE = 35.0
"""The same for what the briefing is about, where nothing crowds."""


@dataclass(frozen=True, slots=True)
class Level:
    """An axis, and what is drawn on it."""

    axis: Axis
    within: int | None
    """Counted among the levels: the next wider one, on which this one is a window. The widest has none."""
    drawn: tuple[int, ...]
    """The stretches that are drawn on it, counted among all."""


def levels(stretches: Sequence[Stretch], whole: Axis, close: Axis, offset: timedelta) -> tuple[Level, ...]:
    """The axes, each after the wider one that it is a window of.

    `whole` holds all known ends of the stretches; `close`, which lies within it, is what the reader should see near.
    Every stretch with a known end is drawn on one axis, which holds what is known of its ends. Two short ones that
    could not be told apart there stand on a closer axis; a short one that is alone needs none.
    """
    axes = list(_axes(whole, None, frozenset(stretches), close, offset))
    home = [_home(axes, stretch) for stretch in stretches]
    kept = _kept([within for _, within in axes], home)
    out = []
    for number in kept:
        found, within = axes[number]
        while within is not None and within not in kept:
            within = axes[within][1]
        drawn = tuple(index for index, at in enumerate(home) if at == number)
        out.append(Level(found, None if within is None else kept.index(within), drawn))
    return tuple(out)


def _kept(within: Sequence[int | None], home: Sequence[int | None]) -> list[int]:
    """The axes on which something is drawn, or that have several windows: of one window alone, that shows as much."""
    tops: dict[int, list[int]] = {}
    kept = []
    for number in reversed(range(len(within))):
        inside = [top for other, around in enumerate(within) if around == number for top in tops[other]]
        if number in home or len(inside) > 1:
            kept.append(number)
            inside = [number]
        tops[number] = inside
    return kept[::-1]


def _axes(
    own: Axis, within: int | None, stretches: Collection[Stretch], close: Axis, offset: timedelta, number: int = 0
) -> Iterator[tuple[Axis, int | None]]:
    """An axis, which is the `number`th, and all closer ones, each with the number of the wider one."""
    yield own, within
    following = number + 1
    for start, end in _windows(own, stretches, close):
        found = axis(start, end, offset, Stretch(own.start, own.end))
        if found.length * 100 > own.length * (_MOST + 20):
            found = axis(start, end, offset, Stretch(start, end))
        inside = [stretch for stretch in stretches if found.holds(stretch)]
        for one in _axes(found, number, inside, close, offset, following):
            yield one
            following += 1


def _windows(own: Axis, stretches: Collection[Stretch], close: Axis) -> Iterator[tuple[datetime, datetime]]:
    """What of an axis has to be seen closer: where several things crowd, and what the briefing is about."""
    instants = sorted({end for stretch in stretches for end in stretch.ends})
    least = own.length * LEAST / 100
    crowded = [(one, other) for one, other in pairwise(instants) if other - one < least]
    found = list(crowded)
    if own.start <= close.start and close.end <= own.end and close.length * 100 <= own.length * _CLOSE:
        found.append((close.start, close.end))
    merged: list[tuple[datetime, datetime]] = []
    for start, end in sorted(found):
        if merged and start - merged[-1][1] < own.length * _NEAR / 100:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    for start, end in (part for window in merged for part in _parts(*window, own, crowded)):
        if sum(bool(one.ends) and all(start <= known <= end for known in one.ends) for one in stretches) > 1:
            yield start, end


def _parts(
    start: datetime, end: datetime, own: Axis, crowded: Sequence[tuple[datetime, datetime]]
) -> Iterator[tuple[datetime, datetime]]:
    """A window, or where it is too wide several. These overlap, so that neighbours stand together in one of them."""
    if (end - start) * 100 <= own.length * _MOST:
        yield start, end
        return
    least = own.length * LEAST / 100
    usual = sorted(other - one for one, other in crowded)[len(crowded) // 2]
    parts = min(max(2, ceil(least / usual)), MAX_TICKS)
    step = (end - start) / parts
    for number in range(parts):
        first, last = max(start, start + step * number - 2 * least), start + step * (number + 1)
        if any(first <= one and other <= last for one, other in crowded):
            yield first, last


def _home(axes: Sequence[tuple[Axis, int | None]], stretch: Stretch) -> int | None:
    """The closest axis that holds a stretch, but that one is not filled which a wider one shows well."""
    if not axes[0][0].holds(stretch):
        return None
    at, length = 0, stretch.end - stretch.start if stretch.start and stretch.end else timedelta()
    while closer := next((n for n, (one, within) in enumerate(axes) if within == at and one.holds(stretch)), None):
        if length * 3 > axes[closer][0].length * 2 and length * 100 >= axes[at][0].length * LEAST:
            break
        at = closer
    return at
