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
POSSESSIVES = frozenset({
    "his", "her", "its", "their", "our", "my", "whose", "sein", "seine", "ihr", "ihre", "deren", "dessen", "son", "sa",
    "ses", "leur", "su", "sus",
})  # fmt: skip
"""A name that starts with one says nothing alone, either."""


def speaker_of(passages: Iterable[QuotedPassage], articles: Mapping[str, Article]) -> str:
    """The speaker as the first text has it that names one; or else that it is to be filled in."""
    named = (on_one_line(one.speaker.of(articles[one.source].text)) for one in passages if one.speaker)
    return next((name for name in named if _tells(name.casefold())), FILL_IN)


def _tells(name: str) -> bool:
    return name not in PRONOUNS and name.split(" ", 1)[0] not in POSSESSIVES
