"""What numbers.html is given."""

from __future__ import annotations

from builder.views import Chrome, ClaimLine, Plot, PlotRow, view


@view
class LedgerEntry:
    """The numbers of one claim."""

    claim: ClaimLine
    plot: Plot | None
    """Where sources give different ones."""
    rows: tuple[PlotRow, ...]
    """Else the number, in a row for each source that gives it."""
    without: str | None
    """Who gives none."""
    sayings: tuple[str, ...]
    """How the numbers go together."""


@view
class NumbersPage:
    """<briefing>/numbers.html"""

    chrome: Chrome
    summary: str
    """How many claims have numbers, and in how many these cannot both hold."""
    compared: tuple[LedgerEntry, ...]
    """Several texts give different numbers,"""
    alike: tuple[LedgerEntry, ...]
    """several give the same,"""
    single: tuple[LedgerEntry, ...]
    """or only one gives a number."""
