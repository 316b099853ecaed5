"""Every element of a page tells its line: that of the words, in the file as it is written now."""

from __future__ import annotations

import json
from typing import Any

from samples import CLAIMS, FRONT, ONE, ROOT, SOURCES, TIMELINE, Files, small, studied_of

from builder.catalogues import File, words_of
from builder.preview.places import MAX_WORDS, places
from builder.preview.places.testimony import FACTS, KEPT

MATRIX = "case/matrix.html"
MET = "case/claims/met.html"
OVERVIEW = "case/index.html"


def told(files: Files, page: str) -> dict[str, dict[str, Any]]:
    """The places of a page by their labels; of several with one label, the last."""
    return {place["label"]: place for place in places(studied_of(files), page)}


def written(files: Files, place: dict[str, Any]) -> str:
    """What stands in a file from a place on, to the line's end."""
    data = files[place["file"]]
    text = data.decode("utf-8-sig") if isinstance(data, bytes) else data or ""
    line: str = text.replace("\r\n", "\n").split("\n")[place["line"] - 1]
    return line[place["column"] - 1 :]


def test_what_a_claim_says_has_the_line_of_its_words() -> None:
    files = small()
    found = told(files, MATRIX)
    assert written(files, found["Claim ‘met’"]) == "The ministers met on Thursday."
    assert written(files, found["Evidence of B on ‘met’"]).startswith("two: {stance")
    assert written(files, found["Quotation of A to ‘met’"]) == "met on Thursday in Geneva}"
    assert written(files, found["Topic ‘talks’"]) == "The talks, people: The people}"
    assert written(files, found["Source B, Outlet not named"]) == "two:"
    assert found["Quotation of A to ‘met’"] == {
        "selector": "#claim-met > :nth-child(2) > :nth-child(1 of q)",
        "what": "quotation",
        "label": "Quotation of A to ‘met’",
        "file": "content/case/claims.yaml",
        "line": 6,
        "column": 36,
        "words": "met on Thursday in Geneva",
        "link": "",
    }


def test_words_that_stand_below_their_key_have_their_own_line() -> None:
    quote = "quote: >-  # folded\n\n        met on Thursday\n        in Geneva"
    claims = CLAIMS.replace(
        "one: {stance: supports, quote: met on Thursday in Geneva}", f"one:\n      stance: supports\n      {quote}"
    )
    files = small(claims=claims.replace("claim: The", "claim: |-\n    The"))
    found = told(files, MATRIX)
    assert written(files, found["Quotation of A to ‘met’"]) == "met on Thursday"
    assert written(files, found["Claim ‘met’"]) == "The ministers met on Thursday."


def test_lines_are_those_of_editors_whatever_breaks_them() -> None:
    claims = b"\xef\xbb\xbf" + ("# A comment\r\n\r\n" + CLAIMS.replace("\n", "\r\n")).encode()
    files = small(claims=claims, front=FRONT.replace("\n", "\r\n"))
    found = told(files, MET)
    assert written(files, found["Quotation of B to ‘met’"]).startswith('"talked in Geneva')
    assert found["Claim ‘met’"]["line"] == 4
    assert written(files, told(files, OVERVIEW)["Prose"]) == "The prose."


def test_every_block_of_the_prose_has_its_line() -> None:
    prose = (
        "\n# A heading\n\nOne *paragraph*\nof two lines.\n\n- an item\n- another\n\n---\n\n> A quotation &amp; more.\n"
    )
    files = small(front=FRONT.replace("The prose.\n", prose))
    blocks = [place for place in places(studied_of(files), OVERVIEW) if place["what"] == "prose"]
    assert [(place["selector"], written(files, place), place["words"]) for place in blocks] == [
        (".prose.columns > :nth-child(1)", "# A heading", "A heading"),
        (".prose.columns > :nth-child(2)", "One *paragraph*", "One "),
        (".prose.columns > :nth-child(3)", "- an item", "an item"),
        (".prose.columns > :nth-child(4)", "---", ""),
        (".prose.columns > :nth-child(5)", "> A quotation &amp; more.", "A quotation & more."),
    ]


def test_the_same_words_in_two_claims_have_two_places() -> None:
    second = CLAIMS.replace("met:", "again:").replace("The ministers met", "Ministers met again")
    files = small(claims=CLAIMS + second)
    found = told(files, MATRIX)
    one, other = found["Quotation of A to ‘met’"], found["Quotation of A to ‘again’"]
    assert (other["line"] - one["line"], other["words"]) == (7, one["words"])
    assert one["selector"] != other["selector"]


def test_of_several_headlines_each_paragraph_has_its_own() -> None:
    one = "Ministers\n\nMinisters meet in Geneva\n\n" + ONE
    sources = SOURCES.replace(
        "    body: [The", "    headline: [Ministers, Ministers meet in Geneva]\n    body: [The", 1
    )
    files = small(one=one, sources=sources)
    shown = [p for p in places(studied_of(files), "case/sources/one.html") if p["what"] == "headline"]
    columns = {place["selector"]: written(files, place) for place in shown}
    assert columns == {
        "h1": "Ministers, Ministers meet in Geneva]",
        ".facts-list > dd:nth-of-type(2) > q": "Ministers, Ministers meet in Geneva]",
        "#headline blockquote": "Ministers, Ministers meet in Geneva]",
        "#headline-2 blockquote": "Ministers meet in Geneva]",
    }


CORRECTED = """corrections:
  - {date: 2024-05-11, changed: The first., claim: met}
  - {date: 2024-05-13, changed: The last.}
  - {date: 2024-05-12, changed: The second., claim: met}
  - {date: 2024-05-12, changed: The third.}
---
The prose.
"""


def test_corrections_have_the_lines_of_the_order_on_the_page() -> None:
    files = small(front=FRONT.replace("---\nThe prose.\n", CORRECTED))
    found = studied_of(files)

    def order(page: str) -> list[str]:
        listed = [place for place in places(found, page) if place["what"] == "correction"]
        assert [str(number) in place["selector"] for number, place in enumerate(listed, 1)] == [True] * len(listed)
        return [written(files, place).split(".")[0] for place in listed]

    assert order(OVERVIEW) == ["The last", "The second", "The third", "The first"]
    assert order("corrections.html") == ["The last", "The second", "The third", "The first"]
    assert order(MET) == ["The second", "The first"]


def test_an_excerpt_has_the_places_of_all_its_quotations() -> None:
    files = small()
    listed = places(studied_of(files), "case/sources/one.html")
    excerpt = [place["label"] for place in listed if place["selector"] == "#p1 blockquote"]
    assert excerpt == ["Quotation of A to ‘met’", "Quotation of A on event ‘meeting’"]


def test_where_something_is_at_fault_only_what_has_an_id_is_placed_in_the_file_as_it_is_now() -> None:
    files = small(claims="# A new line\n" + CLAIMS.replace("met on Thursday in", "met on Friday in"))
    assert studied_of(files).analysis is None
    for page in (MATRIX, OVERVIEW, "case/timeline.html", "case/sources/one.html"):
        found = told(files, page)
        assert {place["what"] for place in found.values()} == {"claim", "event", "source", "title"}
        assert written(files, found["Claim ‘met’"]) == "The ministers met on Thursday."
        assert "nth-child" not in json.dumps([place["selector"] for place in found.values()])
    assert "h1" in told(files, MET)["Claim ‘met’"]["selector"]
    assert places(studied_of(files), "index.html") == []


def test_files_that_nobody_can_read_have_no_places() -> None:
    for broken in ({"claims": "met: ["}, {"front": "no front matter"}, {"sources": "sources: ]"}, {"timeline": "- 1"}):
        found = studied_of(small(**broken))
        for page in (MATRIX, OVERVIEW, MET, "case/timeline.html", "case/sources/one.html", "corrections.html"):
            for place in places(found, page):
                assert written(small(**broken), place)


def test_other_pages_have_no_places() -> None:
    found = studied_of(small())
    for page in ("other/matrix.html", "other/claims/met.html", "case/claims/unknown.html", "case/sources/unknown.html"):
        assert [place for place in places(found, page) if place["what"] != "title"] == []
    for page in ("", "../site.yaml", "case", "case/data/briefing.json", "how-to-read.html", "404.html", "static/x.css"):
        assert places(found, page) == []


def test_pages_of_the_digest_have_the_places_of_the_briefing() -> None:
    files = small()
    found = {place["what"]: place for place in places(studied_of(files), "index.html")}
    assert written(files, found["title"]) == "A briefing"
    assert written(files, found["summary"]) == "Two articles about a meeting."
    assert [place["what"] for place in places(studied_of(files), "archive.html")] == ["title"]


def test_names_from_content_steer_nothing() -> None:
    outlet = '"\\u202Eevil\\u202C <b>"'
    files = small(sources=SOURCES.replace("siglum: A", f"siglum: A\n    outlet: {outlet}"))
    found = told(files, MATRIX)
    assert "Source A, \\u202eevil\\u202c <b>" in found
    assert all(len(place["words"]) <= MAX_WORDS for place in found.values())
    assert json.loads(json.dumps(list(found.values()))) == list(found.values())


FULL = """siglum: A
    outlet: The Gazette
    author: Jo Field
    published: 2024-05-03
    captured: 2024-05-04
    licence: CC BY 4.0
    known_through: {date: 2024-05-02, quote: met on Thursday}
    looks_ahead: {event: later, quote: It was a short one}
    via: agency
    note: A note."""
LATER = "\nlater: {title: Later, date: 2024-05-09}\n"


def test_facts_of_a_source_have_the_lines_of_their_keys() -> None:
    files = small(sources=SOURCES.replace("siglum: A", FULL), timeline=TIMELINE + LATER)
    found = [place for place in places(studied_of(files), "case/sources/one.html") if "facts-list" in place["selector"]]
    facts = {place["label"]: written(files, place) for place in found}
    assert facts == {
        "Outlet of source A": "The Gazette",
        "Published of source A": "2024-05-03",
        "Page saved of source A": "2024-05-04",
        "Author of source A": "Jo Field",
        "Known through of source A": "2024-05-02, quote: met on Thursday}",
        "Quotation of A on what it knew": "met on Thursday}",
        "Still ahead of source A": "later, quote: It was a short one}",
        "Quotation of A on what lay ahead": "It was a short one}",
        "Credit for the whole text of source A": "agency",
        "Licence of source A": "CC BY 4.0",
        "File of source A": "one.txt",
    }
    assert {label.removesuffix(" of source A") for label in facts if "Quotation" not in label} == {*FACTS.values()}
    assert KEPT.keys() < FACTS.keys()


def test_what_pages_say_in_another_language_has_the_same_lines() -> None:
    studied = studied_of(small(sources=SOURCES.replace("siglum: A", FULL), timeline=TIMELINE + LATER))
    data = (ROOT / "templates" / "words" / "es.po").read_bytes()
    words = words_of("es", [File("es", "es.po", data)])
    for page in ("case/sources/one.html", "case/sources/two.html", MET, MATRIX):
        english, spanish = places(studied, page), places(studied, page, words)
        assert [place["line"] for place in english] == [place["line"] for place in spanish]
    facts = {place["label"]: place["words"] for place in places(studied, "case/sources/one.html", words)}
    assert facts["Published of source A"] == "viernes, 3 de mayo de 2024 (impresa)"
    assert "Medio no indicado" in [place["words"] for place in places(studied, MET, words)]
