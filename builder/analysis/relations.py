"""How claims stand to each other: what settles, refines or conflicts with what, seen from both sides."""

from __future__ import annotations

from dataclasses import dataclass

from builder.model import Briefing


@dataclass(frozen=True, slots=True)
class Related:
    """A claim seen from another one."""

    claim: str
    """Its id."""
    how: str
    """settles, settled by, refines, refined by, conflicts with."""


def relations_of(briefing: Briefing) -> dict[str, tuple[Related, ...]]:
    """By claim, what it is related to, its own words first."""
    del briefing
    return {}
