"""What no claim and no event rests on: whole sentences, and what is left of others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import CLAIMS, SOURCES, TIMELINE, Files, inputs_of, sample, small

from builder.analysis.coverage import merge
from builder.build import ANY_SITE, study
from builder.extracting.sentences import Sentence
from builder.searching.resting import resting
from builder.searching.unread import Unread, leftover, unread, used_spans, without_used
from builder.text import Span


def left_in(files: Files) -> tuple[Unread, str]:
    """What is left of source `one`, and its text."""
    inputs = inputs_of(files)
    studied = study(inputs.briefings[0], ANY_SITE, inputs.articles)
    assert studied is not None
    found = resting(studied.briefing, studied.articles)
    return unread(studied.briefing, studied.articles, found)["one"], studied.articles["one"].text


def shown(files: Files) -> list[str]:
    one, text = left_in(files)
    return [without_used(text, each) for each in one.sentences if each.left]


def test_what_is_used_and_what_is_left_add_up() -> None:
    one, text = left_in(small())
    assert text.startswith("The ministers met on Thursday in Geneva. The talks lasted two hours.")
    assert shown(small()) == ["The ministers […]", "The talks lasted two hours.", "It was a short one."]
    assert (one.used, one.in_part, len(one.sentences)) == (1, 1, 3)
    assert (one.coverage.words, one.coverage.of, one.coverage.percent) == (5, 17, 29)


def test_a_sentence_that_is_wholly_used_leaves_nothing() -> None:
    claims = CLAIMS.replace("met on Thursday in Geneva", "The ministers met on Thursday in Geneva", 1)
    one, _ = left_in(small(claims=claims))
    assert one.sentences[0].left == ()
    assert (one.used, one.in_part) == (1, 0)


def test_what_only_an_event_rests_on_is_used() -> None:
    timeline = TIMELINE.replace("one: met on Thursday", "one: The talks lasted two hours.")
    assert "The talks lasted two hours." not in shown(small(timeline=timeline))


@pytest.mark.parametrize("stance", ["silent", "supports"])
def test_a_silent_sources_quotation_rests_on_nothing(stance: str) -> None:
    claims = f"{CLAIMS}long:\n  claim: Long.\n  topic: talks\n  evidence:\n"
    claims += f"    one: {{stance: {stance}, quote: The talks lasted two hours}}\n"
    assert ("The talks lasted two hours." in shown(small(claims=claims))) == (stance == "silent")


def test_a_briefing_with_faults_shows_what_it_can() -> None:
    claims = CLAIMS.replace("met on Thursday in Geneva", "met on Friday")
    timeline = TIMELINE.replace("met on Thursday", "met on Saturday")
    one, _ = left_in(small(claims=claims, timeline=timeline))
    assert (one.used, one.coverage.words) == (0, 0)


def test_an_article_without_words_is_no_fault() -> None:
    sources = SOURCES.replace("body: [The ministers met, a short one.]", 'body: ["—", "—"]')
    one, _ = left_in(small(sources=sources, one="— —", claims="{}", timeline="{}"))
    assert (one.sentences, one.coverage.percent) == ((), 0)


@pytest.mark.parametrize(
    ("text", "used", "expected"),
    [
        ("He met her, and left.", ["met her"], "He […], and left."),
        ("He met her, and left.", ["He met"], "[…] her, and left."),
        ("He met her, and left.", ["left"], "He met her, and […]"),
        ("He met her, and left.", ["left."], "He met her, and […]"),
        ("He met her, and left.", ["He", "her,"], "[…] met […] and left."),
        ("He met her, and left.", [], "He met her, and left."),
        ("两国外长在日内瓦会谈。", ["日内瓦"], "两国外长在 […] 会谈。"),
    ],
)
def test_what_is_used_is_shown_as_left_out(text: str, used: list[str], expected: str) -> None:
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in used]
    assert without_used(text, leftover(text, Sentence(Span(0, len(text)), 0), spans)) == expected


def test_what_is_used_of_the_sample_and_what_is_left_are_all_of_it() -> None:
    anchored = sample().anchored
    found = resting(anchored.briefing, anchored.articles)
    used = used_spans(anchored.briefing, found)
    for source, one in unread(anchored.briefing, anchored.articles, found).items():
        article = anchored.articles[source]
        left = sum(article.words_in(span) for each in one.sentences for span in each.left)
        assert one.coverage.words + left == one.coverage.of == article.word_count
        assert one.used
        for each in one.sentences:
            touched = any(
                span.start < each.sentence.span.end and each.sentence.span.start < span.end for span in used[source]
            )
            assert each.untouched == (not touched)


@given(
    st.text(alphabet="ab ,.“”\n", max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8)), max_size=4)
)
def test_what_is_left_lies_outside_what_is_used(text: str, ends: list[tuple[int, int]]) -> None:
    text = f"x{text}x"
    used = merge(Span(min(at, len(text)), min(at + length, len(text))) for at, length in ends)
    one = leftover(text, Sentence(Span(0, len(text)), 0), used)
    covered = {at for span in used for at in range(span.start, span.end)}
    free = {at for span in one.left for at in range(span.start, span.end)}
    assert not covered & free
    assert all(at in covered | free for at, char in enumerate(text) if char.isalnum())
    assert all(span.of(text) == span.of(text).strip() for span in one.left)
    if one.left:
        assert without_used(text, one)
