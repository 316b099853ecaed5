"""The command line: `variorum` and its commands.

Exit codes: 0: fine. 1: faults in the content (with --strict warnings too), or the disk refused. 2: wrong usage.
"""

from __future__ import annotations

import os
from importlib import import_module

import click

from builder import __version__
from builder.commands.terminal import colour_wanted

COMMANDS = {
    "new": "new",
    "add": "add",
    "find": "find",
    "suggest": "suggest",
    "coverage": "coverage",
    "audit": "audit",
    "check": "check",
    "explain": "explain",
    "fix": "fix",
    "diff": "diff",
    "editor": "editor",
    "serve": "serve",
    "build": "build",
    "clean": "build",
}
"""In which file of commands/ each one stands."""


class Commands(click.Group):
    """Loads no command but the one that is given: all of them together take longer than many a check."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (as click calls it)
        """In the order in which a curator meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, if there is one."""
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            self.add_command(getattr(import_module(f"builder.commands.{COMMANDS[cmd_name]}"), cmd_name))
        return super().get_command(ctx, cmd_name)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Several articles about one event: every claim side by side, every quotation verified."""
    # Click asks the terminal whether somebody sees colour, but not the environment.
    context.color = colour_wanted(os.environ)
