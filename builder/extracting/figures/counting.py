"""The numbers of a sentence themselves: figures, words, scales, ranges and sums of money."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from builder.extracting.figures.words import CODES, COINS, DOLLARS, LETTERS, MEASURES, SCALES, SIGNS, Token
from builder.language.hedges import LANGUAGES
from builder.language.numberwords import HALF, NUMBERS, NumberWords

_ENGLISH_DIGITS = re.compile(r"\d{1,15}(?:\.\d{1,9})?|\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,9})?", re.ASCII)
_OTHER_DIGITS = re.compile(r"\d{1,15}(?:,\d{1,9})?|\d{1,3}(?:\.\d{3}){1,4}(?:,\d{1,9})?", re.ASCII)
_WITH_LETTERS = re.compile(rf"(\d{{1,15}}(?:\.\d{{1,9}})?)({'|'.join(LETTERS)})", re.ASCII)
_WITH_UNIT = re.compile(r"(\d{1,15}(?:\.\d{1,9})?)(km|kg|hrs?|mins?|kwh|mph)", re.ASCII)
_THREE = re.compile(r"\d{3}", re.ASCII)
_WITH_PART = re.compile(r"(\d{0,6})([½¼¾⅓⅔])")
_VULGAR = {"½": "0.5", "¼": "0.25", "¾": "0.75"}
_JOINTS = frozenset({"to", "-", "or"})
_OTHER_JOINTS = frozenset({"-", "bis", "à", "a", "ou", "o", "oder"})
_BETWEEN = frozenset({"and", "und", "et", "y"})
_MOST = 20
"""Words of a number that are looked at."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number among tokens, from `start` up to `end`."""

    number: Decimal
    start: int
    end: int
    spelt: bool
    sign: str = ""
    """`~` where it is surely a round one."""
    power: int = 0
    """Of ten, where figures are followed by a scale: 6 for millions."""
    attached: str = ""
    """A unit without a space: 20km."""


class Numbers:
    """A sentence, of which numbers are read."""

    def __init__(self, tokens: Sequence[Token], language: str) -> None:
        self.tokens = tokens
        self.words = [token.text for token in tokens]
        self.english = language == "en"
        self.language = LANGUAGES[language]
        self.measures = MEASURES[language]
        self.scales = SCALES[language]
        self.spelling = NumberWords(self.words)

    def word(self, at: int) -> str:
        """A word; nothing outside the sentence."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def joined(self, at: int) -> bool:
        """Whether a token stands directly behind the one before it, without a space."""
        return 0 < at < len(self.tokens) and self.tokens[at - 1].end == self.tokens[at].start

    def number(self, at: int, *, money: bool = False) -> Number | None:
        """The number that starts at a word, with its scale; behind a sign of `money` that may be a letter."""
        if money and (match := _WITH_LETTERS.fullmatch(self.word(at))):
            power = LETTERS[match[2]]
            return Number(Decimal(match[1]).scaleb(power), at, at + 1, spelt=False, power=power)
        found = self._digits(at)
        if not found and self.english:
            found = self._spelt(at)
        if found is None:
            return None
        scale = self.scales.get(self.word(found.end), 0)
        if scale and not found.spelt:
            found = replace(found, number=found.number.scaleb(scale), end=found.end + 1, power=scale)
        if self.english:
            part, end = self.spelling.part(found.end)
            found = replace(found, number=found.number + part, end=end)
        if self.word(found.end) == "+" and self.joined(found.end):
            found = replace(found, end=found.end + 1, sign=">=")
        return found

    def _digits(self, at: int) -> Number | None:
        word = self.word(at)
        if not any(map(str.isnumeric, word)) or (word[0] == "0" and word[1:2].isdigit()):
            return None
        if match := _WITH_UNIT.fullmatch(word):
            return Number(Decimal(match[1]), at, at + 1, spelt=False, attached=match[2])
        if match := _WITH_PART.fullmatch(word):
            part = _VULGAR.get(match[2])
            return Number(Decimal(match[1] or 0) + Decimal(part), at, at + 1, spelt=False) if part else None
        if not (_ENGLISH_DIGITS if self.english else _OTHER_DIGITS).fullmatch(word):
            return None
        if self.english:
            return Number(Decimal(word.replace(",", "")), at, at + 1, spelt=False)
        end = at + 1
        while len(self.word(at)) < 4 and end - at < 5 and self._goes_on(end):
            end += 1
        plain = "".join(self.words[at:end]).replace(".", "").replace(",", ".")
        return Number(Decimal(plain), at, end, spelt=False)

    def _goes_on(self, at: int) -> bool:
        """Whether three more figures follow one space further on: 1 200."""
        near = at < len(self.tokens) and self.tokens[at].start == self.tokens[at - 1].end + 1
        return near and _THREE.fullmatch(self.word(at)) is not None

    def _spelt(self, at: int) -> Number | None:
        word, following = self.word(at), self.word(at + 1)
        if word == "half" and following in ("a", "an"):
            power = self.scales.get(self.word(at + 2), 0)
            return Number(HALF.scaleb(power), at, at + (3 if power else 2), spelt=True)
        if word in ("a", "an"):
            if following == "dozen":
                return Number(Decimal(12), at, at + 2, spelt=True)
            if following not in self.scales:
                return Number(Decimal(1), at, at + 1, spelt=True) if following in self.measures else None
        if word not in NUMBERS and not (word == "a" and following in self.scales):
            return None
        number, end, _ = self.spelling.spelt(at + (word == "a"))
        if number is None and "and" in self.words[at:end]:  # of “five and six” each is a number
            number, end, _ = NumberWords(self.words[at : self.words.index("and", at)]).spelt(0)
            end += at
        if number is None or end - at > _MOST:
            return None
        if self.word(end) == "dozen" and word != "a":
            return Number(number * 12, at, end + 1, spelt=True)
        rough = word == "a"
        return Number(number, at, end, spelt=True, sign="~" if rough else "")

    def range_from(self, first: Number) -> tuple[Number, Number]:
        """Both ends of a range: “five to six”, “5–6 million”, “between five and six”; else the same twice."""
        at, unit = first.end, self.measures.get(self.word(first.end))
        at += unit is not None  # between five hours and six hours
        if self.word(at) not in self._joints(first.start):
            return first, first
        money = self.sign_of_money(at + 1)
        second = self.number(money[1] if money else at + 1, money=money is not None)
        if second is None or second.spelt != first.spelt:
            return first, first
        if unit and self.measures.get(self.word(second.end)) != unit:
            return first, first
        low = replace(first, number=first.number.scaleb(0 if first.power else second.power))
        return (low, second) if low.number < second.number else (first, first)

    def _joints(self, start: int) -> frozenset[str]:
        opened = any(self._opens(start, word) for word in ("between", "zwischen", "entre"))
        if opened:
            return _BETWEEN
        return _JOINTS if self.english else _OTHER_JOINTS

    def _opens(self, at: int, word: str) -> bool:
        return self.word(at - 1) == word or (self.word(at - 1) in SIGNS and self.word(at - 2) == word)

    def sign_of_money(self, at: int) -> tuple[str, int] | None:
        """The money that a sign or a code names, and where its figures start."""
        word = self.word(at)
        if word in SIGNS:
            return SIGNS[word], at + 1
        if word in CODES and self.word(at + 1)[:1].isdigit():
            return COINS.get(word, word.upper()), at + 1
        if word in DOLLARS and self.word(at + 1) == "$" and self.joined(at + 1):
            return DOLLARS[word], at + 2
        return None
