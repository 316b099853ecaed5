"""Wordings side by side: the same table in whatever order they come, and in it every wording whole and in order."""

from itertools import pairwise, permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.analysis.apparatus.alignment import MOST_CELLS, MOST_WORDS, Columns, align
from builder.analysis.apparatus.parting import near, words_of
from builder.text import Span

WORDS = ("the", "open", "channels", "of", "communication", "communications", "maintain", "maintaining", "5.5", "中")
WORDING = st.lists(st.sampled_from(WORDS), max_size=9).map(tuple)
WORDINGS = st.lists(WORDING, min_size=2, max_size=12)

BOARD = "the importance of diplomacy and maintaining open channels of communication across the board to reduce the risk"
LEVELS = BOARD.replace("across the board", "at all levels")
AREAS = BOARD.replace("channels of communication", "communication channels").replace("across the board", "in all areas")
RANGE = BOARD.replace("maintaining", "having").replace("board", "whole range of topics").replace("risk", "danger")
FRAGMENT = "maintain open channels of communication to reduce the risk"


def parted(text: str) -> list[str]:
    """The words of a text, with the marks that touch them."""
    return [word.span.of(text) for word in words_of(text, Span(0, len(text)))]


def norms(text: str) -> tuple[str, ...]:
    return tuple(word.norm for word in words_of(text, Span(0, len(text))))


def table(*texts: str) -> list[str]:
    """A line for each text, with a dash where it has no word."""
    wordings = [norms(text) for text in texts]
    columns = align(wordings)
    assert columns is not None
    return [
        " ".join("-" if column[row] is None else wording[column[row] or 0] for column in columns)
        for row, wording in enumerate(wordings)
    ]


# ---- words -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“candid, in-depth” talks.", ["“candid,", "in-", "depth”", "talks."]),
        ("levels—reduce – the risk …", ["levels—", "reduce –", "the", "risk …"]),
        ('he said: "no" (twice)', ["he", "said:", '"no"', "(twice)"]),
        ("U.S.-China ties, 5.5 hours at 10:30", ["U.S.-", "China", "ties,", "5.5", "hours", "at", "10:30"]),
        ("don’t co\u00adoperate", ["don’t", "co\u00adoperate"]),
        ("«très utile», dit-il", ["«très", "utile»,", "dit-", "il"]),
        ("习近平说：“很好”。", ["习", "近", "平", "说：", "“很", "好”。"]),
        ("2023年6月", ["2023", "年", "6", "月"]),
        ("हिन्दी में बात", ["हिन्दी", "में", "बात"]),
        ("قال: «نعم»", ["قال:", "«نعم»"]),
        ("cafe\u0301 au lait", ["cafe\u0301", "au", "lait"]),
        (" … ", ["…"]),
        (" ", []),
    ],
)
def test_a_text_is_parted_into_words_with_the_marks_that_touch_them(text: str, words: list[str]) -> None:
    assert parted(text) == words


@given(st.text(st.one_of(st.sampled_from("aZ5 .,'’“”\"-–—«»()中ー\u0301\u200b\u00ad\n"), st.characters()), max_size=40))
def test_words_hold_all_of_a_text_but_the_white_space(text: str) -> None:
    spans = [word.span for word in words_of(text, Span(0, len(text)))]
    assert "".join("".join(span.of(text) for span in spans).split()) == "".join(text.split())
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(word.norm for word in words_of(text, Span(0, len(text))))


def test_words_of_a_part_of_a_text_stand_where_they_do_in_the_text() -> None:
    text = "He called it “long, frank” talks."
    assert [word.span.of(text) for word in words_of(text, Span(13, 25))] == ["“long,", "frank"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U.S.", "US"),
        ("“The", "the"),
        ("miscalculation,”", "miscalculation"),
        ("China’s", "China's"),
        ("in-depth", "in depth"),
    ],
)
def test_case_marks_and_full_stops_do_not_tell_words_apart(one: str, other: str) -> None:
    assert norms(one) == norms(other)


@pytest.mark.parametrize(("one", "other"), [("5.5", "55"), ("can", "can’t"), ("résumé", "resume")])
def test_letters_and_figures_do(one: str, other: str) -> None:
    assert norms(one) != norms(other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("toward", "towards", True),
        ("maintain", "maintaining", True),
        ("maintain", "maintenance", True),
        ("channels", "challenges", False),
        ("risk", "danger", False),
        ("2018", "2019", False),
        ("the", "they", False),
    ],
)
def test_near_words_are_forms_of_one(one: str, other: str, *, expected: bool) -> None:
    assert near(one, other) is near(other, one) is expected


# ---- the table -------------------------------------------------------------------------------------------------


@given(WORDINGS, st.randoms(use_true_random=False))
def test_the_order_of_the_wordings_changes_only_the_order_of_the_rows(
    wordings: list[tuple[str, ...]], chance: Random
) -> None:
    order = list(range(len(wordings)))
    chance.shuffle(order)
    straight, shuffled = align(wordings), align([wordings[at] for at in order])
    assert straight is not None
    assert shuffled == tuple(tuple(column[at] for at in order) for column in straight)


@pytest.mark.parametrize(
    "wordings",
    [
        (("calm", "frank"), ("frank", "calm")),
        (("calm", "long"), ("long", "frank", "calm")),
        (("calm", "talks", "open"), ("calm", "frank"), ("long", "open"), ("open", "frank", "long")),
    ],
)
def test_where_several_tables_are_worth_the_same_the_words_decide(wordings: tuple[tuple[str, ...], ...]) -> None:
    tables = {
        tuple(tuple(column[order.index(at)] for at in range(len(wordings))) for column in found)
        for order in permutations(range(len(wordings)))
        if (found := align([wordings[at] for at in order]))
    }
    assert len(tables) == 1


def test_wordings_that_share_more_are_set_beside_each_other_first() -> None:
    assert table("and calm talks the bridge", "calm on river bridge", "on talks bridge") == [
        "and calm - talks the bridge",
        "- calm on river - bridge",
        "- - on talks - bridge",
    ]


def test_each_wording_is_set_once_more_against_all_others() -> None:
    assert table("calm and the bridge", "calm the and river", "the talks") == [
        "calm and the - bridge",
        "calm - the and river",
        "- - the - talks",
    ]


@given(WORDINGS)
def test_read_down_the_columns_every_wording_is_whole_and_in_order(wordings: list[tuple[str, ...]]) -> None:
    columns = align(wordings)
    assert columns is not None
    for row, wording in enumerate(wordings):
        assert [column[row] for column in columns if column[row] is not None] == list(range(len(wording)))
    assert all(any(at is not None for at in column) for column in columns)


@given(WORDING, WORDING)
def test_wordings_that_are_the_same_stand_side_by_side(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    columns = align([one, other, one])
    assert columns is not None
    assert all(column[0] == column[2] for column in columns)


def test_the_readings_of_five_articles_are_set_phrase_beside_phrase() -> None:
    assert [row.split("maintain")[-1].split("having")[-1] for row in table(BOARD, LEVELS, AREAS, RANGE, FRAGMENT)] == [
        "ing open - channels of communication across the - - - board to reduce the risk",
        "ing open - channels of communication at all - - - levels to reduce the risk",
        "ing open communication channels - - in all - - - areas to reduce the risk",
        " open - channels of communication across the whole range of topics to reduce the danger",
        " open - channels of communication - - - - - - to reduce the risk",
    ]


def test_repeated_words_keep_their_places() -> None:
    assert table("no, no and no", "no and no") == ["no no and no", "- no and no"]


def test_characters_of_a_script_without_spaces_are_aligned_one_by_one() -> None:
    assert table("中国尊重美国的利益", "中国尊重美国利益") == [
        "中 国 尊 重 美 国 的 利 益",
        "中 国 尊 重 美 国 - 利 益",
    ]


def test_wordings_without_a_common_word_stand_beside_each_other_all_the_same() -> None:
    columns = align([("one", "two"), ("drei", "vier")])
    assert columns == ((0, 0), (1, 1))


@pytest.mark.parametrize(
    ("wordings", "columns"),
    [([(), ()], ()), ([(), ("one",)], ((None, 0),)), ([("one",), ("one",)], ((0, 0),))],
)
def test_empty_and_same_wordings_make_no_trouble(wordings: list[tuple[str, ...]], columns: Columns) -> None:
    assert align(wordings) == columns


def test_what_is_too_long_is_not_aligned() -> None:
    long = tuple(f"w{at}" for at in range(MOST_WORDS))
    assert align([long, (*long, "more")]) is None
    square = tuple(f"w{at}" for at in range(1 + int((MOST_CELLS / 2) ** 0.5)))
    assert align([square, tuple(reversed(square))]) is None
    assert align([long, long]) == tuple((at, at) for at in range(MOST_WORDS))
