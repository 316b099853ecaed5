"""Text that two sources share, and nothing explains."""

from __future__ import annotations

from collections.abc import Sequence

from builder.analysis.shared import Run, SharedText
from builder.auditing.entries import shared_entry
from builder.auditing.finding import Advice, Finding, Section, Shown, called, open_if, words_at
from builder.model import AnchoredBriefing, Source
from builder.strings import listed, plural


def sharing(anchored: AnchoredBriefing, shared: Sequence[SharedText]) -> Section:
    """A finding for each pair of sources with text in common."""
    sources = {source.id: source for source in anchored.briefing.sources}
    return Section("Text in common", tuple(_finding(anchored, sources, pair) for pair in shared))


def _finding(anchored: AnchoredBriefing, sources: dict[str, Source], pair: SharedText) -> Finding:
    one, other = (sources[id_] for id_ in pair.sources)
    runs = plural(len(pair.runs), "run")
    title = f"{called(one)} and {called(other)} have {plural(pair.words, 'word')} in common, in {runs}: {_why(pair)}"
    shown = (shown for run in pair.runs for shown in _shown(anchored, (one, other), run))
    return Finding(open_if(pair.unexplained), title, tuple(shown), _advice(pair) if pair.unexplained else ())


def _why(pair: SharedText) -> str:
    if pair.note:
        return f"explained in audit.yaml: {pair.note.why}"
    if pair.common:
        return f"both name {listed([*pair.common])}"
    return "they name no common origin, and nothing explains it" if pair.unexplained else "too little to explain"


def _shown(anchored: AnchoredBriefing, pair: tuple[Source, Source], run: Run) -> list[Shown]:
    spans = zip(pair, (run.one, run.other), strict=True)
    return [Shown(words_at(anchored.articles[source.id], span), called(source)) for source, span in spans]


def _advice(pair: SharedText) -> tuple[Advice, ...]:
    credit = "Where an article shows whom it has the words from, credit that origin with `via` in both."
    return (Advice(credit), Advice("Else say in audit.yaml what explains it:", shared_entry(pair.sources)))
