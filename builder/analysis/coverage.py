"""How much of each article a briefing shows: everything that any of its pages prints of it, counted once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from builder.article import Article, Zone
from builder.model import AnchoredBriefing
from builder.text import Span


@dataclass(frozen=True, slots=True)
class Coverage:
    """What of one article is shown, or used."""

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
            shown[passage.source] += [passage.before, *passage.spans, passage.after]
    of_events = [passage for passages in anchored.events.values() for passage in passages]
    for passage in (*of_events, *anchored.horizons.values(), *anchored.outlooks.values()):
        shown[passage.source] += passage.spans
    return {
        source.id: _coverage(anchored.articles[source.id], shown[source.id]) for source in anchored.briefing.sources
    }


def widened(
    coverage: Mapping[str, Coverage], articles: Mapping[str, Article], also: Iterable[tuple[str, Span]]
) -> dict[str, Coverage]:
    """The same with more words shown, each with its source."""
    more: dict[str, list[Span]] = {}
    for source, span in also:
        more.setdefault(source, []).append(span)
    return {
        source: covered(articles[source], [*one.shown, *more[source]]) if source in more else one
        for source, one in coverage.items()
    }


def overlapping(shown: Sequence[Span], span: Span) -> Sequence[Span]:
    """Those of sorted and disjoint spans that have something in common with another."""
    first = bisect_right(shown, span.start, key=attrgetter("end"))
    return shown[first : bisect_left(shown, span.end, key=attrgetter("start"))]


def _coverage(article: Article, spans: Sequence[Span]) -> Coverage:
    return covered(article, [*spans, *(p.span for p in article.paragraphs if p.zone is Zone.HEADLINE)])


def covered(article: Article, spans: Iterable[Span]) -> Coverage:
    """What these spans cover of an article, together."""
    union = merge(spans)
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
