"""Which elements of a claim's page and of a source's page were made by which line: what texts say, word by word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from builder import views
from builder.analysis.matrix import Cell, Row
from builder.article import Article, Paragraph, Zone
from builder.model import Passage, Quotation, Source
from builder.pages.claim import claim_page
from builder.pages.source import source_page
from builder.preview.places.made import Made, Maker
from builder.preview.places.readings import collation_places
from builder.quoting import anchor_of
from builder.text import Span
from builder.views.claim import ClaimPage
from builder.views.source import Excerpt, Fact, Skipped, SourcePage

FACTS = {
    "outlet": "Outlet",
    "published": "Published",
    "captured": "Page saved",
    "author": "Author",
    "known_through": "Known through",
    "looks_ahead": "Still ahead",
    "via": "Credit for the whole text",
    "licence": "Licence",
    "article": "File",
}
"""Which facts on a source's page are written in its entry, by key, and what curators are told of them. The others are
computed, or have places of their own."""

WITHIN = {"known_through": "date", "looks_ahead": "event"}
"""Of an entry with several keys, the one that the fact shows."""

KEPT = {"known_through": "on what it knew", "looks_ahead": "on what lay ahead"}
"""What is said of the quotations in a source's own entry, by its key."""

# ---- a claim's page --------------------------------------------------------------------------------------------


def claim_places(on: Maker, row: Row) -> Iterator[Made]:
    """What made the page of a claim."""
    briefing, claim = on.studied.briefing, row.claim
    index = next(number for number, id_ in enumerate(on.rows) if id_ == claim.id)
    view = claim_page(on.folder, index).view
    assert isinstance(view, ClaimPage)
    yield on.claim("h1", row)
    yield Made(".testimony, .plot, .wordings", "claim", f"Claim ‘{claim.id}’", on.lines.claim(claim.id))
    yield from (
        on.topic("main > .kicker > :nth-child(1)", topic) for topic in briefing.topics if topic.id == claim.topic
    )
    yield from (
        on.event("main > .kicker > :nth-child(2)", event) for event in briefing.events if event.id == claim.event
    )
    for number, r in enumerate(view.plot.rows if view.plot else (), 1):
        selector = f".plot ol > li:nth-child({number})"
        for letter in (by.source.letter for by in r.given):
            yield from on.evidence(selector, row, on.by_letter(row, letter), letter)
        yield from on.quoted(f"{selector} q", row, r.given[0].source.letter, r.given[0].words)
    yield from collation_places(on, row)
    for number, said in enumerate(view.wordings, 1):
        selector, letter = f".wordings > li:nth-child({number})", said.source.letter
        yield from on.evidence(selector, row, on.by_letter(row, letter), letter)
        yield from on.quoted(f"{selector} > div > blockquote", row, letter, said.quote)
    for one in (*view.speaking, *view.silent):
        yield from _said(on, row, one.cell)
    for group in view.quiet:
        for shown in group.cells:
            yield from _said(on, row, shown)
    if claim.note:
        yield Made(".prose.note", "note", f"Note on ‘{claim.id}’", on.lines.claim(claim.id, "note"))
    yield from on.corrections(".rail .corrections", claim.id)
    for other in view.related:
        yield on.claim(f".related {on.to('claims', other.claim.id)}", on.rows[other.claim.id])
    linked = [other for other in (index - 1, index + 1) if 0 <= other < len(on.rows)]
    rows = list(on.rows.values())
    yield from (on.claim(f".pager > {on.to('claims', rows[other].claim.id)}", rows[other]) for other in linked)


def _said(on: Maker, row: Row, shown: views.Cell) -> Iterator[Made]:
    """What one text says to a claim, in the list of all of them."""
    letter = shown.source.letter
    cell = on.by_letter(row, letter)
    item = f"#{shown.source.anchor}"
    yield on.source(f"{item} .sig, .plot {on.to('sources', cell.source.id)}", cell.source)
    yield from on.evidence(item, row, cell, on.folder.siglum(cell.source).name)
    quotations = cell.evidence.quotations if cell.evidence else ()
    for number, (quotation, quote) in enumerate(zip(quotations, shown.quotes, strict=True), 1):
        label = f"{letter} to ‘{row.claim.id}’"
        yield on.quotation(f"{item} > div > figure:nth-of-type({number}) > blockquote", label, quotation, quote)


# ---- a source's page -------------------------------------------------------------------------------------------


def source_places(on: Maker, source: Source) -> Iterator[Made]:
    """What made the page of a source. An excerpt holds the words of several quotations: each is a place of it."""
    folder = on.folder
    view = source_page(folder, source).view
    assert isinstance(view, SourcePage)
    named = f"of source {source.siglum}"
    yield on.source("main > .kicker", source)
    for other in on.studied.briefing.sources:
        if other is not source:
            yield on.source(on.to("sources", other.id), other)
    headline = next((fact.quote for fact in view.facts if fact.key == "headline"), None)
    if headline:
        yield from on.headline("h1", source, headline)
    elif source.outlet:
        yield Made("h1", "outlet", f"Outlet {named}", on.lines.source(source.id, "outlet"), source.outlet)
    if source.note:
        yield Made("h1 + .intro", "note", f"Note {named}", on.lines.source(source.id, "note"), source.note)
    yield from _facts(on, source, view.facts)
    for row, cell in folder.column(source.id):
        page = on.address("claims", row.claim.id)
        if not cell.speaks:
            yield from _listed(on, row, cell, ".rail li", page)
        if cell.passages:
            yield from _listed(on, row, cell, ".notes > li", f"{page}#{folder.siglum(source).anchor}")
    yield from _excerpts(on, source, view.excerpts)


def _listed(on: Maker, row: Row, cell: Cell, item: str, address: str) -> Iterator[Made]:
    """A claim in a list, with what the source says to it; `address` is its link there."""
    to = f'a[href="{address}"]'
    shown = [on.claim(to, row), *on.evidence(f"{item}:has(> {to})", row, cell, row.claim.text)]
    yield from (replace(made, link=address) for made in shown)


def _facts(on: Maker, source: Source, facts: Sequence[Fact]) -> Iterator[Made]:
    entry = on.studied.documents.sources
    written = entry.node.at((source.id,)).keys if entry else {}
    spoken = {
        "known_through": source.known_through.quotation if source.known_through else None,
        "looks_ahead": source.looks_ahead.quotation if source.looks_ahead else None,
    }
    for number, fact in enumerate(facts, 1):
        selector = f".facts-list > dd:nth-of-type({number})"
        if fact.key in FACTS and fact.key in written:
            path = [fact.key, WITHIN[fact.key]] if fact.key in WITHIN else [fact.key]
            label = f"{FACTS[fact.key]} of source {source.siglum}"
            yield Made(selector, "fact", label, on.lines.source(source.id, *path), fact.text)
        quotation = spoken.get(fact.key)
        if fact.quote and quotation:
            label = f"{source.siglum} {KEPT[fact.key]}"
            yield on.quotation(f"{selector} > q", label, quotation, fact.quote)
        elif fact.quote:
            yield from on.headline(f"{selector} > q", source, fact.quote)


def _excerpts(on: Maker, source: Source, shown: Sequence[Excerpt | Skipped]) -> Iterator[Made]:
    article = on.studied.articles[source.id]
    anchors = {part.anchor for part in shown if isinstance(part, Excerpt)}
    quoted: dict[int, list[tuple[str, Quotation, Passage]]] = defaultdict(list)
    for one in _quoted(on, source):
        for number in _touched(article, one[2]):
            quoted[number].append(one)
    for number, paragraph in enumerate(article.paragraphs):
        anchor = anchor_of(paragraph)
        if paragraph.zone is Zone.BOILERPLATE or anchor not in anchors:
            continue
        selector = f"#{anchor} blockquote"
        if paragraph.zone is Zone.HEADLINE:
            words = paragraph.span.of(article.text)
            label = f"Headline of {source.siglum}"
            yield Made(selector, "headline", label, on.lines.headline(source, paragraph), words)
        for label, quotation, passage in quoted[number]:
            inside = _inside(passage, paragraph)
            if inside:
                words = inside[0].of(article.text)
                yield Made(selector, "quotation", f"Quotation of {label}", on.lines.quotation(quotation), words)


def _touched(article: Article, passage: Passage) -> list[int]:
    """The paragraphs of which a page may show something because of a quotation, by their index."""
    spans = [*passage.spans, passage.before, passage.after]
    ends = [
        (article.paragraph_at(one.start), article.paragraph_at(one.end - 1)) for one in spans if one.start < one.end
    ]
    return sorted({number for first, last in ends for number in range(first, last + 1)})


def _inside(passage: Passage, paragraph: Paragraph) -> list[Span]:
    """What a page shows of a paragraph because of a quotation: words of it, or else words around it."""
    span = paragraph.span
    for spans in (passage.spans, [passage.before, passage.after]):
        cut = [Span(max(one.start, span.start), min(one.end, span.end)) for one in spans]
        if found := [one for one in cut if one.start < one.end]:
            return found
    return []


def _quoted(on: Maker, source: Source) -> Iterator[tuple[str, Quotation, Passage]]:
    """Every quotation of a source with its name and where it stands: those of claims, of events and its own."""
    anchored, letter = on.analysis.anchored, source.siglum
    for claim in on.studied.briefing.claims:
        for evidence in claim.evidence:
            if evidence.source == source.id:
                found = anchored.evidence[claim.id, source.id]
                for quotation, passage in zip(evidence.quotations, found, strict=True):
                    yield f"{letter} to ‘{claim.id}’", quotation, passage
    for event in on.studied.briefing.events:
        for (said, quotation), passage in zip(event.quotations, anchored.events[event.id], strict=True):
            if said == source.id:
                yield f"{letter} on event ‘{event.id}’", quotation, passage
    if source.known_through and source.known_through.quotation:
        yield f"{letter} on what it knew", source.known_through.quotation, anchored.horizons[source.id]
    if source.looks_ahead:
        yield f"{letter} on what lay ahead", source.looks_ahead.quotation, anchored.outlooks[source.id]
