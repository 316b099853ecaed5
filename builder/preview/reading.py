"""The whole article of a source, with what rests on its words and what nobody has used yet: for its curator alone.

Offsets are code points of the article, half-open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from builder import quoting
from builder.analysis.coverage import covered
from builder.anchor import find_quotation
from builder.article import Article, Zone
from builder.build import Studied
from builder.diagnostics import printable
from builder.extracting.sentences import sentences_of
from builder.model import Quotation, Source, Stance
from builder.routes import BriefingRoute, ItemRoute, path_of
from builder.searching.unread import Leftover, Unread, leftover
from builder.strings import plural
from builder.text import Span

Told = dict[str, object]
"""What goes to the browser as JSON."""


class ArticleError(ValueError):
    """One sentence for the curator: why what was asked of an article cannot be given."""


@dataclass(frozen=True, slots=True)
class Use:
    """A quotation that was found in the article, and what rests on it."""

    kind: str
    """`claim`, `event`, `horizon` (the last moment that the text knew of) or `outlook` (what lay ahead of it)."""
    text: str
    href: str
    """Its page, from the site's root."""
    stance: Stance | None
    quotation: Quotation
    parts: tuple[Span, ...]

    @property
    def counts(self) -> bool:
        """Whether the words are used: a claim or an event rests on them. A silent source speaks of something else."""
        return self.kind == "event" or (self.kind == "claim" and self.stance is not Stance.SILENT)


def reading(studied: Studied, source_id: str) -> Told:
    """The article of a source for the browser: its paragraphs in order, each in segments that have the same facts.

    All segments together are the article, letter by letter; the blanks after a paragraph, and those before the first,
    are segments `between`. A segment names its `uses` by their index, and the sentence of `left` that it is left of:
    these are not used, or in part only, and not left out knowingly. Where nothing is left to be used, that is -1. What
    is at fault in the briefing is passed over, and counted. Raises ArticleError where there is no such article.
    """
    source, article = source_of(studied, source_id)
    found = list(uses_of(studied, source, article))
    uses = [use for use in found if use.parts]
    used = [part for use in uses if use.counts for part in use.parts]
    unread = _unread(source, article, used)
    settled = _unread(source, article, [*used, *_left_out(studied, source, article)])
    left = [one for one in settled.sentences if one.left]
    return {
        "language": source.language,
        "paragraphs": _paragraphs(article, uses, left),
        "uses": [_use(use) for use in uses],
        "left": [_left(one) for one in left],
        "counts": _counts(unread, len(found) - len(uses)),
    }


def source_of(studied: Studied, source_id: str) -> tuple[Source, Article]:
    """A source and its article. Raises ArticleError where one of them could not be read."""
    source = next((one for one in studied.briefing.sources if one.id == source_id), None)
    if source is None:
        raise ArticleError(f"There is no source {printable(source_id)} that can be read in this briefing.")
    article = studied.articles.get(source_id)
    if article is None:
        raise ArticleError(f"The article seeds/{printable(source.article)} cannot be read.")
    return source, article


# ---- what rests on it ------------------------------------------------------------------------------------------


def uses_of(studied: Studied, source: Source, article: Article) -> Iterator[Use]:
    """All that the briefing rests on this source: claims, events, what it knew of, what lay ahead of it.

    Without parts where the quotation is not found.
    """
    name = studied.briefing.name
    chronicle = path_of(BriefingRoute(name, "timeline"))

    def use(kind: str, text: str, href: str, stance: Stance | None, quotation: Quotation) -> Use:
        passage = find_quotation(article, source, quotation).value
        parts = passage.spans if passage else ()
        return Use(kind, text, href, stance, quotation, parts)

    for claim in studied.briefing.claims:
        href = path_of(ItemRoute(name, "claims", claim.id))
        for evidence in claim.evidence:
            if evidence.source == source.id:
                for quotation in evidence.quotations:
                    yield use("claim", claim.text, href, evidence.stance, quotation)
    titles = {event.id: event.title for event in studied.briefing.events}
    for event in studied.briefing.events:
        for told_by, quotation in event.quotations:
            if told_by == source.id:
                yield use("event", event.title, f"{chronicle}#event-{event.id}", None, quotation)
    text_at = f"{chronicle}#text-{source.id}"
    if source.known_through and source.known_through.quotation:
        yield use("horizon", "Known through", text_at, None, source.known_through.quotation)
    if source.looks_ahead:
        title = titles.get(source.looks_ahead.event, source.looks_ahead.event)
        yield use("outlook", f"Still ahead: {title}", text_at, None, source.looks_ahead.quotation)


def _use(use: Use) -> Told:
    place = use.quotation.place
    return {
        "kind": use.kind,
        "text": use.text,
        "href": use.href,
        "stance": use.stance.value if use.stance else "",
        "file": place.file,
        "line": place.line,
        "column": place.column,
    }


# ---- what is left ----------------------------------------------------------------------------------------------


def _left_out(studied: Studied, source: Source, article: Article) -> Iterator[Span]:
    """The words that audit.yaml leaves out."""
    for entry in studied.briefing.left_out:
        passage = find_quotation(article, source, entry.quotation).value if entry.source == source.id else None
        yield from (part.span for part in (passage.parts if passage else ()))


def _unread(source: Source, article: Article, used: Sequence[Span]) -> Unread:
    coverage = covered(article, used)
    sentences = sentences_of(article, source.language)
    return Unread(tuple(leftover(article.text, sentence, coverage.shown) for sentence in sentences), coverage)


def _left(one: Leftover) -> Told:
    return {"start": one.left[0].start, "end": one.left[-1].end, "whole": one.untouched}


def _counts(unread: Unread, missing: int) -> Told:
    """Numbers, and the sentence that says them."""
    sentences, coverage = unread.sentences, unread.coverage
    part = f" ({unread.in_part} in part)" if unread.in_part else ""
    told = f"{unread.used} of {plural(len(sentences), 'sentence')}{part}, {coverage.percent} % of the words"
    return {"sentences": len(sentences), "in_part": unread.in_part, "missing": missing, "told": told}


# ---- its paragraphs --------------------------------------------------------------------------------------------


def _paragraphs(article: Article, uses: Sequence[Use], left: Sequence[Leftover]) -> list[Told]:
    """Every paragraph with its segments, and with the blanks that follow it."""
    rows: list[list[Told]] = [[] for _ in article.paragraphs]
    for run in _runs(article, uses, left) if rows else ():
        at = article.paragraph_at(run.start)
        between = not article.paragraphs[at].span.start <= run.start < article.paragraphs[at].span.end
        facts: Told = {
            "used": [] if between else run.used,
            "left": -1 if between else run.left,
            "between": between,
        }
        text = article.text[run.start : run.end]
        if rows[at] and all(rows[at][-1][key] == value for key, value in facts.items()):
            rows[at][-1]["text"] = f"{rows[at][-1]['text']}{text}"
        else:
            rows[at].append({"text": text, "start": run.start, **facts})
    return [
        {
            "zone": paragraph.zone.value,
            "id": quoting.anchor_of(paragraph),
            "label": quoting.label_of(paragraph),
            "proper": paragraph.zone is not Zone.BOILERPLATE,
            "segments": row,
        }
        for paragraph, row in zip(article.paragraphs, rows, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of the article in which nothing starts or ends."""

    start: int
    end: int
    used: list[int]
    """By their index."""
    left: int
    """The index of the sentence that it is left of, or -1."""


def _runs(article: Article, uses: Sequence[Use], left: Sequence[Leftover]) -> Iterator[_Run]:
    """The article from one edge to the next."""
    opened: dict[int, set[int]] = defaultdict(set)
    closed: dict[int, set[int]] = defaultdict(set)
    rests = [(index, part) for index, use in enumerate(uses) for part in use.parts]
    open_ = [(~index, span) for index, one in enumerate(left) for span in one.left]  # below 0, so that they differ
    for index, span in [*rests, *open_]:
        opened[span.start].add(index)
        closed[span.end].add(index)
    edges = {edge for paragraph in article.paragraphs for edge in (paragraph.span.start, paragraph.span.end)}
    now: set[int] = set()
    for start, end in pairwise(sorted({0, len(article.text), *edges, *opened, *closed})):
        now = (now - closed[start]) | opened[start]
        yield _Run(
            start, end, sorted(index for index in now if index >= 0), max((~i for i in now if i < 0), default=-1)
        )
