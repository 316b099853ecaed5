"""Where words stand: letter by letter, in other capitals, or nearly."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import article_of, sample, source_of

from builder.article import Mode, Zone
from builder.searching.finding import MOST_ALIKE, Hit, How, Shelved, find, loose, shelf_of
from builder.text import cuts_word, fold_text

TEXT = "The talks lasted “five and a half hours”, he said. THE TALKS went on. Strassen, Straßen."


def found(text: str, words: str) -> list[tuple[str, How]]:
    return [(hit.span.of(text), hit.how) for hit in find([loose("one.txt", text)], words)]


def test_every_place_is_found_those_with_the_same_capitals_first() -> None:
    assert found(TEXT, "THE TALKS") == [("THE TALKS", How.VERBATIM), ("The talks", How.CASE)]


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("alf hou", "half hours"),
        ('"five and', "“five and"),
        ("went  on", "went on"),
        ("STRASSEN", "Strassen"),
        ("straße", "Straßen"),
    ],
)
def test_a_place_is_whole_words_of_the_article(words: str, whole: str) -> None:
    assert whole in [text for text, _ in found(TEXT, words)]


def test_a_letter_that_folds_to_two_is_found_by_either() -> None:
    assert [text for text, _ in found("Die Straßen, die STRASSEN.", "strassen")] == ["Straßen", "STRASSEN"]
    assert found("Die Straßen.", "Strasse") == [("Straßen", How.CASE)]


def test_places_within_one_word_are_one() -> None:
    assert found("Bananas, banana", "an") == [("Bananas", How.VERBATIM), ("banana", How.VERBATIM)]
    assert len(found("a" * 5000, "aa")) == 1


def test_of_scripts_without_spaces_only_what_was_asked_is_marked() -> None:
    assert found("双方举行了会谈。", "会谈") == [("会谈", How.VERBATIM)]


def test_what_is_nearly_the_same_says_in_what_it_differs() -> None:
    (hit,) = find([loose("one.txt", TEXT)], "the talks lasted six and a half hours")
    assert hit.how is How.NEARLY
    assert hit.span.of(TEXT) == "The talks lasted “five and a half hours"
    assert "it has “The”, not “the”" in hit.told
    assert "it has “five”, not “six”" in hit.told
    assert "five" in [span.of(TEXT) for span in hit.differing]


def test_the_likest_come_first_and_only_a_few_are_shown() -> None:
    texts = [f"They {'so ' * number}gladly agreed to open seven new ports." for number in range(8)]
    shelf = [loose(f"{number}.txt", text) for number, text in enumerate(texts)]
    hits = find(shelf, "gladly agreed to open seven old ports")
    assert len(hits) == MOST_ALIKE
    assert {hit.how for hit in hits} == {How.NEARLY}
    likenesses = [hit.likeness for hit in hits]
    assert likenesses == sorted(likenesses, reverse=True)
    closer = find(
        [loose("far.txt", "They agreed to shut two old ports."), *shelf[:1]], "agreed to open seven old ports"
    )
    assert closer[0].shelved.article.name == "0.txt"


def test_an_article_with_the_words_is_not_searched_for_others_but_the_rest_are() -> None:
    shelf = [
        loose("one.txt", "He held frank and long talks. Also frank and short talks."),
        loose("two.txt", "frank and brief talks"),
    ]
    hits = find(shelf, "frank and long talks")
    assert [(hit.shelved.article.name, hit.how) for hit in hits] == [("one.txt", How.VERBATIM), ("two.txt", How.NEARLY)]


def test_of_one_word_others_like_it_are_shown_only_where_it_stands_nowhere() -> None:
    shelf = [loose("one.txt", "fruitful talks"), loose("two.txt", "fruitless talks")]
    assert [hit.how for hit in find(shelf, "fruitful")] == [How.VERBATIM]
    assert [hit.span.of("fruitful talks") for hit in find(shelf[:1], "fruitfull")] == ["fruitful"]


@pytest.mark.parametrize("words", ["zebras graze quietly", "…", "", "\u200b"])
def test_what_stands_nowhere_is_not_found(words: str) -> None:
    assert find([loose("one.txt", TEXT)], words) == []


def test_a_place_knows_its_zone_and_quotation_marks() -> None:
    text = "Headline here\n\nHe said “the end here”.\n\nFooter here"
    article = article_of(text, headline=["Headline here"], body=["He said", "here”."])
    hits = find([Shelved(article, source_of(), "case")], "here")
    assert [(hit.zones, hit.mode) for hit in hits] == [
        ((Zone.HEADLINE,), Mode.INDIRECT),
        ((Zone.BODY,), Mode.DIRECT),
        ((Zone.BOILERPLATE,), Mode.INDIRECT),
    ]
    (over,) = find([Shelved(article, source_of(), "case")], "end here”. Footer")
    assert over.zones == (Zone.BODY, Zone.BOILERPLATE)


def test_the_shelf_has_the_articles_that_could_be_read_in_the_order_of_the_sources() -> None:
    anchored = sample().anchored
    some = {source: anchored.articles[source] for source in ("e-unnamed", "mercopress")}
    assert [one.source.siglum for one in shelf_of(anchored.briefing, some) if one.source] == ["A", "E"]


def test_every_quotation_of_the_sample_is_found_where_it_was_anchored() -> None:
    anchored = sample().anchored
    for (_, source), passages in anchored.evidence.items():
        shelf = shelf_of(anchored.briefing, {source: anchored.articles[source]})
        for part in (part for passage in passages for part in passage.parts):
            hits = find(shelf, part.span.of(anchored.articles[source].text))
            assert any(part.span in hit.span for hit in hits if hit.how is How.VERBATIM)


@given(st.text(alphabet="abß İ.’'-\n会谈\u0301", max_size=40), st.text(alphabet="abß İ.'会谈\u0301", max_size=6))
def test_any_text_can_be_searched(text: str, words: str) -> None:
    article_text = text + "\nend"
    hits: list[Hit] = find([loose("one.txt", article_text)], words)
    for hit in hits:
        assert hit.span.of(article_text)
        if hit.how is not How.NEARLY:
            assert not cuts_word(article_text, hit.span.start)
            assert not cuts_word(article_text, hit.span.end)
            assert fold_text(words).strip().casefold() in fold_text(hit.span.of(article_text)).casefold()
    spans = [hit.span for hit in sorted(hits, key=lambda hit: hit.span) if hit.how is not How.NEARLY]
    assert all(one.end <= other.start for one, other in pairwise(spans))
