"""What is wrong with a quotation that was not found: one diagnostic for each kind of miss.

Each has the quotation's place in the YAML, the place in the article where there is one, and the cure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import unescape

from builder.article import Article
from builder.compare import Comparison, Kind, compare, same_letters
from builder.diagnostics import Diagnostic, Fix, Place, Related, Severity, place_in
from builder.model import Quotation, Source
from builder.nearest import nearest_passage
from builder.text import Span, count_words, fold_needle, fold_text, on_one_line, whole_words, words
from builder.yamltext import scalar

ONE_BY_ONE = "Quote the parts one by one, as a list"
TELLING = 3
"""So many words that stand in another source are hardly there by chance."""
FAINT = 0.35
"""From this likeness on, a passage is worth a look, though no cure."""


_POINTS = re.compile(r"\s*(?:\[\s*[….]+\s*\]|\(\s*(?:…|\.{2,4})\s*\)|…|\.{3,4}|\. \. \.)\s*")
"""How people write that words are left out."""
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")

Anchors = Callable[[str], bool]
"""Whether other words, in the quotation's place, would be found."""
Rebuilt = Callable[[str], str]
"""The whole quotation with other words in the place of the part that is at fault."""


@dataclass(frozen=True, slots=True)
class Misses:
    """The faults of one quotation in one article."""

    article: Article
    source: Source
    quotation: Quotation
    anchors: Anchors
    beside: Callable[[Span], bool]
    """Whether a place of the article stands beside the quotation's prefix and suffix."""
    others: Sequence[tuple[Source, Article]] = ()
    """The other sources of the briefing, whose words it may be."""

    def _miss(self, code: str, message: str, cure: str, *related: Related, place: Place | None = None) -> Diagnostic:
        return Diagnostic(f"quotation-{code}", message, place or self.quotation.place, cure, related=related)

    def _at(self, span: Span, about: str, marks: Sequence[Span] = ()) -> Related:
        return _in_article(self.article, span, about, marks)

    # ---- words that are not there ----

    def orphaned(self, words: str, rebuilt: Rebuilt, within: Span | None = None) -> Diagnostic:
        """`words`, all of the quotation or a part of it, do not stand in the article: which kind of miss is it?

        `within` is where they should stand, as far as the other parts tell.
        """
        near = compare(self.article, words, within, self.beside)
        written = self._written_otherwise() if near is None or near.kind is not Kind.LEFT_OUT else None
        if written:
            return written
        if near and near.kind in (Kind.MARKS, Kind.CASE):
            return self._marks_or_case(near, words, rebuilt)
        for source, article in self.others:
            found = same_letters(article, words) if count_words(words) >= TELLING else []
            if found:
                return self._elsewhere(source, article, found[0], near)
        if near is None:
            return self._nothing_like(words)
        if near.kind is Kind.LEFT_OUT:
            return self._left_out(near, words, rebuilt)
        if near.kind is Kind.ORDER:
            code, what = "order", f"are those of {self._name}, but in another order"
        else:
            code, what = "words", f"are not in {self._name}: {'; '.join(near.told)}"
        return self._miss(
            code,
            f"{self._these(words)} {what}.",
            self._has(rebuilt(near.span.of(self.article.text))),
            self._at(near.span, "the nearest passage", near.theirs),
            place=_marked(self.quotation.place, words, near.ours),
        )

    def _written_otherwise(self) -> Diagnostic | None:
        """Points for what is left out without their brackets; tags and entities of a web page."""
        exact = self.quotation.exact
        marked = _POINTS.sub(" […] ", exact).strip().removeprefix("[…] ").removesuffix(" […]")
        if marked != exact and "[…]" in marked and self.anchors(marked):
            message = "Words are left out here, but the points that say so do not stand in square brackets."
            return self._miss("omission", message, f"Write:\n{scalar(marked)}")
        plain = " ".join(unescape(_TAG.sub("", exact)).split())
        if plain != " ".join(exact.split()) and self.anchors(plain):
            message = "This holds marks of HTML, the language of web pages, which are no part of the text."
            return self._miss("typography", message, f"Write:\n{scalar(plain)}")
        return None

    def _marks_or_case(self, near: Comparison, words: str, rebuilt: Rebuilt) -> Diagnostic:
        typography = near.kind is Kind.MARKS
        what = "but with other marks or spaces" if typography else "but for capital letters"
        whole = on_one_line(rebuilt(near.span.of(self.article.text)))
        return Diagnostic(
            "quotation-typography" if typography else "quotation-case",
            f"{self._these(words)} are those of {self._name}, {what}: {'; '.join(near.told)}.",
            self.quotation.place,
            self._has(whole),
            related=(self._at(near.span, "the article’s own", near.theirs),),
            fixes=(Fix(self.quotation.place, whole),) if self.anchors(whole) else (),
        )

    def _left_out(self, near: Comparison, words: str, rebuilt: Rebuilt) -> Diagnostic:
        left_out = " … ".join(f"“{on_one_line(span.of(self.article.text))}”" for span in near.theirs)
        message = f"{self._these(words)} leave out {left_out}, which stands between them in {self._name}."
        marked = on_one_line(rebuilt(near.unmarked))
        cure = self._has(rebuilt(near.span.of(self.article.text)))
        if self.anchors(marked):
            cure = f"Mark what is left out:\n{scalar(marked)}\nOr quote all of it:\n{cure.partition(chr(10))[2]}"
        return self._miss("omission", message, cure, self._at(near.span, "the nearest passage", near.theirs))

    def _elsewhere(self, source: Source, article: Article, span: Span, near: Comparison | None) -> Diagnostic:
        message = f"These words are not in {self._name}; they stand in {_named(source)}."
        cure = f"Move them below `{source.id}:`"
        here: tuple[Related, ...] = ()
        if near:
            cure += f", or quote what {self.source.siglum} has:\n{scalar(on_one_line(near.span.of(self.article.text)))}"
            here = (self._at(near.span, f"the nearest passage in {self.source.siglum}", near.theirs),)
        else:
            cure += "."
        return self._miss("elsewhere", message, cure, _in_article(article, span, "here they stand"), *here)

    def _nothing_like(self, words: str) -> Diagnostic:
        message = f"{self._these(words)} are not in {self._name}, nor is anything like them."
        for source, article in self.others:
            near = compare(article, words)
            if near:
                cure = f"Something like them stands in {_named(source)}. Are they from there?\n"
                cure += scalar(on_one_line(near.span.of(article.text)))
                return self._miss("orphaned", message, cure, _in_article(article, near.span, "something like them"))
        cure = "Copy the words from the article: `variorum find WORDS` looks for them."
        some = nearest_passage(self.article, words)
        if some and some.likeness >= FAINT:
            return self._miss("orphaned", message, cure, self._at(some.span, "the nearest passage, not much like it"))
        return self._miss("orphaned", message, cure)

    @property
    def _name(self) -> str:
        return f"{self.article.name} ({_named(self.source)})"

    def _these(self, words: str) -> str:
        whole = fold_needle(words) == fold_needle(self.quotation.exact)
        return "These words" if whole else f"In this quotation, the words “{words}”"

    def _has(self, whole: str) -> str:
        return f"The article has:\n{scalar(on_one_line(whole))}"

    # ---- words that may not be quoted so ----

    def cut(self, span: Span, rebuilt: Rebuilt = lambda words: words) -> Diagnostic:
        """It begins or ends inside a word."""
        wider = whole_words(self.article.text, span)
        whole = on_one_line(rebuilt(wider.of(self.article.text)))
        if not self.anchors(whole):
            whole = on_one_line(wider.of(self.article.text))
        cure = f"Quote whole words:\n{scalar(whole)}"
        return self._miss("cut", "The quotation begins or ends inside a word.", cure, self._at(wider, "whole words"))

    def boilerplate(self, span: Span) -> Diagnostic:
        """It stands outside the article proper only."""
        message = "These words stand only outside the article proper: in navigation, a footer or the like."
        cure = "Quote the article itself, or correct `headline`, `body` and `captions` of this source."
        return self._miss("boilerplate", message, cure, self._at(span, "only here"))

    def ambiguous(self, ways: Sequence[tuple[Span, ...]]) -> Diagnostic:
        """It stands in several places."""
        message = f"These words stand {len(ways)} times in {self.article.name}."
        places = [self._at(Span(way[0].start, way[-1].end), f"number {index}") for index, way in enumerate(ways[:5], 1)]
        return self._miss("ambiguous", message, self._beside_cure(ways), *places)

    def not_beside(self, way: tuple[Span, ...], *, once: bool = False) -> Diagnostic:
        """It stands in the article, but not beside its prefix or suffix."""
        which = " and ".join(w for w in ("prefix", "suffix") if getattr(self.quotation, w))
        message = f"The words stand in the article, but not beside this {which}."
        cure = self._beside_cure([way])
        if once:
            cure = f"They stand there only once: remove it, or write:\n{cure.partition(chr(10))[2]}"
        return self._miss("beside", message, cure, self._at(way[0], "they stand here"))

    def _beside_cure(self, ways: Sequence[tuple[Span, ...]]) -> str:
        """So many words before the first place, at least three, that they stand before no other; or after it."""
        befores = [fold_needle(self.article.text[max(0, way[0].start - 300) : way[0].start]) for way in ways[:100]]
        afters = [fold_needle(self.article.text[way[-1].end : way[-1].end + 300]) for way in ways[:100]]
        before, after = befores[0].split(), afters[0].split()
        prefixes = [" ".join(before[-number:]) for number in range(3, len(before) + 1)] or [" ".join(before)]
        suffixes = [" ".join(after[:number]) for number in range(3, len(after) + 1)] or [" ".join(after)]
        prefix = next((p for p in prefixes if p and not any(b.endswith(p) for b in befores[1:])), None)
        suffix = next((s for s in suffixes if s and not any(a.startswith(s) for a in afters[1:])), suffixes[0])
        beside = f"prefix: {scalar(prefix)}" if prefix else f"suffix: {scalar(suffix)}"
        return f"Say which one by the words directly before or after it, for the first:\n{beside}"

    # ---- divided quotations ----

    def parts(self, number: int, most: int) -> Diagnostic:
        """It has no words of the article at all, or too many parts."""
        if not number:
            message = "There are no words of the article in this quotation."
            return self._miss("parts", message, "Quote words that the article prints.")
        return self._miss("parts", f"The quotation has {number} parts; at most {most} are allowed.", f"{ONE_BY_ONE}.")

    def order(self, part: Span) -> Diagnostic:
        """Its parts stand in another order; `part` is the one that comes too early."""
        message = "The parts stand in the article, but not one after the other in this order."
        cure = "Quote them in the article's order, or one by one, as a list."
        return self._miss("order", message, cure, self._at(part, "this part stands before the one it follows here"))

    def paragraphs(self, span: Span) -> Diagnostic:
        """It runs over the end of a paragraph."""
        message = "The quotation runs over the end of a paragraph."
        cure = f"{ONE_BY_ONE}, or add `allow: [paragraphs]`."
        return self._miss("paragraphs", message, cure, self._at(span, "this is in, or runs into, another paragraph"))

    def gap(self, gap: Span, joint: str, most: int) -> Diagnostic:
        """It leaves out too much."""
        message = f"{gap.end - gap.start} characters are left out; {joint} may stand for at most {most}."
        return self._miss("gap", message, f"{ONE_BY_ONE}.", self._at(gap, "this is left out"))

    def negation(self, gap: Span, word: str) -> Diagnostic:
        """It leaves out a negation."""
        message = f"What is left out here holds “{word}”."
        cure = "Quote the word, or, where leaving it out does not turn the sense, add `allow: [negation]`."
        return self._miss("negation", message, cure, self._at(gap, "this is left out"))

    def key(self, key: str, place: Place | None) -> Diagnostic:
        """Its key words, at `place`, are none of its words."""
        message = f"The key words “{key}” do not stand in the quotation, so they are not tinted."
        fault = self._miss("key", message, "Use words of the quotation itself, whole ones, as `key`.", place=place)
        return replace(fault, severity=Severity.WARNING)

    def reading(self, words: str) -> Diagnostic:
        """The utterance's words are none of its words, or `[…]` divides them."""
        message = f"The words “{words}” do not stand in the quotation in one run."
        cure = "Use words of the quotation itself, whole ones, without […], as `reading`."
        return self._miss("reading", message, cure, place=self.quotation.reading_place)


def _named(source: Source) -> str:
    return f"{source.siglum}, {source.name}"


def _in_article(article: Article, span: Span, about: str, marks: Sequence[Span] = ()) -> Related:
    """A passage, with the words in it that matter most."""
    place = place_in(f"seeds/{article.name}", article.text, span.start, span.end)
    within = [
        (mark.start - span.start, mark.end - mark.start) for mark in marks if mark.end <= span.start + place.length
    ]
    return Related(replace(place, marks=tuple(within)), about)


def _marked(place: Place, quoted: str, marks: Sequence[Span]) -> Place:
    """The place of a quotation with the words marked that differ, where it stands on one line as it is read."""
    raw = place.text[place.column - 1 : place.column - 1 + place.length]
    written, read = words(raw), words(fold_needle(quoted))
    if [fold_text(one.of(raw)) for one in written] != [one.of(fold_needle(quoted)) for one in read]:
        return place
    starts = {one.start: other.start for one, other in zip(read, written, strict=True)}
    ends = {one.end: other.end for one, other in zip(read, written, strict=True)}
    if any(mark.start not in starts or mark.end not in ends for mark in marks):
        return place
    return replace(place, marks=tuple((starts[mark.start], ends[mark.end] - starts[mark.start]) for mark in marks))
