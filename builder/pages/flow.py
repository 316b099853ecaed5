"""The picture of the page of origins: which bars evidence passes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from builder.analysis.origins import Piece
from builder.drawing.flows import Bar, Column, picture
from builder.model import Briefing, Origin
from builder.views.origins import FlowPicture

UNNAMED = "No origin named"
NO_SIDE = "No side"
_NOBODY = ""
"""Stands for the end of a chain without any origin."""


def ends_of(pieces: Iterable[Piece], origins: Mapping[str, Origin]) -> list[str]:
    """The origins that chains end with: by side in the order of the briefing, those of no side last; most first."""
    numbers = Counter(piece.chain[-1] for piece in pieces if piece.chain)
    sides = [*dict.fromkeys(origin.side for origin in origins.values() if origin.side), None]
    known = [id_ for id_ in origins if id_ in numbers]
    return sorted(known, key=lambda id_: (sides.index(origins[id_].side), -numbers[id_]))


def flow_picture(briefing: Briefing, pieces: Sequence[Piece]) -> FlowPicture | None:
    """From the ends of the chains to the topics of the claims; None where no text names an origin."""
    origins, ends = briefing.origins, ends_of(pieces, briefing.origins)
    if not ends:
        return None
    paths = Counter(map(_path, pieces))
    ended, _, used, topics = (frozenset(path[index] for path in paths) for index in range(4))
    no_side = NO_SIDE if any(origin.side for origin in origins.values()) else ""
    first = [Bar(id_, origins[id_].name, origins[id_].side or no_side) for id_ in ends]
    if _NOBODY in ended:
        first.append(Bar(_NOBODY, UNNAMED, kind="unnamed"))
    nearest = _nearest(ends, origins, paths)
    texts = (Bar(s.id, f"{s.siglum} {s.outlet or ''}".strip()) for s in briefing.sources if s.id in used)
    columns = (
        Column("Where chains end", 0.0, 24, tuple(first)),
        Column("Whom the texts credit" if any(bar.label for bar in nearest) else "", 30.0, 24, nearest),
        Column("Texts", 58.0, 17, tuple(texts)),
        Column("Claims, by topic", 80.0, 16, tuple(Bar(t.id, t.short) for t in briefing.topics if t.id in topics)),
    )
    return picture(columns, paths, _described(ends, origins, pieces))


def _path(piece: Piece) -> tuple[str, ...]:
    """The bars that a piece of evidence passes. A chain of one origin has none in the second column."""
    end = piece.chain[-1] if piece.chain else _NOBODY
    nearest = piece.chain[0] if len(piece.chain) > 1 else f"past {end}"
    return end, nearest, piece.source, piece.topic


def _nearest(ends: Sequence[str], origins: Mapping[str, Origin], paths: Iterable[tuple[str, ...]]) -> tuple[Bar, ...]:
    """Whom the texts credit, in the order of where their chains end; what passes by has no name here."""
    order = {id_: index for index, id_ in enumerate([*ends, _NOBODY])}
    known = {id_: index for index, id_ in enumerate(origins)}
    pairs = sorted({(order[path[0]], known.get(path[1], -1), path[0], path[1]) for path in paths})
    bars: dict[str, Bar] = {}
    for _, place, end, key in pairs:
        name = origins[key].name if place >= 0 else ""
        bars.setdefault(key, Bar(key, name, kind="named" if end else "unnamed"))
    return tuple(bars.values())


def _described(ends: Sequence[str], origins: Mapping[str, Origin], pieces: Sequence[Piece]) -> str:
    numbers = Counter(piece.chain[-1] if piece.chain else _NOBODY for piece in pieces)
    told = [f"{origins[id_].name}, {numbers[id_]}" for id_ in ends[:12]]
    if len(ends) > len(told):
        told.append(f"others, {sum(numbers[id_] for id_ in ends[len(told) :])}")
    return (
        f"Evidence flows from where its chains end ({'; '.join(told)}; no origin named, {numbers[_NOBODY]}) through "
        "the texts to the topics of the claims. The tables below say the same."
    )
