"""What wording.html is given."""

from __future__ import annotations

from builder.views import Chrome, Link, Quote, Witness, view
from builder.views.quoted import QuotedPart


@view
class VariantReading:
    """Words that some readings have in the place of the lemma's."""

    words: Quote | None
    """None where they have no words there."""
    witnesses: tuple[Witness, ...]


@view
class ApparatusEntry:
    """One place at which readings depart from the lemma."""

    lemma: Quote | None
    """The lemma's words there; None where it has none."""
    after: Quote | None
    """Where it has none, the word before; None at the beginning."""
    whole: bool
    """Whether it is about all of the lemma, with which the readings have no word in common."""
    variants: tuple[VariantReading, ...]


@view
class Manner:
    """The readings that give the words in one way."""

    mode: str
    """In words: "Partly inside quotation marks"."""
    witnesses: tuple[Witness, ...]


@view
class UtteranceLine:
    """An utterance: the lemma's text with its apparatus."""

    id: str
    by: str
    """Whose words they are."""
    claim: Link
    witness: Witness
    """Whose reading the lemma is."""
    text: Quote
    """The lemma; words from which readings depart are its key words."""
    entries: tuple[ApparatusEntry, ...]
    manners: tuple[Manner, ...]
    collation: Link
    """All readings side by side, on the claim's page."""


@view
class WordingPage:
    """<briefing>/wording.html"""

    chrome: Chrome
    intro: str
    """How many utterances there are, in words."""
    utterances: tuple[UtteranceLine, ...]
    tei: str
    """Leads to the same in TEI; empty where there is no utterance."""
    quoted: QuotedPart | None
    """What stands inside quotation marks; None where no claim quotes any of it."""
