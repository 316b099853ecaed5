"""Two wordings of one text as one line: which words are gone, which have come, which have stayed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from builder.text import UNSPACED

MOST = 4000
"""Tokens between the first and the last difference; beyond them, all of it counts as other words."""
AROUND = 6
"""Words that are shown of what has stayed, before and after a difference."""
LONGEST = 400
"""Code points that are shown of one run."""

_TOKEN = re.compile(rf"{UNSPACED}|(?:(?!{UNSPACED})\S)+|\s+")
"""Words by their spaces; a character by itself where a script writes none."""


class Kind(Enum):
    """Whose words a piece holds; that decides how it is printed."""

    OURS = auto()
    """The builder's own."""
    NAME = auto()
    """An id or the name of a file."""
    THEIRS = auto()
    """What somebody wrote: content."""
    GONE = auto()
    """Content that is no longer there."""
    COME = auto()
    """Content that was not there before."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text of one kind."""

    kind: Kind
    text: str


Line = tuple[Piece, ...]


def ours(text: str) -> Piece:
    """The builder's own words."""
    return Piece(Kind.OURS, text)


def name(text: str) -> Piece:
    """An id or the name of a file."""
    return Piece(Kind.NAME, text)


def theirs(text: str) -> Piece:
    """Content, on one line and no longer than a line bears."""
    return Piece(Kind.THEIRS, clipped(text))


def clipped(text: str) -> str:
    """`text` on one line, cut where it is longer than LONGEST."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[:LONGEST].rstrip() + " …"


def reworded(old: str, new: str) -> Line:
    """Both wordings in one line. What has stayed is cut to the words around each difference."""
    before, after = _tokens(old), _tokens(new)
    return tuple(_shown([*_runs(before, after)]))


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(" ".join(text.split()))


def _runs(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    """Runs that have stayed, gone and come, in this order, together all of both texts."""
    most = min(len(before), len(after))
    start = next((at for at in range(most) if before[at] != after[at]), most)
    end = next((at for at in range(most - start) if before[-1 - at] != after[-1 - at]), most - start)
    gone, come = before[start : len(before) - end], after[start : len(after) - end]
    yield from _piece(Kind.THEIRS, before[:start])
    yield from _merged(_between(gone, come))
    yield from _piece(Kind.THEIRS, before[len(before) - end :])


def _piece(kind: Kind, tokens: Iterable[str]) -> Iterator[Piece]:
    text = "".join(tokens)
    if text:
        yield Piece(kind, text)


def _between(gone: Sequence[str], come: Sequence[str]) -> list[Piece]:
    if max(len(gone), len(come)) > MOST or not gone or not come:
        return [*_piece(Kind.GONE, gone), *_piece(Kind.COME, come)]
    from rapidfuzz.distance import Indel  # bit-parallel: no text makes it slow

    numbers: dict[str, int] = {}
    ones, others = ([numbers.setdefault(token, len(numbers)) for token in side] for side in (gone, come))
    out: list[Piece] = []
    for step in Indel.opcodes(ones, others):
        if step.tag == "equal":
            out += _piece(Kind.THEIRS, gone[step.src_start : step.src_end])
        else:
            out += _piece(Kind.GONE, gone[step.src_start : step.src_end])
            out += _piece(Kind.COME, come[step.dest_start : step.dest_end])
    return out


def _merged(runs: Sequence[Piece]) -> Iterator[Piece]:
    """With what stayed by chance, a space or a single word between two differences, told as gone and come."""
    gone, come = "", ""
    for index, run in enumerate(runs):
        chance = run.kind is Kind.THEIRS and 0 < index < len(runs) - 1 and len(run.text.split()) < 2
        gone += run.text if chance or run.kind is Kind.GONE else ""
        come += run.text if chance or run.kind is Kind.COME else ""
        if run.kind is Kind.THEIRS and not chance:
            yield from (*_piece(Kind.GONE, gone), *_piece(Kind.COME, come), run)
            gone, come = "", ""
    yield from (*_piece(Kind.GONE, gone), *_piece(Kind.COME, come))


def _shown(runs: Sequence[Piece]) -> Iterator[Piece]:
    """The runs with the middle of what stayed left out; spaces at the ends of a difference stand beside it."""
    last = len(runs) - 1
    for index, run in enumerate(runs):
        if run.kind is Kind.THEIRS:
            yield from _stayed(run.text, AROUND if index else 0, AROUND if index < last else 0)
            continue
        if run.text[:1].isspace() and index and runs[index - 1].kind is Kind.THEIRS:
            yield Piece(Kind.THEIRS, " ")
        yield Piece(run.kind, clipped(run.text))
        if index < last and (run.text[-1:].isspace() or runs[index + 1].kind is Kind.COME):
            yield Piece(Kind.THEIRS, " ")


def _stayed(text: str, first: int, last: int) -> Iterator[Piece]:
    """So many words at the start and at the end of `text`."""
    words = list(re.finditer(r"\S+", text))
    if len(words) <= first + last + 2:
        yield Piece(Kind.THEIRS, text if len(text) <= 2 * LONGEST else clipped(text))
        return
    if first:
        yield Piece(Kind.THEIRS, text[: words[first - 1].end()])
    yield Piece(Kind.OURS, " … " if first and last else " …" if first else "… ")
    if last:
        yield Piece(Kind.THEIRS, text[words[-last].start() :])
