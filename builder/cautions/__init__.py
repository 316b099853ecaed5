"""What should be looked at again in a briefing without faults. All of it may be right, so none of it stops a build.

Only how much of an article is shown may be too much for publication; see `excerpt_maximum`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeAlias

from builder.analysis import Analysis
from builder.cautions.alike import alike_pairs
from builder.cautions.audited import is_written, stale, unwritten
from builder.cautions.foreseen import in_both_orders, nothing_to_settle
from builder.cautions.horizons import resting_on_foresight, too_early
from builder.cautions.stances import at_odds
from builder.cautions.translated import untranslated
from builder.cautions.whereabouts import of_claim
from builder.diagnostics import Diagnostic, Place, Related, Severity
from builder.model import Claim, Site, Stance
from builder.parse import Documents

Speaking: TypeAlias = Mapping[str, Sequence[str]]
"""The sources that speak of a claim, by its id; not claims of which none does."""


def cautions(analysis: Analysis, documents: Documents, site: Site) -> list[Diagnostic]:
    """Everything that should be looked at again in one briefing; `documents` are those it was made from."""
    speaking = {
        claim.id: sources
        for claim in analysis.anchored.briefing.claims
        if (sources := [one.source for one in claim.evidence if one.stance is not Stance.SILENT])
    }
    return [
        *_excerpts(analysis, site),
        *untranslated(analysis, site),
        *_unused(analysis, speaking),
        *_claims(analysis, documents, site.language, speaking),
        *nothing_to_settle(analysis),
        *in_both_orders(analysis, documents),
        *unwritten(analysis.anchored.briefing, documents),
        *stale(analysis),
    ]


def unused_articles(names: Iterable[str], named: Collection[str]) -> list[Diagnostic]:
    """The articles in seeds/ that no briefing names. `names` are all of them, `named` those of all briefings."""
    import shlex  # takes long to load, and only the check asks for it

    return [
        Diagnostic(
            "article-unused",
            f"No briefing names seeds/{name}.",
            Place(f"seeds/{name}"),
            f"Make a source of it, or remove it:\nvariorum add source {shlex.quote(f'seeds/{name}')}",
            Severity.WARNING,
        )
        for name in sorted(set(names) - set(named))
    ]


# ---- what nothing rests on -------------------------------------------------------------------------------------


def _unused(analysis: Analysis, speaking: Speaking) -> Iterator[Diagnostic]:
    """Events and sources that no claim is about or rests on."""
    briefing = analysis.anchored.briefing
    told = {row.claim.event for row in analysis.matrix.rows if row.claim.id in speaking}
    told |= {source.looks_ahead.event for source in briefing.sources if source.looks_ahead}
    for event in briefing.events:
        if not event.quotations and event.id not in told:
            yield Diagnostic(
                "event-unused",
                f"No article tells of `{event.id}`: the event has no quotation, and no claim with evidence names it.",
                event.place,
                f"Quote an article below its `evidence`, or remove it; or name it in a claim:\nevent: {event.id}",
                Severity.WARNING,
            )
    cited = {source for sources in speaking.values() for source in sources}
    if not cited:
        return  # then claims are what is missing, not what a source says
    cited |= {source for event in briefing.events for source, _ in event.quotations}
    for source in briefing.sources:
        if source.id not in cited:
            yield Diagnostic(
                "source-unused",
                f"No claim and no event quotes {source.article} ({source.siglum}).",
                source.places[""],
                f"Ask it about every claim, or remove it:\n{source.id}: {{stance: supports, quote: the words}}",
                Severity.WARNING,
            )


# ---- claims ----------------------------------------------------------------------------------------------------


def _readings_of_nothing(claim: Claim) -> Iterator[Diagnostic]:
    """The first `reading` in a claim that is not about an utterance: it is set beside nothing."""
    quotations = (quotation for evidence in claim.evidence for quotation in evidence.quotations)
    place = next((quotation.reading_place for quotation in quotations if quotation.reading_place), None)
    if place is not None:
        yield Diagnostic(
            "reading-alone",
            f"`{claim.id}` has no `utterance`, so this reading is set beside nothing.",
            place,
            "Say whose words they are, as `utterance:` of the claim, or remove `reading`.",
            Severity.WARNING,
        )


def _claims(analysis: Analysis, documents: Documents, language: str, speaking: Speaking) -> Iterator[Diagnostic]:
    """What is odd about single claims, and about two of them."""
    rows = [row for row in analysis.matrix.rows if is_written(row.claim)]
    early = too_early(analysis)
    for row in rows:
        claim = row.claim
        if claim.id not in speaking:
            evidence = "all of its evidence is silent" if claim.evidence else "it has no evidence"
            yield Diagnostic(
                "claim-silent",
                f"No source speaks of `{claim.id}`: {evidence}.",
                claim.place,
                "Add what a source says, or remove it:\nevidence:\n  SOURCE: {stance: supports, quote: the words}",
                Severity.WARNING,
            )
            continue
        several = sum(len(cell.passages) for cell in row.cells if cell.speaks) > 1
        if claim.utterance is None and several:
            yield from _readings_of_nothing(claim)
        if claim.utterance is not None and not several:
            yield Diagnostic(
                "utterance-alone",
                f"`{claim.id}` has one reading only: there is nothing to set beside it, word by word.",
                claim.utterance.place,
                "Quote what another source prints of these words, or remove `utterance`.",
                Severity.WARNING,
            )
        if claim.unit is not None:
            yield from at_odds(row, language, partial(of_claim, documents, claim.id))
        if claim.event in early:
            yield from resting_on_foresight(row, early[claim.event], documents)
    for first, second in alike_pairs((row.claim.text for row in rows), language):
        one, other = rows[first].claim.id, rows[second].claim.id
        yield Diagnostic(
            "claim-alike",
            f"`{other}` says nearly the same as `{one}`.",
            of_claim(documents, other, "claim"),
            f"Move its evidence to `{one}` and remove it, or say in both sentences what sets them apart.",
            Severity.WARNING,
            (Related(of_claim(documents, one, "claim"), f"the claim `{one}`"),),
        )


# ---- how much is shown -----------------------------------------------------------------------------------------


def _excerpts(analysis: Analysis, site: Site) -> Iterator[Diagnostic]:
    """Articles of which much is shown, or more than the site allows: then it is an error."""
    for source in analysis.anchored.briefing.sources:
        coverage = analysis.coverage[source.id]
        over = 100 * coverage.words > site.excerpt_maximum * coverage.of
        percent = -(-100 * coverage.words // coverage.of) if over else coverage.percent
        if source.full_text or (percent < site.excerpt_warning and not over):
            continue
        limit = (
            f"site.yaml allows {site.excerpt_maximum} %" if over else f"site.yaml warns from {site.excerpt_warning} %"
        )
        yield Diagnostic(
            "excerpt-share",
            f"The briefing shows {percent} % of {source.article} ({source.siglum}); {limit}.",
            source.places["article"],
            "Quote fewer words, or, where its licence allows it, add `full_text: yes` to the source.",
            Severity.ERROR if over else Severity.WARNING,
        )
