"""Every number that claims are about, as each text prints it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder.analysis.ledger import Entry
from builder.drawing import charts
from builder.pages.context import PageContext
from builder.pages.folder import Folder
from builder.pages.page import Page
from builder.pages.plotted import conflicting, given_of, plot_of, plot_rows, sayings, without_of
from builder.routes import BriefingRoute
from builder.views import Link
from builder.views.numbers import Contents, LedgerEntry, LedgerTopic, NumbersPage, PlotRow
from builder.words import N_, Words

SHORT = 12
"""Of more claims with numbers, each section is told topic by topic, and a table of contents stands above."""
SECTIONS = (
    ("different", N_("What several texts give differently")),
    ("alike", N_("What several texts give alike")),
    ("one", N_("What one text gives")),
)
"""The sections' anchors and titles, in the order of the page."""


def numbers_page(folder: Folder) -> Page:
    """The page."""
    route = BriefingRoute(folder.analysis.anchored.briefing.name, "numbers")
    page = PageContext(folder, route)
    ledger, words = folder.analysis.ledger, folder.words
    entries = [_entry(folder, entry) for entry in ledger]
    compared = _by_topic(folder, "different", [entry for entry in entries if entry.plot])
    alike = _by_topic(folder, "alike", [entry for entry in entries if _givers(entry) > 1])
    single = _by_topic(folder, "one", [entry for entry in entries if _givers(entry) == 1])
    view = NumbersPage(
        chrome=page.chrome(
            words.gettext("Numbers"), words.gettext("Every number that claims are about, as each text prints it.")
        ),
        summary=_summary(ledger, words),
        contents=tuple(_contents(words, compared, alike, single)) if len(entries) > SHORT else (),
        compared=compared,
        alike=alike,
        single=single,
    )
    return Page(route, "numbers.html", view)


def _entry(folder: Folder, entry: Entry) -> LedgerEntry:
    row = folder.rows[entry.claim]
    plot = plot_of(folder, row)
    rows: tuple[PlotRow, ...] = ()
    if not plot:
        given = given_of(row)
        rows = plot_rows(folder, given, entry.unit, charts.ruler([given[0][0]], folder.words))
    words = folder.words
    return LedgerEntry(folder.lines[entry.claim], plot, rows, without_of(row, words), sayings(entry, words))


def _givers(entry: LedgerEntry) -> int:
    """How many give the number of an entry that has no plot."""
    return sum(len(row.given) for row in entry.rows)


def _by_topic(folder: Folder, section: str, entries: Sequence[LedgerEntry]) -> tuple[LedgerTopic, ...]:
    """A section's entries: of a short page as they are, of a long one by topic."""
    if not entries:
        return ()
    if len(folder.analysis.ledger) <= SHORT:
        return (LedgerTopic("", "", tuple(entries)),)
    rows = folder.rows
    return tuple(
        LedgerTopic(f"{section}-{topic.id}", topic.title, within)
        for topic in folder.analysis.anchored.briefing.topics
        if (within := tuple(entry for entry in entries if rows[entry.claim.id].claim.topic == topic.id))
    )


def _contents(words: Words, *sections: tuple[LedgerTopic, ...]) -> Iterator[Contents]:
    for (id_, title), topics in zip(SECTIONS, sections, strict=True):
        if topics:
            number = sum(len(topic.entries) for topic in topics)
            links = (Link(_counted(words, topic.title, len(topic.entries)), f"#{topic.id}") for topic in topics)
            yield Contents(Link(_counted(words, words.gettext(title), number), f"#{id_}"), tuple(links))


def _counted(words: Words, title: str, number: int) -> str:
    return words.gettext("%(title)s: %(number)s", title=title, number=words.number(number))


def _summary(ledger: tuple[Entry, ...], words: Words) -> str:
    several = sum(1 for entry in ledger if sum(len(given.cells) for given in entry.given) > 1)
    at_odds = sum(bool(conflicting(entry)) for entry in ledger)
    said = [words.ngettext("%(num)s claim has numbers.", "%(num)s claims have numbers.", len(ledger))]
    if several:
        said.append(
            words.ngettext(
                "For one of them, several texts give one.",
                "For %(number)s of them, several texts give one.",
                several,
                number=words.spelt(several),
            )
        )
    if at_odds:
        said.append(
            words.ngettext(
                "In one of these they cannot all hold.",
                "In %(number)s of these they cannot all hold.",
                at_odds,
                number=words.spelt(at_odds),
            )
        )
    elif several:
        said.append(words.gettext("None of these exclude each other."))
    return " ".join(said)
