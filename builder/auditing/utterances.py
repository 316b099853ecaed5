"""Utterances that several sources quote for one claim, and that are not set side by side yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from builder.analysis.quotations import Family, QuotedPassage
from builder.auditing.entries import trimmed
from builder.auditing.finding import Advice, Finding, Section, Shown, State, called, words_at
from builder.auditing.resting import Rested
from builder.auditing.speakers import speaker_of
from builder.model import AnchoredBriefing, Claim, Evidence, Stance
from builder.strings import listed
from builder.text import count_words, on_one_line
from builder.yamltext import entries

FEWEST = 3
"""Words that an utterance has at least: a name or a term in quotation marks has nothing to collate."""


def utterances(anchored: AnchoredBriefing, families: Sequence[Family], rest: Rested) -> Section:
    """A finding for each utterance of which a claim quotes two sources or more, and no claim sets them side by side."""
    found = (finding for family in families if (finding := _finding(anchored, family, rest)))
    return Section("Utterances", tuple(found))


def _finding(anchored: AnchoredBriefing, family: Family, rest: Rested) -> Finding | None:
    long = [one for one in family.members if count_words(_words(anchored, one)) >= FEWEST]
    quoting: dict[str, list[QuotedPassage]] = {}
    for member in long:
        for claim in rest.claims_at(member.source, member.span):
            quoting.setdefault(claim, []).append(member)
    found = [
        (claim, speaking)
        for claim in anchored.briefing.claims
        if claim.id in quoting
        and len(_sources(speaking := [one for one in quoting[claim.id] if _speaks(claim, one.source)])) > 1
    ]
    if not found or any(claim.utterance for claim, _ in found):
        return None
    return _proposal(anchored, *max(found, key=lambda pair: len(_sources(pair[1]))))


def _speaks(claim: Claim, source: str) -> bool:
    return any(one.source == source and one.stance is not Stance.SILENT for one in claim.evidence)


def _words(anchored: AnchoredBriefing, member: QuotedPassage) -> str:
    return member.span.of(anchored.articles[member.source].text)


def _sources(members: Iterable[QuotedPassage]) -> list[str]:
    return list(dict.fromkeys(member.source for member in members))


def _proposal(anchored: AnchoredBriefing, claim: Claim, members: Sequence[QuotedPassage]) -> Finding:
    sources = {source.id: source for source in anchored.briefing.sources}
    sigla = [sources[id_].siglum for id_ in _sources(members)]
    title = f"{claim.id} quotes one utterance from {listed(sigla)}, and has no `utterance`"
    shown = [Shown(claim.place, f"the claim `{claim.id}`")]
    shown += [Shown(words_at(anchored.articles[one.source], one.span), called(sources[one.source])) for one in members]
    by = speaker_of(members, anchored.articles)
    advice = [Advice(f"Below `{claim.id}:`, so that the readings are set side by side:", entries({"utterance": by}, 2))]
    advice += _readings(anchored, claim, members)
    return Finding(State.OPEN, title, tuple(shown), tuple(advice))


def _readings(anchored: AnchoredBriefing, claim: Claim, members: Sequence[QuotedPassage]) -> Iterator[Advice]:
    """The key `reading` for each source whose only quotation holds more than the utterance."""
    told = Counter(member.source for member in members)
    for evidence in claim.evidence:
        words = _reading(anchored, claim, evidence, members) if told[evidence.source] == 1 else None
        if words:
            where = f"Below `{evidence.source}:`, as its quotation holds more than the utterance:"
            yield Advice(where, entries({"reading": words}, 6))


def _reading(
    anchored: AnchoredBriefing, claim: Claim, evidence: Evidence, members: Sequence[QuotedPassage]
) -> str | None:
    passages = anchored.evidence.get((claim.id, evidence.source), ())
    member = next(one for one in members if one.source == evidence.source)
    if len(passages) != 1 or passages[0].reading is not None:
        return None
    text = anchored.articles[member.source].text
    own = trimmed(text, member.span)
    inside = any(own in part.span and own != trimmed(text, part.span) for part in passages[0].parts)
    return on_one_line(own.of(text)) if inside else None
