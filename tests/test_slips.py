"""What is mistyped in YAML is told where it was mistyped, with the line as it should be, and hides nothing else."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import CLAIMS, ROOT, codes, faults, small
from test_cases import CASES, Case, cases_in

from builder.diagnostics import has_errors
from builder.slips import slip_of, without
from builder.slips.lines import Stop, quoted
from builder.yamldoc import MAX_TRIES, Mended, parse_yaml, read_yaml

SLIPS = list(cases_in("slips.md", (CASES / "slips.md").read_text("utf-8")))
PASTED = {
    "yaml-tab", "yaml-colon", "yaml-quote", "yaml-space", "yaml-bracket", "yaml-indent", "yaml-syntax",
}  # fmt: skip
NOT_ONE_LINE = {"A key among the items of a list", "A wrong escape", "A fence of Markdown"}
"""Where the cure is no line that could be pasted as it is."""


@pytest.mark.parametrize("case", SLIPS, ids=[case.name for case in SLIPS])
def test_the_line_that_is_offered_is_read_as_it_should_be(case: Case) -> None:
    text = case.blocks["yaml", "claims.yaml"]
    if case.name in NOT_ONE_LINE:
        return
    for _ in range(5):  # where there are several, one after the other
        found = [fault for fault in parse_yaml("f.yaml", text).diagnostics if fault.code in PASTED]
        if not found:
            break
        lines = text.split("\n")
        lines[found[0].place.line - 1] = found[0].help.split("\n")[-1]
        text = "\n".join(lines)
    assert not [fault for fault in parse_yaml("f.yaml", text).diagnostics if fault.code in PASTED]


def test_a_slip_hides_no_fault_of_other_lines() -> None:
    claims = CLAIMS.replace("topic: talks", "topic: talk") + "far:\n  claim: They left: early\n  topic: nowhere\n"
    assert codes(small(claims=claims)) == ["yaml-colon", "topic-unknown", "topic-unknown"]


def test_what_is_mistyped_is_not_missed_as_well() -> None:
    sources_file = small()["content/case/sources.yaml"]
    assert isinstance(sources_file, str)
    found = codes(small(sources=sources_file.replace("siglum: A", "siglum:A")))
    assert found == ["yaml-space"]
    found = codes(small(sources=sources_file.replace("    body: [The", "    body: The: [")))
    assert found == ["yaml-colon"]


def test_a_file_that_is_nothing_but_slips_is_given_up() -> None:
    text = "".join(f"a{number}: b: [c\n" for number in range(3 * MAX_TRIES))
    read = read_yaml("f.yaml", text)
    assert read.value is None
    assert 0 < len(read.diagnostics) <= MAX_TRIES + 1


def test_the_lines_that_are_not_as_written_are_known() -> None:
    read = read_yaml("f.yaml", "a: b\nc: d: e\nf: g\n")
    assert isinstance(read.value, Mended)
    assert read.value.lines == {2}
    assert read.value.data() == {"a": "b", "c": "d: e", "f": "g"}


def test_without_a_cure_the_entry_is_left_out_and_its_key_kept() -> None:
    lines = ["a:", "  b: c", '  d: "x\\q"', "  e: f", "g: h"]
    slip = slip_of(lines, Stop("found unknown escape character", 2, 7, 2, 5))
    assert not slip.mends
    first, _ = next(without(lines, slip))
    assert first == ["a:", "  b: c", '  d: ""', "  e: f", "g: h"]


@given(st.text(alphabet="ab:- \"'[]{}\n\t#|>&*!,“”：\u00a0", max_size=60))
def test_any_text_is_read_or_told_about(text: str) -> None:
    strict, read = parse_yaml("f.yaml", text), read_yaml("f.yaml", text)
    assert has_errors(strict.diagnostics) == has_errors(read.diagnostics)
    lines = text.split("\n")
    for fault in read.diagnostics:
        assert fault.message
        assert fault.help
        assert 1 <= fault.place.line <= len(lines)
    if not strict.diagnostics:
        assert strict.value
        assert read.value
        assert strict.value.data() == read.value.data()


def test_the_sample_with_any_character_lost_or_doubled_is_told_about_at_a_line_that_is_there() -> None:
    chance = random.Random("slips")
    files = sorted((ROOT / "content").rglob("*.yaml"))
    seen = 0
    for _ in range(150):
        text = chance.choice(files).read_text("utf-8")
        text = text[: chance.randrange(400, 4000)]
        at = chance.randrange(len(text))
        changed = text[:at] + chance.choice(["", text[at] * 2, '"', ":", "\t", "["]) + text[at + 1 :]
        for fault in read_yaml("f.yaml", changed).diagnostics:
            seen += 1
            assert 1 <= fault.place.line <= changed.count("\n") + 1
            assert fault.place.text in changed
    assert seen > 20


@pytest.mark.parametrize("text", ["a", 'say "a"', "it's", "both ' and \"", "back\\slash", "a: b # c"])
def test_a_text_in_quotation_marks_reads_back(text: str) -> None:
    read = parse_yaml("f.yaml", f"k: {quoted(text)}").value
    assert read
    assert read.data() == {"k": text}


def test_a_slip_in_the_front_matter_has_its_line_in_the_file() -> None:
    front = small()["content/case/briefing.md"]
    assert isinstance(front, str)
    (fault,) = faults(small(front=front.replace("title: A briefing", "title: A: briefing")))
    assert (fault.code, fault.place.line) == ("yaml-colon", 2)
