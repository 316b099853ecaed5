"""Where things lie on a link preview: on the left what Latin readers see first, mirrored for a title in Arabic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from builder import views
from builder.drawing.faces import Type
from builder.drawing.lines import ELLIPSIS, Column, fitted, is_mirrored, one_line, placed
from builder.model import Stance
from builder.views.cards import CARD_WIDTH, CardFoot, ClaimCard, DigestCard, Label, OverviewCard, Sign

MARGIN = 72.0
BOLD, PLAIN = 600, 400
_FOOT = 580.0
"""The baseline of the last line."""
_TITLE, _BRIEFING, _DIGEST = (76, 68, 60, 54, 48, 42, 37), (84, 74, 66, 58, 52, 44), (132, 112, 96, 80, 68, 56)
"""Sizes, the largest first."""
_SIGNS = {"disputed": "contradicts", "qualified": "qualifies"}
"""The marks of statuses that are those of stances."""
_TEXT = 34.0
_LETTER, _SIGN = 42.0, 46.0


@dataclass(frozen=True, slots=True)
class Fonts:
    """What cards are set in."""

    serif: Type
    sans: Type


@dataclass(frozen=True, slots=True)
class Side:
    """The sources that take one stance towards a claim."""

    stance: views.Stance
    letters: tuple[str, ...]
    number: str
    """How many they are, in words: stands for letters that no font has, or for more than there is room for."""


def claim_card(
    fonts: Fonts, briefing: str, claim: str, told: Sequence[Side], status: views.Status, site: str
) -> ClaimCard:
    """A claim with the marks of all texts."""
    column = _column(claim)
    foot = _foot(fonts, column, site, status.label)
    text = next(iter(foot.right.lines), None)
    sign = None
    if text:
        long = min(fonts.sans.width(fonts.sans.drawable(status.label), _TEXT, BOLD), CARD_WIDTH / 2 - 60 - MARGIN)
        x = column.left + long + 12 if column.mirrored else column.right - long - 12 - 30
        sign = Sign(_SIGNS.get(status.key, status.key), x, _FOOT - 27, 30, foot.right, _nothing(column))
    title = fitted(claim, fonts.serif, column, _TITLE, BOLD, 148, 252)
    middle, scales = (454, _SCALES) if title.lines else (320, (2.2, 1.8, 1.4, 1.2, *_SCALES))
    return ClaimCard(
        one_line(briefing, fonts.sans, column, _TEXT, BOLD, 108),
        title,
        _testimony(fonts, column, told, middle, scales),
        replace(foot, sign=sign),
    )


def overview_card(
    fonts: Fonts, title: str, kicker: str, summaries: Sequence[str], facts: str, site: str,
    topics: Sequence[Sequence[Sequence[Stance]]],
) -> OverviewCard:  # fmt: skip
    """A briefing with its pattern: for each topic its claims, for each claim what each text says.

    Of its summary that one is told which there is room for, the longest first; else as much of it as there is.
    """
    column = _column(title)
    heading = fitted(title, fonts.serif, column, _BRIEFING, BOLD, 134, 150, 1.08)
    below = 44 if column.mirrored else 30  # Arabic letters go deeper
    top = (heading.lines[-1].y + below) if heading.lines else 150
    fits = [fitted(one, fonts.sans, column, (_TEXT,), PLAIN, top, 34 * 1.3 * 2, 1.3) for one in summaries]
    told = next((one for one in fits if not (one.lines and ELLIPSIS in one.lines[-1].text)), fits[0])
    top = (told.lines[-1].y + 30) if told.lines else top
    return OverviewCard(
        one_line(kicker, fonts.sans, column, _TEXT, BOLD, 108),
        heading,
        told,
        _pattern(topics, column, top, 516 - top),
        _foot(fonts, column, site, facts),
    )


def digest_card(fonts: Fonts, title: str, tagline: str, stances: Sequence[views.Stance]) -> DigestCard:
    """The site, and what its marks mean."""
    column = _column(title)
    heading = fitted(title, fonts.serif, column, _DIGEST, BOLD, 96, 210, 1.04)
    top = (heading.lines[-1].y + 40) if heading.lines else 140
    told = fitted(tagline, fonts.sans, column, (46, 40, _TEXT), PLAIN, top, 120, 1.26)
    step = column.width / len(stances)
    signs = []
    for index, stance in enumerate(stances):
        x = column.right - index * step - 76 if column.mirrored else column.left + index * step
        word = replace(column, left=x, right=x + step) if not column.mirrored else replace(column, right=x + 76)
        under = one_line(stance.label, fonts.sans, word, 38, BOLD, 560)
        signs.append(Sign(stance.key, x, 430, 76, _nothing(column), under))
    return DigestCard(heading, told, tuple(signs), _foot(fonts, column, "", ""))


def _column(title: str) -> Column:
    return Column(MARGIN, CARD_WIDTH - MARGIN, is_mirrored(title))


def _nothing(column: Column) -> Label:
    return Label((), _TEXT, column.anchor)


def _foot(fonts: Fonts, column: Column, site: str, right: str) -> CardFoot:
    """The logo and the site's name where lines start, something else where they end."""
    other = replace(column, left=CARD_WIDTH / 2 + 60, mirrored=True)
    if column.mirrored:
        other = Column(MARGIN, CARD_WIDTH / 2 - 60)
    size = 28.0
    logo = [column.right - (i + 1) * (size + 4) if column.mirrored else column.left + i * (size + 4) for i in range(4)]
    marks = tuple(
        views.Mark(stance, x, _FOOT - 25, size)
        for stance, x in zip(("supports", "qualifies", "contradicts", "silent"), logo, strict=True)
    )
    inner = 4 * (size + 4) + 14
    name = replace(column, left=column.left + inner, right=CARD_WIDTH / 2 + 40)
    if column.mirrored:
        name = replace(column, left=CARD_WIDTH / 2 - 40, right=column.right - inner)
    return CardFoot(
        one_line(site, fonts.serif, name, 36, BOLD, _FOOT),
        marks if site else (),
        one_line(right, fonts.sans, other, _TEXT, BOLD, _FOOT),
        None,
    )


# ---- marks -----------------------------------------------------------------------------------------------------


_SCALES = (1.0, 0.9, 0.8, 0.7)
"""Of the marks of texts: the largest that fits."""


def _testimony(
    fonts: Fonts, column: Column, told: Sequence[Side], middle: float, scales: Sequence[float]
) -> tuple[Sign, ...]:
    """For each stance its mark, the letters of the sources, and under them its word."""
    spelt = [[fonts.sans.drawable(letter) for letter in one.letters] for one in told]
    beside = ["  ".join(letters) for letters in spelt]
    if not all(map(all, spelt)):
        beside = [fonts.sans.drawable(one.number) for one in told]
    under = [fonts.sans.drawable(one.stance.label) for one in told]
    for scale in scales:
        widths = _widths(fonts, beside, under, scale)
        if sum(widths) <= column.width:
            break
    else:
        scale, beside = 0.8, [fonts.sans.drawable(one.number) for one in told]
        widths = _widths(fonts, beside, under, scale)
    signs, at = [], 0.0
    for one, letters, word, width in zip(told, beside, under, widths, strict=True):
        size = _SIGN * scale
        left = column.right - at - size if column.mirrored else column.left + at
        after = left - 14 * scale if column.mirrored else left + size + 14 * scale
        edge = left + size if column.mirrored else left
        signs.append(
            Sign(
                one.stance.key,
                round(left, 2),
                round(middle - size / 2, 2),
                size,
                placed(letters, Column(after, after, column.mirrored), _LETTER * scale, round(middle + 14 * scale, 2)),
                placed(word, Column(edge, edge, column.mirrored), 30 * scale, round(middle + max(60.0, 60 * scale), 2)),
            )
        )
        at += width
    return tuple(signs)


def _widths(fonts: Fonts, beside: Sequence[str], under: Sequence[str], scale: float) -> list[float]:
    """How much of the line each stance takes, with the room behind it."""
    return [
        scale * (max(_SIGN + 14 + fonts.sans.width(letters, _LETTER, BOLD), fonts.sans.width(word, 30, PLAIN)) + 56)
        for letters, word in zip(beside, under, strict=True)
    ]


_STEP, _GAP, _SPACE = 12.0, 5.0, 9.0
"""From claim to claim and from text to text, more between topics, more between two rows of claims."""
_SIZES = {Stance.SUPPORTS: 8.0, Stance.QUALIFIES: 9.0, Stance.CONTRADICTS: 10.0, Stance.SILENT: 8.0}
_LARGEST = 3.6
"""How many times as large a pattern is drawn at most."""
_BANDS = 6
"""Into so many rows its claims are broken at most."""


def _pattern(
    topics: Sequence[Sequence[Sequence[Stance]]], column: Column, top: float, height: float
) -> tuple[views.Mark, ...]:
    """What each text says to each claim, claim by claim in each topic, as large as there is room."""
    claims = [(claim, index == 0) for topic in topics for index, claim in enumerate(topic)]
    if not claims:
        return ()
    tall = len(claims[0][0]) * _STEP - 2
    choices = []
    for bands in range(1, min(_BANDS, len(claims)) + 1):
        each = -(-len(claims) // bands)
        rows = [claims[at : at + each] for at in range(0, len(claims), each)]
        wide = max(len(row) * _STEP + sum(first for _, first in row[1:]) * _GAP - 2 for row in rows)
        low = len(rows) * (tall + _SPACE) - _SPACE
        choices.append((min(column.width / wide, height / low, _LARGEST), -bands, rows))
    scale, _, rows = max(choices, key=lambda choice: choice[:2])
    marks = []
    for band, row in enumerate(rows):
        x = 0.0
        for index, (claim, first) in enumerate(row):
            x += (_STEP if index else 0) + (_GAP if index and first else 0)
            for number, stance in enumerate(claim):
                size = _SIZES[stance]
                left = (x + (10 - size) / 2) * scale
                left = column.right - left - size * scale if column.mirrored else column.left + left
                y = top + (band * (tall + _SPACE) + number * _STEP + (10 - size) / 2) * scale
                marks.append(views.Mark(stance, round(left, 2), round(y, 2), round(size * scale, 2)))
    return tuple(marks)
