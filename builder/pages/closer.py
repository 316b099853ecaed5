"""What the overview says of the pages that look closer: wording, numbers, origins, coverage. A line for each."""

from __future__ import annotations

from collections.abc import Iterator

from builder import strings, views
from builder.analysis import Analysis
from builder.analysis.ledger import Entry
from builder.pages.context import PageContext
from builder.pages.plotted import conflicting
from builder.views.overview import CloserLook
from builder.words import Words, sentence


def closer_look(page: PageContext) -> tuple[CloserLook, ...]:
    """The pages that the briefing has, in their order, each with what stands there."""
    analysis, names = page.analysis, page.folder.shown
    lines = {
        "wording": _wording,
        "numbers": _numbers,
        "origins": _origins,
        "coverage": _coverage,
    }
    return tuple(
        CloserLook(
            views.Link(page.folder.words.gettext(strings.PAGES[own]), page.to(own)),
            " ".join(says(analysis, page.folder.words)),
        )
        for own, says in lines.items()
        if own in names
    )


def _wording(analysis: Analysis, words: Words) -> Iterator[str]:
    if analysis.apparatus:
        yield words.ngettext(
            "%(num)s utterance that several texts print, word by word.",
            "%(num)s utterances that several texts print, word by word.",
            len(analysis.apparatus),
        )
    if any(family.claims for family in analysis.families):
        passages = sum(len(family.members) for family in analysis.families)
        yield words.ngettext(
            "%(num)s passage inside quotation marks.", "%(num)s passages inside quotation marks.", passages
        )


def _numbers(analysis: Analysis, words: Words) -> Iterator[str]:
    yield words.ngettext("Numbers for %(num)s claim.", "Numbers for %(num)s claims.", len(analysis.ledger))
    at_odds = sum(bool(conflicting(entry)) for entry in analysis.ledger)
    if at_odds:
        yield words.ngettext(
            "For %(number)s of them they cannot all hold.",
            "For %(number)s of them they cannot all hold.",
            at_odds,
            number=words.spelt(at_odds),
        )
    elif any(map(_several, analysis.ledger)):
        yield words.gettext("None exclude each other.")


def _several(entry: Entry) -> bool:
    """Whether several texts give a number."""
    return sum(len(given.cells) for given in entry.given) > 1


def _origins(analysis: Analysis, words: Words) -> Iterator[str]:
    pieces = analysis.flow.pieces
    ends = {piece.chain[-1] for piece in pieces if piece.chain}
    unnamed = sum(not piece.chain for piece in pieces)
    if ends:
        yield words.ngettext(
            "Chains of evidence lead to %(num)s origin in the end.",
            "Chains of evidence lead to %(num)s origins in the end.",
            len(ends),
        )
    if unnamed:
        of = words.ngettext("%(num)s piece of evidence", "%(num)s pieces of evidence", len(pieces))
        yield words.ngettext(
            "%(num)s of %(pieces)s names none.", "%(num)s of %(pieces)s name none.", unnamed, pieces=of
        )
    if analysis.shared:
        yield words.ngettext(
            "%(number)s pair of texts shares words.",
            "%(number)s pairs of texts share words.",
            len(analysis.shared),
            number=sentence(words.spelt(len(analysis.shared))),
        )


def _coverage(analysis: Analysis, words: Words) -> Iterator[str]:
    alone = sum(len(one.alone) for one in analysis.testimony)
    if alone:
        yield words.ngettext(
            "%(num)s claim that one text carries alone.", "%(num)s claims that one text carries alone.", alone
        )
    if len(analysis.testimony) > 1:
        yield words.gettext("Where two texts agree, and what each leaves out.")
    yield words.gettext("How much of each text is used.")
