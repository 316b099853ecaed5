"""A source's page: what the briefing uses of one article, where, and how it stands to the others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from builder import quoting, views
from builder.analysis.coverage import Coverage, merge
from builder.analysis.matrix import Cell, Row
from builder.article import Article, Paragraph, Zone
from builder.dates import Edtf
from builder.fragments import passage_address
from builder.model import Claim, Source, Stance
from builder.pages.context import PageContext
from builder.pages.coverage import agreement_in_words
from builder.pages.folder import Folder, quote_view
from builder.pages.labels import because, machine_date
from builder.pages.overview import headline_quote
from builder.pages.page import Page
from builder.routes import ItemRoute
from builder.text import Span
from builder.views.source import (
    Agreement,
    Excerpt,
    Fact,
    MapMark,
    MapParagraph,
    MarginNote,
    SilentGroup,
    Skipped,
    SourcePage,
)
from builder.words import N_

Column = Sequence[tuple[Row, Cell]]
"""What one source says, claim by claim."""
Use = tuple[Span, Stance, Claim]
"""Words of an article with the claim that rests on them, and how."""

_WEIGHT = (Stance.CONTRADICTS, Stance.QUALIFIES, Stance.SUPPORTS, Stance.SILENT)
"""Where two claims rest on the same words, the more unusual stance gives the colour."""


def source_page(folder: Folder, source: Source) -> Page:
    """The page of one source."""
    analysis, words = folder.analysis, folder.words
    briefing, article = analysis.anchored.briefing, analysis.anchored.articles[source.id]
    page = PageContext(folder, ItemRoute(briefing.name, "sources", source.id))
    column, coverage = folder.column(source.id), analysis.coverage[source.id]
    used, siglum = _used(column), folder.siglum(source)
    headline = headline_quote(article, source, "", words)
    at = folder.sigla.index(siglum)
    view = SourcePage(
        chrome=page.chrome(
            words.gettext(
                "%(name)s (%(letter)s): %(briefing)s", name=siglum.name, letter=source.siglum, briefing=briefing.title
            ),
            words.gettext(
                "Source %(letter)s: what the briefing uses of this text, claim by claim.", letter=source.siglum
            ),
            (
                views.Link(words.gettext("Sources"), page.to("index", "sources")),
                views.Link(words.gettext("Source %(letter)s", letter=source.siglum), "", True),
            ),
        ),
        source=siglum,
        article=source.article,
        language=source.language,
        title=headline.segments[0].text if headline else siglum.name,
        translation=headline.translation if headline else None,
        facts=_facts(folder, source, column, headline),
        note=source.note,
        shown=_shown(folder, source, coverage),
        shown_percent=coverage.percent,
        limit_percent=None if source.full_text else int(folder.site.excerpt_maximum),
        minimap=_minimap(folder, article, coverage, used),
        excerpts=_excerpts(folder, source, coverage, column, used),
        agreements=tuple(_agreements(folder, source)),
        silent_on=_silent_on(folder, column),
        previous=folder.sigla[at - 1] if at else None,
        next=folder.sigla[at + 1] if at + 1 < len(folder.sigla) else None,
        others=tuple(other for other in folder.sigla if other is not siglum),
        url=source.url,
    )
    return Page(page.route, "source.html", view)


def _silent_on(folder: Folder, column: Column) -> tuple[SilentGroup, ...]:
    """The claims that a source is silent on, by how that is known, as they come."""
    groups: dict[str, list[views.Link]] = {}
    for row, cell in column:
        if not cell.speaks:
            link = views.Link(row.claim.text, folder.to_claim(row.claim.id))
            groups.setdefault(because(cell, folder.words) or "", []).append(link)
    return tuple(SilentGroup(told, tuple(links)) for told, links in groups.items())


def _shown(folder: Folder, source: Source, coverage: Coverage) -> str:
    words = folder.words
    shown, every = words.number(coverage.words), words.number(coverage.of)
    if source.full_text:
        message = N_("%(shown)s of %(all)s words shown, %(percent)s\u00a0%%; its licence sets no limit")
        return words.gettext(message, shown=shown, all=every, percent=coverage.percent)
    message = N_("%(shown)s of %(all)s words shown, %(percent)s\u00a0%%; the limit is %(limit)s\u00a0%%")
    return words.gettext(
        message, shown=shown, all=every, percent=coverage.percent, limit=int(folder.site.excerpt_maximum)
    )


# ---- facts -----------------------------------------------------------------------------------------------------


def _facts(folder: Folder, source: Source, column: Column, headline: views.Quote | None) -> tuple[Fact, ...]:
    words, anchored, coverage = folder.words, folder.analysis.anchored, folder.analysis.coverage[source.id]
    origins = anchored.briefing.origins
    named = dict.fromkeys(id_ for _, cell in column if cell.evidence for id_ in cell.evidence.via)
    body = sum(p.zone is Zone.BODY for p in anchored.articles[source.id].paragraphs)
    told, missing = words.gettext("Headline"), words.gettext("Not in the text")
    facts = [
        Fact("outlet", words.gettext("Outlet"), folder.siglum(source).name),
        Fact("headline", told, "", headline) if headline else Fact("headline", told, missing),
        *_dates(folder, source),
    ]
    if source.via:
        names = words.listed([origins[id_].name for id_ in source.via])
        facts.append(Fact("via", words.gettext("Credit for the whole text"), names))
    if named:
        facts.append(Fact("", words.gettext("Credits"), "; ".join(origins[id_].name for id_ in named)))
    counted = words.ngettext("%(num)s word", "%(num)s words", coverage.of)
    paragraphs = words.ngettext("%(num)s paragraph", "%(num)s paragraphs", body)
    length = words.gettext("%(words)s, %(paragraphs)s", words=counted, paragraphs=paragraphs)
    share = coverage.percent
    shown = words.ngettext(
        "%(num)s word, %(percent)s\u00a0%%", "%(num)s words, %(percent)s\u00a0%%", coverage.words, percent=share
    )
    facts += [Fact("", words.gettext("Length"), length), Fact("", words.gettext("Shown here"), shown)]
    if source.licence:
        facts.append(Fact("licence", words.gettext("Licence"), source.licence))
    return (*facts, Fact("article", words.gettext("File"), source.article))


def _dates(folder: Folder, source: Source) -> Iterator[Fact]:
    """Who wrote it, when, and what it knew of."""
    words, anchored = folder.words, folder.analysis.anchored
    article = anchored.articles[source.id]
    published = words.gettext("Published")
    yield (
        _date(folder, "published", published, source.published)
        if source.published
        else Fact("published", published, words.gettext("No date in the text"))
    )
    if source.captured:
        yield _date(folder, "captured", words.gettext("Page saved"), source.captured)
    if source.author:
        yield Fact("author", words.gettext("Author"), source.author)
    if source.known_through:
        horizon = anchored.horizons.get(source.id)
        quote = quote_view(article, source, horizon, "", words) if horizon else None
        date = words.date(source.known_through.date, weekday=True)
        yield Fact("known_through", words.gettext("Known through"), date, quote)
    if source.looks_ahead and (outlook := anchored.outlooks.get(source.id)):
        ahead = next((e.title for e in anchored.briefing.events if e.id == source.looks_ahead.event), "")
        yield Fact("looks_ahead", words.gettext("Still ahead"), ahead, quote_view(article, source, outlook, "", words))


def _date(folder: Folder, key: str, label: str, date: Edtf) -> Fact:
    """A date that the text prints."""
    words = folder.words
    printed = words.gettext("%(date)s (printed)", date=words.date(date, weekday=True))
    return Fact(key, label, printed, datetime=machine_date(date))


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
    folder: Folder, source: Source, coverage: Coverage, column: Column, used: Sequence[Use]
) -> tuple[Excerpt | Skipped, ...]:
    """The article's paragraphs as far as they are shown; the others are counted."""
    article, words, keys = folder.analysis.anchored.articles[source.id], folder.words, _disjoint(_keys(column))
    cell = folder.siglum(source).anchor
    out: list[Excerpt | Skipped] = []
    left_out: list[Paragraph] = []
    for paragraph in article.paragraphs:
        if paragraph.zone is Zone.BOILERPLATE:
            continue
        segments = quoting.excerpt_of(article, paragraph, coverage, keys)
        if not segments:
            left_out.append(paragraph)
            continue
        out += _skipped(folder, article, left_out)
        left_out = []
        anchor = quoting.anchor_of(paragraph)
        notes = (
            MarginNote(claim.text, f"{folder.to_claim(claim.id)}#{cell}", folder.stance(stance))
            for _, stance, claim in _inside(used, paragraph)
        )
        out.append(
            Excerpt(
                anchor,
                quoting.label_of(paragraph, words),
                quoting.spoken_label(paragraph, source.siglum, words),
                segments,
                tuple(dict.fromkeys(notes)),
                f"#{anchor}",
                source.language,
                _live(source, article, paragraph, coverage),
            )
        )
    return tuple(out + _skipped(folder, article, left_out))


def _live(source: Source, article: Article, paragraph: Paragraph, coverage: Coverage) -> str | None:
    """The first words that are shown of a paragraph, in the article where it was published."""
    if source.url is None:
        return None
    shown = quoting.shown_of(paragraph, coverage)[0]
    start, end = max(shown.start, paragraph.span.start), min(shown.end, paragraph.span.end)
    return passage_address(source.url, article, [Span(start, end)])


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


def _skipped(folder: Folder, article: Article, paragraphs: Sequence[Paragraph]) -> list[Excerpt | Skipped]:
    """A line for paragraphs that follow each other and of which nothing is shown."""
    if not paragraphs:
        return []
    words, count = folder.words, sum(article.words_in(p.span) for p in paragraphs)
    first, last = (quoting.label_of(paragraph, words) for paragraph in (paragraphs[0], paragraphs[-1]))
    if paragraphs[0].zone is paragraphs[-1].zone is Zone.BODY:
        last = words.number(paragraphs[-1].number)
        place = words.pgettext("paragraphs", "%(first)s–%(last)s", first=first, last=last)
    else:
        place = words.pgettext("parts of a text", "%(first)s to %(last)s", first=first, last=last)
    place = first if len(paragraphs) == 1 else place
    told = words.ngettext("%(place)s not shown, %(num)s word", "%(place)s not shown, %(num)s words", count, place=place)
    return [Skipped(told)]


def _minimap(folder: Folder, article: Article, coverage: Coverage, used: Sequence[Use]) -> tuple[MapParagraph, ...]:
    """One block for each paragraph of the article proper, with what claims rest on marked."""
    out = []
    for paragraph in article.paragraphs:
        if paragraph.zone is Zone.BOILERPLATE:
            continue
        span = paragraph.span
        inside = _inside(used, paragraph)
        href = f"#{quoting.anchor_of(paragraph)}" if quoting.shown_of(paragraph, coverage) else None
        label = _map_label(folder, paragraph, len({claim.id for _, _, claim in inside}))
        out.append(MapParagraph(href, label, article.words_in(span), tuple(_marks(span, inside))))
    return tuple(out)


def _map_label(folder: Folder, paragraph: Paragraph, claims: int) -> str:
    words = folder.words
    place = quoting.label_of(paragraph, words)
    if paragraph.zone is Zone.BODY:
        place = words.gettext("Paragraph %(number)s", number=words.number(paragraph.number))
    return words.ngettext("%(place)s: %(num)s claim", "%(place)s: %(num)s claims", claims, place=place)


def _marks(span: Span, used: Sequence[Use]) -> Iterator[MapMark]:
    """What is used of a paragraph, in per cent of its length; what gives the colour comes last, and so on top."""
    length = span.end - span.start
    spans: dict[Stance, list[Span]] = {}
    for part, stance, _ in used:
        spans.setdefault(stance, []).append(part)
    for stance in sorted(spans, key=_WEIGHT.index, reverse=True):
        for part in merge(spans[stance]):
            x = 100 * (part.start - span.start) / length
            width = 100 * (min(part.end, span.end) - part.start) / length
            yield MapMark(round(x, 1), round(width, 1), stance.value)


# ---- the others ------------------------------------------------------------------------------------------------


def _agreements(folder: Folder, source: Source) -> Iterator[Agreement]:
    """How a source stands to each other one on the claims that both speak to."""
    sigla = dict(zip((one.source.id for one in folder.analysis.testimony), folder.sigla, strict=True))
    for pair in folder.agreements.get(source.id, ()):
        siglum = sigla[pair.other if pair.one == source.id else pair.one]
        alike, qualified, contradicted = map(len, (pair.alike, pair.qualified, pair.contradicted))
        yield Agreement(siglum, pair.shared, alike, qualified, contradicted, agreement_in_words(pair, folder.words))
