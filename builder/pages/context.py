"""What all pages of a briefing share: links from where the page stands, sigla, quotations, cells and claims."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from builder import quoting, strings, views
from builder.analysis import Analysis
from builder.analysis.matrix import Cell, Row, Status
from builder.analysis.timeline import Known, Writing
from builder.dates import Edtf, in_words
from builder.model import Because, Passage, Site, Source, Stance
from builder.routes import FEED, BriefingRoute, ItemRoute, Route, SiteRoute, link, path_of
from builder.values import Value


def status_key(status: Status) -> str:
    """A status as a class and an id."""
    return status.replace(" ", "-")


def status_view(status: Status) -> views.Status:
    """A status with its words."""
    label, rule = strings.STATUSES[status]
    return views.Status(status_key(status), label, rule)


def stance_view(stance: Stance) -> views.Stance:
    """A stance with its words."""
    label, rule = strings.STANCES[stance]
    return views.Stance(stance, label, rule)


STANCES = tuple(stance_view(stance) for stance in Stance)
STATUSES = tuple(status_view(status) for status in Status if status is not Status.UNSOURCED)


INTERFACE = "en"
"""The language of the interface's words, and so of pages that hold little else."""


def chrome(site: Site, route: Route, title: str, description: str, **more: object) -> views.Chrome:
    """What is around a page; `more` are fields of views.Chrome."""
    path = path_of(route)
    own = path_of(SiteRoute("index"))
    site_links = tuple(
        views.Link(label, link(path, path_of(SiteRoute(page))), route == SiteRoute(page))
        for label, page in (
            ("Briefings", "index"),
            ("How to read", "how-to-read"),
            ("Corrections", "corrections"),
        )
    )
    contact = None
    if site.corrections:
        href = site.corrections if "://" in site.corrections else f"mailto:{site.corrections}"
        contact = views.Link(site.corrections, href)
    return views.Chrome(
        site=site.title,
        tagline=site.tagline,
        language=INTERFACE if isinstance(route, SiteRoute) and route.page != "index" else site.language,
        title=title,
        description=description,
        root=link(path, own).removesuffix("index.html"),
        canonical=address(site, path) if site.url and route != SiteRoute("404") else None,
        site_links=site_links,
        publisher=site.publisher,
        contact=contact,
        feed=link(path, FEED) if site.url else None,
        **more,  # type: ignore[arg-type]
    )


def address(site: Site, path: str) -> str:
    """A page's own address: absolute where the site's is known. A folder's index is the folder."""
    return (site.url or "") + (path.removesuffix("index.html") if site.url else path)


@dataclass(frozen=True)
class PageContext:
    """One page of a briefing that is being planned."""

    site: Site
    analysis: Analysis
    route: BriefingRoute | ItemRoute

    @property
    def briefing_name(self) -> str:
        """The briefing's folder."""
        return self.route.briefing

    @cached_property
    def path(self) -> str:
        """Where the page stands."""
        return path_of(self.route)

    # ---- links ----

    def to(self, page: str, fragment: str = "") -> str:
        """A link to a page of the briefing."""
        return link(self.path, path_of(BriefingRoute(self.briefing_name, page)), fragment)

    def to_claim(self, id_: str) -> str:
        """A link to a claim's page."""
        return link(self.path, path_of(ItemRoute(self.briefing_name, "claims", id_)))

    def to_source(self, id_: str, fragment: str = "") -> str:
        """A link to a source's page."""
        return link(self.path, path_of(ItemRoute(self.briefing_name, "sources", id_)), fragment)

    def to_row(self, claim: str) -> str:
        """A link to a claim's row in the matrix."""
        return self.to("matrix", f"claim-{claim}")

    def chrome(self, title: str, description: str) -> views.Chrome:
        """What is around the page, with the briefing's own links."""
        briefing = self.analysis.anchored.briefing
        kind = self.route.kind if isinstance(self.route, ItemRoute) else ""
        links = tuple(
            views.Link(label, href, current)
            for label, href, current in (
                ("Overview", self.to("index"), self.route == BriefingRoute(self.briefing_name, "index")),
                ("Matrix", self.to("matrix"), self.route == BriefingRoute(self.briefing_name, "matrix")),
                (
                    "Timeline",
                    self.to("timeline"),
                    self.route == BriefingRoute(self.briefing_name, "timeline"),
                ),
                ("Claims", self.to("index", "claims"), kind == "claims"),
                ("Sources", self.to("index", "sources"), kind == "sources"),
            )
        )
        return chrome(
            self.site,
            self.route,
            title,
            description,
            briefing=briefing.title,
            briefing_links=links,
            draft=briefing.draft,
        )

    # ---- sources ----

    def siglum(self, source: Source) -> views.Siglum:
        """A source's letter."""
        return views.Siglum(source.siglum, source.name, self.to_source(source.id))

    @cached_property
    def sigla(self) -> tuple[views.Siglum, ...]:
        """All sources' letters, in order."""
        return tuple(self.siglum(source) for source in self.analysis.anchored.briefing.sources)

    def source(self, id_: str) -> Source:
        """A source by its id."""
        return next(source for source in self.analysis.anchored.briefing.sources if source.id == id_)

    # ---- quotations ----

    def quote(self, passage: Passage, *, context: bool = False) -> views.Quote:
        """A passage with the way to its words."""
        source = self.source(passage.source)
        article = self.analysis.anchored.articles[passage.source]
        paragraph = article.paragraphs[passage.paragraph]
        label = quoting.label_of(paragraph)
        spoken = label.replace("¶", "paragraph").replace(quoting.NARROW, " ").lower()
        return views.Quote(
            segments=quoting.segments_of(article, passage, context=context),
            href=self.to_source(source.id, quoting.anchor_of(paragraph)),
            place=label,
            place_label=f"{spoken} in text {source.siglum}",
            mode=passage.mode,
            unclosed=passage.unclosed,
            language=source.language,
        )

    # ---- claims ----

    def cell(self, cell: Cell, column: int, *, context: bool = False) -> views.Cell:
        """What one source says to one claim."""
        evidence = cell.evidence
        difference = strings.DIFFERENCES[evidence.differs_in][0] if evidence and evidence.differs_in else None
        origins = self.analysis.anchored.briefing.origins
        return views.Cell(
            source=self.siglum(cell.source),
            stance=stance_view(cell.stance),
            differs_in=difference,
            quotes=tuple(self.quote(passage, context=context) for passage in cell.passages),
            chain=tuple(origins[id_].name for id_ in cell.chain),
            because=self.because(cell),
            note=evidence.note if evidence else None,
            column=column,
        )

    def because(self, cell: Cell) -> str | None:
        """Why a cell is silent, where there is more to say than that it is."""
        if cell.because is not Because.PREDATES:
            return None
        last = cell.source.known_through.date if cell.source.known_through else cell.source.published
        return f"Knows of nothing after {in_words(last)}" if last else strings.ENDS_BEFORE

    def line(self, row: Row, *, context: bool = False) -> views.ClaimLine:
        """A claim with all its cells."""
        count = len(row.independent)
        origins = f"{strings.plural(count, 'independent origin')}" if count > 1 else None
        return views.ClaimLine(
            id=row.claim.id,
            text=row.claim.text,
            question=row.claim.question or row.claim.text,
            href=self.to_claim(row.claim.id),
            matrix_href=self.to_row(row.claim.id),
            status=status_view(row.status),
            origins=origins if row.status is Status.CORROBORATED else None,
            cells=tuple(self.cell(cell, index, context=context) for index, cell in enumerate(row.cells, 1)),
        )

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

    def ledger(self) -> tuple[views.LedgerLine, ...]:
        """How many claims have each status; statuses without any are left out."""
        lines = []
        for status in Status:
            rows = self.analysis.matrix.of_status(status)
            if rows:
                view = status_view(status)
                lines.append(views.LedgerLine(view, len(rows), self.to("matrix", view.key)))
        return tuple(lines)

    # ---- time ----

    def writing(self, source: Source) -> Writing:
        """When a source was written."""
        writings = (h.subject for h in self.analysis.timeline.happenings if isinstance(h.subject, Writing))
        return next(w for w in writings if w.source.id == source.id)

    def written(self, source: Source) -> str:
        """When a source was written, in words."""
        writing = self.writing(source)
        if writing.known is Known.PRINTED and source.published:
            return in_words(source.published)
        if source.known_through:
            return f"No date; knows of {in_words(source.known_through.date)}"
        return "No date"

    def corrections(self, claim: str | None = None) -> tuple[views.CorrectionLine, ...]:
        """The briefing's corrections, newest first; with `claim`, those that concern it."""
        briefing = self.analysis.anchored.briefing
        own = views.Link(briefing.title, self.to("index"))
        lines = []
        for correction in sorted(briefing.corrections, key=lambda c: c.date.text, reverse=True):
            if claim is None or correction.claim == claim:
                about = correction.claim
                concerned = views.Link(self.lines[about].text, self.to_claim(about)) if about else None
                lines.append(
                    views.CorrectionLine(
                        in_words(correction.date),
                        _machine_start(correction.date),
                        concerned,
                        own,
                        correction.changed,
                        correction.before,
                        correction.why,
                    )
                )
        return tuple(lines)


def _machine_start(date: Edtf) -> str:
    """The date for HTML's <time>; of a period, its first day."""
    point = date.start or date.end
    return machine_date(date) or (point.first.isoformat() if point else "")


def machine_date(date: Edtf) -> str | None:
    """The date for HTML's <time>, where it is a plain one."""
    text = date.text.rstrip("?~%")
    plain = date.start is not None and date.start is date.end and date.start.precision.name != "SEASON"
    return text if plain else None


def given_values(row: Row) -> list[tuple[Value, Cell]]:
    """The numbers that sources give for a claim, with words to show for them."""
    return [(c.evidence.value, c) for c in row.cells if c.evidence and c.evidence.value and c.passages]


def value_in_words(value: Value) -> str:
    """`5.5`, `more than 5`, `about 7.5`, `5–6`."""
    if value.comparator == "..":
        return f"{value.low}–{value.high}"
    return f"{strings.COMPARATORS[value.comparator]}{value.anchor}"
