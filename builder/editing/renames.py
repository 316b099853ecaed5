"""An id that was renamed where it is defined, but not where it is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from builder.build import Studied
from builder.diagnostics import Diagnostic, Fix
from builder.editing.layout import EditError, Scalar, sheet_of
from builder.model import Relation
from builder.parse import Documents
from builder.yamldoc import Data, Node

ALIKE = 0.6
"""From this share of common letters on (difflib's ratio), two ids are taken for forms of one."""
VERY_ALIKE = 0.75
"""From this share on, where several ids are named nowhere."""
TELLING = 3
"""An id with so many letters that stands whole in another one is no chance."""

_KINDS = ("topic", "source", "origin", "event", "claim")
_UNREAD = ("encoding", "front-matter", "file-missing")


def renames(studied: Studied) -> Iterator[tuple[Diagnostic, Fix, str]]:
    """For each place where an id is unknown that can only be another one: the fault, its cure, and why that is so.

    An id is renamed where of the defined ids of its kind that are named nowhere in the briefing exactly one is like it,
    and no other unknown id is like that one. While any file cannot be read, nobody knows what is named.
    """
    documents = studied.documents
    unread = any(fault.code.startswith("yaml-") or fault.code in _UNREAD for fault in studied.diagnostics)
    if unread or not (documents.all_claims and documents.sources and documents.origins and documents.events):
        return
    defined, named = _ids(documents)
    for kind, unknown in _unknown(studied).items():
        unused = [id_ for id_ in defined[kind] if id_ not in named[kind]]
        for old, faults in unknown.items():
            likely = [new for new in unused if _alike(old, new, only=len(unused) == 1)]
            rivals = [one for one in unknown if one != old and any(_alike(one, new, only=True) for new in likely)]
            if len(likely) == 1 and not rivals:
                what = f"the only {kind}" + (
                    " that nothing names" if len(unused) == 1 else " like it that nothing names"
                )
                yield from ((fault, Fix(fault.place, likely[0]), f"`{likely[0]}` is {what}") for fault in faults)


def _alike(one: str, other: str, *, only: bool) -> bool:
    """Whether they are forms of one id; where it is not the `only` one that could be meant, more has to be the same."""
    short, long = sorted((one, other), key=len)
    ratio = SequenceMatcher(None, one, other).ratio()
    return (len(short) >= TELLING and short in long) or ratio >= (ALIKE if only else VERY_ALIKE)


def _unknown(studied: Studied) -> dict[str, dict[str, list[Diagnostic]]]:
    """By kind and id, the faults that name an id that does not exist."""
    found: dict[str, dict[str, list[Diagnostic]]] = {kind: {} for kind in _KINDS}
    scalars: dict[str, Mapping[tuple[int, int], Scalar]] = {}
    for fault in studied.diagnostics:
        kind, _, unknown = fault.code.partition("-")
        file = fault.place.file
        if unknown != "unknown" or kind not in found or file not in studied.texts.files:
            continue
        if file not in scalars:
            try:
                text = studied.texts.files[file].decode("utf-8")
                scalars[file] = sheet_of(file, text).scalars()
            except (EditError, UnicodeDecodeError):
                scalars[file] = {}
        at = scalars[file].get((fault.place.line, fault.place.column))
        if at is not None:
            found[kind].setdefault(at.text, []).append(fault)
    return found


def _ids(documents: Documents) -> tuple[dict[str, list[str]], dict[str, set[str]]]:
    """By kind, the ids that are defined and those that are named, also by entries that have other faults."""
    front = _entries(documents.front_node)
    origins, sources, events = (
        _entries(part.node) if part else {} for part in (documents.origins, documents.sources, documents.events)
    )
    claims = [(id_, _mapping(entry)) for file in documents.claims for id_, entry in _entries(file.node).items()]
    evidence = [_mapping(claim.get("evidence", "")) for _, claim in claims]
    defined = {
        "topic": list(_mapping(front.get("topics", ""))),
        "source": list(sources),
        "origin": list(origins),
        "event": list(events),
        "claim": [id_ for id_, _ in claims],
    }
    shown = [_mapping(_mapping(event).get("evidence", "")) for event in events.values()]
    ahead = [_mapping(_mapping(source).get("looks_ahead", "")) for source in sources.values()]
    told = [cell for cells in evidence for cell in cells.values()]
    audit = _entries(documents.audit_node)
    spoken = [_mapping(claim.get("utterance", "")) for _, claim in claims]
    named = {
        "topic": _named([claim for _, claim in claims], "topic"),
        "source": {
            *(id_ for cells in (*evidence, *shown, _mapping(audit.get("left_out", ""))) for id_ in cells),
            *_named(spoken, "lemma"),
            *_named(origins.values(), "source"),
            *_named(_list(audit.get("shared", "")), "sources"),
        },
        "origin": _named([*told, *sources.values(), *origins.values()], "via"),
        "event": _named([*(claim for _, claim in claims), *ahead], "event"),
        "claim": {
            *_named(_list(front.get("corrections", "")), "claim"),
            *(id_ for relation in Relation for id_ in _named([claim for _, claim in claims], relation)),
        },
    }
    return defined, named


def _named(entries: Iterable[Data | Mapping[str, Data]], key: str) -> set[str]:
    """The ids that stand at a key of some entries, one or several."""
    return {id_ for entry in entries for id_ in _list(_mapping(entry).get(key, "")) if isinstance(id_, str)}


def _entries(node: Node) -> Mapping[str, Data]:
    return _mapping(node.data())


def _mapping(data: Data | Mapping[str, Data]) -> Mapping[str, Data]:
    return data if isinstance(data, Mapping) else {}


def _list(data: Data) -> Sequence[Data]:
    return data if isinstance(data, list) else [data]
