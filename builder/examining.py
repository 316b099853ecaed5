"""Reading and verifying every briefing, and writing nothing: what `check` does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from builder.diagnostics import Diagnostic, Place, has_errors, in_order
from builder.freshness import Options
from builder.inputs import is_article, note_odd_articles, opened
from builder.publish import Progress, silent
from builder.scan import listing

if TYPE_CHECKING:
    from builder.build import Counts


@dataclass(frozen=True, slots=True)
class Examined:
    """What a check found."""

    diagnostics: list[Diagnostic]
    """In order of place."""
    counts: Counts
    """Of what was verified."""


def examine(root: Path, options: Options, jobs: int = 1, progress: Progress = silent) -> Examined:
    """Read and verify every briefing, and write nothing. Raises StoreError."""
    from builder import workshop
    from builder.build import ANY_SITE, Counts, check_site
    from builder.cautions import unused_articles
    from builder.consistency.aliases import taken_names
    from builder.trying import faults_of_templates

    with opened(root) as reader:
        names = reader.names()
        seeds = listing(f"{root}/seeds")
        note_odd_articles(reader, seeds)
        checked = check_site(reader.site(), options)
        found = [*reader.diagnostics, *checked.diagnostics]
    found += faults_of_templates(root, checked.value or ANY_SITE)
    counts = Counts()
    shop = workshop.Workshop(root, root, checked.value or ANY_SITE, options, (root,), "")
    tasks = (workshop.Task(name, only_check=True) for name in names)
    named: set[str] = set()
    was: dict[str, Sequence[tuple[str, Place]]] = {}
    for made in progress(workshop.work_off(shop, tasks, len(names), jobs), len(names)):
        found += made.diagnostics
        counts += made.counts
        named |= made.digests.keys()
        was[made.name] = made.was
    found += taken_names(names, was)
    if options.drafts and not has_errors(found):  # what is at fault may name articles that nobody could see
        found += unused_articles(filter(is_article, seeds), {path.removeprefix("seeds/") for path in named})
    return Examined(in_order(found), counts)
