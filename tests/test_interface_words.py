"""Every word of ours on every page is a message, and every message is said in Spanish."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2 import nodes
from samples import BRIEFING, ROOT, Files, build, inputs_of, sample, sample_inputs

from builder.catalogues import File, Messages, places, words_of
from builder.cataloguing import messages, renewed
from builder.freshness import Options
from builder.render import environment
from builder.routes import OutputFile
from builder.words import Words

TEMPLATES = ROOT / "templates"
WORDS = TEMPLATES / "words"


@cache
def found() -> Catalog:
    return messages(ROOT / "builder", TEMPLATES)


def ids(catalog: Catalog) -> Iterator[tuple[str, tuple[str, ...]]]:
    for message in catalog:
        if message.id:
            yield message.context or "", (message.id,) if isinstance(message.id, str) else tuple(message.id)


# ---- messages ----------------------------------------------------------------------------------------------------


def test_every_placeholder_of_a_message_can_be_filled() -> None:
    wrong = [forms for _, forms in ids(found()) if any(places(one) is None for one in forms)]
    assert wrong == []


def test_no_message_begins_or_ends_with_a_space() -> None:
    assert [forms for _, forms in ids(found()) if any(one != one.strip() for one in forms)] == []


def test_no_message_is_a_mere_placeholder() -> None:
    bare = [forms for _, forms in ids(found()) if all(re.fullmatch(r"(%\(\w+\)s)?", one) for one in forms)]
    assert bare == []


@pytest.mark.parametrize("language", sorted(path.stem for path in WORDS.glob("*.po")))
def test_a_catalogue_holds_the_messages_that_there_are_and_no_others(language: str) -> None:
    file = WORDS / f"{language}.po"
    assert file.read_bytes() == renewed(language, file.read_bytes(), found()), "renew it with `make words`"


def test_spanish_is_complete() -> None:
    catalog = read_po(BytesIO((WORDS / "es.po").read_bytes()), locale="es")
    empty = [
        message.id
        for message in catalog
        if message.id and (message.fuzzy or not message.string or not all(message.string))
    ]
    assert empty == []


@pytest.mark.parametrize("language", sorted(path.stem for path in WORDS.glob("*.po")))
def test_every_translation_fits_its_message(language: str) -> None:
    file = WORDS / f"{language}.po"
    assert words_of(language, [File(language, file.name, file.read_bytes())]).language == language


# ---- pages -------------------------------------------------------------------------------------------------------

OTHER = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "αβψδεφγηιξκλμνοπϙρστθωϛχυζΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠϘΡΣΤΘΩϚΧΥΖ"
)
"""Letters of content, so that what is left in Latin letters is ours."""
SAID = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "абцдефгхийклмнопярстувшжызАБЦДЕФГХИЙКЛМНОПЯРСТУВШЖЫЗ"
)
"""Letters of messages, for the same reason."""
_KEPT = re.compile(r"%\(\w+\)s|%%|<[^<>]*>|\{\}")


def said(message: str) -> str:
    """A message in a language that nobody speaks."""
    kept = iter(_KEPT.findall(message))
    return "".join(part.translate(SAID) + next(kept, "") for part in _KEPT.split(message))


class Made(Messages):
    """Everything is said so."""

    def __init__(self) -> None:
        every = [(context, forms, tuple(map(said, forms))) for context, forms in ids(found())]
        one = {(context, forms[0], ""): of_all for context, forms, of_all in every}
        many = {(context, forms[0], forms[1]): of_all for context, forms, of_all in every if len(forms) > 1}
        super().__init__(one | many, lambda number: int(number != 1))


TEXTS = {
    "title", "short", "summary", "place", "name", "kind", "side", "claim", "question", "quote", "exact", "prefix",
    "suffix", "key", "reading", "note", "why", "label", "utterance", "body", "headline", "captions", "boilerplate",
    "outlet", "author", "by", "changed", "before",
}  # fmt: skip
"""Keys whose values are words of people."""


def put(value: Any, key: str, inside: str = "") -> Any:
    """What was written, with the words of people in other letters."""
    if isinstance(value, dict):
        return {name: put(one, name, key) for name, one in value.items()}
    if isinstance(value, list):
        return [put(one, key, inside) for one in value]
    words = key in TEXTS or inside == "topics" or (inside == "evidence" and isinstance(value, str))
    return value.translate(OTHER) if words and isinstance(value, str) else value


@cache
def in_other_letters() -> Files:
    inputs = sample_inputs()
    texts = next(one for one in inputs.briefings if one.name == BRIEFING)
    files: dict[str, str | bytes | None] = {
        "site.yaml": "title: Σ\ntagline: Τ\nlanguage: el\npublisher: Π\nlimits: {excerpt_maximum: 99 %}\n"
    }
    for path, data in texts.files.items():
        if path.endswith(".md"):
            _, front, prose = data.decode().split("---\n", 2)
            written = yaml.safe_dump(put(yaml.safe_load(front), ""), allow_unicode=True)
            files[path] = f"---\n{written}---\n{prose.translate(OTHER)}"
        elif not path.endswith("audit.yaml"):
            files[path] = yaml.safe_dump(put(yaml.safe_load(data), ""), allow_unicode=True, sort_keys=False)
    for name, data in inputs.articles.items():
        files[f"seeds/{name}"] = data.decode().translate(OTHER)
    return files


class Seen(HTMLParser):
    """What a reader sees or hears, but for addresses and names of files."""

    SAID_ALOUD = ("aria-label", "title", "alt", "placeholder", "aria-description")
    UNSEEN = ("script", "style", "cite", "code")

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in self.UNSEEN
        given = dict(attrs)
        self.texts += [str(given[name]) for name in self.SAID_ALOUD if given.get(name)]
        if tag == "meta" and (
            given.get("name") == "description" or str(given.get("property")).endswith(("title", "alt"))
        ):
            self.texts.append(str(given.get("content")))

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in self.UNSEEN

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.texts.append(data)


PLAIN = {"UTC", "TEI", "YAML", "CSV", "JSON"}
"""The same in all languages."""


def latin(file: OutputFile, names: re.Pattern[str]) -> list[str]:
    """Words in Latin letters, but for addresses names that a curator gives to claims, and units."""
    seen = Seen()
    seen.feed(file.data.decode())
    texts = (names.sub("", re.sub(r"\S+\.(html|txt|svg)\S*|U\+\w+", "", text)) for text in seen.texts)
    return sorted({word for text in texts for word in re.findall(r"[A-Za-z]{2,}", text)} - PLAIN)


def test_every_word_of_ours_on_every_page_is_a_message() -> None:
    inputs = inputs_of(in_other_letters())
    built = build(inputs, Options(drafts=True), environment(TEMPLATES, Words("el", Made())))
    assert built.value is not None, built.diagnostics
    paths = [file.path for file in built.value.files]
    given = {path.rpartition("/")[2].removesuffix(".html") for path in paths if path.count("/") == 2} | {BRIEFING}
    given |= {row.claim.unit for row in sample().matrix.rows if row.claim.unit}
    names = re.compile(rf"\b(?:{'|'.join(sorted(given, key=len, reverse=True))})\b")
    left = {file.path: latin(file, names) for file in built.value.files if file.path.endswith((".html", ".svg"))}
    assert {path: words for path, words in left.items() if words} == {}
    assert len(left) > 70


# ---- templates ---------------------------------------------------------------------------------------------------

_ALOUD = re.compile(r'\b(?:aria-label|title|alt|placeholder)="([^"]*)')


def data(template: str) -> str:
    """What a template prints by itself, without the messages; a mark stands for each value."""
    parsed = environment(TEMPLATES).parse(template)
    texts = (
        part.data if isinstance(part, nodes.TemplateData) else "\N{OBJECT REPLACEMENT CHARACTER}"
        for output in parsed.find_all(nodes.Output)
        for part in output.nodes
    )
    return "".join(texts)


READ_BY_READERS = [
    path for path in sorted([*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.svg")]) if path.name != "patterns.html"
]
"""The other one is for those who write a site, and in English, as the commands are."""


@pytest.mark.parametrize("path", READ_BY_READERS, ids=lambda path: path.stem)
def test_no_template_has_words_beside_its_messages(path: Path) -> None:
    printed = re.sub(r"<(style|script|code|kbd)\b.*?</\1>", "", data(path.read_text("utf-8")), flags=re.DOTALL)
    aloud = _ALOUD.findall(printed)
    seen = re.sub(r"""<[^<>]*>| [a-z-]+="[^"]*"| data-[a-z]+""", " ", printed)
    left = {word for text in [seen, *aloud] for word in re.findall(r"[A-Za-z]{2,}", text)} - PLAIN
    assert left == set()
