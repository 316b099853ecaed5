"""Where something stands that was written in a briefing, found again when a message needs it: few places are."""

from __future__ import annotations

from builder.diagnostics import Place
from builder.parse import Documents


def of_claim(documents: Documents, claim: str, *path: str) -> Place:
    """The value at a path in a claim's entry. The claim has to be one that was read."""
    node = next(file.node for file in documents.claims if claim in file.entries)
    return node.locate((claim, *path))


def of_source(documents: Documents, source: str, *path: str) -> Place:
    """The value at a path in a source's entry; with a path that leads too far, at its last step that is there."""
    assert documents.sources is not None
    return documents.sources.node.locate((source, *path))


def of_event(documents: Documents, event: str, *path: str) -> Place:
    """The value at a path in an event's entry."""
    assert documents.events is not None
    return documents.events.node.locate((event, *path))
