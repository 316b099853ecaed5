"""What each template is given: plain frozen values, ready to print. Templates format and never compute.

Every `href` is relative to the page that it stands on. Lengths along a chart are per cent of its width. A quotation is
a row of segments, never HTML; the only ready HTML is Markdown that `markdown` rendered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

from markupsafe import Markup

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def view(cls: type[T]) -> type[T]:
    """A class of values that the type checker keeps from being changed.

    Guarding them at run time, too, would double what defining the classes and making the values costs.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)


# ---- shared ----------------------------------------------------------------------------------------------------


@view
class Link:
    """A link, and whether it leads to the page (or the section) that it stands on."""

    label: str
    href: str
    current: bool = False


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
    """Briefings, how to read, corrections."""
    briefing: str | None = None
    """The title of the briefing that the page belongs to."""
    briefing_links: tuple[Link, ...] = ()
    """Overview, matrix, timeline, claims, sources."""
    draft: bool = False
    publisher: str | None = None
    contact: Link | None = None
    """Where readers send corrections."""
    feed: str | None = None


@view
class Siglum:
    """A source's letter with its page."""

    letter: str
    name: str
    """The outlet, or "Outlet not named"."""
    href: str


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
class Count:
    """A number of something."""

    number: int
    label: str


# ---- charts of time --------------------------------------------------------------------------------------------


@view
class Tick:
    """A column of the axis."""

    x: float
    width: float
    label: str
    """Mon 19"""
    focus: bool
    """Whether it belongs to the time that the briefing is about."""


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
class TimeChart:
    """Events and texts on one axis."""

    id: str
    title: str
    ticks: tuple[Tick, ...]
    events: tuple[TimeRow, ...]
    texts: tuple[TimeRow, ...]
    clock: str
    """Beijing time (UTC+8)"""


@view
class SourceQuote:
    """Words of a source that tell of an event."""

    source: Siglum
    quote: Quote


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


@view
class Period:
    """A part of the chronicle."""

    title: str
    happenings: tuple[Happening, ...]


# ---- pages -----------------------------------------------------------------------------------------------------


@view
class BriefingCard:
    """A briefing on the front page."""

    title: str
    href: str
    place: str | None
    when: str
    summary: str
    pattern: Pattern
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
class LedgerLine:
    """How many claims have a status."""

    status: Status
    number: int
    href: str


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
class StatusGroup:
    """The claims of one status, on the overview."""

    status: Status
    claims: tuple[ClaimLine, ...]


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
class CloserLook:
    """A page that looks closer, in one line of the overview."""

    page: Link
    says: str
    """What stands there, counted."""


@view
class OverviewPage:
    """<briefing>/index.html"""

    chrome: Chrome
    title: str
    kicker: str
    summary: str
    ledger: tuple[LedgerLine, ...]
    claim_count: int
    prose: Markup
    closer: tuple[CloserLook, ...]
    """Wording, numbers, origins, coverage: those that there are."""
    disputes: tuple[ClaimLine, ...]
    disputed: Link | None
    """Where not all are told, the way to the others."""
    groups: tuple[StatusGroup, ...]
    """Corroborated, wording differs, single source, …: those that have claims, without the disputed ones."""
    figures: tuple[Figure, ...]
    chart: TimeChart
    timeline_href: str
    matrix_href: str
    topics: tuple[TopicGroup, ...]
    columns: tuple[Siglum, ...]
    sources: tuple[SourceCard, ...]
    corrections: tuple[CorrectionLine, ...]
    updated: str
    stances: tuple[Stance, ...]


@view
class Column:
    """A source's column in the matrix."""

    source: Siglum
    written: str
    index: int
    """Counted from 1; the first twelve can be hidden without a script."""


@view
class MatrixPage:
    """<briefing>/matrix.html"""

    chrome: Chrome
    intro: str
    columns: tuple[Column, ...]
    filters: tuple[LedgerLine, ...]
    topics: tuple[TopicGroup, ...]
    claim_count: int
    stances: tuple[Stance, ...]


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
class TimelinePage:
    """<briefing>/timeline.html"""

    chrome: Chrome
    intro: str
    charts: tuple[TimeChart, ...]
    periods: tuple[Period, ...]
    order: tuple[OrderLine, ...]
    contrary: tuple[OrderLine, ...]
    """Texts that are shown in both orders."""
    unplaced: tuple[Siglum, ...]
    """Texts of which nothing shows their place."""


@view
class PlotRow:
    """One source's number in a dot plot."""

    source: Siglum
    stance: Stance
    words: Quote
    reading: str
    """The value as it was read: `more than 5 hours`, `330 minutes, 5.5 in hours`."""
    differs_in: str | None
    """In words: "in precision"."""
    kind: str
    """point, about, lower, upper, range or, of a date that is only about, loose."""
    x: float
    end: float
    """Where a range or a limit's ray ends."""


@view
class Plot:
    """The numbers that the sources give, on one axis."""

    title: str
    description: str
    ticks: tuple[ChartLabel, ...]
    """`y` is unused."""
    rows: tuple[PlotRow, ...]
    without: str | None
    """Who gives no number."""


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
    """What the reporting texts know of: "knows of 19 June 2023"; empty where no date tells."""
    settling: Link | None
    """The claim that settles it; None where others state the expected claim itself."""


@view
class QuietGroup:
    """Silent sources of which there is nothing more to say than how their silence is known."""

    stance: Stance
    because: str
    cells: tuple[Cell, ...]


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


@view
class ClaimPage:
    """<briefing>/claims/<id>.html"""

    chrome: Chrome
    claim: ClaimLine
    topic: Link
    event: Link | None
    event_when: str | None
    speaking: tuple[Cell, ...]
    """Supporting, qualifying, contradicting: with the words around the quotations."""
    silent: tuple[Cell, ...]
    quiet: tuple[QuietGroup, ...]
    """Those of the silent that have neither words nor a note."""
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
    previous: Link | None
    next: Link | None


@view
class Fact:
    """A line about a source."""

    label: str
    text: str
    quote: Quote | None = None
    """Verbatim words that show it."""
    datetime: str | None = None


@view
class MarginNote:
    """A claim beside the paragraph that it rests on."""

    text: str
    href: str
    stance: Stance


@view
class Excerpt:
    """A paragraph of an article, as far as the briefing shows it."""

    anchor: str
    """`p7`, `headline`, `headline-2`, `caption-1`."""
    label: str
    """`¶ 7`, `Headline`, `Caption`."""
    segments: tuple[Segment, ...]
    """A `gap` segment tells how many words are left out: "[… 12]"."""
    notes: tuple[MarginNote, ...]
    href: str
    """Its own address, for `cite`."""
    language: str


@view
class Skipped:
    """Paragraphs that are not shown."""

    text: str
    """¶ 10–11 not shown, 50 words"""


@view
class MapMark:
    """A used stretch of a paragraph."""

    x: float
    width: float
    stance: str


@view
class MapParagraph:
    """A paragraph in the minimap."""

    href: str | None
    label: str
    words: int
    marks: tuple[MapMark, ...]


@view
class Agreement:
    """How two sources stand to each other on the claims that both speak to."""

    source: Siglum
    shared: int
    alike: int
    qualified: int
    contradicted: int
    text: str
    """10 alike, 1 qualified"""


@view
class SourcePage:
    """<briefing>/sources/<id>.html"""

    chrome: Chrome
    source: Siglum
    article: str
    """The file's name in seeds/."""
    language: str
    title: str
    facts: tuple[Fact, ...]
    note: str | None
    shown_words: int
    all_words: int
    shown_percent: int
    limit_percent: int | None
    """None where a licence allows to show all of it, so that there is no limit."""
    minimap: tuple[MapParagraph, ...]
    excerpts: tuple[Excerpt | Skipped, ...]
    agreements: tuple[Agreement, ...]
    silent_on: tuple[SilentLine, ...]
    others: tuple[Siglum, ...]
    url: str | None


@view
class SilentLine:
    """A claim that a source is silent on."""

    text: str
    href: str
    because: str


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
class CorrectionsPage:
    """corrections.html"""

    chrome: Chrome
    corrections: tuple[CorrectionLine, ...]


@view
class NotFoundPage:
    """404.html"""

    chrome: Chrome
    briefings: tuple[Link, ...]
