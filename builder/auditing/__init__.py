"""What no claim rests on yet, for the curator: quotations, numbers, shared text, silences. Each with what to do.

Everything here follows from the articles and the claim maps. What is found is a candidate until a claim map says so.
"""

from __future__ import annotations

from collections.abc import Collection

from builder.analysis import Analysis
from builder.analysis.numbers import comparable, numbers_of
from builder.auditing.entries import Proposals
from builder.auditing.finding import Section
from builder.auditing.numbers import numbers
from builder.auditing.quotations import quotations
from builder.auditing.resting import rested
from builder.auditing.sharing import sharing
from builder.auditing.silences import silences
from builder.auditing.utterances import utterances

MOST_NUMBERS = 2000
"""Numbers that are compared with each other, the first ones: every two of a unit are looked at."""


def audit_of(analysis: Analysis, taken: Collection[str]) -> tuple[Section, ...]:
    """All that was found in a briefing, in the order in which a curator should look at it.

    `taken` are the ids that no proposed claim may have.
    """
    anchored = analysis.anchored
    rest = rested(anchored)
    proposals = Proposals(anchored, taken)
    printed = numbers_of(anchored)
    return (
        quotations(anchored, analysis.families, rest, proposals),
        numbers(anchored, printed, comparable(printed[:MOST_NUMBERS]), proposals),
        sharing(anchored, analysis.shared),
        silences(analysis.matrix),
        utterances(anchored, analysis.families, rest),
    )
