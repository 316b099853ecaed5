"""Widths of letters from font files: those with which the letters are drawn."""

import pytest
from pixels import inked
from resvg_py import svg_to_bytes
from samples import ROOT

from builder.drawing.faces import Face, NoFont, Type, face_of
from builder.painting import painter

PAINTER = painter([ROOT / "templates"])
SERIF, SANS = PAINTER.fonts.serif, PAINTER.fonts.sans
FAMILIES = {"serif": "'Source Serif 4'", "sans": "'Source Sans 3'"}


def drawn(text: str, family: str, weight: int) -> int:
    """How wide the ink of a line is, in pixels, at a size of 20."""
    words = f'<text x="30" y="40" font-family="{family}" font-weight="{weight}" font-size="20">{text}</text>'
    paper = '<rect width="300" height="60" fill="#fff"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 60">{paper}{words}</svg>'
    left, _, right, _ = inked(svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=list(PAINTER.files)))
    return right - left


@pytest.mark.parametrize(
    ("text", "letters", "family"),
    [
        ("Hours and minutes", SERIF, "serif"),
        ("Hours and minutes", SANS, "sans"),
        ("Министры встретились", SERIF, "serif"),
        ("اجتمع الوزيران", SANS, "sans"),
    ],
)
@pytest.mark.parametrize("weight", [400, 600])
def test_a_line_is_as_wide_as_it_was_measured(text: str, letters: Type, family: str, weight: int) -> None:
    measured = letters.width(text, 20, weight)
    assert measured * 0.8 - 3 < drawn(text, FAMILIES[family], weight) < measured + 3


def test_a_heavier_letter_is_wider() -> None:
    regular, bold = (SERIF.width("minister", 100, weight) for weight in (400, 600))
    assert regular < bold < regular * 1.2


def test_what_no_font_has_leaves_a_text_out_and_never_half_of_it() -> None:
    assert SERIF.drawable("The 会谈 lasted") == ""
    assert SERIF.drawable("ลอนดอน") == ""
    assert SERIF.drawable("התקיימה פגישה") == ""
    assert SERIF.drawable("The talks lasted") == "The talks lasted"


def test_symbols_and_what_steers_the_direction_go() -> None:
    assert SERIF.drawable("Talks 🕊️ in \u202eGeneva\u202c\x1b[0m\n now") == "Talks in Geneva[0m now"
    assert SERIF.drawable("می\u200cخواهم") == "می\u200cخواهم"


def test_letters_with_marks_are_drawn_as_one() -> None:
    assert SERIF.drawable("Cafe\u0301") == "Café"


@pytest.mark.parametrize("data", [b"", b"<svg/>", b"\0\1\0\0", b"\0\1\0\0\0\2" + bytes(60), b"OTTO" + b"\xff" * 40])
def test_what_is_no_font_is_refused(data: bytes) -> None:
    with pytest.raises(NoFont):
        face_of(data)


@pytest.mark.parametrize("share", range(5))
def test_a_font_that_was_cut_off_is_refused_or_measured(share: int) -> None:
    data = PAINTER.fonts.sans.faces[0].data
    try:
        face = face_of(data[: len(data) * share // 5])
    except NoFont:
        return
    assert isinstance(face, Face)
