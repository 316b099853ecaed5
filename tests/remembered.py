"""What need not be made again and again while tests run: a template's code, a link preview's picture.

Each depends on what it is made of and on nothing else, and is the dearest part of a build. Only pytest's own processes
remember it: a program that a test starts makes all of it by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from types import CodeType
from typing import Any

import pytest

from builder.jinja import Templates
from builder.painting import Painter

OPTIONS = ("autoescape", "trim_blocks", "lstrip_blocks", "keep_trailing_newline", "undefined", "optimized")
"""What the code of a template depends on, besides its text."""


def remember(patched: pytest.MonkeyPatch) -> None:
    """From here on, make code and pictures of the same things once."""
    patched.setattr(Templates, "compile", _compiling(Templates.compile))
    patched.setattr(Painter, "paint", _painting(Painter.paint))


def _compiling(real: Callable[..., Any]) -> Callable[..., Any]:
    """Jinja's `compile`, in two steps: the folder of a template is in its code, but not in what its code is made of."""
    written: dict[Any, str] = {}

    @lru_cache(maxsize=512)
    def code(python: str, filename: str) -> CodeType:
        return compile(python, filename, "exec")

    def compiling(self: Templates, source: Any, name: str | None = None, filename: str | None = None) -> CodeType:
        key = (source, name, *self.extensions, *(getattr(self, option) for option in OPTIONS))
        if key not in written:
            written[key] = real(self, source, name, filename, raw=True)
        return code(written[key], filename or "<template>")

    return compiling


def _painting(real: Callable[[Painter, str], bytes]) -> Callable[[Painter, str], bytes]:
    drawn: dict[tuple[str, str], bytes] = {}

    @wraps(real)
    def paint(self: Painter, svg: str) -> bytes:
        key = (self.proof, svg)
        if key not in drawn:
            drawn[key] = real(self, svg)
        return drawn[key]

    return paint
