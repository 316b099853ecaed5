"""Text that two sources share, as the page of origins shows it: the same words of both, one below the other."""

from __future__ import annotations

from collections.abc import Callable

from builder import quoting, strings, views
from builder.analysis.shared import Run, SharedText
from builder.article import Paragraph
from builder.model import Source
from builder.pages.context import Folder
from builder.text import Span
from builder.views.origins import PlaceLink, SharedPair, SharedRun

PRINTED, NAMED = 12, 6
"""So many runs of a pair are printed, and so many others named by their places: copies share nearly everything."""
_RULE = "words in a row, not counting what stands inside quotation marks, names and set phrases."


def shared_intro(folder: Folder) -> str:
    """What is compared, and what came of it."""
    pairs = len(folder.analysis.shared)
    if not pairs:
        return f"No two texts share six or more {_RULE}"
    number = strings.sentence(strings.number_word(pairs))
    return (
        f"{number} {'pair of texts shares' if pairs == 1 else 'pairs of texts share'} six or more {_RULE} Words that "
        "two texts have in common may come from one origin."
    )


def shared_pairs(folder: Folder, named: Callable[[str], str]) -> tuple[SharedPair, ...]:
    """All pairs that share text; `named` says what a reader calls an origin."""
    sources = {source.id: source for source in folder.analysis.anchored.briefing.sources}
    return tuple(
        _pair(folder, shared, sources[shared.sources[0]], sources[shared.sources[1]], named)
        for shared in folder.analysis.shared
    )


def _pair(folder: Folder, shared: SharedText, one: Source, other: Source, named: Callable[[str], str]) -> SharedPair:
    names = ", ".join(map(named, shared.common))
    printed = [_words(folder, run, run.printed, one, other) for run in shared.runs if run.printed]
    others = [run for run in shared.runs if not run.printed]
    return SharedPair(
        sources=(folder.siglum(one), folder.siglum(other)),
        length=f"{strings.plural(shared.words, 'word')} in {strings.plural(len(shared.runs), 'run')}",
        common=f"Named by both: {names}." if names else "They name no common origin.",
        note=shared.note.why if shared.note else None,
        printed=tuple(printed[:PRINTED]),
        more=tuple(_only_places(folder, run, one, other) for run in others[:NAMED]),
        unnamed=len(printed[PRINTED:]) + len(others[NAMED:]),
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
    return SharedRun(strings.plural(run.words, "word"), places)


def _quote(folder: Folder, source: Source, span: Span, whole: Span) -> views.Quote:
    """The words of `span`, and how many of `whole` are left out after them."""
    article, paragraph = folder.analysis.anchored.articles[source.id], _paragraph(folder, source, span)
    segments = [views.Segment("text", span.of(article.text))]
    if left := article.words_in(whole) - article.words_in(span):
        segments.append(views.Segment("gap", f" [… {left}]"))
    return views.Quote(
        segments=tuple(segments),
        href=f"{folder.to_source(source.id)}#{quoting.anchor_of(paragraph)}",
        place=quoting.label_of(paragraph),
        place_label=quoting.spoken_label(paragraph, source.siglum),
        mode="",
        unclosed=False,
        language=source.language,
    )


def _place(folder: Folder, source: Source, span: Span) -> PlaceLink:
    paragraph = _paragraph(folder, source, span)
    shown = quoting.shown_of(paragraph, folder.analysis.coverage[source.id])
    href = f"{folder.to_source(source.id)}#{quoting.anchor_of(paragraph)}" if shown else None
    return PlaceLink(
        folder.siglum(source), quoting.label_of(paragraph), quoting.spoken_label(paragraph, source.siglum), href
    )


def _paragraph(folder: Folder, source: Source, span: Span) -> Paragraph:
    article = folder.analysis.anchored.articles[source.id]
    return article.paragraphs[article.paragraph_at(span.start)]
