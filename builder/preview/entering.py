"""From words that a curator selects in an article to an evidence entry: whose claim it may be, and where it goes.

Offsets are code points of the article, half-open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from builder.anchor import find_quotation
from builder.article import Article, Zone
from builder.build import Studied
from builder.claiming import Said, evidence_of, home_of, item_of, known_ids, propose_id
from builder.claiming.locating import LONGEST
from builder.diagnostics import printable
from builder.editing import EditError, entries, insert
from builder.editing.appending import append, lines_at
from builder.extracting.sentences import sentences_in
from builder.language.terms import terms
from builder.model import Claim, Difference, Evidence, Quotation, Source, Stance
from builder.preview.reading import ArticleError, Told, source_of
from builder.searching.quotable import INDENT, quotation_of, typed
from builder.searching.ranking import Ranking
from builder.searching.resting import resting
from builder.searching.suggesting import said_by_others
from builder.strings import listed
from builder.text import Span, on_one_line, whole_words, words
from builder.yamldoc import decode, parse_yaml

BESIDE = ("key", "reading", "prefix", "suffix", "allow", "translation")
"""What may stand beside a single quotation, and has to go with it once there are several."""
AROUND = 0.25
"""What a word of the sentence around the selected ones weighs, of a selected one."""
SHOWN = 4
"""So many words that a claim shares with the selected ones are named."""
TELLING = 0.69
"""What such a word weighs at least: no more than half of the claims have it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Evidence as it would stand in its file."""

    yaml: str
    """Whole lines, indented as in the file."""
    file: str
    """By its path from the site's root."""
    line: int
    """Where the words would stand; for an entry that is only to be copied, where its claim stands."""
    note: str
    """Sentences for the curator: what happens to the file, or why this can only be copied."""
    text: str | None
    """The whole file with it; None where it can only be copied."""

    def told(self) -> Told:
        """For the browser: without the file's text."""
        return {
            "yaml": self.yaml,
            "file": self.file,
            "line": self.line,
            "note": self.note,
            "writable": self.text is not None,
        }


# ---- the words -------------------------------------------------------------------------------------------------


def selected(article: Article, start: int, end: int) -> Span:
    """The whole words that a selection touches. Raises ArticleError where it holds none."""
    text = article.text
    low, high = max(0, start), min(len(text), end)
    cut = text[low:high]
    if not any(map(str.isalnum, cut)):
        raise ArticleError("Select some words of the article.")
    low += len(cut) - len(cut.lstrip())
    return whole_words(text, Span(low, low + len(cut.strip())))


def _quotation(source: Source, article: Article, span: Span) -> Quotation:
    """The quotation that names these words and no others. Raises ArticleError where they cannot be quoted."""
    first, last = (article.paragraph_at(at) for at in (span.start, span.end - 1))
    if any(one.zone is Zone.BOILERPLATE for one in article.paragraphs[first : last + 1]):
        raise ArticleError("These words are not the article’s own: boilerplate is no evidence.")
    if first != last:
        raise ArticleError("A quotation stands in one paragraph; these words reach over its end.")
    if span.end - span.start > LONGEST:
        raise ArticleError(f"These are more than {LONGEST} characters: quote fewer words.")
    found = quotation_of(article, source, span)
    if found is None:
        faults = find_quotation(article, source, typed(on_one_line(span.of(article.text)))).diagnostics
        raise ArticleError(faults[0].message if faults else "These words cannot be quoted as they stand.")
    return found


# ---- for which claim -------------------------------------------------------------------------------------------


def claims_for(studied: Studied, source_id: str, start: int, end: int) -> list[Told]:
    """The briefing's claims, the likeliest for these words first; else in the order of the matrix.

    A claim answers with its own words and with those that other sources were quoted with, as `suggest` asks with
    them: rare words tell more. The sentence around the selected words tells a little. `words` names what they share,
    `has` says whether the claim has evidence of this source, `stance` and `differs_in` which. Raises ArticleError.
    """
    source, article = source_of(studied, source_id)
    span = selected(article, start, end)
    briefing = studied.briefing
    found = resting(briefing, studied.articles).evidence
    passages = [
        [
            *terms(f"{claim.text} {claim.question or ''}", source.language),
            *(
                term
                for said in said_by_others(claim, source.id, found, studied.articles)
                for term in terms(said, source.language)
            ),
        ]
        for claim in briefing.claims
    ]
    ranking = Ranking(passages)
    scores = ranking.scores(_query(source, article, span))
    order = sorted(range(len(passages)), key=lambda index: -scores[index])
    rare = _by_weight(source, article, span, ranking)
    topics = {topic.id: topic.title for topic in briefing.topics}
    return [
        _candidate(briefing.claims[index], source.id, topics, [word for term, word in rare if term in having])
        for index, having in ((index, set(passages[index])) for index in order)
    ]


def _query(source: Source, article: Article, span: Span) -> dict[str, float]:
    """The terms of the words, and with less weight those of the sentences that they stand in."""
    paragraph = article.paragraphs[article.paragraph_at(span.start)].span
    query: dict[str, float] = {}
    for sentence in sentences_in(article.text, paragraph, source.language):
        if sentence.overlaps(span):
            query |= dict.fromkeys(terms(sentence.of(article.text), source.language), AROUND)
    return query | dict.fromkeys(terms(span.of(article.text), source.language), 1.0)


def _by_weight(source: Source, article: Article, span: Span, ranking: Ranking) -> list[tuple[str, str]]:
    """The terms of the selected words, each with its word; those first that few claims have,
    without those that many have."""
    found: dict[str, str] = {}
    text = span.of(article.text)
    for word in words(text):
        for term in terms(word.of(text), source.language):
            found.setdefault(term, word.of(text))
    weights = {term: ranking.weight(term) for term in found}
    return sorted((pair for pair in found.items() if weights[pair[0]] >= TELLING), key=lambda pair: -weights[pair[0]])


def _candidate(claim: Claim, source: str, topics: Mapping[str, str], shared: Sequence[str]) -> Told:
    evidence = _evidence_of(claim, source)
    return {
        "id": claim.id,
        "text": claim.text,
        "topic": topics.get(claim.topic, claim.topic),
        "has": evidence is not None,
        "stance": evidence.stance.value if evidence else "",
        "differs_in": evidence.differs_in.value if evidence and evidence.differs_in else "",
        "words": list(dict.fromkeys(shared))[:SHOWN],  # the rarest first
    }


def _evidence_of(claim: Claim, source: str) -> Evidence | None:
    return next((one for one in claim.evidence if one.source == source), None)


# ---- the entry -------------------------------------------------------------------------------------------------


def entry(
    studied: Studied,
    source_id: str,
    start: int,
    end: int,
    claim_id: str,
    stance: str,
    differs_in: str = "",
    said: str | None = None,
) -> Entry:
    """The evidence that quotes the selected words, for a claim, or with the id "" for one that is still to be written.

    Where the claim has evidence of the source, the words join those that are quoted. `said` are the selected words as
    the browser shows them. Raises ArticleError where they have changed since, or nothing can be made of them.
    """
    source, article = source_of(studied, source_id)
    if said is not None and article.text[max(0, start) : max(0, end)] != said:
        raise ArticleError("The article has changed meanwhile: select the words again.")
    _expect_stance(stance, differs_in)
    span = selected(article, start, end)
    quotation = _quotation(source, article, span)
    one = Said(source.id, stance, differs_in or None, (quotation,))
    if not claim_id:
        made = _new_claim(studied, one, span.of(article.text))
    else:
        claim = next((claim for claim in studied.briefing.claims if claim.id == claim_id), None)
        if claim is None:
            raise ArticleError(f"There is no claim {printable(claim_id)} that can be read in this briefing.")
        evidence = _evidence_of(claim, source.id)
        quoted = evidence.quotations if evidence else ()
        if any(_names(article, source, known, span) for known in quoted):
            raise ArticleError("These words are quoted for this claim already.")
        made = _joined(studied, claim, evidence, one) if evidence else _first(studied, claim, one)
    low, high = max(0, start), min(len(article.text), end)
    grown = span.start < low or high < span.end
    return replace(made, note=f"The selection was taken to whole words. {made.note}") if grown else made


def _names(article: Article, source: Source, known: Quotation, span: Span) -> bool:
    passage = find_quotation(article, source, known).value
    return passage is not None and span in passage.spans


def _expect_stance(stance: str, differs_in: str) -> None:
    if stance not in list(Stance):
        raise ArticleError("Choose a stance: supports, qualifies, contradicts or silent.")
    if stance == Stance.QUALIFIES and differs_in not in list(Difference):
        raise ArticleError(f"Say in what it differs: {listed([one.value for one in Difference])}.")
    if stance != Stance.QUALIFIES and differs_in:
        raise ArticleError("Only what qualifies a claim differs in something.")


def _first(studied: Studied, claim: Claim, one: Said) -> Entry:
    """Evidence of a source that has none for the claim yet."""
    yaml = entries({one.source: evidence_of(one)})

    def changed(file: str, text: str) -> str:
        return insert(file, text, [claim.id, "evidence"], yaml)

    return _written(studied, claim, one, changed, "It goes to the end of the claim’s evidence.")


def _joined(studied: Studied, claim: Claim, evidence: Evidence, one: Said) -> Entry:
    """One quotation more for evidence that is there already."""
    path = [claim.id, "evidence", one.source]
    (quotation,) = one.quotations
    has = f"{printable(_name(studied, one.source))} {_says(evidence)} this claim already"
    if (evidence.stance.value, evidence.differs_in) != (one.stance, one.differs_in):
        place = evidence.place
        note = f"{has}, and evidence has one stance. Choose that one, or change it in the file first."
        return Entry(_alone(one), place.file, place.line, note, None)

    def changed(file: str, text: str) -> str:
        if evidence.quotations:
            return append(file, text, [*path, "quote"], item_of(quotation), name="exact", beside=BESIDE)
        beside = {key: value for key, value in evidence_of(one).items() if key not in ("stance", "differs_in")}
        return insert(file, text, path, entries(beside))

    return _written(studied, claim, one, changed, f"{has}: the words join its quotations.")


def _name(studied: Studied, source_id: str) -> str:
    return next(f"{one.siglum} ({one.name})" for one in studied.briefing.sources if one.id == source_id)


def _says(evidence: Evidence) -> str:
    if evidence.stance is Stance.SILENT:
        return "is silent on"
    return f"{evidence.stance}, in {evidence.differs_in}," if evidence.differs_in else evidence.stance.value


def _alone(one: Said) -> str:
    """The entry as it is pasted below `evidence:` of a claim."""
    return entries({one.source: evidence_of(one)}, INDENT)


def _written(studied: Studied, claim: Claim, one: Said, changed: Callable[[str, str], str], note: str) -> Entry:
    """The entry in its file, `changed` from name and text; only to be copied where the file cannot take it."""
    file = claim.place.file
    try:
        after = changed(file, _text_of(studied, file))
        lines = lines_at(file, after, [claim.id, "evidence", one.source])
    except EditError as error:
        return Entry(_alone(one), file, claim.place.line, f"{error} The entry can be copied.", None)
    return Entry(lines, file, _line_of(file, after, [claim.id, "evidence", one.source, "quote"]), note, after)


def _text_of(studied: Studied, file: str) -> str:
    """A file of the briefing with its byte order mark, if it has one."""
    data = studied.texts.files[file]
    mark = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""
    return mark + (decode(file, data).value or "")


def _line_of(file: str, text: str, path: Sequence[str]) -> int:
    """The line in which the last of the quotations at a path starts."""
    root = parse_yaml(file, text.removeprefix("\ufeff")).value
    if root is None:
        return 1
    quote = root.at(path)
    last = quote.content[-1] if isinstance(quote.content, list) and quote.content else quote
    return last.place.line


def _new_claim(studied: Studied, one: Said, said: str) -> Entry:
    """A claim that is still to be written: what only the curator can say is left open, so it is only to be copied."""
    topics = ", ".join(topic.id for topic in studied.briefing.topics)
    head = f"{propose_id(said, known_ids(studied))}:\n  claim:  # one neutral sentence\n  topic:  # {topics}\n"
    file = home_of(studied, "")
    line = studied.texts.files.get(file, b"").count(b"\n") + 1
    note = f"Copy it to the end of {printable(file)}, give it a better id, and fill in what is open."
    return Entry(head + entries({"evidence": {one.source: evidence_of(one)}}, 2), file, line, note, None)
