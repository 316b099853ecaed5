"""Units: whether two are the same, and what a number in one is in the other.

Durations, lengths, areas, masses, temperatures, speeds, data and the like are converted by Pint, which is loaded only
where a value has another unit than its claim. Money is never converted: no text prints the rate.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import Any

from builder.values import DATE, Value, in_other_unit

_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_DOLLAR = "dollar"
"""A dollar of which the text does not say whose it is."""
_MONEY = {
    "$": _DOLLAR, "dollar": _DOLLAR, "us$": "USD", "usd": "USD", "us dollar": "USD", "u.s. dollar": "USD",
    "american dollar": "USD", "a$": "AUD", "aud": "AUD", "australian dollar": "AUD", "c$": "CAD", "ca$": "CAD",
    "cad": "CAD", "canadian dollar": "CAD", "hk$": "HKD", "hkd": "HKD", "hong kong dollar": "HKD", "nz$": "NZD",
    "nzd": "NZD", "new zealand dollar": "NZD", "s$": "SGD", "sgd": "SGD", "singapore dollar": "SGD",
    "€": "EUR", "eur": "EUR", "euro": "EUR", "£": "GBP", "gbp": "GBP", "pound sterling": "GBP",
    "british pound": "GBP", "¥": "JPY", "jpy": "JPY", "yen": "JPY", "yuan": "CNY", "cny": "CNY", "rmb": "CNY",
    "renminbi": "CNY", "chf": "CHF", "swiss franc": "CHF", "franc": "CHF", "rupee": "INR", "inr": "INR",
    "rouble": "RUB", "ruble": "RUB", "rub": "RUB", "won": "KRW", "krw": "KRW", "peso": "peso", "real": "BRL",
    "zloty": "PLN", "pln": "PLN",
}  # fmt: skip
_DOLLARS = frozenset({_DOLLAR, "USD", "AUD", "CAD", "HKD", "NZD", "SGD"})
_PERCENT = frozenset({"%", "percent", "per cent"})
_READABLE = re.compile(r"(?:[^\W\d_]|[°²³ ]){0,39}(?:/(?:[^\W\d_]|[²³ ]){1,20})?")


class UnitError(ValueError):
    """A value cannot be given in the unit of its claim; the message says why, in a curator's words."""


def money(unit: str) -> str | None:
    """The code of a currency, `dollar` where the text does not say whose; None for other units."""
    plain = _plain(unit)
    return _MONEY.get(plain) or _MONEY.get(plain.removesuffix("s"))


def in_unit(value: Value, unit: str) -> Value:
    """A value in the unit of its claim. Raises UnitError where there is no way from the one to the other."""
    if not value.unit or value.unit == DATE or value.unit == unit:
        return value
    factor, shift = conversion(value.unit, unit)
    return in_other_unit(value, factor, shift) if factor != 1 or shift else value


@cache
def conversion(unit: str, other: str) -> tuple[Fraction, Fraction]:
    """What a number in `unit` is multiplied by, and what is added then, to have it in `other`. Raises UnitError."""
    scale, one = _scaled(unit)
    other_scale, two = _scaled(other)
    ratio = Fraction(scale, other_scale)
    if _same(one, two):
        return ratio, Fraction()
    coins = money(one), money(two)
    if any(coins):
        if coins[0] == coins[1] or (_DOLLAR in coins and _DOLLARS.issuperset(coins)):
            return ratio, Fraction()
        if all(coins):
            raise UnitError(f"`{unit}` is not the money of the claim, `{other}`, and no text prints the rate")
        raise UnitError(f"`{unit}` cannot be given in `{other}`")
    found = _converted(one, two)
    if found is None or found[0] <= 0:
        raise UnitError(f"`{unit}` cannot be given in `{other}`")
    return found[0] * ratio, found[1] / other_scale


def _scaled(unit: str) -> tuple[int, str]:
    """A unit such as `million euros` as a number and what it counts."""
    first, _, rest = unit.strip().partition(" ")
    scale = _SCALES.get(first.casefold())
    return (scale, rest) if scale and rest else (1, unit.strip())


def _plain(unit: str) -> str:
    return " ".join(unit.casefold().split())


def _same(one: str, other: str) -> bool:
    """Whether two units differ in nothing but a plural or capitals; a capital of an abbreviation counts: MB and Mb."""
    if one == other:
        return True
    if len(one) <= 3 and len(other) <= 3:
        return False
    first, second = _plain(one), _plain(other)
    return first.removesuffix("s") == second.removesuffix("s") or {first, second} <= _PERCENT


def _converted(unit: str, other: str) -> tuple[Fraction, Fraction] | None:
    if not all(_READABLE.fullmatch(name) and name.strip() for name in (unit, other)):
        return None  # what the library would read as arithmetic
    registry = _registry()
    try:
        one, two = (registry.parse_units(_for_library(name)) for name in (unit, other))
        zero, first, second = (Fraction(registry.Quantity(Fraction(n), one).to(two).magnitude) for n in range(3))
    except Exception:  # noqa: BLE001 - the library has no one class for names that it cannot read
        return None
    # Decibels and the like are no multiples of each other.
    return (first - zero, zero) if second - first == first - zero else None


def _for_library(name: str) -> str:
    """A unit as the library knows it: `degrees Celsius` is `celsius`."""
    words = name.split()
    if len(name) > 3 and name.istitle():
        return name.casefold()
    if len(words) == 2 and words[0].casefold() in ("degree", "degrees"):
        return words[1].casefold()
    return name


@cache
def _registry() -> Any:
    import pint  # takes a fifth of a second, which only a site with such values should wait for

    return pint.UnitRegistry(non_int_type=Fraction, cache_folder=None)
