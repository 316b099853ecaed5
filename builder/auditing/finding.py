"""One thing that the curator should see, with its words and what to do about it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate

from builder.article import Article
from builder.diagnostics import Place
from builder.model import Quotation, Source
from builder.text import Span

MOST = 20
"""Findings of one kind that come with lines to paste, and places that one of them quotes: as many as a person deals
with before looking again."""
PLACES = 100
"""Places of one finding that are shown when all is asked for; there may be thousands."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Words of an article, or a line of a claim map."""

    place: Place
    about: str
    """Whose words they are, and what is to be said of them."""
    framed: bool = True
    """Whether the line itself is shown, with the words marked."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What can be done: a sentence, and the lines to paste."""

    text: str
    yaml: str = ""
    """Each line ends with a newline."""


class State(StrEnum):
    """What is to be done about a finding."""

    OPEN = "open"
    """A claim is missing, or a reason why none is needed."""
    LOOK = "look"
    """It may be left as it is."""
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found, or several that are told in one."""

    state: State
    title: str
    shown: tuple[Shown, ...] = ()
    advice: tuple[Advice, ...] = ()
    things: int = 1
    """How many are told in one."""
    needless: tuple[tuple[str, Quotation], ...] = ()
    """The words of sources that audit.yaml may leave out instead."""
    unexplained: tuple[str, ...] = ()
    """The two sources whose text in common audit.yaml may explain."""

    @property
    def open(self) -> bool:
        """Whether something has to be done."""
        return self.state is State.OPEN


@dataclass(frozen=True, slots=True)
class Section:
    """All that was found of one kind."""

    title: str
    findings: tuple[Finding, ...]

    def count(self, state: State) -> int:
        """How many things are in a state."""
        return sum(finding.things for finding in self.findings if finding.state is state)

    @property
    def open(self) -> int:
        """How many of them want something done."""
        return self.count(State.OPEN)


def open_if(waits: bool) -> State:
    """Open, if anything waits; or else done."""
    return State.OPEN if waits else State.DONE


def called(source: Source) -> str:
    """A source as commands call it: `A (gazette)`."""
    return f"{source.siglum} ({source.id})"


def words_at(article: Article, span: Span) -> Place:
    """The place of an article's words. There may be thousands in one long line: it is cut out once for all of them."""
    starts, lines = _lines(article.text)
    at = bisect_right(starts, span.start) - 1
    column = span.start - starts[at]
    length = max(1, min(span.end - starts[at], len(lines[at])) - column)
    return Place(f"seeds/{article.name}", at + 1, column + 1, length, lines[at])


@lru_cache(maxsize=16)
def _lines(text: str) -> tuple[Sequence[int], Sequence[str]]:
    """Where each line starts, and the lines without their breaks."""
    lines = text.split("\n")
    starts = accumulate((len(line) + 1 for line in lines[:-1]), initial=0)
    return tuple(starts), tuple(line.removesuffix("\r") for line in lines)
