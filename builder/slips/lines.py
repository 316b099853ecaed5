"""What a slip is, and how a line of YAML is looked at where a parser could not go on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a parser stopped and why; lines and columns from 0."""

    problem: str
    line: int
    column: int
    context_line: int
    context_column: int


@dataclass(frozen=True, slots=True)
class Slip:
    """What was mistyped: lines and columns from 0, in code points."""

    code: str
    line: int
    column: int
    length: int
    message: str
    cure: str
    """Its last line is the line as it should be, if `mends`."""
    mends: bool = True


ENTRY = re.compile(r"(?P<indent> *)(?P<dash>(?:- +)*)(?P<key>[\w.-]+|\"[^\"]*\"|'[^']*')(?P<colon> *:(?: +|$))")
"""The start of `key: value`, perhaps as the first of a list's item."""
NO_SPACES = "\u00a0\u2007\u202f\u3000"
"""What looks like a space at the start of a line, and is none for YAML."""
SECOND_COLON = "There is a colon and a space in this text, so YAML reads a second key."


def line_at(lines: Sequence[str], number: int) -> str:
    """A line by its number; nothing where there is none."""
    return lines[number] if 0 <= number < len(lines) else ""


def last_before(lines: Sequence[str], number: int) -> int:
    """The last line before `number` that is neither blank nor a comment; -1 where there is none."""
    for other in range(min(number, len(lines)) - 1, -1, -1):
        if lines[other].strip() and not lines[other].lstrip().startswith("#"):
            return other
    return -1


def next_after(lines: Sequence[str], number: int) -> str:
    """The first line after `number` that is not blank; nothing where there is none."""
    return next((line for line in lines[number + 1 :] if line.strip()), "")


def value_at(line: str) -> int:
    """Where the value of a line starts: after its key, or after the dash of a list's item."""
    entry = ENTRY.match(line)
    if entry:
        return entry.end()
    item = re.match(r" *(?:- +)*", line)
    return item.end() if item else 0


def closing_of(line: str, opening: int) -> int | None:
    """Where the quotation mark at `opening` is closed in its line."""
    mark = line[opening]
    at = opening + 1
    while at < len(line):
        if mark == '"' and line[at] == "\\":
            at += 1
        elif line[at] == mark:
            if mark == "'" and line[at + 1 : at + 2] == "'":
                at += 1
            else:
                return at
        at += 1
    return None


def has_value(entry: re.Match[str]) -> bool:
    """Whether something stands after the colon of an entry."""
    return entry.end() < len(entry.string.rstrip())


def indent_of(line: str) -> int:
    """How far a line is indented, in code points."""
    return len(line) - len(line.lstrip())


def as_text(line: str) -> str:
    """A line, with all of its value in quotation marks."""
    return as_text_from(line, value_at(line))


def as_text_from(line: str, column: int) -> str:
    """A line, with all that stands from `column` on in quotation marks."""
    return f"{line[:column]}{quoted(line[column:].rstrip())}"


def quoted(text: str) -> str:
    """`text` in quotation marks that can be read: those that do not stand in it, if there are such."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
