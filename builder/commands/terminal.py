"""What all commands do alike: end with the right exit code, and print diagnostics."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence

import click

from builder.diagnostics import Diagnostic, Severity, as_text
from builder.inputs import StoreError


def run(action: Callable[[], bool]) -> None:
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


def show(diagnostics: Sequence[Diagnostic]) -> None:
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
