"""Link previews: what they say, that it fits, and that nothing in it can do harm."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree

import pytest
from pixels import inked, size_of
from resvg_py import svg_to_bytes
from samples import FRONT, ROOT, analysis_of, sample, scalar, small
from test_faces import PAINTER

from builder.analysis.matrix import Status
from builder.build import ANY_SITE
from builder.drawing.cards import Side, claim_card, overview_card
from builder.model import Cards, Stance
from builder.pages.cards import briefing_cards, digest_cards
from builder.pages.labels import stances, statuses
from builder.pages.picture import HEIGHT, WIDTH
from builder.render import card_svg, colours, environment
from builder.words import ENGLISH

TEMPLATES = environment(ROOT / "templates")
SITE = replace(ANY_SITE, title="A Site", tagline="Side by side.", url="https://site.example/", cards=Cards.ALL)
SVG = "{http://www.w3.org/2000/svg}"


def cards_of(files: Mapping[str, str | bytes | None]) -> dict[str, str]:
    """The cards of a briefing as SVG, by path."""
    cards = briefing_cards(SITE, analysis_of(files), PAINTER.fonts)
    return {card.path: card_svg(card.template, card.view, TEMPLATES) for card in cards}


def words_of(svg: str) -> list[str]:
    return [(text.text or "").strip("\u202b\u202c") for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def marks_of(svg: str) -> list[str]:
    """The marks but those of the logo."""
    return [use.attrib["class"] for use in ElementTree.fromstring(svg).iter(f"{SVG}use") if "class" in use.attrib]


def drawn(svg: str) -> bytes:
    """A card, small: it is looked at pixel by pixel."""
    return svg_to_bytes(svg_string=svg, width=100, skip_system_fonts=True, font_files=list(PAINTER.files))


@cache
def small_cards() -> dict[str, str]:
    return cards_of(small())


def test_a_claims_card_says_what_its_page_says_first() -> None:
    words = words_of(small_cards()["case/claims/met.png"])
    assert words[0] == "A briefing"
    assert " ".join(words[1:-4]) == "The ministers met on Thursday."
    assert words[-4:] == ["A  B", "Supports", "A Site", "Repeated"]


def test_each_stance_has_its_mark_its_letters_and_its_word() -> None:
    claims = """met:
  claim: The ministers met on Thursday.
  topic: talks
  evidence:
    one: {stance: contradicts, quote: met on Thursday in Geneva}
"""
    svg = cards_of(small(claims=claims))["case/claims/met.png"]
    assert marks_of(svg)[:2] == ["contradicts", "silent"]
    assert words_of(svg)[-6:] == ["A", "Contradicts", "B", "Silent", "A Site", "Disputed"]


def test_a_briefings_card_has_a_mark_for_each_cell() -> None:
    svg = small_cards()["case/card.png"]
    assert words_of(svg) == [
        "2 May 2024", "A briefing", "Two articles about a meeting.", "A Site", "2 sources, 1 claim"
    ]  # fmt: skip
    assert marks_of(svg)[:-4] == ["supports", "supports"]


def test_a_summary_ends_with_a_sentence_where_there_is_no_room_for_all() -> None:
    short, long = "Two articles tell of a meeting.", "They part on how long it was, on who came, on what was said. "
    summary = FRONT.replace("Two articles about a meeting.", f"{short} {long * 4}")
    words = words_of(cards_of(small(front=summary))["case/card.png"])
    told = " ".join(words[2:-2])
    assert told.startswith(short)
    assert told.endswith(".")
    without_an_end = words_of(cards_of(small(front=summary.replace(". ", ", ")))["case/card.png"])
    assert without_an_end[-3].endswith("…")


def test_the_sample_has_a_card_for_every_claim_and_a_mark_for_every_cell() -> None:
    cards = briefing_cards(SITE, sample(), PAINTER.fonts)
    rows = sample().matrix.rows
    assert [card.path.rpartition("/")[2] for card in cards] == ["card.png", *(f"{row.claim.id}.png" for row in rows)]
    svg = card_svg(cards[0].template, cards[0].view, TEMPLATES)
    assert sorted(marks_of(svg)[:-4]) == sorted(cell.stance.value for row in rows for cell in row.cells)


def test_the_digests_card_says_what_the_marks_mean() -> None:
    (card,) = digest_cards(SITE, PAINTER.fonts)
    svg = card_svg(card.template, card.view, TEMPLATES)
    assert words_of(svg) == ["A Site", "Side by side.", "Supports", "Qualifies", "Contradicts", "Silent"]
    assert card.path == "card.png"


def test_a_site_has_as_many_cards_as_it_wants() -> None:
    analysis = analysis_of(small())
    paths = {
        cards: [card.path for card in briefing_cards(replace(SITE, cards=cards), analysis, PAINTER.fonts)]
        for cards in Cards
    }
    assert paths[Cards.NONE] == []
    assert paths[Cards.BRIEFINGS] == ["case/card.png"]
    assert paths[Cards.ALL] == ["case/card.png", "case/claims/met.png"]
    assert digest_cards(replace(SITE, cards=Cards.NONE), PAINTER.fonts) == []


# ---- whatever stands there ---------------------------------------------------------------------------------------

HOSTILE = [
    "</text></svg><script>alert(1)</script>",
    "<image href='file:///etc/passwd'/> &xxe; ]]>",
    "{{ 7 * 7 }} {% raw %}",
    "Donaudampfschifffahrtsgesellschaft" * 6,
    "W" * 300,
    "word " * 90,
    "a\u0301\u0302\u0303" * 60,
    "\u202eThe talks \u2066were\u2069 moved",
    "اجتمع الوزيران في بكين يوم الأحد 18 يونيو 2023 (Reuters) لمدة سبع ساعات ونصف.",
    "השרים נפגשו ביום ראשון, 18 ביוני 2023.",
    "🕊 Talks 🇨🇭 were moved",
    "会谈持续了七个半小时",
    "The 会谈 lasted",
    "“—…",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_claim_says_it_is_words_that_stay_within_the_margins(text: str) -> None:
    claims = small()["content/case/claims.yaml"]
    front = str(small()["content/case/briefing.md"]).replace("title: A briefing", f"title: {scalar(text[:150])}")
    changed = str(claims).replace("The ministers met on Thursday.", scalar(text[:290]))
    for svg in cards_of(small(claims=changed, front=front)).values():
        elements = {element.tag.removeprefix(SVG) for element in ElementTree.fromstring(svg).iter()}
        assert elements <= {"svg", "style", "rect", "symbol", "circle", "path", "g", "use", "text"}
        left, _, right, bottom = inked(drawn(svg.replace('height="14" fill', 'height="0" fill')))
        assert 5 <= left < right <= 95
        assert bottom <= 50


def test_what_no_font_can_draw_leaves_the_marks() -> None:
    changed = str(small()["content/case/claims.yaml"]).replace("The ministers met on Thursday.", "会谈持续了七个半小时")
    svg = cards_of(small(claims=changed))["case/claims/met.png"]
    assert words_of(svg) == ["A briefing", "A  B", "Supports", "A Site", "Repeated"]


def test_a_card_from_right_to_left_is_mirrored() -> None:
    claim = "اجتمع الوزيران في بكين."
    changed = str(small()["content/case/claims.yaml"]).replace("The ministers met on Thursday.", claim)
    svg = cards_of(small(claims=changed))["case/claims/met.png"]
    texts = {
        (one.text or "").strip("\u202b\u202c"): one.attrib for one in ElementTree.fromstring(svg).iter(f"{SVG}text")
    }
    assert (texts[claim]["x"], texts[claim]["text-anchor"]) == ("1128", "end")
    assert texts["A Site"]["text-anchor"] == "end"
    assert texts["Repeated"]["text-anchor"] == "start"


def strip_of(number: int) -> tuple[list[str], float]:
    """What stands beside the marks of a claim on which so many sources speak, and where the last of it ends."""
    letters = [chr(65 + index % 26) + str(index // 26 or "") for index in range(number)]
    told = [
        Side(stance, tuple(letters[place::4]), f"{len(letters[place::4])} texts")
        for place, stance in enumerate(stances(ENGLISH).values())
    ]
    card = claim_card(PAINTER.fonts, "A briefing", "A claim.", told, statuses(ENGLISH)[Status.DISPUTED], "A Site")
    beside = [sign.beside.lines[0] for sign in card.signs]
    size = card.signs[-1].beside.size
    return [line.text for line in beside], beside[-1].x + PAINTER.fonts.sans.width(beside[-1].text, size, 600)


@pytest.mark.parametrize("number", [4, 14, 20, 40, 100])
def test_where_letters_have_no_room_their_number_stands(number: int) -> None:
    words, end = strip_of(number)
    assert words[0] == (f"{number // 4} texts" if number > 26 else "  ".join("AEIMQUY"[: -(-number // 4)]))
    assert end <= 1128


@pytest.mark.parametrize(("sources", "claims"), [(1, 1), (2, 3), (5, 69), (14, 45), (20, 200)])
def test_a_pattern_of_any_size_stays_within_its_card(sources: int, claims: int) -> None:
    topics = [[[Stance.CONTRADICTS] * sources] * (claims - claims // 3), [[Stance.SILENT] * sources] * (claims // 3)]
    card = overview_card(PAINTER.fonts, "A long title " * 8, "Place", ["Words " * 60], "Facts", "A Site", topics)
    assert len(card.marks) == sources * claims
    assert max(mark.x + mark.size for mark in card.marks) <= 1128.5
    assert card.summary.lines[-1].y < min(mark.y for mark in card.marks)
    assert max(mark.y + mark.size for mark in card.marks) <= 520
    assert min(mark.size for mark in card.marks) > 2


# ---- as pictures -------------------------------------------------------------------------------------------------


def test_cards_are_small_pictures_of_the_size_that_pages_state() -> None:
    every = [*digest_cards(SITE, PAINTER.fonts), *briefing_cards(SITE, sample(), PAINTER.fonts)[:4]]
    for card in every:
        png = PAINTER.paint(card_svg(card.template, card.view, TEMPLATES))
        assert size_of(png) == (WIDTH, HEIGHT)
        assert len(png) < 60_000


def test_colours_are_those_of_light_pages() -> None:
    told = colours(TEMPLATES)
    tokens = (ROOT / "templates/static/css/tokens.css").read_text()
    for name in ("paper", "ink", "ink-2", "rule-2", "supports", "qualifies", "contradicts", "silent"):
        assert f"--{name}: {told[name]};" in tokens.partition("@media")[0]
        assert told[name] in small_cards()["case/claims/met.png"] or name == "rule"


def test_a_very_large_pattern_takes_no_more_room_than_a_small_one() -> None:
    stances = [[list(Stance)[(claim * 7 + source * 3) % 4] for source in range(20)] for claim in range(200)]
    card = overview_card(PAINTER.fonts, "A title", "Place", ["Words " * 60], "Facts", "A Site", [stances])
    assert len(PAINTER.paint(card_svg("card-briefing.svg", card, TEMPLATES))) < 60_000
