"""Numbers as a source gives them: `5.5`, `>5` (more than), `>=5` (at least), `<5`, `<=5`, `~7.5` (about), `5..6`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

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
