"""The words of a text as they are looked for: the very same in Python and in the script of the search page.

Case, accents and points make no difference, nor does `ß` from `ss`. Scripts without spaces are cut into single signs.
The page hands the patterns that are declared here to its script, which knows none of its own.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from builder.text import UNSPACED

_JOINERS = "\u00ad\u200c\u200d\u2060\ufeff"
"""Characters within a word that cannot be seen."""
_POINTS = "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
"""Accents of Latin, Greek and Cyrillic letters, points of Hebrew and Arabic ones: ranges of a character class."""
_SAME = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ς": "σ",
    "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك",
}  # fmt: skip
"""What becomes of small letters that no accent tells from others."""

# As JavaScript has it, with the flags g and u: an abbreviation such as `U.S.`, a sign, or a word.
_SIGN = UNSPACED.replace("\U00020000", r"\u{20000}").replace("\U0003ffff", r"\u{3ffff}")
_WORD = rf"\p{{L}}(?:\.\p{{L}})+\.?(?!\p{{L}})|{_SIGN}|(?:(?!{_SIGN})[\p{{L}}\p{{M}}\p{{N}}{_JOINERS}])+"
_DROPPED = rf"[^\p{{L}}\p{{M}}\p{{N}}]|[{_POINTS}]"

_KINDS = re.compile(r"[LU](?:\.[LU])+\.?(?![LU])|U|[LM]+")
"""_WORD, for a text of which each character was replaced by its kind."""
_IS_SIGN = re.compile(UNSPACED)
_IS_POINT = re.compile(f"[{_POINTS}]")


def rules() -> str:
    """What a script has to know of all this, as JSON."""
    return json.dumps({"word": _WORD, "sign": _SIGN, "dropped": _DROPPED, "same": _SAME}, separators=(",", ":"))


def words(text: str) -> list[str]:
    """The words of a text in order, as they are looked for."""
    return [word for piece in text.split() for word in _words(piece)]


def distinct(texts: Iterable[str]) -> set[str]:
    """The words of all these texts, each once."""
    return {word for piece in {piece for text in texts for piece in text.split()} for word in _words(piece)}


@lru_cache(maxsize=65536)
def _words(piece: str) -> tuple[str, ...]:
    kinds = "".join(map(_kind, piece))
    found = (_folded(piece[match.start() : match.end()]) for match in _KINDS.finditer(kinds))
    return tuple(word for word in found if word)


@cache
def _kind(char: str) -> str:
    """L for a letter, U for one of a script without spaces, M for what else may stand in a word, or a full stop."""
    category = unicodedata.category(char)[0]
    if _IS_SIGN.match(char):
        return "U"
    if category == "L":
        return "L"
    return "M" if category in "MN" or char in _JOINERS else "." if char == "." else " "


def _folded(word: str) -> str:
    """A single word as it is looked for; nothing is left of one that is all points."""
    small = unicodedata.normalize("NFKD", word).lower()
    return "".join(_SAME.get(char, char) for char in small if _stays(char))


@cache
def _stays(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMN" and not _IS_POINT.match(char)


def is_sign(char: str) -> bool:
    """Whether a character is a word by itself."""
    return _IS_SIGN.match(char) is not None
