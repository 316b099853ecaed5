"""`audit`: what of the articles no claim covers yet, and what to do about it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.commands import completion, options
from builder.commands.terminal import columns_of, run
from builder.diagnostics import printable
from builder.inputs import StoreError

if TYPE_CHECKING:
    from builder.auditing.finding import Finding, Section, Shown

SHOWN = 8
"""Places of one finding that are shown, unless all is asked for."""


@click.command(
    short_help="List what of the articles no claim rests on yet.", epilog="Example: variorum audit harbour-bridge --all"
)
@click.argument("briefing", metavar="[BRIEFING]", required=False, shell_complete=completion.briefings)
@options.root
@click.option("--all", "every", is_flag=True, help="Show what is covered, too, and every place.")
def audit(briefing: str | None, root: Path, every: bool) -> None:
    """List what of the articles no claim of BRIEFING, or of the only one, rests on yet.

    That is passages inside quotation marks, numbers, text that two articles share, and silences of which nothing tells
    why. Claims come ready to paste; where they say FILL IN, the words are yours. At the end stand the lines of
    audit.yaml that leave out, with your reason, what needs no claim. The exit code is 1 while anything is open.
    """

    def action() -> bool:
        from builder.auditing import audit_of
        from builder.claiming import known_ids
        from builder.desk import open_desk

        desk = open_desk(root)
        if briefing is None and len(desk.briefings) > 1:
            raise StoreError(f"Say which briefing: `variorum audit NAME`; there are: {', '.join(desk.briefings)}.")
        studied = desk.one(briefing)
        if studied.analysis is None:
            raise StoreError("This briefing has faults: `variorum check` names them. Put them right first.")
        if not studied.briefing.sources:
            click.echo("There is no source yet: `variorum add source FILE` takes one in.", err=True)
        sections = audit_of(studied.analysis, known_ids(studied))
        for section in sections:
            for line in _section(section, every=every):
                click.echo(line)
        file = studied.texts.path("audit.yaml")
        for line in _leaving_out(sections, file, is_new=file not in studied.texts.files):
            click.echo(line)
        stale = sum(fault.code == "audit-stale" for fault in studied.diagnostics)
        click.echo("\n".join(_summary(sections, stale)))
        return not any(section.open for section in sections)

    run(action)


def _section(section: Section, *, every: bool) -> Iterator[str]:
    """The findings of one kind, under their heading; nothing where none is to be shown."""
    from builder.auditing.finding import MOST, State

    found = [finding for finding in section.findings if every or finding.state is not State.DONE]
    more = 0 if every else len(found) - MOST
    if found:
        yield click.style(section.title, bold=True)
        yield ""
    for finding in found if every else found[:MOST]:
        yield from _finding(finding, every=every)
        yield ""
    if more > 0:
        yield f"And {more} more; they are shown once these are dealt with."
        yield ""


def _finding(finding: Finding, *, every: bool) -> Iterator[str]:
    """One finding: what it is, its words in their articles, and what to do."""
    from builder.auditing.finding import PLACES

    most = PLACES if every else SHOWN
    mark = click.style(finding.state, fg="yellow" if finding.open else "green", bold=True)
    yield f"{mark}: {printable(finding.title)}"
    for shown in finding.shown[:most]:
        yield from _shown(shown)
    if len(finding.shown) > most:
        yield f"  and {len(finding.shown) - most} more"
    for advice in finding.advice:
        yield f"  {click.style('to do:', fg='green', bold=True)} {printable(advice.text)}"
        yield from (printable(line) for line in advice.yaml.splitlines())


def _leaving_out(sections: Sequence[Section], file: str, *, is_new: bool) -> Iterator[str]:
    """What audit.yaml can say of all that is open and was shown."""
    from builder.auditing.entries import audit_yaml

    lines = audit_yaml(finding for section in sections for finding in section.findings)
    if lines:
        yield click.style("To leave out", bold=True)
        yield ""
        goes = f"This starts {file}" if is_new else f"This goes into the lists of {file}"
        yield f"{goes}, for what needs no claim: with the reason, and without what you made a claim of."
        yield from (printable(line) for line in lines.splitlines())
        yield ""


def _shown(shown: Shown) -> Iterator[str]:
    """Where words stand, and the line with these words marked."""
    from builder.reports import position
    from builder.reports.frames import frame

    yield f"  {position(shown.place)}: {printable(shown.about)}"
    framed = frame(shown.place, columns_of(sys.stdout)) if shown.framed else None
    if framed:
        yield framed.line
        yield framed.below + click.style(framed.underline, fg="green", bold=True)


def _summary(sections: Sequence[Section], stale: int) -> Iterator[str]:
    """What is open, in one line; and what audit.yaml says that is no longer needed."""
    from builder.auditing.finding import State

    for section in sections:
        look = section.count(State.LOOK)
        if section.findings:
            counts = f"{section.open} open, {section.count(State.DONE)} covered"
            yield f"{section.title}: {counts}" + (f", {look} to look at" if look else "")
    if stale:
        told = "1 entry" if stale == 1 else f"{stale} entries"
        yield f"audit.yaml has {told} that nothing needs any more: `variorum check` says more."
    if not any(section.open for section in sections):
        yield "Nothing is open."
