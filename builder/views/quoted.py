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


@view
class QuotedFor:
    """A claim that quotes some passages of a family, not all."""

    places: str
    """Which of them: `A ¶ 9 and C ¶ 7`."""
    claim: Link


@view
class QuotedFamily:
    """Passages of one utterance, or of one term."""

    lines: tuple[QuotedLine, ...]
    claims: tuple[Link, ...]
    """The claims that quote every one of its passages."""
    partly: tuple[QuotedFor, ...]
    """The other claims that quote any of them."""


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
