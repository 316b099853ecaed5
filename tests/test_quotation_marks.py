"""What stands inside quotation marks: by hand in tests/truth/quoted, in any text at all, and however long."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from samples import article_of

from builder.extracting.quotemarks import MAX_DEPTH, Quoted, quoted_in, quoted_of
from builder.text import Span, paragraphs

TRUTH = Path(__file__).parent / "truth"
TABLE = TRUTH / "quoted.md"


def inside(text: str) -> list[str]:
    return [passage.span.of(text) for passage in quoted_in(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He said “so it is” and left.", ["so it is"]),
        ('He said "so it is" and "left".', ["so it is", "left"]),
        ("He said 'so it isn't' and left.", ["so it isn't"]),
        ("It’s the dogs’ day, isn't it?", []),
        ("In the ’90s, ’tis said. And in the '60s, or in '68, the workers' own.", []),
        ("“He said ‘no’ to me,” she said.", ["He said ‘no’ to me,", "no"]),
        ("Er sagte „so ist es“ und ging.", ["so ist es"]),
        ("Er sagte »so ist es« und ging.", ["so ist es"]),
        ("Il dit « c’est ça » et part.", ["c’est ça"]),
        ("Il dit «c’est «ça» enfin» et part.", ["c’est «ça» enfin", "ça"]),
        ("D’accord, dit-il, l’« essai » n’est qu’« un essai ».", ["essai", "un essai"]),
        ("他说“是的”。", ["是的"]),
        ('他说"是的"。', ["是的"]),
        ("彼は「はい『そう』です」と言った。", ["はい『そう』です", "そう"]),
        ("”så är det” sa han", ["så är det"]),
        ("»sådan er det» sagde han", ["sådan er det"]),
        ("„tak jest”, powiedział", ["tak jest"]),
        ("“The end”", ["The end"]),
        ("(“one”) and—“two”—and “three”/“four”", ["one", "two", "three", "four"]),
        ("“one” “two”“three”", ["one", "two", "three"]),
        ('5\'10" tall, a 12" pipe, 54° 12\' 30" north', []),
        ('"He is 5\'10" tall," she said.', ["He is 5'10\" tall,"]),
        ("‘The workers’ demands are just,’ he said.", ["The workers’ demands are just,"]),
        ("He said ‘yes’ to the workers’ demands.", ["yes"]),
        ("rock 'n' roll and rock ’n’ roll", []),
        ('the prime minister said “”, then "" and « » and “…”', []),
        ('צה"ל', []),
        ("“", []),
        ('"', []),
        ("", []),
    ],
)
def test_what_stands_inside_quotation_marks_is_found(text: str, found: list[str]) -> None:
    assert inside(text) == found


def test_marks_within_marks_are_told_by_their_depth() -> None:
    text = "«uno “dos ‘tres’ dos” uno» «uno»"
    assert [(passage.depth, passage.span.of(text)) for passage in quoted_in(text, Span(0, len(text)))] == [
        (0, "uno “dos ‘tres’ dos” uno"),
        (1, "dos ‘tres’ dos"),
        (2, "tres"),
        (0, "uno"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He: “It never ends.\n\nShe left.", [("It never ends.", False)]),
        (
            "He: “It never ends, he said. “But it does,” she said.",
            [("It never ends, he said.", False), ("But it does,", True)],
        ),
        ("“He said «never” and left.", [("He said «never", True), ("never", False)]),
        ("He said ‘it never ends.", []),
        ("it never begins” he said", []),
    ],
)
def test_marks_that_are_never_closed_hold_a_passage_that_is_not(text: str, found: list[tuple[str, bool]]) -> None:
    article = article_of(text)
    assert [(passage.span.of(text), passage.closed) for passage in article.every_quoted] == found


def test_a_quotation_may_open_each_paragraph_anew_and_close_only_the_last() -> None:
    text = "“One.\n\n“Two.\n\n“Three,” he said.\n\n“Four.\n\nFive.\n\n“Six"
    passages = quoted_of(text, paragraphs(text))
    assert [(one.span.of(text), one.closed, one.continues) for one in passages] == [
        ("One.", False, True),
        ("Two.", False, True),
        ("Three,", True, False),
        ("Four.", False, False),
        ("Six", False, False),
    ]


def test_the_outermost_are_the_articles_own() -> None:
    article = article_of("“He said ‘no’ to me,” she said. “No.”")
    assert [passage.span.of(article.text) for passage in article.quoted] == ["He said ‘no’ to me,", "No."]


# ---- any text ------------------------------------------------------------------------------------------------------

MARKS = st.text(st.sampled_from(list("abs5 .,\n“”‘’\"'„‚‟«»‹›「」『』é市֐")), max_size=80)


@given(MARKS)
def test_passages_lie_in_their_paragraph_in_order_and_within_each_other_or_apart(text: str) -> None:
    for paragraph in paragraphs(text):
        around: list[Quoted] = []
        at = paragraph.start
        for passage in quoted_in(text, paragraph):
            assert at < passage.span.start < passage.span.end <= paragraph.end
            assert passage.span.of(text).strip() == passage.span.of(text)
            assert any(map(str.isalnum, passage.span.of(text)))
            while around and around[-1].span.end <= passage.span.start:
                around.pop()
            assert all(passage.span in outer.span for outer in around)
            assert passage.depth >= len(around)
            around.append(passage)
            at = passage.span.start


@given(MARKS)
def test_an_article_of_any_marks_has_a_cue_or_none_for_each_passage(text: str) -> None:
    article = article_of(text + " end")
    for passage, cue in zip(article.every_quoted, article.cues, strict=True):
        assert cue is None or (cue.speaker in cue.span and passage.span.start != cue.span.start)


@pytest.mark.parametrize(
    "unit", ["“", '"', " 'a", " ‘b", "“a ", "«", "「", "’n’", "s' ", '5" ', "“a ‘b ", "„a‚b", "»a« «"]
)
def test_thousands_of_marks_cost_no_more_than_their_number(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    assert len(quoted_in(text, Span(0, len(text)))) <= len(text)


def test_passages_within_passages_beyond_all_writing_are_left_out() -> None:
    text = "«" * 20_000 + "a" + "»" * 20_000
    found = quoted_in(text, Span(0, len(text)))
    assert [passage.depth for passage in found] == list(range(MAX_DEPTH))


# ---- by hand -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Judged:
    """One text of tests/truth/quoted, with what was found in it."""

    name: str
    about: str
    expected: int
    missed: list[Any]
    wrong: list[Any]
    arguable: int


@cache
def judged() -> list[Judged]:
    return [judge(path) for path in sorted((TRUTH / "quoted").glob("*.yaml"))]


def judge(path: Path) -> Judged:
    written = path.read_text("utf-8")
    truth = yaml.safe_load(written)
    text: str = truth["text"]
    keys = ("words", "depth", "closed", "continues")
    found = [
        (passage.span.of(text), passage.depth, passage.closed, passage.continues)
        for passage in quoted_of(text, paragraphs(text))
    ]
    default = {"depth": 0, "closed": True, "continues": False}
    certain = [tuple({**default, **one}[key] for key in keys) for one in truth["quoted"] if not one.get("arguable")]
    arguable = [one["words"] for one in truth["quoted"] if one.get("arguable")]
    missed, wrong = list(certain), []
    for one in found:
        if one in missed:
            missed.remove(one)
        elif not any(one[0] in words for words in arguable):
            wrong.append(one)
    ordered = [one for one in found if one in certain]
    if not missed and not wrong and ordered != certain:
        wrong = ordered
    return Judged(path.stem, written.splitlines()[0].removeprefix("# "), len(certain), missed, wrong, len(arguable))


def table(rows: list[Judged]) -> str:
    lines = [
        "# Passages inside quotation marks: what is found",
        "",
        "Each text of `quoted/` was written and judged by hand. A passage counts as found where its words, its depth",
        "and whether it is closed are those of the list, and as wrong where the list does not have it. Arguable ones",
        "count neither way. `UPDATE_CASES=1 make test` renews this table.",
        "",
        "| text | passages | found | missed | wrong | arguable |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for row in rows:
        found = row.expected - len(row.missed)
        figures = (row.expected, found, len(row.missed), len(row.wrong), row.arguable)
        lines.append(f"| {row.about} | {' | '.join(map(str, figures))} |")
    sums = (
        sum(row.expected for row in rows),
        sum(row.expected - len(row.missed) for row in rows),
        sum(len(row.missed) for row in rows),
        sum(len(row.wrong) for row in rows),
        sum(row.arguable for row in rows),
    )
    return "\n".join([*lines, f"| **all** | {' | '.join(map(str, sums))} |", ""])


def test_of_texts_in_many_conventions_every_passage_is_found_and_no_other() -> None:
    assert len(judged()) >= 25
    assert {one.name: (one.missed, one.wrong) for one in judged() if one.missed or one.wrong} == {}


def test_the_table_of_what_is_found_is_that_of_today() -> None:
    if os.environ.get("UPDATE_CASES") == "1":
        TABLE.write_text(table(judged()), "utf-8")
    assert TABLE.read_text("utf-8") == table(judged())
