"""From verified passages to segments: what a page prints of an article, letter by letter."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from builder.analysis.coverage import Coverage, context_of
from builder.article import Article, Paragraph, Zone
from builder.model import Passage, Stance
from builder.strings import ZONES
from builder.text import Span, count_words
from builder.views import Segment

NARROW = "\u202f"
"""A narrow no-break space, between ¶ and its number."""


def segments_of(article: Article, passage: Passage, *, context: bool = False) -> tuple[Segment, ...]:
    """A passage as it is printed; with `context`, the words around it first and last."""
    before, after = context_of(article, passage) if context else (Span(0, 0), Span(0, 0))
    out = _text(article, before, "context")
    for part in passage.parts:
        out += _joint(part.joint)
        out += _with_keys(article, part.span, dict.fromkeys(passage.keys, ""))
    out += _joint(passage.tail)
    return (*out, *_text(article, after, "context"))


def _joint(joint: str) -> list[Segment]:
    if not joint:
        return []
    return [Segment("gap" if "…" in joint or "..." in joint else "insertion", joint)]


def _text(article: Article, span: Span, kind: str) -> list[Segment]:
    text = span.of(article.text)
    return [Segment(kind, text)] if text else []


def _with_keys(article: Article, span: Span, keys: Mapping[Span, str]) -> list[Segment]:
    """A span's words, those that a stance rests on apart."""
    out: list[Segment] = []
    at = span.start
    for key in sorted(keys):
        start, end = max(at, key.start), min(span.end, key.end)
        if start < end:
            out += _text(article, Span(at, start), "text")
            out.append(Segment("key", article.text[start:end], keys[key]))
            at = end
    return out + _text(article, Span(at, span.end), "text")


# ---- places ----------------------------------------------------------------------------------------------------


def anchor_of(paragraph: Paragraph) -> str:
    """The id of a paragraph on its source's page."""
    if paragraph.zone is Zone.BODY:
        return f"p{paragraph.number}"
    return f"{paragraph.zone}-{paragraph.number}" if paragraph.number > 1 else str(paragraph.zone)


def label_of(paragraph: Paragraph) -> str:
    """`¶ 7`, `Headline`, `Caption 2`."""
    if paragraph.zone is Zone.BODY:
        return f"¶{NARROW}{paragraph.number}"
    return f"{ZONES[paragraph.zone]} {paragraph.number}" if paragraph.number > 1 else ZONES[paragraph.zone]


# ---- excerpts --------------------------------------------------------------------------------------------------


def excerpt_of(
    article: Article, paragraph: Paragraph, coverage: Coverage, keys: Mapping[Span, Stance]
) -> tuple[Segment, ...]:
    """What is shown of a paragraph, with the number of words left out in between; nothing where none is.

    `keys` are the words that stances rest on.
    """
    span = paragraph.span
    shown = [Span(max(s.start, span.start), min(s.end, span.end)) for s in coverage.shown]
    shown = [s for s in shown if s.start < s.end]
    if not shown:
        return ()
    out: list[Segment] = []
    edges = [Span(span.start, span.start), *shown, Span(span.end, span.end)]
    for one, other in pairwise(edges):
        out += _gap(article, one.end, other.start, span)
        out += _with_keys(article, other, keys)
    return tuple(out)


def _gap(article: Article, start: int, end: int, paragraph: Span) -> list[Segment]:
    """A mark for the words between two offsets; where there is no word, the characters themselves are shown."""
    text = article.text[start:end]
    count = count_words(text)
    if not count:
        return [Segment("text", text)] if text else []
    before = "" if start == paragraph.start else " "
    after = "" if end == paragraph.end else " "
    return [Segment("gap", f"{before}[… {count}]{after}")]
