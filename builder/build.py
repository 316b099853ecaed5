"""The whole chain, from inputs to files: what `build`, `check` and `serve` call. No disk, no clock, no network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from jinja2 import Environment

from builder import exports
from builder.analysis import Analysis, analyze
from builder.anchor import anchor
from builder.assemble import assemble, read_articles, site_of
from builder.diagnostics import Checked, Diagnostic, Severity, has_errors
from builder.documents import SiteEntry
from builder.model import Site
from builder.pages import Summary, briefing_pages, site_pages, summary_of
from builder.parse import Inputs, Texts, parse_briefing, parse_site
from builder.render import picture, render, static_files
from builder.routes import OutputFile, path_of


@dataclass(frozen=True, slots=True)
class Options:
    """What a command says beyond site.yaml."""

    base_url: str | None = None
    """Where the site will be; overrides site.yaml."""
    drafts: bool = False
    """Whether drafts are built."""
    strict: bool = False
    """Whether warnings stop publication, too."""


@dataclass
class Report:
    """What a build did, for its summary."""

    briefings: int = 0
    claims: int = 0
    sources: int = 0
    events: int = 0
    quotations: int = 0
    """Verified: those of claims, of events and of sources."""
    pages: int = 0
    bytes: int = 0
    skipped: list[str] = field(default_factory=list)
    """What was left out, and why."""


@dataclass(frozen=True, slots=True)
class Checks:
    """A site that was read and verified as far as it could be."""

    site: Site | None
    analyses: tuple[Analysis, ...]
    report: Report


@dataclass(frozen=True, slots=True)
class Built:
    """A site ready to be written."""

    files: tuple[OutputFile, ...]
    report: Report


def check(inputs: Inputs, options: Options, found: Sequence[Diagnostic] = ()) -> Checked[Checks]:
    """Read and verify every briefing; all faults of all files, with those `found` when they were read."""
    report = Report()
    entry = parse_site(inputs.site) if inputs.site is not None else Checked(None)
    diagnostics = [*found, *entry.diagnostics]
    site = site_of(entry.value or SiteEntry(title="Site"))
    known = replace(site, url=options.base_url) if options.base_url else site
    analyses = []
    for texts in inputs.briefings:
        checked = check_briefing(texts, known, inputs.articles, options, report)
        diagnostics += checked.diagnostics
        if checked.value:
            analyses.append(checked.value)
    return Checked(Checks(known if entry.value else None, tuple(analyses), report), tuple(diagnostics))


def check_briefing(
    texts: Texts, site: Site, articles: Mapping[str, bytes], options: Options, report: Report
) -> Checked[Analysis | None]:
    """Read, verify and analyze one briefing; the value is None where it has faults, or is a draft to be left out."""
    documents = parse_briefing(texts)
    assembled = assemble(documents.value, site)
    briefing = assembled.value
    if briefing.draft and not options.drafts:
        report.skipped.append(f"{briefing.name}: a draft (--drafts builds it)")
        return Checked(None)
    read = read_articles(briefing, articles)
    anchored = anchor(briefing, read.value)
    diagnostics = [*documents.diagnostics, *assembled.diagnostics, *read.diagnostics, *anchored.diagnostics]
    if anchored.value is None or has_errors(diagnostics):
        return Checked(None, tuple(diagnostics))
    analysis = analyze(anchored.value)
    diagnostics += findings(analysis, site)
    report.briefings += 1
    report.claims += len(briefing.claims)
    report.sources += len(briefing.sources)
    report.events += len(briefing.events)
    passages = anchored.value
    report.quotations += sum(map(len, passages.evidence.values()))
    report.quotations += sum(map(len, passages.events.values())) + len(passages.horizons) + len(passages.outlooks)
    return Checked(analysis, tuple(diagnostics))


def findings(analysis: Analysis, site: Site) -> list[Diagnostic]:
    """What is wrong with a briefing as a whole: more shown of an article than the site allows."""
    found = []
    for source in analysis.anchored.briefing.sources:
        coverage = analysis.coverage[source.id]
        over = 100 * coverage.words > site.excerpt_maximum * coverage.of
        percent = -(-100 * coverage.words // coverage.of) if over else coverage.percent
        if source.full_text or (percent < site.excerpt_warning and not over):
            continue
        limit = (
            f"site.yaml allows {site.excerpt_maximum} %" if over else f"site.yaml warns from {site.excerpt_warning} %"
        )
        found.append(
            Diagnostic(
                "excerpt-share",
                f"The briefing shows {percent} % of {source.article} ({source.siglum}); {limit}.",
                source.places["article"],
                "Quote fewer words, or, where its licence allows it, add `full_text: yes` to the source.",
                Severity.ERROR if over else Severity.WARNING,
            )
        )
    return found


def build(
    inputs: Inputs,
    options: Options,
    templates: Environment,
    static: Mapping[str, bytes],
    found: Sequence[Diagnostic] = (),
) -> Checked[Built | None]:
    """The whole site. The value is None where anything is at fault; with `strict`, warnings are faults as well."""
    checked = check(inputs, options, found)
    checks = checked.value
    if checks.site is None or stops(checked.diagnostics, options):
        return Checked(None, checked.diagnostics)
    site, report = checks.site, checks.report
    files: list[OutputFile] = []
    summaries: list[Summary] = []
    for analysis in checks.analyses:
        pages = [render(page, templates) for page in briefing_pages(site, analysis)]
        summary = summary_of(site, analysis, [page.path for page in pages])
        summaries.append(summary)
        files += [*pages, *exports.briefing_files(analysis), picture(summary.name, summary.card, templates)]
        report.pages += len(pages)
    summaries.sort(key=lambda summary: summary.name)
    summaries.sort(key=lambda summary: summary.published, reverse=True)
    own = site_pages(site, summaries)
    report.pages += len(own)
    files += [render(page, templates) for page in own]
    files += exports.site_files(site, summaries, [path_of(page.route) for page in own])
    files += static_files(static)
    if site.url is None:
        report.skipped.append("feed.xml and sitemap.xml: no address (`url` in site.yaml, or --base-url)")
    report.bytes = sum(len(file.data) for file in files)
    return Checked(Built(tuple(files), report), checked.diagnostics)


def stops(diagnostics: Sequence[Diagnostic], options: Options) -> bool:
    """Whether they stop publication."""
    return has_errors(diagnostics) or (options.strict and bool(diagnostics))
