"""The digest and the other pages of a site that belong to no briefing."""

from __future__ import annotations

from builder.views import Chrome, CorrectionLine, Link, Stance, Status, view
from builder.views.glance import Glance, Pattern


@view
class Count:
    """A number of something."""

    number: int
    label: str
    """With the number: `69 claims`."""


@view
class BriefingCard:
    """A briefing on the front page."""

    title: str
    href: str
    place: str | None
    when: str
    summary: str
    pattern: Pattern
    """For pictures of their own."""
    glance: Glance
    counts: tuple[Count, ...]
    matrix_href: str
    timeline_href: str
    draft: bool


@view
class LegendEntry:
    """A stance in a picture's legend, where it stands."""

    stance: Stance
    x: int
    y: int


@view
class Picture:
    """<briefing>/data/pattern.svg: a briefing's pattern as a picture that stands alone. Lengths in pixels."""

    title: str
    kicker: str
    facts: str
    pattern: Pattern
    width: int
    height: int
    margin: int
    top: int
    pattern_width: int
    pattern_height: int
    legend: tuple[LegendEntry, ...]


@view
class DigestPage:
    """index.html"""

    chrome: Chrome
    lead: BriefingCard | None
    more: tuple[BriefingCard, ...]
    archive: Link | None
    """Where not all are shown, the way to the others."""
    stances: tuple[Stance, ...]
    statuses: tuple[Status, ...]


@view
class ArchiveLine:
    """A briefing in the list of all."""

    title: str
    href: str
    place: str | None
    when: str
    draft: bool


@view
class ArchiveYear:
    """The briefings that were published in one year."""

    year: str
    briefings: tuple[ArchiveLine, ...]


@view
class ArchivePage:
    """archive.html"""

    chrome: Chrome
    years: tuple[ArchiveYear, ...]


@view
class CorrectionsPage:
    """corrections.html"""

    chrome: Chrome
    corrections: tuple[CorrectionLine, ...]


@view
class FoldRule:
    """A line of the table of what a quotation may differ in."""

    name: str
    characters: str
    becomes: str


@view
class HowToReadPage:
    """how-to-read.html"""

    chrome: Chrome
    stances: tuple[Stance, ...]
    statuses: tuple[Status, ...]
    differences: tuple[tuple[str, str], ...]
    """Word and meaning."""
    folding: tuple[FoldRule, ...]
    excerpt_maximum: str


@view
class NotFoundPage:
    """404.html"""

    chrome: Chrome
    briefings: tuple[Link, ...]
