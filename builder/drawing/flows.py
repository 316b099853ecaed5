"""The picture of how evidence flows: bars in columns, and ribbons between them that are as high as their numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from builder.views.origins import FlowBar, FlowLabel, FlowPicture, FlowRibbon

MOST = 24
"""Bars in a column; what is left becomes one."""
_HIGH, _THICK = 460.0, 6.0
"""How high a column's bars are together at most, and one piece of evidence; pixels."""
_LINE, _GAP, _WIDE_GAP, _TOP, _SIDE = 17.0, 5.0, 34.0, 30.0, 22.0
"""A line of words, the gaps between bars, what stands over the columns and over a side; pixels."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar to be drawn."""

    key: str
    label: str
    """Empty for evidence that only passes the column."""
    side: str = ""
    """Bars of one side stand together below its name."""
    kind: str = "named"


@dataclass(frozen=True, slots=True)
class Column:
    """Bars one below the other, in their order."""

    title: str
    x: float
    """Of their left edges, in per cent of the width."""
    room: int
    """Letters that a label has room for."""
    bars: tuple[Bar, ...]


def picture(
    columns: Sequence[Column], paths: Mapping[tuple[str, ...], int], description: str, others: Callable[[int], str]
) -> FlowPicture:
    """Draw evidence; `paths` say how many pieces pass the same bars, one of every column. `others` says how the bar of
    so many bars is called for which there is no room."""
    merged = [_merged(column, _numbers(paths, index), others) for index, column in enumerate(columns)]
    columns = [column for column, _ in merged]
    paths = _renamed(paths, [names for _, names in merged])
    unit = min(_THICK, _HIGH / max(1, sum(paths.values())))
    needed = max(_height(column, _numbers(paths, index), unit, _GAP) for index, column in enumerate(columns))
    placed: list[dict[str, tuple[float, float]]] = []
    sides: list[FlowLabel] = []
    for index, column in enumerate(columns):
        tops, named = _placed(column, _numbers(paths, index), unit, needed)
        placed.append(tops)
        sides += named
    bars = [
        FlowBar(bar.kind, _cut(bar.label, column.room), number, column.x, *_lying(*tops[bar.key]))
        for index, (column, tops) in enumerate(zip(columns, placed, strict=True))
        for bar in column.bars
        if bar.label and (number := _numbers(paths, index)[bar.key])
    ]
    ribbons = [
        ribbon
        for index, (left, right) in enumerate(pairwise(columns))
        for ribbon in _ribbons(left, right, placed[index], placed[index + 1], _links(paths, index), unit)
    ]
    titles = tuple(FlowLabel(column.title, column.x, 13.0) for column in columns if column.title)
    return FlowPicture(round(_TOP + needed, 1), titles, tuple(sides), tuple(bars), tuple(ribbons), description)


def _numbers(paths: Mapping[tuple[str, ...], int], index: int) -> Counter[str]:
    numbers: Counter[str] = Counter()
    for path, number in paths.items():
        numbers[path[index]] += number
    return numbers


def _links(paths: Mapping[tuple[str, ...], int], index: int) -> Counter[tuple[str, str]]:
    links: Counter[tuple[str, str]] = Counter()
    for path, number in paths.items():
        links[path[index], path[index + 1]] += number
    return links


def _merged(column: Column, numbers: Counter[str], others: Callable[[int], str]) -> tuple[Column, dict[str, str]]:
    """The column with no more bars than there is room for, and what became of the least of them."""
    if len(column.bars) <= MOST:
        return column, {}
    by_size = sorted(column.bars, key=lambda bar: (bar.kind == "named", -numbers[bar.key]))
    kept = set(by_size[: MOST - 1])
    rest = [bar.key for bar in column.bars if bar not in kept]
    bars = (*(bar for bar in column.bars if bar in kept), Bar(rest[0], others(len(rest))))
    return Column(column.title, column.x, column.room, bars), dict.fromkeys(rest, rest[0])


def _renamed(paths: Mapping[tuple[str, ...], int], names: Sequence[Mapping[str, str]]) -> dict[tuple[str, ...], int]:
    out: Counter[tuple[str, ...]] = Counter()
    for path, number in paths.items():
        out[tuple(known.get(key, key) for key, known in zip(path, names, strict=True))] += number
    return dict(out)


# ---- places ----------------------------------------------------------------------------------------------------


def _slot(bar: Bar, number: int, unit: float) -> float:
    return max(number * unit, _LINE if bar.label else 0.0)


def _height(column: Column, numbers: Counter[str], unit: float, gap: float) -> float:
    slots = sum(_slot(bar, numbers[bar.key], unit) for bar in column.bars)
    return slots + gap * max(0, len(column.bars) - 1) + _SIDE * len(_side_starts(column))


def _side_starts(column: Column) -> list[str]:
    """The bars that a side's name stands over."""
    before = ""
    starts = []
    for bar in column.bars:
        if bar.side and bar.side != before:
            starts.append(bar.key)
        before = bar.side
    return starts


def _placed(
    column: Column, numbers: Counter[str], unit: float, height: float
) -> tuple[dict[str, tuple[float, float]], list[FlowLabel]]:
    """By bar its upper edge and its height; and the names of the sides."""
    room = height - _height(column, numbers, unit, 0.0)
    gap = min(_WIDE_GAP, room / max(1, len(column.bars) - 1))
    starts = _side_starts(column)
    at, tops, sides = _TOP, {}, []
    for bar in column.bars:
        if bar.key in starts:
            sides.append(FlowLabel(_cut(bar.side, column.room), column.x, round(at + _SIDE - 7, 1)))
            at += _SIDE
        slot, thick = _slot(bar, numbers[bar.key], unit), numbers[bar.key] * unit
        tops[bar.key] = (at + (slot - thick) / 2, thick)
        at += slot + gap
    return tops, sides


def _ribbons(
    left: Column,
    right: Column,
    starts: Mapping[str, tuple[float, float]],
    ends: Mapping[str, tuple[float, float]],
    links: Counter[tuple[str, str]],
    unit: float,
) -> list[FlowRibbon]:
    """Ribbons between two columns, in the order of the bars at either end, so that none crosses without need."""
    order = {bar.key: index for index, bar in enumerate(right.bars)}
    leaving: dict[str, float] = defaultdict(float)
    arriving: dict[str, float] = defaultdict(float)
    out = []
    for bar in left.bars:
        for one, other in sorted((link for link in links if link[0] == bar.key), key=lambda link: order[link[1]]):
            thick = links[one, other] * unit
            y0, y1 = starts[one][0] + leaving[one], ends[other][0] + arriving[other]
            leaving[one] += thick
            arriving[other] += thick
            out.append(FlowRibbon(bar.kind, left.x, round(right.x - left.x, 2), _path(y0, y1, thick)))
    return out


def _path(y0: float, y1: float, thick: float) -> str:
    a, b, c, d = (f"{y:.0f}" for y in (y0, y1, y1 + thick, y0 + thick))  # whole pixels: there are hundreds of them
    return f"M0 {a}C50 {a} 50 {b} 100 {b}V{c}C50 {c} 50 {d} 0 {d}Z"


def _lying(top: float, height: float) -> tuple[float, float, float]:
    """Its upper edge, its height and its middle."""
    return round(top, 1), round(height, 1), round(top + height / 2, 1)


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"
