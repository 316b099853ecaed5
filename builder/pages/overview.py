"""A briefing's overview: what is disputed, what is agreed, the figures, the time, all claims, all sources."""

from __future__ import annotations

from dataclasses import replace

from builder import markdown, strings, views
from builder.analysis.matrix import Row, Status
from builder.article import Article, Zone
from builder.dates import in_words
from builder.model import Source
from builder.pages.closer import closer_look
from builder.pages.context import (
    Folder,
    PageContext,
    converted_in_words,
    stances,
    value_in_words,
    written,
)
from builder.pages.page import Page
from builder.pages.plotted import figure_quote, given_of
from builder.pages.timeline import time_chart
from builder.quoting import anchor_of, label_of
from builder.routes import BriefingRoute
from builder.values import DATE

MOST_DISPUTES = 12
"""So many disputed claims are told with their words; the matrix has all."""


def overview_page(folder: Folder) -> Page:
    """The briefing's first page."""
    analysis = folder.analysis
    briefing = analysis.anchored.briefing
    route = BriefingRoute(briefing.name, "index")
    page = PageContext(folder, route)
    groups = tuple(
        views.StatusGroup(folder.status(status), tuple(folder.lines[row.claim.id] for row in rows))
        for status in strings.GROUPS
        if (rows := analysis.matrix.of_status(status))
    )
    disputed = analysis.matrix.of_status(Status.DISPUTED)
    when = in_words(briefing.date)
    view = views.OverviewPage(
        chrome=page.chrome(briefing.title, briefing.summary),
        title=briefing.title,
        kicker=f"{briefing.place}, {when}" if briefing.place else when,
        summary=briefing.summary,
        ledger=page.ledger(),
        claim_count=len(briefing.claims),
        prose=markdown.render(briefing.prose),
        closer=closer_look(page),
        disputes=tuple(folder.lines[row.claim.id] for row in disputed[:MOST_DISPUTES]),
        disputed=views.Link(f"All {len(disputed)} in the matrix", page.to("matrix", "disputed"))
        if len(disputed) > MOST_DISPUTES
        else None,
        groups=groups,
        figures=tuple(figure for row in analysis.matrix.rows if (figure := _figure(folder, row))),
        chart=time_chart(page, analysis.timeline.close, "close"),
        timeline_href=page.to("timeline"),
        matrix_href=page.to("matrix"),
        topics=folder.topics,
        columns=folder.sigla,
        sources=tuple(_source_card(folder, source) for source in briefing.sources),
        corrections=folder.corrections(),
        updated=in_words(briefing.updated),
        stances=tuple(stances(folder.words).values()),
    )
    return Page(route, "overview.html", view)


def _figure(folder: Folder, row: Row) -> views.Figure | None:
    """The numbers that the sources give for a claim, in its unit, equal ones together."""
    if row.claim.unit is None:
        return None
    values: dict[str, views.FigureValue] = {}
    for value, cell in given_of(row):
        text = converted_in_words(value) or value_in_words(value)
        known = values.get(text)
        known = known or views.FigureValue(figure_quote(folder, cell), text, (), folder.stance(cell.stance))
        values[text] = replace(known, sources=(*known.sources, folder.siglum(cell.source)))
    unit = "" if row.claim.unit == DATE else row.claim.unit
    return views.Figure(folder.lines[row.claim.id], unit, tuple(values.values())) if values else None


def _source_card(folder: Folder, source: Source) -> views.SourceCard:
    analysis = folder.analysis
    speaks = sum(cell.speaks for _, cell in folder.column(source.id))
    return views.SourceCard(
        source=folder.siglum(source),
        headline=headline_quote(analysis.anchored.articles[source.id], source, folder.to_source(source.id)),
        written=written(source),
        speaks=f"Speaks on {speaks} of {strings.plural(len(analysis.matrix.rows), 'claim')}",
    )


def headline_quote(article: Article, source: Source, page: str) -> views.Quote | None:
    """The first headline, as the article prints it; `page` as in quote_view."""
    paragraph = next((p for p in article.paragraphs if p.zone is Zone.HEADLINE), None)
    if paragraph is None:
        return None
    mode, unclosed = article.mode([paragraph.span])
    return views.Quote(
        segments=(views.Segment("text", paragraph.span.of(article.text)),),
        href=f"{page}#{anchor_of(paragraph)}",
        place=label_of(paragraph),
        place_label=f"headline in text {source.siglum}",
        mode=mode,
        unclosed=unclosed,
        language=source.language,
    )
