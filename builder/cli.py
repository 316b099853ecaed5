"""The command line: reads, calls, prints, and ends with the right exit code.

0: fine. 1: faults in the content (with --strict warnings too), or the disk refused. 2: wrong usage.
"""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from builder import __version__
from builder.diagnostics import Diagnostic, Severity, as_json, as_text, in_order
from builder.inputs import StoreError
from builder.strings import plural

if TYPE_CHECKING:
    from jinja2 import TemplateError

BUNDLED_TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
PREVIEW = "preview"
STATE = ".variorum"
"""Below the root: manifests, locks and the preview's site. Never published, may be deleted."""

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
def build(root: Path, output: Path | None, base_url: str | None, drafts: bool, strict: bool) -> None:
    """Check everything and write the site. With a fault, nothing is written."""
    from builder.build import Options

    output = output or root / "public"
    _run(lambda: _build(root, output, root / STATE, Options(base_url, drafts, strict)))


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
def check(root: Path, shape: str, strict: bool) -> None:
    """Name every fault at its line, drafts included, and write nothing."""
    from builder.build import Options, stops
    from builder.build import check as check_site
    from builder.inputs import read_inputs

    def run() -> bool:
        options = Options(drafts=True, strict=strict)
        inputs = read_inputs(root)
        checked = check_site(inputs.value, options, inputs.diagnostics)
        diagnostics = in_order(checked.diagnostics)
        if shape == "json":
            click.echo(as_json(diagnostics))
        else:
            _print(diagnostics)
            report = checked.value.report
            if not diagnostics:
                claims, quotations = plural(report.claims, "claim"), plural(report.quotations, "quotation")
                click.echo(f"{claims}, {quotations}: all verified.")
        return not stops(diagnostics, options)

    _run(run)


@main.command(epilog="Example: variorum serve --port 8000")
@_root
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port.  [default: the first free one from 5500 on]")
@click.option("--open", "open_browser", is_flag=True, help="Open a browser.")
def serve(root: Path, host: str, port: int | None, open_browser: bool) -> None:
    """Show the site, drafts included, and renew it in the browser at every save."""
    from builder.build import Options
    from builder.serve import ServeError
    from builder.serve import serve as serve_site

    folder = root / STATE / PREVIEW
    preview = Options(base_url="http://localhost/", drafts=True)  # the site stands at the root, wherever it will go
    watched = [root / name for name in ("site.yaml", "content", "seeds")] + [_templates(root)]

    def run() -> bool:
        try:
            serve_site(
                root,
                lambda: _build(root, folder, root / STATE, preview),
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
    from builder.store import clean as remove

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


def _build(root: Path, output: Path, state: Path, options: Any) -> bool:
    """Build and commit; False where there were faults, and then nothing was written."""
    from jinja2 import TemplateError

    from builder.build import build as build_site
    from builder.inputs import read_inputs, read_static
    from builder.render import environment
    from builder.store import commit

    start = time.perf_counter()
    folder = _templates(root)
    inputs = read_inputs(root)
    try:
        static = read_static(folder / "static")
        checked = build_site(inputs.value, options, environment(folder), static, inputs.diagnostics)
    except TemplateError as error:
        raise StoreError(_at_fault(error)) from error
    diagnostics = in_order(checked.diagnostics)
    _print(diagnostics)
    if checked.value is None:
        click.echo(f"Nothing was written; {_shown(output)} is as it was.", err=True)
        return False
    protected = [root / name for name in ("content", "seeds", "templates", "builder", ".git")]
    done = commit(output, checked.value.files, state, [root, *protected])
    report = checked.value.report
    counts = ((done.written, "written"), (done.unchanged, "unchanged"), (done.removed, "removed"))
    changes = ", ".join(f"{number} {word}" for number, word in counts if number)
    seconds = time.perf_counter() - start
    click.echo(
        f"{_shown(output)}: {report.pages} pages, {report.bytes / 1000:,.0f} kB in {seconds:.2f} s ({changes} files)"
    )
    made = ((report.claims, "claim"), (report.sources, "source"), (report.events, "event"))
    listed = ", ".join(plural(number, word) for number, word in made)
    verified, warnings = plural(report.quotations, "quotation"), plural(len(diagnostics), "warning")
    click.echo(f"  {plural(report.briefings, 'briefing')}: {listed}, {verified} verified, {warnings}")
    for line in report.skipped:
        click.echo(f"  skipped {line}")
    return True


def _at_fault(error: TemplateError) -> str:
    """Which line of which template is at fault; for an error while rendering it is the innermost one."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "templates" in Path(f.filename).parts]
    name, line = getattr(error, "filename", None), getattr(error, "lineno", None)
    if name is None and frames:
        name, line = frames[-1].filename, frames[-1].lineno
    place = f"{_shown(Path(name))}:{line}: " if name else ""
    return f"{place}{(error.message or type(error).__name__).rstrip('.')}. Nothing was written."


def _templates(root: Path) -> Path:
    """The site's own templates, or those that came with the builder."""
    own = root / "templates"
    return own if own.is_dir() and not own.is_symlink() else BUNDLED_TEMPLATES


def _shown(path: Path) -> str:
    """A path as short as it can be said from here."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _print(diagnostics: Sequence[Diagnostic]) -> None:
    """All of them to the error stream, with their number at the end."""
    for diagnostic in diagnostics:
        click.echo(_coloured(diagnostic) + "\n", err=True)
    if diagnostics:
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
