"""Claims that say nearly the same: alike but for articles, plurals, typography and the place of an adverbial.

That is far from “similar”. “A accused B” and “B accused A” have all words in common, “imports rose” and “exports rose”
all but one. So all words that carry the meaning have to be the same, in the same order; only that a sentence may begin
elsewhere (“On Monday, they met”). Numbers, negations, names and quotation marks carry meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import zip_longest

from builder.language.numberwords import NUMBERS
from builder.text import fold_text, primary_language


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LIGHT: Mapping[str, frozenset[str]] = {
    "en": _set("a an the that of on in at with and has have had also too"),
    "de": _set("der die das den dem des ein eine einen einem einer eines dass auch"),
    "fr": _set("le la les un une des du aussi"),
    "es": _set("el la los las un una unos unas también"),
}
"""Words that carry no meaning of their own. “By”, “were” and “to” may turn a sentence round, so they carry one."""
_MOST = 8
"""So many sentences of the same words, and so many places to begin, are looked at: real ones have one or two."""


def alike_pairs(texts: Iterable[str], language: str) -> Iterator[tuple[int, int]]:
    """For each sentence that says nearly the same as an earlier one: the earlier one's index, and its own."""
    known = primary_language(language)
    known = known if known in _LIGHT else ""
    seen: dict[frozenset[str], list[tuple[int, str]]] = {}
    for index, text in enumerate(texts):
        earlier = seen.setdefault(frozenset(_meaning(text, known)), [])
        first = next((at for at, other in earlier[:_MOST] if _same(other, text, known)), None)
        if first is None:
            earlier.append((index, text))
        else:
            yield first, index


def _meaning(text: str, language: str) -> list[str]:
    """The words that carry the meaning, as they are compared."""
    words = list(filter(None, map(_compared_in(language), text.lower().split())))
    if language == "en" and "for" in words:  # “lasted for two hours”, but not “asked for the minister”
        words = [w for w, after in zip_longest(words, words[1:], fillvalue="") if w != "for" or not after[:1].isdigit()]
    return words


@cache
def _compared_in(language: str) -> Callable[[str], str]:
    """How words of a language are compared. Claims repeat most of them, so they are remembered."""
    return lru_cache(maxsize=4096)(partial(_compared, language))


def _compared(language: str, word: str) -> str:
    """A word, with the signs that touch it, as it is compared; nothing where it carries no meaning."""
    plain = fold_text(word).strip(".,;:!?()").replace("'s", "")
    if plain in _LIGHT.get(language, ()):
        return ""
    if language == "en" and plain in NUMBERS:
        return str(NUMBERS[plain])
    if plain.replace(".", "").isalpha():
        plain = plain.replace(".", "")
        # Only the plural: without more endings, “plans” and “planes”, or “asks” and “asked”, would be the same.
        if language == "en" and len(plain) > 3 and plain.endswith("s") and not plain.endswith(("ss", "us", "is")):
            return plain[:-1]
    return plain.replace("'", '"') if plain[:1] == "'" or plain[-1:] == "'" else plain


def _same(one: str, other: str, language: str) -> bool:
    """Whether two sentences of the same words have them in the same order, and the same names."""
    words, others = _meaning(one, language), _meaning(other, language)
    starts = [at for at, word in enumerate(others) if word == words[0]] if words else []
    if len(words) != len(others) or not any(words == others[at:] + others[:at] for at in starts[:_MOST]):
        return not words and not others and one == other
    # “Turkey” is not “turkey”; a first word may have its capital letter from its place.
    (names, plain), (other_names, other_plain) = _by_capital(one.split()[1:]), _by_capital(other.split()[1:])
    return names.isdisjoint(other_plain) and other_names.isdisjoint(plain)


def _by_capital(words: Sequence[str]) -> tuple[set[str], set[str]]:
    """Words with a capital letter, and those without one, as they are compared."""
    names = {word for word in words if word != word.lower()}
    return {_compared("", word.lower()) for word in names}, {_compared("", word) for word in words if word not in names}
