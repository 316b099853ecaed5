"""A site in another language: its words, its direction, and that no page keeps the words of another one."""

import re
from pathlib import Path

import pytest
from samples import SITE

from builder.freshness import Options
from builder.inputs import StoreError
from builder.publish import Order, publish

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


def test_words_in_english_say_so_on_pages_of_another_language(small_site: Path) -> None:
    speak(small_site, "fr")
    told = publish(order(small_site)).told
    assert any("no templates/words/fr.po, so those of the pages are English" in line for line in told)
    page = (small_site / "public" / OVERVIEW).read_text("utf-8")
    assert '<html lang="fr">' in page
    assert re.search(r'<footer[^>]* lang="en"', page)
    assert '<html lang="en">' in built(small_site, HOW_TO_READ)  # it holds nothing but our words


def test_pages_of_a_language_written_from_the_right_say_so(small_site: Path) -> None:
    speak(small_site, "ar")
    page = built(small_site, OVERVIEW)
    assert '<html lang="ar" dir="rtl" class="mixed">' in page
    assert re.search(r'<footer[^>]* lang="en" dir="ltr"', page)
    assert " dir=" not in built(small_site, HOW_TO_READ).split(">", 3)[1]


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
