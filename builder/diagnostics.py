"""What a curator got wrong: values with a code, a place, the line itself and a cure.

Diagnostics are data, never control flow. Sources that disagree are content and never a diagnostic; an exception
means a bug or the disk. Lines and columns count from 1; columns and lengths are code points.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")

FRAME_WIDTH = 100  # code points of a line that a frame shows: an article's line is a whole paragraph


class Severity(StrEnum):
    """An error stops publication; a warning does so only under --strict."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands. `file` is relative to the site's root, with forward slashes."""

    file: str
    line: int = 1
    column: int = 1
    length: int = 0
    """How many code points to underline; 0 where only the file is known."""
    text: str = ""
    """The line itself, without its line break."""


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that explains the first, such as the passage in the article."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A cure that is certain: another text in the place of the one that stands in a YAML file."""

    place: Place
    """Where the text, a value or a key, starts."""
    text: str
    """What it should be, as text; how YAML writes it depends on where it stands."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault, understandable by itself."""

    code: str
    """Stable, in kebab-case, such as `quotation-orphaned`."""
    message: str
    place: Place
    help: str = ""
    """The cure; what can be pasted stands on lines of its own."""
    severity: Severity = Severity.ERROR
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()
    """What `variorum fix` would do; none where only the curator can know."""


@dataclass(frozen=True, slots=True)
class Checked(Generic[T]):
    """A stage's value with everything it found. With an error among the diagnostics, nothing is published."""

    value: T
    diagnostics: tuple[Diagnostic, ...] = ()


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def stops(diagnostics: Sequence[Diagnostic], strict: bool) -> bool:
    """Whether they stop publication: any error does, and when `strict` any warning."""
    return has_errors(diagnostics) or (strict and bool(diagnostics))


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Each once, by file, line and column."""
    return sorted(dict.fromkeys(diagnostics), key=lambda d: (d.place.file, d.place.line, d.place.column, d.code))


def place_in(file: str, text: str, start: int, end: int) -> Place:
    """The place of `text[start:end]` (code points, half-open); a longer span is underlined to its line's end."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    line_end -= line_end > line_start and text[line_end - 1] == "\r"
    line = text.count("\n", 0, start) + 1
    length = max(1, min(end, line_end) - start)
    return Place(file, line, start - line_start + 1, length, text[line_start:line_end])


def as_text(diagnostic: Diagnostic) -> str:
    """For a person at a terminal: message, framed line, related places, cure."""
    head = f"{_position(diagnostic.place)}: {diagnostic.severity}[{diagnostic.code}]: {printable(diagnostic.message)}"
    out = [head, *_frame(diagnostic.place)]
    for related in diagnostic.related:
        out += [f"  {_position(related.place)}: {printable(related.message)}", *_frame(related.place)]
    if diagnostic.help:
        first, *rest = diagnostic.help.splitlines()
        out += [f"  help: {printable(first)}", *(f"        {printable(line)}" for line in rest)]
    return "\n".join(out)


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """A list of objects with code, severity, file, line, column, message, help and related places."""
    rows = [
        {
            "code": d.code,
            "severity": d.severity,
            "file": d.place.file,
            "line": d.place.line,
            "column": d.place.column,
            "message": d.message,
            "help": d.help,
            "related": [
                {"file": r.place.file, "line": r.place.line, "column": r.place.column, "message": r.message}
                for r in d.related
            ],
        }
        for d in diagnostics
    ]
    text = json.dumps(rows, ensure_ascii=False, indent=2)
    # A terminal may show it, too: what could steer one stands there as an escape of JSON's own.
    return "".join(char if char == "\n" or printable(char) == char else json.dumps(char)[1:-1] for char in text)


def printable(text: str) -> str:
    """`text` on one line with control and direction-changing characters made visible.

    Names and lines come from contributed files and must not be able to steer a terminal.
    """
    return "".join(
        " "
        if char == "\t"
        else f"\\u{ord(char):04x}"
        if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        else char
        for char in text
    )


def _position(place: Place) -> str:
    position = printable(place.file)
    return f"{position}:{place.line}:{place.column}" if place.length else position


def _frame(place: Place) -> list[str]:
    """The line with its words underlined, cut to a window around them when it is long."""
    if not place.length or not place.text:
        return []
    start = place.column - 1
    end = min(len(place.text), start + place.length)
    left = max(0, min(start - 20, len(place.text) - FRAME_WIDTH))
    right = min(len(place.text), left + FRAME_WIDTH)
    end = max(start, min(end, right))
    before = ("…" if left else "") + printable(place.text[left:start])
    marked = printable(place.text[start:end])
    after = printable(place.text[end:right]) + ("…" if right < len(place.text) else "")
    gutter = f"{place.line:>5} | "
    blank = " " * 5 + " | "
    underline = " " * _columns(before) + "^" * max(1, _columns(marked))
    return [(gutter + before + marked + after).rstrip(), blank + underline]


def _columns(text: str) -> int:
    """Terminal columns: wide East Asian characters take two, combining marks none (Unicode UAX #11)."""
    shown = [char for char in text if unicodedata.category(char) not in ("Mn", "Me")]
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in shown)
