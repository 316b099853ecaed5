"""`diff`: what a reader would notice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.commands import options
from builder.commands.terminal import run

if TYPE_CHECKING:
    from builder.changes.rewording import Kind


@click.command(
    short_help="Tell what a reader would notice since a git revision.",
    epilog="Example: variorum diff main --format markdown",
)
@click.argument("revision", metavar="REV")
@click.argument("other", metavar="[REV]", required=False)
@options.root
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "markdown"]),
    default="text",
    show_default=True,
    help="For a terminal, or for a comment of a pull request.",
)
def diff(revision: str, other: str | None, root: Path, shape: str) -> None:
    """Tell what a reader would notice since a git revision, or between two of them."""
    from builder.changes import changes_between
    from builder.changes.changelog import as_markdown, as_text
    from builder.history import state_at, state_in

    def action() -> bool:
        before = state_at(root, revision)
        after = state_at(root, other) if other is not None else state_in(root)
        changes = changes_between(before, after)
        if shape == "markdown":
            click.echo(as_markdown(changes), nl=False)
        else:
            click.echo(as_text(changes, _painted))
        return True

    run(action)


def _painted(kind: Kind, text: str) -> str:
    """In colour; click takes it away where nobody sees it."""
    from builder.changes.rewording import Kind

    if kind is Kind.GONE:
        return click.style(text, fg="red")
    if kind is Kind.COME:
        return click.style(text, fg="green")
    return click.style(text, bold=True) if kind is Kind.NAME else text
