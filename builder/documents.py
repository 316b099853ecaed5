"""What a person writes, key by key: the schema of site.yaml and of a briefing's files.

The docstring under each field is its description for curators. Ids are not resolved here (see assemble).
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from builder.scalars import (
    Contact,
    Date,
    FileName,
    Id,
    Ids,
    Language,
    Markdown,
    Number,
    Offset,
    Percent,
    Text,
    Translation,
    Url,
    Verbatim,
    Verbatims,
    YesOrNo,
    at_most,
    one_or_many,
)

Stance = Literal["supports", "qualifies", "contradicts", "silent"]
Difference = Literal["scope", "strength", "precision", "expectation", "wording"]
Because = Literal["omitted", "predates"]
Allowance = Literal["negation", "paragraphs"]
Allowances = Annotated[list[Allowance], BeforeValidator(one_or_many)]


class Entry(BaseModel):
    """Base of everything that is written: unknown keys are faults."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)


# ---- site.yaml -------------------------------------------------------------------------------------------------


class Limits(Entry):
    """How much of an article may be shown, as a share of its words."""

    excerpt_warning: Percent = Decimal(40)
    """From this share on, the check warns."""
    excerpt_maximum: Percent = Decimal(60)
    """Above this share, nothing is published."""


class SiteEntry(Entry):
    """site.yaml"""

    title: Text
    """The site's name, on every page."""
    tagline: Text = "One event, several articles, every claim side by side."
    """One sentence under the name."""
    url: Url | None = None
    """The address of the published site; feed and sitemap need it."""
    language: Language = "en"
    """The language of the briefings, such as en."""
    publisher: Text | None = None
    """Who publishes the site."""
    corrections: Contact | None = None
    """Where readers send corrections: a mail or web address."""
    limits: Limits = Field(default_factory=Limits)
    """How much of an article may be shown."""
    cards: Literal["all", "briefings", "none"] = "all"
    """Which pages get a picture for links to them: all, the digest and briefings only, or none."""


# ---- briefing.md -----------------------------------------------------------------------------------------------


class TopicEntry(Entry):
    """A group of claims."""

    title: Text
    """The heading over its claims."""
    short: Annotated[str, at_most(14)] | None = None
    """A shorter name for small charts."""


def _topic(raw: object) -> object:
    return {"title": raw} if isinstance(raw, str) else raw


class CorrectionEntry(Entry):
    """A published correction."""

    date: Date
    """When the briefing was corrected."""
    claim: Id | None = None
    """The claim that it concerns."""
    changed: Text
    """What was changed."""
    before: Text | None = None
    """What it said before."""
    why: Text | None = None
    """Why it was changed."""


class BriefingEntry(Entry):
    """The front matter of briefing.md"""

    title: Text
    """The briefing's name."""
    summary: Text
    """One or two sentences: what the articles agree on and where they part."""
    status: Literal["draft", "published"]
    """A draft is built only with --drafts."""
    place: Text | None = None
    """Where it happened."""
    date: Date
    """When it happened."""
    utc_offset: Offset = timedelta()
    """The clock of the place, such as "+08:00": days on the timeline are its days."""
    published: Date
    """When the briefing was published."""
    updated: Date | None = None
    """When it was last changed for readers."""
    topics: dict[Id, Annotated[TopicEntry, BeforeValidator(_topic)]]
    """The groups of claims, in the order of the matrix."""
    corrections: list[CorrectionEntry] = Field(default_factory=list)
    """What was corrected since publication."""
    was: Ids = Field(default_factory=list)
    """The names that its folder had in earlier times: their addresses lead here."""


# ---- sources.yaml ----------------------------------------------------------------------------------------------


class OriginEntry(Entry):
    """Where sources got a statement."""

    name: Text
    """As a reader should see it."""
    kind: Text | None = None
    """What it is: readout, news agency, state broadcaster."""
    side: Text | None = None
    """The party to the event that it speaks for, if any."""
    via: Ids = Field(default_factory=list)
    """Where the origin itself got it, nearest first."""
    source: Id | None = None
    """The source of this briefing that it is, where one article cites another."""


class QuotationEntry(Entry):
    """Words of an article."""

    exact: Verbatim
    """The words, letter by letter. […] marks words left out, [word] an editor's insertion."""
    prefix: Verbatim | None = None
    """The words directly before, where `exact` stands more than once."""
    suffix: Verbatim | None = None
    """The words directly after, where `exact` stands more than once."""
    key: Verbatims = Field(default_factory=list)
    """The words in it that the stance rests on."""
    reading: Verbatim | None = None
    """The words in it that are the claim's utterance, where it holds more than these."""
    translation: Translation | None = None
    """The same in the language of the site, in your own words, where the article has another."""
    allow: Allowances = Field(default_factory=list)
    """What an omission may hide knowingly: a negation, or the end of a paragraph."""


def _quotation(raw: object) -> object:
    return {"exact": raw} if isinstance(raw, str) else raw


Quote = Annotated[QuotationEntry, BeforeValidator(_quotation)]
Quotes = Annotated[list[Quote], BeforeValidator(one_or_many)]
"""One or several."""


class HorizonEntry(Entry):
    """The last moment that a text shows it knew of."""

    date: Date
    """That moment."""
    quote: Quote | None = None
    """The words that show it."""


def _horizon(raw: object) -> object:
    return {"date": raw} if isinstance(raw, str) else raw


class LookAheadEntry(Entry):
    """What still lay ahead when a text was written."""

    event: Id
    """The event that had not happened yet."""
    quote: Quote
    """The words that show it."""


class SourceEntry(Entry):
    """One article and who published it when."""

    siglum: Annotated[str, Field(pattern=r"^[A-Z][A-Za-z0-9]?$")]
    """The capital letter that stands for it in the matrix, such as A; one more letter or digit may follow."""
    article: FileName
    """The name of its file in seeds/."""
    outlet: Text | None = None
    """Who published it, where the text shows that."""
    headline: Verbatims = Field(default_factory=list)
    """The headline as printed; further lines of it may follow."""
    headline_translation: Translation | None = None
    """The headline in the language of the site, in your own words, where the article has another."""
    body: Annotated[list[Verbatim], Field(min_length=2, max_length=2)]
    """The first and the last words of the article proper. What is outside is no evidence."""
    captions: Verbatims = Field(default_factory=list)
    """Words that stand in the paragraphs which are captions."""
    boilerplate: Verbatims = Field(default_factory=list)
    """Words that stand in paragraphs between the first and last words which are not the article's."""
    author: Text | None = None
    """The author as printed."""
    url: Url | None = None
    """The address of the article."""
    language: Language | None = None
    """Its language, where it is not the site's."""
    primary: YesOrNo = False
    """Whether it is the primary text, such as an official readout, that others report."""
    licence: Text | None = None
    """The licence under which it may be shown."""
    full_text: YesOrNo = False
    """Whether the licence allows to show all of it: then no limit applies."""
    published: Date | None = None
    """When it was published, as printed."""
    captured: Date | None = None
    """When the text was saved, as printed."""
    known_through: Annotated[HorizonEntry, BeforeValidator(_horizon)] | None = None
    """The last moment that the text shows it knew of."""
    looks_ahead: LookAheadEntry | None = None
    """What the text shows to lie ahead of it."""
    via: Ids = Field(default_factory=list)
    """The origin that the article credits for all of it, nearest first."""
    note: Text | None = None
    """What a reader should know about this text."""
    was: Ids = Field(default_factory=list)
    """Its ids of earlier times: their addresses lead here."""


class SourcesEntry(Entry):
    """sources.yaml"""

    origins: dict[str, Any] = Field(default_factory=dict)
    """Where sources got their statements: entries by id."""
    sources: dict[str, Any]
    """The articles, in the order of the matrix: entries by id."""


# ---- claims.yaml -----------------------------------------------------------------------------------------------


class EvidenceEntry(Entry):
    """What one source says to one claim."""

    stance: Stance
    """supports, qualifies, contradicts, or silent."""
    differs_in: Difference | None = None
    """With `qualifies`: scope, strength, precision, expectation or wording."""
    quote: Quotes = Field(default_factory=list)
    """The words it rests on: one text or several."""
    key: Verbatims = Field(default_factory=list)
    """With one quotation: the words in it that the stance rests on."""
    reading: Verbatim | None = None
    """With one quotation: the words in it that are the claim's utterance."""
    translation: Translation | None = None
    """With one quotation: the same in the language of the site."""
    prefix: Verbatim | None = None
    """With one quotation: the words directly before it."""
    suffix: Verbatim | None = None
    """With one quotation: the words directly after it."""
    allow: Allowances = Field(default_factory=list)
    """With one quotation: what its omissions may hide knowingly."""
    value: Number | None = None
    """The number it gives, in the claim's unit: 5.5, >5, ~7.5, 5..6; or with its own, 330 minutes; or a date."""
    via: Ids = Field(default_factory=list)
    """Where the source got it, nearest first."""
    because: Because | None = None
    """With `silent`: omitted or predates, where the dates do not tell."""
    note: Text | None = None
    """A few words for the reader."""


class UtteranceEntry(Entry):
    """Something that was said, of which several sources print the words."""

    by: Text
    """Whose words they are, as the sources name the speaker."""
    lemma: Id | None = None
    """The source whose reading the others are set against; else the primary text, or the most frequent reading."""


def _utterance(raw: object) -> object:
    if raw in ("yes", "no", "true", "false"):
        raise PydanticCustomError("format", "Write whose words they are.")
    return {"by": raw} if isinstance(raw, str) else raw


class ClaimEntry(Entry):
    """One checkable statement."""

    claim: Text
    """The statement, in a neutral sentence of its own."""
    question: Text | None = None
    """The question that it answers, a heading where sources contradict it."""
    topic: Id
    """The topic it belongs to."""
    event: Id | None = None
    """The event it is about; a text that ends before it cannot know."""
    unit: Text | None = None
    """The unit of the values, such as hours; `date` where they are dates."""
    utterance: Annotated[UtteranceEntry, BeforeValidator(_utterance)] | None = None
    """Whose words the quotations print: then they are set side by side, word by word."""
    settles: Ids = Field(default_factory=list)
    """Claims about what was still expected, which this one tells the outcome of."""
    refines: Ids = Field(default_factory=list)
    """Claims that this one says more exactly."""
    conflicts_with: Ids = Field(default_factory=list)
    """Claims that cannot hold together with this one."""
    evidence: dict[Id, EvidenceEntry] = Field(default_factory=dict)
    """What each source says to it; a source that is not listed is silent."""
    note: Markdown | None = None
    """What no source explains."""
    was: Ids = Field(default_factory=list)
    """Its ids of earlier times: their addresses lead here."""


# ---- timeline.yaml ---------------------------------------------------------------------------------------------


class EventEntry(Entry):
    """Something that happened."""

    title: Text
    """What happened."""
    date: Date
    """When, as finely as the articles tell."""
    label: Text | None = None
    """The date in words, where the articles give a part of a day."""
    dated: Literal["printed", "inferred"] = "printed"
    """Whether an article prints the date or it was worked out."""
    evidence: dict[Id, Quotes] = Field(default_factory=dict)
    """The words of the sources that tell of it: for each one text or several."""
    note: Text | None = None
    """How the date was worked out, or what no text says."""
    was: Ids = Field(default_factory=list)
    """Its ids of earlier times: their addresses lead here."""


# ---- audit.yaml ------------------------------------------------------------------------------------------------


class LeftOutEntry(Entry):
    """Words that no claim rests on, knowingly."""

    quote: Quote
    """The words: a passage inside quotation marks, or one with a number."""
    why: Text
    """Why no claim rests on them."""


class SharedEntry(Entry):
    """Why two sources have the same words."""

    sources: Annotated[list[Id], Field(min_length=2, max_length=2)]
    """The two sources."""
    why: Text
    """What explains it, or that nothing does, for the reader."""


class AuditEntry(Entry):
    """audit.yaml"""

    left_out: dict[Id, list[LeftOutEntry]] = Field(default_factory=dict)
    """By source: what was looked at and knowingly left out."""
    shared: list[SharedEntry] = Field(default_factory=list)
    """Pairs of sources that have text in common."""
