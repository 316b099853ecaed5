"""Text as quotations see it: folding with offsets, words, paragraphs, negations.

Offsets are code points, spans half-open. Folding is canonical and typographic only, by the table below; it is never
compatibility folding, which would make "102 km" match "10² km", and it never touches case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# The declared table: what a quotation may differ in from the article. "How to read" prints it from here.
SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2039\u203a\u02bc\u2032"
DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
SPACES = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
    "\t\n\r\v\f\u0085\u2028\u2029"
)
INVISIBLE = "\u00ad\u200b\u2060\ufeff"
ELLIPSIS = "\u2026"

_BECOMES = (
    dict.fromkeys(SINGLE_QUOTES, "'")
    | dict.fromkeys(DOUBLE_QUOTES, '"')
    | dict.fromkeys(DASHES, "-")
    | dict.fromkeys(SPACES, " ")
    | dict.fromkeys(INVISIBLE, "")
    | {ELLIPSIS: "..."}
)
_BLANK = SPACES + INVISIBLE
_VARIES = re.compile(f"[{_BLANK}][{_BLANK} ]*| [{_BLANK} ]+|[{SINGLE_QUOTES}{DOUBLE_QUOTES}{DASHES}{ELLIPSIS}]")
"""Whatever folding changes. What is blank counts as one run, unless it is a plain space by itself."""
_MAX_MARKS = 30  # UAX #15, Stream-Safe Text Format: longer runs of marks are no writing, and cost quadratic time

HARD_WRAP = 100
"""A text with no line longer than this is taken to be hard-wrapped: only blank lines part its paragraphs."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def __contains__(self, other: object) -> bool:
        return isinstance(other, Span) and self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The slice of `text` that the span names."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether both have a character in common."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Folded:
    """A folded text that still knows where each of its characters stands in the original."""

    text: str
    offsets: tuple[int, ...]
    """For every folded character the start of the original characters it comes from, and at last the original's end."""

    def find_all(self, needle: str) -> Iterator[Span]:
        """Every place, overlapping ones too, in the original where the folded `needle` stands."""
        at = self.text.find(needle) if needle else -1
        while at >= 0:
            end = at + len(needle)
            # A match may not divide what one original character unfolds to, such as an ellipsis.
            if self._on_boundary(at) and self._on_boundary(end):
                yield Span(self.offsets[at], self._end(end))
            at = self.text.find(needle, at + 1)

    def original(self, start: int, end: int) -> Span:
        """The span of the original that `self.text[start:end]` comes from."""
        return Span(self.offsets[start], self._end(end))

    def _on_boundary(self, index: int) -> bool:
        return index == 0 or self.offsets[index - 1] != self.offsets[index]

    def _end(self, index: int) -> int:
        """Where the original characters end that the one before `index` comes from: several may come from the same."""
        last = self.offsets[index - 1]
        while self.offsets[index] == last:
            index += 1
        return self.offsets[index]


def fold(text: str) -> Folded:
    """Fold `text` by the declared table, keeping offsets: NFC, one kind of quotation mark, dash and space."""
    composed, starts = _compose(text)
    out: list[str] = []
    offsets: list[int] = []
    at = 0
    for match in _VARIES.finditer(composed):
        start, end = match.span()
        becomes = _becomes(match)
        out += composed[at:start], becomes
        offsets += starts[at:start]
        offsets += [starts[start]] * len(becomes)
        at = end
    out.append(composed[at:])
    offsets += starts[at:]  # ends with the original's own end
    return Folded("".join(out), tuple(offsets))


def fold_text(text: str) -> str:
    """The text of `fold`, where nobody asks for offsets."""
    return _VARIES.sub(_becomes, _compose(text)[0])


def fold_needle(text: str) -> str:
    """A quotation folded for searching: as `fold`, without white space around it."""
    return fold_text(text).strip(" ")


def on_one_line(text: str) -> str:
    """`text` with plain spaces, without what cannot be seen: as a quotation of it is best typed."""
    return " ".join("".join(char for char in text if char not in INVISIBLE).split())


def _becomes(match: re.Match[str]) -> str:
    found = match[0]
    one = _BECOMES.get(found)
    return one if one is not None else " " if found.strip(INVISIBLE) else ""


def _compose(text: str) -> tuple[str, Sequence[int]]:
    """NFC with, for each character of the result, the offset of the cluster it comes from, and the text's length."""
    if unicodedata.is_normalized("NFC", text):
        return text, range(len(text) + 1)
    out: list[str] = []
    starts: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and end - at <= _MAX_MARKS and _extends(text[end]):
            end += 1
        cluster = unicodedata.normalize("NFC", text[at:end])
        out.append(cluster)
        starts += [at] * len(cluster)
        at = end
    return "".join(out), [*starts, len(text)]


def _extends(char: str) -> bool:
    """Whether `char` composes onto what stands before it: marks, and Hangul vowels and finals after a leading jamo."""
    return unicodedata.category(char)[0] == "M" or "\u1161" <= char <= "\u1175" or "\u11a8" <= char <= "\u11c2"


# ---- words -----------------------------------------------------------------------------------------------------

# Scripts written without spaces have no word ends to cut at: Thai, Lao, Myanmar, Khmer, kana, Han and the like.
# Compiled when it is first asked for, which is when a quotation looks cut.
_WITHOUT_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
UNSPACED = f"[{_WITHOUT_SPACES}]"
# Marks that stand on letters, which Python takes for none: accents, vowels of Arabic, Hebrew and the scripts of India.
_OF_INDIA = "".join(
    f"{chr(block + first)}-{chr(block + last)}"
    for block in range(0x0900, 0x0E00, 0x80)
    for first, last in ((0x00, 0x03), (0x3A, 0x3C), (0x3E, 0x4F), (0x51, 0x57), (0x62, 0x63))
)
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    f"\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u200c\u200d{_OF_INDIA}"
)
_LETTERS = rf"(?:[^\W_{_WITHOUT_SPACES}]++[{_MARKS}]*+)++"
_WORD = re.compile(rf"{_LETTERS}(?:['’.,\-\u066b\u066c]{_LETTERS})*|(?={UNSPACED})[^\W_]")
_APOSTROPHES = frozenset(f"'{SINGLE_QUOTES}`\u00b4\uff07")


def unspaced(char: str) -> bool:
    """Whether a character is of a script that is written without spaces."""
    return char > "\u0dff" and re.match(UNSPACED, char) is not None


def words(text: str) -> list[Span]:
    """The words of `text`, with inner apostrophes, full stops, commas and hyphens (`China's`, `5.5`, `in-depth`).

    Where a script writes no spaces, as Chinese does, each of its letters counts as a word.
    """
    return [Span(*match.span()) for match in _WORD.finditer(text)]


def share_words(text: str, one: Span, other: Span) -> bool:
    """Whether two spans of `text` have a letter or a digit in common, and not only marks."""
    return any(map(str.isalnum, text[max(one.start, other.start) : min(one.end, other.end)]))


def whole_words(text: str, span: Span) -> Span:
    """The span with all of the words that its ends divide."""
    start, end = span.start, span.end
    while cuts_word(text, start):
        start -= 1
    while cuts_word(text, end):
        end += 1
    return Span(start, end)


def word_ends(text: str, within: Span) -> Iterator[tuple[int, int]]:
    """Where the words of a part of `text` start and end in it."""
    return map(re.Match.span, _WORD.finditer(text, within.start, within.end))


def count_words(text: str) -> int:
    """How many words `text` has."""
    return len(_WORD.findall(text))


_WITHIN = re.compile(r"(?<!\d)['.,\-]|['.,\-](?!\d)")


def bare(word: str) -> str:
    """A word as those of two texts are compared: folded, without case and the marks within it (`U.S`, `us`).

    A point or comma between digits stays: 5.5 is not 55.
    """
    if word.isascii() and word.isalnum():
        return word.lower()
    return _WITHIN.sub("", fold_text(word).casefold())


def cuts_word(text: str, at: int, *, apostrophes: bool = True) -> bool:
    """Whether a cut before `text[at]` would divide a word or a number.

    An apostrophe between letters and a point, comma, colon or apostrophe between digits belong to the word: "can" is
    not a quotation from "can't", nor "5" one from "5.5". With `apostrophes=False` a cut at an apostrophe between
    letters is allowed. What cannot be seen, such as a soft hyphen, parts no words.
    """
    if at <= 0 or at >= len(text) or text[at - 1].isspace() or text[at].isspace():
        return False
    left = text[max(0, at - _MAX_MARKS) : at].rstrip(INVISIBLE)
    right = text[at : at + _MAX_MARKS].lstrip(INVISIBLE)
    if not left or not right:
        return False
    before, after = left[-1], right[0]
    if _in_word(before) and _in_word(after):
        return not unspaced(before) and not unspaced(after)
    joiner, one, other = (after, before, right[1:2]) if _in_word(before) else (before, left[-2:-1], after)
    if joiner in _APOSTROPHES and one.isalpha() and other.isalpha():
        return apostrophes
    return (joiner in _WITHIN_NUMBERS or joiner in _APOSTROPHES) and one.isdigit() and other.isdigit()


_WITHIN_NUMBERS = ".,:\u066b\u066c\uff0e\uff1a"
"""Points, commas and colons, as Arabic and Chinese have them, too."""


def _in_word(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char)[0] == "M" or char in "\u200c\u200d"


# ---- paragraphs ------------------------------------------------------------------------------------------------


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of an article, without the white space around them.

    A line is a paragraph, unless the text is hard-wrapped (no line longer than HARD_WRAP): then blank lines part them.
    Nobody wraps what is written without spaces: its paragraphs are often that short.
    """
    wrapped = max(map(len, text.split("\n"))) <= HARD_WRAP and not _mostly_unspaced(text)
    parts = re.finditer(r"\S(?:.*\S)?(?:[^\S\n]*\n[^\S\n]*\S(?:.*\S)?)*" if wrapped else r"\S(?:.*\S)?", text)
    return tuple(Span(*match.span()) for match in parts)


def _mostly_unspaced(text: str) -> bool:
    """Whether most letters are of a script that is written without spaces."""
    return not text.isascii() and 2 * len(re.findall(UNSPACED, text)) > sum(map(str.isalpha, text))


# ---- languages -------------------------------------------------------------------------------------------------


def primary_language(tag: str) -> str:
    """The language of a tag without its region or script, in small letters: `pt` of `pt-BR`."""
    return tag.partition("-")[0].lower()


# ---- negations -------------------------------------------------------------------------------------------------

_NEGATIONS = {
    "en": r"no|not|never|none|nobody|nothing|nor|neither|nowhere|without|cannot|hardly|\w+n['’]t|den(?:y|ies|ied)",
    "de": r"nicht|nichts|nie|niemals|niemand|kein\w*|ohne|weder|noch",
    "es": r"no|nunca|jamás|nada|nadie|ningun\w*|ningún|sin|ni|tampoco",
    "fr": r"ne|n['’]\w+|pas|jamais|rien|personne|aucun\w*|sans|ni",
}


def negation_in(text: str, language: str) -> str | None:
    """The first negating word in `text`, if there is one; where the language has no list, of all lists."""
    listed = _NEGATIONS.get(primary_language(language))
    pattern = listed or "|".join(_NEGATIONS.values())
    match = re.search(rf"(?<!\w)(?:{pattern})(?!\w)", fold_text(text), re.IGNORECASE)
    return match[0] if match else None
