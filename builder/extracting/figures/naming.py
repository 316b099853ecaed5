"""What the numbers of a sentence count: measures, money, shares, or things and people."""

from __future__ import annotations

from dataclasses import dataclass

from builder.extracting.figures.counting import Number, Numbers
from builder.extracting.figures.words import COINS, DOLLARS, PERCENT, SIGNS, counted, ends_name
from builder.language import listed

_NEAR, _FAR = 4, 8
"""Words, and words with signs, in which what is counted has to be named."""
_DEFINITE = listed("the these those both our your their its his her my this that other all")


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted, up to `end`; a measure, money or a share says surely that a number is an amount."""

    name: str
    end: int
    sure: bool


class Units(Numbers):
    """A sentence, of which it is asked what its numbers count."""

    def unit(self, number: Number) -> Unit | None:
        at = number.end
        if number.attached:
            return Unit(self.measures.get(number.attached, number.attached), at, sure=True)
        word = self.word(at)
        if not self.english and (word == "de" or word.startswith("d'")):
            at += word == "de"
            word = self.word(at).removeprefix("d'")
        if word == "-" and self.joined(at) and self.joined(at + 1):
            return self._hyphened(at + 1)
        if word == "per" and self.word(at + 1) == "cent":
            word, at = "%", at + 1
        if word == "percentage" and self.word(at + 1).startswith("point"):
            return Unit("percentage point", at + 2, sure=True)
        if word == "v" and self.word(at + 1) == ".":
            return None
        if word in PERCENT:
            return Unit("%", at + 1, sure=True)
        if word in SIGNS:
            return Unit(SIGNS[word], at + 1, sure=True)
        if (whose := DOLLARS.get(word.rstrip("."))) and self._dollars(at + 1):
            return Unit(whose, self._dollars(at + 1), sure=True)
        if word in COINS:
            return Unit(COINS[word], at + 1, sure=True)
        if word in ("square", "cubic") and self.word(at + 1) in self.measures:
            return Unit(f"{word} {self.measures[self.word(at + 1)]}", at + 2, sure=True)
        if word in self.measures:
            return self._measure(at, word)
        return self._counted(at) if self.english else None

    def _dollars(self, at: int) -> int:
        at += self.word(at) == "."
        return at + 1 if self.word(at) in ("dollar", "dollars") else 0

    def _measure(self, at: int, word: str) -> Unit:
        name, end = self.measures[word], at + 1
        if name == "degree" and self.word(end) in ("celsius", "fahrenheit"):
            return Unit(f"degree {self.word(end)}", end + 1, sure=True)
        if self.english and name in ("year", "month", "day") and self.word(end) == "old":
            return Unit(f"{name} of age", end + 1, sure=True)
        return Unit(name, end, sure=True)

    def _hyphened(self, at: int) -> Unit | None:
        """`20-hour`, `62-year-old`, `5-million-dollar`."""
        word = self.word(at)
        if word not in self.measures:
            return None
        if self.word(at + 1) == "-" and self.word(at + 2) == "old":
            return Unit(f"{self.measures[word]} of age", at + 3, sure=True)
        return Unit(self.measures[word], at + 1, sure=True)

    def _counted(self, at: int) -> Unit | None:
        """What is counted: the first plural within four words, none of which ends the name."""
        words = 0
        for index in range(at, min(at + _FAR, len(self.words))):
            word = self.word(index)
            if index > at and self.joined(index) and (word == "-" or (word == "." and "." in self.word(index - 1))):
                continue  # China-U.S.
            words += 1
            if ends_name(word) or words > _NEAR:
                return None
            name, following = counted(word), self.word(index + 1)
            if name and counted(following) and not ends_name(following):
                continue  # sports officials
            if name:
                return Unit(name, index + 1, sure=False)
        return None

    def points(self, at: int, number: Number) -> bool:
        """Whether a spelt “two” says of whom one speaks: the two sides, their two countries."""
        before = self.word(at - 1)
        return number.spelt and number.number == 2 and (before in _DEFINITE or before.endswith(("'s", "s'")))

    def counts(self, number: Number, unit: Unit) -> bool:
        """Whether “one” counts: with a measure, and not in “one day he will”, “no one” or “one-China”."""
        if self.word(number.start) in ("a", "an"):
            return unit.sure
        idiom = unit.name == "day" and self.word(number.end) == "day" and number.end == number.start + 1
        return unit.sure and self.word(number.start - 1) not in ("no", "any") and not (idiom and number.start == 0)
