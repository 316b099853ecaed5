"""Which elements were made by which line: readings side by side and as an edition, passages inside quotation marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from builder import views
from builder.analysis.apparatus import Collation, Reading
from builder.analysis.matrix import Row
from builder.analysis.quotations import Kind, QuotedPassage
from builder.diagnostics import Place
from builder.model import Quotation
from builder.pages.wording import collation_of, wording_page
from builder.preview.places.made import Made, Maker
from builder.text import Span
from builder.views.wording import UtteranceLine, WordingPage


def collation_places(on: Maker, row: Row) -> Iterator[Made]:
    """The readings side by side."""
    view = collation_of(on.folder, row.claim.id)
    if view is None:
        return
    collation = on.folder.collations[row.claim.id]
    yield Made("#readings", "claim", f"Claim ‘{row.claim.id}’", on.lines.claim(row.claim.id, "utterance"))
    for number, (at, line) in enumerate(zip(collation.order, view.rows, strict=True), 1):
        reading = collation.readings[at]
        item = f"#readings tr:nth-child({number})"
        cell = on.by_letter(row, reading.source.siglum)
        yield from on.evidence(item, row, cell, on.folder.siglum(reading.source).name)
        yield on.source(f"{item} .sig", reading.source)
        cells = [one.quote for one in line.cells] or [line.whole]
        for index, quote in enumerate(cells, 1):
            if quote:
                yield _words(on, row, reading, f"{item} > td:nth-of-type({index}) > q", quote)


def edition_places(on: Maker) -> Iterator[Made]:
    """The page of all utterances."""
    view = wording_page(on.folder).view
    assert isinstance(view, WordingPage)
    for line in view.utterances:
        collation, row = on.folder.collations[line.id], on.rows[line.id]
        item = f"#utterance-{line.id}"
        yield Made(item, "claim", f"Claim ‘{line.id}’", on.lines.claim(line.id, "utterance"))
        yield replace(on.claim(f"{item} > h3 > a", row), link=on.address("claims", line.id))
        yield _words(on, row, collation.lemma, f"{item} > div > blockquote", line.text)
        yield from _entries(on, row, collation, line, f"{item} > .entries")
    yield from _families(on)


def _entries(on: Maker, row: Row, collation: Collation, line: UtteranceLine, item: str) -> Iterator[Made]:
    readings = {(reading.source.siglum, reading.number): reading for reading in collation.readings}
    for number, entry in enumerate(line.entries, 1):
        selector = f"{item} > li:nth-child({number})"
        lemma = entry.lemma or entry.after
        if lemma:
            yield _words(on, row, collation.lemma, f"{selector} > {'q' if entry.lemma else '.muted > q'}", lemma)
        for index, variant in enumerate(entry.variants, 1):
            if variant.words:
                first = variant.witnesses[0]
                reading = readings[first.source.letter, int(first.number or 0)]
                yield _words(on, row, reading, f"{selector} > :nth-child({index} of .variant) > q", variant.words)


def _words(on: Maker, row: Row, reading: Reading, selector: str, quote: views.Quote) -> Made:
    """Words of a reading: where it is written that they are, or else the quotation that holds them."""
    evidence = on.by_letter(row, reading.source.siglum).evidence
    assert evidence is not None
    quotation = evidence.quotations[max(0, reading.number - 1)]
    made = on.quotation(selector, f"{reading.source.siglum} to ‘{row.claim.id}’", quotation, quote)
    return replace(made, place=_place(on, quotation))


def _place(on: Maker, quotation: Quotation) -> Place:
    return on.lines.key(quotation.reading_place) if quotation.reading_place else on.lines.quotation(quotation)


# ---- inside quotation marks ------------------------------------------------------------------------------------


def _families(on: Maker) -> Iterator[Made]:
    """What stands inside quotation marks: each passage is shown because of the quotations that lie in it."""
    numbers: Counter[Kind] = Counter()
    for family in on.analysis.families:
        if not family.claims:
            continue
        numbers[family.kind] += 1
        item = f"#quoted-{family.kind.name.lower()} + ul > li:nth-child({numbers[family.kind]})"
        for id_ in family.claims:
            claim = on.claim(f"{item} > .on > {on.to('claims', id_)}", on.rows[id_])
            yield replace(claim, link=on.address("claims", id_))
        for number, (member, claims) in enumerate(zip(family.members, family.resting, strict=True), 1):
            said = f"{item} > .said:nth-of-type({number})"
            yield from _inside(on, member, claims, f"{said} .words > q")


def _inside(on: Maker, member: QuotedPassage, claims: Iterable[str], selector: str) -> Iterator[Made]:
    """The quotations of claims that have words of a passage. Who speaks is found, not written: it has no line."""
    span = member.span
    text = on.analysis.anchored.articles[member.source].text
    for id_ in claims:
        cell = next(cell for cell in on.rows[id_].cells if cell.source.id == member.source)
        pairs = zip(cell.evidence.quotations if cell.evidence else (), cell.passages, strict=True)
        for quotation, passage in pairs:
            cut = (Span(max(p.span.start, span.start), min(p.span.end, span.end)) for p in passage.parts)
            words = next((one.of(text) for one in cut if one.start < one.end), "")
            if any(map(str.isalnum, words)):
                label = f"Quotation of {cell.source.siglum} to ‘{id_}’"
                yield Made(selector, "quotation", label, on.lines.quotation(quotation), words)
