"""Whose words they are, as far as the words around a quotation name somebody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from builder.analysis.quotations import QuotedPassage
from builder.article import Article
from builder.strings import FILL_IN
from builder.text import on_one_line

PRONOUNS = frozenset({
    "he", "she", "it", "they", "we", "i", "you", "who", "which", "that", "this",
    "er", "sie", "es", "wir", "ich", "il", "elle", "ils", "elles", "nous", "je", "él", "ella", "ellos",
})  # fmt: skip
"""Words that name a speaker only to who has read what stands before."""


def speaker_of(passages: Iterable[QuotedPassage], articles: Mapping[str, Article]) -> str:
    """The speaker as the first text has it that has more than a pronoun; or else that it is to be filled in."""
    named = (on_one_line(one.speaker.of(articles[one.source].text)) for one in passages if one.speaker)
    return next((name for name in named if name.casefold() not in PRONOUNS), FILL_IN)
