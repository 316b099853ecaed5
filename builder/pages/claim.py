"""A claim's page: what each text says, from whom, and why the claim has its status."""

from __future__ import annotations

from collections.abc import Iterator

from builder import markdown, views
from builder.analysis import Analysis
from builder.analysis.matrix import Cell, Row, Status
from builder.anchors import quotation_anchors
from builder.article import Mode
from builder.fragments import passage_address
from builder.model import Event, Stance
from builder.pages.chrome import address
from builder.pages.context import PageContext
from builder.pages.folder import Folder
from builder.pages.page import Page
from builder.pages.plotted import plot_of
from builder.pages.related import outcome_lines, quiet_groups, related_claims
from builder.pages.wording import collation_of
from builder.routes import ItemRoute
from builder.views.claim import ClaimPage, Said, Step, Testimony
from builder.words import ENGLISH, Words, sentence

_ORDER = (Stance.SUPPORTS, Stance.QUALIFIES, Stance.CONTRADICTS)


def claim_page(folder: Folder, index: int) -> Page:
    """The page of the claim at `index` in the matrix."""
    site, analysis, words = folder.site, folder.analysis, folder.words
    briefing = analysis.anchored.briefing
    row = analysis.matrix.rows[index]
    claim = row.claim
    page = PageContext(folder, ItemRoute(briefing.name, "claims", claim.id))
    line = folder.line(row, context=True)
    because = why(row, analysis, words)
    topic = next(topic for topic in briefing.topics if topic.id == claim.topic)
    event = next((event for event in briefing.events if event.id == claim.event), None)
    told = list(zip(row.cells, line.cells, strict=True))
    speaking = [(cell, shown) for stance in _ORDER for cell, shown in told if cell.stance is stance]
    silent = [(cell, shown) for cell, shown in told if not cell.speaks]
    collation = collation_of(folder, claim.id)
    view = ClaimPage(
        chrome=page.chrome(
            claim.text,
            words.gettext("%(because)s The words of each text, side by side.", because=because),
            _trail(page, index),
        ),
        claim=line,
        topic=views.Link(topic.title, page.to("matrix", f"topic-{topic.id}")),
        event=views.Link(event.title, page.to("timeline", f"event-{event.id}")) if event else None,
        event_when=(event.label or words.date(event.date)) if event else None,
        speaking=tuple(_testimony(folder, cell, shown) for cell, shown in speaking),
        silent=tuple(_testimony(folder, cell, shown) for cell, shown in silent if shown.quotes or shown.note),
        quiet=quiet_groups([shown for _, shown in silent]),
        related=related_claims(folder, row),
        outcomes=outcome_lines(folder, row),
        because=because,
        plot=plot_of(folder, row),
        wordings=() if collation else _wordings(folder, row),
        collation=collation,
        note=markdown.render(claim.note) if claim.note else None,
        citation=words.gettext(
            "“%(claim)s” Claim %(id)s, %(briefing)s. %(site)s.",
            claim=claim.text,
            id=claim.id,
            briefing=briefing.title,
            site=site.title,
        ),
        address=address(site, page.path),
        jumps=_jumps(page, row, event),
        corrections=folder.corrections(claim.id),
        previous=_step(folder, index, -1),
        next=_step(folder, index, 1),
    )
    return Page(page.route, "claim.html", view)


# ---- the way here and on ---------------------------------------------------------------------------------------


def _trail(page: PageContext, index: int) -> tuple[views.Link, ...]:
    words = page.folder.words
    number, every = words.number(index + 1), words.number(len(page.analysis.matrix.rows))
    here = words.gettext("Claim %(number)s of %(all)s", number=number, all=every)
    return views.Link(words.gettext("Claims"), page.to("index", "claims")), views.Link(here, "", True)


def _step(folder: Folder, index: int, by: int) -> Step | None:
    """The claim so many places on; None beyond the ends."""
    rows = folder.analysis.matrix.rows
    if not 0 <= index + by < len(rows):
        return None
    here, there = rows[index].claim, rows[index + by].claim
    topics = {topic.id: topic.title for topic in folder.analysis.anchored.briefing.topics}
    return Step(there.text, folder.to_claim(there.id), topics[there.topic] if there.topic != here.topic else "")


def _jumps(page: PageContext, row: Row, event: Event | None) -> tuple[views.Link, ...]:
    words = page.folder.words
    links = [views.Link(words.gettext("Row in the matrix"), page.to("matrix", f"claim-{row.claim.id}"))]
    if event:
        links.append(views.Link(words.gettext("Event in the timeline"), page.to("timeline", f"event-{event.id}")))
    return tuple(links)


# ---- why -------------------------------------------------------------------------------------------------------


def why(row: Row, analysis: Analysis, words: Words = ENGLISH) -> str:
    """Why a claim has its status: how many texts say what, and whom they rest on."""
    told = [words.gettext("%(counted)s.", counted=sentence(words.listed(list(_counted(row, words)))))]
    expecting = sum(cell.speaks and (cell.foresees or not cell.states) for cell in row.cells)
    if expecting:
        many = sentence(words.spelt(expecting))
        told.append(words.ngettext("One text only expects it.", "%(many)s texts only expect it.", expecting, many=many))
    if row.status is Status.DISPUTED and all(cell.stance is not Stance.CONTRADICTS for cell in row.cells):
        told.append(words.gettext("Their numbers cannot all hold."))
    if row.independent and row.status in (Status.CORROBORATED, Status.REPEATED):
        names = words.listed([analysis.anchored.briefing.origins[id_].name for id_ in row.independent])
        told.append(words.gettext("Support rests on %(origins)s.", origins=names))
    elif row.status is Status.REPEATED:
        told.append(words.gettext("No origin is named."))
    return " ".join(told)


def _counted(row: Row, words: Words) -> Iterator[str]:
    """How many texts support, qualify and contradict a claim, and how many are silent; a clause for each."""
    of = {stance: sum(cell.stance is stance for cell in row.cells) for stance in Stance}
    many = {stance: words.spelt(number) for stance, number in of.items()}
    if number := of[Stance.SUPPORTS]:
        at = many[Stance.SUPPORTS]
        yield words.ngettext("one text supports it", "%(many)s texts support it", number, many=at)
    if number := of[Stance.QUALIFIES]:
        at = many[Stance.QUALIFIES]
        yield words.ngettext("one text qualifies it", "%(many)s texts qualify it", number, many=at)
    if number := of[Stance.CONTRADICTS]:
        at = many[Stance.CONTRADICTS]
        yield words.ngettext("one text contradicts it", "%(many)s texts contradict it", number, many=at)
    if number := of[Stance.SILENT]:
        at = many[Stance.SILENT]
        yield words.ngettext("one text is silent", "%(many)s texts are silent", number, many=at)


# ---- what each text says ---------------------------------------------------------------------------------------


def _testimony(folder: Folder, cell: Cell, shown: views.Cell) -> Testimony:
    """What one text says, each of its quotations with its addresses here and where it was published."""
    source, article = cell.source, folder.analysis.anchored.articles[cell.source.id]
    quoted = [passage.quoted(article.text) for passage in cell.passages]
    anchors = quotation_anchors(source.id, quoted)
    former = [quotation_anchors(old, quoted) for old in source.was]
    return Testimony(
        shown,
        tuple(
            Said(
                quote,
                anchors[number],
                tuple(old[number] for old in former),
                passage_address(source.url, article, passage.spans) if source.url else None,
            )
            for number, (passage, quote) in enumerate(zip(cell.passages, shown.quotes, strict=True))
        ),
    )


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
