"""Options that several commands share."""

from __future__ import annotations

import os
from pathlib import Path

import click

from builder.commands import completion


def _cores() -> int:
    """Those that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


root = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The site's folder: site.yaml, content/ and seeds/.  [default: this folder]",
)
output = click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the site goes.  [default: public/ in the root]",
)
strict = click.option("--strict", is_flag=True, help="Take warnings for faults.")
drafts = click.option("--drafts", is_flag=True, help="Build drafts, too.")
jobs = click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=_cores,
    metavar="N",
    help="How many processes work at once.  [default: the cores that may be used]",
)
briefing = click.option(
    "--briefing",
    metavar="NAME",
    shell_complete=completion.briefings,
    help="The briefing, a folder of content/.  [default: the only one]",
)
write = click.option("--write", is_flag=True, help="Write it where it belongs, not only print it.")
