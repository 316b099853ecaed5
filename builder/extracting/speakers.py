"""The words beside a passage inside quotation marks: where their sentences end, and which of them name a speaker.

Sentences are found here by their marks alone, as what is inside quotation marks may be masked. Offsets are code points.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from builder.language import saying
from builder.text import Span

LONGEST = 10
"""Words that name a speaker."""
_TOKEN = re.compile(r"\0+|[^\W_](?:[\w.'’&/\-]*\w)?|[^\w\s]")
SENTENCE_ENDS = frozenset(".!?…。！？")
_AFTER_SENTENCE = frozenset("\"'”’“»«)]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign, or a run of what is masked."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        """In small letters."""
        return self.text.casefold()

    @property
    def word(self) -> bool:
        """Whether it is no sign."""
        return self.text[0].isalnum()


def tokens_in(text: str, within: Span) -> list[Token]:
    """The words and signs of a part of `text`, in order."""
    return [Token(match[0], *match.span()) for match in _TOKEN.finditer(text, within.start, within.end)]


# ---- sentences -----------------------------------------------------------------------------------------------------


def ends_sentence(tokens: Sequence[Token], index: int) -> bool:
    """Whether a sentence ends at a token: a stop that no abbreviation has, before a capital letter or nothing."""
    token = tokens[index]
    if token.text not in SENTENCE_ENDS or (token.text == "." and abbreviates(tokens, index)):
        return False
    following = index + 1
    while following < len(tokens) and tokens[following].text in _AFTER_SENTENCE:
        following += 1
    return following >= len(tokens) or not tokens[following].text[0].islower()


def abbreviates(tokens: Sequence[Token], index: int) -> bool:
    """Whether the full stop at `index` belongs to the word before it: `U.S.`, `J.`, `Mr.`"""
    word = tokens[index - 1].low if index and tokens[index - 1].end == tokens[index].start else ""
    return word[:1].isalpha() and (len(word) == 1 or "." in word or word in saying.TITLES)


def last_sentence(tokens: Sequence[Token]) -> Sequence[Token]:
    """The sentence that the tokens end in."""
    for index in reversed(range(len(tokens))):
        if ends_sentence(tokens, index):
            start = index + 1
            while start < len(tokens) and tokens[start].text in _AFTER_SENTENCE:
                start += 1
            return tokens[start:]
    return tokens


def first_sentence(tokens: Sequence[Token]) -> Sequence[Token]:
    """What is left of the sentence that the tokens begin in."""
    ends = (index for index in range(len(tokens)) if ends_sentence(tokens, index))
    return tokens[: next(ends, len(tokens))]


# ---- names ---------------------------------------------------------------------------------------------------------


def name_back(tokens: Sequence[Token], last: int) -> Span | None:
    """The name that ends with the token `last`, back to where its clause begins."""
    first = last
    while first >= 0 and _within_name(tokens, first) and tokens[first].low not in saying.JOINS:
        first -= 1
        if last - first > LONGEST:
            return None
    name = [token for token in tokens[first + 1 : last + 1] if token.word]
    if name and name[0].low in saying.ENDS_NAME:  # "On Monday Qin"
        name = name[1:]
        while name and (name[0].low in saying.DAYS or name[0].text.isdigit()):
            name = name[1:]
    return named(name)


def name_on(tokens: Sequence[Token], first: int, ends: Collection[str]) -> Span | None:
    """The name that begins with the token `first`."""
    last = first
    while last < len(tokens) and _within_name(tokens, last) and tokens[last].low not in ends:
        last += 1
        if last - first > LONGEST:
            return None
    return named([token for token in tokens[first:last] if token.word])


def _within_name(tokens: Sequence[Token], index: int) -> bool:
    return tokens[index].word or (tokens[index].text == "." and abbreviates(tokens, index))


def named(name: Sequence[Token]) -> Span | None:
    """The span of words that can be a speaker; None of those that cannot."""
    words = [token.low for token in name]
    if not words or words[0] in saying.NOBODY or all(word in saying.ARTICLES for word in words):
        return None
    known = words[0] in saying.ARTICLES or words[0] in saying.PRONOUNS or not name[0].text[0].islower()
    if not known and len(name) > 3:
        return None
    return Span(name[0].start, name[-1].end)
