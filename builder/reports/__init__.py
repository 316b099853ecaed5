"""Diagnostics as people and programs read them: text for a terminal, JSON, and commands for GitHub's runner."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import TypeAlias

from builder.diagnostics import Diagnostic, Place, Related, Severity, printable
from builder.reports.frames import frame

WIDTH = 100
"""Columns of a frame where no terminal says how many it has."""
LONGEST = 10_000
"""Code points of a line that is given with each of its faults: one of a megabyte may have thousands."""
SHOWN_BY_GITHUB = 10
"""Annotations of one severity that a step may have; GitHub drops those that follow."""


class Role(StrEnum):
    """What a piece of text is, for whoever gives it a colour."""

    ERROR = "error"
    WARNING = "warning"
    RELATED = "related"
    HELP = "help"


Paint: TypeAlias = Callable[[str, Role], str]
"""Gives a text its colour."""


def unpainted(text: str, role: Role) -> str:  # noqa: ARG001
    """`text` as it is."""
    return text


# ---- text --------------------------------------------------------------------------------------------------------


def as_text(diagnostic: Diagnostic, width: int = WIDTH, paint: Paint = unpainted) -> str:
    """For a person at a terminal of `width` columns: message, framed line, related places, cure.

    Only frames are cut to the width: sentences and what can be pasted stand unbroken.
    """
    role = Role(diagnostic.severity)
    tag = paint(f"{diagnostic.severity}[{diagnostic.code}]", role)
    out = [f"{position(diagnostic.place)}: {tag}: {printable(diagnostic.message)}"]
    out += _framed(diagnostic.place, width, paint, role)
    for related in diagnostic.related:
        out += [f"  {_said(related)}", *_framed(related.place, width, paint, Role.RELATED)]
    if diagnostic.help:
        first, *rest = diagnostic.help.splitlines()
        out += [f"  {paint('help:', Role.HELP)} {printable(first)}", *(f"        {printable(line)}" for line in rest)]
    return "\n".join(out)


def position(place: Place, prefix: str = "") -> str:
    """`file:line:column`, as far as it is known; `prefix` stands before the file's path."""
    file = printable(prefix + place.file)
    if place.length:
        return f"{file}:{place.line}:{place.column}"
    return f"{file}:{place.line}" if place.line > 1 or place.text else file


def _said(related: Related, prefix: str = "") -> str:
    return f"{position(related.place, prefix)}: {printable(related.message)}"


def _framed(place: Place, width: int, paint: Paint, role: Role) -> Iterator[str]:
    shown = frame(place, width)
    if shown:
        yield shown.line
        if shown.underline:
            yield shown.below + paint(shown.underline, role)


# ---- JSON --------------------------------------------------------------------------------------------------------


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """A list with an object for each; check.schema.json says what they hold."""
    rows = [
        {
            "code": d.code,
            "severity": d.severity,
            **_place(d.place),
            "message": d.message,
            "help": d.help,
            "related": [{**_place(r.place), "message": r.message} for r in d.related],
            "fixes": [
                {"file": fix.place.file, "line": fix.place.line, "column": fix.place.column, "text": fix.text}
                for fix in d.fixes
            ],
        }
        for d in diagnostics
    ]
    return unsteered(json.dumps(rows, ensure_ascii=False, indent=2))


def unsteered(text: str) -> str:
    """JSON for a stream that may be a terminal: what could steer one stands there as an escape of JSON's own."""
    return re.sub(r"[^\n -~]", lambda found: found[0] if printable(found[0]) == found[0] else _escaped(found[0]), text)


def _escaped(char: str) -> str:
    return json.dumps(char)[1:-1]


def _place(place: Place) -> dict[str, str | int]:
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "endColumn": place.column + place.length,
        "lineText": place.text if len(place.text) <= LONGEST else "",
    }


# ---- GitHub ------------------------------------------------------------------------------------------------------


def as_github(diagnostics: Sequence[Diagnostic], prefix: str = "") -> str:
    """A line for each that the runner of GitHub Actions understands, and shows beside the line at fault.

    `prefix` leads from the repository's root to the site's: empty, or ending with a slash. Empty without diagnostics.
    """
    lines = [_command(diagnostic, prefix) for diagnostic in diagnostics]
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    if any(number > SHOWN_BY_GITHUB for number in counts.values()):
        told = " and ".join(f"{counts[severity]} {severity}s" for severity in Severity if counts[severity])
        lines.append(
            f"GitHub shows {SHOWN_BY_GITHUB} errors and {SHOWN_BY_GITHUB} warnings of a step; here are {told}."
        )
    return "\n".join(lines)


def _command(diagnostic: Diagnostic, prefix: str) -> str:
    place = diagnostic.place
    properties: dict[str, str | int] = {"file": prefix + place.file, "line": place.line, "endLine": place.line}
    if place.length:
        properties |= {"col": place.column, "endColumn": place.column + place.length}
    properties["title"] = diagnostic.code
    written = ",".join(f"{key}={_property(printable(str(value)))}" for key, value in properties.items())
    lines = [printable(diagnostic.message), *(_said(related, prefix) for related in diagnostic.related)]
    cure = [printable(line) for line in diagnostic.help.splitlines()]
    return f"::{diagnostic.severity} {written}::{_data(chr(10).join([*lines, *cure]))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
