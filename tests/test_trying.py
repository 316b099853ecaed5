"""Faults in a site's own templates and catalogues: all of them are told at once, each at its line, with a cure."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import put
from samples import SITE

from builder import trying
from builder.build import ANY_SITE
from builder.cli import main
from builder.diagnostics import Diagnostic
from builder.trying import faults_of_templates

BASE = '{% extends "base.html" %}\n'
HEADER = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
FORMS = 'msgid "%(num)s claim"\nmsgid_plural "%(num)s claims"\nmsgstr[0] "tesis"\n'


def found(site: Path, files: dict[str, str | bytes]) -> list[Diagnostic]:
    put(site, {f"templates/{name}": text for name, text in files.items()})
    return faults_of_templates(site, ANY_SITE)


def told(fault: Diagnostic) -> tuple[str, int, str]:
    return fault.place.file, fault.place.line, fault.message


def words_at(fault: Diagnostic) -> str:
    return fault.place.text[fault.place.column - 1 :][: fault.place.length]


def test_a_site_without_templates_of_its_own_has_no_fault_in_any(
    small_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trying, "environment", None)
    assert faults_of_templates(small_site, ANY_SITE) == []
    assert found(small_site, {"static/css/site.css": ":root {}"}) == []


WRITTEN = [
    ("{{ page.title|uper }}", "uper", "There is no filter “uper”.", "Did you mean `upper`?"),
    ("{% if page is defned %}{% endif %}", "defned", "There is no test “defned”.", "Did you mean `defined`?"),
    ("{% include '_partials/marx.html' %}", "_partials/marx.html", "There is no template “_partials/marx.html”.",
     "Did you mean `_partials/marks.html`?"),
    ("{% from '_partials/marks.html' import tagg %}", "tagg", "“_partials/marks.html” has no “tagg”.",
     "Did you mean `tag`?"),
    ("{% include 'variorum/_partials/marx.html' %}", "variorum/_partials/marx.html",
     "There is no template “variorum/_partials/marx.html” among the builder’s own.",
     "Did you mean `variorum/_partials/marks.html`?"),
    ("{% if page %}\n\n", "{% if page %}", "{% if %} is never closed.", "Write {% endif %} where it ends."),
    ("{% if page %}{% endfor %}", "", "{% endfor %} closes nothing.", "{% if %} is open here; {% endif %} closes it."),
    ("{% wobble %}", "", "There is no tag {% wobble %}.", ""),
    ("{% if %}{% endif %}", "", "Something is missing before %}.", ""),
    ("{{ page.a b }}", "b", "“b” stands where }} should.", ""),
    ("{{ page }", "}", "“}” cannot stand here.", ""),
    ("\udcff", "", "This is not UTF-8.", "Open the file in an editor and save it as UTF-8."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "message", "cure"), WRITTEN, ids=[one[2] for one in WRITTEN])
def test_what_cannot_be_read_in_a_template_is_told_in_words(
    small_site: Path, text: str, words: str, message: str, cure: str
) -> None:
    (fault,) = found(small_site, {"404.html": f"{text}\n".encode("utf-8", "surrogateescape")})
    assert fault.code == "template-fault"
    assert told(fault) == ("templates/404.html", 1, message)
    assert fault.help == cure
    assert words in words_at(fault)


SHOWN = [
    ("{{ nothing }}", "nothing", "There is no “nothing” here."),
    ("{{ page.chrome.titel }}", "titel", "There is no “titel” here."),
    ("{{ page.chrome.picture.width }}", "width", "“width” is asked of something that is not there: {% if … %} asks"),
    ("{% for one in page %}{% endfor %}", "", "This cannot be done: this is not iterable."),
    ("{{ 1 / 0 }}", "", "This cannot be done: division by zero."),
    (
        "{% trans n=page.chrome.title %}a{% pluralize %}b{% endtrans %}",
        "",
        "This cannot be done: the first variable of",
    ),
]


@pytest.mark.parametrize(("text", "words", "message"), SHOWN, ids=[one[2] for one in SHOWN])
def test_what_comes_up_while_a_page_is_made_is_told_without_a_page(
    small_site: Path, text: str, words: str, message: str
) -> None:
    (fault,) = found(small_site, {"404.html": f"{BASE}{{% block content %}}\n{text}\n{{% endblock %}}"})
    assert told(fault)[:2] == ("templates/404.html", 3)
    assert fault.message.startswith(message)
    assert " object" not in fault.message
    assert words in words_at(fault)


def test_a_template_that_no_page_uses_must_name_templates_that_are_there(small_site: Path) -> None:
    text = "{% include 'nowhere.html' ignore missing %}\n{% include 'nowhere.html' %}"
    (fault,) = found(small_site, {"own.html": text})
    assert told(fault) == ("templates/own.html", 2, "There is no template “nowhere.html”.")


def test_pages_are_tried_in_the_language_of_the_site(small_site: Path) -> None:
    put(small_site, {"templates/404.html": '{% if gettext("Sources") == "Fuentes" %}{{ nothing }}{% endif %}'})
    assert faults_of_templates(small_site, ANY_SITE) == []
    (fault,) = faults_of_templates(small_site, replace(ANY_SITE, language="es"))
    assert fault.message == "There is no “nothing” here."


def test_pictures_are_drawn_to_try_their_templates(small_site: Path) -> None:
    files: dict[str, str | bytes] = {
        "pattern.svg": "<svg>{{ page.wide }}</svg>",
        "card-digest.svg": "{{ nothing }}",
        "card-claim.svg": "<svg",
    }
    assert [told(fault) for fault in found(small_site, files)] == [
        ("templates/card-claim.svg", 1, "This draws no picture: the document does not have a root node."),
        ("templates/card-digest.svg", 1, "There is no “nothing” here."),
        ("templates/pattern.svg", 1, "There is no “wide” here."),
    ]


def test_names_that_come_near_are_proposed_and_else_all_that_there_are_told(small_site: Path) -> None:
    (near,) = found(small_site, {"404.html": "{{ page.briefing }}"})
    (far,) = found(small_site, {"404.html": "{{ page.wobble }}"})
    assert near.help == "Did you mean `briefings`?"
    assert far.message == "There is no “wobble” here; there is “briefings”, “chrome”."


def test_a_part_of_ours_that_lacks_what_others_take_is_told_once(small_site: Path) -> None:
    (fault,) = found(small_site, {"_partials/address.html": "{% macro address(anchor, label) %}{% endmacro %}"})
    assert fault.place.file == "templates/_partials/address.html"
    assert fault.message == "Our templates take from here what it does not have: “former”, “live”."


def test_all_faults_of_catalogues_are_told_each_with_its_line(small_site: Path) -> None:
    misfit = 'msgid "Published by %(publisher)s."\nmsgstr "Ours"\n\nmsgid "Sources"\nmsgstr "<b>Articles</b>"\n\n'
    faults = found(small_site, {"words/en.po": HEADER + misfit + FORMS})
    assert [fault.code for fault in faults] == ["translation-misfit"] * 3
    assert [(fault.place.line, fault.message) for fault in faults] == [
        (5, "The placeholder %(publisher)s is missing."),
        (8, "What stands in < > has to be as in the message."),
        (11, "The language has 2 forms: msgstr[0], msgstr[1]."),
    ]
    assert faults[0].place.text == 'msgid "Published by %(publisher)s."'


def test_without_words_in_its_language_those_in_english_are_tried(small_site: Path) -> None:
    put(small_site, {"templates/words/en.po": HEADER + FORMS})
    (fault,) = faults_of_templates(small_site, replace(ANY_SITE, language="fr"))
    assert (fault.place.file, fault.place.line) == ("templates/words/en.po", 5)


def test_a_catalogue_that_nobody_can_read_is_told(small_site: Path) -> None:
    (fault,) = found(small_site, {"words/en.po": HEADER.replace("nplurals=2", "nplurals=9") + FORMS})
    assert (fault.code, fault.place.line) == ("catalogue-unreadable", 3)
    (fault,) = found(small_site, {"words/en.po": HEADER + 'msgid "Sources"\nmsgstr "a"b"\n'})
    assert (fault.code, fault.place.line) == ("catalogue-unreadable", 6)


def test_the_check_tells_faults_of_templates_words_and_content_together(small_site: Path) -> None:
    claims = small_site / "content/case/claims.yaml"
    claims.write_text(claims.read_text().replace("met on Thursday in", "met on Friday in"))
    put(small_site, {"site.yaml": f"{SITE}language: fr\n", "templates/404.html": "{{ nothing }}"})
    put(small_site, {"templates/words/fr.po": HEADER + 'msgid "Sources"\nmsgstr "%(x)s"\n'})
    result = CliRunner().invoke(main, ["check", "--root", str(small_site), "--format", "json"])
    assert result.exit_code == 1
    faults = [(fault["code"], fault["file"], fault["line"]) for fault in json.loads(result.stdout)]
    assert faults == [
        ("quotation-words", "content/case/claims.yaml", 6),
        ("template-fault", "templates/404.html", 1),
        ("translation-misfit", "templates/words/fr.po", 5),
    ]


def test_no_template_is_read_through_a_link(small_site: Path, tmp_path: Path) -> None:
    put(tmp_path, {"secret.txt": "{{ secret"})
    put(small_site, {"templates/404.html": "{{ nothing }}"})
    (small_site / "templates/claim.html").symlink_to(tmp_path / "secret.txt")
    (fault,) = faults_of_templates(small_site, ANY_SITE)
    assert (fault.code, fault.place.file, fault.place.text) == ("symlink", "templates/claim.html", "")
    (small_site / "templates").rename(tmp_path / "elsewhere")
    (small_site / "templates").symlink_to(tmp_path / "elsewhere")
    (fault,) = faults_of_templates(small_site, ANY_SITE)
    assert (fault.code, fault.place.file) == ("symlink", "templates")


def test_faults_steer_no_terminal(small_site: Path) -> None:
    for text in ("{{ page['\x1b[2J'] }}", "{{ '\u202e'|x\u202e }}", "{% include '\x1b]0;x\x07' %}"):
        for fault in found(small_site, {"404.html": text}):
            assert all(word.isprintable() for word in (fault.message, fault.help, fault.place.file))
    (long,) = found(small_site, {"404.html": "{{ page['" + "x" * 5000 + "'] }}"})
    assert len(long.message) < 400
