"""What all pages in one folder of a briefing show alike: links, sigla, quotations, cells and claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from builder import quoting, strings, views
from builder.analysis import Analysis
from builder.analysis.apparatus import Collation
from builder.analysis.matrix import Cell, Row, Status
from builder.analysis.testimony import Agreement
from builder.anchors import cell_anchor
from builder.article import Article
from builder.model import Difference, Passage, Site, Source, Stance
from builder.pages.labels import because, differs_in, machine_start, outlet_of, stances, statuses
from builder.routes import BRIEFING_PAGES, BriefingRoute, ItemRoute, link, path_of
from builder.words import ENGLISH, Words


def shown(analysis: Analysis) -> tuple[str, ...]:
    """The briefing's own pages that have something to show."""
    cells = [cell for row in analysis.matrix.rows for cell in row.cells]
    has = {
        "wording": bool(analysis.apparatus) or any(family.claims for family in analysis.families),
        "numbers": bool(analysis.ledger),
        "origins": any(cell.chain for cell in cells) or bool(analysis.shared),
        "coverage": bool(cells),
    }
    return tuple(page for page in strings.PAGES if has.get(page, True))


@dataclass(frozen=True)
class Folder:
    """A folder of a briefing: what its pages show alike, as their links to other pages are the same."""

    site: Site
    analysis: Analysis
    kind: str = ""
    """`claims` or `sources`; the briefing's own folder has none."""
    known: Mapping[str, views.ClaimLine] = field(default_factory=dict)
    """Claims, by id, that were planned before and would come out the same: with context in `claims`, else without."""
    words: Words = ENGLISH

    @cached_property
    def path(self) -> str:
        """Of a page in it."""
        name = self.analysis.anchored.briefing.name
        return path_of(ItemRoute(name, self.kind, "x") if self.kind else BriefingRoute(name, "x"))

    # ---- links ----

    def to_claim(self, id_: str) -> str:
        """A link to a claim's page."""
        return self._claims[id_]

    def to_source(self, id_: str) -> str:
        """A link to a source's page."""
        return self._sigla[id_].href

    @cached_property
    def _claims(self) -> dict[str, str]:
        return {row.claim.id: self._to("claims", row.claim.id) for row in self.analysis.matrix.rows}

    def _to(self, kind: str, id_: str) -> str:
        return link(self.path, path_of(ItemRoute(self.analysis.anchored.briefing.name, kind, id_)))

    @cached_property
    def pages(self) -> dict[str, str]:
        """Links to the briefing's own pages."""
        name = self.analysis.anchored.briefing.name
        return {page: link(self.path, path_of(BriefingRoute(name, page))) for page in BRIEFING_PAGES}

    # ---- sources ----

    def siglum(self, source: Source) -> views.Siglum:
        """A source's letter."""
        return self._sigla[source.id]

    @cached_property
    def sigla(self) -> tuple[views.Siglum, ...]:
        """All sources' letters, in order."""
        return tuple(self._sigla.values())

    @cached_property
    def _sigla(self) -> dict[str, views.Siglum]:
        return {
            one.id: views.Siglum(
                one.siglum,
                outlet_of(one, self.words),
                self._to("sources", one.id),
                cell_anchor(one.id),
                tuple(map(cell_anchor, one.was)),
            )
            for one in self._sources.values()
        }

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {source.id: source for source in self.analysis.anchored.briefing.sources}

    def column(self, source: str) -> tuple[tuple[Row, Cell], ...]:
        """What one source says, claim by claim."""
        return self._columns[source]

    @cached_property
    def _columns(self) -> dict[str, tuple[tuple[Row, Cell], ...]]:
        return {id_: self.analysis.matrix.of_source(id_) for id_ in self._sources}

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """The briefing's own pages that have something to show."""
        return shown(self.analysis)

    @cached_property
    def agreements(self) -> dict[str, list[Agreement]]:
        """How each source stands to the others, by source, in their order."""
        found: dict[str, list[Agreement]] = {id_: [] for id_ in self._sources}
        for pair in self.analysis.agreements:
            found[pair.one].append(pair)
            found[pair.other].append(pair)
        return found

    # ---- quotations ----

    def quote(self, passage: Passage, *, context: bool = False) -> views.Quote:
        """A passage with the way to its words."""
        article, source = self.analysis.anchored.articles[passage.source], self._sources[passage.source]
        return quote_view(article, source, passage, self.to_source(source.id), self.words, context=context)

    def source_quote(self, passage: Passage) -> views.SourceQuote:
        """A passage with its source."""
        return views.SourceQuote(self._sigla[passage.source], self.quote(passage))

    # ---- claims ----

    def stance(self, stance: Stance) -> views.Stance:
        """A stance with its words."""
        return stances(self.words)[stance]

    def status(self, status: Status) -> views.Status:
        """A status with its words."""
        return statuses(self.words)[status]

    def cell(self, cell: Cell, column: int, *, context: bool = False) -> views.Cell:
        """What one source says to one claim."""
        evidence = cell.evidence
        differs = dict.fromkeys([evidence.differs_in] if evidence and evidence.differs_in else [])
        differs |= {Difference.EXPECTATION: None} if cell.foresees else {}
        origins = self.analysis.anchored.briefing.origins
        return views.Cell(
            source=self.siglum(cell.source),
            stance=self.stance(cell.stance),
            differs_in=differs_in(differs, self.words),
            quotes=tuple(self.quote(passage, context=context) for passage in cell.passages),
            chain=tuple(origins[id_].name for id_ in cell.chain),
            because=because(cell, self.words),
            note=evidence.note if evidence else None,
            column=column,
        )

    def line(self, row: Row, *, context: bool = False) -> views.ClaimLine:
        """A claim with all its cells."""
        known = self.known.get(row.claim.id)
        if known is not None and context == (self.kind == "claims"):
            return known
        words, count = self.words, len(row.independent)
        origins = words.ngettext("%(num)s independent origin", "%(num)s independent origins", count)
        return views.ClaimLine(
            id=row.claim.id,
            text=row.claim.text,
            question=row.claim.question or row.claim.text,
            href=self.to_claim(row.claim.id),
            status=self.status(row.status),
            origins=origins if count > 1 and row.status is Status.CORROBORATED else None,
            cells=tuple(self.cell(cell, index, context=context) for index, cell in enumerate(row.cells, 1)),
            related=tuple(
                views.Tie(
                    words.gettext(strings.RELATIONS[other.how][0]),
                    views.Link(self.rows[other.claim].claim.text, self.to_claim(other.claim)),
                )
                for other in self.analysis.relations.get(row.claim.id, ())
            ),
        )

    @cached_property
    def collations(self) -> dict[str, Collation]:
        """The utterances with their readings, by claim."""
        return {collation.claim: collation for collation in self.analysis.apparatus}

    @cached_property
    def rows(self) -> dict[str, Row]:
        """The matrix, by claim."""
        return {row.claim.id: row for row in self.analysis.matrix.rows}

    @cached_property
    def lines(self) -> dict[str, views.ClaimLine]:
        """Every claim, by id, in order."""
        return {row.claim.id: self.line(row) for row in self.analysis.matrix.rows}

    @cached_property
    def topics(self) -> tuple[views.TopicGroup, ...]:
        """The claims by topic; topics without any are left out."""
        groups = []
        for topic in self.analysis.anchored.briefing.topics:
            rows = self.analysis.matrix.of_topic(topic.id)
            if rows:
                groups.append(views.TopicGroup(topic.id, topic.title, tuple(self.lines[row.claim.id] for row in rows)))
        return tuple(groups)

    def corrections(self, claim: str | None = None) -> tuple[views.CorrectionLine, ...]:
        """The briefing's corrections, newest first; with `claim`, those that concern it."""
        return tuple(line for about, line in self._corrections if claim is None or about == claim)

    @cached_property
    def _corrections(self) -> list[tuple[str | None, views.CorrectionLine]]:
        """All of them, each with the claim that it concerns."""
        briefing = self.analysis.anchored.briefing
        own = views.Link(briefing.title, self.pages["index"])
        texts = {row.claim.id: row.claim.text for row in self.analysis.matrix.rows}
        lines = []
        for correction in sorted(briefing.corrections, key=lambda c: c.date.text, reverse=True):
            about = correction.claim
            line = views.CorrectionLine(
                self.words.date(correction.date),
                machine_start(correction.date),
                views.Link(texts[about], self.to_claim(about)) if about else None,
                own,
                correction.changed,
                correction.before,
                correction.why,
            )
            lines.append((about, line))
        return lines


def quote_view(
    article: Article, source: Source, passage: Passage, page: str, words: Words = ENGLISH, *, context: bool = False
) -> views.Quote:
    """A passage with the way to its words; `page` leads to its source's page, and is empty on that page itself."""
    paragraph = article.paragraphs[passage.paragraph]
    return views.Quote(
        segments=quoting.segments_of(article, passage, context=context),
        href=f"{page}#{quoting.anchor_of(paragraph)}",
        place=quoting.label_of(paragraph, words),
        place_label=quoting.spoken_label(paragraph, source.siglum, words),
        mode=passage.mode,
        unclosed=passage.unclosed,
        language=source.language,
        translation=passage.translation,
    )
