"""One page of a briefing that is being planned: where it stands, and what is around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from builder import strings, views
from builder.analysis import Analysis
from builder.analysis.matrix import Status
from builder.pages.chrome import chrome
from builder.pages.folder import Folder
from builder.routes import BriefingRoute, ItemRoute, path_of


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
