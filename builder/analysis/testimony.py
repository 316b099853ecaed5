"""Which sources carry what: claims that one carries alone, pairs that agree, whose statements each of them prints."""

from __future__ import annotations

from dataclasses import dataclass

from builder.analysis.matrix import Matrix


@dataclass(frozen=True, slots=True)
class Testimony:
    """What one source carries."""

    source: str


def testimony_of(matrix: Matrix) -> tuple[Testimony, ...]:
    """What each source carries, counted and never scored."""
    del matrix
    return ()
