"""How wide letters are: from the tables of a font file, so that lines can be broken before anything is drawn.

Widths are shares of the font's size. A weight that a variable font makes between two drawn ones has its own widths.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

JOINERS = "\u200c\u200d"
"""They say whether letters of one word join, and have no width."""
_VARIANTS = frozenset(map(chr, range(0xFE00, 0xFE10)))
"""They choose between two forms of a sign, such as with colours or without."""


class NoFont(ValueError):
    """The bytes are no font that can be measured."""


@dataclass(frozen=True, eq=False)
class Face:
    """A font file of the kind TrueType or OpenType."""

    data: bytes

    def has(self, char: str) -> bool:
        """Whether it has a sign for a character."""
        return ord(char) in self._glyphs

    def width(self, char: str, weight: int) -> float:
        """How far a character moves the pen. Raises KeyError for one that it has not."""
        return _width(self, self._glyphs[ord(char)], weight)

    # ---- tables ----

    @cached_property
    def tables(self) -> Mapping[str, bytes]:
        """Its tables, by tag. Raises NoFont."""
        if self.data[:4] not in (b"\0\1\0\0", b"OTTO", b"true"):
            raise NoFont("it is neither TrueType nor OpenType")
        (number,) = struct.unpack_from(">H", self.data, 4)
        found = {}
        for tag, _, start, length in struct.iter_unpack(">4sLLL", self.data[12 : 12 + 16 * number]):
            found[tag.decode("latin-1")] = self.data[start : start + length]
        return found

    @cached_property
    def _glyphs(self) -> Mapping[int, int]:
        """The number of the sign for each code point."""
        table = self.tables["cmap"]
        (number,) = struct.unpack_from(">H", table, 2)
        kinds = {}
        for platform, encoding, start in struct.iter_unpack(">HHL", table[4 : 4 + 8 * number]):
            (kind,) = struct.unpack_from(">H", table, start)
            if (platform, encoding) in ((0, 3), (0, 4), (0, 6), (3, 1), (3, 10)):
                kinds[kind] = start
        if 12 in kinds:
            return _groups(table[kinds[12] :])
        if 4 in kinds:
            return _segments(table[kinds[4] :])
        raise NoFont("it has no table of characters")

    @cached_property
    def units(self) -> int:
        """How many of its units are as long as its size."""
        units: int = struct.unpack_from(">H", self.tables["head"], 18)[0]
        return units

    @cached_property
    def advances(self) -> Sequence[int]:
        """The width of each sign in units; the last counts for all that follow."""
        (number,) = struct.unpack_from(">H", self.tables["hhea"], 34)
        return [advance for advance, _ in struct.iter_unpack(">Hh", self.tables["hmtx"][: 4 * number])]

    @cached_property
    def variations(self) -> _Variations | None:
        """How widths change with the weight; None where the file holds one weight."""
        return _Variations(self.tables) if {"fvar", "HVAR"} <= self.tables.keys() else None


def face_of(data: bytes) -> Face:
    """A font. Raises NoFont where it cannot be measured."""
    face = Face(data)
    try:
        face.width(next(chr(code) for code in face._glyphs), 400)
    except (struct.error, KeyError, IndexError, StopIteration) as error:
        raise NoFont("its tables are damaged") from error
    return face


@cache
def _width(face: Face, glyph: int, weight: int) -> float:
    advance = face.advances[min(glyph, len(face.advances) - 1)]
    more = face.variations.delta(glyph, weight) if face.variations else 0.0
    return (advance + more) / face.units


def _groups(table: bytes) -> dict[int, int]:
    """Format 12: runs of code points that follow each other."""
    (number,) = struct.unpack_from(">L", table, 12)
    found: dict[int, int] = {}
    for first, last, glyph in struct.iter_unpack(">LLL", table[16 : 16 + 12 * number]):
        if last <= 0x10FFFF:
            found.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True))
    return found


def _segments(table: bytes) -> dict[int, int]:
    """Format 4: runs within the first 65,536 code points."""
    (twice,) = struct.unpack_from(">H", table, 6)
    ends, starts = 14, 16 + twice
    found = {}
    for at in range(0, twice, 2):
        (end,), (start,) = struct.unpack_from(">H", table, ends + at), struct.unpack_from(">H", table, starts + at)
        (delta,) = struct.unpack_from(">H", table, starts + twice + at)
        place = starts + 2 * twice + at
        (offset,) = struct.unpack_from(">H", table, place)
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if offset:
                (glyph,) = struct.unpack_from(">H", table, place + offset + 2 * (code - start))
                if not glyph:
                    continue
            if number := (glyph + delta) & 0xFFFF:
                found[code] = number
    return found


# ---- variable fonts --------------------------------------------------------------------------------------------


class _Variations:
    """The tables fvar, avar and HVAR, as far as the weight goes; all other axes stay as they are by default."""

    def __init__(self, tables: Mapping[str, bytes]) -> None:
        self._axes = _axes(tables["fvar"])
        self._segments = _maps(tables["avar"], len(self._axes)) if "avar" in tables else ()
        table = tables["HVAR"]
        store, mapping = struct.unpack_from(">LL", table, 4)
        self._store = table[store:]
        self._places = _places(table[mapping:]) if mapping else ()

    def delta(self, glyph: int, weight: int) -> float:
        """How much wider a sign is than by default, in units."""
        outer, inner = self._places[min(glyph, len(self._places) - 1)] if self._places else (0, glyph)
        (start,) = struct.unpack_from(">L", self._store, 8 + 4 * outer)
        return sum(part * share for part, share in zip(*self._row(start, inner, weight), strict=True))

    def _row(self, start: int, inner: int, weight: int) -> tuple[Sequence[int], Sequence[float]]:
        """The parts of one sign's change, and how much each counts."""
        _, words, regions = struct.unpack_from(">HHH", self._store, start)
        long, words = bool(words & 0x8000), words & 0x7FFF
        indexes = struct.unpack_from(f">{regions}H", self._store, start + 6)
        kinds = ("i", "h") if long else ("h", "b")
        form = f">{words}{kinds[0]}{regions - words}{kinds[1]}"
        parts = struct.unpack_from(form, self._store, start + 6 + 2 * regions + inner * struct.calcsize(form))
        return parts, [self._share(index, weight) for index in indexes]

    def _share(self, region: int, weight: int) -> float:
        (offset,) = struct.unpack_from(">L", self._store, 2)
        (axes,) = struct.unpack_from(">H", self._store, offset)
        out = 1.0
        for number in range(axes):
            ends = struct.unpack_from(">3h", self._store, offset + 4 + 6 * (region * axes + number))
            out *= _within(self._place(number, weight), *(end / 16384 for end in ends))
        return out

    def _place(self, axis: int, weight: int) -> float:
        """Where a weight lies on an axis: -1 at its start, 0 by default, 1 at its end."""
        tag, least, default, most = self._axes[axis]
        if tag != b"wght":
            return 0.0
        at = min(max(float(weight), least), most) - default
        place = at / (default - least if at < 0 else most - default) if at else 0.0
        pairs = self._segments[axis] if self._segments else ()
        for (left, low), (right, high) in pairwise(pairs):
            if left <= place <= right and left < right:
                return low + (high - low) * (place - left) / (right - left)
        return place


def _axes(table: bytes) -> list[tuple[bytes, float, float, float]]:
    start, _, number, size = struct.unpack_from(">4H", table, 4)
    found = []
    for index in range(number):
        tag, *ends = struct.unpack_from(">4s3l", table, start + index * size)
        least, default, most = (end / 65536 for end in ends)
        found.append((tag, least, default, most))
    return found


def _maps(table: bytes, axes: int) -> list[list[tuple[float, float]]]:
    found, at = [], 8
    for _ in range(axes):
        (number,) = struct.unpack_from(">H", table, at)
        pairs = struct.iter_unpack(">2h", table[at + 2 : at + 2 + 4 * number])
        found.append([(start / 16384, end / 16384) for start, end in pairs])
        at += 2 + 4 * number
    return found


def _places(table: bytes) -> list[tuple[int, int]]:
    """Where the changes of each sign stand: which part of the store, which row."""
    kind, entry = table[0], table[1]
    number, at = (struct.unpack_from(">H", table, 2)[0], 4) if kind == 0 else (struct.unpack_from(">L", table, 2)[0], 6)
    size, bits = ((entry & 0x30) >> 4) + 1, (entry & 0x0F) + 1
    codes = (int.from_bytes(table[at + i * size : at + (i + 1) * size], "big") for i in range(number))
    return [(code >> bits, code & ((1 << bits) - 1)) for code in codes]


def _within(place: float, start: float, peak: float, end: float) -> float:
    if peak == 0 or start > peak or peak > end or (start < 0 < end):
        return 1.0
    if place == peak:
        return 1.0
    if place <= start or place >= end:
        return 0.0
    return (place - start) / (peak - start) if place < peak else (end - place) / (end - peak)


# ---- text in several fonts ---------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Type:
    """Fonts in the order in which a letter is looked for."""

    faces: tuple[Face, ...]

    def drawable(self, text: str) -> str:
        """The text on one line as it can be drawn: empty where a letter or a number is in no font, for a text without
        some of its words says something else. Symbols that are in none go; so does what steers the direction."""
        kept: list[str] = []
        for char in " ".join(unicodedata.normalize("NFC", text).split()):
            kind = unicodedata.category(char)
            if char in JOINERS:
                kept.append(char if kept and kept[-1].isalpha() else "")
            elif kind == "Cf" or char in _VARIANTS:
                continue
            elif self._face(char):
                kept.append(char)
            elif kind[0] in "LMN":
                return ""
            elif kind[0] == "Z":
                kept.append(" ")
        return " ".join("".join(kept).split()).strip(JOINERS)

    def width(self, text: str, size: float, weight: int) -> float:
        """How long a drawable text is at most: pairs of letters may stand closer."""
        widths = (face.width(char, weight) for char in text if (face := self._face(char)))
        return sum(widths) * size

    def _face(self, char: str) -> Face | None:
        return next((face for face in self.faces if face.has(char)), None)
