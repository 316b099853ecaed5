"""Readings for readers: set side by side on the claim's page, and as an edition on a page of their own."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser
from samples import ROOT, analysis_of
from test_apparatus import said

from builder import views
from builder.analysis import Analysis, unchanged
from builder.assemble import site_of
from builder.documents import SiteEntry
from builder.pages.claim import claim_page
from builder.pages.folder import Folder
from builder.pages.wording import wording_page
from builder.render import environment, render, static_files
from builder.views.claim import ClaimPage
from builder.views.wording import ApparatusEntry, UtteranceLine, WordingPage

SITE = site_of(SiteEntry(title="A Site"))
TEMPLATES = environment(ROOT / "templates")
STATIC = ROOT / "templates" / "static"
TABLE = "document.querySelector('.readings')"
WAYS = said(["“one open way” of many", "one way"], "one long way […] many", "of no use", lemma="s1")
POINT = said("lowest point since the establishment of ties", "lowest point since its establishment", "lowest point")


def claim_of(analysis: Analysis) -> ClaimPage:
    view = claim_page(Folder(SITE, analysis, "claims"), 0).view
    assert isinstance(view, ClaimPage)
    return view


def utterance(files: Mapping[str, str | bytes | None]) -> UtteranceLine:
    view = wording_page(Folder(SITE, analysis_of(files))).view
    assert isinstance(view, WordingPage)
    (line,) = view.utterances
    return line


def text(quote: views.Quote | None) -> str:
    return "".join(segment.text for segment in quote.segments) if quote else "–"


def who(witnesses: tuple[views.Witness, ...]) -> str:
    return " ".join(one.source.letter + one.number for one in witnesses)


def entry_line(entry: ApparatusEntry) -> str:
    """An entry as an edition prints it."""
    lemma = "all" if entry.whole else f"after {text(entry.after)}" if entry.after else text(entry.lemma)
    return f"{lemma} ] " + ", ".join(
        f"{text(one.words) if one.words else 'om.'} {who(one.witnesses)}" for one in entry.variants
    )


# ---- side by side ----------------------------------------------------------------------------------------------


def test_the_lemma_comes_first_and_what_stands_apart_last() -> None:
    collation = claim_of(analysis_of(WAYS)).collation
    assert collation
    assert [who((row.witness,)) for row in collation.rows] == ["A1", "A2", "B", "C"]
    assert [len(row.cells) for row in collation.rows] == [collation.places] * 3 + [0]
    assert (collation.title, collation.by, collation.apart) == ("Four readings, word by word", "The mayor", True)


def test_a_cell_has_its_words_and_how_they_stand_to_the_lemma() -> None:
    collation = claim_of(analysis_of(WAYS)).collation
    assert collation
    assert [[(cell.standing, text(cell.quote)) for cell in row.cells] for row in collation.rows[:3]] == [
        [("same", "“one"), ("same", "open"), ("same", "way”"), ("same", "of"), ("same", "many")],
        [("same", "one"), ("omitted", "–"), ("same", "way"), ("omitted", "–"), ("omitted", "–")],
        [("same", "one"), ("other", "long"), ("same", "way"), ("unquoted", "–"), ("same", "many")],
    ]


def test_a_row_leads_to_the_paragraph_of_its_reading() -> None:
    collation = claim_of(analysis_of(WAYS)).collation
    assert collation
    assert [(row.whole.href, row.whole.mode, row.chain) for row in collation.rows[:2]] == [
        ("../sources/s1.html#p2", "mixed", ()),
        ("../sources/s1.html#p3", "indirect", ()),
    ]
    assert collation.rows[2].chain == ("The Agency",)


def test_a_claim_without_readings_has_no_collation() -> None:
    assert claim_of(analysis_of(said("one way"))).collation is None


def test_a_collation_stands_in_the_place_of_the_wordings() -> None:
    files = dict(said("“one way”", "“another way”"))
    claims = str(files["content/case/claims.yaml"]).replace("s2: {stance: supports", "s2: {stance: contradicts")
    assert claim_of(analysis_of({**files, "content/case/claims.yaml": claims})).wordings == ()
    plain = claims.replace("  utterance: {by: The mayor}\n", "")
    assert len(claim_of(analysis_of({**files, "content/case/claims.yaml": plain})).wordings) == 2


def test_departures_and_gaps_are_told_in_words_not_by_colour_alone() -> None:
    html = render(claim_page(Folder(SITE, analysis_of(WAYS), "claims"), 0), TEMPLATES).data.decode()
    (table,) = re.findall(r"<table>.*?</table>", html, re.DOTALL)
    assert table.count("Instead: </span>") == 1
    assert table.count("Not in this reading") == 3
    assert table.count('<span class="gap">[…]</span>') == 1
    assert table.count("In all other words: </span>") == 1


# ---- as an edition ---------------------------------------------------------------------------------------------


def test_the_lemma_stands_once_with_the_words_marked_that_readings_depart_from() -> None:
    line = utterance(WAYS)
    assert [(segment.kind, segment.text) for segment in line.text.segments] == [
        ("text", "“one "), ("key", "open"), ("text", " way” "), ("key", "of"), ("text", " "), ("key", "many"),
    ]  # fmt: skip
    assert (line.by, line.claim.label, who((line.witness,))) == ("The mayor", "They spoke.", "A1")
    assert line.collation == views.Link("All four readings", "claims/speech.html#readings")


def test_an_entry_sets_what_departs_against_the_words_of_the_lemma() -> None:
    assert [entry_line(entry) for entry in utterance(WAYS).entries] == [
        "open ] om. A2, long B",
        "of many ] om. A2",
        "all ] of no use C",
    ]
    assert [entry_line(entry) for entry in utterance(POINT).entries] == [
        "since the establishment of ties ] om. C",
        "the ] its B",
        "of ties ] om. B",
    ]


def test_what_is_added_is_told_after_the_word_before_it() -> None:
    added = said("respect and cooperation", "mutual respect and win-win cooperation", lemma="s1")
    assert [entry_line(entry) for entry in utterance(added).entries] == ["– ] mutual B", "after and ] win-win B"]


def test_words_that_the_lemma_leaves_out_are_not_printed_with_those_around_them() -> None:
    files = said(
        "lowest point […] of the ties", "lowest point since its establishment of the ties", "lowest", lemma="s1"
    )
    line = utterance(files)
    assert [entry_line(entry) for entry in line.entries] == ["point […] of the ties ] om. C"]
    assert text(line.text) == "lowest point […] of the ties"


def test_readings_that_are_all_the_same_have_no_entry() -> None:
    line = utterance(said("“One way”", "one way"))
    assert line.entries == ()
    assert [(manner.mode, who(manner.witnesses)) for manner in line.manners] == [
        ("Inside quotation marks", "A"),
        ("In the outlet’s own words", "B"),
    ]


def test_every_printed_word_is_counted_as_shown() -> None:
    analysis = analysis_of(WAYS)
    for collation in analysis.apparatus:
        for reading in collation.readings:
            shown = analysis.coverage[reading.source.id].shown
            assert all(any(part.span in span for span in shown) for part in reading.parts)


def test_the_page_leads_to_the_tei() -> None:
    html = render(wording_page(Folder(SITE, analysis_of(WAYS))), TEMPLATES).data.decode()
    assert '<a href="data/apparatus.xml">' in html


def test_a_long_table_scrolls_by_itself_and_the_page_does_not(browser: Browser, tmp_path: Path) -> None:
    words = [f"word{number}" for number in range(60)]
    texts = [" ".join(word if at % step else f"other{at}" for at, word in enumerate(words)) for step in (3, 4, 5)]
    sheets = {str(path.relative_to(STATIC)): path.read_bytes() for path in STATIC.rglob("*") if path.is_file()}
    files = [render(claim_page(Folder(SITE, analysis_of(said(*texts, "W" * 400)), "claims"), 0), TEMPLATES)]
    for file in (*files, *static_files(sheets)):
        (tmp_path / file.path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file.path).write_bytes(file.data)
    with browser.new_context() as context:
        tab = context.new_page()
        tab.goto((tmp_path / "case/claims/speech.html").as_uri())
        for width in (320, 1440):
            tab.set_viewport_size({"width": width, "height": 900})
            page, table = (f"{one}.scrollWidth - {one}.clientWidth" for one in ("document.documentElement", TABLE))
            assert (tab.evaluate(page), tab.evaluate(table) > 0) == (0, width == 1440)


# ---- built again -----------------------------------------------------------------------------------------------


def test_another_lemma_or_reading_is_another_page() -> None:
    before = analysis_of(WAYS)
    claims = str(WAYS["content/case/claims.yaml"])
    for changed in (claims.replace("lemma: s1", "lemma: s2"), claims.replace('"of no use"', '"no use"')):
        now = analysis_of({**WAYS, "content/case/claims.yaml": changed})
        same = replace(now, anchored=replace(now.anchored, articles=before.anchored.articles))
        assert unchanged(before, same) == frozenset()
        assert claim_of(same).collation != claim_of(before).collation
