"""Whom the texts rest on: origins, chains, independence, shared text."""

from __future__ import annotations

from collections import Counter, defaultdict

from builder import strings, views
from builder.analysis.chains import side_of
from builder.analysis.matrix import Row
from builder.analysis.origins import Credited
from builder.model import Stance
from builder.pages.context import Folder, PageContext
from builder.pages.flow import NO_SIDE, UNNAMED, ends_of, flow_picture
from builder.pages.page import Page
from builder.pages.shared import shared_intro, shared_pairs
from builder.routes import BriefingRoute
from builder.views.origins import (
    ClaimOrigins,
    CountRow,
    CreditedBy,
    Independence,
    OriginEntry,
    OriginGroup,
    OriginsPage,
)


def origins_page(folder: Folder) -> Page:
    """The page."""
    analysis = folder.analysis
    route = BriefingRoute(analysis.anchored.briefing.name, "origins")
    page = PageContext(folder, route)
    parts = _Origins(folder)
    sides = parts.sides()
    view = OriginsPage(
        chrome=page.chrome(
            f"Origins: {analysis.anchored.briefing.title}",
            "Whom the texts rest on, how many independent origins support each claim, and text that they share.",
        ),
        intro=parts.intro(),
        columns=folder.sigla,
        picture=flow_picture(analysis.anchored.briefing, analysis.flow.pieces),
        ends=parts.ends(),
        topics=parts.topics(),
        independent=parts.independent(),
        groups=parts.groups(),
        sides=sides,
        coverage_href=page.to("coverage") if sides else None,
        shared_intro=shared_intro(folder),
        shared=shared_pairs(folder, parts.named),
    )
    return Page(route, "origins.html", view)


class _Origins:
    """The parts of the page."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.analysis = folder.analysis
        self.briefing = folder.analysis.anchored.briefing
        self.flow = folder.analysis.flow
        self.origins = self.briefing.origins
        self.sources = {source.id: source for source in self.briefing.sources}

    def siglum(self, source: str) -> views.Siglum:
        """A source's letter."""
        return self.folder.siglum(self.sources[source])

    def named(self, id_: str) -> str:
        """An origin's name; where it is a text of the briefing, with that text's letter."""
        origin = self.origins[id_]
        return f"{origin.name} (text {self.sources[origin.source].siglum})" if origin.source else origin.name

    # ---- in numbers ----

    def intro(self) -> str:
        """How much rests on anybody."""
        pieces = strings.plural(len(self.flow.pieces), "piece") + " of evidence"
        named = [piece for piece in self.flow.pieces if piece.chain]
        if not named:
            return f"{pieces}. No text names an origin for any of it."
        ends = strings.plural(len({piece.chain[-1] for piece in named}), "origin")
        unnamed = len(self.flow.pieces) - len(named)
        rest = f"{unnamed} name none." if unnamed else "All of them name one."
        return (
            f"{pieces}: what one text says to one claim. {len(named)} name whom they have it from; followed to the "
            f"end, their chains lead to {ends}. {rest}"
        )

    def ends(self) -> tuple[CountRow, ...]:
        """Where the chains end, by text, most first within a side; evidence without an origin last."""
        numbers: dict[str, Counter[str]] = defaultdict(Counter)
        for piece in self.flow.pieces:
            numbers[piece.chain[-1] if piece.chain else ""][piece.source] += 1
        rows = [
            self._row(self.named(id_), numbers[id_], f"#{_anchor(id_)}", self.origins[id_].side)
            for id_ in ends_of(self.flow.pieces, self.origins)
        ]
        return (*rows, self._row(UNNAMED, numbers[""])) if numbers[""] else tuple(rows)

    def topics(self) -> tuple[CountRow, ...]:
        """The same evidence by topic."""
        numbers: dict[str, Counter[str]] = defaultdict(Counter)
        for piece in self.flow.pieces:
            numbers[piece.topic][piece.source] += 1
        matrix = self.folder.pages["matrix"]
        return tuple(
            self._row(topic.title, numbers[topic.id], f"{matrix}#topic-{topic.id}")
            for topic in self.briefing.topics
            if topic.id in numbers
        )

    def sides(self) -> tuple[CountRow, ...]:
        """How many claims each text speaks to with the words of a side."""
        names = dict.fromkeys(origin.side for origin in self.origins.values() if origin.side)
        return tuple(
            self._row(name, Counter({one.source.id: len(one.sides.get(name, ())) for one in self.analysis.testimony}))
            for name in names
        )

    def _row(self, label: str, numbers: Counter[str], href: str | None = None, about: str | None = None) -> CountRow:
        return CountRow(label, href, about, tuple(numbers[source] for source in self.sources), numbers.total())

    # ---- independence ----

    def independent(self) -> tuple[Independence, ...]:
        """The claims by how many independent origins support them."""
        return tuple(self._independence(number, rows) for number, rows in self.flow.independent)

    def _independence(self, number: int, rows: tuple[Row, ...]) -> Independence:
        label = strings.sentence(strings.plural(number, "independent origin")) if number else UNNAMED
        rules = {
            0: "The texts that support it credit nobody for it, so there is no origin to count.",
            1: "All texts that name an origin have it from the same one, however many they are.",
        }
        rule = rules.get(number, "Chains of the texts that support it end with different origins.")
        return Independence(label, rule, tuple(map(self._claim, rows)), number > 1)

    def _claim(self, row: Row) -> ClaimOrigins:
        return ClaimOrigins(
            views.Link(row.claim.text, self.folder.to_claim(row.claim.id)),
            tuple(self.named(id_) for id_ in row.independent),
            tuple(self.folder.siglum(cell.source) for cell in row.cells if cell.stance is Stance.SUPPORTS),
        )

    # ---- one by one ----

    def groups(self) -> tuple[OriginGroup, ...]:
        """All origins that are credited, by the side that their chain ends with."""
        groups: dict[str | None, list[OriginEntry]] = defaultdict(list)
        for credited in self.flow.origins:
            groups[side_of(credited.chain, self.origins)].append(self._entry(credited))
        sides = dict.fromkeys(origin.side for origin in self.origins.values() if origin.side)
        titles: dict[str | None, str] = {**dict(zip(sides, sides, strict=True)), None: NO_SIDE if sides else ""}
        return tuple(OriginGroup(title, tuple(groups[side])) for side, title in titles.items() if groups[side])

    def _entry(self, credited: Credited) -> OriginEntry:
        origin = self.origins[credited.origin]
        pieces = f"{strings.plural(credited.pieces, 'piece')} of evidence"
        does = "rests" if credited.pieces == 1 else "rest"
        return OriginEntry(
            anchor=_anchor(origin.id),
            name=origin.name,
            kind=origin.kind,
            chain=tuple(self.named(id_) for id_ in credited.chain[1:]),
            is_text=self.siglum(origin.source) if origin.source else None,
            rests=f"{pieces} {does} on it" if credited.pieces else "No claim rests on it",
            credited=tuple(self._credited_by(source, claims) for source, claims in credited.nearest),
            whole=tuple(map(self.siglum, credited.whole)),
        )

    def _credited_by(self, source: str, claims: tuple[str, ...]) -> CreditedBy:
        siglum = self.siglum(source)
        links = (
            views.Link(self.folder.rows[id_].claim.text, f"{self.folder.to_claim(id_)}#source-{siglum.letter}")
            for id_ in claims
        )
        return CreditedBy(siglum, tuple(links))


def _anchor(id_: str) -> str:
    return f"origin-{id_}"
