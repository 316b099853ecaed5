"""From selected words to evidence in its file: whole words, the likely claim, and nothing else changed."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import CLAIMS, Files, sample_studied, small, studied_of

from builder.build import Studied
from builder.editing import entries
from builder.model import Stance
from builder.preview.entering import Entry, claims_for, entry, selected
from builder.preview.reading import ArticleError
from builder.searching.resting import resting
from builder.yamldoc import parse_yaml

FILE = "content/case/claims.yaml"
ONE = "The ministers met on Thursday in Geneva. The talks lasted two hours. It was a short one."


def at(words: str, text: str = ONE) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def entered(files: Files, words: str, claim: str = "met", stance: str = "supports", differs_in: str = "") -> Entry:
    text = files["seeds/one.txt"]
    assert isinstance(text, str)
    return entry(studied_of(files), "one", *at(words, text), claim, stance, differs_in)


def refused(files: Files, words: str, *how: str) -> str:
    with pytest.raises(ArticleError) as caught:
        entered(files, words, *how)
    return str(caught.value)


def then(files: Files, made: Entry) -> Studied:
    """The briefing once the entry is written."""
    assert made.text is not None
    return studied_of({**files, made.file: made.text})


def quoted(studied: Studied, claim: str = "met", source: str = "one") -> list[str]:
    found = resting(studied.briefing, studied.articles)
    return [passage.quoted(studied.articles[source].text) for passage in found.evidence[claim, source]]


# ---- where it goes -------------------------------------------------------------------------------------------------


def test_evidence_of_a_source_that_has_none_goes_to_the_end_of_the_claims() -> None:
    claims = "met:\n  claim: They met.\n  topic: talks\n  evidence:\n    two:\n      stance: supports\n"
    claims += "      quote: talked in Geneva # c\n  note: N\n"
    files = small(claims=claims)
    made = entered(files, "met on Thursday", "met", "qualifies", "scope")
    assert made.yaml == "    one:\n      stance: qualifies\n      differs_in: scope\n      quote: met on Thursday\n"
    assert (made.file, made.line) == (FILE, 11)
    assert made.note == "It goes to the end of the claim’s evidence."
    assert made.text == claims.replace("# c\n", f"# c\n{made.yaml}")
    assert then(files, made).analysis is not None
    assert json.loads(json.dumps(made.told())) == {
        "yaml": made.yaml, "file": FILE, "line": 11, "note": made.note, "writable": True,
    }  # fmt: skip


def test_a_claim_without_evidence_gets_its_first() -> None:
    files = small(claims="met:\n  claim: They met.\n  topic: talks\n")
    made = entered(files, "met on Thursday")
    assert quoted(then(files, made)) == ["met on Thursday"]


def test_words_join_those_that_are_quoted() -> None:
    claims = "met:\n  claim: They met.\n  topic: talks\n  evidence:\n    one:\n      stance: supports # s\n"
    claims += "      quote: met on Thursday in Geneva # q\n      key: Thursday # k\n      # n\n      note: N\n"
    files = small(claims=claims)
    made = entered(files, "The talks lasted two hours")
    assert made.yaml == (
        "    one:\n      stance: supports # s\n      quote:\n        - exact: met on Thursday in Geneva # q\n"
        "          key: Thursday # k\n        - The talks lasted two hours\n      # n\n      note: N\n"
    )
    assert (made.line, made.note) == (
        10,
        "A (Outlet not named) supports this claim already: the words join its quotations.",
    )
    assert quoted(then(files, made)) == ["met on Thursday in Geneva", "The talks lasted two hours"]
    again = entry(then(files, made), "one", *at("It was a short one"), "met", "supports")
    assert again.line == 11
    assert len(quoted(then(files, again))) == 3


def test_words_join_those_in_braces() -> None:
    made = entered(small(), "two hours")
    assert made.yaml == "    one: {stance: supports, quote: [met on Thursday in Geneva, two hours]}\n"
    assert made.line == 6


def test_words_that_stand_twice_are_told_apart() -> None:
    one = "The ministers met on Thursday in Geneva. They met on Friday. It was a short one."
    claims = (
        "met:\n  claim: They met.\n  topic: talks\n  evidence:\n    one:\n      stance: supports\n      quote: short\n"
    )
    files = small(one=one, claims=claims, timeline="{}\n")
    made = entered(files, "met on Thursday")
    assert "prefix" not in made.yaml
    studied = studied_of(files)
    start = one.rindex("met on")
    joined = entry(studied, "one", start, start + 6, "met", "supports")
    assert joined.yaml.endswith("        - short\n        - exact: met on\n          prefix: in Geneva. They\n")
    found = resting(then(files, joined).briefing, studied.articles).evidence["met", "one"]
    assert [passage.span.start for passage in found] == [one.index("short"), start]


def test_words_of_a_silent_source_need_its_stance_changed_first() -> None:
    claims = CLAIMS.replace("one: {stance: supports, quote: met on Thursday in Geneva}", "one: {stance: silent}")
    made = entered(small(claims=claims), "two hours")
    assert made.text is None
    assert made.yaml == "    one:\n      stance: supports\n      quote: two hours\n"
    assert made.note.startswith("A (Outlet not named) is silent on this claim already, and evidence has one stance.")
    assert (made.file, made.line) == (FILE, 6)
    silent = entered(small(claims=claims), "two hours", "met", "silent")
    assert silent.yaml == "    one: {stance: silent, quote: two hours}\n"


def test_what_the_file_cannot_take_is_only_to_be_copied() -> None:
    claims = CLAIMS.replace("quote: met on Thursday in Geneva", "quote: [met on Thursday in Geneva], key: Thursday")
    made = entered(small(claims=claims), "two hours")
    assert made.text is None
    assert made.note == (
        f"{FILE}: `met.evidence.one.quote` is a list, and `key` stands beside it. The entry can be copied."
    )


def test_a_mistyped_file_is_only_to_be_copied_for() -> None:
    made = entered(small(claims=CLAIMS + "more:\n  claim: 'x\n"), "two hours")
    assert made.text is None
    assert "Correct that first. The entry can be copied." in made.note


def test_line_ends_and_a_byte_order_mark_stay() -> None:
    claims = "\ufeff" + CLAIMS.replace("\n", "\r\n")
    files = small(claims=claims)
    made = entered(files, "two hours")
    assert made.text == claims.replace(
        "quote: met on Thursday in Geneva", "quote: [met on Thursday in Geneva, two hours]"
    )


def test_a_new_claim_is_offered_to_copy() -> None:
    made = entered(small(), "The talks lasted two hours", "", "supports")
    assert made.text is None
    assert made.yaml == (
        "talks-lasted-two-hours:\n  claim:  # one neutral sentence\n  topic:  # talks, people\n"
        "  evidence:\n    one:\n      stance: supports\n      quote: The talks lasted two hours\n"
    )
    assert made.file == FILE
    filled = made.yaml.replace("claim:  #", "claim: They lasted two hours. #").replace("topic:  #", "topic: talks  #")
    assert studied_of(small(claims=CLAIMS + filled)).analysis is not None


# ---- which words ---------------------------------------------------------------------------------------------------


def test_a_selection_is_taken_to_whole_words() -> None:
    made = entered(small(), "alks lasted tw")
    assert "talks lasted two]" in made.yaml
    assert made.note.startswith("The selection was taken to whole words. ")
    assert "whole words" not in entered(small(), " talks lasted ").note


@given(st.integers(-5, 100), st.integers(-5, 100))
def test_any_selection_gives_whole_words_or_a_sentence(start: int, end: int) -> None:
    studied = studied_of(small())
    made, said = None, ""
    try:
        made = entry(studied, "one", start, end, "met", "supports")
    except ArticleError as error:
        said = str(error)
    if made is None:
        assert re.fullmatch(r"Select some words.*\.|These words are quoted.*\.", said)
        return
    span = selected(studied.articles["one"], start, end)
    assert quoted(then(small(), made))[-1] == span.of(ONE)


@pytest.mark.parametrize(
    ("files", "words", "says"),
    [
        (small(), ". ", "Select some words of the article."),
        (small(one=f"{ONE}\nA footer. {'x' * 120}"), "A footer", "boilerplate is no evidence"),
        (small(one=f"{ONE.replace('. It', '.' + chr(10) + 'It')} {'x' * 120}"), "two hours.\nIt was", "over its end"),
        (small(), "met on Thursday in Geneva", "These words are quoted for this claim already."),
        (small(one=ONE.replace("two hours", "go " * 1200 + "two hours")), "lasted " + "go " * 1200, "fewer words"),
    ],
)  # fmt: skip
def test_words_that_cannot_be_quoted_are_told_in_a_sentence(files: Files, words: str, says: str) -> None:
    assert says in refused(files, words)


@pytest.mark.parametrize(
    ("claim", "stance", "differs_in", "says"),
    [
        ("none", "supports", "", "There is no claim none"),
        ("\x1b[2J", "supports", "", "There is no claim \\u001b[2J"),
        ("met", "proves", "", "Choose a stance"),
        ("met", "qualifies", "", "Say in what it differs: scope, strength, precision, expectation and wording."),
        ("met", "qualifies", "colour", "Say in what it differs"),
        ("met", "supports", "scope", "Only what qualifies"),
    ],
)
def test_a_wrong_choice_is_told_in_a_sentence(claim: str, stance: str, differs_in: str, says: str) -> None:
    assert says in refused(small(), "two hours", claim, stance, differs_in)


def test_words_that_have_changed_meanwhile_are_not_taken() -> None:
    studied = studied_of(small())
    start, end = at("two hours")
    assert entry(studied, "one", start, end, "met", "supports", "", "two hours").text
    with pytest.raises(ArticleError, match="has changed meanwhile"):
        entry(studied, "one", start, end, "met", "supports", "", "six hours")


def test_a_source_that_is_not_there_is_told() -> None:
    with pytest.raises(ArticleError, match="There is no source"):
        claims_for(studied_of(small()), "three", 0, 5)
    with pytest.raises(ArticleError, match="There is no source"):
        entry(studied_of(small()), "three", 0, 5, "met", "supports")


# ---- for which claim -----------------------------------------------------------------------------------------------


def test_claims_are_offered_with_what_they_have() -> None:
    claims = CLAIMS + "long:\n  claim: The talks lasted two hours.\n  topic: people\n"
    first, second = claims_for(studied_of(small(claims=claims)), "one", *at("talks lasted two hours"))
    words = first.pop("words")
    assert isinstance(words, list)
    assert sorted(words) == ["hours", "lasted", "two"]
    assert first == {
        "id": "long", "text": "The talks lasted two hours.", "topic": "The people", "has": False, "stance": "",
        "differs_in": "",
    }  # fmt: skip
    assert (second["id"], second["has"], second["stance"], second["words"]) == ("met", True, "supports", [])


def test_the_claims_of_a_briefing_with_faults_are_offered() -> None:
    claims = CLAIMS.replace("met on Thursday", "met on Friday")
    assert [one["id"] for one in claims_for(studied_of(small(claims=claims)), "one", 0, 9)] == ["met"]


def test_the_claim_that_quotes_the_words_is_nearly_always_among_the_first() -> None:
    """Though nothing that is known of this source is used."""
    studied = sample_studied()
    found = resting(studied.briefing, studied.articles)
    ranks = []
    for claim in studied.briefing.claims[::4]:
        for one in claim.evidence:
            if one.stance is not Stance.SILENT:
                span = found.evidence[claim.id, one.source][0].span
                offered: list[Any] = [c["id"] for c in claims_for(studied, one.source, span.start, span.end)]
                ranks.append(offered.index(claim.id))
    assert len(ranks) > 20
    assert sum(rank < 5 for rank in ranks) > 0.9 * len(ranks)


def test_any_claim_of_the_sample_takes_words_of_any_source() -> None:
    studied = sample_studied()
    for source in studied.briefing.sources:
        article = studied.articles[source.id]
        paragraph = next(one for one in article.paragraphs if one.zone == "body" and one.number == 3)
        words = article.text[paragraph.span.start : paragraph.span.end].split()[:5]
        start = paragraph.span.start
        for claim in studied.briefing.claims[::6]:
            known = next((one for one in claim.evidence if one.source == source.id), None)
            differs_in = known.differs_in.value if known and known.differs_in else ""
            stance = known.stance.value if known else "supports"
            end = start + len(" ".join(words))
            made = entry(studied, source.id, start, end, claim.id, stance, differs_in)
            assert made.text is not None
            node = parse_yaml(made.file, made.text).value
            assert node is not None
            quote = node.at([claim.id, "evidence", source.id, "quote"])
            last = quote.content[-1] if isinstance(quote.content, list) else quote
            assert (
                made.text.splitlines()[made.line - 1].strip() in entries({"q": [last.data()]}) + f"quote: {last.data()}"
            )
