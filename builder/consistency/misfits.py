"""Keys of a piece of evidence that do not go together."""

from __future__ import annotations

from collections.abc import Iterator

from builder.documents import ClaimEntry, EvidenceEntry


def misfits(entry: EvidenceEntry, claim: ClaimEntry) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the evidence of a claim: the key, the message and the cure."""
    silent, qualifies = entry.stance == "silent", entry.stance == "qualifies"
    if qualifies and not entry.differs_in:
        cure = "Add `differs_in:` scope, strength, precision, expectation or wording."
        yield "stance", "A source that qualifies differs in something.", cure
    if not qualifies and entry.differs_in is not None:
        cure = "Remove it, or write `stance: qualifies`."
        yield "differs_in", f"`differs_in` does not go with `{entry.stance}`.", cure
    if not silent and not entry.quote:
        cure = "Add `quote:` with those words, letter by letter."
        yield "stance", "A stance rests on words of the article.", cure
    if not silent and entry.because is not None:
        yield "because", "`because` goes with `stance: silent` only.", "Remove it."
    if silent and entry.value is not None:
        yield "value", "A silent source gives no value.", "Remove it, or write another stance."
    if entry.value is not None and claim.unit is None:
        yield "value", "A value needs its claim's unit.", "Add `unit:` to the claim, such as `unit: hours`."
    for key in ("prefix", "suffix", "key", "allow", "reading", "translation"):
        if getattr(entry, key) and not entry.quote:
            yield key, f"There is no quotation that `{key}` could belong to.", "Add `quote:`, or remove it."
        elif getattr(entry, key) and len(entry.quote) > 1:
            cure = f"Write it into the list: `- {{exact: …, {key}: …}}`."
            yield key, f"With several quotations, nobody knows which one `{key}` belongs to.", cure
