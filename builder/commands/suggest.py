"""`suggest`: what silent sources may say to a claim after all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.commands import completion, options
from builder.commands.asking import nearest_known
from builder.commands.coverage import tell_missing
from builder.commands.terminal import run
from builder.diagnostics import place_in, printable
from builder.inputs import StoreError

if TYPE_CHECKING:
    from builder.build import Studied
    from builder.model import Claim, Evidence, Source
    from builder.searching.resting import Resting
    from builder.searching.suggesting import Library, Suggestion


@click.command(epilog="Example: variorum suggest talks-length")
@click.argument("claim", required=False, shell_complete=completion.claims)
@options.root
@options.briefing
@click.option("--all", "every", is_flag=True, help="Show unlikely sentences, too.")
def suggest(claim: str | None, root: Path, briefing: str | None, every: bool) -> None:
    """Show what silent sources may say after all.

    For each source that is silent on CLAIM, or without CLAIM on any claim, these are the sentences that come nearest.
    Paste an entry below `evidence:` of its claim, write the stance, and quote as little as carries it.
    """

    def action() -> bool:
        from builder.desk import open_desk
        from builder.searching.resting import resting
        from builder.searching.suggesting import library_of, silent_sources

        desk = open_desk(root)
        studied = desk.one(briefing)
        claims = _asked(studied.briefing.claims, claim)
        found = resting(studied.briefing, studied.articles)
        tell_missing(studied, found.passed_over)
        _tell_languages(studied, desk.site.language)
        library = library_of(studied.briefing, studied.articles)
        shown = 0
        for one in claims:
            silent = [source for source in silent_sources(one, studied.briefing) if source in library.sentences]
            if silent:
                click.echo("\n".join(_about(studied, library, found, one, silent, every=every)) + "\n")
                shown += 1
        if not shown:
            click.echo("No source is silent." if claims else "There is no claim yet.")
        return True

    run(action)


def _asked(claims: Sequence[Claim], id_: str | None) -> Sequence[Claim]:
    asked = [claim for claim in claims if id_ in (None, claim.id)]
    if not asked and id_ is not None:
        near = nearest_known(id_, [claim.id for claim in claims], 3)
        raise StoreError(f"There is no claim {printable(id_)}. {near}")
    return asked


def _tell_languages(studied: Studied, language: str) -> None:
    """Note what cannot be compared word by word."""
    from builder.text import primary_language

    for source in studied.briefing.sources:
        if primary_language(source.language) != primary_language(language):
            note = f"{source.siglum} ({printable(source.id)}) is in another language than the site ({source.language})"
            click.echo(f"{note}: of a claim, little but names and numbers can be compared.", err=True)


def _about(
    studied: Studied, library: Library, found: Resting, claim: Claim, silent: Sequence[str], *, every: bool
) -> Iterator[str]:
    """What a claim's silent sources may say to it, and which of them have nothing that comes near."""
    from builder.searching.suggesting import Likelihood, said_by_others
    from builder.searching.suggesting import suggest as ask

    yield f"{click.style(printable(claim.id), bold=True)}: {printable(claim.text)}"
    written = {evidence.source: evidence for evidence in claim.evidence}
    far = []
    for source in studied.briefing.sources:
        if source.id not in silent:
            continue
        said = said_by_others(claim, source.id, found.evidence, studied.articles)
        best = ask(library, claim, source.id, said)
        near = [one for one in best if one.likelihood is not Likelihood.UNLIKELY]
        if not near:
            far.append(f"{source.siglum} ({printable(source.id)})")
        for one in best if every else near:
            yield from _shown(studied, found, claim, source, written.get(source.id), one)
    if far:
        yield f"  nothing that comes near: {', '.join(far)}"


def _shown(
    studied: Studied, found: Resting, claim: Claim, source: Source, written: Evidence | None, one: Suggestion
) -> Iterator[str]:
    """One suggestion: whose it is, how likely, where it stands, and the entry that quotes it."""
    from builder.reports import position
    from builder.searching.quotable import evidence_entry
    from builder.text import on_one_line

    article, span = studied.articles[source.id], one.sentence.span
    place = place_in(f"seeds/{article.name}", article.text, span.start, span.end)
    zone = article.paragraphs[one.sentence.paragraph].zone
    head = f"  {source.siglum} ({printable(source.id)}), {zone}, {one.likelihood}: {position(place)}"
    weighed = [passage.span for passage in found.evidence.get((claim.id, source.id), ())]
    if any(each.overlaps(span) for each in weighed):
        yield f"{head}: quoted there as silent"
        yield f"    {printable(on_one_line(span.of(article.text)))}"
        return
    yield head + (f", instead of the entry at {position(written.place)}" if written else "")
    entry = evidence_entry(article, source, span)
    yield entry.rstrip("\n") if entry else f"    {printable(on_one_line(span.of(article.text)))}"
