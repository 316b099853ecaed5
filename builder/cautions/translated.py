"""Quotations in another language without a translation, where the briefing translates others."""

from __future__ import annotations

from collections.abc import Iterator

from builder.analysis import Analysis
from builder.diagnostics import Diagnostic, Related, Severity
from builder.model import Briefing, Quotation, Site
from builder.strings import plural
from builder.text import primary_language

Quoted = tuple[str, Quotation]
"""A source's id, and words of its article that a page prints."""


def untranslated(analysis: Analysis, site: Site) -> Iterator[Diagnostic]:
    """Once for each source. To translate nothing is a decision; a translation that is missing among others, a slip."""
    briefing = analysis.anchored.briefing
    quoted = [*_quoted(briefing)]
    if briefing.draft or not any(quotation.translation for _, quotation in quoted):
        return
    own = primary_language(site.language)
    for source in briefing.sources:
        if primary_language(source.language) == own:
            continue
        every = [quotation for id_, quotation in quoted if id_ == source.id]
        missing = [quotation for quotation in every if not quotation.translation]
        if missing:
            has = "have" if len(missing) > 1 else "has"
            told = f"{len(missing)} of {plural(len(every), 'quotation')} of `{source.id}` (in {source.language})"
            yield Diagnostic(
                "translation-missing",
                f"{told} {has} no translation.",
                source.places[""],
                "Say in the language of the site what the words mean, below the quotation:\ntranslation: the words",
                Severity.WARNING,
                (Related(missing[0].place, "the first without one"),),
            )


def _quoted(briefing: Briefing) -> Iterator[Quoted]:
    for claim in briefing.claims:
        for evidence in claim.evidence:
            yield from ((evidence.source, quotation) for quotation in evidence.quotations)
    for event in briefing.events:
        yield from event.quotations
    for source in briefing.sources:
        shown = source.known_through.quotation if source.known_through else None
        ahead = source.looks_ahead.quotation if source.looks_ahead else None
        yield from ((source.id, quotation) for quotation in (shown, ahead) if quotation)
