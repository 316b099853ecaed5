"""Claims whose status rests on a text from before the event: what such a text states, it can only have expected."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from builder.analysis import Analysis
from builder.analysis.matrix import Cell, Row, Status, independent_of, last_known, status_of
from builder.cautions.whereabouts import of_claim, of_event, of_source
from builder.diagnostics import Diagnostic, Related, Severity
from builder.model import Difference, Stance
from builder.parse import Documents
from builder.strings import listed

_PLAN = (
    r"\b(?:will|would|shall|(?:is|are|was|were) to|going to|plan(?:s|ned|ning)?|schedul\w+|expect\w*|intend\w*"
    r"|announc\w+|promis\w+|propos\w+|hop(?:es?|ed)|ahead)\b"
)
"""Words of a claim about a plan, which a text from before the event may well state."""


def too_early(analysis: Analysis) -> dict[str, frozenset[str]]:
    """By event the sources that were written before it began; what is only about or perhaps so is left out."""
    briefing = analysis.anchored.briefing
    offset = briefing.utc_offset
    ends = {}
    for source in briefing.sources:
        last = last_known(source)
        if last and not last.approximate and (end := last.bounds(offset)[1]):
            ends[source.id] = end
    named = {claim.event for claim in briefing.claims} if ends else ()
    early = {}
    for event in briefing.events:
        start = event.date.bounds(offset)[0] if event.id in named and not event.date.approximate else None
        if start and (before := frozenset(source for source, end in ends.items() if end <= start)):
            early[event.id] = before
    return early


def resting_on_foresight(row: Row, sources: Collection[str], documents: Documents) -> Iterator[Diagnostic]:
    """What would make a claim's status another, if `sources`, which cannot know its event, only expected it."""
    early = [cell for cell in row.cells if cell.states and cell.source.id in sources]
    if not early or re.search(_PLAN, row.claim.text, re.IGNORECASE):
        return
    alone = [[cell] for cell in early if _expected(row, [cell]) is not row.status]
    # Where no single one makes a difference, all of them together may.
    for cells in alone or [early]:
        status = _expected(row, cells)
        if status is not row.status:
            yield _warning(row, cells, status, documents)


def _warning(row: Row, cells: Sequence[Cell], status: Status, documents: Documents) -> Diagnostic:
    claim, event = row.claim.id, row.claim.event or ""
    sigla = listed([cell.source.siglum for cell in cells])
    state, they, their = ("states", "it", "its") if len(cells) == 1 else ("state", "they", "their")
    related = [Related(of_event(documents, event, "date"), f"when `{event}` began")]
    for cell in cells:
        key = "known_through" if cell.source.known_through else "published"
        place = of_source(documents, cell.source.id, key, "date")
        related.append(Related(place, f"the last that {cell.source.siglum} can have known of"))
    return Diagnostic(
        "status-horizon",
        f"{sigla} {state} `{claim}`, but by {their} dates {they} could not know of `{event}` yet. If {they} only "
        f"expected it, the claim would be “{status}”, not “{row.status}”.",
        of_claim(documents, claim, "evidence", cells[0].source.id, "stance"),
        "Correct the date; or say what was expected:\nstance: qualifies\ndiffers_in: expectation",
        Severity.WARNING,
        tuple(related),
    )


def _expected(row: Row, early: Collection[Cell]) -> Status:
    """The status of a claim that these cells only expected to come true."""
    cells = [
        replace(cell, stance=Stance.QUALIFIES, evidence=replace(cell.evidence, differs_in=Difference.EXPECTATION))
        if cell in early and cell.evidence
        else cell
        for cell in row.cells
    ]
    return status_of(cells, len(independent_of(cells)))
