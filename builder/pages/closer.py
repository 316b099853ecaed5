"""What the overview says of the pages that look closer: wording, numbers, origins, coverage. A line for each."""

from __future__ import annotations

from collections.abc import Iterator

from builder import strings, views
from builder.analysis import Analysis
from builder.analysis.ledger import Entry
from builder.pages.context import PageContext
from builder.pages.plotted import conflicting


def closer_look(page: PageContext) -> tuple[views.CloserLook, ...]:
    """The pages that the briefing has, in their order, each with what stands there."""
    analysis, names = page.analysis, page.folder.shown
    lines = {
        "wording": _wording,
        "numbers": _numbers,
        "origins": _origins,
        "coverage": _coverage,
    }
    return tuple(
        views.CloserLook(
            views.Link(page.folder.words.gettext(strings.PAGES[own]), page.to(own)),
            " ".join(f"{strings.sentence(part)}." for part in says(analysis)),
        )
        for own, says in lines.items()
        if own in names
    )


def _wording(analysis: Analysis) -> Iterator[str]:
    if analysis.apparatus:
        yield f"{strings.plural(len(analysis.apparatus), 'utterance')} that several texts print, word by word"
    if any(family.claims for family in analysis.families):
        passages = sum(len(family.members) for family in analysis.families)
        yield f"{strings.plural(passages, 'passage')} inside quotation marks"


def _numbers(analysis: Analysis) -> Iterator[str]:
    yield f"numbers for {strings.plural(len(analysis.ledger), 'claim')}"
    at_odds = sum(bool(conflicting(entry)) for entry in analysis.ledger)
    if at_odds:
        yield f"for {strings.number_word(at_odds)} of them they cannot all hold"
    elif any(map(_several, analysis.ledger)):
        yield "none exclude each other"


def _several(entry: Entry) -> bool:
    """Whether several texts give a number."""
    return sum(len(given.cells) for given in entry.given) > 1


def _origins(analysis: Analysis) -> Iterator[str]:
    pieces = analysis.flow.pieces
    ends = {piece.chain[-1] for piece in pieces if piece.chain}
    unnamed = sum(not piece.chain for piece in pieces)
    if ends:
        yield f"chains of evidence lead to {strings.plural(len(ends), 'origin')} in the end"
    if unnamed:
        names = "names" if unnamed == 1 else "name"
        yield f"{unnamed} of {strings.plural(len(pieces), 'piece')} of evidence {names} none"
    if analysis.shared:
        pairs = f"{strings.number_word(len(analysis.shared))} pair{'' if len(analysis.shared) == 1 else 's'} of texts"
        yield f"{pairs} share{'s' if len(analysis.shared) == 1 else ''} words"


def _coverage(analysis: Analysis) -> Iterator[str]:
    alone = sum(len(one.alone) for one in analysis.testimony)
    if alone:
        yield f"{strings.plural(alone, 'claim')} that one text carries alone"
    if len(analysis.testimony) > 1:
        yield "where two texts agree, and what each leaves out"
    yield "how much of each text is used"
