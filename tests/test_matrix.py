"""Statuses, independence of origins, and why a source is silent: the rules as tables."""

from typing import Any

import pytest
import yaml
from samples import SOURCES, analysis_of, codes, sample, small

from builder.analysis.chains import chain_of
from builder.analysis.matrix import Matrix, Row, Status, could_know
from builder.dates import parse_date, parse_offset
from builder.model import Because, Origin, Stance

STATED = {"supports": "The talks", "qualifies": "The talks", "contradicts": "The talks"}
TALKS = "The talks lasted two hours."

ORIGINS: dict[str, Any] = {
    "party": {"name": "The party"},
    "ministry": {"name": "The ministry", "via": ["party"]},
    "speaker": {"name": "The speaker", "via": ["ministry"]},
    "tv": {"name": "The broadcaster", "via": ["ministry"]},
    "agency": {"name": "The agency"},
    "paper": {"name": "The paper", "via": ["agency"]},
}
IDS = ("a", "b", "c", "d")


def matrix(evidence: dict[str, dict[str, Any]], **more: Any) -> Matrix:
    """The matrix of one claim, with sources a to d that all print the same words."""
    sources = {
        id_: {"siglum": id_.upper(), "article": f"{id_}.txt", "body": ["The", "hours."], "full_text": "yes"}
        for id_ in IDS
    }
    sources["a"].update(more.get("source", {}))
    full = {
        source: {**({"quote": "The talks"} if e["stance"] != "silent" else {}), **e} for source, e in evidence.items()
    }
    claim = {"claim": "A claim.", "topic": "talks", "evidence": full, **more.get("claim", {})}
    files = small(
        sources=dumped({"origins": ORIGINS, "sources": sources}),
        claims=dumped({"claim": claim}),
        timeline=dumped(more.get("timeline", {})),
    )
    return analysis_of({**files, **{f"seeds/{id_}.txt": TALKS for id_ in IDS}}).matrix


def dumped(data: Any) -> str:
    return yaml.safe_dump(data, sort_keys=False, default_style='"')


def row(evidence: dict[str, dict[str, Any]], **more: Any) -> Row:
    return matrix(evidence, **more).rows[0]


def supports(*via: str) -> dict[str, Any]:
    return {"stance": "supports", **({"via": list(via)} if via else {})}


def qualifies(difference: str, *via: str) -> dict[str, Any]:
    return {"stance": "qualifies", "differs_in": difference, **({"via": list(via)} if via else {})}


CONTRADICTS: dict[str, Any] = {"stance": "contradicts"}
SILENT: dict[str, Any] = {"stance": "silent"}


@pytest.mark.parametrize(
    ("evidence", "status"),
    [
        # Nobody states it.
        ({}, Status.UNSOURCED),
        ({"a": SILENT, "b": SILENT}, Status.UNSOURCED),
        ({"a": qualifies("expectation")}, Status.UNSOURCED),
        ({"a": qualifies("expectation"), "b": qualifies("expectation")}, Status.UNSOURCED),
        # One source states it; those that expect it do not count.
        ({"a": supports()}, Status.SINGLE_SOURCE),
        ({"a": supports("agency", "ministry")}, Status.SINGLE_SOURCE),
        ({"a": qualifies("scope")}, Status.SINGLE_SOURCE),
        ({"a": qualifies("wording")}, Status.SINGLE_SOURCE),
        ({"a": supports(), "b": SILENT, "c": qualifies("expectation")}, Status.SINGLE_SOURCE),
        ({"a": supports("agency"), "b": qualifies("expectation", "ministry")}, Status.SINGLE_SOURCE),
        # A contradiction goes before everything.
        ({"a": CONTRADICTS}, Status.DISPUTED),
        ({"a": CONTRADICTS, "b": supports()}, Status.DISPUTED),
        ({"a": supports("agency"), "b": supports("ministry"), "c": CONTRADICTS}, Status.DISPUTED),
        ({"a": CONTRADICTS, "b": qualifies("wording"), "c": supports()}, Status.DISPUTED),
        ({"a": CONTRADICTS, "b": qualifies("expectation")}, Status.DISPUTED),
        # Differences of wording only.
        ({"a": supports(), "b": qualifies("wording")}, Status.WORDING_DIFFERS),
        ({"a": qualifies("wording"), "b": qualifies("wording")}, Status.WORDING_DIFFERS),
        ({"a": supports("agency"), "b": supports("ministry"), "c": qualifies("wording")}, Status.WORDING_DIFFERS),
        ({"a": supports(), "b": qualifies("wording"), "c": qualifies("expectation")}, Status.WORDING_DIFFERS),
        # Any other difference.
        *[({"a": supports(), "b": qualifies(d)}, Status.QUALIFIED) for d in ("scope", "strength", "precision")],
        ({"a": supports(), "b": qualifies("wording"), "c": qualifies("scope")}, Status.QUALIFIED),
        ({"a": supports("agency"), "b": supports("ministry"), "c": qualifies("scope")}, Status.QUALIFIED),
        # Two independent origins.
        ({"a": supports("agency"), "b": supports("ministry")}, Status.CORROBORATED),
        ({"a": supports("agency"), "b": supports(), "c": supports("speaker")}, Status.CORROBORATED),
        ({"a": supports("paper"), "b": supports("tv")}, Status.CORROBORATED),
        ({"a": supports("agency"), "b": supports("tv"), "c": qualifies("expectation")}, Status.CORROBORATED),
        # One origin, or none named.
        ({"a": supports(), "b": supports()}, Status.REPEATED),
        ({"a": supports("agency"), "b": supports()}, Status.REPEATED),
        ({"a": supports("agency"), "b": supports("agency")}, Status.REPEATED),
        ({"a": supports("agency"), "b": supports("paper")}, Status.REPEATED),
        ({"a": supports("speaker"), "b": supports("tv"), "c": supports("party")}, Status.REPEATED),
        ({"a": supports("paper", "ministry"), "b": supports("party")}, Status.REPEATED),
        ({"a": supports("agency"), "b": supports(), "c": qualifies("expectation", "party")}, Status.REPEATED),
    ],
)  # fmt: skip
def test_the_first_rule_that_fits_gives_the_status(evidence: dict[str, dict[str, Any]], status: Status) -> None:
    assert row(evidence).status is status


def test_independent_origins_are_the_ends_of_the_supporting_chains_each_once() -> None:
    found = row(
        {"a": supports("speaker"), "b": supports("paper"), "c": supports("tv"), "d": qualifies("scope", "paper")}
    )
    assert found.independent == ("party", "agency")
    assert [cell.chain for cell in found.cells] == [
        ("speaker", "ministry", "party"),
        ("paper", "agency"),
        ("tv", "ministry", "party"),
        ("paper", "agency"),
    ]


@pytest.mark.parametrize(
    ("via", "chain"),
    [
        ([], ()),
        (["a"], ("a", "b", "c")),
        (["a", "c"], ("a", "c")),
        (["c", "a"], ("c", "a", "b")),
        (["a", "a", "b"], ("a", "b", "c")),
        (["x"], ("x",)),
    ],
)
def test_a_chain_is_followed_from_its_last_origin_to_the_end(via: list[str], chain: tuple[str, ...]) -> None:
    ends = {"a": ("b",), "b": ("c",), "c": (), "x": ("x",)}
    origins = {id_: Origin(id_, id_, None, None, further) for id_, further in ends.items()}
    assert chain_of(via, origins) == chain


def test_every_source_has_a_cell_and_the_unlisted_are_silent() -> None:
    found = row({"b": supports(), "c": {"stance": "silent", "note": "No word."}})
    assert [cell.source.id for cell in found.cells] == list(IDS)
    assert [cell.stance for cell in found.cells] == [Stance.SILENT, Stance.SUPPORTS, Stance.SILENT, Stance.SILENT]
    assert [cell.because for cell in found.cells] == [Because.OMITTED, None, Because.OMITTED, Because.OMITTED]
    assert [cell.evidence is None for cell in found.cells] == [True, False, False, True]
    assert found.cells[1].passages[0].span.start == 0


def test_evidence_stands_in_the_order_of_the_sources_however_it_is_written() -> None:
    found = row({"d": supports(), "a": supports()})
    assert [e.source for e in found.claim.evidence] == ["a", "d"]


def test_a_silent_source_rests_on_no_origin() -> None:
    assert row({"a": {"stance": "silent", "via": ["agency"]}, "b": supports("agency")}).independent == ("agency",)


def test_the_sample_is_found_by_topic_status_and_source() -> None:
    matrix, briefing = sample().matrix, sample().anchored.briefing
    by_topic = [row for topic in briefing.topics for row in matrix.of_topic(topic.id)]
    assert by_topic == list(matrix.rows)
    assert sum(len(matrix.of_status(status)) for status in Status) == len(matrix.rows) == 69
    assert matrix.of_status(Status.UNSOURCED) == ()
    assert [cell.source.id for _, cell in matrix.of_source("mothership")] == ["mothership"] * 69


def test_claims_stand_in_the_order_of_their_topics_then_as_written() -> None:
    claims = "".join(f"c{i}: {{claim: A claim., topic: {topic}}}\n" for i, topic in enumerate(["people", "talks"] * 2))
    assert [r.claim.id for r in analysis_of(small(claims=claims)).matrix.rows] == ["c1", "c3", "c0", "c2"]


# ---- silence ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clock", "value", "event", "offset", "because"),
    [
        ("known_through", "2023-06-18", "2023-06-19", "+00:00", "predates"),
        ("known_through", "2023-06-18", "2023-06-18", "+00:00", "omitted"),
        ("known_through", "2023-06-19", "2023-06-18", "+00:00", "omitted"),
        ("published", "2023-06-18", "2023-06-19", "+00:00", "predates"),
        ("published", "2023-06-19", "2023-06-19", "+00:00", "omitted"),
        # Partial dates: only what surely lies before.
        ("known_through", "2023-06", "2023-07", "+00:00", "predates"),
        ("known_through", "2023-06", "2023-06-30", "+00:00", "omitted"),
        ("known_through", "2023-06-18", "2023-06", "+00:00", "omitted"),
        ("known_through", "2022", "2023", "+00:00", "predates"),
        ("known_through", "2023-21", "2023-06", "+00:00", "predates"),
        # Lasting and open dates count from their beginning, or not at all.
        ("known_through", "2023-06-18", "2023-06-18/2023-06-20", "+00:00", "omitted"),
        ("known_through", "2023-06-18", "2023-06-19/..", "+00:00", "predates"),
        ("known_through", "2023-06-18", "[2023-06-19..]", "+00:00", "predates"),
        ("known_through", "2023-06-18", "[..2023-06-30]", "+00:00", "omitted"),
        ("known_through", "[2023-06-18..]", "2024", "+00:00", "omitted"),
        ("known_through", "[..2023-06-18]", "2023-06-19", "+00:00", "predates"),
        # Times, on the clock of the place.
        ("published", "2023-06-18T15:59Z", "2023-06-19", "+08:00", "predates"),
        ("published", "2023-06-18T16:00Z", "2023-06-19", "+08:00", "predates"),
        ("published", "2023-06-18T16:01Z", "2023-06-19", "+08:00", "omitted"),
        ("published", "2023-06-18T16:01Z", "2023-06-19", "+00:00", "predates"),
        ("published", "2023-06-18T23:30-05:00", "2023-06-19", "+00:00", "omitted"),
        ("known_through", "2023-06-18", "2023-06-18T16:00Z", "+08:00", "predates"),
        ("known_through", "2023-06-18", "2023-06-18T15:59Z", "+08:00", "omitted"),
    ],
)
def test_silence_predates_only_what_surely_came_later(
    clock: str, value: str, event: str, offset: str, because: str
) -> None:
    files = small(sources=SOURCES.replace("siglum: A", f'siglum: A\n    {clock}: "{value}"'))
    briefing = analysis_of(files).anchored.briefing
    happened = type(briefing.events[0])("e", "E", parse_date(event), None, False, (), None, briefing.events[0].place)
    surely = could_know(briefing.sources[0], happened, parse_offset(offset)) is False
    assert surely is (because == "predates")


def test_what_a_text_knows_goes_before_when_it_was_published() -> None:
    more = {"known_through": "2024-05-02", "published": "2024-05-10"}
    timeline = {"e": {"title": "An event", "date": "2024-05-05"}}
    assert row({}, source=more, timeline=timeline, claim={"event": "e"}).cells[0].because is Because.PREDATES


def test_without_dates_or_an_event_silence_is_taken_for_an_omission() -> None:
    assert row({}).cells[0].because is Because.OMITTED
    assert row({}, source={"known_through": "1999"}).cells[0].because is Because.OMITTED


def test_a_curator_may_say_why_a_source_is_silent() -> None:
    told = {"stance": "silent", "because": "predates"}
    assert row({"a": told}).cells[0].because is Because.PREDATES


@pytest.mark.parametrize("word", ["before", "Predates", ""])
def test_other_reasons_are_refused(word: str) -> None:
    claims = f'met: {{claim: They met., topic: talks, evidence: {{one: {{stance: silent, because: "{word}"}}}}}}'
    assert codes(small(claims=claims)) == ["value-unknown"]
