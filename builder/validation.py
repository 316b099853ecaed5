"""Holding what was written against its schema: each fault at its line, in a curator's words, with an example.

Some of what a schema refuses is hardly what was meant: a space that is missing, a comma, an indentation. That is told
as such.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from builder.dates import DateError, parse_date
from builder.diagnostics import Checked, Diagnostic
from builder.documents import EXAMPLES, Entry, descriptions, example, identifier
from builder.ids import id_of
from builder.slips.lines import NO_SPACES, as_text_from
from builder.values import ValueFormatError, parse_value
from builder.yamldoc import Node
from builder.yamltext import scalar

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
        # What stands beside a key instead of below it is told there, and the key is not empty as well.
        left_empty = {
            (*d["loc"][:-1], before)
            for d in details
            if d["type"] == "extra_forbidden" and (before := _emptied(d["loc"], node, schema))
        }
        told = [
            d
            for d in details
            if (d["type"] != "missing" or (d["loc"][:-1], str(d["loc"][-1])) not in spelt)
            and d["loc"] not in left_empty
            and not _torn(d, node)
        ]
        return Checked(None, tuple(_explain(detail, node, schema) for detail in told))


def _near_key(detail: ErrorDetails, schema: object) -> str | None:
    """The known key that an unknown one is most like."""
    path = detail["loc"]
    name, known = str(path[-1]), _keys_at(schema, path[:-1])
    head = name.partition(":")[0]
    if head in known or _MEANS.get(name) in known:
        return head if head in known else _MEANS[name]
    return next(iter(get_close_matches(name, known, 1)), None)


_MEANS = {"exact": "quote", "quotation": "quote", "quote": "exact"}
"""Keys of one entry that are written for those of another."""


def _emptied(path: Path, node: Node, schema: object) -> str | None:
    """The key of further entries that stands empty before an unknown key, which likely belongs below it."""
    parent, model = node.at(path[:-1]), _model_at(schema, path[:-1])
    before = _before(parent, str(path[-1]))
    field = model.model_fields.get(before) if model else None
    if field is None or parent.at([before]).content != "":
        return None
    below = get_origin(field.annotation) is dict or isinstance(node.at(path).content, dict | list)
    return before if below else None


def _torn(detail: ErrorDetails, node: Node) -> bool:
    """Whether it is the rest of a text in quotation marks that was torn at a comma, as its colon has no space."""
    if detail["type"] != "extra_forbidden":
        return False
    name, content = str(detail["loc"][-1]), node.at(detail["loc"][:-1]).content
    if name[-1:] not in ('"', "'") or not isinstance(content, dict):
        return False
    return any(f":{name[-1]}" in key and not key.endswith(name[-1]) for key in content)


def validate_entries(schema: type[E], node: Node) -> Checked[dict[str, E | None]]:
    """Convert a mapping from ids to entries, one by one; a faulty entry is None."""
    if not isinstance(node.content, dict):
        message, _ = _EXPECTED["dict_type"]
        shown = _OF_ENTRIES.get(schema.__name__, "")
        cure = f"Write an id, and its keys below it{f', for example:{chr(10)}{shown}' if shown else '.'}"
        return Checked({}, (Diagnostic("shape", message, node.place, cure),))
    entries: dict[str, E | None] = {}
    diagnostics: list[Diagnostic] = []
    astray = False
    for key, child in node.content.items():
        if key[:1] in NO_SPACES and key:
            message = "The line is indented with spaces that are none for YAML."
            place = node.keys.get(key, child).place
            cure = f"Indent with plain spaces:\n{' ' * (len(key) - len(key.lstrip()))}{place.text.strip()}"
            diagnostics.append(Diagnostic("yaml-indent", message, place, cure))
            entries[key] = None
            continue
        try:
            identifier(key)
        except PydanticCustomError as error:
            diagnostics.append(Diagnostic("format", error.message(), node.keys.get(key, child).place, _as_id(key)))
        if key in schema.model_fields and not _is_entry(schema, child):
            if not astray:
                message = f"`{key}` stands here as an id, but it is a key of an entry."
                cure = "Indent it, and what is below it, by two spaces: it belongs below an id."
                diagnostics.append(Diagnostic("key-unknown", message, node.keys.get(key, child).place, cure))
            astray = True
            entries[key] = None
            continue
        astray = False
        outer = _further_in(schema, child)
        if outer and next(iter(node.content)) != key:
            message = f"`{key}` stands here as an entry of its own, but what is below it belongs to `{outer}`."
            cure = f"Indent it, and what is below it, like the others below `{outer}`."
            diagnostics.append(Diagnostic("key-unknown", message, node.keys.get(key, child).place, cure))
            entries[key] = None
            continue
        checked = validate(schema, child)
        diagnostics += checked.diagnostics
        entries[key] = checked.value
    return Checked(entries, tuple(diagnostics))


def _as_id(key: str) -> str:
    if re.fullmatch("[A-Z][A-Z0-9]?", key):
        return "If it is the siglum of a source, write the id of that source."
    likely = id_of(key)
    return f"Write:\n{likely}:" if likely else ""


def _is_entry(schema: type[Entry], node: Node) -> bool:
    """Whether what stands below a key has a key of such an entry: an id may well be called like one."""
    return isinstance(node.content, dict) and any(key in schema.model_fields for key in node.content)


def _further_in(schema: type[Entry], node: Node) -> str | None:
    """The key of an entry whose own entries have all the keys that stand below this one, none of which it knows."""
    content = node.content
    if not isinstance(content, dict) or not content or any(key in schema.model_fields for key in content):
        return None
    for key, field in schema.model_fields.items():
        inner = _entry_in(field.annotation) if get_origin(field.annotation) is dict else None
        if inner and all(below in inner.model_fields for below in content):
            return key
    return None


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
    if kind == "literal_error" and (not isinstance(detail["input"], str) or not detail["input"]):
        possible = ", ".join(re.findall(r"'([^']+)'", str(context.get("expected", ""))))
        message = "One word is expected here, not a list or further keys."
        if detail["input"] == "":
            message = "The word is missing."
        return Diagnostic("value-unknown", message, place, f"Possible: {possible}.")
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
        if kind in ("dict_type", "model_type") and isinstance(node.at(path).content, list):
            message = "Entries `key: value` are expected here, not a list."
            cure = "Write them without dashes and square brackets"
        shown = _example_at(schema, _written(node, path))
        shown = shown if path else _OF_ENTRIES.get(getattr(schema, "__name__", ""), "")
        return Diagnostic("shape", message, place, f"{cure}{f', for example:{chr(10)}{shown}' if shown else '.'}")
    if kind == "format":
        key = any(part == "[key]" for part in path)
        if key:
            return Diagnostic("format", detail["msg"], node.locate(path[:-1], key=True), _as_id(str(path[-2])))
        written = _written(node, path)
        shown = _example_at(schema, written)
        misread = re.search(" is no (?:date|value);", detail["msg"])
        meant = likely_meant(str(detail["input"])) if misread else ""
        if meant and shown:
            return Diagnostic("format", detail["msg"], place, f"Write:\n{shown.partition(':')[0]}: {scalar(meant)}")
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
    lost = re.match(r" +(?=#\S)", place.text[place.column - 1 :]) if content == "" else None
    if lost:
        at = place.column - 1 + lost.end()
        message = "A text cannot start with #, which starts a comment in YAML."
        where = replace(place, column=at + 1, length=max(1, len(place.text.rstrip()) - at))
        cure = f"Put it in quotation marks:\n{as_text_from(place.text, at).strip()}"
        return Diagnostic("yaml-comment", message, where, cure)
    if kind == "string_type" and isinstance(content, list) and re.match(_OPEN_DATE, place.text[place.column - 1 :]):
        message = "The text starts with [, so it was read as a list."
        line = as_text_from(place.text, place.column - 1).strip()
        return Diagnostic("yaml-bracket", message, place, f"Put it in quotation marks:\n{line}")
    if content == "" and re.match(r"[>|][-+]?\s*\Z", place.text[place.column - 1 :]):
        message = f"No text stands below {sign}, which stands for the indented lines that follow."
        return Diagnostic("yaml-indent", message, place, "Indent these lines further than the key, by two spaces.")
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
        whole = re.match(r"[\w-]+:(\"[^\"]*\"|'[^']*')", place.text[place.column - 1 :])
        rest = whole[1] if whole else rest
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
    if _beside(parent, before, content, schema, path):
        message = f"`{name}` is not known here; it stands beside `{before}`, not below it."
        cure = f"If it belongs to `{before}`, indent it, and what is below it, by two spaces more."
        return Diagnostic("key-unknown", message, place, cure)
    if _emptied(path, node, schema):
        message = f"`{name}` is not known here; nothing stands below `{before}`."
        return Diagnostic("key-unknown", message, place, f"If it belongs to `{before}`, indent it by two spaces more.")
    return None


def _beside(parent: Node, before: str, content: object, schema: object, path: Path) -> bool:
    """Whether an unknown key has below it what belongs below the entries of the key before it."""
    model = _model_at(schema, path[:-1])
    field = model.model_fields.get(before) if model else None
    inner = _entry_in(field.annotation) if field and get_origin(field.annotation) is dict else None
    if inner is None or not isinstance(content, dict) or not isinstance(parent.at([before]).content, dict):
        return False
    return bool(content) and all(key in inner.model_fields for key in content)


def _before(node: Node, key: str) -> str:
    """The key before another, in the order of the file; empty for the first."""
    keys = list(node.keys)
    return keys[keys.index(key) - 1] if key in keys[1:] else ""


_OPEN_DATE = r"\[(?:\.\. *)?\d{4}[^\[\],]*\]$"
_OF_ENTRIES = {
    "ClaimEntry": "years-of-work:\n  claim: The bridge took six years to build.\n  topic: opening",
    "EventEntry": "opening:\n  title: The bridge is opened\n  date: 2025-03-03",
    "OriginEntry": EXAMPLES["origins"],
    "SourceEntry": EXAMPLES["sources"],
}
"""How a file of such entries, or a part of one, is written."""
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip


def likely_meant(text: str) -> str:
    """The date or the value that a text most likely means, as it has to be written; nothing where that is unclear."""
    plain = re.sub(r"[‐-―−]", "-", " ".join(text.split())).strip("“”„‘’«»'\"")
    reading: tuple[tuple[Callable[[str], object], str], ...]
    reading = ((parse_date, _as_date(plain)), (parse_value, _as_value(plain)))
    for read, likely in reading:
        try:
            read(likely)
        except (DateError, ValueFormatError):
            continue
        return likely if likely != text else ""
    return ""


def _as_date(text: str) -> str:
    iso = re.fullmatch(r"(\d{4})[-./](\d{1,2})(?:[-./](\d{1,2}))?", text)
    if iso:
        return "-".join(part.zfill(2) for part in iso.groups() if part)
    dotted = re.fullmatch(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})", text)
    if dotted:
        return f"{dotted[3]}-{dotted[2].zfill(2)}-{dotted[1].zfill(2)}"
    named = re.fullmatch(r"(?:(\d{1,2})\.? )?([A-Za-z]{3,9})\.?(?: (\d{1,2}))?,? (\d{4})", text)
    months = [at for at, month in enumerate(_MONTHS, 1) if named and month.startswith(named[2].lower())]
    if not named or len(months) != 1 or (named[1] and named[3]):
        return ""
    day = named[1] or named[3]
    return f"{named[4]}-{months[0]:02}" + (f"-{day.zfill(2)}" if day else "")


def _as_value(text: str) -> str:
    about = re.match(r"(?:about|around|approximately|approx\.|roughly|circa|ca?\.) ", text)
    number = re.sub(r" ?(?:%|[^\W\d]+\.?)$", "", text[about.end() if about else 0 :])
    number = re.sub(r" ?(?:-|\.\.\.?|…| to ) ?", "..", number) if re.match(r"\d", number) else number
    number = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", number)
    number = re.sub(r"(?<=\d),(?=\d{1,2}(?!\d))", ".", number)
    return ("~" if about else "") + number


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
