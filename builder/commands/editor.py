"""`editor`: what an editor has to know to complete, explain and check while somebody writes."""

from __future__ import annotations

from pathlib import Path

import click

from builder.commands import options
from builder.commands.terminal import run
from builder.diagnostics import printable


@click.command(epilog="Example: variorum editor --check")
@options.root
@click.option("--check", "only_check", is_flag=True, help="Write nothing; say what is not current, and end with 1.")
def editor(root: Path, only_check: bool) -> None:
    """Let editors complete and explain what you write.

    Writes into .vscode/ schemas with the ids of each briefing, which other editors read as well, and settings, a task
    and snippets where there are none; each YAML file gets a first line that names its schema.
    """
    from builder.workspace import carry_out, plan

    def action() -> bool:
        todo = plan(root)
        if not only_check:
            carry_out(root, todo)
        said = ("not current", "no longer needed") if only_check else ("written", "removed")
        lines = [f"{said[0]}: {path}" for path in todo.writes] + [f"{said[1]}: {path}" for path in todo.removals]
        for line in lines:
            click.echo(printable(line))
        for path in todo.left:
            click.echo(f"left as it is: {path}")
        if not lines:
            click.echo("Everything is current.")
        elif only_check:
            click.echo("Put it right with: variorum editor", err=True)
        return not (only_check and lines)

    run(action)
