"""The sentences of an article: what can be read, quoted and overlooked one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import sentencex

from builder.article import Article, Zone
from builder.text import Span, primary_language

LONGEST = 20_000
"""Code points of a paragraph that are divided at once: what is never closed costs quadratic time."""

# Where the library sees an end and there is none, in a piece that ends so and goes on like this.
_INITIAL = re.compile(r"(?:^|[\s(\[“‘\"'])[^\W\d_]\.\s+$")  # J. Doe, M. Macron
_NUMBER = re.compile(r"^\W*\d+[.)]\s+$")  # the number of an item
_ABBREVIATED = re.compile(r"\.\s+$")  # before a small letter: approx. five


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the article proper."""

    span: Span
    """Without the white space around it."""
    paragraph: int
    """Index in Article.paragraphs."""


def sentences_of(article: Article, language: str) -> tuple[Sentence, ...]:
    """The sentences of headline, captions and body, in order. Boilerplate has none, nor has what holds no word."""
    return tuple(
        Sentence(span, index)
        for index, paragraph in enumerate(article.paragraphs)
        if paragraph.zone is not Zone.BOILERPLATE
        for span in sentences_in(article.text, paragraph.span, language)
    )


def sentences_in(text: str, within: Span, language: str) -> Iterator[Span]:
    """The sentences of a part of `text`, in order; `language` is a tag such as `en` or `pt-BR`."""
    code = primary_language(language)
    for low, high in pairwise(_portions(text, within)):
        start = low
        for boundary in sentencex.get_sentence_boundaries(code, text[low:high]):
            end = low + boundary["end_index"]
            if end < high and _goes_on(text[start:end], text[end]):
                continue
            yield from _inked(text, start, end)
            start = end
        yield from _inked(text, start, high)


def _portions(text: str, within: Span) -> list[int]:
    """Where a paragraph is cut before it is divided: nowhere, unless it is longer than any that people write."""
    cuts = [within.start]
    while within.end - cuts[-1] > LONGEST:
        space = max(text.rfind(blank, cuts[-1] + 1, cuts[-1] + LONGEST) for blank in (" ", "\n"))
        cuts.append(space if space > 0 else cuts[-1] + LONGEST)
    return [*cuts, within.end]


def _goes_on(piece: str, following: str) -> bool:
    """Whether a sentence that seems to end with `piece` goes on with `following`."""
    if piece.endswith(".") and following.isalnum():
        return True  # China-U.S.
    if _ABBREVIATED.search(piece) and following.islower():
        return True
    return bool(_INITIAL.search(piece) or _NUMBER.search(piece))


def _inked(text: str, start: int, end: int) -> Iterator[Span]:
    """`text[start:end]` without the white space around it, if there is a letter or digit in it."""
    piece = text[start:end]
    if any(map(str.isalnum, piece)):
        yield Span(start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip()))
