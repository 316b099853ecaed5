"""A sheet for the classroom: what gives the answers away stands on its key alone."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from itertools import permutations

import pytest
from playwright.sync_api import Browser
from samples import ROOT, analysis_of, sample, small

from builder.analysis import Analysis
from builder.analysis.matrix import Row, Status
from builder.build import ANY_SITE, build_briefing
from builder.pages.folder import Folder
from builder.pages.worksheet import MOST, bare, chosen, worksheet_pages
from builder.render import environment, render
from builder.views import Quote, Segment
from builder.views.worksheet import Worksheet, WorksheetKey

TEMPLATES = environment(ROOT / "templates")
STANCES = ("supports", "qualifies", "contradicts")
HEAD = """met:
  claim: The ministers met on Thursday.
  topic: talks
  evidence:
    one: {stance: STANCE-1, quote: met on Thursday in Geneva, key: Thursday}
    two: {stance: STANCE-2, quote: "talked in Geneva, Thursday", via: agency, note: A note.}
hours:
  claim: The talks lasted two hours.
  topic: talks
  evidence:
    one: {stance: STANCE-3, quote: The talks lasted two hours, key: two hours}
"""


def files(stances: tuple[str, ...] = ("supports", "supports", "supports")) -> Mapping[str, str | bytes | None]:
    text = HEAD
    for number, stance in enumerate(stances, 1):
        differs = ", differs_in: strength" if stance == "qualifies" else ""
        text = text.replace(f"STANCE-{number}", stance + differs)
    return small(claims=text, timeline=None)


def views(analysis: Analysis) -> tuple[Worksheet, WorksheetKey]:
    sheet, key = (page.view for page in worksheet_pages(Folder(ANY_SITE, analysis)))
    assert isinstance(sheet, Worksheet)
    assert isinstance(key, WorksheetKey)
    return sheet, key


def pages(analysis: Analysis) -> tuple[str, str]:
    sheet, key = (render(page, TEMPLATES).data.decode() for page in worksheet_pages(Folder(ANY_SITE, analysis)))
    return sheet, key


@cache
def sample_pages() -> tuple[str, str]:
    return pages(sample())


def exercises(sheet: str) -> list[str]:
    return re.findall(r'<section class="exercise".*?</section>', sheet, re.DOTALL)


# ---- nothing is given away ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("stances", [*permutations(STANCES), ("contradicts",) * 3, ("qualifies",) * 3])
def test_the_sheet_is_the_same_whatever_the_stances(stances: tuple[str, ...]) -> None:
    sheet, key = pages(analysis_of(files(stances)))
    usual, other = pages(analysis_of(files()))
    assert sheet == usual
    assert (key == other) is (stances == ("supports",) * 3)


def test_every_exercise_of_the_sample_offers_the_same_four_answers_and_no_mark() -> None:
    sheet, _ = sample_pages()
    assert len(exercises(sheet)) == MOST
    for exercise in exercises(sheet):
        assert "<mark" not in exercise
        assert "<svg" not in exercise
        assert "href=" not in exercise.replace('cite="', "")
        classes = {name for names in re.findall(r'class="([^"]*)"', exercise) for name in names.split()}
        assert classes <= {"exercise", "passage", "sig", "hidden", "reason", "gap", "translation"}
        fields = re.findall(r"<fieldset>.*?</fieldset>", exercise, re.DOTALL)
        answers = {tuple(re.findall(r"<label><input [^>]*> ([^<]*)</label>", field)) for field in fields}
        assert answers == {("Supports", "Qualifies", "Contradicts", "Silent")}


def test_key_words_are_words_among_others() -> None:
    segments = (Segment("text", "met "), Segment("key", "on Thursday", "supports"), Segment("text", " in Geneva"))
    gap = Segment("gap", " […] ")
    quote = Quote((*segments, gap, Segment("key", "again")), "#p1", "¶ 1", "paragraph 1", "indirect", False, "en")
    assert bare(quote).segments == (Segment("text", "met on Thursday in Geneva"), gap, Segment("text", "again"))


def test_no_two_choices_have_one_name() -> None:
    sheet, _ = sample_pages()
    names = re.findall(r'<input type="radio" name="([^"]*)"', sheet)
    assert len(names) == 4 * len(set(names)) > 0
    assert all(names[at : at + 4] == [names[at]] * 4 for at in range(0, len(names), 4))


# ---- which claims, which passages --------------------------------------------------------------------------------


def test_claims_of_every_kind_are_chosen_in_the_order_of_the_matrix() -> None:
    rows = chosen(sample().matrix.rows)
    every = [row.claim.id for row in sample().matrix.rows]
    places = [every.index(row.claim.id) for row in rows]
    assert places == sorted(places)
    assert len(rows) == MOST
    kinds = {row.status for row in sample().matrix.rows} - {Status.UNSOURCED}
    assert {row.status for row in rows} == kinds


def test_of_each_kind_those_come_first_on_which_about_three_texts_speak() -> None:
    rows = sample().matrix.rows

    def far(some: Iterable[Row]) -> list[int]:
        return sorted(abs(sum(cell.speaks for cell in row.cells) - 3) for row in some)

    for status in Status:
        taken = far(row for row in chosen(rows) if row.status is status)
        assert taken == far(row for row in rows if row.status is status)[: len(taken)]


def test_a_small_briefing_gives_what_it_has() -> None:
    sheet, _ = views(analysis_of(files()))
    assert [exercise.claim for exercise in sheet.exercises] == [
        "The ministers met on Thursday.",
        "The talks lasted two hours.",
    ]
    empty, _ = pages(analysis_of(small(claims="{}\n", timeline=None)))
    assert "No claims yet." in empty


def test_every_text_that_speaks_has_its_passages_and_one_that_is_silent_has_another() -> None:
    sheet, key = views(sample())
    rows = chosen(sample().matrix.rows)
    for exercise, solved, row in zip(sheet.exercises, key.solved, rows, strict=True):
        speaking = [cell.source.siglum for cell in row.cells if cell.speaks]
        shown = [passage.source.letter for passage in exercise.passages]
        silent = [one for one in solved.solutions if one.cell.stance.key == "silent"]
        assert [letter for letter in shown if letter in speaking] == speaking
        assert len(silent) == len(shown) - len(speaking) <= 1
        assert sorted([*shown, *(source.letter for source in solved.others)]) == list("ABCDE")


def test_the_silent_text_of_an_exercise_is_not_always_the_first_one() -> None:
    _, key = views(sample())
    shown = {
        s.number: one.cell.source.letter for s in key.solved for one in s.solutions if one.cell.stance.key == "silent"
    }
    first = {
        s.number: min([shown[s.number], *(text.letter for text in s.others)]) for s in key.solved if s.number in shown
    }
    assert shown != first


def test_the_key_says_what_a_passage_is_about_when_its_text_is_silent() -> None:
    _, key = views(analysis_of(files()))
    first, second = key.solved[1].solutions
    assert (first.cell.stance.key, second.cell.stance.key) == ("supports", "silent")
    assert second.about is not None
    assert second.about.label == "The ministers met on Thursday."
    assert [segment.kind for quote in second.quotes for segment in quote.segments] == ["text"]


def test_a_silent_text_is_shown_with_its_words_on_the_nearest_claim_of_which_none_stands_out() -> None:
    evidence = {
        "They talked for hours.": "two: {stance: supports, quote: about two hours}",
        "They met on Thursday.": "one: {stance: supports, quote: met on Thursday in Geneva, key: Thursday}",
        "It was short.": "one: {stance: supports, quote: It was a short one}",
    }
    claims = "".join(
        f"c{number}:\n  claim: {claim}\n  topic: talks\n  evidence:\n    {said}\n"
        for number, (claim, said) in enumerate(evidence.items())
    )
    _, key = views(analysis_of(small(claims=claims, timeline=None)))
    silent, _ = key.solved[0].solutions
    assert silent.about is not None
    assert silent.about.label == "They met on Thursday."
    assert [segment.kind for quote in silent.quotes for segment in quote.segments] == ["text"]


def test_the_key_has_the_numbers_of_the_sheet_and_the_way_to_the_words() -> None:
    sheet, key = sample_pages()
    number = r"<h3><span>(\d+)</span>"
    assert re.findall(number, sheet) == re.findall(number, key) == [str(one) for one in range(1, MOST + 1)]
    quotations = re.findall(r'<q cite="(sources/[a-z-]+\.html#[a-z0-9-]+)"', key)
    assert len(quotations) >= 2 * MOST
    assert all(f'href="{place}"' in key for place in quotations)


# ---- questions ---------------------------------------------------------------------------------------------------


def test_the_questions_of_the_sheet_are_answered_on_its_key() -> None:
    sheet, key = views(sample())
    assert sheet.questions == tuple(answer.question for answer in key.answers)
    assert all(answer.lines for answer in key.answers)
    told = {answer.question: [line.text for line in answer.lines] for answer in key.answers}
    disputed = [number for number, one in enumerate(key.solved, 1) if one.status.key == "disputed"]
    assert told[sheet.questions[3]][0] == f"In exercises {disputed[0]} and {disputed[1]}."


def test_only_silences_that_there_are_are_counted() -> None:
    _, key = views(analysis_of(files()))
    (only,) = key.answers[2].lines
    assert only.text.startswith("B: ")
    assert re.findall(r"\d+", only.text) == ["1"]


def test_origins_that_texts_share_are_named() -> None:
    both = HEAD.replace("key: Thursday}", "key: Thursday, via: agency}")
    for number in "123":
        both = both.replace(f"STANCE-{number}", "supports")
    _, key = views(analysis_of(small(claims=both, timeline=None)))
    assert [line.text for line in key.answers[0].lines] == ["The Agency: A and B."]
    _, alone = views(analysis_of(files()))
    assert [line.text for line in alone.answers[0].lines] == [
        "No two texts name the same origin. They may have one all the same."
    ]


# ---- the pages ---------------------------------------------------------------------------------------------------


def test_the_sitemap_leaves_the_key_out() -> None:
    site = analysis_of(small())
    built = build_briefing(site, replace(ANY_SITE, url="https://a.example/"), TEMPLATES)
    sitemap = next(file.data.decode() for file in built.files if file.path == "case/sitemap.xml")
    assert "/case/worksheet.html" in sitemap
    assert "worksheet-key" not in sitemap
    assert {"case/worksheet.html", "case/worksheet-key.html"} <= {file.path for file in built.files}


def test_on_paper_nothing_leads_to_the_key_and_boxes_are_there_to_tick(browser: Browser) -> None:
    sheet, _ = sample_pages()
    style = "".join((ROOT / "templates/static/css" / name).read_text() for name in STYLES)
    html = re.sub(r"<meta http-equiv[^>]*>", "", sheet).replace("</head>", f"<style>{style}</style></head>")
    with browser.new_context(viewport={"width": 700, "height": 900}) as context:
        tab = context.new_page()
        tab.set_content(html)
        assert tab.get_by_role("link", name="Key to the worksheet").first.is_visible()
        tab.emulate_media(media="print")
        assert tab.locator("a[href*='worksheet-key']:visible").count() == 0
        assert tab.locator(".pupil").is_visible()
        box = tab.locator(".passage input").first.bounding_box()
        assert box
        assert box["width"] == box["height"] > 10


STYLES = ("tokens.css", "base.css", "components.css", "print.css", "worksheet.css")
