"""Which elements of the page of origins were made by which line. Shared text is found, not written: it has none."""

from __future__ import annotations

from collections.abc import Iterator

from builder.preview.places.made import Made, Maker


def origin_places(on: Maker) -> Iterator[Made]:
    """The origins, and how a curator explains what two texts share."""
    origins = on.studied.documents.origins
    if origins is None:
        return
    for credited in on.analysis.flow.origins:
        id_ = credited.origin
        place = origins.node.locate((id_,), key=True)
        yield Made(f"#origin-{id_}", "origin", f"Origin ‘{id_}’", place, on.studied.briefing.origins[id_].name)
    for number, pair in enumerate(on.analysis.shared, 1):
        if pair.note:
            label = f"Why {' and '.join(pair.sources)} share text"
            yield Made(f".pair:nth-of-type({number}) > p", "note", label, pair.note.place, pair.note.why)
