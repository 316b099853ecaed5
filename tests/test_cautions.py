"""What should be looked at again: in one briefing, and in all of them."""

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import put
from pydantic import TypeAdapter
from samples import FRONT, ROOT, SMALL, SOURCES, TIMELINE, Files, codes, faults, small

from builder.build import Counts
from builder.cautions import unused_articles
from builder.diagnostics import Diagnostic, Fix, Place, Related, Severity, stops
from builder.examining import examine
from builder.freshness import Options
from builder.workshop import Kept

FILES = {path: text for path, text in SMALL.items() if text is not None}
SILENT = "{stance: silent}"
ONE = "{stance: supports, quote: met on Thursday in Geneva}"
TWO = '{stance: supports, quote: "talked in Geneva, Thursday"}'


def claims(*evidence: str, event: str = "") -> str:
    """A claim for each text that says what its evidence is."""
    named = f"  event: {event}\n" if event else ""
    return "".join(
        f"c{number}:\n  claim: Claim number {number}.\n  topic: talks\n{named}  evidence: {said}\n"
        for number, said in enumerate(evidence)
    )


BOTH = f"{{one: {ONE}, two: {TWO}}}"
UNTOLD = "meeting: {title: They meet, date: 2024-05-02}\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (small(), []),
        (small(claims=claims(BOTH, "{}")), ["claim-silent"]),
        (small(claims=claims(BOTH, f"{{one: {SILENT}}}")), ["claim-silent"]),
        (small(claims=claims(BOTH, f"{{one: {SILENT}, two: {TWO}}}")), []),
        (small(claims=claims(f"{{one: {ONE}}}")), ["source-unused"]),
        (small(claims=claims(f"{{one: {ONE}, two: {SILENT}}}")), ["source-unused"]),
        (small(claims=claims(f"{{two: {TWO}}}")), []),  # the timeline quotes the other one
        (small(claims=claims(f"{{two: {TWO}}}"), timeline=None), ["source-unused"]),
        (small(claims="{}", timeline=None), []),  # a briefing that was only begun
        (small(claims=claims("{}"), timeline=None), ["claim-silent"]),
        (small(claims=claims(BOTH), timeline=UNTOLD), ["event-unused"]),
        (small(claims=claims(BOTH, event="meeting"), timeline=UNTOLD), []),
        (small(claims=claims("{}", event="meeting"), timeline=UNTOLD), ["event-unused", "claim-silent"]),
        (small(claims=claims(BOTH), timeline=TIMELINE), []),
    ],
)
def test_what_nothing_rests_on_is_told(files: Files, expected: list[str]) -> None:
    assert codes(files) == expected


def test_an_event_that_still_lay_ahead_is_told_by_the_text_that_looks_ahead() -> None:
    ahead = "looks_ahead: {event: meeting, quote: The talks}\n    full_text: yes"
    sources = SOURCES.replace("full_text: yes", ahead, 1)
    assert codes(small(sources=sources, claims=claims(BOTH), timeline=UNTOLD)) == []


def test_what_a_source_knew_of_is_no_use_of_it() -> None:
    known = "known_through: {date: 2024-05-02, quote: It went well}\n    full_text: yes"
    head, tail = SOURCES.rsplit("full_text: yes", 1)
    assert codes(small(sources=f"{head}{known}{tail}", claims=claims(f"{{one: {ONE}}}"))) == ["source-unused"]


def test_where_there_is_a_fault_nothing_is_cautioned() -> None:
    broken = claims(BOTH, "{}").replace("talks", "talk", 1)
    assert codes(small(claims=broken)) == ["topic-unknown"]


def test_a_caution_names_its_place_and_its_cure() -> None:
    fault, *others = faults(small(claims=claims(BOTH, "{}")))
    assert not others
    assert fault.severity is Severity.WARNING
    assert (fault.place.file, fault.place.line, fault.place.text) == ("content/case/claims.yaml", 5, "c1:")
    assert fault.help.splitlines()[1] == "evidence:"


def test_all_cautions_stop_a_build_only_where_it_is_strict() -> None:
    found = faults(small(claims=claims(BOTH, "{}", event="meeting"), timeline=UNTOLD))
    assert found
    assert not stops(found, strict=False)
    assert stops(found, strict=True)


# ---- articles that no briefing names ---------------------------------------------------------------------------------


@pytest.fixture
def site(tmp_path: Path) -> Path:
    put(tmp_path, FILES)
    return tmp_path


def examined(root: Path, *, drafts: bool = True) -> list[Diagnostic]:
    return examine(root, Options(drafts=drafts)).diagnostics


def test_an_article_that_no_briefing_names_is_told_by_the_check(site: Path) -> None:
    assert examined(site) == []
    put(site, {"seeds/late one.txt": "More.", "seeds/three.txt": "More."})
    found = examined(site)
    assert [(fault.code, fault.place) for fault in found] == [
        ("article-unused", Place("seeds/late one.txt")),
        ("article-unused", Place("seeds/three.txt")),
    ]
    assert found[0].help.endswith("\nvariorum add source 'seeds/late one.txt'")
    assert found[1].help.endswith("\nvariorum add source seeds/three.txt")


@pytest.mark.parametrize("name", ["README.md", ".three.txt", "notes", "three.txt~"])
def test_what_is_no_article_may_lie_beside_them(site: Path, name: str) -> None:
    put(site, {f"seeds/{name}": "More."})
    assert examined(site) == []


def test_a_draft_names_its_articles_too(site: Path) -> None:
    put(site, {"content/case/briefing.md": FRONT.replace("published\n", "draft\n", 1)})
    assert examined(site) == []


def test_without_the_drafts_nobody_knows_what_they_name(site: Path) -> None:
    put(site, {"seeds/three.txt": "More."})
    assert examined(site, drafts=False) == []


@pytest.mark.parametrize("file", ["content/case/sources.yaml", "content/case/claims.yaml", "site.yaml"])
def test_where_there_is_a_fault_nobody_knows_what_is_named(site: Path, file: str) -> None:
    put(site, {"seeds/three.txt": "More.", file: "a: [\n"})
    assert "article-unused" not in {fault.code for fault in examined(site)}


def test_a_site_of_several_briefings_is_looked_at_as_one(tmp_path: Path) -> None:
    other = {path.replace("content/case", "content/other"): text for path, text in FILES.items()}
    put(tmp_path, {**FILES, **other, "seeds/three.txt": "More."})
    assert [fault.message for fault in examined(tmp_path)] == ["No briefing names seeds/three.txt."]


def test_each_is_told_once_in_order_of_their_names() -> None:
    found = unused_articles(["b.txt", "a.txt", "c.txt", "b.txt"], {"c.txt", "d.txt"})
    assert [fault.place.file for fault in found] == ["seeds/a.txt", "seeds/b.txt"]


# ---- what a build remembers ------------------------------------------------------------------------------------------


def test_a_warning_comes_out_of_the_builders_memory_as_it_went_in() -> None:
    values = "one: {stance: supports, quote: two hours, value: 2}, two: {stance: supports, quote: about, value: 3}"
    claim = f"met: {{claim: They talked., topic: talks, event: meeting, unit: hours, evidence: {{{values}}}}}\n"
    found = faults(small(claims=claim))
    assert [fault.code for fault in found] == ["values-conflict"]
    assert found[0].related
    fixed = replace(found[0], fixes=(Fix(Place("f", 1, 2, 3, "text"), "other"),), related=(Related(Place("g"), "m"),))
    kept = Kept(Counts(), None, (*found, fixed))
    adapter = TypeAdapter(Kept)
    assert adapter.validate_json(adapter.dump_json(kept)) == kept


# ---- what is published here ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "folder", [".", "tests/sites/minimal", "tests/sites/two-briefings", "tests/sites/hostile", "tests/sites/foreign"]
)
def test_the_repositorys_own_briefings_need_no_second_look(folder: str) -> None:
    assert examined(ROOT / folder) == []
