"""Numbers that the articles print, with comparator and unit, and those that no claim uses yet."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from builder.extracting.figures import Kind, figures_in
from builder.extracting.sentences import sentences_of
from builder.language.functionwords import function_words
from builder.language.terms import terms
from builder.model import AnchoredBriefing, Passage
from builder.text import Span, primary_language
from builder.values import Fit, Value, fit

LONGEST = 2_000
"""Code points of a sentence of which the words are compared."""
MOST = 300
"""Numbers of one unit that are compared with each other: far more than a briefing has, few enough to be quick."""
_FEW = 6
"""From so many numbers on, a word beside more than a third of them is one of the briefing, and tells nothing."""
ALIKE = 2
"""So many words two sentences have in common whose numbers may speak of one thing though they exclude each other."""


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number in an article."""

    source: str
    span: Span
    """Comparator, number and unit: “more than five hours”."""
    value: Value
    unit: str
    """In the singular, as the unit is looked up: `hour`; of a count, what is counted: `student`."""
    sentence: Span
    used_by: tuple[str, ...]
    """The claims whose evidence rests on it, in the order of the matrix."""
    left_out: bool = False
    """Whether the curator knowingly lets no claim rest on it."""
    context: frozenset[str] = frozenset()
    """The other words of its sentence that carry a meaning, cut to their stems."""


@dataclass(frozen=True, slots=True)
class Comparable:
    """Numbers of several sources that may speak of one thing, of which no claim uses some."""

    unit: str
    numbers: tuple[PrintedNumber, ...]
    """In the order of the sources, then of the article."""


def numbers_of(anchored: AnchoredBriefing) -> tuple[PrintedNumber, ...]:
    """All numbers with a unit in all articles, in the order of the sources.

    Dates and ordinals are none: “the first visit” counts nothing, and dates belong to the timeline.
    """
    return tuple(number for source in anchored.briefing.sources for number in _of_source(anchored, source.id))


def _of_source(anchored: AnchoredBriefing, source: str) -> Iterator[PrintedNumber]:
    article = anchored.articles[source]
    language = next(one.language for one in anchored.briefing.sources if one.id == source)
    claims = _resting(anchored, source)
    left_out = _spans(anchored.left_out.get(source, ()))
    for sentence in sentences_of(article, language):
        figures = figures_in(article.text, sentence.span, language)
        words = _words(sentence.span.of(article.text), language) if figures else frozenset[str]()
        for figure in figures:
            if figure.kind is not Kind.AMOUNT:
                continue
            used = tuple(id_ for id_, spans in claims.items() if _touches(figure.span, spans))
            yield PrintedNumber(
                source,
                figure.span,
                figure.value,
                figure.unit,
                sentence.span,
                used,
                _touches(figure.span, left_out),
                words.difference(terms(figure.span.of(article.text), language)),
            )


def _words(sentence: str, language: str) -> frozenset[str]:
    """The words of a sentence that carry a meaning; none where it is longer than any that people write."""
    if len(sentence) > LONGEST:
        return frozenset()
    return frozenset(terms(sentence, language)) - _light(primary_language(language))


@cache
def _light(language: str) -> frozenset[str]:
    """The stems of a language's function words."""
    return frozenset(terms(" ".join(function_words(language)), language))


def _resting(anchored: AnchoredBriefing, source: str) -> Mapping[str, Sequence[Span]]:
    """By claim to which a source gives a value, the words that its evidence rests on."""
    return {
        claim.id: _spans(anchored.evidence.get((claim.id, source), ()))
        for claim in anchored.briefing.claims
        for evidence in claim.evidence
        if evidence.source == source and evidence.value is not None
    }


def _spans(passages: Iterable[Passage]) -> list[Span]:
    return [span for passage in passages for span in passage.spans]


def _touches(span: Span, others: Iterable[Span]) -> bool:
    return any(map(span.overlaps, others))


# ---- what could be compared ------------------------------------------------------------------------------------


def comparable(numbers: tuple[PrintedNumber, ...]) -> tuple[Comparable, ...]:
    """Numbers that could be compared and are not yet: in one unit, of several sources, in sentences that are alike.

    Of one unit, the first MOST are looked at.
    """
    common = _common(numbers)
    by_unit: dict[str, list[PrintedNumber]] = {}
    for number in numbers:
        by_unit.setdefault(_unmarked(number.unit), []).append(number)
    return tuple(
        Comparable(group[0].unit, group)
        for members in by_unit.values()
        for group in _groups(members[:MOST], common)
        if len({number.source for number in group}) > 1 and any(map(_waits, group))
    )


def _unmarked(unit: str) -> str:
    """A unit without marks on its letters: one text prints communiqués, another communiques."""
    return "".join(char for char in unicodedata.normalize("NFD", unit) if not unicodedata.combining(char))


def _common(numbers: Sequence[PrintedNumber]) -> frozenset[str]:
    """The words that stand beside so many numbers that they set none apart."""
    counts = Counter(word for number in numbers for word in number.context)
    return frozenset(word for word, count in counts.items() if len(numbers) >= _FEW and 3 * count > len(numbers))


def _waits(number: PrintedNumber) -> bool:
    return not number.used_by and not number.left_out


def _groups(numbers: Sequence[PrintedNumber], common: frozenset[str]) -> Iterator[tuple[PrintedNumber, ...]]:
    """The numbers that are linked to each other, directly or by others; in their order."""
    words = [number.context - common for number in numbers]
    group_of = list(range(len(numbers)))
    for one, other in combinations(range(len(numbers)), 2):
        if group_of[one] != group_of[other] and _linked(numbers[one], numbers[other], len(words[one] & words[other])):
            old, new = sorted((group_of[one], group_of[other]), reverse=True)
            group_of = [new if group == old else group for group in group_of]
    for number in dict.fromkeys(group_of):
        yield tuple(one for one, group in zip(numbers, group_of, strict=True) if group == number)


def _linked(one: PrintedNumber, other: PrintedNumber, shared: int) -> bool:
    """Whether two numbers of two sources may speak of one thing, their sentences having so many words in common.

    Numbers that can both hold need fewer than such as exclude each other. A claim that uses both says so.
    """
    if one.source == other.source:
        return False
    if set(one.used_by) & set(other.used_by):
        return True
    return shared >= (2 * ALIKE if fit(one.value, other.value) is Fit.CONFLICTING else ALIKE)
