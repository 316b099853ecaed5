"""The values ledger: for every claim with a unit the numbers that sources give, and how these go together."""

from __future__ import annotations

from dataclasses import dataclass

from builder.analysis.matrix import Matrix


@dataclass(frozen=True, slots=True)
class Entry:
    """The numbers of one claim."""

    claim: str


def ledger_of(matrix: Matrix) -> tuple[Entry, ...]:
    """The claims that have numbers, in the order of the matrix."""
    del matrix
    return ()
