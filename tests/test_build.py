"""The chain as a whole: what is built, what stops it, and what is only said."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from samples import (
    CLAIMS,
    FRONT,
    ONE,
    ROOT,
    SMALL,
    SOURCES,
    TIMELINE,
    Built,
    Inputs,
    build,
    check,
    inputs_of,
    sample_inputs,
    small,
)

from builder.build import Counts
from builder.diagnostics import Checked, Diagnostic, Place, Severity, has_errors, stops
from builder.freshness import Options
from builder.jinja import Templates
from builder.pages import SHOWN
from builder.render import environment
from builder.routes import route_of


@pytest.fixture(scope="module")
def templates() -> Templates:
    """The templates of the repository."""
    return environment(ROOT / "templates")


ADDRESS = Options(base_url="https://example.org/news/")


def built(inputs: Inputs, templates: Templates, options: Options = ADDRESS) -> Checked[Built | None]:
    return build(inputs, options, templates)


def paths(inputs: Inputs, templates: Templates, options: Options = ADDRESS) -> set[str]:
    return set(files_of(inputs, templates, options))


def files_of(inputs: Inputs, templates: Templates, options: Options = ADDRESS) -> dict[str, bytes]:
    """The files of a site without faults, by path."""
    site = built(inputs, templates, options).value
    assert site
    assert len({file.path for file in site.files}) == len(site.files)
    return {file.path: file.data for file in site.files}


def test_a_control_character_in_the_settings_stops_the_site(templates: Templates) -> None:
    result = built(inputs_of(small(site='title: "\\e[31m"\n')), templates)
    assert [fault.code for fault in result.diagnostics] == ["yaml-control"]
    assert result.value is None


OWN = {
    "index.html",
    "search.html",
    "how-to-read.html",
    "corrections.html",
    "404.html",
    "robots.txt",
}
SITEMAPS = {"sitemap.xml", "sitemap-digest.xml", "case/sitemap.xml"}
CASE = {
    f"case/{name}"
    for name in (
        "index.html",
        "matrix.html",
        "timeline.html",
        "origins.html",
        "coverage.html",
        "worksheet.html",
        "worksheet-key.html",
        "claims/met.html",
        "sources/one.html",
        "sources/two.html",
        "data/briefing.json",
        "data/matrix.csv",
        "data/pattern.svg",
        "data/search.js",
    )
}


def test_a_site_has_its_own_pages_and_those_of_its_briefings(templates: Templates) -> None:
    assert paths(inputs_of(SMALL), templates) == OWN | CASE | SITEMAPS | {"feed.xml"}


def test_without_an_address_there_is_no_feed_and_no_sitemap(templates: Templates) -> None:
    assert paths(inputs_of(SMALL), templates, Options()) == OWN | CASE


def test_the_address_of_the_command_goes_before_that_of_the_site(templates: Templates) -> None:
    inputs = inputs_of(small(site="title: A Site\nurl: https://other.example\n"))
    for options, address in ((ADDRESS, b"https://example.org/news/"), (Options(), b"https://other.example/")):
        files = files_of(inputs, templates, options)
        assert b"<id>" + address + b"</id>" in files["feed.xml"]
        assert b"<loc>" + address + b"case/matrix.html</loc>" in files["case/sitemap.xml"]


def test_every_page_has_a_route_and_its_own_path(templates: Templates) -> None:
    site = built(sample_inputs(), templates).value
    assert site
    names = [file.path for file in site.files]
    assert len(set(names)) == len(names)
    assert [name for name in names if name.endswith(".html") and route_of(name) is None] == []
    assert site.counts.pages == sum(name.endswith(".html") for name in names)
    assert site.counts.bytes == sum(len(file.data) for file in site.files)


def test_what_was_verified_is_counted(templates: Templates) -> None:
    site = built(inputs_of(SMALL), templates).value
    assert site
    counts = site.counts
    assert (counts.briefings, counts.claims, counts.sources, counts.events, counts.quotations) == (1, 1, 2, 1, 3)


def test_counts_of_parts_add_up() -> None:
    one, other = Counts(1, 2, 3, 4, 5, 6, 7), Counts(10, 20, 30, 40, 50, 60, 70)
    assert one + other == Counts(11, 22, 33, 44, 55, 66, 77)
    assert one + Counts() == one


def test_words_that_show_what_a_text_knew_and_what_lay_ahead_are_counted_as_verified() -> None:
    more = """    known_through: {date: 2024-05-02, quote: on Thursday}
    looks_ahead: {event: meeting, quote: a short one}
  two:"""
    counts = check(inputs_of(small(sources=SOURCES.replace("  two:", more))), Options()).value.counts
    assert counts.quotations == 5


# ---- what stops a build -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "files",
    [
        small(claims=CLAIMS.replace("met on Thursday", "met on Friday")),
        small(front=None),
        small(site="titel: A Site"),
        small(site=None),
        small(one=None),
        small(one=b"\xff"),
        small(sources=SOURCES.replace("one.txt", "three.txt")),
        small(timeline=TIMELINE.replace("2024-05-02", "soon")),
        {**SMALL, "content/second/briefing.md": FRONT},
    ],
)
def test_with_any_error_nothing_is_built(files: dict[str, str | bytes | None], templates: Templates) -> None:
    assert built(inputs_of(files), templates).value is None


def test_a_missing_site_yaml_stops_a_build_without_a_second_message(templates: Templates) -> None:
    assert built(inputs_of(small(site=None)), templates) == Checked(None)  # inputs has named it


WARNING = Diagnostic("excerpt-share", "M.", Place("f"), severity=Severity.WARNING)
ERROR = Diagnostic("shape", "M.", Place("f"))


@pytest.mark.parametrize(
    ("diagnostics", "strict", "stopped"),
    [([], False, False), ([], True, False), ([WARNING], False, False), ([WARNING], True, True), ([ERROR], False, True)],
)
def test_errors_stop_and_warnings_do_when_strict(diagnostics: list[Diagnostic], strict: bool, stopped: bool) -> None:
    assert stops(diagnostics, strict) is stopped


# ---- how much of an article ---------------------------------------------------------------------------------------

LIMITED = SOURCES.replace("    full_text: yes\n", "", 1)
QUOTING = """c:
  claim: C.
  topic: talks
  evidence:
    one: {stance: supports, quote: The talks lasted two hours.}
    two: {stance: supports, quote: about two hours}
"""
"""Of one.txt five words of seventeen: 29.4 per cent."""


@pytest.mark.parametrize(
    ("warning", "maximum", "found"),
    [
        (50, 60, []),
        (29, 60, [Severity.WARNING]),
        (30, 60, []),
        (20, 30, [Severity.WARNING]),
        (20, 29, [Severity.ERROR]),
        (90, 29, [Severity.ERROR]),
        (90, 30, []),
        (0, 100, [Severity.WARNING]),
    ],
)
def test_the_share_of_an_article_is_limited(warning: int, maximum: int, found: list[Severity]) -> None:
    site = f"title: T\nlimits: {{excerpt_warning: {warning} %, excerpt_maximum: {maximum} %}}"
    files = small(site=site, sources=LIMITED, claims=QUOTING, timeline=None)
    assert len(ONE.split()) == 17
    diagnostics = check(inputs_of(files), Options()).diagnostics
    assert [(d.code, d.severity) for d in diagnostics] == [("excerpt-share", severity) for severity in found]


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ("excerpt_warning: 29 %", "The briefing shows 29 % of one.txt (A); site.yaml warns from 29 %."),
        ("excerpt_maximum: 29 %", "The briefing shows 30 % of one.txt (A); site.yaml allows 29 %."),
    ],
)
def test_the_share_is_said_with_its_limit(limits: str, message: str) -> None:
    files = small(site=f"title: T\nlimits: {{{limits}}}", sources=LIMITED, claims=QUOTING, timeline=None)
    (found,) = check(inputs_of(files), Options()).diagnostics
    assert (found.message, found.place.file, found.place.line) == (message, "content/case/sources.yaml", 6)


def test_exactly_the_maximum_may_be_shown() -> None:
    site = "title: T\nlimits: {excerpt_warning: 50 %, excerpt_maximum: 50 %}"
    claims = QUOTING.replace("The talks lasted two hours.", "The six words of this half")
    half = {
        "one": "The six words of this half and six words of the rest",
        "sources": LIMITED.replace("[The ministers met, a short one.]", "[The six, the rest]"),
    }
    files = small(site=site, claims=claims, timeline=None, **half)
    assert [d.severity for d in check(inputs_of(files), Options()).diagnostics] == [Severity.WARNING]


def test_a_source_whose_licence_allows_all_of_it_has_no_limit() -> None:
    site = "title: T\nlimits: {excerpt_warning: 0 %, excerpt_maximum: 0 %}"
    assert check(inputs_of(small(site=site)), Options()).diagnostics == ()


def test_strict_takes_the_warning_for_a_fault(templates: Templates) -> None:
    files = small(site="title: T\nlimits: {excerpt_warning: 0 %}", sources=LIMITED, claims=QUOTING)
    assert built(inputs_of(files), templates).value
    assert built(inputs_of(files), templates, replace(ADDRESS, strict=True)).value is None


# ---- drafts -------------------------------------------------------------------------------------------------------

DRAFT = small(front=FRONT.replace("published\n", "draft\n", 1))


def test_a_draft_is_built_only_on_demand(templates: Templates) -> None:
    assert not [path for path in paths(inputs_of(DRAFT), templates) if path.startswith("case/")]
    assert paths(inputs_of(DRAFT), templates, replace(ADDRESS, drafts=True)) >= CASE


def test_a_draft_is_in_no_feed_and_no_sitemap(templates: Templates) -> None:
    files = files_of(inputs_of(DRAFT), templates, replace(ADDRESS, drafts=True))
    xml = {path: data for path, data in files.items() if path.endswith(".xml")}
    assert xml.keys() == {"feed.xml", "sitemap.xml", "sitemap-digest.xml"}
    assert [path for path, data in xml.items() if b"case/" in data] == []


def test_a_fault_in_a_draft_stops_no_build_but_is_checked(templates: Templates) -> None:
    files = {**DRAFT, "seeds/one.txt": "Nothing of it."}
    assert built(inputs_of(files), templates).value
    assert {d.code for d in check(inputs_of(files), Options(drafts=True)).diagnostics} == {
        "zone-words",
        "quotation-orphaned",
    }


# ---- extremes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "files",
    [
        small(claims="{}", timeline=None),
        small(claims="{}", timeline=None, sources="sources: {}"),
        small(claims="{}", timeline=None, front=FRONT.replace("{talks: The talks, people: The people}", "{}")),
        small(claims="met: {claim: They met., topic: talks, unit: hours, question: Did they?}", timeline=None),
        *[
            small(front=FRONT.replace("date: 2024-05-02", f'date: "{date}"\nutc_offset: "{offset}"'))
            for date in ("0002/9998", "0002", "9998", "[0002..]", "../1000", "0500/2000", "2024-05-02T10:00Z")
            for offset in ("-14:00", "+14:00")
        ],
        *[
            small(timeline=TIMELINE.replace("2024-05-02", f'"{date}"'))
            for date in ("0002-01-01T00:00+14:00", "9998-12-31T23:59-14:00", "[..0002]", "9998/..")
        ],
        *[
            small(
                claims=CLAIMS.replace("topic: talks", "topic: talks\n  unit: hours").replace(
                    "Geneva}", f"Geneva, value: '{v}'}}"
                )
            )
            for v in ("0", "-1..1", "<=0.000000001", ">999999999999999", "~-5")
        ],
    ],
)
def test_any_valid_site_can_be_built(files: dict[str, str | bytes | None], templates: Templates) -> None:
    checked = built(inputs_of(files), templates)
    assert not has_errors(checked.diagnostics)
    assert checked.value


def test_a_site_without_briefings_can_be_built(templates: Templates) -> None:
    inputs = Inputs(b"title: Empty", (), {})
    assert {path for path in paths(inputs, templates) if path.endswith(".html")} == {
        p for p in OWN if p.endswith(".html")
    }


# ---- many briefings -----------------------------------------------------------------------------------------------


def with_briefings(published: Sequence[str]) -> Inputs:
    """A site with a briefing for each date of publication: case-1, case-2 …"""
    files = {path: text for path, text in SMALL.items() if not path.startswith("content/")}
    for n, date in enumerate(published, start=1):
        own = {path: text for path, text in SMALL.items() if path.startswith("content/")}
        own["content/case/briefing.md"] = FRONT.replace("published: 2024-05-10", f"published: {date}")
        files.update((path.replace("/case/", f"/case-{n}/"), text) for path, text in own.items())
    return inputs_of(files)


DAYS = [f"2024-06-{day:02}" for day in range(1, SHOWN + 3)]


def linked(html: bytes) -> list[int]:
    """Which of the briefings a page of the digest's leads to, in its order."""
    found = re.findall(rb'href="[^"]*case-(\d+)/index\.html"', html)
    return list(dict.fromkeys(map(int, found)))


def test_as_many_as_the_digest_shows_need_no_archive(templates: Templates) -> None:
    files = files_of(with_briefings(DAYS[:SHOWN]), templates)
    assert "archive.html" not in files
    assert linked(files["index.html"]) == linked(files["404.html"]) == list(range(SHOWN, 0, -1))
    assert b"archive.html" not in files["index.html"] + files["404.html"] + files["sitemap-digest.xml"]


def test_with_more_the_digest_shows_the_newest_and_the_archive_all(templates: Templates) -> None:
    files = files_of(with_briefings(DAYS), templates)
    newest = list(range(len(DAYS), len(DAYS) - SHOWN, -1))
    assert linked(files["index.html"]) == linked(files["404.html"]) == newest
    assert linked(files["archive.html"]) == list(range(len(DAYS), 0, -1))
    assert f"All {len(DAYS)} briefings".encode() in files["index.html"]
    for path in ("index.html", "404.html"):
        assert b'archive.html"' in files[path]
    assert b"<loc>https://example.org/news/archive.html</loc>" in files["sitemap-digest.xml"]


def test_the_archive_is_by_year_of_publication(templates: Templates) -> None:
    html = files_of(with_briefings(["2023-06-02", *DAYS]), templates)["archive.html"].decode()
    newer, older = html.split("2023</h2>")
    assert re.findall(r"(\d+)</h2>", newer) == ["2024"]
    assert linked(newer.encode()) == list(range(len(DAYS) + 1, 1, -1))
    assert linked(older.encode()) == [1]
