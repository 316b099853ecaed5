"""What a text puts inside quotation marks: every passage, those within others too, in the manner of any language.

One look at each mark, from left to right. A mark may open, close, or be an apostrophe or a prime; which, its neighbours
tell and what is open at that place. Offsets are code points, spans half-open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from builder.text import Span, unspaced

_CLOSES = {
    '"': '"\u201d', "\uff02": "\uff02", "\u201c": '\u201d"\u201c', "\u201f": "\u201d", "\u201d": "\u201d",
    "\u201e": '\u201c\u201d"', "\u00ab": "\u00bb", "\u00bb": "\u00ab\u00bb",
    "'": "'\u2019", "\u2018": "\u2019'\u2018", "\u201b": "\u2019", "\u2019": "\u2019", "\u201a": "\u2018\u2019'",
    "\u2039": "\u203a", "\u203a": "\u2039\u203a",
    "\u300c": "\u300d", "\u300e": "\u300f", "\u301d": "\u301e\u301f", "\ufe41": "\ufe42", "\ufe43": "\ufe44",
}  # fmt: skip
"""What closes each mark that opens: English, German (low–high, inward guillemets), French, Nordic, Polish, Chinese …"""
_CLOSERS = frozenset("".join(_CLOSES.values()))
_MARK = re.compile("[" + "".join(sorted(_CLOSERS | frozenset(_CLOSES))) + "]")
_SINGLE = frozenset("'\u2018\u2019\u201a\u201b\u2039\u203a")
_APOSTROPHES = frozenset("'\u2018\u2019\u201b")
_SPACED = frozenset("\u00ab\u00bb\u2039\u203a")
"""French puts a space inside these; inside the others nobody does."""
_EAST = frozenset("\u300c\u300d\u300e\u300f\u301d\u301e\u301f\ufe41\ufe42\ufe43\ufe44")
_NEVER_AFTER = frozenset(".,;:!?…%)]}")
"""After these a straight mark rather closes: what it might open would begin after a space."""
_BEFORE_OPENING = frozenset("([{¿¡-–—/=") | frozenset(_CLOSES)
# ’n’ · ’90s, ’68 · ’tis, ’em and the like · ’s, ’t, ’k, ’n in Dutch and Afrikaans
_ELISION = re.compile(
    r"['‘’‛](?:n['’](?!\w)|\d0s?(?!\w)|\d\d(?![\d%])|(?:tis|twas|twere|twill|em|til|cause|cos|bout|round|neath|[sktn])(?![\w'’]))",
    re.IGNORECASE,
)
_GAP = 100
"""Code points before a passage in which its mark is looked for: there are spaces between at most."""
MAX_DEPTH = 8
"""Passages within passages beyond it are no writing, and are left out."""
_NEAREST = 8
"""How many marks are looked through for the one that a mark closes, or that closes in its place."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """What stands inside a pair of quotation marks, without them and the spaces at their inner sides."""

    span: Span
    closed: bool
    """False where the text never closes the marks: then it runs to the paragraph's end, or to where the same mark
    opens anew."""
    depth: int = 0
    """0 for the outermost marks, 1 for marks within marks, and so on."""
    continues: bool = False
    """Whether it goes on in the next paragraph, which opens the marks anew and closes them, there or later."""


@dataclass(slots=True)
class _Mark:
    char: str
    at: int
    before: str
    after: str
    """The characters beside it in its paragraph; a space at its ends."""
    apostrophe: bool

    @property
    def single(self) -> bool:
        return self.char in _SINGLE


@dataclass(slots=True)
class _Pair:
    char: str
    at: int
    end: int
    closed: bool


def quoted_in(text: str, paragraph: Span) -> list[Quoted]:
    """Every passage inside quotation marks in one paragraph, in the order of the opening marks.

    An apostrophe is no mark, nor is the sign for feet or inches. Marks without a letter or digit between them hold no
    passage. A double mark that is never closed holds one that is not closed; a single one is then taken for an
    apostrophe.
    """
    pairs = sorted(_pairs(list(_marks(text, paragraph)), paragraph.end), key=lambda pair: (pair.at, -pair.end))
    depths = _nested(pairs)
    found = []
    word = scanned = paragraph.end  # where the next word after a mark begins
    for pair, depth in zip(reversed(pairs), reversed(depths), strict=True):
        word = next((at for at in range(pair.at, scanned) if text[at].isalnum()), word)
        scanned = pair.at
        if word < pair.end and depth < MAX_DEPTH:
            found.append(Quoted(_inner(text, pair.at + 1, pair.end), pair.closed, depth))
    return found[::-1]


def quoted_of(text: str, paragraphs: Sequence[Span]) -> tuple[Quoted, ...]:
    """Every passage inside quotation marks in a text, in order.

    A quotation over several paragraphs may open each of them anew and close only the last: then the others continue.
    """
    every = [quoted_in(text, paragraph) for paragraph in paragraphs]
    opens: str | None = None  # the mark that the paragraph after this one opens with, if that is ever closed
    for found, paragraph in zip(reversed(every), reversed(paragraphs), strict=True):
        last = max((at for at, passage in enumerate(found) if passage.depth == 0), default=None)
        end = _inner(text, paragraph.start, paragraph.end).end
        if last is not None and not found[last].closed and found[last].span.end == end:
            start = found[last].span.start
            if opens and text[max(0, start - _GAP) : start].rstrip()[-1:] == opens:
                found[last] = replace(found[last], continues=True)
        first = found[0] if found else None
        held = first is not None and (first.closed or first.continues)
        begins = held and first is not None and _inner(text, paragraph.start + 1, first.span.end) == first.span
        opens = text[paragraph.start] if begins else None
    return tuple(passage for found in every for passage in found)


def _inner(text: str, start: int, end: int) -> Span:
    """What lies between two offsets without the spaces at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _marks(text: str, paragraph: Span) -> Iterator[_Mark]:
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        at = match.start()
        before = text[at - 1] if at > paragraph.start else " "
        after = text[at + 1] if at + 1 < paragraph.end else " "
        yield _Mark(match[0], at, before, after, _is_apostrophe(text, at, before, after))


def _is_apostrophe(text: str, at: int, before: str, after: str) -> bool:
    """Whether a mark cannot be any other: within a word, or where letters or figures are left out."""
    if text[at] == '"':
        return "\u0590" <= before <= "\u05ff" and "\u0590" <= after <= "\u05ff"  # Hebrew abbreviates with it
    if text[at] not in _APOSTROPHES:
        return False
    if _is_letter(before):
        return _is_letter(after) or (before in "nN" and at > 1 and _elided(text, at - 2))
    return _elided(text, at)


def _elided(text: str, at: int) -> bool:
    return _ELISION.match(text, at) is not None


def _is_letter(char: str) -> bool:
    """A letter or digit of a script that may have apostrophes: not of one without spaces, nor of Korean."""
    return char.isalnum() and not (unspaced(char) or "\uac00" <= char <= "\ud7a3")


# ---- pairing -------------------------------------------------------------------------------------------------------


def _pairs(marks: Sequence[_Mark], end: int) -> Iterator[_Pair]:
    """Which marks open passages, and where each ends. Singles that are never closed open none."""
    stack: list[_Mark] = []
    for index, mark in enumerate(marks):
        if mark.apostrophe:
            continue
        opened = _closed_by(mark, stack) if stack and _can_close(mark) else None
        if opened is not None and not (_is_weak(mark) and _closes_later(marks, index)):
            for inner in stack[opened + 1 :]:
                if not inner.single:
                    yield _Pair(inner.char, inner.at, mark.at, closed=False)
            yield _Pair(stack[opened].char, stack[opened].at, mark.at, closed=True)
            del stack[opened:]
        elif opened is None and _can_open(mark, stack):
            stack.append(mark)
    for mark in stack:
        if not mark.single:
            yield _Pair(mark.char, mark.at, end, closed=False)


def _closed_by(mark: _Mark, stack: Sequence[_Mark]) -> int | None:
    """The index of the innermost open mark that a mark closes; a single one does not reach out of a double one."""
    looked = 0
    for index in reversed(range(max(0, len(stack) - 64), len(stack))):
        opened = stack[index]
        if opened.single != mark.single:
            if mark.single:
                return None
            continue
        if mark.char in _CLOSES[opened.char]:
            # The same mark again closes only where it could not open.
            same = mark.char == opened.char and mark.char in "\u201c\u2018\u00bb\u203a\u201d"
            if not (same and mark.after.isalnum() and mark.char != "\u201d"):
                return index
        looked += 1
        if looked == _NEAREST:
            return None
    return None


def _can_close(mark: _Mark) -> bool:
    if mark.char not in _CLOSERS:
        return False
    if mark.before.isspace():
        return mark.char in _EAST or (mark.char in _SPACED and not _is_letter(mark.after))
    if mark.before in "([{" or (mark.before in "-–—" and mark.after.isalnum()):
        return mark.char in _EAST
    return True


def _can_open(mark: _Mark, stack: Sequence[_Mark]) -> bool:
    char, before, after = mark.char, mark.before, mark.after
    if char not in _CLOSES or (after.isspace() and char not in _SPACED and char not in _EAST):
        return False
    free = before.isspace() or before in _BEFORE_OPENING or not (before.isalnum() or before in _NEVER_AFTER)
    if char == "\u2019":  # Nordic, within ”…”; anywhere else it is an apostrophe
        return free and bool(stack) and stack[-1].char == "\u201d" and after.isalnum()
    if char in "\u201d\u00bb\u203a":
        return free and not after.isspace()
    if char == "'":
        return free or unspaced(before)
    if char in '"\uff02':
        return not _is_letter(before) and (before not in _NEVER_AFTER or after.isalnum())
    return True


def _is_weak(mark: _Mark) -> bool:
    """Whether a mark that could close may as well be the apostrophe of a plural, or stand for feet or inches."""
    if mark.char in _APOSTROPHES:
        return (mark.before in "nsSzx" or mark.before.isdigit()) and not _ends(mark)
    return mark.char == '"' and mark.before.isdigit() and not _ends(mark)


def _ends(mark: _Mark) -> bool:
    return not mark.after.isspace() and not mark.after.isalnum()


def _closes_later(marks: Sequence[_Mark], index: int) -> bool:
    """Whether a mark after that at `index` closes for certain what that one only may close."""
    weak, level = marks[index], 0
    for mark in marks[index + 1 : index + 1 + _NEAREST]:
        if mark.apostrophe:
            continue
        if mark.single != weak.single:
            level += 1 if not _can_close(mark) else -1
            if level < 0 and weak.single:
                return False  # the marks around both are closed first
        elif not _can_close(mark) or mark.char == "\u2018":
            return False
        elif not _is_weak(mark):
            return True
    return False


def _nested(pairs: Sequence[_Pair]) -> list[int]:
    """The depth of each pair. One that is never closed ends where the same mark opens anew directly within it."""
    around: list[_Pair] = []
    depths = []
    for pair in pairs:
        while around and around[-1].end <= pair.at:
            around.pop()
        if around and not around[-1].closed and around[-1].char == pair.char:
            around.pop().end = pair.at
        depths.append(len(around))
        around.append(pair)
    return depths
