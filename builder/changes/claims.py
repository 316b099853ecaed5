"""What a reader would notice in a briefing's claims: the sentences, what each source says to them, their status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from builder.analysis.matrix import Cell, Row
from builder.changes.rewording import Kind, Line, Piece, clipped, name, ours, reworded, theirs
from builder.changes.side import Change, Side, Sign, called, label, renamed, was_and_is, wording
from builder.model import Because, Claim, Evidence, Quotation, Relation
from builder.strings import DIFFERENCES
from builder.text import fold_text


def claim_changes(before: Side, after: Side, sources: Mapping[str, str]) -> list[Change]:
    """All changes of claims, in the order of the later state, then what is gone; `sources` are pairs of ids."""
    olds = {claim.id: claim for claim in before.briefing.claims}
    news = {claim.id: claim for claim in after.briefing.claims}
    pairs = _pairs(olds, news)
    changes = []
    for id_ in news:
        if id_ in pairs:
            changes += _changed(before, after, before.rows[pairs[id_]], after.rows[id_], sources, pairs)
        elif not before.hides_claim(id_):
            changes.append(_added(after, after.rows[id_]))
    found = set(pairs.values())
    for id_, claim in olds.items():
        if id_ not in found and not after.hides_claim(id_):
            changes.append(Change(Sign.REMOVED, called(id_, claim.text)))
    return changes + _reordered(olds, news, pairs)


def _pairs(olds: Mapping[str, Claim], news: Mapping[str, Claim]) -> dict[str, str]:
    """The claims of the later state that were there before, each with its id then: by id, then by wording."""
    pairs = {id_: id_ for id_ in news if id_ in olds}
    free: dict[str, str] = {}
    for id_, claim in olds.items():
        if id_ not in pairs:
            free.setdefault(_bare(claim.text), id_)
    for id_, claim in news.items():
        if id_ not in pairs and (old := free.pop(_bare(claim.text), None)):
            pairs[id_] = old
    return pairs


def _bare(text: str) -> str:
    return " ".join(fold_text(text).casefold().split())


def _added(side: Side, row: Row) -> Change:
    claim = row.claim
    details: list[Line] = [(ours("under "), theirs(side.topic(claim.topic)), ours(f"; {row.status}"))]
    details += (
        (*label(cell.source), ours(f": {_stance(cell)}: "), *_quoted(side, cell, claim))
        for cell in row.cells
        if cell.speaks
    )
    return Change(Sign.ADDED, called(claim.id, claim.text), tuple(details))


def _reordered(olds: Mapping[str, Claim], news: Mapping[str, Claim], pairs: Mapping[str, str]) -> list[Change]:
    """Whether the claims of a topic stand in another order."""
    stayed = [(pairs[new], new) for new in news if new in pairs and olds[pairs[new]].topic == news[new].topic]
    topics = list(dict.fromkeys(news[new].topic for _, new in stayed))
    place = {old: at for at, old in enumerate(olds)}
    orders = {topic: [place[old] for old, new in stayed if news[new].topic == topic] for topic in topics}
    if all(order == sorted(order) for order in orders.values()):
        return []
    return [Change(Sign.CHANGED, (ours("The claims stand in another order."),))]


def _changed(
    before: Side, after: Side, old: Row, new: Row, sources: Mapping[str, str], claims: Mapping[str, str]
) -> list[Change]:
    one, other = old.claim, new.claim
    details: list[Line] = []
    if one.id != other.id:
        details.append(renamed(one.id, other.id, other.was))
    details += wording("reworded", one.text, other.text)
    details += wording("question", one.question, other.question)
    if one.topic != other.topic:
        details += was_and_is("moved", before.topic(one.topic), after.topic(other.topic))
    if one.event != other.event and not _hides(before, one) and not _hides(after, other):
        details += was_and_is("about", before.event(one.event), after.event(other.event))
    details += was_and_is("unit", one.unit, other.unit)
    details += _utterance(before, after, one, other, sources)
    details += _related(before, after, one, other, claims)
    was = {cell.source.id: cell for cell in old.cells}
    restated = False
    for cell in new.cells:
        earlier = was.pop(sources.get(cell.source.id, ""), None)
        restated |= _says(earlier) != _says(cell)
        if earlier:
            details += ((*label(cell.source), *line) for line in _cell(before, after, earlier, cell, other))
        elif cell.speaks and not before.hides_source(cell.source.id):
            said = ours(f", a new source: {_stance(cell)}: ")
            details.append((*label(cell.source), said, *_quoted(after, cell, other)))
    for cell in was.values():
        if cell.speaks and not after.hides_source(cell.source.id):
            restated = True
            said = ours(f", no longer a source: {_stance(cell)}; it was: ")
            details.append((*label(cell.source), said, *_quoted(before, cell, one)))
    details += wording("note", one.note, other.note)
    if old.status is not new.status and not _unknown(before, after):
        line = [ours("status: "), Piece(Kind.GONE, old.status), ours(" → "), Piece(Kind.COME, new.status)]
        told = "" if restated else ", a consequence of changes elsewhere in the briefing"
        details.append((*line, ours(told)) if told else tuple(line))
    return [Change(Sign.CHANGED, called(other.id, other.text), tuple(details))] if details else []


def _utterance(before: Side, after: Side, old: Claim, new: Claim, sources: Mapping[str, str]) -> Iterator[Line]:
    """Whose words are set side by side, and against whose reading."""
    was, now = old.utterance, new.utterance
    yield from was_and_is("whose words", was.by if was else None, now.by if now else None)
    one, other = (claim.utterance.lemma if claim.utterance else None for claim in (old, new))
    if one != (sources.get(other, other) if other else None):
        yield from was_and_is("set against the reading of", _siglum(before, one), _siglum(after, other))


def _siglum(side: Side, source: str | None) -> str | None:
    return side.source[source].siglum if source and source in side.source else source


_RELATIONS = {Relation.SETTLES: "settles", Relation.REFINES: "refines", Relation.CONFLICTS: "conflicts with"}


def _related(before: Side, after: Side, old: Claim, new: Claim, claims: Mapping[str, str]) -> Iterator[Line]:
    """Which other claims it is related to; `claims` are pairs of ids, later and earlier."""
    was = {(tie.relation, tie.claim): tie.claim for tie in old.ties}
    now = {(tie.relation, claims.get(tie.claim, tie.claim)): tie.claim for tie in new.ties}
    for (relation, id_), named in now.items():
        if (relation, id_) not in was:
            yield (ours(f"now {_RELATIONS[relation]} "), *_claim(after, named))
    for (relation, id_), named in was.items():
        if (relation, id_) not in now:
            yield (ours(f"no longer {_RELATIONS[relation]} "), *_claim(before, named))


def _claim(side: Side, id_: str) -> Line:
    return called(id_, side.rows[id_].claim.text) if id_ in side.rows else (name(id_),)


def _hides(side: Side, claim: Claim) -> bool:
    return claim.event is not None and side.hides_event(claim.event)


def _unknown(before: Side, after: Side) -> bool:
    """Whether sources are at fault on a side, so that no status follows."""
    return any(
        side.studied.documents.sources is None or None in side.studied.documents.sources.entries.values()
        for side in (before, after)
    )


def _says(cell: Cell | None) -> tuple[object, ...]:
    """What of a cell a status follows from, as far as it is written in the claim."""
    evidence = cell.evidence if cell else None
    return (evidence.stance, evidence.differs_in, evidence.via) if evidence and cell and cell.speaks else ()


def _via(cell: Cell) -> tuple[str, ...]:
    """The origins that it names; what these rest on in turn is told once, with them."""
    return cell.evidence.via if cell.evidence and cell.speaks else ()


# ---- one claim × source ----------------------------------------------------------------------------------------


def _cell(before: Side, after: Side, old: Cell, new: Cell, claim: Claim) -> Iterator[Line]:
    """What differs in one cell, each line to be read after the source's label."""
    verified = before.verified and after.verified
    was, now = _stance(old, why=verified), _stance(new, why=verified)
    if was != now:
        line = (ours(": "), Piece(Kind.GONE, was), ours(" → "), Piece(Kind.COME, now))
        if old.speaks and not new.speaks:
            yield (*line, ours("; it was: "), *_quoted(before, old, claim))
            return
        if new.speaks and not old.speaks:
            yield (*line, ours(": "), *_quoted(after, new, claim))
            return
        yield line
    one, other = old.evidence, new.evidence
    yield from _quotations(before, after, old, new)
    yield from was_and_is(", key words", _keys(one), _keys(other))
    yield from was_and_is(", reading", _readings(one), _readings(other))
    yield from wording(", translation", _translations(one), _translations(other))
    yield from was_and_is(", value", _value(one), _value(other))
    if _via(old) != _via(new):
        yield from was_and_is(", rests on", before.origins(old.chain) or None, after.origins(new.chain) or None)
    yield from wording(", note", one.note if one else None, other.note if other else None)


def _stance(cell: Cell, *, why: bool = True) -> str:
    """The stance in a few words: `qualifies in scope`, and, if `why`, `silent (written before it)`."""
    if not cell.speaks:
        return "silent (written before it)" if why and cell.because is Because.PREDATES else "silent"
    differs = cell.evidence.differs_in if cell.evidence else None
    return f"{cell.stance} {DIFFERENCES[differs][0]}" if differs else str(cell.stance)


def _quotations(before: Side, after: Side, old: Cell, new: Cell) -> Iterator[Line]:
    verified = before.verified and after.verified
    olds, news = _words(before, old), _words(after, new)
    gone = [words for words in olds if not _holds(news, words, verified=verified)]
    come = [words for words in news if not _holds(olds, words, verified=verified)]
    for one, other in zip_longest(gone, come):
        told = ", quotation" if one and other else ", new quotation" if other else ", quotation removed"
        yield (ours(f"{told}: "), *reworded(one or "", other or ""))


def _holds(words: Sequence[str], wanted: str, *, verified: bool) -> bool:
    """Whether a quotation is among others: letter by letter, or as it may be typed where not all is verified."""
    return wanted in words if verified else _typed(wanted) in map(_typed, words)


def _typed(text: str) -> str:
    return " ".join(fold_text(text).split())


def _words(side: Side, cell: Cell) -> list[str]:
    """The quotations as a reader sees them; as they were typed where they could not be verified."""
    if cell.passages:
        text = side.studied.articles[cell.source.id].text
        return [" ".join(passage.quoted(text).split()) for passage in cell.passages]
    quotations: Sequence[Quotation] = cell.evidence.quotations if cell.evidence else ()
    return [" ".join(quotation.exact.split()) for quotation in quotations]


def _quoted(side: Side, cell: Cell, claim: Claim) -> Line:
    """The quotations of a cell, with its value."""
    words = " / ".join(f"“{clipped(words)}”" for words in _words(side, cell))
    value = _value(cell.evidence)
    return (theirs(words), *([ours(", "), theirs(f"{value} {claim.unit or ''}")] if value else []))


def _keys(evidence: Evidence | None) -> str | None:
    keys = [key for quotation in evidence.quotations for key in quotation.key] if evidence else []
    return " / ".join(_typed(key) for key in keys) or None


def _readings(evidence: Evidence | None) -> str | None:
    readings = [one.reading for one in evidence.quotations if one.reading] if evidence else []
    return " / ".join(map(_typed, readings)) or None


def _translations(evidence: Evidence | None) -> str | None:
    return " / ".join(one.translation for one in evidence.quotations if one.translation) if evidence else None


def _value(evidence: Evidence | None) -> str | None:
    return evidence.value.text if evidence and evidence.value else None
