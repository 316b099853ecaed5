"""`explain`: what a message means."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.commands.terminal import columns_of, painted, run
from builder.diagnostics import printable

if TYPE_CHECKING:
    from builder.reports.explain import Explanation


def _codes(context: click.Context, parameter: click.Parameter, typed: str) -> list[str]:  # noqa: ARG001
    """Those that a shell offers on the Tab key."""
    return [explanation.code for explanation in messages() if explanation.code.startswith(typed)]


@click.command(
    short_help="Say what a message means, and how to do it right.", epilog="Example: variorum explain quotation-cut"
)
@click.argument("code", required=False, shell_complete=_codes)
@click.pass_context
def explain(context: click.Context, code: str | None) -> None:
    """Say what a message means, why, and how to do it right; without CODE, name all codes."""
    from builder.reports.explain import nearest, overview, sheet

    every = messages()
    if code is None:
        run(lambda: _say(overview(every)))
        return
    found = next((one for one in every if one.code == code), None)
    if found is None:
        near = nearest(code, every)
        cure = f" Did you mean {' or '.join(near)}?" if near else " `variorum explain` names all codes."
        raise click.UsageError(f"There is no message {printable(code)}.{cure}", context)
    run(lambda: _say(sheet(found, min(columns_of(sys.stdout), 100), painted)))


def messages() -> list[Explanation]:
    """What all codes mean."""
    from builder.reports.explain import explanations_in

    return explanations_in((Path(__file__).parent.parent / "reports" / "messages.md").read_text("utf-8"))


def _say(text: str) -> bool:
    click.echo(text)
    return True
