"""What is wrong with a quotation that was not found: one diagnostic for each kind of miss.

Each has the quotation's place in the YAML, the place in the article where there is one, and the cure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from builder.article import Article
from builder.diagnostics import Diagnostic, Related, place_in
from builder.model import Quotation, Source
from builder.nearest import ENOUGH, nearest_passage
from builder.text import INVISIBLE, Span, cuts_word, fold_needle

ONE_BY_ONE = "Quote the parts one by one, as a list"


@dataclass(frozen=True, slots=True)
class Misses:
    """The faults of one quotation in one article."""

    article: Article
    source: Source
    quotation: Quotation

    def _miss(self, code: str, message: str, cure: str, *related: tuple[Span, str]) -> Diagnostic:
        file, text = f"seeds/{self.article.name}", self.article.text
        places = tuple(Related(place_in(file, text, span.start, span.end), about) for span, about in related)
        return Diagnostic(f"quotation-{code}", message, self.quotation.place, cure, related=places)

    def orphaned(self, words: str) -> Diagnostic:
        """`words`, all of the quotation or a part of it, stand nowhere in the article."""
        article = f"{self.article.name} ({self.source.siglum}, {self.source.name})"
        message = f"These words are not in {article}."
        if words.strip() != self.quotation.exact.strip():
            message = f"“{words}”, a part of this quotation, is not in {article}."
        near = nearest_passage(self.article, words)
        if not near or near.likeness < ENOUGH:
            return self._miss("orphaned", message, "Nothing like it stands there: is it from another article?")
        left_out = "Mark words that you leave out with […]. " if re.search(r"…|\.\.\.", words) else ""
        cure = f"{left_out}The article has:\n{_pasteable(near.span.of(self.article.text))}"
        return self._miss("orphaned", message, cure, (near.span, "the nearest passage"))

    def cut(self, span: Span) -> Diagnostic:
        """It begins or ends inside a word."""
        text, start, end = self.article.text, span.start, span.end
        while cuts_word(text, start):
            start -= 1
        while cuts_word(text, end):
            end += 1
        cure = f"Quote whole words:\n{_pasteable(text[start:end])}"
        return self._miss("cut", "The quotation begins or ends inside a word.", cure, (Span(start, end), "whole words"))

    def boilerplate(self, span: Span) -> Diagnostic:
        """It stands outside the article proper only."""
        message = "These words stand only outside the article proper: in navigation, a footer or the like."
        cure = "Quote the article itself, or correct `headline`, `body` and `captions` of this source."
        return self._miss("boilerplate", message, cure, (span, "only here"))

    def ambiguous(self, ways: Sequence[tuple[Span, ...]]) -> Diagnostic:
        """It stands in several places."""
        message = f"These words stand {len(ways)} times in {self.article.name}."
        places = [(Span(way[0].start, way[-1].end), f"number {index}") for index, way in enumerate(ways[:5], 1)]
        return self._miss("ambiguous", message, self._beside_cure(ways), *places)

    def beside(self, way: tuple[Span, ...]) -> Diagnostic:
        """It stands in the article, but not beside its prefix or suffix."""
        which = " and ".join(w for w in ("prefix", "suffix") if getattr(self.quotation, w))
        message = f"The words stand in the article, but not beside this {which}."
        return self._miss("beside", message, self._beside_cure([way]), (way[0], "they stand here"))

    def _beside_cure(self, ways: Sequence[tuple[Span, ...]]) -> str:
        """So many words before the first place, at least three, that they stand before no other; or after it."""
        befores = [fold_needle(self.article.text[max(0, way[0].start - 300) : way[0].start]) for way in ways[:100]]
        afters = [fold_needle(self.article.text[way[-1].end : way[-1].end + 300]) for way in ways[:100]]
        before, after = befores[0].split(), afters[0].split()
        prefixes = [" ".join(before[-number:]) for number in range(3, len(before) + 1)] or [" ".join(before)]
        suffixes = [" ".join(after[:number]) for number in range(3, len(after) + 1)] or [" ".join(after)]
        prefix = next((p for p in prefixes if p and not any(b.endswith(p) for b in befores[1:])), None)
        suffix = next((s for s in suffixes if s and not any(a.startswith(s) for a in afters[1:])), suffixes[0])
        beside = f"prefix: {_scalar(prefix)}" if prefix else f"suffix: {_scalar(suffix)}"
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
        return self._miss("order", message, cure, (part, "this part stands before the one it follows here"))

    def paragraphs(self, span: Span) -> Diagnostic:
        """It runs over the end of a paragraph."""
        message = "The quotation runs over the end of a paragraph."
        cure = f"{ONE_BY_ONE}, or add `allow: [paragraphs]`."
        return self._miss("paragraphs", message, cure, (span, "this is in, or runs into, another paragraph"))

    def gap(self, gap: Span, joint: str, most: int) -> Diagnostic:
        """It leaves out too much."""
        message = f"{gap.end - gap.start} characters are left out; {joint} may stand for at most {most}."
        return self._miss("gap", message, f"{ONE_BY_ONE}.", (gap, "this is left out"))

    def negation(self, gap: Span, word: str) -> Diagnostic:
        """It leaves out a negation."""
        message = f"What is left out here holds “{word}”."
        cure = "Quote the word, or, where leaving it out does not turn the sense, add `allow: [negation]`."
        return self._miss("negation", message, cure, (gap, "this is left out"))

    def key(self, key: str) -> Diagnostic:
        """Its key words are none of its words."""
        message = f"The key words “{key}” do not stand in the quotation."
        return self._miss("key", message, "Use words of the quotation itself, whole ones, as `key`.")


def _pasteable(text: str) -> str:
    """`text` on one line, without what cannot be seen."""
    return " ".join("".join(char for char in text if char not in INVISIBLE).split())


def _scalar(text: str) -> str:
    """`text` as a YAML scalar that cannot be misread."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
