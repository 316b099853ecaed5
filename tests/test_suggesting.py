"""What silent sources may say: how often it is found, that nothing hidden leaks, and in any language."""

from dataclasses import replace

import pytest
from bench.recall import Recall, judged, recall, report
from samples import CLAIMS, SOURCES, sample, small, studied_of

from builder.build import Studied
from builder.model import Claim, Stance
from builder.searching.resting import resting
from builder.searching.suggesting import MOST, Likelihood, library_of, said_by_others, silent_sources, suggest


def suggested(one: Studied, claim: str, source: str) -> list[tuple[str, Likelihood]]:
    """The sentences suggested of a source, by a site that may have faults."""
    (asked,) = (each for each in one.briefing.claims if each.id == claim)
    found = resting(one.briefing, one.articles)
    said = said_by_others(asked, source, found.evidence, one.articles)
    library = library_of(one.briefing, one.articles)
    text = one.articles[source].text
    return [(each.sentence.span.of(text), each.likelihood) for each in suggest(library, asked, source, said)]


# ---- how good it is ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def measured() -> tuple[Recall, Recall]:
    anchored = sample().anchored
    briefing, articles = anchored.briefing, anchored.articles
    library, found = library_of(briefing, articles), resting(briefing, articles)
    whole = recall(library, briefing.claims, found)
    return whole, recall(library, briefing.claims, found, claim_only=True)


def test_hidden_evidence_is_found_among_three_sentences(measured: tuple[Recall, Recall]) -> None:
    whole, alone = measured
    assert len(whole.ranks) > 140
    assert whole.at(3) >= 0.95
    assert alone.at(3) >= 0.95
    assert whole.at(1) >= 0.85
    assert whole.at(1) <= whole.at(2) <= whole.at(3) < 1
    assert len(whole.missed) == whole.ranks.count(None)


def test_likely_is_nearly_always_right_and_unlikely_nearly_never() -> None:
    anchored = sample().anchored
    briefing, articles = anchored.briefing, anchored.articles
    counts = judged(library_of(briefing, articles), briefing.claims, resting(briefing, articles))
    assert counts.cells.total() == len(briefing.claims) * len(briefing.sources)
    likely, possible, unlikely = (counts.cited[word] / counts.sentences[word] for word in Likelihood)
    assert likely >= 0.9
    assert 0.1 <= possible < likely
    assert unlikely <= 0.03
    assert counts.speaking[Likelihood.UNLIKELY] <= 0.1 * counts.cells[Likelihood.UNLIKELY]


def test_the_report_names_what_is_missed(measured: tuple[Recall, Recall]) -> None:
    anchored = sample().anchored
    said = report(anchored.briefing, anchored.articles, name_missed=True).splitlines()
    assert said[0].startswith(f"{len(measured[0].ranks)} passages, ")
    assert said[-len(measured[0].missed) :] == [f"missed: {one}" for one in measured[0].missed]


def without(claim: Claim, source: str) -> Claim:
    """A claim as it would be if nothing were known of one source."""
    return replace(claim, evidence=tuple(one for one in claim.evidence if one.source != source), note=None)


def test_nothing_that_was_found_in_a_source_is_used_to_ask_it() -> None:
    anchored = sample().anchored
    library = library_of(anchored.briefing, anchored.articles)
    for source in anchored.articles:
        claims = [without(claim, source) for claim in anchored.briefing.claims]
        hidden = resting(replace(anchored.briefing, claims=tuple(claims), events=()), anchored.articles).evidence
        assert not [cell for cell in hidden if cell[1] == source]
        for known, blind in zip(anchored.briefing.claims, claims, strict=True):
            said = said_by_others(known, source, anchored.evidence, anchored.articles)
            unsaid = said_by_others(blind, source, hidden, anchored.articles)
            assert suggest(library, known, source, said) == suggest(library, blind, source, unsaid)


# ---- whom and how it asks ------------------------------------------------------------------------------------------

HOURS = CLAIMS + "hours:\n  claim: The talks lasted two hours.\n  topic: talks\n"


def test_a_claim_without_evidence_is_asked_in_its_own_words() -> None:
    site = studied_of(small(claims=HOURS))
    assert suggested(site, "hours", "one")[0] == ("The talks lasted two hours.", Likelihood.LIKELY)
    assert len(suggested(site, "hours", "one")) == MOST
    assert len(suggested(site, "hours", "two")) == 2


def test_the_words_of_other_sources_help() -> None:
    site = studied_of(small(claims=HOURS))
    library = library_of(site.briefing, site.articles)
    claim = replace(site.briefing.claims[1], text="An encounter.")
    text = site.articles["one"].text

    def first(*quoted: str) -> str:
        return suggest(library, claim, "one", quoted)[0].sentence.span.of(text)

    assert first() == "The ministers met on Thursday in Geneva."
    assert first("they talked for two hours", "it was long") == "The talks lasted two hours."
    assert first("a short one") == "It was a short one."


def test_what_a_silent_source_was_quoted_with_is_not_asked_for() -> None:
    claims = CLAIMS.replace("one: {stance: supports", "one: {stance: silent")
    site = studied_of(small(claims=claims))
    (claim,) = site.briefing.claims
    found = resting(site.briefing, site.articles)
    assert list(silent_sources(claim, site.briefing)) == ["one"]
    assert said_by_others(claim, "two", found.evidence, site.articles) == []
    assert said_by_others(claim, "one", found.evidence, site.articles) == ["talked in Geneva, Thursday"]


def test_silent_sources_are_those_without_a_stance() -> None:
    for claim in sample().anchored.briefing.claims:
        silent = set(silent_sources(claim, sample().anchored.briefing))
        speaking = {one.source for one in claim.evidence if one.stance is not Stance.SILENT}
        assert silent | speaking == {source.id for source in sample().anchored.briefing.sources}
        assert not silent & speaking


def test_a_sentence_that_is_printed_twice_is_suggested_once() -> None:
    twice = "The ministers met. The talks lasted two hours. The talks  lasted two hours. It was a short one."
    texts = [text for text, _ in suggested(studied_of(small(claims=HOURS, one=twice)), "hours", "one")]
    assert sorted(texts) == ["It was a short one.", "The ministers met.", "The talks lasted two hours."]


def test_of_a_missing_article_nothing_is_suggested() -> None:
    site = studied_of(small(claims=HOURS, one=None))
    library = library_of(site.briefing, site.articles)
    assert [suggest(library, claim, "one") for claim in site.briefing.claims] == [(), ()]
    assert suggested(site, "hours", "two")


@pytest.mark.parametrize(
    ("language", "claim", "sentences"),
    [
        ("zh", "两国同意增加航班。", ["两国外长在日内瓦会谈。", "双方同意增加客运航班。", "会后共进晚餐。"]),
        (
            "ja",
            "航空便を増やす。",
            ["外相は会談した。", "両国は航空便を増やすことで一致した。", "夕食をとった。"],
        ),
        ("th", "การเจรจาสองชั่วโมง", ["รัฐมนตรีพบกันที่เจนีวา", "การเจรจากินเวลาสองชั่วโมง", "ฝนตก"]),
        ("de", "Das Gespräch war lang.", ["Die Minister trafen sich.", "Lange dauerten die Gespräche.", "Es regnete."]),
        ("ru", "О переговорах двух часов.", ["Министры встретились.", "Переговоры длились два часа.", "Шёл дождь."]),
        ("vi", "Hội đàm hai giờ.", ["Các bộ trưởng đã gặp nhau.", "Cuộc hội đàm kéo dài hai giờ.", "Trời mưa."]),
    ],
)
def test_other_languages_are_asked_too(language: str, claim: str, sentences: list[str]) -> None:
    body = f"[{sentences[0][:3]}, {sentences[-1][-3:]}]\n    language: {language}"
    files = small(
        claims=f"{CLAIMS}asked:\n  claim: {claim}\n  topic: talks\n",
        sources=SOURCES.replace("[Two ministers, they said.]", body),
        two="\n\n".join(sentences),
    )
    best, likelihood = suggested(studied_of(files), "asked", "two")[0]
    assert best == sentences[1]
    assert likelihood is not Likelihood.UNLIKELY


def test_where_nothing_comes_near_the_best_is_unlikely() -> None:
    claims = CLAIMS + "else:\n  claim: Zebras graze quietly in the rain.\n  topic: talks\n"
    assert {word for _, word in suggested(studied_of(small(claims=claims)), "else", "one")} == {Likelihood.UNLIKELY}
