"""The critical apparatus: every utterance with its readings, aligned word by word against a lemma."""

from __future__ import annotations

from dataclasses import dataclass

from builder.model import AnchoredBriefing


@dataclass(frozen=True, slots=True)
class Collation:
    """The readings of one utterance."""

    claim: str


def apparatus_of(anchored: AnchoredBriefing) -> tuple[Collation, ...]:
    """The utterances with two readings or more, in the order of the matrix."""
    del anchored
    return ()
