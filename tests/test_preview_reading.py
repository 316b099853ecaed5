"""The whole article for its curator: every letter of it, what rests on it, and what is left."""

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import CLAIMS, SOURCES, sample_studied, scalar, small, studied_of

from builder.build import Studied
from builder.preview.reading import ArticleError, reading


def read(studied: Studied, source: str = "one") -> Any:
    """As the browser gets it."""
    return json.loads(json.dumps(reading(studied, source)))


def segments(told: Any) -> list[Any]:
    return [segment for paragraph in told["paragraphs"] for segment in paragraph["segments"]]


def check_law(studied: Studied, source: str) -> Any:
    """All segments are the article; their facts are true, and change from each to the next."""
    told = read(studied, source)
    text = studied.articles[source].text
    at = 0
    for one in segments(told):
        assert one["start"] == at
        assert one["text"] != ""
        at += len(one["text"])
    assert "".join(one["text"] for one in segments(told)) == text
    for paragraph in told["paragraphs"]:
        row = paragraph["segments"]
        facts = [(one["used"], one["left"], one["between"]) for one in row]
        assert all(one != other for one, other in pairwise(facts))
    for one in segments(told):
        end = one["start"] + len(one["text"])
        if one["left"] >= 0:
            sentence = told["left"][one["left"]]
            assert sentence["start"] <= one["start"] < end <= sentence["end"]
    return told


# ---- letter by letter ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", ["mercopress", "b-unnamed", "mothership", "worldys-news", "e-unnamed"])
def test_the_segments_of_the_sample_are_its_articles(source: str) -> None:
    studied = sample_studied()
    told = check_law(studied, source)
    quoted = sum(len(e.quotations) for c in studied.briefing.claims for e in c.evidence if e.source == source)
    assert sum(use["kind"] == "claim" for use in told["uses"]) == quoted
    assert told["counts"]["missing"] == 0


LETTERS = st.sampled_from([
    "a", "b", "ab", "c. ", "D", " ", "  ", "\n", "\n\n", "😀", "𝔸", "é", "e\u0301", "שלום", "مرحبا", "\u200f", "\u202e",
    "“", "”", "习近平", "…", "—", "\u00a0", "5.5", "\r\n", "\u00ad",
])  # fmt: skip


@given(st.lists(LETTERS, min_size=1, max_size=40), st.data())
def test_the_segments_of_any_article_are_that_article(letters: list[str], draw: st.DataObject) -> None:
    text = f"First words. {''.join(letters)} Last words"
    ends = st.integers(0, len(text))
    spans = [sorted((draw.draw(ends), draw.draw(ends))) for _ in range(draw.draw(st.integers(0, 6)))]
    words = [text[low:high].strip() for low, high in spans if text[low:high].strip()]
    claims = "".join(
        f"c{index}:\n  claim: One.\n  topic: talks\n  evidence:\n"
        f"    one: {{stance: supports, quote: {scalar(quote)}, allow: [negation]}}\n"
        for index, quote in enumerate(words)
    )
    sources = SOURCES.replace("[The ministers met, a short one.]", "[First words., Last words]")
    check_law(studied_of(small(one=text, sources=sources, claims=claims or "{}\n", timeline="{}\n")), "one")


def test_quotations_that_overlap_are_told_one_by_one() -> None:
    claims = CLAIMS + "".join(
        f"c{index}:\n  claim: C{index}.\n  topic: talks\n  evidence: {{one: {{stance: {stance}, quote: {quote}}}}}\n"
        for index, (stance, quote) in enumerate(
            [("supports", "The ministers met"), ("contradicts", "ministers met on Thursday in")]
        )
    )
    told = check_law(studied_of(small(claims=claims)), "one")
    met, meeting = "The ministers met on Thursday.", "The ministers meet"
    names = [[told["uses"][index]["text"] for index in one["used"]] for one in segments(told)]
    assert [(one["text"], used) for one, used in zip(segments(told), names, strict=True)][:6] == [
        ("The ", ["C0."]),
        ("ministers ", ["C0.", "C1."]),
        ("met", [met, "C0.", "C1.", meeting]),
        (" on Thursday", [met, "C1.", meeting]),
        (" in", [met, "C1."]),
        (" Geneva", [met]),
    ]


def test_a_quotation_over_two_paragraphs_marks_its_words_in_both() -> None:
    claims = CLAIMS.replace(
        "quote: met on Thursday in Geneva", 'quote: "met on Thursday […] two hours", allow: [paragraphs]'
    )
    one = "The ministers met on Thursday in Geneva.\n\n  The talks lasted two hours. It was a short one.\n"
    told = check_law(studied_of(small(one=one, claims=claims, timeline="{}\n")), "one")
    assert [seg["text"] for seg in segments(told) if seg["used"]] == ["met on Thursday", "two hours"]
    assert [seg["text"] for seg in segments(told) if seg["between"]] == ["\n\n  ", "\n"]
    assert [paragraph["id"] for paragraph in told["paragraphs"]] == ["p1", "p2"]


def test_blanks_before_the_first_paragraph_are_kept() -> None:
    told = check_law(studied_of(small(one="\n\n  The ministers met on Thursday in Geneva. a short one.")), "one")
    assert segments(told)[0] == {"text": "\n\n  ", "start": 0, "used": [], "left": -1, "between": True}


def test_zones_are_named_as_on_the_page() -> None:
    one = (
        "Menu\n\nGeneva talks\n\nThe ministers met on Thursday in Geneva.\n\nA photo\n\na short one.\n\nFooter "
        + "x" * 120
    )
    one = one.replace("\n\n", "\n")
    sources = SOURCES.replace("siglum: A\n", "siglum: A\n    headline: Geneva talks\n    captions: [A photo]\n", 1)
    told = check_law(studied_of(small(one=one, sources=sources)), "one")
    assert [(one["zone"], one["id"], one["label"], one["proper"]) for one in told["paragraphs"]] == [
        ("boilerplate", "boilerplate", "Boilerplate", False),
        ("headline", "headline", "Headline", True),
        ("body", "p1", "¶\u202f1", True),
        ("caption", "caption", "Caption", True),
        ("body", "p2", "¶\u202f2", True),
        ("boilerplate", "boilerplate-2", "Boilerplate 2", False),
    ]


# ---- what rests on it ----------------------------------------------------------------------------------------------


def test_a_use_leads_to_its_page_and_to_its_line() -> None:
    sources = SOURCES.replace(
        "    full_text: yes\n",
        "    full_text: yes\n    known_through: {date: 2024-05-02, quote: a short one}\n"
        "    looks_ahead: {event: meeting, quote: two hours}\n",
        1,
    )
    told = read(studied_of(small(sources=sources)))
    claim, event, horizon, outlook = told["uses"]
    assert claim == {
        "kind": "claim", "text": "The ministers met on Thursday.", "href": "case/claims/met.html",
        "stance": "supports", "file": "content/case/claims.yaml", "line": 6, "column": 36,
    }  # fmt: skip
    assert (event["text"], event["href"]) == ("The ministers meet", "case/timeline.html#event-meeting")
    assert (event["file"], event["line"]) == ("content/case/timeline.yaml", 5)
    assert (horizon["text"], outlook["text"]) == ("Known through", "Still ahead: The ministers meet")
    assert horizon["href"] == outlook["href"] == "case/timeline.html#text-one"
    assert (horizon["line"], outlook["line"]) == (9, 10)
    assert {"a short one", "two hours"}.isdisjoint(one["text"] for one in segments(told) if one["left"] < 0)


def test_words_of_a_silent_source_are_shown_and_still_left() -> None:
    claims = f"{CLAIMS}long:\n  claim: Long.\n  topic: talks\n  evidence:\n"
    claims += "    one: {stance: silent, quote: The talks lasted two hours.}\n"
    told = read(studied_of(small(claims=claims)))
    one = next(one for one in segments(told) if one["text"] == "The talks lasted two hours.")
    assert (len(one["used"]), one["left"] >= 0) == (1, True)


def test_what_is_left_is_counted_as_by_coverage() -> None:
    told = read(studied_of(small()))
    assert told["counts"]["told"] == "1 of 3 sentences (1 in part), 29 % of the words"
    assert [one["whole"] for one in told["left"]] == [False, True, True]
    assert [one["text"] for one in segments(told) if one["left"] >= 0] == [
        "The ministers", "The talks lasted two hours.", "It was a short one.",
    ]  # fmt: skip


def test_what_is_left_out_knowingly_is_not_asked_for_again_and_counts_as_unused() -> None:
    audit = "left_out:\n  one:\n    - {quote: The talks lasted two hours, why: Nobody asks.}\n"
    audit += "    - {quote: short, why: A trifle.}\n  two:\n    - {quote: It went well, why: Nobody asks.}\n"
    told = check_law(studied_of({**small(), "content/case/audit.yaml": audit}), "one")
    assert told["counts"]["told"] == "1 of 3 sentences (1 in part), 29 % of the words"
    left = [one["text"] for one in segments(told) if one["left"] >= 0]
    assert left == ["The ministers", "It was a", "one."]


# ---- faults --------------------------------------------------------------------------------------------------------


def test_a_briefing_with_faults_gives_what_it_can() -> None:
    claims = CLAIMS.replace("met on Thursday in Geneva", "met on Friday") + "broken: {topic: talks}\n"
    studied = studied_of(small(claims=claims))
    assert studied.analysis is None
    told = check_law(studied, "one")
    assert [use["kind"] for use in told["uses"]] == ["event"]
    assert told["counts"]["missing"] == 1


@pytest.mark.parametrize("source", ["three", "", "\x1b[2J", "../../etc"])
def test_a_source_that_is_not_there_is_told_in_a_sentence(source: str) -> None:
    with pytest.raises(ArticleError) as caught:
        reading(studied_of(small()), source)
    assert "There is no source" in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_an_article_that_cannot_be_read_is_told_in_a_sentence() -> None:
    for one in (None, b"\xff\xfe"):
        with pytest.raises(ArticleError) as caught:
            reading(studied_of(small(one=one)), "one")
        assert str(caught.value) == "The article seeds/one.txt cannot be read."


def test_nothing_of_this_machine_is_told() -> None:
    told = read(sample_studied(), "mothership")
    assert {use["file"].split("/")[0] for use in told["uses"]} == {"content"}
