"""What a template is given is never code, what it is not given is an error, and files join in their order."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import put
from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, UndefinedError
from markupsafe import Markup
from samples import ROOT, sample

from builder.assemble import site_of
from builder.documents import SiteEntry
from builder.inputs import read_static
from builder.pages import Page, briefing_pages, card_of
from builder.render import STYLE_SHEETS, environment, picture, render, static_files
from builder.routes import OutputFile, SiteRoute

HOSTILE = "</title><script>alert('1')</script> & {{ 7*7 }} {% raw %} \" "
STATIC = {name: name.encode() for name in (*STYLE_SHEETS, "icon.svg", "js/b.js", "js/a.js", "css/other.css")}


@dataclass(frozen=True)
class View:
    """A view model for tests."""

    title: str
    ready: Markup


def rendered(folder: Path, template: str, title: str = "T") -> str:
    put(folder, {"page.html": template})
    made = render(Page(SiteRoute("404"), "page.html", View(title, Markup("<b>ready</b>"))), environment(folder))
    assert made.path == "404.html"
    return made.data.decode()


def test_a_page_is_utf_8_at_the_path_of_its_route(tmp_path: Path) -> None:
    put(tmp_path, {"page.html": "“{{ page.title }}”\n"})
    page = Page(SiteRoute("index"), "page.html", View("中", Markup()))
    assert render(page, environment(tmp_path)) == OutputFile("index.html", "“中”\n".encode())


@pytest.mark.parametrize("template", ["page.html", "page.svg", "page.txt", "page"])
def test_everything_is_escaped_whatever_the_template_is_called(tmp_path: Path, template: str) -> None:
    put(tmp_path, {template: '<p title="{{ page.title }}">{{ page.title }}</p>'})
    page = Page(SiteRoute("404"), template, View(HOSTILE, Markup()))
    html = render(page, environment(tmp_path)).data.decode()
    inside = html.removeprefix('<p title="').removesuffix("</p>").split('">')
    assert inside[0] == inside[1]
    assert not set(inside[0]) & set("<>\"'")
    assert "{{ 7*7 }}" in inside[0]


def test_only_html_that_is_ready_stays_html(tmp_path: Path) -> None:
    assert rendered(tmp_path, "{{ page.ready }}") == "<b>ready</b>"


@pytest.mark.parametrize(
    "template",
    [
        "{{ nothing }}",
        "{{ page.nothing }}",
        "{{ page.title.nothing }}",
        "{% if page.nothing %}x{% endif %}",
        "{% for x in page.nothing %}x{% endfor %}",
        "{{ page.nothing.more }}",
        "{{ page.nothing == 1 }}",
        "{{ page['nothing'] ~ 'x' }}",
    ],
)
def test_an_unknown_name_is_an_error_and_never_nothing(tmp_path: Path, template: str) -> None:
    with pytest.raises(UndefinedError):
        rendered(tmp_path, template)


def test_a_template_with_a_slip_or_none_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TemplateSyntaxError):
        rendered(tmp_path, "{% if %}")
    with pytest.raises(TemplateNotFound):
        render(Page(SiteRoute("404"), "../page.html", View("T", Markup())), environment(tmp_path))


def test_lines_of_tags_leave_none_behind_and_the_last_break_stays(tmp_path: Path) -> None:
    assert rendered(tmp_path, "a\n  {% if true %}\n  b\n  {% endif %}\nc\n") == "a\n  b\nc\n"


# ---- the repository's own ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def templates() -> Environment:
    """The templates of the repository."""
    return environment(ROOT / "templates")


SITE = site_of(SiteEntry(title="T", url="https://example.org/"))


def test_every_page_of_the_sample_is_a_whole_document(templates: Environment) -> None:
    pages = briefing_pages(SITE, sample())
    one_of_each = {page.template: page for page in pages}
    assert len(one_of_each) == 5
    for page in one_of_each.values():
        html = render(page, templates).data.decode()
        assert html.startswith("<!doctype html>\n<html lang=")
        assert html.endswith("</html>\n")
        assert "Undefined" not in html


def test_rendering_twice_gives_the_same_bytes(templates: Environment) -> None:
    page = briefing_pages(SITE, sample())[1]
    assert render(page, templates) == render(page, environment(ROOT / "templates"))


def test_the_picture_of_a_briefing_is_svg_in_its_data_folder(templates: Environment) -> None:
    made = picture("a-trip", card_of(sample()), templates)
    assert made.path == "a-trip/data/pattern.svg"
    assert b"<svg" in made.data
    assert b"Blinken in Beijing" in made.data


# ---- static files -----------------------------------------------------------------------------------------------


def test_style_sheets_are_joined_in_their_order_and_scripts_stay_apart() -> None:
    assert static_files(STATIC) == [
        OutputFile("static/style.css", b"css/tokens.css\ncss/base.css\ncss/components.css\ncss/print.css"),
        OutputFile("static/js/a.js", b"js/a.js"),
        OutputFile("static/js/b.js", b"js/b.js"),
        OutputFile("static/icon.svg", b"icon.svg"),
    ]


def test_the_order_in_which_files_were_read_does_not_matter() -> None:
    assert static_files(dict(reversed(STATIC.items()))) == static_files(STATIC)


@pytest.mark.parametrize("name", [*STYLE_SHEETS, "icon.svg"])
def test_a_static_file_that_is_missing_is_named(name: str) -> None:
    with pytest.raises(TemplateNotFound, match=rf"^There is no templates/static/{name}$"):
        static_files({key: data for key, data in STATIC.items() if key != name})


def test_the_repository_has_no_style_sheet_that_is_left_out() -> None:
    static = read_static(ROOT / "templates/static")
    assert {name for name in static if name.startswith("css/")} == set(STYLE_SHEETS)
    style = next(file.data for file in static_files(static) if file.path == "static/style.css")
    assert [style.index(static[name]) for name in STYLE_SHEETS] == sorted(
        style.index(static[name]) for name in STYLE_SHEETS
    )
