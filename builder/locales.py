"""What the Unicode locale data (CLDR, as Babel has it) say of a language: its direction, numbers, lists and dates.

English as it is written in most places is the house's own, and needs no Babel: that is imported when first asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from builder.dates import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from babel import Locale

HOUSE = frozenset({"en", "en-GB"})
"""Languages whose dates are written as the house does: 18 June 2023."""

_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})
"""Scripts, as ISO 15924 names them."""
_BY_FOUR = frozenset({"es", "es-ES", "pl", "pt-PT"})
"""Languages that leave numbers of four figures ungrouped, which Babel does not know."""

MOST = 4096
"""So many dates and numbers are kept as they were said; a page says the same ones over and over."""


def wider(language: str) -> tuple[str, ...]:
    """A language tag and the wider ones that stand in for it: `es-MX`, `es`. What names a script keeps it."""
    parts = language.split("-")
    keep = next((i + 1 for i, part in enumerate(parts) if i and len(part) == 4 and part.isalpha()), 1)
    return tuple("-".join(parts[:end]) for end in range(len(parts), keep - 1, -1))


@cache
def direction(language: str) -> str:
    """`rtl` for a language written from right to left, else `ltr`. A tag such as `az-Arab` may name its script."""
    first, *rest = language.split("-")
    scripts = [part.title() for part in rest if len(part) == 4 and part.isalpha()]
    return "rtl" if (scripts[0] if scripts else _script(first, rest)) in _RIGHT_TO_LEFT else "ltr"


def _script(first: str, rest: Sequence[str]) -> str:
    """The script that a language is likely to be written in, there or anywhere."""
    if first == "en":
        return "Latn"
    from babel.core import get_global

    likely, aliases = get_global("likely_subtags"), get_global("language_aliases")
    named = str(aliases.get(first, first)).split("_")[0]
    tags = [*(f"{named}_{part.upper()}" for part in rest), named]
    found = next((likely[tag] for tag in tags if tag in likely), "")
    return found.split("_")[1] if "_" in found else ""


@cache
def _locale(language: str) -> Locale:
    from babel import Locale, UnknownLocaleError, localedata

    # Babel 2.18 writes the names of one locale into tables that the next one inherits: after Chinese, the months of
    # Spanish were Chinese. So each starts from what stands on the disk.
    getattr(localedata, "_cache", {}).clear()
    for tag in wider(language):
        try:
            locale = Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
        assert locale.character_order  # reads all of it now
        return locale
    return Locale("en", "GB")


@lru_cache(maxsize=MOST)
def number(language: str, amount: int) -> str:
    """In figures, thousands grouped: `1,204`."""
    if language in HOUSE:
        return f"{amount:,}"
    if amount < 10_000 and language in _BY_FOUR:
        return str(amount)
    from babel.numbers import format_decimal

    return format_decimal(amount, locale=_locale(language))


def decimal(language: str, amount: Decimal) -> str:
    """In figures, all of them: `1,204.50`."""  # not kept: 5 and 5.0 are equal, and said differently
    if language in HOUSE:
        return f"{amount:,f}"
    from babel.numbers import format_decimal

    grouped = not (language in _BY_FOUR and abs(amount) < 10_000)
    digits = max(0, -int(amount.as_tuple().exponent))
    pattern = "#,##0" if grouped else "0"
    pattern += "." + "0" * digits if digits else ""
    return format_decimal(amount, pattern, locale=_locale(language), decimal_quantization=False)


def listed(language: str, items: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    if language in HOUSE or len(items) < 2:
        return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
    from babel.lists import format_list

    return format_list(list(items), locale=_locale(language))


# ---- dates -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=MOST)
def year(language: str, at: date) -> str:
    """`2023`"""
    return str(at.year) if language in HOUSE else _formed(language, "y", at)


@lru_cache(maxsize=MOST)
def month(language: str, at: date) -> str:
    """`June 2023`"""
    return f"{MONTHS[at.month - 1]} {at.year}" if language in HOUSE else _formed(language, "yMMMM", at)


@lru_cache(maxsize=MOST)
def day(language: str, at: date, *, weekday: bool = False) -> str:
    """`18 June 2023`, `Sunday 18 June 2023`"""
    if language in HOUSE:
        return f"{WEEKDAYS[at.weekday()]} " * weekday + f"{at.day} {month(language, at)}"
    from babel.dates import format_date

    return format_date(at, "full" if weekday else "long", locale=_locale(language))


@lru_cache(maxsize=MOST)
def days(language: str, first: date, last: date) -> str:
    """Days of one year: `18–19 June 2023`, `18 June – 2 July 2023`."""
    if language in HOUSE:
        until = day(language, last)
        return f"{first.day}–{until}" if first.month == last.month else f"{_day_of_year(first)} – {until}"
    from babel.dates import format_interval

    return format_interval(first, last, "yMMMMd", locale=_locale(language))


def _day_of_year(at: date) -> str:
    return f"{at.day} {MONTHS[at.month - 1]}"


def moment(language: str, at: datetime, *, weekday: bool = False) -> str:
    """A day with the time on its own clock: `19 June 2023, 10:33`."""
    on = day(language, at.date(), weekday=weekday)
    return f"{on}, {at:%H:%M}" if language in HOUSE else _joined(language, on, at)


def _joined(language: str, on: str, at: datetime) -> str:
    pattern = str(_locale(language).datetime_formats["medium"]).replace("'", "")
    return pattern.replace("{0}", _time(language, at)).replace("{1}", on)


def _time(language: str, at: datetime) -> str:
    from babel.dates import format_time

    return format_time(at.replace(tzinfo=None), "short", locale=_locale(language))


@lru_cache(maxsize=MOST)
def tick(language: str, at: datetime, unit: str, *, first: bool = False) -> str:
    """The label of a column that starts at a moment on the place's clock (naive), and is so many of `unit` wide.

    `unit` is hour, day, month or year. The `first` column says more, and so does one where a day or a year begins.
    """
    first = first or {"hour": at.hour == 0, "day": at.day == 1, "month": at.month == 1}.get(unit, False)
    if unit == "year":
        return year(language, at.date())
    if language in HOUSE:
        return _house_tick(at, unit, first)
    if unit == "month":
        return _formed(language, "yMMM" if first else "MMM", at.date())
    if unit == "day":
        return _formed(language, "MMMEd" if first else "Ed", at.date())
    return _joined(language, _formed(language, "Ed", at.date()), at) if first else _time(language, at)


def _house_tick(at: datetime, unit: str, first: bool) -> str:
    short, on = MONTHS[at.month - 1][:3], f"{WEEKDAYS[at.weekday()][:3]} {at.day}"
    if unit == "month":
        return f"{short} {at.year}" if first else short
    if unit == "day":
        return f"{on} {short}" if first else on
    return f"{on}, {at:%H:%M}" if first else f"{at:%H:%M}"


def _formed(language: str, skeleton: str, at: date) -> str:
    from babel.dates import format_skeleton

    return format_skeleton(skeleton, at, locale=_locale(language))
