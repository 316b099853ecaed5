"""Diagnostics in the Static Analysis Results Interchange Format (SARIF 2.1.0), as code scanning on GitHub reads it."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import quote

from builder.diagnostics import Diagnostic, Fix, Place
from builder.reports import LONGEST, unsteered
from builder.reports.explain import Explanation

Json: TypeAlias = "str | int | list[Json] | dict[str, Json]"

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_BASE = "%SRCROOT%"  # as others call it
_FINGERPRINT = "faultyWords/v1"


@dataclass(frozen=True, slots=True)
class Edit:
    """What a fix changes in a file: some of one line, or of several, for another text."""

    line: int
    column: int
    end_line: int
    end_column: int
    """As all of these from 1, in code points; the end is the one after the last that goes."""
    text: str


def edit_between(before: str, after: str) -> Edit:
    """The smallest edit that makes one text of the other; lines end as editors have it."""
    shorter = min(len(before), len(after))
    start = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    rest = shorter - start
    end = next((at for at in range(rest) if before[-1 - at] != after[-1 - at]), rest)
    # A carriage return and its line feed are one line end, which no position lies within.
    start -= any(text[max(0, start - 1) : start + 1] == "\r\n" for text in (before, after))
    end -= any(text[len(text) - end - 1 : len(text) - end + 1] == "\r\n" for text in (before, after))
    line, column = _position(before, start)
    end_line, end_column = _position(before, len(before) - end)
    return Edit(line, column, end_line, end_column, after[start : len(after) - end])


def _position(text: str, offset: int) -> tuple[int, int]:
    lines = re.split(r"\r\n?|\n", text[:offset])
    return len(lines), len(lines[-1]) + 1


def as_sarif(
    diagnostics: Sequence[Diagnostic],
    explanations: Sequence[Explanation],
    version: str,
    prefix: str = "",
    edits: Mapping[Fix, Edit] | None = None,
) -> str:
    """One run with a result for each diagnostic; `explanations` are its rules.

    `prefix` leads from the repository's root to the site's: empty, or ending with a slash. `edits` are those of the
    fixes that can be written.
    """
    rules = {explanation.code: _rule(explanation) for explanation in explanations}
    for diagnostic in diagnostics:
        rules.setdefault(diagnostic.code, {"id": diagnostic.code})
    index = {code: number for number, code in enumerate(rules)}
    alike: Counter[str] = Counter()
    results: list[Json] = []
    for diagnostic in diagnostics:
        print_ = _fingerprint(diagnostic)
        alike[print_] += 1
        results.append(
            {
                "ruleId": diagnostic.code,
                "ruleIndex": index[diagnostic.code],
                "level": str(diagnostic.severity),
                "message": {"text": _message(diagnostic)},
                "locations": [{"physicalLocation": _location(diagnostic.place, prefix)}],
                "partialFingerprints": {_FINGERPRINT: f"{print_}:{alike[print_]}"},
                **_related(diagnostic, prefix),
                **_fixes(diagnostic, prefix, edits or {}),
            }
        )
    driver: Json = {"name": "Variorum", "version": version, "rules": list(rules.values())}
    run: Json = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BASE: {"description": {"text": "The root of the repository."}}},
        "results": results,
    }
    log: Json = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return unsteered(json.dumps(log, ensure_ascii=False, indent=2))


def _rule(explanation: Explanation) -> Json:
    why = "\n\n".join([explanation.rule, *explanation.why])
    return {
        "id": explanation.code,
        "shortDescription": {"text": explanation.brief},
        "fullDescription": {"text": explanation.rule},
        "help": {"text": f"{why}\n\n{explanation.where}", "markdown": f"{explanation.markdown}\n\n{explanation.where}"},
        "defaultConfiguration": {"level": str(explanation.severity)},
    }


def _message(diagnostic: Diagnostic) -> str:
    """What is wrong, with links to the related places, and the cure."""
    links = [f"[{_linked(related.message)}]({number})" for number, related in enumerate(diagnostic.related, 1)]
    said = _plain(diagnostic.message)
    if links:
        said += f" See {', '.join(links)}."
    return f"{said}\n{_plain(diagnostic.help)}" if diagnostic.help else said


def _plain(text: str) -> str:
    """In a message of SARIF, `{0}` would be filled in and `[…](…)` would be a link."""
    return re.sub(r"\{(?=\d+\})", "{ ", text).replace("](", "] (")


def _linked(text: str) -> str:
    return _plain(re.sub(r"([\\\[\]])", r"\\\1", text))


def _related(diagnostic: Diagnostic, prefix: str) -> dict[str, Json]:
    found: list[Json] = [
        {"id": number, "physicalLocation": _location(one.place, prefix), "message": {"text": _plain(one.message)}}
        for number, one in enumerate(diagnostic.related, 1)
    ]
    return {"relatedLocations": found} if found else {}


def _fixes(diagnostic: Diagnostic, prefix: str, edits: Mapping[Fix, Edit]) -> dict[str, Json]:
    found: list[Json] = []
    for fix in diagnostic.fixes:
        if fix in edits:
            edit = edits[fix]
            region: Json = {
                "startLine": edit.line,
                "startColumn": edit.column,
                "endLine": edit.end_line,
                "endColumn": edit.end_column,
            }
            replacement: Json = {"deletedRegion": region, "insertedContent": {"text": edit.text}}
            change: Json = {"artifactLocation": _artifact(fix.place, prefix), "replacements": [replacement]}
            found.append({"description": {"text": _plain(f"Write {fix.text}")}, "artifactChanges": [change]})
    return {"fixes": found} if found else {}


def _location(place: Place, prefix: str) -> Json:
    region: dict[str, Json] = {"startLine": place.line}
    if place.length:
        region |= {"startColumn": place.column, "endColumn": place.column + place.length}
    return {"artifactLocation": _artifact(place, prefix), "region": region}


def _artifact(place: Place, prefix: str) -> Json:
    return {"uri": quote(prefix + place.file, errors="surrogateescape"), "uriBaseId": _BASE}


def _fingerprint(diagnostic: Diagnostic) -> str:
    """The same for a fault whose line has moved: of its code, its file, its line's words and those at fault."""
    place = diagnostic.place
    words = place.text[place.column - 1 : place.column - 1 + place.length]
    line = " ".join(place.text.split()) if len(place.text) <= LONGEST else ""
    parts = [diagnostic.code, place.file, line, words]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
