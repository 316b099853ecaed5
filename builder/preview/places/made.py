"""What made an element of a page, by the names that a curator would use: claim, evidence, quotation and the like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from builder import views
from builder.analysis import Analysis
from builder.analysis.matrix import Cell, Row
from builder.build import ANY_SITE, Studied
from builder.diagnostics import Place
from builder.model import Event, Quotation, Source, Topic
from builder.pages.folder import Folder
from builder.preview.places.lines import Lines
from builder.routes import ItemRoute, link, path_of, route_of
from builder.text import fold_needle
from builder.views.time import TimeChart
from builder.words import ENGLISH, Words


@dataclass(frozen=True, slots=True)
class Made:
    """Elements of a page, and what made them."""

    selector: str
    what: str
    """One word: claim, evidence, quotation, event, source, topic, prose …"""
    label: str
    """The same with a name."""
    place: Place
    words: str = ""
    """Some that stand in each of the elements, letter by letter; nothing where the selector alone is certain."""
    link: str = ""
    """Where each of the elements is a link or holds one: its address, so that nobody need look through the page."""


@dataclass(frozen=True)
class Maker:
    """One page of a briefing that was studied."""

    studied: Studied
    path: str
    """Of the page, below the site."""
    words: Words = ENGLISH
    """Those of the pages: what they print is told as it stands there."""

    @cached_property
    def lines(self) -> Lines:
        """Where everything is written."""
        return Lines(self.studied)

    @cached_property
    def analysis(self) -> Analysis:
        """The briefing's analysis. Raises ValueError where it has faults."""
        if self.studied.analysis is None:
            raise ValueError("a briefing with faults has no pages")
        return self.studied.analysis

    @cached_property
    def folder(self) -> Folder:
        """The folder that the page stands in. None of the site's settings shows in what is asked of it here."""
        route = route_of(self.path)
        return Folder(ANY_SITE, self.analysis, route.kind if isinstance(route, ItemRoute) else "", words=self.words)

    @cached_property
    def rows(self) -> dict[str, Row]:
        """The claims with their cells, by id, in order."""
        return {row.claim.id: row for row in self.analysis.matrix.rows}

    def to(self, kind: str, id_: str) -> str:
        """What links to the page of a claim or source."""
        return f'a[href="{self.address(kind, id_)}"]'

    def address(self, kind: str, id_: str) -> str:
        """The page of a claim or source, as a link on this page names it."""
        return link(self.path, path_of(ItemRoute(self.studied.briefing.name, kind, id_)))

    # ---- what is written ----

    def claim(self, selector: str, row: Row) -> Made:
        """A claim, by its sentence."""
        id_ = row.claim.id
        return Made(selector, "claim", f"Claim ‘{id_}’", self.lines.claim(id_), row.claim.text)

    def question(self, selector: str, row: Row) -> Made:
        """A claim, by its question where it has one."""
        if row.claim.question is None:
            return self.claim(selector, row)
        id_ = row.claim.id
        place = self.lines.claim(id_, "question")
        return Made(selector, "question", f"Question of ‘{id_}’", place, row.claim.question)

    def evidence(self, selector: str, row: Row, cell: Cell, words: str) -> Iterator[Made]:
        """What a source says to a claim, and nothing where the curator wrote none."""
        if cell.evidence:
            label = f"Evidence of {cell.source.siglum} on ‘{row.claim.id}’"
            yield Made(selector, "evidence", label, cell.evidence.place, words)

    def quotation(self, selector: str, label: str, quotation: Quotation, quote: views.Quote) -> Made:
        """A quotation as the page prints it."""
        words = "".join(segment.text for segment in quote.segments if segment.kind != "context")
        return Made(selector, "quotation", f"Quotation of {label}", self.lines.quotation(quotation), words)

    def source(self, selector: str, source: Source) -> Made:
        """A source's entry."""
        return Made(selector, "source", _named(source), self.lines.source(source.id))

    def headline(self, selector: str, source: Source, quote: views.Quote | None) -> Iterator[Made]:
        """The headline of an article, where it has one."""
        paragraphs = self.studied.articles[source.id].paragraphs
        first = next((p for p in paragraphs if p.zone == "headline"), None)
        if first and quote:
            place = self.lines.headline(source, first)
            yield Made(selector, "headline", f"Headline of {source.siglum}", place, quote.segments[0].text)

    def event(self, selector: str, event: Event) -> Made:
        """An event, by its title."""
        return Made(selector, "event", f"Event ‘{event.id}’", self.lines.event(event.id), event.title)

    def topic(self, selector: str, topic: Topic) -> Made:
        """A topic, by its title."""
        return Made(selector, "topic", f"Topic ‘{topic.id}’", self.lines.topic(topic.id), topic.title)

    def front(self, selector: str, what: str) -> Made:
        """What the front matter says under a key."""
        return Made(selector, what, f"{what.capitalize()} of the briefing", self.lines.front(what))

    def correction(self, selector: str, index: int) -> Made:
        """A correction, by its number in the front matter."""
        correction = self.studied.briefing.corrections[index]
        place = self.lines.front("corrections", index, "changed")
        return Made(selector, "correction", f"Correction of {correction.date.text}", place, correction.changed)

    # ---- what several pages show ----

    @cached_property
    def newest(self) -> list[int]:
        """The numbers of the corrections, newest first as on the pages."""
        written = self.studied.briefing.corrections
        return sorted(range(len(written)), key=lambda index: written[index].date.text, reverse=True)

    def corrections(self, selector: str, claim: str | None = None) -> Iterator[Made]:
        """The corrections in a list; with `claim`, those that concern it."""
        written = self.studied.briefing.corrections
        shown = [index for index in self.newest if claim is None or written[index].claim == claim]
        for number, index in enumerate(shown, 1):
            yield self.correction(f"{selector} > li:nth-child({number})", index)

    def chart(self, charts: Iterable[TimeChart]) -> Iterator[Made]:
        """The lines of time charts: events and texts, each as often as it is drawn."""
        drawn = [row.href for chart in charts for row in (*chart.events, *chart.texts)]
        for href in dict.fromkeys(drawn):
            selector = f'.chart li:has(> .label > a[href="{href}"])'
            kind, _, id_ = href.partition("#")[2].partition("-")
            for event in self.studied.briefing.events if kind == "event" else ():
                if event.id == id_:
                    yield replace(self.event(selector, event), link=href)
            for source in self.studied.briefing.sources if kind == "text" else ():
                if source.id == id_:
                    yield replace(self.source(selector, source), link=href)

    def quoted(self, selector: str, row: Row, letter: str, quote: views.Quote) -> Iterator[Made]:
        """Which of a source's quotations a view shows, told by how it is printed; `letter` is the source's."""
        for cell in row.cells:
            if cell.source.siglum == letter and cell.evidence:
                printed = [self.folder.quote(passage) for passage in cell.passages]
                for one, quotation in zip(printed, cell.evidence.quotations, strict=True):
                    if _is_of(quote, one):
                        made = self.quotation(selector, f"{letter} to ‘{row.claim.id}’", quotation, quote)
                        yield made if quote == one else replace(made, place=self._of_key(quotation, quote))
                        break

    def _of_key(self, quotation: Quotation, quote: views.Quote) -> Place:
        """Where the key words are written that a page shows alone."""
        shown = fold_needle(quote.segments[0].text)
        pairs = zip(quotation.key, quotation.key_places, strict=False)
        found = next((place for key, place in pairs if fold_needle(key) == shown), None)
        return self.lines.key(found) if found else self.lines.quotation(quotation)

    def by_letter(self, row: Row, letter: str) -> Cell:
        """What one source says, by its letter."""
        return next(cell for cell in row.cells if cell.source.siglum == letter)


def _is_of(quote: views.Quote, whole: views.Quote) -> bool:
    """Whether a quotation is another one, or the key words of it alone."""
    keys = len(quote.segments) == 1 and quote.segments[0] in whole.segments
    return quote == whole or (keys and replace(whole, segments=quote.segments) == quote)


def _named(source: Source) -> str:
    return f"Source {source.siglum}, {source.name}"
