"""Lines of YAML that a curator can paste: a claim, a piece of evidence, an entry of audit.yaml.

What only a person can know says FILL IN. The check takes such an entry, and asks for the words that are missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from builder.auditing.finding import Finding
from builder.claiming import Draft, Said, entry_of, evidence_of, item_of, propose_id
from builder.diagnostics import printable
from builder.model import AnchoredBriefing, Quotation
from builder.searching.quotable import INDENT, quotation_of
from builder.strings import FILL_IN
from builder.text import Span, on_one_line
from builder.yamldoc import Data, parse_yaml
from builder.yamltext import entries, items

LONGEST = 3000
"""Characters that a quotation may have."""
SHOWN = 80
"""Characters of an article's words in the sentence that is to be filled in."""


class Proposals:
    """What is proposed for one briefing; no two of the claims have the same id."""

    def __init__(self, anchored: AnchoredBriefing, taken: Iterable[str]) -> None:
        self.anchored = anchored
        self.sources = {source.id: source for source in anchored.briefing.sources}
        self._taken = set(taken)

    def quotation(self, source: str, span: Span, key: Span | None = None) -> Quotation | None:
        """The quotation that names these words alone, with its key words; None where they cannot be quoted.

        A comma or a full stop at their end is left out: where it stands is a habit of the printer's.
        """
        article = self.anchored.articles[source]
        found = quotation_of(article, self.sources[source], trimmed(article.text, span))
        if found is None or len(found.exact) > LONGEST:
            return None
        keys = (on_one_line(key.of(article.text)),) if key and key != span else ()
        quotation = Quotation(found.exact, found.prefix, found.suffix, keys, frozenset(), found.place)
        # A character that YAML has to spell out is refused by the check.
        return quotation if not parse_yaml("", entries({"quote": item_of(quotation)})).diagnostics else None

    def claim(
        self,
        words: str,
        said: Sequence[Said],
        near: Iterable[tuple[str, Span]],
        unit: str | None = None,
        by: str | None = None,
    ) -> str:
        """A claim on some words of an article; `by` is whose words they are.

        Its topic is that of most claims which rest on the paragraphs of the words `near`, by source; or else the first.
        """
        id_ = propose_id(words, self._taken)
        self._taken.add(id_)
        sentence = f"{FILL_IN}: what is said with “{_short(words)}”"
        return entries(entry_of(Draft(id_, sentence, self._topic(near), tuple(said), unit=unit, utterance=by)))

    def _topic(self, near: Iterable[tuple[str, Span]]) -> str:
        briefing = self.anchored.briefing
        topics = [topic.id for topic in briefing.topics] or ["topic"]
        paragraphs = {(id_, self.anchored.articles[id_].paragraph_at(span.start)) for id_, span in near}
        of_claim = {claim.id: claim.topic for claim in briefing.claims}
        counts = Counter(
            of_claim[claim]
            for (claim, _), passages in self.anchored.evidence.items()
            for passage in passages
            if (passage.source, passage.paragraph) in paragraphs
        )
        return max(topics, key=lambda topic: (counts[topic], -topics.index(topic)))


def trimmed(text: str, span: Span) -> Span:
    """The span without commas, full stops and spaces at its end, unless nothing else is in it."""
    length = len(span.of(text).rstrip(" ,.;"))
    return Span(span.start, span.start + length) if length else span


def _short(words: str) -> str:
    shown = printable(words.rstrip(" ,;"))
    return shown if len(shown) <= SHOWN else f"{shown[:SHOWN].rpartition(' ')[0] or shown[:SHOWN]} …"


def evidence_entry(said: Said) -> str:
    """What a source says, as lines to paste below `evidence:` of a claim."""
    return entries({said.source: evidence_of(said)}, INDENT)


def quote_items(said: Said) -> str:
    """The quotations of a source, as lines to paste into the list `quote` of its evidence."""
    return items([item_of(one) for one in said.quotations], INDENT + 4)


def audit_yaml(findings: Iterable[Finding]) -> str:
    """What of these findings needs no claim, as audit.yaml has it; nothing where all of them do.

    All is told in one piece: a key that is pasted twice is a fault.
    """
    left_out: dict[str, list[Data]] = {}
    found = tuple(findings)
    for source, quotation in dict.fromkeys(one for finding in found for one in finding.needless):
        item: dict[str, Data] = {"quote": item_of(quotation), "why": f"{FILL_IN}: why no claim rests on it"}
        left_out.setdefault(source, []).append(item)
    pairs = [finding.unexplained for finding in found if finding.unexplained]
    why = f"{FILL_IN}: what explains it, or that no text does"
    shared: list[Data] = [{"sources": [*sources], "why": why} for sources in pairs]
    keys: dict[str, Data] = {}
    if left_out:
        keys["left_out"] = {source: [*items] for source, items in left_out.items()}
    if shared:
        keys["shared"] = shared
    return entries(keys) if keys else ""
