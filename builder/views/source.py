"""A source's page."""

from __future__ import annotations

from builder.views import Chrome, Link, Quote, Segment, Siglum, Stance, view
from builder.words import direction


@view
class Fact:
    """A line about a source."""

    key: str
    """What it is of the source, where its entry says it: `outlet`, `published`; of the others, nothing."""
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
    """What this text says to it, on the claim's page."""
    stance: Stance


@view
class Excerpt:
    """A paragraph of an article, as far as the briefing shows it."""

    anchor: str
    """`p7`, `headline`, `headline-2`, `caption-1`."""
    label: str
    """`¶ 7`, `Headline`, `Caption`."""
    spoken: str
    """The same for a screen reader."""
    segments: tuple[Segment, ...]
    """A `gap` segment tells how many words are left out, "[… 12]", never at the end of a line in the midst of it."""
    notes: tuple[MarginNote, ...]
    href: str
    """Its own address, for `cite`."""
    language: str
    """Of the article."""
    live: str | None
    """Its words in the article where that was published, where this is known."""

    @property
    def direction(self) -> str:
        """ltr or rtl: how the article's language is written."""
        return direction(self.language)


@view
class Skipped:
    """Paragraphs that are not shown."""

    text: str
    """¶ 10–11 not shown, 50 words"""


@view
class MapMark:
    """A used stretch of a paragraph, in per cent of its length."""

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
class SilentGroup:
    """Claims that a source is silent on, by how that is known."""

    because: str
    claims: tuple[Link, ...]


@view
class SourcePage:
    """<briefing>/sources/<id>.html"""

    chrome: Chrome
    source: Siglum
    article: str
    """The file's name in seeds/."""
    language: str
    title: str
    translation: str | None
    """Of the title, in the language of the site."""
    facts: tuple[Fact, ...]
    note: str | None
    shown: str
    """How many of its words are shown, and what the limit is."""
    shown_percent: int
    limit_percent: int | None
    """None where a licence allows to show all of it, so that there is no limit."""
    minimap: tuple[MapParagraph, ...]
    excerpts: tuple[Excerpt | Skipped, ...]
    agreements: tuple[Agreement, ...]
    silent_on: tuple[SilentGroup, ...]
    previous: Siglum | None
    next: Siglum | None
    others: tuple[Siglum, ...]
    url: str | None

    @property
    def direction(self) -> str:
        """ltr or rtl: how the article's language is written."""
        return direction(self.language)
