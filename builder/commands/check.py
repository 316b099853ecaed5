"""`check`: what is wrong, for people and for programs."""

from __future__ import annotations

from pathlib import Path

import click

from builder.commands import options
from builder.commands.terminal import run, show
from builder.diagnostics import as_json, stops


@click.command(epilog="Example: variorum check --format json")
@options.root
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
@options.strict
@options.jobs
def check(root: Path, shape: str, strict: bool, jobs: int) -> None:
    """Name every fault at its line, drafts included, and write nothing."""
    from builder.freshness import Options
    from builder.publish import examine
    from builder.strings import plural

    def action() -> bool:
        found = examine(root, Options(drafts=True, strict=strict), jobs)
        if shape == "json":
            click.echo(as_json(found.diagnostics))
        else:
            show(found.diagnostics)
            if not found.diagnostics:
                counts = found.counts
                claims, quotations = plural(counts.claims, "claim"), plural(counts.quotations, "quotation")
                click.echo(f"{claims}, {quotations}: all verified.")
        return not stops(found.diagnostics, strict)

    run(action)
