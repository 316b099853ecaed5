"""A claim's page: what each text says, from whom, and why the claim has its status."""

from __future__ import annotations

from collections.abc import Sequence

from builder import markdown, strings, views
from builder.analysis import Analysis
from builder.analysis.matrix import Cell, Row, Status
from builder.article import Mode
from builder.dates import in_words
from builder.model import Event, Stance
from builder.pages.context import Folder, PageContext, address
from builder.pages.page import Page
from builder.pages.plotted import plot_of
from builder.pages.related import outcome_lines, quiet_groups, related_claims
from builder.pages.wording import collation_of
from builder.routes import ItemRoute

_ORDER = (Stance.SUPPORTS, Stance.QUALIFIES, Stance.CONTRADICTS)
_VERBS = {Stance.SUPPORTS: "support", Stance.QUALIFIES: "qualify", Stance.CONTRADICTS: "contradict"}


def claim_page(folder: Folder, index: int) -> Page:
    """The page of the claim at `index` in the matrix."""
    site, analysis = folder.site, folder.analysis
    briefing = analysis.anchored.briefing
    row = analysis.matrix.rows[index]
    claim = row.claim
    route = ItemRoute(briefing.name, "claims", claim.id)
    page = PageContext(folder, route)
    line = folder.line(row, context=True)
    because = why(row, analysis)
    topic = next(topic for topic in briefing.topics if topic.id == claim.topic)
    event = next((event for event in briefing.events if event.id == claim.event), None)
    speaking = [
        (cell, view)
        for stance in _ORDER
        for cell, view in zip(row.cells, line.cells, strict=True)
        if cell.stance is stance
    ]
    silent = [view for cell, view in zip(row.cells, line.cells, strict=True) if not cell.speaks]
    url = address(site, page.path)
    collation = collation_of(folder, claim.id)
    view = views.ClaimPage(
        chrome=page.chrome(claim.text, f"{because} The words of each text, side by side."),
        claim=line,
        topic=views.Link(topic.title, page.to("matrix", f"topic-{topic.id}")),
        event=views.Link(event.title, page.to("timeline", f"event-{event.id}")) if event else None,
        event_when=(event.label or in_words(event.date)) if event else None,
        speaking=tuple(view for _, view in speaking),
        silent=tuple(silent),
        quiet=quiet_groups(silent),
        related=related_claims(folder, row),
        outcomes=outcome_lines(folder, row),
        because=because,
        plot=plot_of(folder, row),
        wordings=() if collation else _wordings(folder, row),
        collation=collation,
        note=markdown.render(claim.note) if claim.note else None,
        citation=f"“{claim.text}” Claim {claim.id}, {briefing.title}. {site.title}.",
        address=url,
        jumps=_jumps(page, speaking, row, event),
        corrections=folder.corrections(claim.id),
        previous=_neighbour(folder, index - 1),
        next=_neighbour(folder, index + 1),
    )
    return Page(route, "claim.html", view)


def _neighbour(folder: Folder, index: int) -> views.Link | None:
    rows = folder.analysis.matrix.rows
    if not 0 <= index < len(rows):
        return None
    return views.Link(rows[index].claim.text, folder.to_claim(rows[index].claim.id))


def why(row: Row, analysis: Analysis) -> str:
    """Why a claim has its status: how many texts say what, and whom they rest on."""
    counts = [(sum(cell.stance is stance for cell in row.cells), stance) for stance in _ORDER]
    parts = [
        f"{strings.texts(n)} {_VERBS[s]}{'s' if n == 1 and s is not Stance.QUALIFIES else ''} it"
        for n, s in counts
        if n
    ]
    parts = [part.replace("one text qualify", "one text qualifies") for part in parts]
    silent = sum(not cell.speaks for cell in row.cells)
    if silent:
        parts.append(f"{strings.texts(silent)} {'is' if silent == 1 else 'are'} silent")
    out = f"{strings.sentence(strings.listed(parts))}."
    expecting = sum(cell.speaks and (cell.foresees or not cell.states) for cell in row.cells)
    if expecting:
        out += f" {strings.sentence(strings.texts(expecting))} only expect{'s' if expecting == 1 else ''} it."
    if row.status is Status.DISPUTED and all(cell.stance is not Stance.CONTRADICTS for cell in row.cells):
        out += " Their numbers cannot all hold."
    if row.independent and row.status in (Status.CORROBORATED, Status.REPEATED):
        names = [analysis.anchored.briefing.origins[id_].name for id_ in row.independent]
        out += f" Support rests on {strings.listed(names)}."
    elif row.status is Status.REPEATED:
        out += " No origin is named."
    return out


def _jumps(
    page: PageContext, cells: Sequence[tuple[Cell, views.Cell]], row: Row, event: Event | None
) -> tuple[views.Link, ...]:
    links = []
    for cell, view in cells:
        for quote in view.quotes:
            label = f"{cell.source.siglum}, {quote.place_label.split(' in text')[0]}"
            links.append(views.Link(strings.sentence(label), quote.href))
    links.append(views.Link("Row in the matrix", page.to("matrix", f"claim-{row.claim.id}")))
    if event:
        links.append(views.Link("Event in the timeline", page.to("timeline", f"event-{event.id}")))
    return tuple(dict.fromkeys(links))


def _wordings(folder: Folder, row: Row) -> tuple[views.SourceQuote, ...]:
    """The wordings inside quotation marks, where the sources differ in them."""
    differs = row.status is Status.WORDING_DIFFERS or (row.status is Status.DISPUTED and row.claim.unit is None)
    if not differs:
        return ()
    direct = [
        folder.source_quote(passage)
        for cell in row.cells
        if cell.speaks
        for passage in cell.passages
        if passage.mode is not Mode.INDIRECT
    ]
    return tuple(direct) if len(direct) > 1 else ()
