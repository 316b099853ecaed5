"""Text that two sources share, and nothing explains."""

from __future__ import annotations

from collections.abc import Sequence

from builder.analysis.shared import Run, SharedText
from builder.auditing.finding import MOST, Advice, Finding, Section, Shown, State, called, open_if, words_at
from builder.model import AnchoredBriefing, Source
from builder.strings import listed, plural


def sharing(anchored: AnchoredBriefing, shared: Sequence[SharedText]) -> Section:
    """A finding for each pair of sources with text in common, those with the most words first."""
    sources = {source.id: source for source in anchored.briefing.sources}
    findings: list[Finding] = []
    open_ = 0
    for pair in sorted(shared, key=lambda pair: -pair.words):
        findings.append(_finding(anchored, sources, pair, advised=open_ < MOST))
        open_ += findings[-1].open
    return Section("Text in common", tuple(findings))


def _finding(anchored: AnchoredBriefing, sources: dict[str, Source], pair: SharedText, *, advised: bool) -> Finding:
    one, other = (sources[id_] for id_ in pair.sources)
    runs = plural(len(pair.runs), "run")
    title = f"{called(one)} and {called(other)} have {plural(pair.words, 'word')} in common, in {runs}: {_why(pair)}"
    longest = sorted(pair.runs, key=lambda run: -run.words)
    shown = tuple(shown for run in longest for shown in _shown(anchored, (one, other), run))
    if not pair.unexplained or not advised:
        return Finding(open_if(pair.unexplained), title, shown)
    return Finding(State.OPEN, title, shown, (_ADVICE,), unexplained=pair.sources)


def _why(pair: SharedText) -> str:
    if pair.note:
        return f"explained in audit.yaml: {pair.note.why}"
    if pair.common:
        return f"both name {listed([*pair.common])}"
    return "they name no common origin, and nothing explains it" if pair.unexplained else "too little to explain"


def _shown(anchored: AnchoredBriefing, pair: tuple[Source, Source], run: Run) -> list[Shown]:
    spans = zip(pair, (run.one, run.other), strict=True)
    return [Shown(words_at(anchored.articles[source.id], span), called(source)) for source, span in spans]


_ADVICE = Advice(
    "Where an article shows whom it has the words from, credit that origin with `via` in both; else say in audit.yaml "
    "what explains it."
)
