"""What coverage.html is given."""

from __future__ import annotations

from builder.views import Chrome, Link, Siglum, view


@view
class Share:
    """How much of an article the briefing rests on, and shows."""

    source: Siglum
    words: int
    """Of the whole article."""
    rests_percent: int
    shown_percent: int
    limit_percent: int | None
    """None where a licence allows to show all of it."""
    told: str
    """The same in words."""


@view
class Group:
    """Claims that a number counts."""

    id: str
    label: str
    claims: tuple[Link, ...]
    more: int = 0
    """Claims that are not listed, where there are very many."""


@view
class Detail:
    """The claims behind the numbers of one source, or of two."""

    sigla: tuple[Siglum, ...]
    label: str
    groups: tuple[Group, ...]


@view
class Linked:
    """A number that leads to what it counts; without a link where it is 0."""

    number: int
    href: str | None


@view
class CountRow:
    """A source's numbers, one for each column."""

    source: Siglum
    counts: tuple[Linked, ...]


@view
class CountTable:
    """Numbers by source."""

    columns: tuple[tuple[str, str | None], ...]
    """What each column counts, and what that means, where it needs to be said."""
    rows: tuple[CountRow, ...]
    details: tuple[Detail, ...]


@view
class PairCell:
    """How two sources stand to each other on the claims that both speak to."""

    href: str | None
    """To claims that are not alike, which alone are listed."""
    shared: int
    text: str
    """`10 alike, 1 contradicted`"""
    alike: int
    qualified: int
    contradicted: int


@view
class PairRow:
    """A source with those before it."""

    source: Siglum
    cells: tuple[PairCell, ...]
    blank: int
    """Columns that are left to the right of them."""


@view
class Parting:
    """A claim on which texts contradict each other: which texts do, and how many pairs these make."""

    claim: Link
    sigla: tuple[Siglum, ...]
    pairs: str


@view
class Pairs:
    """All pairs of sources, each once."""

    columns: tuple[Siglum, ...]
    rows: tuple[PairRow, ...]
    details: tuple[Detail, ...]
    """Pair by pair, the claims that are not alike."""
    partings: tuple[Parting, ...]
    """Where these would be too many, the claims that any pair contradicts."""
    listed: str
    """Which claims are listed: `apart`, those that are not alike, or only `contradicted`; empty where none."""
    dense: bool
    """Whether there are so many columns that figures stand for sentences."""


@view
class CoveragePage:
    """<briefing>/coverage.html"""

    chrome: Chrome
    intro: str
    shares: tuple[Share, ...]
    alone: tuple[Detail, ...]
    matrix_href: str
    pairs: Pairs | None
    """None where there is but one source."""
    silences: CountTable | None
    """None where no source is silent on anything."""
    sides: CountTable | None
    """None where the briefing names no sides."""
    two_sided: str | None
    """Said where a chain of origins names two sides."""
