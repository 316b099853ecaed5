"""The command line: `variorum` and its commands.

Exit codes: 0: fine. 1: faults in the content (with --strict warnings too), or the disk refused. 2: wrong usage.
"""

from __future__ import annotations

import os

import click

from builder import __version__
from builder.commands import build, check


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Several articles about one event: every claim side by side, every quotation verified."""
    # Colour only where somebody sees it (no-color.org); click asks the terminal, not the environment.
    if os.environ.get("NO_COLOR"):
        context.color = False


for command in (
    build.build,
    check.check,
    build.serve,
    build.clean,
):
    main.add_command(command)
