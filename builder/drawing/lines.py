"""Text in lines that are broken by measure, as drawn pictures need it: nothing there breaks them later."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from builder.drawing.faces import Type
from builder.views import ChartLabel
from builder.views.cards import Label

ELLIPSIS = "…"
_ROOM = 0.985
"""Of a line's width what is filled: shaping may make a word a little wider than its letters."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where lines stand: between two x, the longer side of which is where they start."""

    left: float
    right: float
    mirrored: bool = False
    """Whether lines start on the right."""

    @property
    def width(self) -> float:
        """How long a line may be."""
        return self.right - self.left

    @property
    def start(self) -> float:
        """The x at which lines start."""
        return self.right if self.mirrored else self.left

    @property
    def anchor(self) -> str:
        """For SVG, in which text has no direction of its own here."""
        return "end" if self.mirrored else "start"


def is_mirrored(text: str) -> bool:
    """Whether a text is written from right to left, as its first letter tells."""
    kinds = map(unicodedata.bidirectional, text)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)


def placed(text: str, column: Column, size: float, y: float) -> Label:
    """One line, as it is."""
    return Label((ChartLabel(_directed(text, text), column.start, y),) if text else (), size, column.anchor)


def one_line(text: str, letters: Type, column: Column, size: float, weight: int, y: float) -> Label:
    """Text on one line, with an ellipsis where it is too long."""
    text = letters.drawable(text)
    lines = _broken(text, letters, weight, column.width * _ROOM / size, 1)
    return placed(lines[0] if lines else "", column, size, y)


def fitted(
    text: str, letters: Type, column: Column, sizes: Sequence[float], weight: int, top: float, height: float,
    leading: float = 1.16,
) -> Label:  # fmt: skip
    """Text in the largest of some sizes in which it fits; in the smallest it may end with an ellipsis."""
    text = letters.drawable(text)
    if not text:
        return Label((), sizes[-1], column.anchor)

    def broken(size: float, most: int) -> list[str]:
        return _broken(text, letters, weight, column.width * _ROOM / size, most)

    rows = {size: max(1, int((height - size) / (size * leading)) + 1) for size in sizes}
    size = next((size for size in sizes if len(broken(size, rows[size] + 1)) <= rows[size]), sizes[-1])
    width, lines = column.width * _ROOM / size, broken(size, rows[size])
    lines = _balanced(text, letters, weight, width, lines)
    first = top + size * 0.82  # the baseline, below the height of capitals
    return Label(
        tuple(
            ChartLabel(_directed(line, text), column.start, round(first + index * size * leading, 2))
            for index, line in enumerate(lines)
        ),
        size,
        column.anchor,
    )


def _directed(line: str, text: str) -> str:
    """A line for what draws from left to right: of a text of the other direction in an embedding of its own."""
    return f"\u202b{line}\u202c" if is_mirrored(text) else line


def _balanced(text: str, letters: Type, weight: int, width: float, lines: list[str]) -> list[str]:
    """As many lines, of about the same length."""
    if len(lines) < 2 or lines[-1].endswith(ELLIPSIS):
        return lines
    steps = [width * share / 20 for share in range(10, 21)]
    at = bisect_left(steps, 1, key=lambda step: len(_broken(text, letters, weight, step, 99)) <= len(lines))
    return _broken(text, letters, weight, steps[min(at, len(steps) - 1)], 99)


def _broken(text: str, letters: Type, weight: int, width: float, most: int) -> list[str]:
    """At most so many lines that are no longer than `width` sizes; the last may end with an ellipsis."""
    lines: list[str] = []
    line, length = "", 0.0
    space = letters.width(" ", 1, weight)
    for piece, spaced in _pieces(text):
        for number, (part, long) in enumerate(_parts(piece, letters, weight, width)):
            gap = space if spaced and line and not number else 0.0
            if line and length + gap + long > width:
                lines.append(line)
                line, length, gap = "", 0.0, 0.0
            line, length = f"{line}{' ' if gap else ''}{part}", length + gap + long
            if len(lines) == most:
                return [*lines[:-1], _cut(f"{lines[-1]} {line}", letters, weight, width)]
    return [*lines, line] if line else lines


def _cut(text: str, letters: Type, weight: int, width: float) -> str:
    words = text.split(" ")
    while len(words) > 1 and letters.width(" ".join(words) + ELLIPSIS, 1, weight) > width:
        words.pop()
    text = " ".join(words).rstrip(",;:–—-. ")
    while text and letters.width(text + ELLIPSIS, 1, weight) > width:
        text = text[:-1]
    return text + ELLIPSIS


def _pieces(text: str) -> list[tuple[str, bool]]:
    """What stands on one line, and whether a space goes before it. Between wide signs, such as Chinese, a line may end,
    but not before a mark that closes."""
    found: list[tuple[str, bool]] = []
    for word in text.split(" "):
        start, spaced = 0, True
        for at in range(1, len(word)):
            wide = "W" in (unicodedata.east_asian_width(word[at]), unicodedata.east_asian_width(word[at - 1]))
            if wide and unicodedata.category(word[at])[0] not in "PM" and unicodedata.category(word[at - 1]) != "Ps":
                found.append((word[start:at], spaced))
                start, spaced = at, False
        found.append((word[start:], spaced))
    return found


def _parts(piece: str, letters: Type, weight: int, width: float) -> list[tuple[str, float]]:
    """A piece with its length; where it is longer than a line, the parts of it that are not."""
    long = letters.width(piece, 1, weight)
    if long <= width:
        return [(piece, long)]
    parts, start, length = [], 0, 0.0
    for at, char in enumerate(piece):
        step = letters.width(char, 1, weight)
        if at > start and length + step > width and unicodedata.category(char)[0] != "M":
            parts.append((piece[start:at], length))
            start, length = at, 0.0
        length += step
    return [*parts, (piece[start:], length)]
