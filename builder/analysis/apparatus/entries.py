"""The entries of a critical apparatus: what each has in the place of the lemma's words, said once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from builder.analysis.apparatus.collating import SideBySide, Witnessed
from builder.analysis.apparatus.variation import LONG_OMISSION, Standing
from builder.model import Part


@dataclass(frozen=True, slots=True)
class Variant:
    """What readings have that depart from the lemma."""

    parts: tuple[Part, ...]
    """The words of the first of them, place by place; none where they omit the lemma's."""
    tail: str
    """What our quotation of it has after these words, or in their place; or nothing."""
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

    Words that a reading omits over several places are one entry. So are words that it has instead of some, with what it
    adds or omits directly beside these.
    """
    runs: dict[tuple[int, int], list[tuple[int, list[Witnessed]]]] = {}
    for row in range(len(beside.places[0].cells) if beside.places else 0):
        for run in _runs(beside, row):
            cells = [beside.places[at].cells[row] for at in run]
            runs.setdefault((run[0], run[-1]), []).append((row, cells))
    entries = (Entry(first, last, _grouped(having)) for (first, last), having in runs.items())
    return tuple(sorted(entries, key=lambda entry: (entry.first, -entry.last)))


def apart_of(beside: SideBySide) -> tuple[Variant, ...]:
    """The readings that depart from all of the lemma."""
    return _grouped((at, [cell]) for at, cell in beside.apart.items())


def _runs(beside: SideBySide, row: int) -> list[list[int]]:
    """The places at which a reading departs, those together that are one entry."""
    runs: list[list[int]] = []
    standings = [place.cells[row].standing for place in beside.places]
    told = [at for at, standing in enumerate(standings) if standing is not Standing.NOTHING]
    for before, at in pairwise([-1, *told]):
        goes_on = runs and runs[-1][-1] == before and standings[before] is standings[at] is Standing.OMITTED
        if goes_on:
            runs[-1].append(at)
        elif standings[at].departs:
            runs.append([at])
    out: list[list[int]] = []
    for run in runs:
        before = out[-1][-1] if out else -1
        follows = not any(before < at < run[0] for at in told)
        if out and follows and _is_one(beside, row, [*out[-1], *run]):
            out[-1] += run
        else:
            out.append(run)
    return out


def _is_one(beside: SideBySide, row: int, run: Sequence[int]) -> bool:
    """Whether a reading has one thing instead of the lemma's words at these places: a long omission is told alone."""
    standings = [beside.places[at].cells[row].standing for at in run]
    omitted = [at for at, standing in zip(run, standings, strict=True) if standing is Standing.OMITTED]
    missing = sum(len(beside.places[at].cells[beside.lemma].words) for at in omitted)
    return standings.count(Standing.OTHER) == 1 and missing <= LONG_OMISSION


def _grouped(having: Iterable[tuple[int, Sequence[Witnessed]]]) -> tuple[Variant, ...]:
    """Readings that have the same words are one variant."""
    groups: dict[tuple[str, ...], list[tuple[int, Sequence[Witnessed]]]] = {}
    for row, cells in having:
        groups.setdefault(tuple(word for cell in cells for word in cell.words), []).append((row, cells))
    return tuple(
        Variant(
            tuple(part for cell in group[0][1] for part in cell.parts),
            "".join(cell.tail for cell in group[0][1]),
            tuple(row for row, _ in group),
        )
        for group in groups.values()
    )
