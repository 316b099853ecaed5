"""Catalogues of the interface's words: which one counts, and that a faulty one is told before any page is made."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.catalogues import CatalogueError, File, is_catalogue, names, places, read, unsaid, words_of, wrong

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
TWO_FORMS = HEADER + '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'


def file(text: str, language: str = "es", header: str = TWO_FORMS) -> File:
    return File(language, f"templates/words/{language}.po", (header + "\n" + text).encode())


def entry(message: str, said: str) -> str:
    return f'msgid "{message}"\nmsgstr "{said}"\n\n'


def test_a_message_is_said_in_the_language_and_else_in_english() -> None:
    words = words_of("es", [file(entry("Claims", "Afirmaciones"))])
    assert (words.gettext("Claims"), words.gettext("Sources")) == ("Afirmaciones", "Sources")


def test_a_site_s_own_words_count_before_ours_message_by_message() -> None:
    own = file(entry("Claims", "Tesis") + entry("Sources", ""))
    ours = file(entry("Claims", "Afirmaciones") + entry("Sources", "Textos") + entry("Matrix", "Matriz"))
    words = words_of("es", [own, ours])
    assert [words.gettext(one) for one in ("Claims", "Sources", "Matrix")] == ["Tesis", "Textos", "Matriz"]


def test_a_wider_language_stands_in_for_a_country_s() -> None:
    assert names("es-MX") == ("es-MX", "es")
    words = words_of("es-MX", [file(entry("Claims", "Afirmaciones"))])
    assert (words.language, words.gettext("Claims")) == ("es-MX", "Afirmaciones")


def test_a_site_may_say_things_its_own_way_in_english_too() -> None:
    own = file(entry("Texts", "Articles") + entry("Autumn %(year)s", "Fall %(year)s"), "en", HEADER)
    assert words_of("en", [own]).gettext("Texts") == "Articles"
    assert words_of("en-US", [own]).gettext("Texts") == "Articles"


def test_forms_for_numbers_are_those_of_the_language() -> None:
    forms = 'msgid "%(num)s text"\nmsgid_plural "%(num)s texts"\n'
    polish = forms + 'msgstr[0] "%(num)s tekst"\nmsgstr[1] "%(num)s teksty"\nmsgstr[2] "%(num)s tekstów"\n'
    words = words_of("pl", [file(polish, "pl", HEADER)])  # the file need not state them
    said = [words.ngettext("%(num)s text", "%(num)s texts", number) for number in (1, 3, 5, 22, 25)]
    assert said == ["1 tekst", "3 teksty", "5 tekstów", "22 teksty", "25 tekstów"]


def test_a_language_may_have_six_forms_one_of_them_for_none() -> None:
    said = ("none", "one", "both", "%(num)s few", "%(num)s many", "%(num)s of all")
    forms = 'msgid "%(num)s text"\nmsgid_plural "%(num)s texts"\n'
    arabic = forms + "".join(f'msgstr[{index}] "{text}"\n' for index, text in enumerate(said))
    words = words_of("ar", [file(arabic, "ar", HEADER)])
    found = [words.ngettext("%(num)s text", "%(num)s texts", number) for number in (0, 1, 2, 5, 14, 100)]
    assert found == ["none", "one", "both", "5 few", "14 many", "100 of all"]


def test_one_message_may_be_said_in_two_ways_by_its_context() -> None:
    both = 'msgctxt "day"\nmsgid "from"\nmsgstr "desde el"\n\nmsgctxt "year"\nmsgid "from"\nmsgstr "desde"\n'
    words = words_of("es", [file(both)])
    assert [words.pgettext(one, "from") for one in ("day", "year", "hour")] == ["desde el", "desde", "from"]


def test_what_is_unsure_or_empty_is_not_said() -> None:
    unsure = "#, fuzzy\n" + entry("Claims", "Reclamos") + entry("Sources", "") + entry("Matrix", "Matriz")
    words = words_of("es", [file(unsure)])
    assert [words.gettext(one) for one in ("Claims", "Sources", "Matrix")] == ["Claims", "Sources", "Matriz"]


def test_a_list_of_messages_alone_is_not_even_read() -> None:
    assert read(file(entry("Claims", "") + entry("100 %", ""))) is None


@pytest.mark.parametrize("header", ["", 'msgid ""\nmsgstr ""\n', HEADER])
@pytest.mark.parametrize("said", ['msgstr "Tesis"', 'msgstr ""\n"Te"\n"sis"'])
def test_one_translation_counts_however_it_is_laid_out(header: str, said: str) -> None:
    found = read(file(f'msgid ""\n"Cla"\n"ims"\n{said}\n', header=header))
    assert found is not None
    assert found.gettext("Claims") == "Tesis"


FAULTS = [
    ("a placeholder is missing", entry("Known since %(date)s", "Se sabe"), 6, "the placeholder %(date)s is missing"),
    ("one is made up", entry("Claims", "%(x)s"), 6, "there is no placeholder %(x)s"),
    ("one has no type", entry("By %(name)s", "De %(name)"), 6, "a percent sign is written %%"),
    ("one is a number", entry("By %(name)s", "De %(name)d"), 6, "a percent sign is written %%"),
    ("a percent sign alone", entry("Claims", "100 %"), 6, "a percent sign is written %%"),
    ("elements differ", entry("See <i>this</i>", "Véase esto"), 6, "what stands in < > has to be as in the message"),
    ("a script", entry("Claims", "<script>alert(1)</script>"), 6, "what stands in < > has to be as in the message"),
    ("half an element", entry("Claims", "<b"), 6, '<, > and " cannot stand here'),
    ("the end of an attribute", entry("Claims", "x\\\" onfocus=y"), 6, '<, > and " cannot stand here'),
    ("an element is turned around", entry("<b>a</b>", "</b>a<b>"), 6, "what stands in < > has to be as in the message"),
    ("a terminal is steered", entry("Claims", "\x1b[2J"), 6, "it holds a character that cannot be seen"),
    ("text is turned around", entry("Claims", "\u202egnp"), 6, "it holds a character that cannot be seen"),
    ("forms are missing", 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] ""\n', 6, "has 2 forms: msgstr[0]"),
    ("there is one too many", 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\nmsgstr[2] "e"\n', 6, ""),
    ("a line is no line", "msgid oops\nmystr x\n" + entry("Claims", "x"), 7, "unknown or misformatted keyword"),
    ("a message has no words", 'msgid "x"\n\n' + entry("Claims", "x"), 6, "missing msgstr"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "why"), [fault[1:] for fault in FAULTS], ids=[one[0] for one in FAULTS])
def test_a_faulty_translation_is_told_with_its_line(text: str, line: int, why: str) -> None:
    with pytest.raises(CatalogueError) as told:
        words_of("es", [file(text)])
    assert str(told.value).startswith(f"templates/words/es.po:{line}: ")
    assert why in str(told.value)


@pytest.mark.parametrize(
    "rule",
    [
        "nplurals=2; plural=n;", "nplurals=2; plural=n%0;", "nplurals=0; plural=0;", "nplurals=99; plural=0;",
        "nplurals=2; plural=__import__('os');", "nplurals=2", "nplurals=x; plural=0;", "oops",
        "nplurals=2; plural=" + "(" * 999 + "n" + ")" * 999 + ";",
    ],
)  # fmt: skip
def test_plural_forms_that_do_not_work_are_told(rule: str) -> None:
    text = f'{HEADER}"Plural-Forms: {rule}\\n"\n\n' + entry("Claims", "x")
    with pytest.raises(CatalogueError, match=r"^es\.po:4: these Plural-Forms cannot be used"):
        read(File("es", "es.po", text.encode()))


def test_a_catalogue_that_is_not_utf_8_is_told() -> None:
    data = (HEADER + entry("Claims", "Café")).encode("latin-1")
    with pytest.raises(CatalogueError, match=r"^es\.po:5: this is not UTF-8"):
        read(File("es", "es.po", data))


@pytest.mark.parametrize("header", ["charset=klingon", "charset=UTF-16", "x"])
def test_a_header_cannot_make_it_be_read_otherwise(header: str) -> None:
    text = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; {header}\\n"\n\n' + entry("Claims", "Café")
    found = read(File("es", "es.po", ("\ufeff" + text).replace("\n", "\r\n").encode()))
    assert found is not None
    assert found.gettext("Claims") == "Café"


def fault_of(data: bytes) -> str:
    try:
        read(File("es", "es.po", data))
    except CatalogueError as error:
        return str(error)
    return ""


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_are_a_catalogue_or_a_fault(data: bytes) -> None:
    assert re.fullmatch(r"es\.po:\d+: .+|", fault_of(data + b'\nmsgid "a"\nmsgstr "b"\n'), re.DOTALL)


LINES = [
    'msgid "a"', 'msgid ""', 'msgstr "b"', 'msgstr[0] "c"', 'msgstr[-1] "d"', 'msgstr[x] "i"', 'msgid_plural "f"',
    'msgctxt "g"', "#, fuzzy", '#~ msgid "h"', "#: \u2068", "msgstr[", "msgid", '"e"', '"Language: ??\\n"',
    '"Plural-Forms: nplurals=1; plural=0;\\n"', '"POT-Creation-Date: never\\n"',
]  # fmt: skip


@given(st.lists(st.sampled_from(LINES)))
def test_any_lines_are_a_catalogue_or_a_fault(lines: list[str]) -> None:
    assert re.fullmatch(r"es\.po:\d+: .+|", fault_of("\n".join(lines).encode()))


def test_a_form_for_one_number_may_say_it_as_a_word() -> None:
    assert wrong(["%(num)s text", "%(num)s texts"], ["un texto", "%(num)s textos"]) == []
    assert wrong(["%(num)s by %(name)s", "%(num)s by %(name)s"], ["uno", "%(num)s de %(name)s"]) == [
        "the placeholder %(name)s is missing"
    ]


@pytest.mark.parametrize(
    ("message", "found"),
    [("plain", set()), ("%(a)s, %(b)s", {"a", "b"}), ("100 %%", set()), ("%%(a)s", set()), ("%s", None), ("%", None)],
)
def test_the_placeholders_of_a_message_are_named(message: str, found: set[str] | None) -> None:
    assert places(message) == found


def test_a_catalogue_is_named_by_its_language() -> None:
    assert [
        name for name in ("es.po", "es-MX.po", "ES.po", "es_MX.po", "french.po", "es.pot") if is_catalogue(name)
    ] == [
        "es.po",
        "es-MX.po",
    ]


OURS = file(entry("Claims", "") + 'msgid "%(num)s text"\nmsgid_plural "%(num)s texts"\nmsgstr[0] ""\nmsgstr[1] ""\n')


def test_what_a_catalogue_says_of_one_alone_is_not_said_of_many() -> None:
    words = words_of("es", [file(entry("%(num)s text", "%(num)s texto"))])
    assert [words.ngettext("%(num)s text", "%(num)s texts", number) for number in (1, 2)] == ["1 text", "2 texts"]


def test_what_nothing_says_is_found_with_its_line() -> None:
    wrong_ones = entry("Claims", "Tesis") + entry("Clams", "Tesis") + entry("%(num)s text", "%(num)s texto")
    assert unsaid(file(wrong_ones), OURS) == [(9, "Clams", None), (12, "%(num)s text", "%(num)s texts")]
    assert unsaid(file(entry("Clams", "")), OURS) == []


@pytest.mark.parametrize("said", ['"Tesis', '"Las "tesis"', '""\n"Tesis', '"', '"Tesis\\"'])
def test_a_translation_whose_quotation_marks_do_not_fit_is_told(said: str) -> None:
    with pytest.raises(CatalogueError, match=r'es\.po:[67]: words stand between two "'):
        read(file(f'msgid "Claims"\nmsgstr {said}\n', header=HEADER))
