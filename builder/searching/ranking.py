"""Which passages of several texts speak of the same as a query: words weighed by how rare they are."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

# Okapi BM25 (Robertson and Zaragoza, 2009); chosen by tests/bench/recall.py, where all values near them do as well.
_K1, _B = 0.8, 0.4


class Ranking:
    """Passages, each a list of terms, that can be asked for those that speak of a query."""

    def __init__(self, passages: Sequence[Sequence[str]]) -> None:
        self._size = len(passages)
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        average = sum(map(len, passages)) / max(1, self._size) or 1
        for index, passage in enumerate(passages):
            norm = _K1 * (1 - _B + _B * len(passage) / average)
            for term, count in Counter(passage).items():
                self._postings[term].append((index, count * (_K1 + 1) / (count + norm)))

    def weight(self, term: str) -> float:
        """How much it tells that a passage has a term: the fewer have it, the more."""
        having = len(self._postings.get(term, ()))
        return math.log(1 + (self._size - having + 0.5) / (having + 0.5))

    def scores(self, query: Mapping[str, float]) -> list[float]:
        """For every passage how well it fits a query, whose terms have weights of their own: BM25 as a share, from 0
        to 1, of what a passage of average length that has every term once would get.
        """
        scores = [0.0] * self._size
        most = 0.0
        for term, given in query.items():
            weight = given * self.weight(term)
            most += weight
            for index, frequency in self._postings.get(term, ()):
                scores[index] += weight * frequency
        return [min(1.0, score / most) if most else 0.0 for score in scores]
