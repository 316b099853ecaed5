"""The passage of an article that a wrong quotation most likely meant."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from builder.article import Article
from builder.text import Span, cuts_word, fold_needle, words

ENOUGH = 0.6
"""From this likeness on, the passage is offered as the cure."""

# Costs in words, chosen on 780 perturbed quotations: leaving many words out must cost little more than leaving out
# one, or a quotation with three words dropped is cut at the gap.
_DROPPED = 1.0  # a word of the quotation that the article does not have
_OTHER = 1.2  # a word in the place of another
_GAP_OPEN, _GAP_MORE = 0.9, 0.25  # words of the article that the quotation leaves out
_ALIKE = 60  # per cent: below this, two words are different words
_LIKE_NOTHING = 40  # per cent: a region below this is none, and looking for it would cost minutes in a long text
_SURE = 0.8  # below this likeness, another place may be likelier than the one that letters lead to
_MAX_WORDS = 400  # of a quotation; the table has a row for each
_MAX_CELLS = 60_000  # of the table when all of an article is looked at: some 30 ms


@dataclass(frozen=True, slots=True)
class Nearest:
    """A passage and how like the quotation it is, from 0 to 1."""

    span: Span
    likeness: float


def nearest_passage(article: Article, quotation: str, within: Span | None = None) -> Nearest | None:
    """The passage most like `quotation`, from word to word, or None where no word is alike.

    `within` says where in the folded text to look; anywhere if not given.
    """
    from rapidfuzz import fuzz  # only for what is wrong: importing it costs as much as finding all that is right

    needle = fold_needle(quotation)
    text = article.folded.text
    low, high = (within.start, within.end) if within else (0, len(text))
    at = text.lower().find(needle.lower(), low, high) if needle else -1
    if at >= 0 and len(text.lower()) == len(text) and len(needle.lower()) == len(needle):
        span = article.folded.original(at, at + len(needle))
        if not any(cuts_word(article.text, end) for end in (span.start, span.end)):
            return Nearest(span, 1.0)  # only the case differs
    wanted = [span.of(needle) for span in words(needle)][:_MAX_WORDS]
    if not wanted:
        return None
    every = words(text)
    starts = [span.start for span in every]
    region = fuzz.partial_ratio_alignment(needle, text[low:high], score_cutoff=_LIKE_NOTHING)
    best = None
    if region is not None:
        margin = max(40, len(needle) // 2)
        first = bisect_left(starts, max(low, low + region.dest_start - margin))
        last = bisect_right(starts, min(high, low + region.dest_end + margin))
        best = _nearest(article, wanted, every[first:last])
    if best is None or best.likeness < _SURE:
        # Letters may lead to another place than words do, so where that is affordable all words are looked at.
        all_of_it = every[bisect_left(starts, low) : bisect_left(starts, high)]
        if len(wanted) * len(all_of_it) <= _MAX_CELLS:
            best = max(best, _nearest(article, wanted, all_of_it), key=lambda near: near.likeness if near else -1)
    return best


def _nearest(article: Article, wanted: list[str], window: Sequence[Span]) -> Nearest | None:
    text = article.folded.text
    first, end, cost = _align(wanted, [span.of(text) for span in window])
    if end <= first:
        return None
    span = article.folded.original(window[first].start, window[end - 1].end)
    return Nearest(span, max(0.0, 1 - cost / len(wanted)))


def _align(wanted: list[str], window: list[str]) -> tuple[int, int, float]:
    """The half-open range of `window` that aligns best with all of `wanted`, and what that costs (affine gaps)."""
    from rapidfuzz import fuzz

    costs: dict[tuple[str, str], float] = {}

    def substitute(left: str, right: str) -> float:
        if left == right:
            return 0.0
        if (left, right) not in costs:
            ratio = fuzz.ratio(left, right, score_cutoff=_ALIKE)
            costs[left, right] = (1 - ratio / 100) * _OTHER if ratio else _OTHER
        return costs[left, right]

    size = len(window)
    previous, previous_from = [0.0] * (size + 1), list(range(size + 1))
    for row, word in enumerate(wanted, 1):
        current, current_from = [row * _DROPPED] + [0.0] * size, [0] * (size + 1)
        gap, gap_from = float("inf"), 0
        for column in range(1, size + 1):
            opened = current[column - 1] + _GAP_OPEN
            if opened <= gap + _GAP_MORE:
                gap, gap_from = opened, current_from[column - 1]
            else:
                gap += _GAP_MORE
            current[column], current_from[column] = min(
                (previous[column - 1] + substitute(word, window[column - 1]), previous_from[column - 1]),
                (previous[column] + _DROPPED, previous_from[column]),
                (gap, gap_from),
                key=lambda choice: choice[0],
            )
        previous, previous_from = current, current_from
    end = min(range(1, size + 1), key=previous.__getitem__, default=0)
    return previous_from[end], end, previous[end]
