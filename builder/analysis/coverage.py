"""How much of each article a briefing shows: everything that any of its pages prints of it, counted once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from builder.article import Article, Zone
from builder.model import AnchoredBriefing, Passage
from builder.text import Span, count_words

CONTEXT = 20
"""Code points of the article that a claim's page may print before and after a short quotation."""
SHORT = 6
"""Words from which on a quotation speaks for itself: context would only add to what is shown of an article."""

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*\s")
_ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’»)]*$")


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is shown of one article."""

    shown: tuple[Span, ...]
    """Sorted and disjoint."""
    words: int
    """Words that lie in them."""
    of: int
    """Words of the article proper, without boilerplate."""

    @property
    def percent(self) -> int:
        """The share in per cent, rounded down."""
        return 100 * self.words // self.of if self.of else 0


def coverage_of(anchored: AnchoredBriefing) -> dict[str, Coverage]:
    """What is shown of each source's article, by source."""
    shown: dict[str, list[Span]] = {source.id: [] for source in anchored.briefing.sources}
    for passages in anchored.evidence.values():
        for passage in passages:
            article = anchored.articles[passage.source]
            before, after = context_of(article, passage)
            shown[passage.source] += [before, *(part.span for part in passage.parts), after]
    of_events = [passage for passages in anchored.events.values() for passage in passages]
    for passage in (*of_events, *anchored.horizons.values(), *anchored.outlooks.values()):
        shown[passage.source] += [part.span for part in passage.parts]
    return {
        source.id: _coverage(anchored.articles[source.id], shown[source.id]) for source in anchored.briefing.sources
    }


def _coverage(article: Article, spans: Sequence[Span]) -> Coverage:
    headlines = [p.span for p in article.paragraphs if p.zone is Zone.HEADLINE]
    union = merge([*spans, *headlines])
    return Coverage(union, sum(map(article.words_in, union)), article.word_count)


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The union of spans, sorted, without empty ones; spans that touch become one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted((span.start, span.end) for span in spans if span.start < span.end):
        if out and start <= out[-1][1]:
            out[-1] = out[-1][0], max(out[-1][1], end)
        else:
            out.append((start, end))
    return tuple(Span(*ends) for ends in out)


def context_of(article: Article, passage: Passage) -> tuple[Span, Span]:
    """The words around a passage that a claim's page prints: whole ones of the same sentence and paragraph.

    Either may be empty; both are where the quotation is long enough by itself.
    """
    start, end = passage.parts[0].span.start, passage.parts[-1].span.end
    if sum(count_words(part.span.of(article.text)) for part in passage.parts) >= SHORT:
        return Span(start, start), Span(end, end)
    first = article.paragraphs[article.paragraph_at(start)].span
    last = article.paragraphs[article.paragraph_at(end - 1)].span
    low, high = max(first.start, start - CONTEXT), min(last.end, end + CONTEXT)
    before = article.text[low:start]
    ends = [match.end() for match in _SENTENCE_END.finditer(before)]
    if ends:
        low += ends[-1]
    elif low > first.start:
        space = re.search(r"\s", article.text[low - 1 : start])
        low = low + space.end() - 1 if space else start
    # A quotation that ends its sentence needs nothing after it.
    if _ENDS_SENTENCE.search(article.text, start, end):
        return Span(low, start), Span(end, end)
    stop = _SENTENCE_END.search(article.text[end:high] + (article.text[high : high + 1] or "\n"))
    if stop:
        high = min(high, end + stop.end() - 1)
    elif high < last.end:
        spaces = [match.start() for match in re.finditer(r"\s", article.text[end : high + 1])]
        high = end + spaces[-1] if spaces else end
    return Span(low, start), Span(end, high)
