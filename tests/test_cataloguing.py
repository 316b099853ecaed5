"""`make words`: the messages of modules and templates, into catalogues that keep what was translated."""

from babel.messages.catalog import Catalog

from builder.cataloguing import in_python, in_template, renewed


def catalog(*ids: str | tuple[str, str]) -> Catalog:
    made = Catalog()
    for id_ in ids:
        made.add(id_, locations=[("builder/x.py", 0)])
    return made


def test_messages_of_a_module_are_found_wherever_they_stand() -> None:
    text = """
a = words.gettext("One " "and two.")
b = f"{gettext('In a string.')} {words.ngettext('%(num)s a', '%(num)s b', n)}"
c = {1: N_("Marked"), 2: P_("day", "from %(date)s")}
d = words.gettext(c[1]) + words.pgettext(*c[2]) + other("Not one")
"""
    assert list(in_python(text)) == [
        ("One and two.", None),
        ("In a string.", None),
        (("%(num)s a", "%(num)s b"), None),
        ("Marked", None),
        ("from %(date)s", "day"),
    ]


def test_messages_of_a_template_are_found_as_they_are_said() -> None:
    text = """{% set x = gettext("Once") %}
<p>{% trans name=y %}
  By   {{ name }},
  always.
{% endtrans %}{% trans count=n %}{{ count }} text{% pluralize %}{{ count }} texts{% endtrans %}
{{ pgettext("day", "from") }}{% trans %}100 %{% endtrans %}</p>"""
    assert list(in_template(text.encode())) == [
        ("Once", None),
        ("By   %(name)s, always.", None),
        (("%(count)s text", "%(count)s texts"), None),
        ("from", "day"),
        ("100 %%", None),
    ]


def test_a_catalogue_keeps_what_is_translated_and_what_was_noted() -> None:
    known = (
        '# Of the site.\nmsgid "One"\nmsgstr "Uno"\n\n#, fuzzy\nmsgid "Two"\nmsgstr "Dos"\n\nmsgid "Gone"\nmsgstr "x"\n'
    )
    made = renewed("es", known.encode(), catalog("New", "One", "Two")).decode()
    body = made.partition("\n\n")[2]
    assert body == (
        '#: builder/x.py\nmsgid "New"\nmsgstr ""\n\n'
        '# Of the site.\n#: builder/x.py\nmsgid "One"\nmsgstr "Uno"\n\n'
        '#: builder/x.py\n#, fuzzy\nmsgid "Two"\nmsgstr "Dos"\n\n'
    )
    assert renewed("es", made.encode(), catalog("New", "One", "Two")).decode() == made


def test_a_catalogue_has_as_many_forms_as_its_language() -> None:
    two = renewed("es", b"", catalog(("%(num)s text", "%(num)s texts"))).decode()
    three = renewed("pl", two.encode(), catalog(("%(num)s text", "%(num)s texts"))).decode()
    assert (two.count("msgstr["), three.count("msgstr[")) == (2, 3)
    assert "nplurals=3" in three


def test_a_message_that_gets_a_plural_is_translated_anew() -> None:
    known = 'msgid "%(num)s text"\nmsgstr "%(num)s texto"\n'
    made = renewed("es", known.encode(), catalog(("%(num)s text", "%(num)s texts"))).decode()
    assert made.endswith('msgstr[0] ""\nmsgstr[1] ""\n\n')
