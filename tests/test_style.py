"""The style sheets: every colour and size by its role, and enough contrast between all that meet."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from samples import ROOT

from builder.inputs import read_static
from builder.render import STYLE_SHEETS, static_files

CSS = ROOT / "templates/static/css"
SHEETS = sorted(CSS.glob("*.css"))
TOKENS = (CSS / "tokens.css").read_text()

NAMED = """
aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood
cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray
darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen
darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue
firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew
hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan
lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray
lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue mediumorchid
mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream
mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen
paleturquoise palevioletred papayawhip peachpuff peru pink plum powderblue purple rebeccapurple red rosybrown royalblue
saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue slateblue slategray slategrey snow springgreen
steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke yellow yellowgreen"""
COLOUR = re.compile(
    rf"#[0-9a-f]{{3,8}}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(|(?<![\w-])(?:{'|'.join(NAMED.split())})(?![\w-])",
    re.IGNORECASE,
)
FONT_IN_PIXELS = re.compile(r"\bfont(?:-size)?:[^;/]*?\b[\d.]+px\b")

GROUNDS = ("paper", "sheet", "supports-tint", "qualifies-tint", "contradicts-tint", "contradicts-cell")
INKS = ("ink", "ink-2", "ink-3")
TONES = ("supports", "qualifies", "contradicts")


def declarations(text: str) -> list[str]:
    """What is said of properties: no comments, no selectors, which may name an id such as `#fade`."""
    plain = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.findall(r"[\w-]+:[^;{}]+(?=[;}])", plain)


def colours(theme: str) -> dict[str, str]:
    """The colours of a theme by role."""
    blocks = re.split(r"(?=@media)", TOKENS)
    light, dark, paper = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", block)) for block in blocks[:3])
    return light | {"light": {}, "dark": dark, "paper": paper}[theme]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """As WCAG 2 has it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("sheet", [sheet for sheet in SHEETS if sheet.name != "tokens.css"], ids=lambda path: path.name)
def test_no_sheet_but_the_tokens_holds_a_colour_or_a_size_of_type_in_pixels(sheet: Path) -> None:
    for said in declarations(sheet.read_text()):
        assert not COLOUR.search(said), said
        assert not FONT_IN_PIXELS.search(said), said


def test_what_is_looked_for_would_be_found() -> None:
    text = "/* red */ #fade:hover { color: var(--red); font: 12px/1 a; } a { fill: #abc; b: Red; c: oklch(1 0 0); }"
    said = declarations(text)
    assert [bool(COLOUR.search(one)) for one in said] == [False, False, True, True, True]
    assert [bool(FONT_IN_PIXELS.search(one)) for one in said] == [False, True, False, False, False]


@pytest.mark.parametrize("theme", ["light", "dark", "paper"])
def test_all_that_is_read_can_be_read_on_all_that_it_may_stand_on(theme: str) -> None:
    of = colours(theme)
    for ink, ground in product(INKS, GROUNDS):
        assert contrast(of[ink], of[ground]) >= 4.5, (ink, ground)
    for tone in (*TONES, "silent", "written"):
        assert contrast(of[tone], of["paper"]) >= 4.5, tone
    for tone in TONES:
        assert contrast(of[tone], of["sheet"]) >= 4.5, tone
        assert contrast(of[tone], of[f"{tone}-tint"]) >= 4.5, tone
    assert contrast(of["contradicts"], of["contradicts-cell"]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark", "paper"])
def test_marks_edges_and_focus_can_be_seen_on_every_ground(theme: str) -> None:
    of = colours(theme)
    for mark, ground in product((*TONES, "silent", "written", "edge", "focus"), GROUNDS):
        assert contrast(of[mark], of[ground]) >= 3, (mark, ground)


def test_every_token_is_used_and_every_one_that_is_used_is_there() -> None:
    every = "".join(sheet.read_text() for sheet in SHEETS)
    declared = set(re.findall(r"(--[\w-]+):", every))
    used = set(re.findall(r"var\((--[\w-]+)", every))
    assert used <= declared
    assert set(re.findall(r"(--[\w-]+):", TOKENS)) <= used


def test_dark_has_every_colour_that_light_has() -> None:
    dark = re.split(r"(?=@media)", TOKENS)[1]
    assert set(re.findall(r"--([\w-]+):", dark)) == {"halo", *colours("light")}


def test_the_shared_sheet_is_made_of_sheets_that_are_there() -> None:
    assert {Path(name).name for name in STYLE_SHEETS} <= {sheet.name for sheet in SHEETS}


NOT_EVERYWHERE = {
    r"text-decoration:(?!none\b|underline[;}])": "Safari knows only the line: say -line, -thickness, -color",
    r"@media[^{]*[<>]": "read from Safari 16.4 on",
    r"light-dark\(": "read from Safari 17.5 and Chrome 123 on",
    r"(?<!-webkit-mask:var\(--mark\);)(?<!-webkit-)mask:": "Chrome before 120 wants -webkit-mask before it",
    r"(?<!-webkit-user-select:all;)(?<!-webkit-)user-select:": "Safari wants -webkit-user-select before it",
    r"&": "nested rules are read from Safari 16.5 and Chrome 112 on",
}


@pytest.mark.parametrize("rule", NOT_EVERYWHERE)
def test_sheets_are_written_as_browsers_some_years_old_read_them(rule: str) -> None:
    sheets = [file for file in static_files(read_static(ROOT / "templates/static")) if file.path.endswith(".css")]
    assert len(sheets) > 8
    for file in sheets:
        found = re.search(rf".{{0,40}}(?:{rule}).{{0,40}}", file.data.decode())
        assert not found, f"{file.path}: {found[0]}: {NOT_EVERYWHERE[rule]}"
