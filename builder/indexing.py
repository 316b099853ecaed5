"""The index of all briefings, kept from one build to the next: an edit changes a few of its lines.

The builder's memory has an entry for each briefing's terms, one for the order of the briefings, and one for each file
of the index. Where something is missing, or nothing is as it was, the index is made anew: it is the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from builder.facts import Memory
from builder.lookup.index import FILES, Terms, changed, has_index, index_files, whole
from builder.routes import OutputFile

TERMS, LINES, ORDER = "terms", "index", "order"
"""The kinds of these entries."""

MANY = 8
"""Where more than one briefing of so many has changed, the index is made anew."""


def remember_terms(memory: Memory, name: str, terms: Terms) -> Terms | None:
    """Write down the terms of a briefing. What they were before comes back, None where nobody knows."""
    before = memory.get(TERMS, name)
    memory.put(TERMS, name, "\n".join(sorted(terms)).encode())
    return None if before is None else _read(before)


def forget_terms(memory: Memory, name: str) -> None:
    """A briefing has gone."""
    memory.put(TERMS, name, None)


def _read(entry: bytes) -> Terms:
    return frozenset(entry.decode().split())


def index_of(memory: Memory, names: Sequence[str], before: Mapping[str, Terms | None]) -> list[OutputFile] | None:
    """The files of the index of these briefings, the oldest first; none where there are so few that none is needed.

    `before` holds the terms that briefings had which were made anew. None where terms are missing: whoever asks must
    make all briefings again.
    """
    if not has_index(len(names)):
        for kind in (ORDER, LINES):
            for name, _ in list(memory.all(kind)):
                memory.put(kind, name, None)
        return []
    lines = _edited(memory, names, before)
    if lines is None:
        lines = _anew(memory, names)
    if lines is None:
        return None
    memory.put(ORDER, "", " ".join(names).encode())
    return index_files(lines)


def _anew(memory: Memory, names: Sequence[str]) -> dict[int, str] | None:
    terms = dict(memory.all(TERMS))
    if not all(name in terms for name in names):
        return None
    lines = whole(_read(terms[name]) for name in names)
    for number, text in lines.items():
        memory.put(LINES, f"{number:02}", text.encode())
    return lines


def _edited(memory: Memory, names: Sequence[str], before: Mapping[str, Terms | None]) -> dict[int, str] | None:
    """The lines with what changed; None where making them anew is as well."""
    order = (memory.get(ORDER) or b"").decode().split()
    if not order or list(names[: len(order)]) != order or len(before) * MANY > len(names):
        return None
    old = {int(number): entry.decode() for number, entry in memory.all(LINES)}
    fresh = {*before, *names[len(order) :]}
    changes: dict[int, tuple[Terms, Terms]] = {}
    for number, name in enumerate(names):
        if name in fresh:
            known, now = before.get(name), memory.get(TERMS, name)
            if now is None or (known is None and number < len(order)):
                return None
            changes[number] = (known if known is not None and number < len(order) else frozenset(), _read(now))
    if len(old) != FILES:
        return None
    lines = changed(old, changes)
    for number, text in lines.items():
        if text != old[number]:
            memory.put(LINES, f"{number:02}", text.encode())
    return lines
