"""The ids that a briefing's files define, for programs that offer them, whatever else is wrong with those files."""

from __future__ import annotations

from dataclasses import dataclass

from builder.diagnostics import printable
from builder.ids import is_id
from builder.parse import split_front_matter
from builder.written import Texts
from builder.yamldoc import Node, decode, parse_yaml

SHOWN = 200
"""How many code points of an id's description are shown."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An id and what it stands for, on one line."""

    id: str
    note: str


@dataclass(frozen=True, slots=True)
class Choices:
    """The ids that a briefing's files define, in their order; none of what cannot be read.

    Not those of claims: a schema that listed them would be out of date with every new claim.
    """

    sources: tuple[Choice, ...] = ()
    origins: tuple[Choice, ...] = ()
    topics: tuple[Choice, ...] = ()
    events: tuple[Choice, ...] = ()


def choices(texts: Texts) -> Choices:
    """The ids in a briefing's files."""
    sources = _node(texts, "sources.yaml")
    return Choices(
        _listed(_below(sources, "sources"), "siglum", "outlet", "headline"),
        _listed(_below(sources, "origins"), "name", "kind", "side"),
        _listed(_below(_node(texts, "briefing.md"), "topics"), "title"),
        _listed(_node(texts, "timeline.yaml"), "title", "date"),
    )


def _node(texts: Texts, name: str) -> Node | None:
    file = texts.path(name)
    text = decode(file, texts.files.get(file, b"")).value
    if text is not None and name.endswith(".md"):
        parts = split_front_matter(file, text).value
        text = parts[0] if parts else None
    return parse_yaml(file, text).value if text is not None else None


def _below(node: Node | None, key: str) -> Node | None:
    return node.content.get(key) if node and isinstance(node.content, dict) else None


def _listed(node: Node | None, *keys: str) -> tuple[Choice, ...]:
    """The ids of a mapping, each with what its entry says under `keys`; an entry may be its title alone."""
    if node is None or not isinstance(node.content, dict):
        return ()
    entries = node.content.items()
    return tuple(Choice(id_, _note(one, keys)) for id_, one in entries if is_id(id_))


def _note(entry: Node, keys: tuple[str, ...]) -> str:
    content = entry.content
    said = [_first(content[key]) for key in keys if key in content] if isinstance(content, dict) else [_first(entry)]
    note = printable(" ".join(" · ".join(filter(None, said)).split()))
    return note if len(note) <= SHOWN else f"{note[: SHOWN - 1]}…"


def _first(node: Node) -> str:
    """A text, or the first of a list of texts."""
    content = node.content
    if isinstance(content, list):
        return content[0].content if content and isinstance(content[0].content, str) else ""
    return content if isinstance(content, str) else ""
