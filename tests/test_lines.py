"""Lines are broken by measure: none is too long, and no word is lost before the ellipsis."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_faces import SERIF

from builder.drawing.faces import Face, Type
from builder.drawing.lines import ELLIPSIS, Column, fitted, is_mirrored, one_line

COLUMN = Column(72, 1128)
SIZES = (76, 60, 48, 37)
WORDS = st.text("abcdefgimnorst ,.-“”WMéßДשהמاب1\u0301", min_size=1, max_size=400)


def lines(text: str, column: Column = COLUMN, height: float = 250) -> list[str]:
    return [line.text for line in fitted(text, SERIF, column, SIZES, 600, 100, height).lines]


def plain(line: str) -> str:
    return line.removeprefix("\u202b").removesuffix("\u202c")


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_no_line_is_longer_than_its_column_and_none_is_below_its_height(text: str) -> None:
    label = fitted(text, SERIF, COLUMN, SIZES, 600, 100, 250)
    assert all(SERIF.width(plain(line.text), label.size, 600) <= COLUMN.width for line in label.lines)
    assert all(100 < line.y <= 100 + 250 for line in label.lines)


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_every_letter_is_there_in_its_order_up_to_the_ellipsis(text: str) -> None:
    whole = SERIF.drawable(text).replace(" ", "")
    told = "".join(map(plain, lines(text))).replace(" ", "")
    kept = told.removesuffix(ELLIPSIS)
    assert whole == kept or whole.startswith(kept)
    assert len(told) > 20 or told == whole


def test_a_short_text_is_large_and_a_long_one_small() -> None:
    sizes = [fitted("A word. " * number, SERIF, COLUMN, SIZES, 600, 100, 250).size for number in (1, 20, 40, 400)]
    assert sizes[0] == 76
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] == 37


def test_two_lines_are_about_as_long() -> None:
    first, second = lines("Blinken met with the Chinese minister in Beijing")
    assert abs(SERIF.width(first, 1, 600) - SERIF.width(second, 1, 600)) < 5


def test_a_word_that_is_longer_than_a_line_is_broken() -> None:
    found = lines("Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen", Column(72, 500))
    assert len(found) > 1
    assert "".join(found).startswith("Donaudampfschiff")


def test_a_letter_keeps_its_mark_where_a_word_is_broken() -> None:
    found = lines("x\u0301" * 300, Column(72, 500))
    assert all(line[0] == "x" for line in found)


def test_what_is_cut_ends_with_a_whole_word() -> None:
    (line,) = one_line("seven hours " * 40, SERIF, COLUMN, 34, 600, 100).lines
    assert line.text.endswith((f"seven{ELLIPSIS}", f"hours{ELLIPSIS}"))


def test_no_mark_that_goes_on_stands_before_the_ellipsis() -> None:
    text = "One, two; three: four – five. Six, seven; eight: nine – ten. " * 4
    ends = [one_line(text, SERIF, Column(0, width), 34, 600, 100).lines[0].text[-2] for width in range(100, 900, 10)]
    assert all(end.isalpha() for end in ends)


class Square(Face):
    """A font in which every sign is as wide as it is high."""

    def has(self, char: str) -> bool:
        return char != ""

    def width(self, char: str, weight: int) -> float:
        return len(char) * weight / 400


def test_between_wide_signs_a_line_ends_but_not_behind_a_mark_that_opens_or_before_one_that_closes() -> None:
    text = "双方「会谈」很久。" * 6
    found = [fitted(text, Type((Square(b""),)), Column(0, width), (10,), 400, 0, 900) for width in range(60, 200, 10)]
    for label in found:
        assert len(label.lines) > 1
        assert "".join(line.text for line in label.lines) == text
        assert not any(line.text[0] in "」。" or line.text[-1] == "「" for line in label.lines)


def test_nothing_comes_of_what_no_font_has() -> None:
    assert lines("会谈") == []
    assert one_line("会谈", SERIF, COLUMN, 34, 600, 100).lines == ()


@pytest.mark.parametrize(
    ("text", "mirrored"),
    [("The talks", False), ("“2023: اجتمع", True), ("נפגשו in Geneva", True), ("2023", False), ("", False)],
)
def test_the_first_letter_tells_the_direction(text: str, mirrored: bool) -> None:
    assert is_mirrored(text) is mirrored


def test_a_line_of_the_other_direction_is_embedded() -> None:
    (line,) = one_line("اجتمع الوزيران (Geneva) 2023.", SERIF, Column(72, 1128, True), 34, 600, 100).lines
    assert line.text == "\u202bاجتمع الوزيران (Geneva) 2023.\u202c"
    assert line.x == 1128
    assert lines("The talks") == ["The talks"]


def test_a_line_has_the_direction_of_its_text_whatever_it_starts_with() -> None:
    found = lines("اجتمع الوزيران Reuters reported " * 3, Column(72, 500, True))
    assert any(plain(line).startswith(("Reuters", "reported")) for line in found)
    assert all(line == f"\u202b{plain(line)}\u202c" for line in found)
