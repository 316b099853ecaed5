"""What all commands do alike: end with the right exit code, and print diagnostics."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import TextIOWrapper
from typing import TYPE_CHECKING, TextIO, TypeVar

import click

from builder.diagnostics import Diagnostic, Severity
from builder.inputs import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from builder.desk import Desk
    from builder.reports import Role


T = TypeVar("T")

MANY = 50
"""So many briefings take more than a second or two."""


def run(action: Callable[[], bool]) -> None:
    """Run a command and end with its exit code; what the disk refuses is one line, not a traceback."""
    if isinstance(sys.stdout, TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="backslashreplace")  # an article may have any character, unlike Latin-1
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


def colour_wanted(environment: Mapping[str, str]) -> bool | None:
    """Whether the environment asks for colour (force-color.org) or for none (no-color.org, which goes first).

    None where it says nothing: then colour is for terminals.
    """
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return False if environment.get("TERM") == "dumb" else None


def show(diagnostics: Sequence[Diagnostic]) -> None:
    """All of them to the error stream, as wide as its terminal, with their number at the end."""
    if not diagnostics:
        return
    from builder.reports import as_text
    from builder.strings import plural

    width = columns_of(sys.stderr)
    for diagnostic in diagnostics:
        click.echo(as_text(diagnostic, width, painted) + "\n", err=True)
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    parts = [plural(counts[severity], severity) for severity in Severity if counts[severity]]
    click.echo(" and ".join(parts), err=True)
    if sys.stderr and sys.stderr.isatty():
        click.echo(f"`variorum explain {diagnostics[0].code}` says more.", err=True)
        if cured := sum(bool(diagnostic.fixes) for diagnostic in diagnostics):
            which = f" of {cured} of them" if cured < len(diagnostics) else ""
            click.echo(f"`variorum fix` knows the cure{which}.", err=True)


def written(desk: Desk, files: Mapping[str, bytes]) -> bool:
    """Write files to a site, unless that would bring errors: then these are shown. Whether it was done."""
    from builder.desk import put

    faults = put(desk, files)
    show(faults)
    if faults:
        click.echo("Nothing was written.", err=True)
    else:
        renew_schemas(desk.root)
    return not faults


def renew_schemas(root: Path) -> None:
    """Let editors know the ids that there are now, if they know of the site at all."""
    from builder.workspace import renew

    try:
        renew(root)
    except (StoreError, OSError) as error:
        click.echo(f"What editors know of the site is not renewed: {error}", err=True)


def progress(made: Iterator[T], many: int) -> Iterator[T]:
    """Hand on what is made, with a bar at a terminal where that takes a while."""
    if many < MANY or not (sys.stderr and sys.stderr.isatty()):
        yield from made
        return
    with click.progressbar(made, length=many, label="Briefings", file=sys.stderr) as bar:
        yield from bar


def columns_of(stream: TextIO | None) -> int:
    """How many columns a stream's terminal has; a usual number where it is none, or does not say."""
    from builder.reports import WIDTH

    try:
        return (os.get_terminal_size(stream.fileno()).columns if stream else 0) or WIDTH
    except (OSError, ValueError):  # no descriptor, no terminal, or closed
        return WIDTH


def painted(text: str, role: Role) -> str:
    """`text` in the colour of its role; click takes it away where nobody sees it."""
    colours = {"error": "red", "warning": "yellow", "related": "cyan", "help": "green"}
    return click.style(text, fg=colours[role], bold=True)
