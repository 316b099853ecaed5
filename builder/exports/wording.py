"""Utterances and what stands inside quotation marks as plain data, for briefing.json: offsets are code points."""

from __future__ import annotations

from collections.abc import Iterable

from builder.analysis import Analysis
from builder.analysis.apparatus import Collation, Reading
from builder.analysis.quotations import QuotedPassage
from builder.text import Span

Json = dict[str, object]


def utterances_data(analysis: Analysis) -> list[Json]:
    """The utterances with two readings or more, aligned with the lemma place by place."""
    return [_utterance(analysis, collation) for collation in analysis.apparatus]


def _utterance(analysis: Analysis, collation: Collation) -> Json:
    texts = [analysis.anchored.articles[reading.source.id].text for reading in collation.readings]
    beside = collation.beside
    return {
        "claim": collation.claim,
        "by": collation.by,
        "lemma": beside.lemma,
        "aligned": beside.aligned,
        "apart": sorted(beside.apart),
        "readings": [_reading(one, text) for one, text in zip(collation.readings, texts, strict=True)],
        "places": [
            [
                {"standing": cell.standing, "spans": [[part.span.start, part.span.end] for part in cell.parts]}
                for cell in place.cells
            ]
            for place in collation.places
        ],
    }


def _reading(reading: Reading, text: str) -> Json:
    return {
        "source": reading.source.id,
        "mode": reading.mode,
        "via": list(reading.chain),
        "parts": [{"exact": part.span.of(text), **_place(part.span)} for part in reading.parts],
    }


def quoted_data(analysis: Analysis) -> list[Json]:
    """Families of passages inside quotation marks, without their words: claims print those that they rest on."""
    return [
        {
            "kind": family.kind,
            "claims": list(family.claims),
            "left_out": family.left_out,
            "passages": [_passage(one, claims) for one, claims in zip(family.members, family.resting, strict=True)],
        }
        for family in analysis.families
    ]


def _passage(passage: QuotedPassage, claims: Iterable[str]) -> Json:
    return {
        "source": passage.source,
        **_place(passage.span),
        "zone": passage.zone,
        "depth": passage.depth,
        "closed": passage.closed,
        "cue": _place(passage.cue) if passage.cue else None,
        "in_body": passage.in_body,
        "claims": list(claims),
    }


def _place(span: Span) -> Json:
    return {"start": span.start, "end": span.end}
