"""In which order the texts were written, as far as they show it, with the reasons."""

from __future__ import annotations

from dataclasses import dataclass

from builder.model import AnchoredBriefing, Passage


@dataclass(frozen=True, slots=True)
class Earlier:
    """One text was written before another."""

    one: str
    other: str
    reason: str
    passages: tuple[Passage, ...]
    """The words that show it, of both."""


def order_of(anchored: AnchoredBriefing) -> tuple[Earlier, ...]:
    """What the texts show of the order in which they were written."""
    del anchored
    return ()
