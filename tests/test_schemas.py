"""The schemas of editors and the builder say the same of a document, and the schemas know each briefing's ids."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from samples import inputs_of, sample_inputs, scalar, small

from builder.describing import descriptions
from builder.diagnostics import Diagnostic
from builder.documents import (
    Allowance,
    AuditEntry,
    Because,
    ClaimEntry,
    Difference,
    EventEntry,
    EvidenceEntry,
    HorizonEntry,
    LeftOutEntry,
    Limits,
    LookAheadEntry,
    OriginEntry,
    QuotationEntry,
    SharedEntry,
    SiteEntry,
    SourceEntry,
    SourcesEntry,
    Stance,
    UtteranceEntry,
)
from builder.editors import schemas
from builder.editors.choices import Choices, choices
from builder.editors.schemas import briefing_schemas, site_schema
from builder.validation import validate, validate_entries
from builder.written import Texts
from builder.yamldoc import Node, parse_yaml

Json = dict[str, Any]

FILES = ("site", "sources", "claims", "timeline", "audit")


@cache
def schema(name: str) -> Json:
    """The schema of a file of the repository's own briefing."""
    made = {"site.json": site_schema(), **briefing_schemas(choices(sample_inputs().briefings[0]))}
    read: Json = json.loads(made[f"{name}.json"])
    return read


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema(name))


def texts(**changed: str | bytes | None) -> Texts:
    return inputs_of(small(**changed)).briefings[0]


def mappings(found: Any) -> Iterator[Json]:
    """Everything in a schema that is a schema of a mapping's keys."""
    if isinstance(found, dict):
        if isinstance(found.get("properties"), dict):
            yield found
        for inner in found.values():
            yield from mappings(inner)
    elif isinstance(found, list):
        for inner in found:
            yield from mappings(inner)


# ---- what YAML makes of a scalar, and what the builder does ----------------------------------------------------------


@dataclass(frozen=True)
class Scalar:
    """A scalar as it is written: plain, or between quotation marks."""

    text: str
    quoted: bool = True


Tree = Scalar | list[Any] | dict[Any, Any]

PLAIN = re.compile(r"(?![-?:] )[\w.~<=+-][\w.~<=>+%/@ -]*(?<! )")
"""Texts that need no quotation marks, even within brackets."""
CORE: list[tuple[str, Callable[[str], Any]]] = [
    (r"~|null|Null|NULL", lambda _: None),
    (r"true|True|TRUE", lambda _: True),
    (r"false|False|FALSE", lambda _: False),
    (r"[-+]?[0-9]+", int),
    (r"0o[0-7]+", lambda text: int(text, 0)),
    (r"0x[0-9a-fA-F]+", lambda text: int(text, 0)),
    (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", float),
    (r"[-+]?\.(inf|Inf|INF)", lambda text: float(text.lower().replace(".", ""))),
]
"""The types of YAML 1.2's core schema."""


def typed(tree: Tree) -> Any:
    """A document as an editor reads it."""
    if isinstance(tree, dict):
        return {key_of(typed(key)): typed(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [typed(item) for item in tree]
    if not tree.quoted:
        for pattern, convert in CORE:
            if re.fullmatch(pattern, tree.text):
                return convert(tree.text)
    return tree.text


def key_of(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value)


def written(tree: Tree) -> str:
    """The same document as YAML, on one line."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{written(key)}: {written(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(written, tree)) + "]"
    return tree.text if not tree.quoted else scalar(tree.text)


def faults(name: str, node: Node) -> list[Diagnostic]:
    """What the builder finds in a document, looking at the file alone."""
    if name in ("site", "audit"):
        return [*validate(SiteEntry if name == "site" else AuditEntry, node).diagnostics]
    if name != "sources":
        return [*validate_entries(ClaimEntry if name == "claims" else EventEntry, node).diagnostics]
    found = [*validate(SourcesEntry, node).diagnostics]
    if isinstance(node.content, dict):
        parts = ((OriginEntry, node.content.get("origins")), (SourceEntry, node.content.get("sources")))
        found += [fault for model, part in parts if part for fault in validate_entries(model, part).diagnostics]
    return found


# ---- documents, right and wrong ------------------------------------------------------------------------------------


def tree(value: Any) -> Tree:
    """Plain wherever that is possible."""
    if isinstance(value, dict):
        return {tree(key): tree(item) for key, item in value.items()}
    if isinstance(value, list):
        return [tree(item) for item in value]
    return Scalar(value, quoted=not PLAIN.fullmatch(value))


QUOTATION = {
    "exact": "words", "prefix": "p", "suffix": "s", "key": ["k"], "reading": "w", "allow": ["negation", "paragraphs"],
}  # fmt: skip
DOCUMENTS: dict[str, Tree] = {
    "site": tree({
        "title": "T", "tagline": "2023", "url": "https://example.org/", "language": "en-GB", "publisher": "true",
        "corrections": "a@example.org", "limits": {"excerpt_warning": "40 %", "excerpt_maximum": "60%"},
    }),
    "sources": tree({
        "origins": {
            "us-side": {"name": "N", "kind": "null", "side": "5.5", "via": "chinese-side", "source": "mothership"},
        },
        "sources": {
            "mercopress": {
                "siglum": "A", "article": "a.txt", "outlet": "O", "headline": ["h", "i"], "body": ["a", "b"],
                "captions": "c", "boilerplate": ["2023"], "author": "~", "url": "http://a.b", "language": "fr",
                "licence": "L", "full_text": "yes", "primary": "no", "published": "2023",
                "captured": "2023-06-19T10:33Z",
                "known_through": {"date": "2023-06", "quote": "q"}, "looks_ahead": {"event": "new", "quote": QUOTATION},
                "via": ["us-side"], "note": "n",
            },
            "2023": {"siglum": "B2", "article": "b c.txt", "body": ["1", "2"], "known_through": "2023-21"},
        },
    }),
    "claims": tree({
        "met": {
            "claim": "C", "question": "When?", "topic": "talks", "event": "qin-talks", "unit": "h", "note": "n",
            "utterance": {"by": "B", "lemma": "mothership"}, "settles": "unlisted", "refines": ["talks-length"],
            "conflicts_with": ["unlisted", "talks-length"],
            "evidence": {
                "mercopress": {"stance": "supports", "quote": "q", "key": "k", "prefix": "p", "suffix": "s",
                               "reading": "r", "allow": "negation", "value": "5.5", "via": ["us-side", "unlisted"],
                               "note": "n"},
                "unlisted": {"stance": "qualifies", "differs_in": "scope", "quote": ["q", QUOTATION], "value": "5..6"},
                "mothership": {"stance": "silent", "because": "omitted"},
            },
        },
        "true": {"claim": "C", "topic": "unlisted", "utterance": "2023",
                 "evidence": {"0x1f": {"stance": "supports", "quote": QUOTATION}}},
    }),
    "timeline": tree({
        "meeting": {
            "title": "T", "date": "2023-06-18/2023-06-19", "label": "Sunday", "dated": "inferred", "note": "n",
            "evidence": {"mercopress": "words", "mothership": ["a", QUOTATION], "unlisted": QUOTATION},
        },
    }),
    "audit": tree({
        "left_out": {
            "mercopress": [{"quote": "words", "why": "2023"}, {"quote": QUOTATION, "why": "true"}],
            "unlisted": [{"quote": "5.5", "why": "W"}],
        },
        "shared": [{"sources": ["mercopress", "unlisted"], "why": "~"}],
    }),
}  # fmt: skip
"""For each file one that is right and has every key."""

ODD = [
    "", " ", "~", "null", "Null", "true", "True", "false", "yes", "no", "Yes", "2023", "0002", "99999", "-1", "5.5",
    "5.", ".5", "1e3", "0x1f", "0o17", "010", "+5", ".inf", "5..6", "6..5", ">5", ">= 5", "<=5", "~7.5", "5 hours",
    "$5 million", "HK$5", ">5 km/h", "20 °C", "5..6 days", "-1.2 million euros", "~40%", "5 m²", "5 -6", "5 h5",
    "2023-06", "2023-06-18", "2023-13", "2023-02~", "2023-06-16?", "2023-21", "2023/..", "../2023", "[2023-06-19..]",
    "[2023....]", "[..]", "2023-06-19T10:33Z", "2023-06-19T10:33:00+08:00", "2023-06-19T10:33", "June", "40 %", "40",
    "100%", "101 %", " 40 % ", "\t2023-06\u00a0", "supports", "Supports", "silent", "scope", "omitted", "negation",
    "printed", "talks", "us-side", "new-id", "Bad Id", "bad_id", "a--b", "a" * 65, "A", "AB", "ABC", "en", "pt-BR",
    "English", "a.txt", "../a.txt", "a.yaml", "https://example.org/", "ftp://example.org", "a@b", "-x", "- x", "\ufeff",
    "\u2028", "x" * 1001, "x" * 3001, "é", "\U0001f600", "a: b", "# a", "constructor", "__proto__", "\u0663",
]  # fmt: skip
KEYS = sorted({
    *(key for model in (SiteEntry, SourceEntry, ClaimEntry, EvidenceEntry, EventEntry, QuotationEntry, OriginEntry,
                        AuditEntry, LeftOutEntry, UtteranceEntry)
      for key in model.model_fields),
    "evidense", "Stance", "id", "mothership",
})  # fmt: skip
SCALARS = st.builds(
    lambda text, plain: Scalar(text, quoted=not (plain and PLAIN.fullmatch(text))),
    st.one_of(st.sampled_from(ODD), st.text(max_size=4)),
    st.booleans(),
)
KEY = st.one_of(st.sampled_from(KEYS).map(lambda key: Scalar(key, quoted=False)), SCALARS)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEY, inner, max_size=3)),
    max_leaves=4,
)


def places(found: Tree, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways from a document's top to everything in it."""
    yield path
    inner = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for key, value in inner:
        yield from places(value, (*path, key))


def value_at(found: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        found = found[key]
    return found


def changed(found: Any, path: tuple[Any, ...], change: Any) -> Any:
    """A document with something else at the end of a path."""
    if not path:
        return change(found)
    first, *rest = path
    if isinstance(found, dict):
        return {key: changed(value, tuple(rest), change) if key == first else value for key, value in found.items()}
    return [changed(value, tuple(rest), change) if index == first else value for index, value in enumerate(found)]


@st.composite
def documents(draw: st.DrawFn, name: str) -> Tree:
    """A right document, changed in up to three places."""
    found = DOCUMENTS[name]
    for _ in range(draw(st.integers(0, 3))):
        path = draw(st.sampled_from([*places(found)]))
        other, key = draw(TREES), draw(KEY)

        def change(old: Tree, other: Tree = other, key: Scalar = key, kind: int = draw(st.integers(0, 3))) -> Tree:
            if kind == 0 or isinstance(old, Scalar):
                return other
            if isinstance(old, list):
                return [*old, other] if kind == 1 else old[1:]
            if kind == 1:
                return {**old, key: other}
            gone = next(iter(old), None) if kind == 2 else list(old)[-1] if old else None
            return {inner: value for inner, value in old.items() if inner != gone}

        found = changed(found, path, change)
    return found


@pytest.mark.parametrize("name", FILES)
def test_a_document_with_every_key_is_right_for_both(name: str) -> None:
    node = parse_yaml("f.yaml", written(DOCUMENTS[name])).value
    assert node is not None
    assert faults(name, node) == []
    assert [*validator(name).iter_errors(typed(DOCUMENTS[name]))] == []


SURE = {"key-unknown", "key-missing", "value-unknown"}
"""What a schema has to find, too."""


@pytest.mark.parametrize("name", FILES)
@given(data=st.data())
@settings(max_examples=150)
def test_a_schema_refuses_nothing_that_the_builder_takes_and_finds_what_is_surely_wrong(
    name: str, data: st.DataObject
) -> None:
    found = data.draw(documents(name))
    read = parse_yaml("f.yaml", written(found))
    if read.value is None or read.diagnostics:
        return
    builder = faults(name, read.value)
    refused = not validator(name).is_valid(typed(found))
    if not builder:
        assert not refused
    if any(fault.code in SURE for fault in builder):
        assert refused


TYPED = ["~", "null", "true", "false", "yes", "2023", "0002", "-1", "5.5", "5.", "1e3", "0x1f", "010", ".inf"]
"""What YAML makes something else of than text."""


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("text", TYPED)
def test_a_schema_takes_every_scalar_that_the_builder_takes(name: str, text: str) -> None:
    found = right = DOCUMENTS[name]
    for path in places(right):
        if path and not isinstance(value_at(right, path), list | dict):
            other = changed(found, path, lambda _: Scalar(text, quoted=False))
            node = parse_yaml("f.yaml", written(other)).value
            if node is not None and not faults(name, node):
                found = other
    assert found != right
    assert [*validator(name).iter_errors(typed(found))] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("claims", "met: {claim: C, topic: talks, evidense: {}}"),
        ("claims", "met: {claim: C}"),
        ("claims", "met: {claim: [C], topic: talks}"),
        ("claims", "met: {claim: C, topic: {a: b}}"),
        ("claims", "met: {claim: C, topic: Bad Id}"),
        ("claims", "Met: {claim: C, topic: talks}"),
        ("claims", "met: {claim: C, topic: talks, evidence: {mothership: {stance: supportss}}}"),
        ("claims", "met: {claim: C, topic: talks, evidence: {unlisted: {stance: supportss}}}"),
        ("claims", "met: {claim: C, topic: talks, evidence: {mothership: {stance: silent, because: why}}}"),
        (
            "claims",
            "met: {claim: C, topic: talks, evidence: {mothership: {stance: silent, quote: {exact: a, keys: b}}}}",
        ),
        ("claims", "met: {claim: C, topic: talks, evidence: {mothership: {stance: silent, allow: [all]}}}"),
        ("claims", "met: {claim: C, topic: talks, evidence: {mothership: {stance: silent, value: five}}}"),
        ("claims", "met: {claim: C, topic: talks, evidence: {mothership: {stance: silent, via: [us-side, [b]]}}}"),
        ("claims", "met: {claim: '', topic: talks}"),
        ("claims", "[met]"),
        ("timeline", "a: {title: T, date: June}"),
        ("timeline", "a: {title: T, date: 2023, dated: guessed}"),
        ("sources", "{sources: {a: {siglum: a, article: a.txt, body: [a, b]}}}"),
        ("sources", "{sources: {a: {siglum: A, article: seeds/a.txt, body: [a, b]}}}"),
        ("sources", "{sources: {a: {siglum: A, article: a.txt, body: [a]}}}"),
        ("sources", "{sources: {a: {siglum: A, article: a.txt, body: [a, b], full_text: maybe}}}"),
        ("sources", "{sources: {a: {siglum: A, article: a.txt, body: [a, b], url: www.example.org}}}"),
        ("sources", "{origins: {}}"),
        ("claims", "met: {claim: C, topic: talks, utterance: {lemma: mothership}}"),
        ("claims", "met: {claim: C, topic: talks, settles: Bad Id}"),
        ("audit", "{left_out: {mercopress: [{quote: q}]}}"),
        ("audit", "{left_out: {mercopress: {quote: q, why: w}}}"),
        ("audit", "{shared: [{sources: [mercopress], why: w}]}"),
        ("audit", "{shared: [{sources: [mercopress, mothership, Bad Id], why: w}]}"),
        ("audit", "{leftout: {}}"),
        ("site", "{title: T, limits: {excerpt_warning: 40}}"),
        ("site", "{title: T, language: English}"),
        ("site", "{title: T, corrections: nobody}"),
    ],
)
def test_what_is_surely_wrong_is_marked(name: str, text: str) -> None:
    node = parse_yaml("f.yaml", text).value
    assert node is not None
    assert faults(name, node)
    assert not validator(name).is_valid(typed(tree(node.data())))


# ---- what an editor shows ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


def test_every_key_is_there_with_its_description() -> None:
    by_keys = {
        tuple(found["properties"]): found["properties"]
        for name in FILES
        for found in mappings(schema(name))
        if found["additionalProperties"] is False
    }
    models = (
        SiteEntry, Limits, SourcesEntry, OriginEntry, SourceEntry, HorizonEntry, LookAheadEntry, QuotationEntry,
        ClaimEntry, EvidenceEntry, EventEntry, UtteranceEntry, AuditEntry, LeftOutEntry, SharedEntry,
    )  # fmt: skip
    assert {tuple(model.model_fields) for model in models} == set(by_keys)
    for model in models:
        for key, shown in by_keys[tuple(model.model_fields)].items():
            assert (shown["title"], shown["description"]) == (key, descriptions(model)[key])
            assert shown["markdownDescription"].startswith(shown["description"])


def test_every_word_that_can_be_chosen_has_its_meaning() -> None:
    words = {
        word: meaning
        for name in FILES
        for found in mappings(schema(name))
        for key in found["properties"].values()
        for part in (key, *key.get("oneOf", ()))
        for word, meaning in zip(part.get("enum", ()), part.get("enumDescriptions", ()), strict=True)
    }
    single = (EventEntry.model_fields["dated"], SiteEntry.model_fields["cards"])
    literals = (Stance, Difference, Because, Allowance, *(field.annotation for field in single))
    assert words.keys() == {word for literal in literals for word in get_args(literal)}
    assert all(meaning.endswith(".") for meaning in words.values())


def test_each_id_of_a_briefing_is_a_choice_that_says_what_it_stands_for() -> None:
    made = briefing_schemas(choices(texts()))
    claims, timeline, sources = (json.loads(made[f"{name}.json"]) for name in ("claims", "timeline", "sources"))
    evidence = claims["$defs"]["claim"]["properties"]["evidence"]["properties"]
    assert [(id_, one["title"], one["description"]) for id_, one in evidence.items()] == [
        ("one", "one", "A"), ("two", "two", "B"),
    ]  # fmt: skip
    assert [*timeline["$defs"]["event"]["properties"]["evidence"]["properties"]] == ["one", "two"]

    def listed(schema: Json, name: str) -> list[tuple[str, str]]:
        return [(one["const"], one["description"]) for one in schema["$defs"][name]["oneOf"] if "const" in one]

    assert listed(claims, "topic-id") == [("talks", "The talks"), ("people", "The people")]
    assert listed(claims, "event-id") == [("meeting", "The ministers meet · 2024-05-02")]
    assert listed(claims, "via-id") == listed(sources, "via-id") == [("agency", "The Agency")]
    assert listed(sources, "event-id") == [("meeting", "The ministers meet · 2024-05-02")]
    audit = json.loads(made["audit.json"])
    assert [*audit["properties"]["left_out"]["properties"]] == ["one", "two"]
    for schema_ in (claims, sources, audit):
        assert listed(schema_, "source-id") == [("one", "A"), ("two", "B")]


def test_an_id_that_is_not_listed_is_no_fault_of_the_schema() -> None:
    found = {"met": {"claim": "C", "topic": "new", "event": "new", "evidence": {"new": {"stance": "silent"}}}}
    assert validator("claims").is_valid(found)
    found["met"]["evidence"]["new"] = {"stance": "silent", "via": ["new", "us-side"]}  # type: ignore[index]
    assert validator("claims").is_valid(found)


def test_a_schema_is_the_same_bytes_every_time() -> None:
    assert briefing_schemas(choices(texts())) == briefing_schemas(choices(texts()))
    assert site_schema() == site_schema()
    for data in (*briefing_schemas(choices(texts())).values(), site_schema()):
        assert data.endswith(b"}\n")
        assert json.loads(data)["$comment"] == schemas.MARK


def test_without_ids_a_schema_asks_for_any() -> None:
    made = briefing_schemas(Choices())
    claims = Draft202012Validator(json.loads(made["claims.json"]))
    found = {"met": {"claim": "C", "topic": "new", "evidence": {"new": {"stance": "supports", "via": "new"}}}}
    assert claims.is_valid(found)
    assert not claims.is_valid({"met": {"claim": "C", "topic": "Bad Id"}})


# ---- and on the whole -----------------------------------------------------------------------------------------------


def test_the_sample_itself_is_right_for_its_schemas() -> None:
    texts_ = sample_inputs().briefings[0]
    for file, data in texts_.files.items():
        name = "claims" if "/claims/" in file else file.rpartition("/")[2].removesuffix(".yaml")
        if name in FILES:
            node = parse_yaml(file, data.decode()).value
            assert node is not None
            assert [*validator(name).iter_errors(typed(tree(node.data())))] == []


def test_the_front_matter_has_no_schema() -> None:
    assert set(briefing_schemas(Choices())) == {"sources.json", "claims.json", "timeline.json", "audit.json"}
