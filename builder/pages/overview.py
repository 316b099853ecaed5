"""A briefing's overview: what is disputed, the pattern, the figures, all claims, the time, the sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from builder import markdown, views
from builder.analysis.matrix import Row, Status
from builder.article import Article, Zone
from builder.drawing import glance
from builder.model import Source, Stance, Topic
from builder.pages.closer import closer_look
from builder.pages.context import PageContext
from builder.pages.folder import Folder
from builder.pages.labels import converted_in_words, stances, value_in_words, written
from builder.pages.page import Page
from builder.pages.plotted import figure_quote, given_of
from builder.pages.timecharts import short_chart
from builder.quoting import anchor_of, label_of, spoken_label
from builder.routes import BriefingRoute
from builder.values import DATE
from builder.views.overview import ClaimItem, Duel, Figure, FigureValue, OverviewPage, SourceCard, TopicList, Voice
from builder.words import ENGLISH, Words

MOST_DISPUTES = 6
"""So many disputed claims are told with their words; the matrix has all."""
MOST_VOICES = 4
"""So many texts are heard on each; of more, one for each stance, in the fewest words."""
MOST_FIGURES = 8
"""So many numbers are told, those first that texts give differently; the page of numbers has all."""
LEAST_CLAIMS = 4
"""Of fewer claims no pattern is drawn."""
MOST_CLAIMS = 90
"""So many claims are listed, of each topic the most telling; the matrix has all."""
_TELLING = (
    Status.DISPUTED,
    Status.WORDING_DIFFERS,
    Status.QUALIFIED,
    Status.CORROBORATED,
    Status.REPEATED,
    Status.SINGLE_SOURCE,
    Status.UNSOURCED,
)


def overview_page(folder: Folder) -> Page:
    """The briefing's first page."""
    analysis, words = folder.analysis, folder.words
    briefing, matrix = analysis.anchored.briefing, analysis.matrix
    route = BriefingRoute(briefing.name, "index")
    page = PageContext(folder, route)
    disputed = matrix.of_status(Status.DISPUTED)
    topics = _topics(page)
    when = words.date(briefing.date)
    hrefs = {row.claim.id: folder.to_claim(row.claim.id) for row in matrix.rows}
    figures = _figures(folder)
    chart, timeline = short_chart(page)
    view = OverviewPage(
        chrome=page.chrome(briefing.title, briefing.summary),
        title=briefing.title,
        kicker=words.gettext("%(place)s, %(date)s", place=briefing.place, date=when) if briefing.place else when,
        summary=briefing.summary,
        updated=words.date(briefing.updated),
        ledger=page.ledger(),
        claim_count=len(briefing.claims),
        disputes=tuple(_duel(folder.lines[row.claim.id]) for row in disputed[:MOST_DISPUTES]),
        disputed=views.Link(
            words.ngettext("All %(num)s in the matrix", "All %(num)s in the matrix", len(disputed)),
            page.to("matrix", "disputed"),
        )
        if len(disputed) > MOST_DISPUTES
        else None,
        glance=glance.in_blocks(briefing, matrix, glance.SIZES, hrefs, words)
        if len(matrix.rows) >= LEAST_CLAIMS
        else None,
        stances=tuple(stances(words).values()),
        prose=markdown.render(briefing.prose),
        figures=tuple(figures[:MOST_FIGURES]),
        figured=views.Link(
            words.ngettext("Numbers for %(num)s claim", "Numbers for %(num)s claims", len(figures)),
            page.to("numbers"),
        )
        if len(figures) > MOST_FIGURES
        else None,
        chart=chart,
        timeline=timeline,
        matrix_href=page.to("matrix"),
        topics=topics,
        listed=sum(len(topic.claims) for topic in topics),
        closer=closer_look(page),
        worksheet=folder.pages.get("worksheet", ""),
        sources=tuple(_source_card(folder, source) for source in briefing.sources),
        corrections=folder.corrections(),
    )
    return Page(route, "overview.html", view)


def _duel(claim: views.ClaimLine) -> Duel:
    """The texts that speak, or where they are many, one for each stance with the letters of the others."""
    speak = [cell for cell in claim.cells if cell.quotes and cell.stance.key != Stance.SILENT]
    if len(speak) <= MOST_VOICES:
        return Duel(claim, tuple(Voice(cell, ()) for cell in speak))
    voices = []
    for stance in dict.fromkeys(cell.stance for cell in speak):
        alike = [cell for cell in speak if cell.stance == stance]
        first = min(alike, key=_length)
        voices.append(Voice(first, tuple(cell.source for cell in alike if cell is not first)))
    return Duel(claim, tuple(voices))


def _length(cell: views.Cell) -> int:
    return sum(len(segment.text) for quote in cell.quotes for segment in quote.segments)


# ---- claims ----------------------------------------------------------------------------------------------------


def _topics(page: PageContext) -> tuple[TopicList, ...]:
    """The claims by topic; topics without any are left out."""
    matrix, topics = page.analysis.matrix, page.analysis.anchored.briefing.topics
    grouped = [(topic, rows) for topic in topics if (rows := matrix.of_topic(topic.id))]
    every = len(matrix.rows) <= MOST_CLAIMS
    most = len(matrix.rows) if every else max(3, MOST_CLAIMS // len(grouped))
    return tuple(_topic(page, topic, rows, most) for topic, rows in grouped)


def _topic(page: PageContext, topic: Topic, rows: Sequence[Row], most: int) -> TopicList:
    """A topic with its most telling claims, in their order."""
    folder = page.folder
    telling = sorted(rows, key=lambda row: _TELLING.index(row.status))[:most]
    claims = tuple(
        ClaimItem(row.claim.text, folder.to_claim(row.claim.id), folder.status(row.status))
        for row in rows
        if row in telling
    )
    left = len(rows) - len(claims)
    more = folder.words.ngettext("%(num)s more in the matrix", "%(num)s more in the matrix", left)
    link = views.Link(more, page.to("matrix", f"topic-{topic.id}")) if left else None
    return TopicList(topic.id, topic.title, claims, link)


# ---- figures ---------------------------------------------------------------------------------------------------


def _figures(folder: Folder) -> list[Figure]:
    """The numbers of claims, those first that the texts give in most ways."""
    figures = [figure for row in folder.analysis.matrix.rows if (figure := _figure(folder, row))]
    return sorted(figures, key=lambda figure: -len(figure.values))


def _figure(folder: Folder, row: Row) -> Figure | None:
    """The numbers that the sources give for a claim, in its unit, equal ones together."""
    if row.claim.unit is None:
        return None
    values: dict[str, FigureValue] = {}
    for value, cell in given_of(row):
        text = converted_in_words(value, folder.words) or value_in_words(value, folder.words)
        known = values.get(text)
        known = known or FigureValue(figure_quote(folder, cell), text, (), folder.stance(cell.stance))
        values[text] = replace(known, sources=(*known.sources, folder.siglum(cell.source)))
    unit = "" if row.claim.unit == DATE else row.claim.unit
    return Figure(folder.lines[row.claim.id], unit, tuple(values.values())) if values else None


# ---- sources ---------------------------------------------------------------------------------------------------


def _source_card(folder: Folder, source: Source) -> SourceCard:
    analysis, words = folder.analysis, folder.words
    speaks = sum(cell.speaks for _, cell in folder.column(source.id))
    every = len(analysis.matrix.rows)
    return SourceCard(
        source=folder.siglum(source),
        headline=headline_quote(analysis.anchored.articles[source.id], source, folder.to_source(source.id), words),
        written=written(source, words),
        speaks=words.ngettext(
            "Speaks on %(number)s of %(num)s claim",
            "Speaks on %(number)s of %(num)s claims",
            every,
            number=words.number(speaks),
        ),
    )


def headline_quote(article: Article, source: Source, page: str, words: Words = ENGLISH) -> views.Quote | None:
    """The first headline, as the article prints it; `page` as in quote_view."""
    paragraph = next((p for p in article.paragraphs if p.zone is Zone.HEADLINE), None)
    if paragraph is None:
        return None
    mode, unclosed = article.mode([paragraph.span])
    return views.Quote(
        segments=(views.Segment("text", paragraph.span.of(article.text)),),
        href=f"{page}#{anchor_of(paragraph)}",
        place=label_of(paragraph, words),
        place_label=spoken_label(paragraph, source.siglum, words),
        mode=mode,
        unclosed=unclosed,
        language=source.language,
        translation=source.headline_translation,
    )
