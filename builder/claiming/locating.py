"""Where an article has a curator's words, or nearly these: the passage, and the quotation that names it alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from builder.anchor import find_quotation
from builder.article import Article, Zone
from builder.compare import Kind, compare
from builder.diagnostics import Diagnostic, Place, place_in
from builder.model import Quotation, Source
from builder.searching.quotable import quotation_of, typed
from builder.text import Span, fold_needle, on_one_line, whole_words

AROUND = 60
"""Code points of the article that are shown before and after a quotation."""
MOST = 20
"""Places that are offered; beyond them, more words are needed."""
LONGEST = 3000
"""Characters that a quotation may have."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage of an article, with the quotation that names it and no other."""

    span: Span
    quotation: Quotation
    other_words: str
    """A sentence: in what its words differ from those that were looked for. Nothing where they are the same."""
    other_marks: bool
    """Whether only marks, spaces or capital letters differ."""


def find(article: Article, source: Source, words: str) -> list[Found] | Diagnostic:
    """Where the words, or nearly these words, stand: each place where they do, or why there is none."""
    if len(words) > LONGEST:
        return Diagnostic("format", f"These are more than {LONGEST} characters.", Place(""), "Quote fewer words.")
    checked = find_quotation(article, source, typed(words))
    if checked.value and (len(checked.value.parts) > 1 or checked.value.parts[0].joint or checked.value.tail):
        divided = typed(on_one_line(checked.value.quoted(article.text)))
        verified = find_quotation(article, source, divided)
        same = fold_needle(divided.exact) == fold_needle(words)
        return verified.diagnostics[0] if verified.diagnostics else [Found(checked.value.span, divided, "", not same)]
    if checked.value:
        spans, other_words, other_marks = [checked.value.span], "", False
    else:
        spans, other_words, other_marks = _places(article, words)
    proper = [span for span in spans if _is_proper(article, span)]
    if len(proper) > MOST:
        message = f"These words stand {len(proper)} times in {article.name}."
        return Diagnostic("quotation-ambiguous", message, Place(""), "Give more of the words around them.")
    found = [
        Found(span, quotation, other_words, other_marks or _differs(quotation.exact, words))
        for span in proper
        if (quotation := quotation_of(article, source, span)) is not None
    ]
    return _only(found, checked.diagnostics or _reasons(article, source, proper))


def _only(found: list[Found], faults: Sequence[Diagnostic]) -> list[Found] | Diagnostic:
    return found if found or not faults else faults[0]


def _differs(exact: str, words: str) -> bool:
    return exact != " ".join(words.split())


def _reasons(article: Article, source: Source, spans: Iterable[Span]) -> list[Diagnostic]:
    """Why passages cannot be quoted."""
    tried = (find_quotation(article, source, typed(on_one_line(span.of(article.text)))) for span in spans)
    return [fault for checked in tried for fault in checked.diagnostics]


def _places(article: Article, words: str) -> tuple[list[Span], str, bool]:
    """Where the words stand, widened to whole ones, or what is nearest; and in what that differs."""
    if re.search(r"\[[^\[\]]*\]", words):
        return [], "", False  # each part would have to be found: what is wrong is told instead
    literal = list(article.folded.find_all(fold_needle(words)))
    if literal:
        widened = [whole_words(article.text, span) for span in literal]
        whole = [span for span, wide in zip(literal, widened, strict=True) if span == wide]
        return (whole, "", False) if whole else (list(dict.fromkeys(widened)), "These would be parts of words.", False)
    near = compare(article, words)
    if near is None:
        return [], "", False
    span = whole_words(article.text, near.span)
    if near.kind in (Kind.CASE, Kind.MARKS):
        return list(article.folded.find_all(fold_needle(span.of(article.text)))), "", True
    told = "; ".join(near.told) or "the words are others"
    return [span], f"The article has other words: {told}.", False


def _is_proper(article: Article, span: Span) -> bool:
    return article.paragraphs[article.paragraph_at(span.start)].zone is not Zone.BOILERPLATE


def with_key(article: Article, source: Source, quotation: Quotation, words: str) -> Quotation | Diagnostic:
    """The quotation with these key words, in the article's own letters; or why they are none."""
    return _verified(article, source, replace(quotation, key=(*quotation.key, _own(quotation, words))))


def with_reading(article: Article, source: Source, quotation: Quotation, words: str) -> Quotation | Diagnostic:
    """The quotation with these words as the utterance that it holds; or why they are none."""
    return _verified(article, source, replace(quotation, reading=_own(quotation, words)))


def in_first(
    article: Article,
    source: Source,
    quotations: Sequence[Quotation],
    words: str,
    mark: Callable[[Article, Source, Quotation, str], Quotation | Diagnostic],
) -> list[Quotation] | None:
    """The quotations, with words marked in the first in which they can be; None where they can be in none."""
    for at, quotation in enumerate(quotations):
        found = mark(article, source, quotation, words)
        if not isinstance(found, Diagnostic):
            return [*quotations[:at], found, *quotations[at + 1 :]]
    return None


def _own(quotation: Quotation, words: str) -> str:
    """Words in the letters that the quotation has, where it has them."""
    at = quotation.exact.casefold().find(on_one_line(words).casefold())
    same_length = len(quotation.exact.casefold()) == len(quotation.exact)
    return quotation.exact[at : at + len(on_one_line(words))] if at >= 0 and same_length else on_one_line(words)


def _verified(article: Article, source: Source, quotation: Quotation) -> Quotation | Diagnostic:
    checked = find_quotation(article, source, quotation)
    return checked.diagnostics[0] if checked.diagnostics else quotation


def around(article: Article, span: Span) -> tuple[Place, str, str, str]:
    """For a curator to look at: where a passage stands, the words before it, its own, and those after it."""
    text = article.text
    place = place_in(f"seeds/{article.name}", text, span.start, span.end)
    low, high = max(0, span.start - AROUND), min(len(text), span.end + AROUND)
    before = re.sub(r"\s+", " ", text[low : span.start])
    after = re.sub(r"\s+", " ", text[span.end : high])
    if low and (cut := before.partition(" ")[2]):
        before = f"… {cut}"
    if high < len(text) and (cut := after.rpartition(" ")[0]):
        after = f"{cut} …"
    return place, before, re.sub(r"\s+", " ", span.of(text)), after
