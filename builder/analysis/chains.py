"""Whom words rest on: from the origin that a text credits to the one where the chain ends.

`via` is one chain, nearest first: what stands in it goes before what its origins say of themselves elsewhere. An origin
that is a source of the briefing goes on with what that source itself rests on. So a chain never forks, and has one end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from builder.model import Briefing, Claim, Evidence, Origin, Source, Stance

_NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})


def chain_of(
    via: Sequence[str], origins: Mapping[str, Origin], resting: Mapping[str, Sequence[str]] = _NOTHING
) -> tuple[str, ...]:
    """The origins of `via` and those that they rest on in turn, to the last one; each once.

    `resting` says by source what its own words rest on, for origins that are sources of the briefing.
    """
    chain = dict.fromkeys(via)
    while via:
        last = origins[via[-1]]
        further = (resting.get(last.source, ()) if last.source else ()) or last.via
        via = [id_ for id_ in further if id_ not in chain]
        chain.update(dict.fromkeys(via))
    return tuple(chain)


def resting_on(claim: Claim, sources: Iterable[Source]) -> dict[str, tuple[str, ...]]:
    """By source, what it says its words on a claim rest on; or else what it credits for all of its text."""
    own = {evidence.source: _own(evidence) for evidence in claim.evidence}
    return {source.id: own.get(source.id) or source.via for source in sources}


def _own(evidence: Evidence) -> tuple[str, ...]:
    return evidence.via if evidence.stance is not Stance.SILENT else ()


def end_of(chain: Sequence[str], origins: Mapping[str, Origin]) -> str:
    """Where a chain ends: two origins that are the same source of the briefing are one end. Empty for no chain."""
    last = origins[chain[-1]] if chain else None
    return "" if last is None else f"source {last.source}" if last.source else last.id


def side_of(chain: Sequence[str], origins: Mapping[str, Origin]) -> str | None:
    """The side that a chain ends with: that of the last of its origins that has one."""
    return next((side for id_ in reversed(chain) if (side := origins[id_].side)), None)


def whole_chains(briefing: Briefing) -> dict[str, tuple[str, ...]]:
    """By source, the chain of what it credits for all of its text."""
    resting = {source.id: source.via for source in briefing.sources}
    return {source: chain_of(via, briefing.origins, resting) for source, via in resting.items()}


def credited_by(briefing: Briefing) -> dict[str, frozenset[str]]:
    """By source, the origins that it credits itself, for some words or for the whole text, and no further ones."""
    credited = {source.id: set(source.via) for source in briefing.sources}
    for claim in briefing.claims:
        for evidence in claim.evidence:
            credited[evidence.source].update(_own(evidence))
    return {source: frozenset(ids) for source, ids in credited.items()}


def named_by(briefing: Briefing, chains: Iterable[tuple[str, Sequence[str]]]) -> dict[str, frozenset[str]]:
    """By source, all the origins that its chains name, nearest or further, and those credited for the whole text.

    `chains` are those of its words on claims, each with the source.
    """
    named = {source: set(chain) for source, chain in whole_chains(briefing).items()}
    for source, chain in chains:
        named[source].update(chain)
    return {source: frozenset(ids) for source, ids in named.items()}
