"""An entry that is offered is found again where it was taken from, and nowhere else."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import article_of, sample, source_of

from builder.anchor import find_quotation
from builder.article import Article
from builder.diagnostics import Place, printable
from builder.documents import EvidenceEntry
from builder.extracting.sentences import sentences_of
from builder.model import Quotation, Source
from builder.searching.quotable import INDENT, MOST_TWINS, evidence_entry
from builder.text import Span
from builder.validation import validate
from builder.yamldoc import parse_yaml


def span_of(article: Article, words: str, number: int = 1) -> Span:
    at = -1
    for _ in range(number):
        at = article.text.index(words, at + 1)
    return Span(at, at + len(words))


def found_again(article: Article, source: Source, entry: str) -> Span:
    """Where an entry is found that was pasted into a claim and given a stance."""
    pasted = "evidence:\n" + textwrap.dedent(entry).replace("stance:", "stance: supports", 1)
    node = parse_yaml("", textwrap.indent(pasted, "  ").replace("  evidence:\n", "", 1)).value
    assert node is not None
    assert isinstance(node.content, dict)
    checked = validate(EvidenceEntry, node.content[source.id])
    assert checked.value is not None, checked.diagnostics
    (quote,) = checked.value.quote
    quotation = Quotation(quote.exact, checked.value.prefix, checked.value.suffix, (), frozenset(), Place(""))
    passage = find_quotation(article, source, quotation).value
    assert passage is not None
    return passage.span


def test_an_entry_stands_ready_below_the_evidence_of_a_claim() -> None:
    article = article_of("The ministers met. It was late.")
    entry = evidence_entry(article, source_of(), span_of(article, "The ministers met"))
    assert entry == (
        "    one:\n      stance:  # supports, qualifies, contradicts or silent\n      quote: The ministers met\n"
    )


def test_the_stance_is_not_guessed_so_an_entry_as_printed_is_refused() -> None:
    article = article_of("The ministers met. It was late.")
    entry = evidence_entry(article, source_of(), span_of(article, "It was late.")) or ""
    node = parse_yaml("", textwrap.dedent(entry)).value
    assert node is not None
    assert isinstance(node.content, dict)
    assert [fault.code for fault in validate(EvidenceEntry, node.content["one"]).diagnostics] == ["value-unknown"]


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_words_that_stand_several_times_are_told_apart_by_those_beside_them(number: int) -> None:
    article = article_of("They met. They met. They met again.\n\nThey met")
    span = span_of(article, "They met", number)
    entry = evidence_entry(article, source_of(), span)
    assert entry is not None
    assert ("prefix:" in entry) != ("suffix:" in entry)
    assert found_again(article, source_of(), entry) == span


def test_words_in_two_quotation_marks_are_told_apart_by_their_marks() -> None:
    article = article_of("He called it “fine”. She called it 'fine'.")
    for words in ("“fine”", "'fine'"):
        span = span_of(article, words)
        entry = evidence_entry(article, source_of(), span)
        assert entry is not None
        assert found_again(article, source_of(), entry) == span


def test_what_cannot_be_seen_and_line_breaks_are_left_out() -> None:
    article = article_of("They\u00ad met  in\nGe\u200bneva \u200fnow: ok # yes. The end.")
    span = span_of(article, "They\u00ad met  in\nGe\u200bneva \u200fnow: ok # yes")
    entry = evidence_entry(article, source_of(), span)
    assert entry is not None
    assert 'quote: "They met in Geneva \\u200fnow: ok # yes"' in entry
    assert found_again(article, source_of(), entry) == span


@pytest.mark.parametrize(
    "words",
    ["Home page", "ministers m", "here.\n\nIt", " "],
    ids=["boilerplate", "cut", "over a paragraph's end", "no words"],
)
def test_what_the_check_would_refuse_is_not_offered(words: str) -> None:
    text = "Home page\n\nThe ministers met here.\n\nIt was late. They said it."
    article = article_of(text, body=["The ministers", "it."])
    assert evidence_entry(article, source_of(), span_of(article, words)) is None


def test_a_sentence_longer_than_any_quotation_may_be_is_not_offered() -> None:
    article = article_of("very long words " * 200 + "end.")
    assert evidence_entry(article, source_of(), Span(0, len(article.text))) is None
    assert evidence_entry(article, source_of(), span_of(article, "words end.")) is not None


def test_of_words_that_stand_too_often_none_is_offered() -> None:
    article = article_of("ha " * (MOST_TWINS + 1) + "end")
    assert evidence_entry(article, source_of(), Span(0, 2)) is None


def test_what_only_stands_inside_other_words_is_no_second_place() -> None:
    article = article_of("papa " * MOST_TWINS + "said a word")
    at = article.text.index(" a ") + 1
    assert evidence_entry(article, source_of(), Span(at, at + 1)) == (
        "    one:\n      stance:  # supports, qualifies, contradicts or silent\n      quote: a\n"
    )


def test_every_sentence_of_the_sample_can_be_quoted() -> None:
    anchored = sample().anchored
    for source in anchored.briefing.sources:
        article = anchored.articles[source.id]
        for sentence in sentences_of(article, "en"):
            entry = evidence_entry(article, source, sentence.span)
            assert entry is not None, sentence.span.of(article.text)
            assert found_again(article, source, entry) == sentence.span


@given(st.text(alphabet="ab :#-'\"[]{}“”\\&*!|>%@`,?\t\n\u202e\x1b\u00ad\ufeff.", min_size=1, max_size=40), st.data())
def test_an_entry_is_found_again_whatever_the_article_holds(text: str, data: st.DataObject) -> None:
    article = article_of("begin " + text + " finish.", body=["begin", "finish."])
    start = data.draw(st.integers(0, len(article.text) - 1))
    end = data.draw(st.integers(start + 1, len(article.text)))
    entry = evidence_entry(article, source_of(), Span(start, end))
    if entry is not None:
        assert all(line.startswith(" " * INDENT) for line in entry.splitlines())
        assert all(printable(line) == line for line in entry.splitlines())
        assert found_again(article, source_of(), entry) == Span(start, end)
