"""One item more in a list of YAML that a person laid out: it is said, and nothing else changes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import ROOT
from test_edit import KEYS, TEXTS, Writer, data, ordered

from builder.diagnostics import printable
from builder.editing import EditError
from builder.editing.appending import append, lines_at
from builder.editing.layout import sheet_of
from builder.yamldoc import Data, parse_yaml

BESIDE = ("key", "prefix", "suffix", "allow")


def more(text: str, item: Data = "new", path: tuple[str, ...] = ("q",)) -> str:
    return append("f.yaml", text, path, item, name="exact", beside=BESIDE)


APPENDED = {
    "a list": ("q:\n  - a\n  - b # c\nv: 1\n", "q:\n  - a\n  - b # c\n  - new\nv: 1\n"),
    "a list that is not indented": ("q:\n- a\n# of v\nv: 1\n", "q:\n- a\n- new\n# of v\nv: 1\n"),
    "comments of the last item": ("q:\n  - a\n  # of a\nv: 1\n", "q:\n  - a\n  # of a\n  - new\nv: 1\n"),
    "a list of mappings": ("q:\n  - exact: a\n    key: b\nv: 1\n", "q:\n  - exact: a\n    key: b\n  - new\nv: 1\n"),
    "a block text last": ("q:\n  - |\n    a\n\nv: 1\n", "q:\n  - |\n    a\n  - new\n\nv: 1\n"),
    "brackets": ("q: [a, b] # c\n", "q: [a, b, new] # c\n"),
    "brackets and a comma": ("q: [a, b,]\n", "q: [a, b, new,]\n"),
    "empty brackets": ("q: []\n", "q: [new]\n"),
    "a text": ("s: x\nq: a b # c\nv: 1\n", "s: x\nq:\n  - a b # c\n  - new\nv: 1\n"),
    "a text in quotation marks": ("q: 'it''s'\n", "q:\n  - 'it''s'\n  - new\n"),
    "a text on a line of its own": ("q:\n    a\nv: 1\n", "q:\n    - a\n    - new\nv: 1\n"),
    "a text over lines": ("q: a\n  b\nv: 1\n", "q:\n  - a\n      b\n  - new\nv: 1\n"),
    "a folded text": ("q: >-\n  a\n\n  b\n\nv: 1\n", "q:\n  - >-\n      a\n\n      b\n  - new\n\nv: 1\n"),
    "a text without line end": ("q: a", "q:\n  - a\n  - new\n"),
    "as other lists are indented": ("l:\n- x\nq: a\n", "l:\n- x\nq:\n- a\n- new\n"),
    "CRLF": ("\ufeffq: a\r\nkey: b\r\nv: 1", "\ufeffq:\r\n  - exact: a\r\n    key: b\r\n  - new\r\nv: 1"),
    "key words beside it": (
        "q: a b # c\nkey: b # k\nv: 1\n",
        "q:\n  - exact: a b # c\n    key: b # k\n  - new\nv: 1\n",
    ),
    "much beside it": (
        "prefix: p\nq: a\n# on key\nkey: [a,\n  b]\nv: 1\nallow: negation\n",
        "q:\n  - exact: a\n    prefix: p\n    key: [a,\n      b]\n    allow: negation\n  - new\n# on key\nv: 1\n",
    ),
    "key words without line end": ("q: a\nkey: b", "q:\n  - exact: a\n    key: b\n  - new\n"),
    "a mapping": ("q:\n  # c\n  exact: a\n  key: b\n", "q:\n  # c\n  - exact: a\n    key: b\n  - new\n"),
    "a mapping with more beside it": ("q:\n  exact: a\nkey: b\n", "q:\n  - exact: a\n    key: b\n  - new\n"),
    "a mapping in braces": ("q: {exact: a} # c\n", "q:\n  - {exact: a} # c\n  - new\n"),
    "in braces": ("{s: x, q: a, v: 1}\n", "{s: x, q: [a, new], v: 1}\n"),
    "in braces with more beside it": ("{s: x, q: a, key: b, v: 1}\n", "{s: x, q: [{exact: a, key: b}, new], v: 1}\n"),
    "in braces, all of it before": ("{key: b, prefix: p, q: a}\n", "{q: [{exact: a, key: b, prefix: p}, new]}\n"),
    "in braces, a mapping": ("{q: {exact: a}, key: b}\n", "{q: [{exact: a, key: b}, new]}\n"),
}


@pytest.mark.parametrize(("before", "after"), APPENDED.values(), ids=APPENDED)
def test_an_item_goes_where_a_person_would_put_it(before: str, after: str) -> None:
    assert more(before) == after


def test_an_item_may_be_a_mapping() -> None:
    item: Data = {"exact": "a, b", "prefix": "“p”"}
    assert more("q:\n    - x\n", item) == "q:\n    - x\n    - exact: a, b\n      prefix: “p”\n"
    assert more("q: [x]\n", item) == 'q: [x, {exact: "a, b", prefix: “p”}]\n'


def test_the_path_may_be_long() -> None:
    assert more("a:\n  b: {q: x}\n", path=("a", "b", "q")) == "a:\n  b: {q: [x, new]}\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: 1", "there is no `q`"),
        ("q: ", "cannot become a list"),
        ("q: [a]\nkey: b\n", "`key` stands beside it"),
        ("q:\n  exact: a\n  key: b\nkey: c\n", "cannot become a list"),
        ("q: {exact: a}\nkey: b\n", "takes no item more"),
        ("q: |2\n    a\n", "takes no item more"),
        ("{q: a, # c\n key: b}\n", "takes no item more"),
        ("? q\n: a\n? key\n: b\n", "takes no item more"),
        ("q: 'a", "Correct that first."),
        ("- q", "there is no `q`"),
    ],
)
def test_what_is_unsure_is_refused_in_one_line(text: str, says: str) -> None:
    with pytest.raises(EditError) as caught:
        more(text)
    assert says in str(caught.value)
    assert printable(str(caught.value)) == str(caught.value)


def test_a_name_that_steers_a_terminal_is_told_harmlessly() -> None:
    with pytest.raises(EditError) as caught:
        more("a: 1", path=("\x1b[2J",))
    assert "\\u001b" in str(caught.value)


def with_item(before: Data, item: Data) -> Data:
    """What should be said of the key `q`."""
    assert isinstance(before, dict)
    value = before["q"]
    if isinstance(value, list):
        return {**before, "q": [*value, item]}
    moved = {key: inner for key, inner in before.items() if key in BESIDE}
    first: Data = {**(value if isinstance(value, dict) else {"exact": value}), **moved} if moved else value
    return {key: [first, item] if key == "q" else inner for key, inner in before.items() if key not in moved}


def comments(text: str) -> list[str]:
    return sorted(re.findall(r"#[^\r\n]*", text))


def inked(text: str) -> list[str]:
    """All but white space and the signs of lists and mappings, in any order."""
    return sorted(re.sub(r"[\s\[\]{}\-,:]", "", text))


@st.composite
def holders(draw: st.DrawFn) -> str:
    quotes: st.SearchStrategy[Data] = st.one_of(
        TEXTS, st.lists(TEXTS, max_size=3), st.dictionaries(KEYS, TEXTS, max_size=2)
    )
    quote = draw(quotes)
    before = draw(st.dictionaries(st.sampled_from(["s", "key", "via"]), TEXTS, max_size=2))
    after = draw(st.dictionaries(st.sampled_from(["prefix", "note", "allow"]), TEXTS, max_size=2))
    writer = Writer(draw)
    value: Data = {**before, "q": quote, **after}
    lines = [writer.flow(value, 2)] if draw(st.booleans()) else writer.block(value, 0)
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    return newline.join("\n".join(lines).split("\n")) + draw(st.sampled_from(["", newline]))


@given(holders(), st.one_of(TEXTS, st.just({"exact": "“x”: y", "suffix": "# z"})))
def test_in_any_layout_the_item_is_said_and_every_other_character_stays(text: str, item: Data) -> None:
    read = parse_yaml("f.yaml", text)
    if read.diagnostics or not isinstance(read.value and read.value.content, dict):
        return  # the writer is no judge of its own layouts
    try:
        after = more(text, item)
    except EditError:
        return
    assert ordered(data(after)) == ordered(with_item(data(text), item))
    kept = inked(after)
    for char in inked(text):
        kept.remove(char)  # raises where it is gone
    untouched = [line for line in re.split(r"\r?\n", text) if line.startswith(("s:", "via:", "note:"))]
    assert [line for line in untouched if line not in re.split(r"\r?\n", after)] == []


@pytest.mark.parametrize("crlf", [False, True], ids=["LF", "CRLF"])
def test_every_quotation_of_the_sample_can_be_joined_by_another(crlf: bool) -> None:
    done = 0
    for path in sorted((ROOT / "content").rglob("claims/*.yaml")):
        text = path.read_bytes().decode()
        text = re.sub(r"\r?\n", "\r\n", text) if crlf else text
        said = data(text)
        assert isinstance(said, dict)
        for id_, claim in said.items():
            assert isinstance(claim, dict)
            evidence = claim["evidence"]
            assert isinstance(evidence, dict)
            for source, one in evidence.items():
                if isinstance(one, dict) and "quote" in one:
                    after = append(path.name, text, [id_, "evidence", source, "quote"], "“x”: #1", name="exact",
                                   beside=BESIDE)  # fmt: skip
                    assert comments(after) == sorted([*comments(text), '#1"'])
                    gone = [line for line in text.splitlines() if line not in after.splitlines()]
                    assert all(re.match(r"\s+(quote|key|prefix|suffix|allow):|\s+-", line) for line in gone)
                    done += 1
    assert done > 100


def test_the_lines_of_an_entry_are_shown_as_they_stand() -> None:
    text = "\ufeffa:\r\n  b: # c\r\n    - x\r\n    - y # z\r\n# d\r\ne: {f: 1, g: 2}"
    assert lines_at("f.yaml", text, ["a", "b"]) == "  b: # c\n    - x\n    - y # z\n"
    assert lines_at("f.yaml", text, ["e", "g"]) == "e: {f: 1, g: 2}\n"
    assert sheet_of("f.yaml", text).before == "\ufeff"
