"""The command line: `variorum` and its commands.

Exit codes: 0: fine. 1: faults in the content (with --strict warnings too), or the disk refused. 2: wrong usage.
"""

from __future__ import annotations

import os

import click

from builder import __version__
from builder.commands import add, build, check, claim, coverage, diff, editor, explain, find, fix, new, suggest
from builder.commands.terminal import colour_wanted


class InOrder(click.Group):
    """Its help lists the commands in the order in which a curator meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (as click calls it)
        """By the order in which they were added."""
        return list(self.commands)


@click.group(cls=InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Several articles about one event: every claim side by side, every quotation verified."""
    # Click asks the terminal whether somebody sees colour, but not the environment.
    context.color = colour_wanted(os.environ)


for command in (
    new.new,
    add.add,
    find.find,
    suggest.suggest,
    coverage.coverage,
    check.check,
    explain.explain,
    fix.fix,
    diff.diff,
    editor.editor,
    build.serve,
    build.build,
    build.clean,
):
    main.add_command(command)
add.add.add_command(claim.claim)
