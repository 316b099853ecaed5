"""Which elements of the pages of origins and of coverage were made by which line: what they count, with its links.

Shared text is found, not written: it has no line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from builder.pages.coverage import coverage_page
from builder.pages.origins import origins_page
from builder.pages.shared import telling
from builder.preview.places.made import Made, Maker
from builder.views import Link
from builder.views.coverage import CoveragePage
from builder.views.origins import OriginsPage


def origin_places(on: Maker) -> Iterator[Made]:
    """The origins, how a curator explains what two texts share, and the claims that rest on so many."""
    written = on.studied.documents.origins
    if written:
        for credited in on.analysis.flow.origins:
            id_ = credited.origin
            place = written.node.locate((id_,), key=True)
            yield Made(f"#origin-{id_}", "origin", f"Origin ‘{id_}’", place, on.studied.briefing.origins[id_].name)
    for number, pair in enumerate(telling(on.analysis.shared), 1):
        if pair.note:
            label = f"Why {' and '.join(pair.sources)} share text"
            yield Made(f".pair:nth-of-type({number}) > p", "note", label, pair.note.place, pair.note.why)
    view = origins_page(on.folder).view
    assert isinstance(view, OriginsPage)
    yield from _claims(on, (line.claim for group in view.independent for line in group.claims), ".behind")
    if view.ends:
        yield from _sources(on, ".counts")


def coverage_places(on: Maker) -> Iterator[Made]:
    """The claims that numbers count, and the sources."""
    view = coverage_page(on.folder).view
    assert isinstance(view, CoveragePage)
    tables = (view.pairs, view.silences, view.sides)
    details = [*view.alone, *(detail for table in tables if table for detail in table.details)]
    listed = (link for detail in details for group in detail.groups for link in group.claims)
    yield from _claims(on, [*listed, *(one.claim for one in (view.pairs.partings if view.pairs else ()))], ".listing")
    yield from _sources(on, ".shares")


def _claims(on: Maker, listed: Iterable[Link], inside: str) -> Iterator[Made]:
    shown = {link.href for link in listed}
    for id_, row in on.rows.items():
        href = on.address("claims", id_)
        if href in shown:
            yield replace(on.claim(f"{inside} {on.to('claims', id_)}", row), link=href)


def _sources(on: Maker, inside: str) -> Iterator[Made]:
    for source in on.studied.briefing.sources:
        yield on.source(f"{inside} {on.to('sources', source.id)}", source)
