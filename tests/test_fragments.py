"""Text fragments: read and searched by the rules of the specification, they lead to the very passage."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote, unquote

import pytest
import regex  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import article_of, sample

from builder.article import Article
from builder.fragments import directive, passage_address
from builder.text import Span

URL = "https://example.org/story"


# ---- a browser, by the specification -------------------------------------------------------------------------------
# https://wicg.github.io/scroll-to-text-fragment/#finding-ranges-in-a-document, over paragraphs of plain text.


def plain(text: str) -> str:
    """As a browser compares: without case, accents, and white space of more than one place."""
    spaced = re.sub(r"[ \t\n\r\f]+", " ", text)
    parted = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", spaced).casefold())
    return "".join(char for char in parted if unicodedata.category(char) != "Mn")


def ends_word(text: str, at: int) -> bool:
    return at in (0, len(text)) or regex.compile(r"\b", regex.WORD | regex.V1).match(text, at) is not None


def found(blocks: list[str], query: str, start: tuple[int, int], bounds: tuple[bool, bool]) -> tuple[int, int] | None:
    """Where a string stands first, in one block, from a place on."""
    for number in range(start[0], len(blocks)):
        at = blocks[number].find(query, start[1] if number == start[0] else 0)
        while at >= 0:
            ends = (at, at + len(query))
            if all(not bound or ends_word(blocks[number], end) for bound, end in zip(bounds, ends, strict=True)):
                return number, at
            at = blocks[number].find(query, at + 1)
    return None


def past_space(blocks: list[str], place: tuple[int, int]) -> tuple[int, int]:
    number, at = place
    while number < len(blocks) and not blocks[number][at:].strip():
        number, at = number + 1, 0
    return (
        (number, at + len(blocks[number][at:]) - len(blocks[number][at:].lstrip())) if number < len(blocks) else place
    )


def browsed(text: str, blocks: list[str]) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """What one directive leads to: the block and offset of its start and of its end."""
    terms = text.split(",")
    before = plain(unquote(terms.pop(0)[:-1])) if terms[0].endswith("-") else ""
    after = plain(unquote(terms.pop()[1:])) if terms[-1].startswith("-") else ""
    assert len(terms) in (1, 2), text
    start, end = plain(unquote(terms[0])), plain(unquote(terms[1])) if len(terms) == 2 else ""
    place = (0, 0)
    while True:
        if before:
            match = found(blocks, before, place, (True, False))
            if match is None:
                return None
            place = match[0], match[1] + 1
            here = past_space(blocks, (match[0], match[1] + len(before)))
            opening = found(blocks, start, here, (False, bool(end) or not after))
            if opening is None:
                return None
            if opening != here:
                continue
        else:
            opening = found(blocks, start, place, (True, bool(end) or not after))
            if opening is None:
                return None
            place = opening[0], opening[1] + 1
        last = opening[0], opening[1] + len(start)
        while True:
            if end:
                closing = found(blocks, end, last, (True, not after))
                if closing is None:
                    return None
                last = closing[0], closing[1] + len(end)
            if not after:
                return opening, last
            here = past_space(blocks, last)
            beside = found(blocks, after, here, (False, True))
            if beside is None:
                return None
            if beside == here:
                return opening, last
            if not end:
                break


def led_to(article: Article, one: str) -> str | None:
    """The words that a directive leads to, as they are compared; a line break between blocks."""
    blocks = [plain(paragraph.span.of(article.text)) for paragraph in article.paragraphs]
    ends = browsed(one, blocks)
    if ends is None:
        return None
    (first, start), (last, end) = ends
    before = sum(len(block) + 1 for block in blocks[:first]) + start
    after = sum(len(block) + 1 for block in blocks[:last]) + end
    return f"{before}:" + "\n".join(blocks)[before:after]


def meant(article: Article, span: Span) -> str:
    """The same of a passage."""
    before = [plain(p.span.of(article.text)) for p in article.paragraphs if p.span.end <= span.start]
    own = next(p.span for p in article.paragraphs if p.span.start <= span.start < p.span.end)
    lead = plain(article.text[own.start : span.start])
    parts = [Span(max(p.span.start, span.start), min(p.span.end, span.end)) for p in article.paragraphs]
    words = "\n".join(plain(part.of(article.text)) for part in parts if part.start < part.end)
    return f"{sum(len(block) + 1 for block in before) + len(lead)}:{words}"


def directive_of(article: Article, span: Span) -> str:
    return directive(article.text, tuple(paragraph.span for paragraph in article.paragraphs), span)


def spans_of(text: str, words: str) -> Iterator[Span]:
    return (Span(*match.span()) for match in re.finditer(re.escape(words), text))


# ---- laws ----------------------------------------------------------------------------------------------------------

EVERY = (
    "the|The|talks|talk|were|candid|in-depth|can’t|5.5|5|hours,|“candid”|U.S.|Zoë|zoe|Straße|été—never|a,b|&|x-y|100%|"
    "e\u0301te\u0301|foo_bar|’s|(so)|北京|会谈很长。|坦率|محادثات|\u00a0|.|so\u00adft"
)
WORDS = st.sampled_from(EVERY.split("|"))
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=14).map(" ".join), min_size=1, max_size=5)


def is_dictionary(text: str, span: Span) -> bool:
    """Whether only a dictionary knows where words end there."""
    return any("\u3400" <= char <= "\u9fff" for char in text[max(0, span.start - 1) : span.end + 1])


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.data())
def test_a_directive_leads_to_the_passage_and_to_nothing_else(paragraphs: list[str], data: st.DataObject) -> None:
    text = "\n".join(["x" * 101, *paragraphs, "The very end of it."])  # one long line: each line is a paragraph
    article = article_of(text)
    words = [Span(*match.span()) for match in re.finditer(r"\S+", text)][1:]
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, min(len(words) - 1, first + 30)))
    span = Span(words[first].start, words[last].end)
    one = directive_of(article, span)
    if one:
        assert re.fullmatch(r"[A-Za-z0-9_.~%,-]+", one)
        assert led_to(article, one) == meant(article, span)


@given(st.text(max_size=80), st.data())
def test_no_text_breaks_it_and_what_it_says_is_true(text: str, data: st.DataObject) -> None:
    article = article_of(f"{'x' * 101}\n{text}\nend of it")
    start = data.draw(st.integers(102, 102 + len(text)))
    end = data.draw(st.integers(start, 102 + len(text)))
    one = directive_of(article, Span(start, end))
    assert re.fullmatch(r"[A-Za-z0-9_.~%,-]*", one)
    if one:
        assert unquote(one).isascii() or quote(unquote(one), safe="") != unquote(one)
        assert led_to(article, one) is not None


def test_every_quotation_of_the_repository_can_be_reached() -> None:
    anchored = sample().anchored
    passages = [passage for found_of in anchored.evidence.values() for passage in found_of]
    assert len(passages) > 150
    for passage in passages:
        article = anchored.articles[passage.source]
        for part in passage.parts:
            one = directive_of(article, part.span)
            assert one, part
            assert (led_to(article, one) or "").endswith(meant(article, part.span).partition(":")[2].strip())


# ---- the shape -----------------------------------------------------------------------------------------------------

TALKS = (
    "The talks were candid. The talks were long.\n"
    f"{'Nothing of note was said that day. ' * 4}\n"
    "The talks were candid, they said, and 5.5 hours long.\n"
)


def named(words: str, text: str = TALKS, which: int = 0) -> str:
    return unquote(directive_of(article_of(text), [*spans_of(text, words)][which]))


def test_words_that_stand_once_need_nothing_beside_them() -> None:
    assert named("they said") == "they said"


def test_as_few_words_as_it_takes_are_named_beside_a_passage() -> None:
    assert named("The talks were", which=0) == "The talks were,-candid. The"
    assert named("The talks were", which=1) == "The talks were,-long"
    assert named("talks were candid", which=1) == "talks were candid,-, they"


def test_a_long_passage_is_named_by_its_first_and_last_words() -> None:
    long = "The talks went on for hours and hours, with one break for tea, until they ended, late at night, in a hurry."
    text = f"{long} Another sentence.\n{'y' * 101}"
    assert named(long, text) == "The talks went,in a hurry."


def test_a_passage_of_two_paragraphs_is_named_by_its_ends() -> None:
    text = f"The first one ends here.\nAnd here starts the second.\n{'y' * 101}"
    assert named("ends here.\nAnd here", text) == "ends here,And here"


def test_white_space_is_one_space_and_all_else_is_as_the_article_has_it() -> None:
    text = "It lasted “five\nand  a half” hours\u00a0– so\u00adft."
    assert directive_of(article_of(text), Span(10, len(text))) == quote(
        "“five and a half” hours\u00a0– so\u00adft.", safe=""
    )


@pytest.mark.parametrize(
    ("words", "encoded"),
    [("a, b & c", "a%2C%20b%20%26%20c"), ("in-depth", "in%2Ddepth"), ("50 % of it", "50%20%25%20of%20it")],
)
def test_marks_that_mean_something_in_a_directive_are_encoded(words: str, encoded: str) -> None:
    text = f"They said: {words} indeed."
    assert directive_of(article_of(text), next(spans_of(text, words))) == encoded


def test_no_word_is_cut() -> None:
    assert named("he talks lasted", "Then [T] The talks lasted.") == "The talks lasted"


def test_a_narrow_space_within_a_number_may_end_no_word() -> None:
    assert named("costs 10", "It costs 10\u202f000 euros.") == "costs 10,-000"


def test_in_a_script_without_spaces_words_reach_to_the_next_marks() -> None:
    text = "他们说：会谈坦率而富有建设性，时间很长。后来再说。"
    assert named("坦率", text) == "会谈-,坦率,-而富有建设性"


def test_words_that_differ_in_accents_alone_are_told_apart_by_what_stands_beside_them() -> None:
    assert named("café Roma", "The Cafe Roma closed. Later a café Roma opened.") == "café Roma,-opened"


def test_what_a_dictionary_may_take_for_a_word_counts_as_one() -> None:
    text = "他们会谈了很久。后来，会谈，结束。"
    assert named("会谈", text, 1) != "会谈"


def test_what_stands_twice_in_the_same_words_is_found_first_or_not_at_all() -> None:
    text = f"Read more.\n{'y' * 101}\nRead more."
    assert named("Read more.", text, 0) == f"Read more.,-{'y' * 101}"
    assert named("Read more.", text, 1) == f"{'y' * 101}-,Read more."
    assert named("Read more", text, 0) == "Read more"
    assert named("Read more", text, 1) == f"{'y' * 101}-,Read more"
    twice = "\n".join(["Nothing new here."] * 4 + ["y" * 101])
    assert [named("new", twice, which) for which in range(4)][1:3] == ["", ""]


@pytest.mark.parametrize("words", [" ", "…", "\n", ""])
def test_without_a_letter_there_is_nothing_to_look_for(words: str) -> None:
    text = f"One {words} two.\n{'y' * 101}"
    assert directive_of(article_of(text), Span(4, 4 + len(words))) == ""


# ---- the address ---------------------------------------------------------------------------------------------------

TWO = article_of("The talks were long. They ended late. Nobody smiled.")
ENDS = [Span(4, 9), Span(26, 36)]


@pytest.mark.parametrize(
    ("url", "address"),
    [
        (URL, f"{URL}#:~:text=talks"),
        (f"{URL}#page-2", f"{URL}#page-2:~:text=talks"),
        (f"{URL}#", f"{URL}#:~:text=talks"),
        (f"{URL}?a=1&b=2#:~:text=old", f"{URL}?a=1&b=2#:~:text=talks"),
        (f"{URL}#top:~:text=old", f"{URL}#top:~:text=talks"),
    ],
)
def test_the_articles_own_fragment_stays(url: str, address: str) -> None:
    assert passage_address(url, TWO, ENDS[:1]) == address


def test_of_a_divided_quotation_each_part_is_named() -> None:
    assert passage_address(URL, TWO, ENDS) == f"{URL}#:~:text=talks&text=ended%20late"


def test_where_nothing_is_certain_the_address_is_that_of_the_article() -> None:
    twice = article_of("\n".join(["Nothing new here."] * 4 + ["y" * 101]))
    assert passage_address(URL, twice, [Span(26, 29)]) == URL
