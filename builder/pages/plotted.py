"""The numbers of a claim as pages show them: as printed, as read, on one axis, and how they go together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from builder import strings, views
from builder.analysis.ledger import Entry, Given, Pair, value_of
from builder.analysis.matrix import Cell, Row
from builder.drawing import charts
from builder.language.numberwords import NUMBERS, SCALES
from builder.pages.context import Folder, converted_in_words, value_in_words
from builder.values import DATE, Fit, Value

_MOST = 12
"""Sentences on how numbers go together: of more numbers than anybody compares one by one, the rest is counted."""


def plot_of(folder: Folder, row: Row) -> views.Plot | None:
    """The numbers of at least two sources on one axis; None where all give the same."""
    given = given_of(row)
    if len({(value.text, value.unit) for value, _ in given}) < 2:
        return None
    ruler = charts.ruler([value for value, _ in given])
    unit = row.claim.unit or ""
    ticks = tuple(views.ChartLabel(label, ruler.position(number), 0) for number, label in ruler.ticks)
    rows = tuple(plot_row(folder, cell, value, unit, ruler) for value, cell in given)
    without = without_of(row)
    words = "; ".join(f"{cell.source.siglum} gives {reading(value, unit)}" for value, cell in given)
    kind = "date" if unit == DATE else f"number, in {unit}"
    title = f"{strings.sentence(strings.number_word(len(given)))} sources give a {kind}."
    return views.Plot(title, f"{words}. {without or ''}".strip(), ticks, rows, without)


def plot_row(folder: Folder, cell: Cell, value: Value, unit: str, ruler: charts.Ruler) -> views.PlotRow:
    """One source's number, with the words that give it."""
    evidence = cell.evidence
    difference = strings.DIFFERENCES[evidence.differs_in][0] if evidence and evidence.differs_in else None
    return views.PlotRow(
        folder.siglum(cell.source),
        folder.stance(cell.stance),
        figure_quote(folder, cell),
        reading(value, unit),
        difference,
        *charts.reach(charts.as_drawn(value), ruler.start, ruler.end),
    )


def given_of(row: Row) -> list[tuple[Value, Cell]]:
    """The numbers of a claim, each with its cell, by the number that is printed."""
    given = [(value, cell) for cell in row.cells if (value := value_of(cell))]
    return sorted(given, key=lambda pair: pair[0].anchor)


def without_of(row: Row) -> str | None:
    """Which sources give no number."""
    sigla = [cell.source.siglum for cell in row.cells if value_of(cell) is None]
    what = "date" if row.claim.unit == DATE else "number"
    return f"{strings.listed(sigla)} {'gives' if len(sigla) == 1 else 'give'} no {what}." if sigla else None


def reading(value: Value, unit: str) -> str:
    """A value with its unit, and in the unit of its claim where it was printed in another."""
    words = value_in_words(value)
    if value.unit:
        converted = converted_in_words(value)
        return f"{words}, or {_with_unit(converted, unit)}" if converted else words
    return _with_unit(words, unit)


def _with_unit(words: str, unit: str) -> str:
    return f"{words}\N{NARROW NO-BREAK SPACE}{unit}" if unit == "%" else f"{words} {unit}"


def figure_quote(folder: Folder, cell: Cell) -> views.Quote:
    """The words that give a source's number: the key words that hold one, or else the whole first quotation."""
    for passage in cell.passages:
        text = folder.analysis.anchored.articles[passage.source].text
        keys = [key.of(text) for key in passage.keys]
        for key in (key for key in keys if _counts(key)):
            return replace(folder.quote(passage), segments=(views.Segment("key", key),))
    return folder.quote(cell.passages[0])


_ALSO = frozenset({*NUMBERS, *SCALES, "half", "third", "quarter", "dozen"})


def _counts(words: str) -> bool:
    """Whether there is a number in words."""
    parts = words.replace("-", " ").replace("\N{EN DASH}", " ").casefold().split()
    return any(map(str.isnumeric, words)) or not _ALSO.isdisjoint(parts)


# ---- how they go together --------------------------------------------------------------------------------------


def sayings(entry: Entry) -> tuple[str, ...]:
    """How the numbers of a claim go together, in sentences."""
    compared = [given for given in entry.given if given.of_claim]
    said = [*_conflicts(entry), *_vaguer(entry, len(compared)), *_others(entry)]
    if len(compared) == 1 and len(compared[0].of_claim) > 1:
        said = [f"{strings.listed([cell.source.siglum for cell in compared[0].of_claim])} give the same."]
    said += _of_something_else(entry)
    rest = len(said) - _MOST
    return (*said[:_MOST], f"So it is with {strings.plural(rest, 'other pair')}.") if rest > 0 else tuple(said)


def _of_something_else(entry: Entry) -> list[str]:
    """Whose numbers are not compared, and why."""
    rest = [cell for given in entry.given for cell in given.cells if cell not in given.of_claim]
    expected = [cell for cell in rest if cell.foresees or not cell.states]
    scope = [cell for cell in rest if cell not in expected]
    several = {True: "numbers are", False: "number is"}
    said = [f"{_owners(scope)} {several[len(scope) > 1]} of something else: of another scope."] if scope else []
    return [*said, f"{_owners(expected)} {several[len(expected) > 1]} only expected."] if expected else said


def _owners(cells: Sequence[Cell]) -> str:
    return strings.listed([f"{cell.source.siglum}’s" for cell in cells])


def _conflicts(entry: Entry) -> Iterator[str]:
    pairs = [pair for pair in entry.pairs if pair.fit is Fit.CONFLICTING]
    if len(pairs) == len(entry.pairs) > 1 and all(given.of_claim for given in entry.given):
        yield "No two of these can both hold."
        return
    for pair in pairs:
        yield strings.sentence(f"{_named(pair.one)} and {_named(pair.other)} cannot both hold.")


def _vaguer(entry: Entry, compared: int) -> Iterator[str]:
    """Which numbers are less precise than which: one that is so towards all others `compared` is said so once."""
    for given in entry.given:
        others = [pair.other for pair in entry.pairs if pair.fit is Fit.LESS_PRECISE and pair.one is given]
        if not others:
            continue
        every = len(others) == compared - 1 > 1
        than = ("either" if len(others) == 2 else "all the others") if every else strings.listed(_all_named(others))
        yield strings.sentence(f"{_named(given)} is less precise than {than}.")


def _others(entry: Entry) -> Iterator[str]:
    told = {Fit.COMPATIBLE: "can both hold", Fit.EQUAL: "are the same"}
    for pair in entry.pairs:
        if pair.fit in told:
            yield strings.sentence(f"{_named(pair.one)} and {_named(pair.other)} {told[pair.fit]}.")


def _all_named(given: Sequence[Given]) -> list[str]:
    return [_named(one) for one in given]


def _named(given: Given) -> str:
    """`C’s about 7.5`, `A’s and B’s 5`."""
    return f"{_owners(given.of_claim)} {value_in_words(given.value)}"


def conflicting(entry: Entry) -> tuple[Pair, ...]:
    """The pairs of numbers that cannot both hold."""
    return tuple(pair for pair in entry.pairs if pair.fit is Fit.CONFLICTING)
