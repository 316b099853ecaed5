"""The whole chain, from what was written to files: what `build`, `check` and `serve` call. No disk, no clock.

A briefing is the unit: everything of it follows from its own files, the articles it names, the site's settings and the
templates. The digest's own files follow from a small summary of each briefing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from builder import exports, specimen
from builder.analysis import Analysis, analyze, unchanged
from builder.anchor import anchor
from builder.article import Article, ZoneWords
from builder.assemble import assemble, site_of
from builder.cautions import cautions
from builder.diagnostics import Checked, Diagnostic, has_errors
from builder.documents import SiteEntry
from builder.freshness import Options
from builder.jinja import Templates
from builder.lookup.entries import findable
from builder.lookup.index import Terms
from builder.model import Briefing, Cards, Site
from builder.pages import SHOWN, Page, Summary, briefing_pages, card_of, site_pages, summary_of
from builder.pages.folder import Folder
from builder.pages.moved import moved_briefing
from builder.pages.patterns import patterns_page
from builder.pages.search import search_page
from builder.parse import Documents, parse_briefing, parse_site
from builder.render import Drawn, draw, picture, render
from builder.routes import OutputFile
from builder.seeds import read_articles, zones_of
from builder.views.moved import MovedPage
from builder.views.site import BriefingCard
from builder.views.worksheet import WorksheetKey
from builder.words import Words
from builder.written import Texts


@dataclass(frozen=True, slots=True)
class Counts:
    """What was built, for a summary. Counts of parts add up to those of the whole."""

    briefings: int = 0
    claims: int = 0
    sources: int = 0
    events: int = 0
    quotations: int = 0
    """Verified: those of claims, of events and of sources."""
    pages: int = 0
    bytes: int = 0
    """Of all files."""

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.briefings + other.briefings,
            self.claims + other.claims,
            self.sources + other.sources,
            self.events + other.events,
            self.quotations + other.quotations,
            self.pages + other.pages,
            self.bytes + other.bytes,
        )

    def with_files(self, files: Sequence[OutputFile]) -> Counts:
        """With files added, and those that are pages."""
        pages = sum(file.path.endswith(".html") for file in files)
        return replace(self, pages=self.pages + pages, bytes=self.bytes + sum(len(file.data) for file in files))


def check_site(data: bytes | None, options: Options) -> Checked[Site | None]:
    """The site as site.yaml and the command say; None where it is at fault, or missing, which was told before."""
    entry = parse_site(data) if data is not None else Checked(None)
    if entry.value is None:
        return Checked(None, entry.diagnostics)
    site = site_of(entry.value)
    site = replace(site, url=options.base_url) if options.base_url else site
    if site.url is None or not options.cards:
        site = replace(site, cards=Cards.NONE)
    return Checked(site, entry.diagnostics)


ANY_SITE = site_of(SiteEntry(title="Site"))
"""Stands in for one whose settings are at fault, so that its briefings can be checked all the same."""


@dataclass(frozen=True, slots=True)
class Studied:
    """One briefing as far as it could be understood, whatever its faults."""

    texts: Texts
    documents: Documents
    briefing: Briefing
    """What could be resolved."""
    articles: Mapping[str, Article]
    """By source; those that could be read."""
    analysis: Analysis | None
    """None where anything is at fault."""
    diagnostics: tuple[Diagnostic, ...]


def study(
    texts: Texts, site: Site, articles: Mapping[str, bytes], *, drafts: bool = True, before: Studied | None = None
) -> Studied | None:
    """Read, verify and analyze one briefing; `articles` are the files of seeds/ by name. None for a draft, if not
    `drafts`.

    `before` is an earlier study of it, if there is one: what is as it was then need not be read and found again. What
    comes of it is the same.
    """
    if before is not None and before.analysis is None:
        before = None  # faults have to be told again
    documents = parse_briefing(texts, before.documents if before else None)
    assembled = assemble(documents.value, site)
    briefing = assembled.value
    if briefing.draft and not drafts:
        return None
    read = read_articles(briefing, articles, _articles_of(before) if before else {})
    anchored = anchor(briefing, read.value, before.analysis.anchored if before and before.analysis else None)
    found = (*documents.diagnostics, *assembled.diagnostics, *read.diagnostics, *anchored.diagnostics)
    diagnostics = [*documents.value.told(found)]
    analysis = None if anchored.value is None or has_errors(diagnostics) else analyze(anchored.value)
    if analysis:
        diagnostics += cautions(analysis, documents.value, site)
    return Studied(texts, documents.value, briefing, read.value, analysis, tuple(diagnostics))


def _articles_of(studied: Studied) -> dict[tuple[str, ZoneWords], Article]:
    """Its articles by file and zones."""
    return {(s.article, zones_of(s)): studied.articles[s.id] for s in studied.briefing.sources}


def counts_of(analysis: Analysis) -> Counts:
    """What one briefing holds."""
    anchored = analysis.anchored
    briefing = anchored.briefing
    quotations = sum(map(len, anchored.evidence.values())) + sum(map(len, anchored.events.values()))
    quotations += len(anchored.horizons) + len(anchored.outlooks)
    return Counts(1, len(briefing.claims), len(briefing.sources), len(briefing.events), quotations)


@dataclass(frozen=True, slots=True)
class BuiltBriefing:
    """One briefing's files, and what the digest needs to know of it."""

    files: tuple[OutputFile, ...]
    summary: Summary
    card: BriefingCard
    terms: Terms
    """What the index of the site knows of it."""
    analysis: Analysis
    drawn: tuple[Drawn, ...]
    """Its pages."""
    claims: Mapping[str, exports.ClaimTexts]
    picture: OutputFile
    templates: Templates
    """Those that it was made with."""


def build_briefing(
    analysis: Analysis, site: Site, templates: Templates, before: BuiltBriefing | None = None
) -> BuiltBriefing:
    """Everything in a briefing's folder. Raises jinja2.TemplateError where a template is at fault.

    `before` is what was made of it earlier. What would come out the same is not made again, if the templates are the
    very same.
    """
    before = before if before is not None and before.templates is templates else None
    known = before.drawn if before else ()
    same = unchanged(before.analysis, analysis) if before else frozenset[str]()
    drawn = draw(briefing_pages(site, analysis, templates.words, (one.page for one in known), same), templates, known)
    pages = [one.file for one in drawn]
    name, card = analysis.anchored.briefing.name, card_of(analysis, templates.words)
    claims = exports.claim_texts(analysis, before.claims if before else {}, same)
    listed = [one.file.path for one in drawn if not isinstance(one.page.view, MovedPage | WorksheetKey)]
    data = exports.briefing_files(site, analysis, listed, claims)
    same_card = before is not None and (before.summary.name, before.card) == (name, card)
    pattern = before.picture if before is not None and same_card else picture(name, card, templates)
    found = findable(Folder(site, analysis, words=templates.words))
    was = analysis.anchored.briefing.was
    paths = tuple(page.path for page in pages) if was else ()
    summary = replace(summary_of(site, analysis, templates.words), findable=found.version, was=was, pages=paths)
    files = (*pages, *data, pattern, found.file)
    return BuiltBriefing(files, summary, card, found.terms, analysis, drawn, claims, pattern, templates)


@dataclass(frozen=True, slots=True)
class BuiltDigest:
    """The files beside the briefings' folders, and what they were made of."""

    files: tuple[OutputFile, ...]
    moved: tuple[Drawn, ...]
    """At the addresses of folders that have other names now: pages that lead on."""
    drawn: tuple[Drawn, ...]
    """The pages among the files."""
    site: Site
    summaries: tuple[Summary, ...]
    templates: Templates


def build_digest(
    site: Site,
    summaries: Sequence[Summary],
    cards: Mapping[str, BriefingCard],
    templates: Templates,
    before: BuiltDigest | None = None,
) -> BuiltDigest:
    """The files beside the briefings' folders; `summaries` in the order of the digest, `cards` of the first of them.

    `before` is what was made of them earlier; it counts if the templates are the very same. Raises
    jinja2.TemplateError where a template is at fault.
    """
    before = before if before is not None and before.templates is templates else None
    planned = [*site_pages(site, summaries, cards, templates.words), search_page(site, summaries, templates.words)]
    drawn = draw(planned, templates, before.drawn if before else ())
    pages = [one.file for one in drawn]
    if before is not None and (before.site, before.summaries) == (site, tuple(summaries)):
        lists = before.files[len(before.drawn) :]  # feed and sitemaps follow from these alone
    else:
        lists = tuple(exports.site_files(site, summaries, [page.path for page in pages]))
    moved = draw(
        (page for s in summaries for page in moved_briefing(site, s.title, s.was, s.pages, templates.words)),
        templates,
        before.moved if before else (),
    )
    return BuiltDigest((*pages, *lists), moved, drawn, site, tuple(summaries), templates)


def build_patterns(site: Site, templates: Templates, styles: Mapping[str, str]) -> OutputFile:
    """The page that shows every component, for a preview; `styles` are the style sheets by their names.

    Raises jinja2.TemplateError where a template is at fault.
    """
    return render(patterns_page(site, specimen_analysis(), styles, templates.words), templates)


def specimen_pages(site: Site, words: Words) -> list[Page]:
    """The pages of a site with a briefing that shows all that pages can say, again and again: to try templates on."""
    analysis = specimen_analysis()
    summary, card = summary_of(site, analysis, words), card_of(analysis, words)
    many = [replace(summary, name=f"{summary.name}-{number}") for number in range(SHOWN + 1)]
    around = [*site_pages(site, many, {one.name: card for one in many[:SHOWN]}, words), search_page(site, many, words)]
    moved = moved_briefing(site, summary.title, ("former",), [f"{summary.name}/index.html"], words)
    return [*briefing_pages(site, analysis, words), *around, *moved]


@cache
def specimen_analysis() -> Analysis:
    """Of the briefing that shows all that pages can say."""
    studied = study(specimen.TEXTS, ANY_SITE, specimen.ARTICLES)
    assert studied
    assert studied.analysis, studied.diagnostics
    return studied.analysis
