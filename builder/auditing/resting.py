"""Which words of the articles a briefing's claims rest on, and which it leaves out knowingly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from builder.model import AnchoredBriefing, LeftOut
from builder.text import Span, share_words


@dataclass(frozen=True)
class Rested:
    """What is said of the words of each article, by source."""

    claims: Mapping[str, Sequence[tuple[Span, str]]]
    """Words, and the claim whose evidence they are."""
    left_out: Mapping[str, Sequence[tuple[Span, LeftOut]]]
    """Words that no claim rests on, knowingly."""
    texts: Mapping[str, str]

    def claims_at(self, source: str, span: Span) -> tuple[str, ...]:
        """The claims that rest on any of these words, in the order of the matrix."""
        found = (claim for words, claim in self.claims[source] if share_words(self.texts[source], words, span))
        return tuple(dict.fromkeys(found))

    def left_out_at(self, source: str, span: Span) -> LeftOut | None:
        """What is said of these words where they are left out."""
        return next((one for words, one in self.left_out[source] if share_words(self.texts[source], words, span)), None)


def rested(anchored: AnchoredBriefing) -> Rested:
    """What the claims of a briefing rest on, and what it leaves out."""
    briefing = anchored.briefing
    claims: dict[str, list[tuple[Span, str]]] = {source.id: [] for source in briefing.sources}
    left_out: dict[str, list[tuple[Span, LeftOut]]] = {source.id: [] for source in briefing.sources}
    for claim in briefing.claims:
        for evidence in claim.evidence:
            passages = anchored.evidence.get((claim.id, evidence.source), ())
            claims[evidence.source] += [(span, claim.id) for passage in passages for span in passage.spans]
    for source in briefing.sources:
        entries = [one for one in briefing.left_out if one.source == source.id]
        for entry, passage in zip(entries, anchored.left_out.get(source.id, ()), strict=True):
            left_out[source.id] += [(span, entry) for span in passage.spans]
    return Rested(claims, left_out, {id_: article.text for id_, article in anchored.articles.items()})
