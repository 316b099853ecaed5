"""From words to a claim's entry."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import CLAIMS, FRONT, ONE, article_of, inputs_of, small, source_of, studied_of

from builder.build import ANY_SITE, Studied
from builder.claiming import (
    Draft,
    Said,
    claim_files,
    diagnostics_with,
    entry_of,
    home_of,
    known_ids,
    propose_id,
)
from builder.claiming.locating import find
from builder.model import Quotation
from builder.yamldoc import parse_yaml
from builder.yamltext import entries

# ---- the entry ---------------------------------------------------------------------------------------------------


def quotation(exact: str, **more: object) -> Quotation:
    keys = {"prefix": None, "suffix": None, "key": (), "allow": frozenset(), "place": source_of().places[""], **more}
    return Quotation(exact, **keys)  # type: ignore[arg-type]


def test_an_entry_has_its_keys_in_the_usual_order() -> None:
    draft = Draft(
        "two-hours",
        "The talks  lasted two hours.",
        "talks",
        (
            Said("one", "supports", None, (quotation("lasted two hours", key=("two",)),), "2", ("desk", "agency")),
            Said("two", "qualifies", "precision", (quotation("about"), quotation("hours", suffix="”", key=("a", "b")))),
            Said("three", "silent"),
        ),
        "How long?",
        "meeting",
        "hours",
        "A note: with a colon.",
    )
    assert entries(entry_of(draft)) == (
        "two-hours:\n"
        "  claim: The talks lasted two hours.\n"
        "  question: How long?\n"
        "  topic: talks\n"
        "  event: meeting\n"
        "  unit: hours\n"
        "  evidence:\n"
        "    one:\n"
        "      stance: supports\n"
        "      quote: lasted two hours\n"
        "      key: two\n"
        "      value: 2\n"
        "      via:\n"
        "        - desk\n"
        "        - agency\n"
        "    two:\n"
        "      stance: qualifies\n"
        "      differs_in: precision\n"
        "      quote:\n"
        "        - about\n"
        "        - exact: hours\n"
        "          suffix: ”\n"
        "          key:\n"
        "            - a\n"
        "            - b\n"
        "    three:\n"
        "      stance: silent\n"
        '  note: "A note: with a colon."\n'
    )


def test_an_entry_leaves_out_what_is_not_given() -> None:
    draft = Draft("a", "A.", "talks", (Said("one", "supports", None, (quotation("met"),)),))
    assert entry_of(draft) == {
        "a": {"claim": "A.", "topic": "talks", "evidence": {"one": {"stance": "supports", "quote": "met"}}}
    }


# ---- ids ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "id_"),
    [
        ("The bridge took six years to build.", "bridge-took-six-years"),
        ("Über den Fluß führt die Łódź-Brücke.", "uber-den-fluss-fuhrt"),
        ("It didn’t cost 5.5 million", "didnt-cost-5-5"),
        ("Is it?", "is-it"),
        ("Data", "data-2"),
        ("Index", "index-2"),
        ("大桥用了六年。", "claim-2"),
        ("Мост строили шесть лет.", "claim-2"),
        ("1234 56", "claim-2"),
        ("", "claim-2"),
        ("x" * 200, "x" * 64),
    ],
)
def test_an_id_is_proposed_from_telling_words(sentence: str, id_: str) -> None:
    assert propose_id(sentence, ()) == id_


def test_a_proposed_id_is_free() -> None:
    assert propose_id("Two hours", {"two-hours", "two-hours-2"}) == "two-hours-3"
    assert propose_id("桥", {"claim-2"}) == "claim-3"
    assert propose_id("x" * 80, {"x" * 64}) == "x" * 62 + "-2"


@given(st.text(max_size=80))
def test_any_sentence_has_an_id(sentence: str) -> None:
    id_ = propose_id(sentence, {"a"})
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id_)
    assert len(id_) <= 64


# ---- where it goes -----------------------------------------------------------------------------------------------


def studied(**changed: str | bytes | None) -> Studied:
    return studied_of(small(**changed))


OTHER = CLAIMS.replace("met:", "other:", 1).replace("topic: talks", "topic: people")


def test_a_claim_goes_to_the_file_with_most_claims_of_its_topic() -> None:
    several = {
        **small(claims=None),
        "content/case/claims/1.yaml": CLAIMS,
        "content/case/claims/2.yaml": OTHER + CLAIMS.replace("met:", "m2:", 1) + CLAIMS.replace("met:", "m3:", 1),
        "content/case/claims/3.yaml": OTHER.replace("other:", "o2:") + OTHER.replace("other:", "o3:"),
    }
    found_in = studied_of(several)
    assert claim_files(found_in) == [f"content/case/claims/{number}.yaml" for number in (1, 2, 3)]
    assert home_of(found_in, "talks") == "content/case/claims/2.yaml"
    assert home_of(found_in, "people") == "content/case/claims/3.yaml"
    assert home_of(found_in, "new") == "content/case/claims/3.yaml"


def test_the_first_claim_makes_a_file() -> None:
    assert home_of(studied(claims=None), "talks") == "content/case/claims.yaml"


def test_ids_of_claims_at_fault_are_taken_too() -> None:
    assert known_ids(studied(claims=CLAIMS + "broken: {claim: 5}\n")) == {"met", "broken"}


# ---- faults ------------------------------------------------------------------------------------------------------

ARTICLES = inputs_of(small()).articles
NEW = "new:\n  claim: New.\n  topic: talks\n  evidence: {one: {stance: supports, quote: lasted two hours}}\n"


def codes(before: Studied, yaml: str) -> list[str]:
    return [each.code for each in diagnostics_with(before, ANY_SITE, ARTICLES, yaml)]


def test_a_sound_claim_brings_no_fault() -> None:
    assert codes(studied(), NEW) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("topic: talks", "topic: nowhere", "topic-unknown"),
        ("two hours", "three hours", "quotation-words"),
        ("new:", "met:", "claim-duplicate"),
        ("claim: New.", f"claim: {'x' * 1001}", "format"),
        ("quote: lasted", "value: 5, quote: lasted", "evidence-misfit"),
        ("New.", '"\\e[31m"', "yaml-control"),
    ],
)
def test_a_claim_with_a_fault_is_caught(old: str, new: str, code: str) -> None:
    assert code in codes(studied(), NEW.replace(old, new, 1))


def test_faults_that_are_there_already_are_no_obstacle() -> None:
    broken = studied(
        front=FRONT.replace("date: 2024-05-02", "date: never"), claims=CLAIMS.replace("Geneva}", "Berlin}")
    )
    assert broken.diagnostics
    assert codes(broken, NEW) == []


def test_the_same_fault_once_more_is_caught() -> None:
    wrong = CLAIMS.replace("met on Thursday in Geneva", "met on Friday in Geneva")
    again = wrong.replace("met:", "again:", 1)
    assert codes(studied(claims=wrong), again) != []


def test_a_claim_that_shows_too_much_of_an_article_is_caught() -> None:
    sources = inputs_of(small()).briefings[0].files["content/case/sources.yaml"].decode()
    before = studied(sources=sources.replace("    full_text: yes\n", ""))
    whole = NEW.replace("lasted two hours", ONE.rstrip("."))
    assert "excerpt-share" in codes(before, whole)


def test_the_articles_words_read_back_from_the_yaml() -> None:
    article = article_of('It said: "yes # no" - {x}: [y] and so on.')
    result = find(article, source_of(), 'said: "yes # no" - {x}')
    assert isinstance(result, list)
    draft = Draft("a", "- A: #1", "talks", (Said("one", "supports", None, (result[0].quotation,)),))
    node = parse_yaml("", entries(entry_of(draft))).value
    assert node is not None
    assert node.data() == entry_of(draft)
