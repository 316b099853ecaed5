"""`check`: what is wrong, for people and for programs."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.commands import options
from builder.commands.terminal import progress, run, show
from builder.diagnostics import Diagnostic, Fix, stops
from builder.inputs import StoreError, opened

if TYPE_CHECKING:
    from builder.examining import Examined
    from builder.reports.sarif import Edit

MOST_EDITS = 100
"""For so many fixes it is worked out what they change: each is tried on its file, and nobody clicks through more."""


@click.command(
    short_help="Name every fault at its line, and the cure; write nothing.",
    epilog="Example: variorum check --format json",
)
@options.root
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="For people, for programs, for GitHub’s annotations, for code scanning.",
)
@options.strict
@options.jobs
@click.option("--watch", is_flag=True, help="Check again after every burst of changes, until Ctrl-C.")
def check(root: Path, shape: str, strict: bool, jobs: int, watch: bool) -> None:
    """Name every fault at its line, drafts included, and write nothing."""
    from builder.examining import examine
    from builder.freshness import Options

    if watch and shape != "text":
        raise click.UsageError("--watch goes with --format text only.")

    def action() -> bool:
        found = examine(root, Options(drafts=True, strict=strict), jobs, progress)
        if shape == "text":
            _tell(found)
        else:
            # Bytes, as a stream may have another encoding than programs expect.
            told = _as_data(shape, root, found.diagnostics)
            click.echo(told.encode(), nl=bool(told))
        return not stops(found.diagnostics, strict)

    run((lambda: _again_and_again(root, action)) if watch else action)


def _again_and_again(root: Path, action: Callable[[], object]) -> bool:
    """Check now and after every burst of changes, until Ctrl-C; keep an editor's schemas current, if there are any."""
    from builder.editors.vscode import BEGIN, END
    from builder.watching import bursts
    from builder.workspace import renew

    def say(line: str) -> None:
        click.echo(line, err=True)

    with suppress(KeyboardInterrupt):
        for _ in bursts(root, say, also=[root / "templates"]):
            say(BEGIN)
            try:
                action()
                renew(root)
            except (StoreError, OSError) as error:
                say(f"variorum: {error}")
            say(END)
    return True


def _tell(found: Examined) -> None:
    """The diagnostics, or how much was verified."""
    from builder.strings import plural

    show(found.diagnostics)
    if not found.diagnostics:
        claims, quotations = plural(found.counts.claims, "claim"), plural(found.counts.quotations, "quotation")
        click.echo(f"{claims}, {quotations}: all verified.")


def _as_data(shape: str, root: Path, diagnostics: Sequence[Diagnostic]) -> str:
    from builder.reports import as_github, as_json

    if shape == "json":
        return as_json(diagnostics)
    if shape == "github":
        return as_github(diagnostics, _prefix(root))
    from builder import __version__
    from builder.commands.explain import messages
    from builder.reports.sarif import as_sarif

    return as_sarif(diagnostics, messages(), __version__, _prefix(root), _edits(root, diagnostics))


def _prefix(root: Path) -> str:
    """From the repository's root, which is the runner's workspace or else this folder, to the site's."""
    site = Path(os.path.realpath(root))
    for folder in (os.environ.get("GITHUB_WORKSPACE"), os.curdir):
        repository = os.path.realpath(folder) if folder else None
        if repository and site.is_relative_to(repository):
            return "".join(f"{part}/" for part in site.relative_to(repository).parts)
    return ""


def _edits(root: Path, diagnostics: Sequence[Diagnostic]) -> dict[Fix, Edit]:
    """What each fix changes in its file; a fix that the file's layout cannot take is left out."""
    fixes = [fix for diagnostic in diagnostics for fix in diagnostic.fixes][:MOST_EDITS]
    if not fixes:
        return {}
    from builder.editing import EditError, replace
    from builder.reports.sarif import edit_between

    found: dict[Fix, Edit] = {}
    texts: dict[str, str] = {}
    with opened(root) as reader:
        for fix in fixes:
            file = fix.place.file
            if file not in texts:
                briefing = reader.briefing(file.split("/")[1]) if file.startswith("content/") else None
                data = briefing.files.get(file) if briefing else reader.site() if file == "site.yaml" else None
                texts[file] = (data or b"").decode("utf-8-sig", "replace")
            try:
                found[fix] = edit_between(texts[file], replace(file, texts[file], [fix]))
            except EditError:
                continue
    return found
