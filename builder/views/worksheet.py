"""What the worksheet for a classroom and its key are given."""

from __future__ import annotations

from builder.views import Cell, Chrome, Link, Quote, Siglum, Stance, Status, view


@view
class SheetText:
    """A text that the worksheet is about."""

    source: Siglum
    headline: Quote | None
    written: str
    """When, in words."""


@view
class SheetPassage:
    """What one text prints: in an exercise without a stance, and without the words that it rests on."""

    id: str
    """Of the choice that is ticked, such as `e3-B`."""
    source: Siglum
    quotes: tuple[Quote, ...]


@view
class Exercise:
    """A claim, and under it passages of several texts."""

    number: int
    claim: str
    passages: tuple[SheetPassage, ...]


@view
class Worksheet:
    """The page for those who learn."""

    chrome: Chrome
    title: str
    """Of the briefing."""
    key: str
    """The way to it."""
    texts: tuple[SheetText, ...]
    stances: tuple[Stance, ...]
    exercises: tuple[Exercise, ...]
    questions: tuple[str, ...]


@view
class Solution:
    """What one passage of an exercise says to its claim."""

    cell: Cell
    quotes: tuple[Quote, ...]
    """The exercise's."""
    about: Link | None
    """For a silent text: the claim that the passage is about instead."""


@view
class Solved:
    """An exercise with its solution."""

    number: int
    claim: Link
    status: Status
    why: str
    solutions: tuple[Solution, ...]
    others: tuple[Siglum, ...]
    """Texts that are silent, too, and of which the exercise shows no passage."""


@view
class AnswerLine:
    """A part of an answer, with the place where it can be seen."""

    text: str
    link: Link | None = None


@view
class Answer:
    """A question, and what the texts tell of it."""

    question: str
    lines: tuple[AnswerLine, ...]


@view
class WorksheetKey:
    """The page for those who teach."""

    chrome: Chrome
    title: str
    sheet: str
    """The way to the worksheet."""
    solved: tuple[Solved, ...]
    answers: tuple[Answer, ...]
