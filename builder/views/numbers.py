"""What numbers.html is given."""

from __future__ import annotations

from builder.views import ChartLabel, Chrome, ClaimLine, Quote, Siglum, Stance, view


@view
class PlotRow:
    """One source's number in a dot plot."""

    source: Siglum
    stance: Stance
    words: Quote
    reading: str
    """The value as it was read: `more than 5 hours`, `330 minutes, 5.5 in hours`."""
    differs_in: str | None
    """In words: "in precision"."""
    kind: str
    """point, about, lower, upper, range or, of a date that is only about, loose."""
    x: float
    end: float
    """Where a range or a limit's ray ends."""


@view
class Plot:
    """The numbers that the sources give, on one axis."""

    title: str
    description: str
    ticks: tuple[ChartLabel, ...]
    """`y` is unused."""
    rows: tuple[PlotRow, ...]
    without: str | None
    """Who gives no number."""


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
