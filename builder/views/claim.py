"""A claim's page."""

from __future__ import annotations

from markupsafe import Markup

from builder.views import (
    Cell,
    Chrome,
    ClaimLine,
    Collation,
    CorrectionLine,
    Link,
    Quote,
    Siglum,
    SourceQuote,
    Stance,
    view,
)
from builder.views.numbers import Plot


@view
class RelatedClaim:
    """Another claim, as a claim's page tells of it."""

    how: str
    rule: str
    """What the relation means, in one sentence."""
    claim: ClaimLine


@view
class OutcomeLine:
    """Who only expects a claim, and who tells what came of it."""

    expecting: tuple[Siglum, ...]
    """Each with the way to its words on the page."""
    reporting: tuple[Siglum, ...]
    knows: str
    """The date of what the reporting texts know of; empty where none tells."""
    settling: Link | None
    """The claim that settles it; None where others state the expected claim itself."""


@view
class QuietGroup:
    """Silent sources of which there is nothing more to say than how their silence is known."""

    stance: Stance
    because: str
    cells: tuple[Cell, ...]


@view
class Said:
    """A quotation with its own address on the page."""

    quote: Quote
    anchor: str
    former: tuple[str, ...]
    """Anchors that it had under earlier ids of its source."""
    live: str | None
    """Its words in the article where that was published, where this is known."""


@view
class Testimony:
    """What one text says, with its quotations."""

    cell: Cell
    said: tuple[Said, ...]


@view
class Step:
    """The claim before or after, in the order of the matrix."""

    text: str
    href: str
    topic: str
    """Its topic, where that is another one; else empty."""


@view
class ClaimPage:
    """<briefing>/claims/<id>.html"""

    chrome: Chrome
    claim: ClaimLine
    topic: Link
    event: Link | None
    event_when: str | None
    speaking: tuple[Testimony, ...]
    """Supporting, qualifying, contradicting: with the words around the quotations."""
    silent: tuple[Testimony, ...]
    """Those of the silent that have words or a note."""
    quiet: tuple[QuietGroup, ...]
    """Those that have neither."""
    related: tuple[RelatedClaim, ...]
    outcomes: tuple[OutcomeLine, ...]
    because: str
    """Why it has its status: who says what, in one or two sentences."""
    plot: Plot | None
    wordings: tuple[SourceQuote, ...]
    """Where the sources' words differ: the wordings one below the other."""
    collation: Collation | None
    """Where the claim is about something that was said: its readings word by word, in the place of `wordings`."""
    note: Markup | None
    citation: str
    address: str
    """Of this page: absolute where the site's is known."""
    jumps: tuple[Link, ...]
    corrections: tuple[CorrectionLine, ...]
    previous: Step | None
    next: Step | None
