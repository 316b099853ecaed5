"""Passages inside quotation marks: which claims rest on them, and the claims that are missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from builder.analysis.quotations import Family, InBody, QuotedPassage
from builder.article import Zone
from builder.auditing.entries import Proposals, evidence_entry, quote_items
from builder.auditing.finding import MOST, Advice, Finding, Section, Shown, State, called, open_if, words_at
from builder.auditing.resting import Rested
from builder.auditing.speakers import speaker_of
from builder.claiming import Said
from builder.model import AnchoredBriefing, Claim, LeftOut, Quotation, Stance
from builder.strings import listed
from builder.text import fold_needle, on_one_line

IN_BODY = {
    InBody.INSIDE: "the body has these words inside quotation marks, too",
    InBody.WITHOUT: "the body has these words without quotation marks",
    InBody.MISSING: "the body does not have these words",
}
"""What is said of a headline's quotation."""


@dataclass(frozen=True, slots=True)
class _Member:
    """A passage, and what is said of it."""

    passage: QuotedPassage
    claims: tuple[str, ...]
    left_out: LeftOut | None
    words: str
    """As they are compared."""

    @property
    def settled(self) -> bool:
        """Whether a claim rests on it, or it is left out knowingly."""
        return bool(self.claims or self.left_out)


_Quotable: TypeAlias = tuple[_Member, Quotation]
"""A passage, and the quotation that names it alone."""


def quotations(anchored: AnchoredBriefing, families: Sequence[Family], rest: Rested, proposals: Proposals) -> Section:
    """A finding for each family: those without a claim come with one."""
    work = _Work(anchored, rest, proposals, {claim.id: claim for claim in anchored.briefing.claims})
    findings: list[Finding] = []
    open_ = 0
    for family in families:
        findings.append(work.finding(family, advised=open_ < MOST))
        open_ += findings[-1].open
    return Section("Quotations", tuple(findings))


@dataclass(frozen=True, slots=True)
class _Work:
    """A briefing, as far as its quotations are asked for."""

    anchored: AnchoredBriefing
    rest: Rested
    proposals: Proposals
    claims: Mapping[str, Claim]

    def finding(self, family: Family, *, advised: bool) -> Finding:
        """What is to be said of one family; if `advised`, with what to do."""
        members = [self._member(passage) for passage in family.members]
        waiting = _waiting(members)
        claims = tuple(dict.fromkeys(claim for member in members for claim in member.claims))
        title = f"{self._kind(family)}: {self._state(members, claims, waiting)}"
        shown = tuple(map(self._shown, members))
        if not advised or not waiting:
            return Finding(open_if(bool(waiting)), title, shown)
        found = [(one, self.proposals.quotation(one.passage.source, one.passage.span)) for one in waiting[:MOST]]
        quotable = [(one, quotation) for one, quotation in found if quotation]
        needless = tuple((one.passage.source, quotation) for one, quotation in quotable)
        return Finding(State.OPEN, title, shown, tuple(self._advice(members, quotable, claims)), needless=needless)

    def _member(self, passage: QuotedPassage) -> _Member:
        at = passage.source, passage.span
        words = fold_needle(passage.span.of(self._text(passage))).casefold().strip(" .,;:!?…")
        return _Member(passage, self.rest.claims_at(*at), self.rest.left_out_at(*at), words)

    def _text(self, passage: QuotedPassage) -> str:
        return self.anchored.articles[passage.source].text

    def _kind(self, family: Family) -> str:
        sigla = list(dict.fromkeys(self.proposals.sources[one.source].siglum for one in family.members))
        return f"{family.kind}, in {listed(sigla)}" if len(sigla) > 1 else f"{family.kind} ({sigla[0]})"

    def _state(self, members: Sequence[_Member], claims: Sequence[str], waiting: Sequence[_Member]) -> str:
        if not claims and waiting:
            return (
                "no claim rests on it" if len(waiting) == len(members) else "left out in part, and no claim rests on it"
            )
        rests = f"rests in {listed([*claims])}" if claims else "left out knowingly"
        if not waiting:
            return rests
        sigla = dict.fromkeys(self.proposals.sources[member.passage.source].siglum for member in waiting)
        return f"{rests}, but not what {listed([*sigla])} prints"

    def _shown(self, member: _Member) -> Shown:
        passage = member.passage
        text = self._text(passage)
        parts = [called(self.proposals.sources[passage.source])]
        parts += [str(passage.zone)] if passage.zone is not Zone.BODY else []
        parts += [IN_BODY[passage.in_body]] if passage.in_body else []
        parts += [f"“{on_one_line(passage.cue.of(text))}”"] if passage.cue else []
        parts += ["inside another quotation"] if passage.depth else []
        parts += [] if passage.closed else ["its marks are never closed"]
        parts += [f"rests in {', '.join(member.claims)}"] if member.claims else []
        parts += [f"left out: {member.left_out.why}"] if member.left_out else []
        return Shown(words_at(self.anchored.articles[passage.source], passage.span), ", ".join(parts))

    # ---- what to do ----

    def _advice(
        self, members: Sequence[_Member], quotable: Sequence[_Quotable], claims: Sequence[str]
    ) -> Iterator[Advice]:
        if not quotable:
            yield Advice("None of it can be quoted as it stands.")
        elif claims:
            yield from self._more_evidence(self.claims[claims[0]], members, quotable)
        else:
            yield self._new_claim(quotable)

    def _new_claim(self, quotable: Sequence[_Quotable]) -> Advice:
        passages = [one.passage for one, _ in quotable]
        sources = list(dict.fromkeys(passage.source for passage in passages))
        # A headline is shorter than what was said.
        model = next((one for one, _ in quotable if one.passage.zone is not Zone.HEADLINE), quotable[0][0])
        said = [_said(source, quotable, model) for source in sources]
        near = [(passage.source, passage.span) for passage in passages]
        words = on_one_line(model.passage.span.of(self._text(model.passage)))
        by = speaker_of(passages, self.anchored.articles) if len(sources) > 1 else None
        entry = self.proposals.claim(words, said, near, by=by)
        return Advice("A claim to paste, once it says what the words are about:", entry)

    def _more_evidence(
        self, claim: Claim, members: Sequence[_Member], quotable: Sequence[_Quotable]
    ) -> Iterator[Advice]:
        """What the sources that no claim quotes here would say to the claim that rests on the others."""
        model = next(member for member in members if claim.id in member.claims)
        stances = {one.source: one.stance for one in claim.evidence}
        for source in dict.fromkeys(one.passage.source for one, _ in quotable):
            said = _said(source, quotable, model)
            if stances.get(source, Stance.SILENT) is not Stance.SILENT:
                text = f"`{claim.id}` has other words of {source} already; as one more in the list of its `quote`:"
                yield Advice(text, quote_items(said))
                continue
            where = f"Below `evidence:` of {claim.id}"
            if source in stances:
                where += f", in the place of what stands there for {source}"
            yield Advice(f"{where}:", evidence_entry(said))


def _said(source: str, quotable: Sequence[_Quotable], model: _Member) -> Said:
    """What one source says to the claim that `model` supports."""
    own = [(one, quotation) for one, quotation in quotable if one.passage.source == source]
    same = any(f" {one.words} " in f" {model.words} " for one, _ in own)
    stance, differs_in = ("supports", None) if same else ("qualifies", "wording")
    return Said(source, stance, differs_in, tuple(dict.fromkeys(quotation for _, quotation in own)))


def _waiting(members: Sequence[_Member]) -> list[_Member]:
    """Those that want something done. Words that a source has elsewhere, or in its headline, need no claim again."""
    settled = [member for member in members if member.settled]
    words = {(member.passage.source, member.words) for member in settled}
    sources = {member.passage.source for member in settled}
    return [
        member
        for member in members
        if not member.settled
        and (member.passage.source, member.words) not in words
        and not (member.passage.zone is Zone.HEADLINE and member.passage.source in sources)
    ]
