"""A briefing's overview."""

from __future__ import annotations

from markupsafe import Markup

from builder.views import Cell, Chrome, ClaimLine, CorrectionLine, LedgerLine, Link, Quote, Siglum, Stance, Status, view
from builder.views.glance import Glance
from builder.views.time import TimeChart


@view
class CloserLook:
    """A page that looks closer, in one line of the overview."""

    page: Link
    says: str
    """What stands there, counted."""


@view
class Figure:
    """A number that a claim is about, as the sources print it."""

    claim: ClaimLine
    unit: str
    values: tuple[FigureValue, ...]


@view
class FigureValue:
    """One way to print it, and who does."""

    words: Quote
    text: str
    """`5.5`, `more than 5`, `about 7.5`, `5–6`."""
    sources: tuple[Siglum, ...]
    stance: Stance


@view
class Voice:
    """What a text says to a disputed claim, and which other texts stand to it alike."""

    cell: Cell
    others: tuple[Siglum, ...]


@view
class Duel:
    """A disputed claim."""

    claim: ClaimLine
    voices: tuple[Voice, ...]


@view
class ClaimItem:
    """A claim in the list of all, with no more than its status."""

    text: str
    href: str
    status: Status


@view
class TopicList:
    """The claims of a topic, as far as they are listed."""

    id: str
    title: str
    claims: tuple[ClaimItem, ...]
    more: Link | None
    """Where they are many, the way to the others."""


@view
class SourceCard:
    """A source on the overview."""

    source: Siglum
    headline: Quote | None
    written: str
    """When it was written, as far as the text shows."""
    speaks: str
    """Speaks on 17 of 24 claims"""


@view
class OverviewPage:
    """<briefing>/index.html"""

    chrome: Chrome
    title: str
    kicker: str
    summary: str
    updated: str
    ledger: tuple[LedgerLine, ...]
    claim_count: int
    disputes: tuple[Duel, ...]
    disputed: Link | None
    """Where not all are told, the way to the others."""
    glance: Glance | None
    """None where there are too few claims for a picture."""
    stances: tuple[Stance, ...]
    prose: Markup
    figures: tuple[Figure, ...]
    figured: Link | None
    """Where not all are told, the way to the others."""
    chart: TimeChart
    timeline: Link
    matrix_href: str
    topics: tuple[TopicList, ...]
    listed: int
    """How many of the claims are listed."""
    closer: tuple[CloserLook, ...]
    """Wording, numbers, origins, coverage: those that there are."""
    worksheet: str
    """The way to the page for the classroom."""
    sources: tuple[SourceCard, ...]
    corrections: tuple[CorrectionLine, ...]
