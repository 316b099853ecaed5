"""What became of a build, as the terminal and the browser are told. Whatever happens in one, the preview goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, TypeAlias

from builder.preview import told
from builder.publish import Published
from builder.reports.explain import Explanation
from builder.scan import BUILDER, OURS, template_file, templates_of


class Superseded(Exception):
    """A build was given up, because something has changed since it began."""


class Next(Enum):
    """What to do instead of telling what became of a build."""

    AGAIN = "again"
    """It was given up; the next one is due."""
    ANEW = "anew"
    """The builder's own code has changed, and a new process has to build."""


Build: TypeAlias = Callable[[], Published]
"""Builds the site as it is on the disk now."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a build."""

    failed: bool
    """Whether what is served is the last good site, and not what is on the disk."""
    faults: tuple[dict[str, Any], ...] = ()
    """As the browser is told."""
    number: int = 0
    """Of all faults, also where not all of them are told."""
    passing: bool = False
    """Whether it may pass without an edit, as a disk that is full."""

    def message(self, *, site: bool) -> dict[str, Any]:
        """For the browser; `site` is whether there is a good site to be seen."""
        told = {"failed": self.failed, "faults": list(self.faults), "all": self.number, "site": site}
        return {"command": "faults", **told}


def outcome(
    build: Build, root: Path, explanations: Sequence[Explanation] = ()
) -> tuple[Outcome, Published | BaseException]:
    """Build, and tell what became of it. Nothing that happens in a build gets further than here, but Superseded."""
    try:
        done = build()
    except Superseded:
        raise
    except BaseException as error:  # noqa: BLE001  (SystemExit and want of memory, too: the preview goes on)
        return failure(error, root), error
    faults = tuple(told.faults(done.diagnostics, explanations))
    return Outcome(done.refused, faults, len(done.diagnostics)), done


def failure(error: BaseException, root: Path) -> Outcome:
    """An outcome that is no matter of diagnostics."""

    def read(path: str) -> str | None:
        top, _, rest = path.partition("/")
        file = Path(BUILDER, rest) if top == "builder" else root / path
        if top in ("templates", OURS):
            file = Path(template_file(templates_of(str(root)), path))
        try:
            return file.read_text(encoding="utf-8")
        except (OSError, ValueError):
            return None

    fault = told.failure(error, str(root), read)
    return Outcome(True, (fault,), 1, fault["code"] in told.PASSING)
