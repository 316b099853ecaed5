"""A site in another language: its words, its direction, and that no page keeps the words of another one."""

import re
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import pytest
from samples import CLAIMS, FRONT, SITE, SOURCES, TIMELINE

from builder.freshness import Options
from builder.inputs import StoreError
from builder.publish import Order, publish

LATER = """
hours:
  claim: They talked for two hours‡.
  question: How long‡?
  topic: talks
  unit: hours
  refines: met
  evidence:
    one: {stance: qualifies, differs_in: scope, quote: The talks lasted two hours, value: 2, note: Evidence‡}
    two: {stance: supports, quote: "about two hours", value: "~2", via: agency}
"""
OVERVIEW, HOW_TO_READ, MATRIX = "case/index.html", "how-to-read.html", "case/matrix.html"


def order(site: Path) -> Order:
    return Order(site, site / "public", site / ".variorum", Options())


def built(site: Path, page: str) -> str:
    publish(order(site))
    return (site / "public" / page).read_text("utf-8")


def speak(site: Path, language: str) -> None:
    (site / "site.yaml").write_text(f"{SITE}language: {language}\n")


def catalogue(site: Path, language: str, *said: tuple[str, str]) -> Path:
    path = site / "templates" / "words" / f"{language}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(f'msgid "{message}"\nmsgstr "{words}"\n\n' for message, words in said)
    path.write_text('msgid ""\nmsgstr ""\n\n' + text, "utf-8")
    return path


class Spoken(HTMLParser):
    """Words of a curator, which have a ‡, in a language that they are not in."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.seen = 0
        self.wrong: list[str] = []

    def read(self, page: str) -> tuple[int, list[str]]:
        """How often there are such words at all, and the wrong ones, each with the elements that it stands in."""
        self.feed(page)
        return self.seen, self.wrong

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "input", "col", "br"):
            self.open.append((tag, dict(attrs).get("lang") or (self.open[-1][1] if self.open else "")))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.seen += "‡" in data
        if "‡" in data and self.open[-1][0] not in ("title", "text") and self.open[-1][1] != "fr":
            self.wrong.append(f"{self.open[-2:]}: {data}")


def test_a_site_of_a_country_speaks_the_language(small_site: Path) -> None:
    speak(small_site, "es-MX")
    assert "2 de mayo de 2024" in built(small_site, OVERVIEW)
    page = (small_site / "public" / MATRIX).read_text("utf-8")
    assert '<html lang="es-MX">' in page
    assert "Apoya" in page
    assert "Supports" not in page


def test_another_language_renews_every_page(small_site: Path) -> None:
    before = built(small_site, MATRIX)
    speak(small_site, "es")
    spanish = built(small_site, MATRIX)
    speak(small_site, "en")
    assert "Apoya" in spanish
    assert built(small_site, MATRIX) == before


def test_a_site_says_a_word_its_own_way(small_site: Path) -> None:
    assert "Sites" not in built(small_site, HOW_TO_READ)
    path = catalogue(small_site, "en", ("How to read a briefing", "How to read our pages"))
    assert "<h1>How to read our pages</h1>" in built(small_site, HOW_TO_READ)
    path.write_text(path.read_text("utf-8").replace("our pages", "all this"), "utf-8")
    assert "<h1>How to read all this</h1>" in built(small_site, HOW_TO_READ)


def test_a_site_brings_a_language_of_its_own(small_site: Path) -> None:
    speak(small_site, "eo")
    catalogue(small_site, "eo", ("How to read a briefing", "Kiel legi dosieron"))
    page = built(small_site, HOW_TO_READ)
    assert '<html lang="eo">' in page
    assert "<h1>Kiel legi dosieron</h1>" in page
    assert "What silence means" in page  # what it does not say is said in English


def test_pages_in_english_say_which_words_are_in_the_language_of_the_site(small_site: Path) -> None:
    speak(small_site, "fr")
    told = publish(order(small_site)).told
    assert any("no templates/words/fr.po, so those of the pages are English" in line for line in told)
    page = (small_site / "public" / OVERVIEW).read_text("utf-8")
    assert '<html lang="en">' in page
    assert '<h1 lang="fr">A briefing</h1>' in page
    assert "<h2>Sources</h2>" in page
    assert " dir=" not in page


def test_what_is_written_from_the_right_says_so_on_pages_in_english(small_site: Path) -> None:
    speak(small_site, "ar")
    page = built(small_site, OVERVIEW)
    assert '<html lang="en">' in page
    assert '<h1 lang="ar" dir="rtl">' in page


def test_what_a_curator_wrote_is_never_read_aloud_as_english(small_site: Path) -> None:
    case = small_site / "content" / "case"
    mark = partial(
        re.sub,
        "A briefing|Two articles|The talks|The people|The prose|Thursday(?=\\.)|ministers meet",
        "\\g<0>‡",
    )
    fixed = "corrections: [{date: 2024-05-11, changed: Changed‡, claim: met, before: Before‡, why: Why‡}]\ntopics"
    (case / "briefing.md").write_text(mark(FRONT).replace("topics", fixed) + "\n## Head‡")
    (case / "claims.yaml").write_text(
        mark(CLAIMS).replace("  topic", "  question: When‡\n  note: Note‡\n  topic") + LATER
    )
    (case / "sources.yaml").write_text(mark(SOURCES).replace("full_text: yes", "full_text: yes\n    note: Short‡"))
    (case / "timeline.yaml").write_text(mark(TIMELINE) + "  note: Noted‡\n")
    (small_site / "site.yaml").write_text("title: A site‡\ntagline: Texts‡\nlanguage: fr\n")
    publish(order(small_site))
    pages = [path for path in sorted((small_site / "public").rglob("*.html")) if path.stem != "404"]
    found = {path.stem: Spoken().read(path.read_text("utf-8")) for path in pages}
    assert all(seen for seen, _ in found.values())
    assert [f"{name}: {line}" for name, (_, wrong) in found.items() for line in wrong] == []


def test_pages_say_nothing_of_languages_where_there_is_one(small_site: Path) -> None:
    speak(small_site, "es")
    assert re.findall(r' lang="[^"]*"', built(small_site, OVERVIEW).replace('lang="en"', "")) == [' lang="es"']


def test_a_faulty_catalogue_is_told_and_nothing_is_written(small_site: Path) -> None:
    speak(small_site, "fr")
    before = built(small_site, OVERVIEW)
    catalogue(small_site, "fr", ("Published by %(publisher)s.", "Publié par nous."))
    fault = r"the placeholder %\(publisher\)s is missing; the message is “Published by %\(publisher\)s\.”"
    with pytest.raises(StoreError, match=rf"^templates/words/fr\.po:4: {fault}\. Nothing was written\.$"):
        publish(order(small_site))
    assert (small_site / "public" / OVERVIEW).read_text("utf-8") == before


def test_a_catalogue_is_never_read_through_a_link(small_site: Path, tmp_path: Path) -> None:
    speak(small_site, "fr")
    real = catalogue(small_site, "fr", ("Sources", "Textes"))
    real.rename(tmp_path / "elsewhere.po")
    real.symlink_to(tmp_path / "elsewhere.po")
    with pytest.raises(StoreError, match=r"words/fr\.po is (not an ordinary file|a symbolic link)"):
        publish(order(small_site))
