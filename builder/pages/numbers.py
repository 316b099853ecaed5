"""Every number that claims are about, as each text prints it."""

from __future__ import annotations

from builder.analysis.ledger import Entry
from builder.drawing import charts
from builder.pages.context import Folder, PageContext
from builder.pages.page import Page
from builder.pages.plotted import conflicting, given_of, plot_of, plot_row, sayings, without_of
from builder.routes import BriefingRoute
from builder.views.numbers import LedgerEntry, NumbersPage
from builder.words import Words


def numbers_page(folder: Folder) -> Page:
    """The page."""
    route = BriefingRoute(folder.analysis.anchored.briefing.name, "numbers")
    page = PageContext(folder, route)
    ledger, words = folder.analysis.ledger, folder.words
    entries = [_entry(folder, entry) for entry in ledger]
    view = NumbersPage(
        chrome=page.chrome(
            words.gettext("Numbers"), words.gettext("Every number that claims are about, as each text prints it.")
        ),
        summary=_summary(ledger, words),
        compared=tuple(entry for entry in entries if entry.plot),
        alike=tuple(entry for entry in entries if len(entry.rows) > 1),
        single=tuple(entry for entry in entries if len(entry.rows) == 1),
    )
    return Page(route, "numbers.html", view)


def _entry(folder: Folder, entry: Entry) -> LedgerEntry:
    row = folder.rows[entry.claim]
    plot = plot_of(folder, row)
    rows = (
        ()
        if plot
        else tuple(
            plot_row(folder, cell, value, entry.unit, charts.ruler([value], folder.words))
            for value, cell in given_of(row)
        )
    )
    words = folder.words
    return LedgerEntry(folder.lines[entry.claim], plot, rows, without_of(row, words), sayings(entry, words))


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
