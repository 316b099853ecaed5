"""Everything that the articles put inside quotation marks, and which passages are one utterance: a *family*."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from builder.article import Zone
from builder.model import AnchoredBriefing
from builder.text import Span


class Kind(StrEnum):
    """What the passages of a family have in common."""

    SAME = "same words"
    CUT = "same words, one of them cut"
    DIFFERENT = "different words"
    SINGLE = "one source only"
    HEADLINE = "headline only"


@dataclass(frozen=True, slots=True)
class QuotedPassage:
    """Words inside quotation marks in one article."""

    source: str
    span: Span
    """Without the marks."""
    closed: bool
    depth: int
    """0 for the outermost marks; 1 for a quotation within a quotation."""
    zone: Zone
    paragraph: int
    """Index in Article.paragraphs."""
    cue: Span | None
    """The words that name the speaker, where the text around it gives them."""


@dataclass(frozen=True, slots=True)
class Family:
    """Passages of one utterance, or one that stands alone."""

    kind: Kind
    members: tuple[QuotedPassage, ...]
    """In the order of the sources, then of the article."""
    claims: tuple[str, ...]
    """The claims whose evidence rests on words of them, in the order of the matrix."""
    left_out: bool = False
    """Whether the curator knowingly lets no claim rest on any of them."""


def families_of(anchored: AnchoredBriefing) -> tuple[Family, ...]:
    """All passages inside quotation marks, each in one family."""
    del anchored
    return ()
