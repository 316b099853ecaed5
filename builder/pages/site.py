"""The digest's own pages. They need only a small summary of each briefing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from builder import strings, text, views
from builder.analysis import Analysis
from builder.analysis.matrix import Status
from builder.drawing import glance
from builder.model import Site
from builder.pages.chrome import chrome
from builder.pages.folder import Folder
from builder.pages.labels import stances, usual_statuses
from builder.pages.page import Page
from builder.routes import BriefingRoute, SiteRoute, link, path_of
from builder.views.site import (
    ArchiveLine,
    ArchivePage,
    ArchiveYear,
    BriefingCard,
    CorrectionsPage,
    Count,
    DigestPage,
    FoldRule,
    HowToReadPage,
    NotFoundPage,
)
from builder.words import ENGLISH, Words, sentence

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
    findable: str = ""
    """Tells one state of what can be searched in it from another."""
    was: tuple[str, ...] = ()
    """The names that its folder had in earlier times."""
    pages: tuple[str, ...] = ()
    """Where its folder had other names, the paths of its pages: each has an old address for each name."""


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
        when=words.date(briefing.date),
        published=briefing.published.text,
        updated=briefing.updated.text,
        year=f"{published.first.year:04}" if published else "",
        draft=briefing.draft,
        corrections=tuple(_from_root(line, briefing.name) for line in folder.corrections()),
    )


def newest_first(summaries: Iterable[Summary]) -> list[Summary]:
    """The order of the digest; briefings of one date by name."""
    return sorted(sorted(summaries, key=lambda s: s.name), key=lambda s: s.published, reverse=True)


def card_of(analysis: Analysis, words: Words = ENGLISH) -> BriefingCard:
    """One briefing on the digest, as seen from the site's root."""
    briefing, matrix = analysis.anchored.briefing, analysis.matrix
    sources, claims = len(briefing.sources), len(briefing.claims)
    told = (Status.DISPUTED, Status.WORDING_DIFFERS, Status.CORROBORATED, Status.SINGLE_SOURCE)
    disputed, differing, corroborated, single = (len(matrix.of_status(status)) for status in told)
    counts = [
        Count(sources, words.ngettext("%(num)s source", "%(num)s sources", sources)),
        Count(claims, words.ngettext("%(num)s claim", "%(num)s claims", claims)),
        Count(disputed, words.ngettext("%(num)s disputed", "%(num)s disputed", disputed)),
        Count(differing, words.ngettext("%(num)s with differing wording", "%(num)s with differing wording", differing)),
        Count(corroborated, words.ngettext("%(num)s corroborated", "%(num)s corroborated", corroborated)),
        Count(single, words.ngettext("%(num)s in a single source", "%(num)s in a single source", single)),
    ]
    return BriefingCard(
        title=briefing.title,
        href=_to(briefing.name),
        place=briefing.place,
        when=words.date(briefing.date),
        summary=briefing.summary,
        pattern=glance.pattern(briefing, matrix, words),
        glance=glance.in_blocks(briefing, matrix, glance.CARD, {}, words),
        counts=tuple(count for index, count in enumerate(counts) if count.number or index < 2),
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
    site: Site, summaries: Sequence[Summary], cards: Mapping[str, BriefingCard], words: Words = ENGLISH
) -> list[Page]:
    """The digest, how to read, corrections, 404, and the archive where the digest does not show all.

    `summaries` are newest first; `cards`, by name, those of the first SHOWN.
    """
    shown = [cards[summary.name] for summary in summaries[:SHOWN]]
    archive = _archive_link(summaries, SiteRoute("index"), words)
    digest = DigestPage(
        chrome(site, words, SiteRoute("index"), site.title, site.tagline),
        shown[0] if shown else None,
        tuple(shown[1:]),
        archive,
        tuple(stances(words).values()),
        usual_statuses(words),
    )
    how_to_read = HowToReadPage(
        chrome(
            site,
            words,
            SiteRoute("how-to-read"),
            words.gettext("How to read"),
            words.gettext("What the marks, statuses and quotations mean."),
        ),
        tuple(stances(words).values()),
        usual_statuses(words),
        tuple(
            (sentence(words.gettext(word)), words.gettext(meaning)) for word, meaning in strings.DIFFERENCES.values()
        ),
        _folding(words),
        words.gettext("%(number)s %%", number=site.excerpt_maximum),
    )
    lines = sorted((line for s in summaries for line in s.corrections), key=lambda line: line.datetime, reverse=True)
    corrections = CorrectionsPage(
        chrome(
            site,
            words,
            SiteRoute("corrections"),
            words.gettext("Corrections"),
            words.gettext("What was corrected since publication."),
        ),
        tuple(lines),
    )
    return [
        Page(SiteRoute("index"), "digest.html", digest),
        *([Page(SiteRoute("archive"), "archive.html", _archive(site, summaries, words))] if archive else []),
        Page(SiteRoute("how-to-read"), "how-to-read.html", how_to_read),
        Page(SiteRoute("corrections"), "corrections.html", corrections),
        Page(SiteRoute("404"), "404.html", _not_found(site, summaries, words)),
    ]


def _archive_link(summaries: Sequence[Summary], at: SiteRoute, words: Words) -> views.Link | None:
    if len(summaries) <= SHOWN:
        return None
    label = words.ngettext("All %(num)s briefings", "All %(num)s briefings", len(summaries))
    return views.Link(label, link(path_of(at), path_of(SiteRoute("archive"))))


def _archive(site: Site, summaries: Sequence[Summary], words: Words) -> ArchivePage:
    years: dict[str, list[ArchiveLine]] = {}
    for s in summaries:
        years.setdefault(s.year, []).append(ArchiveLine(s.title, _to(s.name), s.place, s.when, s.draft))
    return ArchivePage(
        chrome(
            site,
            words,
            SiteRoute("archive"),
            words.gettext("All briefings"),
            words.gettext("Every briefing, by the year of its publication."),
        ),
        tuple(ArchiveYear(year or words.gettext("No date"), tuple(lines)) for year, lines in years.items()),
    )


def _not_found(site: Site, summaries: Sequence[Summary], words: Words) -> NotFoundPage:
    """404.html stands in for any address, so its links start at the site's path, where that is known."""
    title, description = words.gettext("Page not found"), words.gettext("There is no page at this address.")
    around = chrome(site, words, SiteRoute("404"), title, description)
    base = urlsplit(site.url).path if site.url else ""
    links = [views.Link(s.title, base + _to(s.name)) for s in summaries[:SHOWN]]
    if archive := _archive_link(summaries, SiteRoute("404"), words):
        links.append(replace(archive, href=base + archive.href))
    site_links = tuple(replace(one, href=base + one.href) for one in around.site_links)
    return NotFoundPage(replace(around, root=base, site_links=site_links, feed=None), tuple(links))


def _folding(words: Words) -> tuple[FoldRule, ...]:
    """The table by which a quotation may differ from the article, as it is declared in text."""
    table = (
        (words.gettext("Single quotation marks"), text.SINGLE_QUOTES, "'"),
        (words.gettext("Double quotation marks"), text.DOUBLE_QUOTES, '"'),
        (words.gettext("Dashes and hyphens"), text.DASHES, "-"),
        (words.gettext("Spaces and line breaks"), text.SPACES, words.gettext("one space")),
        (words.gettext("Characters that cannot be seen"), text.INVISIBLE, words.gettext("nothing")),
        (words.gettext("Ellipsis"), text.ELLIPSIS, "..."),
    )
    return tuple(FoldRule(name, _visible(characters), becomes) for name, characters, becomes in table)


def _visible(characters: str) -> str:
    return " ".join(c if c.isprintable() and not c.isspace() else f"U+{ord(c):04X}" for c in characters)
