"""The page of the matrix: what its view holds, and what its HTML says without a style sheet or a script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from samples import CLAIMS, FRONT, analysis_of, sample, small
from sized import SUBJECTS, sized_files, sized_site

from builder.analysis import Analysis
from builder.build import ANY_SITE
from builder.pages.folder import Folder
from builder.pages.matrix import matrix_page
from builder.render import environment, render
from builder.views.matrix import MatrixPage

TEMPLATES = environment(Path(__file__).resolve().parent.parent / "templates")


def view_of(analysis: Analysis) -> MatrixPage:
    view = matrix_page(Folder(ANY_SITE, analysis)).view
    assert isinstance(view, MatrixPage)
    return view


def html_of(analysis: Analysis) -> str:
    return render(matrix_page(Folder(ANY_SITE, analysis)), TEMPLATES).data.decode()


def ranked(view: MatrixPage, key: str) -> list[str]:
    """The claims in another order, as the script makes it: by rank, and as written where ranks are equal."""
    claims = [claim.id for topic in view.topics for claim in topic.claims]
    (ranks,) = (one.ranks for one in view.sortings if one.key == key)
    pairs = sorted(zip(ranks, claims, strict=True), key=lambda pair: pair[0])
    return [claim for _, claim in pairs]


def test_by_disagreement_what_is_disputed_comes_first_and_then_what_most_texts_say_otherwise() -> None:
    analysis = sample()
    rows = {row.claim.id: row for row in analysis.matrix.rows}
    order = [rows[claim] for claim in ranked(view_of(analysis), "disagreement")]
    apart = [sum(cell.stance.value in ("qualifies", "contradicts") for cell in row.cells) for row in order]
    disputed = [row.status.value == "disputed" for row in order]
    number = sum(disputed)
    assert 0 < number < len(order)
    assert disputed == [True] * number + [False] * (len(order) - number)
    assert apart[:number] == sorted(apart[:number], reverse=True)
    assert apart[number:] == sorted(apart[number:], reverse=True)


def test_a_long_name_of_an_outlet_gets_a_taller_head() -> None:
    short, long = analysis_of(small()), analysis_of(sized_files(4, 4))
    assert [view_of(one).long_names for one in (short, long)] == [False, True]
    assert [' tall" role="region"' in html_of(one) for one in (short, long)] == [False, True]


def test_a_stance_that_no_text_takes_is_no_filter() -> None:
    stances = {one.stance.key: one.number for one in view_of(analysis_of(small())).stances}
    assert 0 < len(stances) < 4
    assert 0 not in stances.values()


def test_rows_out_of_sight_are_left_alone_where_there_are_many_cells() -> None:
    few, many = sample(), analysis_of(sized_files(31, 20))
    assert [view_of(one).large for one in (few, many)] == [False, True]
    assert [" large" in html_of(one) for one in (few, many)] == [False, True]
    assert ["static/css/many.css" in html_of(one) for one in (few, many)] == [False, True]


def test_by_time_claims_follow_their_events_and_those_without_one_come_last() -> None:
    analysis = sample()
    events = {event.id: event for event in analysis.anchored.briefing.events}
    claims = {row.claim.id: row.claim for row in analysis.matrix.rows}
    told = [claims[id_].event for id_ in ranked(view_of(analysis), "time")]
    years = [re.findall(r"\d{4}", events[id_].date.text)[0] for id_ in told if id_]
    assert None in told
    assert told.index(None) == len(years)
    assert years == sorted(years)
    assert len(set(years)) > 2


def test_columns_tell_to_how_many_claims_each_text_speaks() -> None:
    analysis = sample()
    columns = view_of(analysis).columns
    assert [column.index for column in columns] == [1, 2, 3, 4, 5]
    speaks = [sum(row.cells[at].speaks for row in analysis.matrix.rows) for at in range(5)]
    assert [column.speaks for column in columns] == speaks
    assert len(set(speaks)) > 1


def test_stances_tell_how_many_claims_have_one_of_them() -> None:
    analysis = sample()
    stances = {one.stance.key: one.number for one in view_of(analysis).stances}
    disputed = sum(any(cell.stance.value == "contradicts" for cell in row.cells) for row in analysis.matrix.rows)
    assert stances["contradicts"] == disputed
    assert set(stances) == {"supports", "qualifies", "contradicts", "silent"}


def test_a_cell_reads_outlet_stance_difference_place_and_words_in_this_order() -> None:
    claims = CLAIMS.replace("two: {stance: supports", "two: {stance: qualifies, differs_in: precision")
    html = html_of(analysis_of(small(claims=claims)))
    (cell,) = re.findall(r'<td class="qualifies">.*?(?=</tr>)', html)
    words = " ".join(re.sub(r"<[^>]+>", " ", cell).split())
    assert words == "B Outlet not named Qualifies in precision ¶ 1 talked in Geneva, Thursday ← The Agency"


def test_head_cells_say_what_they_are_the_head_of() -> None:
    html = html_of(analysis_of(small()))
    table = html[html.index("<table") : html.index("</table>")]
    assert table.count('<th scope="col">') == 3
    assert table.count('<th scope="rowgroup">') == 1
    assert table.count('<th scope="row">') == 1
    assert "<caption" in table


def test_a_row_is_found_under_earlier_ids_of_its_claim() -> None:
    claims = CLAIMS.replace("met:\n", "met:\n  was: [met-once, meeting-day]\n")
    html = html_of(analysis_of(small(claims=claims)))
    row = html[html.index('<tr id="claim-met"') :]
    assert '<i id="claim-met-once"></i><i id="claim-meeting-day"></i>' in row[: row.index("</tr>")]


def test_every_link_of_a_filter_leads_to_an_element_of_the_page() -> None:
    html = html_of(sample())
    controls = html[html.index('<form class="controls"') : html.index("</form>")]
    targets = re.findall(r'href="#([a-z0-9-]+)"', controls)
    assert len(targets) > 15
    assert all(html.count(f' id="{target}"') == 1 for target in targets)


def test_what_only_a_script_can_do_is_hidden_without_one() -> None:
    html = html_of(sample())
    assert re.findall(r"<label hidden>.*?<(select|input)", html) == ["select", "input"]
    assert '<p class="found" hidden>' in html


def test_a_hostile_title_of_a_topic_stays_text() -> None:
    hostile = FRONT.replace("The talks", "'<img src=x onerror=alert(1)>'")
    html = html_of(analysis_of(small(front=hostile)))
    assert "<img" not in html
    assert "&lt;img src=x" in html


# ---- sites of any size -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("claims", "sources"), [(1, 2), (3, 2), (45, 5), (200, 14)])
def test_a_sized_site_is_valid_and_has_the_size_that_was_asked_for(claims: int, sources: int) -> None:
    analysis = analysis_of(sized_files(claims, sources))
    assert len(analysis.matrix.rows) == claims
    assert {len(row.cells) for row in analysis.matrix.rows} == {sources}
    view = view_of(analysis)
    if claims > 40:
        assert {one.number > 0 for one in view.stances} == {True}
        assert len(view.filters) == 6, "every status but `unsourced`"


def test_a_sized_site_is_the_same_on_every_machine(tmp_path: Path) -> None:
    one, other = (sized_site(tmp_path / name, 12, 3) for name in ("one", "other"))
    files = [path.relative_to(one) for path in sorted(one.rglob("*")) if path.is_file()]
    assert len(files) > 5
    assert all((one / path).read_bytes() == (other / path).read_bytes() for path in files)


@pytest.mark.parametrize(("claims", "sources"), [(0, 2), (241, 2), (3, 1), (3, 27)])
def test_no_site_of_another_size_is_made(tmp_path: Path, claims: int, sources: int) -> None:
    with pytest.raises(ValueError, match="no site of"):
        sized_site(tmp_path, claims, sources)
    assert len(set(SUBJECTS)) == len(SUBJECTS)
