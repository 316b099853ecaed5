"""`find`: where words, or nearly these words, stand in the articles."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.commands import completion, options
from builder.commands.asking import nearest_known
from builder.commands.terminal import columns_of, run
from builder.diagnostics import place_in, printable
from builder.inputs import StoreError

if TYPE_CHECKING:
    from builder.desk import Desk
    from builder.searching.finding import Hit, Shelved

MOST = 30
"""Places that are shown."""


@click.command(epilog="Example: variorum find five and a half hours")
@click.argument("words", metavar="TEXT", nargs=-1, required=True)
@options.root
@click.option(
    "--briefing", metavar="NAME", shell_complete=completion.briefings, help="Only the articles of this briefing."
)
@click.option(
    "--source",
    metavar="ID",
    shell_complete=completion.sources,
    help="Only the articles of sources with this id or letter.",
)
def find(words: tuple[str, ...], root: Path, briefing: str | None, source: str | None) -> None:
    """Find TEXT in the articles, or nearly this text.

    Each place comes with an evidence entry that quotes it: paste it below `evidence:` of a claim, and write the stance.
    """
    text = " ".join(words)
    if not any(map(str.isalnum, text)):
        raise click.UsageError("TEXT has no word and no number in it.")

    def action() -> bool:
        from builder.desk import open_desk
        from builder.searching.finding import find as search
        from builder.strings import plural

        desk = open_desk(root)
        shelf = _shelf(desk, briefing, source)
        hits = search(shelf, text)
        for hit in hits[:MOST]:
            click.echo(_shown(hit, several=len(desk.briefings) > 1))
        if len(hits) > MOST:
            note = f"{plural(len(hits), 'place')}; the first {MOST} are shown. More words, or --source, leave fewer."
            click.echo(note, err=True)
        if not hits:
            click.echo("Nothing like it stands in any article." if shelf else "There is no article to look through.")
        return bool(hits)

    run(action)


def _shelf(desk: Desk, briefing: str | None, source: str | None) -> Sequence[Shelved]:
    """The articles to look through: those of briefings, then those that no briefing names."""
    from builder.searching.finding import loose, shelf_of
    from builder.yamldoc import decode

    studied = [desk.one(briefing)] if briefing else [desk.briefings[name] for name in sorted(desk.briefings)]
    shelf = [one for each in studied for one in shelf_of(each.briefing, each.articles)]
    if source:
        sources = [one for each in studied for one in each.briefing.sources]
        meant = [one for one in sources if one.id == source]
        meant = meant or [one for one in sources if one.siglum.casefold() == source.casefold()]
        if not meant:
            known = [one.id for one in sources]
            raise StoreError(f"There is no source {printable(source)}. {nearest_known(source, known)}")
        return [one for one in shelf if one.source in meant]
    if briefing:
        return shelf
    named = {one.article for each in desk.briefings.values() for one in each.briefing.sources}
    for name in sorted(desk.articles.keys() - named):
        text = decode(f"seeds/{name}", desk.articles[name]).value
        if text is None:
            click.echo(f"seeds/{printable(name)} is not UTF-8 and was passed over.", err=True)
        else:
            shelf.append(loose(name, text))
    return shelf


def _shown(hit: Hit, *, several: bool) -> str:
    """A place: where it is, the line with the words marked, and the entry that quotes them."""
    from builder.reports import position
    from builder.reports.frames import frame
    from builder.searching.quotable import evidence_entry

    article, source = hit.shelved.article, hit.shelved.source
    place = place_in(f"seeds/{article.name}", article.text, hit.span.start, hit.span.end)
    marks = ((span.start - hit.span.start, span.end - span.start) for span in hit.differing)
    place = replace(place, marks=tuple(mark for mark in marks if mark[0] < place.length))
    entry = evidence_entry(article, source, hit.span) if source else None
    described = _described(hit, several=several)
    if source and entry is None:
        described += f"; {_why_not(hit)}"
    lines = [f"{click.style(position(place), bold=True)}: {described}"]
    shown = frame(place, columns_of(sys.stdout))
    if shown:
        lines += [shown.line, shown.below + click.style(shown.underline, fg="green", bold=True)]
    return "\n".join([*lines, entry or ""])


def _described(hit: Hit, *, several: bool) -> str:
    """Whose words they are, where in the article they stand, and in what they differ."""
    from builder.article import Mode
    from builder.searching.finding import How

    source = hit.shelved.source
    named = f"{source.siglum} ({printable(source.id)})" if source else "not in any briefing"
    if source and several:
        named += f" in {printable(hit.shelved.briefing)}"
    parts = [named]
    if source:
        parts.append(" and ".join(hit.zones))
    marks = {Mode.DIRECT: "in the article’s quotation marks", Mode.MIXED: "partly in the article’s quotation marks"}
    if hit.mode in marks:
        parts.append(marks[hit.mode])
    if hit.how is How.CASE:
        parts.append("but for capitals")
    return ", ".join(parts) + (f"; nearly: {printable(', '.join(hit.told))}" if hit.how is How.NEARLY else "")


def _why_not(hit: Hit) -> str:
    from builder.article import Zone

    if Zone.BOILERPLATE in hit.zones:
        return "it cannot be quoted, as not all of it is the article’s own"
    return "it cannot be quoted as it stands"
