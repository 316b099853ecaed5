"""How numbers, texts and sources compare as plain data, for briefing.json. Offsets are code points, half-open."""

from __future__ import annotations

from decimal import Decimal

from builder.analysis import Analysis
from builder.analysis.ledger import Given
from builder.analysis.testimony import Testimony
from builder.values import DATE

Json = dict[str, object]


def numbers_data(analysis: Analysis) -> list[Json]:
    """The values ledger: for each claim with a unit what sources give, and how every two of these go together."""
    return [
        {
            "claim": entry.claim,
            "unit": entry.unit,
            "given": [_given(one) for one in entry.given],
            "pairs": [
                {"one": entry.given.index(pair.one), "other": entry.given.index(pair.other), "fit": pair.fit}
                for pair in entry.pairs
            ],
            "without": list(entry.without),
        }
        for entry in analysis.ledger
    ]


def _given(given: Given) -> Json:
    value = given.value
    low, high = (None, None) if value.unit == DATE else (value.low, value.high)
    return {
        "value": value.text,
        "low": _plain(low),
        "high": _plain(high),
        "sources": [cell.source.id for cell in given.cells],
    }


def _plain(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def order_data(analysis: Analysis) -> list[Json]:
    """Which text was written before which, each with what shows it."""
    texts = {id_: article.text for id_, article in analysis.anchored.articles.items()}
    return [
        {
            "earlier": one.one,
            "later": one.other,
            "reason": one.reason,
            "event": one.event,
            "claim": one.claim,
            "shown_by": [
                {
                    "source": passage.source,
                    "exact": passage.quoted(texts[passage.source]).strip(),
                    "start": passage.span.start,
                    "end": passage.span.end,
                }
                for passage in one.passages
            ],
        }
        for one in analysis.order
    ]


def agreement_data(analysis: Analysis) -> list[Json]:
    """Every two sources that speak to a claim both, with these claims by how the two stand to each other."""
    return [
        {
            "sources": [pair.one, pair.other],
            "alike": list(pair.alike),
            "qualified": list(pair.qualified),
            "contradicted": list(pair.contradicted),
        }
        for pair in analysis.agreements
        if pair.shared
    ]


def testimony_data(testimony: Testimony) -> Json:
    """What one source carries, beside what is said of it."""
    return {
        "words_rested_on": testimony.rests.words,
        "alone": list(testimony.alone),
        "sides": [{"side": side, "claims": list(claims)} for side, claims in testimony.sides.items()],
    }
