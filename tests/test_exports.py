"""The data beside the pages: every quotation is found again by its offsets, and every file is what its format wants."""

import csv
import io
import json
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from samples import CLAIMS, FRONT, ONE, SOURCES, TIMELINE, TWO, analysis_of, sample, scalar, small

from builder import __version__
from builder.analysis import Analysis
from builder.assemble import site_of
from builder.documents import SiteEntry
from builder.exports import (
    COLUMNS,
    FEED_ENTRIES,
    briefing_files,
    feed,
    site_files,
    sitemap,
    sitemap_index,
)
from builder.model import Site
from builder.pages import Summary, summary_of

SITE = site_of(SiteEntry(title="A <Site> & more", url="https://example.org/news", publisher="P"))
URL = "https://example.org/news/"


def data(analysis: Analysis) -> dict[str, Any]:
    """briefing.json, read again."""
    read: dict[str, Any] = json.loads(briefing_files(SITE, analysis, [])[0].data)
    return read


def quotations(read: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """All quotations of a briefing, with their sources."""
    cells = [cell for claim in read["claims"] for cell in claim["evidence"]]
    cells += [cell for event in read["events"] for cell in event["evidence"]]
    found = [(cell["source"], quotation) for cell in cells for quotation in cell["quotations"]]
    for source in read["sources"]:
        for key in ("known_through_quotations", "looks_ahead_quotations"):
            found += [(source["id"], quotation) for quotation in source[key]]
    return found


def claim(evidence: str, more: str = "") -> Analysis:
    """A briefing with one claim, and evidence of the source `one`."""
    claims = f"met:\n  claim: They met.\n  topic: talks\n{more}  evidence:\n    one: {evidence}\n"
    return analysis_of(small(claims=claims))


def table(analysis: Analysis) -> str:
    """matrix.csv."""
    return briefing_files(SITE, analysis, [])[1].data.decode()


def rows(analysis: Analysis) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table(analysis), newline=""), strict=True))


# ---- JSON -------------------------------------------------------------------------------------------------------


def test_every_quotation_is_a_slice_of_its_article() -> None:
    analysis = sample()
    found = quotations(data(analysis))
    assert len(found) > 100
    for source, quotation in found:
        text = analysis.anchored.articles[source].text
        if "parts" in quotation:
            assert quotation["exact"] != text[quotation["start"] : quotation["end"]]
            for part in quotation["parts"]:
                assert part["exact"] == text[part["start"] : part["end"]] != ""
            assert quotation["parts"][0]["start"] == quotation["start"]
            assert quotation["parts"][-1]["end"] == quotation["end"]
        else:
            assert quotation["exact"] == text[quotation["start"] : quotation["end"]] != ""
        assert text[: quotation["start"]].endswith(quotation["prefix"])
        assert text[quotation["end"] :].startswith(quotation["suffix"])
        assert quotation["zone"] in ("headline", "caption", "body")
        assert quotation["mode"] in ("direct", "mixed", "indirect")
        for key in quotation["key"]:
            assert key in text[quotation["start"] : quotation["end"]]


@pytest.mark.parametrize(
    ("quote", "parts"),
    [
        ("The talks lasted two hours", None),
        ("The ministers […] in Geneva", ["The ministers", "in Geneva"]),
        ("[t]he talks lasted", ["he talks lasted"]),
        ("The talks lasted [long]", ["The talks lasted"]),
        ("The [two] ministers met", ["The", "ministers met"]),
    ],
)
def test_parts_are_listed_only_where_a_quotation_is_divided(quote: str, parts: list[str] | None) -> None:
    found = data(claim(f"{{stance: supports, quote: {scalar(quote)}}}"))["claims"][0]["evidence"][0]["quotations"][0]
    assert found["exact"] == quote
    assert [part["exact"] for part in found["parts"]] == parts if parts else "parts" not in found
    assert ONE[found["start"] : found["end"]].startswith(parts[0] if parts else quote)


def test_offsets_are_code_points_after_a_byte_order_mark() -> None:
    text = "\ufeff𝄞𝄞 " + ONE
    sources = SOURCES.replace("[The ministers met", "[𝄞𝄞 The ministers met")
    (found,) = [
        q
        for s, q in quotations(data(analysis_of(small(one=text, sources=sources))))
        if s == "one" and len(q["exact"]) > 20
    ]
    assert text[1:][found["start"] : found["end"]] == found["exact"] == "met on Thursday in Geneva"


def test_utterances_primary_texts_and_origins_that_are_sources_are_told() -> None:
    sources = SOURCES.replace("siglum: B", "siglum: B\n    primary: yes").replace("Agency}", "Agency, source: one}")
    claims = CLAIMS.replace("  topic", "  utterance: {by: They, lemma: two}\n  topic", 1)
    read = data(analysis_of(small(sources=sources, claims=claims)))
    assert [(source["id"], source["primary"]) for source in read["sources"]] == [("one", False), ("two", True)]
    assert read["origins"][0]["source"] == "one"
    assert read["claims"][0]["utterance"] == {"by": "They", "lemma": "two"}


def test_ids_of_earlier_times_are_told() -> None:
    front = FRONT.replace("topics:", "was: former\ntopics:")
    claims = CLAIMS.replace("  topic", "  was: [spoke, talked]\n  topic", 1)
    sources = SOURCES.replace("siglum: A", "siglum: A\n    was: first")
    read = data(
        analysis_of(small(front=front, claims=claims, sources=sources, timeline=f"{TIMELINE}  was: encounter\n"))
    )
    assert (read["was"], read["claims"][0]["was"]) == (["former"], ["spoke", "talked"])
    assert [source["was"] for source in read["sources"]] == [["first"], []]
    assert read["events"][0]["was"] == ["encounter"]


def test_the_briefing_says_what_was_written() -> None:
    front = FRONT.replace(
        "topics:", "place: Geneva\nutc_offset: '+02:00'\nupdated: 2024-06\n"
        "corrections: [{date: 2024-05-11, claim: met, changed: A word., before: B, why: W}]\ntopics:"
    )  # fmt: skip
    read = data(analysis_of(small(front=front)))
    evidence = {claim["id"]: claim.pop("evidence") for claim in read["claims"]}["met"]
    assert {key: value for key, value in read.items() if key not in ("sources", "events")} == {
        "generator": f"Variorum {__version__}",
        "id": "case",
        "was": [],
        "title": "A briefing",
        "summary": "Two articles about a meeting.",
        "status": "published",
        "place": "Geneva",
        "date": "2024-05-02",
        "clock": "UTC+2",
        "published": "2024-05-10",
        "updated": "2024-06",
        "topics": [{"id": "talks", "title": "The talks"}, {"id": "people", "title": "The people"}],
        "origins": [
            {
                "id": "agency",
                "name": "The Agency",
                "kind": None,
                "side": None,
                "via": [],
                "source": None,
                "chain": [],
                "evidence": 1,
                "credited_by": [{"source": "two", "claims": ["met"]}],
            }
        ],
        "utterances": [],
        "quoted": [
            {
                "kind": "one source only",
                "claims": [],
                "left_out": False,
                "passages": [
                    {
                        "source": "two",
                        "start": 47,
                        "end": 62,
                        "zone": "body",
                        "depth": 0,
                        "closed": True,
                        "cue": None,
                        "in_body": None,
                        "claims": [],
                    }
                ],
            }
        ],
        "numbers": [],
        "agreement": [
            {"sources": ["one", "two"], "alike": ["met"], "qualified": [], "contradicted": []},
        ],
        "order_of_writing": [],
        "shared_text": [],
        "claims": [
            {
                "id": "met",
                "was": [],
                "claim": "The ministers met on Thursday.",
                "question": None,
                "topic": "talks",
                "event": "meeting",
                "unit": None,
                "utterance": None,
                "status": "repeated",
                "independent_origins": ["agency"],
                "related": [],
                "note": None,
            }
        ],
        "corrections": [{"date": "2024-05-11", "claim": "met", "changed": "A word.", "before": "B", "why": "W"}],
    }
    assert [(cell["source"], cell["stance"], cell["via"]) for cell in evidence] == [
        ("one", "supports", []),
        ("two", "supports", ["agency"]),
    ]
    (event,) = read["events"]
    assert (event["id"], event["date"], event["dated"], event["label"]) == ("meeting", "2024-05-02", "printed", None)
    assert [(e["source"], [q["exact"] for q in e["quotations"]]) for e in event["evidence"]] == [
        ("one", ["met on Thursday"])
    ]


def test_an_utterance_is_told_word_by_word_with_all_of_its_readings() -> None:
    read = data(sample())
    texts = {id_: article.text for id_, article in sample().anchored.articles.items()}
    assert [one["claim"] for one in read["utterances"]] == [one.claim for one in sample().apparatus]
    for utterance in read["utterances"]:
        lemma = utterance["readings"][utterance["lemma"]]
        assert "".join(part["exact"] for part in lemma["parts"])
        for at, reading in enumerate(utterance["readings"]):
            text = texts[reading["source"]]
            runs = [(part["start"], part["end"]) for part in reading["parts"]]
            assert [text[start:end] for start, end in runs] == [part["exact"] for part in reading["parts"]]
            spans = [span for place in utterance["places"] for span in place[at]["spans"]]
            assert spans == sorted(spans)
            assert all(any(low <= start < end <= high for low, high in runs) for start, end in spans)
            if at == utterance["lemma"]:
                assert {place[at]["standing"] for place in utterance["places"]} <= {"same", "nothing", "unquoted"}


def test_a_quotation_says_which_words_of_it_are_the_utterance() -> None:
    quote = "{stance: supports, quote: The talks lasted two hours, reading: two hours}"
    (quotation,) = data(claim(quote, more="  utterance: They\n"))["claims"][0]["evidence"][0]["quotations"]
    assert quotation["reading"] == {"exact": "two hours", "start": 58, "end": 67}
    (plain,) = data(claim("{stance: supports, quote: The talks lasted two hours}"))["claims"][0]["evidence"][0][
        "quotations"
    ]
    assert "reading" not in plain


def test_what_stands_inside_quotation_marks_is_told_without_its_words() -> None:
    read = data(sample())
    assert [one["kind"] for one in read["quoted"]] == [str(one.kind) for one in sample().families]
    for family in read["quoted"]:
        assert not [key for one in family["passages"] for key in one if key in ("exact", "words", "speaker")]
        assert {id_ for one in family["passages"] for id_ in one["claims"]} == set(family["claims"])


def test_numbers_are_told_with_their_bounds_and_how_every_two_go_together() -> None:
    claims = """long:
  claim: They took two hours.
  topic: talks
  unit: hours
  evidence:
    one: {stance: supports, quote: The talks lasted two hours, value: "2"}
    two: {stance: qualifies, differs_in: precision, quote: about two hours, value: "<= 150 minutes"}
"""
    (entry,) = data(analysis_of(small(claims=claims)))["numbers"]
    assert (entry["claim"], entry["unit"], entry["without"]) == ("long", "hours", [])
    assert entry["given"] == [
        {"value": "2", "low": 2, "high": 2, "sources": ["one"]},
        {"value": "<=150 minutes", "low": None, "high": 2.5, "sources": ["two"]},
    ]
    assert entry["pairs"] == [{"one": 1, "other": 0, "fit": "less precise"}]


def test_a_date_has_no_number() -> None:
    claims = """when:
  claim: They met in 2024.
  topic: talks
  unit: date
  evidence:
    one: {stance: supports, quote: met on Thursday, value: 2024-05-02}
"""
    (entry,) = data(analysis_of(small(claims=claims)))["numbers"]
    assert entry["given"] == [{"value": "2024-05-02", "low": None, "high": None, "sources": ["one"]}]


def test_the_order_of_writing_and_what_sources_carry_are_told_with_words_and_claims() -> None:
    read = data(sample())
    texts = {id_: article.text for id_, article in sample().anchored.articles.items()}
    assert read["order_of_writing"]
    for one in read["order_of_writing"]:
        for shown in one["shown_by"]:
            assert texts[shown["source"]][shown["start"] : shown["end"]] == shown["exact"]
            assert shown["source"] in (one["earlier"], one["later"])
    speaking = {
        source["id"]: {
            claim["id"]
            for claim in read["claims"]
            for cell in claim["evidence"]
            if cell["source"] == source["id"] and cell["stance"] != "silent"
        }
        for source in read["sources"]
    }
    for source in read["sources"]:
        assert set(source["alone"]) <= speaking[source["id"]]
        assert {id_ for side in source["sides"] for id_ in side["claims"]} == speaking[source["id"]]
        assert 0 < source["words_rested_on"] <= source["words"]
    for pair in read["agreement"]:
        both = set.intersection(*(speaking[source] for source in pair["sources"]))
        assert sorted(both) == sorted([*pair["alike"], *pair["qualified"], *pair["contradicted"]])


def test_a_draft_is_called_so() -> None:
    assert data(analysis_of(small(front=FRONT.replace("status: published", "status: draft"))))["status"] == "draft"


def test_a_source_says_how_much_of_it_is_shown_and_what_it_knew() -> None:
    more = (
        "    outlet: O\n    headline: [It was, a short one]\n"
        "    known_through: {date: 2024-05-02, quote: on Thursday}\n"
        "    looks_ahead: {event: meeting, quote: a short one}\n  two:"
    )
    one, two = data(analysis_of(small(sources=SOURCES.replace("  two:", more))))["sources"]
    assert (one["outlet"], one["headline"], one["known_through"], one["looks_ahead"]) == (
        "O", "It was / a short one", "2024-05-02", "meeting",
    )  # fmt: skip
    assert [q["exact"] for q in one["known_through_quotations"] + one["looks_ahead_quotations"]] == [
        "on Thursday", "a short one",
    ]  # fmt: skip
    assert one["words"] == len(ONE.split())
    assert 0 < two["words_shown"] < two["words"] == len(TWO.split())
    assert (two["outlet"], two["headline"], two["known_through"], two["looks_ahead_quotations"]) == (
        None,
        None,
        None,
        [],
    )


def test_every_claim_has_every_source_and_silence_has_a_reason() -> None:
    analysis = sample()
    order = [source.id for source in analysis.anchored.briefing.sources]
    silent = 0
    for read in data(analysis)["claims"]:
        assert [cell["source"] for cell in read["evidence"]] == order
        for cell in read["evidence"]:
            assert (cell["silence"] is not None) is (cell["stance"] == "silent")
            assert cell["quotations"] or cell["stance"] == "silent"
            assert (cell["differs_in"] is not None) is (cell["stance"] == "qualifies")
            silent += cell["stance"] == "silent"
    assert silent > 10


@pytest.mark.parametrize(
    ("evidence", "because"),
    [
        ("{stance: silent}", "omitted"),
        ("{stance: silent, because: predates}", "predates"),
        ("{stance: silent, because: omitted}", "omitted"),
    ],
)
def test_the_reason_of_a_silence_is_computed_or_told(evidence: str, because: str) -> None:
    assert [cell["because"] for cell in data(claim(evidence))["claims"][0]["evidence"]] == [because, "omitted"]


def test_via_is_the_whole_chain_and_a_value_is_as_written() -> None:
    sources = SOURCES.replace(
        "agency: {name: The Agency}", "agency: {name: The Agency, via: desk}\n  desk: {name: The desk}"
    )
    claims = CLAIMS.replace("via: agency", "value: '>= 2', via: agency").replace("  event:", "  unit: hours\n  event:")
    read = data(analysis_of(small(sources=sources, claims=claims)))["claims"][0]
    assert (read["evidence"][1]["via"], read["evidence"][1]["value"], read["unit"]) == (
        ["agency", "desk"],
        ">=2",
        "hours",
    )
    assert read["independent_origins"] == ["desk"]


def test_the_files_are_utf_8_with_a_line_break_at_the_end() -> None:
    found, sheet, readings = briefing_files(replace(SITE, url=None), sample(), [])
    names = ("briefing.json", "matrix.csv", "apparatus.xml")
    assert (found.path, sheet.path, readings.path) == tuple(f"blinken-in-beijing/data/{name}" for name in names)
    assert readings.data.endswith(b"</TEI>\n")
    assert found.data.endswith(b"}\n")
    assert "–".encode() in found.data
    assert b"\\u" not in found.data
    assert sheet.data.decode().count("\r\n") == len(rows(sample())) + 1


def test_every_claim_of_the_data_is_a_line_of_its_own() -> None:
    lines = briefing_files(SITE, sample(), [])[0].data.decode().split("\n")
    whole = [json.loads(line.removesuffix(",")) for line in lines if line.startswith('{"')]
    read = data(sample())
    assert whole == [entry for value in read.values() if isinstance(value, list) for entry in value]
    assert len(whole) > len(read["claims"]) > 40


def test_empty_lists_are_data_too() -> None:
    read = data(analysis_of(small(claims="{}", timeline=None)))
    assert (read["claims"], read["events"], read["corrections"]) == ([], [], [])


# ---- CSV --------------------------------------------------------------------------------------------------------


def test_the_table_has_a_row_for_every_claim_and_source() -> None:
    analysis = sample()
    found = rows(analysis)
    ids = [source.id for source in analysis.anchored.briefing.sources]
    assert [(row["claim_id"], row["source"]) for row in found] == [
        (r.claim.id, id_) for r in analysis.matrix.rows for id_ in ids
    ]
    assert all(list(row) == list(COLUMNS) for row in found)


def test_a_row_holds_what_the_cell_does() -> None:
    evidence = (
        "{stance: qualifies, differs_in: precision, quote: [The talks lasted two hours, It was a short one], "
        "value: ~2, via: agency, note: 'A note, with \"marks\".'}"
    )
    one, two = rows(claim(evidence, "  unit: hours\n  event: meeting\n"))
    assert one == {
        "claim_id": "met",
        "claim": "They met.",
        "topic": "talks",
        "event": "meeting",
        "status": "single source",
        "source": "one",
        "siglum": "A",
        "outlet": "",
        "stance": "qualifies",
        "because": "",
        "differs_in": "precision",
        "value": "~2",
        "unit": "hours",
        "via": "agency",
        "quotations": "The talks lasted two hours | It was a short one",
        "place": "body | body",
        "mode": "indirect | indirect",
        "note": 'A note, with "marks".',
        "silence": "",
        "language": "en",
        "translations": "",
    }
    assert (two["stance"], two["because"], two["quotations"], two["place"]) == ("silent", "", "", "")


def test_line_breaks_of_an_article_do_not_break_the_table() -> None:
    text = ONE.replace("on Thursday", "on\nThursday")
    assert rows(analysis_of(small(one=text)))[0]["quotations"] == "met on Thursday in Geneva"


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_cell_that_a_spreadsheet_would_run_is_inert(start: str) -> None:
    words = f"{start}cmd|'/C calc'!A0"
    claims = (
        f"met:\n  claim: {scalar(words)}\n  topic: talks\n"
        f"  evidence:\n    one: {{stance: supports, note: {scalar(words)}, quote: {scalar(start + 'It was')}}}\n"
    )
    text = ONE.replace("It was", f"{start}It was")
    found = rows(analysis_of(small(claims=claims, one=text)))[0]
    assert (found["claim"], found["note"], found["quotations"]) == (f"'{words}", f"'{words}", f"'{start}It was")
    for row in rows(sample()):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())


def test_the_table_is_rfc_4180() -> None:
    claims = CLAIMS.replace("The ministers met on Thursday.", "'Met \"there\", on; Thursday'")
    text = table(analysis_of(small(claims=claims)))
    assert '\r\nmet,"Met ""there"", on; Thursday",talks,' in text
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert text.startswith("claim_id,claim,topic,")


# ---- the digest -------------------------------------------------------------------------------------------------


def summary(name: str, site: Site = SITE, **front: str) -> Summary:
    """The summary of the small briefing under another name, with keys of its front matter set."""
    written = FRONT
    for key, value in front.items():
        lines = [line for line in written.split("\n") if not line.startswith(f"{key}:")]
        written = "\n".join([lines[0], f"{key}: {value}", *lines[1:]])
    analysis = analysis_of(small(front=written))
    briefing = replace(analysis.anchored.briefing, name=name)
    anchored = replace(analysis.anchored, briefing=briefing)
    return summary_of(site, replace(analysis, anchored=anchored))


PAGES = ["index.html", "how-to-read.html", "corrections.html", "404.html"]


def read_feed(summaries: list[Summary], site: Site = SITE) -> Any:
    parsed = feedparser.parse(feed(site, URL, summaries))
    assert parsed.bozo is False
    return parsed


def locations(data: bytes, kind: str = "urlset") -> list[tuple[str, str | None]]:
    """The addresses and dates of a sitemap, or with the kind `sitemapindex` of an index of sitemaps."""
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    root = ElementTree.fromstring(data)
    assert root.tag == f"{space}{kind}"
    assert {entry.tag for entry in root} <= {f"{space}{'url' if kind == 'urlset' else 'sitemap'}"}
    return [(entry.findtext(f"{space}loc") or "", entry.findtext(f"{space}lastmod")) for entry in root]


def of_briefing(*, updated: str = "2024-06-01", status: str = "published", site: Site = SITE) -> dict[str, bytes]:
    """The files that stand beside the pages of the small briefing, by path."""
    front = FRONT.replace("published: 2024", f"updated: {updated}\npublished: 2024")
    analysis = analysis_of(small(front=front.replace("status: published", f"status: {status}")))
    return {
        file.path: file.data for file in briefing_files(site, analysis, ["case/index.html", "case/claims/met.html"])
    }


def test_without_an_address_there_is_robots_txt_only() -> None:
    (robots,) = site_files(replace(SITE, url=None), [summary("one")], PAGES)
    assert (robots.path, robots.data) == ("robots.txt", b"User-agent: *\nAllow: /\n")
    assert of_briefing(site=replace(SITE, url=None)).keys() == {"case/data/briefing.json", "case/data/matrix.csv"}


def test_with_an_address_there_are_a_feed_and_sitemaps() -> None:
    robots, *others = site_files(SITE, [summary("one")], PAGES)
    assert robots.data.endswith(b"Allow: /\nSitemap: https://example.org/news/sitemap.xml\n")
    assert [file.path for file in others] == ["feed.xml", "sitemap.xml", "sitemap-digest.xml"]
    for data in (*(file.data for file in others), of_briefing()["case/sitemap.xml"]):
        assert data.startswith(b'<?xml version="1.0" encoding="utf-8"?>\n<')
        assert data.endswith(b">\n")


def test_the_feed_lists_the_briefings_as_given() -> None:
    parsed = read_feed([summary("two", title="B < C & D", updated="2024-06-01"), summary("one")])
    about = parsed.feed
    assert (about.title, about.id, about.author, about.subtitle) == ("A <Site> & more", URL, "P", SITE.tagline)
    assert {(link.rel, link.href) for link in about.links} == {("alternate", URL), ("self", f"{URL}feed.xml")}
    assert about.updated == "2024-06-01T00:00:00Z"
    assert [(e.title, e.id, e.link, e.summary, e.published, e.updated) for e in parsed.entries] == [
        (
            "B < C & D",
            f"{URL}two/",
            f"{URL}two/",
            "Two articles about a meeting.",
            "2024-05-10T00:00:00Z",
            "2024-06-01T00:00:00Z",
        ),
        (
            "A briefing",
            f"{URL}one/",
            f"{URL}one/",
            "Two articles about a meeting.",
            "2024-05-10T00:00:00Z",
            "2024-05-10T00:00:00Z",
        ),
    ]


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2024", "2024-01-01T00:00:00Z"),
        ("2024-05", "2024-05-01T00:00:00Z"),
        ("2024-05-10~", "2024-05-10T00:00:00Z"),
        ("2024-21", "2024-03-01T00:00:00Z"),
        ("2024-05-10/2024-05-12", "2024-05-10T00:00:00Z"),
        ('"[..2024-05-10]"', "2024-05-11T00:00:00Z"),
        ("0800-05", "0800-05-01T00:00:00Z"),
        ("2024-05-10T08:30Z", "2024-05-10T08:30:00Z"),
        ("2024-05-10T08:30:15Z", "2024-05-10T08:30:15Z"),
        ("2024-05-10T08:30+08:00", "2024-05-10T00:30:00Z"),
    ],
)
def test_moments_in_the_feed_are_whole_whatever_was_written(written: str, moment: str) -> None:
    parsed = read_feed([summary("one", published=written)])
    assert parsed.entries[0].published == parsed.entries[0].updated == parsed.feed.updated == moment


def test_a_feed_without_briefings_or_publisher_is_valid() -> None:
    parsed = read_feed([], replace(SITE, publisher=None))
    assert (parsed.entries, parsed.feed.updated, parsed.feed.author) == ([], "1970-01-01T00:00:00Z", SITE.title)


def test_the_feed_tells_of_the_newest_only() -> None:
    newest = [replace(summary("one"), name=f"case-{n}") for n in range(FEED_ENTRIES)]
    drafts = [replace(one, name=f"draft-{n}", draft=True) for n, one in enumerate(newest[:10])]
    _, atom, index, _ = site_files(SITE, [*drafts, *newest, summary("older")], PAGES)
    assert [entry.id for entry in feedparser.parse(atom.data).entries] == [f"{URL}{one.name}/" for one in newest]
    assert f"<loc>{URL}older/sitemap.xml</loc>".encode() in index.data


def test_the_sitemaps_list_every_page_but_404() -> None:
    _, _, index, digest = site_files(
        SITE, [summary("one", updated="2024-06-01"), summary("two", published="2024-06")], PAGES
    )
    assert locations(index.data, "sitemapindex") == [
        (f"{URL}sitemap-digest.xml", None),
        (f"{URL}one/sitemap.xml", "2024-06-01"),
        (f"{URL}two/sitemap.xml", None),
    ]
    assert locations(digest.data) == [(URL, None), (f"{URL}how-to-read.html", None), (f"{URL}corrections.html", None)]
    assert locations(of_briefing()["case/sitemap.xml"]) == [
        (f"{URL}case/", "2024-06-01"),
        (f"{URL}case/claims/met.html", "2024-06-01"),
    ]


def test_a_sitemap_of_nothing_is_valid() -> None:
    assert locations(sitemap(URL, [])) == []
    assert locations(sitemap_index(URL, []), "sitemapindex") == [(f"{URL}sitemap-digest.xml", None)]


@pytest.mark.parametrize("written", ["2024", "2024-05", "2023/2024?", "2024-05-10~", '"[2024..]"', "2024-05-10T08:30Z"])
def test_only_a_plain_day_is_a_date_of_the_sitemaps(written: str) -> None:
    found = locations(of_briefing(updated=written)["case/sitemap.xml"])
    assert [date for _, date in found] == [None, None]
    index = locations(sitemap_index(URL, [summary("one", updated=written)]), "sitemapindex")
    assert [date for _, date in index] == [None, None]


def test_drafts_are_in_no_feed_and_no_sitemap() -> None:
    _, atom, index, digest = site_files(SITE, [summary("secret", status="draft"), summary("one")], PAGES)
    assert b"secret" not in atom.data + index.data + digest.data
    assert b"/one/" in atom.data
    assert b"/one/" in index.data
    assert of_briefing(status="draft").keys() == {"case/data/briefing.json", "case/data/matrix.csv"}
