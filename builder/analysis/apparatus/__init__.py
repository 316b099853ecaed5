"""The critical apparatus: every utterance with its readings, aligned word by word against a lemma.

A *reading* is what one source prints of an utterance, the *lemma* the reading that the others are set against. Columns
of the alignment make *places*: all readings have the same words there, or some depart from the lemma. What a quotation
leaves out with `[…]` is our omission and never the source's: there, what a reading has is not said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from builder.analysis.apparatus.collating import Place, Printed, SideBySide, Witnessed, side_by_side
from builder.analysis.matrix import Cell, Matrix, Row
from builder.article import Article, Mode
from builder.model import Part, Passage, Source
from builder.text import primary_language


@dataclass(frozen=True, slots=True)
class Reading:
    """What one source prints of an utterance."""

    source: Source
    number: int
    """Counted from 1 among the readings of the same source; 0 where it has but one."""
    passage: Passage
    """The quotation that holds it."""
    parts: tuple[Part, ...]
    """Its words: one run of the article, unless our quotation leaves words out."""
    tail: str
    """An editor's insertion after the last words, or nothing."""
    mode: Mode
    """Of these words alone."""
    paragraph: int
    """Index in Article.paragraphs of the first words."""
    chain: tuple[str, ...]
    """The origins that it rests on, nearest first; none beside another reading of the same source, as what that names
    may be named for one of them."""


@dataclass(frozen=True, slots=True)
class Collation:
    """The readings of one utterance."""

    claim: str
    by: str
    """Whose words they are."""
    readings: tuple[Reading, ...]
    """In the order of the sources, then as written."""
    beside: SideBySide
    """The readings set against the lemma."""

    @property
    def lemma(self) -> Reading:
        """The reading that the others are set against."""
        return self.readings[self.beside.lemma]

    @property
    def places(self) -> tuple[Place, ...]:
        """The places of the utterance, in the order of its words."""
        return self.beside.places

    @property
    def order(self) -> tuple[int, ...]:
        """The readings as they are shown: the lemma first, and last those that stand apart."""
        others = [at for at in range(len(self.readings)) if at != self.beside.lemma]
        return (self.beside.lemma, *sorted(others, key=lambda at: at in self.beside.apart))

    def at(self, place: Place) -> Iterator[tuple[Reading, Witnessed]]:
        """What the readings have at a place, as they are shown, without those that stand apart."""
        return ((self.readings[at], place.cells[at]) for at in self.order if at not in self.beside.apart)


def apparatus_of(matrix: Matrix, articles: Mapping[str, Article]) -> tuple[Collation, ...]:
    """The utterances with two readings or more, in the order of the matrix; `articles` by source."""
    found = (_collation(row, articles) for row in matrix.rows if row.claim.utterance)
    return tuple(collation for collation in found if collation)


def _collation(row: Row, articles: Mapping[str, Article]) -> Collation | None:
    readings = tuple(reading for cell in row.cells if cell.speaks for reading in _readings(cell, articles))
    if len(readings) < 2 or row.claim.utterance is None:
        return None
    printed = tuple(_printed(reading, articles[reading.source.id].text) for reading in readings)
    named = row.claim.utterance.lemma
    chosen = (at for at, one in enumerate(readings) if one.source.id == named or (not named and one.source.primary))
    beside = side_by_side(printed, next(chosen, None))
    return Collation(row.claim.id, row.claim.utterance.by, readings, beside)


def _readings(cell: Cell, articles: Mapping[str, Article]) -> Iterator[Reading]:
    """What a source prints; a quotation of which no words are named is a reading as a whole."""
    article = articles[cell.source.id]
    for number, passage in enumerate(cell.passages, 1):
        parts, tail = passage.parts, passage.tail
        if passage.reading:
            parts, tail = (Part(passage.reading),), ""
        yield Reading(
            cell.source,
            number if len(cell.passages) > 1 else 0,
            passage,
            parts,
            tail,
            article.mode(part.span for part in parts)[0],
            article.paragraph_at(parts[0].span.start),
            cell.chain if len(cell.passages) == 1 else (),
        )


def _printed(reading: Reading, text: str) -> Printed:
    parts = tuple((part.span.start, part.joint, part.span.of(text)) for part in reading.parts)
    return Printed(parts, reading.tail, primary_language(reading.source.language))
