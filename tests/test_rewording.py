"""Two wordings in one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.changes.rewording import LONGEST, Kind, Line, clipped, reworded


def told(line: Line) -> str:
    marks = {Kind.GONE: "[-{}-]", Kind.COME: "{{+{}+}}"}
    return "".join(marks.get(piece.kind, "{}").format(piece.text) for piece in line)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("It took six years.", "It took seven years.", "It took [-six-] {+seven+} years."),
        ("A very nice day", "A nice day", "A [-very-] nice day"),
        ("A nice day", "A very nice day", "A {+very+} nice day"),
        ("one", "another", "[-one-] {+another+}"),
        ("", "new words", "{+new words+}"),
        ("gone words", "", "[-gone words-]"),
        ("the same", "the  \n same", "the same"),
        (
            "The cat and the dog ran",
            "A mouse and a bird fled",
            "[-The cat and the dog ran-] {+A mouse and a bird fled+}",
        ),
        ("老的大桥很长。", "新的大桥很长。", "[-老-] {+新+}的大桥很长。"),
    ],
)
def test_what_is_gone_and_what_has_come_stand_side_by_side(old: str, new: str, expected: str) -> None:
    assert told(reworded(old, new)) == expected


def test_of_a_long_text_only_the_words_around_a_difference_are_shown() -> None:
    words = [f"w{number}" for number in range(200)]
    new = [*words[:100], "new", *words[101:]]
    line = told(reworded(" ".join(words), " ".join(new)))
    assert line == "… w94 w95 w96 w97 w98 w99 [-w100-] {+new+} w101 w102 w103 w104 w105 w106 …"


def test_between_two_differences_the_middle_is_left_out() -> None:
    words = [f"w{number}" for number in range(40)]
    line = told(reworded(" ".join(["a", *words, "b"]), " ".join(["c", *words, "d"])))
    assert line == "[-a-] {+c+} w0 w1 w2 w3 w4 w5 … w34 w35 w36 w37 w38 w39 [-b-] {+d+}"


def test_a_long_run_is_cut_and_shows_that_it_is() -> None:
    assert clipped("x" * LONGEST) == "x" * LONGEST
    assert clipped("x" * (LONGEST + 1)) == "x" * LONGEST + " …"
    assert all(len(piece.text) <= LONGEST + 2 for piece in reworded("a " * 9000, "b " * 9000))


TEXT = st.text(alphabet="ab桥 ", max_size=40)


@given(TEXT, TEXT)
def test_without_what_has_come_the_old_words_are_left_and_the_other_way_round(old: str, new: str) -> None:
    line = reworded(old, new)
    for text, hidden in ((old, Kind.COME), (new, Kind.GONE)):
        if "…" not in told(line):
            left = "".join(piece.text for piece in line if piece.kind is not hidden)
            assert "".join(left.split()) == "".join(text.split())


@given(TEXT)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(piece.kind in (Kind.THEIRS, Kind.OURS) for piece in reworded(text, text))
