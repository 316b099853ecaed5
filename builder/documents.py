"""What a person writes, key by key: the schema of site.yaml and of a briefing's files.

The docstring under each field is its description for curators. Scalars arrive as text and are converted here, so
`no`, `12:30` or `010` can never silently become something else. Ids are not resolved here (see assemble).
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

from builder.dates import DateError, Edtf, parse_date, parse_offset
from builder.ids import is_id
from builder.values import Value, ValueFormatError, parse_value

T = TypeVar("T")

Stance = Literal["supports", "qualifies", "contradicts", "silent"]
Difference = Literal["scope", "strength", "precision", "expectation", "wording"]
Because = Literal["omitted", "predates"]
Allowance = Literal["negation", "paragraphs"]


# ---- converting text -------------------------------------------------------------------------------------------


def _with(parse: Callable[[str], T]) -> PlainValidator:
    """Convert text with `parse`; its ValueError is the curator's message."""

    def convert(raw: object) -> T:
        if not isinstance(raw, str):
            raise PydanticCustomError("string_type", "Text is expected here.")
        try:
            return parse(raw.strip())
        except (DateError, ValueFormatError) as error:
            raise PydanticCustomError("format", "{reason}.", {"reason": str(error)}) from error

    return PlainValidator(convert)


def _yes_or_no(raw: object) -> object:
    answer = {"yes": True, "true": True, "no": False, "false": False}.get(raw) if isinstance(raw, str) else None
    if answer is None:
        raise PydanticCustomError("format", "Write yes or no.")
    return answer


def _one_or_many(raw: object) -> object:
    if isinstance(raw, str) and re.match(r"-[^\W\d][^\n]*? -[^\W\d]", raw):
        raise PydanticCustomError("format", "A space is missing after the dash of a list: write `- item`.")
    return raw if isinstance(raw, list) else [raw]


def identifier(text: str) -> str:
    """An id, if it is one. Raises PydanticCustomError, a ValueError."""
    if "," in text:
        raise PydanticCustomError("format", "Several ids are a list: write [{text}].", {"text": text})
    if not is_id(text):
        raise PydanticCustomError(
            "format",
            "`{text}` is no id: use small letters a-z, digits and single hyphens, at most 64.",
            {"text": text},
        )
    return text


def _filename(text: str) -> str:
    if not re.fullmatch(r"[\w][\w. -]*\.txt", text):
        raise PydanticCustomError(
            "format", "`{text}` is no article: write the plain name of a .txt file in seeds/.", {"text": text}
        )
    return text


def web_address(text: str) -> str:
    """A http or https address without user, quotation marks and spaces. Raises PydanticCustomError, a ValueError."""
    path = r"(?:[^\s\x00-\x1f\x7f\"'<>\\^`{|}%]|%[0-9A-Fa-f]{2})*"  # RFC 3986, and RFC 3987 for other letters
    if not re.fullmatch(rf"https?://\w[\w.-]*(?::\d{{1,5}})?(?:/{path})?", text):
        raise PydanticCustomError(
            "format", "`{text}` is no web address: it starts with https:// and has no spaces.", {"text": text}
        )
    return text


def _contact(text: str) -> str:
    if not re.fullmatch(r"[^\s@<>\"'?&:/\\]+@[^\s@<>\"'?&:/\\]+", text):
        return web_address(text)
    return text


def _percent(text: str) -> Decimal:
    match = re.fullmatch(r"(\d{1,3}) ?%", text, re.ASCII)
    if not match or int(match[1]) > 100:
        raise ValueFormatError(f"{text!r} is no share; write 40 %")
    return Decimal(match[1])


def _offset(text: str) -> timedelta:
    return parse_offset(text)


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _written(most: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=most)


Text = Annotated[str, _written(1000), AfterValidator(_tidy)]
"""One line of plain text."""
Markdown = Annotated[str, _written(4000)]
Verbatim = Annotated[str, _written(3000)]
"""Words of an article, letter by letter."""
Translation = Annotated[str, _written(3000), AfterValidator(_tidy)]
"""Words of an article in the language of the site: ours, and never verified."""
Id = Annotated[str, AfterValidator(identifier)]
Date = Annotated[Edtf, _with(parse_date)]
Number = Annotated[Value, _with(parse_value)]
Percent = Annotated[Decimal, _with(_percent)]
Offset = Annotated[timedelta, _with(_offset)]
YesOrNo = Annotated[bool, BeforeValidator(_yes_or_no)]
Url = Annotated[str, AfterValidator(web_address)]


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
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en"
    """The language of the briefings, such as en."""
    publisher: Text | None = None
    """Who publishes the site."""
    corrections: Annotated[str, AfterValidator(_contact)] | None = None
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
    short: Annotated[str, _written(14)] | None = None
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
    was: Annotated[list[Id], BeforeValidator(_one_or_many)] = Field(default_factory=list)
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
    via: Annotated[list[Id], BeforeValidator(_one_or_many)] = Field(default_factory=list)
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
    key: Annotated[list[Verbatim], BeforeValidator(_one_or_many)] = Field(default_factory=list)
    """The words in it that the stance rests on."""
    reading: Verbatim | None = None
    """The words in it that are the claim's utterance, where it holds more than these."""
    translation: Translation | None = None
    """The same in the language of the site, in your own words, where the article has another."""
    allow: Annotated[list[Allowance], BeforeValidator(_one_or_many)] = Field(default_factory=list)
    """What an omission may hide knowingly: a negation, or the end of a paragraph."""


def _quotation(raw: object) -> object:
    return {"exact": raw} if isinstance(raw, str) else raw


Quote = Annotated[QuotationEntry, BeforeValidator(_quotation)]


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
    article: Annotated[str, AfterValidator(_filename)]
    """The name of its file in seeds/."""
    outlet: Text | None = None
    """Who published it, where the text shows that."""
    headline: Annotated[list[Verbatim], BeforeValidator(_one_or_many)] = Field(default_factory=list)
    """The headline as printed; further lines of it may follow."""
    headline_translation: Translation | None = None
    """The headline in the language of the site, in your own words, where the article has another."""
    body: Annotated[list[Verbatim], Field(min_length=2, max_length=2)]
    """The first and the last words of the article proper. What is outside is no evidence."""
    captions: Annotated[list[Verbatim], BeforeValidator(_one_or_many)] = Field(default_factory=list)
    """Words that stand in the paragraphs which are captions."""
    boilerplate: Annotated[list[Verbatim], BeforeValidator(_one_or_many)] = Field(default_factory=list)
    """Words that stand in paragraphs between the first and last words which are not the article's."""
    author: Text | None = None
    """The author as printed."""
    url: Url | None = None
    """The address of the article."""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] | None = None
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
    via: Annotated[list[Id], BeforeValidator(_one_or_many)] = Field(default_factory=list)
    """The origin that the article credits for all of it, nearest first."""
    note: Text | None = None
    """What a reader should know about this text."""
    was: Annotated[list[Id], BeforeValidator(_one_or_many)] = Field(default_factory=list)
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
    quote: Annotated[list[Quote], BeforeValidator(_one_or_many)] = Field(default_factory=list)
    """The words it rests on: one text or several."""
    key: Annotated[list[Verbatim], BeforeValidator(_one_or_many)] = Field(default_factory=list)
    """With one quotation: the words in it that the stance rests on."""
    reading: Verbatim | None = None
    """With one quotation: the words in it that are the claim's utterance."""
    translation: Translation | None = None
    """With one quotation: the same in the language of the site."""
    prefix: Verbatim | None = None
    """With one quotation: the words directly before it."""
    suffix: Verbatim | None = None
    """With one quotation: the words directly after it."""
    allow: Annotated[list[Allowance], BeforeValidator(_one_or_many)] = Field(default_factory=list)
    """With one quotation: what its omissions may hide knowingly."""
    value: Number | None = None
    """The number it gives, in the claim's unit: 5.5, >5, ~7.5, 5..6; or with its own, 330 minutes; or a date."""
    via: Annotated[list[Id], BeforeValidator(_one_or_many)] = Field(default_factory=list)
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
    settles: Annotated[list[Id], BeforeValidator(_one_or_many)] = Field(default_factory=list)
    """Claims about what was still expected, which this one tells the outcome of."""
    refines: Annotated[list[Id], BeforeValidator(_one_or_many)] = Field(default_factory=list)
    """Claims that this one says more exactly."""
    conflicts_with: Annotated[list[Id], BeforeValidator(_one_or_many)] = Field(default_factory=list)
    """Claims that cannot hold together with this one."""
    evidence: dict[Id, EvidenceEntry] = Field(default_factory=dict)
    """What each source says to it; a source that is not listed is silent."""
    note: Markdown | None = None
    """What no source explains."""
    was: Annotated[list[Id], BeforeValidator(_one_or_many)] = Field(default_factory=list)
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
    evidence: dict[Id, Annotated[list[Quote], BeforeValidator(_one_or_many)]] = Field(default_factory=dict)
    """The words of the sources that tell of it: for each one text or several."""
    note: Text | None = None
    """How the date was worked out, or what no text says."""
    was: Annotated[list[Id], BeforeValidator(_one_or_many)] = Field(default_factory=list)
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


# ---- describing ------------------------------------------------------------------------------------------------


@cache
def descriptions(model: type[Entry]) -> dict[str, str]:
    """The docstrings under a model's fields, by key. Only a fault asks for them, so they are read only then."""
    (tree,) = ast.parse(inspect.getsource(model)).body
    assert isinstance(tree, ast.ClassDef)
    return {
        field.target.id: inspect.cleandoc(below.value.value)
        for field, below in pairwise(tree.body)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) and isinstance(below.value.value, str)
    }


EXAMPLES: Mapping[str, str] = {
    "allow": "allow: [negation]",
    "article": "article: harbour-a.txt",
    "author": "author: Jo Field",
    "because": "because: omitted",
    "before": "before: The bridge took five years to build.",
    "body": "body: [The bridge over the harbour, in spite of the rain.]",
    "boilerplate": "boilerplate: [Read more]",
    "captions": "captions: [The bridge at night]",
    "by": "by: The mayor",
    "captured": "captured: 2025-03-05T09:00Z",
    "cards": "cards: briefings",
    "changed": "changed: The length of the work.",
    "claim": "claim: The bridge took six years to build.",
    "conflicts_with": "conflicts_with: seven-years-of-work",
    "corrections": "corrections:\n  - {date: 2025-03-12, changed: The length of the work.}",
    "date": "date: 2025-03-03",
    "dated": "dated: inferred",
    "differs_in": "differs_in: precision",
    "event": "event: opening",
    "evidence": "evidence:\n  gazette:\n    - after six years of work",
    "exact": "exact: after six years of work",
    "excerpt_maximum": "excerpt_maximum: 60 %",
    "excerpt_warning": "excerpt_warning: 40 %",
    "full_text": "full_text: yes",
    "headline": "headline: New harbour bridge opens",
    "headline_translation": "headline_translation: New harbour bridge opens",
    "key": "key: six years",
    "kind": "kind: city council",
    "known_through": "known_through: 2025-03-03",
    "label": "label: Monday",
    "language": "language: en",
    "left_out": "left_out:\n  gazette:\n    - {quote: several hundred people, why: No other text counts them.}",
    "lemma": "lemma: gazette",
    "licence": "licence: CC BY 4.0",
    "limits": "limits: {excerpt_warning: 40 %, excerpt_maximum: 60 %}",
    "looks_ahead": "looks_ahead: {event: opening, quote: will be opened on Monday}",
    "name": "name: The city council",
    "note": "note: No text says what the bridge cost.",
    "origins": "origins:\n  council: {name: The city council}",
    "outlet": "outlet: The Gazette",
    "place": "place: The harbour",
    "prefix": "prefix: the mayor said",
    "primary": "primary: yes",
    "published": "published: 2025-03-10",
    "publisher": "publisher: The editors",
    "question": "question: How long did the work take?",
    "quote": "quote: after six years of work",
    "reading": "reading: a gift to the city",
    "refines": "refines: opened-on-monday",
    "settles": "settles: opening-expected",
    "shared": "shared:\n  - {sources: [gazette, courier], why: Both print the agency’s report.}",
    "short": "short: Opening",
    "side": "side: The city",
    "siglum": "siglum: A",
    "source": "source: gazette",
    "sources": "sources:\n  gazette: {siglum: A, article: harbour-a.txt, body: [The bridge, the rain.]}",
    "stance": "stance: supports",
    "status": "status: draft",
    "suffix": "suffix: and left",
    "summary": "summary: Two articles on one opening.",
    "tagline": "tagline: One event, several articles.",
    "title": "title: The harbour bridge",
    "topic": "topic: opening",
    "topics": "topics:\n  opening: The opening",
    "translation": "translation: after six years of work",
    "unit": "unit: years",
    "updated": "updated: 2025-03-12",
    "url": "url: https://example.org/",
    "utterance": "utterance: The mayor",
    "utc_offset": 'utc_offset: "+08:00"',
    "value": "value: 6",
    "via": "via: [council]",
    "was": "was: [length-of-work]",
    "why": "why: A reader pointed it out.",
}
"""For every key, how it is written."""
_EXAMPLES_ELSEWHERE: Mapping[tuple[str, str], str] = {
    ("BriefingEntry", "was"): "was: [harbour-opening]",
    ("ClaimEntry", "evidence"): "evidence:\n  gazette: {stance: supports, quote: after six years of work}",
    ("CorrectionEntry", "claim"): "claim: years-of-work",
    ("LeftOutEntry", "why"): "why: No other text counts them.",
    ("SharedEntry", "sources"): "sources: [gazette, courier]",
    ("SharedEntry", "why"): "why: Both print the agency’s report.",
    ("SiteEntry", "corrections"): "corrections: corrections@example.org",
}
"""For keys that are something else in some entries."""


def example(model: type[Entry], key: str) -> str:
    """How a key of an entry is written, as YAML."""
    return _EXAMPLES_ELSEWHERE.get((model.__name__, key)) or EXAMPLES[key]
