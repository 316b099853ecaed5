"""From origins through sources to claims: whom every piece of evidence rests on, counted and never scored."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from builder.analysis.chains import whole_chains
from builder.analysis.matrix import Matrix, Row
from builder.model import Briefing, Stance


@dataclass(frozen=True, slots=True)
class Piece:
    """What one source says to one claim, and whom it rests on: one piece of evidence."""

    claim: str
    topic: str
    source: str
    chain: tuple[str, ...]
    """Nearest first; empty where the source names no origin."""


@dataclass(frozen=True, slots=True)
class Credited:
    """An origin that evidence rests on."""

    origin: str
    chain: tuple[str, ...]
    """From it to the end; the origin itself comes first."""
    nearest: tuple[tuple[str, tuple[str, ...]], ...]
    """The sources that credit it themselves, in their order, with the claims."""
    pieces: int
    """How many pieces of evidence rest on it, nearest or further."""
    whole: tuple[str, ...]
    """The sources that credit it for all of their text."""


@dataclass(frozen=True, slots=True)
class Flow:
    """What flows from origins to claims."""

    pieces: tuple[Piece, ...]
    """In the order of the matrix."""
    origins: tuple[Credited, ...]
    """Those that any chain names, in the order of the briefing."""
    independent: tuple[tuple[int, tuple[Row, ...]], ...]
    """The claims that a source supports, by the number of independent origins of it, most first."""
    unnamed: tuple[int, ...]
    """How many pieces of evidence name no origin, in the order of the sources."""


def flow_of(briefing: Briefing, matrix: Matrix) -> Flow:
    """Whom the evidence of a briefing rests on."""
    pieces = tuple(
        Piece(row.claim.id, row.claim.topic, cell.source.id, cell.chain)
        for row in matrix.rows
        for cell in row.cells
        if cell.speaks
    )
    sources = [source.id for source in briefing.sources]
    unnamed = Counter(piece.source for piece in pieces if not piece.chain)
    return Flow(
        pieces,
        _credited(briefing, pieces),
        _independent(matrix),
        tuple(unnamed[source] for source in sources),
    )


def _credited(briefing: Briefing, pieces: Sequence[Piece]) -> tuple[Credited, ...]:
    nearest: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    through: Counter[str] = Counter()
    further: dict[str, tuple[str, ...]] = {}
    for piece in pieces:
        through.update(piece.chain)
        if piece.chain:
            nearest[piece.chain[0]][piece.source].append(piece.claim)
        for index, origin in enumerate(piece.chain):
            further.setdefault(origin, piece.chain[index:])
    whole = whole_chains(briefing)
    for chain in whole.values():
        for index, origin in enumerate(chain):
            further.setdefault(origin, chain[index:])
    return tuple(
        Credited(
            origin,
            further[origin],
            tuple((s.id, tuple(nearest[origin][s.id])) for s in briefing.sources if s.id in nearest[origin]),
            through[origin],
            tuple(source for source, chain in whole.items() if chain[:1] == (origin,)),
        )
        for origin in briefing.origins
        if origin in further
    )


def _independent(matrix: Matrix) -> tuple[tuple[int, tuple[Row, ...]], ...]:
    rows: dict[int, list[Row]] = defaultdict(list)
    for row in matrix.rows:
        if any(cell.stance is Stance.SUPPORTS for cell in row.cells):
            rows[len(row.independent)].append(row)
    return tuple((number, tuple(rows[number])) for number in sorted(rows, reverse=True))
