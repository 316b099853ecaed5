"""Holding what was written against its schema: each fault at its line, in a curator's words, with an example.

Some of what a schema refuses is hardly what was meant: that is told as such (see `mistyped`).
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from builder.describing import OF_ENTRIES, Path, describe, example_at, keys_at
from builder.diagnostics import Checked, Diagnostic, Place
from builder.documents import Entry
from builder.mistyped import as_id, emptied, further_in, is_entry, likely_meant, mistyped, torn
from builder.scalars import identifier
from builder.slips.lines import NO_SPACES
from builder.yamldoc import Node
from builder.yamltext import scalar

T = TypeVar("T")
E = TypeVar("E", bound=Entry)


def validate(schema: type[T], node: Node) -> Checked[T | None]:
    """Convert a document by its schema, or say at which line each fault is."""
    hashable: Any = schema
    try:
        return Checked(_adapter(hashable).validate_python(node.data()))
    except ValidationError as error:
        details = error.errors(include_url=False)
        # A key that is only spelt wrong is not missing as well.
        spelt = {(d["loc"][:-1], _near_key(d, schema)) for d in details if d["type"] == "extra_forbidden"}
        # What stands beside a key instead of below it is told there, and the key is not empty as well.
        left_empty = {
            (*d["loc"][:-1], before)
            for d in details
            if d["type"] == "extra_forbidden" and (before := emptied(d["loc"], node, schema))
        }
        told = [
            d
            for d in details
            if (d["type"] != "missing" or (d["loc"][:-1], str(d["loc"][-1])) not in spelt)
            and d["loc"] not in left_empty
            and not torn(d, node)
        ]
        return Checked(None, tuple(_explain(detail, node, schema) for detail in told))


def _near_key(detail: ErrorDetails, schema: object) -> str | None:
    """The known key that an unknown one is most like."""
    path = detail["loc"]
    name, known = str(path[-1]), keys_at(schema, path[:-1])
    head = name.partition(":")[0]
    if head in known or _MEANS.get(name) in known:
        return head if head in known else _MEANS[name]
    return next(iter(get_close_matches(name, known, 1)), None)


_MEANS = {"exact": "quote", "quotation": "quote", "quote": "exact"}
"""Keys of one entry that are written for those of another."""


def validate_entries(schema: type[E], node: Node) -> Checked[dict[str, E | None]]:
    """Convert a mapping from ids to entries, one by one; a faulty entry is None."""
    if not isinstance(node.content, dict):
        message, _ = _EXPECTED["dict_type"]
        cure = f"Write an id, and its keys below it{_for_example(OF_ENTRIES.get(schema.__name__, ''))}"
        return Checked({}, (Diagnostic("shape", message, node.place, cure),))
    entries: dict[str, E | None] = {}
    diagnostics: list[Diagnostic] = []
    astray = False
    for key, child in node.content.items():
        entries[key] = None
        place = node.keys.get(key, child).place
        if key[:1] in NO_SPACES and key:
            message = "The line is indented with spaces that are none for YAML."
            cure = f"Indent with plain spaces:\n{' ' * (len(key) - len(key.lstrip()))}{place.text.strip()}"
            diagnostics.append(Diagnostic("yaml-indent", message, place, cure))
            continue
        try:
            identifier(key)
        except PydanticCustomError as error:
            diagnostics.append(Diagnostic("format", error.message(), place, as_id(key)))
        before, astray = astray, key in schema.model_fields and not is_entry(schema, child)
        if astray:
            if not before:  # the first of several tells it for all
                message = f"`{key}` stands here as an id, but it is a key of an entry."
                cure = "Indent it, and what is below it, by two spaces: it belongs below an id."
                diagnostics.append(Diagnostic("key-unknown", message, place, cure))
            continue
        outer = further_in(schema, child)
        if outer and next(iter(node.content)) != key:
            message = f"`{key}` stands here as an entry of its own, but what is below it belongs to `{outer}`."
            cure = f"Indent it, and what is below it, like the others below `{outer}`."
            diagnostics.append(Diagnostic("key-unknown", message, place, cure))
            continue
        checked = validate(schema, child)
        diagnostics += checked.diagnostics
        entries[key] = checked.value
    return Checked(entries, tuple(diagnostics))


_EXPECTED = {
    "string_type": ("Text is expected here, not a list or further keys.", "Write one text after the colon"),
    "list_type": ("A list is expected here.", "Write [one, two], or a line `- item` for each"),
    "dict_type": ("Entries `key: value` are expected here.", "Indent them below this line"),
    "model_type": ("Entries `key: value` are expected here.", "Indent them below this line"),
    "string_too_short": ("The text is missing.", "Remove the key, or write the text after the colon"),
}


@cache
def _adapter(schema: Any) -> TypeAdapter[Any]:
    """Making one is slow; there are five schemas."""
    return TypeAdapter(schema)


def _explain(detail: ErrorDetails, node: Node, schema: object) -> Diagnostic:
    kind, path = detail["type"], detail["loc"]
    name = str(path[-1]) if path else ""
    place = node.locate(path)
    slip = mistyped(kind, node, path, schema)
    if slip:
        return slip
    if kind == "missing":
        return Diagnostic("key-missing", f"`{name}` is missing here.", place, describe(schema, path))
    if kind == "extra_forbidden":
        near = _near_key(detail, schema)
        cure = f"Did you mean `{near}`?" if near else f"Known here: {', '.join(keys_at(schema, path[:-1]))}."
        return Diagnostic("key-unknown", f"`{name}` is not known here.", node.locate(path, key=True), cure)
    if kind == "literal_error":
        return _unknown_word(detail, place)
    if kind in _EXPECTED:
        return _misshapen(kind, node, path, schema)
    if kind == "format":
        return _malformed(detail, node, schema)
    context = detail.get("ctx", {})
    limits = {
        "string_too_long": f"The text is too long: at most {context.get('max_length')} characters.",
        "too_short": f"There have to be {context.get('min_length')} entries.",
        "too_long": f"There may be {context.get('max_length')} entries at most; in brackets, a comma parts them.",
        "string_pattern_mismatch": f"`{detail['input']}` does not have the form that is expected.",
    }
    return Diagnostic("format", limits.get(kind, f"{detail['msg']}."), place, describe(schema, path))


def _unknown_word(detail: ErrorDetails, place: Place) -> Diagnostic:
    """A word that is not one of those that can be chosen."""
    written = detail["input"]
    known = re.findall(r"'([^']+)'", str(detail.get("ctx", {}).get("expected", "")))
    possible = f"Possible: {', '.join(known)}."
    if not isinstance(written, str):
        message = "One word is expected here, not a list or further keys."
        return Diagnostic("value-unknown", message, place, possible)
    if not written:
        return Diagnostic("value-unknown", "The word is missing.", place, possible)
    likely = get_close_matches(written, known, 1)
    cure = f"Did you mean `{likely[0]}`? " if likely else ""
    return Diagnostic("value-unknown", f"`{written}` is not one of the possible words.", place, f"{cure}{possible}")


def _misshapen(kind: str, node: Node, path: Path, schema: object) -> Diagnostic:
    """A text, a list or entries, where one of the others is expected."""
    message, cure = _EXPECTED[kind]
    if kind in ("dict_type", "model_type") and isinstance(node.at(path).content, list):
        message = "Entries `key: value` are expected here, not a list."
        cure = "Write them without dashes and square brackets"
    shown = example_at(schema, _written(node, path))
    shown = shown if path else OF_ENTRIES.get(getattr(schema, "__name__", ""), "")
    return Diagnostic("shape", message, node.locate(path), f"{cure}{_for_example(shown)}")


def _for_example(shown: str) -> str:
    return f", for example:\n{shown}" if shown else "."


def _malformed(detail: ErrorDetails, node: Node, schema: object) -> Diagnostic:
    """A text that is not written as its key wants it, or an id that is none."""
    path, message = detail["loc"], detail["msg"]
    if "[key]" in path:
        return Diagnostic("format", message, node.locate(path[:-1], key=True), as_id(str(path[-2])))
    place, shown = node.locate(path), example_at(schema, _written(node, path))
    misread = re.search(" is no (?:date|value);", message)
    meant = likely_meant(str(detail["input"])) if misread else ""
    if meant and shown:
        return Diagnostic("format", message, place, f"Write:\n{shown.partition(':')[0]}: {scalar(meant)}")
    return Diagnostic("format", message, place, f"Example:\n{shown}" if shown else "")


def _written(node: Node, path: Path) -> Path:
    """As much of a path as stands in the file: below that, a short form stands for several keys."""
    for index, part in enumerate(path):
        content = node.content
        if isinstance(content, dict) and part in content:
            node = content[str(part)]
        elif isinstance(content, list) and isinstance(part, int) and part < len(content):
            node = content[part]
        else:
            return path[:index]
    return path
