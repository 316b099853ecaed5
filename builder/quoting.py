"""From verified passages to segments: what a page prints of an article, letter by letter."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter

from builder.analysis.coverage import Coverage
from builder.article import Article, Paragraph, Zone
from builder.model import Passage, Stance
from builder.strings import ZONES
from builder.text import Span, count_words
from builder.views import Segment
from builder.words import ENGLISH, N_, Words

NARROW = "\u202f"
"""A narrow no-break space, between ¶ and its number."""
_ENDS = attrgetter("start", "end")


def segments_of(article: Article, passage: Passage, *, context: bool = False) -> tuple[Segment, ...]:
    """A passage as it is printed; with `context`, the words around it first and last."""
    out = _text("context", passage.before.of(article.text)) if context else []
    keys = [(key, "") for key in sorted(passage.keys, key=_ENDS)]
    for part in passage.parts:
        out += _joint(part.joint)
        out += _with_keys(article, part.span, keys)
    out += _joint(passage.tail)
    return (*out, *_text("context", passage.after.of(article.text))) if context else tuple(out)


def _joint(joint: str) -> list[Segment]:
    if not joint:
        return []
    return [Segment("gap" if "…" in joint or "..." in joint else "insertion", joint)]


def _text(kind: str, text: str) -> list[Segment]:
    return [Segment(kind, text)] if text else []


def _with_keys(article: Article, span: Span, keys: Iterable[tuple[Span, str]]) -> list[Segment]:
    """A span's words, those that a stance rests on apart; `keys` in order, each with its stance."""
    out: list[Segment] = []
    at = span.start
    for key, stance in keys:
        start, end = max(at, key.start), min(span.end, key.end)
        if start < end:
            out += _text("text", article.text[at:start])
            out.append(Segment("key", article.text[start:end], stance))
            at = end
    return out + _text("text", article.text[at : span.end])


# ---- places ----------------------------------------------------------------------------------------------------


def anchor_of(paragraph: Paragraph) -> str:
    """The id of a paragraph on its source's page."""
    if paragraph.zone is Zone.BODY:
        return f"p{paragraph.number}"
    return f"{paragraph.zone}-{paragraph.number}" if paragraph.number > 1 else str(paragraph.zone)


def label_of(paragraph: Paragraph, words: Words = ENGLISH) -> str:
    """`¶ 7`, `Headline`, `Caption 2`."""
    if paragraph.zone is Zone.BODY:
        return f"¶{NARROW}{paragraph.number}"
    name = words.gettext(ZONES[paragraph.zone])
    if paragraph.number == 1:
        return name
    return words.gettext("%(part)s %(number)s", part=name, number=words.number(paragraph.number))


def spoken_label(paragraph: Paragraph, siglum: str, words: Words = ENGLISH) -> str:
    """The same in full for a screen reader: `paragraph 7 in text A`."""
    only, one_of = _SPOKEN[paragraph.zone]
    message = only if paragraph.number == 1 else one_of
    return words.gettext(message, number=words.number(paragraph.number), siglum=siglum)


_SPOKEN = {
    Zone.HEADLINE: (N_("headline in text %(siglum)s"), N_("headline %(number)s in text %(siglum)s")),
    Zone.CAPTION: (N_("caption in text %(siglum)s"), N_("caption %(number)s in text %(siglum)s")),
    Zone.BODY: (N_("paragraph %(number)s in text %(siglum)s"),) * 2,
    Zone.BOILERPLATE: (N_("boilerplate in text %(siglum)s"), N_("boilerplate %(number)s in text %(siglum)s")),
}
"""For the only or first one of its kind, and for the others."""


# ---- excerpts --------------------------------------------------------------------------------------------------


def shown_of(paragraph: Paragraph, coverage: Coverage) -> Sequence[Span]:
    """What is shown that lies in a paragraph, at least in part."""
    first = bisect_right(coverage.shown, paragraph.span.start, key=attrgetter("end"))
    last = bisect_left(coverage.shown, paragraph.span.end, key=attrgetter("start"))
    return coverage.shown[first:last]


def excerpt_of(
    article: Article, paragraph: Paragraph, coverage: Coverage, keys: Mapping[Span, Stance]
) -> tuple[Segment, ...]:
    """What is shown of a paragraph, with the number of words left out in between; nothing where none is.

    `keys` are the words that stances rest on.
    """
    span = paragraph.span
    shown = [Span(max(s.start, span.start), min(s.end, span.end)) for s in shown_of(paragraph, coverage)]
    if not shown:
        return ()
    inside = [(key, keys[key]) for key in sorted(keys, key=_ENDS) if key.overlaps(span)]
    out: list[Segment] = []
    edges = [Span(span.start, span.start), *shown, Span(span.end, span.end)]
    for one, other in pairwise(edges):
        out += _gap(article, one.end, other.start, span)
        out += _with_keys(article, other, inside)
    return tuple(out)


def _gap(article: Article, start: int, end: int, paragraph: Span) -> list[Segment]:
    """A mark for the words between two offsets; where there is no word, the characters themselves are shown."""
    text = article.text[start:end]
    count = count_words(text)
    if not count:
        return _text("text", text)
    before = "" if start == paragraph.start else " "
    after = "" if end == paragraph.end else " "
    return [Segment("gap", f"{before}[…\u00a0{count}]{after}")]
