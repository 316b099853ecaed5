"""What pages tell other sites to show beside a link: absolute addresses of pictures that are there, or nothing."""

import re
from dataclasses import replace
from functools import cache
from html import unescape

import pytest
from samples import ROOT, analysis_of, scalar, small
from test_faces import PAINTER

from builder.build import ANY_SITE
from builder.model import Cards, Site
from builder.pages import briefing_pages, card_of, site_pages, summary_of
from builder.pages.cards import briefing_cards, digest_cards
from builder.pages.picture import HEIGHT, WIDTH
from builder.render import environment, render

TEMPLATES = environment(ROOT / "templates")
SITE = replace(ANY_SITE, title="A Site", url="https://site.example/news/", cards=Cards.ALL)


def told(site: Site, front: str = str(small()["content/case/briefing.md"])) -> dict[str, dict[str, str]]:
    """What each page tells of itself, by path."""
    analysis = analysis_of(small(front=front))
    pages = briefing_pages(site, analysis)
    pages += site_pages(site, [summary_of(site, analysis)], {"case": card_of(analysis)})
    drawn = {(file := render(page, TEMPLATES)).path: file.data.decode().partition("</head>")[0] for page in pages}
    pairs = r'<meta (?:property|name)="((?:og|twitter):[^"]*)" content="([^"]*)">'
    return {path: {key: unescape(value) for key, value in re.findall(pairs, head)} for path, head in drawn.items()}


@cache
def pages() -> dict[str, dict[str, str]]:
    """What the pages of a site with all its pictures tell."""
    return told(SITE)


@pytest.mark.parametrize(
    ("page", "picture"),
    [
        ("index.html", "card.png"),
        ("how-to-read.html", "card.png"),
        ("case/index.html", "case/card.png"),
        ("case/matrix.html", "case/card.png"),
        ("case/sources/one.html", "case/card.png"),
        ("case/claims/met.html", "case/claims/met.png"),
    ],
)
def test_a_page_names_its_own_picture_or_its_briefings_or_the_digests(page: str, picture: str) -> None:
    assert pages()[page]["og:image"] == f"https://site.example/news/{picture}"
    assert pages()[page]["og:url"] == f"https://site.example/news/{page.removesuffix('index.html')}"
    assert (pages()[page]["og:image:width"], pages()[page]["og:image:height"]) == (str(WIDTH), str(HEIGHT))
    assert pages()[page]["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize("cards", Cards)
def test_every_picture_that_a_page_names_is_made(cards: Cards) -> None:
    site = replace(SITE, cards=cards)
    made = [*digest_cards(site, PAINTER.fonts), *briefing_cards(site, analysis_of(small()), PAINTER.fonts)]
    named = {
        page["og:image"].removeprefix("https://site.example/news/")
        for page in told(site).values()
        if "og:image" in page
    }
    assert named == {card.path for card in made}


def test_title_and_description_are_those_of_the_page() -> None:
    page = pages()["case/claims/met.html"]
    assert page["og:title"] == "The ministers met on Thursday. · A briefing"
    assert page["og:description"].startswith("Two texts support it.")
    assert page["og:image:alt"] == "A card: “The ministers met on Thursday.”, with the mark of each text."
    assert (page["og:type"], page["og:site_name"], page["og:locale"]) == ("article", "A Site", "en")
    assert pages()["index.html"]["og:type"] == "website"


def test_words_are_words_there_too() -> None:
    words = '"><script>alert(1)</script>'
    front = str(small()["content/case/briefing.md"]).replace("title: A briefing", f"title: {scalar(words)}")
    assert words in told(SITE, front)["case/index.html"]["og:title"]


def test_the_language_is_written_as_the_others_write_it() -> None:
    assert told(replace(SITE, language="pt-BR"))["case/index.html"]["og:locale"].startswith(("pt_BR", "en"))


def test_without_pictures_nothing_but_words_is_told() -> None:
    pages = told(replace(SITE, cards=Cards.NONE))
    assert not any(key.startswith(("og:image", "twitter:")) for page in pages.values() for key in page)
    assert pages["case/index.html"]["og:title"]


def test_without_an_address_nothing_is_told() -> None:
    pages = told(replace(SITE, url=None))
    assert not any(pages.values())


def test_the_page_that_stands_for_any_address_tells_nothing() -> None:
    assert pages()["404.html"] == {}
