"""What audit.yaml says and nothing needs any more, and what was proposed and is still to be filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from builder.analysis import Analysis
from builder.cautions.whereabouts import of_claim
from builder.diagnostics import Diagnostic, Place, Severity
from builder.model import AnchoredBriefing, Briefing, Claim, LeftOut, Passage, SharedNote
from builder.parse import Documents
from builder.strings import FILL_IN
from builder.text import Span

if TYPE_CHECKING:
    from builder.analysis.numbers import PrintedNumber


def stale(analysis: Analysis) -> Iterator[Diagnostic]:
    """Words that are left out although a claim rests on them, and explanations of text that is not shared."""
    anchored = analysis.anchored
    briefing = anchored.briefing
    claimed = [(entry, passage, claim) for entry, passage in _left_out(anchored) if (claim := _on(anchored, passage))]
    unused = _unused(anchored) if claimed else []
    for entry, passage, claim in claimed:
        # Left out for a number that no claim uses, whatever else of the words a claim quotes.
        if not any(number.source == passage.source and _holds(passage, number.span) for number in unused):
            yield _needless(entry, claim)
    shared = {frozenset(pair.sources) for pair in analysis.shared}
    explained: set[frozenset[str]] = set()
    for note in briefing.shared:
        if note.sources in explained or note.sources not in shared:
            yield _unshared(note, analysis, again=note.sources in explained)
        explained.add(note.sources)


def _unused(anchored: AnchoredBriefing) -> Sequence[PrintedNumber]:
    """The numbers that no claim gives as a value."""
    from builder.analysis.numbers import numbers_of  # reads every sentence, with packages that no other build needs

    return [number for number in numbers_of(anchored) if not number.used_by]


def _left_out(anchored: AnchoredBriefing) -> Iterator[tuple[LeftOut, Passage]]:
    for source in anchored.briefing.sources:
        entries = (one for one in anchored.briefing.left_out if one.source == source.id)
        yield from zip(entries, anchored.left_out.get(source.id, ()), strict=True)


def _on(anchored: AnchoredBriefing, passage: Passage) -> str | None:
    """The first claim whose evidence holds all of these words."""
    for claim in anchored.briefing.claims:
        quoted = anchored.evidence.get((claim.id, passage.source), ())
        spans = [part.span for one in quoted for part in one.parts]
        if all(any(words in span for span in spans) for words in passage.spans):
            return claim.id
    return None


def _holds(passage: Passage, span: Span) -> bool:
    return any(map(span.overlaps, passage.spans))


def _needless(entry: LeftOut, claim: str) -> Diagnostic:
    return Diagnostic(
        "audit-stale",
        f"These words are left out, but `{claim}` rests on them.",
        entry.quotation.place,
        "Remove this entry of audit.yaml; or the quotation from the claim, if it should not rest on them.",
        Severity.WARNING,
    )


def _unshared(note: SharedNote, analysis: Analysis, *, again: bool) -> Diagnostic:
    sigla = [source.siglum for source in analysis.anchored.briefing.sources if source.id in note.sources]
    message = f"{' and '.join(sigla)} have no text in common that would need an explanation."
    if len(sigla) == 1:
        message = f"{sigla[0]} is named twice: text is shared by two sources."
    if again:
        message = f"What {' and '.join(sigla)} have in common is explained twice."
    cure = "Keep one of the two." if again else "Remove this entry of audit.yaml, or correct the sources."
    return Diagnostic("audit-stale", message, note.place, cure, Severity.WARNING)


# ---- what is still to be filled in -----------------------------------------------------------------------------


def is_written(claim: Claim) -> bool:
    """Whether a claim says something, and not only what is to be filled in."""
    return not claim.text.startswith(FILL_IN)


def unwritten(briefing: Briefing, documents: Documents) -> Iterator[Diagnostic]:
    """Sentences, speakers and reasons that a proposed entry leaves to the curator: in a draft, they are asked for."""
    severity = Severity.WARNING if briefing.draft else Severity.ERROR
    for place, what, wanted in _wanted(briefing.claims, documents):
        yield Diagnostic("unwritten", f"{what} is still to be filled in.", place, f"Write {wanted}.", severity)


def _wanted(claims: Sequence[Claim], documents: Documents) -> Iterator[tuple[Place, str, str]]:
    for claim in claims:
        if not is_written(claim):
            yield of_claim(documents, claim.id, "claim"), "The claim", "one neutral sentence that stands alone"
        if claim.utterance and claim.utterance.by.startswith(FILL_IN):
            yield claim.utterance.place, "The speaker", "whose words they are, as the articles name the speaker"
        for evidence in claim.evidence:
            if evidence.note and evidence.note.startswith(FILL_IN):
                place = of_claim(documents, claim.id, "evidence", evidence.source, "note")
                yield place, "The note", "what there is to say, in a few words"
    for path, why in _reasons(documents):
        if why.startswith(FILL_IN):
            yield documents.audit_node.locate(path), "The reason", "the reason, in a few words"


def _reasons(documents: Documents) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every reason that audit.yaml gives, and where it stands."""
    audit = documents.audit
    if audit:
        for source, entries in audit.left_out.items():
            yield from ((("left_out", source, index, "why"), entry.why) for index, entry in enumerate(entries))
        yield from ((("shared", index, "why"), entry.why) for index, entry in enumerate(audit.shared))
