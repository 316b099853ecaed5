"""Everything that the articles put inside quotation marks, and which passages are one utterance: a *family*.

The method, measured in tests/test_quotations.py: two passages belong together where they have the same words, or at
least two content words in common that are ENOUGH of the shorter one (see `likeness`); less will do where the texts
name the speaker in the same words, or where both stand directly beside two that belong together. What claims say
plays no part in it. The sample's families are the same for any ENOUGH from 0.46 to 0.66, ENOUGH_BY_ONE from 0.3 to
0.5 and ENOUGH_BESIDE from 0.3 to 0.5. A family is a candidate for one utterance; whether it is one, the claim map says.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from builder.analysis.quotations.gathering import Groups, around
from builder.analysis.quotations.likeness import Terms, compared, pairs_of, terms_of, words_in
from builder.article import Article, Zone
from builder.model import AnchoredBriefing, Passage
from builder.text import Span, primary_language, share_words

ENOUGH = 0.6
"""The likeness from which on two passages are one utterance."""
ENOUGH_BY_ONE = 0.45
"""The same where both texts name the speaker, and with a word in common."""
ENOUGH_BESIDE = 0.45
"""The same for neighbours of two passages that are one utterance; one word in common is enough for them."""


class Kind(StrEnum):
    """What the passages of a family have in common."""

    SAME = "same words"
    CUT = "same words, one of them cut"
    DIFFERENT = "different words"
    SINGLE = "one source only"
    HEADLINE = "headline only"


class InBody(StrEnum):
    """Whether the body of an article has the words that its headline puts inside quotation marks."""

    INSIDE = "inside quotation marks"
    WITHOUT = "without quotation marks"
    MISSING = "not at all"


@dataclass(frozen=True, slots=True)
class QuotedPassage:
    """Words inside quotation marks in one article."""

    source: str
    span: Span
    """Without the marks, and the spaces at their inner sides."""
    closed: bool
    """False where the article never closes the marks: then it runs to the paragraph's end, or to where the same mark
    opens anew."""
    depth: int
    """0 for the outermost marks; 1 for a quotation within a quotation."""
    zone: Zone
    paragraph: int
    """Index in Article.paragraphs."""
    cue: Span | None
    """The words that say who speaks, with the verb, where the text around it gives them: `said the mayor`."""
    speaker: Span | None = None
    """The speaker in the cue: `the mayor`, or a pronoun where the text has no more."""
    in_body: InBody | None = None
    """Of a headline's words, whether the body has them; None for all others."""


@dataclass(frozen=True, slots=True)
class Family:
    """Passages of one utterance, or one that stands alone."""

    kind: Kind
    members: tuple[QuotedPassage, ...]
    """In the order of the sources, then of the article."""
    claims: tuple[str, ...]
    """The claims whose evidence rests on words of them, in the order of the matrix."""
    left_out: bool = False
    """Whether the curator knowingly lets no claim rest on any of them: each has words that audit.yaml leaves out."""
    resting: tuple[tuple[str, ...], ...] = ()
    """The claims by member."""


def families_of(anchored: AnchoredBriefing) -> tuple[Family, ...]:
    """All passages inside quotation marks, each in one family, in the order of their first members.

    What stands in boilerplate is not the article's, and a passage without a word is none.
    """
    order = [source.id for source in anchored.briefing.sources]
    passages = {source: passages_of(source, anchored.articles[source]) for source in order}
    claims = _claims_by_passage(anchored, passages)
    left_out = _overlapping(
        anchored, passages, ((passage, "") for found in anchored.left_out.values() for passage in found)
    )
    families = []
    for members in _in_their_order(_grouped(anchored, passages), order):
        resting = tuple(tuple(claims.get((one.source, one.span), {})) for one in members)
        known = {claim for one in resting for claim in one}
        families.append(
            Family(
                _kind(anchored.articles, members),
                members,
                tuple(claim.id for claim in anchored.briefing.claims if claim.id in known),
                all((one.source, one.span) in left_out for one in members),
                resting,
            )
        )
    return tuple(families)


def passages_of(source: str, article: Article) -> tuple[QuotedPassage, ...]:
    """The passages of one article, in the order of their opening marks."""
    out = []
    for quoted, cue in zip(article.every_quoted, article.cues, strict=True):
        index = article.paragraph_at(quoted.span.start)
        zone = article.paragraphs[index].zone
        if zone is Zone.BOILERPLATE:
            continue
        in_body = _in_body(article, quoted.span) if zone is Zone.HEADLINE else None
        out.append(
            QuotedPassage(
                source, quoted.span, quoted.closed or quoted.continues, quoted.depth, zone, index,
                cue.span if cue else None, cue.speaker if cue else None, in_body,
            )
        )  # fmt: skip
    return tuple(out)


def _in_body(article: Article, span: Span) -> InBody:
    """Whether the words of a headline stand in the body, one after another."""
    words = words_in(span.of(article.text))
    inside = (quoted.span for quoted in article.quoted if _zone(article, quoted.span) is Zone.BODY)
    if any(_holds(words_in(one.of(article.text)), words) for one in inside):
        return InBody.INSIDE
    body = (paragraph.span for paragraph in article.paragraphs if paragraph.zone is Zone.BODY)
    if any(_holds(words_in(one.of(article.text)), words) for one in body):
        return InBody.WITHOUT
    return InBody.MISSING


def _zone(article: Article, span: Span) -> Zone:
    return article.paragraphs[article.paragraph_at(span.start)].zone


def _holds(every: Sequence[str], words: Sequence[str]) -> bool:
    """Whether words stand in others one after another."""
    between = "\0"
    return f"{between}{between.join(words)}{between}" in f"{between}{between.join(every)}{between}"


# ---- families ------------------------------------------------------------------------------------------------------


def _in_their_order(
    families: Iterable[Sequence[QuotedPassage]], sources: Sequence[str]
) -> list[tuple[QuotedPassage, ...]]:
    """Families and their members in the order of the sources, then of the article."""
    rank = {source: at for at, source in enumerate(sources)}

    def place(one: QuotedPassage) -> tuple[int, int, int]:
        return rank[one.source], one.span.start, -one.span.end

    return sorted((tuple(sorted(members, key=place)) for members in families), key=lambda members: place(members[0]))


def _grouped(anchored: AnchoredBriefing, by_source: Mapping[str, Sequence[QuotedPassage]]) -> list[list[QuotedPassage]]:
    """The passages by family. The order of the sources has no say in what belongs together: they go by their ids."""
    passages = [one for source in sorted(by_source) for one in by_source[source]]
    languages = {source.id: primary_language(source.language) for source in anchored.briefing.sources}

    def terms_at(one: QuotedPassage, span: Span) -> Terms:
        return terms_of(span.of(anchored.articles[one.source].text), languages[one.source])

    terms = [terms_at(one, one.span) for one in passages]
    speakers: dict[tuple[str, ...], frozenset[str]] = defaultdict(frozenset)  # of all that have the same words
    for passage, its in zip(passages, terms, strict=True):
        if passage.speaker:
            speakers[its.every] |= terms_at(passage, passage.speaker).content
    group = Groups(around([passage.depth for passage in passages]))
    scored: list[_Scored] = []
    for one, other in pairs_of(terms):
        alike = compared(terms[one], terms[other])
        named = speakers[terms[one].every], speakers[terms[other].every]
        if alike.share < ENOUGH_BY_ONE or (alike.share < ENOUGH and not _one_speaker(*named)):
            continue
        if alike.words > 1 or terms[one].every == terms[other].every:
            scored.append(_scored(passages, alike.share, one, other))
    joined = [pair for *_, pair in sorted(scored) if group.join(*pair)]
    for one, other in _beside(passages, terms, joined):
        group.join(one, other)
    families: dict[int, list[QuotedPassage]] = defaultdict(list)
    for index, passage in enumerate(passages):
        families[group.of(index)].append(passage)
    return list(families.values())


_Scored = tuple[float, list[tuple[str, Span]], tuple[int, int]]
"""A pair, the more alike the earlier; among equals by what it is, not by where its sources stand in the list."""


def _scored(passages: Sequence[QuotedPassage], score: float, one: int, other: int) -> _Scored:
    keys = sorted((passages[at].source, passages[at].span) for at in (one, other))
    return -score, keys, (one, other)


def _one_speaker(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the words that name two speakers have a content word in common."""
    return any(len(word) > 2 and word[0].isalnum() for word in one & other)


def _beside(
    passages: Sequence[QuotedPassage], terms: Sequence[Terms], joined: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Passages that stand directly before or after two that belong together, in their paragraphs, and are alike."""
    found: list[_Scored] = []
    for one, other in joined:
        if passages[one].source == passages[other].source:
            continue
        for step in (-1, 1):
            beside = one + step, other + step
            if all(_same_paragraph(passages, at, at + step) for at in (one, other)):
                alike = compared(terms[beside[0]], terms[beside[1]])
                if alike.share >= ENOUGH_BESIDE:
                    found.append(_scored(passages, alike.share, *beside))
    return [pair for *_, pair in sorted(found)]


def _same_paragraph(passages: Sequence[QuotedPassage], one: int, other: int) -> bool:
    if not 0 <= other < len(passages):
        return False
    a, b = passages[one], passages[other]
    return (a.source, a.paragraph, a.depth) == (b.source, b.paragraph, b.depth)


# ---- what a family is ----------------------------------------------------------------------------------------------


def _kind(articles: Mapping[str, Article], members: Sequence[QuotedPassage]) -> Kind:
    if all(one.zone is Zone.HEADLINE for one in members):
        return Kind.HEADLINE
    if len({one.source for one in members}) == 1:
        return Kind.SINGLE
    readings = {words_in(one.span.of(articles[one.source].text)) for one in members}
    if len(readings) == 1:
        return Kind.SAME
    longest = max(readings, key=lambda words: (len(words), words))
    return Kind.CUT if all(_in_order(words, longest) for words in readings) else Kind.DIFFERENT


def _in_order(words: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether words stand in others in their order, with some left out."""
    rest = iter(longer)
    return all(word in rest for word in words)


def _claims_by_passage(
    anchored: AnchoredBriefing, passages: Mapping[str, Sequence[QuotedPassage]]
) -> dict[tuple[str, Span], dict[str, None]]:
    """The claims whose evidence has words of a passage, in the order of the matrix."""
    evidence = (
        (passage, claim.id)
        for claim in anchored.briefing.claims
        for one in claim.evidence
        for passage in anchored.evidence.get((claim.id, one.source), ())
    )
    return _overlapping(anchored, passages, evidence)


def _overlapping(
    anchored: AnchoredBriefing, passages: Mapping[str, Sequence[QuotedPassage]], found: Iterable[tuple[Passage, str]]
) -> dict[tuple[str, Span], dict[str, None]]:
    """By passage inside quotation marks the names given to what was found and has a word of it, in order."""
    names: dict[tuple[str, Span], dict[str, None]] = defaultdict(dict)
    outer = {source: [one for one in every if not one.depth] for source, every in passages.items()}
    for quotation, name in found:
        source = quotation.source
        text, every = anchored.articles[source].text, passages[source]
        for part in quotation.parts:
            first = bisect_right(outer[source], part.span.start, key=lambda one: one.span.end)
            if first == len(outer[source]):
                continue
            at = bisect_right(every, outer[source][first].span.start, key=lambda one: one.span.start) - 1
            while at < len(every) and every[at].span.start < part.span.end:
                span = every[at].span
                if share_words(text, span, part.span):
                    names[source, span][name] = None
                at += 1
    return names
