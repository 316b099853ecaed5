"""JSON Schemas of what people write, for editors: each key with its description, each id of a briefing as a choice.

They are made from the models in `documents`. The builder reads every scalar as text while an editor types it, so a
schema takes `2023`, `5.5`, `true` and `null` wherever the builder takes those letters: it never marks what the builder
accepts. An id that is not listed is no fault here either: the check names the nearest one.

Some keywords are read by yaml-language-server alone: `enumDescriptions`, `errorMessage`, `patternErrorMessage`,
`defaultSnippets`, `doNotSuggest`. A title or a description it shows as plain text, so the content's words are safe
there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from pydantic import BeforeValidator, TypeAdapter

from builder.describing import descriptions, example
from builder.documents import (
    AuditEntry,
    ClaimEntry,
    Entry,
    EventEntry,
    OriginEntry,
    SiteEntry,
    SourceEntry,
    SourcesEntry,
)
from builder.editors.choices import Choice, Choices
from builder.editors.forms import ANY, ID_FORM, MEANINGS, MESSAGES, NAMES, PATTERNS, SCALAR, SCALARS, Json, formed
from builder.scalars import Id

DRAFT = "https://json-schema.org/draft/2020-12/schema"
MARK = "Written by `variorum editor`; it will write it anew."
"""The comment by which a schema is known as the builder's own."""


# ---- from models to schemas ------------------------------------------------------------------------------------


def site_schema() -> bytes:
    """The schema of site.yaml."""
    maker = _Maker({})
    return _written(maker.model(SiteEntry), "site.yaml", maker)


def briefing_schemas(listed: Choices) -> dict[str, bytes]:
    """The schemas of a briefing's YAML files, by file name."""
    made = {}
    for name, models in _FILES.items():
        maker = _Maker(_by_key(listed))
        if models is AuditEntry:
            schema = maker.model(AuditEntry)
        elif isinstance(models, type):
            schema = maker.by_id(maker.entry(models))
        else:
            schema = maker.model(SourcesEntry)
            for key, model in models.items():
                schema["properties"][key] |= maker.by_id(maker.entry(model))
        made[f"{name}.json"] = _written(schema, f"{name}.yaml", maker)
    return made


_FILES: Mapping[str, type[Entry] | Mapping[str, type[Entry]]] = {
    "sources": {"origins": OriginEntry, "sources": SourceEntry},
    "claims": ClaimEntry,
    "timeline": EventEntry,
    "audit": AuditEntry,
}
_SOURCES = ("evidence", "left_out", "lemma", "source", "sources")
"""Keys that hold ids of sources."""


def _by_key(listed: Choices) -> dict[str, tuple[Choice, ...]]:
    """The choices of each key that holds ids."""
    choices = {"via": listed.origins, "topic": listed.topics, "event": listed.events}
    return {**dict.fromkeys(_SOURCES, listed.sources), **choices}


def _written(schema: Json, title: str, maker: _Maker) -> bytes:
    whole = {"$schema": DRAFT, "$comment": MARK, "title": title, **schema, "$defs": maker.definitions}
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


class _Maker:
    """Makes one file's schema; what is needed more than once stands in its definitions."""

    def __init__(self, listed: Mapping[str, tuple[Choice, ...]]) -> None:
        self._listed = listed
        """The choices of each key that holds ids."""
        self.definitions: dict[str, Json] = {}

    def model(self, model: type[Entry]) -> Json:
        """A mapping with the keys of a model."""
        hints = get_type_hints(model, include_extras=True)
        return {
            "type": "object",
            "properties": {key: {**_said(model, key), **self._shape(key, hints[key])} for key in model.model_fields},
            "required": [key for key, field in model.model_fields.items() if field.is_required()],
            "additionalProperties": False,
        }

    def entry(self, model: type[Entry]) -> Json:
        """An entry by id."""
        return {"title": _name(model), "description": (model.__doc__ or "").strip(), **self._reference(model)}

    def by_id(self, value: Json, known: tuple[Choice, ...] = ()) -> Json:
        """A mapping from ids to values of one kind."""
        return {
            "type": "object",
            "properties": {one.id: {**value, "title": one.id, "description": one.note} for one in known},
            "additionalProperties": value,
            "propertyNames": {**ID_FORM, "doNotSuggest": True},
        }

    def _defined(self, name: str, make: Callable[[], Json]) -> Json:
        if name not in self.definitions:
            self.definitions[name] = {}  # holds its place: the order is that of first use
            self.definitions[name] = make()
        return {"$ref": f"#/$defs/{name}"}

    def _reference(self, model: type[Entry]) -> Json:
        return self._defined(_name(model), lambda: self.model(model))

    def _shape(self, key: str, annotation: Any) -> Json:
        """What a key may hold, by the annotation of its field."""
        if annotation == Id:
            return self._id(key)
        if annotation is Any:
            return {}
        if name := NAMES.get(annotation):
            return self._defined(name, lambda: SCALARS[name])
        inner, *more = get_args(annotation) or (annotation,)
        origin = get_origin(annotation)
        if origin is Annotated:
            return self._annotated(key, inner, more, annotation)
        if origin is Literal:
            return {
                "type": "string",
                "enum": [inner, *more],
                "enumDescriptions": [MEANINGS[w] for w in (inner, *more)],
            }
        if origin is list:
            return {"type": "array", "items": self._item(key, inner)}
        if origin is dict:
            return self.by_id(self._shape(key, more[0]), self._listed.get(key, ()))
        if origin:
            return self._shape(key, inner)  # `… | None`: the key may be left out
        return self._reference(inner)

    def _item(self, key: str, annotation: Any) -> Json:
        """One of a list. Where its alternatives are plain to see, an editor proposes a new line `- ` for each."""
        shape = self._shape(key, annotation)
        if "type" in shape:
            return shape
        known = self._listed.get(key, ()) if annotation == Id else ()
        proposed = [{"label": one.id, "body": one.id, "description": one.note} for one in known]
        return {"if": {}, "then": shape, **({"defaultSnippets": proposed} if proposed else {})}

    def _annotated(self, key: str, inner: Any, more: list[Any], annotation: Any) -> Json:
        for part in more:
            if isinstance(part, BeforeValidator):
                return _either(self._shape(key, inner), self._short(key, inner, part.func))
        form = TypeAdapter(annotation).json_schema()
        if form["type"] == "array":
            return {**self._shape(key, inner), "minItems": form["minItems"], "maxItems": form["maxItems"]}
        return formed(form.get("pattern", PATTERNS.get(key, "")), MESSAGES[key])

    def _short(self, key: str, inner: Any, convert: Callable[..., Any]) -> Json:
        """What may stand for a list or a mapping: what `convert` puts into one."""
        whole = convert("…")
        if isinstance(whole, list):
            return self._shape(key, get_args(inner)[0])
        (only,) = whole
        return self._shape(only, get_type_hints(inner, include_extras=True)[only])

    def _id(self, key: str) -> Json:
        """An id, those that are known with what they stand for; exactly one alternative fits any text."""
        known = self._listed.get(key, ())
        if not known:
            return self._defined("id", lambda: SCALARS["id"])
        unlisted = {"not": {"enum": [one.id for one in known]}, **ID_FORM, **SCALAR}
        listed = [{"const": one.id, "title": one.id, "description": one.note} for one in known]
        name = "source" if key in _SOURCES else key
        return self._defined(f"{name}-id", lambda: {"oneOf": [unlisted, *listed], **ANY})


def _said(model: type[Entry], key: str) -> Json:
    """What a key means, with an example."""
    description = descriptions(model)[key]
    shown = f"{description}\n\n```yaml\n{example(model, key)}\n```"
    return {"title": key, "description": description, "markdownDescription": shown}


def _name(model: type[Entry]) -> str:
    return model.__name__.removesuffix("Entry").lower()


def _either(whole: Json, short: Json) -> Json:
    """A list or mapping, or what may stand for it. By `oneOf`: of `anyOf`, an editor shows the words of all."""
    alternatives = [*short["oneOf"]] if "oneOf" in short else [short]
    # The one that comes first is taken for meant where none fits.
    alternatives.insert(len(alternatives) if whole.get("type") == "array" else 0, whole)
    return {"oneOf": alternatives, **ANY}
