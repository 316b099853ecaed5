"""The words of a text as they are compared: folded, small, cut to their stems."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Protocol

from builder.text import UNSPACED, fold_text, primary_language

_ABBREVIATION = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}")  # U.S.
_IN_NUMBER = re.compile(r"(?<=\d)[.,](?=\d)")
_RUN = re.compile(rf"{UNSPACED}+")

_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "st": "sesotho", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""Languages that have a stemmer, by ISO 639-1. In others, words are compared as they stand."""


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...


def terms(text: str, language: str) -> list[str]:
    """The words of `text` as they are compared: folded, small, cut to their stems; of unspaced scripts pairs of signs.

    `language` is a tag such as `en` or `pt-BR`.
    """
    code = primary_language(language)
    folded = _ABBREVIATION.sub(lambda match: match[0].replace(".", ""), fold_text(text)).casefold()
    found = []
    for word in _spaced(_IN_NUMBER.sub("\u00b7", folded)).split():
        if word.isascii() or not _RUN.search(word):
            found.append(_stem(word, code))
        else:
            found += _pairs(word, code)
    return found


def _spaced(text: str) -> str:
    """`text` with a space for all that is no letter, digit or mark on a letter."""
    if text.isascii():
        return re.sub(r"[\W_]", " ", text)
    return "".join(char if char.isalnum() or char == "\u00b7" or _is_mark(char) else " " for char in text)


def _is_mark(char: str) -> bool:
    return char > "\u02ff" and unicodedata.category(char)[0] == "M"


def _pairs(word: str, code: str) -> Iterable[str]:
    """Every two neighbouring signs of the runs without spaces; what stands between such runs as words."""
    at = 0
    for match in _RUN.finditer(word):
        if between := word[at : match.start()]:
            yield _stem(between, code)
        run = match[0]
        yield from (run[index : index + 2] for index in range(max(1, len(run) - 1)))
        at = match.end()
    if rest := word[at:]:
        yield _stem(rest, code)


@cache
def _stem(word: str, code: str) -> str:
    return _stemmer(code).stemWord(word) if code in _STEMMERS and len(word) <= 64 else word


@cache
def _stemmer(code: str) -> _Stemmer:
    import snowballstemmer  # only where something is ranked

    stemmer: _Stemmer = snowballstemmer.stemmer(_STEMMERS[code])
    return stemmer
