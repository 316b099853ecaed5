"""Data beside the pages: JSON and CSV of a briefing, sitemaps, the digest's Atom feed and robots.txt."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from xml.etree import ElementTree

from builder import __version__
from builder.analysis import Analysis
from builder.analysis.matrix import Cell, Row
from builder.article import Article
from builder.dates import parse_date, zone_in_words
from builder.exports import tei
from builder.exports.comparison import agreement_data, numbers_data, order_data, testimony_data
from builder.exports.origins import origins_data, shared_data
from builder.exports.wording import quoted_data, utterances_data
from builder.model import Passage, Site, Source
from builder.pages.site import Summary
from builder.routes import (
    APPARATUS,
    DIGEST_SITEMAP,
    FEED,
    ROBOTS,
    SITEMAP,
    BriefingRoute,
    OutputFile,
    SiteRoute,
    data_path,
    path_of,
)

Json = dict[str, object]


# ---- a briefing ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ClaimTexts:
    """A claim as it stands in the data files."""

    json: str
    csv: str
    """A line for each source; several quotations are parted by ` | `."""


def claim_texts(analysis: Analysis, before: Mapping[str, ClaimTexts], same: Collection[str]) -> dict[str, ClaimTexts]:
    """Every claim, by id and in order; of those that are the `same`, what they were `before`."""
    return {
        row.claim.id: before[row.claim.id]
        if row.claim.id in same and row.claim.id in before
        else ClaimTexts(_encode(_claim(analysis, row)), _csv(_line(analysis, row, cell) for cell in row.cells))
        for row in analysis.matrix.rows
    }


def briefing_files(
    site: Site, analysis: Analysis, pages: Sequence[str], claims: Mapping[str, ClaimTexts] | None = None
) -> list[OutputFile]:
    """briefing.json and matrix.csv of one briefing, apparatus.xml where utterances have readings, and where the site's
    address is known a sitemap of its `pages`.

    `claims` are its claim_texts, where these are known.
    """
    briefing = analysis.anchored.briefing
    claims = claim_texts(analysis, {}, ()) if claims is None else claims
    data = _json(analysis, [claim.json for claim in claims.values()])
    table = _csv([COLUMNS]) + "".join(claim.csv for claim in claims.values())
    files = [
        OutputFile(data_path(briefing.name, "briefing.json"), data),
        OutputFile(data_path(briefing.name, "matrix.csv"), table.encode("utf-8")),
    ]
    if analysis.apparatus:
        files.append(OutputFile(data_path(briefing.name, APPARATUS), tei.tei_of(site, analysis)))
    if site.url and not briefing.draft:
        listed = sitemap(site.url, pages, briefing.updated.text)
        files.append(OutputFile(f"{briefing.name}/{SITEMAP}", listed))
    return files


_encode = json.JSONEncoder(ensure_ascii=False).encode


def _json(analysis: Analysis, claims: Sequence[str]) -> bytes:
    """A briefing in UTF-8, an entry to a line, so that two versions can be compared by lines.

    Offsets are code points in the article, half-open.
    """
    parts = []
    for key, value in _data(analysis).items():
        entries = claims if key == "claims" else list(map(_encode, value)) if isinstance(value, list) else []
        text = "[\n" + ",\n".join(entries) + "\n]" if entries else _encode(value)
        parts.append(f"{_encode(key)}: {text}")
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode("utf-8")


def _data(analysis: Analysis) -> Json:
    """A briefing as plain data, with a place for its claims."""
    briefing = analysis.anchored.briefing
    return {
        "generator": f"Variorum {__version__}",
        "id": briefing.name,
        "was": list(briefing.was),
        "title": briefing.title,
        "summary": briefing.summary,
        "status": "draft" if briefing.draft else "published",
        "place": briefing.place,
        "date": briefing.date.text,
        "clock": zone_in_words(briefing.utc_offset),
        "published": briefing.published.text,
        "updated": briefing.updated.text,
        "topics": [{"id": topic.id, "title": topic.title} for topic in briefing.topics],
        "sources": [
            {**_source(analysis, source), **testimony_data(testimony)}
            for source, testimony in zip(briefing.sources, analysis.testimony, strict=True)
        ],
        "origins": origins_data(analysis),
        "events": [
            {
                "id": event.id,
                "was": list(event.was),
                "title": event.title,
                "date": event.date.text,
                "label": event.label,
                "dated": "inferred" if event.inferred else "printed",
                "evidence": [
                    {"source": source, "quotations": _quotations(analysis, passages)}
                    for source, passages in groupby(
                        analysis.anchored.events[event.id], key=lambda passage: passage.source
                    )
                ],
                "note": event.note,
            }
            for event in briefing.events
        ],
        "claims": [],
        "utterances": utterances_data(analysis),
        "quoted": quoted_data(analysis),
        "numbers": numbers_data(analysis),
        "agreement": agreement_data(analysis),
        "order_of_writing": order_data(analysis),
        "shared_text": shared_data(analysis),
        "corrections": [
            {"date": c.date.text, "claim": c.claim, "changed": c.changed, "before": c.before, "why": c.why}
            for c in briefing.corrections
        ],
    }


def _source(analysis: Analysis, source: Source) -> Json:
    coverage = analysis.coverage[source.id]
    horizon, outlook = (shown.get(source.id) for shown in (analysis.anchored.horizons, analysis.anchored.outlooks))
    return {
        "id": source.id,
        "was": list(source.was),
        "siglum": source.siglum,
        "article": source.article,
        "outlet": source.outlet,
        "headline": " / ".join(source.headline) or None,
        "headline_translation": source.headline_translation,
        "author": source.author,
        "url": source.url,
        "language": source.language,
        "primary": source.primary,
        "licence": source.licence,
        "published": source.published.text if source.published else None,
        "captured": source.captured.text if source.captured else None,
        "known_through": source.known_through.date.text if source.known_through else None,
        "known_through_quotations": _quotations(analysis, [horizon] if horizon else []),
        "looks_ahead": source.looks_ahead.event if source.looks_ahead else None,
        "looks_ahead_quotations": _quotations(analysis, [outlook] if outlook else []),
        "via": list(source.via),
        "words": coverage.of,
        "words_shown": coverage.words,
        "note": source.note,
    }


def _claim(analysis: Analysis, row: Row) -> Json:
    claim = row.claim
    return {
        "id": claim.id,
        "was": list(claim.was),
        "claim": claim.text,
        "question": claim.question,
        "topic": claim.topic,
        "event": claim.event,
        "unit": claim.unit,
        "utterance": {"by": claim.utterance.by, "lemma": claim.utterance.lemma} if claim.utterance else None,
        "status": row.status,
        "independent_origins": list(row.independent),
        "related": [{"how": other.how, "claim": other.claim} for other in analysis.relations.get(claim.id, ())],
        "evidence": [_evidence(analysis, cell) for cell in row.cells],
        "note": claim.note,
    }


def _evidence(analysis: Analysis, cell: Cell) -> Json:
    evidence = cell.evidence
    return {
        "source": cell.source.id,
        "stance": cell.stance,
        "because": cell.because,
        "silence": cell.silence,
        "foresees": cell.foresees,
        "differs_in": evidence.differs_in if evidence else None,
        "via": list(cell.chain),
        "value": evidence.value.text if evidence and evidence.value else None,
        "quotations": _quotations(analysis, cell.passages),
        "note": evidence.note if evidence else None,
    }


def _quotations(analysis: Analysis, passages: Iterable[Passage]) -> list[Json]:
    return [_quotation(analysis.anchored.articles[passage.source], passage) for passage in passages]


def _quotation(article: Article, passage: Passage) -> Json:
    """A quotation after the W3C TextQuoteSelector and TextPositionSelector.

    `reading` only where its words are named, `translation` only where there is one, `parts` only where it is divided.
    """
    span = passage.span
    divided = len(passage.parts) > 1 or bool(passage.parts[0].joint or passage.tail)
    data: Json = {
        "exact": passage.quoted(article.text).strip(),
        "prefix": passage.before.of(article.text),
        "suffix": passage.after.of(article.text),
        "start": span.start,
        "end": span.end,
        "zone": passage.zone,
        "mode": passage.mode,
        "key": [key.of(article.text) for key in passage.keys],
    }
    if passage.reading:
        reading = passage.reading
        data["reading"] = {"exact": reading.of(article.text), "start": reading.start, "end": reading.end}
    if passage.translation:
        data["translation"] = passage.translation
    if divided:
        data["parts"] = [
            {"exact": part.span.of(article.text), "start": part.span.start, "end": part.span.end}
            for part in passage.parts
        ]
    return data


# ---- the matrix as a table -------------------------------------------------------------------------------------

COLUMNS = (
    "claim_id", "claim", "topic", "event", "status", "source", "siglum", "outlet", "stance", "because", "differs_in",
    "value", "unit", "via", "quotations", "place", "mode", "note", "silence", "language", "translations",
)  # fmt: skip


def _csv(rows: Iterable[Sequence[str]]) -> str:
    """Rows of a table (RFC 4180)."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_inert(text) for text in row] for row in rows)
    return out.getvalue()


def _line(analysis: Analysis, row: Row, cell: Cell) -> Sequence[str]:
    claim, source, evidence = row.claim, cell.source, cell.evidence
    text = analysis.anchored.articles[source.id].text
    return (
        claim.id, claim.text, claim.topic, claim.event or "", row.status, source.id, source.siglum, source.outlet or "",
        cell.stance, cell.because or "", (evidence and evidence.differs_in) or "",
        evidence.value.text if evidence and evidence.value else "", claim.unit or "", " < ".join(cell.chain),
        " | ".join(" ".join(passage.quoted(text).split()) for passage in cell.passages),
        " | ".join(passage.zone for passage in cell.passages),
        " | ".join(passage.mode for passage in cell.passages),
        (evidence and evidence.note) or "", cell.silence or "", source.language if cell.passages else "",
        " | ".join(passage.translation or "" for passage in cell.passages)
        if any(passage.translation for passage in cell.passages) else "",
    )  # fmt: skip


_FORMULA = frozenset("=+-@\t\r")


def _inert(text: str) -> str:
    """Spreadsheets run a cell that starts like a formula; an apostrophe keeps it text (OWASP, CSV injection)."""
    return f"'{text}" if text[:1] in _FORMULA else text


# ---- the digest ------------------------------------------------------------------------------------------------

FEED_ENTRIES = 50
"""How many briefings the feed tells of, the newest; a reader asks for it again and again."""

_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def site_files(site: Site, summaries: Sequence[Summary], pages: Sequence[str]) -> list[OutputFile]:
    """robots.txt, and where the site's address is known the feed and the sitemaps; `pages` are the digest's own."""
    if site.url is None:
        return [OutputFile(ROBOTS, b"User-agent: *\nAllow: /\n")]
    robots = f"User-agent: *\nAllow: /\nSitemap: {site.url}{SITEMAP}\n"
    published = [summary for summary in summaries if not summary.draft]
    own = [path for path in pages if path != path_of(SiteRoute("404"))]
    return [
        OutputFile(ROBOTS, robots.encode("utf-8")),
        OutputFile(FEED, feed(site, site.url, published[:FEED_ENTRIES])),
        OutputFile(SITEMAP, sitemap_index(site.url, published)),
        OutputFile(DIGEST_SITEMAP, sitemap(site.url, own)),
    ]


def feed(site: Site, url: str, summaries: Sequence[Summary]) -> bytes:
    """An Atom feed (RFC 4287) of the briefings, newest first."""
    root = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": site.language})
    _add(root, "title", site.title)
    _add(root, "subtitle", site.tagline)
    _add(root, "id", url)
    ElementTree.SubElement(root, "link", {"href": url})
    ElementTree.SubElement(root, "link", {"rel": "self", "href": url + FEED})
    _add(root, "updated", max((_moment(s.updated) for s in summaries), default=_moment("1970")))
    _add(ElementTree.SubElement(root, "author"), "name", site.publisher or site.title)
    ElementTree.SubElement(root, "generator", {"version": __version__}).text = "Variorum"
    for summary in summaries:
        entry = ElementTree.SubElement(root, "entry")
        address = url + path_of(BriefingRoute(summary.name, "index")).removesuffix("index.html")
        _add(entry, "title", summary.title)
        _add(entry, "id", address)
        ElementTree.SubElement(entry, "link", {"href": address})
        _add(entry, "published", _moment(summary.published))
        _add(entry, "updated", _moment(summary.updated))
        _add(entry, "summary", summary.summary)
    return _xml(root)


def sitemap_index(url: str, summaries: Sequence[Summary]) -> bytes:
    """Where the sitemaps are: one holds at most 50,000 addresses, so each briefing has its own (sitemaps.org 0.9)."""
    root = ElementTree.Element("sitemapindex", {"xmlns": _SITEMAP})
    _entry(root, "sitemap", url + DIGEST_SITEMAP)
    for summary in summaries:
        _entry(root, "sitemap", f"{url}{summary.name}/{SITEMAP}", summary.updated)
    return _xml(root)


def sitemap(url: str, pages: Sequence[str], updated: str = "") -> bytes:
    """The addresses of pages (sitemaps.org 0.9); a folder's index is the folder."""
    root = ElementTree.Element("urlset", {"xmlns": _SITEMAP})
    for path in pages:
        _entry(root, "url", url + path.removesuffix("index.html"), updated)
    return _xml(root)


def _entry(root: ElementTree.Element, name: str, address: str, updated: str = "") -> None:
    element = ElementTree.SubElement(root, name)
    _add(element, "loc", address)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", updated):
        _add(element, "lastmod", updated)


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text


def _moment(date: str) -> str:
    """A date as RFC 3339 wants it: its beginning, or where that is open its end, in UTC."""
    start, end = parse_date(date).bounds(timedelta())
    moment = start or end
    assert moment is not None
    return moment.strftime(f"{moment.year:04}-%m-%dT%H:%M:%SZ")


def _xml(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root)
    text: str = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()
