"""Every number that claims are about, as each text prints it."""

from __future__ import annotations

from builder import strings
from builder.analysis.ledger import Entry
from builder.drawing import charts
from builder.pages.context import Folder, PageContext
from builder.pages.page import Page
from builder.pages.plotted import conflicting, given_of, plot_of, plot_row, sayings, without_of
from builder.routes import BriefingRoute
from builder.views.numbers import LedgerEntry, NumbersPage


def numbers_page(folder: Folder) -> Page:
    """The page."""
    route = BriefingRoute(folder.analysis.anchored.briefing.name, "numbers")
    page = PageContext(folder, route)
    ledger = folder.analysis.ledger
    entries = [_entry(folder, entry) for entry in ledger]
    view = NumbersPage(
        chrome=page.chrome("Numbers", "Every number that claims are about, as each text prints it."),
        summary=_summary(ledger),
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
        else tuple(plot_row(folder, cell, value, entry.unit, charts.ruler([value])) for value, cell in given_of(row))
    )
    return LedgerEntry(folder.lines[entry.claim], plot, rows, without_of(row), sayings(entry))


def _summary(ledger: tuple[Entry, ...]) -> str:
    several = [entry for entry in ledger if sum(len(given.cells) for given in entry.given) > 1]
    at_odds = sum(bool(conflicting(entry)) for entry in ledger)
    parts = [
        f"{strings.plural(len(ledger), 'claim')} {'has' if len(ledger) == 1 else 'have'} numbers",
        f"for {strings.number_word(len(several))} of them several texts give one",
    ]
    end = f"in {strings.number_word(at_odds)} of these they cannot all hold" if at_odds else "none exclude each other"
    return f"{'; '.join([*parts, end])}."
