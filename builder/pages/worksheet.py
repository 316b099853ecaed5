"""For the classroom: a sheet of exercises, passages without their stances, and its key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from builder import views
from builder.analysis.matrix import Cell, Row, Status
from builder.model import Passage, Source
from builder.pages.answers import answers
from builder.pages.claim import why
from builder.pages.context import PageContext
from builder.pages.folder import Folder
from builder.pages.labels import stances, written
from builder.pages.overview import headline_quote
from builder.pages.page import Page
from builder.routes import BriefingRoute
from builder.views.worksheet import Exercise, SheetPassage, SheetText, Solution, Solved, Worksheet, WorksheetKey

MOST = 8
"""Exercises: with three or four passages each they fill two sheets of paper."""
_FEW = 3

_KINDS = (
    Status.DISPUTED,
    Status.WORDING_DIFFERS,
    Status.QUALIFIED,
    Status.CORROBORATED,
    Status.SINGLE_SOURCE,
    Status.REPEATED,
)
"""Of claims, in the order in which they are taken, one of each at a time."""


def worksheet_pages(folder: Folder) -> list[Page]:
    """The worksheet and its key."""
    tasks = [_task(folder, number, row) for number, row in enumerate(chosen(folder.analysis.matrix.rows), 1)]
    return [_worksheet(folder, tasks), _key(folder, tasks)]


def chosen(rows: Sequence[Row]) -> list[Row]:
    """The claims to learn from: of each kind in turn one, first those on which about three texts speak.

    They come in the order of the matrix, so that their order gives nothing away.
    """
    kinds = []
    for kind in _KINDS:
        of_kind = [(index, row) for index, row in enumerate(rows) if row.status is kind]
        kinds.append(sorted(of_kind, key=lambda one: abs(sum(cell.speaks for cell in one[1].cells) - _FEW)))
    turns = [one for turn in range(MOST) for kind in kinds for one in kind[turn : turn + 1]]
    return [row for _, row in sorted(turns[:MOST], key=lambda one: one[0])]


@dataclass(frozen=True, slots=True)
class _Shown:
    """What an exercise shows of one text."""

    cell: Cell
    passages: tuple[Passage, ...]
    about: str | None = None
    """The claim that the passages are about, where it is another one, as the text is silent on this."""


@dataclass(frozen=True, slots=True)
class _Task:
    number: int
    row: Row
    shown: tuple[_Shown, ...]


def _task(folder: Folder, number: int, row: Row) -> _Task:
    """All texts that speak, and one that is silent, where it has a passage on the same topic: in turn another."""
    silent = [one for cell in row.cells if not cell.speaks and (one := _elsewhere(folder, row, cell))]
    extra = silent[number % len(silent)] if silent else None
    shown = []
    for cell in row.cells:
        if cell.speaks:
            shown.append(_Shown(cell, cell.passages))
        elif extra and extra.cell is cell:
            shown.append(extra)
    return _Task(number, row, tuple(shown))


def _elsewhere(folder: Folder, row: Row, cell: Cell) -> _Shown | None:
    """A passage of a text that is silent on a claim: what shows it, or what it says to the next claim of its topic."""
    if cell.passages:
        return _Shown(cell, cell.passages[:1])
    rows = folder.analysis.matrix.of_topic(row.claim.topic)
    here = rows.index(row)
    spoken = [
        (abs(index - here), index, other, there)
        for index, other in enumerate(rows)
        for there in other.cells
        if there.source.id == cell.source.id and there.speaks and there.passages
    ]
    if not spoken:
        return None
    _, _, other, there = min(spoken, key=lambda one: one[:2])
    return _Shown(cell, there.passages[:1], other.claim.id)


# ---- the worksheet ---------------------------------------------------------------------------------------------


def _worksheet(folder: Folder, tasks: Sequence[_Task]) -> Page:
    briefing, words = folder.analysis.anchored.briefing, folder.words
    page = PageContext(folder, BriefingRoute(briefing.name, "worksheet"))
    title = words.gettext("Worksheet")
    about = words.gettext("Exercises to print: what does each text say, and what shows it?")
    view = Worksheet(
        chrome=page.chrome(title, about, (views.Link(title, page.to("worksheet"), True),)),
        title=briefing.title,
        key=page.to("worksheet-key"),
        texts=tuple(_text(folder, source) for source in briefing.sources),
        stances=tuple(stances(words).values()),
        exercises=tuple(_exercise(folder, task) for task in tasks),
        questions=tuple(answer.question for answer in answers(page, [task.row for task in tasks])),
    )
    return Page(page.route, "worksheet.html", view)


def _text(folder: Folder, source: Source) -> SheetText:
    article = folder.analysis.anchored.articles[source.id]
    headline = headline_quote(article, source, folder.to_source(source.id), folder.words)
    return SheetText(folder.siglum(source), headline, written(source, folder.words))


def _exercise(folder: Folder, task: _Task) -> Exercise:
    passages = tuple(
        SheetPassage(
            f"e{task.number}-{number}",
            folder.siglum(one.cell.source),
            tuple(bare(folder.quote(passage)) for passage in one.passages),
        )
        for number, one in enumerate(task.shown, 1)
    )
    return Exercise(task.number, task.row.claim.text, passages)


def bare(quote: views.Quote) -> views.Quote:
    """A quotation in which no word stands out: those that a stance rests on would give it away."""
    return replace(quote, segments=tuple(_joined(quote.segments)))


def _joined(segments: Sequence[views.Segment]) -> Iterator[views.Segment]:
    kinds = [views.Segment("text" if one.kind == "key" else one.kind, one.text) for one in segments]
    for kind, run in groupby(kinds, key=lambda one: one.kind):
        parts = list(run)
        yield from (views.Segment(kind, "".join(one.text for one in parts)),) if kind == "text" else parts


# ---- its key ---------------------------------------------------------------------------------------------------


def _key(folder: Folder, tasks: Sequence[_Task]) -> Page:
    briefing, words = folder.analysis.anchored.briefing, folder.words
    page = PageContext(folder, BriefingRoute(briefing.name, "worksheet-key"))
    title = words.gettext("Key to the worksheet")
    about = words.gettext("What each passage of the worksheet says to its claim, and why.")
    sheet = views.Link(words.gettext("Worksheet"), page.to("worksheet"))
    view = WorksheetKey(
        chrome=page.chrome(title, about, (sheet, views.Link(title, page.to("worksheet-key"), True))),
        title=briefing.title,
        sheet=sheet.href,
        solved=tuple(_solved(folder, task) for task in tasks),
        answers=answers(page, [task.row for task in tasks]),
    )
    return Page(page.route, "worksheet-key.html", view)


def _solved(folder: Folder, task: _Task) -> Solved:
    row, claim = task.row, task.row.claim
    seen = {one.cell.source.id for one in task.shown}
    return Solved(
        task.number,
        views.Link(claim.text, folder.to_claim(claim.id)),
        folder.status(row.status),
        why(row, folder.analysis, folder.words),
        tuple(_solution(folder, one) for one in task.shown),
        tuple(folder.siglum(cell.source) for cell in row.cells if cell.source.id not in seen),
    )


def _solution(folder: Folder, shown: _Shown) -> Solution:
    about = folder.rows[shown.about].claim if shown.about else None
    quotes = tuple(folder.quote(passage) for passage in shown.passages)
    return Solution(
        cell=folder.cell(shown.cell, 0),
        quotes=tuple(map(bare, quotes)) if about else quotes,
        about=views.Link(about.text, folder.to_claim(about.id)) if about else None,
    )
