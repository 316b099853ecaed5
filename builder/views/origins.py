"""What origins.html is given."""

from __future__ import annotations

from builder.views import Chrome, Link, Siglum, SourceQuote, view

# ---- the picture -----------------------------------------------------------------------------------------------


@view
class FlowLabel:
    """Words in the picture: over a column, or over the origins of a side."""

    text: str
    x: float
    """In per cent of the width."""
    y: float
    """In pixels."""


@view
class FlowBar:
    """An origin, a text or a topic, as high as the evidence that passes through it. Heights in pixels."""

    kind: str
    """`named`, or `unnamed` where no origin is named."""
    label: str
    number: int
    """Pieces of evidence."""
    x: float
    """In per cent of the width."""
    y: float
    height: float
    middle: float
    """Where its label stands."""


@view
class FlowRibbon:
    """Evidence on its way from one bar to another."""

    kind: str
    x: float
    width: float
    """In per cent of the picture's width."""
    path: str
    """Where the width is 100 and heights are pixels."""


@view
class FlowPicture:
    """Evidence from where its chains end, through whom the texts credit and the texts, to the topics of the claims."""

    height: float
    """In pixels."""
    columns: tuple[FlowLabel, ...]
    sides: tuple[FlowLabel, ...]
    bars: tuple[FlowBar, ...]
    ribbons: tuple[FlowRibbon, ...]
    description: str


# ---- the rest --------------------------------------------------------------------------------------------------


@view
class CountRow:
    """A line of a table with a number for each text."""

    label: str
    href: str | None
    about: str | None
    """A side, or what it is."""
    numbers: tuple[int, ...]
    total: int


@view
class CreditedBy:
    """A text that credits an origin, and for what."""

    source: Siglum
    count: int
    """How many claims."""
    claims: tuple[Link, ...]
    """To the words on the claims' pages."""
    more: int
    """Claims that are not listed, where there are very many."""


@view
class OriginEntry:
    """An origin with its chain and the texts that credit it."""

    anchor: str
    name: str
    kind: str | None
    chain: tuple[str, ...]
    """The names of what it rests on in turn, nearest first."""
    is_text: Siglum | None
    """The text of the briefing that it is."""
    rests: str
    """How much rests on it, in words."""
    credited: tuple[CreditedBy, ...]
    whole: tuple[Siglum, ...]
    """Texts that credit it for all they print."""


@view
class OriginGroup:
    """The origins of one side, or of none."""

    title: str
    origins: tuple[OriginEntry, ...]


@view
class ClaimOrigins:
    """A claim, where the chains of the texts that support it end, and these texts."""

    claim: Link
    ends: tuple[str, ...]
    sources: tuple[Siglum, ...]


@view
class Independence:
    """The claims with the same number of independent origins."""

    label: str
    rule: str
    count: int
    claims: tuple[ClaimOrigins, ...]
    more: int
    """Claims that are not listed, where there are very many."""
    open: bool
    """Whether the list is shown from the start."""


@view
class PlaceLink:
    """Where words stand; without an address where nothing of that paragraph is shown."""

    source: Siglum
    label: str
    spoken: str
    """The same in full for a screen reader: "paragraph 7 in text A"."""
    href: str | None


@view
class SharedRun:
    """Where the same words stand in two texts, and how many these are."""

    length: str
    places: tuple[PlaceLink, ...]


@view
class SharedPair:
    """What two texts have in common."""

    anchor: str
    sources: tuple[Siglum, Siglum]
    length: str
    common: str
    """The origins that both name, or that they name none."""
    note: str | None
    """The curator's explanation."""
    printed: tuple[tuple[SourceQuote, ...], ...]
    """Runs in the words of both."""
    more: tuple[SharedRun, ...]
    """Runs that are not printed."""
    unnamed: int
    """How many there are besides."""


@view
class SharedCell:
    """How many words two texts share; they lead to the pair where it is told."""

    words: str
    """Empty where they share none."""
    href: str | None


@view
class SharedRow:
    """A source with those before it."""

    source: Siglum
    cells: tuple[SharedCell, ...]
    blank: int
    """Columns that are left beside them."""


@view
class OriginsPage:
    """<briefing>/origins.html"""

    chrome: Chrome
    intro: str
    columns: tuple[Siglum, ...]
    pictures: tuple[FlowPicture, ...]
    """A wide and a narrow one; none where no text names an origin."""
    ends: tuple[CountRow, ...]
    """Where the chains end, by text."""
    topics: tuple[CountRow, ...]
    """The same evidence by topic."""
    independent: tuple[Independence, ...]
    groups: tuple[OriginGroup, ...]
    sides: tuple[CountRow, ...]
    coverage_href: str | None
    shared_intro: str
    shared: tuple[SharedPair, ...]
    """Those that share most."""
    shared_table: tuple[SharedRow, ...]
    """Every two texts, where not all pairs are told."""
    matrix_href: str
