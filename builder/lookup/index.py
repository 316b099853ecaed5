"""Which briefings hold which words: what a search asks before it loads any briefing.

The index stands in a number of files. A word's first two characters tell in which one: so does the beginning of a word
that somebody is still typing. A line is a word and the briefings that hold it. These are counted from the oldest, so
that a new one changes no number. It may name a briefing too many, never one too few: words are cut.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from builder.lookup.folding import is_sign
from builder.lookup.scripted import call
from builder.routes import OutputFile, index_path

DIRECT = 12
"""Up to so many briefings are simply loaded: then there is no index."""
FILES = 64
"""Into which the words are divided."""
LONGEST = 16
"""Characters of a word that count here."""

Terms = frozenset[str]


def terms_of(words: Iterable[str]) -> Terms:
    """What the index holds of words: single letters are in every briefing."""
    return frozenset(word[:LONGEST] for word in words if len(word) > 1 or is_sign(word))


def file_of(term: str) -> int:
    """The number of the file that a term stands in. The script reckons the same."""
    return (ord(term[0]) * 31 + ord(term[1:2] or "\0")) % FILES


def has_index(briefings: int) -> bool:
    """Whether a site with so many briefings has one."""
    return briefings > DIRECT


# ---- the lines ---------------------------------------------------------------------------------------------------


def whole(briefings: Iterable[Collection[str]]) -> dict[int, str]:
    """The lines of all files, from the terms of each briefing, the oldest first."""
    holding: defaultdict[str, list[int]] = defaultdict(list)
    for number, terms in enumerate(briefings):
        for term in terms:
            holding[term].append(number)
    files: dict[int, list[str]] = {number: [] for number in range(FILES)}
    for term in sorted(holding):
        files[file_of(term)].append(f"{term} {_encoded(holding[term])}")
    return {number: "\n".join(lines) for number, lines in files.items()}


def changed(files: Mapping[int, str], changes: Mapping[int, tuple[Terms, Terms]]) -> dict[int, str]:
    """The lines of all files after some briefings, by number, held other terms: what they held before, and hold now."""
    edits: dict[int, dict[str, list[tuple[int, bool]]]] = {}
    for number, (old, new) in sorted(changes.items()):
        for term in old ^ new:
            edits.setdefault(file_of(term), {}).setdefault(term, []).append((number, term in new))
    return {number: _edited(lines, edits[number]) if number in edits else lines for number, lines in files.items()}


def _edited(lines: str, edits: Mapping[str, Sequence[tuple[int, bool]]]) -> str:
    held = dict(line.split(" ") for line in lines.split("\n") if line)
    for term, numbers in edits.items():
        holding = set(_decoded(held.get(term, "")))
        for number, holds in numbers:
            (holding.add if holds else holding.discard)(number)
        held[term] = _encoded(sorted(holding))
    return "\n".join(f"{term} {held[term]}" for term in sorted(held) if held[term])


def _encoded(numbers: Iterable[int]) -> str:
    """Ascending numbers by their distances, with 26 digits: capitals, and a small letter for the last digit of each."""
    out, last = "", -1
    for number in numbers:
        distance, last = number - last, number
        digits = chr(97 + distance % 26)
        while distance := distance // 26:
            digits = chr(65 + distance % 26) + digits
        out += digits
    return out


def _decoded(text: str) -> Iterable[int]:
    number, distance = -1, 0
    for char in text:
        distance = distance * 26 + ord(char.lower()) - 97
        if char.islower():
            number += distance
            distance = 0
            yield number


def index_files(files: Mapping[int, str]) -> list[OutputFile]:
    """The files of an index."""
    return [OutputFile(index_path(number), call(files[number])) for number in sorted(files)]
