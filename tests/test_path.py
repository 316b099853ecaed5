"""A reader's path: from a claim to the words in the article and back, from claim to claim, and out to the publisher."""

from __future__ import annotations

from functools import cache

import pytest
from samples import ROOT, SOURCES, Files, analysis_of, sample, small
from whole_site import Element, Page, page_of, target

from builder.analysis import Analysis
from builder.build import ANY_SITE, build_briefing
from builder.render import environment

TEMPLATES = environment(ROOT / "templates")
BRIEFING = "blinken-in-beijing"
STORY = "https://example.org/story?a=1&b=2#part"
WITH_URL = small(sources=SOURCES.replace("    siglum: A\n", f"    siglum: A\n    url: {STORY}\n"))


def pages_of(analysis: Analysis) -> dict[str, Page]:
    files = build_briefing(analysis, ANY_SITE, TEMPLATES).files
    return {file.path: page_of(file.data) for file in files if file.path.endswith(".html")}


@cache
def sample_pages() -> dict[str, Page]:
    return pages_of(sample())


def classes(element: Element) -> list[str]:
    return element.get("class").split()


def places(path: str, page: Page) -> set[tuple[str, tuple[str, str]]]:
    """On a claim's page: for each cell, where the links beside its quotations lead."""
    found, cell, inside = set(), "", False
    for element in page.elements:
        if element.tag == "li" and element.get("class") in ("supports", "qualifies", "contradicts", "silent"):
            cell = element.get("id")
        inside = inside or (element.tag == "figure" and bool(element.get("id")))
        if inside and "place" in classes(element) and (to := target(path, element.get("href"))):
            found.add((cell, to))
            inside = False
    return found


def notes(path: str, page: Page) -> dict[str, set[tuple[str, str]]]:
    """On a source's page: for each paragraph, where the notes beside it lead."""
    found: dict[str, set[tuple[str, str]]] = {}
    at = ""
    for element in page.elements:
        if "excerpt" in classes(element):
            at = element.get("id")
        elif element.tag == "aside":
            at = ""
        to = target(path, element.get("href")) if element.tag == "a" else None
        if at and to and "/claims/" in to[0]:
            found.setdefault(at, set()).add(to)
    return found


def test_from_each_quotation_one_click_leads_to_its_paragraph_and_one_back_to_what_the_text_says() -> None:
    pages = sample_pages()
    back = {path: notes(path, page) for path, page in pages.items() if "/sources/" in path}
    walked = 0
    for path, page in pages.items():
        for cell, (source, paragraph) in places(path, page) if "/claims/" in path else ():
            assert paragraph in pages[source].ids()
            assert (path, cell) in back[source][paragraph]
            assert cell in page.ids()
            walked += 1
    assert walked > 150


def test_previous_and_next_lead_through_all_claims_in_the_order_of_the_matrix() -> None:
    pages, rows = sample_pages(), [row.claim.id for row in sample().matrix.rows]
    path = f"{BRIEFING}/claims/{rows[0]}.html"
    walked = []
    while path:
        walked.append(path)
        steps = {link.get("rel"): target(path, link.get("href")) for link in pages[path].all("a") if link.get("rel")}
        assert steps.get("prev") == ((walked[-2], "") if len(walked) > 1 else None)
        path = (steps.get("next") or ("",))[0]
    assert walked == [f"{BRIEFING}/claims/{id_}.html" for id_ in rows]


def test_every_page_of_a_briefing_says_where_it_is() -> None:
    pages = sample_pages()
    for path, page in pages.items():
        start = next(at for at, element in enumerate(page.elements) if "crumbs" in classes(element))
        trail = [e for e in page.elements[start:] if e.get("itemprop") in ("item", "name")]
        links = [target(path, e.get("href")) for e in trail if e.tag == "a"]
        assert links[0] == ("index.html", "")
        assert path.endswith(f"{BRIEFING}/index.html") or links[1] == (f"{BRIEFING}/index.html", "")
        assert [e.get("aria-current") for e in trail if e.tag == "span"][-1] == "page"
        assert sum(e.get("aria-current") == "page" for e in trail) == 1
        assert all(to in {("index.html", "")} | {(p, f) for p in pages for f in ("", *pages[p].ids())} for to in links)


# ---- where an article was published ---------------------------------------------------------------------------------


def outside(files: Files) -> dict[str, list[Element]]:
    pages = pages_of(analysis_of(files))
    found = {path: [a for a in page.all("a") if a.get("href").startswith("http")] for path, page in pages.items()}
    return {path: links for path, links in found.items() if links}


def test_quotations_and_paragraphs_lead_to_the_passage_where_it_was_published() -> None:
    found = outside(WITH_URL)
    assert found.keys() == {"case/claims/met.html", "case/sources/one.html"}
    (live,) = found["case/claims/met.html"]
    assert live.get("href") == f"{STORY}:~:text=met%20on%20Thursday%20in%20Geneva"
    whole, paragraph = found["case/sources/one.html"]
    assert whole.get("href") == STORY
    assert paragraph.get("href").startswith(f"{STORY}:~:text=")
    for link in (live, whole, paragraph):
        assert set(link.get("rel").split()) == {"external", "noopener", "noreferrer"}


def test_without_an_address_no_page_leads_out() -> None:
    assert outside(small()) == {}


@pytest.mark.parametrize("url", ["https://example.org/a'b", "javascript:alert(1)", 'https://example.org/#"x'])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    files = small(sources=SOURCES.replace("    siglum: A\n", f"    siglum: A\n    url: {url!r}\n"))
    with pytest.raises(ValueError, match="format"):
        analysis_of(files)
