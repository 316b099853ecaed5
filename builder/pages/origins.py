"""Whom the texts rest on: origins, chains, independence, shared text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from builder import views
from builder.analysis.chains import side_of
from builder.analysis.matrix import Row
from builder.analysis.origins import Credited
from builder.model import Stance
from builder.pages.context import PageContext
from builder.pages.flow import NO_SIDE, UNNAMED, ends_of, flow_pictures
from builder.pages.folder import Folder
from builder.pages.page import Page
from builder.pages.shared import shared_intro, shared_pairs, shared_table
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

CLAIMS = 400
"""Links to claims from origins: where there are more, each text’s of an origin are told by the first FEW."""
FEW = 3
LISTED = 60
"""Claims with the same number of independent origins that are listed: those that most texts support."""


def origins_page(folder: Folder) -> Page:
    """The page."""
    analysis = folder.analysis
    route = BriefingRoute(analysis.anchored.briefing.name, "origins")
    page = PageContext(folder, route)
    parts, words = _Origins(folder), folder.words
    sides = parts.sides()
    view = OriginsPage(
        chrome=page.chrome(
            words.gettext("Origins: %(briefing)s", briefing=analysis.anchored.briefing.title),
            words.gettext(
                "Whom the texts rest on, how many independent origins support each claim, and text that they share."
            ),
        ),
        intro=parts.intro(),
        columns=folder.sigla,
        pictures=flow_pictures(analysis.anchored.briefing, analysis.flow.pieces, words),
        ends=parts.ends(),
        topics=parts.topics(),
        independent=parts.independent(),
        groups=parts.groups(),
        sides=sides,
        coverage_href=page.to("coverage") if sides else None,
        shared_intro=shared_intro(folder),
        shared=shared_pairs(folder, parts.named),
        shared_table=shared_table(folder),
        matrix_href=folder.pages["matrix"],
    )
    return Page(route, "origins.html", view)


class _Origins:
    """The parts of the page."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.words = folder.words
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
        if origin.source is None:
            return origin.name
        siglum = self.sources[origin.source].siglum
        return self.words.gettext("%(origin)s (text %(source)s)", origin=origin.name, source=siglum)

    # ---- in numbers ----

    def intro(self) -> str:
        """How much rests on anybody."""
        ngettext, pieces = self.words.ngettext, len(self.flow.pieces)
        named = [piece for piece in self.flow.pieces if piece.chain]
        ends, unnamed = len({piece.chain[-1] for piece in named}), pieces - len(named)
        said = [
            ngettext(
                "%(num)s piece of evidence: what one text says to one claim.",
                "%(num)s pieces of evidence: what one text says to one claim.",
                pieces,
            )
        ]
        if not named:
            return " ".join([*said, self.words.gettext("No text names an origin for any of it.")])
        said += [
            ngettext("%(num)s names whom it has it from.", "%(num)s name whom they have it from.", len(named)),
            ngettext(
                "Followed to the end, the chains lead to %(num)s origin.",
                "Followed to the end, the chains lead to %(num)s origins.",
                ends,
            ),
            ngettext("%(num)s names none.", "%(num)s name none.", unnamed)
            if unnamed
            else self.words.gettext("None is without one."),
        ]
        return " ".join(said)

    def ends(self) -> tuple[CountRow, ...]:
        """Where the chains end, by text, most first within a side; evidence without an origin last."""
        numbers: dict[str, Counter[str]] = defaultdict(Counter)
        for piece in self.flow.pieces:
            numbers[piece.chain[-1] if piece.chain else ""][piece.source] += 1
        rows = [
            self._row(self.named(id_), numbers[id_], f"#{_anchor(id_)}", self.origins[id_].side)
            for id_ in ends_of(self.flow.pieces, self.origins)
        ]
        return (*rows, self._row(self.words.gettext(UNNAMED), numbers[""])) if numbers[""] else tuple(rows)

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
        words = self.words
        if number == 0:
            label = words.gettext(UNNAMED)
            rule = words.gettext("The texts that support it credit nobody for it, so there is no origin to count.")
        else:
            label = words.ngettext("%(num)s independent origin", "%(num)s independent origins", number)
            rule = words.gettext("All texts that name an origin have it from the same one, however many they are.")
        if number > 1:
            rule = words.gettext("Chains of the texts that support it end with different origins.")
        listed = tuple(map(self._claim, _most_supported(rows)))
        return Independence(label, rule, len(rows), listed, len(rows) - len(listed), number > 1)

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
        links = sum(len(claims) for credited in self.flow.origins for _, claims in credited.nearest)
        most = FEW if links > CLAIMS else links
        for credited in self.flow.origins:
            groups[side_of(credited.chain, self.origins)].append(self._entry(credited, most))
        sides = dict.fromkeys(origin.side for origin in self.origins.values() if origin.side)
        none = self.words.gettext(NO_SIDE) if sides else ""
        titles: dict[str | None, str] = {**dict(zip(sides, sides, strict=True)), None: none}
        return tuple(OriginGroup(title, tuple(groups[side])) for side, title in titles.items() if groups[side])

    def _entry(self, credited: Credited, most: int) -> OriginEntry:
        origin, words = self.origins[credited.origin], self.words
        rests = words.ngettext(
            "%(num)s piece of evidence rests on it", "%(num)s pieces of evidence rest on it", credited.pieces
        )
        return OriginEntry(
            anchor=_anchor(origin.id),
            name=origin.name,
            kind=origin.kind,
            chain=tuple(self.named(id_) for id_ in credited.chain[1:]),
            is_text=self.siglum(origin.source) if origin.source else None,
            rests=rests if credited.pieces else words.gettext("No claim rests on it"),
            credited=tuple(self._credited_by(source, claims, most) for source, claims in credited.nearest),
            whole=tuple(map(self.siglum, credited.whole)),
        )

    def _credited_by(self, source: str, claims: tuple[str, ...], most: int) -> CreditedBy:
        siglum = self.siglum(source)
        links = (
            views.Link(self.folder.rows[id_].claim.text, f"{self.folder.to_claim(id_)}#{siglum.anchor}")
            for id_ in claims[:most]
        )
        return CreditedBy(siglum, len(claims), tuple(links), len(claims[most:]))


def _most_supported(rows: Sequence[Row]) -> Sequence[Row]:
    """Of very many claims those that most texts support, in their order."""
    if len(rows) <= LISTED:
        return rows

    def supporting(row: Row) -> int:
        return -sum(cell.stance is Stance.SUPPORTS for cell in row.cells)

    kept = {row.claim.id for row in sorted(rows, key=supporting)[:LISTED]}
    return [row for row in rows if row.claim.id in kept]


def _anchor(id_: str) -> str:
    return f"origin-{id_}"
