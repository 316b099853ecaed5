"""Code scanning reads what the check found: valid by its schema, complete as GitHub asks, and the same for a fault
whose line has moved."""

import json
import re
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from samples import ROOT, faults, small

from builder.commands.explain import messages
from builder.diagnostics import Diagnostic, Fix, Place, Related, Severity
from builder.editing import replace
from builder.reports.sarif import Edit, as_sarif, edit_between

SCHEMA = ROOT / "tests/tools/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
RULES = messages()
PLACE = Place("content/x/claims.yaml", 7, 3, 5, "- one two")
RELATED = Related(Place("seeds/a.txt", 3, 1, 3, "The words"), "the nearest passage")
FAULT = Diagnostic("quotation-words", "Not found.", PLACE, "It has:\nThe words", related=(RELATED,))
WARNING = Diagnostic("excerpt-share", "Much.", Place("site.yaml"), severity=Severity.WARNING)
TEXTS = st.text(st.one_of(st.sampled_from("ab \t\r\n中{0}[](%\\\x1b\u202e"), st.characters()))


@pytest.fixture(scope="module")
def schema() -> Draft4Validator:
    return Draft4Validator(json.loads(SCHEMA.read_text("utf-8")))


def run_of(*diagnostics: Diagnostic, prefix: str = "", edits: dict[Fix, Edit] | None = None) -> Any:
    (run,) = json.loads(as_sarif(diagnostics, RULES, "1.2", prefix, edits))["runs"]
    return run


def results(*diagnostics: Diagnostic, **more: Any) -> Any:
    return run_of(*diagnostics, **more)["results"]


# ---- its form ------------------------------------------------------------------------------------------------------


def test_it_is_valid_by_its_schema(schema: Draft4Validator) -> None:
    fixed = Diagnostic("topic-unknown", "M.", PLACE, fixes=(Fix(PLACE, "one"),))
    edits = {Fix(PLACE, "one"): Edit(7, 3, 7, 8, '"one"')}
    for found in ([], [FAULT, WARNING, FAULT, fixed]):
        schema.validate(json.loads(as_sarif(found, RULES, "1.2", "a/", edits)))
    broken = json.loads(as_sarif([FAULT], RULES, "1.2"))
    broken["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert not schema.is_valid(broken)


def test_it_has_all_that_github_asks_for() -> None:
    log = json.loads(as_sarif([FAULT, WARNING], RULES, "1.2"))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("/sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("Variorum", "1.2")
    assert len({rule["id"] for rule in driver["rules"]}) == len(driver["rules"]) == len(RULES)
    for rule in driver["rules"]:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning")
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        assert result["level"] in ("error", "warning")
        assert all(result["partialFingerprints"].values())
        (location,) = result["locations"]
        assert location["physicalLocation"]["region"]["startLine"] >= 1


def test_a_rule_is_explained_by_its_section() -> None:
    (rule,) = [rule for rule in run_of()["tool"]["driver"]["rules"] if rule["id"] == "quotation-cut"]
    assert rule["shortDescription"]["text"] == "The quotation begins or ends inside a word."
    assert rule["help"]["markdown"].count("**Wrong**") == rule["help"]["markdown"].count("**Right**") == 1
    assert "```evidence\nquote: They can\n```" in rule["help"]["markdown"]
    assert rule["defaultConfiguration"] == {"level": "error"}


def test_a_code_that_nobody_explained_is_a_rule_all_the_same(schema: Draft4Validator) -> None:
    log = json.loads(as_sarif([Diagnostic("new-code", "M.", PLACE)], RULES, "1"))
    schema.validate(log)
    (run,) = log["runs"]
    assert run["tool"]["driver"]["rules"][run["results"][0]["ruleIndex"]] == {"id": "new-code"}


# ---- where and what ------------------------------------------------------------------------------------------------


def test_a_result_says_where_and_what() -> None:
    first, second = results(FAULT, WARNING)
    assert first["ruleId"] == "quotation-words"
    assert first["message"]["text"] == "Not found. See [the nearest passage](1).\nIt has:\nThe words"
    assert first["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "content/x/claims.yaml", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 7, "startColumn": 3, "endColumn": 8},
            }
        }
    ]
    (related,) = first["relatedLocations"]
    assert (related["id"], related["message"]["text"]) == (1, "the nearest passage")
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "seeds/a.txt"
    assert related["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 1, "endColumn": 4}
    assert (second["level"], second["message"]["text"]) == ("warning", "Much.")
    assert second["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    assert "relatedLocations" not in second


def test_columns_are_code_points() -> None:
    (fault,) = faults(small(claims='met: {claim: "𝄞é中", topic: tlks}\n'))
    assert run_of()["columnKind"] == "unicodeCodePoints"
    region = results(fault)[0]["locations"][0]["physicalLocation"]["region"]
    assert fault.place.text[region["startColumn"] - 1 : region["endColumn"] - 1] == "tlks"


@pytest.mark.parametrize("name", ["a b.txt", "ä中.txt", "50%.txt", "a#b?.txt", "c:d.txt", "[x].txt"])
def test_paths_are_relative_addresses_from_the_root_of_the_repository(name: str) -> None:
    run = run_of(Diagnostic("format", "M.", Place(f"seeds/{name}", 1, 1, 1, "x")), prefix="my site/")
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri) == f"my site/seeds/{name}"
    assert re.fullmatch(r"(?:[A-Za-z0-9_.~/-]|%[0-9A-F]{2})+", uri)
    assert "uri" not in run["originalUriBaseIds"]["%SRCROOT%"]


def test_no_words_become_a_link_or_a_gap_to_fill() -> None:
    said = "See [this](https://example.org) or [that](1), {0} and {exact: …}."
    related = Related(PLACE, "[a](b) \\ {1}")
    (result,) = results(Diagnostic("format", said, PLACE, said, related=(related,)))
    text = result["message"]["text"]
    assert re.findall(r"\[[^\]]*\]\(([^)]*)\)", text.replace("\\]", "")) == ["1"]
    assert not re.search(r"\{\d+\}", text)
    assert "{exact: …}" in text


@given(TEXTS, TEXTS)
def test_it_is_json_that_steers_no_terminal_whatever_is_said(said: str, line: str) -> None:
    fault = Diagnostic("format", said or "M.", Place("seeds/a.txt", 1, 1, 1, line), said)
    printed = as_sarif([fault], [], "1")
    assert json.loads(printed)["runs"][0]["results"][0]["ruleId"] == "format"
    assert "\x1b" not in printed
    assert "\u202e" not in printed


# ---- the same fault ------------------------------------------------------------------------------------------------


def fingerprints(claims: str) -> list[str]:
    found = results(*faults(small(claims=claims)))
    return [value for result in found for value in result["partialFingerprints"].values()]


def test_a_fault_is_known_again_when_its_line_moves() -> None:
    one = "met:\n  claim: They met.\n  topic: tlks\n"
    other = "left:\n  claim: They left.\n  topic: people\n"
    assert fingerprints(one) == fingerprints(f"# A comment.\n\n{other}{one}") == fingerprints(one.replace("  ", "    "))
    assert fingerprints(one) != fingerprints(one.replace("tlks", "tolks"))


def test_two_faults_are_never_one() -> None:
    same = (
        "met: {claim: They met., topic: tlks}\nleft:\n  claim: They left.\n  topic: tlks\ncame:\n  claim: They came.\n"
    )
    found = fingerprints(f"{same}  topic: tlks\n")
    assert len(set(found)) == len(found) == 3
    assert [print_.split(":")[1] for print_ in found] == ["1", "1", "2"]


# ---- fixes ---------------------------------------------------------------------------------------------------------


def applied(text: str, edit: Edit) -> str:
    """A text after an edit, found by line and column as an editor would."""
    starts = [0, *(match.end() for match in re.finditer(r"\r\n?|\n", text))]
    start, end = starts[edit.line - 1] + edit.column - 1, starts[edit.end_line - 1] + edit.end_column - 1
    return text[:start] + edit.text + text[end:]


@given(st.text("a\n\r"), st.text("a\n\r"))
def test_an_edit_makes_one_text_of_the_other(before: str, after: str) -> None:
    assert applied(before, edit_between(before, after)) == after


def test_an_edit_is_no_larger_than_what_changes() -> None:
    assert edit_between("a: one\nb: two\n", "a: one\nb: three\n") == Edit(2, 5, 2, 7, "hree")
    assert edit_between("same", "same") == Edit(1, 5, 1, 5, "")
    assert edit_between("a\r\n", "a\n") == Edit(1, 2, 2, 1, "\n")
    assert edit_between("a\rb", "a\r\nb") == Edit(1, 2, 2, 1, "\r\n")
    assert edit_between("aa", "aaa") == Edit(1, 3, 1, 3, "a")


@pytest.mark.parametrize(
    "text",
    [
        "met:\n  claim: They met.\n  topic: tlks\n",
        'met: {claim: They met., "topic": "tlks"}\n',
        "met:\r\n  claim: >-\r\n    They\r\n    met.\r\n  topic: 'tlks' # why\r\n",
    ],
)
def test_a_fix_is_written_as_an_edit_of_the_file(text: str, schema: Draft4Validator) -> None:
    (fault,) = faults(small(claims=text))
    fix = Fix(fault.place, "talks")
    fixed = replace("content/case/claims.yaml", text, [fix])
    edits = {fix: edit_between(text, fixed)}
    with_fix = Diagnostic(fault.code, fault.message, fault.place, fixes=(fix, Fix(PLACE, "cannot be written")))
    schema.validate(json.loads(as_sarif([with_fix], RULES, "1", "", edits)))
    ((written,),) = [result["fixes"] for result in results(with_fix, edits=edits)]
    assert written["description"]["text"] == "Write talks"
    (change,) = written["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "content/case/claims.yaml"
    (replacement,) = change["replacements"]
    region, inserted = replacement["deletedRegion"], replacement["insertedContent"]["text"]
    edit = Edit(region["startLine"], region["startColumn"], region["endLine"], region["endColumn"], inserted)
    assert applied(text, edit) == fixed
    assert "tlks" not in fixed
