"""The words of an utterance: where one ends and the next begins, and which count as the same or as forms of one.

Words are compared by a normal form: folded as quotations are, without case, without what stands around them, without
the full stops of an abbreviation.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from builder.text import INVISIBLE, SINGLE_QUOTES, Span, bare, fold_text, unspaced

_SHORT = 3
"""Letters up to which a word is mostly grammar, and says little about what belongs together."""
_NEAR_FROM, _AKIN_FROM = 0.7, 0.6
_STEM = 5
"""Letters at the start that make two words akin, such as `maintain` and `maintenance`."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, with the marks that touch it."""

    span: Span
    norm: str
    """As it is compared."""


def words_of(text: str, span: Span) -> tuple[Word, ...]:
    """The words of a part of `text`, which together hold all of it but the white space.

    A hyphen or a dash parts words. What is written without spaces, such as Chinese, is parted into its characters.
    Where there is no letter and no digit, all of it is one word.
    """
    return tuple(Word(Span(span.start + start, span.start + end), norm) for start, end, norm in _words(span.of(text)))


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[tuple[int, int, str], ...]:
    cores = _cores(text)
    if not cores:
        stripped = text.strip()
        start = text.find(stripped)
        return ((start, start + len(stripped), fold_text(stripped) or stripped),) if stripped else ()
    starts = [len(text) - len(text.lstrip())]
    ends = []
    for (_, end), (start, _) in pairwise(cores):
        left, right = _parted(text, end, start)
        ends.append(left)
        starts.append(right)
    ends.append(len(text.rstrip()))
    return tuple((start, end, bare(text[slice(*core)])) for start, end, core in zip(starts, ends, cores, strict=True))


def _cores(text: str) -> list[tuple[int, int]]:
    """Where the letters and digits of each word are."""
    out: list[tuple[int, int]] = []
    start = end = -1  # of the word that is being read
    alone = False  # whether it is a character of a script without spaces
    for at, char in enumerate(text):
        touches = start >= 0 and end == at
        if char.isalnum():
            single = unspaced(char)
            if touches and not single and not alone:
                end = at + 1
                continue
            if start >= 0:
                out.append((start, end))
            start, end, alone = at, at + 1, single
        elif touches and (_extends(char) or _joins(text, at)):
            end = at + 1
    if start >= 0:
        out.append((start, end))
    return out


def _extends(char: str) -> bool:
    """Whether a character belongs to the letter before it."""
    return char in INVISIBLE or char in "\u200c\u200d" or unicodedata.category(char)[0] == "M"


def _joins(text: str, at: int) -> bool:
    """Whether the mark at `at` stands inside a word or a number: `don't`, `U.S`, `5.5`, `10:30`."""
    char = text[at]
    before, after = text[at - 1], text[at + 1 : at + 2]
    if char == "'" or char in SINGLE_QUOTES:
        return before.isalpha() and after.isalpha()
    if char in ".,:":
        return (before.isdigit() and after.isdigit()) or (char == "." and before.isalpha() and after.isalpha())
    return False


def _parted(text: str, end: int, start: int) -> tuple[int, int]:
    """Where the word before `end` and the one from `start` on part what stands between them."""
    between = text[end:start]
    blanks = [index for index, char in enumerate(between) if char.isspace()]
    if blanks:  # what follows the last blank opens, the rest closes
        opening = blanks[-1] + 1
        return end + len(between[:opening].rstrip()), end + opening
    opening = len(between)
    while opening and unicodedata.category(between[opening - 1]) in ("Ps", "Pi"):
        opening -= 1
    return end + opening, end + opening


def tells(word: str) -> bool:
    """Whether a word says something about what belongs together: the shortest are mostly grammar."""
    return len(word) > _SHORT or unspaced(word[:1]) or word.isdigit()


@lru_cache(maxsize=8192)
def near(one: str, other: str) -> bool:
    """Whether two words are one or forms of one, as far as their letters tell: `toward` and `towards`; no numbers."""
    return one == other or (one[:1] == other[:1] and varies(one) and varies(other) and forms_of_one(one, other))


def forms_of_one(one: str, other: str) -> bool:
    """Whether two words that differ are forms of one; both begin with the same letter and can vary."""
    from rapidfuzz.distance import Indel  # a build with nothing to do has no time to load it

    least = _AKIN_FROM if one[:_STEM] == other[:_STEM] else _NEAR_FROM
    return Indel.normalized_similarity(one, other, score_cutoff=least) >= least


def varies(word: str) -> bool:
    """Whether a word can have other forms."""
    return len(word) > _SHORT and not any(map(str.isdigit, word))
