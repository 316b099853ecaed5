"""What a key means and how it is written: for whoever wrote it wrong, and for editors."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import get_origin

from builder.documents import Entry

Path = Sequence[int | str]
"""From a document down to a value: keys, and indexes in lists."""


@cache
def descriptions(model: type[Entry]) -> dict[str, str]:
    """The docstrings under a model's fields, by key. Only a fault asks for them, so they are read only then."""
    (tree,) = ast.parse(inspect.getsource(model)).body
    assert isinstance(tree, ast.ClassDef)
    return {
        field.target.id: inspect.cleandoc(below.value.value)
        for field, below in pairwise(tree.body)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) and isinstance(below.value.value, str)
    }


EXAMPLES: Mapping[str, str] = {
    "allow": "allow: [negation]",
    "article": "article: harbour-a.txt",
    "author": "author: Jo Field",
    "because": "because: omitted",
    "before": "before: The bridge took five years to build.",
    "body": "body: [The bridge over the harbour, in spite of the rain.]",
    "boilerplate": "boilerplate: [Read more]",
    "captions": "captions: [The bridge at night]",
    "by": "by: The mayor",
    "captured": "captured: 2025-03-05T09:00Z",
    "cards": "cards: briefings",
    "changed": "changed: The length of the work.",
    "claim": "claim: The bridge took six years to build.",
    "conflicts_with": "conflicts_with: seven-years-of-work",
    "corrections": "corrections:\n  - {date: 2025-03-12, changed: The length of the work.}",
    "date": "date: 2025-03-03",
    "dated": "dated: inferred",
    "differs_in": "differs_in: precision",
    "event": "event: opening",
    "evidence": "evidence:\n  gazette:\n    - after six years of work",
    "exact": "exact: after six years of work",
    "excerpt_maximum": "excerpt_maximum: 60 %",
    "excerpt_warning": "excerpt_warning: 40 %",
    "full_text": "full_text: yes",
    "headline": "headline: New harbour bridge opens",
    "headline_translation": "headline_translation: New harbour bridge opens",
    "key": "key: six years",
    "kind": "kind: city council",
    "known_through": "known_through: 2025-03-03",
    "label": "label: Monday",
    "language": "language: en",
    "left_out": "left_out:\n  gazette:\n    - {quote: several hundred people, why: No other text counts them.}",
    "lemma": "lemma: gazette",
    "licence": "licence: CC BY 4.0",
    "limits": "limits: {excerpt_warning: 40 %, excerpt_maximum: 60 %}",
    "looks_ahead": "looks_ahead: {event: opening, quote: will be opened on Monday}",
    "name": "name: The city council",
    "note": "note: No text says what the bridge cost.",
    "origins": "origins:\n  council: {name: The city council}",
    "outlet": "outlet: The Gazette",
    "place": "place: The harbour",
    "prefix": "prefix: the mayor said",
    "primary": "primary: yes",
    "published": "published: 2025-03-10",
    "publisher": "publisher: The editors",
    "question": "question: How long did the work take?",
    "quote": "quote: after six years of work",
    "reading": "reading: a gift to the city",
    "refines": "refines: opened-on-monday",
    "settles": "settles: opening-expected",
    "shared": "shared:\n  - {sources: [gazette, courier], why: Both print the agency’s report.}",
    "short": "short: Opening",
    "side": "side: The city",
    "siglum": "siglum: A",
    "source": "source: gazette",
    "sources": "sources:\n  gazette: {siglum: A, article: harbour-a.txt, body: [The bridge, the rain.]}",
    "stance": "stance: supports",
    "status": "status: draft",
    "suffix": "suffix: and left",
    "summary": "summary: Two articles on one opening.",
    "tagline": "tagline: One event, several articles.",
    "title": "title: The harbour bridge",
    "topic": "topic: opening",
    "topics": "topics:\n  opening: The opening",
    "translation": "translation: after six years of work",
    "unit": "unit: years",
    "updated": "updated: 2025-03-12",
    "url": "url: https://example.org/",
    "utterance": "utterance: The mayor",
    "utc_offset": 'utc_offset: "+08:00"',
    "value": "value: 6",
    "via": "via: [council]",
    "was": "was: [length-of-work]",
    "why": "why: A reader pointed it out.",
}
"""For every key, how it is written."""
_EXAMPLES_ELSEWHERE: Mapping[tuple[str, str], str] = {
    ("BriefingEntry", "was"): "was: [harbour-opening]",
    ("ClaimEntry", "evidence"): "evidence:\n  gazette: {stance: supports, quote: after six years of work}",
    ("CorrectionEntry", "claim"): "claim: years-of-work",
    ("LeftOutEntry", "why"): "why: No other text counts them.",
    ("SharedEntry", "sources"): "sources: [gazette, courier]",
    ("SharedEntry", "why"): "why: Both print the agency’s report.",
    ("SiteEntry", "corrections"): "corrections: corrections@example.org",
}
"""For keys that are something else in some entries."""


def example(model: type[Entry], key: str) -> str:
    """How a key of an entry is written, as YAML."""
    return _EXAMPLES_ELSEWHERE.get((model.__name__, key)) or EXAMPLES[key]


OF_ENTRIES = {
    "ClaimEntry": "years-of-work:\n  claim: The bridge took six years to build.\n  topic: opening",
    "EventEntry": "opening:\n  title: The bridge is opened\n  date: 2025-03-03",
    "OriginEntry": EXAMPLES["origins"],
    "SourceEntry": EXAMPLES["sources"],
}
"""How a file of such entries, or a part of one, is written."""


def example_at(schema: object, path: Path) -> str:
    """An example of the key that `path` ends in, or ends below."""
    for length in range(len(path), 0, -1):
        model, key = model_at(schema, path[: length - 1]), str(path[length - 1])
        if model and key in model.model_fields:
            return example(model, key)
    return ""


def model_at(schema: object, path: Path) -> type[Entry] | None:
    """The model that `path` leads into, following field names through containers."""
    model, by_id = entry_in(schema), False
    for part in path:
        if by_id:
            by_id = False  # an id, even where it is the name of a field: a source may be called `note`
        elif model is not None and part in model.model_fields:
            annotation = model.model_fields[str(part)].annotation
            model, by_id = entry_in(annotation), get_origin(annotation) is dict
    return model


def entry_in(annotation: object) -> type[Entry] | None:
    """The model of the entries that a field holds, if it holds any."""
    if isinstance(annotation, type) and issubclass(annotation, Entry):
        return annotation
    inner = (entry_in(argument) for argument in getattr(annotation, "__args__", ()))
    return next((entry for entry in inner if entry), None)


def keys_at(schema: object, path: Path) -> list[str]:
    """The keys that are known at `path`."""
    model = model_at(schema, path)
    return list(model.model_fields) if model else []


def describe(schema: object, path: Path) -> str:
    """What belongs at `path`, in the words of the schema."""
    model = model_at(schema, path[:-1])
    key = str(path[-1]) if path else ""
    description = descriptions(model).get(key) if model else None
    return f"{description} Example:\n{example(model, key)}" if model and description else ""
