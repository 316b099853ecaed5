"""The values ledger: for every claim with a unit the numbers that sources give, and how these go together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from builder.analysis.matrix import Cell, Matrix, Row, is_of_claim
from builder.values import Fit, Value, fit, less_precise


@dataclass(frozen=True, slots=True)
class Given:
    """A number, and all sources that give it in the same way."""

    value: Value
    cells: tuple[Cell, ...]
    """In the order of the sources."""

    @property
    def of_claim(self) -> tuple[Cell, ...]:
        """Those whose number is one of the claim itself: only such numbers are compared."""
        return tuple(filter(is_of_claim, self.cells))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two numbers for one claim that are not the same, and how they go together."""

    fit: Fit
    one: Given
    """Of a less precise and a more precise number, the less precise one."""
    other: Given


@dataclass(frozen=True, slots=True)
class Entry:
    """The numbers of one claim."""

    claim: str
    unit: str
    given: tuple[Given, ...]
    """By the number that is printed; at least one."""
    pairs: tuple[Pair, ...]
    """Of every two that are given differently, each for the claim itself."""
    without: tuple[str, ...]
    """The sources that give none."""


def ledger_of(matrix: Matrix) -> tuple[Entry, ...]:
    """The claims that have numbers, in the order of the matrix."""
    return tuple(entry for row in matrix.rows if (entry := entry_of(row)))


def entry_of(row: Row) -> Entry | None:
    """The numbers of one claim; None where no source gives it one."""
    together: dict[tuple[str, str], list[Cell]] = {}
    values: dict[tuple[str, str], Value] = {}
    for cell in row.cells:
        value = value_of(cell)
        if value is not None:
            key = (value.text, value.unit)
            values.setdefault(key, value)
            together.setdefault(key, []).append(cell)
    if not values or row.claim.unit is None:
        return None
    keys = sorted(values, key=lambda key: (values[key].anchor, values[key].text))
    given = tuple(Given(values[key], tuple(together[key])) for key in keys)
    without = tuple(cell.source.id for cell in row.cells if value_of(cell) is None)
    return Entry(row.claim.id, row.claim.unit, given, pairs_of(given), without)


def value_of(cell: Cell) -> Value | None:
    """The number that a source gives for a claim, where there are words to show for it."""
    return cell.evidence.value if cell.evidence and cell.passages else None


def pairs_of(given: Sequence[Given]) -> tuple[Pair, ...]:
    """How every two of them go together; the less precise of two stands first."""
    pairs = []
    for one, other in combinations((one for one in given if one.of_claim), 2):
        first, second = (other, one) if less_precise(other.value, one.value) else (one, other)
        pairs.append(Pair(fit(one.value, other.value), first, second))
    return tuple(pairs)
