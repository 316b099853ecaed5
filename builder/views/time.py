"""The timeline page, and charts of time on any page. Time runs from left to right in every language."""

from __future__ import annotations

from builder.views import Chrome, Link, Siglum, SourceQuote, view

# ---- charts ----------------------------------------------------------------------------------------------------


@view
class OrderReason:
    """What shows that texts were written before another one."""

    lead: str
    link: Link | None
    """The event or the claim that shows it."""
    rest: str
    quotes: tuple[SourceQuote, ...]


@view
class OrderLine:
    """Texts that were written before another one."""

    earlier: tuple[Siglum, ...]
    later: Siglum
    following: tuple[Siglum, ...]
    """Those of which it only follows from the other lines."""
    reasons: tuple[OrderReason, ...]


@view
class Tick:
    """A column of the axis."""

    x: float
    width: float
    label: str
    """Mon 19"""
    focus: bool
    """Whether it belongs to the time that the briefing is about."""
    room: int
    """How wide a screen must be for its label: 0 or 1 for any, 2 for a tablet, 3 for a wide one, 4 for none."""


@view
class Bar:
    """A stretch of time, as long as the uncertainty about it, or a point."""

    x: float
    width: float
    """Zero for an exact moment."""
    kind: str
    """`event` or `text`."""
    inferred: bool
    opens: bool
    """It has no beginning that is known, or begins before the chart."""
    open_end: bool
    """It has no end that is known, or ends after the chart."""


@view
class TimeRow:
    """An event or a text on the axis."""

    label: str
    when: str
    """In words; the bar only shows it."""
    href: str
    source: Siglum | None
    """For a text."""
    bar: Bar
    horizon: float | None = None
    """For a text, where the last moment ends that it knows of."""
    beyond: str = ""
    """For an event, the sigla of the texts that end before it: `A, B and D`."""


@view
class TimeWindow:
    """A part of an axis that a chart of its own shows closer."""

    label: str
    """16–20 June 2023"""
    says: str
    """What stands there: 12 events and 5 texts."""
    href: str
    x: float
    width: float


@view
class TimeChart:
    """Events and texts on one axis."""

    id: str
    title: str
    ticks: tuple[Tick, ...]
    events: tuple[TimeRow, ...]
    texts: tuple[TimeRow, ...]
    clock: str
    """Beijing time (UTC+8)"""
    windows: tuple[TimeWindow, ...] = ()
    """What is seen closer, in charts that follow."""
    wider: TimeWindow | None = None
    """The chart that this one is a part of: its name, and where on it this one lies."""
    beyond: tuple[Link, ...] = ()
    """What is not drawn on this axis, counted, with the way to where it is."""


# ---- the page --------------------------------------------------------------------------------------------------


@view
class Happening:
    """An entry of the chronicle: an event, or the writing of a text."""

    id: str
    when: str
    datetime: str | None
    """For <time>, where it is one valid date."""
    certainty: str
    """day, month, printed to the minute, date inferred, no later limit …"""
    inferred: bool
    title: str
    note: str | None
    source: Siglum | None
    """For a text."""
    quotes: tuple[SourceQuote, ...]
    claims: tuple[Link, ...]
    """The claims about it."""
    exact: bool
    """Whether it lies within the time that the briefing is about."""
    beyond: tuple[Siglum, ...] = ()
    """For an event, the texts that end before it, each with the way to the words that show it."""
    unsure: tuple[Siglum, ...] = ()
    """For an event, the texts of which nobody can tell whether they could know of it."""
    former: tuple[str, ...] = ()
    """For an event, the ids that it had on the page under earlier ids of its own."""


@view
class Period:
    """A part of the chronicle."""

    title: str
    happenings: tuple[Happening, ...]


@view
class TimelinePage:
    """<briefing>/timeline.html"""

    chrome: Chrome
    intro: str
    charts: tuple[TimeChart, ...]
    """The widest one first, each closer one after a wider one."""
    undated: tuple[Link, ...]
    """What stands on no axis, as no end of it is known."""
    periods: tuple[Period, ...]
    order: tuple[OrderLine, ...]
    contrary: tuple[OrderLine, ...]
    """Texts that are shown in both orders."""
    unplaced: tuple[Siglum, ...]
    """Texts of which nothing shows their place."""
