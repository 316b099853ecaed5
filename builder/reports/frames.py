"""A line of a file as a terminal shows it, with the words at fault underlined.

What counts here is columns of a terminal: wide East Asian characters and emoji take two, marks that combine none
(Unicode UAX #11). Terminals do not agree on joined emoji, so a joiner is spelt out and a variation selector left
out: what remains is as wide everywhere.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from builder.diagnostics import Place, printable

NARROWEST = 40
"""Columns; no frame is made narrower than this."""
_ALONE = "\u02ff"  # what stands before the first mark that combines joins nothing
_BEFORE = 20  # columns that are shown before the words at fault, where their line is cut


@dataclass(frozen=True, slots=True)
class Frame:
    """A line with its number, and what stands below it."""

    line: str
    below: str
    """As far as the underline: the gutter without a number, and spaces."""
    underline: str
    """`^` under the words at fault; where some of them matter most, `~` under the others. Empty if none are known."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """What a terminal shows as one character: code points from `start` to `end`, half-open."""

    start: int
    end: int
    shown: str
    columns: int


def frame(place: Place, width: int) -> Frame | None:
    """The line of a place, cut to a window around its words so that no more than `width` columns are taken.

    None where the line is not known.
    """
    if not place.text:
        return None
    gutter = f"{place.line:>5} | "
    room = max(width, NARROWEST) - len(gutter)
    start = min(place.column - 1, len(place.text))
    marks = _marks(place, start)
    # So much of a line that may be a whole article is looked at; more could never be shown.
    around = min(marks[0][0], len(place.text)) if place.length > room else start
    low, high = max(0, around - 4 * room), min(len(place.text), around + 4 * room)
    cells = list(_cells(place.text, low, high))
    whole = low == 0 and high == len(place.text) and _columns(cells) <= room
    left, right = (0, len(cells)) if whole else _window(cells, around, start + place.length, room - 2)
    before = "…" if low or left else ""
    after = "…" if right < len(cells) or high < len(place.text) else ""
    line = gutter + before + "".join(cell.shown for cell in cells[left:right]) + after
    under = " " * len(before) + "".join(_under(cell, place, start, marks) for cell in cells[left:right])
    if place.length and start == len(place.text):
        under += "^"
    underline = under.strip()
    below = " " * (len(gutter) - 2) + "| " + " " * (len(under.rstrip()) - len(underline))
    return Frame(line.rstrip(), below, underline)


def _marks(place: Place, start: int) -> list[tuple[int, int]]:
    """The words that matter most, or else all of them, as half-open stretches of the line."""
    marks = [(start + at, start + at + max(1, length)) for at, length in place.marks]
    return marks or [(start, start + place.length)]


def _under(cell: _Cell, place: Place, start: int, marks: Sequence[tuple[int, int]]) -> str:
    """What stands below a cell: no mark vanishes, even below what takes no column."""
    if any(cell.start < to and at < cell.end for at, to in marks):
        return "^" * max(1, cell.columns)
    return ("~" if cell.start < start + place.length and start < cell.end else " ") * cell.columns


def columns(text: str) -> int:
    """How many columns of a terminal a text takes that is printable."""
    return _columns(_cells(text, 0, len(text)))


def _columns(cells: Iterable[_Cell]) -> int:
    return sum(cell.columns for cell in cells)


def _window(cells: Sequence[_Cell], start: int, end: int, room: int) -> tuple[int, int]:
    """Which cells are shown, half-open: those between two offsets with a little before, and what follows."""
    first = next((index for index, cell in enumerate(cells) if cell.end > start), len(cells))
    wanted = _columns(cell for cell in cells[first:] if cell.start < end)
    before = min(_BEFORE, room // 4)
    if wanted < room:
        before = min(before, (room - wanted) // 2)
    left = right = _back(cells, first, before)
    while right < len(cells) and cells[right].columns <= room:
        room -= cells[right].columns
        right += 1
    return (_back(cells, left, room) if right == len(cells) else left), right


def _back(cells: Sequence[_Cell], index: int, room: int) -> int:
    """The first of the cells before `index` that take no more than `room` columns."""
    while index and cells[index - 1].columns <= room:
        index -= 1
        room -= cells[index].columns
    return index


def _cells(text: str, low: int, high: int) -> Iterator[_Cell]:
    """The cells of `text[low:high]`."""
    cell: _Cell | None = None
    for index in range(low, high):
        char = text[index]
        if cell and char > _ALONE and _joins(char, text[cell.start], cell):
            shown = "" if _selects(char) else char
            cell = _Cell(cell.start, index + 1, cell.shown + shown, 2 if _is_flag(char) else cell.columns)
            continue
        if cell:
            yield cell
        cell = _Cell(index, index + 1, *_alone(char))
    if cell:
        yield cell


@lru_cache(maxsize=4096)
def _alone(char: str) -> tuple[str, int]:
    """How a character is shown by itself, or the escape that stands for it, and in how many columns."""
    shown = "" if _selects(char) else printable(char)
    if len(shown) != 1:
        return shown, len(shown)
    return shown, 0 if _is_mark(shown) else 2 if unicodedata.east_asian_width(shown) in "WF" else 1


def _joins(char: str, base: str, cell: _Cell) -> bool:
    """Whether a character is shown in the cell before it, which begins with `base`."""
    if _is_flag(char):  # two letters make a flag
        return _is_flag(base) and cell.end - cell.start == 1
    if "\U0001f3fb" <= char <= "\U0001f3ff":  # a colour of skin
        return unicodedata.category(base) == "So" and cell.columns == 2
    return _is_mark(char)


def _is_mark(char: str) -> bool:
    """Whether a character takes no column: a mark that combines, or a later letter of a Korean syllable."""
    return unicodedata.category(char) in ("Mn", "Me") or "\u1160" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7ff"


def _selects(char: str) -> bool:
    """Whether it only selects how the character before it is drawn."""
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _is_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
