"""Where readings depart from the lemma, and which columns of their alignment belong together as one place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from itertools import pairwise

from builder.analysis.apparatus.alignment import Columns, Words
from builder.analysis.apparatus.parting import near
from builder.text import unspaced


class Standing(StrEnum):
    """How a reading stands to the lemma at one place."""

    SAME = "same"
    OTHER = "other"
    """It has other words."""
    ADDED = "added"
    """It has words where the lemma has none."""
    OMITTED = "omitted"
    """It has no words where the lemma has some."""
    UNQUOTED = "unquoted"
    """Our quotation leaves the place out: what the reading has there is not said."""
    UNCOMPARED = "uncompared"
    """Our quotation of the lemma leaves the place out."""
    NOTHING = "nothing"
    """Neither has words there; another reading has."""

    @property
    def departs(self) -> bool:
        """Whether the reading has there what the lemma has not, or the other way round."""
        return self in (Standing.OTHER, Standing.ADDED, Standing.OMITTED)


# How a reading stands in one column, a letter for each: the same word, a form of it, another word, a word more, none;
# none where neither has one, none as our quotation leaves it out, a word where that of the lemma does.
_SAME, _NEAR, _OTHER, _ADDED, _OMITTED, _NOTHING, _UNQUOTED, _UNCOMPARED = "snoamx?u"
_BREAKS = frozenset((_OTHER, _ADDED, _OMITTED))

LONG_OMISSION = 3
"""Words in a row: a longer omission is told by itself, not as part of what is put in its place."""
FAR = 8
"""Columns within which a word that stands elsewhere than in the lemma counts as moved."""
SHORT = 3
"""Letters of a word that may stand between two differences without parting them."""


def places_of(
    columns: Columns, wordings: Sequence[Words], lemma: int, unquoted: Sequence[Collection[int]]
) -> list[tuple[range, tuple[Standing, ...]]]:
    """The columns that make one place, in order, and how each reading stands to the lemma there.

    `unquoted` are for each wording the indexes of the words before which our quotation leaves something out.
    """
    states = _states(columns, wordings, lemma, unquoted)
    joined = [one == other for one, other in pairwise(states)]
    joined = [
        join or (columns[at][lemma] is None and columns[at + 1][lemma] is None and _UNQUOTED not in state[lemma])
        for at, (join, state) in enumerate(zip(joined, states, strict=False))
    ]
    for reading in range(len(wordings)):
        if reading != lemma:
            line = "".join(state[reading] for state in states)
            for first, last in _moved(line, columns, wordings, lemma, reading):
                joined[first:last] = [True] * (last - first)
                line = (
                    line[:first] + _SAME * (last - first + 1) + line[last + 1 :]
                )  # told: it explains nothing beside it
            _join_replaced(joined, line)
    ends = [at + 1 for at, join in enumerate(joined) if not join]
    bounds = [0, *ends, len(states)] if states else [0]
    runs = [range(start, end) for start, end in pairwise(bounds)]
    runs = _over_short_words(runs, states, columns, wordings, lemma)
    return [(run, tuple(_standing(states, run, reading) for reading in range(len(wordings)))) for run in runs]


def _states(columns: Columns, wordings: Sequence[Words], lemma: int, unquoted: Sequence[Collection[int]]) -> list[str]:
    """For each column a letter for each reading."""
    seen = [0] * len(wordings)
    out = []
    for column in columns:
        left_out = [at is None and seen[row] in unquoted[row] for row, at in enumerate(column)]
        own = column[lemma]
        word = None if own is None else wordings[lemma][own]
        state = ""
        for row, at in enumerate(column):
            if at is None:
                state += _UNQUOTED if left_out[row] else _NOTHING if word is None else _OMITTED
                continue
            seen[row] = at + 1
            other = wordings[row][at]
            if word is None:
                state += _UNCOMPARED if left_out[lemma] else _ADDED
            else:
                state += _SAME if other == word else _NEAR if near(other, word) else _OTHER
        out.append(state)
    return out


def _join_replaced(joined: list[bool], line: str) -> None:
    """Join columns in which one reading has other words than the lemma: a phrase stands for a phrase."""
    told = [at for at, state in enumerate(line) if state != _NOTHING]
    omitted = 0
    for one, other in pairwise(told):
        omitted = omitted + 1 if line[one] == _OMITTED else 0
        if line[one] == line[other] != _OTHER or not {line[one], line[other]} <= _BREAKS:
            continue
        following = len(line[other:]) - len(line[other:].lstrip(_OMITTED + _NOTHING))
        if max(omitted, line[other : other + following].count(_OMITTED)) <= LONG_OMISSION:
            joined[one:other] = [True] * (other - one)


def _moved(
    line: str, columns: Columns, wordings: Sequence[Words], lemma: int, reading: int
) -> Iterator[tuple[int, int]]:
    """From where a reading has a word to where the lemma has it: the first and the last column of each such move."""
    for at, state in enumerate(line):
        own = columns[at][reading]
        if state not in (_OTHER, _ADDED) or own is None or len(wordings[reading][own]) <= SHORT:
            continue
        for other in range(max(0, at - FAR), min(len(line), at + FAR + 1)):
            its = columns[other][lemma]
            missing = line[other] in (_OTHER, _OMITTED)
            if missing and its is not None and wordings[lemma][its] == wordings[reading][own]:
                yield min(at, other), max(at, other)


def _over_short_words(
    runs: list[range], states: Sequence[str], columns: Columns, wordings: Sequence[Words], lemma: int
) -> list[range]:
    """Join two places around one short word that all have, where the same readings depart at both."""
    out: list[range] = []
    for run in runs:
        if len(out) > 1 and len(out[-1]) == 1 and _is_short(out[-1][0], states, columns, wordings, lemma):
            before, now = (_departing(states, one) for one in (out[-2], run))
            if before and before == now:
                out[-2:] = [range(out[-2].start, run.stop)]
                continue
        out.append(run)
    return out


def _is_short(at: int, states: Sequence[str], columns: Columns, wordings: Sequence[Words], lemma: int) -> bool:
    """Whether all readings have the same short word in a column."""
    own = columns[at][lemma]
    if own is None or set(states[at]) != {_SAME}:
        return False
    word = wordings[lemma][own]
    return len(word) <= SHORT and not unspaced(word[0])


def _departing(states: Sequence[str], run: range) -> frozenset[int]:
    """The readings that have other words; none where one merely leaves words out."""
    if any(_OMITTED in states[at] or _ADDED in states[at] for at in run):
        return frozenset()
    return frozenset(row for at in run for row, state in enumerate(states[at]) if state not in (_SAME, _NOTHING))


def _standing(states: Sequence[str], run: range, reading: int) -> Standing:
    found = {states[at][reading] for at in run}
    if not found - {_NOTHING}:
        return Standing.NOTHING
    if found <= {_UNQUOTED, _NOTHING}:
        return Standing.UNQUOTED
    if found <= {_UNCOMPARED, _NOTHING, _UNQUOTED}:
        return Standing.UNCOMPARED
    if found <= {_SAME, _NOTHING, _UNQUOTED, _UNCOMPARED}:
        return Standing.SAME
    if found <= {_OMITTED, _NOTHING, _UNQUOTED}:
        return Standing.OMITTED
    return Standing.ADDED if found <= {_ADDED, _NOTHING} else Standing.OTHER
