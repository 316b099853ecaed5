"""What pages count of the repository's own briefing, counted once more from its data file alone."""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from functools import cache
from itertools import combinations
from typing import Any

from samples import ROOT, sample

from builder import exports
from builder.build import ANY_SITE
from builder.pages.coverage import coverage_page
from builder.pages.folder import Folder
from builder.pages.numbers import numbers_page
from builder.pages.origins import origins_page
from builder.views.coverage import CoveragePage
from builder.views.numbers import NumbersPage
from builder.views.origins import OriginsPage

Json = dict[str, Any]


@cache
def data() -> Json:
    files = exports.briefing_files(ANY_SITE, sample(), [], exports.claim_texts(sample(), {}, frozenset()))
    loaded: Json = json.loads(next(file.data for file in files if file.path.endswith("briefing.json")))
    return loaded


@cache
def folder() -> Folder:
    return Folder(ANY_SITE, sample())


@cache
def origins() -> OriginsPage:
    view = origins_page(folder()).view
    assert isinstance(view, OriginsPage)
    return view


@cache
def coverage() -> CoveragePage:
    view = coverage_page(folder()).view
    assert isinstance(view, CoveragePage)
    return view


@cache
def numbers() -> NumbersPage:
    view = numbers_page(folder()).view
    assert isinstance(view, NumbersPage)
    return view


def letters() -> dict[str, str]:
    return {source["id"]: source["siglum"] for source in data()["sources"]}


def names() -> dict[str, str]:
    return {origin["id"]: origin["name"] for origin in data()["origins"]}


def speaking(claim: Json) -> list[Json]:
    return [cell for cell in claim["evidence"] if cell["stance"] != "silent"]


def pieces() -> list[tuple[Json, Json]]:
    return [(claim, cell) for claim in data()["claims"] for cell in speaking(claim)]


# ---- origins -----------------------------------------------------------------------------------------------------


def end_of(cell: Json) -> str:
    return names()[cell["via"][-1]] if cell["via"] else "No origin named"


def test_pieces_of_evidence_are_counted_by_where_their_chains_end() -> None:
    counted = Counter((end_of(cell), letters()[cell["source"]]) for _, cell in pieces())
    shown = {
        (row.label, siglum.letter): number
        for row in origins().ends
        for siglum, number in zip(origins().columns, row.numbers, strict=True)
    }
    assert {key: number for key, number in shown.items() if number} == counted
    assert {row.label: row.total for row in origins().ends} == Counter(end_of(cell) for _, cell in pieces())
    named = sum(bool(cell["via"]) for _, cell in pieces())
    ends = len({end_of(cell) for _, cell in pieces() if cell["via"]})
    told = list(map(int, re.findall(r"\d+", origins().intro)))
    assert told == [len(pieces()), named, ends, len(pieces()) - named]


def test_the_same_pieces_are_counted_by_topic() -> None:
    titles = {topic["id"]: topic["title"] for topic in data()["topics"]}
    counted = Counter((titles[claim["topic"]], letters()[cell["source"]]) for claim, cell in pieces())
    shown = {
        (row.label, siglum.letter): number
        for row in origins().topics
        for siglum, number in zip(origins().columns, row.numbers, strict=True)
    }
    assert {key: number for key, number in shown.items() if number} == counted


def test_every_claim_that_a_text_supports_is_listed_with_the_ends_of_those_chains() -> None:
    shown = {line.claim.label: (set(line.ends), [s.letter for s in line.sources])
             for group in origins().independent for line in group.claims}  # fmt: skip
    expected = {}
    for claim in data()["claims"]:
        supporting = [cell for cell in speaking(claim) if cell["stance"] == "supports"]
        if supporting:
            ends = {names()[cell["via"][-1]] for cell in supporting if cell["via"]}
            expected[claim["claim"]] = (ends, [letters()[cell["source"]] for cell in supporting])
            assert {names()[id_] for id_ in claim["independent_origins"]} == ends
    assert shown == expected


# ---- coverage ----------------------------------------------------------------------------------------------------


def pair_of(one: Json, other: Json) -> str:
    stances = {one["stance"], other["stance"]}
    if stances == {"supports", "contradicts"}:
        return "contradicted"
    return "alike" if len(stances) == 1 and stances != {"qualifies"} else "qualified"


def test_every_two_texts_are_compared_on_the_claims_to_which_both_speak() -> None:
    counted: Counter[tuple[frozenset[str], str]] = Counter()
    for claim in data()["claims"]:
        for one, other in combinations(speaking(claim), 2):
            counted[frozenset((letters()[one["source"]], letters()[other["source"]])), pair_of(one, other)] += 1
    pairs = coverage().pairs
    assert pairs is not None
    shown = {
        (frozenset((row.source.letter, column.letter)), kind): getattr(cell, kind)
        for row in pairs.rows
        for column, cell in zip(pairs.columns, row.cells, strict=False)
        for kind in ("alike", "qualified", "contradicted")
    }
    assert {key: number for key, number in shown.items() if number} == counted


def test_silences_and_sides_are_counted_for_every_text() -> None:
    silences, sides = coverage().silences, coverage().sides
    assert silences is not None
    assert sides is not None
    silent = Counter(cell["source"] for claim in data()["claims"] for cell in claim["evidence"] if cell["silence"])
    shown = {row.source.letter: sum(count.number for count in row.counts) for row in silences.rows}
    assert shown == {letters()[source]: number for source, number in silent.items()}
    side_of = {origin["id"]: origin["side"] for origin in data()["origins"]}
    told = Counter(
        (side or "No side named", letters()[cell["source"]])
        for _, cell in pieces()
        for side in {side_of[id_] for id_ in cell["via"] if side_of[id_]} or {None}
    )
    columns = [label for label, _ in sides.columns]
    counts = {(column, row.source.letter): count.number
              for row in sides.rows for column, count in zip(columns, row.counts, strict=True)}  # fmt: skip
    assert {key: number for key, number in counts.items() if number} == told


def test_what_one_text_carries_alone_is_what_no_other_states() -> None:
    alone: dict[str, list[str]] = {}
    for claim in data()["claims"]:
        stating = [c for c in speaking(claim) if c["differs_in"] != "expectation" and not c["foresees"]]
        if len(stating) == 1:
            alone.setdefault(letters()[stating[0]["source"]], []).append(claim["claim"])
    shown = {one.sigla[0].letter: [link.label for group in one.groups for link in group.claims]
             for one in coverage().alone}  # fmt: skip
    assert shown == alone


# ---- numbers -----------------------------------------------------------------------------------------------------


def reach(value: str) -> tuple[Decimal, Decimal]:
    """Between which numbers a value lies, by the rules in the handbook."""
    number = Decimal(value.lstrip("<>=~"))
    half = Decimal(5).scaleb(int(number.as_tuple().exponent) - 1)
    if value.startswith(">"):
        return number, Decimal("Infinity")
    if value.startswith("<"):
        return Decimal("-Infinity"), number
    half = max(half, number / 10) if value.startswith("~") else half
    return number - half, number + half


def test_every_number_is_on_the_page_and_two_conflict_only_where_their_reaches_do_not_meet() -> None:
    page = numbers()
    topics = (*page.compared, *page.alike, *page.single)
    entries = {one.claim.id: one for topic in topics for one in topic.entries}
    given = {claim["id"]: [cell for cell in speaking(claim) if cell["value"]] for claim in data()["claims"]}
    assert set(entries) == {id_ for id_, cells in given.items() if cells}
    for id_, entry in entries.items():
        rows = entry.plot.rows if entry.plot else entry.rows
        shown = sorted(by.source.letter for row in rows for by in row.given)
        assert shown == sorted(letters()[cell["source"]] for cell in given[id_])
        if any(claim["id"] == id_ and claim["unit"] == "date" for claim in data()["claims"]):
            continue
        spans = [reach(cell["value"]) for cell in given[id_]]
        apart = any(one[1] <= other[0] or other[1] <= one[0] for one, other in combinations(spans, 2))
        assert apart is any("cannot" in line for line in entry.sayings)


def test_shared_runs_have_the_same_words_at_both_places() -> None:
    texts = {s["id"]: (ROOT / "seeds" / s["article"]).read_bytes().decode() for s in data()["sources"]}
    assert data()["shared_text"]
    for run in (run for pair in data()["shared_text"] for run in pair["runs"]):
        slices = [texts[place["source"]][place["start"] : place["end"]] for place in run["places"]]
        assert all(place["printed"] in (None, words) for place, words in zip(run["places"], slices, strict=True))
        one, other = (re.findall(r"\w+", re.sub(r"[.'’“”\"]", "", words).casefold()) for words in slices)
        assert one == other
        assert all(len(words.split()) == run["words"] >= 6 for words in slices)
