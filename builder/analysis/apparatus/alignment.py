"""Aligning several wordings word by word, whatever their order.

Words are compared in their normal form (see parting). Wordings that have the same words are one. The others join a
growing table, the most central one first, the rest by how much they share with it; then each is taken out once and set
against all others. Everything is decided by the words themselves, so the order in which wordings are given changes
nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, groupby
from typing import TypeAlias

from builder.analysis.apparatus.parting import forms_of_one, tells, varies

Words: TypeAlias = tuple[str, ...]
"""A wording: its words in their normal form."""
Columns: TypeAlias = tuple[tuple[int | None, ...], ...]
"""A table: in each column, for every wording the index of its word, or None where it has none."""

MOST_WORDS = 3_000
MOST_CELLS = 500_000
"""The words of all wordings together, and those times the words of the longest: beyond, nothing is aligned. At the
limit it takes some tenths of a second; twelve wordings of sixty words have a tenth of these cells."""

# What a pair is worth. Whole numbers, so that sums are exact; found by trying them on the wordings of real articles.
_SAME, _SAME_SHORT = 20, 12
_NEAR = 13
_OTHER = -6
_GAP = -5
"""A word against nothing: another word in its place costs less than leaving one out and putting one in."""


# ---- the table -------------------------------------------------------------------------------------------------


def align(wordings: Sequence[Words]) -> Columns | None:
    """The wordings side by side, or None where they are too long for it (see MOST_WORDS and MOST_CELLS).

    Each column holds words that stand for each other; read down the columns, every wording is whole and in order. The
    order of the wordings changes nothing but the order of the entries in each column.
    """
    distinct = tuple(sorted(set(wordings)))
    total = sum(map(len, distinct))
    too_many = total > MOST_WORDS or total * max(map(len, distinct), default=0) > MOST_CELLS
    if too_many and len(distinct) > 1:
        return None
    number = {words: at for at, words in enumerate(distinct)}
    places = [number[words] for words in wordings]
    return tuple(tuple(column[at] for at in places) for column in _table(distinct))


@lru_cache(maxsize=512)
def _table(distinct: tuple[Words, ...]) -> Columns:
    """The table of wordings that all differ, in their order."""
    near_words = _near_words({word for words in distinct for word in words})
    table = _Table(distinct, near_words)
    order = _by_likeness(distinct)
    for row in order:
        table.add(row)
    if len(order) > 2:
        for row in order:
            table.remove(row)
            table.add(row)
    for row in range(len(distinct)):
        table.settle(row)
    return tuple(tuple(column.get(row) for row in range(len(distinct))) for column in table.columns)


def _by_likeness(distinct: Sequence[Words]) -> list[int]:
    """The most central wording, then the others by how much they share with it; ties in the order of the words."""
    from rapidfuzz.distance import LCSseq

    ids = {word: at for at, word in enumerate(sorted({word for words in distinct for word in words}))}
    coded = [[ids[word] for word in words] for words in distinct]
    likeness = [[0] * len(coded) for _ in coded]
    for one, other in combinations(range(len(coded)), 2):
        total = max(1, len(coded[one]) + len(coded[other]))
        shared = 2000 * LCSseq.similarity(coded[one], coded[other]) // total
        likeness[one][other] = likeness[other][one] = shared
    rows = range(len(coded))
    centre = min(rows, key=lambda row: (-sum(likeness[row]), row), default=0)
    return sorted(rows, key=lambda row: (row != centre, -likeness[centre][row], row))


def _near_words(words: Collection[str]) -> Mapping[str, Collection[str]]:
    """For each word those that are forms of it; they begin with the same letter, so few need comparing."""
    akin: dict[str, list[str]] = {word: [] for word in words}
    for _, group in groupby(sorted(filter(varies, words)), key=lambda word: word[0]):
        for one, other in combinations(group, 2):
            if forms_of_one(one, other):
                akin[one].append(other)
                akin[other].append(one)
    return akin


class _Table:
    """The columns so far: in each, the index of a word by the wording that has it."""

    def __init__(self, wordings: Sequence[Words], near_words: Mapping[str, Collection[str]]) -> None:
        self.wordings = wordings
        self.near_words = near_words
        self.columns: list[dict[int, int]] = []
        self.rows = 0

    def remove(self, row: int) -> None:
        """Take a wording out, and the columns that it had for itself."""
        for column in self.columns:
            column.pop(row, None)
        self.columns = [column for column in self.columns if column]
        self.rows -= 1

    def add(self, row: int) -> None:
        """Set a wording against all that are there, so that the sum over all pairs is as high as can be."""
        words = self.wordings[row]
        out: list[dict[int, int]] = []
        at, column = len(words), len(self.columns)
        steps = self._steps(words)
        while at or column:
            step = steps[at][column]
            if step == _WORD_ALONE:
                at -= 1
                out.append({row: at})
                continue
            column -= 1
            if step == _BOTH:
                at -= 1
                self.columns[column][row] = at
            out.append(self.columns[column])
        self.columns = out[::-1]
        self.rows += 1

    def settle(self, row: int) -> None:
        """Move each word that goes with no other, where nothing stands beside it, to the words that follow it.

        Where in such a gap it stands is worth the same or nearly so; this way neither the gap nor the words are torn.
        """
        free = 0  # where the next word stands; nothing moves towards the end
        for at in range(len(self.columns) - 1, -1, -1):
            column = self.columns[at]
            if row not in column:
                continue
            torn = free > at + 1 and at > 0 and row not in self.columns[at - 1]
            if torn and not self._goes_with_another(row, column):
                self.columns[free - 1][row] = column.pop(row)
                free -= 1
            else:
                free = at
        self.columns = [column for column in self.columns if column]

    def _goes_with_another(self, row: int, column: Mapping[int, int]) -> bool:
        word = self.wordings[row][column[row]]
        others = (self.wordings[other][index] for other, index in column.items() if other != row)
        return any(other == word or other in self.near_words[word] for other in others)

    def _steps(self, words: Words) -> list[bytearray]:
        """The last step of the best way to set the first words against the first columns, for every number of both."""
        skip = [_GAP * len(column) for column in self.columns]
        alone = _GAP * self.rows
        above = [0]
        for price in skip:
            above.append(above[-1] + price)
        steps = [bytearray([_COLUMN_ALONE]) * (len(skip) + 1)]
        worth = self._worth(words)
        for word in words:
            best = above[0] + alone
            line = [best]
            taken = bytearray([_WORD_ALONE])
            for diagonal, up, both, price in zip(above, above[1:], worth[word], skip, strict=False):
                one, other = best + price, up + alone
                best, step = diagonal + both, _BOTH
                if one > best:
                    best, step = one, _COLUMN_ALONE
                if other > best:
                    best, step = other, _WORD_ALONE
                line.append(best)
                taken.append(step)
            above = line
            steps.append(taken)
        return steps

    def _worth(self, words: Words) -> dict[str, list[int]]:
        """What each word is worth in each column, summed over the wordings that are there."""
        base = []
        where: dict[str, dict[int, int]] = defaultdict(dict)
        for at, column in enumerate(self.columns):
            base.append(_OTHER * len(column) + _GAP * (self.rows - len(column)))
            for row, index in column.items():
                held = where[self.wordings[row][index]]
                held[at] = held.get(at, 0) + 1
        out = {}
        for word in dict.fromkeys(words):
            worth = base.copy()
            same = _SAME if tells(word) else _SAME_SHORT
            for other, gain in ((word, same), *((other, _NEAR) for other in self.near_words[word])):
                for at, count in where.get(other, {}).items():
                    worth[at] += (gain - _OTHER) * count
            out[word] = worth
        return out


_BOTH, _COLUMN_ALONE, _WORD_ALONE = range(3)
