"""The whole chain, from what was written to files: what `build`, `check` and `serve` call. No disk, no clock.

A briefing is the unit: everything of it follows from its own files, the articles it names, the site's settings and the
templates. The digest's own files follow from a small summary of each briefing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from jinja2 import Environment

from builder import exports
from builder.analysis import Analysis, analyze
from builder.anchor import anchor
from builder.article import Article
from builder.assemble import assemble, read_articles, site_of
from builder.cautions import cautions
from builder.diagnostics import Checked, Diagnostic, has_errors
from builder.documents import SiteEntry
from builder.freshness import Options
from builder.model import Briefing, Site
from builder.pages import Summary, briefing_pages, card_of, site_pages, summary_of
from builder.parse import Documents, parse_briefing, parse_site
from builder.render import picture, render
from builder.routes import OutputFile, path_of
from builder.views import BriefingCard
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
    return Checked(replace(site, url=options.base_url) if options.base_url else site, entry.diagnostics)


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


def study(texts: Texts, site: Site, articles: Mapping[str, bytes], *, drafts: bool = True) -> Studied | None:
    """Read, verify and analyze one briefing; `articles` are the files of seeds/ by name. None for a draft, if not
    `drafts`.
    """
    documents = parse_briefing(texts)
    assembled = assemble(documents.value, site)
    briefing = assembled.value
    if briefing.draft and not drafts:
        return None
    read = read_articles(briefing, articles)
    anchored = anchor(briefing, read.value)
    found = (*documents.diagnostics, *assembled.diagnostics, *read.diagnostics, *anchored.diagnostics)
    diagnostics = [*documents.value.told(found)]
    analysis = None if anchored.value is None or has_errors(diagnostics) else analyze(anchored.value)
    if analysis:
        diagnostics += cautions(analysis, documents.value, site)
    return Studied(texts, documents.value, briefing, read.value, analysis, tuple(diagnostics))


def check_briefing(
    texts: Texts, site: Site, articles: Mapping[str, bytes], options: Options
) -> Checked[Analysis | None]:
    """What a build needs of one briefing: its analysis.

    The value is None where it has faults, and without any where it is a draft to be left out.
    """
    studied = study(texts, site, articles, drafts=options.drafts)
    return Checked(studied.analysis, studied.diagnostics) if studied else Checked(None)


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


def build_briefing(analysis: Analysis, site: Site, templates: Environment) -> BuiltBriefing:
    """Everything in a briefing's folder. Raises jinja2.TemplateError where a template is at fault."""
    pages = [render(page, templates) for page in briefing_pages(site, analysis)]
    card = card_of(analysis)
    data = exports.briefing_files(site, analysis, [page.path for page in pages])
    drawn = picture(analysis.anchored.briefing.name, card, templates)
    return BuiltBriefing((*pages, *data, drawn), summary_of(site, analysis), card)


def build_digest(
    site: Site, summaries: Sequence[Summary], cards: Mapping[str, BriefingCard], templates: Environment
) -> list[OutputFile]:
    """The files beside the briefings' folders; `summaries` in the order of the digest, `cards` of the first of them.

    Raises jinja2.TemplateError where a template is at fault.
    """
    pages = site_pages(site, summaries, cards)
    files = [render(page, templates) for page in pages]
    return files + exports.site_files(site, summaries, [path_of(page.route) for page in pages])
