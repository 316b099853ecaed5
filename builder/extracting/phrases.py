"""The phrases of an article: six words that follow each other in its own voice, by which two articles are compared.

They stand in one paragraph, and none of them inside quotation marks: these are the words of a third party. What is
written without spaces has none: six of its letters in a row say nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from builder.text import Span, unspaced

LENGTH = 6
"""Words of a phrase."""
REFRAIN = 4
"""A phrase that stands in an article more often is its refrain, and none: comparing these would cost their square."""
MOST = 20_000
"""Words of an article that are looked at."""
_SPACED = "\u0e00"
"""Scripts without spaces come after those with spaces that are read most."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """Where the phrases of an article start, by the index of their first word."""

    starts: Mapping[tuple[str, ...], Sequence[int]]
    is_start: bytes
    """For every word 1 where a phrase starts with it."""
    stretches: Sequence[int]
    """For every word a number that it shares with those it may follow; 0 inside quotation marks and without spaces."""


def phrases_of(
    words: Sequence[str], places: Sequence[tuple[int, int]], paragraphs: Iterable[Span], quoted: Iterable[Span]
) -> Phrases:
    """The phrases of an article; `places` are the starts and ends of its `words`, code points; all is in order."""
    stretches = _stretches(words, places[:MOST], paragraphs, quoted)
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(stretches) - LENGTH + 1):
        if stretches[at] and stretches[at] == stretches[at + LENGTH - 1]:
            found[tuple(words[at : at + LENGTH])].append(at)
    starts = {phrase: at for phrase, at in found.items() if len(at) <= REFRAIN}
    is_start = bytearray(len(stretches))
    for all_of in starts.values():
        for at in all_of:
            is_start[at] = 1
    return Phrases(starts, bytes(is_start), stretches)


def _stretches(
    words: Sequence[str], places: Sequence[tuple[int, int]], paragraphs: Iterable[Span], quoted: Iterable[Span]
) -> list[int]:
    out: list[int] = []
    number, ends = 0, -1
    marks, paragraph = iter(quoted), iter(paragraphs)
    now = next(marks, None)
    for word, (start, end) in zip(words, places, strict=False):
        while start >= ends:
            ends, number = next(paragraph).end, number + 1
        while now is not None and now.end <= start:
            now, number = next(marks, None), number + 1
        if word > _SPACED and unspaced(word[0]):
            number += 1
            out.append(0)
            continue
        out.append(0 if now is not None and now.start < end else number)
    return out
