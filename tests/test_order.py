"""In which order the texts were written: what shows it, what follows, and what cannot be said."""

import json
from itertools import permutations
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from samples import ROOT, Files, analysis_of, codes, faults, sample, small

from builder.analysis import Analysis
from builder.analysis.order import Earlier, Reason, placed
from builder.build import ANY_SITE, build_briefing
from builder.pages.folder import Folder
from builder.pages.timeline import timeline_page
from builder.render import environment
from builder.views.time import TimelinePage

WORDS = "The ministers met on Thursday. They may meet again on Friday. They met again on Friday."
AHEAD = {"looks_ahead": {"event": "friday", "quote": "may meet again on Friday"}}
REPORT, EXPECT = "met again on Friday", "may meet again"
TIMELINE: dict[str, Any] = {
    "thursday": {"title": "They meet", "date": "2024-05-02"},
    "friday": {"title": "They meet again", "date": "2024-05-03"},
}


def site(
    reported: dict[str, str] | None = None, evidence: dict[str, dict[str, str]] | None = None, **sources: dict[str, Any]
) -> Files:
    """Sources `a`, `b` … of the same words; who reports Friday on the timeline, and what they say to a claim on it."""
    written = {
        id_: {"siglum": id_.upper(), "article": f"{id_}.txt", "body": ["The", "again on Friday."], "full_text": "yes"}
        | more
        for id_, more in sources.items()
    }
    timeline = {**TIMELINE, "friday": {**TIMELINE["friday"], "evidence": reported or {}}}
    claim = {"claim": "They met again.", "topic": "talks", "event": "friday", "evidence": evidence or {}}
    files = small(
        sources=dumped({"sources": written}),
        claims=dumped({"again": claim}),
        timeline=dumped(timeline),
        one=None,
        two=None,
    )
    return {**files, **{f"seeds/{id_}.txt": WORDS for id_ in sources}}


def dumped(data: Any) -> str:
    return yaml.safe_dump(json.loads(json.dumps(data)), sort_keys=False, default_style='"')


def told(analysis: Analysis) -> list[tuple[str, str]]:
    return [(f"{one.one}{one.other}", one.reason) for one in analysis.order]


def says(stance: str, quote: str = REPORT) -> dict[str, str]:
    kind, *differs = stance.split()
    return {"stance": kind, "quote": quote, **({"differs_in": differs[0]} if differs else {})}


# ---- dates --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [
        ({}, {}, []),
        ({"published": "2024-05-02"}, {"published": "2024-05-03"}, ["ab"]),
        ({"published": "2024-05-03"}, {"published": "2024-05-02"}, ["ba"]),
        ({"published": "2024-05-02"}, {"published": "2024-05-02"}, []),
        ({"published": "2024-05-02T10:00Z"}, {"published": "2024-05-02T11:00Z"}, ["ab"]),
        ({"published": "2024-05-02T10:00Z"}, {"published": "2024-05-02T10:00Z"}, []),
        ({"published": "2024-05-02T10:00Z"}, {"published": "2024-05-02"}, []),
        ({"published": "2024-05-02"}, {"known_through": "2024-05-03"}, ["ab"]),
        ({"published": "2024-05-03"}, {"known_through": "2024-05-03"}, []),
        ({"published": "2024-05-02"}, {"captured": "2024-05-09"}, []),
        ({"known_through": "2024-05-02"}, {"known_through": "2024-05-09"}, []),  # A may be younger all the same
        ({"known_through": "2024-05-01", "captured": "2024-05-02"}, {"published": "2024-05-03"}, ["ab"]),
        ({"known_through": "2024-05-01", **AHEAD}, {"published": "2024-05-04"}, ["ab"]),
        ({"known_through": "2024-05-01", **AHEAD}, {"published": "2024-05-03"}, []),
        ({"published": "2024-05-02~"}, {"published": "2024-05-03"}, []),
        ({"published": "2024-05-02"}, {"known_through": "2024-05-03?"}, []),
        ({"published": "2024-05"}, {"published": "2024-06"}, ["ab"]),
    ],
)
def test_dates_show_the_order_only_where_they_cannot_be_otherwise(
    one: dict[str, Any], other: dict[str, Any], order: list[str]
) -> None:
    assert told(analysis_of(site(a=one, b=other))) == [(pair, Reason.DATES) for pair in order]


def test_the_words_that_show_a_date_are_those_of_both_texts() -> None:
    one = {"known_through": {"date": "2024-05-01", "quote": "met on Thursday"}, **AHEAD}
    other = {"known_through": {"date": "2024-05-04", "quote": REPORT}}
    [earlier] = analysis_of(site(a=one, b=other)).order
    assert [(passage.source, passage.quoted(WORDS)) for passage in earlier.passages] == [
        ("a", "may meet again on Friday"),
        ("b", REPORT),
    ]


# ---- outlooks -----------------------------------------------------------------------------------------------------


def test_what_lies_ahead_of_one_and_is_reported_by_another_shows_the_order() -> None:
    [earlier] = analysis_of(site({"b": REPORT}, a=AHEAD, b={})).order
    assert (earlier.one, earlier.other, earlier.reason, earlier.event) == ("a", "b", Reason.AHEAD, "friday")
    assert [passage.quoted(WORDS) for passage in earlier.passages] == ["may meet again on Friday", REPORT]


@pytest.mark.parametrize(
    ("reported", "evidence", "a", "b", "order"),
    [
        ({"b": REPORT}, {}, AHEAD, AHEAD, []),  # B itself looks ahead to it
        ({"b": EXPECT}, {}, AHEAD, {"known_through": "2024-05-02"}, []),  # B ends before it
        ({}, {"b": says("supports")}, AHEAD, {"known_through": "2024-05-03"}, [Reason.AHEAD]),
        ({}, {"b": says("supports")}, AHEAD, {}, []),  # nobody knows whether B could know: it may tell of a plan
        ({}, {"b": says("qualifies expectation")}, AHEAD, {"known_through": "2024-05-03"}, []),
        ({"a": REPORT, "b": REPORT}, {}, {}, {}, []),
        ({}, {"a": says("qualifies expectation", EXPECT), "b": says("supports")}, {},
         {"known_through": "2024-05-03"}, [Reason.EXPECTED]),
        ({}, {"a": says("qualifies expectation", EXPECT), "b": says("supports")}, {"known_through": "2024-05-03"},
         {"known_through": "2024-05-03"}, []),  # A could have known
        ({}, {"a": says("qualifies expectation", EXPECT), "b": says("supports")}, {}, {}, []),
        ({"b": REPORT}, {"a": says("qualifies expectation", EXPECT), "b": says("supports")}, AHEAD,
         {"known_through": "2024-05-03"}, [Reason.AHEAD]),  # said once
    ],
)  # fmt: skip
def test_only_what_could_be_known_shows_that_a_text_is_later(
    reported: dict[str, str], evidence: dict[str, Any], a: dict[str, Any], b: dict[str, Any], order: list[Reason]
) -> None:
    assert told(analysis_of(site(reported, evidence, a=a, b=b))) == [("ab", reason) for reason in order]


# ---- what follows -------------------------------------------------------------------------------------------------


def shown(*pairs: str) -> list[Earlier]:
    return [Earlier(pair[0], pair[1], Reason.DATES, None, None, ()) for pair in pairs]


def test_what_follows_is_told_apart_from_what_is_shown() -> None:
    found = placed("abcd", shown("ab", "bc"))
    assert found.before == {"a": set(), "b": {"a"}, "c": {"b"}, "d": set()}
    assert found.following == {"a": set(), "b": set(), "c": {"a"}, "d": set()}
    assert found.unplaced == ("d",)
    assert found.contrary == set()


@pytest.mark.parametrize("pairs", [("ab", "ba"), ("ab", "bc", "ca")])
def test_of_texts_in_both_orders_nothing_is_said(pairs: tuple[str, ...]) -> None:
    found = placed("abcd", shown(*pairs, "ad"))
    assert {id_: ones for id_, ones in found.before.items() if ones} == {"d": {"a"}}
    assert found.following["d"] == set()
    assert found.contrary == {frozenset(pair) for pair in permutations({id_ for pair in pairs for id_ in pair}, 2)}


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=20))
def test_no_text_is_ever_said_to_stand_before_one_that_stands_before_it(pairs: list[tuple[str, str]]) -> None:
    found = placed("abcdef", shown(*(one + other for one, other in pairs if one != other)))
    said = {(one, other) for other in "abcdef" for one in found.before[other] | found.following[other]}
    assert not {(one, other) for one, other in said if (other, one) in said}
    assert not {(one, other) for one, other in said if frozenset((one, other)) in found.contrary}


BOTH: dict[str, dict[str, Any]] = {
    "a": {"published": "2024-05-05", "known_through": "2024-05-04"},
    "b": {"published": "2024-05-06", **AHEAD},
}


def test_texts_in_both_orders_are_told_to_the_curator_and_the_reader() -> None:
    files = site({"a": REPORT}, **BOTH)
    [warning] = [fault for fault in faults(files) if fault.code == "order-contrary"]
    assert warning.message == "The dates and outlooks of A and B show them in more than one order."
    assert [related.message for related in warning.related] == [
        "so A was written before B",
        "so B was written before A",
    ]
    view = timeline_page(Folder(ANY_SITE, analysis_of(files))).view
    assert isinstance(view, TimelinePage)
    assert view.order == ()
    assert [line.later.letter for line in view.contrary] == ["A", "B"]


def test_three_texts_in_a_circle_are_one_warning() -> None:
    files = site({"a": REPORT}, **BOTH, c={"published": "2024-05-05T12:00Z", **AHEAD})
    assert codes(files).count("order-contrary") == 1


# ---- the page -----------------------------------------------------------------------------------------------------


def test_the_page_gives_the_reason_in_words_with_links_to_both_texts() -> None:
    analysis = analysis_of(site({"c": REPORT}, a=AHEAD, b=AHEAD, c={}, d={}))
    files = {file.path: file.data.decode() for file in build_briefing(analysis, ANY_SITE, TEMPLATES).files}
    page = files["case/timeline.html"].split('<h2 id="order">')[1]
    assert 'Still ahead for A and B: <a href="#event-friday">They meet again</a>. C reports it.' in page
    assert page.count("may meet again on Friday</q>") == 2
    assert page.count("met again on Friday</q>") == 1
    assert 'href="sources/c.html#p1"' in page
    assert "D</a> <span>cannot be placed" in page


def test_a_claim_that_was_expected_ends_with_one_full_stop() -> None:
    evidence = {"a": says("qualifies expectation", EXPECT), "b": says("supports")}
    analysis = analysis_of(site(evidence=evidence, a={}, b={"known_through": "2024-05-03"}))
    files = {file.path: file.data.decode() for file in build_briefing(analysis, ANY_SITE, TEMPLATES).files}
    link = '<a href="claims/again.html">They met again</a>'
    assert f"A only expects this: {link}. B states it." in files["case/timeline.html"]


TEMPLATES = environment(ROOT / "templates")


def test_where_nothing_shows_an_order_nothing_is_said_of_it() -> None:
    analysis = analysis_of(site(a={}, b={"known_through": "2024-05-03"}))
    files = {file.path: file.data.decode() for file in build_briefing(analysis, ANY_SITE, TEMPLATES).files}
    assert 'id="order"' not in files["case/timeline.html"]


def test_the_samples_texts_that_await_monday_were_written_before_the_one_that_reports_it() -> None:
    analysis = sample()
    sources = analysis.anchored.briefing.sources
    sigla = {source.id: source.siglum for source in sources}
    found = placed([source.id for source in sources], analysis.order)
    before = {sigla[id_]: {sigla[one] for one in ones} for id_, ones in found.before.items() if ones}
    assert before["C"] == {"A", "D", "E"}
    assert {sigla[id_] for id_ in found.unplaced} <= {"B"}
    for earlier in analysis.order:
        if earlier.reason is Reason.AHEAD:
            assert [passage.source for passage in earlier.passages] == [earlier.one, earlier.other]
