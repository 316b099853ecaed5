"""Places on a claim's page that people link to. Their ids follow from ids and words alone: nothing else moves them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

OWN = frozenset({"main", "cite", "readings", "testimony", "search"})
"""Ids that pages have of their own and that a source could have, too. Symbols start with `i-`."""


def cell_anchor(source: str) -> str:
    """Where a claim's page tells what a source says: the source's id, set apart where the page has that for itself."""
    return f"{source}_" if source in OWN or source.startswith("i-") else source


def quotation_anchors(source: str, quotations: Iterable[str]) -> tuple[str, ...]:
    """Where each of a source's quotations stands on a claim's page, such as `gazette_5f0c1e`.

    The sign after the source's id is one that no id has. What follows comes of the words themselves, whatever white
    space is between them: so the address stays when others are added, removed or put in another order, and no longer
    leads anywhere when these words have gone. Of the same words a second time, a number tells.
    """
    anchors: list[str] = []
    for quotation in quotations:
        words = hashlib.sha256(" ".join(quotation.split()).encode()).hexdigest()[:6]
        again = sum(anchor.partition("-")[0] == words for anchor in anchors)
        anchors.append(f"{words}-{again + 1}" if again else words)
    return tuple(f"{source}_{anchor}" for anchor in anchors)
