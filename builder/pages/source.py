"""A source's page: what the briefing uses of one article, where, and how it stands to the others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from builder import quoting, strings, views
from builder.analysis import Analysis
from builder.analysis.coverage import Coverage, merge
from builder.analysis.matrix import Cell, Row
from builder.article import Article, Paragraph, Zone
from builder.dates import Edtf, in_words
from builder.model import Claim, Source, Stance
from builder.pages.context import Folder, PageContext, because, machine_date, quote_view
from builder.pages.coverage import agreement_in_words
from builder.pages.overview import headline_quote
from builder.pages.page import Page
from builder.routes import ItemRoute
from builder.text import Span

Column = Sequence[tuple[Row, Cell]]
"""What one source says, claim by claim."""
Use = tuple[Span, Stance, Claim]
"""Words of an article with the claim that rests on them, and how."""

_WEIGHT = (Stance.CONTRADICTS, Stance.QUALIFIES, Stance.SUPPORTS, Stance.SILENT)
"""Where two claims rest on the same words, the more unusual stance gives the colour."""


def source_page(folder: Folder, source: Source) -> Page:
    """The page of one source."""
    analysis = folder.analysis
    briefing, article = analysis.anchored.briefing, analysis.anchored.articles[source.id]
    route = ItemRoute(briefing.name, "sources", source.id)
    column, coverage = folder.column(source.id), analysis.coverage[source.id]
    used = _used(column)
    headline = headline_quote(article, source, "")
    title = headline.segments[0].text if headline else source.name
    view = views.SourcePage(
        chrome=PageContext(folder, route).chrome(
            f"{source.name} ({source.siglum}): {briefing.title}",
            f"Source {source.siglum}: what the briefing uses of this text, claim by claim.",
        ),
        source=folder.siglum(source),
        article=source.article,
        language=source.language,
        title=title,
        facts=_facts(analysis, source, column, headline),
        note=source.note,
        shown_words=coverage.words,
        all_words=coverage.of,
        shown_percent=coverage.percent,
        limit_percent=None if source.full_text else int(folder.site.excerpt_maximum),
        minimap=_minimap(article, coverage, used),
        excerpts=_excerpts(folder, article, source.language, coverage, column, used),
        agreements=tuple(_agreements(folder, source)),
        silent_on=tuple(
            views.SilentLine(row.claim.text, folder.to_claim(row.claim.id), because(cell) or "")
            for row, cell in column
            if not cell.speaks
        ),
        others=tuple(siglum for siglum in folder.sigla if siglum.letter != source.siglum),
        url=source.url,
    )
    return Page(route, "source.html", view)


# ---- facts -----------------------------------------------------------------------------------------------------


def _facts(analysis: Analysis, source: Source, column: Column, headline: views.Quote | None) -> tuple[views.Fact, ...]:
    anchored, coverage = analysis.anchored, analysis.coverage[source.id]
    article = anchored.articles[source.id]
    origins = anchored.briefing.origins
    named = dict.fromkeys(id_ for _, cell in column if cell.evidence for id_ in cell.evidence.via)
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
        quote = quote_view(article, source, horizon, "") if horizon else None
        facts.append(views.Fact("Known through", in_words(source.known_through.date, weekday=True), quote))
    if outlook:
        facts.append(views.Fact("Still ahead", ahead, quote_view(article, source, outlook, "")))
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


def _used(column: Column) -> list[Use]:
    """What claims rest on, in the article's order; silent ones are quoted too."""
    used = [
        (part.span, cell.stance, row.claim)
        for row, cell in column
        for passage in cell.passages
        for part in passage.parts
    ]
    return sorted(used, key=lambda use: (use[0].start, use[0].end))


def _inside(used: Sequence[Use], paragraph: Paragraph) -> Sequence[Use]:
    """What starts in a paragraph."""
    ends = (paragraph.span.start, paragraph.span.end)
    first, last = (bisect_left(used, end, key=lambda use: use[0].start) for end in ends)
    return used[first:last]


def _excerpts(
    folder: Folder, article: Article, language: str, coverage: Coverage, column: Column, used: Sequence[Use]
) -> tuple[views.Excerpt | views.Skipped, ...]:
    """The article's paragraphs as far as they are shown; the others are counted."""
    keys = _disjoint(_keys(column))
    out: list[views.Excerpt | views.Skipped] = []
    left_out: list[Paragraph] = []
    for paragraph in article.paragraphs:
        if paragraph.zone is Zone.BOILERPLATE:
            continue
        segments = quoting.excerpt_of(article, paragraph, coverage, keys)
        if not segments:
            left_out.append(paragraph)
            continue
        out += _skipped(article, left_out)
        left_out = []
        anchor = quoting.anchor_of(paragraph)
        notes = (
            views.MarginNote(claim.text, folder.to_claim(claim.id), folder.stance(stance))
            for _, stance, claim in _inside(used, paragraph)
        )
        label = quoting.label_of(paragraph)
        out.append(views.Excerpt(anchor, label, segments, tuple(dict.fromkeys(notes)), f"#{anchor}", language))
    return tuple(out + _skipped(article, left_out))


def _keys(column: Column) -> dict[Span, Stance]:
    """The words that stances rest on: the key words, or else the whole quotation."""
    keys: dict[Span, Stance] = {}
    for _, cell in column:
        for passage in cell.passages:
            for key in passage.keys or passage.spans:
                keys[key] = min(keys.get(key, cell.stance), cell.stance, key=_WEIGHT.index)
    return keys


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


def _skipped(article: Article, paragraphs: list[Paragraph]) -> list[views.Excerpt | views.Skipped]:
    if not paragraphs:
        return []
    count = strings.plural(sum(article.words_in(p.span) for p in paragraphs), "word")
    first, last = quoting.label_of(paragraphs[0]), quoting.label_of(paragraphs[-1])
    both = paragraphs[0].zone is paragraphs[-1].zone is Zone.BODY
    label = first if first == last else f"{first}–{paragraphs[-1].number}" if both else f"{first} to {last}"
    return [views.Skipped(f"{label} not shown, {count}")]


def _minimap(article: Article, coverage: Coverage, used: Sequence[Use]) -> tuple[views.MapParagraph, ...]:
    """One block for each paragraph of the body, with what claims rest on marked."""
    out = []
    for paragraph in article.paragraphs:
        if paragraph.zone is Zone.BOILERPLATE:
            continue
        span = paragraph.span
        inside = _inside(used, paragraph)
        claims = strings.plural(len({claim.id for _, _, claim in inside}), "claim")
        label = f"{quoting.label_of(paragraph).replace('¶', 'Paragraph').replace(quoting.NARROW, ' ')}: {claims}"
        href = f"#{quoting.anchor_of(paragraph)}" if quoting.shown_of(paragraph, coverage) else None
        out.append(views.MapParagraph(href, label, article.words_in(span), tuple(_marks(span, inside))))
    return tuple(out)


def _marks(span: Span, used: Sequence[Use]) -> Iterator[views.MapMark]:
    """What is used of a paragraph, in per cent of its length; what gives the colour comes last, and so on top."""
    length = span.end - span.start
    spans: dict[Stance, list[Span]] = {}
    for part, stance, _ in used:
        spans.setdefault(stance, []).append(part)
    for stance in sorted(spans, key=_WEIGHT.index, reverse=True):
        for part in merge(spans[stance]):
            x = 100 * (part.start - span.start) / length
            width = 100 * (min(part.end, span.end) - part.start) / length
            yield views.MapMark(round(x, 1), round(width, 1), stance.value)


# ---- the others ------------------------------------------------------------------------------------------------


def _agreements(folder: Folder, source: Source) -> Iterator[views.Agreement]:
    """How a source stands to each other one on the claims that both speak to."""
    sigla = dict(zip((one.source.id for one in folder.analysis.testimony), folder.sigla, strict=True))
    for pair in folder.agreements.get(source.id, ()):
        siglum = sigla[pair.other if pair.one == source.id else pair.one]
        alike, qualified, contradicted = map(len, (pair.alike, pair.qualified, pair.contradicted))
        yield views.Agreement(siglum, pair.shared, alike, qualified, contradicted, agreement_in_words(pair))
