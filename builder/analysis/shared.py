"""Text that two articles share: evidence that they rest on one origin.

A *run* is six or more words that follow each other in a paragraph of both, whatever their case and punctuation. What
either has inside quotation marks is no part of one: these are words of a third party, also where the other prints them
as its own. Nor is a set phrase: three words of a run have to be neither names nor titles (capitals within a sentence)
nor function words. In a language without a list of these only capitals count, in German only the list.

Scripts without spaces are not compared: what counts as a word there is a whole clause.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from builder.analysis.chains import credited_by, named_by
from builder.analysis.coverage import Coverage, merge, overlapping
from builder.analysis.matrix import Matrix
from builder.article import Article, Zone
from builder.language.functionwords import function_words
from builder.model import AnchoredBriefing, Briefing, SharedNote
from builder.text import Span, primary_language

TELLING = 3
"""Words of a run that are no name, title or function word: “US Secretary of State Antony Blinken met with” has one."""
MUCH = 12
"""Words from which on two articles share much: a long run, or two. Reports written apart share one at most."""
PRINTED = 15
"""Words that are printed of one run."""


@dataclass(frozen=True, slots=True)
class Run:
    """The same words in two articles."""

    one: Span
    other: Span
    words: int
    printed: tuple[Span, Span] | None = None
    """What the page of origins prints of it, in both; None where the page only says where it stands."""


@dataclass(frozen=True, slots=True)
class SharedText:
    """What two sources have in common."""

    sources: tuple[str, str]
    """In the order of the briefing."""
    runs: tuple[Run, ...]
    """In the order of the first article."""
    words: int
    """That lie in runs, each counted once: in the article where these are fewer."""
    common: tuple[str, ...]
    """The origins that both rest on, and of which one of them says so itself, in the order of the briefing; and those
    that one of them is. What both only lead to in the end, such as one side of the talks, is no common account."""
    note: SharedNote | None
    """How the curator explains it."""
    shorter: int = 0
    """How many words the shorter of the two articles has."""

    @property
    def much(self) -> bool:
        """Whether it is more than chance leaves: twelve words, and of long texts a hundredth of the shorter one."""
        return self.words >= max(MUCH, self.shorter / 100)

    @property
    def unexplained(self) -> bool:
        """Whether it is much, and neither an origin that both name nor the curator explains it."""
        return self.much and not self.common and self.note is None


def shared_of(anchored: AnchoredBriefing, matrix: Matrix) -> tuple[SharedText, ...]:
    """Pairs of sources with runs of six or more words in common, in the order of the sources."""
    briefing = anchored.briefing
    texts = [_Text.of(anchored.articles[source.id], source.language) for source in briefing.sources]
    chains = ((cell.source.id, cell.chain) for row in matrix.rows for cell in row.cells)
    named, itself = named_by(briefing, chains), credited_by(briefing)
    notes = {note.sources: note for note in briefing.shared}
    found = []
    for (first, second), places in sorted(_beginnings(texts).items()):
        runs = _runs(texts[first], texts[second], places)
        if runs:
            pair = (briefing.sources[first].id, briefing.sources[second].id)
            one, other = texts[first].article, texts[second].article
            words = min(
                sum(map(one.words_in, merge(run.one for run in runs))),
                sum(map(other.words_in, merge(run.other for run in runs))),
            )
            shorter = min(one.word_count, other.word_count)
            note = notes.get(frozenset(pair))
            found.append(SharedText(pair, runs, words, _common(briefing, named, itself, pair), note, shorter))
    return tuple(found)


def with_printed(
    shared: Sequence[SharedText], articles: Mapping[str, Article], coverage: Mapping[str, Coverage]
) -> tuple[SharedText, ...]:
    """The same with what is to be printed of them, so that little is shown of an article for their sake.

    That is the beginning of the run that adds least to what other pages show (`coverage`), and of those that add
    nothing.
    """
    return tuple(replace(pair, runs=_printable(pair, articles, coverage)) for pair in shared)


def printed_of(shared: Iterable[SharedText]) -> Iterator[tuple[str, Span]]:
    """The words that are printed of runs, each with its source."""
    for pair in shared:
        for run in pair.runs:
            yield from zip(pair.sources, run.printed or (), strict=False)


def _printable(pair: SharedText, articles: Mapping[str, Article], coverage: Mapping[str, Coverage]) -> tuple[Run, ...]:
    def cost(source: str, span: Span) -> int:
        shown = coverage[source].shown
        inside = [Span(max(s.start, span.start), min(s.end, span.end)) for s in overlapping(shown, span)]
        return articles[source].words_in(span) - sum(map(articles[source].words_in, inside))

    beginnings = [tuple(map(_beginning, map(articles.__getitem__, pair.sources), (r.one, r.other))) for r in pair.runs]
    costs = [sum(map(cost, pair.sources, spans)) for spans in beginnings]
    cheapest = min(range(len(costs)), key=lambda index: (costs[index], -pair.runs[index].words))
    return tuple(
        replace(run, printed=(one, other)) if index == cheapest or not costs[index] else run
        for index, (run, (one, other)) in enumerate(zip(pair.runs, beginnings, strict=True))
    )


def _beginning(article: Article, span: Span) -> Span:
    """The first words of a run, as many as are printed."""
    first = bisect_left(article.words, (span.start, 0))
    return Span(span.start, min(span.end, article.words[min(first + PRINTED, len(article.words)) - 1][1]))


def _common(
    briefing: Briefing,
    named: Mapping[str, frozenset[str]],
    itself: Mapping[str, frozenset[str]],
    pair: tuple[str, str],
) -> tuple[str, ...]:
    one, other = pair
    both, credited = named[one] & named[other], itself[one] | itself[other]
    return tuple(
        origin.id
        for origin in briefing.origins.values()
        if (origin.id in both and origin.id in credited)
        or (origin.source == other and origin.id in named[one])
        or (origin.source == one and origin.id in named[other])
    )


# ---- words -----------------------------------------------------------------------------------------------------


_NEAR = 8
"""Code points before a word that are looked at for the end of a sentence."""


@dataclass(frozen=True)
class _Text:
    """An article as it is compared with others."""

    article: Article
    language: str
    words: Sequence[str]
    stretches: Sequence[int]
    is_start: bytes

    @classmethod
    def of(cls, article: Article, language: str) -> _Text:
        phrases = article.phrases
        return cls(article, primary_language(language), article.bare_words, phrases.stretches, phrases.is_start)

    def span(self, first: int, number: int) -> Span:
        return Span(self.article.words[first][0], self.article.words[first + number - 1][1])

    def is_capital(self, at: int) -> bool:
        """Whether a word has a capital that its sentence or a headline does not ask for."""
        start, text = self.article.words[at][0], self.article.text
        if not text[start].isupper():
            return False
        paragraph = self.article.paragraphs[self.article.paragraph_at(start)]
        before = text[max(paragraph.span.start, start - _NEAR) : start].rstrip(" \"'“‘«„(")[-1:]
        return paragraph.zone is not Zone.HEADLINE and before not in ("", ".", "!", "?", "…", ":")


_Around = dict[int, list[int]]
"""By word, where the runs that hold it end."""


# ---- runs ------------------------------------------------------------------------------------------------------


def _beginnings(texts: Sequence[_Text]) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """By pair of texts, where words that both have begin to be the same."""
    holding: dict[tuple[str, ...], list[tuple[int, Sequence[int]]]] = {}
    for index, text in enumerate(texts):
        for phrase, places in text.article.phrases.starts.items():
            holding.setdefault(phrase, []).append((index, places))
    found: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for held in holding.values():
        for (one, firsts), (other, seconds) in combinations(held, 2):
            left, right = texts[one], texts[other]
            for first, second in product(firsts, seconds):
                before, ahead = first - 1, second - 1
                if not (
                    first
                    and second
                    and left.words[before] == right.words[ahead]
                    and left.is_start[before]
                    and right.is_start[ahead]
                ):
                    found[one, other].append((first, second))
    return found


def _runs(one: _Text, other: _Text, beginnings: Sequence[tuple[int, int]]) -> tuple[Run, ...]:
    """The longest runs: none lies in another, in either text."""
    whole = []
    ends: dict[int, int] = {}
    for first, second in sorted(beginnings):
        # A refrain within a run makes it begin twice: it is followed to its end only once.
        if first >= ends.get(second - first, 0):
            whole.append(_extended(one, other, first, second))
            ends[second - first] = whole[-1][0] + whole[-1][2]
    kept = []
    around: tuple[_Around, _Around] = (defaultdict(list), defaultdict(list))
    # Equally long runs in an order that is the same whichever text comes first.
    for first, second, number in sorted(whole, key=lambda run: (-run[2], run[0] + run[1])):
        inside = any(_within(at, number, by) for at, by in zip((first, second), around, strict=True))
        if not inside and _tells(one, first, other, second, number):
            kept.append((first, second, number))
            for at, by in zip((first, second), around, strict=True) if len(whole) > 1 else ():
                for word in range(at, at + number):
                    by[word].append(at + number)
    return tuple(Run(one.span(f, n), other.span(s, n), n) for f, s, n in sorted(kept))


def _within(first: int, number: int, around: _Around) -> bool:
    """Whether one run around its first word reaches to its last."""
    return any(end >= first + number for end in around.get(first, ()))


def _extended(one: _Text, other: _Text, first: int, second: int) -> tuple[int, int, int]:
    """Where the run that a phrase belongs to starts in both, and its length."""
    mine, theirs = one.words, other.words
    here, there = one.stretches, other.stretches
    stretch, other_stretch = here[first], there[second]
    back = 0
    while (
        min(first, second) > back
        and mine[first - back - 1] == theirs[second - back - 1]
        and here[first - back - 1] == stretch
        and there[second - back - 1] == other_stretch
    ):
        back += 1
    ahead, most = 1, min(len(here) - first, len(there) - second)
    while (
        ahead < most
        and mine[first + ahead] == theirs[second + ahead]
        and here[first + ahead] == stretch
        and there[second + ahead] == other_stretch
    ):
        ahead += 1
    return first - back, second - back, back + ahead


# ---- set phrases -----------------------------------------------------------------------------------------------


def _tells(one: _Text, first: int, other: _Text, second: int, number: int) -> bool:
    """Whether a run is more than a set phrase."""
    telling = 0
    for step in range(number):
        left, right = first + step, second + step
        telling += not (_is_function(one, left) or _is_function(other, right) or _is_name(one, left, other, right))
        if telling == TELLING:
            return True
    return False


def _is_function(text: _Text, at: int) -> bool:
    return text.words[at] in function_words(text.language)


def _is_name(one: _Text, left: int, other: _Text, right: int) -> bool:
    nouns = "de" in (one.language, other.language)
    return not nouns and one.is_capital(left) and other.is_capital(right)
