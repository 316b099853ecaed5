"""The numbers of claims on pages: as printed, as read, and with the words that give them."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from samples import Files, analysis_of, sample, small

from builder.analysis import Analysis
from builder.build import ANY_SITE
from builder.pages.claim import claim_page
from builder.pages.folder import Folder
from builder.pages.numbers import numbers_page
from builder.pages.overview import overview_page
from builder.pages.plotted import reading
from builder.units import in_unit
from builder.values import dated, parse_value
from builder.views import Quote
from builder.views.claim import ClaimPage
from builder.views.numbers import LedgerEntry, LedgerTopic, NumbersPage, PlotRow
from builder.views.overview import OverviewPage
from builder.words import ENGLISH

CLAIMS = """long:
  claim: The talks lasted two hours.
  topic: talks
  unit: hours
  evidence:
    one: {stance: supports, quote: The talks lasted two hours, key: two hours, value: 120 minutes}
    two: {stance: supports, quote: "for “about two hours”", key: about two hours, value: ~3}
alike:
  claim: They met once.
  topic: talks
  unit: meetings
  evidence:
    one: {stance: supports, quote: met on Thursday, value: 1}
    two: {stance: supports, quote: talked in Geneva, value: 1}
only:
  claim: Two ministers met.
  topic: people
  unit: people
  evidence:
    two: {stance: supports, quote: Two ministers, value: 2}
when:
  claim: They met in May.
  topic: talks
  unit: date
  evidence:
    one: {stance: supports, quote: met on Thursday, value: 2024-05-02}
    two: {stance: supports, quote: "Thursday, for", key: Thursday, value: 2024-05}
"""
FILES: Files = small(claims=CLAIMS)


def words(quote: Quote) -> str:
    return "".join(segment.text for segment in quote.segments)


def givers(row: PlotRow) -> str:
    return "".join(by.source.letter for by in row.given)


def entries(topics: Sequence[LedgerTopic]) -> list[LedgerEntry]:
    return [entry for topic in topics for entry in topic.entries]


def page(analysis: Analysis) -> NumbersPage:
    view = numbers_page(Folder(ANY_SITE, analysis)).view
    assert isinstance(view, NumbersPage)
    return view


def test_claims_stand_by_how_many_give_a_number_and_whether_it_is_the_same() -> None:
    view = page(analysis_of(FILES))
    ids = [[entry.claim.id for entry in entries(topics)] for topics in (view.compared, view.alike, view.single)]
    assert ids == [["long", "when"], ["alike"], ["only"]]
    assert view.summary == (
        "4 claims have numbers. For three of them, several texts give one. In one of these they cannot all hold."
    )
    assert view.single[0].entries[0].without == "A gives no number."
    assert view.contents == ()


def test_a_long_page_has_its_sections_by_topic_and_a_table_of_contents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.pages.numbers.SHORT", 3)
    view = page(analysis_of(FILES))
    sections = (view.compared, view.alike, view.single)
    assert [[(one.id, one.title) for one in topics] for topics in sections] == [
        [("different-talks", "The talks")],
        [("alike-talks", "The talks")],
        [("one-people", "The people")],
    ]
    assert [entry.claim.id for entry in view.compared[0].entries] == ["long", "when"]
    assert [(part.section.href, part.section.label) for part in view.contents] == [
        ("#different", "What several texts give differently: 2"),
        ("#alike", "What several texts give alike: 1"),
        ("#one", "What one text gives: 1"),
    ]
    assert [(link.href, link.label) for link in view.contents[0].topics] == [("#different-talks", "The talks: 2")]


def test_a_row_has_the_words_the_reading_and_the_stance() -> None:
    view = page(analysis_of(FILES))
    plot = entries(view.compared)[0].plot
    assert plot is not None
    assert [(givers(row), words(row.given[0].words), row.reading, row.kind) for row in plot.rows] == [
        ("A", "two hours", "120 minutes, or 2 hours", "point"),
        ("B", "about two hours", "about 3 hours", "about"),
    ]
    assert plot.rows[0].given[0].words.href.endswith("sources/one.html#p1")
    assert plot.description == "A gives 120 minutes, or 2 hours. B gives about 3 hours."
    assert plot.title == "Two sources give a number, in hours."


def test_a_claims_own_page_draws_the_same() -> None:
    analysis = analysis_of(FILES)
    made = claim_page(Folder(ANY_SITE, analysis, "claims"), 0).view
    assert isinstance(made, ClaimPage)
    assert made.plot is not None
    assert made.because == "Two texts support it. Their numbers cannot all hold."
    alike = claim_page(Folder(ANY_SITE, analysis, "claims"), 1).view
    assert isinstance(alike, ClaimPage)
    assert alike.plot is None


def test_key_figures_are_in_the_unit_of_the_claim() -> None:
    view = overview_page(Folder(ANY_SITE, analysis_of(FILES))).view
    assert isinstance(view, OverviewPage)
    assert [(figure.unit, [value.text for value in figure.values]) for figure in view.figures] == [
        ("hours", ["2", "about 3"]),
        ("", ["May 2024", "2 May 2024"]),  # given in several ways, so before the others
        ("meetings", ["1"]),
        ("people", ["2"]),
    ]


def test_every_number_of_the_sample_is_on_the_page_with_its_words() -> None:
    view = page(sample())
    every = entries((*view.compared, *view.alike, *view.single))
    assert len(every) == len(sample().ledger)
    shown = {entry.claim.id: entry.plot.rows if entry.plot else entry.rows for entry in every}
    for row in sample().matrix.rows:
        given = [cell.source.siglum for cell in row.cells if cell.evidence and cell.evidence.value]
        assert sorted("".join(map(givers, shown.get(row.claim.id, ())))) == given


SOURCES = "sources:\n" + "".join(
    f"  {id_}: {{siglum: {id_.upper()}, article: {id_}.txt, body: [The ministers, two hours.], full_text: yes}}\n"
    for id_ in "abcdefg"
)
TOGETHER = """long:
  claim: The talks lasted two hours.
  topic: talks
  unit: hours
  evidence:
    a: {stance: supports, quote: lasted two hours, value: 2}
    b: {stance: supports, quote: lasted two hours, value: 2}
    c: {stance: qualifies, differs_in: scope, quote: lasted two hours, value: 2}
    d: {stance: supports, quote: lasted two hours, value: ~2}
    e: {stance: supports, quote: talks lasted two hours, value: 2}
    f: {stance: supports, quote: lasted two hours, value: 120 minutes}
    g: {stance: qualifies, differs_in: precision, quote: lasted two hours, value: 2}
"""


def test_who_prints_the_very_same_shares_a_row_and_nobody_else() -> None:
    """A and B do; of the others each differs in one thing: stance, number, words, unit, what it differs in."""
    articles = {f"seeds/{id_}.txt": f"The ministers met {id_}. The talks lasted two hours." for id_ in "abcdefg"}
    files = {**small(sources=SOURCES, claims=TOGETHER, timeline=None, one=None, two=None), **articles}
    (entry,) = entries(page(analysis_of(files)).compared)
    assert entry.plot is not None
    assert [givers(row) for row in entry.plot.rows] == ["AB", "C", "D", "E", "F", "G"]
    assert [by.words.href for by in entry.plot.rows[0].given] == ["sources/a.html#p1", "sources/b.html#p1"]
    assert entry.plot.description == (
        "A, B, C, E and G give 2 hours. D gives about 2 hours. F gives 120 minutes, or 2 hours."
    )


@pytest.mark.parametrize(
    ("text", "unit", "read"),
    [
        ("5.5", "hours", "5.5 hours"),
        (">5", "hours", "more than 5 hours"),
        ("5..6", "hours", "5–6 hours"),
        ("330 minutes", "hours", "330 minutes, or 5.5 hours"),
        (">100 km", "miles", "more than 100 km, or more than 62 miles"),
        ("5..6 km", "m", "5–6 km, or 5,000–6,000 m"),
        ("$1.2 million", "US dollars", "$1.2 million"),
        ("~1.2 million", "US dollars", "about 1.2 million US dollars"),
        ("40", "%", "40\N{NARROW NO-BREAK SPACE}%"),
        ("40%", "percent", "40 %"),
    ],
)
def test_a_value_is_read_out_with_its_unit(text: str, unit: str, read: str) -> None:
    assert reading(ENGLISH, in_unit(parse_value(text), unit), unit) == read


def test_a_date_is_read_out_as_one() -> None:
    for text, read in (("2023-06-18", "18 June 2023"), ("2023-02~", "about February 2023")):
        assert reading(ENGLISH, dated(text, timedelta()), "date") == read
