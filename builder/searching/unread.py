"""What nobody has used yet: the sentences of each article that no claim and no event rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from builder.analysis.coverage import Coverage, covered
from builder.article import Article
from builder.extracting.sentences import Sentence, sentences_of
from builder.model import Briefing, Passage, Stance
from builder.searching.resting import Resting
from builder.text import Span

_CLOSING = frozenset(",.;:!?…)]}%”’»、。，；：！？）」』")
"""Signs with no space before them."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """A sentence, and what of it nothing rests on."""

    sentence: Sentence
    left: tuple[Span, ...]
    """The runs of words that are not used, in order: all of it, some or none."""
    why: str = ""
    """The reason why words of these are left out knowingly."""

    @property
    def untouched(self) -> bool:
        """Whether none of its words is used."""
        return self.left == (self.sentence.span,)

    @property
    def in_part(self) -> bool:
        """Whether some of its words are used and others are not."""
        return bool(self.left) and not self.untouched


@dataclass(frozen=True, slots=True)
class Unread:
    """How much of one article is used."""

    sentences: tuple[Leftover, ...]
    """All of the article proper, in order."""
    coverage: Coverage
    """How many of its words are used."""

    @property
    def used(self) -> int:
        """How many sentences are used, in part at least."""
        return sum(not one.untouched for one in self.sentences)

    @property
    def in_part(self) -> int:
        """How many sentences are used in part only."""
        return sum(one.in_part for one in self.sentences)

    @property
    def left_out(self) -> int:
        """How many sentences have words that are left out knowingly."""
        return sum(bool(one.why) for one in self.sentences)


def unread(briefing: Briefing, articles: Mapping[str, Article], found: Resting) -> dict[str, Unread]:
    """What is used and what is left of every article that could be read; `articles` by source."""
    used = used_spans(briefing, found)
    return {
        source.id: _unread(
            articles[source.id], source.language, used.get(source.id, ()), found.left_out.get(source.id, ())
        )
        for source in briefing.sources
        if source.id in articles
    }


def used_spans(briefing: Briefing, found: Resting) -> dict[str, list[Span]]:
    """By source, the words that a claim or an event rests on. A silent source's quotation speaks of something else."""
    silent = {(c.id, e.source) for c in briefing.claims for e in c.evidence if e.stance is Stance.SILENT}
    resting: list[Sequence[Passage]] = [passages for cell, passages in found.evidence.items() if cell not in silent]
    used: dict[str, list[Span]] = {}
    for passage in chain.from_iterable([*resting, *found.events.values()]):
        used.setdefault(passage.source, []).extend(passage.spans)
    return used


def _unread(article: Article, language: str, used: Sequence[Span], left_out: Sequence[tuple[Passage, str]]) -> Unread:
    coverage = covered(article, used)
    sentences = (leftover(article.text, sentence, coverage.shown) for sentence in sentences_of(article, language))
    return Unread(tuple(_with_reason(one, left_out) for one in sentences), coverage)


def _with_reason(one: Leftover, left_out: Sequence[tuple[Passage, str]]) -> Leftover:
    for passage, why in left_out:
        if any(words.overlaps(run) for words in passage.spans for run in one.left):
            return replace(one, why=why)
    return one


def leftover(text: str, sentence: Sentence, used: Sequence[Span]) -> Leftover:
    """What is left of a sentence of `text` where `used` (sorted, disjoint) is taken away."""
    return Leftover(sentence, tuple(_left(text, sentence.span, used)))


def _left(text: str, sentence: Span, used: Sequence[Span]) -> Iterator[Span]:
    """The runs outside `used` that have words, without white space at their ends."""
    at = sentence.start
    inside = [span for span in used if span.overlaps(sentence)]
    for start, end in [*((span.start, span.end) for span in inside), (sentence.end, sentence.end)]:
        run = text[at : max(at, start)]
        if any(map(str.isalnum, run)):
            yield Span(at + len(run) - len(run.lstrip()), at + len(run.rstrip()))
        at = max(at, end)


def without_used(text: str, one: Leftover) -> str:
    """What is left of a sentence, with […] for what is used."""
    out, at = "", one.sentence.span.start
    for span in one.left:
        gap = text[at : span.start]
        mark = "[…]" if any(map(str.isalnum, gap)) else gap.strip()
        # A mark that ends what was before it stands close to it.
        close = not mark or not out or mark[:1] in _CLOSING
        out += ("" if close else " ") + mark
        out += ("" if not out or text[span.start] in _CLOSING else " ") + span.of(text)
        at = span.end
    rest = text[at : one.sentence.span.end]
    return f"{out} […]" if any(map(str.isalnum, rest)) else out + rest.rstrip()
