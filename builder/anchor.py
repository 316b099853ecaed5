"""Finding every quotation in its article, letter by letter.

Exact first, then folded by the declared table (see text). `[…]` and `[word]` divide a quotation into parts that stand
in order. What is ambiguous, orphaned, cut inside a word or found in boilerplate only is a fault with two places: the
quotation's and the article's. The vocabulary is that of the W3C Web Annotation model (TextQuoteSelector).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter

from builder.article import Article, Zone, context_of
from builder.diagnostics import Checked, Diagnostic, has_errors
from builder.misses import Misses
from builder.model import AnchoredBriefing, Briefing, Part, Passage, Quotation, Source
from builder.text import Span, cuts_word, fold_needle, negation_in

MAX_OMISSION = 400
"""Code points that `[…]` may leave out: about sixty words, so that the parts still belong together."""
MAX_REPLACED = 60
"""Code points that `[word]` may replace: a name or a short phrase."""
MAX_PARTS = 12

_JOINT = re.compile(r"\s*\[[^\[\]\n]{1,80}\]\s*")
_OMISSION = re.compile(r"\[\s*(?:…|\.\.\.)\s*\]")
_INSERTED_BEFORE = re.compile(r"\[(?!\s*(?:…|\.\.\.)\s*\])([^\[\]]+)\]\Z")
_INSERTED_AFTER = re.compile(r"\[(?!\s*(?:…|\.\.\.)\s*\])")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of words to find and the joint before it (see model.Part)."""

    joint: str
    typed: str
    """As it is written."""
    needle: str
    """Folded, without white space at its ends."""

    @property
    def max_gap(self) -> int:
        return MAX_OMISSION if _OMISSION.search(self.joint) else MAX_REPLACED

    @property
    def letters(self) -> str:
        """The letters of the first word that the joint stands for: the T of `[T]he`, or nothing."""
        inserted = _INSERTED_BEFORE.search(self.joint)
        return inserted[1] if inserted else ""


def anchor(
    briefing: Briefing, articles: Mapping[str, Article], before: AnchoredBriefing | None = None
) -> Checked[AnchoredBriefing | None]:
    """Find every quotation of a briefing; `articles` by source. The value is None where any is at fault.

    Sources without an article were reported before; what rests on them is passed over. What was found `before` in the
    very same article is taken from there.
    """
    known: dict[Hashable, Passage] = {}
    if before:
        same = {source for source, article in articles.items() if article is before.articles.get(source)}
        known = {asked: passage for asked, passage in before.found.items() if passage.source in same}
    sources = {source.id: source for source in briefing.sources}
    read = [(source, articles[source.id]) for source in briefing.sources if source.id in articles]
    others = {one: [(source, article) for source, article in read if source.id != one] for one in sources}
    diagnostics: list[Diagnostic] = []
    certain: dict[Hashable, Passage] = {}

    def look(source: Source, quotation: Quotation) -> Passage | None:
        asked = _asked(source, quotation)
        passage = known.get(asked)
        if passage is None:
            checked = find_quotation(articles[source.id], source, quotation, others[source.id])
            diagnostics.extend(checked.diagnostics)
            passage = checked.value
            if checked.diagnostics or passage is None:
                return passage
        certain[asked] = passage
        return passage

    def find(source: str, quotations: Iterable[Quotation | None]) -> tuple[Passage, ...]:
        asked = [quotation for quotation in quotations if quotation and source in articles]
        return tuple(passage for quotation in asked if (passage := look(sources[source], quotation)))

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
        left_out={
            s.id: find(s.id, (o.quotation for o in briefing.left_out if o.source == s.id)) for s in briefing.sources
        },
        found=certain,
    )
    return Checked(None if has_errors(diagnostics) else anchored, tuple(diagnostics))


def _asked(source: Source, quotation: Quotation) -> Hashable:
    """All that finding a quotation rests on but the article."""
    words = quotation.exact, quotation.prefix, quotation.suffix, quotation.key, quotation.allow, quotation.reading
    return source.id, source.language, words, quotation.translation


def find_quotation(
    article: Article, source: Source, quotation: Quotation, others: Sequence[tuple[Source, Article]] = ()
) -> Checked[Passage | None]:
    """Find one quotation in its article, or say what is wrong with it and what the article has instead.

    `others` are the other sources of the briefing, in which it may stand instead.
    """
    search = _Search(article, source, quotation, others)
    fits = search.fits()
    if isinstance(fits, Diagnostic):
        return Checked(None, (fits,))
    parts, tail = fits
    words = [part.span for part in parts]
    mode, unclosed = article.mode(words)
    index = article.paragraph_at(parts[0].span.start)
    keys = list(search.keys(parts))
    reading = search.reading(parts)
    warnings = tuple(found for found in (*keys, reading) if isinstance(found, Diagnostic))
    spans = tuple(key for key in keys if isinstance(key, Span))
    zone = article.paragraphs[index].zone
    passage = Passage(
        source.id, parts, tail, spans, zone, index, mode, unclosed, *context_of(article, words),
        reading if isinstance(reading, Span) else None, quotation.translation,
    )  # fmt: skip
    return Checked(passage, warnings)


class _Search:
    """One quotation looked for in one article."""

    def __init__(
        self, article: Article, source: Source, quotation: Quotation, others: Sequence[tuple[Source, Article]] = ()
    ) -> None:
        self.article = article
        self.source = source
        self.quotation = quotation
        self.others = others

    @property
    def misses(self) -> Misses:
        """What is said where it is not found. Made when it is asked for: it holds on to the search."""
        found = self._would_fit, self._stands_beside
        return Misses(self.article, self.source, self.quotation, *found, self.others)

    def _would_fit(self, exact: str) -> bool:
        """Whether the quotation would be found if it had these words."""
        other = _Search(self.article, self.source, replace(self.quotation, exact=exact))
        return not isinstance(other.fits(), Diagnostic)

    def _stands_beside(self, span: Span) -> bool:
        return self._has_beside((span,))

    def fits(self) -> tuple[tuple[Part, ...], str] | Diagnostic:
        """The parts and the tail of the only place that fits, or the fault."""
        whole = list(self.article.folded.find_all(fold_needle(self.quotation.exact)))
        pieces, tail = _divide(self.quotation.exact) if not whole else ([], "")
        if len(pieces) > 1 or tail or (pieces and pieces[0].joint):
            return self._fit_divided(pieces, tail)
        return self._fit_whole(whole)

    def _fit_whole(self, spans: Sequence[Span]) -> tuple[tuple[Part, ...], str] | Diagnostic:
        if not spans:
            return self.misses.orphaned(self.quotation.exact, lambda words: words)
        uncut = [span for span in spans if not self._cuts(span)]
        if not uncut:
            return self.misses.cut(spans[0])
        chosen = self._choose([(span,) for span in uncut])
        return chosen if isinstance(chosen, Diagnostic) else ((Part(chosen[0]),), "")

    # ---- divided quotations ----

    def _fit_divided(self, pieces: Sequence[_Piece], tail: str) -> tuple[tuple[Part, ...], str] | Diagnostic:
        if not 1 <= len(pieces) <= MAX_PARTS:
            return self.misses.parts(len(pieces), MAX_PARTS)
        places = []
        for piece, following in zip(pieces, [*(p.joint for p in pieces[1:]), tail], strict=True):
            found = list(self.article.folded.find_all(piece.needle))
            if not found:
                return self.misses.orphaned(piece.typed, _with_part(pieces, piece, tail), self._reach(pieces, piece))
            # An insertion that touches a word stands for its letters: `[T]he`, `develop[ed]`. An omission does not.
            end = _INSERTED_AFTER.match(following) is None
            uncut = [span for span in found if not self._cuts(span, start=not self._completed(piece, span), end=end)]
            if not uncut:
                reach = self._reach(pieces, piece)
                near = (span for span in found if reach and span in reach)
                cut = next(near, found[0])
                if piece.letters:  # they would stand before a whole word then
                    return self.misses.cut(cut)
                return self.misses.cut(cut, _with_part(pieces, piece, tail))
            places.append(uncut)
        ways = self._in_order(pieces, places)
        if not ways:
            return self._disorder(pieces, places)
        chosen = self._choose(ways)
        if isinstance(chosen, Diagnostic):
            return chosen
        negated = self._swallowed_negation(chosen)
        return negated or (tuple(Part(span, piece.joint) for span, piece in zip(chosen, pieces, strict=True)), tail)

    def _reach(self, pieces: Sequence[_Piece], part: _Piece) -> Span | None:
        """Where a part should stand: not further from the nearest other part that is found than it may be."""
        at = pieces.index(part)
        far = MAX_OMISSION + len(part.needle)
        for other in pieces[at + 1 :]:
            if span := next(self.article.folded.find_all(other.needle), None):
                return Span(max(0, span.start - far), span.start)
        for other in reversed(pieces[:at]):
            if span := next(self.article.folded.find_all(other.needle), None):
                return Span(span.end, min(len(self.article.text), span.end + far))
        return None

    def _in_order(self, pieces: Sequence[_Piece], places: Sequence[Sequence[Span]]) -> list[tuple[Span, ...]]:
        """Ways to place the parts in order within their bounds, the closest for each start and end.

        Ways that begin and end at the same words differ only inside, so one of them stands for all; that, and
        looking at three places for the next part at most, keeps the work bounded for any text.
        """
        ways: list[tuple[Span, ...]] = [(span,) for span in places[0]]
        for piece, spans in zip(pieces[1:], places[1:], strict=True):
            longer: dict[tuple[int, int], tuple[Span, ...]] = {}
            for way in ways:
                first = bisect_left(spans, way[-1].end, key=attrgetter("start"))
                for span in spans[first : first + 3]:
                    if span.start <= way[-1].end + piece.max_gap and self._same_paragraph(way[-1], span):
                        longer.setdefault((way[0].start, span.end), (*way, span))
            ways = list(longer.values())[:1000]
        return ways

    def _disorder(self, pieces: Sequence[_Piece], places: Sequence[Sequence[Span]]) -> Diagnostic:
        """Why parts that all stand in the article make no quotation: the first two that do not fit."""
        for (ones, others), piece in zip(pairwise(places), pieces[1:], strict=True):
            nexts = ((one, bisect_left(others, one.end, key=attrgetter("start"))) for one in ones)
            following = [(others[at].start - one.end, one, others[at]) for one, at in nexts if at < len(others)]
            if not following:
                return self.misses.order(others[0])
            distance, one, other = min(following, key=lambda pair: pair[0])
            if not self._same_paragraph(one, other):
                return self.misses.paragraphs(other)
            if distance > piece.max_gap:
                return self.misses.gap(Span(one.end, other.start), piece.joint.strip(), piece.max_gap)
        return self.misses.order(places[-1][0])

    def _same_paragraph(self, one: Span, other: Span) -> bool:
        same = self.article.paragraph_at(one.start) == self.article.paragraph_at(other.start)
        return same or "paragraphs" in self.quotation.allow

    def _swallowed_negation(self, spans: Sequence[Span]) -> Diagnostic | None:
        text = self.article.text
        for one, other in zip(spans, [*spans[1:], None], strict=True):
            start = one.end
            while cuts_word(text, start):  # the word that an insertion ends belongs to what it replaces: "can't"
                start -= 1
            end = one.end if other is None else other.start
            while other is None and cuts_word(text, end):
                end += 1
            gap = Span(start, end)
            word = negation_in(gap.of(text), self.source.language)
            if word and "negation" not in self.quotation.allow:
                return self.misses.negation(gap, word)
        return None

    # ---- choosing ----

    def _choose(self, ways: Sequence[tuple[Span, ...]]) -> tuple[Span, ...] | Diagnostic:
        """The only way that fits prefix, suffix, zone and paragraph."""
        beside = [way for way in ways if self._has_beside(way)]
        if not beside:
            return self.misses.not_beside(ways[0], once=len(ways) == 1)
        proper = [way for way in beside if all(map(self._is_proper, way))]
        if not proper:
            return self.misses.boilerplate(beside[0][0])
        # Exact goes before folded: of two places that differ in their marks, the one as typed is meant.
        typed = self.quotation.exact.strip()
        exact = [way for way in proper if len(way) == 1 and way[0].of(self.article.text) == typed]
        closest = {way[0].start: way for way in reversed(exact or proper)}
        if len(closest) > 1:
            return self.misses.ambiguous(sorted(closest.values()))
        (way,) = closest.values()
        across = [span for span in way if not self._same_paragraph(span, Span(span.end - 1, span.end))]
        return self.misses.paragraphs(across[0]) if across else way

    def _has_beside(self, way: tuple[Span, ...]) -> bool:
        text, prefix, suffix = self.article.text, self.quotation.prefix or "", self.quotation.suffix or ""
        if not prefix and not suffix:
            return True
        before = fold_needle(text[max(0, way[0].start - 2 * len(prefix) - 200) : way[0].start])
        after = fold_needle(text[way[-1].end : way[-1].end + 2 * len(suffix) + 200])
        return before.endswith(fold_needle(prefix)) and after.startswith(fold_needle(suffix))

    def _is_proper(self, span: Span) -> bool:
        first, last = self.article.paragraph_at(span.start), self.article.paragraph_at(span.end - 1)
        return all(p.zone is not Zone.BOILERPLATE for p in self.article.paragraphs[first : last + 1])

    def _completed(self, piece: _Piece, span: Span) -> bool:
        """Whether the letters before a part are those that the article's word begins with, but for their case."""
        text, at = self.article.text, span.start - len(piece.letters)
        same = at >= 0 and text[at : span.start].casefold() == piece.letters.casefold()
        return piece.letters != "" and same and not cuts_word(text, at)

    def _cuts(self, span: Span, *, start: bool = True, end: bool = True, apostrophes: bool = True) -> bool:
        text = self.article.text
        return (start and cuts_word(text, span.start, apostrophes=apostrophes)) or (
            end and cuts_word(text, span.end, apostrophes=apostrophes)
        )

    # ---- key words ----

    def keys(self, parts: Sequence[Part]) -> Iterator[Span | Diagnostic]:
        """Where the key words stand within the parts."""
        for index, key in enumerate(self.quotation.key):
            place = next(iter(self.quotation.key_places[index : index + 1]), None)
            yield self._inside(key, parts) or self.misses.key(key, place)

    def reading(self, parts: Sequence[Part]) -> Span | Diagnostic | None:
        """Where the utterance's words stand within one of the parts; None where the curator names none."""
        words = self.quotation.reading
        return None if words is None else self._inside(words, parts) or self.misses.reading(words)

    def _inside(self, words: str, parts: Sequence[Part]) -> Span | None:
        spans = self.article.folded.find_all(fold_needle(words))
        inside = (span for span in spans if any(span in part.span for part in parts))
        return next((span for span in inside if not self._cuts(span, apostrophes=False)), None)


def _divide(exact: str) -> tuple[list[_Piece], str]:
    """The parts of a quotation at `[…]` and `[word]`, and an insertion at its end."""
    pieces: list[_Piece] = []
    at, joint = 0, ""
    text = exact.strip()
    for match in _JOINT.finditer(text):
        needle = fold_needle(text[at : match.start()])
        if needle:
            pieces.append(_Piece(joint, text[at : match.start()].strip(), needle))
            joint = ""
        joint += re.sub(r"\s+", " ", match[0] if not joint else match[0].lstrip())
        at = match.end()
    needle = fold_needle(text[at:])
    if needle:
        pieces.append(_Piece(joint, text[at:].strip(), needle))
        joint = ""
    return pieces, joint


def _with_part(pieces: Sequence[_Piece], part: _Piece, tail: str) -> Callable[[str], str]:
    """How the whole quotation is written with other words in the place of a part."""
    return lambda words: "".join(p.joint + (words if p is part else p.typed) for p in pieces) + tail
