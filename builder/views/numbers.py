"""What numbers.html is given."""

from __future__ import annotations

from builder.views import ChartLabel, Chrome, ClaimLine, Link, Quote, Siglum, Stance, view


@view
class GivenBy:
    """A source that gives a number, and its words for it."""

    source: Siglum
    words: Quote


@view
class PlotRow:
    """A number in a dot plot, and everybody who gives it with the very same words and stance."""

    given: tuple[GivenBy, ...]
    """At least one, in the order of the sources; the words of the first are printed."""
    stance: Stance
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
    """Else the number, in a row for each way in which it is printed."""
    without: str | None
    """Who gives none."""
    sayings: tuple[str, ...]
    """How the numbers go together."""


@view
class LedgerTopic:
    """The numbers of a topic's claims; on a short page, those of all topics together."""

    id: str
    title: str
    """Nothing where all topics stand together."""
    entries: tuple[LedgerEntry, ...]


@view
class Contents:
    """A section of the page with its topics, each with the number of its claims."""

    section: Link
    topics: tuple[Link, ...]


@view
class NumbersPage:
    """<briefing>/numbers.html"""

    chrome: Chrome
    summary: str
    """How many claims have numbers, and in how many these cannot both hold."""
    contents: tuple[Contents, ...]
    """What the page has, where it is long."""
    compared: tuple[LedgerTopic, ...]
    """Several texts give different numbers,"""
    alike: tuple[LedgerTopic, ...]
    """several give the same,"""
    single: tuple[LedgerTopic, ...]
    """or only one gives a number."""
