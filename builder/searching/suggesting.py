"""What a silent source may say to a claim after all: the sentences of its article that come nearest to it.

A claim asks with its own words and with those that the other sources were quoted with. Nothing that was found in the
asked source itself is used: neither its evidence, nor a note, nor a value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from builder.article import Article
from builder.extracting.sentences import Sentence, sentences_of
from builder.language.terms import terms
from builder.model import Briefing, Claim, Passage, Stance
from builder.searching.ranking import Ranking
from builder.text import fold_needle

MOST = 3
"""Sentences that are suggested of one source."""

# Chosen by tests/bench/recall.py, which says how often they are right.
LIKELY_FROM = 0.45
POSSIBLE_FROM = 0.22


class Likelihood(StrEnum):
    """How likely a sentence speaks to a claim."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A sentence that may speak to a claim."""

    sentence: Sentence
    score: float
    """From 0 to 1."""

    @property
    def likelihood(self) -> Likelihood:
        """The score in a word."""
        if self.score >= LIKELY_FROM:
            return Likelihood.LIKELY
        return Likelihood.POSSIBLE if self.score >= POSSIBLE_FROM else Likelihood.UNLIKELY


@dataclass(frozen=True)
class Library:
    """The sentences of all articles of a briefing, weighed against each other."""

    articles: Mapping[str, Article]
    """By source."""
    languages: Mapping[str, str]
    """By source."""
    sentences: Mapping[str, tuple[Sentence, ...]]
    """By source; each only once, where an article prints it twice."""
    firsts: Mapping[str, int]
    """By source: which of all sentences is its first."""
    ranking: Ranking


def library_of(briefing: Briefing, articles: Mapping[str, Article]) -> Library:
    """The sentences of a briefing's sources; `articles` by source, those that could be read."""
    languages = {source.id: source.language for source in briefing.sources if source.id in articles}
    sentences = {id_: _each_once(articles[id_], language) for id_, language in languages.items()}
    firsts = dict(zip(sentences, accumulate(map(len, sentences.values()), initial=0), strict=False))
    passages = [
        terms(sentence.span.of(articles[id_].text), languages[id_]) for id_ in sentences for sentence in sentences[id_]
    ]
    return Library(articles, languages, sentences, firsts, Ranking(passages))


def _each_once(article: Article, language: str) -> tuple[Sentence, ...]:
    first: dict[str, Sentence] = {}
    for sentence in sentences_of(article, language):
        first.setdefault(fold_needle(sentence.span.of(article.text)), sentence)
    return tuple(first.values())


def said_by_others(
    claim: Claim, source: str, evidence: Mapping[tuple[str, str], Sequence[Passage]], articles: Mapping[str, Article]
) -> list[str]:
    """What the sources that speak to a claim were quoted with, a text for each, but for `source` itself.

    `evidence` has the passages by claim and source. Those of a silent source speak of something else.
    """
    speaking = [e.source for e in claim.evidence if e.stance is not Stance.SILENT and e.source != source]
    texts = (
        " ".join(part.span.of(articles[other].text) for p in evidence.get((claim.id, other), ()) for part in p.parts)
        for other in speaking
    )
    return [text for text in texts if text]


def suggest(
    library: Library, claim: Claim, source: str, quoted: Sequence[str] = (), most: int = MOST
) -> tuple[Suggestion, ...]:
    """The sentences of a source that come nearest to a claim, the nearest first; none where its article is not known.

    `quoted` is what other sources were quoted with.
    """
    if source not in library.sentences:
        return ()
    scores = library.ranking.scores(_query(claim, quoted, library.languages[source]))[library.firsts[source] :]
    ranked = map(Suggestion, library.sentences[source], scores)
    return tuple(sorted(ranked, key=lambda found: -found.score)[:most])


def _query(claim: Claim, quoted: Sequence[str], language: str) -> dict[str, float]:
    """Every term of the claim with the weight 1; those of the quotations with the share of them that have it."""
    query = dict.fromkeys([*terms(claim.text, language), *terms(claim.question or "", language)], 1.0)
    for text in quoted:
        for term in dict.fromkeys(terms(text, language)):
            query[term] = query.get(term, 0.0) + 1 / len(quoted)
    return query


def silent_sources(claim: Claim, briefing: Briefing) -> Iterator[str]:
    """The sources that say nothing to a claim, as far as is known, in the order of the matrix."""
    speaking = {evidence.source for evidence in claim.evidence if evidence.stance is not Stance.SILENT}
    return (source.id for source in briefing.sources if source.id not in speaking)
