"""Holding what was written against its schema: each fault at its line, in a curator's words, with an example.

Some of what a schema refuses is hardly what was meant: a space that is missing, a comma, an indentation. That is told
as such.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from builder.diagnostics import Checked, Diagnostic
from builder.documents import EXAMPLES, Entry, descriptions, example, identifier
from builder.slips import as_text_from
from builder.yamldoc import Node

T = TypeVar("T")
E = TypeVar("E", bound=Entry)
Path = Sequence[int | str]
"""From a document down to a value: keys, and indexes in lists."""


def validate(schema: type[T], node: Node) -> Checked[T | None]:
    """Convert a document by its schema, or say at which line each fault is."""
    hashable: Any = schema
    try:
        return Checked(_adapter(hashable).validate_python(node.data()))
    except ValidationError as error:
        details = error.errors(include_url=False)
        # A key that is only spelt wrong is not missing as well.
        spelt = {(d["loc"][:-1], _near_key(d, schema)) for d in details if d["type"] == "extra_forbidden"}
        told = [d for d in details if d["type"] != "missing" or (d["loc"][:-1], str(d["loc"][-1])) not in spelt]
        return Checked(None, tuple(_explain(detail, node, schema) for detail in told))


def _near_key(detail: ErrorDetails, schema: object) -> str | None:
    """The known key that an unknown one is most like."""
    path = detail["loc"]
    return next(iter(get_close_matches(str(path[-1]), _keys_at(schema, path[:-1]), 1)), None)


def validate_entries(schema: type[E], node: Node) -> Checked[dict[str, E | None]]:
    """Convert a mapping from ids to entries, one by one; a faulty entry is None."""
    if not isinstance(node.content, dict):
        message, cure = _EXPECTED["dict_type"]
        return Checked({}, (Diagnostic("shape", message, node.place, f"{cure}."),))
    entries: dict[str, E | None] = {}
    diagnostics: list[Diagnostic] = []
    for key, child in node.content.items():
        try:
            identifier(key)
        except PydanticCustomError as error:
            diagnostics.append(Diagnostic("format", error.message(), node.keys.get(key, child).place))
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
    slip = _mistyped(kind, node, path, schema)
    if slip:
        return slip
    if kind == "missing":
        return Diagnostic("key-missing", f"`{name}` is missing here.", place, _describe(schema, path))
    if kind == "extra_forbidden":
        near = _near_key(detail, schema)
        cure = f"Did you mean `{near}`?" if near else f"Known here: {', '.join(_keys_at(schema, path[:-1]))}."
        return Diagnostic("key-unknown", f"`{name}` is not known here.", node.locate(path, key=True), cure)
    context = detail.get("ctx", {})
    if kind == "literal_error":
        known = re.findall(r"'([^']+)'", str(context.get("expected", "")))
        likely = get_close_matches(str(detail["input"]), known, 1)
        cure = f"Did you mean `{likely[0]}`? " if likely else ""
        return Diagnostic(
            "value-unknown",
            f"`{detail['input']}` is not one of the possible words.",
            place,
            f"{cure}Possible: {', '.join(known)}.",
        )
    if kind in _EXPECTED:
        message, cure = _EXPECTED[kind]
        shown = _example_at(schema, path)
        return Diagnostic("shape", message, place, f"{cure}{f', for example:{chr(10)}{shown}' if shown else '.'}")
    if kind == "format":
        key = any(part == "[key]" for part in path)
        if key:
            return Diagnostic("format", detail["msg"], node.locate(path[:-1], key=True))
        shown = _example_at(schema, path)
        return Diagnostic("format", detail["msg"], place, f"Example:\n{shown}" if shown else "")
    limits = {
        "string_too_long": f"The text is too long: at most {context.get('max_length')} characters.",
        "too_short": f"There have to be {context.get('min_length')} entries.",
        "too_long": f"There may be {context.get('max_length')} entries at most; in brackets, a comma parts them.",
        "string_pattern_mismatch": f"`{detail['input']}` does not have the form that is expected.",
    }
    return Diagnostic("format", limits.get(kind, f"{detail['msg']}."), place, _describe(schema, path))


def _mistyped(kind: str, node: Node, path: Path, schema: object) -> Diagnostic | None:
    """What is YAML, but hardly what was meant: a space, a comma, an indentation."""
    content, place = node.at(path).content, node.locate(path)
    sign = place.text[place.column - 1 : place.column]
    if content == "" and sign in (">", "|") and sign:
        message = f"A text cannot start with {sign}, which means something else to YAML."
        line = as_text_from(place.text, place.column - 1).strip()
        return Diagnostic("yaml-syntax", message, place, f"Put it in quotation marks:\n{line}")
    if kind in ("model_type", "dict_type"):
        tight = re.match(r"([a-z_]+):(\S.*)", content, re.DOTALL) if isinstance(content, str) else None
        if tight and tight[1] in EXAMPLES:
            message = "There is no space after the colon, so this is no `key: value`."
            return Diagnostic("yaml-space", message, node.locate(path), f"Write:\n{tight[1]}: {tight[2]}")
    if kind != "extra_forbidden":
        return None
    name, known = str(path[-1]), _keys_at(schema, path[:-1])
    place, parent = node.locate(path, key=True), node.at(path[:-1])
    head, _, rest = name.partition(":")
    if rest and head in known:
        message = "There is no space after the colon, so all of this was read as a key."
        return Diagnostic("yaml-space", message, place, f"Write:\n{head}: {rest}")
    if name.strip("\u00a0\u3000") in known:
        message = "The line is indented with spaces that are none for YAML."
        return Diagnostic("yaml-indent", message, place, "Indent with plain spaces, two for each level.")
    before = _before(parent, name)
    if before and not content and "{" in place.text[: place.column]:
        text = parent.at([before]).content
        message = f"In braces a comma ends a text, so `{name}` was read as a key."
        if isinstance(text, str) and text:
            return Diagnostic(
                "key-unknown", message, place, f'Put the text in quotation marks:\n{before}: "{text}, {name}"'
            )
    if before in known and parent.at([before]).content == "" and isinstance(content, dict | list):
        message = f"`{name}` is not known here; nothing stands below `{before}`."
        return Diagnostic("key-unknown", message, place, f"If it belongs to `{before}`, indent it by two spaces more.")
    return None


def _before(node: Node, key: str) -> str:
    """The key before another, in the order of the file; empty for the first."""
    keys = list(node.keys)
    return keys[keys.index(key) - 1] if key in keys[1:] else ""


def _example_at(schema: object, path: Path) -> str:
    """An example of the key that `path` ends in, or ends below."""
    for length in range(len(path), 0, -1):
        model, key = _model_at(schema, path[: length - 1]), str(path[length - 1])
        if model and key in model.model_fields:
            return example(model, key)
    return ""


def _model_at(schema: object, path: Path) -> type[Entry] | None:
    """The model that `path` leads into, following field names through containers."""
    model, by_id = _entry_in(schema), False
    for part in path:
        if by_id:
            by_id = False  # an id, even where it is the name of a field: a source may be called `note`
        elif model is not None and part in model.model_fields:
            annotation = model.model_fields[str(part)].annotation
            model, by_id = _entry_in(annotation), get_origin(annotation) is dict
    return model


def _entry_in(annotation: object) -> type[Entry] | None:
    if isinstance(annotation, type) and issubclass(annotation, Entry):
        return annotation
    inner = (_entry_in(argument) for argument in getattr(annotation, "__args__", ()))
    return next((entry for entry in inner if entry), None)


def _keys_at(schema: object, path: Path) -> list[str]:
    model = _model_at(schema, path)
    return list(model.model_fields) if model else []


def _describe(schema: object, path: Path) -> str:
    """What belongs at `path`, in the words of the schema."""
    model = _model_at(schema, path[:-1])
    key = str(path[-1]) if path else ""
    description = descriptions(model).get(key) if model else None
    return f"{description} Example:\n{example(model, key)}" if model and description else ""
