"""What is YAML, but hardly what was meant: a space, a comma, an indentation, a date as people write it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import get_origin

from pydantic_core import ErrorDetails

from builder.dates import DateError, parse_date
from builder.describing import EXAMPLES, Path, entry_in, keys_at, model_at
from builder.diagnostics import Diagnostic, Place
from builder.documents import Entry
from builder.ids import id_of
from builder.slips.lines import as_text_from
from builder.values import ValueFormatError, parse_value
from builder.yamldoc import Node

_OPEN_DATE = r"\[(?:\.\. *)?\d{4}[^\[\],]*\]$"


def emptied(path: Path, node: Node, schema: object) -> str | None:
    """The key of further entries that stands empty before an unknown key, which likely belongs below it."""
    parent, model = node.at(path[:-1]), model_at(schema, path[:-1])
    before = _before(parent, str(path[-1]))
    field = model.model_fields.get(before) if model else None
    if field is None or parent.at([before]).content != "":
        return None
    below = get_origin(field.annotation) is dict or isinstance(node.at(path).content, dict | list)
    return before if below else None


def torn(detail: ErrorDetails, node: Node) -> bool:
    """Whether it is the rest of a text in quotation marks that was torn at a comma, as its colon has no space."""
    if detail["type"] != "extra_forbidden":
        return False
    name, content = str(detail["loc"][-1]), node.at(detail["loc"][:-1]).content
    if name[-1:] not in ('"', "'") or not isinstance(content, dict):
        return False
    return any(f":{name[-1]}" in key and not key.endswith(name[-1]) for key in content)


def as_id(key: str) -> str:
    """The cure for a key that is no id: the id that it most likely means."""
    if re.fullmatch("[A-Z][A-Z0-9]?", key):
        return "If it is the siglum of a source, write the id of that source."
    likely = id_of(key)
    return f"Write:\n{likely}:" if likely else ""


def is_entry(schema: type[Entry], node: Node) -> bool:
    """Whether what stands below a key has a key of such an entry: an id may well be called like one."""
    return isinstance(node.content, dict) and any(key in schema.model_fields for key in node.content)


def further_in(schema: type[Entry], node: Node) -> str | None:
    """The key of an entry whose own entries have all the keys that stand below this one, none of which it knows."""
    content = node.content
    if not isinstance(content, dict) or not content or any(key in schema.model_fields for key in content):
        return None
    for key, field in schema.model_fields.items():
        inner = entry_in(field.annotation) if get_origin(field.annotation) is dict else None
        if inner and all(below in inner.model_fields for below in content):
            return key
    return None


def mistyped(kind: str, node: Node, path: Path, schema: object) -> Diagnostic | None:
    """What was likely meant where a schema refuses something as `kind` says; None where that is unclear."""
    content = node.at(path).content
    return _text_mistyped(kind, content, node.locate(path)) or (
        _key_mistyped(content, node, path, schema) if kind == "extra_forbidden" else None
    )


def _text_mistyped(kind: str, content: object, place: Place) -> Diagnostic | None:
    """A text that YAML took for something else."""
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
    if content == "" and sign in (">", "|"):
        message = f"A text cannot start with {sign}, which means something else to YAML."
        line = as_text_from(place.text, place.column - 1).strip()
        return Diagnostic("yaml-syntax", message, place, f"Put it in quotation marks:\n{line}")
    if kind in ("model_type", "dict_type"):
        tight = re.match(r"([a-z_]+):(\S.*)", content, re.DOTALL) if isinstance(content, str) else None
        if tight and tight[1] in EXAMPLES:
            message = "There is no space after the colon, so this is no `key: value`."
            return Diagnostic("yaml-space", message, place, f"Write:\n{tight[1]}: {tight[2]}")
    return None


def _key_mistyped(content: object, node: Node, path: Path, schema: object) -> Diagnostic | None:
    """An unknown key that is part of a text, or stands in the wrong place."""
    name, known = str(path[-1]), keys_at(schema, path[:-1])
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
    if emptied(path, node, schema):
        message = f"`{name}` is not known here; nothing stands below `{before}`."
        return Diagnostic("key-unknown", message, place, f"If it belongs to `{before}`, indent it by two spaces more.")
    return None


def _beside(parent: Node, before: str, content: object, schema: object, path: Path) -> bool:
    """Whether an unknown key has below it what belongs below the entries of the key before it."""
    model = model_at(schema, path[:-1])
    field = model.model_fields.get(before) if model else None
    inner = entry_in(field.annotation) if field and get_origin(field.annotation) is dict else None
    if inner is None or not isinstance(content, dict) or not isinstance(parent.at([before]).content, dict):
        return False
    return bool(content) and all(key in inner.model_fields for key in content)


def _before(node: Node, key: str) -> str:
    """The key before another, in the order of the file; empty for the first."""
    keys = list(node.keys)
    return keys[keys.index(key) - 1] if key in keys[1:] else ""


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
