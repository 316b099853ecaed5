"""Editing YAML: the change and nothing else, whatever the layout, or a refusal in one line."""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from samples import ROOT

from builder.diagnostics import Fix, Place, printable
from builder.editing import EditError, entries, insert, replace, scalar
from builder.editing.layout import Items, Laid, Pairs, Scalar, sheet_of
from builder.parse import split_front_matter
from builder.yamldoc import Data, Lines, parse_yaml

NASTY = "“No”: #1, it's [a] {b} & *c* — 习近平 😀"


def data(yaml: str) -> Data:
    read = parse_yaml("f.yaml", yaml)
    assert read.value is not None
    assert read.diagnostics == ()
    return read.value.data()


def fix(line: int, column: int, text: str, file: str = "f.yaml") -> Fix:
    return Fix(Place(file, line, column), text)


def refused(file: str, text: str, path: list[str], yaml: str) -> str:
    with pytest.raises(EditError) as caught:
        insert(file, text, path, yaml)
    assert printable(str(caught.value)) == str(caught.value)
    return str(caught.value)


# ---- scalars ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "block", "flow"),
    [
        ("met on Thursday", "met on Thursday", "met on Thursday"),
        ("Qin, Blinken", "Qin, Blinken", '"Qin, Blinken"'),
        ("he said: no", '"he said: no"', '"he said: no"'),
        ("12:30", "12:30", "12:30"),
        ("number #1", '"number #1"', '"number #1"'),
        ("a#b", "a#b", "a#b"),
        ("- no list", '"- no list"', '"- no list"'),
        ("? no key", '"? no key"', '"? no key"'),
        ("[T]he talks", '"[T]he talks"', '"[T]he talks"'),
        ("the […] talks", "the […] talks", '"the […] talks"'),
        ("“quoted”", "“quoted”", "“quoted”"),
        ('"quoted"', '"\\"quoted\\""', '"\\"quoted\\""'),
        ("back\\slash", "back\\slash", "back\\slash"),
        ("", '""', '""'),
        (" spaced ", '" spaced "', '" spaced "'),
        ("two\nlines", '"two\\nlines"', '"two\\nlines"'),
        ("tab\there", '"tab\\there"', '"tab\\there"'),
        ("soft\u00adhyphen", '"soft\\xadhyphen"', '"soft\\xadhyphen"'),
        ("right\u202eleft", '"right\\u202eleft"', '"right\\u202eleft"'),
        ("tag\U000e0041", '"tag\\U000e0041"', '"tag\\U000e0041"'),
        ("line\u2028end", '"line\\u2028end"', '"line\\u2028end"'),
        ("---", '"---"', '"---"'),
        ("-", '"-"', '"-"'),
        ("%done", '"%done"', '"%done"'),
        ("no", "no", "no"),
        ("😀 习近平", "😀 习近平", "😀 习近平"),
        ("w" * 2000, "w" * 2000, "w" * 2000),
    ],
)
def test_a_text_is_plain_where_that_reads_back(text: str, block: str, flow: str) -> None:
    assert (scalar(text), scalar(text, flow=True)) == (block, flow)


TEXTS = st.one_of(
    st.text(st.sampled_from("ab:#-?[]{},&*!|>'\"%@` \n\t.\\é“”😀\u2028\u00a0\u200b"), max_size=12),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12),
)


@given(TEXTS)
@example("a:")
@example(":a")
@example("~")
@example("\ufeff")
def test_any_text_reads_back_on_one_line_that_steers_no_terminal(text: str) -> None:
    for written in (scalar(text), scalar(text, flow=True)):
        assert printable(written) == written
        read = data(f"value: {written}\nlist:\n- {written}\n- value: {written}\n  {written}: key")
        assert read == {"value": text, "list": [text, {"value": text, text: "key"}]}
    inner = scalar(text, flow=True)
    assert data(f"[{inner}, {{k: {inner}}}, {{k: {inner}, l: m}}]") == [text, {"k": text}, {"k": text, "l": "m"}]


def test_entries_are_in_block_style() -> None:
    value: dict[str, Data] = {"a": "b: c", "l": ["x", ["y", "z"], {"k": "v", "m": {"n": ""}}], "e": {}, "f": []}
    assert entries({"id": value}, 2) == (
        '  id:\n    a: "b: c"\n    l:\n      - x\n      - - y\n        - z\n'
        '      - k: v\n        m:\n          n: ""\n    e: {}\n    f: []\n'
    )
    assert entries({}) == ""


TREES: st.SearchStrategy[Data] = st.recursive(
    TEXTS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS.filter(lambda t: t != "<<"), inner)),
    max_leaves=8,
)


@given(st.dictionaries(TEXTS.filter(lambda text: text != "<<"), TREES, min_size=1, max_size=3))
def test_entries_read_back(value: dict[str, Data]) -> None:
    assert data(entries(value)) == value


# ---- more entries: readable layouts --------------------------------------------------------------------------------

INSERTED = {
    "at the end": ("a: 1\nb: 2\n", [], "c: 3", "a: 1\nb: 2\nc: 3\n"),
    "blank lines between": ("a: 1\n\nb: 2\n", [], "c: 3", "a: 1\n\nb: 2\n\nc: 3\n"),
    "a blank line before the last two only": ("a: 1\nb: 2\n\nc: 3\n", [], "d: 4", "a: 1\nb: 2\n\nc: 3\n\nd: 4\n"),
    "blank lines as at the like of it": (
        "o:\n  a: 1\n\n  b: 2\n\ns:\n  c: 3\n",
        ["s"],
        "d: 4",
        "o:\n  a: 1\n\n  b: 2\n\ns:\n  c: 3\n\n  d: 4\n",
    ),
    "no line end": ("a: 1", [], "b: 2\n", "a: 1\nb: 2\n"),
    "CRLF": ("a: 1\r\nb:\r\n  c: 2\r\n", ["b"], "d:\n  e: 3\n", "a: 1\r\nb:\r\n  c: 2\r\n  d:\r\n    e: 3\r\n"),
    "CRLF, no line end": ("a: 1\r\nb: 2", [], "c: 3", "a: 1\r\nb: 2\r\nc: 3\r\n"),
    "CRLF and blank lines": ("a: 1\r\n\r\nb: 2\r\n", [], "c: 3", "a: 1\r\n\r\nb: 2\r\n\r\nc: 3\r\n"),
    "byte order mark": ("\ufeffa: 1\n", [], "b: 2", "\ufeffa: 1\nb: 2\n"),
    "wide indentation": ("a:\n    b: 1\n", ["a"], "c:\n  d:\n    e: 2",
                         "a:\n    b: 1\n    c:\n        d:\n            e: 2\n"),
    "lists not indented": (
        "a:\n  b:\n  - x\n",
        ["a"],
        "c:\n  - y:\n      - z\n    w: v",
        "a:\n  b:\n  - x\n  c:\n  - y:\n    - z\n    w: v\n",
    ),
    "comment at the end of the line": ("a: 1 # one\n", [], "b: 2 # two", "a: 1 # one\nb: 2 # two\n"),
    "own comments": ("a:\n  b: 1\n  # more of b\n    # deeper\n# of c\nc: 2\n", ["a"], "d: 3",
                     "a:\n  b: 1\n  # more of b\n    # deeper\n  d: 3\n# of c\nc: 2\n"),
    "a comment after a blank line": ("a:\n  b: 1\n\n  # of c\nc: 2\n", ["a"], "d: 3",
                                     "a:\n  b: 1\n  d: 3\n\n  # of c\nc: 2\n"),
    "comments of the entries": ("a: 1\n", [], "# first\nb:\n  # second\n  c: 2\n\n# third\nd: 3\n# last\n",
                                "a: 1\n# first\nb:\n  # second\n  c: 2\n\n# third\nd: 3\n# last\n"),
    "tab after the value": ("a: 1\t\nb:\t2\t# c\n", [], "c: 3", "a: 1\t\nb:\t2\t# c\nc: 3\n"),
    "an empty value": ("a:\n  b: # none\n  c: 1\n", ["a", "b"], "d: 2", "a:\n  b: # none\n    d: 2\n  c: 1\n"),
    "an empty value with comments": ("a:\n  # x: y\n# of b\nb: 1\n", ["a"], "c: 2",
                                     "a:\n  # x: y\n  c: 2\n# of b\nb: 1\n"),
    "an empty value at the end": ("a:", ["a"], "b: 1", "a:\n  b: 1\n"),
    "missing keys": ("a: 1\n", ["b", "c"], "d: 2\ne:\n  f: 3", "a: 1\nb:\n  c:\n    d: 2\n    e:\n      f: 3\n"),
    "missing keys, wide": ("a:\n   b: 1\n", ["a", "c"], "d: 2", "a:\n   b: 1\n   c:\n      d: 2\n"),
    "braces": ("a: {b: 1} # c\n", ["a"], "d: 2", "a: {b: 1, d: 2} # c\n"),
    "braces in braces": ("a: {b: {c: 1}, d: 2}\n", ["a", "b"], "e: {f: 3}", "a: {b: {c: 1, e: {f: 3}}, d: 2}\n"),
    "braces with a missing key": ("a: {b: 1}\n", ["a", "c"], "d: 2", "a: {b: 1, c: {d: 2}}\n"),
    "empty braces": ("a: {} # none\nd: 1\n", ["a"], "b: 1 # one\nc: [x, 'y, z']",
                     "a: # none\n  b: 1 # one\n  c: [x, 'y, z']\nd: 1\n"),
    "empty braces with a space": ("a: { }\n", ["a"], "b: 1", "a:\n  b: 1\n"),
    "empty braces in braces": ("a: {b: {}}\n", ["a", "b"], "c: [x, 'y, z']", 'a: {b: {c: [x, "y, z"]}}\n'),
    "braces and a comma": ("a: {b: 1,}\n", ["a"], "c: 2", "a: {b: 1, c: 2,}\n"),
    "braces over lines": ("a: {b: 1,\n    c: 2} # d\n", ["a"], "e: 3", "a: {b: 1,\n    c: 2,\n    e: 3} # d\n"),
    "braces, an entry a line": (
        "a: {\n  b: 1, # one\n  c: 2 # two\n}\n",
        ["a"],
        "d: 3",
        "a: {\n  b: 1, # one\n  c: 2, # two\n  d: 3\n}\n",
    ),
    "braces, an entry a line and a comma": (
        "a: {\r\n  b: 1, # one\r\n}\r\n",
        ["a"],
        "d: 3",
        "a: {\r\n  b: 1, # one\r\n  d: 3,\r\n}\r\n",
    ),
    "braces, an entry a line and no comment": ("a: {\n b: 1\n }\n", ["a"], "c: 2", "a: {\n b: 1,\n c: 2\n }\n"),
    "braces, commented out": ("a: {\n  # b: 1\n}\n", ["a"], "c: 2", "a: {c: 2\n  # b: 1\n}\n"),
    "an empty value in braces": ("a: {b: , c}\n", ["a", "c"], "d: 1", "a: {b: , c: {d: 1}}\n"),
    "the file is in braces": ("{a: 1}\n", [], "b: 2", "{a: 1, b: 2}\n"),
    "a literal text last": ("a: |\n  x\n   y\n\n\n# z\n", [], "b: 1", "a: |\n  x\n   y\nb: 1\n\n\n# z\n"),
    "a folded text last": ("a:\n  b: >-\n    x\n    # y\nc: 1\n", ["a"], "d: 2",
                           "a:\n  b: >-\n    x\n    # y\n  d: 2\nc: 1\n"),
    "blank lines that a text keeps": ("a: |+\n  x\n\n\n", [], "b: 1", "a: |+\n  x\n\n\nb: 1\n"),
    "a plain text over lines": ("a: x\n  y\n\n  z\nb: w\n  v\n", [], "c: 1", "a: x\n  y\n\n  z\nb: w\n  v\nc: 1\n"),
    "a quoted text over lines": ('a: "x\n\n  # y"\n', [], "c: 1", 'a: "x\n\n  # y"\nc: 1\n'),
    "a literal text in the entries": (
        "a:\n    b: 1\n",
        ["a"],
        "c:\n  - |\n    x\n\n      y\n  - >-\n    z\n",
        "a:\n    b: 1\n    c:\n      - |\n        x\n\n          y\n      - >-\n        z\n",
    ),
    "a literal text in the entries without line end": ("a: 1\n", [], "b: |\n  c", "a: 1\nb: |\n  c\n"),
    "document marks": ("--- # a\nb: 1\n...\n# c\n", [], "d: 2", "--- # a\nb: 1\nd: 2\n...\n# c\n"),
    "nothing": ("", [], "a: 1", "a: 1\n"),
    "a byte order mark and nothing": ("\ufeff", ["b"], "a: 1", "\ufeffb:\n  a: 1\n"),
    "only comments": ("# a\n# b\n", [], "c: 1", "# a\n# b\n\nc: 1\n"),
    "only a document mark": ("# a\n---", [], "b: 1", "# a\n---\nb: 1\n"),
    "only document marks": ("# a\n---\n# b\n...\n", [], "c: 1", "# a\n---\n# b\n\nc: 1\n...\n"),
    "quoted keys": ("\"a b\":\n  'c': 1\n", ["a b"], "d: 2", "\"a b\":\n  'c': 1\n  d: 2\n"),
    "explicit keys": ("? a\n: b\n", [], "c: 1", "? a\n: b\nc: 1\n"),
    "wide characters": ("习近平: {😀: 1}\n", ["习近平"], "é: “2”", "习近平: {😀: 1, é: “2”}\n"),
    "a line end of YAML only": ("a:\n  b: x\u2028c: y\n", ["a"], "d: 1", "a:\n  b: x\u2028  d: 1\nc: y\n"),
    "a list of mappings before": ("a:\n  - b: 1\n    c: 2\nd: 3\n", [], "e: 4", "a:\n  - b: 1\n    c: 2\nd: 3\ne: 4\n"),
    "a list last": ("a:\n- b: 1\n  c:\n  - 2\n  # d\n# e\n", [], "f: 4", "a:\n- b: 1\n  c:\n  - 2\n  # d\n# e\nf: 4\n"),
}  # fmt: skip


@pytest.mark.parametrize(("before", "path", "yaml", "after"), INSERTED.values(), ids=INSERTED)
def test_entries_go_where_a_person_would_put_them(before: str, path: list[str], yaml: str, after: str) -> None:
    assert insert("f.yaml", before, path, yaml) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\na: 1\n---\n\na: 2\n", "---\na: 1\nb:\n  c: 3\n---\n\na: 2\n"),
        ("\ufeff---\r\nb: {d: 1}\r\n---\r\nProse", "\ufeff---\r\nb: {d: 1, c: 3}\r\n---\r\nProse"),
        ("---\n---\n---\n", "---\nb:\n  c: 3\n---\n---\n"),
        ("--- \n# d\n\n--- \n", "--- \n# d\n\nb:\n  c: 3\n--- \n"),
    ],
)
def test_of_a_briefing_only_the_front_matter_is_changed(before: str, after: str) -> None:
    assert insert("content/x/briefing.md", before, ["b"], "c: 3") == after


@pytest.mark.parametrize(
    ("text", "path", "yaml", "says"),
    [
        ("a: 'b", [], "c: d", "Correct that first."),
        ("a: b\nc", [], "c: d", "f.yaml:2: "),
        ("a: 1\na: 2", [], "c: d", "given twice"),
        ("a: &x b\nc: *x", [], "d: e", "Anchors are not allowed"),
        ("\ufeff\ufeffa: b", [], "c: d", "byte order mark"),
        ("a: 1", [], "a: 2", "`a` is there already"),
        ("a: {b: 1}", ["a"], "b: 2", "`b` is there already"),
        ("a: 1", ["a"], "b: 2", "`a` holds a text or a list"),
        ("a: ''", ["a"], "b: 2", "`a` holds a text or a list"),
        ("a: [b]", ["a", "b"], "c: 2", "`a` holds a text or a list"),
        ("- a", [], "b: 2", "the file holds a text or a list"),
        ("a: 1", [], "- b", "no list of entries"),
        ("a: 1", [], "b: 'c", "no list of entries"),
        ("a: 1", [], "b: &x c", "no list of entries"),
        ("a: 1", [], "---\nb: c\n", "nothing can be added at the end, as it is laid out there."),
        ("a: |\n  b", [], "c: d", "End the file with a line break first."),
        ("a: 1", ["\x1b[2J"], "\x1b: c", "no list of entries"),
        ("a: 1\n", ["x"] * 12, "b: c", "12 levels deep"),
        ("a: 1\n", [], "b: " + "c" * 256 * 1024, "no list of entries"),
    ],
)
def test_what_is_unsure_is_refused_in_one_line(text: str, path: list[str], yaml: str, says: str) -> None:
    assert says in refused("f.yaml", text, path, yaml)


def test_no_entries_change_nothing() -> None:
    assert insert("f.yaml", "a: 1 # b", ["a b"], "# none") == "a: 1 # b"


def test_a_briefing_without_front_matter_is_refused() -> None:
    assert "front matter" in refused("briefing.md", "Prose.", [], "a: b")


# ---- other texts: readable layouts ---------------------------------------------------------------------------------

REPLACED = {
    "plain": ("a: b # c\n", 1, 4, "it's fine", "a: it's fine # c\n"),
    "plain that would not read back": ("a: b # c\n", 1, 4, "b: c", 'a: "b: c" # c\n'),
    "plain in braces": ("{a: b, c: d}", 1, 5, "x, y", '{a: "x, y", c: d}'),
    "single": ("a: 'b' # c\n", 1, 4, "it's", "a: 'it''s' # c\n"),
    "single that cannot": ("a: 'b'\n", 1, 4, "b\u200bc", 'a: "b\\u200bc"\n'),
    "double": ('a: "b" # c\n', 1, 4, '“x” "y" \\', 'a: "“x” \\"y\\" \\\\" # c\n'),
    "a key": ("a:\n  b: c # d\n", 2, 3, "e", "a:\n  e: c # d\n"),
    "a quoted key": ("a: {'b': c}\n", 1, 5, "e", "a: {'e': c}\n"),
    "in a list": ("- a\n- [b, c]\n", 2, 7, "d", "- a\n- [b, d]\n"),
    "literal": ("a: | # x\n   b\n   c\n\n# d\ne: f\n", 1, 4, "g\nh\n", "a: | # x\n   g\n   h\n\n# d\ne: f\n"),
    "literal, no line end wanted": ("a: |\n  b\nc: d\n", 1, 4, "e f g", "a: |-\n  e f g\nc: d\n"),
    "literal that has to become quoted": ("a: |- # x\n  b\nc: d\n", 1, 4, " e", 'a: " e" # x\nc: d\n'),
    "literal, word by word": ("a: |\r\n  b\r\n  c\r\n", 1, 4, "b\nd\n", "a: |\r\n  b\r\n  d\r\n"),
    "folded, word by word": ('a: >-\n  it is "b"\n  and  c\n', 1, 4, "it is “b” and  c",
                             "a: >-\n  it is “b”\n  and  c\n"),
    "folded, wrapped anew": ("a: >-\n  one two\n  six\nb: c\n", 1, 4, "a b c d e", "a: >-\n  a b c d\n  e\nb: c\n"),
    "folded, two paragraphs": ("a: >\n  one two\n  six\n", 1, 4, "a b\nc\n", "a: >\n  a b\n\n  c\n"),
    "an explicit width": ("a: |2\n    b\n", 1, 4, "c", 'a: "c"\n'),
    "plain over lines": ("a: one two\n  it's three # b\n", 1, 4, "one two it’s three",
                         "a: one two\n  it’s three # b\n"),
    "plain over lines, other words": ("a: one two\n  three\nb: c\n", 1, 4, "four", "a: four\nb: c\n"),
    "double over lines": ('a: "one \\"\n  two" # b\n', 1, 4, 'one " “two', 'a: "one \\"\n  “two" # b\n'),
    "single over lines": ("a: 'it''s\n\n  two'\n", 1, 4, "it’s\ntwo", "a: 'it’s\n\n  two'\n"),
    "an empty value": ("a: # b\nc:\n", 1, 3, "d", "a: d # b\nc:\n"),
    "an empty value in braces": ("{a, b: }", 1, 3, "c", "{a: c, b: }"),
    "CRLF and a byte order mark": ("\ufeffa: 1\r\nb: '2'\r\n", 2, 4, "3", "\ufeffa: 1\r\nb: '3'\r\n"),
    "wide characters": ("习近平: {😀: é} # b\n", 1, 10, "“x”", "习近平: {😀: “x”} # b\n"),
    "a line end of YAML only": ("a: x\u2028b: y\n", 1, 9, "z", "a: x\u2028b: z\n"),
    "the text that stands there": ('a: "\\u0062"\n', 1, 4, "b", 'a: "\\u0062"\n'),
    "explicit keys": ("? a\n: b\n", 2, 3, "c", "? a\n: c\n"),
}  # fmt: skip


@pytest.mark.parametrize(("before", "line", "column", "text", "after"), REPLACED.values(), ids=REPLACED)
def test_a_text_is_written_as_the_one_before_it(before: str, line: int, column: int, text: str, after: str) -> None:
    assert replace("f.yaml", before, [fix(line, column, text)]) == after


def test_several_texts_are_replaced_at_once() -> None:
    before = "a: b\nc: 'd'\n"
    fixes = [fix(2, 4, "x: y"), fix(1, 1, "k"), fix(1, 4, "u: w"), fix(1, 1, "k")]
    assert replace("f.yaml", before, fixes) == "k: \"u: w\"\nc: 'x: y'\n"
    assert replace("f.yaml", before, []) == before


def test_in_a_briefing_places_are_those_of_the_file() -> None:
    before = "---\r\na: b\r\nc: d\r\n---\r\na: b\r\n"
    assert replace("b.md", before, [fix(3, 4, "e", "b.md")]) == before.replace("d", "e")


@pytest.mark.parametrize(
    ("text", "fixes", "says"),
    [
        ("a: b", [fix(1, 2, "x")], "f.yaml:1: what should change does not stand here."),
        ("a: b", [fix(7, 1, "x")], "does not stand here"),
        ("a: b", [fix(1, 4, "x", "g.yaml")], "does not stand here"),
        ("a: b", [Fix(Place("f.yaml", 1, 4, 1, "a: b # earlier"), "x")], "does not stand here"),
        ("a: b", [fix(1, 4, "x"), fix(1, 4, "y")], "two ways"),
        ("a: b\nc: d", [fix(2, 1, "a")], "f.yaml:2: “a” cannot be written here."),
        ("a: b\nc: d", [fix(1, 1, "x"), fix(2, 1, "x")], "do not go into it together"),
        ("a: b", [fix(1, 1, "<<")], "cannot be written"),
        ("a: b", [fix(1, 4, "\x00\x1b[2J")], "cannot be written"),
        ("a: b", [fix(1, 4, "c" * 256 * 1024)], "cannot be written"),
        ("a: [", [fix(1, 1, "x")], "Correct that first."),
    ],
)
def test_what_cannot_be_replaced_is_refused(text: str, fixes: list[Fix], says: str) -> None:
    with pytest.raises(EditError) as caught:
        replace("f.yaml", text, fixes)
    assert says in str(caught.value)
    assert printable(str(caught.value)) == str(caught.value)


# ---- laws ---------------------------------------------------------------------------------------------------------


def mappings(laid: Laid | None, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths to all mappings, and to the empty values where one could be."""
    if laid is None or isinstance(laid, Pairs) or (isinstance(laid, Scalar) and laid.empty):
        yield path
    if isinstance(laid, Pairs):
        for key, value in laid.pairs:
            yield from mappings(value, (*path, key.text))


def added(before: Data, path: tuple[str, ...], new: dict[str, Data]) -> Data:
    """What should be said: worked out anew, so that the editor is not its own judge."""
    mapping = before if isinstance(before, dict) else {}
    if not path:
        return {**mapping, **new}
    return {key: added(value, path[1:], new) if key == path[0] else value for key, value in mapping.items()}


def ordered(value: Data) -> object:
    """With the order of mappings."""
    if isinstance(value, dict):
        return [(key, ordered(inner)) for key, inner in value.items()]
    return [ordered(inner) for inner in value] if isinstance(value, list) else value


def stretches(before: str, after: str) -> tuple[str, str]:
    """What one has in the place of the other, after all that is the same at both ends."""
    start = next((i for i, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), None)
    start = min(len(before), len(after)) if start is None else start
    most = min(len(before), len(after)) - start
    pairs = islice(zip(reversed(before), reversed(after), strict=False), most)
    end = next((i for i, (one, other) in enumerate(pairs) if one != other), most)
    return before[start : len(before) - end], after[start : len(after) - end]


def yaml_of(file: str, text: str) -> str:
    body = text.removeprefix("\ufeff")
    if not file.endswith(".md"):
        return body
    parts = split_front_matter(file, body).value
    assert parts
    return f"{parts[0]}\n"


NEW = '# why\n"a: new":\n  stance: supports # sure\n  quote:\n    - exact: "“x” # y"\n      key: [one, two]\n    - z\n'
NEW_DATA = data(NEW)


def check_insertions(file: str, text: str) -> int:
    """Entries can be added to every mapping of a file: they are said, and all else stays byte for byte."""
    assert isinstance(NEW_DATA, dict)
    done = 0
    for path in mappings(sheet_of(file, text).root):
        try:
            after = insert(file, text, path, NEW)
        except EditError as error:
            assert "line break first" in str(error) and re.search(r"[|>]", text)  # noqa: PT018, PT017
            continue
        assert ordered(data(yaml_of(file, after))) == ordered(added(data(yaml_of(file, text)), path, NEW_DATA))
        gone, come = stretches(text, after)
        # A comma before the comment of the last entry; braces that held nothing.
        assert gone == "" or come.startswith(f",{gone}") or re.fullmatch(r" *\{ *\}.*", gone, re.DOTALL)
        assert ("\n" in come.replace("\r\n", "")) <= ("\n" in text.replace("\r\n", "") or "\r\n" not in text)
        done += 1
    return done


def check_replacements(file: str, text: str, every: int = 1) -> int:
    """Every scalar can be replaced by itself and by a nasty text, alone and all at once."""
    sheet = sheet_of(file, text)
    places = {Place(file, *at): one for at, one in sheet.scalars().items()}
    assert replace(file, text, [Fix(place, one.text) for place, one in places.items()]) == text
    for place, one in islice(places.items(), 0, None, every):
        after = replace(file, text, [Fix(place, NASTY)])
        assert ordered(data(yaml_of(file, after))) == ordered(retold(sheet.root, {one.number: NASTY}))
        gone, _ = stretches(text, after)
        start = len(sheet.before) + one.start
        assert gone in text[start : max(start, len(sheet.before) + one.end)]
    number = {one.number: f"{NASTY} {one.number}" for one in places.values()}
    every_one = [Fix(place, number[one.number]) for place, one in places.items()]
    assert ordered(data(yaml_of(file, replace(file, text, every_one)))) == ordered(retold(sheet.root, number))
    return len(places)


def retold(laid: Laid | None, texts: dict[int, str]) -> Data:
    if isinstance(laid, Scalar):
        return texts.get(laid.number, laid.text)
    if isinstance(laid, Items):
        return [retold(item, texts) for item in laid.items]
    return {texts.get(k.number, k.text): retold(v, texts) for k, v in laid.pairs} if laid else {}


FILES = sorted(
    path
    for folder in (ROOT / "content", ROOT / "tests/sites")
    for path in folder.rglob("*")
    if path.suffix == ".yaml" or path.name == "briefing.md"
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
@pytest.mark.parametrize("crlf", [False, True], ids=["LF", "CRLF"])
def test_every_mapping_and_text_of_the_sites_can_be_changed(path: Path, crlf: bool) -> None:
    text = path.read_bytes().decode()
    text = re.sub(r"\r?\n", "\r\n", text) if crlf else text
    try:
        sheet_of(path.name, text)
    except EditError:
        assert "hostile" in path.parts
        return
    assert check_insertions(path.name, text) > 0
    assert check_replacements(path.name, text, every=11) > 0


KEYS = st.sampled_from(["a", "b", "claim", "evidence", "“c”", "习", "d e", "k: v", "- x", "😀"])
VALUES = st.one_of(
    st.sampled_from(["", "x", "two words", "it's", "x: y", "# z", "“q”", "习近平", "1\n2", "1\n\n 2\n", "x\n\n\n"]),
    TEXTS,
)
SAID: st.SearchStrategy[Data] = st.recursive(
    VALUES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=9,
)
COMMENTS = ["# c", "#", "# k: v", "# [x", "# 'y"]


class Writer:
    """Lays data out in one of the many ways of YAML, as `draw` decides."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.step = draw(st.sampled_from([1, 2, 4]))
        self.dash = draw(st.sampled_from([0, 2, 3]))

    def choose(self, *ways: str) -> str:
        return self.draw(st.sampled_from(ways))

    def block(self, value: Data, indent: int) -> list[str]:
        """Lines for what is neither empty nor text."""
        out: list[str] = []
        pad = " " * indent
        if isinstance(value, dict):
            for key, inner in value.items():
                out += self.between(pad)
                out += self.child(f"{pad}{scalar(key)}:", inner, indent, in_list=False)
        elif isinstance(value, list):
            for inner in value:
                out += self.between(pad)
                out += self.child(f"{pad}-", inner, indent, in_list=True)
        return out + ([pad + self.choose(*COMMENTS)] if self.draw(st.integers(0, 4)) == 0 else [])

    def child(self, head: str, value: Data, indent: int, *, in_list: bool) -> list[str]:
        comment = self.choose("", "", " # e", "\t# t", " ")
        if isinstance(value, str):
            return self.text(head, value, indent, comment)
        if not value or self.choose("block", "block", "flow") == "flow":
            return f"{head} {self.flow(value, indent + self.draw(st.integers(1, 3)))}{comment}".split("\n")
        dash = 0 if in_list and isinstance(value, list) else self.dash
        deeper = indent + (max(dash, 1) if in_list and isinstance(value, list) else self.step)
        if isinstance(value, list) and not in_list:
            deeper = indent + self.dash
        return [f"{head}{comment}", *self.block(value, deeper)]

    def text(self, head: str, value: str, indent: int, comment: str) -> list[str]:
        inner = " " * (indent + self.draw(st.integers(1, 4)))
        style = self.choose("short", "short", "single", "double", "literal", "folded", "lines")
        if value == "" and style == "short":
            return [f"{head}{comment}"]
        body = value.removesuffix("\n").split("\n")
        seen = all(printable(line) == line for line in body) and body[0].strip() == body[0] != ""
        if style == "literal" and seen:
            kept = "" if value.endswith("\n") else "-"
            return [f"{head} |{kept}{comment}", *(inner + line if line else "" for line in body)]
        if style == "folded" and len(body) == 1 and seen and "  " not in value and value == body[0]:
            return [f"{head} >-{comment}", *(inner + word for word in value.split(" "))]
        if style == "lines" and scalar(value) == value and " " in value:
            first, *rest = value.split(" ")
            return [f"{head} {first}", *(inner + word for word in rest)]
        if style == "single" and printable(value) == value:
            return [f"{head} '{value.replace(chr(39), chr(39) * 2)}'{comment}"]
        return [f"{head} {scalar(value)}{comment}"]

    def flow(self, value: Data, indent: int) -> str:
        """In brackets, on one line or several."""
        if isinstance(value, str):
            return scalar(value, flow=True)
        if isinstance(value, list):
            inside = [self.flow(inner, indent + 2) for inner in value]
        else:
            inside = [f"{scalar(key, flow=True)}: {self.flow(inner, indent + 2)}" for key, inner in value.items()]
        open_, close = "[]" if isinstance(value, list) else "{}"
        comma = self.choose("", "", ",") if inside else ""
        way = self.choose("short", "short", "wrapped", "lines")
        pad = " " * indent
        if way == "short":
            space = self.choose("", " ")
            return f"{open_}{space}{', '.join(inside)}{comma}{space}{close}"
        if way == "wrapped":
            return f"{open_}{f',{chr(10)}{pad}'.join(inside)}{comma}{close}"
        last = inside.pop() + comma if inside else ""
        lines = [f"{pad}{one},{self.choose('', ' # f')}\n" for one in inside]
        lines += [f"{pad}{last}{self.choose('', ' # g', ' ')}\n"] if last or self.choose("", "# h") == "" else []
        return f"{open_}\n{''.join(lines)}{pad}{close}"

    def between(self, pad: str) -> list[str]:
        return {"no": [], "blank": [""], "own": [pad + "# o"], "both": ["", pad + "# p"], "less": ["# l"]}[
            self.choose("no", "no", "no", "blank", "own", "both", "less")
        ]


@st.composite
def layouts(draw: st.DrawFn) -> str:
    value = draw(st.dictionaries(KEYS, SAID, max_size=4))
    writer = Writer(draw)
    lines = writer.block(value, 0)
    lines = [*draw(st.sampled_from([[], ["# top", ""], ["---"], ["# x", "--- # y"]])), *lines]
    lines += draw(st.sampled_from([[], [], ["", "# end"], ["..."], ["", ""]]))
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    text = newline.join(lines) + draw(st.sampled_from(["", newline]))
    read = parse_yaml("f.yaml", text)
    if read.diagnostics or not isinstance(read.value and read.value.content, dict):
        return f"a: 1{newline}"  # the writer is no judge of its own layouts either
    return draw(st.sampled_from(["", "\ufeff"])) + text


@given(layouts())
@example("a: |\n  x\n \n  y\n\nb: >+\n\n x\n\n\n")
@example("a:\n- b:\n  -\n    c: d\n- - e\n  - f: g\n")
@example("a: b\u2028# c\u2028d: {e: f}\u0085g: h\n")
def test_in_any_layout_the_change_is_made_and_nothing_else(text: str) -> None:
    check_insertions("f.yaml", text)
    check_replacements("f.yaml", text)


def test_places_are_those_that_faults_name() -> None:
    text = 'a: "x\u2028y"\nb: [c, 😀]\n'
    sheet = sheet_of("f.yaml", text)
    lines = Lines("f.yaml", text, 1)
    assert set(sheet.scalars()) == {
        (place.line, place.column) for one in sheet.scalars().values() for place in [lines.stretch(one.start, one.end)]
    }
