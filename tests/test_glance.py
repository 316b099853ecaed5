"""The pattern of a briefing: a mark for every cell, in one picture or in blocks for any screen."""

import re
from itertools import pairwise

import pytest
from samples import CLAIMS, FRONT, analysis_of, sample, small

from builder.analysis import Analysis
from builder.drawing.glance import CARD, SIZES, UNIT, in_blocks, pattern, picture
from builder.model import Stance
from builder.pages.labels import stances
from builder.views.glance import Block, Glance, Pattern
from builder.views.site import BriefingCard, Count
from builder.words import ENGLISH

# ---- one picture ------------------------------------------------------------------------------------------------


def drawn(analysis: Analysis) -> Pattern:
    return pattern(analysis.anchored.briefing, analysis.matrix)


def test_the_pattern_has_a_mark_for_every_cell_in_rows_and_columns() -> None:
    analysis = sample()
    made, briefing = drawn(analysis), analysis.anchored.briefing
    cells = [cell for topic in briefing.topics for row in analysis.matrix.of_topic(topic.id) for cell in row.cells]
    assert [mark.stance for mark in made.marks] == [cell.stance for cell in cells]
    middles = [(mark.x + mark.size / 2, mark.y + mark.size / 2) for mark in made.marks]
    assert len({x for x, _ in middles}) == len(analysis.matrix.rows)
    assert len({y for _, y in middles}) == len(briefing.sources) == 5
    number = len(briefing.sources)
    assert [y for _, y in middles] == [y for _, y in middles[:number]] * len(analysis.matrix.rows)
    assert sorted({x for x, _ in middles}) == [x for x, _ in middles[::number]]


def test_marks_do_not_touch_and_lie_within_the_picture() -> None:
    made = drawn(sample())
    for mark in made.marks:
        assert mark.x >= 0
        assert mark.y >= 0
        assert mark.x + mark.size <= made.width
        assert mark.y + mark.size <= made.height
    columns = sorted({mark.x + mark.size / 2 for mark in made.marks})
    assert min(other - one for one, other in pairwise(columns)) > max(mark.size for mark in made.marks)


def test_stances_differ_in_size_so_that_colour_is_not_needed() -> None:
    sizes = {mark.stance: mark.size for mark in drawn(sample()).marks}
    assert sizes[Stance.CONTRADICTS] > sizes[Stance.QUALIFIES] > sizes[Stance.SUPPORTS]


def test_topics_stand_apart_and_one_without_claims_takes_no_room() -> None:
    claims = "".join(f"c{n}: {{claim: C., topic: {topic}}}\n" for n, topic in enumerate(["talks", "talks", "people"]))
    xs = sorted({mark.x for mark in drawn(analysis_of(small(claims=claims))).marks})
    assert xs[2] - xs[1] > xs[1] - xs[0]
    front = FRONT.replace("{talks:", "{none: Nothing, talks:")
    assert drawn(analysis_of(small(front=front))).width == drawn(analysis_of(small())).width


def test_only_names_that_have_room_are_printed() -> None:
    labels = drawn(analysis_of(small(front=FRONT.replace("The talks,", "{title: The talks, short: Tks},")))).topics
    assert [label.text for label in labels] == ["Tks"]
    assert drawn(analysis_of(small())).topics == ()
    many = "".join(f"c{n}: {{claim: C., topic: talks}}\n" for n in range(3))
    assert [label.text for label in drawn(analysis_of(small(claims=many))).topics] == ["The talks"]


def test_every_source_has_its_letter_beside_its_row() -> None:
    made = drawn(sample())
    assert [label.text for label in made.rows] == [s.siglum for s in sample().anchored.briefing.sources]
    rows = sorted({mark.y + mark.size / 2 for mark in made.marks})
    for label, row in zip(made.rows, rows, strict=True):
        assert row < label.y < row + 6


def test_the_pattern_says_in_words_what_it_shows() -> None:
    assert drawn(analysis_of(small())).description == (
        "Pattern of 1 claim by 2 sources. Cells that support: 2, qualify: 0, contradict: 0, are silent: 0."
    )


def test_a_pattern_without_claims_has_a_size_all_the_same() -> None:
    made = drawn(analysis_of(small(claims="")))
    assert made.marks == ()
    assert made.width > 0
    assert made.height > 0


@pytest.mark.parametrize("number", [0, 1, 40])
def test_the_picture_holds_pattern_and_legend(number: int) -> None:
    claims = "".join(f"c{n}: {{claim: C., topic: talks}}\n" for n in range(number))
    made = drawn(analysis_of(small(claims=claims if number else "")))
    card = BriefingCard(
        title="T", href="", place=None, when="May 2024", summary="S", pattern=made,
        glance=blocks(analysis_of(small())), counts=(Count(2, "2 sources"),),
        matrix_href="", timeline_href="", draft=False,
    )  # fmt: skip
    shown = picture(card, tuple(stances(ENGLISH).values()))
    assert (shown.title, shown.kicker, shown.facts) == ("T", "May 2024", "2 sources")
    assert shown.margin + shown.pattern_width <= shown.width - shown.margin
    assert shown.top + shown.pattern_height < shown.height
    assert [entry.stance for entry in shown.legend] == list(stances(ENGLISH).values())
    for entry in shown.legend:
        assert shown.margin <= entry.x < shown.width - shown.margin
        assert shown.top + shown.pattern_height <= entry.y < shown.height


def test_the_claims_of_a_pattern_are_those_that_were_written() -> None:
    assert len(drawn(analysis_of(small(claims=CLAIMS))).marks) == 2


def test_many_claims_go_on_in_the_next_line_and_none_runs_out_of_it() -> None:
    claims = "".join(f"c{n}: {{claim: C., topic: {'people' if n > 150 else 'talks'}}}\n" for n in range(200))
    made = drawn(analysis_of(small(claims=claims)))
    assert len({mark.y for mark in made.marks}) == 3 * 2
    assert made.width < 1000
    assert all(mark.x + mark.size <= made.width and mark.y + mark.size <= made.height for mark in made.marks)
    assert len({(mark.x, mark.y) for mark in made.marks}) == 400
    assert [label.text for label in made.rows] == ["A", "B"] * 3


# ---- blocks -----------------------------------------------------------------------------------------------------


def blocks(analysis: Analysis, sizes: tuple[tuple[str, int, int], ...] = SIZES) -> Glance:
    matrix = analysis.matrix
    return in_blocks(
        analysis.anchored.briefing, matrix, sizes, {row.claim.id: f"#{row.claim.id}" for row in matrix.rows}
    )


def marks(block: Block) -> dict[tuple[int, int], str]:
    """The marks of a block by column and row, read from its paths; what has none is silent."""
    found = {}
    for one in (one for one in block.glyphs if one.stance != "half"):
        for x, y, length in re.findall(r"M(\d+) (\d+)(?:h(\d+)\.1)?", one.path):
            for column in range(int(x) // UNIT, (int(x) + int(length or 0)) // UNIT + 1):
                assert (column, int(y) // UNIT) not in found
                found[column, int(y) // UNIT] = one.stance
    return found


def test_every_cell_that_speaks_has_its_mark_in_its_place() -> None:
    analysis = sample()
    made = blocks(analysis)
    rows = [row for topic in analysis.anchored.briefing.topics for row in analysis.matrix.of_topic(topic.id)]
    columns = [(stripe.claim, block, stripe.x // UNIT) for block in made.blocks for stripe in block.columns]
    assert [claim for claim, _, _ in columns] == [row.claim.text for row in rows]
    for row, (_, block, column) in zip(rows, columns, strict=True):
        told = [marks(block).get((column, index), "silent") for index in range(len(row.cells))]
        assert told == [cell.stance.value for cell in row.cells]


def test_a_topic_is_a_block_that_leads_to_its_claims() -> None:
    made = blocks(sample())
    assert [block.title for block in made.blocks] == [topic.short for topic in sample().anchored.briefing.topics]
    assert made.blocks[0].href == "#topic-talks"
    assert made.line


def sized(claims: int, topic: str = "talks") -> Analysis:
    return analysis_of(small(claims="".join(f"c{n}: {{claim: C., topic: {topic}}}\n" for n in range(claims))))


@pytest.mark.parametrize("number", [1, 16, 17, 60, 400])
def test_blocks_find_room_on_the_smallest_screen_and_marks_can_be_seen(number: int) -> None:
    made = blocks(sized(number))
    step = {"large": 15, "middle": 11, "small": 8}[made.size]
    assert all(block.width <= 240 for block in made.blocks)
    assert all(block.width * UNIT == block.across * step for block in made.blocks)
    assert step * 0.76 >= 6  # pixels of the mark itself
    assert sum(len(block.columns) for block in made.blocks) == number
    assert [block.title for block in made.blocks] == ["The talks", *[""] * (len(made.blocks) - 1)]


def test_of_more_cells_marks_are_smaller_in_steps() -> None:
    assert [blocks(sized(number)).size for number in (350, 351, 800, 801)] == ["large", "middle", "middle", "small"]
    assert [blocks(sized(number), CARD).size for number in (250, 251, 751)] == ["large", "small", "tiny"]


def test_where_marks_are_small_there_are_no_letters() -> None:
    assert [letter.text for letter in blocks(sized(1)).letters] == ["A", "B"]
    assert blocks(sized(801)).letters == ()


def test_a_picture_without_links_has_no_columns_to_point_at() -> None:
    analysis = sample()
    made = in_blocks(analysis.anchored.briefing, analysis.matrix, CARD, {})
    assert not any(block.columns for block in made.blocks)
    assert made.letters == ()


def test_half_of_each_mark_that_qualifies_is_empty() -> None:
    analysis = sample()
    drawn_half = sum(
        one.path.count("M") for block in blocks(analysis).blocks for one in block.glyphs if one.stance == "half"
    )
    assert drawn_half == sum(cell.stance is Stance.QUALIFIES for row in analysis.matrix.rows for cell in row.cells)


def test_the_ground_has_a_ring_for_every_cell_of_a_block() -> None:
    for block in blocks(sample()).blocks:
        rows = re.findall(r"M5 (\d+)h(\d+)\.1", block.ground)
        assert [int(y) // UNIT for y, _ in rows] == list(range(5))
        assert {(int(length) + UNIT) // UNIT for _, length in rows} == {len(block.columns)}
