"""What a template is given is never code, what it is not given is an error, and files join in their order."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pytest
from conftest import put
from jinja2 import (
    DictLoader,
    Environment,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    pass_eval_context,
)
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape
from samples import ROOT, sample

from builder.assemble import site_of
from builder.documents import SiteEntry
from builder.inputs import read_static
from builder.jinja import Templates, escaped
from builder.pages import Page, briefing_pages, card_of
from builder.render import BEGINNINGS, NEVER_ALONE, OWN_STYLE, STYLE_SHEETS, environment, picture, render, static_files
from builder.routes import OutputFile, SiteRoute

HOSTILE = "</title><script>alert('1')</script> & {{ 7*7 }} {% raw %} \" "
OTHERS = ("icon.svg", "js/b.js", "js/a.js", "css/other.css")
STATIC = {name: f"{name[4:6]}{{{name[4:6]}:0}}".encode() for name in (*STYLE_SHEETS, *OTHERS)}


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


# ---- escaping: as strict as Jinja's own, wherever a template prints --------------------------------------------------


class Word(StrEnum):
    """Text of a class of its own."""

    SHARP = "<&>"


class Proxy(str):
    """Text that says it is HTML."""

    def __html__(self) -> str:
        return f"<i>{escape(str(self))}</i>"


VALUES = [HOSTILE, Markup("<b>ready</b>"), Word.SHARP, Proxy("<x>"), "", "中 ’", 7, 2.5, None, True, ["<"], ("'", '"')]
MACRO = "{% macro m(a, b=v) %}<b>{{ a }}{{ b }}</b>{% endmacro %}"
CONSTRUCTS = {
    "output": "{{ v }}",
    "attribute": '<p title="{{ v }}">',
    "several": "{{ v }}{{ v }} - {{ v }}",
    "joined": '{{ v ~ "<" }}{{ "<" ~ v }}',
    "choice": "{{ v if v else v }}{{ v or v }}",
    "filters": '{{ v|string|upper }}{{ [v, v]|join("<br>") }}{{ v|default("<") }}{{ "%s<"|format(v) }}',
    "escape": "{{ v|e }}{{ v|e|e }}{{ v|forceescape }}",
    "safe": "{{ v|safe }}",
    "set": "{% set w = v %}{{ w }}{% set w %}<b>{{ v }}</b>{% endset %}{{ w }}",
    "filtered set": "{% set w|string %}<b>{{ v }}</b>{% endset %}{{ w }}",
    "filter block": "{% filter upper %}<b>{{ v }}</b>{% endfilter %}",
    "macro": MACRO + "{{ m(v) }}{{ m(v, '<') }}{{ m(a=v) }}{{ m(m(v)) }}{{ m(m(v, v), v) }}",
    "macro in a value": MACRO + '{{ m(v, v) ~ "<" }}{% set x = m(v, v) %}{{ x }}{{ [m(v), m(v, v)]|join }}',
    "varargs": "{% macro m() %}{{ varargs[0] }}{{ kwargs.x }}{% endmacro %}{{ m(v, x=v) }}",
    "call": "{% macro m(a) %}{{ caller(a) }}{{ caller(v) }}{% endmacro %}{% call(c) m(v) %}<i>{{ c }}</i>{% endcall %}",
    "loop": "{% for x in [v, v] %}{{ loop.index }}{{ x }}{{ loop.cycle('<', v) }}{% else %}{{ v }}{% endfor %}",
    "recursion": "{% for x in [[v], []] recursive %}<b>{{ x }}</b>{% if x %}{{ loop([[]]) }}{% endif %}{% endfor %}",
    "macro in a loop": MACRO + "{% for x in [v] %}{{ m(x) }}{{ m(x, x) }}{% endfor %}",
    "block": "{% block b %}{{ v }}{% endblock %}{{ self.b() }}",
    "with": "{% with w = v %}{{ w }}{% endwith %}",
    "include": '{% include "part.html" %}',
    "import": '{% from "part.html" import shown, ready %}{{ shown(v) }}{{ ready }}',
    "import of all": '{% import "part.html" as part %}{{ part.shown(v) }}{{ part.ready }}',
    "off": MACRO + "{% autoescape false %}{{ v }}{{ m(v) }}{{ m(v, v) }}{% endautoescape %}{{ m(v, v) }}",
    "volatile": "{% autoescape v is none %}{{ v }}{% endautoescape %}",
    "function": "{{ f(v) }}{{ c(v) }}",
}
PART = "{% set v = v|default('<') %}{{ v }}{% macro shown(a) %}<b>{{ a }}</b>{% endmacro %}{% set ready = shown('<') %}"


@pass_eval_context
def told(context: EvalContext, value: object) -> str:
    """A function that is told of escaping."""
    return f"<{context.autoescape}{value}"


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_everything_is_printed_just_as_jinja_prints_it(name: str) -> None:
    loader = DictLoader({"page.html": CONSTRUCTS[name], "part.html": PART})
    ours, theirs = (
        made(loader=loader, autoescape=True, undefined=StrictUndefined) for made in (Templates, Environment)
    )
    for value in VALUES:
        given = {"v": value, "f": lambda x: f"<{x}", "c": told}
        expected = theirs.get_template("page.html").render(given)
        assert ours.get_template("page.html").render(given) == expected
        assert value is not HOSTILE or name in ("safe", "off", "volatile") or "<script" not in expected


@pytest.mark.parametrize(
    "template", ["{{ m() }}", "{{ m(1, 2) }}", "{{ m(1, x=2) }}", "{{ m(1)(2) }}", "{{ n }}", "{{ n() }}"]
)
def test_what_jinja_refuses_is_refused_in_the_same_words(template: str) -> None:
    faults = []
    for made in (Templates, Environment):
        template_of = made(autoescape=True, undefined=StrictUndefined).from_string
        with pytest.raises((UndefinedError, TypeError)) as fault:
            template_of("{% macro m(a) %}{{ a }}{% endmacro %}" + template).render()
        faults.append((fault.type, str(fault.value)))
    assert faults[0] == faults[1]


@pytest.mark.parametrize("value", VALUES)
def test_a_value_is_escaped_as_markupsafe_does(value: object) -> None:
    assert escaped(value) == escape(value)


# ---- the repository's own ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def templates() -> Templates:
    """The templates of the repository."""
    return environment(ROOT / "templates")


SITE = site_of(SiteEntry(title="T", url="https://example.org/"))


def test_every_page_of_the_sample_is_a_whole_document(templates: Environment) -> None:
    pages = briefing_pages(SITE, sample())
    one_of_each = {page.template: page for page in pages}
    assert len(one_of_each) == 11
    for page in one_of_each.values():
        html = render(page, templates).data.decode()
        assert html.startswith("<!doctype html>\n<html lang=")
        assert html.endswith("</html>\n")
        assert "Undefined" not in html


def test_rendering_twice_gives_the_same_bytes(templates: Environment) -> None:
    page = briefing_pages(SITE, sample())[1]
    assert render(page, templates) == render(page, environment(ROOT / "templates"))


def test_the_picture_of_a_briefing_is_svg_in_its_data_folder(templates: Templates) -> None:
    made = picture("a-trip", card_of(sample()), templates)
    assert made.path == "a-trip/data/pattern.svg"
    assert b"<svg" in made.data
    assert b"Blinken in Beijing" in made.data


# ---- static files -----------------------------------------------------------------------------------------------


def test_style_sheets_are_joined_in_their_order_and_what_single_pages_need_stays_apart() -> None:
    assert static_files(STATIC) == [
        OutputFile("static/style.css", b"".join(STATIC[name] for name in STYLE_SHEETS)),
        OutputFile("static/css/other.css", STATIC["css/other.css"]),
        OutputFile("static/icon.svg", STATIC["icon.svg"]),
        OutputFile("static/js/a.js", STATIC["js/a.js"]),
        OutputFile("static/js/b.js", STATIC["js/b.js"]),
    ]


def test_the_sheet_of_a_long_matrix_begins_with_that_of_every_matrix() -> None:
    sheets = {"css/matrix.css": b"a{b:c}", "css/many.css": b"d{e:f}"}
    made = {file.path: file.data for file in static_files({**STATIC, **sheets})}
    assert made["static/css/matrix.css"] == b"a{b:c}"
    assert made["static/css/many.css"] == b"a{b:c}d{e:f}"


def test_what_two_pages_begin_with_is_no_file_of_its_own() -> None:
    sheets = {"css/rail.css": b"a{b:c}", "css/claim.css": b"d{e:f}", "css/source.css": b"g{h:i}"}
    made = {file.path: file.data for file in static_files({**STATIC, **sheets})}
    assert made["static/css/claim.css"] == b"a{b:c}d{e:f}"
    assert made["static/css/source.css"] == b"a{b:c}g{h:i}"
    assert "static/css/rail.css" not in made
    assert set(NEVER_ALONE) <= set(BEGINNINGS.values())


def test_the_order_in_which_files_were_read_does_not_matter() -> None:
    assert static_files(dict(reversed(STATIC.items()))) == static_files(STATIC)


@pytest.mark.parametrize("name", [*STYLE_SHEETS, "icon.svg"])
def test_a_static_file_that_is_missing_is_named(name: str) -> None:
    with pytest.raises(TemplateNotFound, match=rf"^There is no templates/static/{name}$"):
        static_files({key: data for key, data in STATIC.items() if key != name})


def test_the_repository_has_no_style_sheet_that_is_left_out() -> None:
    static = read_static(ROOT / "templates/static")
    pages = "".join(page.read_text() for page in (ROOT / "templates").glob("*.html"))
    single = {name for name in static if name.startswith("css/")} - {*STYLE_SHEETS, *NEVER_ALONE}
    assert single
    assert [name for name in single if f"static/{name}" not in pages] == ["css/patterns.css"]  # it links all


def test_a_sites_own_rules_stand_last_and_nowhere_else() -> None:
    made = {file.path: file.data for file in static_files({**STATIC, OWN_STYLE: b"b{c:1}"})}
    assert made["static/style.css"] == b"".join(STATIC[name] for name in STYLE_SHEETS) + b"b{c:1}"
    assert f"static/{OWN_STYLE}" not in made


def test_style_sheets_lose_what_is_there_for_people_alone() -> None:
    written = b"/* Why. */\n@media (width >= 60rem) {\n  a :is(b, i) + u { margin: calc(1px + 2em) }\n}\n"
    made = static_files({**STATIC, "css/other.css": written})
    assert made[1].data == b"@media (min-width:60rem){a :is(b,i)+u{margin:calc(1px + 2em)}}"
    kept = static_files({**STATIC, "icon.svg": written})
    assert written in [file.data for file in kept]


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("(width >= 44rem)", "(min-width:44rem)"),
        ("screen and (width < 44rem)", "screen and (max-width:43.99rem)"),
        ("(40rem <= width < 60rem)", "(min-width:40rem) and (max-width:59.99rem)"),
        ("(width < 60rem), print", "(max-width:59.99rem),print"),
        ("(height < 480px)", "(max-height:479.99px)"),
    ],
)
def test_bounds_of_a_width_are_said_as_older_browsers_read_them(written: str, made: str) -> None:
    sheet = f'@media {written} {{ a:after {{ content: "(width<3rem)" }} }}'.encode()
    assert static_files({**STATIC, "css/other.css": sheet})[1].data == (
        f'@media {made}{{a:after{{content:"(width<3rem)"}}}}'.encode()
    )
