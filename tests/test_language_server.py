"""With the language server of VS Code, Vim and others: what is completed, explained and underlined while one writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import npm_file, put
from language_server import LanguageServer
from samples import BRIEFING, ROOT
from test_schemas import DOCUMENTS, TYPED, changed, faults, places, value_at, written

from builder.editors.vscode import own_files, schema_files, with_modeline
from builder.written import Texts
from builder.yamldoc import parse_yaml

FOLDER = ROOT / "content" / BRIEFING

CLAIM = "met:\n  claim: They met.\n  topic: talks\n"
EVIDENCE = f"{CLAIM}  evidence:\n    mothership:\n      stance: supports\n"
SOURCE = "sources:\n  a:\n    siglum: A\n    article: a.txt\n    body: [a, b]\n"


def settings() -> dict[str, Any]:
    """Those of this repository, as the server asks for them: `yaml.hover` is `hover` in the section `yaml`."""
    found: dict[str, Any] = {}
    for key, value in json.loads(own_files()[".vscode/settings.json"]).items():
        inner = found
        *parts, last = key.split(".") if key.startswith("yaml.") else [key]
        for part in parts:
            inner = inner.setdefault(part, {})
        inner[last] = value
    return found


@pytest.fixture(scope="module")
def server() -> Iterator[LanguageServer]:
    script = npm_file("yaml-language-server/bin/yaml-language-server")
    started = LanguageServer(script, ROOT, settings())
    yield started
    started.stop()


def file(name: str) -> Path:
    return ROOT / "site.yaml" if name == "site" else FOLDER / f"{name}.yaml"


def headed(name: str, text: str) -> str:
    """`text` as such a file of the sample, with its modeline."""
    return with_modeline(file(name).relative_to(ROOT).as_posix(), text.encode()).decode()


def proposed(server: LanguageServer, name: str, text: str) -> dict[str, str]:
    """What is proposed where `‸` stands, with what is shown beside it."""
    found = {}
    for item in server.completions(file(name), headed(name, text)):
        beside = item.get("documentation") or ""
        found[item["label"]] = beside["value"] if isinstance(beside, dict) else beside
    return found


def underlined(server: LanguageServer, name: str, text: str) -> list[tuple[str, str]]:
    """The words that are underlined, each with what is said of it."""
    text = headed(name, text)
    lines = text.split("\n")
    found = []
    for fault in server.diagnostics([(file(name), text)])[0]:
        start, end = fault["range"]["start"], fault["range"]["end"]
        found.append((lines[start["line"]][start["character"] : end["character"]], fault["message"]))
    return found


# ---- what is underlined ------------------------------------------------------------------------------------------


def test_nothing_is_underlined_in_the_repository_s_own_files(server: LanguageServer) -> None:
    texts = {path: path.read_text("utf-8") for path in (ROOT / "site.yaml", *sorted(FOLDER.rglob("*.yaml")))}
    assert len(texts) == 12
    assert all(text.startswith("# yaml-language-server: $schema=") for text in texts.values())
    assert server.diagnostics([*texts.items()]) == [[]] * len(texts)


@pytest.mark.parametrize(
    ("name", "text", "words", "message"),
    [
        ("claims", f"{CLAIM}  evidense: {{}}\n", "evidense", "Property evidense is not allowed."),
        ("claims", EVIDENCE.replace("supports", "supportss"), "supportss", "Valid values: \"supports\", \"qualifies\""),
        ("claims", EVIDENCE.replace("mothership", "new").replace("supports", "x"), "x", "Valid values: \"supports\""),
        ("claims", f"{EVIDENCE}      differs_in: size\n", "size", "Valid values: \"scope\", \"strength\""),
        ("claims", f"{EVIDENCE}      value: about five\n", "about five", "This is no value: write 5.5"),
        ("claims", f"{EVIDENCE}      via: [miller, Mr Miller]\n", "Mr Miller", "An id has small letters"),
        ("claims", f"{EVIDENCE}      quote: {{exact: a, keys: b}}\n", "keys", "Property keys is not allowed."),
        ("claims", f"{EVIDENCE}      quote: [a, [b]]\n", "[b]", "One text is expected here."),
        ("claims", "met:\n  claim: They met.\n", "met", "Missing property \"topic\"."),
        ("claims", "met:\n  claim: They met.\n  topic: {a: b}\n", "{a: b}", "One text is expected here."),
        ("claims", CLAIM.replace("met:", "Met:", 1), "Met", "An id has small letters"),
        ("sources", f"{SOURCE}    published: June\n", "June", "This is no date: write 2018"),
        ("sources", f"{SOURCE}    full_text: maybe\n", "maybe", "Write yes or no."),
        ("sources", SOURCE.replace("siglum: A", "siglum: a"), "a", "A siglum is a capital letter"),
        ("timeline", "a:\n  title: T\n  date: 2023\n  dated: guess\n", "guess", "Valid values: \"printed\""),
        ("claims", f"{CLAIM}  utterance:\n    lemma: mothership\n", "utterance", "Missing property \"by\"."),
        ("audit", "left_out:\n  mothership: [{quote: a}]\n", "{", "Missing property \"why\"."),
        ("audit", "left_over: {}\n", "left_over", "Property left_over is not allowed."),
        ("audit", "shared: [{sources: [mothership, Mr Miller], why: w}]\n", "Mr Miller", "An id has small letters"),
        ("site", "title: T\ntitel: U\n", "titel", "Property titel is not allowed."),
        ("site", "title: T\nlimits:\n  excerpt_warning: 40\n", "40", "Expected \"string\""),
    ],
)  # fmt: skip
def test_what_is_surely_wrong_is_underlined(
    server: LanguageServer, name: str, text: str, words: str, message: str
) -> None:
    ((under, said),) = underlined(server, name, text)
    assert (under, message in said) == (words, True), said


def test_an_id_that_is_not_listed_is_not_underlined(server: LanguageServer) -> None:
    text = "met:\n  claim: C\n  topic: new\n  event: new\n  evidence:\n    new: {stance: supports, via: [new, 2023]}\n"
    assert underlined(server, "claims", text) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_that_the_builder_takes_is_underlined(server: LanguageServer, name: str) -> None:
    right, texts = DOCUMENTS[name], []
    for typed in TYPED:
        found = right
        for path in places(right):
            if path and not isinstance(value_at(right, path), list | dict):
                other = changed(found, path, lambda old, typed=typed: type(old)(typed, quoted=False))
                node = parse_yaml("f.yaml", written(other)).value
                if node is not None and not faults(name, node):
                    found = other
        texts.append(headed(name, written(found)))
    told = server.diagnostics([(file(name), text) for text in texts])
    assert [(text, found) for text, found in zip(texts, told, strict=True) if found] == []


# ---- what is proposed --------------------------------------------------------------------------------------------


def test_stances_are_proposed_with_what_they_mean(server: LanguageServer) -> None:
    found = proposed(server, "claims", EVIDENCE.replace("supports", "‸"))
    assert [*found] == ["supports", "qualifies", "contradicts", "silent"]
    assert found["contradicts"] == "It says something that cannot be true as well."


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("differs_in", ["scope", "strength", "precision", "expectation", "wording"]),
        ("because", ["omitted", "predates"]),
        ("allow", ["negation", "paragraphs"]),
    ],
)
def test_words_of_a_key_are_proposed(server: LanguageServer, key: str, words: list[str]) -> None:
    assert [*proposed(server, "claims", f"{EVIDENCE}      {key}: ‸\n")] == words


def test_sources_are_proposed_in_evidence_unless_they_stand_there(server: LanguageServer) -> None:
    found = proposed(server, "claims", f"{EVIDENCE}    ‸\n")
    assert [*found] == ["mercopress", "b-unnamed", "worldys-news", "e-unnamed"]
    assert found["mercopress"].startswith("A · MercoPress · ")
    assert "mothership" in proposed(server, "timeline", "a:\n  title: T\n  date: 2023\n  evidence:\n    ‸\n")


@pytest.mark.parametrize(
    ("name", "text", "id_", "beside"),
    [
        ("claims", CLAIM.replace("talks", "‸"), "talks", "The talks with Qin Gang"),
        ("claims", f"{CLAIM}  event: ‸\n", "qin-talks", "Blinken and Qin Gang talk in Beijing · 2023-06-18"),
        ("claims", f"{EVIDENCE}      via: ‸\n", "reuters", "Reuters"),
        ("claims", f"{EVIDENCE}      via: [‸]\n", "reuters", "Reuters"),
        ("claims", f"{EVIDENCE}      via:\n        - ‸\n", "reuters", "Reuters"),
        ("sources", f"{SOURCE}    via: [‸]\n", "reuters", "Reuters"),
        ("sources", f"{SOURCE}    looks_ahead:\n      event: ‸\n", "arrival", "Blinken arrives in Beijing"),
        ("sources", "origins:\n  a:\n    name: A\n    via: ‸\nsources: {}\n", "reuters", "Reuters"),
        ("sources", "origins:\n  a:\n    name: A\n    source: ‸\nsources: {}\n", "mothership", "C · Mothership"),
        ("claims", f"{CLAIM}  utterance:\n    by: B\n    lemma: ‸\n", "mothership", "C · Mothership"),
        ("audit", "shared:\n  - sources: [‸]\n    why: w\n", "mothership", "C · Mothership"),
        ("audit", "left_out:\n  ‸\n", "mothership", "C · Mothership"),
    ],
)
def test_ids_are_proposed_with_what_they_stand_for(
    server: LanguageServer, name: str, text: str, id_: str, beside: str
) -> None:
    found = proposed(server, name, text)
    assert found[id_].startswith(beside)
    assert not [label for label in found if " " in label]  # none of the server's own, such as a new line of a list


def test_keys_are_proposed_with_their_descriptions_and_a_colon(server: LanguageServer) -> None:
    found = proposed(server, "claims", f"{EVIDENCE}      ‸\n")
    assert {"quote", "key", "prefix", "suffix", "via", "value", "note"} <= found.keys()
    assert found["via"].startswith("Where the source got it, nearest first.")
    items = server.completions(file("claims"), headed("claims", f"{EVIDENCE}      ‸\n"))
    assert [item["label"] for item in items if ":" not in item["insertText"]] == []


@pytest.mark.parametrize(
    ("name", "text", "form", "beside"),
    [
        ("timeline", "a:\n  title: T\n  date: ‸\n", "2023-02~", "About then."),
        ("timeline", "a:\n  title: T\n  date: ‸\n", '"[2023-06-19..]"', "Some time from then on."),
        ("claims", f"{EVIDENCE}      value: ‸\n", '">5"', "More than that."),
        ("claims", f"{EVIDENCE}      value: ‸\n", "5..6", "From the one to the other."),
        ("sources", f"{SOURCE}    known_through: ‸\n", "2023-06-18", "A day."),
        ("sources", f"{SOURCE}    full_text: ‸\n", "yes", ""),
    ],
)
def test_forms_are_proposed_as_they_have_to_be_written(
    server: LanguageServer, name: str, text: str, form: str, beside: str
) -> None:
    items = {item["label"]: item for item in server.completions(file(name), headed(name, text))}
    assert items[form]["insertText"] == form
    assert items[form].get("documentation", "").startswith(beside)
    assert underlined(server, name, text.replace("‸", form)) == []


def test_a_text_is_left_to_the_person(server: LanguageServer) -> None:
    for key in ("claim", "question", "unit", "note"):
        assert proposed(server, "claims", f"met:\n  {key}: ‸\n") == {}
    assert proposed(server, "claims", f"{EVIDENCE}      quote: ‸\n") == {}


# ---- what is explained -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("claims", "m‸et:\n  claim: C\n  topic: talks\n", "One checkable statement."),
        ("claims", "met:\n  cl‸aim: C\n", "The statement, in a neutral sentence of its own."),
        ("claims", "met:\n  topic: ta‸lks\n", "The talks with Qin Gang"),
        ("claims", EVIDENCE.replace("mother", "mo‸ther"), "#### mothership\n\nC · Mothership"),
        ("claims", EVIDENCE.replace("stance", "st‸ance"), "* `silent`: It says nothing of it."),
        ("claims", f"{EVIDENCE}      qu‸ote: words\n", "The words it rests on: one text or several."),
        ("claims", f"{EVIDENCE}      qu‸ote: {{exact: words}}\n", "The words it rests on: one text or several."),
        ("claims", f"{EVIDENCE}      qu‸ote: [words, {{exact: a}}]\n", "The words it rests on: one text or several."),
        ("claims", f"{EVIDENCE}      quote: [a, {{pre‸fix: a}}]\n", "where `exact` stands more than once"),
        ("claims", f"{EVIDENCE}      via: [mil‸ler]\n", "Matthew Miller · State Department spokesman"),
        ("sources", f"{SOURCE}    full_te‸xt: yes\n", "Whether the licence allows to show all of it"),
        ("timeline", "a:\n  evidence:\n    mo‸thership: words\n", "#### mothership\n\nC · Mothership"),
        ("timeline", "a:\n  evidence:\n    mo‸thership: [a, {exact: b}]\n", "#### mothership\n\nC · Mothership"),
        ("audit", "left_out:\n  mo‸thership: [{quote: a, why: w}]\n", "#### mothership\n\nC · Mothership"),
        ("audit", "left_out:\n  mothership: [{quote: a, wh‸y: w}]\n", "Why no claim rests on them."),
        ("claims", f"{CLAIM}  utter‸ance: The mayor\n", "Whose words the quotations print"),
        ("site", "ti‸tle: T\n", "The site's name, on every page."),
    ],
)
def test_a_key_or_an_id_is_explained(server: LanguageServer, name: str, text: str, said: str) -> None:
    found = server.hover(file(name), headed(name, text))
    assert said in found
    assert "||" not in found  # what the server makes of alternatives


def test_the_content_s_words_are_no_markup(server: LanguageServer, tmp_path: Path) -> None:
    title = "![x](https://example.org/x.png) [y](command:z) `a` <b>*c*"
    timeline = f"bad: {{title: {json.dumps(title)}, date: 2023}}\n"
    put(tmp_path, schema_files([Texts(BRIEFING, {f"content/{BRIEFING}/timeline.yaml": timeline.encode()})]))
    path = tmp_path / "content" / BRIEFING / "claims.yaml"
    found = server.hover(path, headed("claims", "met:\n  event: b‸ad\n"))
    assert r"\!\[x\](https://example.org/x.png) \[y\](command:z) \`a\` <b>\*c\*" in found
