"""An article out of a text file or a web page: its every letter, what the page states, and nothing that it does not."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from builder.article import Article, Zone, ZoneWords, read_article
from builder.diagnostics import printable
from builder.documents import SourceEntry
from builder.intake import MAX_TEXT, Intake, IntakeError, from_page, from_text
from builder.intake.charset import CharsetError, decode_page
from builder.intake.entry import entry_of, free_siglum, host_slug, slug
from builder.intake.htmltree import MAX_DEPTH, MAX_ELEMENTS
from builder.text import paragraphs
from builder.validation import validate
from builder.yamldoc import Node, parse_yaml

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))

FIRST = "The bridge over the harbour was opened on Monday, after six years of work."
SECOND = "It carries two tram lines, a cycle path and no cars, says the mayor, who came by tram."
LAST = "What it cost in the end, the city has not said yet."
TITLE = "New harbour bridge opens"


def page(
    head: str = "",
    body: str = f"<p>{FIRST}</p><p>{SECOND}</p><p>{LAST}</p>",
    above: str = f"<h1>{TITLE}</h1>",
    lang: str = "en",
) -> str:
    return f'<!doctype html><html lang="{lang}"><head>{head}</head><body><article>{above}{body}</article></body></html>'


def script(data: object, before: str = "", after: str = "") -> str:
    """JSON-LD."""
    return f'<script type="application/ld+json">{before}{json.dumps(data)}{after}</script>'


def data(**article: object) -> str:
    """JSON-LD of an article."""
    return script({"@type": "NewsArticle", **article})


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{escape(content)}">'


def values(intake: Intake) -> dict[str, str]:
    """What was found, by key."""
    return {key: one.value for key, one in intake.fields.items() if one.value}


def found(head: str, key: str, asked: str = "", **more: str) -> tuple[str, str]:
    """The value and the note of a field."""
    one = from_page(page(head, **more), asked).fields[key]
    return one.value, one.note


def node_of(entry: str) -> Node:
    """The entry itself, read as YAML."""
    read = parse_yaml("sources.yaml", entry)
    assert read.diagnostics == ()
    assert read.value is not None
    assert isinstance(read.value.content, dict)
    (node,) = read.value.content.values()
    return node


def entry(intake: Intake, language: str = "en") -> SourceEntry:
    """What its entry says by the schema, which must find no fault in it."""
    read = validate(SourceEntry, node_of(entry_of(intake, "gazette", "A", "gazette.txt", language)))
    assert read.diagnostics == ()
    assert read.value is not None
    return read.value


def marked(intake: Intake) -> Article:
    """The article with its zones, by the words of the entry, which must be found."""
    said = entry(intake)
    words = ZoneWords(said.headline, (said.body[0], said.body[1]), said.captions, said.boilerplate)
    article, faults = read_article("gazette.txt", intake.text, words)
    assert faults == []
    return article


def zones(intake: Intake) -> list[Zone]:
    """The zone of each paragraph."""
    return [one.zone for one in marked(intake).paragraphs]


# ---- whole pages --------------------------------------------------------------------------------------------------


def taken(name: str) -> Intake:
    return from_page(decode_page((PAGES / f"{name}.html").read_bytes()))


@pytest.mark.parametrize("name", NAMES)
def test_the_article_is_taken_letter_by_letter_without_what_surrounds_it(name: str) -> None:
    assert taken(name).seed == (PAGES / f"{name}.txt").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_the_body_encloses_all_but_the_headline(name: str) -> None:
    intake = taken(name)
    lines = len(intake.headline)
    assert lines >= 1
    assert zones(intake) == [Zone.HEADLINE] * lines + [Zone.BODY] * (len(paragraphs(intake.text)) - lines)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "graph",
            {
                "outlet": "The Harbour Gazette",
                "author": "A. Quayside, B. Northbank",
                "url": "https://gazette.example/town/harbour-bridge-opens?edition=1",
                "language": "en-GB",
                "published": "2025-03-03T11:15Z",
            },
        ),
        (
            "opengraph",
            {
                "outlet": "Courier",
                "author": "C. Ferryman",
                "url": "https://www.courier.example/2025/03/bridge-a-year-late/",
                "language": "en-US",
                "published": "2025-03-03T15:40Z",
            },
        ),
        (
            "microdata",
            {"outlet": "Dockside Observer", "author": "D. Pier", "language": "en", "published": "2025-03-04"},
        ),
        ("soup", {}),
        (
            "live",
            {"outlet": "Harbour Wire", "author": "Harbour Wire", "language": "en", "published": "2025-03-03T07:00Z"},
        ),
        ("legacy", {"language": "de", "url": "https://www.hafenbote.example/stadt/hafenbruecke.html"}),
        ("lead", {"outlet": "Quay & Tide", "author": "E. Tollhouse", "language": "en", "published": "2025-03-10"}),
        ("divs", {}),
    ],
)
def test_a_page_says_this_of_itself_and_no_more(name: str, expected: Mapping[str, str]) -> None:
    assert values(taken(name)) == expected


def test_every_page_has_an_expected_text() -> None:
    assert sorted(path.stem for path in PAGES.glob("*.txt")) == NAMES
    assert len(NAMES) >= 6


# ---- the text -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("one\n   two\tthree", "one two three"),
        ("one&nbsp;two", "one\u00a0two"),
        ("&#64257;ne and 10&#178; km", "\ufb01ne and 10² km"),
        ("soft&shy;hyphen and zero&#8203;width", "soft\u00adhyphen and zero\u200bwidth"),
        ("on <time datetime=2025-03-03>Monday</time>, it", "on Monday, it"),
        ("<b>bold</b>er <i>than</i><sup>1</sup>", "bolder than1"),
        ('a <a href="/x">link</a>, a <q>word</q>', "a link, a word"),
        ("<span>T</span>he", "The"),
        ("one<br>two", "one\ntwo"),
        ("one<br> <br/>two", "one\n\ntwo"),
        ("un<wbr>broken", "unbroken"),
        ("seen<script>var unseen</script><style>p {}</style><!-- unseen -->", "seen"),
        ('seen<span style="display: none">unseen</span><span hidden>unseen</span>', "seen"),
        ("a\x00b\x08c&#x7;d", "abcd"),
        ("e\u0301 and \u00e9", "e\u0301 and \u00e9"),
        ("1 &lt; 2 &amp;amp; 3", "1 < 2 &amp; 3"),
        ("⠁⢀ braille ⢁", "⠁⢀ braille ⢁"),
        ("<math><mi>x</mi><annotation>\\xi</annotation></math> of it", "x of it"),
        ('he said <span class="mark">“</span>no<span class="mark">”</span>', "he said “no”"),
        ('a link<span class="visually-hidden">, opens elsewhere</span>, too', "a link, too"),
    ],
)
def test_a_paragraph_is_what_a_browser_shows(html: str, text: str) -> None:
    intake = from_page(page(body=f"<p>{FIRST}</p><p>Here is {html} so far</p><p>{LAST}</p>"))
    assert intake.text == f"{TITLE}\n\n{FIRST}\n\nHere is {text} so far\n\n{LAST}\n"


def test_words_in_an_article_that_are_no_article_are_left_out_and_said_to_be() -> None:
    body = (
        f'<p>{FIRST}</p><p>Advertisement</p><p>Also read: <a href="/2">All the trams of the town, line by line</a></p>'
    )
    intake = from_page(page(body=f"{body}<p>{SECOND}</p><p>{LAST}</p><h2>Related</h2>"))
    assert intake.text == f"{TITLE}\n\n{FIRST}\n\n{SECOND}\n\n{LAST}\n"
    assert intake.left_out == ("Also read: All the trams of the town, line by line",)


def test_labels_within_a_paragraph_are_left_out_and_said_to_be() -> None:
    label = '<span class="share">Share this with your friends</span>'
    intake = from_page(page(body=f"<p>{FIRST} {SECOND}</p><p>{SECOND} {label}</p><p>{LAST} {FIRST}</p>"))
    assert intake.text == f"{TITLE}\n\n{FIRST} {SECOND}\n\n{SECOND}\n\n{LAST} {FIRST}\n"
    assert intake.left_out == ("Share this with your friends",)


def test_signs_that_look_like_marks_choose_nothing() -> None:
    signs = "".join(map(chr, range(0x2800, 0x2900)))
    unchosen = f"<nav><p>{'Elsewhere in the town ' * 20}</p></nav>"
    intake = from_page(page(body=f"<p>{FIRST}</p><p>{SECOND} {signs}</p><p>{LAST}</p>{unchosen}"))
    assert intake.text == f"{TITLE}\n\n{FIRST}\n\n{SECOND} {signs}\n\n{LAST}\n"


def test_a_heading_is_none_of_the_links_to_elsewhere() -> None:
    body = f'<p>{FIRST}</p><h2><a href="#cost">What the new bridge cost</a></h2><p>{SECOND}</p><p>{LAST}</p>'
    assert "What the new bridge cost" in from_page(page(body=body)).text


def test_bylines_and_dates_above_the_text_are_no_part_of_it() -> None:
    byline = '<p class="byline">By A. Quayside</p><p class="date">3 March, at noon</p>'
    intake = from_page(page(body=f"{byline}<p>{FIRST}</p><p>{SECOND}</p><p>{LAST}</p>"))
    assert intake.text == f"{TITLE}\n\n{FIRST}\n\n{SECOND}\n\n{LAST}\n"


def test_what_leads_into_the_text_belongs_to_it() -> None:
    body = f'<header><p class="standfirst">A gift to the city.</p></header><p>{FIRST}</p><p>{SECOND}</p><p>{LAST}</p>'
    assert from_page(page(body=body)).text == f"{TITLE}\n\nA gift to the city.\n\n{FIRST}\n\n{SECOND}\n\n{LAST}\n"


def test_a_page_without_an_article_is_refused() -> None:
    for html in ("", "<html></html>", "<html><body><script>write()</script></body></html>", "<p hidden>Hidden.</p>"):
        with pytest.raises(IntakeError, match="No article was found"):
            from_page(html)


def test_a_fragment_is_a_page_too() -> None:
    assert from_page(f"<p>{FIRST}</p>").text == f"{FIRST}\n"


def test_pages_beyond_all_bounds_are_refused_in_words() -> None:
    with pytest.raises(IntakeError, match=f"nested more than {MAX_DEPTH} deep"):
        from_page("<div>" * 10_000 + FIRST)
    with pytest.raises(IntakeError, match="more than 20,000 elements"):
        from_page(page(body="<i>a</i>" * (MAX_ELEMENTS + 1)))
    with pytest.raises(IntakeError, match="larger than 1 MiB"):
        from_page(page(body=f"<p>{'word ' * (MAX_TEXT // 5)}</p>"))


# ---- headline -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "above", "headline"),
    [
        ("", f"<h1>{TITLE}</h1>", (TITLE,)),
        ("", f"<h1>The Gazette</h1><h1>{TITLE}</h1>", (TITLE,)),
        (meta("og:title", TITLE), f"<h1>{TITLE}</h1><h1>The Gazette</h1>", (TITLE,)),
        (data(headline=TITLE), f"<h1>The Gazette</h1><h2>{TITLE}</h2>", (TITLE,)),
        (f"<title>{TITLE} - Gazette</title>", f"<b>{TITLE}</b><br><br>", (TITLE,)),
        (f"<title>{TITLE} - Gazette</title>", f"<h1>Gazette</h1><p></p><h2>{TITLE}</h2>", (TITLE,)),
        (f"<title>Gazette | {TITLE}</title>", f"<h1>Gazette</h1><p></p><h2>{TITLE}</h2>", (TITLE,)),
        (meta("og:site_name", "Gazette"), "<h1>Gazette</h1>", ()),
        ("", f"<h1>{TITLE.replace('bridge', '<br>bridge')}</h1>", (TITLE,)),
        ("", "", ()),
        (f"<title>{TITLE}s</title>", "", ()),
    ],
)
def test_the_headline_is_what_the_page_prints(head: str, above: str, headline: tuple[str, ...]) -> None:
    assert from_page(page(head, above=above)).headline == headline


def test_a_headline_that_is_only_stated_is_a_proposal() -> None:
    intake = from_page(page(meta("og:title", TITLE), above=""))
    assert (intake.headline, intake.proposal) == ((), TITLE)
    assert intake.text.startswith(FIRST)
    assert f"# headline: {TITLE}\n" in entry_of(intake, "a", "A", "a.txt", "en")
    assert entry(intake).headline == []


def test_a_headline_that_cannot_be_told_from_the_text_is_a_proposal() -> None:
    intake = from_page(page(above=f"<h1>{FIRST}</h1>", body=f"<p>{FIRST} {FIRST}</p>"))
    assert intake.text.startswith(FIRST)
    assert set(zones(intake)) <= {Zone.HEADLINE, Zone.BODY}


# ---- captions -----------------------------------------------------------------------------------------------------


def test_captions_in_the_text_are_marked_as_such() -> None:
    caption = "The first tram on the bridge. Photo: Gazette"
    body = f"<p>{FIRST}</p><div><figcaption>{caption}</figcaption></div><p>{SECOND}</p><p>{LAST}</p>"
    intake = from_page(page(body=body))
    assert intake.captions == (caption,)
    assert zones(intake) == [Zone.HEADLINE, Zone.BODY, Zone.CAPTION, Zone.BODY, Zone.BODY]


# ---- dates --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "date"),
    [
        ("2025-03-03T12:15:00+01:00", "2025-03-03T11:15Z"),
        ("2025-03-03T12:15:59.123Z", "2025-03-03T12:15Z"),
        ("2025-03-03 12:15 GMT", "2025-03-03T12:15Z"),
        ("20250303T121500+0530", "2025-03-03T06:45Z"),
        ("2025-03-03T00:30:00+08", "2025-03-02T16:30Z"),
        ("2025-03-03", "2025-03-03"),
        ("2025-03-03T12:15:00", "2025-03-03"),
    ],
)
def test_a_date_is_in_utc_where_its_zone_is_stated_and_a_day_otherwise(stated: str, date: str) -> None:
    assert found(meta("article:published_time", stated), "published")[0] == date


@pytest.mark.parametrize(
    "stated",
    [
        "3 March 2025",
        "03/04/2025",
        "2025-02-30",
        "2025-13-01",
        "0000-01-01",
        "2025-03-03T25:00Z",
        "2025-03-03T25:00",
        "9999-12-31",
    ],
)
def test_what_can_be_read_in_two_ways_or_none_is_no_date(stated: str) -> None:
    value, note = found(meta("article:published_time", stated), "published")
    assert value == ""
    assert stated in note


@pytest.mark.parametrize(
    "head",
    [
        data(datePublished="2025-03-03"),
        script({"@graph": [[{"@type": ["Thing", "ReportageNewsArticle"], "datePublished": "2025-03-03"}]]}),
        script({"@type": "Article", "datePublished": "2025-03-03"}, "<!--", "-->"),
        '<meta name="dcterms.issued" content="2025-03-03">',
        '<meta itemprop="datePublished" content="2025-03-03">',
    ],
)
def test_dates_are_read_from_data(head: str) -> None:
    assert found(head, "published")[0] == "2025-03-03"


@pytest.mark.parametrize(
    ("above", "date"),
    [
        ('<time datetime="2025-03-03">Monday</time>', "2025-03-03"),
        ('<time datetime="2025-03-03" class="updated">Monday</time>', ""),
        ('<p class="last-modified"><time datetime="2025-03-03">Monday</time></p>', ""),
        ('<time datetime="2025-03-03">a</time> <time class="modified" datetime="2025-03-05">b</time>', "2025-03-03"),
        ('<time datetime="2025-03-03">a</time> <time datetime="2025-03-05">b</time>', ""),
        ('<time class="published" datetime="2025-03-03">a</time> <time datetime="2025-03-05">b</time>', "2025-03-03"),
        ("<time>3 March 2025</time>", ""),
    ],
)
def test_a_time_below_the_headline_is_the_publications_unless_it_says_otherwise(above: str, date: str) -> None:
    assert found("", "published", above=f"<h1>{TITLE}</h1><div>{above}</div>")[0] == date


def test_times_elsewhere_are_no_dates_of_the_publication() -> None:
    clock = '<time datetime="2025-03-09">Today</time>'
    assert found("", "published", above=f"{clock}<h1>{TITLE}</h1>")[0] == ""
    assert found("", "published", body=f"<p>{FIRST}</p><p>{SECOND} {clock}</p><p>{LAST}</p>")[0] == ""


def test_statements_that_contradict_each_other_are_both_named_and_not_taken() -> None:
    head = data(datePublished="2025-03-03T10:00:00Z") + meta("article:published_time", "2025-03-04T10:00:00Z")
    value, note = found(head, "published")
    assert value == ""
    assert "“2025-03-03T10:00Z” (JSON-LD) and “2025-03-04T10:00Z” (article:published_time)" in note


def test_the_finest_of_dates_that_agree_is_taken() -> None:
    head = meta("article:published_time", "2025-03-03") + data(datePublished="2025-03-03T23:30:00-05:00")
    assert found(head, "published") == ("2025-03-04T04:30Z", "")


def test_other_articles_on_the_page_say_nothing_about_this_one() -> None:
    other = data(headline="Library to open", datePublished="2025-03-08", author="F. Reader")
    this = data(headline=TITLE, datePublished="2025-03-03", author={"name": "A. Quayside"})
    assert values(from_page(page(other + this)))["published"] == "2025-03-03"
    assert values(from_page(page(this + other)))["author"] == "A. Quayside"
    assert "published" not in values(from_page(page(other + data(datePublished="2025-03-03"))))


# ---- the other fields ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        (meta("og:site_name", "Gazette"), "Gazette"),
        (data(publisher={"@type": "Organization", "name": "Gazette"}), "Gazette"),
        (meta("og:site_name", "Gazette") + data(publisher="Gazette Media Ltd"), "Gazette"),
        (meta("og:site_name", "Gazette") + meta("og:site_name", "GAZETTE"), "Gazette"),
        (meta("og:site_name", "Gazette") + meta("og:site_name", "Courier"), ""),
        (meta("og:site_name", "G" * 10_000), ""),
        ("<title>Bridge | Gazette</title>", ""),
    ],
)
def test_the_outlet_is_what_the_page_names(head: str, outlet: str) -> None:
    assert found(head, "outlet")[0] == outlet


@pytest.mark.parametrize(
    ("head", "author"),
    [
        (data(author="A. Quayside"), "A. Quayside"),
        (data(author=[{"name": "A. Quayside"}, {"name": "B. Northbank"}]), "A. Quayside, B. Northbank"),
        (meta("author", "admin"), "admin"),
        (meta("author", "A. Quayside") + data(author="A. QUAYSIDE"), "A. QUAYSIDE"),
        (meta("author", "desk") + data(author="A. Quayside"), ""),
        (meta("author", "quayside@gazette.example"), ""),
        (meta("article:author", "https://gazette.example/quayside"), ""),
        (data(author={"url": "x"}), ""),
        (data(author=[[["deep"]], 7, None, {"name": {"x": 1}}]), ""),
    ],
)
def test_the_author_is_taken_as_stated_but_no_address(head: str, author: str) -> None:
    assert found(head, "author")[0] == author


def test_a_mail_address_does_not_reach_the_entry() -> None:
    intake = from_page(page(meta("author", "quayside@gazette.example")))
    assert "quayside@" not in entry_of(intake, "a", "A", "a.txt", "en")
    assert "mail address" in intake.fields["author"].note


@pytest.mark.parametrize(
    ("head", "asked", "url"),
    [
        ('<link rel="canonical" href="https://g.example/a">', "", "https://g.example/a"),
        ('<link rel="CANONICAL nofollow" href="https://g.example/a#top">', "", "https://g.example/a"),
        ('<link rel="canonical" href="/a">', "https://g.example/b?c=1", "https://g.example/a"),
        ('<link rel="canonical" href="/a">', "", ""),
        ('<link rel="canonical" href="javascript:alert(1)">', "", ""),
        ('<link rel="canonical" href="javascript:alert(1)">', "https://g.example/b", "https://g.example/b"),
        ('<link rel="canonical" href="https://user:secret@g.example/a">', "", ""),
        ('<link rel="canonical" href="https://[g.example/a">', "", ""),
        ('<link rel="canonical" href="https://g.example:99999999/a">', "", ""),
        (f'<link rel="canonical" href="https://g.example/{"a" * 2000}">', "", ""),
        (meta("og:url", "https://g.example/a"), "https://g.example/b", "https://g.example/a"),
        ("", "https://g.example/b#part", "https://g.example/b"),
        ("", "", ""),
    ],
)
def test_the_address_is_the_canonical_one_or_the_one_that_was_asked_for(head: str, asked: str, url: str) -> None:
    assert found(head, "url", asked)[0] == url


def test_an_address_that_the_page_does_not_name_or_elsewhere_is_commented() -> None:
    assert "no address of its own" in found("", "url", "https://g.example/b")[1]
    head = '<link rel="canonical" href="https://other.example/a">'
    assert found(head, "url", "https://g.example/b") == (
        "https://other.example/a",
        "the page came from “https://g.example/b” and names this address",
    )


@pytest.mark.parametrize(
    ("head", "lang", "site", "written"),
    [
        ("", "de", "en", "de"),
        ("", "DE-at", "en", "de-at"),
        ("", "en-GB", "en", None),
        ("", "", "en", None),
        ("", "not a language", "en", None),
        (data(inLanguage="fr"), "fr-CA", "en", "fr"),
        (data(inLanguage="fr"), "de", "en", None),
        (meta("og:locale", "pt_BR"), "", "en", "pt-BR"),
    ],
)
def test_the_language_is_written_where_it_is_another_than_the_sites(
    head: str, lang: str, site: str, written: str | None
) -> None:
    assert entry(from_page(page(head, lang=lang)), site).language == written


def test_what_is_missing_is_marked_in_the_entry() -> None:
    text = entry_of(from_page(page()), "gazette", "A", "gazette.txt", "en")
    for key in ("outlet", "author", "url", "published"):
        assert f"  # {key}: not found in the page; write it only where the text shows it\n" in text
    assert "  # known_through: the last moment that the text shows it knew of" in text


# ---- text files ---------------------------------------------------------------------------------------------------


def test_a_text_is_taken_byte_for_byte_and_nothing_is_guessed() -> None:
    data = f"\ufeff{TITLE}\r\n\r\n{FIRST}\r\n".encode()
    intake = from_text("a.txt", data)
    assert intake.seed == data
    assert (intake.headline, intake.proposal) == ((), TITLE)
    said = entry(intake)
    assert said.body == [TITLE, "over the harbour was opened on Monday, after six years of work."]
    assert (said.headline, said.outlet, said.url, said.published) == ([], None, None, None)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"ok\ncaf\xe9", r"0xe9 \(line 2, column 4\)\. Save the file as UTF-8"),
        (b"a\n\0b", r"U\+0000 \(line 2\), which is no text"),
        (b"", "no words"),
        (b" \n* * *\n", "no words"),
        (b"a" * (MAX_TEXT + 1), "larger than 1 MiB"),
    ],
)
def test_what_is_no_text_is_refused_in_words(data: bytes, why: str) -> None:
    with pytest.raises(IntakeError, match=why):
        from_text("a.txt", data)


# ---- characters ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "stated", "text"),
    [
        ("é€".encode(), None, "é€"),
        (b"\xef\xbb\xbf\xc3\xa9", "iso-8859-1", "é"),
        ("é".encode("utf-16"), None, "é"),
        (b"\xe9\x80", "ISO-8859-1", "é€"),
        (b"\xe9", "koi8-r", "И"),
        (b'<meta charset="windows-1251">\xe9', None, '<meta charset="windows-1251">й'),
        (b'<meta charset="windows-1251">\xc3\xa9', "utf-8", '<meta charset="windows-1251">é'),
        (b"<meta charset=utf-16>\xc3\xa9", None, "<meta charset=utf-16>é"),
        (b"<!-- <meta charset=koi8-r> -->\xc3\xa9", None, "<!-- <meta charset=koi8-r> -->é"),
    ],
)
def test_the_encoding_is_that_of_the_mark_then_http_then_meta(data: bytes, stated: str | None, text: str) -> None:
    assert decode_page(data, stated) == text


@pytest.mark.parametrize(
    ("data", "stated", "why"),
    [
        (b"\xe9", None, "does not say its encoding, and byte 0xe9 at offset 0"),
        (b"a\xe9", "utf-8", "says that it is in utf-8, but byte 0xe9 at offset 1"),
        (b"a", "klingon\x1b[2J", r"in klingon\\u001b\[2J, which is not known"),
        (b"a", "rot13", "no encoding of pages"),
        (b"a", "utf-7", "no encoding of pages"),
        (b"a", "\0", "not known"),
    ],
)
def test_bytes_that_are_no_characters_are_refused_in_words(data: bytes, stated: str | None, why: str) -> None:
    with pytest.raises(CharsetError, match=why):
        decode_page(data, stated)


# ---- names --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("The Harbour Gazette", "the-harbour-gazette"),
        ("L’Écho du Port!", "lecho-du-port"),
        ("Harbour's", "harbours"),
        ("海港日报", ""),
        ("a" * 39 + " b", "a" * 39),
    ],
)
def test_an_id_is_made_of_small_letters(text: str, id_: str) -> None:
    assert slug(text) == id_


def test_a_host_names_its_outlet() -> None:
    assert [host_slug(a) for a in ("https://www.courier.example/a", "http://localhost:80", "https://[x", "")] == [
        "courier",
        "localhost",
        "",
        "",
    ]


def test_sigla_are_free_and_in_order() -> None:
    assert [free_siglum(taken) for taken in ((), ("A", "C"), tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))] == ["A", "B", "A1"]
    every = [f"{letter}{digit}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for digit in ("", *"123456789")]
    assert free_siglum(every) is None


# ---- laws ---------------------------------------------------------------------------------------------------------

CHARACTERS = st.sampled_from(
    list("ab Z.,:;#-'\"“”[]{}&<>%@`|!?*\\/\n\t\r\0\x07\x1b\x85\u00a0\u00ad\u2028\u202e\u2066\ufeff\uffff\ue000é💥桥⠁⢀")
)
TEXT = st.text(CHARACTERS, max_size=40) | st.text(max_size=40)
WORDS = st.lists(TEXT, min_size=1, max_size=6).map(" ".join)
BLOCKS = st.lists(
    st.tuples(st.sampled_from(["p", "h1", "h2", "div", "li", "figcaption", "time", "q", "br"]), WORDS), max_size=6
)
NAMED = st.dictionaries(
    st.sampled_from(["og:title", "og:site_name", "og:url", "author", "article:published_time", "og:locale"]), TEXT
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["@type", "@graph", "@id", "headline", "author", "publisher", "name", "datePublished", "url"]
            ),
            inner | st.just("NewsArticle"),
            max_size=4,
        )
    ),
    max_leaves=8,
)


def safe(text: str) -> str:
    """Half of hostile pages forget to escape."""
    return escape(text) if len(text) % 2 else text


@given(BLOCKS, NAMED, JSON, TEXT, TEXT, st.sampled_from(["", "https://g.example/a"]))
def test_whatever_a_page_holds_its_entry_reads_back_without_a_fault(
    blocks: list[tuple[str, str]], named: dict[str, str], data: object, lang: str, title: str, asked: str
) -> None:
    head = "".join(f'<meta property="{name}" content="{escape(value)}">' for name, value in named.items())
    head += f'<title>{safe(title)}</title><script type="application/ld+json">{json.dumps(data)}</script>'
    body = "".join(f"<{tag} class='x'>{safe(text)}</{tag}>" for tag, text in blocks)
    try:
        intake = from_page(page(head, body=body, above="", lang=escape(lang)), asked)
    except IntakeError:
        assume(False)
    zones(intake)  # the schema finds no fault, and all words of zones are found
    text = entry_of(intake, "gazette", "A", "gazette.txt", "en")
    assert [line for line in text.split("\n") if printable(line) != line] == []
    assert intake.seed.decode() == intake.text


LETTERS = st.text(st.sampled_from(list("ab Z.,:;#-'\"“”[]{}&<>%@`|!?*\\/\u00a0\u00ad\ue000éß💥桥")), max_size=40)


@given(st.lists(LETTERS, min_size=1, max_size=5))
def test_paragraphs_come_back_as_they_are(texts: list[str]) -> None:
    plain = [re.sub(" +", " ", f"{FIRST} {text} so.") for text in texts]
    body = "".join(f"<p>{escape(text)}</p>" for text in plain)
    assert from_page(page(body=body)).text == "\n\n".join([TITLE, *plain]) + "\n"


@given(
    st.lists(LETTERS | st.sampled_from(["", "\t\f", "\u2028\u202e", "\ufeff", "e\u0301", "same"]), max_size=12).map(
        "\n".join
    )
)
def test_any_text_has_a_body_that_is_found_and_holds_all_of_it(text: str) -> None:
    article = marked(from_text("a.txt", f"{text}\nend".encode()))
    words = [one for one in article.paragraphs if any(map(str.isalnum, one.span.of(article.text)))]
    assert {one.zone for one in words} == {Zone.BODY}
