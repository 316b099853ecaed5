"""Where an article has a curator's words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import article_of, sample, source_of

from builder.anchor import find_quotation
from builder.claiming.locating import MOST, Found, around, find, with_key
from builder.diagnostics import Diagnostic
from builder.model import Quotation

TEXT = (
    "The ministers met on Thursday in Geneva. The talks lasted two hours, it was said.\n\n"
    "They met on Thursday again, for “two” short talks.\n\n"
    "Footer: all rights met on Thursday\n"
)
ARTICLE = article_of(TEXT, body=("The ministers", "short talks."))
BEFORE = "The ministers"


def found(words: str) -> list[Found]:
    result = find(ARTICLE, source_of(), words)
    assert isinstance(result, list)
    return result


def one(words: str) -> Found:
    (only,) = found(words)
    return only


def fault(words: str) -> Diagnostic:
    result = find(ARTICLE, source_of(), words)
    assert isinstance(result, Diagnostic)
    return result


def test_the_words_themselves_are_taken_as_they_are() -> None:
    taken = one("lasted two hours")
    assert taken.quotation.exact == "lasted two hours"
    assert (taken.quotation.prefix, taken.quotation.suffix) == (None, None)
    assert (taken.other_words, taken.other_marks) == ("", False)


@pytest.mark.parametrize(
    ("words", "exact"),
    [
        ("LASTED two Hours", "lasted two hours"),
        ('for "two" short', "for “two” short"),
        ("lasted two  hours", "lasted two hours"),
        ("again for two short talks", "again, for “two” short talks"),
    ],
)
def test_other_letters_marks_and_spaces_are_the_articles(words: str, exact: str) -> None:
    taken = one(words)
    assert taken.quotation.exact == exact
    assert taken.other_words == ""
    assert taken.other_marks == (" ".join(words.split()) != exact)


@pytest.mark.parametrize(
    ("words", "exact", "told"),
    [
        ("talks lasted three hours", "talks lasted two hours", "“two”, not “three”"),
        ("talks took two hours", "talks lasted two hours", "“lasted”, not “took”"),
        ("asted two hour", "lasted two hours", "parts of words"),
    ],
)
def test_other_words_are_offered_and_named(words: str, exact: str, told: str) -> None:
    taken = one(words)
    assert taken.quotation.exact == exact
    assert told in taken.other_words


def test_words_that_stand_twice_are_told_apart_by_what_stands_beside_them() -> None:
    first, second = found("met on Thursday")
    assert (first.quotation.prefix, first.quotation.suffix) == (BEFORE, None)
    assert second.quotation.prefix == "was said. They"
    for each in (first, second):
        passage = find_quotation(ARTICLE, source_of(), each.quotation).value
        assert passage is not None
        assert passage.span == each.span


def test_what_the_article_only_says_in_its_footer_is_no_place() -> None:
    assert len(found("met on Thursday")) == 2
    assert fault("all rights").code == "quotation-boilerplate"


@pytest.mark.parametrize("words", ["", "   ", "zebras graze quietly", "[…]", "Zebras […] graze", "“”", "x" * 3001])
def test_what_is_not_there_is_told(words: str) -> None:
    assert fault(words).message


def test_parts_are_verified_as_parts() -> None:
    assert one("The talks […] two hours").quotation.exact == "The talks […] two hours"
    assert one("[Both] ministers met on").quotation.exact == "[Both] ministers met on"
    assert isinstance(find(ARTICLE, source_of(), "The talks […] three hours"), Diagnostic)


def test_words_over_the_end_of_a_paragraph_are_refused() -> None:
    assert fault("it was said. They met").code == "quotation-paragraphs"


def test_words_that_stand_everywhere_need_more_of_them() -> None:
    article = article_of("ha " * (MOST + 1) + "end")
    result = find(article, source_of(), "ha")
    assert isinstance(result, Diagnostic)
    assert result.message == f"These words stand {MOST + 1} times in one.txt."


def test_the_first_of_two_places_may_be_named_by_what_follows_it() -> None:
    result = find(article_of("ha ha"), source_of(), "ha")
    assert isinstance(result, list)
    assert [(each.quotation.prefix, each.quotation.suffix) for each in result] == [(None, "ha"), ("ha", None)]


def test_every_passage_that_the_sample_quotes_is_found_from_its_own_words() -> None:
    anchored = sample().anchored
    sources = {source.id: source for source in anchored.briefing.sources}
    tried = 0
    for (_, id_), passages in list(anchored.evidence.items())[::4]:
        for passage in passages:
            article = anchored.articles[id_]
            result = find(article, sources[id_], passage.quoted(article.text))
            assert isinstance(result, list)
            assert passage.span in [each.span for each in result]
            tried += 1
    assert tried > 20


@given(st.text(alphabet="The talks“two” […]\n\u200b.é", max_size=30))
def test_whatever_is_typed_what_is_found_is_verified(words: str) -> None:
    result = find(ARTICLE, source_of(), words)
    for each in result if isinstance(result, list) else ():
        assert find_quotation(ARTICLE, source_of(), each.quotation).value is not None


def test_what_stands_around_a_passage_is_cut_to_whole_words() -> None:
    place, before, words, after = around(ARTICLE, one("two hours").span)
    assert (place.file, place.line, place.column) == ("seeds/one.txt", 1, 59)
    assert (before, words, after) == (
        "The ministers met on Thursday in Geneva. The talks lasted ",
        "two hours",
        ", it was said. They met on Thursday again, for “two” short …",
    )


# ---- key words ---------------------------------------------------------------------------------------------------


def test_key_words_are_the_articles_own() -> None:
    keyed = with_key(ARTICLE, source_of(), one("The talks lasted two hours").quotation, "TWO hours")
    assert isinstance(keyed, Quotation)
    assert keyed.key == ("two hours",)


@pytest.mark.parametrize("key", ["three hours", "wo hours", "", "Geneva"])
def test_key_words_that_do_not_stand_in_the_quotation_are_refused(key: str) -> None:
    assert isinstance(with_key(ARTICLE, source_of(), one("lasted two hours").quotation, key), Diagnostic)
