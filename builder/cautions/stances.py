"""Values that do not go with the stances of their sources: to be looked at again, as only a person can say which errs.

A claim's sentence often states the amount itself (see amounts). Then it is the measure: what supports it has to fit it,
and what does not fit it contradicts it rightly. Else the values that sources give are measured against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from builder.analysis.matrix import Cell, Row
from builder.cautions.amounts import stated, unmeasured
from builder.diagnostics import Diagnostic, Place, Related, Severity
from builder.model import Stance
from builder.values import Value, agree, exclude


@dataclass(frozen=True, slots=True)
class _Given:
    """A value, who gives it, and where it stands."""

    siglum: str
    value: Value
    locate: Callable[[], Place]

    def __str__(self) -> str:
        return f"{self.siglum} (`{self.value.text}`)"


@dataclass(frozen=True, slots=True)
class _Said:
    """The amount of the claim's own sentence in words, and where that stands."""

    words: str
    locate: Callable[[], Place]

    def related(self) -> Related:
        """The sentence, to be shown."""
        return Related(self.locate(), "what the claim says")


Locate: TypeAlias = Callable[..., Place]
"""Where the value at a path in the claim's entry stands."""


def at_odds(row: Row, language: str, locate: Locate) -> Iterator[Diagnostic]:
    """What is at odds in a claim, one warning for each value at most. `language` is that of the claim."""
    claim = row.claim
    unit = claim.unit or ""
    supporting = _given(row.cells, Stance.SUPPORTS, locate)
    contradicting = _given(row.cells, Stance.CONTRADICTS, locate)
    if not supporting and not contradicting:
        return
    amount = stated(claim.text, unit, {given.value.anchor for given in supporting}, language)
    if amount is not None:
        said = _Said(f"`{amount.text}` {unit}", partial(locate, "claim"))
        yield from _measured(claim.id, amount, said, supporting, contradicting)
        return
    unstated = unmeasured(claim.text, language)
    if unstated:
        for index, given in enumerate(supporting):
            if other := _first(supporting[:index], given, exclude):
                yield _conflict(claim.id, given, other)
    # A limit may be weaker than the claim that it supports, so that what fits the limit need not fit the claim.
    sure = [given for given in supporting if unstated or given.value.low == given.value.high]
    for given in contradicting:
        if other := _first(sure, given, agree):
            yield _compatible(claim.id, given, other)


def _measured(
    claim: str, amount: Value, said: _Said, supporting: Sequence[_Given], contradicting: Sequence[_Given]
) -> Iterator[Diagnostic]:
    """What does not go with the amount that the claim states."""
    wrong = [given for given in supporting if exclude(given.value, amount)]
    fitting = [given for given in supporting if given not in wrong] if wrong else supporting
    for given in wrong:
        other = _first(fitting, given, exclude)
        yield _conflict(claim, given, other, said) if other else _denied(claim, given, said)
    for given in contradicting:
        if not exclude(given.value, amount):
            if other := _first(fitting, given, agree):
                yield _compatible(claim, given, other)
            elif agree(given.value, amount):
                yield _admitted(claim, given, said)


def _given(cells: Iterable[Cell], stance: Stance, locate: Locate) -> list[_Given]:
    return [
        _Given(cell.source.siglum, cell.evidence.value, partial(locate, "evidence", cell.source.id, "value"))
        for cell in cells
        if cell.stance is stance and cell.evidence and cell.evidence.value
    ]


def _first(those: Iterable[_Given], given: _Given, fits: Callable[[Value, Value], bool]) -> _Given | None:
    return next((other for other in those if fits(other.value, given.value)), None)


# ---- what is said ----------------------------------------------------------------------------------------------

_DIFFERS = "stance: qualifies\ndiffers_in: precision"


def _conflict(claim: str, given: _Given, other: _Given, said: _Said | None = None) -> Diagnostic:
    related = Related(other.locate(), "the value that it excludes")
    measure = f", and the claim says {said.words}" if said else ""
    return Diagnostic(
        "values-conflict",
        f"{other} and {given} both support `{claim}`, but their values exclude each other{measure}.",
        given.locate(),
        "Correct the value that is wrong; or the stance, where a source says something else:\nstance: contradicts",
        Severity.WARNING,
        (related, said.related()) if said else (related,),
    )


def _compatible(claim: str, given: _Given, other: _Given) -> Diagnostic:
    return Diagnostic(
        "values-compatible",
        f"{given} contradicts `{claim}` and {other} supports it, but both values can be true.",
        given.locate(),
        f"Correct the value that is wrong; or the stance, where one is only more exact:\n{_DIFFERS}",
        Severity.WARNING,
        (Related(other.locate(), "the value that it does not exclude"),),
    )


def _denied(claim: str, given: _Given, said: _Said) -> Diagnostic:
    return Diagnostic(
        "stance-denied",
        f"{given} supports `{claim}`, but its value excludes what the claim says, {said.words}.",
        given.locate(),
        "Correct the value or the claim; or the stance:\nstance: contradicts",
        Severity.WARNING,
        (said.related(),),
    )


def _admitted(claim: str, given: _Given, said: _Said) -> Diagnostic:
    return Diagnostic(
        "stance-denied",
        f"{given} contradicts `{claim}`, but its value can be what the claim says, {said.words}.",
        given.locate(),
        f"Correct the value or the claim; or the stance:\n{_DIFFERS}",
        Severity.WARNING,
        (said.related(),),
    )
