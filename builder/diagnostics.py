"""What a curator got wrong: values with a code, a place, the line itself and a cure.

Diagnostics are data, never control flow. Sources that disagree are content and never a diagnostic; an exception
means a bug or the disk. Lines and columns count from 1; columns and lengths are code points.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


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
    marks: tuple[tuple[int, int], ...] = ()
    """Within it, the words that matter most: how far from `column` they start, and how long they are."""


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


def new_among(faults: Iterable[Diagnostic], known: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Those that are not among the known ones: places may have moved, so they are told by what they say."""
    said = {(fault.code, fault.message) for fault in known}
    return [fault for fault in faults if (fault.code, fault.message) not in said]


def place_in(file: str, text: str, start: int, end: int) -> Place:
    """The place of `text[start:end]` (code points, half-open); a longer span is underlined to its line's end."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    line_end -= line_end > line_start and text[line_end - 1] == "\r"
    line = text.count("\n", 0, start) + 1
    length = max(1, min(end, line_end) - start)
    return Place(file, line, start - line_start + 1, length, text[line_start:line_end])


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
