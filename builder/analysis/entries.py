"""The entries of a critical apparatus: what each has in the place of the lemma's words, said once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from builder.analysis.collating import SideBySide, Witnessed
from builder.analysis.variation import Standing


@dataclass(frozen=True, slots=True)
class Variant:
    """What readings have that depart from the lemma."""

    cell: Witnessed
    """What the first of them has."""
    readings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One or more places in a row, and what departs there."""

    first: int
    last: int
    """Indexes of places, both included."""
    variants: tuple[Variant, ...]


def entries_of(beside: SideBySide) -> tuple[Entry, ...]:
    """In the order of the places; where two begin at one place, the longer first.

    Words that a reading omits over several places are one entry.
    """
    runs = _omissions(beside)
    entries = [Entry(first, last, _variants(beside, first, readings)) for (first, last), readings in runs.items()]
    for at, place in enumerate(beside.places):
        told = {row for (first, last), readings in runs.items() if first <= at <= last for row in readings}
        rows = [row for row, cell in enumerate(place.cells) if cell.standing.departs and row not in told]
        if rows:
            entries.append(Entry(at, at, _variants(beside, at, rows)))
    return tuple(sorted(entries, key=lambda entry: (entry.first, -entry.last)))


def apart_of(beside: SideBySide) -> tuple[Variant, ...]:
    """The readings that depart from all of the lemma."""
    return _grouped((at, cell) for at, cell in beside.apart.items())


def _omissions(beside: SideBySide) -> dict[tuple[int, int], list[int]]:
    """From the first to the last of several places in a row that a reading omits: the readings that do."""
    out: dict[tuple[int, int], list[int]] = {}
    for row in range(len(beside.places[0].cells) if beside.places else 0):
        run: list[int] = []
        for at, place in enumerate((*beside.places, None)):
            standing = place.cells[row].standing if place else None
            if standing is Standing.OMITTED:
                run.append(at)
            elif standing is not Standing.NOTHING:
                if len(run) > 1:
                    out.setdefault((run[0], run[-1]), []).append(row)
                run = []
    return out


def _variants(beside: SideBySide, place: int, readings: Sequence[int]) -> tuple[Variant, ...]:
    return _grouped((row, beside.places[place].cells[row]) for row in readings)


def _grouped(cells: Iterable[tuple[int, Witnessed]]) -> tuple[Variant, ...]:
    groups: dict[tuple[str, ...], list[tuple[int, Witnessed]]] = {}
    for row, cell in cells:
        groups.setdefault(cell.words, []).append((row, cell))
    return tuple(Variant(group[0][1], tuple(row for row, _ in group)) for group in groups.values())
