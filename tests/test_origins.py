"""Whom evidence rests on: chains to their end, independent origins, and the page that shows them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import ROOT, SOURCES, analysis_of, sample, sample_studied, small

from builder.analysis import Analysis
from builder.analysis.chains import chain_of, end_of, side_of
from builder.analysis.shared import printed_of
from builder.build import ANY_SITE
from builder.exports.origins import origins_data, shared_data
from builder.model import Origin
from builder.pages.flow import ends_of, flow_pictures
from builder.pages.folder import Folder
from builder.pages.origins import origins_page
from builder.preview.places import places
from builder.render import environment, render
from builder.views.origins import OriginsPage
from builder.words import ENGLISH


def origins(**via: str) -> dict[str, Origin]:
    """Origins by what they rest on; `=x` after it says that one is source x."""
    found = {}
    for id_, text in via.items():
        names, _, source = text.partition("=")
        found[id_] = Origin(id_, id_.upper(), None, None, tuple(names.split()), source or None)
    return found


# ---- chains ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("via", "chain"),
    [
        ("", ""),
        ("end", "end"),
        ("tv", "tv office end"),
        ("tv end", "tv end"),  # what is written goes before what the origin says elsewhere
        ("paper tv", "paper tv office end"),
        ("both", "both paper agency"),  # the list is one chain, and goes on where its last one does
    ],
)
def test_a_chain_is_followed_from_its_last_origin_to_the_end(via: str, chain: str) -> None:
    known = origins(end="", office="end", tv="office", agency="", paper="agency", both="paper")
    assert chain_of(via.split(), known) == tuple(chain.split())


def test_a_chain_goes_on_with_what_the_source_rests_on_that_an_origin_is() -> None:
    known = origins(gazette="agency=one", agency="", office="")
    assert chain_of(["gazette"], known, {"one": ("office",)}) == ("gazette", "office")
    assert chain_of(["gazette"], known, {"one": ()}) == ("gazette", "agency")
    assert chain_of(["gazette"], known) == ("gazette", "agency")


@given(
    st.lists(st.lists(st.integers(0, 5), max_size=3), min_size=6, max_size=6), st.lists(st.integers(0, 5), max_size=4)
)
def test_every_chain_ends_and_names_nobody_twice(ahead: list[list[int]], via: list[int]) -> None:
    known = origins(**{f"o{at}": " ".join(f"o{goal}" for goal in goals) for at, goals in enumerate(ahead)})
    chain = chain_of([f"o{at}" for at in via], known)
    assert len(set(chain)) == len(chain)
    assert set(chain) >= {f"o{at}" for at in via}


def test_two_origins_that_are_one_source_are_one_end() -> None:
    known = origins(gazette="=one", front_page="=one", courier="=two")
    assert end_of(["gazette"], known) == end_of(["front_page"], known) != end_of(["courier"], known)
    assert end_of([], known) == ""


def test_the_side_of_a_chain_is_that_of_the_last_origin_that_has_one() -> None:
    known = {id_: Origin(id_, id_, None, side, ()) for id_, side in (("a", "North"), ("b", "South"), ("c", None))}
    assert [side_of(chain.split(), known) for chain in ("a b c", "b a", "c", "")] == ["South", "North", None, None]


# ---- independence ---------------------------------------------------------------------------------------------------

CITING = """origins:
  agency: {name: The Agency}
  first: {name: The Paper, source: one}
  again: {name: The Paper online, source: one}
sources:
  one: {siglum: A, article: one.txt, body: [The ministers met, a short one.], full_text: yes}
  two: {siglum: B, article: two.txt, body: [Two ministers, they said.], full_text: yes}
  three: {siglum: C, article: three.txt, body: [Two ministers, they said.], full_text: yes}
"""


def cited(**via: str) -> Analysis:
    quotes = {"one": "met on Thursday", "two": "talked in Geneva", "three": "talked in Geneva"}
    evidence = "".join(
        f"    {id_}: {{stance: supports, quote: {quote}{f', via: {via[id_]}' if id_ in via else ''}}}\n"
        for id_, quote in quotes.items()
    )
    claims = f"met:\n  claim: The ministers met.\n  topic: talks\n  evidence:\n{evidence}"
    text = small()["seeds/two.txt"]
    assert isinstance(text, str)
    files = small(sources=CITING, claims=claims, timeline=None)
    return analysis_of({**files, "seeds/three.txt": f"{text} "})


@pytest.mark.parametrize(
    ("via", "chains", "independent"),
    [
        ({}, ("", "", ""), ()),
        ({"two": "first"}, ("", "first", ""), ("first",)),
        ({"two": "first", "three": "again"}, ("", "first", "again"), ("first",)),
        ({"one": "agency", "two": "first", "three": "agency"}, ("agency", "first agency", "agency"), ("agency",)),
        ({"two": "first", "three": "agency"}, ("", "first", "agency"), ("first", "agency")),
    ],
)
def test_a_source_that_another_one_cites_is_no_second_origin(
    via: dict[str, str], chains: tuple[str, ...], independent: tuple[str, ...]
) -> None:
    (row,) = cited(**via).matrix.rows
    assert tuple(" ".join(cell.chain) for cell in row.cells) == chains
    assert row.independent == independent


# ---- the flow -------------------------------------------------------------------------------------------------------


def test_every_piece_of_evidence_is_in_the_flow_once() -> None:
    analysis = sample()
    speaking = [
        (row.claim.id, cell.source.id, cell.chain) for row in analysis.matrix.rows for cell in row.cells if cell.speaks
    ]
    assert [(piece.claim, piece.source, piece.chain) for piece in analysis.flow.pieces] == speaking
    assert sum(analysis.flow.unnamed) == sum(not chain for *_, chain in speaking)


def test_an_origin_is_told_with_its_chain_and_who_credits_it_for_what() -> None:
    flow = cited(one="agency", two="first").flow
    told = {one.origin: (one.chain, one.nearest, one.pieces) for one in flow.origins}
    assert told == {
        "agency": (("agency",), (("one", ("met",)),), 2),
        "first": (("first", "agency"), (("two", ("met",)),), 1),
    }


def test_an_origin_that_is_credited_for_a_whole_text_alone_is_told_too() -> None:
    sources = SOURCES.replace("full_text: yes", "full_text: yes\n    via: agency", 1)
    claims = "met: {claim: C., topic: talks, evidence: {two: {stance: supports, quote: they said}}}"
    (one,) = analysis_of(small(sources=sources, claims=claims, timeline=None)).flow.origins
    assert (one.origin, one.pieces, one.whole) == ("agency", 0, ("one",))
    further = sources.replace("origins:\n", "origins:\n  office: {name: The Office}\n").replace(
        "via: agency", "via: [agency, office]"
    )
    found = analysis_of(small(sources=further, claims=claims, timeline=None)).flow.origins
    assert {one.origin: one.whole for one in found} == {"agency": ("one",), "office": ()}


def test_claims_are_grouped_by_how_many_independent_origins_support_them() -> None:
    for number, rows in sample().flow.independent:
        assert all(len(row.independent) == number for row in rows)
    numbers = [number for number, _ in sample().flow.independent]
    assert numbers == sorted(set(numbers), reverse=True)
    assert len(numbers) > 1
    grouped = [row.claim.id for _, rows in sample().flow.independent for row in rows]
    assert len(grouped) == len(set(grouped))


# ---- the page -------------------------------------------------------------------------------------------------------


def page_of(analysis: Analysis) -> OriginsPage:
    view = origins_page(Folder(ANY_SITE, analysis)).view
    assert isinstance(view, OriginsPage)
    return view


def html_of(analysis: Analysis) -> str:
    return render(origins_page(Folder(ANY_SITE, analysis)), environment(ROOT / "templates")).data.decode()


def test_the_tables_say_what_the_picture_says() -> None:
    view, flow = page_of(sample()), sample().flow
    wide, _ = view.pictures
    for rows in (view.ends, view.topics):
        assert sum(row.total for row in rows) == len(flow.pieces)
        assert all(sum(row.numbers) == row.total for row in rows)
    drawn = {(bar.label, bar.number) for bar in wide.bars}
    assert {(row.label, row.total) for row in view.ends} <= drawn


def test_every_run_is_printed_or_told_with_its_places() -> None:
    analysis = sample()
    for pair, shared in zip(page_of(analysis).shared, analysis.shared, strict=True):
        assert len(pair.printed) + len(pair.more) == len(shared.runs)
        assert (bool(pair.printed), pair.unnamed) == (True, 0)


def test_of_many_runs_the_first_are_shown_and_the_others_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.pages.shared.PRINTED", 1)
    monkeypatch.setattr("builder.pages.shared.NAMED", 1)
    analysis = sample()
    shown = page_of(analysis).shared
    assert {len(part) for pair in shown for part in (pair.printed, pair.more)} == {0, 1}
    for pair, shared in zip(shown, analysis.shared, strict=True):
        assert len(pair.printed) + len(pair.more) + pair.unnamed == len(shared.runs)
    assert f">{max(pair.unnamed for pair in shown)} more<" in html_of(analysis)


def test_of_many_pairs_those_that_share_most_are_told_and_the_others_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.pages.shared.PAIRS", 2)
    analysis = sample()
    view = page_of(analysis)
    letters = {source.id: source.siglum for source in analysis.anchored.briefing.sources}
    words = {tuple(letters[id_] for id_ in pair.sources): pair.words for pair in analysis.shared}
    told = [tuple(source.letter for source in pair.sources) for pair in view.shared]
    columns = [siglum.letter for siglum in view.columns]
    cells = {
        (column, row.source.letter): cell
        for row in view.shared_table
        for column, cell in zip(columns, row.cells, strict=False)
    }
    assert {pair: int(cell.words) for pair, cell in cells.items() if cell.words} == words
    assert len(cells) == 10
    assert [(len(row.cells), row.blank) for row in view.shared_table] == [(1, 3), (2, 2), (3, 1), (4, 0)]
    assert len(told) == 2
    assert {pair for pair, cell in cells.items() if cell.href} == set(told)
    assert {cell.href for cell in cells.values() if cell.href} == {f"#{pair.anchor}" for pair in view.shared}
    assert min(words[pair] for pair in told) >= max(words[pair] for pair in words if pair not in told)
    html = html_of(analysis)
    assert "The 2 pairs that share most:" in html
    assert all(f'id="{pair.anchor}"' in html for pair in view.shared)


def test_of_very_many_links_to_claims_the_first_are_listed_and_the_others_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = page_of(sample())
    monkeypatch.setattr("builder.pages.origins.CLAIMS", 10)
    monkeypatch.setattr("builder.pages.origins.FEW", 2)
    monkeypatch.setattr("builder.pages.origins.LISTED", 5)
    view = page_of(sample())
    for full, short in zip(whole.independent, view.independent, strict=True):
        assert len(short.claims) + short.more == short.count == len(full.claims)
        assert set(short.claims) <= set(full.claims)
        assert len(short.claims) <= 5
    cut = [by for group in view.groups for origin in group.origins for by in origin.credited]
    assert all(len(by.claims) + by.more == by.count and len(by.claims) <= 2 for by in cut)
    assert any(by.more for by in cut)
    assert not any(by.more for group in whole.groups for origin in group.origins for by in origin.credited)


def test_links_lead_to_words_that_are_shown() -> None:
    analysis = sample()
    page = html_of(analysis)
    anchored = analysis.anchored
    for source in anchored.briefing.sources:
        folder = f"sources/{source.id}.html#p"
        for number in {int(number) for number in re.findall(rf'{folder}(\d+)"', page)}:
            paragraph = next(
                p for p in anchored.articles[source.id].paragraphs if p.zone == "body" and p.number == number
            )
            shown = analysis.coverage[source.id].shown
            assert any(span.start < paragraph.span.end and paragraph.span.start < span.end for span in shown)
    assert 'href="claims/talks-length.html#mothership"' in page


def test_names_from_content_are_escaped() -> None:
    sources = CITING.replace("The Agency", "<script>alert(1)</script>").replace("The Paper}", "'\"><svg onload=x>}")
    claims = "met: {claim: C., topic: talks, evidence: {two: {stance: supports, quote: they said, via: agency}}}"
    text = small()["seeds/two.txt"]
    page = html_of(analysis_of({**small(sources=sources, claims=claims, timeline=None), "seeds/three.txt": f"{text} "}))  # type: ignore[str-bytes-safe]
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_briefing_without_origins_has_no_picture() -> None:
    sources = SOURCES.replace("origins:\n  agency: {name: The Agency}\n", "")
    claims = "met: {claim: C., topic: talks, evidence: {two: {stance: supports, quote: they said}}}"
    analysis = analysis_of(small(sources=sources, claims=claims, timeline=None))
    view = page_of(analysis)
    assert (view.pictures, view.groups, view.sides, view.coverage_href) == ((), (), (), None)
    assert "No text names an origin" in view.intro
    assert "<h2>Every origin</h2>" not in html_of(analysis)


def test_sides_stand_over_their_origins_and_those_of_none_come_last() -> None:
    analysis = sample()
    known = analysis.anchored.briefing.origins
    ends = ends_of(analysis.flow.pieces, known)
    assert list(dict.fromkeys(known[id_].side for id_ in ends)) == ["United States", "China", None]
    wide, narrow = flow_pictures(analysis.anchored.briefing, analysis.flow.pieces, ENGLISH)
    for picture in (wide, narrow):
        assert [label.text for label in picture.sides] == ["United States", "China", "No side"]


def test_the_narrow_picture_leads_from_the_ends_of_chains_to_letters() -> None:
    analysis = sample()
    wide, narrow = flow_pictures(analysis.anchored.briefing, analysis.flow.pieces, ENGLISH)
    ends = [(bar.label, bar.number) for bar in wide.bars if bar.x == 0]
    assert [(bar.label, bar.number) for bar in narrow.bars if bar.x == 0] == ends
    texts = [bar for bar in narrow.bars if bar.x]
    assert [bar.label for bar in texts] == ["A", "B", "C", "D", "E"]
    assert sum(bar.number for bar in texts) == len(analysis.flow.pieces)
    assert narrow.description == wide.description


def test_nothing_is_judged() -> None:
    words = re.sub(r"<[^>]+>", " ", html_of(sample())).lower()
    assert not re.search(r"\b(true|false|bias|fake|score|reliable|credible)\b", words)


# ---- the data -------------------------------------------------------------------------------------------------------


def test_the_data_names_chains_and_who_credits_whom() -> None:
    agency, first, again = origins_data(cited(one="agency", two="first"))
    assert (agency["chain"], agency["evidence"]) == ([], 2)
    assert (first["source"], first["chain"]) == ("one", ["agency"])
    assert first["credited_by"] == [{"source": "two", "claims": ["met"]}]
    assert (again["evidence"], again["credited_by"]) == (0, [])


def test_the_data_prints_no_more_of_shared_text_than_the_page() -> None:
    analysis = sample()
    printed = [place["printed"] for pair in shared_data(analysis) for run in pair["runs"] for place in run["places"]]  # type: ignore[attr-defined]
    shown = [span.of(analysis.anchored.articles[source].text) for source, span in printed_of(analysis.shared)]
    assert [words for words in printed if words] == shown
    for pair in shared_data(analysis):
        for run in pair["runs"]:  # type: ignore[attr-defined]
            for place in run["places"]:
                words = analysis.anchored.articles[place["source"]].text[place["start"] : place["end"]]
                assert place["printed"] is None or words.startswith(place["printed"])


# ---- the preview ----------------------------------------------------------------------------------------------------


def test_the_preview_knows_the_line_of_every_origin_and_explanation() -> None:
    studied = sample_studied()
    told = {place["selector"]: place for place in places(studied, f"{studied.briefing.name}/origins.html")}
    assert {f"#origin-{credited.origin}" for credited in sample().flow.origins} <= set(told)
    lines = studied.texts.files[told["#origin-cctv"]["file"]].decode().splitlines()
    assert lines[told["#origin-cctv"]["line"] - 1].strip() == "cctv:"
    noted = [selector for selector in told if selector.startswith(".pair")]
    assert len(noted) == sum(pair.note is not None for pair in sample().shared)
