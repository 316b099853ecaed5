"""`fix`: the cures that are certain, shown first."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.commands import options
from builder.commands.terminal import run, written
from builder.diagnostics import has_errors, printable

if TYPE_CHECKING:
    from builder.editing.fixes import Cure

ESCAPED = "Some characters stand here as escapes, so this is no patch to apply."


@click.command(epilog="Example: variorum fix --write")
@options.root
@click.option("--typography", is_flag=True, help="Let quotations show the quotation marks and dashes of the articles.")
@options.write
def fix(root: Path, typography: bool, write: bool) -> None:
    """Show what can be cured for certain, and with --write cure it.

    An id that was renamed, and quotations that differ from the article in capital letters or marks only.
    """
    run(lambda: _fix(root, typography=typography, write=write))


def _fix(root: Path, *, typography: bool, write: bool) -> bool:
    from builder.desk import open_desk
    from builder.editing.fixes import cured
    from builder.strings import plural

    desk = open_desk(root)
    before = {path: data for one in desk.briefings.values() for path, data in one.texts.files.items()}
    found = [cured(one, desk.site, desk.articles, typography=typography) for one in desk.briefings.values()]
    files = {path: data for one in found for path, data in sorted(one.files.items())}
    done = [cure for one in found for cure in one.done]
    left = [pair for one in found for pair in one.left]
    _show_differences((path, before[path], data) for path, data in files.items())
    for cure in done:
        _say(cure)
    for cure, why in left:
        _say(cure, f" Left as it is: {why}")
    if not files:
        faulty = has_errors(desk.diagnostics)
        click.echo("Nothing can be cured for certain." if faulty else "There is nothing to fix.", err=True)
        return not left
    what = f"{plural(len(done), 'text')} in {plural(len(files), 'file')}"
    if not write:
        click.echo(f"{what}; --write writes it.", err=True)
        return not left
    if not written(desk, files):
        return False
    click.echo(f"Written: {what}.", err=True)
    return not left


def _say(cure: Cure, more: str = "") -> None:
    place = cure.fix.place
    where = f"{printable(place.file)}:{place.line}:{place.column}"
    click.echo(f"{where}: {cure.code}: {printable(cure.reason)}{printable(more)}", err=True)


def _show_differences(files: Iterable[tuple[str, bytes, bytes]]) -> None:
    """What changes, as a patch; colour goes where nobody sees it."""
    from builder.editing.fixes import difference, shown

    colours = {"+": "green", "-": "red", "@": "cyan"}
    escaped = False
    for path, before, after in files:
        for line in difference(path, before, after):
            safe = shown(line)
            escaped |= safe != line
            body = safe.rstrip("\r\n")
            click.echo(click.style(body, fg=colours.get(line[0])) + safe[len(body) :], nl=False)
    if escaped:
        click.echo(ESCAPED, err=True)
