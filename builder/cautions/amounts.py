"""The amount that a sentence states in a unit: “more than five and a half hours” states `>5.5` hours.

Read with care rather than with skill: where another number stands in the sentence, a negation, or a word that could
change the amount, it is taken to state none. English may spell its numbers; German, French and Spanish are read by
their digits. For other languages nobody here knows the words for “more than”, so nothing is read.

`extracting.figures` reads numbers, too, and asks something else: what each counts, by the words after it. Here the unit
is given, in whatever words a curator has for it, and one amount in doubt is none. So both know the same number words
and hedges (`language`), and what goes beyond these differs on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from builder.dates import MONTHS
from builder.language.hedges import LANGUAGES, Language
from builder.language.numberwords import HALF, NUMBERS, SCALES, NumberWords
from builder.text import fold_text, negation_in, primary_language
from builder.values import Value, ValueFormatError, parse_value

_STARTS = frozenset([*NUMBERS, *SCALES, "a", "an", "half"])

_MONTHS = frozenset(month.casefold() for month in MONTHS)
_TOKEN = re.compile(r"[^\W_]+(?:[.,:/'][^\W_]+)*|[^\w\s]")
_ENGLISH_DIGITS = re.compile(r"\d+(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_OTHER_DIGITS = re.compile(r"\d+(?:,\d{1,2})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number with its unit among the words of a sentence."""

    number: Decimal
    rough: bool
    """Whether it is counted in thousands or more, and so surely a round one."""
    start: int
    end: int


def stated(sentence: str, unit: str, given: Collection[Decimal], language: str) -> Value | None:
    """The one amount that a sentence states in that unit; None where it states none, several, or one in doubt.

    A number that is among those `given` by sources needs no unit beside it: “12 were killed” states 12 deaths.
    """
    known = primary_language(language)
    words = LANGUAGES.get(known)
    tokens, units = _tokens(sentence), _tokens(unit)
    if words is None or not units:
        return None
    reader = _Reader(tokens, units, given, known == "en", words.endings)
    starts = (at for at, token in enumerate(tokens) if token in _STARTS or token[0].isdigit())
    found = [amount for start in starts if (amount := reader.amount(start))]
    # “Twenty-five hours” holds “five hours”, too: the first counts, and what starts after it is another amount.
    if not found or any(amount.start >= found[0].end for amount in found):
        return None
    whole = found[0]
    before, after = tokens[: whole.start], tokens[whole.end :]
    sign = _sign(before, after, words)
    doubtful = _in_doubt([*before, "#", *after], words, numbers=whole.number not in given, english=known == "en")
    if sign is None or doubtful or negation_in(sentence, known):
        return None
    try:
        return parse_value(f"{sign or '~' * whole.rough}{whole.number:f}")
    except ValueFormatError:
        return None


def unmeasured(sentence: str, language: str) -> bool:
    """Whether a sentence surely speaks of no amount: it holds no number, and no word such as “several” or “over”."""
    known = primary_language(language)
    words = LANGUAGES.get(known)
    if words is None:
        return False
    tokens = _tokens(sentence)
    text = f" {' '.join(tokens)} "
    hedged = any(f" {phrase} " in text for phrase in words.before)
    return not hedged and not _in_doubt(tokens, words, numbers=True, english=known == "en")


def _tokens(text: str) -> list[str]:
    """Words and signs, in small letters; per cent is a sign."""
    plain = fold_text(text).casefold().replace("per cent", "%").replace("percent", "%")
    return _TOKEN.findall(plain.replace("%age", "percentage"))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads amounts in one unit."""

    tokens: Sequence[str]
    units: Sequence[str]
    given: Collection[Decimal]
    english: bool
    endings: tuple[str, ...]

    @property
    def words(self) -> NumberWords:
        """The same words, as numbers are read from them."""
        return NumberWords(self.tokens, self.units)

    def amount(self, start: int) -> _Amount | None:
        """The amount that starts at that word. A hyphen before the unit makes a description of it: a five-year plan."""
        number, at, rough = self._number(start)
        if number is None:
            return None
        part, at = self._part(at)
        end = at + len(self.units)
        if len(self.tokens) < end or not all(map(self._same, self.tokens[at:end], self.units)):
            alone = number + part in self.given and not self._names_something(start, at)
            return _Amount(number + part, rough, start, at) if alone else None
        if not part:
            part, end = self._part(end)
        if self.tokens[start] in ("a", "an") and not part and at == start + 1:
            return None  # “an hour” alone may be “twice an hour”
        return _Amount(number + part, rough, start, end)

    def _names_something(self, start: int, end: int) -> bool:
        """Whether a number without a unit is a day, a part of a name, or the pronoun “one”."""
        around = {*self.tokens[max(0, start - 1) : start], *self.tokens[end : end + 1]}
        article = self.tokens[start] in ("a", "an", "one") and end == start + 1
        return article or "-" in around or not _MONTHS.isdisjoint(around)

    def _number(self, at: int) -> tuple[Decimal | None, int, bool]:
        token = self.tokens[at]
        if (_ENGLISH_DIGITS if self.english else _OTHER_DIGITS).fullmatch(token):
            comma = "" if self.english else "."
            number, at = Decimal(token.replace(",", comma)), at + 1
            scale = SCALES.get(self.words.at(at), 1) if self.english and not self.words.is_unit(at) else 1
            return (number * scale).normalize() if scale > 1 else number, at + (scale > 1), scale > 1
        if not self.english:
            return None, at, False
        if token == "half" and self.words.at(at + 1) in ("a", "an"):
            return HALF, at + 2, False
        if token in ("a", "an") and self.words.at(at + 1) not in SCALES:
            return Decimal(1), at + 1, False
        return self.words.spelt(at + (token == "a"))

    def _part(self, at: int) -> tuple[Decimal, int]:
        """What “and a half” adds, and where it ends."""
        return self.words.part(at) if self.english else (Decimal(), at)

    def _same(self, token: str, unit: str) -> bool:
        """Whether two words are the same, in the singular or the plural."""
        short, long = sorted((token, unit), key=len)
        return token == unit or any(
            long == short + ending or (short[-1:] == ending[:1] and long == short + ending[1:])
            for ending in self.endings
        )


def _sign(before: Sequence[str], after: Sequence[str], words: Language) -> str | None:
    """What the words around an amount make of it: a sign of `Value`, or none for the number itself; None in doubt."""
    earlier = _without_articles(before)
    sign, length = next(
        ((words.before[at], n) for n in (3, 2, 1) if (at := _last(earlier, n)) in words.before), ("", 0)
    )
    rest = _without_articles(earlier[: len(earlier) - length])
    if any((at := _last(rest, n)) in words.before or at in words.doubts_before for n in (1, 2, 3)):
        return None
    following = [" ".join(after[:n]) for n in (2, 1)]
    later = next((words.after[at] for at in following if at in words.after), "")
    if later:
        return None if sign else later
    return None if any(at in words.doubts_after for at in following) else sign


def _last(tokens: Sequence[str], n: int) -> str:
    return " ".join(tokens[-n:])


def _without_articles(tokens: Sequence[str]) -> Sequence[str]:
    return tokens[:-1] if tokens and tokens[-1] in ("a", "an", "the") else tokens


def _in_doubt(tokens: Sequence[str], words: Language, *, numbers: bool, english: bool) -> bool:
    """Whether the rest of a sentence has a word that may change the amount or, if `numbers`, another number."""
    if not words.doubts.isdisjoint(tokens):
        return True
    if not numbers:
        return False
    for index, token in enumerate(tokens):
        if english and token != "one" and (token in NUMBERS or token in SCALES):
            return True
        if token.isalpha() or not any(map(str.isdigit, token)):
            continue
        around = tokens[max(0, index - 1) : index + 2]
        year = token.isdecimal() and len(token) == 4 and "1500" <= token < "2100"
        named = token[0].isalpha() or (around[0] == "-" and index > 1 and tokens[index - 2].isalpha())
        if not (year or named or (token.isdecimal() and not _MONTHS.isdisjoint(around))):
            return True
    return False
