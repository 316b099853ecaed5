"""What a page gets on its way to the browser, and where."""

import json
from html import unescape
from html.parser import HTMLParser

import pytest

from builder.preview.inject import parts_of, with_client


def client(base: str = "/") -> bytes:
    return with_client(b"", base, "s", "t", "d", {})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"<!doctype html>\n<html lang=en>\n<head>", b"<title>a</title></head>"),
        (b"<!-- <head> -->\n<!DOCTYPE html><!-- <html><head> --><HTML a='>' b=\">\"><HEAD class='<head>'>", b"</head>"),
        (b"<!doctype html>\n<html>", b"<body><head></head></body>"),
        (b"<!doctype html>\n", b"<p>no head</p>"),
        (b"", b"<title><head></title>"),
        (b"<html><head>", b"<!-- </head> --><script>'</head>'</script></head>"),
        (b" \xef\xbb\xbf"[:1], b"\xff not utf-8 <head>"),
        (b"", b"<header>"),
    ],
)
def test_it_stands_first_in_the_head_that_a_browser_sees(before: bytes, after: bytes) -> None:
    assert with_client(before + after, "/", "s", "t", "d", {}) == before + client() + after


def test_it_tells_the_script_what_the_browser_has_got() -> None:
    tags: list[dict[str, str | None]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.append({"tag": tag, **dict(attrs)})

    page = with_client(b"<head>", '/a"b/', "s1", 'to"ken', "12ab", {'s"t.css': "x"})
    Reader().feed(page.decode())
    _, link, script = tags
    assert link["href"] == '/a"b/__preview/client.css'
    assert script["src"] == '/a"b/__preview/client.js'
    assert (script["type"], script["id"]) == ("module", "variorum-preview")
    assert (script["data-base"], script["data-token"], script["data-page"]) == ('/a"b/', 'to"ken', "12ab")
    assert script["data-site"] == "s1"
    assert json.loads(unescape(script["data-parts"] or "")) == {'s"t.css': "x"}


def test_a_long_page_without_a_head_is_read_once() -> None:
    page = b"<html " + b"a" * 200_000 + b"<!--" * 50_000
    assert with_client(page, "/", "s", "t", "d", {}) == client() + page


def test_the_parts_of_a_page_are_what_it_shows_of_the_site() -> None:
    page = b"""<link rel="icon" href="../static/icon.svg"><link rel="stylesheet" href="../static/style.css">
    <link rel="canonical" href="http://localhost/a.css"><script src="../static/js/x.js" defer></script>
    <a href="other.css">no</a><img alt="" src="data/pattern.svg"><img src="data/pattern.svg"><img src="#a.svg">"""
    assert parts_of(page) == ["../static/icon.svg", "../static/style.css", "../static/js/x.js", "data/pattern.svg"]
