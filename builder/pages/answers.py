"""Questions to discuss with a worksheet, and what the texts tell of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder import strings, views
from builder.analysis.matrix import Row, Silence, Status
from builder.pages.context import PageContext
from builder.pages.folder import Folder
from builder.pages.order import order_lines, unplaced
from builder.views.worksheet import Answer, AnswerLine


def answers(page: PageContext, rows: Sequence[Row]) -> tuple[Answer, ...]:
    """The questions with their answers; `rows` are the claims of the exercises, in their order."""
    folder, words = page.folder, page.folder.words

    def where(status: Status, none: str) -> tuple[AnswerLine, ...]:
        numbers = [words.number(number) for number, row in enumerate(rows, 1) if row.status is status]
        if not numbers:
            return (AnswerLine(none),)
        listed = words.listed(numbers)
        told = words.ngettext("In exercise %(numbers)s.", "In exercises %(numbers)s.", len(numbers), numbers=listed)
        return (AnswerLine(told),)

    no_claim = words.gettext("In none of the exercises.")
    return (
        Answer(
            words.gettext("Which texts rest on the same origin? What in their words shows it?"), tuple(_origins(page))
        ),
        Answer(words.gettext("Which text was written first, and how do you know?"), tuple(_order(page))),
        Answer(
            words.gettext("What can a silence mean? Find a text that could not have known."), tuple(_silences(folder))
        ),
        Answer(
            words.gettext("Where do texts contradict each other? What would you have to know to decide?"),
            (
                *where(Status.DISPUTED, no_claim),
                AnswerLine(words.gettext("The key says what a text says. It does not say who is right.")),
            ),
        ),
        Answer(
            words.gettext("What does one text alone say? What would you do before you pass it on?"),
            where(Status.SINGLE_SOURCE, no_claim),
        ),
        Answer(
            words.gettext("Where do texts report the same utterance in other words? What does each choice do?"),
            where(Status.WORDING_DIFFERS, no_claim),
        ),
    )


def _origins(page: PageContext) -> Iterator[AnswerLine]:
    """Origins at the end of the chains of several texts, and words that texts share."""
    folder, words = page.folder, page.folder.words
    briefing = page.analysis.anchored.briefing
    link = views.Link(words.gettext("Origins"), page.to("origins")) if "origins" in folder.shown else None
    resting: dict[str, dict[str, None]] = {}
    for row in page.analysis.matrix.rows:
        for cell in row.cells:
            if cell.chain:
                resting.setdefault(cell.chain[-1], {})[cell.source.id] = None
    found = False
    for origin, sources in resting.items():
        if len(sources) > 1:
            found = True
            letters = words.listed([one.siglum for one in briefing.sources if one.id in sources])
            name = briefing.origins[origin].name
            yield AnswerLine(words.gettext("%(origin)s: %(texts)s.", origin=name, texts=letters), link)
    if not found:
        yield AnswerLine(words.gettext("No two texts name the same origin. They may have one all the same."), link)


def _order(page: PageContext) -> Iterator[AnswerLine]:
    words = page.folder.words
    link = views.Link(words.gettext("Timeline"), page.to("timeline"))
    lines, _ = order_lines(page)
    for line in lines:
        earlier = words.listed([siglum.letter for siglum in line.earlier])
        yield AnswerLine(words.gettext("%(earlier)s before %(later)s.", earlier=earlier, later=line.later.letter), link)
    left = unplaced(page.folder)
    if left:
        letters = words.listed([siglum.letter for siglum in left])
        yield AnswerLine(words.gettext("Nothing shows the place of %(texts)s.", texts=letters), None if lines else link)


def _silences(folder: Folder) -> Iterator[AnswerLine]:
    """How often each text is silent, by how that is known."""
    words = folder.words
    for source in folder.analysis.anchored.briefing.sources:
        kinds = [cell.silence for _, cell in folder.column(source.id) if cell.silence]
        told = [
            words.gettext(
                "%(kind)s: %(number)s", kind=words.gettext(strings.SILENCES[kind][0]), number=kinds.count(kind)
            )
            for kind in Silence
            if kind in kinds
        ]
        if told:
            listed = "; ".join(told)
            link = views.Link(folder.siglum(source).name, folder.to_source(source.id))
            yield AnswerLine(words.gettext("%(text)s: %(silences)s.", text=source.siglum, silences=listed), link)
