"""What is said to be settled though no text only expected it, and texts that are shown in more than one order."""

from __future__ import annotations

from collections.abc import Iterator

from builder.analysis import Analysis
from builder.analysis.matrix import could_know
from builder.analysis.order import Earlier, Reason, placed
from builder.cautions.whereabouts import of_claim, of_source
from builder.diagnostics import Diagnostic, Place, Related, Severity
from builder.model import Relation, Source
from builder.parse import Documents
from builder.strings import listed


def nothing_to_settle(analysis: Analysis) -> Iterator[Diagnostic]:
    """Claims that are said to be settled, of which all texts speak that could know the outcome."""
    briefing = analysis.anchored.briefing
    events = {event.id: event for event in briefing.events}
    rows = {row.claim.id: row for row in analysis.matrix.rows}
    for claim in briefing.claims:
        event = events.get(claim.event or "")
        for tie in claim.ties if event else ():
            speaking = [cell for cell in rows[tie.claim].cells if cell.speaks]
            if tie.relation is not Relation.SETTLES or event is None or not speaking:
                continue
            if all(cell.states and could_know(cell.source, event, briefing.utc_offset) for cell in speaking):
                yield Diagnostic(
                    "relation-unexpected",
                    f"`{claim.id}` settles `{tie.claim}`, but no text only expects that: all that speak of it could "
                    f"know of `{event.id}`.",
                    tie.place,
                    "Remove it, or say `refines`; or where a text only expected it:\n"
                    "stance: qualifies\ndiffers_in: expectation",
                    Severity.WARNING,
                )


def in_both_orders(analysis: Analysis, documents: Documents) -> Iterator[Diagnostic]:
    """Texts of which each is shown to be written before the other: once for all that are caught up in it."""
    sources = {source.id: source for source in analysis.anchored.briefing.sources}
    contrary = placed(list(sources), analysis.order).contrary
    left = [id_ for id_ in sources if any(id_ in pair for pair in contrary)]
    while left:
        group = [id_ for id_ in left if id_ == left[0] or frozenset((id_, left[0])) in contrary]
        left = [id_ for id_ in left if id_ not in group]
        shown = [one for one in analysis.order if one.one in group and one.other in group]
        sigla = listed([sources[id_].siglum for id_ in group])
        yield Diagnostic(
            "order-contrary",
            f"The dates and outlooks of {sigla} show them in more than one order.",
            _place(shown[0], sources[shown[0].one], documents),
            "Correct `published`, `known_through`, `looks_ahead`, or the date of an event.",
            Severity.WARNING,
            tuple(_related(one, sources, documents) for one in shown),
        )


def _place(earlier: Earlier, source: Source, documents: Documents) -> Place:
    """What says how late the earlier text can have been written."""
    if earlier.reason is Reason.EXPECTED and earlier.claim:
        return of_claim(documents, earlier.claim, "evidence", source.id)
    if earlier.reason is Reason.AHEAD:
        return of_source(documents, source.id, "looks_ahead")
    key = "published" if source.published else "looks_ahead" if source.looks_ahead else "captured"
    return of_source(documents, source.id, key)


def _related(earlier: Earlier, sources: dict[str, Source], documents: Documents) -> Related:
    one, other = sources[earlier.one], sources[earlier.other]
    return Related(_place(earlier, one, documents), f"so {one.siglum} was written before {other.siglum}")
