"""How claims stand to each other, seen from both sides; what is expected, and what came of it."""

import json
from datetime import timedelta
from typing import Any

import pytest
import yaml
from samples import ROOT, Files, analysis_of, codes, faults, inputs_of, sample, small

from builder.analysis import Analysis, unchanged
from builder.analysis.matrix import Row, Status
from builder.analysis.relations import How, Related, outcomes_of
from builder.build import ANY_SITE, build_briefing, study
from builder.consistency.ties import MOST_NAMED
from builder.diagnostics import Severity
from builder.model import Difference, Stance
from builder.pages import briefing_pages
from builder.pages.folder import Folder
from builder.render import environment
from builder.routes import path_of
from builder.views.claim import ClaimPage

WORDS = "The ministers met on Thursday. They may meet again on Friday."
EXPECTS = {"stance": "qualifies", "differs_in": "expectation", "quote": "may meet again on Friday"}
SUPPORTS = {"stance": "supports", "quote": "The ministers met"}
CONTRADICTS = {"stance": "contradicts", "quote": "The ministers met"}
EARLY, LATE = {"known_through": "2024-05-02"}, {"known_through": "2024-05-03"}
TIMELINE = {
    "thursday": {"title": "Thursday", "date": "2024-05-02"},
    "friday": {"title": "Friday", "date": "2024-05-03"},
}


def site(claims: dict[str, dict[str, Any]], **sources: dict[str, str]) -> Files:
    """Claims, each with what it adds to the least; sources `a`, `b` … with their dates, all of the same words."""
    dated = sources or {"a": {}, "b": {}}
    written = {
        id_: {"siglum": id_.upper(), "article": f"{id_}.txt", "body": ["The", "Friday."], "full_text": "yes", **more}
        for id_, more in dated.items()
    }
    entries = {
        id_: {"claim": f"Claim {id_}.", "topic": "talks", "evidence": {"a": SUPPORTS}, **more}
        for id_, more in claims.items()
    }
    files = small(
        sources=dumped({"sources": written}),
        claims=dumped(entries),
        timeline=dumped(TIMELINE),
        one=None,
        two=None,
    )
    return {**files, **{f"seeds/{id_}.txt": WORDS for id_ in dated}}


def dumped(data: Any) -> str:
    once = json.loads(json.dumps(data))  # what is the same object would become an alias
    return yaml.safe_dump(once, sort_keys=False, default_style='"')


def row(analysis: Analysis, claim: str) -> Row:
    return next(row for row in analysis.matrix.rows if row.claim.id == claim)


# ---- from both sides ----------------------------------------------------------------------------------------------


def test_a_relation_is_seen_from_both_claims() -> None:
    found = analysis_of(site({"x": {"settles": "y", "conflicts_with": "z"}, "y": {"refines": "z"}, "z": {}, "w": {}}))
    assert found.relations == {
        "x": (Related("y", How.SETTLES), Related("z", How.CONFLICTS)),
        "y": (Related("z", How.REFINES), Related("x", How.SETTLED_BY)),
        "z": (Related("x", How.CONFLICTS), Related("y", How.REFINED_BY)),
    }


def test_both_pages_show_it_with_the_stances_of_the_other_claim() -> None:
    analysis = analysis_of(site({"x": {"refines": "y"}, "y": {"evidence": {"b": SUPPORTS}}}))
    views = {path_of(page.route): page.view for page in briefing_pages(ANY_SITE, analysis)}
    for own, other, how in (("x", "y", "Refines"), ("y", "x", "Refined by")):
        view = views[f"case/claims/{own}.html"]
        assert isinstance(view, ClaimPage)
        [related] = view.related
        assert (related.how, related.claim.id, related.claim.href) == (how, other, f"{other}.html")
        stances = [cell.stance.key for cell in related.claim.cells]
        assert stances == (["silent", "supports"] if other == "y" else ["supports", "silent"])
        assert [(tie.how, tie.claim.href) for tie in view.claim.related] == [(how, f"{other}.html")]


# ---- sense --------------------------------------------------------------------------------------------------------

FRIDAY, THURSDAY = {"event": "friday"}, {"event": "thursday"}


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({"x": {"settles": "x"}}, ["relation-self"]),
        ({"x": {"conflicts_with": "x"}}, ["relation-self"]),
        ({"x": {"settles": "y"}, "y": {}}, []),
        ({"x": {"settles": ["y", "y"]}, "y": {}}, ["relation-duplicate"]),
        ({"x": {"conflicts_with": "y"}, "y": {"conflicts_with": "x"}}, ["relation-duplicate"]),
        ({"x": {"settles": "y", "refines": "y"}, "y": {}}, []),
        ({"x": {"settles": "y"}, "y": {"settles": "x"}}, ["relation-circular"]),
        ({"x": {"refines": "y"}, "y": {"refines": "z"}, "z": {"refines": "x"}}, ["relation-circular"]),
        ({"x": {"refines": "y"}, "y": {"settles": "x"}}, []),
        ({"x": {"refines": ["y", "z"]}, "y": {"refines": "w"}, "z": {"refines": "w"}, "w": {}}, []),
        ({"x": {"conflicts_with": "y"}, "y": {"conflicts_with": "z"}, "z": {"conflicts_with": "x"}}, []),
        ({"x": {"refines": "y", "conflicts_with": "y"}, "y": {}}, ["relation-contrary"]),
        ({"x": {"refines": "y"}, "y": {"conflicts_with": "x"}}, ["relation-contrary"]),
        ({"x": {"settles": "y", "conflicts_with": "y"}, "y": {}}, []),
        ({"x": {"settles": "y", **THURSDAY}, "y": FRIDAY}, ["relation-order"]),
        ({"x": {"settles": "y", **FRIDAY}, "y": THURSDAY}, []),
        ({"x": {"settles": "y", **FRIDAY}, "y": FRIDAY}, []),
        ({"x": {"settles": "y", **THURSDAY}, "y": {}}, []),
        ({"x": {"settles": "y"}, "y": FRIDAY}, []),
        ({"x": {"refines": "y", **THURSDAY}, "y": FRIDAY}, []),
        ({"x": {"settles": "nobody"}}, ["claim-unknown"]),
    ],
)
def test_relations_are_checked_for_sense(claims: dict[str, dict[str, Any]], expected: list[str]) -> None:
    assert [
        code for code in codes(site(claims)) if code not in ("claim-alike", "source-unused", "event-unused")
    ] == expected


@pytest.mark.parametrize("date", ["2024-05-02~", "2024-05-02?", "[2024-05-02..]", "2024-05-02/2024-05-03", "2024"])
def test_nothing_is_said_of_the_order_of_dates_that_do_not_tell(date: str) -> None:
    events = {"thursday": {"title": "T", "date": date}, "friday": TIMELINE["friday"]}
    files = {**site({"x": {"settles": "y", **THURSDAY}, "y": FRIDAY}), "content/case/timeline.yaml": dumped(events)}
    assert "relation-order" not in codes(files)


def test_a_long_circle_is_told_in_short_and_once() -> None:
    claims = {f"c{number}": {"refines": f"c{(number + 1) % 400}"} for number in range(400)}
    [fault] = [fault for fault in faults(site(claims)) if fault.code == "relation-circular"]
    assert (
        fault.message
        == "A circle: `c0` refines `c1` refines `c2` refines … refines `c398` refines `c399` refines `c0`."
    )
    assert fault.message.count("`") == 2 * MOST_NAMED
    assert fault.place.text.strip().endswith('"c0"')


def test_each_of_two_circles_is_told() -> None:
    claims = {"x": {"settles": "y"}, "y": {"settles": "x"}, "z": {"settles": "w"}, "w": {"settles": "z"}}
    assert [fault.code for fault in faults(site(claims)) if "circle" in fault.message] == ["relation-circular"] * 2


# ---- what is settled ----------------------------------------------------------------------------------------------


def settled(**evidence: dict[str, Any]) -> Analysis:
    """`x`, about Friday, settles `y`; `a` ends on Thursday, `b` on Friday, and nobody knows when `c` was written."""
    claims: dict[str, dict[str, Any]] = {
        "x": {"settles": "y", "event": "friday", "evidence": {"b": SUPPORTS}},
        "y": {"event": "thursday", "evidence": evidence},
    }
    return analysis_of(site(claims, a=EARLY, b=LATE, c={}))


def test_what_a_text_from_before_the_outcome_says_against_it_is_an_expectation() -> None:
    found = row(settled(a=CONTRADICTS, b=SUPPORTS), "y")
    cell = found.cells[0]
    assert (cell.stance, cell.foresees, cell.states) == (Stance.QUALIFIES, True, False)
    assert cell.evidence is not None
    assert cell.evidence.differs_in is Difference.EXPECTATION
    assert found.status is Status.SINGLE_SOURCE


@pytest.mark.parametrize("source", ["b", "c"])
def test_a_text_that_could_know_the_outcome_contradicts_as_ever(source: str) -> None:
    found = row(settled(**{"a": SUPPORTS, source: CONTRADICTS}), "y")
    assert found.status is Status.DISPUTED
    assert [cell.foresees for cell in found.cells] == [True, False, False]


def test_without_an_event_nothing_tells_what_was_before_the_outcome() -> None:
    claims: dict[str, dict[str, Any]] = {
        "x": {"settles": "y", "evidence": {"b": SUPPORTS}},
        "y": {"evidence": {"a": CONTRADICTS, "b": SUPPORTS}},
    }
    assert row(analysis_of(site(claims, a=EARLY, b=LATE)), "y").status is Status.DISPUTED


def test_a_text_that_knows_one_of_two_outcomes_foresees_nothing() -> None:
    claims: dict[str, dict[str, Any]] = {
        "x": {"settles": "y", "event": "friday", "evidence": {"b": SUPPORTS}},
        "w": {"settles": "y", "event": "thursday", "evidence": {"b": SUPPORTS}},
        "y": {"evidence": {"a": CONTRADICTS}},
    }
    assert row(analysis_of(site(claims, a=EARLY, b=LATE)), "y").status is Status.DISPUTED


def test_values_that_were_only_foreseen_do_not_exclude_what_was_found() -> None:
    def measured(**more: dict[str, str]) -> Status:
        evidence = {"a": {**SUPPORTS, "value": "2"}, "b": {**SUPPORTS, "value": "9"}}
        claims: dict[str, dict[str, Any]] = {
            "x": {"settles": "y", "event": "friday", "evidence": {"b": SUPPORTS}},
            "y": {"unit": "hours", "evidence": evidence},
        }
        return row(analysis_of(site(claims, **more)), "y").status

    assert measured(a=LATE, b=LATE) is Status.DISPUTED
    assert measured(a=EARLY, b=LATE) is Status.REPEATED


# ---- expectations -------------------------------------------------------------------------------------------------


def outcomes(analysis: Analysis, claim: str) -> list[tuple[str, str, str]]:
    """By claim that tells the outcome: the sigla of those that expect it, and of those that report it."""
    rows = {row.claim.id: row for row in analysis.matrix.rows}
    found = outcomes_of(rows[claim], rows, analysis.relations.get(claim, ()), timedelta())
    return [(o.claim, "".join(s.siglum for s in o.expecting), "".join(s.siglum for s in o.reporting)) for o in found]


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ({"a": EXPECTS, "b": SUPPORTS}, [("x", "A", "B")]),
        ({"a": EXPECTS, "b": SUPPORTS, "c": SUPPORTS}, [("x", "A", "BC")]),
        ({"b": EXPECTS, "a": SUPPORTS}, []),  # A knows no more than B does
        ({"c": EXPECTS, "a": SUPPORTS}, [("x", "C", "A")]),
        ({"a": EXPECTS}, []),
        ({"a": SUPPORTS, "b": SUPPORTS}, []),
        ({"a": EXPECTS, "c": EXPECTS, "b": CONTRADICTS}, [("x", "AC", "B")]),
        ({"a": EXPECTS, "d": SUPPORTS}, []),  # D reaches no further than A
    ],
)
def test_what_is_expected_is_linked_to_a_later_text_that_reports_it(
    evidence: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    assert outcomes(analysis_of(site({"x": {"evidence": evidence}}, a=EARLY, b=LATE, c={}, d=EARLY)), "x") == expected


def test_what_is_settled_is_linked_to_those_that_report_the_outcome() -> None:
    assert outcomes(settled(a=SUPPORTS, b=SUPPORTS), "y") == [("x", "A", "B")]
    assert outcomes(settled(a=EXPECTS), "y") == [("x", "A", "B")]
    assert outcomes(settled(b=SUPPORTS), "y") == []


def test_the_page_of_a_settled_claim_says_who_expected_it_and_who_reports_it() -> None:
    analysis = settled(a=CONTRADICTS, b=SUPPORTS)
    files = {
        file.path: file.data.decode()
        for file in build_briefing(analysis, ANY_SITE, environment(ROOT / "templates")).files
    }
    page = files["case/claims/y.html"]
    assert 'which knows of 3 May 2024: <a href="x.html">Claim x.</a>' in page
    assert '<a class="sig" href="#a"' in page
    assert '<a class="sig" href="x.html#b"' in page
    assert ">as an expectation<" in page
    assert 'class="contradicts"' not in page
    cells = json.loads(files["case/data/briefing.json"])["claims"][1]["evidence"]
    assert [(cell["stance"], cell["differs_in"], cell["foresees"]) for cell in cells] == [
        ("qualifies", "expectation", True),
        ("supports", None, False),
        ("silent", None, False),
    ]
    assert 'Settled by: <a href="claims/x.html">Claim x.</a>' in files["case/matrix.html"]


# ---- a second look ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("evidence", "told"),
    [
        ({"b": SUPPORTS}, True),
        ({"a": SUPPORTS, "b": SUPPORTS}, False),  # A ends before the outcome
        ({"b": EXPECTS}, False),
        ({"c": SUPPORTS}, False),  # nobody knows what C could know
        ({}, False),
    ],
)
def test_a_claim_that_nobody_only_expects_is_hardly_settled(evidence: dict[str, Any], told: bool) -> None:
    claims: dict[str, dict[str, Any]] = {
        "x": {"settles": "y", "event": "friday", "evidence": {"b": SUPPORTS}},
        "y": {"event": "thursday", "evidence": evidence},
    }
    found = [one for one in faults(site(claims, a=EARLY, b=LATE, c={})) if one.code == "relation-unexpected"]
    assert [one.severity for one in found] == [Severity.WARNING] * told


# ---- what is made again -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edited", ["x", "y"])
def test_an_edit_of_a_claim_makes_the_page_of_the_related_one_anew(edited: str) -> None:
    loaded = environment(ROOT / "templates")
    claims: dict[str, dict[str, Any]] = {"x": {"refines": "y"}, "y": {}, "z": {}}
    before = study_of(site(claims))
    claims[edited] = {**claims[edited], "claim": "Something else was said."}
    after = study_of(site(claims), before)
    assert before.analysis is not None
    assert after.analysis is not None
    assert unchanged(before.analysis, after.analysis) == {"z"}
    again = build_briefing(after.analysis, ANY_SITE, loaded, build_briefing(before.analysis, ANY_SITE, loaded))
    anew = build_briefing(analysis_of(site(claims)), ANY_SITE, loaded)
    assert [(file.path, file.data) for file in again.files] == [(file.path, file.data) for file in anew.files]
    other = "y" if edited == "x" else "x"
    page = next(file.data for file in again.files if file.path == f"case/claims/{other}.html")
    assert b"Something else was said." in page


def test_a_relation_that_comes_or_goes_makes_both_pages_anew() -> None:
    without = study_of(site({"z": {}, "y": {}, "x": {}}))
    related = study_of(site({"z": {}, "y": {}, "x": {"refines": "y"}}), without)
    assert unchanged(without.analysis, related.analysis) == {"z"}
    assert unchanged(related.analysis, study_of(site({"z": {}, "y": {}, "x": {}}), related).analysis) == {"z"}


def study_of(files: Files, before: Any = None) -> Any:
    inputs = inputs_of(files)
    return study(inputs.briefings[0], ANY_SITE, inputs.articles, before=before)


# ---- the repository's own briefing --------------------------------------------------------------------------------


def test_in_the_sample_what_was_expected_is_linked_to_what_was_reported() -> None:
    analysis = sample()
    rows = {row.claim.id: row for row in analysis.matrix.rows}
    for row in analysis.matrix.rows:
        expecting = {cell.source.siglum for cell in row.cells if cell.speaks and not cell.states}
        if expecting and any(cell.states for cell in row.cells):
            related = analysis.relations.get(row.claim.id, ())
            found = outcomes_of(row, rows, related, analysis.anchored.briefing.utc_offset)
            assert {source.siglum for source in found[0].expecting} == expecting
            assert "C" in {source.siglum for source in found[0].reporting}


def test_a_difference_is_told_beside_the_expectation() -> None:
    folder = Folder(ANY_SITE, settled(a={**SUPPORTS, "stance": "qualifies", "differs_in": "scope"}, b=SUPPORTS))
    cells = folder.line(folder.rows["y"]).cells
    assert [cell.differs_in for cell in cells] == ["in scope, as an expectation", None, None]
