"""Which sources carry what: claims that one carries alone, pairs that agree, whose statements each of them prints.

Everything here is counted, and nothing is weighed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from builder.analysis.coverage import Coverage, covered
from builder.analysis.matrix import Cell, Matrix, Silence, cannot_both_hold
from builder.model import AnchoredBriefing, Origin, Source, Stance
from builder.text import Span


@dataclass(frozen=True, slots=True)
class Testimony:
    """What one source carries. Claims stand by their ids, in the order of the matrix."""

    source: Source
    rests: Coverage
    """The words that stances rest on: key words, or else whole quotations."""
    speaks: tuple[str, ...]
    alone: tuple[str, ...]
    """Claims that no other source states; others may expect them."""
    silent: Mapping[Silence, tuple[str, ...]]
    """Claims that it is silent on, by how that is known."""
    sides: Mapping[str | None, tuple[str, ...]]
    """Claims that it speaks to, by the sides in the chain of origins; None where the chain names no side.

    Empty where the briefing defines no sides. A chain with two sides counts for both.
    """


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two sources stand to each other on the claims that both speak to, by id in the order of the matrix."""

    one: str
    other: str
    alike: tuple[str, ...]
    """Both support the claim, or both contradict it, and give no numbers that exclude each other."""
    qualified: tuple[str, ...]
    """One of them, or each, says it with a difference: that does not contradict what the other says."""
    contradicted: tuple[str, ...]
    """One supports what the other contradicts, or they give numbers that exclude each other."""

    @property
    def shared(self) -> int:
        """How many claims both speak to."""
        return len(self.alike) + len(self.qualified) + len(self.contradicted)


def testimony_of(anchored: AnchoredBriefing, matrix: Matrix) -> tuple[Testimony, ...]:
    """What each source carries, in the order of the sources."""
    origins = anchored.briefing.origins
    sides = tuple(dict.fromkeys(origin.side for origin in origins.values() if origin.side))
    alone = _alone(matrix)
    out = []
    for source in anchored.briefing.sources:
        column = matrix.of_source(source.id)
        speaking = [(row.claim.id, cell) for row, cell in column if cell.speaks]
        silent = {
            kind: tuple(row.claim.id for row, cell in column if cell.silence is kind)
            for kind in Silence
            if any(cell.silence is kind for _, cell in column)
        }
        out.append(
            Testimony(
                source,
                covered(anchored.articles[source.id], _rests_on([cell for _, cell in speaking])),
                tuple(id_ for id_, _ in speaking),
                tuple(alone.get(source.id, ())),
                silent,
                _by_side(speaking, origins, sides),
            )
        )
    return tuple(out)


def _alone(matrix: Matrix) -> dict[str, list[str]]:
    """By source, the claims that it alone states."""
    found: dict[str, list[str]] = {}
    for row in matrix.rows:
        stating = [cell.source.id for cell in row.cells if cell.states]
        if len(stating) == 1:
            found.setdefault(stating[0], []).append(row.claim.id)
    return found


def _rests_on(cells: Sequence[Cell]) -> list[Span]:
    """The words that stances rest on."""
    return [span for cell in cells for passage in cell.passages for span in passage.keys or passage.spans]


def _by_side(
    speaking: Sequence[tuple[str, Cell]], origins: Mapping[str, Origin], sides: Sequence[str]
) -> dict[str | None, tuple[str, ...]]:
    if not sides:
        return {}
    found: dict[str | None, list[str]] = {side: [] for side in (*sides, None)}
    for claim, cell in speaking:
        for side in dict.fromkeys(origins[id_].side for id_ in cell.chain if origins[id_].side) or (None,):
            found[side].append(claim)
    return {side: tuple(claims) for side, claims in found.items()}


def agreements_of(matrix: Matrix) -> tuple[Agreement, ...]:
    """Every two sources, in their order."""
    ids = [cell.source.id for cell in matrix.rows[0].cells] if matrix.rows else []
    found: dict[tuple[int, int], tuple[list[str], list[str], list[str]]] = {
        pair: ([], [], []) for pair in combinations(range(len(ids)), 2)
    }
    for row in matrix.rows:
        speaking = [(index, cell) for index, cell in enumerate(row.cells) if cell.speaks]
        for (one, cell), (other, another) in combinations(speaking, 2):
            found[one, other][_stand(cell, another)].append(row.claim.id)
    return tuple(
        Agreement(ids[one], ids[other], tuple(alike), tuple(qualified), tuple(contradicted))
        for (one, other), (alike, qualified, contradicted) in found.items()
    )


def _stand(one: Cell, other: Cell) -> int:
    """0 for alike, 1 for qualified, 2 for contradicted.

    What only qualifies a claim need not contradict a text that contradicts it: “more than five” goes with “seven”.
    """
    if {one.stance, other.stance} == {Stance.SUPPORTS, Stance.CONTRADICTS} or cannot_both_hold((one, other)):
        return 2
    return 0 if one.stance is other.stance and one.stance is not Stance.QUALIFIES else 1
