"""A fault is understood by itself, at a terminal, by a program and on GitHub; nothing in it steers any of them."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from samples import ROOT

from builder.diagnostics import Diagnostic, Fix, Place, Related, Severity
from builder.reports import LONGEST, Role, as_github, as_json, as_text

HOSTILE = "\x00\x07\x1b\x7f\x85\x9b\u200b\u200e\u202e\u2066\u2028\u2029\ufeff\U000e0041"
TEXTS = st.text(st.one_of(st.sampled_from("ab \t\r\n中e\u0301%:,;]=" + HOSTILE), st.characters()))
PLACE = Place("content/x/claims.yaml", 7, 3, 5, "- one two")
RELATED = Related(Place("seeds/a.txt", 3, 1, 3, "The words"), "the nearest passage")
FAULT = Diagnostic(
    "quotation-words", "Not found.", PLACE, "The article has:\nThe words\nMore", Severity.ERROR, (RELATED,)
)
WARNING = Diagnostic("excerpt-share", "Much.", Place("site.yaml"), severity=Severity.WARNING)


def steers(text: str) -> bool:
    return any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") for char in text.replace("\n", ""))


# ---- text ----------------------------------------------------------------------------------------------------------


def test_message_frame_related_places_and_cure_follow_each_other() -> None:
    assert as_text(FAULT).split("\n") == [
        "content/x/claims.yaml:7:3: error[quotation-words]: Not found.",
        "    7 | - one two",
        "      |   ^^^^^",
        "  seeds/a.txt:3:1: the nearest passage",
        "    3 | The words",
        "      | ^^^",
        "  help: The article has:",
        "        The words",
        "        More",
    ]


def test_a_warning_is_called_so() -> None:
    assert as_text(WARNING) == "site.yaml: warning[excerpt-share]: Much."


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (Place("f"), ["f: error[c]: M."]),
        (Place("f", 3, 1, 1), ["f:3:1: error[c]: M."]),
        (Place("f", 3), ["f:3: error[c]: M."]),
        (Place("f", 3, 1, 0, "abc"), ["f:3: error[c]: M.", "    3 | abc"]),
        (Place("f", 1, 1, 0, "abc"), ["f:1: error[c]: M.", "    1 | abc"]),
    ],
)
def test_no_more_is_said_of_a_place_than_is_known(place: Place, told: list[str]) -> None:
    assert as_text(Diagnostic("c", "M.", place)).split("\n") == told


def test_only_frames_are_cut_to_the_width_never_sentences_or_what_can_be_pasted() -> None:
    long = "word " * 40 + "end"
    fault = Diagnostic("c", long, Place("f", 1, 100, 4, long), f"Paste:\n{long}", related=(Related(PLACE, long),))
    head, frame, _, related, *_, _, pasted = as_text(fault, 50).split("\n")
    assert head.endswith(long)
    assert related.endswith(long)
    assert pasted == f"        {long}"
    assert len(frame) <= 50 < len(long)


def test_severity_underlines_and_help_are_painted_and_nothing_else() -> None:
    roles: list[tuple[str, Role]] = []

    def paint(text: str, role: Role) -> str:
        roles.append((text, role))
        return text.upper()

    painted = as_text(FAULT, paint=paint)
    assert roles == [
        ("error[quotation-words]", Role.ERROR),
        ("^^^^^", Role.ERROR),
        ("^^^", Role.RELATED),
        ("help:", Role.HELP),
    ]
    assert painted == as_text(FAULT).replace("error[quotation-words]", "ERROR[QUOTATION-WORDS]").replace("help", "HELP")
    roles.clear()
    as_text(WARNING, paint=paint)
    assert roles == [("warning[excerpt-share]", Role.WARNING)]


@given(TEXTS, TEXTS, TEXTS, st.integers(1, 50), st.integers(0, 50), st.integers(0, 120))
def test_no_fault_can_steer_a_terminal(one: str, line: str, cure: str, column: int, length: int, width: int) -> None:
    place = Place(f"seeds/{one}", 1, column, length, line)
    told = as_text(Diagnostic("code", one, place, cure, related=(Related(place, one),)), width)
    assert not steers(told)
    assert told.split("\n")[0].startswith("seeds/")


# ---- JSON ----------------------------------------------------------------------------------------------------------

SCHEMA = json.loads((ROOT / "builder" / "reports" / "check.schema.json").read_text("utf-8"))
VALID = Draft202012Validator(SCHEMA)


def test_a_fault_as_data_has_the_fields_of_its_schema() -> None:
    fault = Diagnostic(
        "topic-unknown", "There is no “中”.", PLACE, "Cure.\n“中”", related=(RELATED,), fixes=(Fix(PLACE, "one"),)
    )
    rows = json.loads(as_json([fault, WARNING]))
    assert rows == [
        {
            "code": "topic-unknown",
            "severity": "error",
            "file": "content/x/claims.yaml",
            "line": 7,
            "column": 3,
            "endColumn": 8,
            "lineText": "- one two",
            "message": "There is no “中”.",
            "help": "Cure.\n“中”",
            "related": [
                {
                    "file": "seeds/a.txt",
                    "line": 3,
                    "column": 1,
                    "endColumn": 4,
                    "lineText": "The words",
                    "message": "the nearest passage",
                }
            ],
            "fixes": [{"file": "content/x/claims.yaml", "line": 7, "column": 3, "text": "one"}],
        },
        {
            "code": "excerpt-share",
            "severity": "warning",
            "file": "site.yaml",
            "line": 1,
            "column": 1,
            "endColumn": 1,
            "lineText": "",
            "message": "Much.",
            "help": "",
            "related": [],
            "fixes": [],
        },
    ]
    VALID.validate(rows)
    assert json.loads(as_json([])) == []


def test_the_schema_names_every_field_and_no_other() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    (row,) = json.loads(as_json([Diagnostic("c", "M.", PLACE, related=(RELATED,), fixes=(Fix(PLACE, "x"),))]))
    fault = SCHEMA["$defs"]["fault"]
    for found, described in (
        (row, fault),
        (row["related"][0], fault["properties"]["related"]["items"]),
        (row["fixes"][0], fault["properties"]["fixes"]["items"]),
    ):
        assert sorted(found) == sorted(described["properties"]) == sorted(described["required"])
    assert not VALID.is_valid([{**row, "line": 0}])
    assert not VALID.is_valid([{**row, "severity": "notice"}])


@given(TEXTS)
def test_data_says_what_was_said_and_cannot_steer_a_terminal_either(text: str) -> None:
    printed = as_json([Diagnostic("code", text, Place("f", 1, 1, 1, text), text)])
    (row,) = json.loads(printed)
    assert row["message"] == row["help"] == row["lineText"] == text
    assert not steers(printed)


def test_a_line_that_is_as_long_as_a_book_is_not_given_with_each_of_its_faults() -> None:
    texts = ["x" * LONGEST, "x" * (LONGEST + 1)]
    rows = json.loads(as_json([Diagnostic("c", "M.", Place("f", 1, 9, 1, text)) for text in texts]))
    assert [(row["lineText"], row["column"]) for row in rows] == [(texts[0], 9), ("", 9)]


# ---- GitHub --------------------------------------------------------------------------------------------------------


def understood(line: str) -> tuple[str, dict[str, str], str]:
    """What GitHub's runner makes of a line: `::command key=value,key=value::data`, then each `%…` undone."""
    assert line.startswith("::")
    info, separator, data = line[2:].partition("::")
    assert separator
    command, _, listed = info.partition(" ")
    properties = {}
    for pair in listed.strip().split(","):
        key, equals, value = pair.partition("=")
        assert equals
        assert value
        assert key not in properties
        for escape, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            value = value.replace(escape, char)
        properties[key] = value
    for escape, char in (("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        data = data.replace(escape, char)
    return command, properties, data


def test_github_is_told_where_and_what() -> None:
    first, second = as_github([FAULT, WARNING]).split("\n")
    assert first == (
        "::error file=content/x/claims.yaml,line=7,endLine=7,col=3,endColumn=8,title=quotation-words"
        "::Not found.%0Aseeds/a.txt:3:1: the nearest passage%0AThe article has:%0AThe words%0AMore"
    )
    assert second == "::warning file=site.yaml,line=1,endLine=1,title=excerpt-share::Much."
    assert as_github([]) == ""


def test_paths_lead_from_the_root_of_the_repository() -> None:
    _, properties, data = understood(as_github([FAULT], "news/site: 1,2/"))
    assert properties["file"] == "news/site: 1,2/content/x/claims.yaml"
    assert "\nnews/site: 1,2/seeds/a.txt:3:1: the nearest passage\n" in data


@pytest.mark.parametrize("said", ["100%0A%25 sure", "a::error file=x::b", "::b", "a,b=c:d;e]f", "##[error]x", "a\r\nb"])
def test_nothing_that_is_said_becomes_a_command(said: str) -> None:
    fault = Diagnostic("code", said, Place(f"seeds/{said}.txt", 2, 1, 1, "x"), said)
    command, properties, data = understood(as_github([fault]))
    shown = said.replace("\r", "\\u000d").replace("\n", "\\u000a")
    assert (command, properties["file"], properties["line"]) == ("error", f"seeds/{shown}.txt", "2")
    assert data == f"{shown}\n{said.replace(chr(13), '')}"


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=5), st.integers(0, 9))
def test_github_understands_whatever_is_said_as_one_line_for_each(
    said: list[tuple[str, str, str]], length: int
) -> None:
    faults = [Diagnostic("code", one, Place(f"f{file}", 4, 2, length, "x"), cure) for one, file, cure in said]
    printed = as_github(faults)
    assert not steers(printed)
    lines = printed.split("\n") if printed else []
    assert len(lines) == len(faults)
    for line, fault in zip(lines, faults, strict=True):
        command, properties, data = understood(line)
        (head, *_) = as_text(fault, 40).split("\n")
        assert command == "error"
        assert head.startswith(properties["file"])
        assert head.endswith(data.split("\n")[0])
        keys = ["file", "line", "endLine", *(["col", "endColumn"] if length else []), "title"]
        assert list(properties) == keys


def test_it_is_said_where_github_would_not_show_all() -> None:
    ten = [FAULT] * 10 + [WARNING] * 10
    assert all(line.startswith("::") for line in as_github(ten).split("\n"))
    *commands, last = as_github([*ten, WARNING]).split("\n")
    assert len(commands) == 21
    assert last == "GitHub shows 10 errors and 10 warnings of a step; here are 10 errors and 11 warnings."
    assert as_github([FAULT] * 11).split("\n")[-1].endswith("; here are 11 errors.")
