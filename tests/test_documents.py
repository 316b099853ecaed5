"""The schema: text becomes what it means, and every fault is said at its line in a curator's words."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import scalar

from builder import documents
from builder.describing import EXAMPLES, example
from builder.documents import (
    BriefingEntry,
    ClaimEntry,
    Entry,
    EventEntry,
    EvidenceEntry,
    OriginEntry,
    QuotationEntry,
    SiteEntry,
    SourceEntry,
)
from builder.scalars import web_address
from builder.validation import validate, validate_entries
from builder.yamldoc import Node, parse_yaml


def node(text: str) -> Node:
    read = parse_yaml("f.yaml", text).value
    assert read is not None
    return read


def entry(schema: type[Entry], text: str) -> Any:
    checked = validate(schema, node(text))
    assert checked.diagnostics == ()
    return checked.value


def fault(schema: type[Entry], text: str) -> tuple[str, int, int]:
    checked = validate(schema, node(text))
    assert checked.value is None
    first = checked.diagnostics[0]
    return first.code, first.place.line, first.place.column


# ---- what may be short -------------------------------------------------------------------------------------------


def test_a_quotation_may_be_a_text_or_a_mapping() -> None:
    written = entry(EvidenceEntry, "stance: supports\nquote: [one, {exact: two, key: t, allow: negation}]")
    assert written.quote == [QuotationEntry(exact="one"), QuotationEntry(exact="two", key=["t"], allow=["negation"])]


@pytest.mark.parametrize("quote", ["one", "[one]", "{exact: one}", "[{exact: one}]"])
def test_one_quotation_needs_no_list(quote: str) -> None:
    assert entry(EvidenceEntry, f"stance: supports\nquote: {quote}").quote == [QuotationEntry(exact="one")]


@pytest.mark.parametrize("key", ["via", "key", "allow"])
def test_one_item_needs_no_list(key: str) -> None:
    item = "negation" if key == "allow" else "one"
    assert getattr(entry(EvidenceEntry, f"stance: supports\n{key}: {item}"), key) == [item]


def test_a_topic_may_be_its_title() -> None:
    text = "title: T\nsummary: S\nstatus: draft\ndate: 2024\npublished: 2024\ntopics: {a: A, b: {title: B, short: b}}"
    topics = entry(BriefingEntry, text).topics
    assert [(id_, t.title, t.short) for id_, t in topics.items()] == [("a", "A", None), ("b", "B", "b")]


def test_known_through_may_be_its_date() -> None:
    text = "siglum: A\narticle: a.txt\nbody: [a, b]\nknown_through: "
    assert entry(SourceEntry, text + "2024-05").known_through.date.text == "2024-05"
    assert entry(SourceEntry, text + "{date: 2024, quote: x}").known_through.quote.exact == "x"


def test_text_is_put_on_one_line_and_markdown_is_not() -> None:
    claim = entry(ClaimEntry, 'claim: "  a\\n\\n b  "\ntopic: t\nnote: "a\\n\\n- b"')
    assert (claim.claim, claim.note) == ("a b", "a\n\n- b")


def test_text_becomes_what_it_means() -> None:
    site = entry(SiteEntry, "title: T\nlimits: {excerpt_warning: 25%, excerpt_maximum: 100 %}")
    assert (site.limits.excerpt_warning, site.limits.excerpt_maximum) == (Decimal(25), Decimal(100))
    briefing = "title: T\nsummary: S\nstatus: draft\ndate: 2024\npublished: 2024\ntopics: {}\nutc_offset: "
    assert entry(BriefingEntry, briefing + "-03:30").utc_offset == -timedelta(hours=3, minutes=30)
    source = "siglum: A1\narticle: a.txt\nbody: [a, b]\nfull_text: "
    assert [entry(SourceEntry, source + word).full_text for word in ("yes", "no", "true", "false")] == [True, False] * 2


# ---- what is refused ---------------------------------------------------------------------------------------------

SOURCE = "siglum: A\narticle: a.txt\nbody: [a, b]\n"
BRIEFING = "title: T\nsummary: S\nstatus: draft\ndate: 2024\npublished: 2024\n"


@pytest.mark.parametrize(
    ("schema", "text", "found"),
    [
        (SiteEntry, "title: ''", ("shape", 1, 8)),
        (ClaimEntry, "claim: c\ntopic: t\nutterance: yes", ("format", 3, 12)),
        (SiteEntry, 'title: " \\t "', ("shape", 1, 8)),
        (SiteEntry, f"title: {'x' * 1001}", ("format", 1, 8)),
        (SiteEntry, "title: T\nlanguage: English", ("format", 2, 11)),
        (SiteEntry, "title: T\nlimits: {excerpt_warning: 40}", ("format", 2, 27)),
        (SiteEntry, "title: T\nlimits: {excerpt_warning: 101 %}", ("format", 2, 27)),
        (SiteEntry, "title: T\nlimits: {excerpt_warning: -1 %}", ("format", 2, 27)),
        (SiteEntry, "- title", ("shape", 1, 1)),
        (SiteEntry, "words", ("shape", 1, 1)),
        (SiteEntry, "", ("key-missing", 1, 1)),
        (BriefingEntry, BRIEFING, ("key-missing", 1, 1)),
        (BriefingEntry, BRIEFING + "topics: [a, b]", ("shape", 6, 9)),
        (BriefingEntry, BRIEFING + "topics: {a: [b]}", ("shape", 6, 13)),
        (BriefingEntry, BRIEFING + "topics: {a: {titel: b}}", ("key-unknown", 6, 14)),
        (BriefingEntry, BRIEFING + "topics: {A: b}", ("format", 6, 10)),
        (BriefingEntry, BRIEFING + "topics: {'': b}", ("format", 6, 10)),
        (BriefingEntry, BRIEFING + "topics: {a: {title: A, short: fifteen letters}}", ("format", 6, 31)),
        (BriefingEntry, BRIEFING + "topics: {}\ncorrections: [{date: 2024}]", ("key-missing", 7, 15)),
        (SourceEntry, SOURCE + "siglums: B", ("key-unknown", 4, 1)),
        (SourceEntry, SOURCE.replace("[a, b]", "[a]"), ("format", 3, 7)),
        (SourceEntry, SOURCE.replace("[a, b]", "[a, '']"), ("shape", 3, 11)),
        (SourceEntry, SOURCE.replace("[a, b]", "[a, [b]]"), ("shape", 3, 11)),
        (SourceEntry, SOURCE.replace("a.txt", "../a.txt"), ("format", 2, 10)),
        (SourceEntry, SOURCE.replace("a.txt", "/etc/passwd"), ("format", 2, 10)),
        (SourceEntry, SOURCE.replace("a.txt", "a.yaml"), ("format", 2, 10)),
        (SourceEntry, SOURCE.replace("a.txt", ".a.txt"), ("format", 2, 10)),
        (SourceEntry, SOURCE.replace("siglum: A", "siglum: a"), ("format", 1, 9)),
        (SourceEntry, SOURCE.replace("siglum: A", "siglum: ABC"), ("format", 1, 9)),
        (SourceEntry, SOURCE + "url: ftp://example.org", ("format", 4, 6)),
        (SourceEntry, SOURCE + "via: [a, B]", ("format", 4, 10)),
        (SourceEntry, SOURCE + "looks_ahead: {event: e}", ("key-missing", 4, 14)),
        (EvidenceEntry, "stance: [supports]", ("value-unknown", 1, 9)),
        (EvidenceEntry, "stance: supports\nquote: {exact: x, keys: y}", ("key-unknown", 2, 19)),
        (EvidenceEntry, "stance: supports\nquote: [a, {key: b}]", ("key-missing", 2, 12)),
        (EvidenceEntry, "stance: supports\nallow: [negation, all]", ("value-unknown", 2, 19)),
        (EvidenceEntry, f"stance: supports\nquote: {'x' * 3001}", ("format", 2, 8)),
        (ClaimEntry, "claim: c\ntopic: t\nevidence: {One: {stance: silent}}", ("format", 3, 12)),
        (ClaimEntry, "claim: c\ntopic: t\nevidence: {one: {stance: silent, note: {}}}", ("shape", 3, 40)),
        (EventEntry, "title: t\ndate: 2024\nevidence: {one: [a, '']}", ("shape", 3, 21)),
        (EventEntry, "title: t\ndate: {}", ("shape", 2, 7)),
        (OriginEntry, f"name: n\nvia: {'a' * 65}", ("format", 2, 6)),
    ],
)
def test_a_fault_is_said_at_its_place(schema: type[Entry], text: str, found: tuple[str, int, int]) -> None:
    assert fault(schema, text) == found


@pytest.mark.parametrize("id_", ["a", "9", "a-b", "2023-summit", "a" * 64])
def test_an_id_is_small_letters_digits_and_hyphens(id_: str) -> None:
    assert entry(ClaimEntry, f"claim: c\ntopic: {id_}").topic == id_


@pytest.mark.parametrize(
    "id_", ["A", "a_b", "-a", "a-", "a--b", "a b", "ä", "a/b", "..", "a.html", "a" * 65, "а", "a\u200d"]
)
def test_what_could_not_be_a_path_is_no_id(id_: str) -> None:
    assert fault(ClaimEntry, f"claim: c\ntopic: {scalar(id_)}")[0] == "format"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://localhost:8000/a/",
        "https://example.org/ä?q=1#x",
        "https://xn--bcher-kva.example/~a",
    ],
)
def test_a_web_address_is_http(address: str) -> None:
    assert web_address(address) == address


HOSTILE_ADDRESSES = [
    "", "example.org", "//example.org", "javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "file:///etc/passwd",
    "https://", "https:///x", "https://user@example.org", "https://example.org/ x", "https://example.org/\n", "https://a\\b",
    'https://example.org/"', "https://example.org/'", "https://example.org/<b>", "ftp://example.org", " https://example.org",
    "https://example.org\u2028", "https:example.org", "h\u0000ttps://example.org",
]  # fmt: skip


@pytest.mark.parametrize("address", HOSTILE_ADDRESSES)
def test_what_could_lead_elsewhere_is_no_web_address(address: str) -> None:
    with pytest.raises(ValueError, match="no web address"):
        web_address(address)


@pytest.mark.parametrize("contact", ["a@example.org", "first.last+x@example.org", "https://example.org/mail"])
def test_a_contact_is_a_mail_or_web_address(contact: str) -> None:
    assert entry(SiteEntry, f"title: T\ncorrections: {contact}").corrections == contact


@pytest.mark.parametrize(
    "contact",
    ["javascript://%0aalert(1)//@x", "data:text/html,@x", "a@b@c", "a@b?subject=x", "a&b@c", "nobody", "<a@b>"],
)
def test_no_script_hides_in_a_contact(contact: str) -> None:
    assert fault(SiteEntry, f"title: T\ncorrections: {scalar(contact)}")[:2] == ("format", 2)


# ---- many ---------------------------------------------------------------------------------------------------------


def test_every_fault_of_an_entry_is_named() -> None:
    found = validate(ClaimEntry, node("statement: x\ntopic: T\nevidence: {one: {stance: no, value: x}}")).diagnostics
    assert sorted(d.code for d in found) == ["format", "format", "key-missing", "key-unknown", "value-unknown"]


def test_a_faulty_entry_is_known_but_unusable() -> None:
    checked = validate_entries(EventEntry, node("a: {title: A, date: 2024}\nb: {title: B}\nC: {title: C, date: 2024}"))
    assert [(key, value is None) for key, value in checked.value.items()] == [("a", False), ("b", True), ("C", False)]
    assert [(d.code, d.place.line) for d in checked.diagnostics] == [("key-missing", 2), ("format", 3)]


def test_entries_that_are_no_mapping_are_a_fault() -> None:
    checked = validate_entries(EventEntry, node("- a"))
    assert (checked.value, [d.code for d in checked.diagnostics]) == ({}, ["shape"])


@pytest.mark.parametrize("source", ["one", "quote", "note", "via"])
def test_the_nearest_key_is_named_for_a_source_that_is_called_like_a_field(source: str) -> None:
    text = f"claim: c\ntopic: t\nevidence: {{{source}: {{stance: silent, becuase: omitted}}}}"
    (found,) = validate(ClaimEntry, node(text)).diagnostics
    assert (found.code, found.help) == ("key-unknown", "Did you mean `because`?")


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        (
            "topic: t",
            "The statement, in a neutral sentence of its own. Example:\nclaim: The bridge took six years to build.",
        ),
        (
            "claim: c\ntopic: t\nevidence: {one: {note: n}}",
            "supports, qualifies, contradicts, or silent. Example:\nstance: supports",
        ),
    ],
)
def test_what_is_missing_is_described(text: str, cure: str) -> None:
    (found,) = validate(ClaimEntry, node(text)).diagnostics
    assert (found.code, found.help) == ("key-missing", cure)


@pytest.mark.parametrize(("wrong", "near"), [("evidense", "evidence"), ("Topic", "topic"), ("questions", "question")])
def test_the_nearest_key_is_named(wrong: str, near: str) -> None:
    found = validate(ClaimEntry, node(f"claim: c\ntopic: t\n{wrong}: x")).diagnostics
    assert [d.help for d in found if d.code == "key-unknown"] == [f"Did you mean `{near}`?"]


YAML = st.recursive(
    st.one_of(st.text(max_size=8), st.sampled_from(["supports", "qualifies", "2024", "yes", "a-b", "5..6", "40 %"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.one_of(
                st.text(max_size=6), st.sampled_from([*EvidenceEntry.model_fields, *SourceEntry.model_fields, "exact"])
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


def written(value: Any) -> str:
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    return "{" + ", ".join(f"{scalar(key)}: {written(item)}" for key, item in value.items()) + "}"


@given(
    YAML, st.sampled_from([SiteEntry, BriefingEntry, SourceEntry, ClaimEntry, EventEntry, EvidenceEntry, OriginEntry])
)
def test_any_data_is_an_entry_or_has_faults_with_places(data: Any, schema: type[Entry]) -> None:
    read = parse_yaml("f.yaml", written(data)).value
    if read is None:
        return
    for checked in (validate(schema, read), validate_entries(schema, read)):
        assert checked.value is not None or checked.diagnostics
        for found in checked.diagnostics:
            assert found.message
            assert found.place.file == "f.yaml"


# ---- examples ---------------------------------------------------------------------------------------------------

MODELS = [
    model
    for model in vars(documents).values()
    if isinstance(model, type) and issubclass(model, Entry) and model is not Entry
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_examples_of_all_keys_make_a_valid_entry(model: type[Entry]) -> None:
    written = "\n".join(example(model, key) for key in model.model_fields)
    checked = validate(model, node(written))
    assert checked.diagnostics == ()
    assert checked.value


def test_no_example_is_of_a_key_that_is_gone() -> None:
    assert EXAMPLES.keys() == {key for model in MODELS for key in model.model_fields}


@pytest.mark.parametrize(
    ("more", "code", "says", "cure"),
    [
        ("evidence:\n  one: stance:supports", "yaml-space", "no space", "stance: supports"),
        ("evidence: {one: {stance:supports, quote: q}}", "yaml-space", "read as a key", "stance: supports"),
        ("\u00a0note: n", "yaml-indent", "none for YAML", "plain spaces"),
        ("evidence: {one: {stance: supports, quote: a, b}}", "key-unknown", "a comma ends a text", 'quote: "a, b"'),
        ("evidence:\none: {stance: supports}", "key-unknown", "nothing stands below `evidence`", "indent it"),
        ("evidence: {one: {stance: supports, quote: -a -b}}", "format", "after the dash", ""),
        ("note: [c]", "shape", "not a list", "note: No text says what the bridge cost."),
        ("evidence: [one]", "shape", "Entries", "gazette: {stance: supports"),
    ],
)
def test_what_is_hardly_meant_is_told_with_what_was(more: str, code: str, says: str, cure: str) -> None:
    found = [d for d in validate(ClaimEntry, node(f"claim: c\ntopic: t\n{more}")).diagnostics if d.code == code]
    assert len(found) == 1
    assert says in found[0].message
    assert cure in found[0].help
