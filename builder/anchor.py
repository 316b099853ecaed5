"""Finding every quotation in its article, letter by letter.

Exact first, then folded by the declared table (see text). `[…]` and `[word]` divide a quotation into parts that stand
in order. What is ambiguous, orphaned, cut inside a word or found in boilerplate only is a fault with two places: the
quotation's and the article's. The vocabulary is that of the W3C Web Annotation model (TextQuoteSelector).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from builder.article import Article, Zone
from builder.diagnostics import Checked, Diagnostic, Related, place_in
from builder.model import AnchoredBriefing, Briefing, Part, Passage, Quotation, Source
from builder.nearest import ENOUGH, nearest_passage
from builder.text import Span, cuts_word, fold_needle, negation_in

MAX_OMISSION = 400
"""Code points that `[…]` may leave out: about sixty words, so that the parts still belong together."""
MAX_REPLACED = 60
"""Code points that `[word]` may replace: a name or a short phrase."""
MAX_PARTS = 12

_JOINT = re.compile(r"\s*\[[^\[\]\n]{1,80}\]\s*")
_OMISSION = re.compile(r"\[\s*(?:…|\.\.\.)\s*\]")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of words to find and the joint before it (see model.Part)."""

    joint: str
    needle: str
    """Folded, without white space at its ends."""

    @property
    def max_gap(self) -> int:
        return MAX_OMISSION if _OMISSION.search(self.joint) else MAX_REPLACED

    def starts_within(self) -> bool:
        """Whether the joint stands for letters of the first word: `[T]he`."""
        return self.joint.endswith("]")


def anchor(briefing: Briefing, articles: Mapping[str, Article]) -> Checked[AnchoredBriefing | None]:
    """Find every quotation of a briefing; `articles` by source. The value is None where any is at fault.

    Sources without an article were reported before; what rests on them is passed over.
    """
    sources = {source.id: source for source in briefing.sources}
    diagnostics: list[Diagnostic] = []

    def find(source: str, quotations: Iterable[Quotation | None]) -> tuple[Passage, ...]:
        found = [
            find_quotation(articles[source], sources[source], quotation)
            for quotation in quotations
            if quotation and source in articles
        ]
        diagnostics.extend(fault for checked in found for fault in checked.diagnostics)
        return tuple(checked.value for checked in found if checked.value)

    def find_one(quotations: Mapping[str, Quotation | None]) -> dict[str, Passage]:
        found = {source: find(source, [quotation]) for source, quotation in quotations.items()}
        return {source: passages[0] for source, passages in found.items() if passages}

    anchored = AnchoredBriefing(
        briefing,
        articles,
        evidence={(c.id, e.source): find(e.source, e.quotations) for c in briefing.claims for e in c.evidence},
        events={e.id: tuple(p for source, q in e.quotations for p in find(source, [q])) for e in briefing.events},
        horizons=find_one({s.id: s.known_through.quotation for s in briefing.sources if s.known_through}),
        outlooks=find_one({s.id: s.looks_ahead.quotation for s in briefing.sources if s.looks_ahead}),
    )
    return Checked(None if diagnostics else anchored, tuple(diagnostics))


def find_quotation(article: Article, source: Source, quotation: Quotation) -> Checked[Passage | None]:
    """Find one quotation in its article, or say what is wrong with it and what the article has instead."""
    search = _Search(article, source, quotation)
    fits = search.fits()
    if isinstance(fits, Diagnostic):
        return Checked(None, (fits,))
    parts, tail = fits
    mode, unclosed = article.mode(part.span for part in parts)
    index = article.paragraph_at(parts[0].span.start)
    keys = list(search.keys(parts))
    faults = tuple(key for key in keys if isinstance(key, Diagnostic))
    if faults:
        return Checked(None, faults)
    spans = tuple(key for key in keys if isinstance(key, Span))
    passage = Passage(source.id, parts, tail, spans, article.paragraphs[index].zone, index, mode, unclosed)
    return Checked(passage)


class _Search:
    """One quotation looked for in one article."""

    def __init__(self, article: Article, source: Source, quotation: Quotation) -> None:
        self.article = article
        self.source = source
        self.quotation = quotation

    def fits(self) -> tuple[tuple[Part, ...], str] | Diagnostic:
        """The parts and the tail of the only place that fits, or the fault."""
        whole = list(self._occurrences(self.quotation.exact))
        pieces, tail = _divide(self.quotation.exact) if not whole else ([], "")
        if len(pieces) > 1 or tail or (pieces and pieces[0].joint):
            return self._fit_divided(pieces, tail)
        return self._fit_whole(whole)

    def _fit_whole(self, spans: Sequence[Span]) -> tuple[tuple[Part, ...], str] | Diagnostic:
        if not spans:
            return self._orphaned(self.quotation.exact)
        uncut = [span for span in spans if not self._cuts(span)]
        if not uncut:
            return self._cut_inside_word(spans[0])
        chosen = self._choose([(span,) for span in uncut])
        return chosen if isinstance(chosen, Diagnostic) else ((Part(chosen[0]),), "")

    # ---- divided quotations ----

    def _fit_divided(self, pieces: Sequence[_Piece], tail: str) -> tuple[tuple[Part, ...], str] | Diagnostic:
        if not pieces:
            return self._fault(
                "quotation-empty",
                "There are no words of the article in this quotation.",
                "Quote words that the article prints.",
            )
        if len(pieces) > MAX_PARTS:
            return self._fault(
                "quotation-parts",
                f"The quotation has more than {MAX_PARTS} parts.",
                "Quote the passages one by one, as a list.",
            )
        places = []
        for index, piece in enumerate(pieces):
            following = pieces[index + 1].joint if index + 1 < len(pieces) else tail
            found = list(self.article.folded.find_all(piece.needle))
            if not found:
                return self._orphaned(piece.needle)
            uncut = [
                s
                for s in found
                if not self._cuts(s, start=not piece.starts_within(), end=not following.startswith("["))
            ]
            if not uncut:
                return self._cut_inside_word(found[0])
            places.append(uncut)
        fits = self._in_order(pieces, places)
        if not fits:
            return self._disorder(pieces, places)
        chosen = self._choose(fits)
        if isinstance(chosen, Diagnostic):
            return chosen
        swallowed = self._swallowed_negation(chosen)
        if swallowed:
            return swallowed
        return tuple(Part(span, piece.joint) for span, piece in zip(chosen, pieces, strict=True)), tail

    def _in_order(self, pieces: Sequence[_Piece], places: Sequence[Sequence[Span]]) -> list[tuple[Span, ...]]:
        """Ways to place the parts in order within their bounds, the closest for each start and end.

        Ways that begin and end at the same words differ only inside, so one of them stands for all; that, and
        looking at three places for the next part at most, keeps the work bounded for any text.
        """
        ways: list[tuple[Span, ...]] = [(span,) for span in places[0]]
        for piece, spans in zip(pieces[1:], places[1:], strict=True):
            longer: dict[tuple[int, int], tuple[Span, ...]] = {}
            for way in ways:
                room = way[-1].end + piece.max_gap
                nexts = [s for s in spans if way[-1].end <= s.start <= room and self._same_paragraph(way[-1], s)]
                for span in nexts[:3]:
                    longer.setdefault((way[0].start, span.end), (*way, span))
            ways = list(longer.values())[:1000]
        return ways

    def _same_paragraph(self, one: Span, other: Span) -> bool:
        same = self.article.paragraph_at(one.start) == self.article.paragraph_at(other.start)
        return same or "paragraphs" in self.quotation.allow

    def _swallowed_negation(self, spans: Sequence[Span]) -> Diagnostic | None:
        if "negation" in self.quotation.allow:
            return None
        for one, other in pairwise(spans):
            gap = Span(one.end, other.start)
            word = negation_in(gap.of(self.article.text), self.source.language)
            if word:
                return self._fault(
                    "quotation-negation",
                    f"What is left out here holds “{word}”.",
                    "Quote the word, or, where leaving it out does not turn the sense, add `allow: [negation]`.",
                    gap,
                    "this is left out",
                )
        return None

    # ---- choosing ----

    def _choose(self, ways: Sequence[tuple[Span, ...]]) -> tuple[Span, ...] | Diagnostic:
        """The only way that fits prefix, suffix, zone and paragraph."""
        beside = [way for way in ways if self._has_beside(way)]
        if not beside:
            which = "prefix" if self.quotation.prefix else "suffix"
            return self._fault(
                f"quotation-{which}",
                f"The words stand in the article, but not beside this {which}.",
                self._beside_cure(ways[0]),
                ways[0][0],
                "they stand here",
            )
        proper = [way for way in beside if all(self._zone(span) is not Zone.BOILERPLATE for span in way)]
        if not proper:
            return self._fault(
                "quotation-boilerplate",
                "These words stand only outside the article proper: in navigation, a footer or the like.",
                "Quote the article itself, or correct `headline`, `body` and `captions` of this source.",
                beside[0][0],
                "only here",
            )
        closest = {way[0].start: way for way in reversed(proper)}
        if len(closest) > 1:
            return self._ambiguous(sorted(closest.values()))
        return self._within_paragraph(proper[0])

    def _within_paragraph(self, way: tuple[Span, ...]) -> tuple[Span, ...] | Diagnostic:
        across = [
            span for span in way if self.article.paragraph_at(span.start) != self.article.paragraph_at(span.end - 1)
        ]
        if across and "paragraphs" not in self.quotation.allow:
            return self._fault(
                "quotation-paragraphs",
                "The quotation runs over the end of a paragraph.",
                "Quote the paragraphs one by one, as a list, or add `allow: [paragraphs]`.",
                across[0],
                "from here",
            )
        return way

    def _has_beside(self, way: tuple[Span, ...]) -> bool:
        text, prefix, suffix = self.article.text, self.quotation.prefix, self.quotation.suffix
        before = fold_needle(text[max(0, way[0].start - 2 * len(prefix or "") - 200) : way[0].start])
        after = fold_needle(text[way[-1].end : way[-1].end + 2 * len(suffix or "") + 200])
        return before.endswith(fold_needle(prefix or "")) and after.startswith(fold_needle(suffix or ""))

    def _zone(self, span: Span) -> Zone:
        return self.article.paragraphs[self.article.paragraph_at(span.start)].zone

    def _occurrences(self, exact: str) -> Iterator[Span]:
        """Where the whole quotation stands: as typed if it does anywhere, otherwise folded."""
        typed = exact.strip()
        at = self.article.text.find(typed)
        if at < 0:
            yield from self.article.folded.find_all(fold_needle(exact))
        while at >= 0:
            yield Span(at, at + len(typed))
            at = self.article.text.find(typed, at + 1)

    def _cuts(self, span: Span, *, start: bool = True, end: bool = True) -> bool:
        text = self.article.text
        return (start and cuts_word(text, span.start)) or (end and cuts_word(text, span.end))

    # ---- key words ----

    def keys(self, parts: Sequence[Part]) -> Iterator[Span | Diagnostic]:
        """Where the key words stand within the parts."""
        for key in self.quotation.key:
            inside = [
                s for s in self.article.folded.find_all(fold_needle(key)) if any(s in part.span for part in parts)
            ]
            whole = [
                s
                for s in inside
                if not any(cuts_word(self.article.text, at, apostrophes=False) for at in (s.start, s.end))
            ]
            if whole:
                yield whole[0]
            else:
                yield self._fault(
                    "key-outside",
                    f"The key words “{key}” do not stand in the quotation.",
                    "Use words of the quotation itself, whole ones, as `key`.",
                )

    # ---- faults ----

    def _fault(self, code: str, message: str, cure: str, span: Span | None = None, about: str = "") -> Diagnostic:
        related = (
            (Related(place_in(f"seeds/{self.article.name}", self.article.text, span.start, span.end), about),)
            if span
            else ()
        )
        return Diagnostic(code, message, self.quotation.place, cure, related=related)

    def _orphaned(self, words: str) -> Diagnostic:
        message = f"These words are not in {self.article.name} ({self.source.siglum}, {self.source.name})."
        if words.strip() != self.quotation.exact.strip():
            message = f"“{words}”, a part of this quotation, is not in {self.article.name} ({self.source.siglum}, {self.source.name})."
        near = nearest_passage(self.article, words)
        if not near or near.likeness < ENOUGH:
            cure = "Nothing like it stands there: is it from another article?"
            return self._fault("quotation-orphaned", message, cure)
        cure = f"The article has:\n{' '.join(near.span.of(self.article.text).split())}"
        return self._fault("quotation-orphaned", message, cure, near.span, "the nearest passage")

    def _ambiguous(self, ways: Sequence[tuple[Span, ...]]) -> Diagnostic:
        file, text = f"seeds/{self.article.name}", self.article.text
        related = tuple(
            Related(place_in(file, text, way[0].start, way[-1].end), f"number {index}")
            for index, way in enumerate(ways[:5], 1)
        )
        return Diagnostic(
            "quotation-ambiguous",
            f"These words stand {len(ways)} times in {self.article.name}.",
            self.quotation.place,
            self._beside_cure(ways[0]),
            related=related,
        )

    def _beside_cure(self, way: tuple[Span, ...]) -> str:
        text = self.article.text
        before = " ".join(text[max(0, way[0].start - 40) : way[0].start].split()[-3:])
        after = " ".join(text[way[-1].end : way[-1].end + 40].split()[:3])
        beside = f"prefix: {_scalar(before)}" if before else f"suffix: {_scalar(after)}"
        return f"Say which one by the words directly before or after it, for the first:\n{beside}"

    def _cut_inside_word(self, span: Span) -> Diagnostic:
        text = self.article.text
        start, end = span.start, span.end
        while cuts_word(text, start):
            start -= 1
        while cuts_word(text, end):
            end += 1
        return self._fault(
            "quotation-cut",
            "The quotation begins or ends inside a word.",
            f"Quote whole words:\n{' '.join(text[start:end].split())}",
            Span(start, end),
            "whole words",
        )

    def _disorder(self, pieces: Sequence[_Piece], places: Sequence[Sequence[Span]]) -> Diagnostic:
        """Why parts that all stand in the article do not make one quotation: the first two that do not fit."""
        for (ones, others), piece in zip(pairwise(places), pieces[1:], strict=True):
            following = [
                (other.start - one.end, one, other) for one in ones for other in others if other.start >= one.end
            ]
            if not following:
                message = "The parts stand in the article, but in another order."
                cure = "Quote them in the article's order, or one by one, as a list."
                return self._fault(
                    "quotation-order", message, cure, others[0], "this part stands before the one it follows here"
                )
            distance, one, other = min(following, key=lambda choice: choice[0])
            if not self._same_paragraph(one, other):
                cure = "Quote them one by one, as a list, or add `allow: [paragraphs]`."
                return self._fault(
                    "quotation-paragraphs", "The parts stand in different paragraphs.", cure, other, "the next part"
                )
            if distance > piece.max_gap:
                joint = piece.joint.strip()
                message = f"{distance} characters are left out; {joint} may stand for at most {piece.max_gap}."
                gap = Span(one.end, other.start)
                return self._fault(
                    "quotation-gap", message, "Quote the parts one by one, as a list.", gap, "this is left out"
                )
        message = "The parts stand in the article, but not one after the other."
        return self._fault("quotation-order", message, "Quote them one by one, as a list.")


def _divide(exact: str) -> tuple[list[_Piece], str]:
    """The parts of a quotation at `[…]` and `[word]`, and an insertion at its end."""
    pieces: list[_Piece] = []
    at, joint = 0, ""
    text = exact.strip()
    for match in _JOINT.finditer(text):
        needle = fold_needle(text[at : match.start()])
        if needle:
            pieces.append(_Piece(joint, needle))
            joint = ""
        joint += re.sub(r"\s+", " ", match[0] if not joint else match[0].lstrip())
        at = match.end()
    needle = fold_needle(text[at:])
    if needle:
        pieces.append(_Piece(joint, needle))
        joint = ""
    return pieces, joint


def _scalar(text: str) -> str:
    """`text` as a YAML scalar that cannot be misread."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
