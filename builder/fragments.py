"""Links into an article where it was published: to the very passage, by a text fragment.

    https://example.org/story#:~:text=prefix-,start,end,-suffix

A browser looks for the words and shows them. It searches block by block, whatever the case and the accents, from word
to word (https://wicg.github.io/scroll-to-text-fragment/). So the words are as the article has them, no word is cut, and
as many are named beside them as it takes that they stand there once. Offsets are code points, spans half-open.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import quote

from builder.article import Article
from builder.text import Span, unspaced, whole_words

LONG = 100
"""Code points from which on a passage is named by its first and last words."""
FEWEST = 3
"""Words of these at least."""
MOST = 16
"""Words named beside a passage, or beyond the fewest, before it is given up to tell it from others."""

_BLANK = re.compile(r"[ \t\n\r\f]+")
"""What a page shows as one space."""
_BETWEEN = (" ", "\n")
"""What may stand between a passage and the words beside it, in a text as it is searched."""
_JOINERS = frozenset("'’.,:;·‧․＇．：_‿⁀")
"""Within a word or a number by UAX #29 where letters or digits stand on both sides."""


def passage_address(url: str, article: Article, spans: Iterable[Span]) -> str:
    """Where the words at `spans` stand in an article that was published at `url`; `url` itself where that is not sure.

    A fragment that the address has stays; a text fragment in it gives way.
    """
    blocks = tuple(paragraph.span for paragraph in article.paragraphs)
    directives = [directive(article.text, blocks, span) for span in spans]
    named = "&".join(dict.fromkeys(f"text={one}" for one in directives if one))
    if not named:
        return url
    page, mark, fragment = url.partition("#")
    return f"{page}#{fragment.partition(':~:')[0] if mark else ''}:~:{named}"


@lru_cache(maxsize=4096)
def directive(text: str, blocks: tuple[Span, ...], span: Span) -> str:
    """What stands behind `text=`, percent-encoded; nothing where it would not lead to the words at `span` alone.

    `blocks` are the paragraphs of `text`, in order.
    """
    passage = _tidy(text, span)
    if not any(map(_in_word, passage.of(text))):
        return ""
    search = _search_of(text, blocks)
    if not search.holds(passage):
        return ""
    together = search.block(passage.start) == search.block(passage.end - 1)
    ways = [whole for whole in (True, False) if together or not whole]
    if len(passage.of(text)) > LONG:
        ways.reverse()
    # What cannot be told from a later passage is found first all the same.
    for leads in (search.leads_there_alone, search.leads_there_first):
        for whole in ways:
            if found := next(filter(leads, _candidates(search, passage, whole)), None):
                return found.encoded(text)
    return ""


def _tidy(text: str, span: Span) -> Span:
    """A span with the whole of its words and without white space at its ends."""
    whole = whole_words(text, span)
    words = whole.of(text)
    return Span(whole.end - len(words.lstrip()), whole.start + len(words.rstrip()))


@dataclass(frozen=True, slots=True)
class _Named:
    """A passage and how it is named. `start` is all of it where `end` is None; spans may be empty."""

    passage: Span
    before: Span | None
    start: Span
    end: Span | None
    after: Span | None

    def encoded(self, text: str) -> str:
        """As a directive."""
        before = f"{_encoded(self.before.of(text))}-," if self.before else ""
        end = f",{_encoded(self.end.of(text))}" if self.end else ""
        after = f",-{_encoded(self.after.of(text))}" if self.after else ""
        return f"{before}{_encoded(self.start.of(text))}{end}{after}"


def _encoded(words: str) -> str:
    """Percent-encoded, with the marks that have a meaning in a directive."""
    return quote(_BLANK.sub(" ", words), safe="").replace("-", "%2D")


def _candidates(search: _Search, passage: Span, whole: bool) -> Iterator[_Named]:
    """Ways to name a passage, with few words first."""
    text = search.text
    before, after = search.starts_before(passage.start), search.ends_after(passage.end)
    firsts = lasts = [passage]
    if not whole:
        firsts, lasts = search.openings(passage), search.closings(passage)
    least = int(not _parts(text, passage.start)), int(not _parts(text, passage.end))
    for more in range(MOST + 1):
        for wider in range(0 if whole else more, -1, -1):
            number = FEWEST - 1 + wider
            start, end = firsts[min(number, len(firsts) - 1)], lasts[min(number, len(lasts) - 1)]
            if not whole and (start.end > end.start or (wider and number >= max(len(firsts), len(lasts)))):
                continue
            for left in range(more - wider + 1):
                right = more - wider - left
                if least[0] <= left <= len(before) and least[1] <= right <= len(after):
                    yield _Named(
                        passage,
                        before[left - 1] if left else None,
                        start,
                        None if whole else end,
                        after[right - 1] if right else None,
                    )


# ---- as a browser searches ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Search:
    """A text as it is searched: `plain` has its letters without case and accents, a space for white space of any
    length, and a line break between blocks."""

    text: str
    blocks: tuple[Span, ...]
    plain: str
    offsets: Sequence[int]
    """For each character of `plain`, where it comes from; they never descend."""

    def block(self, at: int) -> int:
        """Which block an offset is in."""
        return max(0, bisect_left(self.blocks, at + 1, key=lambda block: block.start) - 1)

    def holds(self, span: Span) -> bool:
        """Whether a span starts and ends in blocks."""
        ends = ((span.start, span.start + 1), (span.end - 1, span.end))
        return all(Span(*end) in self.blocks[self.block(end[0])] for end in ends)

    # ---- what can be named ----

    def starts_before(self, at: int) -> list[Span]:
        """The words before an offset, more and more of them; where it starts its block, those of the one before."""
        block = self.block(at)
        span = Span(self.blocks[block].start, at)
        if not span.of(self.text).strip():
            span = self.blocks[block - 1] if block else Span(at, at)
        end = span.start + len(span.of(self.text).rstrip())
        return [Span(start, end) for start in self._starts(span.start, end)]

    def ends_after(self, at: int) -> list[Span]:
        """The words after an offset, more and more of them; where it ends its block, those of the next one."""
        block = self.block(at - 1)
        span = Span(at, self.blocks[block].end)
        if not span.of(self.text).strip():
            span = self.blocks[block + 1] if block + 1 < len(self.blocks) else Span(at, at)
        start = span.end - len(span.of(self.text).lstrip())
        return [Span(start, end) for end in self._ends(start, span.end)]

    def openings(self, passage: Span) -> list[Span]:
        """The first words of a passage, more and more of them, within its first block."""
        end = min(passage.end, self.blocks[self.block(passage.start)].end)
        found = [Span(passage.start, at) for at in self._ends(passage.start, end)]
        return found or [Span(passage.start, end)]

    def closings(self, passage: Span) -> list[Span]:
        """Its last words, within its last block."""
        start = max(passage.start, self.blocks[self.block(passage.end - 1)].start)
        found = [Span(at, passage.end) for at in self._starts(start, passage.end)]
        return found or [Span(start, passage.end)]

    def _starts(self, start: int, end: int) -> list[int]:
        """Where words start, the last one first; no more than can be named."""
        places = (at for at in range(end - 1, start - 1, -1) if _in_word(self.text[at]))
        certain = (at for at in places if at == start or _parts(self.text, at))
        return [at for at, _ in zip(certain, range(MOST + FEWEST), strict=False)]

    def _ends(self, start: int, end: int) -> list[int]:
        """Where words end."""
        places = (at for at in range(start + 1, end + 1) if _in_word(self.text[at - 1]))
        certain = (at for at in places if at == end or _parts(self.text, at))
        return [at for at, _ in zip(certain, range(MOST + FEWEST), strict=False)]

    # ---- what is found ----

    def leads_there_alone(self, named: _Named) -> bool:
        """Whether these words lead to the passage, and nothing else in the text could be meant."""
        return [*islice(self._found(named), 2)] == [self._plain_span(named.passage)]

    def leads_there_first(self, named: _Named) -> bool:
        """Whether these words lead to the passage, as a browser takes what it finds first."""
        return next(self._found(named), None) == self._plain_span(named.passage)

    def _found(self, named: _Named) -> Iterator[tuple[int, int]]:
        """Every place in `plain` that a browser could take for it."""
        before, start, end, after = (
            _plain(one.of(self.text))[0] if one else "" for one in (named.before, named.start, named.end, named.after)
        )
        last = after if named.end is None else ""
        for at in self._places(start, 0, before, last):
            if not end:
                yield at, at + len(start)
                continue
            closing = next(self._places(end, at + len(start), "", after), None)
            if closing is not None:
                yield at, closing + len(end)

    def _places(self, words: str, start: int, before: str, after: str) -> Iterator[int]:
        """Where words stand from `start` on between others. What may be a word's end counts as one."""
        plain = self.plain
        at = plain.find(words, start)
        while at >= 0:
            first, last = at, at + len(words)
            while before and plain[first - 1 : first] in _BETWEEN:
                first -= 1
            while after and plain[last : last + 1] in _BETWEEN:
                last += 1
            beside = plain.endswith(before, 0, first) and plain.startswith(after, last)
            if beside and _may_part(plain, first - len(before)) and _may_part(plain, last + len(after)):
                yield at
            at = plain.find(words, at + 1)

    def _plain_span(self, span: Span) -> tuple[int, int]:
        return bisect_left(self.offsets, span.start), bisect_left(self.offsets, span.end)


@lru_cache(maxsize=64)
def _search_of(text: str, blocks: tuple[Span, ...]) -> _Search:
    plain: list[str] = []
    offsets: list[int] = []
    for block in blocks:
        if plain:
            plain.append("\n")
            offsets.append(offsets[-1] + 1)
        words, places = _plain(block.of(text))
        plain.append(words)
        offsets += [block.start + place for place in places]
    return _Search(text, blocks, "".join(plain), offsets)


def _plain(words: str) -> tuple[str, list[int]]:
    """Words as they are compared, and for each character of the result where it comes from."""
    out: list[str] = []
    offsets: list[int] = []
    for match in re.finditer(rf"{_BLANK.pattern}|[\s\S]", words):
        becomes = " " if _BLANK.match(match[0]) else _letters(match[0])
        out.append(becomes)
        offsets += [match.start()] * len(becomes)
    return "".join(out), offsets


def _letters(char: str) -> str:
    """A character without case and accents."""
    if char.isascii():
        return char.lower()
    base = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    return "".join(one for one in base if unicodedata.category(one) != "Mn")


# ---- where words end ---------------------------------------------------------------------------------------------


def _in_word(char: str) -> bool:
    """Whether a character can be part of a word, or belongs to the one before it."""
    return char.isalnum() or char == "_" or unicodedata.category(char)[0] == "M" or unicodedata.category(char) == "Cf"


def _parts(text: str, at: int) -> bool:
    """Whether every browser ends a word before `text[at]`: in a script without spaces, nobody knows but at a mark."""
    return _divides(text, at) is True


def _may_part(text: str, at: int) -> bool:
    """Whether a browser may end a word there."""
    return _divides(text, at) is not False


def _divides(text: str, at: int) -> bool | None:
    """Whether a word ends before `text[at]`; None where that depends on the browser's dictionary."""
    if at <= 0 or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if before in " \t\n\r\f" or after in " \t\n\r\f":
        return True
    if _in_word(before) and _in_word(after):
        return None if unspaced(before) or unspaced(after) else False
    if unicodedata.category(after) in ("Mn", "Me", "Mc", "Cf", "Sk") or after in _FLAGS or "\u202f" in (before, after):
        return False if _in_word(after) else None
    joined = text[at - 1 : at + 2] if after in _JOINERS else text[max(0, at - 2) : at + 1] if before in _JOINERS else ""
    flanked = len(joined) == 3 and all(_in_word(char) and not unspaced(char) for char in (joined[0], joined[2]))
    return None if flanked else True


_FLAGS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
