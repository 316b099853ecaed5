"""The digest's own pages. They need only a small summary of each briefing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from builder import charts, strings, text, views
from builder.analysis import Analysis
from builder.analysis.matrix import Status
from builder.dates import in_words
from builder.model import Site
from builder.pages.context import STANCES, STATUSES, PageContext, chrome
from builder.pages.page import Page
from builder.routes import BriefingRoute, SiteRoute, link, path_of


@dataclass(frozen=True, slots=True)
class Summary:
    """What the digest's pages, the feed and the sitemap need to know of a briefing. Links start at the root."""

    name: str
    title: str
    summary: str
    published: str
    """YYYY-MM-DD, as far as given."""
    updated: str
    card: views.BriefingCard
    corrections: tuple[views.CorrectionLine, ...]
    paths: tuple[str, ...]
    """Of its pages."""


def summary_of(site: Site, analysis: Analysis, paths: Sequence[str]) -> Summary:
    """The summary of one briefing, as seen from the site's root."""
    briefing, matrix = analysis.anchored.briefing, analysis.matrix
    page = PageContext(site, analysis, BriefingRoute(briefing.name, "index"))
    things = ((len(briefing.sources), "source"), (len(briefing.claims), "claim"))
    counts = [views.Count(number, strings.plural(number, word).split()[1]) for number, word in things]
    for status in (Status.DISPUTED, Status.WORDING_DIFFERS, Status.CORROBORATED, Status.SINGLE_SOURCE):
        number = len(matrix.of_status(status))
        if number:
            label = strings.STATUSES[status][0].lower()
            counts.append(views.Count(number, "with differing wording" if status is Status.WORDING_DIFFERS else label))
    index = path_of(SiteRoute("index"))

    def to(name: str) -> str:
        return link(index, path_of(BriefingRoute(briefing.name, name)))

    card = views.BriefingCard(
        title=briefing.title,
        href=to("index"),
        place=briefing.place,
        when=in_words(briefing.date),
        summary=briefing.summary,
        pattern=charts.pattern(briefing, matrix),
        counts=tuple(counts),
        matrix_href=to("matrix"),
        timeline_href=to("timeline"),
        draft=briefing.draft,
    )
    return Summary(
        name=briefing.name,
        title=briefing.title,
        summary=briefing.summary,
        published=briefing.published.text,
        updated=briefing.updated.text,
        card=card,
        corrections=tuple(_from_root(line, briefing.name) for line in page.corrections()),
        paths=tuple(paths),
    )


def _from_root(line: views.CorrectionLine, name: str) -> views.CorrectionLine:
    """A correction with links that start at the site's root instead of the briefing's folder."""
    claim = replace(line.claim, href=f"{name}/{line.claim.href}") if line.claim else None
    return replace(line, claim=claim, briefing=replace(line.briefing, href=f"{name}/{line.briefing.href}"))


def site_pages(site: Site, summaries: Sequence[Summary]) -> list[Page]:
    """The digest, how to read, corrections and 404; `summaries` newest first."""
    cards = [summary.card for summary in summaries]
    digest = views.DigestPage(
        chrome(site, SiteRoute("index"), site.title, site.tagline),
        cards[0] if cards else None,
        tuple(cards[1:]),
        STANCES,
        STATUSES,
    )
    how_to_read = views.HowToReadPage(
        chrome(site, SiteRoute("how-to-read"), "How to read", "What the marks, statuses and quotations mean."),
        STANCES,
        STATUSES,
        tuple((strings.sentence(word), meaning) for word, meaning in strings.DIFFERENCES.values()),
        _folding(),
        f"{site.excerpt_maximum} %",
    )
    lines = sorted((line for s in summaries for line in s.corrections), key=lambda line: line.datetime, reverse=True)
    corrections = views.CorrectionsPage(
        chrome(site, SiteRoute("corrections"), "Corrections", "What was corrected since publication."),
        tuple(lines),
    )
    return [
        Page(SiteRoute("index"), "digest.html", digest),
        Page(SiteRoute("how-to-read"), "how-to-read.html", how_to_read),
        Page(SiteRoute("corrections"), "corrections.html", corrections),
        Page(SiteRoute("404"), "404.html", _not_found(site, summaries)),
    ]


def _not_found(site: Site, summaries: Sequence[Summary]) -> views.NotFoundPage:
    """404.html stands in for any address, so its links start at the site's path, where that is known."""
    around = chrome(site, SiteRoute("404"), "Page not found", "There is no page at this address.")
    base = urlsplit(site.url).path if site.url else ""
    links = tuple(views.Link(s.title, base + s.card.href) for s in summaries)
    site_links = tuple(replace(one, href=base + one.href) for one in around.site_links)
    return views.NotFoundPage(replace(around, root=base, site_links=site_links, feed=None), links)


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
