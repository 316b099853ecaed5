"""The pattern of a briefing: a mark for every cell. In one picture, or in blocks that find room on any screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from builder import views
from builder.analysis.matrix import Matrix, Row
from builder.model import Briefing, Stance
from builder.views.glance import Block, Glance, Glyphs, Letter, Pattern, Stripe
from builder.views.site import BriefingCard, LegendEntry, Picture
from builder.words import ENGLISH, Words

# ---- one picture -----------------------------------------------------------------------------------------------

_STEP, _TOPIC_GAP, _LEFT, _TOP = 12.0, 5.0, 14.0, 1.0
_SIZES = {Stance.SUPPORTS: 8.0, Stance.QUALIFIES: 9.0, Stance.CONTRADICTS: 10.0, Stance.SILENT: 8.0}
_LETTER = 3.0
"""About the width of a letter of a topic's name, to leave out names that would run into the next."""
_FOOT = 10.0
"""Room for the names of topics below a line."""
_LINE = 80
"""So many claims stand side by side; more go on in the next line."""


def pattern(briefing: Briefing, matrix: Matrix, words: Words = ENGLISH) -> Pattern:
    """A row for each source, a column for each claim, a gap between topics; in several lines where there are many."""
    marks: list[views.Mark] = []
    topics: list[views.ChartLabel] = []
    letters: list[views.ChartLabel] = []
    rows = len(briefing.sources) * _STEP
    most, widest, line = _LEFT + _LINE * _STEP, _LEFT + _STEP, 0
    x = _LEFT
    for name, part in _parts(briefing, matrix, _LINE):
        if x > _LEFT and x + len(part) * _STEP > most:
            x, line = _LEFT, line + 1
        top = _TOP + line * (rows + _FOOT + _STEP)
        if len(name) * _LETTER <= len(part) * _STEP + _TOPIC_GAP:
            topics.append(views.ChartLabel(name, x - 1, top + rows + 6))
        for column, row in enumerate(part):
            for index, cell in enumerate(row.cells):
                size = _SIZES[cell.stance]
                inset = (8.0 - size) / 2
                marks.append(views.Mark(cell.stance, x + column * _STEP + inset, top + index * _STEP + inset, size))
        x += len(part) * _STEP + _TOPIC_GAP
        widest = max(widest, x - _TOPIC_GAP)
    for number in range(line + 1):
        top = _TOP + number * (rows + _FOOT + _STEP)
        letters += [views.ChartLabel(s.siglum, 0, top + 7 + i * _STEP) for i, s in enumerate(briefing.sources)]
    height = _TOP + rows + _FOOT + line * (rows + _FOOT + _STEP)
    return Pattern(widest, height, tuple(marks), tuple(letters), tuple(topics), described(briefing, matrix, words))


def _parts(briefing: Briefing, matrix: Matrix, most: int) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """The claims by topic, with the topic's short name; no part has more than `most`."""
    for topic in briefing.topics:
        rows = matrix.of_topic(topic.id)
        yield from ((name, part) for (_, name, part) in _pieces(topic.id, topic.short, rows, most))


def _pieces(id_: str, name: str, rows: Sequence[Row], most: int) -> Iterator[tuple[str, str, tuple[Row, ...]]]:
    """The claims of a topic in parts of nearly the same length; only the first one has the name."""
    parts = -(-len(rows) // most)
    for number in range(parts):
        first, last = (len(rows) * n // parts for n in (number, number + 1))
        yield id_, "" if number else name, tuple(rows[first:last])


def described(briefing: Briefing, matrix: Matrix, words: Words = ENGLISH) -> str:
    """The pattern in a few sentences."""
    counts = Counter(cell.stance for row in matrix.rows for cell in row.cells)
    return words.gettext(
        "Pattern of %(claims)s by %(sources)s. Cells that support: %(supports)s, qualify: %(qualifies)s, "
        "contradict: %(contradicts)s, are silent: %(silent)s.",
        claims=words.ngettext("%(num)s claim", "%(num)s claims", len(matrix.rows)),
        sources=words.ngettext("%(num)s source", "%(num)s sources", len(briefing.sources)),
        **{stance.value: words.number(counts[stance]) for stance in Stance},
    )


_PIXELS = 1.4
"""Of a picture, for each unit of a pattern."""


def picture(card: BriefingCard, stances: Sequence[views.Stance]) -> Picture:
    """A briefing's pattern as a picture that stands alone, with title and legend."""
    margin, top, foot = 28, 112, 52
    width, height = round(card.pattern.width * _PIXELS), round(card.pattern.height * _PIXELS)
    bottom = top + height + foot
    return Picture(
        title=card.title,
        kicker=", ".join(part for part in (card.place, card.when) if part),
        facts=" · ".join(count.label for count in card.counts),
        pattern=card.pattern,
        width=max(width, 480) + 2 * margin,
        height=bottom,
        margin=margin,
        top=top,
        pattern_width=width,
        pattern_height=height,
        legend=tuple(LegendEntry(stance, margin + 118 * i, bottom - 34) for i, stance in enumerate(stances)),
    )


# ---- blocks ----------------------------------------------------------------------------------------------------

UNIT = 10
"""What a mark and the room around it take, in the units of a drawing."""
_HALF = "a2.8 2.8 0 0 1 0 5.6z"
"""The empty half of a mark that qualifies, from its top."""
_CONTRADICTS = "l6 6m0-6l-6 6"
"""A cross, from its upper left."""
SIZES = (("large", 15, 700), ("middle", 11, 1600), ("small", 8, 10**9))
"""Pixels that a mark takes with the room around it, and up to how many cells. On a card all are of one size."""
CARD = (("large", 12, 500), ("small", 6, 1500), ("tiny", 3, 10**9))
_NARROW = 240
"""Pixels: what the smallest screen has room for beside the letters."""
_IN_CARD = 180
"""The same where several stand side by side, so that two blocks find room in each."""
_WIDE = 1190
"""Pixels: what a wide screen has room for."""
_GAP = 16
"""Pixels between blocks; as many stand before the first for the letters."""


def in_blocks(
    briefing: Briefing,
    matrix: Matrix,
    sizes: Sequence[tuple[str, int, int]],
    hrefs: Mapping[str, str],
    words: Words = ENGLISH,
) -> Glance:
    """The pattern in blocks. `sizes` are as SIZES, `hrefs` lead to claims; on a card there are none."""
    cells = len(matrix.rows) * len(briefing.sources)
    down = len(briefing.sources) * UNIT
    size, step = next((name, pixels) for name, pixels, limit in sizes if cells <= limit)
    most = (_NARROW if hrefs else _IN_CARD) // step
    pieces = chain.from_iterable(
        _pieces(topic.id, topic.short, matrix.of_topic(topic.id), most) for topic in briefing.topics
    )
    blocks = tuple(
        Block(
            title=name,
            href=f"#topic-{id_}",
            across=len(rows) * UNIT,
            width=len(rows) * step,
            ground="".join(f"M5 {y}h{len(rows) * UNIT - UNIT}.1" for y in range(5, down, UNIT)),
            glyphs=tuple(_glyphs(rows)),
            columns=_columns(rows, hrefs),
        )
        for id_, name, rows in pieces
    )
    letters = (Letter(source.siglum, index * UNIT + 8) for index, source in enumerate(briefing.sources))
    return Glance(
        blocks=blocks,
        letters=tuple(letters) if hrefs and step > UNIT else (),
        down=down,
        height=len(briefing.sources) * step,
        size=size,
        line=sum(block.width + _GAP for block in blocks) <= _WIDE,
        description=described(briefing, matrix, words),
    )


def _glyphs(rows: Sequence[Row]) -> Iterator[Glyphs]:
    """The marks by stance; those that are silent have none but the ground."""
    for stance in (Stance.SUPPORTS, Stance.QUALIFIES, Stance.CONTRADICTS):
        places = [
            (across * UNIT, down * UNIT)
            for down in range(len(rows[0].cells))
            for across, row in enumerate(rows)
            if row.cells[down].stance is stance
        ]
        if stance is Stance.CONTRADICTS:
            path = "".join(f"M{x + 2} {y + 2}{_CONTRADICTS}" for x, y in places)
        else:
            path = "".join(f"M{x + 5} {y + 5}h{length}.1" for x, y, length in _runs(places))
        if path:
            yield Glyphs(stance.value, path)
        if path and stance is Stance.QUALIFIES:
            yield Glyphs("half", "".join(f"M{x + 5} {y + 2.2:g}{_HALF}" for x, y in places))


def _runs(places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Neighbours in a row together: where the first one lies, and how far the last one is from it."""
    known = set(places)
    for x, y in places:
        if (x - UNIT, y) not in known:
            length = 0
            while (x + length + UNIT, y) in known:
                length += UNIT
            yield x, y, length


def _columns(rows: Sequence[Row], hrefs: Mapping[str, str]) -> tuple[Stripe, ...]:
    if not hrefs:
        return ()
    return tuple(Stripe(row.claim.text, hrefs[row.claim.id], index * UNIT) for index, row in enumerate(rows))
