"""Text that two sources share, as the page of origins shows it: the same words of both, one below the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from builder import quoting, views
from builder.analysis.shared import Run, SharedText
from builder.article import Paragraph
from builder.model import Source
from builder.pages.folder import Folder
from builder.text import Span
from builder.views.origins import PlaceLink, SharedCell, SharedPair, SharedRow, SharedRun
from builder.words import Words

PRINTED, NAMED = 12, 6
"""So many runs of a pair are printed, and so many others named by their places: copies share nearly everything."""
PAIRS, RUNS, PLACES = 12, 40, 24
"""So many pairs are told, those that share most. So many runs are printed in all, at least three of each pair, and so
many others named by their places, at least one of each."""


def shared_intro(folder: Folder) -> str:
    """What is compared, and what came of it."""
    words, pairs = folder.words, len(folder.analysis.shared)
    if not pairs:
        return words.gettext(
            "No two texts share six or more words in a row, not counting what stands inside quotation marks, names and "
            "set phrases."
        )
    found = words.ngettext(
        "One pair of texts shares six or more words in a row, not counting what stands inside quotation marks, names "
        "and set phrases.",
        "%(num)s pairs of texts share six or more words in a row, not counting what stands inside quotation marks, "
        "names and set phrases.",
        pairs,
    )
    return f"{found} {words.gettext('Words that two texts have in common may come from one origin.')}"


def shared_pairs(folder: Folder, named: Callable[[str], str]) -> tuple[SharedPair, ...]:
    """The pairs that share most text; `named` says what a reader calls an origin."""
    sources = {source.id: source for source in folder.analysis.anchored.briefing.sources}
    told = telling(folder.analysis.shared)
    number = max(1, len(told))
    most = min(PRINTED, max(3, RUNS // number)), min(NAMED, max(1, PLACES // number))
    return tuple(
        _pair(folder, shared, (sources[shared.sources[0]], sources[shared.sources[1]]), named, *most) for shared in told
    )


def shared_table(folder: Folder) -> tuple[SharedRow, ...]:
    """How many words every two texts share: a triangle, and nothing where all pairs are told."""
    every = folder.analysis.shared
    told = {pair.sources for pair in telling(every)}
    if len(told) == len(every):
        return ()
    sources, shared = folder.analysis.anchored.briefing.sources, {pair.sources: pair for pair in every}

    def cell(one: Source, other: Source) -> SharedCell:
        pair = shared.get((one.id, other.id))
        words = folder.words.number(pair.words) if pair else ""
        return SharedCell(words, f"#{_anchor(pair)}" if pair and pair.sources in told else None)

    return tuple(
        SharedRow(folder.siglum(other), tuple(cell(one, other) for one in sources[:number]), len(sources) - 1 - number)
        for number, other in enumerate(sources)
        if number
    )


def _anchor(shared: SharedText) -> str:
    return "shared-" + "--".join(shared.sources)


def telling(shared: Sequence[SharedText]) -> Sequence[SharedText]:
    """Those that share most words, in their order."""
    if len(shared) <= PAIRS:
        return shared
    kept = {pair.sources for pair in sorted(shared, key=lambda pair: -pair.words)[:PAIRS]}
    return [pair for pair in shared if pair.sources in kept]


def _length(shared: SharedText, words: Words) -> str:
    """`54 words in 3 runs`."""
    return words.gettext(
        "%(words)s in %(runs)s",
        words=words.ngettext("%(num)s word", "%(num)s words", shared.words),
        runs=words.ngettext("%(num)s run", "%(num)s runs", len(shared.runs)),
    )


def _pair(
    folder: Folder, shared: SharedText, both: tuple[Source, Source], named: Callable[[str], str], most: int, places: int
) -> SharedPair:
    gettext, (one, other) = folder.words.gettext, both
    names = ", ".join(map(named, shared.common))
    printed = [_words(folder, run, run.printed, one, other) for run in shared.runs if run.printed]
    others = [run for run in shared.runs if not run.printed]
    return SharedPair(
        anchor=_anchor(shared),
        sources=(folder.siglum(one), folder.siglum(other)),
        length=_length(shared, folder.words),
        common=gettext("Named by both: %(origins)s.", origins=names)
        if names
        else gettext("They name no common origin."),
        note=shared.note.why if shared.note else None,
        printed=tuple(printed[:most]),
        more=tuple(_only_places(folder, run, one, other) for run in others[:places]),
        unnamed=len(printed[most:]) + len(others[places:]),
    )


def _words(
    folder: Folder, run: Run, printed: tuple[Span, Span], one: Source, other: Source
) -> tuple[views.SourceQuote, ...]:
    both = zip((one, other), printed, (run.one, run.other), strict=True)
    return tuple(
        views.SourceQuote(folder.siglum(source), _quote(folder, source, part, whole)) for source, part, whole in both
    )


def _only_places(folder: Folder, run: Run, one: Source, other: Source) -> SharedRun:
    places = (_place(folder, one, run.one), _place(folder, other, run.other))
    return SharedRun(folder.words.ngettext("%(num)s word", "%(num)s words", run.words), places)


def _quote(folder: Folder, source: Source, span: Span, whole: Span) -> views.Quote:
    """The words of `span`, and how many of `whole` are left out after them."""
    article, paragraph = folder.analysis.anchored.articles[source.id], _paragraph(folder, source, span)
    segments = [views.Segment("text", span.of(article.text))]
    if left := article.words_in(whole) - article.words_in(span):
        segments.append(views.Segment("gap", f" […\u00a0{left}]"))
    return views.Quote(
        segments=tuple(segments),
        href=f"{folder.to_source(source.id)}#{quoting.anchor_of(paragraph)}",
        place=quoting.label_of(paragraph, folder.words),
        place_label=quoting.spoken_label(paragraph, source.siglum, folder.words),
        mode="",
        unclosed=False,
        language=source.language,
    )


def _place(folder: Folder, source: Source, span: Span) -> PlaceLink:
    paragraph = _paragraph(folder, source, span)
    shown = quoting.shown_of(paragraph, folder.analysis.coverage[source.id])
    href = f"{folder.to_source(source.id)}#{quoting.anchor_of(paragraph)}" if shown else None
    return PlaceLink(
        folder.siglum(source),
        quoting.label_of(paragraph, folder.words),
        quoting.spoken_label(paragraph, source.siglum, folder.words),
        href,
    )


def _paragraph(folder: Folder, source: Source, span: Span) -> Paragraph:
    article = folder.analysis.anchored.articles[source.id]
    return article.paragraphs[article.paragraph_at(span.start)]
