"""`coverage`: which sentences of the articles no claim and no event rests on yet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.commands import completion, options
from builder.commands.asking import nearest_known
from builder.commands.terminal import run
from builder.diagnostics import place_in, printable
from builder.inputs import StoreError

if TYPE_CHECKING:
    from builder.article import Article
    from builder.build import Studied
    from builder.model import Source
    from builder.searching.unread import Unread


@click.command(epilog="Example: variorum coverage mercopress")
@click.argument("asked", metavar="[SOURCE]", required=False, shell_complete=completion.sources)
@options.root
@options.briefing
def coverage(asked: str | None, root: Path, briefing: str | None) -> None:
    """Show what of the articles is not used yet.

    For each article this is how much of it the claims and events rest on; for SOURCE, its id or letter, also every
    sentence, or what is left of it, on which none does. What audit.yaml leaves out is told with the reason.
    """

    def action() -> bool:
        from builder.desk import open_desk
        from builder.searching.resting import resting
        from builder.searching.unread import unread

        studied = open_desk(root).one(briefing)
        sources = {one.id: one for one in studied.briefing.sources}
        source = _by_letter(asked, sources)
        if source is not None and source not in sources:
            raise StoreError(f"There is no source {printable(source)}. {nearest_known(source, list(sources))}")
        found = resting(studied.briefing, studied.articles)
        left = unread(studied.briefing, studied.articles, found)
        tell_missing(studied, found.passed_over)
        if source is None:
            click.echo("\n".join(_table(sources, left)))
        elif source in left:
            click.echo("\n".join(_table({source: sources[source]}, left)))
            click.echo("\n".join(_listed(studied.articles[source], left[source])))
        return source is None or source in left

    run(action)


def _by_letter(asked: str | None, sources: Mapping[str, Source]) -> str | None:
    """The id of the source that is asked for by its id or by the letter that stands for it."""
    if asked is None or asked in sources:
        return asked
    meant = [id_ for id_, source in sources.items() if source.siglum.casefold() == asked.casefold()]
    return meant[0] if len(meant) == 1 else asked


def tell_missing(studied: Studied, passed_over: int) -> None:
    """Note what could not be read or found, so that nobody takes it for silence."""
    from builder.strings import plural

    if not studied.briefing.sources:
        click.echo("There is no source that could be read: `variorum check` says more.", err=True)
    for source in studied.briefing.sources:
        if source.id not in studied.articles:
            article = f"seeds/{printable(source.article)}"
            click.echo(f"{source.siglum} ({printable(source.id)}): {article} could not be read.", err=True)
    documents = studied.documents
    entries = [one for file in (*documents.claims, documents.events) if file for one in file.entries.values()]
    if not documents.all_claims or documents.events is None or None in entries:
        click.echo("Claims or events with faults were passed over: `variorum check` says more.", err=True)
    if passed_over:
        said = f"{plural(passed_over, 'quotation')} could not be found in the articles and"
        click.echo(f"{said} {'was' if passed_over == 1 else 'were'} passed over: `variorum check` says why.", err=True)


def _table(sources: Mapping[str, Source], left: Mapping[str, Unread]) -> list[str]:
    """A line for each source: how many sentences are used, how many of them in part, and the share of words."""
    rows = []
    for id_, one in left.items():
        if id_ in sources:
            part = f" ({one.in_part} in part)" if one.in_part else ""
            left_out = f", {one.left_out} left out" if one.left_out else ""
            used = f"{one.used} of {len(one.sentences)} sentences{part}{left_out}"
            rows.append((f"{sources[id_].siglum} ({printable(id_)})", used, f"{one.coverage.percent} % of the words"))
    first, second = (max((len(row[column]) for row in rows), default=0) for column in (0, 1))
    return [f"{name:<{first}}  {used:<{second}}  {percent:>18}" for name, used, percent in rows]


def _listed(article: Article, left: Unread) -> list[str]:
    """The sentences that are not used, or what partly used ones leave, by paragraph."""
    from builder.reports import position
    from builder.searching.unread import without_used
    from builder.text import on_one_line

    lines = []
    paragraph = -1
    for one in left.sentences:
        if not one.left:
            continue
        if one.sentence.paragraph != paragraph:
            paragraph = one.sentence.paragraph
            lines += ["", click.style(_label(article, paragraph), bold=True)]
        place = place_in(f"seeds/{article.name}", article.text, one.left[0].start, one.left[0].end)
        why = f" (left out: {printable(on_one_line(one.why))})" if one.why else ""
        lines.append(f"{position(place)}: {printable(on_one_line(without_used(article.text, one)))}{why}")
    return lines or ["", "All of it is used."]


def _label(article: Article, index: int) -> str:
    from builder.article import Zone

    paragraph = article.paragraphs[index]
    return f"paragraph {paragraph.number}" if paragraph.zone is Zone.BODY else f"{paragraph.zone} {paragraph.number}"
