"""The ids of a briefing are read in their order, whatever else is wrong with its files."""

from typing import Any

import pytest
from samples import inputs_of, sample_inputs, small

from builder.editors.choices import Choice, choices
from builder.written import Texts


def texts(**changed: str | bytes | None) -> Texts:
    return inputs_of(small(**changed)).briefings[0]


def test_ids_are_read_in_their_order_with_what_they_stand_for() -> None:
    found = choices(sample_inputs().briefings[0])
    assert [one.id for one in found.topics][:3] == ["talks", "relations", "taiwan"]
    assert found.sources[0] == Choice(
        "mercopress", "A · MercoPress · US-China ties: Blinken, Qin try to keep dialogue channels open"
    )
    assert Choice("miller", "Matthew Miller · State Department spokesman · United States") in found.origins
    assert Choice("qin-talks", "Blinken and Qin Gang talk in Beijing · 2023-06-18") in found.events


@pytest.mark.parametrize(
    ("changes", "lost"),
    [
        ({"front": "---\ntitle: [x\n---\n"}, {"topics"}),
        ({"front": "no front matter"}, {"topics"}),
        ({"front": None}, {"topics"}),
        ({"sources": b"\xff"}, {"sources", "origins"}),
        ({"sources": "- a"}, {"sources", "origins"}),
        ({"sources": "sources: [a]\norigins: {agency: {}}"}, {"sources"}),
        ({"timeline": "meeting: {title: T"}, {"events"}),
        ({"claims": "a: ["}, set()),
    ],
)
def test_what_cannot_be_read_has_no_ids_and_the_rest_has(changes: dict[str, Any], lost: set[str]) -> None:
    found = choices(texts(**changes))
    assert {kind for kind in ("sources", "origins", "topics", "events") if not getattr(found, kind)} == lost


def test_an_entry_at_fault_has_an_id_all_the_same() -> None:
    found = choices(texts(sources="unknown: x\nsources: {a: {siglum: [B, C], outlet: {}}, b: words, c: [], d: {}}"))
    assert found.sources == (Choice("a", "B"), Choice("b", "words"), Choice("c", ""), Choice("d", ""))


def test_what_is_no_id_is_no_choice() -> None:
    long = "a" * 65
    found = choices(texts(timeline=f"A: {{}}\na b: {{}}\n../x: {{}}\n{long}: {{}}\nok: {{}}\n"))
    assert [one.id for one in found.events] == ["ok"]


def test_what_an_id_stands_for_is_one_printable_line() -> None:
    hostile = 'a: {title: "one\\ntwo\\e[31m \\u202e", date: 2024}\nb: {title: ' + "x" * 500 + "}\n"
    first, second = choices(texts(timeline=hostile.replace("\\e[31m ", ""))).events
    assert first.note == "one two\\u202e · 2024"
    assert len(second.note) == 200
    assert second.note.endswith("…")
