"""The matrix page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from builder import strings, views
from builder.analysis import Analysis
from builder.analysis.matrix import Row, Status
from builder.model import Event, Source, Stance
from builder.pages.context import PageContext
from builder.pages.folder import Folder
from builder.pages.page import Page
from builder.routes import BriefingRoute
from builder.views.matrix import Column, MatrixPage, Sorting, StanceCount
from builder.words import Words

_RANKS = "".join(map(chr, [*range(ord("A"), ord("~")), *range(ord("à"), 0xD800)]))
"""In their order; each is one unit of a script's text, and none of them means anything to HTML."""
_LARGE = 600
"""Cells beyond which a browser takes longer than a reader would notice to lay out the table."""
_NAME = 30
"""Letters of an outlet's name for which two lines of a column's head suffice."""


def matrix_page(folder: Folder) -> Page:
    """Every claim against every source, with the quotations."""
    briefing, words = folder.analysis.anchored.briefing, folder.words
    route = BriefingRoute(briefing.name, "matrix")
    page = PageContext(folder, route)
    claims = words.ngettext("%(num)s claim", "%(num)s claims", len(briefing.claims))
    texts = words.ngettext("%(num)s text", "%(num)s texts", len(briefing.sources))
    intro = words.gettext(
        "%(claims)s, %(texts)s. The quotations are verbatim; tinted words are those the stance rests on.",
        claims=claims,
        texts=texts,
    )
    view = MatrixPage(
        chrome=page.chrome(
            words.gettext("Source matrix: %(briefing)s", briefing=briefing.title),
            words.gettext(
                "%(claims)s, %(texts)s: who supports, qualifies, contradicts or omits what, with verbatim quotations.",
                claims=claims,
                texts=texts,
            ),
        ),
        intro=intro,
        columns=tuple(_column(folder, source, index) for index, source in enumerate(briefing.sources, 1)),
        long_names=any(len(folder.siglum(source).name) > _NAME for source in briefing.sources),
        large=len(briefing.claims) * len(briefing.sources) > _LARGE,
        filters=page.ledger(),
        stances=_stances(folder),
        sortings=sortings(folder.analysis, _order(folder.topics), words),
        topics=folder.topics,
        claim_count=len(briefing.claims),
        former={claim.id: claim.was for claim in briefing.claims if claim.was},
        plain=(words.gettext(strings.LEAVES_OUT), words.gettext("As the curator states")),
        shown=words.gettext("%(shown)s of %(all)s claims shown", shown="{shown}", all="{all}"),
    )
    return Page(route, "matrix.html", view)


def _column(folder: Folder, source: Source, index: int) -> Column:
    speaks = sum(cell.speaks for _, cell in folder.column(source.id))
    return Column(folder.siglum(source), source.id, _written(source, folder.words), index, speaks)


def _written(source: Source, words: Words) -> str:
    if source.published:
        return words.date(source.published)
    if source.known_through:
        return words.gettext("knows of %(date)s", date=words.date(source.known_through.date))
    return words.gettext("No date")


def _stances(folder: Folder) -> tuple[StanceCount, ...]:
    rows = folder.analysis.matrix.rows
    taken = {stance: sum(any(cell.stance is stance for cell in row.cells) for row in rows) for stance in Stance}
    return tuple(StanceCount(folder.stance(stance), number) for stance, number in taken.items() if number)


# ---- other orders ----------------------------------------------------------------------------------------------


def sortings(analysis: Analysis, claims: tuple[str, ...], words: Words) -> tuple[Sorting, ...]:
    """Other orders of the claims, which are given by their ids in the order of the rows."""
    rows = {row.claim.id: row for row in analysis.matrix.rows}
    events = [happening.subject for happening in analysis.timeline.happenings if isinstance(happening.subject, Event)]
    time = {event.id: at for at, event in enumerate(events)}
    apart = [_apart(rows[id_]) for id_ in claims]
    early = [time.get(rows[id_].claim.event or "", len(time)) for id_ in claims]
    return (
        Sorting("disagreement", words.gettext("By disagreement"), _ranks(apart)),
        Sorting("time", words.gettext("By time"), _ranks(early)),
    )


def _apart(row: Row) -> tuple[bool, int]:
    """Smaller for what is disputed, and for what more texts contradict or say with a difference."""
    return row.status is not Status.DISPUTED, -sum(
        cell.stance in (Stance.CONTRADICTS, Stance.QUALIFIES) for cell in row.cells
    )


def _ranks(values: Sequence[Any]) -> str:
    """A letter for each; among those that there are, a smaller value has an earlier letter, and equal ones the same."""
    ranks = {value: rank for rank, value in enumerate(sorted(set(values)))}
    return "".join(_RANKS[ranks[value]] for value in values)


def _order(topics: tuple[views.TopicGroup, ...]) -> tuple[str, ...]:
    return tuple(claim.id for topic in topics for claim in topic.claims)
