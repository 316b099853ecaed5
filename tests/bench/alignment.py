"""How long aligning twelve wordings of sixty words takes, and how many words then agree.

    python -m tests.bench.alignment

The wordings are made up: words that all differ, variants of one sentence, and words of few letters in any order. Words
agree that stand beside the same word, over all pairs of wordings.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import combinations

from builder.analysis.apparatus.alignment import Columns, Words, align
from builder.analysis.apparatus.alignment import _table as table

WITNESSES, LENGTH, RUNS = 12, 60, 7
SENTENCE = (
    "the importance of diplomacy and having open channels of communication across the whole range of topics to prevent "
    "the danger of misperception and miscalculation"
)


def kinds(chance: random.Random) -> Iterator[tuple[str, list[Words]]]:
    """Twelve wordings of each kind."""
    every = [f"{chance.choice('abcdefgh')}{number:x}{chance.choice('aeiou') * 3}" for number in range(4000)]
    yield "all words differ", [tuple(chance.sample(every, LENGTH)) for _ in range(WITNESSES)]
    whole = (SENTENCE.split() * LENGTH)[:LENGTH]
    varied = [[word if chance.random() > 0.25 else chance.choice(every) for word in whole] for _ in range(WITNESSES)]
    shorter = [[word for word in words if chance.random() > 0.1] for words in varied]
    yield "variants of one", [tuple(words) for words in shorter]
    letters = [["".join(chance.choices("abcdefgh", k=chance.randint(1, 8))) for _ in range(LENGTH)] for _ in range(12)]
    yield "words of few letters", [tuple(words) for words in letters]


def agreeing(wordings: Sequence[Words], columns: Columns) -> int:
    """How many words stand beside the same word."""
    rows = [[None if at is None else wordings[row][at] for row, at in enumerate(column)] for column in columns]
    return sum(one is not None and one == other for words in rows for one, other in combinations(words, 2))


def main() -> int:
    """Measure, and print a line for each kind."""
    for name, wordings in kinds(random.Random(7)):
        times = []
        columns: Columns | None = None
        for _ in range(RUNS):
            table.cache_clear()
            start = time.perf_counter()
            columns = align(wordings)
            times.append(time.perf_counter() - start)
        found = agreeing(wordings, columns or ())
        spent, width = 1000 * statistics.median(times), len(columns or ())
        sys.stdout.write(f"{name:22} {spent:6.1f} ms  {width:3} columns  {found:5} words agree\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
