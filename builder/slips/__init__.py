"""What people really mistype in YAML, told from a parser's error and the lines around it.

A parser stops where it can go no further, often lines below the slip, and speaks of tokens. Here the lines themselves
are looked at, and the cure is the line as it should be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from builder.slips.entries import colon
from builder.slips.indentation import indentation, tab
from builder.slips.lines import ENTRY, Slip, Stop, line_at
from builder.slips.marks import after_closed, first_character, in_brackets, never_closed, pasted

_CONFLICT = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: .*)?\s*")


def slip_of(lines: Sequence[str], stop: Stop) -> Slip:
    """What was most likely mistyped."""
    return next(found for look in _LOOKS for found in look(lines, stop))


def without(lines: Sequence[str], slip: Slip) -> Iterator[tuple[list[str], set[int]]]:
    """The lines as they could be read on with, and which of them are no longer as they were written.

    First as the cure has it; then without the entry that the slip is in, then without the one around that, and so on.
    A key stays where its value goes, so that nobody misses it.
    """
    if slip.code == "yaml-conflict":
        yield _one_version(lines)
    if slip.mends:
        yield [*lines[: slip.line], slip.cure.rsplit("\n", 1)[-1], *lines[slip.line + 1 :]], {slip.line}
    below = len(line_at(lines, slip.line)) + 1
    for number in range(min(slip.line, len(lines) - 1), -1, -1):
        entry = ENTRY.match(lines[number])
        if entry is None or entry.start("key") >= below:
            continue
        below = entry.start("key")
        gone = {number}
        for other in range(number + 1, len(lines)):
            line = lines[other]
            if line.strip() and len(line) - len(line.lstrip(" ")) <= below and not line[below:].startswith("- "):
                break
            gone.add(other)
        kept = lines[number][: entry.end("key")] + ': ""'
        yield (
            ["" if at in gone and at != number else kept if at == number else line for at, line in enumerate(lines)],
            gone,
        )


def _one_version(lines: Sequence[str]) -> tuple[list[str], set[int]]:
    """The lines with the first version of each conflict only, and which lines are gone."""
    gone: set[int] = set()
    first, both = True, {"<", "=", ">"} <= _marks_of_conflict(lines)
    for number, line in enumerate(lines):
        mark = _CONFLICT.fullmatch(line)
        if mark:
            first = mark[1][0] in "<>"
        if mark or (both and not first):
            gone.add(number)
    return ["" if number in gone else line for number, line in enumerate(lines)], gone


UNRESOLVED = (
    "Two versions of these lines were merged, and nobody has chosen one yet.",
    "Keep one of the two, and remove the other and the lines that start with <<<<<<<, ======= and >>>>>>>.",
)
"""What is said of a conflict of git's, and its cure."""


def _conflict(lines: Sequence[str], stop: Stop) -> Iterator[Slip]:
    """What git leaves where two people changed the same lines."""
    for number in range(min(stop.line, len(lines) - 1) + 1):
        line = lines[number].rstrip()
        if not _CONFLICT.fullmatch(line):
            continue
        message, cure = "This is a mark that a merge has left.", "Remove the line."
        if {"<", "=", ">"} <= _marks_of_conflict(lines):
            message, cure = UNRESOLVED
        yield Slip("yaml-conflict", number, 0, len(line), message, cure, mends=False)


def _marks_of_conflict(lines: Sequence[str]) -> set[str]:
    return {line[0] for line in lines if _CONFLICT.fullmatch(line)}


def _anything(lines: Sequence[str], stop: Stop) -> Iterator[Slip]:  # noqa: ARG001  (the last look sees no lines)
    cure = "Put text with unusual characters in quotation marks."
    message = f"This is not YAML: {stop.problem}."
    yield Slip("yaml-syntax", stop.line, stop.column, 1, message, cure, mends=False)


_LOOKS = (
    _conflict,
    pasted,
    tab,
    never_closed,
    after_closed,
    in_brackets,
    first_character,
    colon,
    indentation,
    _anything,
)
"""One for each kind of slip, in this order."""
