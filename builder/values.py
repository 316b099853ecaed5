"""Numbers as a source gives them: `5.5`, `>5` (more than), `>=5` (at least), `<5`, `<=5`, `~7.5` (about), `5..6`.

Whether two of them go together is asked twice, because between a clear yes and a clear no lies what only a person can
judge: `agree` is sure that both can hold, `exclude` that they cannot. A printed number may be rounded: it reaches as
far as its last digit leaves open (`5.5` from 5.45 to 5.55), a whole one that ends in `00` as far as the digit before
its zeros does, though never more than a twentieth. `~` reaches a tenth of the number up and down.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

_NUMBER = r"-?\d{1,15}(?:\.\d{1,9})?"
_VALUE = re.compile(rf"(?P<comparator>>=|<=|>|<|~)?\s*(?P<low>{_NUMBER})(?:\.\.(?P<high>{_NUMBER}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Value:
    """A number or a range of numbers, without its unit (the claim names that)."""

    text: str
    """As the curator wrote it, without spaces."""
    low: Decimal | None
    """The smallest number that it allows; None where it names only an upper limit."""
    high: Decimal | None
    """The largest number that it allows; None where it names only a lower limit."""
    comparator: str = ""
    """`>`, `>=`, `<`, `<=`, `~`, `..` or nothing for a plain number."""

    @property
    def anchor(self) -> Decimal:
        """The number that is printed: the limit, the approximate number, or a range's lower end."""
        number = self.low if self.low is not None else self.high
        assert number is not None
        return number


class ValueFormatError(ValueError):
    """What is written is no value; the message says what would be."""


def parse_value(text: str) -> Value:
    """Read one value. Raises ValueFormatError."""
    match = _VALUE.fullmatch(text.strip())
    if not match or (match["high"] and match["comparator"]):
        raise ValueFormatError(f"{text!r} is no value; write 5.5, >5, >=5, <5, <=5, ~7.5 or 5..6, without the unit")
    comparator, low = match["comparator"] or "", Decimal(match["low"])
    compact = re.sub(r"\s", "", text)
    if match["high"]:
        high = Decimal(match["high"])
        if high < low:
            raise ValueFormatError(f"{text!r} runs backwards; write {match['high']}..{match['low']}")
        return Value(compact, low, high, "..")
    if comparator in (">", ">="):
        return Value(compact, low, None, comparator)
    if comparator in ("<", "<="):
        return Value(compact, None, low, comparator)
    return Value(compact, low, low, comparator)


def agree(one: Value, other: Value) -> bool:
    """Whether both can surely hold at once: `>5` and `7.5`, `5..6` and `<5.5`, `5` and `5.2`, but not `5` and `5.5`."""
    if _is_number(one) and _is_number(other):
        return abs(one.anchor - other.anchor) < max(_half(one.anchor), _half(other.anchor))
    low, high = _overlap(_exactly(one), _exactly(other))
    if low is None or high is None or low.at < high.at:
        return True
    # Where no more than one number is left, it has to be the very one that is printed: `5..6` and `6..7` leave a doubt.
    return low.at == high.at and low.within and high.within and (_is_number(one) or _is_number(other))


def exclude(one: Value, other: Value) -> bool:
    """Whether both surely cannot hold at once: `5` and `6`, `>5` and `4.2`, but not `5` and `5.5`, nor `~5` and `6`."""
    if one == other:
        return False
    if _is_number(one) and _is_number(other):
        rounding = max(_rounding(one.anchor), _rounding(other.anchor))
        return abs(one.anchor - other.anchor) > rounding + _vague(one) + _vague(other)
    low, high = _overlap(_reach(one), _reach(other))
    if low is None or high is None:
        return False
    return low.at > high.at or (low.at == high.at and not (low.within and high.within))


@dataclass(frozen=True, slots=True)
class _End:
    """An end of a stretch of numbers."""

    at: Decimal
    within: bool = True
    """Whether the end itself belongs to it."""


_Stretch: TypeAlias = tuple[_End | None, _End | None]
"""The lower and the upper end; None where there is none."""


def _is_number(value: Value) -> bool:
    return value.low == value.high


def _exactly(value: Value) -> _Stretch:
    within = value.comparator not in (">", "<")
    low = _End(value.low, within) if value.low is not None else None
    return low, _End(value.high, within) if value.high is not None else None


def _reach(value: Value) -> _Stretch:
    """With what rounding, and `~`, leave open."""
    if not _is_number(value):
        return _exactly(value)
    open_ = _rounding(value.anchor) + _vague(value)
    return _End(value.anchor - open_), _End(value.anchor + open_)


def _vague(value: Value) -> Decimal:
    """How far `~` reaches."""
    return abs(value.anchor) / 10 if value.comparator == "~" else Decimal()


def _rounding(number: Decimal) -> Decimal:
    """How far a number may lie from the one that was rounded to it."""
    zeros = _exponent(number.normalize())
    if zeros < 2:
        return _half(number)
    return min(Decimal(5).scaleb(zeros - 1), abs(number) / 20)


def _half(number: Decimal) -> Decimal:
    """Half of what its last digit counts."""
    return Decimal(5).scaleb(_exponent(number) - 1)


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return exponent


def _overlap(one: _Stretch, other: _Stretch) -> _Stretch:
    """The inner ends: the higher of the lower ones, the lower of the higher ones."""
    lows = [end for end in (one[0], other[0]) if end]
    highs = [end for end in (one[1], other[1]) if end]
    # Of two ends at one number, the one that does not belong to its stretch is the inner one.
    low = max(lows, key=lambda end: (end.at, not end.within), default=None)
    return low, min(highs, key=lambda end: (end.at, end.within), default=None)
