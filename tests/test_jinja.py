"""Our Jinja prints what Jinja prints, and lets a page go as soon as it is printed."""

import gc
import weakref
from collections.abc import Mapping
from gettext import NullTranslations

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined

from builder.jinja import Templates
from builder.words import Words

HOSTILE = '<b title="a">&\'%(n)s %</b>'


class Marked(NullTranslations):
    """Translations that can be told from what is translated."""

    def gettext(self, message: str) -> str:
        return f"«{message}»"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"«{msgid1 if n == 1 else msgid2}»"

    def pgettext(self, context: str, message: str) -> str:
        return f"«{context}: {message}»"

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return f"«{context}: {msgid1 if n == 1 else msgid2}»"


def ours(files: Mapping[str, str]) -> Templates:
    loader = DictLoader(files)
    return Templates(
        Words(messages=Marked()), loader=loader, autoescape=True, undefined=StrictUndefined, auto_reload=False
    )


def theirs(files: Mapping[str, str]) -> Environment:
    found = Environment(
        loader=DictLoader(files), autoescape=True, undefined=StrictUndefined, extensions=["jinja2.ext.i18n"]
    )
    found.policies["ext.i18n.trimmed"] = True
    told = Marked()
    found.install_gettext_callables(  # type: ignore[attr-defined]
        told.gettext, told.ngettext, newstyle=True, pgettext=told.pgettext, npgettext=told.npgettext
    )
    return found


MACROS = (
    "{% macro plain(a, b) %}[{{ a }}|{{ b }}]{% endmacro %}"
    "{% macro lax(a, b='<i>') %}[{{ a }}|{{ b }}]{% endmacro %}"
    "{% macro framed(a) %}[{{ a }}|{{ caller(a) }}]{% endmacro %}"
    "{% macro greedy(a) %}[{{ a }}|{{ varargs }}|{{ kwargs }}]{% endmacro %}"
)


@pytest.mark.parametrize(
    "source",
    [
        "{{ x }}{{ x|safe }}{{ x|upper }}{{ x.strip() }}{{ n }}{{ none }}",
        "{{ plain(x, 1) }}{{ plain(b=x, a=n) }}{{ plain(plain(x, 1), 2) }}{{ plain(x, 1)|length }}",
        "{{ lax(x) }}{{ lax(x, x) }}{{ lax(x, b=n) }}{{ greedy(x, x, y=x) }}",
        "{% call(y) framed(x) %}{{ y }}{{ plain(y, n) }}{% endcall %}",
        "{% for one in [x, n] %}{{ loop.cycle('<', '>') }}{{ plain(one, loop.index) }}{{ gettext('%(o)s', o=one) }}"
        "{% endfor %}",
        "{{ gettext('Words <b>%(a)s</b> of %(a)s and %(b)s', a=x, b=n, c=x) }}{{ gettext('<b>') }}",
        "{{ gettext('100 %% of %(a)s', a=x) }}{{ gettext('%(a)4d', a=n) }}{{ gettext('Only %(b)s', b=plain(x, 1)) }}",
        "{{ ngettext('%(num)s word of %(a)s', '%(num)s words of %(a)s', n, a=x) }}{{ ngettext('one', 'many', 1) }}",
        "{{ pgettext('verb', 'Open %(a)s in %(context)s', a=x) }}{{ npgettext('noun', 'a %(num)s', 'b %(num)s', n) }}",
        "{% trans %}Plain{% endtrans %}{% trans a=x, b=n %}{{ a }} of\n {{ b }}{% endtrans %}",
        "{% trans count=n, a=x %}one {{ a }}{% pluralize %}{{ count }} {{ a }}{% endtrans %}",
        "{% set said = gettext('%(a)s', a=x) %}{{ said }}{{ said ~ x }}{{ plain(said, x) }}",
        "{% block top %}{{ plain(x, 1) }}{{ gettext('%(a)s', a=x) }}{% endblock %}{{ self.top() }}",
        "{% autoescape false %}{{ x }}{{ plain(x, 1) }}{% endautoescape %}{{ x }}",
    ],
)
def test_a_template_says_what_it_says_with_jinja(source: str) -> None:
    files = {"macros": MACROS, "page": "{% from 'macros' import plain, lax, framed, greedy %}" + source}
    values = {"x": HOSTILE, "n": 7}
    assert ours(files).get_template("page").render(values) == theirs(files).get_template("page").render(values)


def test_without_autoescape_the_values_of_a_message_are_escaped_all_the_same() -> None:
    source = "{% autoescape false %}{{ gettext('%(a)s', a=x) }}{% endautoescape %}"
    assert "<b" not in ours({"page": source}).get_template("page").render(x=HOSTILE)


@pytest.mark.parametrize("source", ["{{ gettext('%(a)s') }}", "{{ gettext('%(a)s', b=1) }}"])
def test_a_place_without_a_value_is_an_error(source: str) -> None:
    with pytest.raises(KeyError):
        ours({"page": source}).get_template("page").render()


@pytest.mark.parametrize("source", ["{{ ngettext('a', 'b', 'c') }}", "{{ npgettext('n', 'a', 'b', 'c') }}"])
def test_the_number_of_a_message_is_a_number(source: str) -> None:
    with pytest.raises(TypeError, match="its number, not 'c'"):
        ours({"page": source}).get_template("page").render()


def test_a_template_with_a_global_of_its_own_hands_it_to_what_it_imports() -> None:
    files = {
        "macros": "{% macro name() %}{{ mine }}{% endmacro %}",
        "page": "{% from 'macros' import name %}{{ name() }}",
    }
    templates = ours(files)
    assert templates.get_template("page", globals={"mine": "here"}).render() == "here"


class View:
    """What a page is given."""

    text = "words"


def test_nothing_of_a_page_is_left_once_it_is_printed() -> None:
    macros = "{% macro a(x) %}{{ x }}{{ page.text }}{% endmacro %}{% macro b(x) %}{{ a(x) }}{% endmacro %}"
    page = ours({"page": macros + "{% block top %}{{ b(1) }}{% endblock %}"}).get_template("page")
    view = View()
    gone = weakref.ref(view)
    gc.disable()  # nobody looks for what holds itself
    try:
        assert page.render(page=view) == "1words"
        del view
        assert gone() is None
    finally:
        gc.enable()
