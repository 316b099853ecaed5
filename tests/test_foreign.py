"""A briefing in four languages: quotations in the original with translations, in every page, for every site."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab
from samples import ROOT, Inputs, analysis_of, build, check, codes, inputs_in, small

from builder import catalogues
from builder.analysis import Analysis
from builder.build import ANY_SITE, build_briefing
from builder.freshness import Options
from builder.inputs import read_static
from builder.render import environment, static_files
from builder.words import direction
from builder.written import Texts

CASES = ROOT / "tests" / "sites"

BRIEFING = "strait"
SOURCES, CLAIMS = (f"content/{BRIEFING}/{name}.yaml" for name in ("sources", "claims"))
LANGUAGES = {"arabic.txt": "ar", "chinese.txt": "zh-Hans", "spanish.txt": "es", "english.txt": "en"}
ARTICLES = {name: (CASES / "foreign" / "seeds" / name).read_bytes().decode() for name in LANGUAGES}
OWN = ("index", "matrix", "timeline", "wording", "numbers", "origins", "coverage")
VOID = {"meta", "link", "br", "img", "input", "hr", "col", "wbr", "path", "rect", "circle", "line", "use", "stop"}


@dataclass
class Element:
    """An open element: its language and direction, its own or from around it."""

    tag: str
    lang: str
    dir: str
    classes: frozenset[str]


@dataclass
class Said:
    """A quotation: how it is marked, and its runs of words, parted where words are left out."""

    page: str
    lang: str
    dir: str
    runs: list[str] = field(default_factory=lambda: [""])


class Page(HTMLParser):
    """What one page quotes and translates."""

    def __init__(self, path: str, html: str) -> None:
        super().__init__()
        self.path = path
        self.open: list[Element] = [Element("", "", "ltr", frozenset())]
        self.quotations: list[Said] = []
        self.translations: list[str] = []
        self.inside: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        around = self.open[-1]
        turned = given.get("dir") or around.dir
        classes = frozenset((given.get("class") or "").split())
        now = Element(tag, given.get("lang") or around.lang, turned, classes)
        if tag in ("q", "blockquote"):
            self.quotations.append(Said(self.path, now.lang, now.dir))
        if "translation" in classes:
            self.translations.append("")
            self.inside += [one.tag for one in self.open if one.tag in ("q", "blockquote")]
        if self._quoting and (tag == "ins" or "gap" in classes):
            self.quotations[-1].runs.append("")
        if tag not in VOID:
            self.open.append(now)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and any(one.tag == tag for one in self.open):
            while self.open.pop().tag != tag:
                pass

    @property
    def _quoting(self) -> bool:
        return any(one.tag in ("q", "blockquote") for one in self.open)

    def handle_data(self, data: str) -> None:
        if any("translation" in one.classes for one in self.open):
            self.translations[-1] += data
        if self._quoting and not any(one.tag == "ins" or "gap" in one.classes for one in self.open):
            self.quotations[-1].runs[-1] += data


@cache
def built(language: str) -> Mapping[str, bytes]:
    """The files of the site in one language, with the English text marked as such."""
    arabic = 'msgid "Sources"\nmsgstr "المصادر"\n'
    data = {"es": (ROOT / "templates" / "words" / "es.po").read_bytes(), "ar": arabic.encode()}
    found = [catalogues.File(one, f"{one}.po", data[one]) for one in data if one == language]
    words = catalogues.words_of(language, found)
    result = build(written(language), Options(), environment(ROOT / "templates", words))
    assert result.value is not None, result.diagnostics
    return {file.path: file.data for file in result.value.files}


def written(language: str, **changed: str) -> Inputs:
    """What the site's folder holds, in another language, and with words of the claims replaced."""
    inputs = inputs_in(CASES / "foreign").value
    (texts,) = inputs.briefings
    files = {path: bytes(data or b"").decode() for path, data in texts.files.items()}
    files[SOURCES] = files[SOURCES].replace("siglum: D", "siglum: D\n    language: en")
    for pattern, words in changed.items():
        files[CLAIMS] = re.sub(pattern, words, files[CLAIMS])
    texts = Texts(BRIEFING, {path: text.encode() for path, text in files.items()})
    site = (inputs.site or b"").replace(b"language: en", f"language: {language}".encode())
    return replace(inputs, site=site, briefings=(texts,))


def pages(language: str) -> dict[str, Page]:
    return {path: Page(path, data.decode()) for path, data in built(language).items() if path.endswith(".html")}


def analysis(**changed: str) -> Analysis:
    """The briefing, with words of its claims replaced."""
    (found,) = check(written("en", **changed), Options()).value.analyses
    return found


# ---- in every page -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ar", "es"])
def test_every_quotation_has_the_language_and_the_direction_of_its_article(language: str) -> None:
    seen: dict[str, set[str]] = {}
    for page in pages(language).values():
        for said in page.quotations:
            fitting = {LANGUAGES[name] for name, text in ARTICLES.items() if all(run in text for run in said.runs)}
            assert said.lang in fitting, (page.path, said)
            assert said.dir == direction(said.lang), (page.path, said)
            seen.setdefault(said.lang, set()).add(page.path)
    assert set(seen) == set(LANGUAGES.values())
    own = {f"{BRIEFING}/{page}.html" for page in OWN if page not in ("origins", "coverage")}
    for other in ("ar", "zh-Hans", "es"):
        assert own <= seen[other] | {f"{BRIEFING}/timeline.html"}


@pytest.mark.parametrize("language", ["en", "ar", "es"])
def test_a_page_has_the_language_and_the_direction_of_its_site(language: str) -> None:
    for path, data in built(language).items():
        if path.startswith(f"{BRIEFING}/") and path.endswith(".html"):
            opening = re.search(r"<html[^>]*>", data.decode())
            assert opening is not None
            assert f'lang="{language}"' in opening[0]
            assert ('dir="rtl"' in opening[0]) == (language == "ar")


def test_translations_stand_outside_of_quotations_and_are_named() -> None:
    found = pages("en")
    assert [tag for page in found.values() for tag in page.inside] == []
    said = [text for page in found.values() for text in page.translations]
    assert len(said) > 40
    assert all(text.startswith("Translation") for text in said)
    matrix = " ".join(found[f"{BRIEFING}/matrix.html"].translations)
    claims = " ".join(text for path, page in found.items() if "/claims/" in path for text in page.translations)
    for words in ("the voyage lasted five and a half hours", "The sea is who decides, not we", "a night crossing […]"):
        assert words in matrix
        assert words in claims
    assert "two weeks because of the storm" in " ".join(found[f"{BRIEFING}/timeline.html"].translations)
    for path in (f"{BRIEFING}/index.html", f"{BRIEFING}/sources/chinese.html"):
        assert any("Strait ferry resumes service" in text for text in found[path].translations)


def test_names_of_any_direction_are_kept_apart_from_what_stands_around_them() -> None:
    files = built("en")
    for page in ("matrix", "claims/hours", "origins"):
        html = files[f"{BRIEFING}/{page}.html"].decode()
        assert "<bdi>سلطة الميناء</bdi>" in html
    assert "<bdi>صحيفة المضيق</bdi>" in files[f"{BRIEFING}/matrix.html"].decode()


def test_the_data_has_translations_and_languages() -> None:
    files = built("en")
    data = json.loads(files[f"{BRIEFING}/data/briefing.json"])
    headlines = {source["id"]: source["headline_translation"] for source in data["sources"]}
    assert headlines["spanish"] == "The ferry returns to the strait"
    assert headlines["english"] is None
    quotations = {
        (claim["id"], cell["source"]): cell["quotations"] for claim in data["claims"] for cell in claim["evidence"]
    }
    assert quotations["passengers", "chinese"][0]["translation"] == "the first voyage carried 320 people"
    assert "translation" not in quotations["passengers", "english"][0]
    rows = list(csv.DictReader(io.StringIO(files[f"{BRIEFING}/data/matrix.csv"].decode())))
    cells = {(row["claim_id"], row["source"]): (row["language"], row["translations"]) for row in rows}
    assert cells["passengers", "spanish"] == ("es", "Some 340 passengers travelled")
    assert cells["passengers", "english"] == ("en", "")
    assert cells["night-ferry", "english"] == ("", "")


# ---- what it counts for ----------------------------------------------------------------------------------------------


def test_a_translation_counts_for_nothing() -> None:
    with_them, without = analysis(), analysis(**{r"translation:[^\n}]*": "translation: Other words"})
    assert with_them.coverage == without.coverage
    assert [row.status for row in with_them.matrix.rows] == [row.status for row in without.matrix.rows]
    assert with_them.shared == without.shared == ()


def test_what_is_written_without_spaces_is_counted_by_its_letters() -> None:
    found = analysis()
    article, shown = found.anchored.articles["chinese"], found.coverage["chinese"]
    letters = sum(map(str.isalpha, article.text))
    assert letters <= article.word_count <= letters + 10  # and figures
    assert 0 < shown.percent < 100
    (passage,) = found.anchored.evidence["passengers", "chinese"]
    assert sum(map(article.words_in, passage.spans)) == len("首航载客") + 1 + len("人")
    assert len(article.paragraphs) == 4


def test_readings_in_another_language_than_the_lemma_stand_apart() -> None:
    (collation,) = analysis().apparatus
    assert collation.lemma.source.id == "english"
    assert {collation.readings[at].source.id for at in collation.beside.apart} == {"arabic", "chinese", "spanish"}


def test_numbers_are_told_in_the_key_words_of_any_language() -> None:
    html = built("en")[f"{BRIEFING}/numbers.html"].decode()
    for words in ("٥٫٥ ساعات", "五个半小时", "cinco horas y media", "٣٤٠ راكبًا"):
        assert re.search(rf"<q [^>]*><mark[^>]*>{words}</mark></q>", html)


# ---- what is asked for -----------------------------------------------------------------------------------------------

TWO = "two: {{stance: supports, quote: [{{exact: It went well, translation: All right}}, {}]}}"


def warned(quotation: str, **changed: str) -> list[str]:
    """The warnings of a briefing with one translated quotation, and another one."""
    found = str(small()["content/case/sources.yaml"]).replace("siglum: B", "siglum: B\n    language: fr")
    claims = f"went:\n  claim: It went well.\n  topic: talks\n  evidence:\n    {TWO.format(quotation)}\n"
    claims += "    one: {stance: supports, quote: met on Thursday}\n"
    return codes(small(sources=found, claims=claims, timeline=None, **changed))


def test_a_missing_translation_is_told_where_others_are_there() -> None:
    assert warned("they said") == ["translation-missing"]
    assert warned("{exact: they said, translation: as was said}") == []


def test_a_missing_translation_is_not_told_of_a_draft_or_in_the_language_of_the_site() -> None:
    front = str(small()["content/case/briefing.md"])
    assert warned("they said", front=front.replace("published\n", "draft\n", 1)) == []
    assert warned("they said", site="title: A Site\nlanguage: fr-CA\n") == []


def test_a_briefing_that_translates_nothing_is_not_warned() -> None:
    assert analysis_of(small()).anchored.briefing.sources
    found = str(small()["content/case/sources.yaml"]).replace("siglum: B", "siglum: B\n    language: fr")
    assert codes(small(sources=found)) == []


# ---- as it looks -----------------------------------------------------------------------------------------------------

BESIDE = """() => [...document.querySelectorAll('blockquote')].map(said => {
  const range = document.createRange();
  range.selectNodeContents(said);
  const text = range.getClientRects()[0], block = said.getBoundingClientRect();
  return [said.dir || 'ltr', Math.round(text.left - block.left), Math.round(block.right - text.right)];
})"""
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
AXIS = """() => [...document.querySelectorAll('.plot')].map(plot => {
  const axis = plot.querySelector('.axis').getBoundingClientRect();
  return [...plot.querySelectorAll('.track')].map(track => {
    const row = track.getBoundingClientRect();
    return Math.max(Math.abs(row.left - axis.left), Math.abs(row.right - axis.right));
  });
}).flat()"""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The site in each language, as files."""
    made = {language: tmp_path_factory.mktemp(language) for language in ("en", "ar", "es")}
    for language, folder in made.items():
        assets = static_files(read_static(ROOT / "templates" / "static"))
        for path, data in {**built(language), **{file.path: file.data for file in assets}}.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
    return made


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    context = browser.new_context(viewport={"width": 1440, "height": 800})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["en", "ar", "es"])
def test_no_page_is_wider_than_the_window(tab: Tab, folders: dict[str, Path], language: str) -> None:
    found = {}
    for page in (*OWN, "claims/sea-decides", "claims/passengers", "sources/arabic", "sources/chinese"):
        tab.goto((folders[language] / BRIEFING / f"{page}.html").as_uri())
        for width in (320, 1440):
            tab.set_viewport_size({"width": width, "height": 800})
            found[page, width] = tab.evaluate(OVER)
    assert {place: pixels for place, pixels in found.items() if pixels > 0} == {}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_quotations_start_on_the_side_where_their_language_does(
    tab: Tab, folders: dict[str, Path], language: str
) -> None:
    tab.goto((folders[language] / BRIEFING / "claims" / "passengers.html").as_uri())
    found = {(turned, left == 0, right == 0) for turned, left, right in tab.evaluate(BESIDE)}
    inherited = {("ltr", False, True)} if language == "ar" else set()  # its own language needs no mark
    assert found == {("ltr", True, False), *(inherited or {("rtl", False, True)})}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_numbers_stand_on_their_axis_whichever_way_the_page_runs(
    tab: Tab, folders: dict[str, Path], language: str
) -> None:
    tab.goto((folders[language] / BRIEFING / "numbers.html").as_uri())
    apart = tab.evaluate(AXIS)
    assert len(apart) == 8
    assert max(apart) < 2


def test_a_chain_of_origins_is_seen_in_the_matrix(tab: Tab, folders: dict[str, Path]) -> None:
    tab.goto((folders["en"] / BRIEFING / "matrix.html").as_uri())
    widths = tab.evaluate("[...document.querySelectorAll('.chain bdi')].map(name => name.offsetWidth)")
    assert len(widths) == 9
    assert min(widths) > 10


def test_a_changed_translation_alone_renews_what_shows_it() -> None:
    templates = environment(ROOT / "templates")
    site, first = ANY_SITE, analysis()
    again = analysis(**{"Some 340 passengers travelled": "Around 340 passengers travelled"})
    before = build_briefing(first, site, templates)
    after = build_briefing(again, site, templates, before)
    anew = build_briefing(again, site, templates)
    assert [file.data for file in after.files] == [file.data for file in anew.files]
    changed = {file.path for file, old in zip(after.files, before.files, strict=True) if file.data != old.data}
    assert {f"{BRIEFING}/matrix.html", f"{BRIEFING}/claims/passengers.html"} <= changed
    assert f"{BRIEFING}/claims/again.html" not in changed
