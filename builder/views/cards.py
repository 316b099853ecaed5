"""What the templates of link previews are given. All lengths are units of a canvas of CARD_WIDTH by CARD_HEIGHT."""

from __future__ import annotations

from builder.views import ChartLabel, Mark, view

CARD_WIDTH, CARD_HEIGHT = 1200, 630


@view
class Label:
    """Text in lines that were broken before; empty where no font has its letters."""

    lines: tuple[ChartLabel, ...]
    size: float
    anchor: str
    """`start` or `end`: the left or the right end of each line is at its `x`."""


@view
class Sign:
    """A mark with what stands beside and under it."""

    key: str
    """A stance or a status."""
    x: float
    y: float
    size: float
    beside: Label
    under: Label


@view
class CardFoot:
    """The last line of every card."""

    site: Label
    logo: tuple[Mark, ...]
    right: Label
    sign: Sign | None
    """The status of a claim."""


@view
class ClaimCard:
    """A claim with the marks of all texts."""

    kicker: Label
    title: Label
    signs: tuple[Sign, ...]
    """One for each stance that a text takes."""
    foot: CardFoot


@view
class OverviewCard:
    """A briefing with its pattern."""

    kicker: Label
    title: Label
    summary: Label
    marks: tuple[Mark, ...]
    foot: CardFoot


@view
class DigestCard:
    """The site, and what its marks mean."""

    title: Label
    tagline: Label
    signs: tuple[Sign, ...]
    foot: CardFoot
