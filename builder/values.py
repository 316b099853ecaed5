"""Numbers as a source gives them: `5.5`, `>5` (more than), `>=5` (at least), `<5`, `<=5`, `~7.5` (about), `5..6`.

Each may have a unit of its own (`330 minutes`, `$1.2 million`), and a value may be a date. Every value stands for a
stretch of numbers, its reach, and two values are compared by their reaches alone; nothing is ever averaged.

The declared tolerance: a printed number may be rounded, so it reaches as far as its last digit leaves open (`5.5` from
5.45 to 5.55); a whole one that ends in `00` as far as the digit before its zeros does, though never more than a
twentieth. `~` reaches a tenth of the number up and down, or as far as its last digit where that is more. A limit
reaches as far as it says, a date from its first to its last day, and an uncertain one as long again on both sides.

Values that reach past each other conflict. Whether two surely agree is a narrower question, asked by `agree`: between
the two lies what only a person can judge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Context, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from builder.dates import DateError, Edtf, parse_date

DATE = "date"
"""The unit of a claim whose values are dates."""

_NUMBER = r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?"
_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_LETTER = r"[^\W\d_]"
_UNIT = rf"(?:{_LETTER}|[%°$€£¥])(?:{_LETTER}|[ '’/°²³.$€£¥%-]){{0,39}}"
_VALUE = re.compile(
    rf"(?P<comparator>>=|<=|>|<|~)? *(?P<money>[A-Z]{{0,2}}\$|[€£¥])? *(?P<low>{_NUMBER})(?:\.\.(?P<high>{_NUMBER}))?"
    rf"(?: *(?P<scale>{'|'.join(_SCALES)})(?!{_LETTER}))?(?: *(?P<unit>{_UNIT}))?"
)
_DIVIDING = Context(prec=34)
_WIDE = Context(prec=200)
"""For the largest number in the largest unit, told in the smallest."""


@dataclass(frozen=True, slots=True)
class End:
    """An end of a stretch of numbers."""

    at: Decimal
    within: bool = True
    """Whether the end itself belongs to it."""


Stretch: TypeAlias = tuple[End | None, End | None]
"""The lower and the upper end; None where there is none."""


@dataclass(frozen=True, slots=True)
class Value:
    """A number, a range of numbers or a date, in the unit of its claim."""

    text: str
    """As the curator wrote it, without spaces that say nothing."""
    low: Decimal | None
    """The smallest number that it allows; None where it names only an upper limit. Of a date, days since the year 1."""
    high: Decimal | None
    """The largest number that it allows; None where it names only a lower limit."""
    comparator: str = ""
    """`>`, `>=`, `<`, `<=`, `~`, `..` or nothing for a plain number."""
    figure: str = ""
    """As it is written, without comparator and unit: `5.5`, `5..6`, `1.2 million`."""
    unit: str = ""
    """Its own unit as it is written, or `date`; empty where it has that of its claim."""
    reach: Stretch = (None, None)
    """What it allows under the declared tolerance."""
    digit: tuple[Decimal, Decimal] = (Decimal(), Decimal())
    """As far as the last digit of the number that is printed leaves open; neither end belongs to it."""
    converted: bool = False
    """Whether it was written in another unit than that of its claim."""

    @property
    def anchor(self) -> Decimal:
        """The number that is printed: the limit, the approximate number, or a range's lower end."""
        number = self.low if self.low is not None else self.high
        assert number is not None
        return number

    @property
    def exact(self) -> Stretch:
        """What it allows, taken at its word."""
        if self.unit == DATE:
            return self.reach
        within = self.comparator not in (">", "<")
        low = End(self.low, within) if self.low is not None else None
        return low, End(self.high, within) if self.high is not None else None


class ValueFormatError(ValueError):
    """What is written is no value; the message says what would be."""


# ---- reading ---------------------------------------------------------------------------------------------------


def parse_value(text: str) -> Value:
    """Read one value, a date on a clock without an offset. Raises ValueFormatError."""
    whole, text = text, text.strip()
    match = _VALUE.fullmatch(text)
    if not match or (match["high"] and match["comparator"]) or (match["money"] and match["unit"]):
        try:
            return dated(text, timedelta())
        except ValueFormatError:
            raise ValueFormatError(
                f"{whole!r} is no value; write 5.5, >5, >=5, <5, <=5, ~7.5 or 5..6, a unit after it where it is not "
                "the claim’s, or a date"
            ) from None
    scale = _SCALES.get(match["scale"] or "", 0)
    numbers = [Decimal(match[key]).scaleb(scale) for key in ("low", "high") if match[key]]
    if numbers[-1] < numbers[0]:
        raise ValueFormatError(f"{whole!r} runs backwards; write {match['high']}..{match['low']}")
    comparator = ".." if match["high"] else match["comparator"] or ""
    money, unit = match["money"] or "", " ".join((match["unit"] or "").split())
    figure = text[match.start("low") : match.end("scale") if scale else max(match.end("low"), match.end("high"))]
    figure = " ".join(figure.split())
    compact = f"{match['comparator'] or ''}{money}{figure}" + (f" {unit}" if unit else "")
    return _value(compact, comparator, numbers[0], numbers[-1], figure, money or unit)


def _value(text: str, comparator: str, low: Decimal, high: Decimal, figure: str, unit: str) -> Value:
    half = _half(low)
    digit = (low - half, low + half)
    if comparator == "..":
        return Value(text, low, high, comparator, figure, unit, (End(low), End(high)), digit)
    if comparator in (">", ">="):
        return Value(text, low, None, comparator, figure, unit, (End(low, comparator == ">="), None), digit)
    if comparator in ("<", "<="):
        return Value(text, None, low, comparator, figure, unit, (None, End(low, comparator == "<=")), digit)
    vague = comparator == "~"
    open_ = max(_rounding(low), abs(low) / 10) if vague else _rounding(low)
    # A half is rounded up, so that 5.5 belongs to 6 and not to 5; how far `~` reaches is not so sharp.
    reach = (End(low - open_), End(low + open_, vague))
    return Value(text, low, low, comparator, figure, unit, reach, digit)


def dated(text: str, offset: timedelta) -> Value:
    """A date as a value, its days read on a clock `offset` from UTC. Raises ValueFormatError."""
    try:
        date = parse_date(text)
    except DateError as error:
        raise ValueFormatError(str(error)) from error
    start, end = (_days(moment, offset) if moment else None for moment in date.bounds(offset))
    slack = _doubt(date)
    instant = start == end
    reach = (
        End(start - slack[0]) if start is not None else None,
        End(end + slack[1], within=instant) if end is not None else None,
    )
    comparator = "~" if any(slack) else ""
    if start is None or end is None:
        comparator = "<=" if start is None else ">="
    elif not comparator and end - start > 1:
        comparator = ".."
    anchor = start if start is not None else end
    assert anchor is not None
    return Value(text, start, end, comparator, text, DATE, reach, (anchor, anchor + (0 if instant else 1)))


def _days(moment: datetime, offset: timedelta) -> Decimal:
    """Days since the year 1 on the clock of the place."""
    local = moment + offset
    minutes = Decimal(60 * local.hour + local.minute)
    return Decimal(local.toordinal()) + _DIVIDING.divide(minutes, Decimal(24 * 60))


def _doubt(date: Edtf) -> tuple[Decimal, Decimal]:
    """How many days an approximate or uncertain start and end reach further: as many as they last."""
    lengths = [
        Decimal((point.last - point.first).days + 1) if point and point.qualifier else Decimal()
        for point in (date.start, date.end)
    ]
    return lengths[0], lengths[1]


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


# ---- converting ------------------------------------------------------------------------------------------------


def in_other_unit(value: Value, factor: Fraction, shift: Fraction) -> Value:
    """The same value, each of its numbers times `factor` (more than 0) plus `shift`; its text stays as it is."""

    def moved(number: Decimal) -> Decimal:
        result = Fraction(number) * factor + shift
        return _DIVIDING.divide(Decimal(result.numerator), Decimal(result.denominator))

    def end(one: End | None) -> End | None:
        return End(moved(one.at), one.within) if one else None

    return replace(
        value,
        low=moved(value.low) if value.low is not None else None,
        high=moved(value.high) if value.high is not None else None,
        reach=(end(value.reach[0]), end(value.reach[1])),
        digit=(moved(value.digit[0]), moved(value.digit[1])),
        converted=True,
    )


def rounded(value: Value) -> tuple[Decimal | None, Decimal | None]:
    """The lower and the upper number of a converted value, as finely as the number was printed that it comes from."""
    place = (value.digit[1] - value.digit[0]).log10().to_integral_value()
    return _to_place(value.low, int(place)), _to_place(value.high, int(place))


def _to_place(number: Decimal | None, place: int) -> Decimal | None:
    if number is None:
        return None
    near = number.quantize(Decimal(1).scaleb(place), context=_WIDE)
    # No more digits than there are, and no zeros of an exponent: `5.50` is 5.5, and `7E+2` is 700.
    return Decimal(f"{near.normalize(_WIDE):f}")


# ---- together --------------------------------------------------------------------------------------------------


class Fit(StrEnum):
    """How two values go together."""

    EQUAL = "equal"
    LESS_PRECISE = "less precise"
    """All that the one says, the other allows as well, and more."""
    COMPATIBLE = "compatible"
    """Both can hold at once."""
    CONFLICTING = "conflicting"
    """Under the declared tolerance they cannot."""


def fit(one: Value, other: Value) -> Fit:
    """How two values in one unit go together, whichever stands first; `less_precise` says which one is the vaguer."""
    if (one.low, one.high, one.comparator) == (other.low, other.high, other.comparator):
        return Fit.EQUAL
    if exclude(one, other):
        return Fit.CONFLICTING
    return Fit.LESS_PRECISE if less_precise(one, other) or less_precise(other, one) else Fit.COMPATIBLE


def less_precise(one: Value, other: Value) -> bool:
    """Whether `one` allows all that `other` says, and more: `>5` all of `5.5`, `5..6` all of `5`, `5` all of `5.2`."""
    if not _holds(one.reach, other.exact):
        return False
    # Each may allow the other's number: then the one is vaguer whose whole reach goes beyond.
    return not _holds(other.reach, one.exact) or (
        one.reach != other.reach and _holds(one.reach, other.reach) and not _holds(other.reach, one.reach)
    )


def exclude(one: Value, other: Value) -> bool:
    """Whether both surely cannot hold at once: `5` and `6`, `>5` and `4.2`, but not `5` and `5.5`, nor `~5` and `6`."""
    low, high = _overlap(one.reach, other.reach)
    if low is None or high is None:
        return False
    return low.at > high.at or (low.at == high.at and not (low.within and high.within))


def agree(one: Value, other: Value) -> bool:
    """Whether both can surely hold at once: `>5` and `7.5`, `5..6` and `<5.5`, `5` and `5.2`, but not `5` and `5.5`."""
    if _is_number(one) and _is_number(other):
        return _within(one.digit, other.anchor) or _within(other.digit, one.anchor)
    low, high = _overlap(one.exact, other.exact)
    if low is None or high is None or low.at < high.at:
        return True
    # Where no more than one number is left, it has to be the very one that is printed: `5..6` and `6..7` leave a doubt.
    return low.at == high.at and low.within and high.within and (_is_number(one) or _is_number(other))


def _is_number(value: Value) -> bool:
    return value.low == value.high


def _within(ends: tuple[Decimal, Decimal], number: Decimal) -> bool:
    return ends[0] < number < ends[1]


def _overlap(one: Stretch, other: Stretch) -> Stretch:
    """The inner ends: the higher of the lower ones, the lower of the higher ones."""
    lows = [end for end in (one[0], other[0]) if end]
    highs = [end for end in (one[1], other[1]) if end]
    # Of two ends at one number, the one that does not belong to its stretch is the inner one.
    low = max(lows, key=lambda end: (end.at, not end.within), default=None)
    return low, min(highs, key=lambda end: (end.at, end.within), default=None)


def _holds(outer: Stretch, inner: Stretch) -> bool:
    """Whether a stretch lies within another."""
    return _overlap(outer, inner) == inner
