"""Where an article has a curator's words, or nearly these: the passage, and the quotation that names it alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from builder.anchor import find_quotation
from builder.article import Article, Zone
from builder.compare import Kind, compare
from builder.diagnostics import Diagnostic, Place, place_in
from builder.model import Quotation, Source
from builder.text import INVISIBLE, Span, cuts_word, fold_needle

AROUND = 60
"""Code points of the article that are shown before and after a quotation."""
BESIDE = 300
"""Code points of the article in which words are looked for that tell two places apart."""
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
    typed = _quotation(words)
    checked = find_quotation(article, source, typed)
    if checked.value and (len(checked.value.parts) > 1 or checked.value.parts[0].joint or checked.value.tail):
        divided = _quotation(tidy(checked.value.quoted(article.text)))
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
        for span in proper[:MOST]
        if (quotation := _naming(article, source, span)) is not None
    ]
    return _only(found, checked.diagnostics or _reasons(article, source, proper))


def _only(found: list[Found], faults: Sequence[Diagnostic]) -> list[Found] | Diagnostic:
    return found if found or not faults else faults[0]


def _differs(exact: str, words: str) -> bool:
    return exact != " ".join(words.split())


def _reasons(article: Article, source: Source, spans: Iterable[Span]) -> list[Diagnostic]:
    """Why passages cannot be quoted."""
    tried = (find_quotation(article, source, _quotation(tidy(span.of(article.text)))) for span in spans)
    return [fault for checked in tried for fault in checked.diagnostics]


def _places(article: Article, words: str) -> tuple[list[Span], str, bool]:
    """Where the words stand, widened to whole ones, or what is nearest; and in what that differs."""
    if re.search(r"\[[^\[\]]*\]", words):
        return [], "", False  # each part would have to be found: what is wrong is told instead
    literal = list(article.folded.find_all(fold_needle(words)))
    if literal:
        whole = [span for span in literal if not _cut(article, span)]
        widened = dict.fromkeys(_widened(article, span) for span in literal)
        return (whole, "", False) if whole else (list(widened), "These would be parts of words.", False)
    near = compare(article, words)
    if near is None:
        return [], "", False
    span = _widened(article, near.span)
    if near.kind in (Kind.CASE, Kind.MARKS):
        return list(article.folded.find_all(fold_needle(span.of(article.text)))), "", True
    told = "; ".join(near.told) or "the words are others"
    return [span], f"The article has other words: {told}.", False


def _cut(article: Article, span: Span) -> bool:
    return cuts_word(article.text, span.start) or cuts_word(article.text, span.end)


def _widened(article: Article, span: Span) -> Span:
    start, end = span.start, span.end
    while cuts_word(article.text, start):
        start -= 1
    while cuts_word(article.text, end):
        end += 1
    return Span(start, end)


def _is_proper(article: Article, span: Span) -> bool:
    return article.paragraphs[article.paragraph_at(span.start)].zone is not Zone.BOILERPLATE


def _naming(article: Article, source: Source, span: Span) -> Quotation | None:
    """The quotation that stands for this span and no other, with as few words beside it as that takes."""
    plain = _quotation(tidy(span.of(article.text)))
    low = max(0, span.start - BESIDE)
    before = tidy(article.text[low : span.start]).split()[1 if low else 0 :]
    after = tidy(article.text[span.end : span.end + BESIDE]).split()
    ways = [plain]
    ways += (replace(plain, prefix=" ".join(before[-number:])) for number in _numbers(before))
    ways += (replace(plain, suffix=" ".join(after[:number])) for number in _numbers(after))
    ways.append(replace(plain, prefix=" ".join(before) or None, suffix=" ".join(after) or None))
    return next((way for way in ways if _names(article, source, way, span)), None)


def _numbers(words: Sequence[str]) -> Sequence[int]:
    """How many words to try: three at least, where there are as many."""
    return range(min(3, len(words)), len(words) + 1) if words else ()


def _names(article: Article, source: Source, quotation: Quotation, span: Span) -> bool:
    passage = find_quotation(article, source, quotation).value
    return (
        passage is not None
        and tidy(passage.span.of(article.text)) == tidy(span.of(article.text))
        and (passage.span.start == span.start or passage.span.end == span.end)
    )


def with_key(article: Article, source: Source, quotation: Quotation, words: str) -> Quotation | Diagnostic:
    """The quotation with these key words, in the article's own letters; or why they are none."""
    at = quotation.exact.casefold().find(tidy(words).casefold())
    same_length = len(quotation.exact.casefold()) == len(quotation.exact)
    own = quotation.exact[at : at + len(tidy(words))] if at >= 0 and same_length else tidy(words)
    keyed = replace(quotation, key=(*quotation.key, own))
    checked = find_quotation(article, source, keyed)
    return checked.diagnostics[0] if checked.diagnostics else keyed


def _quotation(exact: str) -> Quotation:
    return Quotation(exact, None, None, (), frozenset(), Place(""))


def tidy(text: str) -> str:
    """`text` on one line, without what cannot be seen."""
    return " ".join("".join(char for char in text if char not in INVISIBLE).split())


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
