"""Numbers in running text: what each counts, with the words before it that make a limit of it.

Read with care rather than with skill: a number of which nobody here can tell what it counts is left alone, and so are
names (G20), days, clocks, addresses, and “the two sides”, which says of whom one speaks rather than how many there are.
English is read fully; German, French and Spanish by their figures. In other languages nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from builder.extracting.figures.counting import Number
from builder.extracting.figures.days import day_at, is_month
from builder.extracting.figures.naming import Unit, Units
from builder.extracting.figures.words import ADDRESS, COINS, PERCENT, counted, ends_name, tokens_in
from builder.language import listed
from builder.language.hedges import LANGUAGES
from builder.text import Span, primary_language
from builder.values import DATE, Value, ValueFormatError, parse_value


class Kind(StrEnum):
    """What a number is."""

    AMOUNT = "amount"
    ORDINAL = "ordinal"
    """A place in an order: the first visit."""
    DATE = "date"
    """A date with its year, or a year."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text."""

    span: Span
    """With the words that make a limit of it, and with its unit."""
    value: Value
    unit: str
    """In the singular; `%` for shares, `date` for dates."""
    kind: Kind = Kind.AMOUNT


def figures_in(text: str, sentence: Span, language: str) -> tuple[Figure, ...]:
    """The numbers of one sentence, in order; `language` is a tag such as `en` or `pt-BR`."""
    known = primary_language(language)
    if known not in LANGUAGES or not _MAY_HOLD.search(text, sentence.start, sentence.end):
        return ()
    return tuple(_Reader(tuple(tokens_in(text, sentence)), known).figures())


_MAY_HOLD = re.compile(r"\d|[^\W\d_]{3}")
_ORDINALS: Mapping[str, int] = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12,
}  # fmt: skip
_ORDINAL_FIGURE = re.compile(r"(\d{1,4})(?:st|nd|rd|th)", re.ASCII)
_FRACTIONS = {
    "half": "50", "third": "~33", "thirds": "~67", "quarter": "25", "quarters": "75", "fifth": "20", "tenth": "10",
}  # fmt: skip
"""Shares in words, in per cent: a third of a hundred ends nowhere, so it is about 33."""
_MORE = {
    "no fewer than": ">=", "no less than": ">=", "not less than": ">=", "not fewer than": ">=", "no more than": "<=",
    "not more than": "<=",
}  # fmt: skip
_NAMES_BEFORE = listed(
    "no number page pages chapter article section paragraph line room flight route channel phase part level "
    "version episode season grade type act resolution rule top aged age + # * _ / = @ & . :"
)
_CLOCK = listed("am pm a.m p.m utc gmt o'clock est edt cet bst uhr")


class _Reader(Units):
    """Reads one sentence."""

    def figures(self) -> list[Figure]:
        """All of them, in order."""
        found: list[Figure] = []
        at = past = 0
        while at < len(self.tokens):
            figure, at = self._figure(at, past)
            if figure:
                found.append(figure)
                past = at
        return found

    def _figure(self, at: int, past: int) -> tuple[Figure | None, int]:
        """What starts at a token, and where to go on; words before `past` belong to another number."""
        amount = self._amount(at, past)
        day = day_at(self.tokens, at)
        if day and not (amount and self._surely(amount[0], at)):
            figure = self._made(at, day.end, day.value, DATE, Kind.DATE) if day.value else None
            return figure, day.end
        if amount:
            return amount
        ordinal = self._ordinal(at)
        return ordinal or (None, self._past_number(at))

    def _surely(self, figure: Figure, at: int) -> bool:
        """Whether a number that could be a year is an amount: a unit says so, or a limit before it."""
        starts = figure.span.start < self.tokens[at].start
        return starts or figure.unit in self.measures.values() or figure.unit in (*COINS.values(), "%")

    # ---- amounts ----

    def _amount(self, at: int, past: int) -> tuple[Figure, int] | None:
        money = self.sign_of_money(at)
        number = self.number(money[1] if money else at, money=money is not None)
        if number is None or self._names(at, number, money is not None):
            return None
        low, high = self.range_from(number)
        unit = Unit(money[0], high.end, sure=True) if money else self.unit(high)
        if money and COINS.get(self.word(high.end)):
            unit = Unit(money[0], high.end + 1, sure=True)
        if unit is None or (not unit.sure and self.points(at, number)):
            return None
        if number.number == 1 and number.spelt and not self.counts(number, unit):
            return None
        return self._range(at, past, low, high, unit) if low is not high else self._limited(at, past, number, unit)

    def _limited(self, at: int, past: int, number: Number, unit: Unit) -> tuple[Figure, int] | None:
        """A number with what stands before and after it."""
        part, end = self.spelling.part(unit.end) if self.english else (0, unit.end)
        start, sign = self._before(at, past)
        later, end = self._after(end)
        if not sign and number.number + part == 1 and self.word(number.start) in ("a", "an"):
            return None  # “an hour” may be “twice an hour”
        return self._valued(start, end, f"{sign or later or number.sign}{number.number + part:f}", unit)

    def _range(self, at: int, past: int, low: Number, high: Number, unit: Unit) -> tuple[Figure, int] | None:
        opens = at - 1 >= past and self.word(at - 1) in ("between", "from", "zwischen", "entre")
        return self._valued(at - opens, unit.end, f"{low.number:f}..{high.number:f}", unit)

    def _valued(self, start: int, end: int, value: str, unit: Unit) -> tuple[Figure, int] | None:
        try:
            return self._made(start, end, parse_value(value), unit.name), end
        except ValueFormatError:
            return None

    def _made(self, start: int, end: int, value: Value, unit: str, kind: Kind = Kind.AMOUNT) -> Figure:
        return Figure(Span(self.tokens[start].start, self.tokens[end - 1].end), value, unit, kind)

    # ---- numbers ----

    def _names(self, at: int, number: Number, money: bool) -> bool:
        """Whether a number is part of a name, a clock, a score or a longer string of figures."""
        before, after = self.word(at - 1), self.word(number.end)
        if after in _CLOCK or before == ADDRESS:
            return True
        if money:
            return False
        if before == "-" and self.joined(at):  # COVID-19, 555-1234
            return self.joined(at - 1)
        if not number.spelt:
            digits = after[:1].isdigit()
            if digits and not self.joined(number.end):
                return True
            if after == "-" and self.word(number.end + 1)[:1].isdigit() and self.range_from(number)[1] is number:
                return True
        if before in _NAMES_BEFORE and not (before == "." and not self.joined(at)):
            return True
        return self._named_before(at) and not number.spelt and not self._measured(number.end)

    def _named_before(self, at: int) -> bool:
        """Whether a name stands before: Channel 1, Group of 20. The first word of a sentence has a capital anyway."""
        index = at - 2 if self.word(at - 1) == "of" else at - 1
        if index < 0 or is_month(self.tokens[index]) or ends_name(self.word(index)):
            return False
        return self.tokens[index].capital and self.word(index) not in self.language.before

    def _measured(self, at: int) -> bool:
        at += self.word(at) == "-"
        return self.word(at) in self.measures or self.word(at) in PERCENT or self.word(at) in COINS

    def _past_number(self, at: int) -> int:
        """Behind a word that was not taken; of figures that belong together, behind all of them."""
        end = at + 1
        if not self.word(at)[:1].isdigit():
            return end
        while end < len(self.words) and (
            self.word(end)[:1].isdigit() or (self.word(end) in "-/+" and self.joined(end))
        ):
            end += 1
        return end

    # ---- limits ----

    def _before(self, at: int, past: int) -> tuple[int, str]:
        """Where the words start that make a limit of a number, and their sign."""
        edge = at
        if edge - 1 >= past and self.word(edge - 1) in ("a", "an", "the"):
            edge -= 1
        for length in (3, 2, 1):
            start = edge - length
            if start < past:
                continue
            phrase = " ".join(self.words[start:edge])
            sign = _MORE.get(phrase) if self.english else None
            sign = sign or self.language.before.get(phrase)
            if sign and not self._no_limit(phrase):
                return start, sign
        return at, ""

    def _no_limit(self, phrase: str) -> bool:
        """“The past five years”, “the top ten” and “within two days” are no more than five, ten and two."""
        return self.english and phrase in ("top", "past", "within")

    def _after(self, end: int) -> tuple[str, int]:
        for length in (2, 1):
            phrase = " ".join(self.words[end : end + length])
            if phrase in self.language.after:
                return self.language.after[phrase], end + length
        return "", end

    # ---- other numbers ----

    def _ordinal(self, at: int) -> tuple[Figure, int] | None:
        if not self.english:
            return None
        match = _ORDINAL_FIGURE.fullmatch(self.word(at))
        number = int(match[1]) if match else _ORDINALS.get(self.word(at))
        following = self.word(at + 1)
        share = self._share(at)
        if share:
            return share
        if number is None or not following.isalpha() or ends_name(following) or self.word(at - 1) == "-":
            return None
        return self._made(at, at + 2, parse_value(str(number)), counted(following) or following, Kind.ORDINAL), at + 2

    def _share(self, at: int) -> tuple[Figure, int] | None:
        """“A third of”, “two-thirds of”, “half of the students”: a share in per cent."""
        start, word = at, self.word(at)
        if word in ("a", "one", "two", "three"):
            at += 1 + (self.word(at + 1) == "-")
            word = self.word(at)
        value = _FRACTIONS.get(word)
        many = word.endswith("s")
        fits = many == (self.word(start) in ("two", "three")) and (start != at or word == "half")
        follows = self.word(at + 1) == "of" or (word == "half" and start == at and self.word(at + 1) in ("the", "all"))
        if not value or not fits or not follows:
            return None
        return self._made(start, at + 1, parse_value(value), "%"), at + 1
