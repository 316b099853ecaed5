"""What a person wrote for one briefing, byte for byte: the input of the chain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Texts:
    """The files of one briefing, by path from the site's root: `content/<briefing>/…`."""

    name: str
    files: Mapping[str, bytes]

    def path(self, file: str) -> str:
        """The path of one of its files."""
        return f"content/{self.name}/{file}"
