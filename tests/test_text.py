"""Folding keeps offsets and never changes what is said; words, paragraphs and negations are found in any script."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.text import (
    DASHES,
    DOUBLE_QUOTES,
    INVISIBLE,
    SINGLE_QUOTES,
    SPACES,
    Span,
    count_words,
    cuts_word,
    fold,
    fold_needle,
    fold_text,
    negation_in,
    on_one_line,
    paragraphs,
    primary_language,
    whole_words,
    word_ends,
    words,
)

# Any text, with much of what folding is about.
TEXTS = st.text(
    st.one_of(
        st.sampled_from("ab 1.'\"-é\u0301\u0323\u1100\u1161\u11a8가"),
        st.sampled_from(SINGLE_QUOTES + DOUBLE_QUOTES + DASHES + SPACES + INVISIBLE + "…"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=40,
)
FADING = INVISIBLE + SPACES + " "


# ---- folding ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("‘a’ ‚b‛ ‹c› ʼd′", "'a' 'b' 'c' 'd'"),
        ("“a” „b‟ «c» d″", '"a" "b" "c" d"'),
        ("a‐b‑c‒d–e—f―g−h", "a-b-c-d-e-f-g-h"),
        ("a\u00a0b\u2009c\u3000d\te\nf\r\ng", "a b c d e f g"),
        ("a  \n  b", "a b"),
        ("so\u00adft ze\u200bro jo\u2060in \ufeffmark", "soft zero join mark"),
        ("a \u200b b", "a b"),
        ("wait…", "wait..."),
        ("cafe\u0301", "café"),
        ("\u1112\u1161\u11ab", "한"),
        ("STRASSE", "STRASSE"),
    ],
)
def test_typography_is_folded_by_the_table(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize("text", ["10² km", "ﬁne", "１２", "Ⅳ", "½", "Straße", "İ", "ſ", "µ", "…".replace("…", "№")])
def test_what_says_something_else_is_never_folded(text: str) -> None:
    assert fold(text).text == text


@pytest.mark.parametrize(
    ("article", "quotation"),
    [("10² km", "102 km"), ("ﬁne", "fine"), ("５ hours", "5 hours"), ("Straße", "Strasse"), ("Miller", "miller")],
)
def test_a_quotation_never_matches_a_compatibility_variant(article: str, quotation: str) -> None:
    assert list(fold(article).find_all(fold_needle(quotation))) == []
    assert list(fold(quotation).find_all(fold_needle(article))) == []


def test_a_match_may_not_divide_an_ellipsis() -> None:
    assert list(fold("and… so").find_all(fold_needle("and."))) == []
    assert list(fold("and… so").find_all(fold_needle("and..."))) == [Span(0, 4)]


def test_a_match_may_not_leave_a_mark_behind() -> None:
    assert list(fold("cafe\u0301 \u0301x").find_all(fold_needle("cafe"))) == []


def test_overlapping_places_are_all_found() -> None:
    assert list(fold("anana").find_all("ana")) == [Span(0, 3), Span(2, 5)]


def test_nothing_is_found_nowhere() -> None:
    assert list(fold("text").find_all("")) == []


def test_a_long_run_of_marks_is_folded_in_pieces() -> None:
    text = "a" + "\u0301" * 100_000 + "b"
    assert fold(text).offsets[-1] == len(text)


@given(TEXTS)
def test_offsets_rise_and_end_with_the_text(text: str) -> None:
    folded = fold(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert list(folded.offsets) == sorted(folded.offsets)
    assert folded.offsets[-1] == len(text)


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    # A mark that only something invisible held apart from its letter composes with it the second time.
    once = unicodedata.normalize("NFC", fold(text).text)
    assert fold(once).text == unicodedata.normalize("NFC", fold(fold(text).text).text)


def by_the_table(text: str) -> str:
    """`text`, which is composed, with each character replaced by the table, and then each run of spaces."""
    for characters, becomes in ((SINGLE_QUOTES, "'"), (DOUBLE_QUOTES, '"'), (DASHES, "-"), (SPACES, " ")):
        text = text.translate(dict.fromkeys(map(ord, characters), becomes))
    return re.sub(" +", " ", text.translate(dict.fromkeys(map(ord, INVISIBLE)))).replace("…", "...")


@given(TEXTS)
def test_with_and_without_offsets_a_text_is_folded_by_the_table(text: str) -> None:
    assert fold_text(text) == fold(text).text
    composed = unicodedata.normalize("NFC", text)
    assert fold_text(composed) == by_the_table(composed)


@given(TEXTS)
def test_every_stretch_of_a_folded_text_comes_from_whole_characters(text: str) -> None:
    folded = fold(text)
    for end in range(1, len(folded.text) + 1):
        # The original goes on at the next offset that is another one.
        following = [offset for offset in folded.offsets if offset > folded.offsets[end - 1]]
        assert folded.original(end - 1, end) == Span(folded.offsets[end - 1], following[0])


def cluster_starts(text: str) -> list[int]:
    def extends(char: str) -> bool:
        return unicodedata.category(char)[0] == "M" or "\u1161" <= char <= "\u1175" or "\u11a8" <= char <= "\u11c2"

    return [at for at in range(len(text)) if not extends(text[at])] + [len(text)]


@given(TEXTS, st.data())
def test_any_slice_is_found_again_where_it_was_taken(text: str, data: st.DataObject) -> None:
    starts = cluster_starts(text)
    start, end = sorted((data.draw(st.sampled_from(starts)), data.draw(st.sampled_from(starts))))
    taken = text[start:end].strip(FADING)
    start += len(text[start:end]) - len(text[start:end].lstrip(FADING))
    if not taken:
        return
    found = fold(text).find_all(fold_needle(taken))
    # What cannot be seen after the last character belongs to it.
    assert any(span.start == start and text[start : span.end].rstrip(FADING) == taken for span in found)


# ---- words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("China's in-depth talks: 5.5 hours, $1,000.", ["China's", "in-depth", "talks", "5.5", "hours", "1,000"]),
        ("snake_case – „größer“", ["snake", "case", "größer"]),
        ("…", []),
        ("cafe\u0301s ouverts", ["cafe\u0301s", "ouverts"]),
        ("مُحَمَّد جدًا، ٥٫٥ ساعات", ["مُحَمَّد", "جدًا", "٥٫٥", "ساعات"]),
        ("می\u200cخواهم हिन्दी।", ["می\u200cخواهم", "हिन्दी"]),
        ("北京：5.5小时，BBC报道", ["北", "京", "5.5", "小", "时", "BBC", "报", "道"]),
    ],
)
def test_words_keep_what_is_inside_them(text: str, found: list[str]) -> None:
    assert [word.of(text) for word in words(text)] == found
    around = f"a{text}b"
    assert [around[start:end] for start, end in word_ends(around, Span(1, 1 + len(text)))] == found
    assert count_words(text) == len(found)


@pytest.mark.parametrize(
    "text",
    [
        "mis|perception", "can|'t", "can’|t", "can|‘t", "can|ʼt", "can|´t", "5|.5", "5.|5", "1,|000", "12|:30",
        "1'|000",
        "caf|e\u0301", "cafe|\u0301", "10|²", "5|½", "so|\u00adft", "so\u00ad|ft", "can\u00ad|not", "شر|كة",
        "می|\u200cخواهم",
        "한|국", "२|०", "x|1", "٥|٫٥", "٥٫|٥", "10|：30", "5．|5",
    ],
)  # fmt: skip
def test_a_cut_inside_a_word_is_seen(text: str) -> None:
    assert cuts_word(text.replace("|", ""), text.index("|"))


@pytest.mark.parametrize(
    "text",
    [
        "|word", "word|", "a |b", "a| b", "end|.", "end|, so", "in|-depth", "“|a”", "dogs|’ tails", "’|tis", "|'tis",
        "中|国", "ひ|ら", "ไ|ทย", "5|%", "U.S.|-China", "Mr|. A", "5|. Six", "see:| 5", "word|\u00ad", "a|…", "",
    ],
)  # fmt: skip
def test_a_cut_between_words_is_fine(text: str) -> None:
    assert not cuts_word(text.replace("|", ""), text.find("|"))


def test_key_words_may_end_at_an_apostrophe_between_letters_only() -> None:
    assert not cuts_word("China's", 5, apostrophes=False)
    assert cuts_word("1'000", 1, apostrophes=False)


@given(TEXTS, st.integers(-50, 50))
def test_any_place_of_any_text_can_be_asked_for(text: str, at: int) -> None:
    assert cuts_word(text, at) in (True, False)
    if at <= 0 or at >= len(text):
        assert not cuts_word(text, at)


@given(TEXTS)
def test_a_word_is_never_cut_at_its_ends_unless_marks_or_joiners_follow(text: str) -> None:
    for word in words(text):
        assert word.of(text).strip() == word.of(text) != ""
        if text[: word.start][-1:] in ("", " ") and text[word.end : word.end + 1] in ("", " "):
            assert not cuts_word(text, word.start)
            assert not cuts_word(text, word.end)


# ---- paragraphs -------------------------------------------------------------------------------------------------

LONG = "x" * 101


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"One.\n{LONG}\n  Two. \n", ["One.", LONG, "Two."]),
        ("One\nline.\n\nTwo\n lines.\n \n", ["One\nline.", "Two\n lines."]),
        ("One\r\nline.\r\n\r\nTwo.\r\n", ["One\r\nline.", "Two."]),
        ("", []),
        (" \n\n \t", []),
        ("第一段。\n第二段，BBC。", ["第一段。", "第二段，BBC。"]),  # nobody wraps it
    ],
)
def test_paragraphs_are_lines_or_in_a_wrapped_text_blocks(text: str, found: list[str]) -> None:
    assert [span.of(text) for span in paragraphs(text)] == found


@given(TEXTS)
def test_paragraphs_hold_everything_that_can_be_seen(text: str) -> None:
    rest, at = "", 0
    for span in paragraphs(text):
        assert span.start >= at
        rest += text[at : span.start]
        at = span.end
    assert (rest + text[at:]).strip() == ""


@pytest.mark.parametrize(
    ("words", "whole"),
    [("alks las", "talks lasted"), ("talks", "talks"), ("hina", "China's"), ("5", "5.5"), (" ", " ")],
)
def test_a_span_grows_to_the_words_that_it_divides(words: str, whole: str) -> None:
    text = "China's talks lasted 5.5 hours"
    at = text.index(words)
    assert whole_words(text, Span(at, at + len(words))).of(text) == whole


# ---- lines, languages -------------------------------------------------------------------------------------------


def test_one_line_is_one_line() -> None:
    assert on_one_line(" a\u200b b\r\n\tc\u2028d ") == "a b c d"


def test_a_language_is_told_without_region_and_script() -> None:
    assert [primary_language(tag) for tag in ("en", "pt-BR", "ZH-Hant-TW", "")] == ["en", "pt", "zh", ""]


# ---- negations --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("had said it would not", "en", "not"),
        ("They can’t agree", "en", "can't"),
        ("They canʼt agree", "en", "can't"),
        ("They can\u00adnot agree", "en", "cannot"),
        ("DENIED it", "en-GB", "DENIED"),
        ("a notable knot", "en", None),
        ("ist kein Ziel", "de", "kein"),
        ("no es ningún problema", "es", "no"),
        ("il n’y a", "fr", "n'y"),
        ("nunca", "it", "nunca"),
        ("nunca", "en", None),
    ],
)
def test_a_negation_is_found_in_its_language(text: str, language: str, found: str | None) -> None:
    assert negation_in(text, language) == found
