"""Where words, or nearly these words, stand in the articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from builder.article import Article, Mode, Paragraph, Zone
from builder.compare import Comparison, Kind, compare
from builder.model import Briefing, Source
from builder.text import Folded, Span, count_words, fold, fold_needle, fold_text, paragraphs, whole_words

MOST_ALIKE = 5
"""Passages that are only nearly the same, at most one of each article."""
FEW = 2
"""From so many words on, an article without them is searched for something like them, whatever others have."""


class How(StrEnum):
    """How words were found."""

    VERBATIM = "verbatim"
    CASE = "case"
    """But for capital letters."""
    NEARLY = "nearly"


@dataclass(frozen=True, slots=True)
class Shelved:
    """An article, and which source of which briefing it is, if it is any."""

    article: Article
    source: Source | None = None
    briefing: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where words were found."""

    shelved: Shelved
    span: Span
    """In the article; whole words, also where those that were looked for divide one."""
    how: How
    differing: tuple[Span, ...] = ()
    """The article's words that are others."""
    told: tuple[str, ...] = ()
    """The differences in words."""
    likeness: float = 1.0

    @property
    def zones(self) -> tuple[Zone, ...]:
        """The zones that it lies in, each once."""
        article = self.shelved.article
        first, last = article.paragraph_at(self.span.start), article.paragraph_at(self.span.end - 1)
        return tuple(dict.fromkeys(paragraph.zone for paragraph in article.paragraphs[first : last + 1]))

    @property
    def mode(self) -> Mode:
        """How it stands to the article's quotation marks."""
        return self.shelved.article.mode([self.span])[0]


def shelf_of(briefing: Briefing, articles: Mapping[str, Article]) -> list[Shelved]:
    """The articles of a briefing that could be read, in the order of its sources; `articles` by source."""
    return [Shelved(articles[one.id], one, briefing.name) for one in briefing.sources if one.id in articles]


def loose(name: str, text: str) -> Shelved:
    """An article that no briefing names: nobody has said yet which of its paragraphs are its own."""
    spans = enumerate(paragraphs(text), 1)
    return Shelved(Article(name, text, fold(text), tuple(Paragraph(span, Zone.BODY, at) for at, span in spans)))


def find(shelf: Sequence[Shelved], words: str) -> list[Hit]:
    """Every place where `words` stand, those with the same capitals first; then, in articles without any, the passages
    most like them, at most a few, the likest first.
    """
    needle = fold_needle(words)
    exact: list[Hit] = []
    without = []
    for shelved in shelf:
        found = [Hit(shelved, span, _how(shelved, span, needle)) for span in _places(shelved.article, needle)]
        exact += found
        if not found:
            without.append(shelved)
    # One word is like many others: where it stands somewhere, nobody looks for those.
    nearly = [] if exact and count_words(needle) < FEW else [hit for one in without if (hit := _nearest(one, words))]
    nearly.sort(key=lambda hit: -hit.likeness)
    return [*sorted(exact, key=lambda hit: hit.how is How.CASE), *nearly[:MOST_ALIKE]]


def _places(article: Article, needle: str) -> Iterator[Span]:
    """Where the folded `needle` stands, with small or capital letters; widened to whole words, none over another."""
    at = 0
    for span in _small(article.folded).find_all(needle.casefold()):
        if span.start < at:
            continue
        whole = whole_words(article.text, span)
        yield whole
        at = whole.end


def _small(folded: Folded) -> Folded:
    """A folded text without capitals, offsets kept: some letters become two."""
    small = folded.text.casefold()
    if len(small) == len(folded.text):
        return Folded(small, folded.offsets)
    offsets = (at for char, at in zip(folded.text, folded.offsets, strict=False) for _ in char.casefold())
    return Folded(small, (*offsets, folded.offsets[-1]))


def _how(shelved: Shelved, span: Span, needle: str) -> How:
    return How.VERBATIM if needle in fold_text(span.of(shelved.article.text)) else How.CASE


def _nearest(shelved: Shelved, words: str) -> Hit | None:
    found = compare(shelved.article, words)
    if found is None:
        return None
    told = found.told or (_UNTOLD[found.kind],)
    return Hit(shelved, found.span, How.NEARLY, found.theirs, told, _likeness(shelved.article, words, found))


_UNTOLD = {
    Kind.MARKS: "other marks or spaces",
    Kind.CASE: "other capitals",
    Kind.LEFT_OUT: "more words",
    Kind.ORDER: "another order",
    Kind.WORDS: "other words",
}


def _likeness(article: Article, words: str, found: Comparison) -> float:
    """The share of words, from 0 to 1, that are the same on both sides."""
    if found.kind in (Kind.MARKS, Kind.CASE):
        return 1.0
    needle, text = fold_needle(words), article.text
    ours, theirs = count_words(needle), count_words(found.span.of(text))
    other = max(
        sum(count_words(span.of(needle)) for span in found.ours),
        sum(count_words(span.of(text)) for span in found.theirs),
    )
    return max(0.0, 1 - other / max(1, ours, theirs))
