"""From origins through sources to claims: whom every piece of evidence rests on."""

from __future__ import annotations

from dataclasses import dataclass

from builder.analysis.matrix import Matrix


@dataclass(frozen=True, slots=True)
class Flow:
    """What flows from origins to claims."""


def flow_of(matrix: Matrix) -> Flow:
    """Whom the evidence of a briefing rests on."""
    del matrix
    return Flow()
