"""The ids that a briefing defines; one that is named and leads nowhere is a fault, with the nearest known one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches

from builder.diagnostics import Diagnostic, Place, Related
from builder.parse import Documents
from builder.yamldoc import Node

Path = tuple[str | int, ...]
"""From a document down to a value: keys, and indexes in lists."""


class Known:
    """The ids of a briefing by their kind: topic, origin, source, event, claim. It notes those that lead nowhere."""

    def __init__(self, documents: Documents) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._documents = documents
        # What could not be read at all is None here: then nobody knows which ids it defines.
        self._ids: Mapping[str, Collection[str] | None] = {
            "topic": documents.front.topics.keys() if documents.front else None,
            "origin": documents.origins.entries.keys() if documents.origins else None,
            "source": documents.sources.entries.keys() if documents.sources else None,
            "event": documents.events.entries.keys() if documents.events else None,
            "claim": {id_ for file in documents.claims for id_ in file.entries} if documents.all_claims else None,
        }

    def has(self, kind: str, id_: str) -> bool:
        """Whether there is one, as far as is known."""
        return id_ in (self._ids[kind] or ())

    def all_named(self, kind: str, ids: Sequence[str], node: Node, path: Path) -> None:
        """Several ids are named in a list at `path`."""
        for index, id_ in enumerate(ids):
            self.named(kind, id_, node, (*path, index))

    def named(self, kind: str, id_: str, node: Node, path: Path, *, key: bool = False) -> None:
        """An id is named at `path`, or is the `key` there; where there is none, that is noted."""
        known = self._ids[kind]
        if known is None or id_ in known:
            return
        near = get_close_matches(id_, known, 1)
        defined = self._definition(kind, near[0]) if near else None
        self.diagnostics.append(
            Diagnostic(
                f"{kind}-unknown",
                f"There is no {kind} `{id_}`.",
                node.locate(path, key=key),
                nearest(id_, known),
                related=(Related(defined, f"`{near[0]}` is defined here"),) if defined else (),
            )
        )

    def _definition(self, kind: str, id_: str) -> Place | None:
        documents = self._documents
        entries = {"origin": documents.origins, "source": documents.sources, "event": documents.events}.get(kind)
        nodes = [one.node for one in documents.claims] if kind == "claim" else [entries.node] if entries else []
        if kind == "topic" and isinstance(documents.front_node.content, dict):
            nodes = [documents.front_node.content["topics"]]
        return next((node.keys[id_].place for node in nodes if id_ in node.keys), None)


def nearest(id_: str, known: Iterable[str]) -> str:
    """The cure for an id that leads nowhere."""
    near = get_close_matches(id_, known, 1)
    listed = sorted(known)
    if near:
        return f"Did you mean `{near[0]}`?"
    return f"Known: {', '.join(listed[:20])}." if listed else "None is defined yet."
