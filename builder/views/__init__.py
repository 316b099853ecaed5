"""What each template is given: plain frozen values, ready to print. Templates format and never compute.

Every `href` is relative to the page that it stands on. Lengths along a chart are per cent of its width. A quotation is
a row of segments, never HTML; the only ready HTML is Markdown that `markdown` rendered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

from builder.words import direction

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def view(cls: type[T]) -> type[T]:
    """A class of values that the type checker keeps from being changed.

    Guarding them at run time, too, would double what defining the classes and making the values costs.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)


@view
class Link:
    """A link, and whether it leads to the page (or the section) that it stands on."""

    label: str
    href: str
    current: bool = False


@view
class LinkPicture:
    """What other sites show beside a link to a page."""

    address: str
    """Absolute."""
    width: int
    """In pixels, as the height."""
    height: int
    alt: str


@view
class Chrome:
    """What is around every page."""

    site: str
    tagline: str
    language: str
    title: str
    """For <title>: the page's own name."""
    description: str
    root: str
    """Leads from the page to the site's root: `` or `../`."""
    canonical: str | None
    """The page's own address, where the site's is known."""
    site_links: tuple[Link, ...]
    """Briefings, search, how to read, corrections."""
    briefing: str | None = None
    """The title of the briefing that the page belongs to."""
    briefing_links: tuple[Link, ...] = ()
    """Overview, matrix, timeline, claims, sources."""
    crumbs: tuple[Link, ...] = ()
    """From the front page to the page itself, which comes last."""
    draft: bool = False
    publisher: str | None = None
    contact: Link | None = None
    """Where readers send corrections."""
    feed: str | None = None
    picture: LinkPicture | None = None
    direction: str = "ltr"
    """In which the page's language is written: ltr or rtl."""


@view
class Siglum:
    """A source's letter with its page."""

    letter: str
    name: str
    """The outlet, or "Outlet not named"."""
    href: str
    anchor: str = ""
    """Where a claim's page tells what it says."""
    former: tuple[str, ...] = ()
    """The same under its earlier ids."""


@view
class Status:
    """A claim's computed status."""

    key: str
    """disputed, single-source, wording-differs, qualified, corroborated, repeated or unsourced."""
    label: str
    rule: str
    """The rule in one sentence."""


@view
class Stance:
    """A stance with its word."""

    key: str
    """supports, qualifies, contradicts or silent."""
    label: str
    rule: str
    """What it means, in one sentence."""


@view
class Segment:
    """A run of characters in a quotation.

    `text` are the article's words, `key` those of them that the stance rests on, `context` the article's words around
    the quotation; `gap` is a mark for words left out and `insertion` an editor's word: these two are not the article's.
    """

    kind: str
    text: str
    stance: str = ""
    """For key words on a source's page: the stance that rests on them."""


@view
class Quote:
    """A quotation with the way to its words."""

    segments: tuple[Segment, ...]
    href: str
    """The paragraph on the source's page."""
    place: str
    """`¶ 7`, `Headline` or `Caption`."""
    place_label: str
    """The same in full for a screen reader: "paragraph 7 in text A"."""
    mode: str
    """direct, mixed or indirect."""
    unclosed: bool
    language: str
    """Of the article."""
    translation: str | None = None
    """The same in the language of the site. These words are ours, and stand outside <q> and <blockquote>."""

    @property
    def direction(self) -> str:
        """ltr or rtl: how the article's language is written."""
        return direction(self.language)


@view
class Cell:
    """What one source says to one claim."""

    source: Siglum
    stance: Stance
    differs_in: str | None
    """In words: "in precision"."""
    quotes: tuple[Quote, ...]
    chain: tuple[str, ...]
    """The names of its origins, nearest first."""
    because: str | None
    """For silence, how it is known: "Leaves it out", "Knows of nothing after 18 June 2023"."""
    note: str | None
    column: int
    """Counted from 1."""


@view
class Tie:
    """Another claim that a claim is related to."""

    how: str
    """Settles, settled by, refines, refined by, conflicts with."""
    claim: Link


@view
class ClaimLine:
    """A claim in a list or table."""

    id: str
    text: str
    question: str
    """The question it answers, or the claim itself."""
    href: str
    """Its own page."""
    status: Status
    origins: str | None
    """For supported claims: "2 independent origins"."""
    cells: tuple[Cell, ...]
    """One for every source, silent ones too, in the order of the sources."""
    related: tuple[Tie, ...] = ()


@view
class TopicGroup:
    """The claims of one topic."""

    id: str
    title: str
    claims: tuple[ClaimLine, ...]


@view
class Mark:
    """One mark in a pattern."""

    stance: str
    x: float
    y: float
    size: float


@view
class ChartLabel:
    """Text in a chart."""

    text: str
    x: float
    y: float


@view
class SourceQuote:
    """Words of a source that tell of an event."""

    source: Siglum
    quote: Quote


@view
class LedgerLine:
    """How many claims have a status."""

    status: Status
    number: int
    href: str


@view
class CorrectionLine:
    """A published correction."""

    date: str
    datetime: str
    claim: Link | None
    briefing: Link
    changed: str
    before: str | None
    why: str | None


@view
class Witness:
    """One reading of an utterance: the source that has it, with the way to its paragraph."""

    source: Siglum
    number: str
    """Which of the source's readings it is, counted from 1; empty where it has but one."""


@view
class Variant:
    """What a reading has at one place of an utterance."""

    standing: str
    """same, other, added, omitted, unquoted, uncompared or nothing: see analysis.apparatus.variation."""
    quote: Quote | None
    """Its words; None where it has none."""


@view
class CollationRow:
    """A reading, place by place."""

    witness: Witness
    whole: Quote
    """All of its words."""
    chain: tuple[str, ...]
    """The names of its origins, nearest first."""
    cells: tuple[Variant, ...]
    """None where the reading has no word in common with the lemma: then it stands whole."""


@view
class Collation:
    """The readings of an utterance side by side: the lemma first."""

    title: str
    by: str
    """Whose words they are."""
    rows: tuple[CollationRow, ...]
    places: int
    """How many cells a row has."""
    aligned: bool
    """Whether they are set word against word; what is too long for that stands whole."""
    apart: bool
    """Whether any reading stands whole."""
