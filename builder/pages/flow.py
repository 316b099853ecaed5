"""The picture of the page of origins: which bars evidence passes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from builder.analysis.origins import Piece
from builder.drawing.flows import Bar, Column, picture
from builder.model import Briefing, Origin
from builder.views.origins import FlowPicture
from builder.words import N_, Words

UNNAMED = N_("No origin named")
NO_SIDE = N_("No side")
_NOBODY = ""
"""Stands for the end of a chain without any origin."""


def ends_of(pieces: Iterable[Piece], origins: Mapping[str, Origin]) -> list[str]:
    """The origins that chains end with: by side in the order of the briefing, those of no side last; most first."""
    numbers = Counter(piece.chain[-1] for piece in pieces if piece.chain)
    sides = [*dict.fromkeys(origin.side for origin in origins.values() if origin.side), None]
    known = [id_ for id_ in origins if id_ in numbers]
    return sorted(known, key=lambda id_: (sides.index(origins[id_].side), -numbers[id_]))


def flow_pictures(briefing: Briefing, pieces: Sequence[Piece], words: Words) -> tuple[FlowPicture, ...]:
    """From the ends of the chains to the topics of the claims, and for a narrow screen to the texts alone; none where
    no text names an origin."""
    origins, ends = briefing.origins, ends_of(pieces, briefing.origins)
    if not ends:
        return ()
    gettext = words.gettext
    paths = Counter(map(_path, pieces))
    ended, _, used, topics = (frozenset(path[index] for path in paths) for index in range(4))
    no_side = gettext(NO_SIDE) if any(origin.side for origin in origins.values()) else ""
    first = [Bar(id_, origins[id_].name, origins[id_].side or no_side) for id_ in ends]
    if _NOBODY in ended:
        first.append(Bar(_NOBODY, gettext(UNNAMED), kind="unnamed"))
    nearest = _nearest(ends, origins, paths)
    texts = [source for source in briefing.sources if source.id in used]
    columns = (
        Column(gettext("Where chains end"), 0.0, 26, tuple(first)),
        Column(gettext("Whom the texts credit") if any(bar.label for bar in nearest) else "", 29.0, 26, nearest),
        Column(gettext("Texts"), 56.0, 17, tuple(Bar(s.id, f"{s.siglum} {s.outlet or ''}".strip()) for s in texts)),
        Column(
            gettext("Claims, by topic"), 77.0, 19, tuple(Bar(t.id, t.short) for t in briefing.topics if t.id in topics)
        ),
    )
    narrow = (
        Column(gettext("Where chains end"), 0.0, 26, tuple(first)),
        Column(gettext("Texts"), 84.0, 3, tuple(Bar(s.id, s.siglum) for s in texts)),
    )
    ends_and_texts: Counter[tuple[str, ...]] = Counter()
    for (end, _, source, _), number in paths.items():
        ends_and_texts[end, source] += number
    said = _described(ends, origins, pieces, words)

    def others(count: int) -> str:
        return words.ngettext("%(num)s other", "%(num)s others", count)

    return picture(columns, paths, said, others), picture(narrow, ends_and_texts, said, others)


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


def _described(ends: Sequence[str], origins: Mapping[str, Origin], pieces: Sequence[Piece], words: Words) -> str:
    numbers = Counter(piece.chain[-1] if piece.chain else _NOBODY for piece in pieces)
    told = [(origins[id_].name, numbers[id_]) for id_ in ends[:12]]
    if len(ends) > len(told):
        told.append((words.gettext("others"), sum(numbers[id_] for id_ in ends[len(told) :])))
    if numbers[_NOBODY]:
        told.append((words.gettext(UNNAMED), numbers[_NOBODY]))
    return words.gettext(
        "Evidence flows from where its chains end (%(ends)s) through the texts to the topics of the claims. The tables "
        "below say the same.",
        ends="; ".join(f"{name}, {words.number(number)}" for name, number in told),
    )
