"""The numbers of a claim as pages show them: as printed, as read, on one axis, and how they go together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from builder import views
from builder.analysis.ledger import Entry, Given, Pair, value_of
from builder.analysis.matrix import Cell, Row
from builder.drawing import charts
from builder.language.numberwords import NUMBERS, SCALES
from builder.pages.folder import Folder
from builder.pages.labels import converted_in_words, value_in_words
from builder.strings import DIFFERENCES
from builder.text import primary_language
from builder.values import DATE, Fit, Value
from builder.views.numbers import GivenBy, Plot, PlotRow
from builder.words import N_, Words, sentence

_MOST = 12
"""Sentences on how numbers go together: of more numbers than anybody compares one by one, the rest is counted."""


def plot_of(folder: Folder, row: Row) -> Plot | None:
    """The numbers of at least two sources on one axis; None where all give the same."""
    given = given_of(row)
    if len({(value.text, value.unit) for value, _ in given}) < 2:
        return None
    ruler = charts.ruler([value for value, _ in given], folder.words)
    unit = row.claim.unit or ""
    ticks = tuple(views.ChartLabel(label, ruler.position(number), 0) for number, label in ruler.ticks)
    rows = plot_rows(folder, given, unit, ruler)
    words, count = folder.words, len(given)
    without = without_of(row, words)
    told = _told(folder, given, unit)
    number = sentence(words.spelt(count))
    if unit == DATE:
        title = words.ngettext("One source gives a date.", "%(number)s sources give a date.", count, number=number)
    else:
        title = words.ngettext(
            "One source gives a number, in %(unit)s.",
            "%(number)s sources give a number, in %(unit)s.",
            count,
            number=number,
            unit=unit,
        )
    return Plot(title, " ".join([*told, *([without] if without else [])]), ticks, rows, without)


def _told(folder: Folder, given: Sequence[tuple[Value, Cell]], unit: str) -> list[str]:
    """Who gives which number, in sentences."""
    together: dict[str, list[str]] = {}
    for value, cell in given:
        together.setdefault(reading(folder.words, value, unit), []).append(cell.source.siglum)
    return [
        folder.words.ngettext(
            "%(sources)s gives %(number)s.",
            "%(sources)s give %(number)s.",
            len(sources),
            sources=folder.words.listed(sources),
            number=number,
        )
        for number, sources in together.items()
    ]


def plot_rows(
    folder: Folder, given: Sequence[tuple[Value, Cell]], unit: str, ruler: charts.Ruler
) -> tuple[PlotRow, ...]:
    """The numbers, each with the words that give it; who prints the very same with the same stance shares a row."""
    together: dict[tuple[object, ...], PlotRow] = {}
    for value, cell in given:
        row = _row(folder, cell, value, unit, ruler)
        quote = row.given[0].words
        alike = (quote.segments, quote.language, quote.translation, row.stance, row.reading, row.differs_in, row.kind)
        known = together.get(alike)
        together[alike] = replace(known, given=(*known.given, *row.given)) if known else row
    return tuple(together.values())


def _row(folder: Folder, cell: Cell, value: Value, unit: str, ruler: charts.Ruler) -> PlotRow:
    """One source's number, with the words that give it."""
    evidence = cell.evidence
    differs = DIFFERENCES[evidence.differs_in][0] if evidence and evidence.differs_in else None
    return PlotRow(
        (GivenBy(folder.siglum(cell.source), figure_quote(folder, cell)),),
        folder.stance(cell.stance),
        reading(folder.words, value, unit),
        folder.words.gettext(differs) if differs else None,
        *charts.reach(charts.as_drawn(value), ruler.start, ruler.end),
    )


def given_of(row: Row) -> list[tuple[Value, Cell]]:
    """The numbers of a claim, each with its cell, by the number that is printed."""
    given = [(value, cell) for cell in row.cells if (value := value_of(cell))]
    return sorted(given, key=lambda pair: pair[0].anchor)


def without_of(row: Row, words: Words) -> str | None:
    """Which sources give no number."""
    sigla = [cell.source.siglum for cell in row.cells if value_of(cell) is None]
    if not sigla:
        return None
    count, listed = len(sigla), words.listed(sigla)
    if row.claim.unit == DATE:
        return words.ngettext("%(sources)s gives no date.", "%(sources)s give no date.", count, sources=listed)
    return words.ngettext("%(sources)s gives no number.", "%(sources)s give no number.", count, sources=listed)


def reading(words: Words, value: Value, unit: str) -> str:
    """A value with its unit, and in the unit of its claim where it was printed in another."""
    given = value_in_words(value, words)
    if value.unit:
        converted = converted_in_words(value, words)
        if not converted:
            return given
        return words.gettext("%(given)s, or %(converted)s", given=given, converted=_with_unit(converted, unit))
    return _with_unit(given, unit)


def _with_unit(figure: str, unit: str) -> str:
    return f"{figure}\N{NARROW NO-BREAK SPACE}{unit}" if unit == "%" else f"{figure} {unit}"


def figure_quote(folder: Folder, cell: Cell) -> views.Quote:
    """The words that give a source's number: the key words that hold one, or else the whole first quotation.

    Number words are known in English alone: in another language, a single run of key words is taken for them.
    """
    foreign = primary_language(cell.source.language) != "en"
    for passage in cell.passages:
        text = folder.analysis.anchored.articles[passage.source].text
        keys = [key.of(text) for key in passage.keys]
        for key in (key for key in keys if _counts(key) or (foreign and len(keys) == 1)):
            return replace(folder.quote(passage), segments=(views.Segment("key", key),), translation=None)
    return folder.quote(cell.passages[0])


_ALSO = frozenset({*NUMBERS, *SCALES, "half", "third", "quarter", "dozen"})


def _counts(words: str) -> bool:
    """Whether there is a number in words."""
    parts = words.replace("-", " ").replace("\N{EN DASH}", " ").casefold().split()
    return any(map(str.isnumeric, words)) or not _ALSO.isdisjoint(parts)


# ---- how they go together --------------------------------------------------------------------------------------


def sayings(entry: Entry, words: Words) -> tuple[str, ...]:
    """How the numbers of a claim go together, in sentences."""
    compared = [given for given in entry.given if given.of_claim]
    told = _Sayings(words)
    said = [*told.conflicts(entry), *told.vaguer(entry, len(compared)), *told.others(entry)]
    if len(compared) == 1 and len(compared[0].of_claim) > 1:
        sources = [cell.source.siglum for cell in compared[0].of_claim]
        said = [words.gettext("%(sources)s give the same.", sources=words.listed(sources))]
    said += told.of_something_else(entry)
    rest = len(said) - _MOST
    if rest <= 0:
        return tuple(said)
    more = words.ngettext("So it is with %(num)s other pair.", "So it is with %(num)s other pairs.", rest)
    return (*said[:_MOST], more)


class _Sayings:
    """Sentences on the numbers of a claim."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def of_something_else(self, entry: Entry) -> Iterator[str]:
        """Whose numbers are not compared, and why."""
        rest = [cell for given in entry.given for cell in given.cells if cell not in given.of_claim]
        expected = [cell for cell in rest if cell.foresees or not cell.states]
        scope = [cell for cell in rest if cell not in expected]
        if scope:
            yield self.words.ngettext(
                "The number of %(sources)s is of something else: of another scope.",
                "The numbers of %(sources)s are of something else: of another scope.",
                len(scope),
                sources=self._sources(scope),
            )
        if expected:
            yield self.words.ngettext(
                "The number of %(sources)s is only expected.",
                "The numbers of %(sources)s are only expected.",
                len(expected),
                sources=self._sources(expected),
            )

    def conflicts(self, entry: Entry) -> Iterator[str]:
        """Which numbers exclude each other."""
        pairs = [pair for pair in entry.pairs if pair.fit is Fit.CONFLICTING]
        if len(pairs) == len(entry.pairs) > 1 and all(given.of_claim for given in entry.given):
            yield self.words.gettext("No two of these can both hold.")
            return
        for pair in pairs:
            yield self._both(N_("%(one)s and %(other)s cannot both hold."), pair)

    def vaguer(self, entry: Entry, compared: int) -> Iterator[str]:
        """Which numbers are less precise than which: one that is so towards all others `compared` is said so once."""
        for given in entry.given:
            others = [pair.other for pair in entry.pairs if pair.fit is Fit.LESS_PRECISE and pair.one is given]
            if not others:
                continue
            every = len(others) == compared - 1 > 1
            if every and len(others) == 2:
                told = N_("%(number)s is less precise than either of the others.")
            elif every:
                told = N_("%(number)s is less precise than all the others.")
            else:
                told = N_("%(number)s is less precise than %(others)s.")
            listed = self.words.listed([self._named(one) for one in others])
            yield sentence(self.words.gettext(told, number=self._named(given), others=listed))

    def others(self, entry: Entry) -> Iterator[str]:
        """Which numbers go together."""
        told = {
            Fit.COMPATIBLE: N_("%(one)s and %(other)s can both hold."),
            Fit.EQUAL: N_("%(one)s and %(other)s are the same."),
        }
        for pair in entry.pairs:
            if pair.fit in told:
                yield self._both(told[pair.fit], pair)

    def _both(self, told: str, pair: Pair) -> str:
        return sentence(self.words.gettext(told, one=self._named(pair.one), other=self._named(pair.other)))

    def _named(self, given: Given) -> str:
        """`about 7.5 (C)`, `5 (A and B)`."""
        number, sources = value_in_words(given.value, self.words), self._sources(given.of_claim)
        return self.words.gettext("%(number)s (%(sources)s)", number=number, sources=sources)

    def _sources(self, cells: Sequence[Cell]) -> str:
        return self.words.listed([cell.source.siglum for cell in cells])


def conflicting(entry: Entry) -> tuple[Pair, ...]:
    """The pairs of numbers that cannot both hold."""
    return tuple(pair for pair in entry.pairs if pair.fit is Fit.CONFLICTING)
