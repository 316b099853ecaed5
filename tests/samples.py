"""What many tests start from: a small valid site in memory, the repository's own briefing, and values made by hand."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from builder.analysis import Analysis
from builder.article import Article, ZoneWords, read_article
from builder.build import ANY_SITE, Counts, Studied, build_briefing, build_digest, check_site, counts_of, study
from builder.diagnostics import Checked, Diagnostic, Place, stops
from builder.freshness import Options
from builder.inputs import opened
from builder.jinja import Templates
from builder.model import Quotation, Site, Source
from builder.pages import SHOWN, newest_first
from builder.routes import OutputFile
from builder.written import Texts

ROOT = Path(__file__).resolve().parent.parent
BRIEFING = "blinken-in-beijing"

Files = Mapping[str, str | bytes | None]
"""By path from the site's root; None takes a file away."""

SITE = "title: A Site\n"
FRONT = """---
title: A briefing
summary: Two articles about a meeting.
status: published
date: 2024-05-02
published: 2024-05-10
topics: {talks: The talks, people: The people}
---
The prose.
"""
SOURCES = """origins:
  agency: {name: The Agency}
sources:
  one:
    siglum: A
    article: one.txt
    body: [The ministers met, a short one.]
    full_text: yes
  two:
    siglum: B
    article: two.txt
    body: [Two ministers, they said.]
    full_text: yes
"""
CLAIMS = """met:
  claim: The ministers met on Thursday.
  topic: talks
  event: meeting
  evidence:
    one: {stance: supports, quote: met on Thursday in Geneva}
    two: {stance: supports, quote: "talked in Geneva, Thursday", via: agency}
"""
TIMELINE = """meeting:
  title: The ministers meet
  date: 2024-05-02
  evidence:
    one: met on Thursday
"""
ONE = "The ministers met on Thursday in Geneva. The talks lasted two hours. It was a short one."
TWO = "Two ministers talked in Geneva, Thursday, for “about two hours”. It went well, they said."
SMALL: dict[str, str | bytes | None] = {
    "site.yaml": SITE,
    "content/case/briefing.md": FRONT,
    "content/case/sources.yaml": SOURCES,
    "content/case/claims.yaml": CLAIMS,
    "content/case/timeline.yaml": TIMELINE,
    "seeds/one.txt": ONE,
    "seeds/two.txt": TWO,
}


def small(**changed: str | bytes | None) -> dict[str, str | bytes | None]:
    """The small site with some files changed: `small(claims=…)` stands for content/case/claims.yaml."""
    paths = {
        "site": "site.yaml",
        "front": "content/case/briefing.md",
        "sources": "content/case/sources.yaml",
        "claims": "content/case/claims.yaml",
        "timeline": "content/case/timeline.yaml",
        "one": "seeds/one.txt",
        "two": "seeds/two.txt",
    }
    return {**SMALL, **{paths[key]: text for key, text in changed.items()}}


@dataclass(frozen=True)
class Inputs:
    """All that a person wrote, byte for byte."""

    site: bytes | None
    briefings: tuple[Texts, ...]
    articles: Mapping[str, bytes]


def inputs_of(files: Files) -> Inputs:
    """The inputs of a site that is given as files."""
    data = {path: text.encode() if isinstance(text, str) else text for path, text in files.items() if text is not None}
    names = sorted({path.split("/")[1] for path in data if path.startswith("content/")})
    return Inputs(
        data.get("site.yaml"),
        tuple(Texts(name, {p: d for p, d in data.items() if p.startswith(f"content/{name}/")}) for name in names),
        {path.removeprefix("seeds/"): data[path] for path in sorted(data) if path.startswith("seeds/")},
    )


def inputs_in(root: Path) -> Checked[Inputs]:
    """The inputs of a site in a folder."""
    with opened(root) as reader:
        site = reader.site()
        briefings = tuple(texts for name in reader.names() if (texts := reader.briefing(name)))
        every = reader.articles()
        articles = {name: data for name in every if (data := every.get(name)) is not None}
        return Checked(Inputs(site, briefings, articles), tuple(reader.diagnostics))


def studied_of(files: Files) -> Studied:
    """The first briefing of a site that is given as files, as far as it can be understood."""
    return _studied(inputs_of(files))


def sample_studied() -> Studied:
    """The repository's own briefing."""
    return _studied(sample_inputs())


def _studied(inputs: Inputs) -> Studied:
    found = study(inputs.briefings[0], ANY_SITE, inputs.articles)
    assert found is not None  # drafts are studied, too
    return found


@dataclass(frozen=True)
class Checks:
    """A site that was read and verified as far as it could be."""

    site: Site | None
    analyses: tuple[Analysis, ...]
    counts: Counts


def check(inputs: Inputs, options: Options) -> Checked[Checks]:
    """Read and verify all of a site."""
    site = check_site(inputs.site, options)
    read = [study(one, site.value or ANY_SITE, inputs.articles, drafts=options.drafts) for one in inputs.briefings]
    found = [Checked(one.analysis, one.diagnostics) if one else Checked(None) for one in read]
    diagnostics = (*site.diagnostics, *(fault for one in found for fault in one.diagnostics))
    analyses = tuple(one.value for one in found if one.value)
    return Checked(Checks(site.value, analyses, sum(map(counts_of, analyses), Counts())), diagnostics)


@dataclass(frozen=True)
class Built:
    """A site but for its assets."""

    files: tuple[OutputFile, ...]
    counts: Counts


def build(inputs: Inputs, options: Options, templates: Templates) -> Checked[Built | None]:
    """All of a site but its assets, in memory; None where anything is at fault."""
    checks = check(inputs, options)
    site = checks.value.site
    if site is None or stops(checks.diagnostics, options.strict):
        return Checked(None, checks.diagnostics)
    built = [build_briefing(analysis, site, templates) for analysis in checks.value.analyses]
    summaries = newest_first(one.summary for one in built)
    cards = {one.summary.name: one.card for one in built}
    shown = {summary.name: cards[summary.name] for summary in summaries[:SHOWN]}
    digest = build_digest(site, summaries, shown, templates)
    files = (*(file for one in built for file in one.files), *digest.files)
    return Checked(Built(files, checks.value.counts.with_files(files)), checks.diagnostics)


def checked(files: Files) -> Checked[Checks]:
    """A site that was checked, drafts included."""
    return check(inputs_of(files), Options(drafts=True))


def faults(files: Files) -> tuple[Diagnostic, ...]:
    """What the check finds in a site."""
    return checked(files).diagnostics


def codes(files: Files) -> list[str]:
    """The codes of what the check finds in a site."""
    return [fault.code for fault in faults(files)]


def analysis_of(files: Files) -> Analysis:
    """The analysis of a site's only briefing. Raises ValueError where it has faults."""
    result = checked(files)
    if not result.value.analyses:
        raise ValueError(f"the site has faults: {result.diagnostics}")
    return result.value.analyses[0]


@cache
def sample_inputs() -> Inputs:
    """What the repository itself publishes."""
    return inputs_in(ROOT).value


@cache
def sample() -> Analysis:
    """The repository's own briefing."""
    found = check(sample_inputs(), Options()).value.analyses
    return next(analysis for analysis in found if analysis.anchored.briefing.name == BRIEFING)


# ---- by hand -----------------------------------------------------------------------------------------------------


def article_of(text: str, **zones: Sequence[str]) -> Article:
    """An article; without `body`, all of it is the body. Raises ValueError where a zone's words are not found."""
    lines = [line for line in text.splitlines() if line.strip()]
    first, last = zones.get("body", (lines[0], lines[-1]))
    marked = [zones.get(key, ()) for key in ("headline", "captions", "boilerplate")]
    article, wrong = read_article("one.txt", text, ZoneWords(marked[0], (first, last), marked[1], marked[2]))
    if wrong:
        raise ValueError(f"{wrong}")
    return article


@cache
def source_of(language: str = "en") -> Source:
    """A source that rests on nothing."""
    with_language = SOURCES.replace("full_text: yes", f"language: {language}\n    full_text: yes", 1)
    return analysis_of(small(sources=with_language)).anchored.briefing.sources[0]


PLACE = Place("content/case/claims.yaml", 7, 14, 5, "      quote: words")


def quotation_of(
    exact: str,
    prefix: str | None = None,
    suffix: str | None = None,
    key: Sequence[str] = (),
    allow: Sequence[str] = (),
) -> Quotation:
    """A quotation as a curator would write it."""
    return Quotation(exact, prefix, suffix, tuple(key), frozenset(allow), PLACE)


def scalar(text: str) -> str:
    """`text` as a YAML scalar, whatever it holds."""
    return json.dumps(text, ensure_ascii=False)
