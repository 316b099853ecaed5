"""An article, never altered: its paragraphs, the zones they belong to, and what it puts inside quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain, pairwise
from operator import itemgetter

from builder.extracting.cues import Cue, cues_of
from builder.extracting.phrases import Phrases, phrases_of
from builder.extracting.quotemarks import Quoted, quoted_of
from builder.text import Folded, Span, bare, count_words, fold, fold_needle, fold_text, paragraphs, word_ends


class Zone(StrEnum):
    """The part of an article that words stand in."""

    HEADLINE = "headline"
    CAPTION = "caption"
    BODY = "body"
    BOILERPLATE = "boilerplate"


class Mode(StrEnum):
    """Whether words stand inside the article's own quotation marks: all, some or none of them."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or the part of one that belongs to one zone."""

    span: Span
    zone: Zone
    number: int
    """Counted from 1 within its zone."""


@dataclass(frozen=True)
class Article:
    """The text of a file in seeds/ with its zones marked."""

    name: str
    text: str
    folded: Folded
    """The text folded for searching."""
    paragraphs: tuple[Paragraph, ...]
    """All of them, in order, boilerplate included."""

    @cached_property
    def quoted(self) -> tuple[Quoted, ...]:
        """Everything inside quotation marks, in order; what they hold inside marks of its own is not told apart."""
        return tuple(passage for passage in self.every_quoted if passage.depth == 0)

    @cached_property
    def every_quoted(self) -> tuple[Quoted, ...]:
        """Everything inside quotation marks, marks within marks too, in the order of the opening marks."""
        return quoted_of(self.text, [paragraph.span for paragraph in self.paragraphs])

    @cached_property
    def cues(self) -> tuple[Cue | None, ...]:
        """Whose words they are said to be, of each in `every_quoted`; None where the text around it names nobody."""
        return cues_of(self.text, [paragraph.span for paragraph in self.paragraphs], self.every_quoted)

    @cached_property
    def words(self) -> tuple[tuple[int, int], ...]:
        """Where the words of the article proper start and end, in order: of its headline, captions and body."""
        proper = (paragraph.span for paragraph in self.paragraphs if paragraph.zone is not Zone.BOILERPLATE)
        return tuple(chain.from_iterable(word_ends(self.text, span) for span in proper))

    @cached_property
    def bare_words(self) -> tuple[str, ...]:
        """The same words as those of two articles are compared."""
        return tuple([bare(self.text[start:end]) for start, end in self.words])

    @cached_property
    def phrases(self) -> Phrases:
        """What it has in common with other articles is found by these."""
        spans = (paragraph.span for paragraph in self.paragraphs)
        return phrases_of(self.bare_words, self.words, spans, (passage.span for passage in self.quoted))

    @property
    def word_count(self) -> int:
        """How many words the article proper has."""
        return len(self.words)

    def words_in(self, span: Span) -> int:
        """How many words of the article proper lie in `span` with all of their letters."""
        first = bisect_left(self.words, span.start, key=itemgetter(0))
        return max(0, bisect_right(self.words, span.end, key=itemgetter(1)) - first)

    def paragraph_at(self, offset: int) -> int:
        """The index of the paragraph that `offset` stands in, or of the one before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    @cached_property
    def _starts(self) -> list[int]:
        return [paragraph.span.start for paragraph in self.paragraphs]

    def mode(self, spans: Iterable[Span]) -> tuple[Mode, bool]:
        """How words stand to the article's quotation marks, and whether it ever closes those around them."""
        inside = outside = unclosed = False
        for span in spans:
            at = span.start
            first = bisect_right(self.quoted, span.start, key=lambda passage: passage.span.end)
            last = bisect_left(self.quoted, span.end, key=lambda passage: passage.span.start)
            for passage in self.quoted[first:last]:
                start, end = max(at, passage.span.start), min(span.end, passage.span.end)
                outside |= _has_words(self.text[at:start])
                inside |= _has_words(self.text[start:end])
                unclosed |= not (passage.closed or passage.continues)
                at = end
            outside |= _has_words(self.text[at : span.end])
        mode = Mode.MIXED if inside and outside else Mode.DIRECT if inside else Mode.INDIRECT
        return mode, unclosed


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


# ---- zones -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ZoneWords:
    """The words by which a curator marks an article's zones."""

    headline: Sequence[str]
    body: tuple[str, str]
    captions: Sequence[str]
    boilerplate: Sequence[str]


OUT_OF_ORDER = "stand before the first words"
"""What is said of a body whose last words come first."""


@dataclass(frozen=True, slots=True)
class ZoneFault:
    """Words of a zone that are not found: the key in sources.yaml, its index, and why."""

    key: str
    index: int
    words: str
    problem: str


def read_article(name: str, text: str, zones: ZoneWords) -> tuple[Article, list[ZoneFault]]:
    """Divide `text` into zones. Everything that is neither headline, caption nor body is boilerplate."""
    folded = fold(text)
    spans = paragraphs(text)
    faults: list[ZoneFault] = []

    first = next(folded.find_all(fold_needle(zones.body[0])), None)
    last = max(folded.find_all(fold_needle(zones.body[1])), default=None)
    for index, found in enumerate((first, last)):
        if found is None:
            faults.append(ZoneFault("body", index, zones.body[index], "do not stand in the article"))
    if first and last and last.end < first.end:
        faults.append(ZoneFault("body", 1, zones.body[1], OUT_OF_ORDER))
    # Without its first and last words all of it is looked through, so that every wrong word is named at once.
    body = Span(first.start, last.end) if first and last and not faults else Span(0, len(text))
    pieces = [piece for span in spans for piece in _cut(span, body)]
    texts = [fold_text(piece.of(text)) for piece in pieces]
    zone_of = [Zone.BODY if span in body else Zone.BOILERPLATE for span in pieces]
    marks = ((Zone.BOILERPLATE, "boilerplate"), (Zone.CAPTION, "captions"), (Zone.HEADLINE, "headline"))
    for zone, key in marks:
        listed: Sequence[str] = getattr(zones, key)
        for index, words in enumerate(listed):
            at = _paragraph_with(texts, words, whole=zone is Zone.HEADLINE)
            if at is None:
                faults.append(ZoneFault(key, index, words, "do not stand in one paragraph of the article"))
            else:
                zone_of[at] = zone
    count = dict.fromkeys(Zone, 0)
    marked = []
    for span, zone in zip(pieces, zone_of, strict=True):
        count[zone] += 1
        marked.append(Paragraph(span, zone, count[zone]))
    return Article(name, text, folded, tuple(marked)), faults


def _cut(span: Span, body: Span) -> list[Span]:
    """`span` divided where the body starts or ends within it."""
    cuts = [span.start, *(at for at in (body.start, body.end) if span.start < at < span.end), span.end]
    return [Span(start, end) for start, end in pairwise(cuts)]


def _paragraph_with(paragraphs: Sequence[str], words: str, *, whole: bool) -> int | None:
    """The folded paragraph that holds the words; where asked for, rather one that consists of nothing else."""
    needle = fold_needle(words)
    holding = [index for index, text in enumerate(paragraphs) if needle in text]
    alone = [index for index in holding if paragraphs[index].strip(" ") == needle] if whole else []
    return next(iter(alone or holding), None)


# ---- context ---------------------------------------------------------------------------------------------------

CONTEXT = 20
"""Code points of the article that a claim's page may print before and after a short quotation."""
SHORT = 6
"""Words from which on a quotation speaks for itself: context would only add to what is shown of an article."""

_SENTENCE_END = re.compile(r"[.!?…؟۔।][\"'”’»)]*\s|[。！？]+[”’」』）]*")
_ENDS_SENTENCE = re.compile(r"[.!?…؟۔।。！？][\"'”’»)」』）]*$")


def context_of(article: Article, spans: Sequence[Span]) -> tuple[Span, Span]:
    """The words around a quotation at `spans` that a claim's page prints: whole ones of its sentence and paragraph.

    Either may be empty; both are where the quotation is long enough by itself.
    """
    start, end = spans[0].start, spans[-1].end
    if sum(count_words(span.of(article.text)) for span in spans) >= SHORT:
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
        high = min(high, end + stop.start() + len(stop[0].rstrip()))
    elif high < last.end:
        spaces = [match.start() for match in re.finditer(r"\s", article.text[end : high + 1])]
        high = end + spaces[-1] if spaces else end
    return Span(low, start), Span(end, high)
