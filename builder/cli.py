"""The command line: reads, calls, prints, and ends with the right exit code.

0: fine. 1: faults in the content (with --strict warnings too), or the disk refused. 2: wrong usage.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from builder import __version__
from builder.diagnostics import Diagnostic, Severity, as_json, as_text, stops
from builder.inputs import StoreError
from builder.scan import templates_of
from builder.unchanged import STATE, said, shown

if TYPE_CHECKING:
    from builder.publish import Order

PREVIEW = "preview"


def _cores() -> int:
    """Those that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


_root = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The site's folder: site.yaml, content/ and seeds/.  [default: this folder]",
)
_output = click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the site goes.  [default: public/ in the root]",
)
_strict = click.option("--strict", is_flag=True, help="Take warnings for faults.")
_drafts = click.option("--drafts", is_flag=True, help="Build drafts, too.")
_jobs = click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=_cores,
    metavar="N",
    help="How many processes work at once.  [default: the cores that may be used]",
)


def _base_url(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Where the site will be, with a slash at its end."""
    if not value:
        return None
    from builder.documents import web_address

    try:
        return web_address(value).rstrip("/") + "/"
    except ValueError as error:
        raise click.BadParameter(str(error), context, parameter) from error


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Several articles about one event: every claim side by side, every quotation verified."""
    # Colour only where somebody sees it (no-color.org); click asks the terminal, not the environment.
    if os.environ.get("NO_COLOR"):
        context.color = False


@main.command(epilog="Example: variorum build --base-url https://example.org/briefings/")
@_root
@_output
@click.option(
    "--base-url",
    callback=_base_url,
    metavar="URL",
    help="Where the site will be; overrides `url` in site.yaml.",
)
@_drafts
@_strict
@_jobs
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
    order = Order(root, output or root / "public", root / STATE, Options(**more), jobs, anew, words)
    _run(lambda: _build(order, explain=explain))


@main.command(epilog="Example: variorum check --format json")
@_root
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
@_strict
@_jobs
def check(root: Path, shape: str, strict: bool, jobs: int) -> None:
    """Name every fault at its line, drafts included, and write nothing."""
    from builder.freshness import Options
    from builder.publish import examine
    from builder.strings import plural

    def run() -> bool:
        found = examine(root, Options(drafts=True, strict=strict), jobs)
        if shape == "json":
            click.echo(as_json(found.diagnostics))
        else:
            _print(found.diagnostics)
            if not found.diagnostics:
                counts = found.counts
                claims, quotations = plural(counts.claims, "claim"), plural(counts.quotations, "quotation")
                click.echo(f"{claims}, {quotations}: all verified.")
        return not stops(found.diagnostics, strict)

    _run(run)


@main.command(epilog="Example: variorum serve --port 8000")
@_root
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port.  [default: the first free one from 5500 on]")
@click.option("--open", "open_browser", is_flag=True, help="Open a browser.")
def serve(root: Path, host: str, port: int | None, open_browser: bool) -> None:
    """Show the site, drafts included, and renew it in the browser at every save."""
    from builder.freshness import Options
    from builder.publish import Order
    from builder.serve import ServeError
    from builder.serve import serve as serve_site

    folder = root / STATE / PREVIEW
    preview = Options(base_url="http://localhost/", drafts=True)  # the site stands at the root, wherever it will go
    order = Order(root, folder, root / STATE, preview)
    watched = [root / name for name in ("site.yaml", "content", "seeds")] + [Path(templates_of(str(root)))]

    def run() -> bool:
        try:
            serve_site(
                root,
                lambda: _build(order),
                folder,
                watched,
                host,
                port or 0,
                open_browser,
            )
        except ServeError as error:
            raise StoreError(str(error)) from error
        return True

    _run(run)


@main.command()
@_root
@_output
def clean(root: Path, output: Path | None) -> None:
    """Remove what the builder wrote, and nothing else."""
    from builder.publish import clean as remove

    def run() -> bool:
        state = root / STATE
        removed = sum(remove(folder, state) for folder in (output or root / "public", state / PREVIEW))
        click.echo(f"Removed {removed} files.")
        return True

    _run(run)


# ---- what they share -------------------------------------------------------------------------------------------


def _run(action: Callable[[], bool]) -> None:
    """Run a command and end with its exit code; what the disk refuses is one line, not a traceback."""
    try:
        fine = action()
    except StoreError as error:
        click.echo(f"variorum: {error}", err=True)
        fine = False
    except OSError as error:
        # A closed pipe, a full disk under the terminal's log: the store reports its own.
        click.echo(f"variorum: {error.strerror or error}", err=True)
        fine = False
    sys.exit(0 if fine else 1)


def _build(order: Order, *, explain: bool = False) -> bool:
    """Build and commit; False where there were faults, and then nothing was written."""
    from builder.freshness import explained
    from builder.publish import publish

    start = time.perf_counter()
    done = publish(order)
    _print(done.diagnostics)
    if explain:
        click.echo("\n".join(f"stale: {line}" for line in explained(done.stale)))
    if done.refused:
        click.echo(f"Nothing was written; {shown(str(order.output))} is as it was.", err=True)
        return False
    counts = ((done.written, "written"), (done.unchanged, "unchanged"), (done.removed, "removed"))
    changes = ", ".join(f"{number} {word}" for number, word in counts if number)
    what = f"{changes} files" if done.stale else "nothing changed"
    click.echo(said(str(order.output), done.told, what, time.perf_counter() - start))
    return True


def _print(diagnostics: Sequence[Diagnostic]) -> None:
    """All of them to the error stream, with their number at the end."""
    for diagnostic in diagnostics:
        click.echo(_coloured(diagnostic) + "\n", err=True)
    if diagnostics:
        from builder.strings import plural

        counts = Counter(diagnostic.severity for diagnostic in diagnostics)
        parts = [plural(counts[severity], severity) for severity in Severity if counts[severity]]
        click.echo(" and ".join(parts), err=True)


def _coloured(diagnostic: Diagnostic) -> str:
    """With the severity and the underlines in colour; click takes it away where nobody sees it."""
    colour = "red" if diagnostic.severity is Severity.ERROR else "yellow"
    head, *rest = as_text(diagnostic).split("\n")
    tag = f"{diagnostic.severity}[{diagnostic.code}]"
    lines = [head.replace(tag, click.style(tag, fg=colour, bold=True), 1)]
    lines += [click.style(line, fg=colour) if line.strip(" |^") == "" and "^" in line else line for line in rest]
    return "\n".join(lines)
