"""The promise, checked without the builder: every published quotation stands in its article, letter by letter.

Nothing is imported from the builder. Only the built pages, the data beside them and the articles are read.
"""

from __future__ import annotations

import csv
import io
import json
import posixpath
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest
from whole_site import Site

pytest_plugins = ["whole_site"]

STANCES = {"supports", "qualifies", "contradicts", "silent"}
STATUSES = {"disputed", "single source", "wording differs", "qualified", "corroborated", "repeated", "unsourced"}
BRIEFING = "blinken-in-beijing"
CLAIM = f"{BRIEFING}/claims/talks-length.html"


class Quotations(HTMLParser):
    """The quotations of a page: where each says it is from, and its runs of words, parted where words are left out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.article: str | None = None
        self.found: list[tuple[str | None, list[str]]] = []
        self.quoting = False
        self.not_the_articles = 0
        self.cell = False
        self.link: str | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "main":
            self.article = given.get("data-article")
        elif tag in ("td", "tr"):  # in a cell of a table the link before the words tells where they are from
            self.cell, self.link = tag == "td", None
        elif tag == "a":
            self.link = given.get("href") if self.cell else None
        elif tag in ("q", "blockquote"):
            self.found.append((given.get("cite") or self.link, [""]))
            self.quoting = True
        elif self.not_the_articles:
            self.not_the_articles += 1
        elif self.quoting and (tag == "ins" or "gap" in (given.get("class") or "").split()):
            self.not_the_articles = 1
            self.found[-1][1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr":
            self.cell, self.link = False, None
        if tag in ("q", "blockquote"):
            self.quoting = False
        elif self.not_the_articles:
            self.not_the_articles -= 1

    def handle_data(self, data: str) -> None:
        if self.quoting and not self.not_the_articles:
            self.found[-1][1][-1] += data


def quotations_of(files: Mapping[str, bytes]) -> dict[str, Quotations]:
    return {path: Quotations(data.decode()) for path, data in files.items() if path.endswith(".html")}


def misquotations(files: Mapping[str, bytes], articles: Mapping[str, str]) -> list[str]:
    """What stands in quotation marks on a page and not in the article that it cites."""
    pages = quotations_of(files)
    wrong = []
    for path, page in pages.items():
        for cite, runs in page.found:
            if cite is None:
                wrong.append(f"{path}: no source is cited for {runs}")
                continue
            place = unquote(urldefrag(cite).url)
            source = posixpath.normpath(posixpath.join(posixpath.dirname(path), place)) if place else path
            article = articles[pages[source].article or ""]
            wrong += [f"{path}: {run!r} is not in {source}" for run in runs if run not in article]
            if not any(run.strip() for run in runs):
                wrong.append(f"{path}: an empty quotation from {source}")
    return wrong


def articles_of(site: Site) -> dict[str, str]:
    return {path.name: path.read_bytes().decode() for path in (site.root / "seeds").iterdir()}


def claim_and_sources(site: Site) -> dict[str, bytes]:
    return {path: data for path, data in site.files().items() if path == CLAIM or "/sources/" in path}


def test_every_published_quotation_is_a_slice_of_the_article_that_it_cites(sample: Site) -> None:
    assert misquotations(sample.files(), articles_of(sample)) == []


def test_every_quotation_is_printed_in_the_matrix_and_on_the_page_of_its_claim(
    sample: Site, data: dict[str, Any]
) -> None:
    pages = quotations_of(sample.files())
    counts = {path: len(page.found) for path, page in pages.items()}
    assert sum(counts.values()) > 450
    for claim in data["claims"]:
        expected = sum(len(cell["quotations"]) for cell in claim["evidence"])
        assert counts[f"{BRIEFING}/claims/{claim['id']}.html"] >= expected
    assert counts[f"{BRIEFING}/matrix.html"] == sum(
        len(cell["quotations"]) for claim in data["claims"] for cell in claim["evidence"]
    )


def test_articles_in_other_scripts_are_quoted_letter_by_letter_too(cases: dict[str, Site]) -> None:
    for name in ("languages", "hostile", "edges", "two-briefings"):
        files = cases[name].files()
        assert sum(len(page.found) for page in quotations_of(files).values()) > 10
        assert misquotations(files, articles_of(cases[name])) == []


@pytest.mark.parametrize(
    ("found", "planted"),
    [
        (r"(<blockquote cite=[^>]+>(?:<[^>]+>)*)\w", r"\1X"),  # another letter
        (r"(<blockquote cite=[^>]+>(?:<[^>]+>)*\S+) ", r"\1  "),  # one more space
        (r"(<q cite=[^>]+>)", r"\1&quot;"),  # a quotation mark that is ours
        (r"(<q cite=[^>]+>.*?)</q>", r"\1 not</q>"),  # a word more at the end
        (r"<(q|blockquote) cite=[^>]+>", r"<\1>"),  # no source
        (r"<blockquote cite=([^>]+)>.*?</blockquote>", r"<blockquote cite=\1></blockquote>"),  # nothing
    ],
)
def test_a_planted_change_is_caught(sample: Site, found: str, planted: str) -> None:
    files = claim_and_sources(sample)
    changed, count = re.subn(found, planted, files[CLAIM].decode(), count=1, flags=re.DOTALL)
    assert count == 1
    (caught,) = misquotations({**files, CLAIM: changed.encode()}, articles_of(sample))
    assert caught.startswith(CLAIM)


def test_a_quotation_cited_from_another_article_is_caught(sample: Site) -> None:
    files = claim_and_sources(sample)
    swapped = files[CLAIM].replace(b'cite="../sources/mercopress.html', b'cite="../sources/mothership.html')
    assert misquotations({**files, CLAIM: swapped}, articles_of(sample)) != []


# ---- the data beside the pages -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def data(sample: Site) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(sample.files()[f"{BRIEFING}/data/briefing.json"])
    return loaded


def quoted(data: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Every quotation in the data, with the id of its source."""
    cells = [cell for entry in [*data["claims"], *data["events"]] for cell in entry["evidence"]]
    found = [(cell["source"], quotation) for cell in cells for quotation in cell["quotations"]]
    for source in data["sources"]:
        own = source["known_through_quotations"] + source["looks_ahead_quotations"]
        found += [(source["id"], quotation) for quotation in own]
    return found


def test_the_data_are_of_the_size_that_was_asked_for(data: dict[str, Any]) -> None:
    assert len(data["claims"]) >= 45
    assert len(data["events"]) >= 14
    assert len(data["sources"]) == 5


def test_every_quotation_in_the_data_stands_at_its_offsets(sample: Site, data: dict[str, Any]) -> None:
    articles, names = articles_of(sample), {source["id"]: source["article"] for source in data["sources"]}
    assert len(quoted(data)) > 150
    for source, quotation in quoted(data):
        text = articles[names[source]]
        for part in quotation.get("parts", [quotation]):
            assert text[part["start"] : part["end"]] == part["exact"]
        start, end = quotation["start"], quotation["end"]
        assert text[:start].endswith(quotation["prefix"])
        assert text[end:].startswith(quotation["suffix"])
        assert all(key in text[start:end] for key in quotation["key"])


def test_statuses_and_stances_are_those_of_the_vocabulary(data: dict[str, Any]) -> None:
    assert {claim["status"] for claim in data["claims"]} <= STATUSES
    assert {cell["stance"] for claim in data["claims"] for cell in claim["evidence"]} == STANCES


def test_each_claim_has_one_entry_for_each_source_and_the_silent_ones_a_reason(data: dict[str, Any]) -> None:
    ids = [source["id"] for source in data["sources"]]
    for claim in data["claims"]:
        assert [cell["source"] for cell in claim["evidence"]] == ids
        for cell in claim["evidence"]:
            assert (cell["silence"] in ("omitted", "predates", "stated", "unknown")) == (cell["stance"] == "silent")
            assert cell["stance"] == "silent" or cell["quotations"]
            assert (cell["differs_in"] is not None) == (cell["stance"] == "qualifies")


def test_the_table_has_a_row_for_each_claim_and_source_and_says_the_same(sample: Site, data: dict[str, Any]) -> None:
    text = sample.files()[f"{BRIEFING}/data/matrix.csv"].decode()
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    cells = [(claim["id"], cell["source"], cell["stance"]) for claim in data["claims"] for cell in claim["evidence"]]
    assert [(row["claim_id"], row["source"], row["stance"]) for row in rows] == cells
    assert all(None not in row and None not in row.values() for row in rows)
