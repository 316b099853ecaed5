"""Where sentences end, in several languages, and in whatever anybody may send."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import article_of, sample

from builder.article import Zone
from builder.extracting.sentences import LONGEST, sentences_in, sentences_of
from builder.text import Span


def split(text: str, language: str = "en") -> list[str]:
    return [span.of(text) for span in sentences_in(text, Span(0, len(text)), language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "They met on Sunday.|It lasted an hour."),
        ("en", "The China-U.S. relationship is at its lowest point.|Both sides said so."),
        ("en", "In the U.S. the law holds at 5.5 per cent.|He left at 10 a.m. on Monday."),
        ("en", "He said: “I came. I saw.”|Then he left."),
        ("en", "On Sunday (Jun. 18), J. Doe met M. Macron.|It took approx. five hours."),
        ("en", "1. The first point.|2. The second point."),
        ("en-GB", "Dr. Smith and Mr. Jones spoke.|“Is it?” he asked."),
        ("de", "Am 18. Juni kam Dr. Meier.|„Ja.“|Er ging."),
        ("fr", "M. Macron est venu.|« Oui. »|Il est parti."),
        ("zh", "他来了。|她走了！|你好吗？"),
        ("hi", "वह आया।|वह गया।"),
        ("ar", "مرحبا.|كيف حالك؟|جيد"),
        ("qq", "No language has this code.|It does not matter."),
    ],
)
def test_sentences_end_where_a_reader_sees_them_end(language: str, text: str) -> None:
    sentences = text.split("|")
    joined = ("" if language == "zh" else " ").join(sentences)
    assert split(joined, language) == sentences


def test_what_is_no_word_is_no_sentence() -> None:
    assert split("— * * *") == []
    assert split("  \n") == []


def test_boilerplate_has_no_sentences_and_every_other_zone_has() -> None:
    article = article_of(
        "Menu. Home.\n\nThe headline\n\nIt began. It went on.\n\nA photo\n\nAdvert. Buy.\n\nThe end.\n\nFooter.",
        headline=["The headline"],
        body=["It began.", "The end."],
        captions=["A photo"],
        boilerplate=["Advert."],
    )
    found = [(s.span.of(article.text), article.paragraphs[s.paragraph].zone) for s in sentences_of(article, "en")]
    assert found == [
        ("The headline", Zone.HEADLINE),
        ("It began.", Zone.BODY),
        ("It went on.", Zone.BODY),
        ("A photo", Zone.CAPTION),
        ("The end.", Zone.BODY),
    ]


def test_the_words_of_the_sample_all_stand_in_sentences() -> None:
    anchored = sample().anchored
    for source, article in anchored.articles.items():
        sentences = sentences_of(article, "en")
        assert sum(article.words_in(sentence.span) for sentence in sentences) == article.word_count, source
        assert not [one for one in sentences if one.span.of(article.text).endswith("-U.")]


def test_a_paragraph_longer_than_any_is_divided_at_a_space() -> None:
    text = "word, " * LONGEST
    pieces = split(text)
    assert max(map(len, pieces)) <= LONGEST
    assert " ".join(pieces) == text.strip()
    assert len(split("a" * 3 * LONGEST)) == 3


@given(
    st.text(alphabet="ab .!?\n\r\t“”()«»。\u202e\U0001f600e\u0301", max_size=80),
    st.sampled_from(["en", "zh", "fr", ""]),
)
def test_sentences_are_in_order_and_lose_no_letter(text: str, language: str) -> None:
    spans = list(sentences_in(text, Span(0, len(text)), language))
    at = 0
    for span in spans:
        assert not any(map(str.isalnum, text[at : span.start]))
        assert span.of(text) == span.of(text).strip() != ""
        at = span.end
    assert not any(map(str.isalnum, text[at:]))
