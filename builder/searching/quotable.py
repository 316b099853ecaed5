"""Words of an article as a curator can quote them: an evidence entry, ready to paste, that is sure to be found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from textwrap import indent

from builder.anchor import find_quotation
from builder.article import Article
from builder.diagnostics import Place
from builder.documents import EvidenceEntry
from builder.model import Quotation, Source
from builder.text import Span, fold_needle, on_one_line, whole_words
from builder.validation import validate
from builder.yamldoc import Data, parse_yaml
from builder.yamltext import entries, scalar

INDENT = 4
"""Spaces before a source's id below `evidence:` of a claim."""
CHOICES = "supports, qualifies, contradicts or silent"
MOST_TWINS = 200
"""Places where the same words stand; beyond them nobody could tell one from the other."""
_BESIDE = (3, 4, 6, 8, 12, 16, 24, 32)
"""So many words before or after a quotation are tried, until no other place has them."""
_FAR = 400  # code points before or after a quotation; among them those words are


def typed(exact: str, prefix: str | None = None, suffix: str | None = None) -> Quotation:
    """A quotation that stands in no file yet."""
    return Quotation(exact, prefix, suffix, (), frozenset(), Place(""))


def quotation_of(article: Article, source: Source, span: Span) -> Quotation | None:
    """The quotation that stands for `article.text[span]` and no other place, with as few words beside it as that takes.

    None where these words cannot be quoted: in boilerplate, over a paragraph's end, cut inside a word, or the same as
    so many others that no words beside them tell which they are.
    """
    text = article.text
    every = article.folded.find_all(fold_needle(span.of(text)))
    twins = len(list(islice((twin for twin in every if whole_words(text, twin) == twin), MOST_TWINS + 1)))
    ways = _ways(text, span, alone=twins < 2) if twins <= MOST_TWINS else ()
    return next((way for way in ways if _names(article, source, way, span)), None)


def _ways(text: str, span: Span, *, alone: bool) -> Iterator[Quotation]:
    """Ways to quote words, the shortest first: by themselves, with words before, after, or both."""
    quote = on_one_line(span.of(text))
    yield typed(quote)
    if alone:
        return
    before = on_one_line(text[max(0, span.start - _FAR) : span.start]).split()[1 if span.start > _FAR else 0 :]
    after = on_one_line(text[span.end : span.end + _FAR]).split()[: -1 if span.end + _FAR < len(text) else None]
    prefixes = [" ".join(before[-number:]) for number in _BESIDE if before]
    suffixes = [" ".join(after[:number]) for number in _BESIDE if after]
    yield from (typed(quote, prefix) for prefix in dict.fromkeys(prefixes))
    yield from (typed(quote, None, suffix) for suffix in dict.fromkeys(suffixes))
    yield from (typed(quote, prefix, suffix) for prefix, suffix in zip(prefixes, suffixes, strict=False))


def _names(article: Article, source: Source, quotation: Quotation, span: Span) -> bool:
    """Whether a quotation is found at that place and no other."""
    passage = find_quotation(article, source, quotation).value
    return passage is not None and passage.span == span and len(passage.parts) == 1


def evidence_entry(article: Article, source: Source, span: Span) -> str | None:
    """The YAML of an evidence entry that quotes `article.text[span]`, its stance left open.

    None where these words cannot be quoted, or are more than a quotation may have.
    """
    quotation = quotation_of(article, source, span)
    if quotation is None:
        return None
    keys = {"quote": quotation.exact, "prefix": quotation.prefix, "suffix": quotation.suffix}
    data: dict[str, Data] = {key: words for key, words in keys.items() if words}
    if not _is_read(quotation, data):
        return None
    return indent(f"{scalar(source.id)}:\n  stance:  # {CHOICES}\n{entries(data, 2)}", " " * INDENT)


def _is_read(quotation: Quotation, data: Mapping[str, Data]) -> bool:
    """Whether an entry, read as the check reads it, holds just this quotation."""
    node = parse_yaml("", entries({"stance": "supports", **data})).value
    entry = validate(EvidenceEntry, node).value if node else None
    if entry is None or len(entry.quote) != 1:
        return False
    return typed(entry.quote[0].exact, entry.prefix, entry.suffix) == quotation
