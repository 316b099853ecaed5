"""Circular reporting: origins and sources that rest on each other, so that nobody would be the first.

Every `via` counts, not the last alone. An origin that is a source of the briefing leads on to what that source rests
on: for one claim what its evidence names, or else what it credits for all of its text.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from builder.diagnostics import Diagnostic, Place, Related
from builder.model import Briefing, Stance
from builder.parse import Documents
from builder.yamldoc import Node

NAMED = 40
"""Names of a circle that a message has room for."""
_CURE = "Remove the `via` that no article shows."
_IN_ORDER = "Write the chain nearest first, or remove the `via` that no article shows."

Graph = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Via:
    """A `via` as it is written: the origins that an origin, a source, or a source's evidence rests on."""

    of: str
    ids: tuple[str, ...]
    node: Node
    path: tuple[str, ...]

    def place(self, id_: str) -> Place:
        """Where an origin is named in it."""
        return self.node.locate((*self.path, self.ids.index(id_)))


def circles(documents: Documents, briefing: Briefing) -> Iterator[Diagnostic]:
    """Every circle, once. Ids that lead nowhere are passed over: these are told elsewhere."""
    if documents.origins is None:
        return
    node = documents.origins.node
    origins = {id_: _Via(id_, origin.via, node, (id_, "via")) for id_, origin in briefing.origins.items()}
    graph = {id_: [other for other in via.ids if other in origins] for id_, via in origins.items()}
    groups = _groups(graph)
    circular: set[str] = set()
    for group in groups:
        if len(group) > 1 or group[0] in graph[group[0]]:
            circular.update(group)
            circle = _way(_first(group, graph), graph)
            yield _fault("These origins rest on each other", circle, [origins[id_] for id_ in circle[:-1]])
    whole = _whole(documents, briefing)
    evidence = _evidence(documents, briefing)
    named = [via for by in (whole, *evidence.values()) for via in by.values()]
    for via, start in [*((via, [via.of, *via.ids]) for via in origins.values()), *((via, via.ids) for via in named)]:
        again = _return([id_ for id_ in start if id_ in graph], graph) if len(via.ids) > 1 else []
        if again and not circular.intersection(again):
            yield _fault("This chain comes back to where it was", again, [via], _IN_ORDER)
    yield from _of_sources(briefing, graph, groups, whole, evidence)


def _whole(documents: Documents, briefing: Briefing) -> dict[str, _Via]:
    """By source, what it credits for all of its text."""
    if documents.sources is None:
        return {}
    node = documents.sources.node
    return {s.id: _Via(s.id, s.via, node, (s.id, "via")) for s in briefing.sources if s.via}


def _evidence(documents: Documents, briefing: Briefing) -> dict[str, dict[str, _Via]]:
    """By claim and source, what the source's words on the claim rest on, where it names that."""
    nodes = {id_: file.node for file in reversed(documents.claims) for id_ in file.entries}
    return {
        claim.id: {
            one.source: _Via(one.source, one.via, nodes[claim.id], (claim.id, "evidence", one.source, "via"))
            for one in claim.evidence
            if one.via and one.stance is not Stance.SILENT
        }
        for claim in briefing.claims
    }


def _return(start: Sequence[str], graph: Graph) -> list[str]:
    """The circle that a chain runs into where it is followed to its end, if there is one.

    That is so where it names an origin twice, or names some in another order than these themselves do.
    """
    walked: dict[str, None] = {}
    ahead = start
    while ahead:
        for id_ in ahead:
            if id_ in walked:
                names = list(walked)
                return [*names[names.index(id_) :], id_]
            walked[id_] = None
        ahead = graph[ahead[-1]]
    return []


# ---- sources ---------------------------------------------------------------------------------------------------


def _of_sources(
    briefing: Briefing,
    graph: Graph,
    groups: Sequence[Sequence[str]],
    whole: Mapping[str, _Via],
    evidence: Mapping[str, Mapping[str, _Via]],
) -> Iterator[Diagnostic]:
    """Sources that rest on each other: in all of their text, or for one claim."""
    reached = _reached(briefing, graph, groups)
    for claim, said in [("", whole), *evidence.items()]:
        if not any(reached.get(id_) for via in said.values() for id_ in via.ids):
            continue
        lists = {**whole, **said}
        cites = {
            source: [other for other in lists if any(other in reached.get(id_, ()) for id_ in via.ids)]
            for source, via in lists.items()
        }
        for group in _groups(cites):
            own = [source for source in group if source in said]
            if own and (len(group) > 1 or group[0] in cites[group[0]]):
                circle = _way(_first(own, lists), cites)
                names = []
                for one, other in pairwise(circle):
                    names += [one, *_between(lists[one].ids, other, briefing, graph)]
                about = f"On `{claim}`, these" if claim else "These"
                yield _fault(
                    f"{about} sources rest on each other", [*names, circle[0]], [lists[id_] for id_ in circle[:-1]]
                )


def _reached(briefing: Briefing, graph: Graph, groups: Sequence[Sequence[str]]) -> dict[str, frozenset[str]]:
    """By origin, the sources of the briefing that it is or rests on; `groups` have those that others rest on first."""
    reached: dict[str, frozenset[str]] = {}
    for group in groups:
        own = {source for id_ in group if (source := briefing.origins[id_].source)}
        all_of = own.union(*(reached.get(other, ()) for id_ in group for other in graph[id_]))
        reached.update(dict.fromkeys(group, frozenset(all_of)))
    return reached


def _between(via: Sequence[str], source: str, briefing: Briefing, graph: Graph) -> list[str]:
    """The origins from one of `via` to one that is the source, on the shortest way."""
    start = {"": [id_ for id_ in via if id_ in graph]}
    goals = [id_ for id_, origin in briefing.origins.items() if origin.source == source]
    ways = [_way("", {**graph, **start}, goal) for goal in goals]
    return min((way[1:] for way in ways if way), key=len)


# ---- graphs ----------------------------------------------------------------------------------------------------


def _first(group: Iterable[str], order: Iterable[str]) -> str:
    """The one of a group that comes first."""
    members = set(group)
    return next(id_ for id_ in order if id_ in members)


def _way(start: str, graph: Graph, goal: str | None = None) -> list[str]:
    """The shortest way to `goal`, or else from `start` back to it, both ends included; nothing where there is none."""
    goal = start if goal is None else goal
    came: dict[str, str] = {}
    ahead = deque([start])
    while ahead and goal not in came:
        at = ahead.popleft()
        for other in graph[at]:
            if other not in came:
                came[other] = at
                ahead.append(other)
    if goal not in came:
        return []
    way = [goal, came[goal]]
    while way[-1] != start:
        way.append(came[way[-1]])
    return way[::-1]


def _groups(graph: Graph) -> list[list[str]]:
    """Nodes from each of which all others of the group can be reached (Tarjan, 1972), without recursion.

    A group comes after those that it leads to.
    """
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_: dict[str, None] = {}
    groups: list[list[str]] = []
    for root in graph:
        if root in number:
            continue
        work = [(root, iter(graph[root]))]
        number[root] = lowest[root] = len(number)
        open_[root] = None
        while work:
            at, ahead = work[-1]
            for other in ahead:
                if other not in number:
                    number[other] = lowest[other] = len(number)
                    open_[other] = None
                    work.append((other, iter(graph[other])))
                    break
                if other in open_:
                    lowest[at] = min(lowest[at], number[other])
            else:
                work.pop()
                if work:
                    lowest[work[-1][0]] = min(lowest[work[-1][0]], lowest[at])
                if lowest[at] == number[at]:
                    groups.append(_closed(open_, at))
    return groups


def _closed(open_: dict[str, None], root: str) -> list[str]:
    """What was opened since `root` was, taken out."""
    group: list[str] = []
    while root not in group[-1:]:
        group.append(open_.popitem()[0])
    return group


# ---- telling ---------------------------------------------------------------------------------------------------


def _fault(message: str, circle: Sequence[str], lists: Sequence[_Via], cure: str = _CURE) -> Diagnostic:
    """One circle, told where its first `via` stands; the others are related places."""
    names = list(circle)
    if len(names) > NAMED:
        names[NAMED // 2 : -NAMED // 2] = [f"… {len(names) - NAMED} more …"]
    places = [(via, via.place(next(id_ for id_ in via.ids if id_ in circle))) for via in lists]
    return Diagnostic(
        "origin-circular",
        f"{message}: {' ← '.join(names)}.",
        places[0][1],
        cure,
        related=tuple(Related(place, f"and this is what `{via.of}` rests on") for via, place in places[1:NAMED]),
    )
