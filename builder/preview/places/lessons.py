"""Which elements of a worksheet and of its key were made by which line."""

from __future__ import annotations

from collections.abc import Iterator

from builder.analysis.matrix import Row
from builder.pages.worksheet import chosen, worksheet_pages
from builder.preview.places.made import Made, Maker
from builder.views.worksheet import Solution, Worksheet, WorksheetKey


def worksheet_places(on: Maker) -> Iterator[Made]:
    """What made the worksheet."""
    sheet, _ = _views(on)
    yield on.front("h1", "title")
    for number, (source, text) in enumerate(zip(on.studied.briefing.sources, sheet.texts, strict=True), 1):
        item = f".texts > li:nth-child({number})"
        yield on.source(item, source)
        yield from on.headline(f"{item} > div > q", source, text.headline)
    yield from _exercises(on, ":nth-child({} of blockquote)")


def key_places(on: Maker) -> Iterator[Made]:
    """What made its key."""
    yield on.front("h1", "title")
    yield from _exercises(on, ":nth-child({} of :has(> q)) > q")


def _views(on: Maker) -> tuple[Worksheet, WorksheetKey]:
    sheet, key = (page.view for page in worksheet_pages(on.folder))
    assert isinstance(sheet, Worksheet)
    assert isinstance(key, WorksheetKey)
    return sheet, key


def _exercises(on: Maker, quotation: str) -> Iterator[Made]:
    """The exercises, which show the same on both; `quotation` selects one in its passage, by its number."""
    _, key = _views(on)
    for row, solved in zip(chosen(on.analysis.matrix.rows), key.solved, strict=True):
        item = f"#e{solved.number}"
        yield on.claim(f"{item} > h3", row)
        for number, solution in enumerate(solved.solutions, 1):
            yield from _passage(on, row, solution, f"{item} > .passage:nth-of-type({number})", quotation)


def _passage(on: Maker, row: Row, solution: Solution, item: str, quotation: str) -> Iterator[Made]:
    """What one text says: to the claim of the exercise or, where it is silent on that, to another."""
    letter, about = solution.cell.source.letter, solution.about
    yield from on.evidence(item, row, on.by_letter(row, letter), letter)
    told = next(one for id_, one in on.rows.items() if on.folder.to_claim(id_) == about.href) if about else row
    evidence = on.by_letter(told, letter).evidence
    label = f"{letter} to ‘{told.claim.id}’"
    # Of a silent text one quotation is enough.
    pairs = zip(evidence.quotations if evidence else (), solution.quotes, strict=False)
    for number, (written, quote) in enumerate(pairs, 1):
        yield on.quotation(f"{item} > div > {quotation.format(number)}", label, written, quote)
