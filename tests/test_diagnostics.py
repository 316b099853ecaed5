"""A fault is understood by itself: its place, its line in a frame, its cure, and nothing that steers a terminal."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.diagnostics import (
    FRAME_WIDTH,
    Diagnostic,
    Place,
    Related,
    Severity,
    as_json,
    as_text,
    has_errors,
    in_order,
    place_in,
    printable,
)

HOSTILE = "\x00\x07\x1b\x7f\x85\x9b\u200b\u200e\u202e\u2066\u2028\u2029\ufeff\U000e0041"
TEXTS = st.text(st.one_of(st.sampled_from("ab \t\r\n中e\u0301" + HOSTILE), st.characters(exclude_categories=["Cs"])))
TEXT = "One line.\nAnother line.\nThe last."


def shown(line: str, words: str, before: str = "") -> list[str]:
    """The frame that marks `words` in a line; they are found after `before`."""
    at = line.index(words, line.index(before))
    place = Place("f.yaml", 7, at + 1, len(words), line)
    head, *frame = as_text(Diagnostic("code", "Message.", place)).split("\n")
    assert head == f"f.yaml:7:{at + 1}: error[code]: Message."
    return frame


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


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


# ---- frames -----------------------------------------------------------------------------------------------------


def test_the_words_are_underlined_where_they_stand() -> None:
    assert shown("  quote: five hours", "five") == ["    7 |   quote: five hours", "      |          ^^^^"]


def test_only_the_file_is_named_where_no_line_is_known() -> None:
    assert (
        as_text(Diagnostic("file-missing", "Missing.", Place("site.yaml")))
        == "site.yaml: error[file-missing]: Missing."
    )
    frame = as_text(Diagnostic("yaml", "Empty.", Place("site.yaml", 3, 1, 1)))
    assert frame == "site.yaml:3:1: error[yaml]: Empty."


@pytest.mark.parametrize("at", [0, 10, 19, 20, 21, 150, 279, 290, 295])
def test_of_a_long_line_a_window_around_the_words_is_shown(at: int) -> None:
    line = "".join(chr(0x4000 + n) if at <= n < at + 5 else chr(ord("a") + n % 26) for n in range(300))
    first, second = shown(line, line[at : at + 5])
    inside = first.removeprefix("    7 | ")
    assert inside.startswith("…") is (at > 20)
    assert inside.endswith("…") is (at < 220)
    assert inside.strip("…") in line
    assert len(inside.strip("…")) == FRAME_WIDTH
    assert line[at : at + 5] in inside
    assert second == "      | " + " " * columns(inside[: inside.index(line[at])]) + "^" * 10


def test_words_longer_than_the_window_are_underlined_to_its_end() -> None:
    first, second = shown("x" * 50 + "y" * 400, "y" * 400)
    assert first == "    7 | …" + "x" * 20 + "y" * 80 + "…"
    assert second == "      |  " + " " * 20 + "^" * 80


@pytest.mark.parametrize(
    ("line", "words", "underline"),
    [
        ("中国和俄罗斯 say", "俄罗斯", "      ^^^^^^"),
        ("ｆｕｌｌ say", "say", "         ^^^"),
        ("한국 say", "say", "     ^^^"),
        ("cafe\u0301 say", "say", "     ^^^"),
        ("ที่นี่ say", "say", "   ^^^"),
        ("\tsay", "say", " ^^^"),
        ("a\tb say", "b", "  ^"),
        ("a\x1bb say", "b", "       ^"),
        ("say \u202eit", "\u202e", "    ^^^^^^"),
    ],
)
def test_the_underline_keeps_in_step_with_what_a_terminal_shows(line: str, words: str, underline: str) -> None:
    assert shown(line, words)[1] == "      | " + underline


def test_a_place_beyond_its_line_is_marked_at_its_end() -> None:
    frame = as_text(Diagnostic("c", "M.", Place("f", 1, 4, 9, "abc"))).split("\n")
    assert frame[1:] == ["    1 | abc", "      |    ^"]


def test_related_places_and_the_cure_follow() -> None:
    related = Related(Place("seeds/a.txt", 3, 1, 3, "The words"), "the nearest passage")
    place = Place("c.yaml", 12, 3, 1, "- x")
    told = as_text(Diagnostic("orphaned", "Not found.", place, "The article has:\nThe words\nMore", related=(related,)))
    assert told.split("\n") == [
        "c.yaml:12:3: error[orphaned]: Not found.",
        "   12 | - x",
        "      |   ^",
        "  seeds/a.txt:3:1: the nearest passage",
        "    3 | The words",
        "      | ^^^",
        "  help: The article has:",
        "        The words",
        "        More",
    ]


def test_a_warning_is_called_so() -> None:
    told = as_text(Diagnostic("share", "Much.", Place("s.yaml"), severity=Severity.WARNING))
    assert told == "s.yaml: warning[share]: Much."


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


@given(TEXTS, TEXTS, TEXTS, st.integers(1, 50), st.integers(0, 50))
def test_no_fault_can_steer_a_terminal(one: str, line: str, cure: str, column: int, length: int) -> None:
    place = Place(f"seeds/{one}", 1, column, length, line)
    told = as_text(Diagnostic("code", one, place, cure, related=(Related(place, one),)))
    for char in told.replace("\n", ""):
        assert unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
    assert told.split("\n")[0].startswith("seeds/")


# ---- as data ----------------------------------------------------------------------------------------------------


def test_a_fault_as_data_has_documented_fields() -> None:
    place = Place("content/x/claims.yaml", 7, 14, 5, "line")
    fault = Diagnostic(
        "quotation-orphaned", "“中” is not there.", place, "Cure.\n“中”", related=(Related(place, "here"),)
    )
    warning = Diagnostic("excerpt-share", "Much.", Place("site.yaml"), severity=Severity.WARNING)
    assert json.loads(as_json([fault, warning])) == [
        {
            "code": "quotation-orphaned",
            "severity": "error",
            "file": "content/x/claims.yaml",
            "line": 7,
            "column": 14,
            "message": "“中” is not there.",
            "help": "Cure.\n“中”",
            "related": [{"file": "content/x/claims.yaml", "line": 7, "column": 14, "message": "here"}],
        },
        {
            "code": "excerpt-share",
            "severity": "warning",
            "file": "site.yaml",
            "line": 1,
            "column": 1,
            "message": "Much.",
            "help": "",
            "related": [],
        },
    ]
    assert json.loads(as_json([])) == []


@given(TEXTS)
def test_data_says_what_was_said_and_cannot_steer_a_terminal_either(text: str) -> None:
    printed = as_json([Diagnostic("code", text, Place("f"))])
    assert json.loads(printed)[0]["message"] == text
    for char in printed.replace("\n", ""):
        assert unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")


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
