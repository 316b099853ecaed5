"""How much of an article is shown: everything that any page prints of it, counted once."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import SOURCES, analysis_of, article_of, quotation_of, sample, scalar, small, source_of

from builder.analysis.coverage import Coverage, merge, overlapping, widened
from builder.anchor import find_quotation
from builder.article import CONTEXT, SHORT, Article, Zone
from builder.model import Passage
from builder.text import Span, cuts_word

TEXT = (
    "The first sentence ends here. In the second one, both ministers met on Monday, and the talks went on. "
    "Then “it ended.” A last one."
)


def passage(article: Article, exact: str) -> Passage:
    found = find_quotation(article, source_of(), quotation_of(exact)).value
    assert found
    return found


def context(exact: str, text: str = TEXT) -> tuple[str, str]:
    found = passage(article_of(text), exact)
    return found.before.of(text), found.after.of(text)


# ---- context ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("exact", "around"),
    [
        ("both ministers met", ("In the second one, ", " on Monday, and the")),
        ("both ministers met on Monday, and the", ("", "")),
        ("first sentence", ("The ", " ends here.")),
        ("The first", ("", " sentence ends here.")),
        ("ends here", ("The first sentence ", ".")),
        ("ends here.", ("The first sentence ", "")),
        ("In the second", ("", " one, both ministers")),
        ("it ended", ("Then “", ".”")),
        ("it ended.", ("Then “", "")),
        ("A last", ("", " one.")),
        ("one.", ("A last ", "")),
    ],
)
def test_short_quotations_have_the_words_of_their_sentence_around_them(exact: str, around: tuple[str, str]) -> None:
    assert context(exact) == around


def test_context_stays_in_its_paragraph() -> None:
    text = f"{'x ' * 60}\nOne ends\nHere they met\nand so on"
    assert context("they met", text) == ("Here ", "")


def test_a_long_word_beside_is_no_context() -> None:
    assert context("met", f"{'x' * 40} met {'y' * 40}") == ("", "")


@pytest.mark.parametrize(
    ("text", "around"),
    [
        ("aaaa " * 8 + "met" + " bbbb" * 8, ("aaaa " * 4, " bbbb" * 4)),
        ("aaaa " * 8 + "a met b" + " bbbb" * 8, ("aaaa " * 3 + "a ", " b" + " bbbb" * 3)),
        ("One. Aaa aaaa aaaa aaaa met bbbb bbbb bbbb bbb. Two.", ("Aaa aaaa aaaa aaaa ", " bbbb bbbb bbbb bbb.")),
        ("Did “he”? Yes he met her!” he said.", ("Yes he ", " her!”")),
        ("Version 2.5 met 3.5 of it", ("Version 2.5 ", " 3.5 of it")),
    ],
)
def test_context_ends_with_a_word_at_its_limit_or_with_the_sentence(text: str, around: tuple[str, str]) -> None:
    assert context("met", text) == around


@given(
    st.lists(st.sampled_from(["a", "bb.", "cccc", "d!”", "eeeeeeee,", "2.5", "“f"]), max_size=12), st.integers(0, 12)
)
def test_context_never_leaves_the_sentence_or_cuts_a_word(words: list[str], at: int) -> None:
    text = " ".join([*words[:at], "met", *words[at:]])
    before, after = context("met", text)
    assert set(before.split()) | set(after.split()) <= set(words)
    assert not any(word.endswith((".", "!”")) for word in before.split())
    assert not any(word.endswith((".", "!”")) for word in after.split()[:-1])


SOURCE_IDS = ["mercopress", "b-unnamed", "mothership", "worldys-news", "e-unnamed"]


@given(st.data())
def test_context_is_short_whole_and_beside_the_quotation(data: st.DataObject) -> None:
    anchored = sample().anchored
    passages = [p for found in anchored.evidence.values() for p in found]
    one = data.draw(st.sampled_from(passages))
    article = anchored.articles[one.source]
    before, after = one.before, one.after
    assert before.end == one.span.start
    assert after.start == one.span.end
    assert before.end - before.start <= CONTEXT
    assert after.end - after.start <= CONTEXT
    assert not cuts_word(article.text, before.start)
    assert not cuts_word(article.text, after.end)
    paragraph = article.paragraphs[one.paragraph].span
    assert paragraph.start <= before.start
    if len(one.span.of(article.text).split()) >= SHORT and len(one.parts) == 1:
        assert before.start == before.end
        assert after.start == after.end


# ---- shares -------------------------------------------------------------------------------------------------------


def coverage(claims: str, timeline: str | None = None, **more: str) -> Coverage:
    return analysis_of(small(claims=claims, timeline=timeline, **more)).coverage["one"]


def claim(*quotes: str) -> str:
    listed = ", ".join(map(scalar, quotes))
    return f"met: {{claim: C., topic: talks, evidence: {{one: {{stance: supports, quote: [{listed}]}}}}}}"


def test_words_are_counted_once_however_often_they_are_quoted() -> None:
    once = coverage(claim("The talks lasted two hours. It"))
    assert (once.words, once.of, once.percent) == (6, 17, 35)
    twice = coverage(claim("The talks lasted two hours. It", "lasted two hours. It was a"))
    assert (twice.words, len(twice.shown)) == (8, 1)


def test_what_is_left_out_is_not_shown() -> None:
    assert coverage(claim("The ministers met on Thursday […] two hours. It was a")).words == 5 + 5


def test_context_counts_as_shown() -> None:
    assert coverage(claim("lasted two")).words > 2


def test_events_horizons_and_outlooks_count() -> None:
    timeline = "meeting: {title: M, date: 2024, evidence: {one: The ministers met on Thursday in}}"
    sources = SOURCES.replace(
        "siglum: A",
        "siglum: A\n    known_through: {date: 2024, quote: The talks lasted}\n"
        "    looks_ahead: {event: meeting, quote: a short one}",
    )
    shown = coverage("{}", timeline=timeline, sources=sources)
    assert shown.words == 6 + 3 + 3


def test_headlines_count_and_boilerplate_does_not() -> None:
    sources = SOURCES.replace("article: one.txt", "article: one.txt\n    headline: Talks end")
    text = "Talks end\n\nThe ministers met and it was a short one.\n\nAdvertisement and more of it"
    shown = coverage("{}", sources=sources, one=text)
    assert (shown.words, shown.of) == (2, 11)


def test_an_article_that_nothing_is_quoted_from_is_not_shown() -> None:
    assert coverage("{}") == Coverage((), 0, 17)
    assert Coverage((), 0, 0).percent == 0


def test_the_share_is_rounded_down() -> None:
    assert Coverage((), 2, 3).percent == 66
    assert Coverage((), 999, 1000).percent == 99


@pytest.mark.parametrize("source", SOURCE_IDS)
def test_the_sample_shows_what_its_passages_say(source: str) -> None:
    analysis = sample()
    article, shown = analysis.anchored.articles[source], analysis.coverage[source].shown
    for (_, of), passages in analysis.anchored.evidence.items():
        if of == source:
            assert all(any(part.span in span for span in shown) for passage in passages for part in passage.parts)
    for paragraph in article.paragraphs:
        if paragraph.zone is Zone.HEADLINE:
            assert any(paragraph.span in span for span in shown)
    assert analysis.coverage[source].words <= analysis.coverage[source].of == article.word_count


@pytest.mark.parametrize("source", SOURCE_IDS)
def test_the_words_shown_are_those_that_lie_in_what_is_shown(source: str) -> None:
    analysis = sample()
    article, coverage = analysis.anchored.articles[source], analysis.coverage[source]
    assert coverage.words == sum(any(Span(*ends) in span for span in coverage.shown) for ends in article.words)


SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda ends: Span(min(ends), max(ends))), max_size=8
)


@given(SPANS)
def test_a_union_holds_the_same_characters_in_disjoint_spans(spans: list[Span]) -> None:
    union = merge(spans)
    held = {at for span in union for at in range(span.start, span.end)}
    assert held == {at for span in spans for at in range(span.start, span.end)}
    assert all(one.end < other.start for one, other in pairwise(union))
    assert all(span.start < span.end for span in union)


@given(SPANS, st.integers(0, 30), st.integers(1, 10))
def test_what_overlaps_a_span_is_found(spans: list[Span], start: int, length: int) -> None:
    shown, span = merge(spans), Span(start, start + length)
    assert list(overlapping(shown, span)) == [one for one in shown if one.start < span.end and span.start < one.end]


def test_more_words_are_counted_with_those_that_were_shown() -> None:
    analysis = analysis_of(small(claims=claim("The ministers met on Thursday in"), timeline=None))
    articles, before = analysis.anchored.articles, analysis.coverage
    wider = widened(before, articles, [("one", Span(0, 12)), ("one", Span(41, 50))])
    assert articles["one"].text[41:50] == "The talks"
    assert (before["one"].words, wider["one"].words) == (6, 8)
    assert wider["two"] is before["two"]
