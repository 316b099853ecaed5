"""What the wording page is given of the passages inside quotation marks."""

from __future__ import annotations

from builder.views import Link, Quote, Siglum, view


@view
class QuotedLine:
    """One passage: as much of it as claims quote."""

    source: Siglum
    quote: Quote | None
    """None where no claim quotes any of it."""
    cue: Quote | None
    """The words that name the speaker, where a page shows them anyway."""
    note: str
    """What else the text shows: that the marks are never closed, what the body has of a headline's words; or empty."""
    claims: tuple[Link, ...]
    """The claims that quote it but not every passage of its family."""


@view
class QuotedFamily:
    """Passages of one utterance, or of one term."""

    observation: str
    """In one sentence: "Inside quotation marks in A and C, in different words."; empty for what stands in one text."""
    lines: tuple[QuotedLine, ...]
    claims: tuple[Link, ...]
    """The claims that quote every one of its passages."""


@view
class QuotedGroup:
    """The families of one kind."""

    id: str
    title: str
    families: tuple[QuotedFamily, ...]


@view
class QuotedPart:
    """Everything inside quotation marks, as far as claims quote it."""

    summary: str
    """All passages, counted."""
    groups: tuple[QuotedGroup, ...]
