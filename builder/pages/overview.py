"""A briefing's overview: what is disputed, what is agreed, the figures, the time, all claims, all sources."""

from __future__ import annotations

from dataclasses import replace

from builder import markdown, strings, views
from builder.analysis import Analysis
from builder.analysis.matrix import Row, Status
from builder.article import Zone
from builder.dates import in_words
from builder.model import Site, Source
from builder.pages.context import STANCES, PageContext, given_values, stance_view, status_view, value_in_words
from builder.pages.page import Page
from builder.pages.timeline import time_chart
from builder.quoting import anchor_of, label_of
from builder.routes import BriefingRoute


def overview_page(site: Site, analysis: Analysis) -> Page:
    """The briefing's first page."""
    briefing = analysis.anchored.briefing
    route = BriefingRoute(briefing.name, "index")
    page = PageContext(site, analysis, route)
    groups = tuple(
        views.StatusGroup(status_view(status), tuple(page.lines[row.claim.id] for row in rows))
        for status in strings.GROUPS
        if (rows := analysis.matrix.of_status(status))
    )
    when = in_words(briefing.date)
    view = views.OverviewPage(
        chrome=page.chrome(briefing.title, briefing.summary),
        title=briefing.title,
        kicker=f"{briefing.place}, {when}" if briefing.place else when,
        summary=briefing.summary,
        ledger=page.ledger(),
        claim_count=len(briefing.claims),
        prose=markdown.render(briefing.prose),
        disputes=tuple(page.lines[row.claim.id] for row in analysis.matrix.of_status(Status.DISPUTED)),
        groups=groups,
        figures=tuple(figure for row in analysis.matrix.rows if (figure := _figure(page, row))),
        chart=time_chart(page, analysis.timeline.close, "close"),
        timeline_href=page.to("timeline"),
        matrix_href=page.to("matrix"),
        topics=page.topics,
        columns=page.sigla,
        sources=tuple(_source_card(page, source) for source in briefing.sources),
        corrections=page.corrections(),
        updated=in_words(briefing.updated),
        stances=STANCES,
    )
    return Page(route, "overview.html", view)


def _figure(page: PageContext, row: Row) -> views.Figure | None:
    """The numbers that the sources give for a claim, equal ones together."""
    if row.claim.unit is None:
        return None
    values: dict[str, views.FigureValue] = {}
    for value, cell in sorted(given_values(row), key=lambda given: given[0].anchor):
        text = value_in_words(value)
        known = values.get(text) or views.FigureValue(page.quote(cell.passages[0]), text, (), stance_view(cell.stance))
        values[text] = replace(known, sources=(*known.sources, page.siglum(cell.source)))
    return views.Figure(page.lines[row.claim.id], row.claim.unit, tuple(values.values())) if values else None


def _source_card(page: PageContext, source: Source) -> views.SourceCard:
    speaks = sum(cell.speaks for _, cell in page.analysis.matrix.of_source(source.id))
    return views.SourceCard(
        source=page.siglum(source),
        headline=headline_quote(page, source),
        written=page.written(source),
        speaks=f"Speaks on {speaks} of {strings.plural(len(page.analysis.matrix.rows), 'claim')}",
    )


def headline_quote(page: PageContext, source: Source) -> views.Quote | None:
    """The first headline, as the article prints it."""
    article = page.analysis.anchored.articles[source.id]
    paragraph = next((p for p in article.paragraphs if p.zone is Zone.HEADLINE), None)
    if paragraph is None:
        return None
    mode, unclosed = article.mode([paragraph.span])
    return views.Quote(
        segments=(views.Segment("text", paragraph.span.of(article.text)),),
        href=page.to_source(source.id, anchor_of(paragraph)),
        place=label_of(paragraph),
        place_label=f"headline in text {source.siglum}",
        mode=mode,
        unclosed=unclosed,
        language=source.language,
    )
