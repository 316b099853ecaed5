"""The digest's own pages. They need only a small summary of each briefing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from builder import strings, text, views
from builder.analysis import Analysis
from builder.analysis.matrix import Status
from builder.dates import in_words
from builder.drawing import charts
from builder.model import Site
from builder.pages.context import Folder, chrome, stances, usual_statuses
from builder.pages.page import Page
from builder.routes import BriefingRoute, SiteRoute, link, path_of
from builder.words import ENGLISH, Words

SHOWN = 12
"""How many briefings the digest shows with their patterns, the newest; all of them stand in the archive."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the digest's pages, the feed and the sitemap need to know of every briefing. Links start at the root."""

    name: str
    title: str
    summary: str
    place: str | None
    when: str
    """The date of the event, in words."""
    published: str
    """YYYY-MM-DD, as far as given."""
    updated: str
    year: str
    """Of publication."""
    draft: bool
    corrections: tuple[views.CorrectionLine, ...]


def summary_of(site: Site, analysis: Analysis, words: Words = ENGLISH) -> Summary:
    """The summary of one briefing, as seen from the site's root."""
    briefing = analysis.anchored.briefing
    published = briefing.published.start or briefing.published.end
    folder = Folder(site, analysis, words=words)
    return Summary(
        name=briefing.name,
        title=briefing.title,
        summary=briefing.summary,
        place=briefing.place,
        when=in_words(briefing.date),
        published=briefing.published.text,
        updated=briefing.updated.text,
        year=f"{published.first.year:04}" if published else "",
        draft=briefing.draft,
        corrections=tuple(_from_root(line, briefing.name) for line in folder.corrections()),
    )


def newest_first(summaries: Iterable[Summary]) -> list[Summary]:
    """The order of the digest; briefings of one date by name."""
    return sorted(sorted(summaries, key=lambda s: s.name), key=lambda s: s.published, reverse=True)


def card_of(analysis: Analysis, words: Words = ENGLISH) -> views.BriefingCard:
    """One briefing on the digest, as seen from the site's root."""
    briefing, matrix = analysis.anchored.briefing, analysis.matrix
    things = ((len(briefing.sources), "source"), (len(briefing.claims), "claim"))
    counts = [views.Count(number, strings.plural(number, word).split()[1]) for number, word in things]
    for status in (Status.DISPUTED, Status.WORDING_DIFFERS, Status.CORROBORATED, Status.SINGLE_SOURCE):
        number = len(matrix.of_status(status))
        if number:
            label = words.gettext(strings.STATUSES[status][0]).lower()
            counts.append(views.Count(number, "with differing wording" if status is Status.WORDING_DIFFERS else label))
    return views.BriefingCard(
        title=briefing.title,
        href=_to(briefing.name),
        place=briefing.place,
        when=in_words(briefing.date),
        summary=briefing.summary,
        pattern=charts.pattern(briefing, matrix),
        counts=tuple(counts),
        matrix_href=_to(briefing.name, "matrix"),
        timeline_href=_to(briefing.name, "timeline"),
        draft=briefing.draft,
    )


def _to(briefing: str, page: str = "index") -> str:
    return link(path_of(SiteRoute("index")), path_of(BriefingRoute(briefing, page)))


def _from_root(line: views.CorrectionLine, name: str) -> views.CorrectionLine:
    """A correction with links that start at the site's root instead of the briefing's folder."""
    claim = replace(line.claim, href=f"{name}/{line.claim.href}") if line.claim else None
    return replace(line, claim=claim, briefing=replace(line.briefing, href=f"{name}/{line.briefing.href}"))


def site_pages(
    site: Site, summaries: Sequence[Summary], cards: Mapping[str, views.BriefingCard], words: Words = ENGLISH
) -> list[Page]:
    """The digest, how to read, corrections, 404, and the archive where the digest does not show all.

    `summaries` are newest first; `cards`, by name, those of the first SHOWN.
    """
    shown = [cards[summary.name] for summary in summaries[:SHOWN]]
    archive = _archive_link(summaries, SiteRoute("index"))
    digest = views.DigestPage(
        chrome(site, words, SiteRoute("index"), site.title, site.tagline),
        shown[0] if shown else None,
        tuple(shown[1:]),
        archive,
        tuple(stances(words).values()),
        usual_statuses(words),
    )
    how_to_read = views.HowToReadPage(
        chrome(site, words, SiteRoute("how-to-read"), "How to read", "What the marks, statuses and quotations mean."),
        tuple(stances(words).values()),
        usual_statuses(words),
        tuple((strings.sentence(word), meaning) for word, meaning in strings.DIFFERENCES.values()),
        _folding(),
        f"{site.excerpt_maximum} %",
    )
    lines = sorted((line for s in summaries for line in s.corrections), key=lambda line: line.datetime, reverse=True)
    corrections = views.CorrectionsPage(
        chrome(site, words, SiteRoute("corrections"), "Corrections", "What was corrected since publication."),
        tuple(lines),
    )
    return [
        Page(SiteRoute("index"), "digest.html", digest),
        *([Page(SiteRoute("archive"), "archive.html", _archive(site, summaries, words))] if archive else []),
        Page(SiteRoute("how-to-read"), "how-to-read.html", how_to_read),
        Page(SiteRoute("corrections"), "corrections.html", corrections),
        Page(SiteRoute("404"), "404.html", _not_found(site, summaries, words)),
    ]


def _archive_link(summaries: Sequence[Summary], at: SiteRoute) -> views.Link | None:
    if len(summaries) <= SHOWN:
        return None
    return views.Link(f"All {len(summaries):,} briefings", link(path_of(at), path_of(SiteRoute("archive"))))


def _archive(site: Site, summaries: Sequence[Summary], words: Words) -> views.ArchivePage:
    years: dict[str, list[views.ArchiveLine]] = {}
    for s in summaries:
        years.setdefault(s.year, []).append(views.ArchiveLine(s.title, _to(s.name), s.place, s.when, s.draft))
    return views.ArchivePage(
        chrome(site, words, SiteRoute("archive"), "All briefings", "Every briefing, by the year of its publication."),
        tuple(views.ArchiveYear(year or "No date", tuple(lines)) for year, lines in years.items()),
    )


def _not_found(site: Site, summaries: Sequence[Summary], words: Words) -> views.NotFoundPage:
    """404.html stands in for any address, so its links start at the site's path, where that is known."""
    around = chrome(site, words, SiteRoute("404"), "Page not found", "There is no page at this address.")
    base = urlsplit(site.url).path if site.url else ""
    links = [views.Link(s.title, base + _to(s.name)) for s in summaries[:SHOWN]]
    if archive := _archive_link(summaries, SiteRoute("404")):
        links.append(replace(archive, href=base + archive.href))
    site_links = tuple(replace(one, href=base + one.href) for one in around.site_links)
    return views.NotFoundPage(replace(around, root=base, site_links=site_links, feed=None), tuple(links))


def _folding() -> tuple[views.FoldRule, ...]:
    """The table by which a quotation may differ from the article, as it is declared in text."""
    table = (
        ("Single quotation marks", text.SINGLE_QUOTES, "'"),
        ("Double quotation marks", text.DOUBLE_QUOTES, '"'),
        ("Dashes and hyphens", text.DASHES, "-"),
        ("Spaces and line breaks", text.SPACES, "one space"),
        ("Characters that cannot be seen", text.INVISIBLE, "nothing"),
        ("Ellipsis", text.ELLIPSIS, "..."),
    )
    return tuple(views.FoldRule(name, _visible(characters), becomes) for name, characters, becomes in table)


def _visible(characters: str) -> str:
    return " ".join(c if c.isprintable() and not c.isspace() else f"U+{ord(c):04X}" for c in characters)
