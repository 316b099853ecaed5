"""A fault knows its place and its line, faults have an order, and no name or text can steer a terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.diagnostics import Diagnostic, Place, Severity, has_errors, in_order, new_among, place_in, printable

HOSTILE = "\x00\x07\x1b\x7f\x85\x9b\u200b\u200e\u202e\u2066\u2028\u2029\ufeff\U000e0041"
TEXTS = st.text(st.one_of(st.sampled_from("ab \t\r\n中e\u0301" + HOSTILE), st.characters(exclude_categories=["Cs"])))
TEXT = "One line.\nAnother line.\nThe last."


# ---- places -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "line", "column", "length"),
    [("One", 1, 1, 3), ("line.", 1, 5, 5), ("Another", 2, 1, 7), ("last.", 3, 5, 5), ("line.\nAnother", 1, 5, 5)],
)
def test_a_place_counts_from_one_and_ends_with_its_line(words: str, line: int, column: int, length: int) -> None:
    start = TEXT.index(words)
    place = place_in("a.txt", TEXT, start, start + len(words))
    assert place == Place("a.txt", line, column, length, TEXT.split("\n")[line - 1])


def test_code_points_are_counted_and_not_bytes() -> None:
    assert place_in("a.txt", "𝄞é中 x", 4, 5) == Place("a.txt", 1, 5, 1, "𝄞é中 x")


@pytest.mark.parametrize("at", [0, 9, 10, 23, 33])
def test_an_empty_span_is_underlined_as_one_character(at: int) -> None:
    assert place_in("a.txt", TEXT, at, at).length == 1


def test_a_line_is_shown_without_its_break_however_it_is_written() -> None:
    assert place_in("a.txt", "One\r\nTwo\r\n", 5, 10) == Place("a.txt", 2, 1, 3, "Two")
    assert place_in("a.txt", "\r\nTwo", 0, 1).text == ""


@given(TEXTS, st.data())
def test_the_place_leads_back_to_the_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    place = place_in("a.txt", text, start, end)
    assert sum(map(len, text.split("\n")[: place.line - 1])) + place.line - 1 + place.column - 1 == start
    assert text.split("\n")[place.line - 1].removesuffix("\r") == place.text
    marked = place.text[place.column - 1 : place.column - 1 + place.length]
    assert text[start:].startswith(marked)
    assert len(marked) <= max(1, end - start)


# ---- what cannot be seen ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        ("plain – “text” 中\u0301", "plain – “text” 中\u0301"),
        ("a\tb", "a b"),
        ("a\nb\r", "a\\u000ab\\u000d"),
        ("\x1b[31mred", "\\u001b[31mred"),
        ("\u202etxt.exe", "\\u202etxt.exe"),
        ("a\u200bb\ufeff", "a\\u200bb\\ufeff"),
        ("a\u2028b\u2029", "a\\u2028b\\u2029"),
        ("\x9b1m", "\\u009b1m"),
        ("\ud800", "\\ud800"),
    ],
)
def test_characters_that_steer_are_spelt_out(text: str, visible: str) -> None:
    assert printable(text) == visible


@given(st.text(st.one_of(st.sampled_from(HOSTILE), st.characters())))
def test_what_is_printable_is_one_line_without_anything_that_steers(text: str) -> None:
    visible = printable(text)
    assert not {unicodedata.category(char) for char in visible} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert len(visible.splitlines()) <= 1
    assert printable(visible) == visible


# ---- order ------------------------------------------------------------------------------------------------------


def test_faults_stand_by_file_line_and_column_and_each_once() -> None:
    places = [Place("b", 1, 1), Place("a", 10, 1), Place("a", 2, 9), Place("a", 2, 3), Place("a", 2, 3)]
    faults = [Diagnostic("z", "M.", place) for place in places]
    faults += [Diagnostic("a", "M.", Place("a", 2, 3)), Diagnostic("z", "Other.", Place("a", 2, 3))]
    found = [(d.place.file, d.place.line, d.place.column, d.code, d.message) for d in in_order(faults)]
    assert found == [
        ("a", 2, 3, "a", "M."),
        ("a", 2, 3, "z", "M."),
        ("a", 2, 3, "z", "Other."),
        ("a", 2, 9, "z", "M."),
        ("a", 10, 1, "z", "M."),
        ("b", 1, 1, "z", "M."),
    ]


def test_warnings_alone_are_no_errors() -> None:
    warning = Diagnostic("w", "W.", Place("f"), severity=Severity.WARNING)
    assert not has_errors([])
    assert not has_errors([warning])
    assert has_errors([warning, Diagnostic("e", "E.", Place("f"))])


def test_a_fault_that_has_only_moved_is_not_new() -> None:
    known = Diagnostic("format", "Wrong.", Place("a", 3))
    moved = Diagnostic("format", "Wrong.", Place("a", 4))
    others = [Diagnostic("format", "Wrong, too.", Place("a", 3)), Diagnostic("other", "Wrong.", Place("a", 3))]
    assert new_among([moved, *others], [known]) == others
