"""How people write numbers: the words for them, how they are put together, and what a half adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

_ONES = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen"
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
NUMBERS: Mapping[str, int] = {
    **{word: number for number, word in enumerate(_ONES.split("|"))},
    **{word: 10 * number for number, word in enumerate(_TENS.split("|"), 2)},
}
"""English words for numbers below a hundred, without those that are put together."""
SCALES: Mapping[str, int] = {
    "hundred": 10**2,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
HALF = Decimal("0.5")
_PARTS = {"and a half": HALF, "and a quarter": Decimal("0.25"), "and three quarters": Decimal("0.75")}


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Reads English numbers among words, which are in small letters and have their hyphens apart."""

    tokens: Sequence[str]
    unit: Sequence[str] = ()
    """The words of a unit that is asked for: of millions, “five million” are 5."""

    def at(self, index: int) -> str:
        """A word; nothing beyond the last."""
        return self.tokens[index] if index < len(self.tokens) else ""

    def is_unit(self, at: int) -> bool:
        """Whether the whole unit starts here."""
        return bool(self.unit) and list(self.tokens[at : at + len(self.unit)]) == list(self.unit)

    def spelt(self, at: int) -> tuple[Decimal | None, int, bool]:
        """A number in words, as far as they go together; where it ends; whether it is counted in thousands or more."""
        total, below, last, start = 0, 0, 10**15, at
        while True:
            token = self.at(at)
            if at > start and self._joins(at):
                at += 1
                continue
            if token in NUMBERS:
                number = NUMBERS[token]
                if below % (10 if number < 10 else 100) or 10 <= below % 100 < 20:
                    return None, at, False
                below += number
            elif token in SCALES and not self.is_unit(at):
                scale = SCALES[token]
                if scale >= last or (scale == 100 and below > 9):
                    return None, at, False
                if scale == 100:
                    below = max(1, below) * 100
                else:
                    total, below, last = total + max(1, below) * scale, 0, scale
            else:
                return (Decimal(total + below) if at > start else None), at, total > 0
            at += 1

    def _joins(self, at: int) -> bool:
        following = self.at(at + 1)
        joins = self.tokens[at : at + 1] in (["-"], ["and"]) and (following in NUMBERS or following in SCALES)
        return joins and not self.part(at)[0]

    def part(self, at: int) -> tuple[Decimal, int]:
        """What “and a half” adds, and where it ends."""
        rest = [token for token in self.tokens[at : at + 6] if token != "-"][:3]
        part = _PARTS.get(" ".join(rest))
        if part is None:
            return Decimal(), at
        while self.tokens[at] != rest[2]:
            at += 1
        return part, at + 1
