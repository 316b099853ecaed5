"""Setting the readings of an utterance side by side: what each has at every place.

All of it follows from the readings' own words, so that it is computed once for the same words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from builder.analysis.apparatus.alignment import Columns, Words, align
from builder.analysis.apparatus.parting import Word, near, tells, words_of
from builder.analysis.apparatus.variation import Standing, places_of
from builder.model import Part
from builder.text import Span

MOST_PAIRS = 10_000
"""Pairs of words that are compared as forms of one, as two readings of a hundred words have: longer ones share some."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The words of a reading, apart from the article that they stand in."""

    parts: tuple[tuple[int, str, str], ...]
    """For each run of them where it starts in the article, the mark that stands before it (see model.Part), and it."""
    tail: str
    """An editor's insertion after the last words, or nothing."""
    language: str = ""
    """That of the article, without its region or script."""


@dataclass(frozen=True, slots=True)
class Witnessed:
    """What a reading has at one place."""

    standing: Standing
    parts: tuple[Part, ...]
    """Its words; none where it has none. A joint before the first part is ours: words left out or put in."""
    tail: str
    """What stands there, or after its words, in the place of words that our quotation leaves out; or nothing."""
    words: Words
    """As they are compared."""


@dataclass(frozen=True, slots=True)
class Place:
    """One or more words of the utterance, in all readings."""

    cells: tuple[Witnessed, ...]
    """In the order of the readings."""

    @property
    def common(self) -> bool:
        """Whether no reading departs from the lemma."""
        return not any(cell.standing.departs for cell in self.cells)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Readings set against one of them."""

    lemma: int
    """Which of the readings that is."""
    places: tuple[Place, ...]
    apart: Mapping[int, Witnessed]
    """Readings in another language than the lemma, or that have no telling word in common with it, whole: they have
    nothing at any place."""
    aligned: bool
    """Whether words were set against words; if they are too many for that, what is not the lemma stands apart."""


@lru_cache(maxsize=1024)
def side_by_side(readings: tuple[Printed, ...], lemma: int | None = None) -> SideBySide:
    """Set readings against one of them: without `lemma`, the most frequent one, the first of these."""
    words = [_words(reading) for reading in readings]
    wordings = [tuple(word.norm for _, word in those) for those in words]
    if lemma is None:
        counts = Counter(wordings)
        lemma = max(range(len(readings)), key=lambda at: (counts[wordings[at]], -at))
    own = readings[lemma].language
    alike = (at for at, reading in enumerate(readings) if reading.language == own)
    within = [at for at in alike if at == lemma or _akin(wordings[at], wordings[lemma])]
    columns = align([wordings[at] for at in within])
    aligned = columns is not None
    if columns is None:
        within = [at for at in within if wordings[at] == wordings[lemma]]
        columns = tuple((at,) * len(within) for at in range(len(wordings[lemma])))
    places = _places(readings, words, columns, lemma, within)
    apart = {at: _whole(readings[at], words[at]) for at in range(len(readings)) if at not in within}
    return SideBySide(lemma, places, apart, aligned)


_Numbered: TypeAlias = Sequence[tuple[int, Word]]
"""The words of a reading, each with the index of the part that it stands in."""
_NOTHING = Witnessed(Standing.NOTHING, (), "", ())


def _words(reading: Printed) -> _Numbered:
    return [
        (at, Word(Span(start + word.span.start, start + word.span.end), word.norm))
        for at, (start, _, text) in enumerate(reading.parts)
        for word in words_of(text, Span(0, len(text)))
    ]


def _akin(one: Words, other: Words) -> bool:
    """Whether two wordings have half of their words in common, or one, or forms of one, that is more than grammar."""
    its, others = set(one), set(other)
    if _lettered(its) and _lettered(others):  # a translation, too, has the numbers in common
        its, others = _lettered(its), _lettered(others)
    shared = its & others
    if 2 * len(shared) >= min(len(its), len(others)) or any(map(tells, shared)):
        return True
    if len(its) * len(others) > MOST_PAIRS:
        return False
    return any(near(word, form) for word in its - shared for form in others - shared)


def _lettered(words: set[str]) -> set[str]:
    return {word for word in words if any(map(str.isalpha, word))}


def _places(
    readings: Sequence[Printed], words: Sequence[_Numbered], columns: Columns, lemma: int, within: Sequence[int]
) -> tuple[Place, ...]:
    """The places of the readings `within` the alignment, which has a row for each of them."""
    wordings = [tuple(word.norm for _, word in words[at]) for at in within]
    unquoted = [_unquoted(readings[at], words[at]) for at in within]
    found = places_of(columns, wordings, within.index(lemma), unquoted)
    rows: list[Sequence[Witnessed]] = [[_NOTHING] * len(found)] * len(readings)
    for row, at in enumerate(within):
        counts = [sum(column[row] is not None for column in columns[run.start : run.stop]) for run, _ in found]
        rows[at] = _row(readings[at], words[at], counts, [standings[row] for _, standings in found])
    return tuple(Place(cells) for cells in zip(*rows, strict=True))


def _whole(reading: Printed, words: _Numbered) -> Witnessed:
    """A reading that is set beside no place."""
    parts = _parts(reading, words, range(len(words)), joint=True)
    return Witnessed(Standing.OTHER, parts, reading.tail, tuple(word.norm for _, word in words))


def _row(reading: Printed, words: _Numbered, counts: Sequence[int], standings: Sequence[Standing]) -> list[Witnessed]:
    """What a reading has at each place; `counts` are how many of its words stand there.

    The mark of what our quotation leaves out stands once: at a place that is left out, or else before the next words.
    """
    out = []
    seen = 0
    marked = False
    for place, (count, standing) in enumerate(zip(counts, standings, strict=True)):
        held = range(seen, seen + count)
        seen = held.stop
        mark = ""
        if standing is Standing.UNQUOTED and not marked:
            mark = _mark_before(reading, words, seen)
        elif count and seen == len(words) and Standing.UNQUOTED not in standings[place + 1 :]:
            mark = reading.tail
        parts = _parts(reading, words, held, joint=not marked)
        marked = bool(mark) or (marked and not count)
        out.append(Witnessed(standing, parts, mark, tuple(word.norm for _, word in words[held.start : held.stop])))
    return out


def _mark_before(reading: Printed, words: _Numbered, at: int) -> str:
    """What our quotation has before a word, or after the last, in the place of the article's words."""
    return (reading.parts[words[at][0]][1] if at < len(words) else reading.tail).strip()


def _unquoted(reading: Printed, words: _Numbered) -> set[int]:
    """The indexes of the words before which our quotation leaves something out, or puts something else."""
    out = {at for at, (part, _) in enumerate(words) if at and part != words[at - 1][0]}
    if reading.parts[0][1]:
        out.add(0)
    return out | {len(words)} if reading.tail else out


def _parts(reading: Printed, words: _Numbered, held: range, *, joint: bool) -> tuple[Part, ...]:
    """The runs of the article that these words make up; with `joint`, the first has the mark that stands before it."""
    out: list[Part] = []
    for at in held:
        part, word = words[at]
        begins = at == 0 or words[at - 1][0] != part
        if out and not begins:
            out[-1] = Part(Span(out[-1].span.start, word.span.end), out[-1].joint)
        else:
            shown = begins and (joint or bool(out))
            out.append(Part(word.span, reading.parts[part][1] if shown else ""))
    return tuple(out)
