"""Which element of a page was made by which line of which file, for those who edit these files.

An element is named by a CSS selector. It is counted only where nothing else tells it apart, in the order of the same
view models that the templates are given; then its words are told as well, so that a browser that still shows an older
page can see that something else stands there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from builder.build import Studied
from builder.diagnostics import printable
from builder.model import Passage, Quotation
from builder.pages.numbers import numbers_page
from builder.pages.overview import overview_page
from builder.pages.timeline import timeline_page
from builder.preview.places.credits import coverage_places, origin_places
from builder.preview.places.lessons import key_places, worksheet_places
from builder.preview.places.made import Made, Maker
from builder.preview.places.readings import edition_places
from builder.preview.places.testimony import claim_places, source_places
from builder.routes import BriefingRoute, ItemRoute, SiteRoute, link, path_of, route_of
from builder.views.numbers import NumbersPage
from builder.views.overview import OverviewPage
from builder.views.time import TimelinePage
from builder.words import ENGLISH, Words

MAX_WORDS = 60
"""Code points of an element's words that are told: enough to see whether it is the one that was meant."""


def places(studied: Studied, page: str, words: Words = ENGLISH) -> list[dict[str, Any]]:
    """What made the elements of a page, ready for JSON; `page` is its path below the site, `words` are
    those of its interface.

    Elements that hold others are among them; of several places of one element, each is its own. Where a briefing has
    faults only what has an id is placed, as its page is that of an earlier state. A page of the digest gets the places
    of this briefing alone.
    """
    return [_told(made) for made in _made(Maker(studied, page, words))]


def _made(on: Maker) -> Iterator[Made]:
    route = route_of(on.path)
    if isinstance(route, BriefingRoute | ItemRoute) and route.briefing != on.studied.briefing.name:
        return
    match route:
        case BriefingRoute() | ItemRoute() if on.studied.analysis is None:
            yield from _with_ids(on)
        case BriefingRoute(_, "index"):
            yield from _overview(on)
        case BriefingRoute(_, "wording"):
            yield from edition_places(on)
        case BriefingRoute(_, "numbers"):
            yield from _numbers(on)
        case BriefingRoute(_, "origins"):
            yield from origin_places(on)
        case BriefingRoute(_, "coverage"):
            yield from coverage_places(on)
        case BriefingRoute(_, "matrix"):
            yield from _matrix(on)
        case BriefingRoute(_, "timeline"):
            yield from _timeline(on)
        case BriefingRoute(_, "worksheet"):
            yield from worksheet_places(on)
        case BriefingRoute(_, "worksheet-key"):
            yield from key_places(on)
        case ItemRoute(_, "claims", id_) if id_ in on.rows:
            yield from claim_places(on, on.rows[id_])
        case ItemRoute(_, "sources", id_):
            for source in on.studied.briefing.sources:
                if source.id == id_:
                    yield from source_places(on, source)
        case SiteRoute(name):
            yield from _digest(on, name)
    if isinstance(route, BriefingRoute | ItemRoute) and on.studied.documents.front:
        yield on.front(".crumbs .briefing", "title")


def _told(made: Made) -> dict[str, Any]:
    return {
        "selector": made.selector,
        "what": made.what,
        "label": printable(made.label),
        "file": made.place.file,
        "line": made.place.line,
        "column": made.place.column,
        "words": made.words[:MAX_WORDS],
        "link": made.link,
    }


def _with_ids(on: Maker) -> Iterator[Made]:
    """What can be told without knowing the order of anything."""
    briefing = on.studied.briefing
    for claim in briefing.claims:
        selector = f"#claim-{claim.id}, {on.to('claims', claim.id)}:not(.prose a)"
        if on.path == path_of(ItemRoute(briefing.name, "claims", claim.id)):
            selector += ", h1"
        yield Made(selector, "claim", f"Claim ‘{claim.id}’", on.lines.claim(claim.id))
    for event in briefing.events:
        yield Made(f"#event-{event.id}", "event", f"Event ‘{event.id}’", on.lines.event(event.id))
    for source in briefing.sources:
        yield on.source(f"#text-{source.id}, {on.to('sources', source.id)}:not(.prose a)", source)


# ---- overview --------------------------------------------------------------------------------------------------


def _overview(on: Maker) -> Iterator[Made]:
    briefing = on.studied.briefing
    view = overview_page(on.folder).view
    assert isinstance(view, OverviewPage)
    keys = ("date", *(["place"] if briefing.place else []))
    yield from (on.front(".hero .kicker", key) for key in keys)
    yield on.front(".hero h1", "title")
    yield on.front(".hero .stand", "summary")
    updated = on.studied.documents.front is not None and on.studied.documents.front.updated is not None
    yield on.front(".hero .updated", "updated" if updated else "published")
    for block in on.lines.prose:
        yield Made(f".prose.columns > :nth-child({block.number})", "prose", "Prose", block.place, block.words)
    for row in on.rows.values():
        to = on.to("claims", row.claim.id)
        elsewhere = ".prose a, .duel a, .figures a, .pattern a"
        listed = f".topics li:has(> {to})"
        claim = on.claim(f"{to}:not({elsewhere}), {listed}", row)
        yield replace(claim, link=on.address("claims", row.claim.id))
    yield from _disputes(on, view)
    yield from _figures(on, view)
    topics = {topic.id: topic for topic in briefing.topics}
    for group in view.topics:
        yield on.topic(f"#topic-{group.id}", topics[group.id])
    for number, (source, card) in enumerate(zip(briefing.sources, view.sources, strict=True), 1):
        to = on.to("sources", source.id)
        yield on.source(f"{to}:not(.prose a), .sources > li:has(> h3 > {to})", source)
        yield from on.headline(f".sources > li:nth-child({number}) > .headline > q", source, card.headline)
    yield from on.chart([view.chart])
    yield from on.corrections("#corrections > .corrections")


def _disputes(on: Maker, view: OverviewPage) -> Iterator[Made]:
    for duel in view.disputes:
        line, row = duel.claim, on.rows[duel.claim.id]
        item = f".duel > li:has(> h3 > {on.to('claims', line.id)})"
        yield on.question(item, row)
        spoken = [(row.cells[voice.cell.column - 1], voice.cell) for voice in duel.voices]
        for number, (cell, shown) in enumerate(spoken, 1):
            said = f"{item} > ul > li:nth-child({number})"
            yield from on.evidence(said, row, cell, shown.source.letter)
            for index, quote in enumerate(shown.quotes):
                selector = f"{said} > div > :nth-child({index + 1}) > q"
                yield from on.quoted(selector, row, shown.source.letter, quote)


def _figures(on: Maker, view: OverviewPage) -> Iterator[Made]:
    for figure in view.figures:
        row = on.rows[figure.claim.id]
        item = f".figures > li:has(> h3 > {on.to('claims', figure.claim.id)})"
        yield on.question(item, row)
        for number, value in enumerate(figure.values, 1):
            selector = f"{item} > ul > li:nth-child({number})"
            for siglum in value.sources:
                yield from on.evidence(selector, row, on.by_letter(row, siglum.letter), siglum.letter)
            yield from on.quoted(f"{selector} > q", row, value.sources[0].letter, value.words)


# ---- numbers ---------------------------------------------------------------------------------------------------


def _numbers(on: Maker) -> Iterator[Made]:
    view = numbers_page(on.folder).view
    assert isinstance(view, NumbersPage)
    for entry in (entry for topic in (*view.compared, *view.alike, *view.single) for entry in topic.entries):
        row, item = on.rows[entry.claim.id], f"#claim-{entry.claim.id}"
        yield on.question(item, row)
        rows = [
            (f"{item} ol > li:nth-child({n})", one) for n, one in enumerate(entry.plot.rows if entry.plot else (), 1)
        ]
        rows += [(f"{item} > p:nth-of-type({n})", one) for n, one in enumerate(entry.rows, 1)]
        for selector, one in rows:
            for letter in (by.source.letter for by in one.given):
                yield from on.evidence(selector, row, on.by_letter(row, letter), letter)
            yield from on.quoted(f"{selector} q", row, one.given[0].source.letter, one.given[0].words)


# ---- matrix ----------------------------------------------------------------------------------------------------


def _matrix(on: Maker) -> Iterator[Made]:
    briefing, folder = on.studied.briefing, on.folder
    for number, source in enumerate(briefing.sources, 1):
        yield on.source(f".matrix > thead th:nth-child({number + 1})", source)
    for topic in briefing.topics:
        if on.analysis.matrix.of_topic(topic.id):
            yield on.topic(f"#topic-{topic.id} > .topic", topic)
    for id_, line in folder.lines.items():
        row = on.rows[id_]
        yield on.claim(f"#claim-{id_}", row)
        for cell, shown in zip(row.cells, line.cells, strict=True):
            selector = f"#claim-{id_} > :nth-child({shown.column + 1})"
            name = shown.source.name if cell.speaks else shown.source.letter  # which is all that a silent cell shows
            yield from on.evidence(selector, row, cell, name)
            quotations = cell.evidence.quotations if cell.evidence else ()
            for index, (quotation, quote) in enumerate(zip(quotations, shown.quotes, strict=True), 1):
                label = f"{shown.source.letter} to ‘{id_}’"
                yield on.quotation(f"{selector} > :nth-child({index} of q)", label, quotation, quote)


# ---- timeline --------------------------------------------------------------------------------------------------


def _timeline(on: Maker) -> Iterator[Made]:
    briefing, anchored, folder = on.studied.briefing, on.analysis.anchored, on.folder
    view = timeline_page(folder).view
    assert isinstance(view, TimelinePage)
    yield from on.chart(view.charts)
    for event in briefing.events:
        item = f"#event-{event.id}"
        yield on.event(item, event)
        if event.note:
            place = on.lines.event(event.id, "note")
            yield Made(f"{item} > h4 + .muted", "note", f"Note on event ‘{event.id}’", place, event.note)
        pairs = zip(event.quotations, anchored.events[event.id], strict=True)
        for index, ((_, quotation), passage) in enumerate(pairs, 1):
            said = folder.source_quote(passage)
            label = f"{said.source.letter} on event ‘{event.id}’"
            selector = f"{item} > :nth-child({index} of .said) q"
            yield on.quotation(selector, label, quotation, said.quote)
    for row in on.rows.values():
        if row.claim.event:
            yield on.claim(f"#event-{row.claim.event} {on.to('claims', row.claim.id)}", row)
    for source in briefing.sources:
        yield on.source(f"#text-{source.id}, {on.to('sources', source.id)}", source)
        kept = []
        if source.id in anchored.horizons and source.known_through and source.known_through.quotation:
            kept.append((source.known_through.quotation, anchored.horizons[source.id], "on what it knew"))
        if source.id in anchored.outlooks and source.looks_ahead:
            kept.append((source.looks_ahead.quotation, anchored.outlooks[source.id], "on what lay ahead"))
        for index, (quotation, passage, about) in enumerate(kept, 1):
            selector = f"#text-{source.id} > :nth-child({index} of .said) q"
            yield on.quotation(selector, f"{source.siglum} {about}", quotation, folder.quote(passage))
    yield from _order(on, view)


def _order(on: Maker, view: TimelinePage) -> Iterator[Made]:
    """The words that show which text was written before which."""
    printed = {on.folder.quote(passage): (label, written) for label, written, passage in _shown_in_time(on)}
    for number, line in enumerate((*view.order, *view.contrary), 1):
        quotes = [said.quote for reason in line.reasons for said in reason.quotes]
        for index, quote in enumerate(quotes, 1):
            label, quotation = printed[quote]
            selector = f".order > li:nth-child({number}) > :nth-child({index} of .said) q"
            yield on.quotation(selector, label, quotation, quote)


def _shown_in_time(on: Maker) -> Iterator[tuple[str, Quotation, Passage]]:
    """All that can show when a text was written."""
    anchored = on.analysis.anchored
    sigla = {source.id: source.siglum for source in on.studied.briefing.sources}
    for row in on.rows.values():
        for cell in row.cells if row.claim.event else ():
            pairs = zip(cell.evidence.quotations if cell.evidence else (), cell.passages, strict=True)
            yield from ((f"{cell.source.siglum} to ‘{row.claim.id}’", *pair) for pair in pairs)
    for event in on.studied.briefing.events:
        for (id_, quotation), passage in zip(event.quotations, anchored.events[event.id], strict=True):
            yield f"{sigla[id_]} on event ‘{event.id}’", quotation, passage
    for source in on.studied.briefing.sources:
        if source.id in anchored.horizons and source.known_through and source.known_through.quotation:
            yield f"{source.siglum} on what it knew", source.known_through.quotation, anchored.horizons[source.id]
        if source.id in anchored.outlooks and source.looks_ahead:
            yield f"{source.siglum} on what lay ahead", source.looks_ahead.quotation, anchored.outlooks[source.id]


# ---- digest ----------------------------------------------------------------------------------------------------


def _digest(on: Maker, page: str) -> Iterator[Made]:
    """What a page of the site itself shows of this one briefing."""
    if on.studied.analysis is None:
        return
    name = on.studied.briefing.name
    to = f'a[href="{link(on.path, path_of(BriefingRoute(name, "index")))}"]'
    if page == "index":
        yield on.front(f"h2:has(> {to})", "title")
        yield on.front(f"h2:has(> {to}) + .stand", "summary")
        yield on.front(f".kicker:has(+ h2 > {to})", "date")
    elif page == "archive":
        yield on.front(f"main {to}", "title")
    elif page == "corrections":
        # Sorted as the page sorts those of all briefings: what has one date stays in its briefing's order.
        lines = zip(on.newest, on.folder.corrections(), strict=True)
        newest = sorted(lines, key=lambda pair: pair[1].datetime, reverse=True)
        for number, (index, _) in enumerate(newest, 1):
            yield on.correction(f".corrections > :nth-child({number} of :has(> .kicker > {to}))", index)
