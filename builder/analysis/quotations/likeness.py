"""How much the words of short passages are alike: which pairs of them are worth a look, and a figure for each.

A passage is compared by its content words; one of nothing but function words by all that it has. A word that both
have counts one, one of which they have different forms ("substantive" and "substantial") counts a half; the sum is
taken as a share of the content words of the shorter one.
Scripts without spaces are compared by pairs of neighbouring signs. The figures are the same in either direction.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from builder.language.functionwords import every_function_word, function_words
from builder.text import UNSPACED, bare, fold_text, words

WORTH = 0.4
"""Pairs that have less of the shorter passage in common are not compared closely."""
COMMON = 64
"""A word that stands in more passages than this brings none of them together."""
AKIN = 0.6
"""The share of the longer of two words that they begin with in common to be forms of one."""
STRETCH = 3
"""The words of the shorter passage may lie this many times as far apart in the longer one."""
LONGEST = 10_000
"""Code points of a passage that are compared."""
_KEY = 5
"""Letters that two forms of a word begin with in common at least."""


@dataclass(frozen=True, slots=True)
class Terms:
    """A passage as it is compared."""

    every: tuple[str, ...]
    """All of its words, in order: without case, marks and stops."""
    content: frozenset[str]
    places: dict[str, int]
    """Where each word first stands, counted in words."""
    beginnings: dict[str, tuple[str, ...]]
    """The content words by what they begin with, in order."""


@dataclass(frozen=True, slots=True)
class Alike:
    """How two passages compare."""

    share: float
    """How much of the shorter one the longer one has, from 0 to 1; 0 where it lies too far apart there."""
    words: int
    """How many content words both have, in whatever forms."""


@lru_cache(maxsize=8192)
def words_in(text: str) -> tuple[str, ...]:
    """The words of a passage, as they are compared. Of one longer than LONGEST, those at its start."""
    found: list[str] = []
    for span in words(text[:LONGEST]):
        word = span.of(text)
        if word.isascii() or not re.search(UNSPACED, word):
            found.append(bare(word))
        else:
            signs = fold_text(word).casefold()
            found += [signs[at : at + 2] for at in range(max(1, len(signs) - 1))]
    return tuple(word for word in found if word)


@lru_cache(maxsize=8192)
def terms_of(text: str, language: str) -> Terms:
    """A passage as it is compared; `language` is a primary one such as `en`, of the text that it stands in."""
    every = words_in(text)
    content = frozenset(every) - (function_words(language) or every_function_word()) or frozenset(every)
    places: dict[str, int] = {}
    for index, word in enumerate(every):
        places.setdefault(word, index)
    beginnings: dict[str, list[str]] = defaultdict(list)
    for word in sorted(content):
        beginnings[word[:_KEY]].append(word)
    return Terms(every, content, places, {start: tuple(those) for start, those in beginnings.items()})


def compared(one: Terms, other: Terms) -> Alike:
    """How much the words of two passages are alike; the same in either direction."""
    if one.every == other.every:
        return Alike(1.0 if one.every else 0.0, len(one.content))
    same = one.content & other.content
    shared = one.beginnings.keys() & other.beginnings.keys()
    there, back = _forms(one, other, shared), _forms(other, one, shared)
    forms = min(len(there), len(back))
    if not same and not forms:
        return Alike(0.0, 0)
    short, long, found = (one, other, there) if len(one.every) <= len(other.every) else (other, one, back)
    at = [long.places[word] for word in (*same, *found)]
    far = max(at) - min(at) > STRETCH * (len(short.every) + 1)
    share = (len(same) + forms / 2) / min(len(one.content), len(other.content))
    return Alike(0.0 if far else min(1.0, share), len(same) + forms)


def _forms(one: Terms, other: Terms, shared: Iterable[str]) -> list[str]:
    """For each content word of one passage that the other has in another form only, the first such form."""
    found = []
    for start in shared:
        forms = other.beginnings[start]
        for word in one.beginnings[start]:
            if word not in other.content:
                found += [form for form in forms if _akin(word, form)][:1]
    return found


@lru_cache(maxsize=8192)
def _akin(one: str, other: str) -> bool:
    """Whether two words are forms of one, by what they begin with."""
    ends = (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    same = next(ends, min(len(one), len(other)))
    return same >= _KEY and same > AKIN * max(len(one), len(other))


def pairs_of(passages: Sequence[Terms]) -> Iterator[tuple[int, int]]:
    """The pairs of passages worth a look: they have all of their words in common, or at least two content words in
    whatever forms, and these may be WORTH of the shorter one.
    """
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, terms in enumerate(passages):
        if terms.every:
            alike[terms.every].append(index)
    having: dict[str, list[int]] = defaultdict(list)
    for index in sorted(same[0] for same in alike.values()):
        for start in passages[index].beginnings:
            having[start].append(index)
    shared: Counter[tuple[int, int]] = Counter()
    for found in having.values():
        if 1 < len(found) <= COMMON:
            shared.update(combinations(found, 2))
    for same in alike.values():
        yield from ((same[0], index) for index in same[1:])
    # Several words may begin alike, and common ones were not counted: so many more may be in common.
    more = [len(t.content) - sum(1 for start in t.beginnings if len(having[start]) <= COMMON) for t in passages]
    sizes = [len(terms.content) for terms in passages]
    for (one, other), count in shared.items():
        size, room = min((sizes[one], more[one]), (sizes[other], more[other]))
        if count > 1 and count + room >= WORTH * size:
            yield one, other
