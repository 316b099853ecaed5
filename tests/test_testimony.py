"""What each source carries: counted, with every number traceable to its claims."""

import re
from itertools import combinations

import pytest
from samples import ROOT, analysis_of, sample, small

from builder.analysis import Analysis
from builder.analysis import testimony as carried
from builder.analysis.matrix import Silence
from builder.build import ANY_SITE, build_briefing
from builder.model import Stance
from builder.pages.coverage import coverage_page
from builder.pages.folder import Folder
from builder.pages.source import source_page
from builder.render import environment
from builder.views.coverage import CoveragePage
from builder.views.source import SourcePage

TEMPLATES = environment(ROOT / "templates")

SIDES = """origins:
  home: {name: Home, side: Home}
  away: {name: Away, side: Away}
  agency: {name: The Agency}
  spokesman: {name: The spokesman, via: home}
  both: {name: Both, side: Away, via: home}
sources:
  one: {siglum: A, article: one.txt, body: [The ministers met, a short one.], full_text: yes}
  two: {siglum: B, article: two.txt, body: [Two ministers, they said.], full_text: yes}
"""
CLAIMS = """met:
  claim: The ministers met.
  topic: talks
  evidence:
    one: {stance: supports, quote: met on Thursday in Geneva, key: Thursday, via: spokesman}
    two: {stance: supports, quote: "talked in Geneva, Thursday", via: agency}
length:
  claim: The talks lasted two hours.
  topic: talks
  evidence:
    one: {stance: supports, quote: lasted two hours, via: both}
    two: {stance: qualifies, differs_in: precision, quote: about two hours}
went-well:
  claim: It went well.
  topic: talks
  evidence:
    one: {stance: contradicts, quote: It was a short one}
    two: {stance: supports, quote: It went well, via: away}
short:
  claim: It was short.
  topic: talks
  evidence:
    one: {stance: supports, quote: a short one, via: home}
    two: {stance: qualifies, differs_in: expectation, quote: It went well}
alone:
  claim: They met in Geneva.
  topic: talks
  evidence:
    two: {stance: supports, quote: talked in Geneva}
"""


def found() -> tuple[Analysis, dict[str, carried.Testimony]]:
    analysis = analysis_of(small(sources=SIDES, claims=CLAIMS))
    return analysis, {one.source.id: one for one in analysis.testimony}


def test_a_claim_is_carried_alone_by_the_only_source_that_states_it() -> None:
    _, testimony = found()
    assert testimony["one"].alone == ("short",)  # the other one only expects it
    assert testimony["two"].alone == ("alone",)


def test_statements_are_counted_by_the_sides_of_their_whole_chain() -> None:
    _, testimony = found()
    assert testimony["one"].sides == {"Home": ("met", "length", "short"), "Away": ("length",), None: ("went-well",)}
    assert testimony["two"].sides == {"Home": (), "Away": ("went-well",), None: ("met", "length", "short", "alone")}


def test_without_sides_nothing_is_counted_by_them() -> None:
    analysis = analysis_of(small())
    assert all(one.sides == {} for one in analysis.testimony)
    view = coverage_page(Folder(ANY_SITE, analysis)).view
    assert isinstance(view, CoveragePage)
    assert (view.sides, view.two_sided) == (None, None)


def test_stances_rest_on_key_words_or_else_on_whole_quotations_each_counted_once() -> None:
    _, testimony = found()
    # Thursday · lasted two hours · It was a short one, in which “a short one” lies
    assert (testimony["one"].rests.words, testimony["one"].rests.of) == (1 + 3 + 5, 17)
    # talked in Geneva, Thursday · about two hours · It went well
    assert testimony["two"].rests.words == 4 + 3 + 3


def test_two_sources_agree_where_both_speak_alike() -> None:
    analysis, _ = found()
    [pair] = analysis.agreements
    assert (pair.one, pair.other, pair.shared) == ("one", "two", 4)
    assert (pair.alike, pair.qualified, pair.contradicted) == (("met",), ("length", "short"), ("went-well",))


@pytest.mark.parametrize(
    ("one", "two", "kind"),
    [
        ("supports", "contradicts", "contradicted"),
        ("contradicts", "contradicts", "alike"),
        # What only qualifies a claim need not contradict what contradicts it: “more than five” goes with “seven”.
        ("qualifies, differs_in: precision", "contradicts", "qualified"),
        ('qualifies, differs_in: precision, value: ">5"', "contradicts, value: 7", "qualified"),
        # Numbers that exclude each other do so whatever the stances say.
        ("contradicts, value: 3", "contradicts, value: 7", "contradicted"),
        ("supports, value: 3", "supports, value: 7", "contradicted"),
        ("qualifies, differs_in: strength, value: 3", "supports, value: 7", "contradicted"),
        ("qualifies, differs_in: scope, value: 3", "supports, value: 7", "qualified"),
    ],
)
def test_two_sources_contradict_each_other_only_where_both_cannot_hold(one: str, two: str, kind: str) -> None:
    claims = (
        "long:\n  claim: The talks lasted long.\n  topic: talks\n  unit: hours\n  evidence:\n"
        f"    one: {{stance: {one}, quote: lasted two hours}}\n"
        f"    two: {{stance: {two}, quote: about two hours}}\n"
    )
    [pair] = analysis_of(small(claims=claims)).agreements
    assert {told: getattr(pair, told) for told in ("alike", "qualified", "contradicted")} == {
        "alike": (), "qualified": (), "contradicted": (), kind: ("long",)
    }  # fmt: skip


def test_the_sources_page_and_the_coverage_page_count_alike() -> None:
    analysis = sample()
    folder = Folder(ANY_SITE, analysis, "sources")
    view = coverage_page(Folder(ANY_SITE, analysis)).view
    assert isinstance(view, CoveragePage)
    assert view.pairs is not None
    letters = [siglum.letter for siglum in folder.sigla]
    cells = {
        frozenset((row.source.letter, letters[index])): cell.text
        for row in view.pairs.rows
        for index, cell in enumerate(row.cells)
    }
    assert len(cells) == len(list(combinations(letters, 2)))
    for source in analysis.anchored.briefing.sources:
        page = source_page(folder, source).view
        assert isinstance(page, SourcePage)
        told = {a.source.letter: a.text for a in page.agreements}
        assert told == {
            letter: cells[frozenset((letter, source.siglum))] for letter in letters if letter != source.siglum
        }


def test_every_number_leads_to_so_many_claims() -> None:
    for analysis in (sample(), found()[0]):
        view = coverage_page(Folder(ANY_SITE, analysis)).view
        assert isinstance(view, CoveragePage)
        assert view.silences is not None
        assert view.sides is not None
        assert view.pairs is not None
        tables = (view.silences, view.sides)
        groups = {g.id: g for t in (*tables, view.pairs) for detail in t.details for g in detail.groups}
        counts = [count for table in tables for row in table.rows for count in row.counts]
        assert {count.href for count in counts if count.number} == {
            f"#{id_}" for id_ in groups if not id_.startswith("pair-")
        }
        for count in counts:
            assert (count.href is None) is (count.number == 0)
            if count.href:
                assert len(groups[count.href[1:]].claims) == count.number
        for row in view.pairs.rows:
            for cell in row.cells:
                assert cell.shared == cell.alike + cell.qualified + cell.contradicted
                assert cell.href is None or cell.href[1:] in groups


def test_every_silence_of_the_sample_has_its_kind_and_is_counted() -> None:
    analysis = sample()
    cells = [cell for row in analysis.matrix.rows for cell in row.cells]
    assert all((cell.silence is None) is cell.speaks for cell in cells)
    # B prints no date and looks ahead to nothing: what its silence on Monday means, only a curator can state.
    assert not [cell for cell in cells if cell.silence is Silence.UNKNOWN]
    stated = {cell.source.siglum for cell in cells if cell.silence is Silence.STATED}
    assert "B" in stated
    counted = sum(len(claims) for one in analysis.testimony for claims in one.silent.values())
    assert counted == sum(not cell.speaks for cell in cells)
    assert all(
        len(one.speaks) + sum(map(len, one.silent.values())) == len(analysis.matrix.rows) for one in analysis.testimony
    )


def test_alike_means_the_same_stance_without_a_difference() -> None:
    analysis = sample()
    rows = {row.claim.id: {cell.source.id: cell for cell in row.cells} for row in analysis.matrix.rows}
    for pair in analysis.agreements:
        for claim in pair.alike:
            one, other = rows[claim][pair.one], rows[claim][pair.other]
            assert one.stance is other.stance is not Stance.QUALIFIES
            assert {one.evidence and one.evidence.differs_in, other.evidence and other.evidence.differs_in} == {None}
        for claim in pair.contradicted:
            stances = {rows[claim][pair.one].stance, rows[claim][pair.other].stance}
            assert stances == {Stance.SUPPORTS, Stance.CONTRADICTS}
        assert all(rows[claim][id_].speaks for claim in pair.qualified for id_ in (pair.one, pair.other))


def test_the_coverage_page_judges_nobody_and_its_links_lead_somewhere() -> None:
    files = {file.path: file.data.decode() for file in build_briefing(found()[0], ANY_SITE, TEMPLATES).files}
    page = files["case/coverage.html"]
    for word in ("score", "bias", "reliable", "trust", "rank", "true"):
        assert not re.search(rf"\b{word}", re.sub(r"<[^>]+>", " ", page), re.IGNORECASE)
    ids = set(re.findall(r' id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids
    assert len(ids) == len(re.findall(r' id="', page))
    assert "1 piece of evidence rests on both sides, counted for each." in page


def test_a_briefing_with_one_source_compares_it_with_nobody() -> None:
    sources, claims = SIDES.partition("  two:")[0], CLAIMS.partition("    two:")[0]
    analysis = analysis_of(small(sources=sources, claims=claims, two=None))
    view = coverage_page(Folder(ANY_SITE, analysis)).view
    assert isinstance(view, CoveragePage)
    assert (view.pairs, view.silences) == (None, None)
    assert [detail.groups[0].claims[0].label for detail in view.alone] == ["The ministers met."]


def test_alike_claims_are_counted_and_the_others_listed() -> None:
    view = coverage_page(Folder(ANY_SITE, sample())).view
    assert isinstance(view, CoveragePage)
    assert view.pairs is not None
    cells = [cell for row in view.pairs.rows for cell in row.cells]
    listed = [group for detail in view.pairs.details for group in detail.groups]
    assert sum(len(group.claims) for group in listed) == sum(cell.qualified + cell.contradicted for cell in cells)
    assert {group.label for group in listed} == {"Qualified", "Contradicted"}
    assert all(detail.groups for detail in view.pairs.details)
    assert view.pairs.listed == "apart"


def test_where_there_are_too_many_only_the_contradicted_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.pages.coverage.MOST", 3)
    view = coverage_page(Folder(ANY_SITE, sample())).view
    assert isinstance(view, CoveragePage)
    assert view.pairs is not None
    assert (view.pairs.listed, view.pairs.details) == ("contradicted", ())
    contradicted = {claim for pair in sample().agreements for claim in pair.contradicted}
    texts = {row.claim.text: row.claim.id for row in sample().matrix.rows}
    assert {texts[one.claim.label] for one in view.pairs.partings} == contradicted
    told = {texts[one.claim.label]: ("".join(s.letter for s in one.sigla), one.pairs) for one in view.pairs.partings}
    assert told["talks-length"] == ("CD", "1 pair")
    cells = [cell for row in view.pairs.rows for cell in row.cells]
    assert all(cell.href == ("#contradicted" if cell.contradicted else None) for cell in cells)


@pytest.mark.parametrize(("columns", "dense"), [(4, False), (3, True)])
def test_of_many_texts_figures_stand_for_sentences(columns: int, dense: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.pages.coverage.DENSE", columns)
    view = coverage_page(Folder(ANY_SITE, sample())).view
    assert isinstance(view, CoveragePage)
    assert view.pairs is not None
    assert view.pairs.dense is dense


def test_of_very_many_claims_that_a_table_counts_the_first_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = coverage_page(Folder(ANY_SITE, sample())).view
    monkeypatch.setattr("builder.pages.coverage.MOST", 3)
    monkeypatch.setattr("builder.pages.coverage.FEW", 2)
    view = coverage_page(Folder(ANY_SITE, sample())).view
    assert isinstance(whole, CoveragePage)
    assert isinstance(view, CoveragePage)
    assert whole.silences is not None
    assert view.silences is not None
    assert view.silences.rows == whole.silences.rows
    tables = (whole.silences, view.silences)
    full, short = ([group for detail in table.details for group in detail.groups] for table in tables)
    for one, other in zip(full, short, strict=True):
        assert (len(other.claims), len(other.claims) + other.more) == (min(2, len(one.claims)), len(one.claims))
    assert any(group.more for group in short)
