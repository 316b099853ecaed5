"""Dates in running English: read so that no day and no year is taken for an amount."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from builder.dates import MONTHS
from builder.extracting.figures.words import Token
from builder.language import listed
from builder.values import Value, ValueFormatError, dated

_MONTHS = {form: number for number, name in enumerate(MONTHS, 1) for form in (name.lower(), name.lower()[:3])}
_MONTHS |= {"sept": 9}
_FOREIGN = listed(
    "januar februar märz mai juni juli oktober dezember janvier février mars avril juin juillet août septembre "
    "octobre novembre décembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre"
)
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?", re.ASCII)
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d", re.ASCII)
_BEFORE_YEAR = listed(
    "in since by of until till from to before after during early late mid through around and or year spring "
    "summer autumn fall winter the between for"
)


@dataclass(frozen=True, slots=True)
class Day:
    """A date among tokens, from `start` up to `end`."""

    start: int
    end: int
    value: Value | None
    """None where it names no year."""


def day_at(tokens: Sequence[Token], at: int) -> Day | None:
    """The date that starts at a token, or none."""
    return _month_first(tokens, at) or _day_first(tokens, at) or _year(tokens, at)


def is_month(token: Token) -> bool:
    """Whether a word names a month, in a language that is read here; English ones have a capital."""
    return (token.text in _MONTHS and token.capital) or token.text in _FOREIGN


def _month_first(tokens: Sequence[Token], at: int) -> Day | None:
    """`June 18`, `Jun. 18, 2023`, `June 19th 2023`, `November 2022`."""
    if not is_month(tokens[at]):
        return None
    after = _past(tokens, at + 1, ".")
    day = _number(tokens, after, _DAY)
    if day is None:
        year = _number(tokens, after, _YEAR)
        return Day(at, after + 1, _value(year, tokens[at], None)) if year else None
    year_at = _past(tokens, after + 1, ",")
    year = _number(tokens, year_at, _YEAR)
    # Of “June 18 and 19” the second day has no month beside it.
    return Day(at, (year_at if year else after) + 1, _value(year, tokens[at], day))


def _day_first(tokens: Sequence[Token], at: int) -> Day | None:
    """`18 June`, `18th of June 2023`, `18. Juni 2023`."""
    day = _number(tokens, at, _DAY)
    month = _past(tokens, _past(tokens, at + 1, "."), "of", "de")
    if day is None or month >= len(tokens) or not is_month(tokens[month]):
        return None
    year_at = _past(tokens, _past(tokens, month + 1, "."), ",", "de")
    year = _number(tokens, year_at, _YEAR)
    return Day(at, (year_at if year else month) + 1, _value(year, tokens[month], day))


def _year(tokens: Sequence[Token], at: int) -> Day | None:
    """A year alone: after a word that goes before years, or with nothing behind it that could be counted."""
    year = _number(tokens, at, _YEAR)
    if year is None:
        return None
    before = tokens[at - 1].text if at else ""
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if before in _BEFORE_YEAR or not after[:1].isalpha():
        return Day(at, at + 1, _value(year, None, None))
    return None


def _number(tokens: Sequence[Token], at: int, form: re.Pattern[str]) -> int | None:
    match = form.fullmatch(tokens[at].text) if at < len(tokens) else None
    return int(match[match.lastindex or 0]) if match else None


def _past(tokens: Sequence[Token], at: int, *words: str) -> int:
    return at + 1 if at < len(tokens) and tokens[at].text in words else at


def _value(year: int | None, month: Token | None, day: int | None) -> Value | None:
    if year is None:
        return None
    number = _MONTHS.get(month.text) if month else None
    if month and number is None:
        return None
    parts = [f"{year:04}", *([f"{number:02}"] if number else []), *([f"{day:02}"] if day else [])]
    try:
        return dated("-".join(parts), timedelta())
    except ValueFormatError:
        return None
