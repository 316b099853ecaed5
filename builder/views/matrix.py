"""What matrix.html is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from builder.views import Chrome, LedgerLine, Siglum, Stance, TopicGroup, view


@view
class Column:
    """A source's column."""

    source: Siglum
    id: str
    written: str
    """When it was written, as far as its text shows, in few words."""
    index: int
    """Counted from 1."""
    speaks: int
    """The number of claims to which it speaks."""


@view
class StanceCount:
    """How many claims have a cell with a stance."""

    stance: Stance
    number: int


@view
class Sorting:
    """An order of the claims that is not the one in which they are written."""

    key: str
    """In addresses: disagreement or time."""
    label: str
    ranks: str
    """A letter for each claim, in the order in which they are written; a claim comes earlier where its letter does."""


@view
class MatrixPage:
    """<briefing>/matrix.html"""

    chrome: Chrome
    intro: str
    columns: tuple[Column, ...]
    long_names: bool
    """Whether a column's head needs more than two lines for the name of an outlet."""
    large: bool
    """Whether a browser should leave alone the rows that are out of sight."""
    filters: tuple[LedgerLine, ...]
    stances: tuple[StanceCount, ...]
    sortings: tuple[Sorting, ...]
    topics: tuple[TopicGroup, ...]
    claim_count: int
    plain: tuple[str, ...]
    """How most silences are known: what goes without saying in a cell."""
    shown: str
    """Tells how many claims are shown, with `{shown}` and `{all}` where the numbers belong."""
    former: Mapping[str, tuple[str, ...]] = field(hash=False)
    """By claim, its ids of earlier times: their addresses lead to its row."""
