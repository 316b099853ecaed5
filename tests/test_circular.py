"""Circular reporting: no origin and no source may rest on itself, by whatever way."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import faults, small

from builder.consistency.circular import NAMED
from builder.diagnostics import Diagnostic

SOURCES = """origins:
{origins}
sources:
  one: {{siglum: A, article: one.txt, body: [The ministers met, a short one.], full_text: yes{one}}}
  two: {{siglum: B, article: two.txt, body: [Two ministers, they said.], full_text: yes{two}}}
"""
CLAIMS = """met:
  claim: The ministers met on Thursday.
  topic: talks
  event: meeting
  evidence:
    one: {{stance: supports, quote: met on Thursday in Geneva{says_one}}}
    two: {{stance: {stance}, quote: "talked in Geneva, Thursday"{says_two}}}
"""


def circular(origins: dict[str, str], stance: str = "supports", **via: str) -> list[Diagnostic]:
    """The circles of a site; `origins` are the keys of each, and `via` what `one`, `says_one` … rest on."""
    written = "\n".join(
        f"  {id_}: {{name: {id_.upper()}{f', {more}' if more else ''}}}" for id_, more in origins.items()
    )
    given = {key: f", via: [{via[key]}]" if key in via else "" for key in ("one", "two", "says_one", "says_two")}
    files = small(sources=SOURCES.format(origins=written, **given), claims=CLAIMS.format(stance=stance, **given))
    return [fault for fault in faults(files) if fault.code == "origin-circular"]


def told(origins: dict[str, str], **more: Any) -> list[str]:
    return [fault.message for fault in circular(origins, **more)]


# ---- origins --------------------------------------------------------------------------------------------------------


def test_every_via_counts_and_not_the_last_alone() -> None:
    found = circular({"a": "via: [b, c]", "b": "via: a", "c": ""})
    assert [fault.message for fault in found] == ["These origins rest on each other: a ← b ← a."]
    assert [(fault.place.line, fault.place.text[fault.place.column - 1]) for fault in found] == [(2, "b")]
    assert [(related.place.line, related.message) for related in found[0].related] == [
        (3, "and this is what `b` rests on")
    ]


@pytest.mark.parametrize(
    ("origins", "circle"),
    [
        ({"a": "via: a"}, "a ← a"),
        ({"a": "via: b", "b": "via: c", "c": "via: b"}, "b ← c ← b"),
        ({"a": "via: b", "b": "via: c", "c": "via: a"}, "a ← b ← c ← a"),
        ({"c": "via: a", "a": "via: [b, c]", "b": "via: [c, a]"}, "c ← a ← c"),
    ],
)
def test_the_whole_circle_is_named_once_from_the_first_origin_in_it(origins: dict[str, str], circle: str) -> None:
    assert told(origins) == [f"These origins rest on each other: {circle}."]


def test_two_circles_are_two_faults() -> None:
    assert len(told({"a": "via: b", "b": "via: a", "c": "via: c"})) == 2


def test_two_ways_to_one_end_are_no_circle() -> None:
    assert told({"a": "via: [b, c, d]", "b": "via: d", "c": "via: d", "d": ""}, says_one="b, d", says_two="c") == []


@pytest.mark.parametrize(
    ("origins", "via", "circle"),
    [
        ({"a": "via: [b, c]", "b": "", "c": "via: b"}, {}, "b ← c ← b"),
        ({"a": "via: b", "b": ""}, {"says_one": "b, a"}, "b ← a ← b"),
        ({"a": "via: b", "b": ""}, {"one": "b, a"}, "b ← a ← b"),
        ({"a": "", "b": ""}, {"says_two": "a, b, a"}, "a ← b ← a"),
    ],
)
def test_a_chain_that_comes_back_is_a_circle(origins: dict[str, str], via: dict[str, str], circle: str) -> None:
    assert told(origins, **via) == [f"This chain comes back to where it was: {circle}."]


def test_ids_that_lead_nowhere_are_passed_over() -> None:
    assert told({"a": "via: [x, b], source: won", "b": "via: [y, a]"}, says_one="z") == [
        "These origins rest on each other: a ← b ← a."
    ]


def ring(length: int, *, closed: bool) -> dict[str, str]:
    ahead = {index: (index + 1) % length for index in range(length)}
    return {f"o{at}": f"via: o{to}" if to or closed else "" for at, to in ahead.items()}


def test_a_long_circle_is_one_fault_of_some_length() -> None:
    (fault,) = circular(ring(1500, closed=True))
    assert fault.message.count("←") == NAMED
    assert "… 1461 more …" in fault.message
    assert len(fault.related) < NAMED


def test_a_long_chain_is_no_circle() -> None:
    assert told(ring(1500, closed=False), says_one="o0") == []


# ---- sources --------------------------------------------------------------------------------------------------------

TEXTS = {"a": "source: one", "b": "source: two"}


def test_sources_that_credit_each_other_for_all_of_their_text_are_a_circle() -> None:
    (fault,) = circular(TEXTS, one="b", two="a")
    assert fault.message == "These sources rest on each other: one ← b ← two ← a ← one."
    assert (fault.place.file, fault.place.line) == ("content/case/sources.yaml", 5)


def test_sources_that_credit_each_other_for_one_claim_are_a_circle() -> None:
    (fault,) = circular(TEXTS, says_one="b", says_two="a")
    assert fault.message == "On `met`, these sources rest on each other: one ← b ← two ← a ← one."
    assert (fault.place.file, fault.place.line) == ("content/case/claims.yaml", 6)
    assert [related.place.line for related in fault.related] == [7]


def test_of_several_ways_from_source_to_source_the_shortest_is_told() -> None:
    origins = {"a": "source: one", "far": "via: b", "b": "source: two", "again": "source: two"}
    assert told(origins, one="far, again", two="a") == [
        "These sources rest on each other: one ← again ← two ← a ← one."
    ]


def test_what_evidence_does_not_name_is_what_the_whole_text_credits() -> None:
    assert told(TEXTS, says_one="b", two="a") == [
        "On `met`, these sources rest on each other: one ← b ← two ← a ← one."
    ]


def test_what_evidence_names_goes_before_what_the_whole_text_credits() -> None:
    assert told({**TEXTS, "c": ""}, says_one="b", two="a", says_two="c") == []


@pytest.mark.parametrize("key", ["one", "says_one"])
def test_a_source_that_cites_itself_is_a_circle(key: str) -> None:
    about = "On `met`, these" if key == "says_one" else "These"
    assert told({"a": "source: one", "b": "via: a"}, **{key: "b"}) == [
        f"{about} sources rest on each other: one ← b ← a ← one."
    ]


def test_one_way_from_source_to_source_is_no_circle() -> None:
    assert told(TEXTS, says_one="b", one="b") == []


def test_what_a_silent_source_is_said_to_rest_on_does_not_count() -> None:
    assert told(TEXTS, stance="silent", says_one="b", says_two="a") == []


@given(st.lists(st.lists(st.integers(0, 5), max_size=3), min_size=6, max_size=6))
def test_origins_are_at_fault_exactly_where_one_can_be_reached_from_itself(via: list[list[int]]) -> None:
    reached = {start: set(ahead) for start, ahead in enumerate(via)}
    for _ in via:
        reached = {start: goals | {g for goal in goals for g in reached[goal]} for start, goals in reached.items()}
    lists = {
        f"o{at}": f"via: [{', '.join(f'o{goal}' for goal in goals)}]" if goals else "" for at, goals in enumerate(via)
    }
    expected = any(start in goals for start, goals in reached.items())
    assert any("rest on each other" in message for message in told(lists)) == expected
