"""Where an article's body starts and ends, said in its own words, as `body` in sources.yaml says it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from builder.article import Zone, ZoneWords, read_article
from builder.text import Span, cuts_word, fold_needle, fold_text, paragraphs, words

ZONE_WORDS = 12
ZONE_LENGTH = 150
"""Words, and code points, by which an end is marked."""
MORE_WORDS = (24, 50, 400)
"""How many words are tried where fewer stand elsewhere, too."""
MAX_VERBATIM = 2900
"""Code points of words from an article; the schema takes a few more."""
MAX_WORD = 60
"""Code points that a word may have and stay whole at an end."""


def inline(text: str) -> str:
    """`text` on one line, with single spaces."""
    return " ".join(text.split())


def caption_words(text: str, headline: Sequence[str], ends: tuple[str, str], captions: Sequence[str]) -> Iterator[str]:
    """Words that stand in the paragraph of each caption, and in none before it."""
    for caption in captions:
        for span in paragraphs(caption):
            start = _first_words(caption, span, ZONE_WORDS)
            article, faults = read_article("", text, ZoneWords(headline, ends, [start], ()))
            marked = [one.span.of(text) for one in article.paragraphs if one.zone is Zone.CAPTION]
            if not faults and marked == [span.of(caption)]:
                yield start


def ends_after(text: str, headline: Sequence[str]) -> tuple[tuple[str, str], bool]:
    """The body's first and last words, and whether they part it from the headline."""
    ends = ends_of(text, len(headline))
    article, faults = read_article("", text, ZoneWords(headline, ends, (), ()))
    zones = [one.zone for one in article.paragraphs]
    lines = len(headline)
    apart = zones[:lines] == [Zone.HEADLINE] * lines and set(zones[lines:]) == {Zone.BODY}
    return (ends, bool(lines)) if apart and not faults else (ends_of(text, 0), False)


def ends_of(text: str, skipped: int) -> tuple[str, str]:
    """The first and the last words of a text after `skipped` paragraphs: if possible, found nowhere else."""
    spans = paragraphs(text)[skipped:]
    folded = fold_text(text)
    whole = Span(spans[0].start, spans[-1].end)
    start = len(fold_text(text[: whole.start]))

    def alone(found: str) -> bool:
        return folded.count(fold_needle(found)) == 1

    def leads(found: str) -> bool:
        return folded.find(fold_needle(found)) == start

    firsts = [_first_words(text, spans[0], ZONE_WORDS), *(_first_words(text, whole, count) for count in MORE_WORDS)]
    lasts = [_last_words(text, spans[-1], ZONE_WORDS), *(_last_words(text, whole, count) for count in MORE_WORDS)]
    # Words that stand elsewhere, too, do where that is further inside.
    first = next(filter(alone, firsts), None) or next(filter(leads, firsts), firsts[-1])
    return first, next(filter(alone, lasts), lasts[0])


def _first_words(text: str, span: Span, count: int) -> str:
    end = min(span.end, span.start + (ZONE_LENGTH if count == ZONE_WORDS else MAX_VERBATIM))
    ends = [span.start + word.end for word in words(text[span.start : end])[:count]]
    return inline(text[span.start : _uncut(text, ends[-1] if ends else end, span, 1)])


def _last_words(text: str, span: Span, count: int) -> str:
    start = max(span.start, span.end - (ZONE_LENGTH if count == ZONE_WORDS else MAX_VERBATIM))
    starts = [start + word.start for word in words(text[start : span.end])[-count:]]
    return inline(text[_uncut(text, starts[0] if starts else start, span, -1) : span.end])


def _uncut(text: str, at: int, span: Span, step: int) -> int:
    """The nearest place that cuts no word, or none that is short, and never a mark from its letter."""
    for _ in range(MAX_WORD):
        if not span.start < at < span.end or not cuts_word(text, at):
            return at
        at += step
    while span.start < at < span.end and unicodedata.category(text[at])[0] == "M":
        at += step
    return at
