"""Numbers that the articles print, with comparator and unit, and those that no claim uses yet."""

from __future__ import annotations

from dataclasses import dataclass

from builder.model import AnchoredBriefing
from builder.text import Span
from builder.values import Value


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number in an article."""

    source: str
    span: Span
    """Comparator, number and unit: “more than five hours”."""
    value: Value
    unit: str
    """In the singular, as the unit is looked up: `hour`; of a count, what is counted: `student`."""
    sentence: Span
    used_by: tuple[str, ...]
    """The claims whose evidence rests on it, in the order of the matrix."""
    left_out: bool = False
    """Whether the curator knowingly lets no claim rest on it."""


@dataclass(frozen=True, slots=True)
class Comparable:
    """Numbers of several sources that may speak of one thing, of which no claim uses some."""

    unit: str
    numbers: tuple[PrintedNumber, ...]
    """In the order of the sources, then of the article."""


def numbers_of(anchored: AnchoredBriefing) -> tuple[PrintedNumber, ...]:
    """All numbers with a unit in all articles, in the order of the sources."""
    del anchored
    return ()


def comparable(numbers: tuple[PrintedNumber, ...]) -> tuple[Comparable, ...]:
    """Numbers that could be compared and are not yet."""
    del numbers
    return ()
