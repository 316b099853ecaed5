"""Zones, and what an article itself puts inside quotation marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import article_of, sample

from builder.article import Article, Mode, Zone, ZoneFault, ZoneWords, context_of, read_article
from builder.text import Span, count_words, fold

PAGE = """Site name

Talks end

By A. Writer

Minister Li arrives. Photo

The talks ended on Monday. They were long.

Advertisement

They will go on. Share this!

Talks end: more like this
"""
WORDS = ZoneWords(["Talks end"], ("The talks", "will go on."), ["Minister Li"], ["Advertisement"])


def zones(words: ZoneWords, text: str = PAGE) -> list[tuple[str, Zone, int]]:
    article, faults = read_article("one.txt", text, words)
    assert faults == []
    return [(p.span.of(text), p.zone, p.number) for p in article.paragraphs]


def faults(words: ZoneWords) -> list[ZoneFault]:
    return read_article("one.txt", PAGE, words)[1]


def test_what_is_neither_headline_caption_nor_body_is_boilerplate() -> None:
    assert zones(WORDS) == [
        ("Site name", Zone.BOILERPLATE, 1),
        ("Talks end", Zone.HEADLINE, 1),
        ("By A. Writer", Zone.BOILERPLATE, 2),
        ("Minister Li arrives. Photo", Zone.CAPTION, 1),
        ("The talks ended on Monday. They were long.", Zone.BODY, 1),
        ("Advertisement", Zone.BOILERPLATE, 3),
        ("They will go on.", Zone.BODY, 2),
        (" Share this!", Zone.BOILERPLATE, 4),
        ("Talks end: more like this", Zone.BOILERPLATE, 5),
    ]


def test_a_headline_is_rather_a_paragraph_of_its_own() -> None:
    text = "Home News Talks end\n\nTalks end\n\nThe talks will go on."
    assert zones(ZoneWords(["Talks end"], ("The", "on."), [], []), text)[1][:2] == ("Talks end", Zone.HEADLINE)


def test_zones_are_found_whatever_the_typography() -> None:
    words = ZoneWords(["It’s  over"], ("“So”", "gone—now."), [], [])
    assert [zone for _, zone, _ in zones(words, 'It\'s over\n\n"So" it\nis gone-now.')] == [Zone.HEADLINE, Zone.BODY]


def test_the_body_runs_to_the_last_place_of_its_last_words() -> None:
    assert zones(ZoneWords([], ("One", "end."), [], []), "One end. Two end.")[0][0] == "One end. Two end."


@pytest.mark.parametrize(
    ("words", "key", "index"),
    [
        (ZoneWords([], ("The walks", "will go on."), [], []), "body", 0),
        (ZoneWords([], ("The talks", "will go off."), [], []), "body", 1),
        (ZoneWords([], ("will go on.", "The talks"), [], []), "body", 1),
        (ZoneWords(["Talks end", "Walks end"], ("The talks", "go on."), [], []), "headline", 1),
        (ZoneWords([], ("The talks", "go on."), ["arrives. Photo The talks"], []), "captions", 0),
        (ZoneWords([], ("The talks", "go on."), [], ["Advert", "none"]), "boilerplate", 1),
    ],
)
def test_words_that_mark_no_zone_are_named(words: ZoneWords, key: str, index: int) -> None:
    assert [(fault.key, fault.index) for fault in faults(words)] == [(key, index)]


def test_all_wrong_words_are_named_at_once() -> None:
    assert len(faults(ZoneWords(["no"], ("none", "nor"), [], ["neither"]))) == 4
    assert len(faults(ZoneWords(["no"], ("The talks", "go on."), ["nor"], ["neither"]))) == 3


def test_the_article_proper_is_counted_without_boilerplate() -> None:
    assert read_article("one.txt", PAGE, WORDS)[0].word_count == 2 + 4 + 8 + 4


@given(st.integers(0, len(PAGE)), st.integers(0, len(PAGE)))
def test_the_words_of_a_part_are_those_that_lie_in_it(one: int, other: int) -> None:
    article = read_article("one.txt", PAGE, WORDS)[0]
    part = Span(min(one, other), max(one, other))
    assert article.words_in(part) == sum(Span(*ends) in part for ends in article.words)


def test_the_words_of_a_paragraph_are_counted_as_those_of_its_text() -> None:
    article = read_article("one.txt", PAGE, WORDS)[0]
    for paragraph in article.paragraphs:
        count = 0 if paragraph.zone is Zone.BOILERPLATE else count_words(paragraph.span.of(PAGE))
        assert article.words_in(paragraph.span) == count


def test_a_place_between_paragraphs_belongs_to_the_one_before() -> None:
    article = read_article("one.txt", PAGE, WORDS)[0]
    assert article.paragraph_at(0) == 0
    assert article.paragraph_at(PAGE.index("Talks end") - 1) == 0
    assert article.paragraph_at(PAGE.index("Talks end")) == 1
    assert article.paragraph_at(len(PAGE)) == 8


def test_an_empty_text_has_no_paragraphs() -> None:
    article, wrong = read_article("one.txt", "", WORDS)
    assert (article.paragraphs, article.word_count, len(wrong)) == ((), 0, 5)


def test_the_sample_marks_every_zone() -> None:
    articles = sample().anchored.articles
    assert {p.zone for article in articles.values() for p in article.paragraphs} == set(Zone)


# ---- inside quotation marks, or not ----------------------------------------------------------------------------


MARKS = st.text(st.sampled_from(list("ab .,\n“”‘’\"'„‚‟«»‹›「」『』é")), max_size=60)


@given(MARKS, st.integers(0, 60), st.integers(0, 60))
def test_every_span_has_a_mode(text: str, one: int, other: int) -> None:
    spans = [Span(*sorted((min(one, len(text)), min(other, len(text)))))]
    article = Article("one.txt", text, fold(text), ())
    assert article.mode(spans) == (Mode.INDIRECT, False)
    mode, unclosed = article_of(text + " end").mode(spans)
    assert mode in set(Mode)
    assert not (unclosed and mode is Mode.INDIRECT and not any(c in '“"„‟«»”「『' for c in text))


@given(MARKS, st.integers(0, 60), st.integers(0, 60))
def test_a_mode_follows_from_every_quoted_passage(text: str, one: int, other: int) -> None:
    article = article_of(text + " end")
    span = Span(*sorted((min(one, len(text)), min(other, len(text)))))
    seen = {
        any(at in range(passage.span.start, passage.span.end) for passage in article.quoted)
        for at in range(span.start, span.end)
        if text[at].isalnum()
    }
    expected = Mode.MIXED if seen == {True, False} else Mode.DIRECT if seen == {True} else Mode.INDIRECT
    unclosed = any(
        max(span.start, passage.span.start) < min(span.end, passage.span.end) and not passage.closed
        for passage in article.quoted
    )
    found = article.mode([span])
    assert found[0] is expected
    assert found[1] is unclosed or span.start == span.end


@pytest.mark.parametrize(
    ("words", "mode"),
    [("so it is", Mode.DIRECT), ("“so it is”", Mode.DIRECT), ("said “so", Mode.MIXED), ("He said", Mode.INDIRECT)],
)
def test_only_words_decide_whether_a_span_is_direct(words: str, mode: Mode) -> None:
    article = article_of("He said “so it is” and left.")
    start = article.text.index(words)
    assert article.mode([Span(start, start + len(words))]) == (mode, False)


@pytest.mark.parametrize(
    ("text", "quoted", "around"),
    [
        ("渡轮停航。首航载客320人！航程很长。", "320人", ("首航载客", "！")),
        ("渡轮停航。首航载客320人！航程很长。", "首航", ("", "载客320人！")),
        ("توقفت العبارة؟ عادت اليوم. ثم مضت.", "عادت", ("", " اليوم.")),
    ],
)
def test_context_ends_where_a_sentence_does_in_any_script(text: str, quoted: str, around: tuple[str, str]) -> None:
    at = text.index(quoted)
    found = context_of(article_of(text), [Span(at, at + len(quoted))])
    assert tuple(span.of(text) for span in found) == around
