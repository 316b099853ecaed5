"""The articles that a briefing names, out of seeds/, each with its zones."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from builder.article import OUT_OF_ORDER, Article, ZoneFault, ZoneWords, read_article
from builder.compare import compare
from builder.consistency.known import nearest
from builder.diagnostics import Checked, Diagnostic, Related, place_in
from builder.model import Briefing, Source
from builder.yamldoc import decode
from builder.yamltext import scalar

_NONE: Mapping[tuple[str, ZoneWords], Article] = MappingProxyType({})


def read_articles(
    briefing: Briefing, articles: Mapping[str, bytes], before: Mapping[tuple[str, ZoneWords], Article] = _NONE
) -> Checked[dict[str, Article]]:
    """The articles that a briefing names, by source; `articles` holds the files of seeds/ by name.

    `before` are articles that were read without any fault, by file and zones: one that is as it was is taken from it.
    """
    read: dict[str, Article] = {}
    diagnostics: list[Diagnostic] = []
    for source in briefing.sources:
        data = articles.get(source.article)
        if data is None:
            message = f"There is no seeds/{source.article}."
            place = source.places["article"]
            diagnostics.append(Diagnostic("article-missing", message, place, nearest(source.article, articles)))
            continue
        text = decode(f"seeds/{source.article}", data)
        diagnostics.extend(text.diagnostics)
        if text.value is None:
            continue
        zones = zones_of(source)
        known = before.get((source.article, zones))
        if known is not None and known.text == text.value:
            read[source.id] = known
            continue
        read[source.id], faults = read_article(source.article, text.value, zones)
        diagnostics += (_told(fault, source, read[source.id]) for fault in faults)
    return Checked(read, tuple(diagnostics))


def _told(fault: ZoneFault, source: Source, article: Article) -> Diagnostic:
    """Words that mark no zone, with the nearest ones that the article has."""
    where = source.places.get(f"{fault.key}.{fault.index}", source.places["article"])
    message = f"“{fault.words}”: these words {fault.problem} ({source.article})."
    near = compare(article, fault.words)
    if near is None:
        return Diagnostic("zone-words", message, where, "Copy the words from the article, letter by letter.")
    passage = place_in(f"seeds/{source.article}", article.text, near.span.start, near.span.end)
    if fault.problem == OUT_OF_ORDER:
        cure, what = "Write the first words of the article proper first, then the last ones.", "they stand here"
    else:
        cure = f"The article has:\n{scalar(' '.join(near.span.of(article.text).split()))}"
        what = "the nearest passage"
    return Diagnostic("zone-words", message, where, cure, related=(Related(passage, what),))


def zones_of(source: Source) -> ZoneWords:
    """The words that mark the zones of a source's article."""
    return ZoneWords(source.headline, source.body, source.captions, source.boilerplate)
