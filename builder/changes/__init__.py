"""What a reader would notice between two states of a site. White space, the order of files and comments are nothing.

Values only: `changelog` puts them into words, `builder.history` brings an old state.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from builder.build import ANY_SITE, check_site, study
from builder.changes.claims import claim_changes
from builder.changes.page import event_changes, page_changes, source_changes, source_pairs
from builder.changes.rewording import Line, name, ours, theirs
from builder.changes.side import Change, Side, Sign, called, renamed, side_of, was_and_is
from builder.freshness import Options
from builder.model import Site
from builder.parse import parse_briefing
from builder.strings import plural
from builder.written import Texts

__all__ = ["Change", "Changes", "Group", "Section", "Sign", "State", "changes_between"]


@dataclass(frozen=True)
class State:
    """All that somebody wrote for a site, at one moment."""

    name: str
    """What it is called: a commit as the user names it, or the working tree."""
    site: bytes | None
    """site.yaml"""
    briefings: Mapping[str, Texts]
    articles: Mapping[str, bytes]
    """The files of seeds/ by name."""
    unreadable: frozenset[str] = frozenset()
    """Briefings that are there, but could not be read."""
    notes: tuple[str, ...] = ()
    """What else could not be read, and why: each a line."""


@dataclass(frozen=True, slots=True)
class Group:
    """Changes of one kind of thing."""

    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The changes of one briefing, or of the site as a whole."""

    title: Line
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Changes:
    """Everything that a reader would notice."""

    before: str
    after: str
    sections: tuple[Section, ...]
    notes: tuple[Line, ...] = field(default=())
    """What was not compared, and why."""

    @property
    def number(self) -> int:
        """How many there are."""
        return sum(len(group.changes) for section in self.sections for group in section.groups)


def changes_between(before: State, after: State) -> Changes:
    """Compare two states of a site. What cannot be read on a side is not compared, and the notes say so."""
    notes: list[Line] = [
        (name(state.name), ours(": "), theirs(note)) for state in (before, after) for note in state.notes
    ]
    sites = [_site(state) for state in (before, after)]
    notes += [
        (name(state.name), ours(" has a fault in "), name("site.yaml"), ours("; it is not compared"))
        for state, site in zip((before, after), sites, strict=True)
        if state.site is not None and site is None
    ]
    sections = [*_of_site(*sites)]
    work = _Work(before, after, sites[0] or ANY_SITE, sites[1] or ANY_SITE, notes)
    for old, new in work.pairs():
        sections += work.section(old, new)
    return Changes(before.name, after.name, tuple(sections), tuple(notes))


def _site(state: State) -> Site | None:
    return check_site(state.site, Options(drafts=True)).value


def _of_site(old: Site | None, new: Site | None) -> Iterator[Section]:
    if old and new:
        keys = ("title", "tagline", "publisher", "corrections", "url", "language")
        lines = [line for key in keys for line in was_and_is(key, getattr(old, key), getattr(new, key))]
        if lines:
            changes = tuple(Change(Sign.CHANGED, line) for line in lines)
            yield Section((ours("The site"),), (Group("On every page", changes),))


@dataclass(frozen=True)
class _Work:
    """Two states, and the notes that are being taken."""

    before: State
    after: State
    site_before: Site
    site_after: Site
    notes: list[Line]

    def pairs(self) -> list[tuple[str | None, str | None]]:
        """The briefings that are not the same bytes: name before, name after. Other names with one title are a pair."""
        olds, news = self.before.briefings, self.after.briefings
        touched = {name for name, data in self.before.articles.items() if self.after.articles.get(name) != data}
        touched |= self.after.articles.keys() - self.before.articles.keys()
        same = [one for one in sorted(olds.keys() & news.keys()) if not self._is_same(one, touched)]
        gone = sorted(olds.keys() - news.keys() - self.after.unreadable)
        come = sorted(news.keys() - olds.keys() - self.before.unreadable)
        titles = {title: one for one in reversed(gone) if (title := _title(olds[one]))}
        moved = {one: titles.pop(title) for one in come if (title := _title(news[one])) in titles}
        pairs: list[tuple[str | None, str | None]] = [(one, one) for one in same]
        pairs += [(moved.get(one), one) for one in come]
        pairs += [(one, None) for one in gone if one not in moved.values()]
        return sorted(pairs, key=lambda pair: pair[1] or pair[0] or "")

    def _is_same(self, one: str, touched: set[str]) -> bool:
        old, new = self.before.briefings[one], self.after.briefings[one]
        if old.files != new.files:
            return False
        sources = parse_briefing(new).value.sources if touched else None
        named = {source.article for source in sources.usable().values()} if sources else set()
        return not named & touched

    def section(self, old: str | None, new: str | None) -> Iterator[Section]:
        """What changed in one briefing, if anything did."""
        one = self._side(self.before, old, self.site_before)
        other = self._side(self.after, new, self.site_after)
        side = other or one
        if side is None:
            return
        draft = [ours(" (a draft)")] if side.briefing.draft else []
        title = (*called(side.briefing.name, side.briefing.title), *draft)
        whole = _whole(side, Sign.ADDED if other else Sign.REMOVED)
        groups = _groups(one, other) if one and other else (whole,)
        if groups:
            yield Section(title, groups)

    def _side(self, state: State, one: str | None, site: Site) -> Side | None:
        studied = study(state.briefings[one], site, state.articles) if one is not None else None
        if studied is None:
            return None
        side = side_of(studied)
        if side.faults:
            told = f" has {plural(side.faults, 'fault')} in "
            also = "; what cannot be read there is not compared"
            self.notes.append((name(state.name), ours(told), name(studied.texts.path("")), ours(also)))
        return side


def _title(texts: Texts) -> str | None:
    front = parse_briefing(texts).value.front
    return front.title if front else None


def _whole(side: Side, sign: Sign) -> Group:
    briefing = side.briefing
    counts = f"{plural(len(briefing.claims), 'claim')}, {plural(len(briefing.sources), 'source')}"
    told = "a new briefing" if sign is Sign.ADDED else "removed, with all its pages"
    return Group("Briefing", (Change(sign, (ours(f"{told}: {counts}"),)),))


def _groups(one: Side, other: Side) -> tuple[Group, ...]:
    sources = source_pairs(one, other)
    page = page_changes(one, other)
    if one.briefing.name != other.briefing.name:
        line = renamed(one.briefing.name, other.briefing.name, other.briefing.was, "briefing.md")
        page.insert(0, Change(Sign.CHANGED, line))
    groups = (
        Group("Briefing", tuple(page)),
        Group("Claims", tuple(claim_changes(one, other, sources))),
        Group("Sources", tuple(source_changes(one, other, sources))),
        Group("Events", tuple(event_changes(one, other, sources))),
    )
    return tuple(group for group in groups if group.changes)
