"""The overview: what is disputed first, every claim once, and short whatever the briefing's size."""

import re
from functools import cache

import pytest
from samples import ROOT, TIMELINE, analysis_of, sample, small
from sized import sized_files

from builder.analysis import Analysis
from builder.analysis.matrix import Status
from builder.build import ANY_SITE
from builder.pages.folder import Folder
from builder.pages.overview import LEAST_CLAIMS, MOST_CLAIMS, MOST_DISPUTES, MOST_FIGURES, MOST_VOICES, overview_page
from builder.pages.timecharts import MOST_EVENTS, MOST_TEXTS
from builder.render import environment, render
from builder.views import Link
from builder.views.overview import OverviewPage


@cache
def large() -> Analysis:
    return analysis_of(sized_files(100, 8))


def view_of(analysis: Analysis) -> OverviewPage:
    view = overview_page(Folder(ANY_SITE, analysis)).view
    assert isinstance(view, OverviewPage)
    return view


def html_of(analysis: Analysis) -> str:
    return render(overview_page(Folder(ANY_SITE, analysis)), environment(ROOT / "templates")).data.decode()


# ---- what is disputed ---------------------------------------------------------------------------------------------


def test_of_many_disputed_claims_the_first_are_told_and_the_way_to_all() -> None:
    view = view_of(sample())
    assert (len(view.disputes), view.disputed) == (3, None)
    view, number = view_of(large()), len(large().matrix.of_status(Status.DISPUTED))
    assert (len(view.disputes), view.disputed) == (
        MOST_DISPUTES,
        Link(f"All {number} in the matrix", "matrix.html#disputed"),
    )


def test_few_texts_are_all_heard() -> None:
    (first, *_) = view_of(sample()).disputes
    assert [(voice.cell.source.letter, voice.cell.stance.key) for voice in first.voices] == [
        ("A", "qualifies"),
        ("C", "contradicts"),
        ("D", "supports"),
    ]
    assert not any(voice.others for voice in first.voices)


def test_of_many_texts_one_is_heard_for_each_stance_and_all_are_named() -> None:
    many = 0
    for duel in view_of(large()).disputes:
        speak = {cell.source.letter: cell.stance.key for cell in duel.claim.cells if cell.quotes}
        if len(speak) <= MOST_VOICES:
            continue
        many += 1
        heard = [voice.cell.stance.key for voice in duel.voices]
        assert sorted(heard) == sorted(set(speak.values()))
        named = {s.letter: voice.cell.stance.key for voice in duel.voices for s in (voice.cell.source, *voice.others)}
        assert named == speak
    assert many > 0


# ---- every claim once ---------------------------------------------------------------------------------------------


def test_every_claim_is_listed_once_under_its_topic() -> None:
    view = view_of(sample())
    listed = [claim.href for topic in view.topics for claim in topic.claims]
    assert listed == [f"claims/{row.claim.id}.html" for row in sample().matrix.rows]
    assert view.listed == view.claim_count
    assert not any(topic.more for topic in view.topics)
    html = html_of(sample())
    assert re.findall(r'<li class="[\w-]+"><svg.*?</svg><a href="([^"]*)">', html) == listed


def test_of_very_many_claims_the_most_telling_are_listed_and_the_way_to_the_others() -> None:
    view, matrix = view_of(large()), large().matrix
    assert view.listed <= MOST_CLAIMS < view.claim_count == len(matrix.rows)
    for topic in view.topics:
        rows = matrix.of_topic(topic.id)
        assert topic.more == Link(
            f"{len(rows) - len(topic.claims)} more in the matrix", f"matrix.html#topic-{topic.id}"
        )
        kept = {claim.href for claim in topic.claims}
        left = [row.status for row in rows if f"claims/{row.claim.id}.html" not in kept]
        assert Status.DISPUTED not in left
    assert f"{view.listed} of {view.claim_count} claims" in html_of(large())


def test_each_topic_of_the_pattern_leads_to_its_list() -> None:
    html = html_of(sample())
    targets = re.findall(r'</svg><a href="#(topic-[\w-]+)">', html)
    assert targets == [f"topic-{topic.id}" for topic in sample().anchored.briefing.topics]
    assert all(f'id="{target}"' in html for target in targets)


@pytest.mark.parametrize("number", [LEAST_CLAIMS - 1, LEAST_CLAIMS])
def test_of_very_few_claims_no_pattern_is_drawn(number: int) -> None:
    claims = "".join(f"c{n}: {{claim: C., topic: talks}}\n" for n in range(number))
    assert (view_of(analysis_of(small(claims=claims))).glance is None) == (number < LEAST_CLAIMS)


def test_whoever_points_at_a_column_is_told_its_claim_and_the_keyboard_passes_by() -> None:
    html = html_of(sample())
    pointed = re.findall(r'<a href="(claims/[^"]*)" tabindex="-1"><title>', html)
    assert pointed == [f"claims/{row.claim.id}.html" for row in sample().matrix.rows]


# ---- short --------------------------------------------------------------------------------------------------------


def test_of_many_numbers_those_are_told_that_differ_and_the_way_to_all() -> None:
    view = view_of(large())
    assert len(view.figures) == MOST_FIGURES
    assert view.figured is not None
    assert view.figured.href == "numbers.html"
    ways = [len(figure.values) for figure in view.figures]
    assert ways == sorted(ways, reverse=True)
    assert view_of(analysis_of(small())).figured is None


def test_the_chart_shows_the_events_that_most_claims_are_about() -> None:
    events = "".join(f'e{n}: {{title: "Event {n}", date: "2024-05-02T1{n}:00Z"}}\n' for n in range(MOST_EVENTS + 2))
    view = view_of(analysis_of(small(timeline=TIMELINE + events)))
    shown = [row.label for row in view.chart.events]
    assert shown == ["The ministers meet", *(f"Event {n}" for n in range(MOST_EVENTS - 1))]
    assert view.timeline == Link("The full timeline has 5 more", "timeline.html")  # two texts have no date


def test_the_chart_of_a_large_briefing_stays_short() -> None:
    chart = view_of(large()).chart
    assert len(chart.events) <= MOST_EVENTS
    assert len(chart.texts) <= MOST_TEXTS
