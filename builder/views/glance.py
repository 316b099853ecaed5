"""A whole briefing as a pattern: in blocks that find room on any screen, and in one picture."""

from __future__ import annotations

from builder.views import ChartLabel, Mark, view


@view
class Pattern:
    """A whole briefing at a glance: a row for each source, a column for each claim."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    rows: tuple[ChartLabel, ...]
    topics: tuple[ChartLabel, ...]
    description: str
    """The same in words: totals of each stance."""


@view
class Glyphs:
    """The marks of one stance in a block, as one path; silent cells have none."""

    stance: str
    """Or `half`: what is empty of those that qualify."""
    path: str
    """Of those that support or qualify, through the middle of neighbours: dots ten units apart."""


@view
class Stripe:
    """A claim's column: it leads to the claim, and says it to who points at it."""

    claim: str
    href: str
    x: int
    """In the block's own units, as all of its drawing: ten to a mark."""


@view
class Block:
    """The claims of a topic, or of a part of one where there are many."""

    title: str
    """Nothing where it goes on with the topic of the block before."""
    href: str
    """Where the topic's claims are listed."""
    across: int
    """In units."""
    width: int
    """In pixels."""
    ground: str
    """A path through the middle of every cell, as of the marks: what has no mark of its own is silent."""
    glyphs: tuple[Glyphs, ...]
    columns: tuple[Stripe, ...]


@view
class Letter:
    """A source's letter beside its row, in units."""

    text: str
    y: int


@view
class Glance:
    """A whole briefing: a row for each source, a column for each claim, a block for each topic."""

    blocks: tuple[Block, ...]
    letters: tuple[Letter, ...]
    """None where the rows are too narrow."""
    down: int
    """How high each block is, in units; `height` in pixels."""
    height: int
    size: str
    """What one mark takes: `large`, `middle`, `small` or `tiny`."""
    line: bool
    """Whether all blocks find room in one line of a wide screen."""
    description: str
    """The same in a sentence, for those who do not see it."""
