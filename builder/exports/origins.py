"""Origins and shared text as plain data, for briefing.json. Offsets are code points, half-open."""

from __future__ import annotations

from builder.analysis import Analysis
from builder.analysis.shared import Run, SharedText
from builder.text import Span

Json = dict[str, object]


def origins_data(analysis: Analysis) -> list[Json]:
    """All origins as written, with the chain to the end and how many pieces of evidence rest on each."""
    credited = {one.origin: one for one in analysis.flow.origins}
    out: list[Json] = []
    for origin in analysis.anchored.briefing.origins.values():
        one = credited.get(origin.id)
        out.append(
            {
                "id": origin.id,
                "name": origin.name,
                "kind": origin.kind,
                "side": origin.side,
                "via": list(origin.via),
                "source": origin.source,
                "chain": list(one.chain[1:]) if one else [],
                "evidence": one.pieces if one else 0,
                "credited_by": [
                    {"source": source, "claims": list(claims)} for source, claims in (one.nearest if one else ())
                ],
            }
        )
    return out


def shared_data(analysis: Analysis) -> list[Json]:
    """Pairs of sources with text in common; the words themselves only where a page prints them."""
    return [
        {
            "sources": list(pair.sources),
            "words": pair.words,
            "common_origins": list(pair.common),
            "note": pair.note.why if pair.note else None,
            "runs": [_run(analysis, pair, run) for run in pair.runs],
        }
        for pair in analysis.shared
    ]


def _run(analysis: Analysis, pair: SharedText, run: Run) -> Json:
    places = zip(pair.sources, (run.one, run.other), run.printed or (None, None), strict=True)
    return {"words": run.words, "places": [_place(analysis, *place) for place in places]}


def _place(analysis: Analysis, source: str, span: Span, printed: Span | None) -> Json:
    text = analysis.anchored.articles[source].text
    return {
        "source": source,
        "start": span.start,
        "end": span.end,
        "printed": printed.of(text) if printed else None,
    }
