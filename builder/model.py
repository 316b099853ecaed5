"""What the builder knows once every id is resolved: plain frozen values, without positions except for diagnostics.

The words are those of the field: a *source* is a witness with a *siglum*; *evidence* is one claim × source cell; an
*origin* is where a source got a statement. An AnchoredBriefing is a type of its own: nothing unverified reaches a page.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from builder.article import Article, Mode, Zone
from builder.dates import Edtf
from builder.diagnostics import Place
from builder.text import Span
from builder.values import Value


class Stance(StrEnum):
    """How a source stands to a claim."""

    SUPPORTS = "supports"
    QUALIFIES = "qualifies"
    CONTRADICTS = "contradicts"
    SILENT = "silent"


class Difference(StrEnum):
    """In what a qualifying source differs."""

    SCOPE = "scope"
    STRENGTH = "strength"
    PRECISION = "precision"
    EXPECTATION = "expectation"
    WORDING = "wording"


class Because(StrEnum):
    """Why a source is silent: it left the matter out, or was written before it could know."""

    OMITTED = "omitted"
    PREDATES = "predates"


class Relation(StrEnum):
    """How one claim stands to another."""

    SETTLES = "settles"
    """It tells the outcome of what the other expects."""
    REFINES = "refines"
    """It says the other more exactly."""
    CONFLICTS = "conflicts_with"
    """The two cannot hold together."""


class Cards(StrEnum):
    """Which pages have a picture of their own that other sites show beside a link to them."""

    NONE = "none"
    BRIEFINGS = "briefings"
    """The digest and each briefing."""
    ALL = "all"
    """And each claim."""


@dataclass(frozen=True, slots=True)
class Site:
    """site.yaml"""

    title: str
    tagline: str
    url: str | None
    """With a slash at its end; None where nobody said where the site will be."""
    language: str
    publisher: str | None
    corrections: str | None
    """A mail or web address."""
    excerpt_warning: Decimal
    excerpt_maximum: Decimal
    """Shares of an article's words, in per cent."""
    cards: Cards = Cards.NONE
    """As site.yaml has it; none where the site's address is not known, for pages name a picture by an absolute one."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of claims."""

    id: str
    title: str
    short: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where sources got a statement, and where it got it in turn."""

    id: str
    name: str
    kind: str | None
    side: str | None
    via: tuple[str, ...]
    source: str | None = None
    """The source of the briefing that it is: then that source's own origins follow it."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that a curator says stand in an article, as written in the YAML."""

    exact: str
    prefix: str | None
    suffix: str | None
    key: tuple[str, ...]
    allow: frozenset[str]
    place: Place
    key_places: tuple[Place, ...] = ()
    """Where the words of `key` stand in the YAML."""
    reading: str | None = None
    """The words in it that are the claim's utterance; None for all of it."""
    reading_place: Place | None = None
    translation: str | None = None
    """The same in the language of the site, in the curator's words."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """The last moment that a text shows it knew of."""

    date: Edtf
    quotation: Quotation | None


@dataclass(frozen=True, slots=True)
class LookAhead:
    """An event that still lay ahead when a text was written."""

    event: str
    quotation: Quotation


@dataclass(frozen=True, slots=True)
class Source:
    """One article and who published it when: three clocks, of which all may be unknown."""

    id: str
    siglum: str
    article: str
    outlet: str | None
    headline: tuple[str, ...]
    body: tuple[str, str]
    captions: tuple[str, ...]
    boilerplate: tuple[str, ...]
    author: str | None
    url: str | None
    language: str
    primary: bool
    """Whether it is the primary text that others report."""
    licence: str | None
    full_text: bool
    published: Edtf | None
    captured: Edtf | None
    known_through: Horizon | None
    looks_ahead: LookAhead | None
    via: tuple[str, ...]
    """The origins that it credits for all of it. Evidence names its own: a footer's credit may not reach so far."""
    note: str | None
    places: Mapping[str, Place] = field(hash=False)
    """Where its keys stand in sources.yaml; `""` is the entry itself."""
    headline_translation: str | None = None
    """The headline in the language of the site, in the curator's words."""
    was: tuple[str, ...] = ()
    """Its ids of earlier times."""

    @property
    def name(self) -> str:
        """What a reader calls it."""
        return self.outlet or "Outlet not named"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a curator found one source to say to one claim."""

    source: str
    stance: Stance
    differs_in: Difference | None
    quotations: tuple[Quotation, ...]
    value: Value | None
    via: tuple[str, ...]
    """Nearest first."""
    because: Because | None
    note: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something that was said, of which the claim's quotations are the readings."""

    by: str
    """Whose words they are, as the sources name the speaker."""
    lemma: str | None
    """The source whose reading the others are set against, where the curator names one."""
    place: Place


@dataclass(frozen=True, slots=True)
class Tie:
    """What a claim says of another one, as it is written."""

    relation: Relation
    claim: str
    """The other claim's id."""
    place: Place


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement, with its evidence in the order of the sources."""

    id: str
    text: str
    question: str | None
    topic: str
    event: str | None
    unit: str | None
    evidence: tuple[Evidence, ...]
    note: str | None
    place: Place
    utterance: Utterance | None = None
    ties: tuple[Tie, ...] = ()
    """As written in this claim; the other one's page shows them, too."""
    was: tuple[str, ...] = ()
    """Its ids of earlier times."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, with the sources' words on it in the order of the sources."""

    id: str
    title: str
    date: Edtf
    label: str | None
    inferred: bool
    quotations: tuple[tuple[str, Quotation], ...]
    note: str | None
    place: Place
    was: tuple[str, ...] = ()
    """Its ids of earlier times."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What was changed after publication."""

    date: Edtf
    claim: str | None
    changed: str
    before: str | None
    why: str | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words that no claim rests on, knowingly."""

    source: str
    quotation: Quotation
    why: str


@dataclass(frozen=True, slots=True)
class SharedNote:
    """Why two sources have the same words, as the curator explains it."""

    sources: frozenset[str]
    why: str
    place: Place


@dataclass(frozen=True, slots=True)
class Briefing:
    """One event's pages, as curators wrote them, every id resolved."""

    name: str
    title: str
    summary: str
    draft: bool
    place: str | None
    date: Edtf
    utc_offset: timedelta
    published: Edtf
    updated: Edtf
    topics: tuple[Topic, ...]
    corrections: tuple[Correction, ...]
    prose: str
    """Markdown."""
    origins: Mapping[str, Origin]
    sources: tuple[Source, ...]
    claims: tuple[Claim, ...]
    """In the order of their topics, then as written."""
    events: tuple[Event, ...]
    left_out: tuple[LeftOut, ...] = ()
    shared: tuple[SharedNote, ...] = ()
    was: tuple[str, ...] = ()
    """The names that its folder had in earlier times."""


# ---- verified --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """A run of an article's words within a passage."""

    span: Span
    joint: str = ""
    """What stands before it where words were left out or put in, with its spaces: ` […] `, ` [word] ` or `[T]`."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A quotation that was found: where its words stand in the article, letter by letter."""

    source: str
    parts: tuple[Part, ...]
    """In the order of the article; more than one where `[…]` or `[word]` divides it."""
    tail: str
    """An insertion after the last words, or nothing."""
    keys: tuple[Span, ...]
    zone: Zone
    paragraph: int
    """Index in Article.paragraphs of the first words."""
    mode: Mode
    unclosed: bool
    """Whether it stands behind an opening quotation mark that the article never closes."""
    before: Span
    after: Span
    """The article's words around it that a claim's page prints; either may be empty."""
    reading: Span | None = None
    """The words in it that are the claim's utterance, where the curator names them."""
    translation: str | None = None
    """The same in the language of the site. These words are ours: they are never counted as the article's."""

    @property
    def span(self) -> Span:
        """From the first to the last of its words, with what was left out."""
        return Span(self.parts[0].span.start, self.parts[-1].span.end)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Its words, run by run."""
        return tuple(part.span for part in self.parts)

    def quoted(self, text: str) -> str:
        """As it is quoted from the article's `text`, with the marks of what was left out or put in."""
        return "".join(part.joint + part.span.of(text) for part in self.parts) + self.tail


@dataclass(frozen=True)
class AnchoredBriefing:
    """A briefing of which every quotation was found in its article."""

    briefing: Briefing
    articles: Mapping[str, Article]
    """By source."""
    evidence: Mapping[tuple[str, str], tuple[Passage, ...]]
    """By claim and source."""
    events: Mapping[str, tuple[Passage, ...]]
    """By event, in the order of the sources."""
    horizons: Mapping[str, Passage]
    """By source: the words that show what a text knew of."""
    outlooks: Mapping[str, Passage]
    """By source: the words that show what still lay ahead of it."""
    left_out: Mapping[str, tuple[Passage, ...]] = field(default_factory=dict)
    """By source: words that no claim rests on, knowingly. No page prints them."""
    found: Mapping[Hashable, Passage] = field(default_factory=dict, compare=False, repr=False)
    """Those found without a warning, by all that this rests on but the article: they need not be looked for again."""
