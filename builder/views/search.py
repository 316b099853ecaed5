"""What search.html is given."""

from __future__ import annotations

from builder.views import Chrome, Link, Stance, Status, view


@view
class SearchBriefing:
    """A briefing that can be read without a search: its name, date and pages."""

    name: Link
    when: str
    place: str | None
    draft: bool
    pages: tuple[Link, ...]


@view
class SearchKind:
    """A kind of what can be found, to choose from."""

    key: str
    """claims, quotations, sources or events; empty for all."""
    label: str


@view
class SearchPage:
    """search.html. What its script has to know stands in the page, so that it knows no word and no folder by itself."""

    chrome: Chrome
    names: str
    """Of all briefings, the newest first, parted by spaces."""
    version: str
    """Tells one state of all that can be found from another."""
    files: int
    """Into which the index is divided; 0 where there is none."""
    rules: str
    """How words are folded, as JSON."""
    kinds: tuple[SearchKind, ...]
    stances: tuple[Stance, ...]
    statuses: tuple[Status, ...]
    briefings: tuple[SearchBriefing, ...]
    """The newest."""
    archive: Link | None
    """Where the others are listed."""
