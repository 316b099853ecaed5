"""The words at fault are underlined where a terminal shows them, whatever they are written in, however narrow it is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.diagnostics import Place
from builder.reports.frames import NARROWEST, columns, frame

GUTTER = "    7 | "
HOSTILE = "\t\x00\x1b\x85\xad\u200b\u200d\u202e\u2066\u2028\ufeff\U000e0041"
JOINED = "e\u0301\ufe0f\u20e3中🇩👍\U0001f3fd👩\u1112\u1161\u11ab\u0e33"
LINES = st.text(st.one_of(st.sampled_from("ab " + HOSTILE + JOINED), st.characters(exclude_characters="\n\r")))


def shown(line: str, words: str, width: int = 100, marks: tuple[tuple[int, int], ...] = ()) -> tuple[str, str]:
    """The line as it is shown, without the gutter, and what stands below it, as far as the underline."""
    at = line.index(words)
    found = frame(Place("f.yaml", 7, at + 1, len(words), line, marks), width)
    assert found
    assert found.line.startswith(GUTTER.rstrip())
    below = found.below + found.underline
    assert below.startswith("      | ")
    return found.line[len(GUTTER) :], below[len(GUTTER) :]


# ---- what is underlined --------------------------------------------------------------------------------------------


def test_the_words_are_underlined_where_they_stand() -> None:
    assert shown("  quote: five hours", "five") == ("  quote: five hours", "         ^^^^")


@pytest.mark.parametrize(
    ("line", "words", "underline"),
    [
        ("中国和俄罗斯 say", "俄罗斯", "      ^^^^^^"),
        ("ｆｕｌｌ say", "say", "         ^^^"),
        ("ﾊﾝｶｸ say", "say", "     ^^^"),
        ("한국 say", "say", "     ^^^"),
        ("\u1112\u1161\u11ab say", "say", "   ^^^"),  # the same syllable in its letters
        ("cafe\u0301 say", "say", "     ^^^"),
        ("cafe\u0301", "cafe\u0301", "^^^^"),
        ("cafe\u0301", "\u0301", "   ^"),
        ("ที่นี่ say", "say", "   ^^^"),
        ("שָׁלוֹם say", "say", "     ^^^"),
        ("👍 say", "say", "   ^^^"),
        ("👍🏽 say", "say", "   ^^^"),
        ("I ❤\ufe0f it", "it", "    ^^"),
        ("🇩🇪🇫🇷 say", "say", "     ^^^"),
        ("👩\u200d🚀 say", "say", "           ^^^"),
        ("1\ufe0f\u20e3 say", "say", "  ^^^"),
        ("\tsay", "say", " ^^^"),
        ("a\tb say", "b", "  ^"),
        ("a\x1bb say", "b", "       ^"),
        ("say \u202eit", "\u202e", "    ^^^^^^"),
    ],
)
def test_the_underline_keeps_in_step_with_what_a_terminal_shows(line: str, words: str, underline: str) -> None:
    assert shown(line, words)[1] == underline


def test_what_terminals_draw_in_two_ways_is_shown_in_one() -> None:
    assert shown("I ❤\ufe0f it 👩\u200d🚀", "it")[0] == "I ❤ it 👩\\u200d🚀"


def test_the_words_that_matter_most_are_told_from_the_others() -> None:
    line = "the talks lasted two hours"
    assert shown(line, "talks lasted two", marks=((6, 6),))[1] == "    ~~~~~~^^^^^^~~~~"
    assert shown(line, "talks lasted two", marks=((0, 5), (13, 3)))[1] == "    ^^^^^~~~~~~~~^^^"
    assert shown(line, "talks lasted two", marks=((6, 0),))[1] == "    ~~~~~~^~~~~~~~~~"
    assert shown("和中国和 say", "中国和", marks=((1, 1),))[1] == "  ~~^^~~"


def test_a_place_beyond_its_line_is_marked_at_its_end() -> None:
    found = frame(Place("f", 1, 4, 9, "abc"), 100)
    assert found
    assert (found.line, found.below + found.underline) == ("    1 | abc", "      |    ^")


def test_words_that_go_on_in_the_next_line_are_underlined_to_the_end_of_this() -> None:
    found = frame(Place("f", 1, 5, 40, "one two"), 100)
    assert found
    assert found.below + found.underline == "      |     ^^^"


def test_without_words_the_line_alone_is_shown_and_without_a_line_nothing() -> None:
    found = frame(Place("f", 3, 1, 0, "abc"), 100)
    assert found
    assert (found.line, found.underline) == ("    3 | abc", "")
    assert frame(Place("f", 3, 1, 5), 100) is None


def test_a_line_far_down_keeps_its_number_and_the_underline_its_place() -> None:
    found = frame(Place("f", 1234567, 2, 1, "abc"), 100)
    assert found
    assert (found.line, found.below + found.underline) == ("1234567 | abc", "        |  ^")


# ---- long lines ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [40, 41, 60, 80, 100, 250])
@pytest.mark.parametrize("at", [0, 10, 19, 20, 21, 50, 150, 279, 290, 295])
def test_of_a_long_line_a_window_around_the_words_is_shown(at: int, width: int) -> None:
    words = "中国的文字"
    line = "".join(words[n - at] if at <= n < at + 5 else chr(ord("a") + n % 26) for n in range(300))
    inside, below = shown(line, words, width)
    assert inside.strip("…") in line
    assert inside.startswith("…") is (not line.startswith(inside.strip("…")))
    assert inside.endswith("…") is (not line.endswith(inside.strip("…")))
    assert width - len(GUTTER) - 2 <= columns(inside) <= width - len(GUTTER)
    assert below == " " * columns(inside[: inside.index(words)]) + "^" * 10


@pytest.mark.parametrize("length", range(88, 96))
def test_a_line_that_fits_is_not_cut(length: int) -> None:
    inside, _ = shown("x" * (length - 1) + "y", "y")
    assert (inside == "x" * (length - 1) + "y") is (length <= 92)


def test_words_longer_than_the_window_are_underlined_to_its_end() -> None:
    assert shown("x" * 50 + "y" * 400, "y" * 400) == ("…" + "x" * 20 + "y" * 70 + "…", " " * 21 + "^" * 70)


def test_the_window_moves_to_the_first_of_the_words_that_matter_most() -> None:
    inside, below = shown("x" * 50 + "y" * 300 + "z" + "y" * 300, "y" * 300 + "z" + "y" * 300, 60, ((300, 1),))
    assert below[inside.index("z")] == "^"
    assert below.count("^") == 1
    assert below.strip("~ ") == "^"


def test_a_mark_beyond_its_line_is_no_harm() -> None:
    found = frame(Place("f", 1, 3, 500, "abcdef", ((300, 20),)), 40)
    assert found
    assert found.line == "    1 | abcdef"


@pytest.mark.parametrize("narrow", [-5, 0, 1, 39])
def test_no_terminal_is_too_narrow(narrow: int) -> None:
    line = "word " * 100
    assert frame(Place("f", 1, 200, 4, line), narrow) == frame(Place("f", 1, 200, 4, line), NARROWEST)


def test_a_cut_parts_no_letter_from_its_accent() -> None:
    for width in range(40, 60):
        inside, below = shown("e\u0301" * 200 + "x" + "e\u0301" * 200, "x", width)
        assert inside.removeprefix("…")[0] == "e"
        assert inside.removesuffix("…")[-1] == "\u0301"
        assert len(below) - 1 == columns(inside[: inside.index("x")])


@given(LINES, st.integers(1, 60), st.integers(0, 60), st.integers(0, 120))
def test_whatever_a_line_holds_its_frame_fits_and_marks_something(
    line: str, column: int, length: int, width: int
) -> None:
    found = frame(Place("f", 1, column, length, line), width)
    if found is None:
        assert not line
        return
    room = max(width, NARROWEST)
    assert columns(found.line) <= room
    assert len(found.below + found.underline) <= room + 1  # one beyond the line's end
    assert bool(found.underline) is (length > 0)
    assert set(found.underline) <= {"^"}
    for char in found.line:
        assert unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")


@given(st.text(st.sampled_from("ab 中\u0301👍\t\x1b")), st.text("ab中", min_size=1), st.integers(40, 100))
def test_the_underline_begins_and_ends_where_the_words_do(before: str, words: str, width: int) -> None:
    line = f"{before}<{words}>" + "x" * 200
    at = len(before) + 2
    found = frame(Place("f", 7, at, len(words), line), width)
    assert found
    start = columns(found.line[: found.line.rindex("<") + 1])
    assert len(found.below) == start
    assert len(found.underline) == min(columns(words), columns(found.line.removesuffix("…")) - start)
