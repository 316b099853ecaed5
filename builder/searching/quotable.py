"""Words of an article as a curator can quote them: an evidence entry, ready to paste, that is sure to be found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import indent

from builder.anchor import find_quotation
from builder.article import Article
from builder.diagnostics import Place
from builder.documents import EvidenceEntry
from builder.model import Quotation, Source
from builder.text import INVISIBLE, Span, fold_needle
from builder.validation import validate
from builder.yamldoc import Data, parse_yaml
from builder.yamltext import entries, scalar

INDENT = 4
"""Spaces before a source's id below `evidence:` of a claim."""
CHOICES = "supports, qualifies, contradicts or silent"
MOST_TWINS = 200
"""Places where the same words stand; beyond them nobody could tell one from the other."""
_BESIDE = (2, 3, 4, 6, 8, 12, 16, 24, 32)
"""So many words before or after a quotation are tried, until no other place has them."""
_FAR = 400  # code points before or after a quotation; among them those words are


def evidence_entry(article: Article, source: Source, span: Span) -> str | None:
    """The YAML of an evidence entry that quotes `article.text[span]`, its stance left open.

    None where these words cannot be quoted: in boilerplate, over a paragraph's end, cut inside a word, too long, or the
    same as so many others that no words beside them tell which they are.
    """
    twins = 0
    for twins, _ in enumerate(article.folded.find_all(fold_needle(span.of(article.text))), 1):
        if twins > MOST_TWINS:
            return None
    for data in _ways(article.text, span, alone=twins < 2):
        if _is_found(article, source, span, data):
            entry = f"{scalar(source.id)}:\n  stance:  # {CHOICES}\n{entries(data, 2)}"
            return indent(entry, " " * INDENT)
    return None


def one_line(text: str) -> str:
    """`text` on one line, without what cannot be seen; that makes no difference to a quotation."""
    return " ".join("".join(char for char in text if char not in INVISIBLE).split())


def _ways(text: str, span: Span, *, alone: bool) -> Iterator[dict[str, Data]]:
    """Ways to quote words, the shortest first: by themselves, with words before, after, or both."""
    quote = one_line(span.of(text))
    yield {"quote": quote}
    if alone:
        return
    before = one_line(text[max(0, span.start - _FAR) : span.start]).split()[1 if span.start > _FAR else 0 :]
    after = one_line(text[span.end : span.end + _FAR]).split()[: -1 if span.end + _FAR < len(text) else None]
    prefixes = [" ".join(before[-number:]) for number in _BESIDE if before]
    suffixes = [" ".join(after[:number]) for number in _BESIDE if after]
    for prefix in dict.fromkeys(prefixes):
        yield {"quote": quote, "prefix": prefix}
    for suffix in dict.fromkeys(suffixes):
        yield {"quote": quote, "suffix": suffix}
    for prefix, suffix in zip(prefixes, suffixes, strict=False):
        yield {"quote": quote, "prefix": prefix, "suffix": suffix}


def _is_found(article: Article, source: Source, span: Span, data: Mapping[str, Data]) -> bool:
    """Whether an entry, read as the check reads it, is found at that place and no other."""
    node = parse_yaml("", entries({"stance": "supports", **data})).value
    entry = validate(EvidenceEntry, node).value if node else None
    if entry is None or len(entry.quote) != 1:
        return False
    quotation = Quotation(entry.quote[0].exact, entry.prefix, entry.suffix, (), frozenset(), Place(""))
    passage = find_quotation(article, source, quotation).value
    return passage is not None and passage.span == span and len(passage.parts) == 1
