"""The picture of how evidence flows: as high as its numbers, and nothing on top of anything else."""

import re
from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from builder.drawing.flows import MOST, Bar, Column, picture
from builder.views.origins import FlowPicture

KEYS = st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5))
PATHS = st.dictionaries(KEYS, st.integers(1, 400), min_size=1, max_size=30)


def others(number: int) -> str:
    return f"{number} others"


def drawn(paths: dict[tuple[int, ...], int], room: int = 20) -> FlowPicture:
    columns = [
        Column(f"Column {index}", 40.0 * index, room, tuple(Bar(f"{index}-{key}", f"Bar {key}") for key in keys))
        for index in range(3)
        if (keys := sorted({path[index] for path in paths}))
    ]
    named = {tuple(f"{index}-{key}" for index, key in enumerate(path)): number for path, number in paths.items()}
    return picture(columns, named, "In words", others)


@given(PATHS)
def test_bars_have_the_numbers_of_their_evidence_and_do_not_overlap(paths: dict[tuple[int, ...], int]) -> None:
    view = drawn(paths)
    for index in range(3):
        expected = Counter[int]()
        for path, number in paths.items():
            expected[path[index]] += number
        bars = [bar for bar in view.bars if bar.x == 40.0 * index]
        assert {bar.label: bar.number for bar in bars} == {f"Bar {key}": number for key, number in expected.items()}
        for one, other in pairwise(bars):
            assert one.y + one.height < other.y
        assert all(bar.y > 0 and bar.y + bar.height <= view.height + 0.2 for bar in bars)


@given(PATHS)
def test_what_is_drawn_is_in_proportion(paths: dict[tuple[int, ...], int]) -> None:
    ratios = {round(bar.height / bar.number, 1) for bar in drawn(paths).bars if bar.height > 20}
    assert not ratios or max(ratios) - min(ratios) <= 0.11


def test_a_ribbon_is_drawn_for_every_two_bars_that_evidence_passes() -> None:
    view = drawn({(0, 0, 0): 2, (0, 1, 0): 1, (0, 0, 1): 1})
    assert Counter(ribbon.x for ribbon in view.ribbons) == {0.0: 2, 40.0: 3}
    assert {ribbon.width for ribbon in view.ribbons} == {40.0}


def test_ribbons_into_one_bar_arrive_one_below_the_other() -> None:
    view = drawn({(0, 0, 0): 3, (1, 0, 0): 5})
    ends = [
        tuple(map(float, re.findall(r"100 ([\d.]+)(?:V([\d.]+))", one.path)[0])) for one in view.ribbons if not one.x
    ]
    (bar,) = [bar for bar in view.bars if bar.x == 40.0]
    assert ends[0][0] == round(bar.y)
    assert ends[0][1] == ends[1][0]
    assert ends[1][1] == round(bar.y + bar.height)


def test_labels_that_are_too_long_are_cut() -> None:
    assert {bar.label for bar in drawn({(0, 0, 0): 1}, room=4).bars} == {"Bar…"}


def test_bars_without_a_label_are_passed_by() -> None:
    columns = [
        Column("", 0.0, 9, (Bar("a", "A"),)),
        Column("", 50.0, 9, (Bar("b", ""),)),
        Column("", 90.0, 9, (Bar("c", "C"),)),
    ]
    view = picture(columns, {("a", "b", "c"): 3}, "", others)
    assert [bar.label for bar in view.bars] == ["A", "C"]
    assert len(view.ribbons) == 2


def test_of_very_many_bars_the_least_become_one() -> None:
    keys = [f"k{index}" for index in range(300)]
    columns = [Column("", 0.0, 99, tuple(Bar(key, key) for key in keys)), Column("", 50.0, 9, (Bar("t", "T"),))]
    view = picture(columns, {(key, "t"): 300 - index for index, key in enumerate(keys)}, "", others)
    bars = [bar for bar in view.bars if bar.x == 0.0]
    assert len(bars) == MOST
    assert bars[-1].label == f"{300 - MOST + 1} others"
    assert sum(bar.number for bar in bars) == sum(range(1, 301))
    assert view.height < 1000


def test_what_names_no_origin_keeps_its_bar_however_many_others_there_are() -> None:
    bars = (*(Bar(f"k{index}", f"k{index}") for index in range(MOST + 5)), Bar("none", "No origin", kind="none"))
    columns = [Column("", 0.0, 99, bars), Column("", 50.0, 9, (Bar("t", "T"),))]
    view = picture(columns, {(bar.key, "t"): 1 if bar.key == "none" else 2 for bar in bars}, "", others)
    assert [(bar.label, bar.number) for bar in view.bars if bar.kind == "none"] == [("No origin", 1)]


def test_the_name_of_a_side_stands_once_over_its_bars() -> None:
    bars = (Bar("a", "A", "North"), Bar("b", "B", "North"), Bar("c", "C", "South"), Bar("d", "D"))
    columns = [Column("", 0.0, 9, bars), Column("", 50.0, 9, (Bar("t", "T"),))]
    view = picture(columns, {(k, "t"): 5 for k in "abcd"}, "", others)
    tops = {bar.label: bar.y for bar in view.bars}
    assert [label.text for label in view.sides] == ["North", "South"]
    north, south = (label.y for label in view.sides)
    assert north < tops["A"] < tops["B"] < south < tops["C"] < tops["D"]
