"""What all pages of a briefing share: links from where the page stands, sigla, quotations, cells and claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache

from builder import quoting, strings, views
from builder.analysis import Analysis
from builder.analysis.apparatus import Collation
from builder.analysis.matrix import Cell, Row, Silence, Status, last_known
from builder.analysis.testimony import Agreement
from builder.anchors import cell_anchor
from builder.article import Article
from builder.dates import Edtf, parse_date
from builder.locales import wider
from builder.model import Because, Difference, Passage, Site, Source, Stance
from builder.pages.picture import link_picture
from builder.routes import BRIEFING_PAGES, FEED, BriefingRoute, ItemRoute, Route, SiteRoute, link, path_of
from builder.values import DATE, Value, rounded
from builder.words import ENGLISH, N_, Words, direction


def status_key(status: Status) -> str:
    """A status as a class and an id."""
    return status.replace(" ", "-")


@lru_cache(maxsize=8)
def stances(words: Words) -> Mapping[Stance, views.Stance]:
    """The stances with their words."""
    told = strings.STANCES
    return {stance: views.Stance(stance.value, *map(words.gettext, told[stance])) for stance in Stance}


@lru_cache(maxsize=8)
def statuses(words: Words) -> Mapping[Status, views.Status]:
    """The statuses with their words."""
    told = strings.STATUSES
    return {status: views.Status(status_key(status), *map(words.gettext, told[status])) for status in Status}


def usual_statuses(words: Words) -> tuple[views.Status, ...]:
    """Those that a legend tells of: no claim of a finished briefing is without a source."""
    return tuple(view for status, view in statuses(words).items() if status is not Status.UNSOURCED)


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


def chrome(site: Site, words: Words, route: Route, title: str, description: str, **more: object) -> views.Chrome:
    """What is around a page; `more` are fields of views.Chrome."""
    path = path_of(route)
    root = "../" * path.count("/")
    own = route.page if isinstance(route, SiteRoute) else ""
    within = "" if isinstance(route, SiteRoute) else f"?in={route.briefing}"
    language = site.language if own in ("", "index") else words.language
    site_links = (
        views.Link(words.gettext("Briefings"), f"{root}index.html", own == "index"),
        views.Link(words.gettext("Search"), f"{root}search.html{within}", own == "search"),
        views.Link(words.gettext("How to read"), f"{root}how-to-read.html", own == "how-to-read"),
        views.Link(words.gettext("Corrections"), f"{root}corrections.html", own == "corrections"),
    )
    contact = None
    if site.corrections:
        href = site.corrections if "://" in site.corrections else f"mailto:{site.corrections}"
        contact = views.Link(site.corrections, href)
    return views.Chrome(
        site=site.title,
        tagline=site.tagline,
        language=language,
        direction=direction(language),
        interface=None if wider(language)[-1] == wider(words.language)[-1] else words.language,
        title=title,
        description=description,
        root=root,
        canonical=address(site, path) if site.url and own != "404" else None,
        site_links=site_links,
        publisher=site.publisher,
        contact=contact,
        feed=root + FEED if site.url else None,
        picture=link_picture(site, words, route, title, str(more["briefing"]) if "briefing" in more else None),
        **more,  # type: ignore[arg-type]
    )


def address(site: Site, path: str) -> str:
    """A page's own address: absolute where the site's is known. A folder's index is the folder."""
    return (site.url or "") + (path.removesuffix("index.html") if site.url else path)


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
                _machine_start(correction.date),
                views.Link(texts[about], self.to_claim(about)) if about else None,
                own,
                correction.changed,
                correction.before,
                correction.why,
            )
            lines.append((about, line))
        return lines


@dataclass(frozen=True)
class PageContext:
    """One page of a briefing that is being planned."""

    folder: Folder
    route: BriefingRoute | ItemRoute

    @property
    def analysis(self) -> Analysis:
        """The briefing's analysis."""
        return self.folder.analysis

    @cached_property
    def path(self) -> str:
        """Where the page stands."""
        return path_of(self.route)

    @property
    def own(self) -> str:
        """Its name, where it is one of the briefing's own pages."""
        return self.route.page if isinstance(self.route, BriefingRoute) else ""

    def to(self, page: str, fragment: str = "") -> str:
        """A link to a page of the briefing."""
        anchor = f"#{fragment}" if fragment else ""
        return anchor if anchor and page == self.own else self.folder.pages[page] + anchor

    def chrome(self, title: str, description: str, trail: Sequence[views.Link] = ()) -> views.Chrome:
        """What is around the page, with the briefing's own links.

        `trail` leads from the briefing to the page itself; one of the briefing's own pages needs none.
        """
        briefing = self.analysis.anchored.briefing
        words = self.folder.words
        links = (
            *(
                views.Link(words.gettext(strings.PAGES[own]), self.to(own), self.own == own)
                for own in self.folder.shown
            ),
            views.Link(words.gettext("Claims"), self.to("index", "claims"), self.folder.kind == "claims"),
            views.Link(words.gettext("Sources"), self.to("index", "sources"), self.folder.kind == "sources"),
        )
        return chrome(
            self.folder.site,
            words,
            self.route,
            title,
            description,
            briefing=briefing.title,
            briefing_links=links,
            crumbs=self._crumbs(trail),
            draft=briefing.draft,
        )

    def _crumbs(self, trail: Sequence[views.Link]) -> tuple[views.Link, ...]:
        words = self.folder.words
        if not trail and self.own != "index":
            trail = (views.Link(words.gettext(strings.PAGES[self.own]), self.to(self.own), True),)
        root = "../" * self.path.count("/")
        return (
            views.Link(words.gettext("Briefings"), f"{root}index.html"),
            views.Link(self.analysis.anchored.briefing.title, self.to("index"), not trail),
            *trail,
        )

    def ledger(self) -> tuple[views.LedgerLine, ...]:
        """How many claims have each status; statuses without any are left out."""
        lines = []
        for status in Status:
            rows = self.analysis.matrix.of_status(status)
            if rows:
                view = self.folder.status(status)
                lines.append(views.LedgerLine(view, len(rows), self.to("matrix", view.key)))
        return tuple(lines)


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


def differs_in(differences: Iterable[Difference], words: Words) -> str | None:
    """In what words that qualify differ: "in precision", "in scope, as an expectation"; None where in nothing."""
    told = [words.gettext(strings.DIFFERENCES[one][0]) for one in differences]
    first = told[0] if told else None
    return words.gettext("%(first)s, %(second)s", first=first, second=told[1]) if len(told) > 1 else first


def because(cell: Cell, words: Words = ENGLISH) -> str | None:
    """How a silence is known, in a few words; None where the cell speaks."""
    if cell.silence is None:
        return None
    told = cell.evidence.because if cell.evidence else None
    if cell.silence is Silence.STATED and (told or cell.because is not Because.PREDATES):
        return words.gettext(_STATED[told])
    last = last_known(cell.source)
    date = words.date(last) if last else ""
    if cell.because is Because.PREDATES:
        known = words.gettext("Knows of nothing after %(date)s", date=date)
        return known if date else words.gettext(strings.ENDS_BEFORE)
    if cell.silence is Silence.OMITTED:
        return words.gettext(strings.LEAVES_OUT)
    unsure = words.gettext("Knows of nothing after %(date)s, and may be younger", date=date)
    return unsure if date else words.gettext(strings.UNDATED)


_STATED = {
    None: N_("As the curator states"),
    Because.PREDATES: N_("Ends before it, as the curator states"),
    Because.OMITTED: N_("Leaves it out, as the curator states"),
}


def outlet_of(source: Source, words: Words) -> str:
    """Who published a text, where it says so."""
    return source.outlet or words.gettext("Outlet not named")


def written(source: Source, words: Words = ENGLISH) -> str:
    """When a source was written, in words."""
    if source.published:
        return words.date(source.published)
    if source.known_through:
        return words.gettext("No date; knows of %(date)s", date=words.date(source.known_through.date))
    return words.gettext("No date")


def _machine_start(date: Edtf) -> str:
    """The date for HTML's <time>; of a period, its first day."""
    point = date.start or date.end
    return machine_date(date) or (point.first.isoformat() if point else "")


def machine_date(date: Edtf) -> str | None:
    """The date for HTML's <time>, where it is a plain one."""
    text = date.text.rstrip("?~%")
    plain = date.start is not None and date.start is date.end and date.start.precision.name != "SEASON"
    return text if plain else None


def value_in_words(value: Value, words: Words = ENGLISH) -> str:
    """As the source gives it: `5.5`, `more than 5`, `5–6`, `330 minutes`, `$1.2 million`, `18 June 2023`."""
    if value.unit == DATE:
        return words.date(parse_date(value.figure))
    figure = _POINT.sub(lambda found: words.decimal(Decimal(found[0])), value.figure).replace("..", "–")
    if value.unit and value.text.endswith(f" {value.unit}"):
        figure = f"{figure} {value.unit}"
    return compared(value, f"{'' if figure.endswith(value.unit) else value.unit}{figure}", words)


_POINT = re.compile(r"\b\d+\.\d+\b")
"""A number with a decimal point, as a curator writes it."""


def converted_in_words(value: Value, words: Words = ENGLISH) -> str | None:
    """The same in the unit of its claim, as finely as it was printed; None where it is given in that."""
    if not value.converted:
        return None
    low, high = (words.decimal(number) if number is not None else "" for number in rounded(value))
    return compared(value, low if low == high or not high else high if not low else f"{low}–{high}", words)


def compared(value: Value, figure: str, words: Words) -> str:
    """A figure with the limit that a value sets: `more than 5`."""
    said = strings.COMPARATORS[value.comparator]
    return words.gettext(said, number=figure) if said else figure
