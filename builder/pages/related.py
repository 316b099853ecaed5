"""On a claim's page: the claims that it is related to, what came of what was expected, and the silent texts."""

from __future__ import annotations

from collections.abc import Sequence

from builder import strings, views
from builder.analysis.matrix import Row, last_known
from builder.analysis.relations import Outcome, outcomes_of
from builder.model import Source
from builder.pages.folder import Folder
from builder.views.claim import OutcomeLine, QuietGroup, RelatedClaim
from builder.words import Words


def related_claims(folder: Folder, row: Row) -> tuple[RelatedClaim, ...]:
    """The claims that a claim is related to, with what each text says to them."""
    words = folder.words
    related = []
    for other in folder.analysis.relations.get(row.claim.id, ()):
        how, rule = strings.RELATIONS[other.how]
        line = folder.line(folder.rows[other.claim])
        related.append(RelatedClaim(words.gettext(how), words.gettext(rule), line))
    return tuple(related)


def quiet_groups(cells: Sequence[views.Cell]) -> tuple[QuietGroup, ...]:
    """The silent cells without words and notes, by how their silence is known, as they come."""
    groups: dict[str, list[views.Cell]] = {}
    for cell in cells:
        if not (cell.quotes or cell.note):
            groups.setdefault(cell.because or "", []).append(cell)
    return tuple(QuietGroup(found[0].stance, because, tuple(found)) for because, found in groups.items())


def outcome_lines(folder: Folder, row: Row) -> tuple[OutcomeLine, ...]:
    """What came of a claim that texts only expect."""
    related = folder.analysis.relations.get(row.claim.id, ())
    offset = folder.analysis.anchored.briefing.utc_offset
    return tuple(_outcome(folder, row, outcome) for outcome in outcomes_of(row, folder.rows, related, offset))


def _outcome(folder: Folder, row: Row, outcome: Outcome) -> OutcomeLine:
    own = outcome.claim == row.claim.id
    there = "" if own else folder.to_claim(outcome.claim)
    other = None if own else views.Link(folder.rows[outcome.claim].claim.text, there)
    return OutcomeLine(
        tuple(_at(folder, source) for source in outcome.expecting),
        tuple(_at(folder, source, there) for source in outcome.reporting),
        _knows(outcome.reporting, folder.words),
        other,
    )


def _at(folder: Folder, source: Source, page: str = "") -> views.Siglum:
    """A source's letter that leads to its words on a claim's page."""
    siglum = folder.siglum(source)
    return views.Siglum(siglum.letter, siglum.name, f"{page}#{siglum.anchor}")


def _knows(sources: Sequence[Source], words: Words) -> str:
    """The date of what the texts know of, where they have the same horizon."""
    dates = {words.date(last) if (last := last_known(source)) else "" for source in sources}
    return dates.pop() if len(dates) == 1 else ""
