"""YAML from anybody: every scalar is text with a place, nothing expands, and no text makes the reader fail."""

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import ROOT

from builder.yamldoc import MAX_BYTES, MAX_DEPTH, Data, decode, parse_yaml


def data(text: str) -> "Data | None":
    node = parse_yaml("f.yaml", text).value
    return node.data() if node else None


def fault(text: str) -> tuple[str, int, int]:
    found = parse_yaml("f.yaml", text).diagnostics[0]
    return found.code, found.place.line, found.place.column


# ---- values -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "scalar", ["no", "yes", "null", "~", "12:30", "010", "1e3", "2026-13-01", "0x1F", "1_000", ".inf", "=", "NaN"]
)
def test_every_scalar_is_text(scalar: str) -> None:
    assert data(f"key: {scalar}") == {"key": scalar}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", {}),
        ("# only a comment\n", {}),
        ("---\na: b\n", {"a": "b"}),
        ("key:", {"key": ""}),
        ("1: a\nno: b", {"1": "a", "no": "b"}),
        ("- a\n- [b, {c: d}]", ["a", ["b", {"c": "d"}]]),
        ("a: |\n  b\n  c\nd: >-\n  e\n  f", {"a": "b\nc\n", "d": "e f"}),
        ("a: \"x\\ty\\u00e9\"\nb: 'it''s'", {"a": "x\tyé", "b": "it's"}),
        ("words", "words"),
    ],
)
def test_documents_become_text_lists_and_mappings(text: str, value: "Data") -> None:
    assert data(text) == value


# ---- places -----------------------------------------------------------------------------------------------------


def test_a_node_knows_its_line_column_and_length() -> None:
    node = parse_yaml("f.yaml", "a:\n  b: [x, yes sir]\n", first_line=5).value
    assert node is not None
    place = node.locate(("a", "b", 1))
    assert (place.file, place.line, place.column, place.length) == ("f.yaml", 6, 10, 7)
    assert place.text == "  b: [x, yes sir]"


def test_a_path_is_followed_as_far_as_it_leads() -> None:
    node = parse_yaml("f.yaml", "a: {b: c}\nd: e").value
    assert node is not None
    assert node.locate(("a", "b"), key=True).column == 5
    assert node.locate(("a", "b")).column == 8
    assert node.locate(("a", 0, "b", "x", 3)).column == 8
    assert node.locate(("d",), key=True).line == 2
    assert node.locate(("z",)).line == 1


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\u0085"])
def test_lines_are_counted_as_editors_count_them(separator: str) -> None:
    assert fault(f'a: "x{separator}y"\nb: *c') == ("yaml-alias", 2, 4)


def test_columns_count_code_points() -> None:
    assert fault('"😀é": *c') == ("yaml-alias", 1, 7)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_ending_will_do(end: str) -> None:
    assert fault(f"a: b{end}c:{end}  - d{end}  - *e{end}") == ("yaml-alias", 4, 5)


# ---- what is refused --------------------------------------------------------------------------------------------

DEEP = "[" * 13 + "]" * 13
BILLION = "a: &a [x, x]\n" + "".join(
    f"{new}: &{new} [*{old}, *{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: &x b", ("yaml-anchor", 1, 4)),
        ("a: *x", ("yaml-alias", 1, 4)),
        ("<<: {a: b}", ("yaml-merge", 1, 1)),
        ("a: !!str b", ("yaml-tag", 1, 4)),
        ("a: !x b", ("yaml-tag", 1, 4)),
        ("a: ! b", ("yaml-tag", 1, 4)),
        ("a: b\n---\nc: d", ("yaml-document", 2, 1)),
        ("%YAML 1.1\n---\na: b", ("yaml-directive", 1, 1)),
        ("%TAG ! tag:x,2000:\n---\na: b", ("yaml-directive", 1, 1)),
        ("a: b\nc: d\na: e", ("yaml-duplicate", 3, 1)),
        ('a: b\n"a": e', ("yaml-duplicate", 2, 1)),
        ("? [a]\n: b", ("yaml-key", 1, 3)),
        ("{a: b}: c", ("yaml-key", 1, 1)),
        ("a: b\n[c]: d", ("yaml-key", 2, 1)),
        ('a: "\\0"', ("yaml-control", 1, 4)),
        ('a: "\\e[2J"', ("yaml-control", 1, 4)),
        ('a: "\\uFFFF"', ("yaml-control", 1, 4)),
        ('"\\x07": b', ("yaml-control", 1, 1)),
        ("a: b\nc: \x00", ("yaml-character", 2, 4)),
        ("a: \x1b[2J", ("yaml-character", 1, 4)),
        ("a: " + DEEP, ("yaml-depth", 1, 4 + MAX_DEPTH - 1)),
        ("a\n" * MAX_BYTES, ("yaml-size", 1, 1)),
        (BILLION, ("yaml-anchor", 1, 4)),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_what_could_surprise_is_refused_where_it_stands(text: str, found: tuple[str, int, int]) -> None:
    assert fault(text) == found


@pytest.mark.parametrize(
    ("text", "code", "line", "says"),
    [
        ("a:\n\tb: c", "yaml-tab", 2, "indented with a tab"),
        ("a: so: it goes", "yaml-colon", 1, "a colon and a space"),
        ("a: b\nfoo\nc: d", "yaml-space", 2, "no colon"),
        ('z: y\na: "never\nb: closed', "yaml-quote", 2, "never closed"),
        ("z: y\na: 'never\nb: closed", "yaml-quote", 2, "never closed"),
        ('a: "over" and out', "yaml-quote", 1, "goes on after its closed quotation mark"),
        ("a: b\n  c: d", "yaml-indent", 2, "further than the one above"),
        ("a:\n    b: c\n  d: e", "yaml-indent", 3, "does not fit the indentation"),
        ("a: [b […] c, d]", "yaml-bracket", 1, "closed"),
        ("a: {b: c", "yaml-bracket", 1, "closed"),
        ("a: @b", "yaml-syntax", 1, "cannot start with @"),
        ('a: "\\ud800"', "yaml-syntax", 1, "not YAML"),
    ],
)
def test_the_usual_slips_are_explained(text: str, code: str, line: int, says: str) -> None:
    found = parse_yaml("f.yaml", text).diagnostics
    assert [(d.code, d.place.line) for d in found] == [(code, line)]
    assert says in found[0].message
    assert found[0].help


def test_every_refusal_in_a_file_is_named() -> None:
    found = parse_yaml("f.yaml", "a: &x b\nc: *x\nd: !t e\nd: f").diagnostics
    assert [d.code for d in found] == ["yaml-anchor", "yaml-alias", "yaml-tag", "yaml-duplicate"]


def test_where_reading_had_to_stop_there_is_no_value() -> None:
    assert parse_yaml("f.yaml", "a: [").value is None
    assert parse_yaml("f.yaml", "a: b\n? [c]\n: d").value is None
    assert parse_yaml("f.yaml", "a: &x b").value is not None


# ---- bytes ------------------------------------------------------------------------------------------------------


def test_a_byte_order_mark_is_dropped() -> None:
    assert decode("f", b"\xef\xbb\xbfa\r\nb").value == "a\r\nb"


@pytest.mark.parametrize(
    ("raw", "line", "column"), [(b"a\nb\xe9", 2, 2), (b"\xff\xfea\x00", 1, 1), (b"\xc3\xa9\xed\xa0\x80", 1, 2)]
)
def test_what_is_not_utf8_is_refused_at_its_byte(raw: bytes, line: int, column: int) -> None:
    checked = decode("f", raw)
    assert checked.value is None
    assert [(d.code, d.place.line, d.place.column) for d in checked.diagnostics] == [("encoding", line, column)]


@given(st.binary(max_size=200))
def test_any_bytes_can_be_decoded_or_refused(raw: bytes) -> None:
    checked = decode("f", raw)
    assert (checked.value is None) == bool(checked.diagnostics)


# ---- hostile ----------------------------------------------------------------------------------------------------

YAMLISH = st.lists(
    st.one_of(
        st.sampled_from(
            ["- ", "a: ", "? ", "\n", "\n  ", "[", "]", "{", "}", '"', "'", "|\n", ">-\n", "&x ", "*x", "!!t ", "<<",
            "%", "---\n", "#"]
        ),
        st.text(max_size=4),
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(YAMLISH)
def test_any_text_can_be_read_or_refused(text: str) -> None:
    checked = parse_yaml("f.yaml", text)
    assert checked.value is not None or checked.diagnostics
    for found in checked.diagnostics:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert 1 <= found.place.line <= len(lines)
        assert found.place.text == lines[found.place.line - 1]
        assert 1 <= found.place.column <= len(found.place.text) + 1
    if checked.value is not None:
        checked.value.data()


HOSTILE = {
    "flow sequences": "'[' * 250_000",
    "flow mappings": "'{a: ' * 60_000",
    "block sequences": "'- ' * 120_000",
    "complex keys": "'? ' * 120_000",
    "indented keys": "''.join(' ' * i + f'k{i}:\\n' for i in range(600))",
    "one huge key": "'k' * 250_000 + ': v'",
    "one huge explicit key": "'? ' + 'k' * 250_000 + '\\n: v'",
    "many keys": "'\\n'.join(f'k{i}: v' for i in range(25_000))",
    "one key again and again": "'k: v\\n' * 50_000",
    "anchors": "'- &a x\\n' * 30_000",
    "aliases": "'- *a\\n' * 40_000",
    "unclosed text": "'\"' + 'x ' * 125_000",
    "unclosed texts": "'\"x\\n' * 60_000",
    "300 KiB": "'x' * 307_200",
    "tabs": "'\\t' * 250_000",
    "NULs": "'\\0' * 250_000",
    "comments": "'#\\n' * 120_000",
    "documents": "'---\\n' * 60_000",
    "escapes": "'\"' + '\\\\\\\\ud83d' * 40_000 + '\"'",
}


def test_hostile_files_cost_neither_the_stack_nor_the_day() -> None:
    code = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_STACK, (1 << 20, 1 << 20))
resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
from builder.yamldoc import parse_yaml
for text in [{", ".join(HOSTILE.values())}]:
    checked = parse_yaml("f.yaml", text)
    assert checked.value is not None or checked.diagnostics
    print("read")
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == ["read"] * len(HOSTILE)


def test_exactly_the_control_characters_are_refused_and_what_no_xml_may_hold() -> None:
    for number in (*range(0x300), *range(0xD700, 0xE100), 0xFFFD, 0xFFFE, 0xFFFF, 0x10000, 0x10FFFF):
        refused = unicodedata.category(chr(number)) in ("Cc", "Cs") and chr(number) not in "\n\t"
        refused |= number in (0xFFFE, 0xFFFF)
        codes = [fault.code for fault in parse_yaml("f.yaml", f'"\\U{number:08x}"').diagnostics]
        # The parser itself refuses surrogates.
        assert codes == (["yaml-control"] if refused else []) or 0xD800 <= number < 0xE000, hex(number)
