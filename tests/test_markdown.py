"""Markdown from anybody: nothing but listed tags and attributes comes out, and links lead only where they may."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.markdown import is_safe_link, parser, render

BARE = ("p", "h3", "h4", "h5", "h6", "ul", "li", "blockquote", "hr", "em", "strong", "code", "br")
ALLOWED: dict[str, set[str]] = {**{tag: set() for tag in BARE}, "ol": {"start"}, "a": {"href", "title", "rel"}}


class Reader(HTMLParser):
    """Notes every tag with its attributes, the text between them, and what is not closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said = ""
        self.open: list[str] = []
        self.other: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.other.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.said += data

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    def handle_decl(self, decl: str) -> None:
        self.other.append(decl)

    handle_pi = unknown_decl = handle_comment


def safe(text: str) -> Reader:
    """`text` rendered and read again; anything that is not listed fails."""
    reader = Reader(str(render(text)))
    for tag, attributes in reader.tags:
        assert set(attributes) <= ALLOWED[tag]
        if tag == "a":
            assert attributes["rel"] == "noopener noreferrer"
            address = urlsplit(urljoin("https://site.example/a/b.html", attributes["href"] or ""))
            assert address.scheme in ("https", "http", "mailto")
            assert address.netloc == "site.example" or re.match("(?i)https?://|mailto:", attributes["href"] or "")
    assert reader.other == []
    assert reader.open == []
    return reader


PIECES = [
    "<script>", "</script>", "<img src=x onerror=alert(1)>", "<!--", "-->", "<![CDATA[", "<?", "&lt;", "&#106;",
    "&Tab;", "[x]", "(javascript:alert(1))", "(JaVaScRiPt:x)", "(data:text/html,x)", "(//evil)", "(https://a.b 'T')",
    "![i](i.png)", "<https://a.b>", "<vbscript:x>", "[r]: javascript:x", "[r]", "*", "**", "_", "`", "```", "# ",
    "###### ", "> ", "- ", "1. ", "7) ", "---", "\\", "|a|b|", "~~", "\n", "\n\n", "    ", "\t", " ", "a", "\"", "'",
    "(", ")", "<", ">", "&",
]  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=14).map("".join)))
def test_nothing_but_the_listed_tags_comes_out_of_any_text(text: str) -> None:
    safe(text)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<div onclick=alert(1)>block</div>",
        "a <b onmouseover=x>b</b>",
        "<svg/onload=alert(1)>",
        "<style>@import 'https://evil'</style>",
        "<!-- comment -->",
        "<?php x ?>",
        "<iframe srcdoc='<script>x</script>'></iframe>",
        "&lt;script&gt;",
        "`<script>`",
        "| <b> | c |\n|---|---|\n| d | e |",
        "<javascript:alert(1)>",
        "text\n<meta http-equiv=refresh content=0>",
    ],
)
def test_html_is_text(text: str) -> None:
    reader = safe(text)
    assert {tag for tag, _ in reader.tags} <= {"p", "code"}
    entities = {"&lt;": "<", "&gt;": ">"}
    assert reader.said.strip() == re.sub("&[lg]t;", lambda match: entities[match[0]], text).strip("`").strip()


@pytest.mark.parametrize("text", ["![alt](https://evil/i.png)", "![alt][r]", "![](x)"])
def test_images_are_no_images(text: str) -> None:
    reader = safe(text)
    assert "img" not in [tag for tag, _ in reader.tags]
    assert reader.said.startswith("!")


@pytest.mark.parametrize(
    "text", ["    indented", "```\nfence\n```", "~~gone~~", "| a |\n|---|\n| b |", "https://bare.example"]
)
def test_what_is_not_listed_stays_text(text: str) -> None:
    assert {tag for tag, _ in safe(text).tags} <= {"p", "code"}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One *two* **three** `four`.", "<p>One <em>two</em> <strong>three</strong> <code>four</code>.</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>\n'),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>\n"),
        ("a  \nb", "<p>a<br>\nb</p>\n"),
        ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>\n"),
        ("5 < 6 & \"7\" \\*", "<p>5 &lt; 6 &amp; &quot;7&quot; *</p>\n"),
        ("[a](b.html 'T')", '<p><a href="b.html" title="T" rel="noopener noreferrer">a</a></p>\n'),
        ("", ""),
    ],
)  # fmt: skip
def test_listed_forms_become_html(text: str, html: str) -> None:
    assert render(text) == html


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("# A", "h3"),
        ("## A", "h4"),
        ("### A", "h5"),
        ("#### A", "h6"),
        ("##### A", "h6"),
        ("###### A", "h6"),
        ("####### A", "p"),
    ],
)
def test_headings_stand_below_those_of_the_page(text: str, tag: str) -> None:
    reader = safe(text)
    assert [found for found, _ in reader.tags] == [tag]


def test_deep_nesting_ends() -> None:
    reader = safe("> " * 3000 + "deep " + "*a **b " * 3000)
    assert reader.tags.count(("blockquote", {})) <= 20


# ---- links ------------------------------------------------------------------------------------------------------

LEADS_SOMEWHERE = [
    "https://example.org/a?b=c#d", "http://example.org", "HTTPS://EXAMPLE.ORG", "mailto:a@b.example", "matrix.html",
    "#p7", "../other/index.html", "/root.html", "a/b:c", "?x=1:2", "",
]  # fmt: skip
LEADS_NOWHERE = [
    "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "\x01javascript:alert(1)",
    "java\tscript:alert(1)", "java\nscript:alert(1)", "data:text/html,<script>x</script>", "vbscript:x",
    "file:///etc/passwd", "blob:x", "ftp://x", "tel:1", "//evil.example/x", "\\\\evil.example", "/\\evil.example",
    "\\/evil.example", "x-y+z.1:foo", "view-source:https://a", " //evil", "https://a.b/c d", "a\x00b",
]  # fmt: skip


@pytest.mark.parametrize("url", LEADS_SOMEWHERE)
def test_links_to_the_web_to_mail_and_within_the_site_are_kept(url: str) -> None:
    assert is_safe_link(url)
    assert [tag for tag, _ in safe(f"[a](<{url}>)").tags] == ["p", "a"]


@pytest.mark.parametrize("url", LEADS_NOWHERE)
def test_other_links_are_refused(url: str) -> None:
    assert not is_safe_link(url)


@pytest.mark.parametrize("url", [url for url in LEADS_NOWHERE if not set(url) & set(" \t\n\x00\x01\\")])
@pytest.mark.parametrize("form", ["[a](<{}>)", "[a]({})", "<{}>", "[a]\n\n[a]: {}", "[a](&#{first};{rest})"])
def test_a_refused_link_stays_text_in_every_form(url: str, form: str) -> None:
    written = form.format(url, first=ord(url[0]), rest=url[1:])
    assert "a" not in [tag for tag, _ in safe(written).tags]


@pytest.mark.parametrize(
    "text",
    [
        "[a](java&Tab;script:x)",
        "[a](java&NewLine;script:x)",
        "[a](javascript&colon;x)",
        "[a](&#1;javascript:x)",
        r"[a](/\evil.example)",
        r"[a](\\\\evil.example)",
        "[a](&bsol;&bsol;evil.example)",
        "[a](&sol;&sol;evil.example)",
    ],
)
def test_entities_and_escapes_do_not_smuggle_a_scheme_in(text: str) -> None:
    safe(text)


@given(st.text(st.sampled_from("javscript:dat/\\#?.%h \t\n\x01p\u00a0"), max_size=20))
def test_a_safe_link_never_leaves_for_another_scheme_or_an_unnamed_host(url: str) -> None:
    if is_safe_link(url):
        # As browsers read it: leading and trailing control characters, tabs and line breaks are dropped.
        read = re.sub("[\t\n\r]", "", url.strip("".join(map(chr, range(33))))).replace("\\", "/")
        assert not read.startswith("//")
        assert re.match(r"(?i)(?!(https?|mailto):)[a-z][a-z0-9+.-]*:", read) is None


# ---- plain text ---------------------------------------------------------------------------------------------------

PLAIN = st.text(st.sampled_from("aZé中5 \u00a0\t\u0085\u2028.,:;!?#>-+=~|(){}]@$%^/'\"“’…"), max_size=20)
MARKED = st.text(st.sampled_from("a 1.\\`*_[]()<>&;#-+!\n\r\0\x1f\x7f"), max_size=20)


@given(st.one_of(PLAIN.map(lambda text: f"“{text}"), PLAIN, MARKED, st.text(max_size=20)))
def test_plain_text_comes_out_as_if_it_had_been_parsed(text: str) -> None:
    assert render(text) == parser().render(text)
