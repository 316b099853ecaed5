"""`build` and `clean`: the site on the disk."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from builder.commands import options
from builder.commands.terminal import progress, run, show
from builder.diagnostics import Diagnostic
from builder.inputs import StoreError, opened
from builder.unchanged import STATE, said, shown

if TYPE_CHECKING:
    from builder.publish import Order, Published

PREVIEW = "preview"
"""What the names of folders begin with, below the state's, that hold the preview's sites."""


def _base_url(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Where the site will be, with a slash at its end."""
    if not value:
        return None
    from builder.scalars import web_address

    try:
        return web_address(value).rstrip("/") + "/"
    except ValueError as error:
        raise click.BadParameter(str(error), context, parameter) from error


@click.command(epilog="Example: variorum build --base-url https://example.org/briefings/")
@options.root
@options.output
@click.option(
    "--base-url",
    callback=_base_url,
    metavar="URL",
    help="Where the site will be; overrides `url` in site.yaml.",
)
@options.drafts
@options.strict
@options.jobs
@click.option("--all", "anew", is_flag=True, help="Build everything, not only what changed.")
@click.option("--explain", is_flag=True, help="Say what is built, and why.")
@click.pass_context
def build(context: click.Context, /, root: Path, output: Path | None, explain: bool, jobs: int, **more: Any) -> None:
    """Check everything and write the site. With a fault, nothing is written."""
    from builder.freshness import Options
    from builder.publish import Order

    anew = more.pop("anew")
    # Only a command that may have nothing to do, and nothing to explain, is answered by its words alone.
    words = "" if anew or explain else context.obj or ""
    order = Order(root, output or root / "public", root / STATE, Options(**more), jobs, anew, words, progress)
    run(lambda: _build(order, explain=explain))


@click.command(epilog="Example: variorum clean --output site")
@options.root
@options.output
def clean(root: Path, output: Path | None) -> None:
    """Remove what the builder wrote, and nothing else."""
    from builder.publish import clean as remove

    def action() -> bool:
        state = root / STATE
        previews = sorted(state.glob(f"{PREVIEW}*/"))
        removed = sum(remove(folder, state) for folder in (output or root / "public", *previews))
        click.echo(f"Removed {removed} files.")
        return True

    run(action)


def _build(order: Order, *, explain: bool = False) -> bool:
    """Build and commit; False where there were faults, and then nothing was written."""
    from builder.freshness import explained
    from builder.publish import publish

    start = time.perf_counter()
    try:
        done = publish(order)
    except StoreError as error:
        if not (faults := _of_templates(order, error)):
            raise
        show(faults)
        return refused(order)
    show(done.diagnostics)
    if explain:
        click.echo("\n".join(f"stale: {line}" for line in explained(done.stale)))
    return tell(order, done, time.perf_counter() - start)


def _of_templates(order: Order, error: StoreError) -> Sequence[Diagnostic]:
    """Where a build failed at a template or a catalogue: all that is at fault in these, as `check` tells it."""
    if not _TEMPLATE.search(str(error)):
        return []
    from builder.build import ANY_SITE, check_site
    from builder.trying import faults_of_templates

    with opened(order.root) as reader:
        site = check_site(reader.site(), order.options).value or ANY_SITE
    return faults_of_templates(order.root, site)


_TEMPLATE = re.compile(r"\A(?:[^:\n]*/)?templates/[^:\n]+:\d+: ")


def refused(order: Order) -> bool:
    """Say that nothing was written."""
    click.echo(f"Nothing was written; {shown(str(order.output))} is as it was.", err=True)
    return False


def tell(order: Order, done: Published, seconds: float) -> bool:
    """Say what was done, or that nothing was; whether something was."""
    if done.refused:
        return refused(order)
    counts = ((done.written, "written"), (done.unchanged, "unchanged"), (done.removed, "removed"))
    changes = ", ".join(f"{number} {word}" for number, word in counts if number)
    what = f"{changes} files" if done.stale else "nothing changed"
    click.echo(said(str(order.output), done.told, what, seconds))
    return True
