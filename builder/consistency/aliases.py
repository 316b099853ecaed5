"""Whether the ids of earlier times can lead where they should: none of them may belong to anything else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from builder.diagnostics import Diagnostic, Place, Related
from builder.documents import ClaimEntry, EventEntry, SourceEntry
from builder.parse import Documents, Entries
from builder.routes import RESERVED

Written = Entries[ClaimEntry] | Entries[SourceEntry] | Entries[EventEntry]


def taken_aliases(documents: Documents) -> Iterator[Diagnostic]:
    """Ids in `was` that are in use, or are an earlier id of something else.

    Whether another briefing has a name, or had it, is to be seen only when all of them are known: see taken_names.
    """
    yield from _own(documents)
    yield from _taken("claim", documents.claims)
    yield from _taken("source", [documents.sources] if documents.sources else [])
    yield from _taken("event", [documents.events] if documents.events else [])


def former_names(documents: Documents) -> Iterator[tuple[str, Place]]:
    """The names that a briefing's folder had, with where they are written."""
    for index, old in enumerate(documents.front.was if documents.front else ()):
        yield old, documents.front_node.locate(("was", index))


def _own(documents: Documents) -> Iterator[Diagnostic]:
    """Names of its folder that cannot be earlier ones."""
    first: dict[str, Place] = {}
    for old, place in former_names(documents):
        if old == documents.name:
            yield Diagnostic("alias-taken", f"`{old}` is the name of this briefing’s folder.", place, _REMOVE)
        elif old in RESERVED:
            yield Diagnostic("alias-taken", f"`{old}` is a folder of the site itself.", place, _REMOVE)
        elif old in first:
            yield _twice("briefing", documents.name, old, place, documents.name, first[old])
        first.setdefault(old, place)


def taken_names(names: Collection[str], former: Mapping[str, Sequence[tuple[str, Place]]]) -> Iterator[Diagnostic]:
    """Earlier names of briefings that another one has, or had; `former` by the name of the briefing.

    `names` are those of all folders.
    """
    first: dict[str, tuple[str, Place]] = {}
    for name in sorted(former):
        for old, place in former[name]:
            if old in names and old != name:
                yield Diagnostic("alias-taken", f"`{old}` is the name of another briefing’s folder.", place, _REMOVE)
            elif old in first and first[old][0] != name:
                yield _twice("briefing", name, old, place, *first[old])
            first.setdefault(old, (name, place))


_REMOVE = "Remove it from `was`: an address leads to one place."


def _taken(kind: str, files: Iterable[Written]) -> Iterator[Diagnostic]:
    """Those of one kind of entries, which may stand in several files."""
    ids: Mapping[str, Place] = {id_: file.node.keys[id_].place for file in files for id_ in file.entries}
    first: dict[str, tuple[str, Place]] = {}
    for file in files:
        for id_, entry in file.usable().items():
            for index, old in enumerate(entry.was):
                place = file.node.locate((id_, "was", index))
                if old in ids:
                    yield _in_use(kind, id_, old, place, ids[old])
                elif old in first:
                    yield _twice(kind, id_, old, place, *first[old])
                first.setdefault(old, (id_, place))


def _in_use(kind: str, id_: str, old: str, place: Place, used: Place) -> Diagnostic:
    message = f"`{old}` is the id of this {kind}." if old == id_ else f"`{old}` is the id of another {kind}."
    return Diagnostic("alias-taken", message, place, _REMOVE, related=(Related(used, "here it is in use"),))


def _twice(kind: str, id_: str, old: str, place: Place, owner: str, first: Place) -> Diagnostic:
    kept = "name" if kind == "briefing" else "id"
    message = f"`{old}` is in the list twice." if owner == id_ else f"`{old}` was the {kept} of `{owner}`, too."
    cure = "Remove one of them." if owner == id_ else f"Name it under the {kind} that its address should lead to."
    return Diagnostic("alias-taken", message, place, cure, related=(Related(first, "here it is named first"),))
