"""What a briefing rests on, whatever faults it has."""

from samples import CLAIMS, TIMELINE, Files, inputs_of, sample, small

from builder.build import ANY_SITE, study
from builder.searching.resting import Resting, resting


def found_in(files: Files) -> Resting:
    inputs = inputs_of(files)
    studied = study(inputs.briefings[0], ANY_SITE, inputs.articles)
    assert studied is not None
    return resting(studied.briefing, studied.articles)


def test_without_faults_it_is_what_the_pages_are_made_from() -> None:
    anchored = sample().anchored
    found = resting(anchored.briefing, anchored.articles)
    assert found.evidence == anchored.evidence
    assert found.events == anchored.events
    assert found.passed_over == 0


def test_a_quotation_that_is_not_found_is_counted_and_hides_no_other() -> None:
    found = found_in(small(claims=CLAIMS.replace("met on Thursday in Geneva", "met on Friday")))
    assert found.passed_over == 1
    assert found.evidence["met", "one"] == ()
    assert len(found.evidence["met", "two"]) == 1
    assert len(found.events["meeting"]) == 1


def test_what_rests_on_a_missing_article_is_counted() -> None:
    found = found_in(small(one=None))
    assert found.passed_over == 2
    assert {key: len(passages) for key, passages in found.evidence.items()} == {("met", "one"): 0, ("met", "two"): 1}


def test_a_timeline_that_cannot_be_read_hides_no_claim() -> None:
    found = found_in(small(timeline=TIMELINE + "  - ["))
    assert found.events == {}
    assert [len(passages) for passages in found.evidence.values()] == [1, 1]
