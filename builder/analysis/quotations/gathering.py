"""Putting together what belongs together, pair by pair, but never a passage and one within it."""

from __future__ import annotations

from collections.abc import Sequence


class Groups:
    """Which passages, by their index, belong together so far."""

    def __init__(self, apart: Sequence[Sequence[int]]) -> None:
        """`apart` has for each passage those that it never belongs with; each of two names the other."""
        self._apart = apart
        self._of = list(range(len(apart)))
        self._members = {index: [index] for index in range(len(apart))}

    def of(self, index: int) -> int:
        """A number that all passages of a group share."""
        return self._of[index]

    def join(self, one: int, other: int) -> bool:
        """Make one group of two; False where they are one already or may not be."""
        small, large = sorted((self._of[one], self._of[other]), key=lambda group: len(self._members[group]))
        moved = self._members[small]
        if small == large or any(self._of[index] == large for member in moved for index in self._apart[member]):
            return False
        for index in moved:
            self._of[index] = large
        self._members[large] += self._members.pop(small)
        return True


def around(depths: Sequence[int]) -> list[list[int]]:
    """For each passage those that hold it and those that it holds; `depths` in the order of the opening marks."""
    found: list[list[int]] = [[] for _ in depths]
    outer: list[int] = []
    for index, depth in enumerate(depths):
        del outer[depth:]
        found[index] += outer
        for one in outer:
            found[one].append(index)
        outer.append(index)
    return found
