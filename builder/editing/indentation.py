"""How a file indents, and new entries indented like it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from builder.editing.layout import Items, Laid, Pairs, Scalar, sheet_of
from builder.yamldoc import EDITORS_BREAK


@dataclass(frozen=True, slots=True)
class Habits:
    """By how many columns a file indents what belongs to a key; None where nothing shows it."""

    step: int | None
    """For mappings."""
    dash: int | None
    """For lists."""


def habits_of(root: Laid | None, near: Laid | None) -> Habits:
    """As in the neighbourhood, or else as in all of the file."""
    return Habits(_usual(near, Pairs) or _usual(root, Pairs), _first(_usual(near, Items), _usual(root, Items)))


def _first(one: int | None, other: int | None) -> int | None:
    return other if one is None else one


def _usual(laid: Laid | None, kind: type[Pairs] | type[Items]) -> int | None:
    found = Counter(_offsets(laid, kind)).most_common(1)
    return found[0][0] if found else None


def _offsets(laid: Laid | None, kind: type[Pairs] | type[Items]) -> Iterator[int]:
    """By how much the mappings, or the lists, that are values in block style are indented."""
    if isinstance(laid, Items):
        for item in laid.items:
            yield from _offsets(item, kind)
    elif isinstance(laid, Pairs) and not laid.flow:
        for _, value in laid.pairs:
            if isinstance(value, kind) and not value.flow:
                yield value.column - laid.column
            yield from _offsets(value, kind)


def lines_of(yaml: str) -> list[str]:
    """Its lines without line ends, and without blank ones at its start and end."""
    return EDITORS_BREAK.sub("\n", yaml).strip("\n").split("\n")


def indented(yaml: str, column: int, habits: Habits) -> list[str]:
    """The lines of block-style YAML moved to a column, and what belongs to a key indented by habit.

    Without a habit it stays as it is indented. Raises EditError where the YAML has a fault.
    """
    lines = lines_of(yaml)
    text = "\n".join(lines)
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    shifts: dict[int, int] = {}
    for first, last, shift in _shifts(sheet_of("the new entries", text).root, column, habits):
        for number in range(bisect_right(starts, first) - 1, bisect_right(starts, max(first, last - 1))):
            shifts.setdefault(number, shift)
    return [_moved(lines, number, shifts, column) for number in range(len(lines))]


def _moved(lines: list[str], number: int, shifts: dict[int, int], column: int) -> str:
    """A line where it belongs. A comment goes with what follows if that is indented alike, else with what precedes."""
    line = lines[number]
    if not line or (number not in shifts and not line.strip()):
        return ""
    later = min((other for other in shifts if other >= number), default=None)
    earlier = max((other for other in shifts if other <= number), default=None)
    alike = later is not None and (later == number or _indent(lines[later]) == _indent(line))
    nearest = later if alike or earlier is None else earlier
    shift = column if nearest is None else shifts[nearest]
    return " " * (_indent(line) + shift) + line.lstrip(" ")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _shifts(laid: Laid | None, column: int, habits: Habits) -> Iterator[tuple[int, int, int]]:
    """How far lines move, each named by offsets in it: first, last, columns. Of several for one line the first counts.

    `column` is where the collection will be.
    """
    if not isinstance(laid, Pairs | Items):
        return
    own = column - laid.column
    children: list[tuple[Laid, Laid]] = (
        list(laid.pairs) if isinstance(laid, Pairs) else [(item, item) for item in laid.items]
    )
    for first, value in children:
        yield first.start, first.start, own
        if isinstance(value, Scalar) or value.flow:
            yield first.start, value.end, own
            continue
        usual = None if isinstance(laid, Items) else habits.step if isinstance(value, Pairs) else habits.dash
        offset = value.column - laid.column if usual is None else usual
        yield from _shifts(value, column + offset, habits)
