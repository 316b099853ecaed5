"""In what a wrong quotation differs from the passage of the article that it most likely means."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum, auto
from functools import lru_cache
from typing import TypeAlias

from builder.article import Article
from builder.nearest import ENOUGH, nearest_passage
from builder.text import Span, cuts_word, fold_needle, fold_text, word_ends, words

_MOST_TOLD = 4
_OPENING = " \n“‘„«\"'(["
"""What opens something, and is not left standing before […]."""
_ENOUGH_NEARBY = 0.3
"""How alike words have to be that stand where they should: near the other parts of the quotation."""


class Kind(Enum):
    """What kind of difference it is: the first that fits."""

    MARKS = auto()
    """The same letters and numbers; other punctuation or spaces than folding allows."""
    CASE = auto()
    """The same but for capital letters, and perhaps marks."""
    LEFT_OUT = auto()
    """Words of the article are left out, and no […] says so."""
    ORDER = auto()
    """The same words in another order."""
    WORDS = auto()
    """Some words are others."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A passage of the article beside the words that are not quite it."""

    kind: Kind
    span: Span
    """The passage, in the article."""
    theirs: tuple[Span, ...]
    """The article's words that differ."""
    ours: tuple[Span, ...]
    """The words that differ, as offsets in the quotation after folding."""
    told: tuple[str, ...]
    """The differences in words, at most a few."""
    unmarked: str = ""
    """With LEFT_OUT: the quotation as it should be, with […] for what is left out."""


Fits = Callable[[Span], bool]
"""Whether a passage of the article, of several that are the same, may be the one that is meant."""


def compare(
    article: Article, quotation: str, within: Span | None = None, fits: Fits = lambda _: True
) -> Comparison | None:
    """How `quotation`, which does not stand in the article, differs from what does; None where nothing is like it.

    `within` is where in the article to look first: a part of a quotation lies near the other parts.
    """
    needle = fold_needle(quotation)
    for kind, same_case in ((Kind.MARKS, True), (Kind.CASE, False)):
        spans = same_letters(article, needle, same_case=same_case)
        if spans:
            return _by_tokens(article, next(filter(fits, spans), spans[0]), needle, kind)
    if within:
        region = Span(*(bisect_left(article.folded.offsets, at) for at in (within.start, within.end)))
        nearby = _likeliest(article, needle, region, _ENOUGH_NEARBY, fits)
        if nearby:
            return nearby
    return _likeliest(article, needle, None, ENOUGH, fits)


def _likeliest(article: Article, quotation: str, region: Span | None, enough: float, fits: Fits) -> Comparison | None:
    """The passage in a region of the folded text that is likest, if it is like enough."""
    near = nearest_passage(article, quotation, region)
    found = None
    if near and near.likeness >= enough:
        twins = article.folded.find_all(fold_needle(near.span.of(article.text)))
        found = _by_words(article, next(filter(fits, twins), near.span), quotation)
    if found and found.kind is Kind.LEFT_OUT:
        return found
    disordered = _in_another_order(article, quotation, region or Span(0, len(article.folded.text)))
    return _by_words(article, disordered, quotation) if disordered else found


def _in_another_order(article: Article, quotation: str, region: Span) -> Span | None:
    """The first run of words in a region of the folded text that are those of the quotation, each as often."""
    text = article.folded.text
    spans = [Span(*ends) for ends in word_ends(text, region)]
    missing = Counter(one.of(quotation) for one in words(quotation))
    length = missing.total()
    if length < 2:
        return None
    for at, span in enumerate(spans):
        _count(missing, span.of(text), -1)
        if at >= length:
            _count(missing, spans[at - length].of(text), 1)
        if not missing:
            return article.folded.original(spans[at - length + 1].start, span.end)
    return None


def _count(counter: Counter[str], word: str, by: int) -> None:
    counter[word] += by
    if not counter[word]:
        del counter[word]


def same_letters(article: Article, quotation: str, *, same_case: bool = True) -> list[Span]:
    """Where the letters and numbers of `quotation` stand in the article, whatever marks and spaces are between them."""
    folded = article.folded
    needle, _ = _bare(fold_needle(quotation), same_case=same_case)
    bare, offsets = _bare_article(folded.text, same_case=same_case)
    spans: list[Span] = []
    at = bare.find(needle) if needle else -1
    while at >= 0:
        span = folded.original(offsets[at], offsets[at + len(needle) - 1] + 1)
        if not any(cuts_word(article.text, end) for end in (span.start, span.end)):
            spans.append(span)
        at = bare.find(needle, at + 1)
    return spans


def _bare(text: str, *, same_case: bool) -> tuple[str, Sequence[int]]:
    """What of a folded text carries sense, and where each character of that stands in it.

    Letters, digits, symbols such as % and $, the marks inside a number, a minus before one.
    """
    kept: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(text):
        if char.isalnum() or _bears_sense(text, at):
            lower = char.lower()
            kept.append(char if same_case or len(lower) > 1 else lower)
            offsets.append(at)
    return "".join(kept), offsets


_bare_article = lru_cache(maxsize=128)(_bare)
"""An article is asked for again with each wrong quotation of the briefing."""


def _bears_sense(text: str, at: int) -> bool:
    char, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if char in ".,:":
        return before.isdigit() and after.isdigit()
    if char == "-":
        return after.isdigit() and not before.isalnum()
    return unicodedata.category(char) in ("Sc", "Sm", "So", "Mn", "Mc", "Me") or char in "%‰&@"


def _by_tokens(article: Article, span: Span, quotation: str, kind: Kind) -> Comparison:
    """What differs is in the marks or in capital letters, so what stands between spaces is compared."""
    span = _with_ends(article, span, quotation)
    ours, theirs = _tokens(quotation, Span(0, len(quotation))), _tokens(article.text, span)
    steps = _steps([one.of(quotation) for one in ours], [fold_text(one.of(article.text)) for one in theirs])
    return _compared(article, span, quotation, kind, (ours, theirs, steps))


def _tokens(text: str, within: Span) -> list[Span]:
    return [Span(*match.span()) for match in re.compile(r"\S+").finditer(text, within.start, within.end)]


_WIDENED = 3
"""How often a passage is widened: what is found so is told apart soon, or never."""


def _by_words(article: Article, span: Span, quotation: str, widen: int = _WIDENED) -> Comparison:
    span = _with_ends(article, span, quotation)
    ours = words(quotation)
    theirs = [Span(*ends) for ends in word_ends(article.text, span)]
    ours_read, theirs_read = [one.of(quotation) for one in ours], [fold_text(one.of(article.text)) for one in theirs]
    steps = _steps(ours_read, theirs_read)
    in_disorder = sorted(ours_read) == sorted(theirs_read)
    wider = span if in_disorder or not widen else _widened(article, span, steps, len(ours))
    if wider != span:
        return _by_words(article, wider, quotation, widen - 1)
    if in_disorder and not steps:  # a symbol is another, such as a % or an emoji, which is no word
        return _by_tokens(article, span, quotation, Kind.WORDS)
    left_out = bool(steps) and all(step[0] == "insert" for step in steps)
    kind = Kind.LEFT_OUT if left_out else Kind.ORDER if in_disorder else Kind.WORDS
    return _compared(article, span, quotation, kind, (ours, theirs, steps))


Step: TypeAlias = "tuple[str, int, int, int, int]"
"""One of difflib's: what happens, and the ranges of what differs on both sides."""


def _steps(ours: list[str], theirs: list[str]) -> list[Step]:
    """Where two texts differ."""
    found = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    return [step for step in found if step[0] != "equal"]


def _compared(
    article: Article, span: Span, quotation: str, kind: Kind, aligned: tuple[list[Span], list[Span], list[Step]]
) -> Comparison:
    ours, theirs, steps = aligned
    our_ranges = [Span(ours[i].start, ours[j - 1].end) if i < j else None for _, i, j, _, _ in steps]
    their_ranges = [Span(theirs[k].start, theirs[m - 1].end) if k < m else None for _, _, _, k, m in steps]
    told = [
        _told(our.of(quotation) if our else "", fold_text(their.of(article.text)) if their else "")
        for our, their in zip(our_ranges, their_ranges, strict=True)
    ]
    if len(told) > _MOST_TOLD:
        told = [*told[:_MOST_TOLD], f"and {len(told) - _MOST_TOLD} more"]
    gaps = [their for their in their_ranges if their]
    unmarked = _with_marks(article, span, gaps) if kind is Kind.LEFT_OUT else ""
    return Comparison(kind, span, tuple(gaps), tuple(our for our in our_ranges if our), tuple(told), unmarked)


def _with_ends(article: Article, span: Span, quotation: str) -> Span:
    """The passage with the marks at its ends that the quotation has as well."""
    spans = words(quotation)
    if not spans:
        return span
    start, end = span.start, span.end
    for char in reversed(quotation[: spans[0].start]):
        start -= start > 0 and fold_text(article.text[start - 1]) == char
    for char in quotation[spans[-1].end :]:
        end += fold_text(article.text[end : end + 1]) == char
    if re.search(r"\.\w\Z", article.text[start:end]) and article.text[end : end + 1] == ".":
        end += 1  # U.S. is not cut before its last point
    return Span(start, end)


def _widened(article: Article, span: Span, steps: Sequence[Step], length: int) -> Span:
    """The passage with the words that stand where the quotation starts or ends with others, if there are such."""
    paragraph = article.paragraphs[article.paragraph_at(span.start)].span
    start, end = span.start, span.end
    for step, first, last, _, _ in steps:
        if step == "delete" and first == 0:
            before = words(article.text[paragraph.start : start])[-last:]
            start = paragraph.start + before[0].start if before else start
        elif step == "delete" and last == length:
            after = words(article.text[end : paragraph.end])[: last - first]
            end = end + after[-1].end if after else end
    return Span(start, end)


def _with_marks(article: Article, span: Span, gaps: list[Span]) -> str:
    """The passage with […] in the place of each gap; a mark that ends what is before it stays with it."""
    out: list[str] = []
    at = span.start
    for gap in gaps:
        out.append(article.text[at : gap.start].rstrip(_OPENING))
        at = gap.end
    out.append(article.text[at : span.end].lstrip(" ,;:"))
    return " […] ".join(part for part in out if part)


def _told(ours: str, theirs: str) -> str:
    if not ours:
        return f"it also has “{theirs}”"
    if not theirs:
        return f"it has no “{ours}”"
    return f"it has “{theirs}”, not “{ours}”"
