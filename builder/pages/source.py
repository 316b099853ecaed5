"""A source's page: what the briefing uses of one article, where, and how it stands to the others."""

from __future__ import annotations

from collections import Counter

from builder import quoting, strings, views
from builder.analysis import Analysis
from builder.analysis.coverage import merge
from builder.analysis.matrix import Cell, Row
from builder.article import Paragraph, Zone
from builder.dates import Edtf, in_words
from builder.model import Site, Source, Stance
from builder.pages.context import PageContext, machine_date, stance_view
from builder.pages.overview import headline_quote
from builder.pages.page import Page
from builder.routes import ItemRoute
from builder.text import Span, count_words

_WEIGHT = (Stance.CONTRADICTS, Stance.QUALIFIES, Stance.SUPPORTS, Stance.SILENT)
"""Where two claims rest on the same words, the more unusual stance gives the colour."""


def source_page(site: Site, analysis: Analysis, source: Source) -> Page:
    """The page of one source."""
    briefing = analysis.anchored.briefing
    route = ItemRoute(briefing.name, "sources", source.id)
    page = PageContext(site, analysis, route)
    column = analysis.matrix.of_source(source.id)
    coverage = analysis.coverage[source.id]
    headline = headline_quote(page, source)
    title = headline.segments[0].text if headline else source.name
    view = views.SourcePage(
        chrome=page.chrome(
            f"{source.name} ({source.siglum}): {briefing.title}",
            f"Source {source.siglum}: what the briefing uses of this text, claim by claim.",
        ),
        source=page.siglum(source),
        article=source.article,
        language=source.language,
        title=title,
        facts=_facts(page, source, headline),
        note=source.note,
        shown_words=coverage.words,
        all_words=coverage.of,
        shown_percent=coverage.percent,
        limit_percent=None if source.full_text else int(site.excerpt_maximum),
        minimap=_minimap(page, source),
        excerpts=_excerpts(page, source),
        agreements=tuple(_agreement(page, source, other) for other in briefing.sources if other is not source),
        silent_on=tuple(
            views.SilentLine(row.claim.text, page.to_claim(row.claim.id), page.because(cell) or "")
            for row, cell in column
            if not cell.speaks
        ),
        others=tuple(siglum for siglum in page.sigla if siglum.letter != source.siglum),
        url=source.url,
    )
    return Page(route, "source.html", view)


# ---- facts -----------------------------------------------------------------------------------------------------


def _facts(page: PageContext, source: Source, headline: views.Quote | None) -> tuple[views.Fact, ...]:
    anchored = page.analysis.anchored
    article = anchored.articles[source.id]
    coverage = page.analysis.coverage[source.id]
    origins = anchored.briefing.origins
    named = dict.fromkeys(
        id_ for _, cell in page.analysis.matrix.of_source(source.id) if cell.evidence for id_ in cell.evidence.via
    )
    horizon, outlook = anchored.horizons.get(source.id), anchored.outlooks.get(source.id)
    ahead = next(
        (e.title for e in anchored.briefing.events if source.looks_ahead and e.id == source.looks_ahead.event),
        "",
    )
    body = sum(p.zone is Zone.BODY for p in article.paragraphs)
    facts = [
        views.Fact("Outlet", source.name),
        views.Fact("Headline", "", headline) if headline else views.Fact("Headline", "Not in the text"),
        _date("Published", source.published, "printed") or views.Fact("Published", "No date in the text"),
        _date("Page saved", source.captured, "printed"),
    ]
    if source.author:
        facts.append(views.Fact("Author", source.author))
    if source.known_through:
        quote = page.quote(horizon) if horizon else None
        facts.append(views.Fact("Known through", in_words(source.known_through.date, weekday=True), quote))
    if outlook:
        facts.append(views.Fact("Still ahead", ahead, page.quote(outlook)))
    if source.via:
        facts.append(views.Fact("Credit for the whole text", strings.listed([origins[id_].name for id_ in source.via])))
    if named:
        facts.append(views.Fact("Credits", "; ".join(origins[id_].name for id_ in named)))
    facts += [
        views.Fact("Length", f"{coverage.of} words, {strings.plural(body, 'paragraph')}"),
        views.Fact("Shown here", f"{coverage.words} words, {coverage.percent} %"),
    ]
    if source.licence:
        facts.append(views.Fact("Licence", source.licence))
    facts.append(views.Fact("File", source.article))
    return tuple(fact for fact in facts if fact)


def _date(label: str, date: Edtf | None, how: str) -> views.Fact | None:
    if date is None:
        return None
    return views.Fact(label, f"{in_words(date, weekday=True)} ({how})", datetime=machine_date(date))


# ---- the article -----------------------------------------------------------------------------------------------


def _used(page: PageContext, source: Source) -> list[tuple[Span, Stance, Row]]:
    """The spans that claims rest on, with stance and claim; silent ones are quoted too."""
    return [
        (part.span, cell.stance, row)
        for row, cell in page.analysis.matrix.of_source(source.id)
        for passage in cell.passages
        for part in passage.parts
    ]


def _excerpts(page: PageContext, source: Source) -> tuple[views.Excerpt | views.Skipped, ...]:
    """The article's paragraphs as far as they are shown; the others are counted."""
    article = page.analysis.anchored.articles[source.id]
    coverage = page.analysis.coverage[source.id]
    used = _used(page, source)
    keys: dict[Span, Stance] = {}
    for _, cell in page.analysis.matrix.of_source(source.id):
        for passage in cell.passages:
            for key in passage.keys or tuple(part.span for part in passage.parts):
                keys[key] = min(keys.get(key, cell.stance), cell.stance, key=_WEIGHT.index)
    out: list[views.Excerpt | views.Skipped] = []
    left_out: list[Paragraph] = []
    for paragraph in article.paragraphs:
        if paragraph.zone is Zone.BOILERPLATE:
            continue
        segments = quoting.excerpt_of(article, paragraph, coverage, _disjoint(keys))
        if not segments:
            left_out.append(paragraph)
            continue
        out += _skipped(article.text, left_out)
        left_out = []
        anchor = quoting.anchor_of(paragraph)
        notes = _notes(page, paragraph, used)
        out.append(views.Excerpt(anchor, quoting.label_of(paragraph), segments, notes, f"#{anchor}"))
    return tuple(out + _skipped(article.text, left_out))


def _disjoint(keys: dict[Span, Stance]) -> dict[Span, Stance]:
    """Key words without overlaps: of two that overlap, the first stays whole and the second gives way."""
    out: dict[Span, Stance] = {}
    at = 0
    for span in sorted(keys):
        start = max(at, span.start)
        if start < span.end:
            out[Span(start, span.end)] = keys[span]
            at = span.end
    return out


def _skipped(text: str, paragraphs: list[Paragraph]) -> list[views.Excerpt | views.Skipped]:
    if not paragraphs:
        return []
    count = strings.plural(sum(count_words(p.span.of(text)) for p in paragraphs), "word")
    first, last = quoting.label_of(paragraphs[0]), quoting.label_of(paragraphs[-1])
    both = paragraphs[0].zone is paragraphs[-1].zone is Zone.BODY
    label = first if first == last else f"{first}–{paragraphs[-1].number}" if both else f"{first} to {last}"
    return [views.Skipped(f"{label} not shown, {count}")]


def _notes(
    page: PageContext, paragraph: Paragraph, used: list[tuple[Span, Stance, Row]]
) -> tuple[views.MarginNote, ...]:
    notes = [
        views.MarginNote(row.claim.text, page.to_claim(row.claim.id), stance_view(stance))
        for span, stance, row in sorted(used, key=lambda use: use[0])
        if paragraph.span.start <= span.start < paragraph.span.end
    ]
    return tuple(dict.fromkeys(notes))


def _minimap(page: PageContext, source: Source) -> tuple[views.MapParagraph, ...]:
    """One block for each paragraph of the body, with what claims rest on marked."""
    article = page.analysis.anchored.articles[source.id]
    shown = page.analysis.coverage[source.id].shown
    used = _used(page, source)
    out = []
    for paragraph in article.paragraphs:
        if paragraph.zone is Zone.BOILERPLATE:
            continue
        span = paragraph.span
        length = span.end - span.start
        inside = [(s, stance) for s, stance, _ in used if span.start <= s.start < span.end]
        marks = []
        for stance in reversed(_WEIGHT):
            for part in merge(s for s, its in inside if its is stance):
                x, width = (
                    100 * (part.start - span.start) / length,
                    100 * (min(part.end, span.end) - part.start) / length,
                )
                marks.append(views.MapMark(round(x, 1), round(width, 1), stance))
        visible = any(s.start < span.end and span.start < s.end for s in shown)
        claims = strings.plural(len({row.claim.id for s, _, row in used if span.start <= s.start < span.end}), "claim")
        label = f"{quoting.label_of(paragraph).replace('¶', 'Paragraph').replace(quoting.NARROW, ' ')}: {claims}"
        href = f"#{quoting.anchor_of(paragraph)}" if visible else None
        out.append(views.MapParagraph(href, label, count_words(span.of(article.text)), tuple(marks)))
    return tuple(out)


# ---- the others ------------------------------------------------------------------------------------------------


def _agreement(page: PageContext, source: Source, other: Source) -> views.Agreement:
    """How two sources stand on the claims that both speak to: alike means the same stance and difference."""
    counts = Counter(
        kind
        for row in page.analysis.matrix.rows
        if (kind := _compare(*(next(c for c in row.cells if c.source is s) for s in (source, other))))
    )
    named = [
        (counts["alike"], "alike"),
        (counts["qualified"], "qualified"),
        (counts["contradicted"], "contradicted"),
    ]
    text = ", ".join(f"{number} {word}" for number, word in named if number) or "no claim in common"
    return views.Agreement(
        page.siglum(other), counts.total(), counts["alike"], counts["qualified"], counts["contradicted"], text
    )


def _compare(one: Cell, other: Cell) -> str | None:
    if not (one.speaks and other.speaks):
        return None
    if Stance.CONTRADICTS in (one.stance, other.stance) and one.stance is not other.stance:
        return "contradicted"
    return (
        "alike"
        if one.stance is other.stance is Stance.SUPPORTS or one.stance is other.stance is Stance.CONTRADICTS
        else "qualified"
    )
