"""What can be found in a briefing, how words are folded for it, and which briefings the index names."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import CLAIMS, ONE, SOURCES, TWO, analysis_of, sample, scalar, small

from builder.analysis import Analysis
from builder.lookup import index
from builder.lookup.entries import Findable, findable
from builder.lookup.folding import distinct, words
from builder.lookup.index import FILES, LONGEST, changed, file_of, terms_of, whole
from builder.lookup.scripted import call
from builder.pages.folder import Folder
from builder.words import ENGLISH

FOLDED = [
    ("Taiwan’s Question", ["taiwan", "s", "question"]),
    ("the U.S. and the U.S", ["the", "us", "and", "the", "us"]),
    ("5.5 hours, $1,204", ["5", "5", "hours", "1", "204"]),
    ("café Café CAFÉ", ["cafe", "cafe", "cafe"]),
    ("Straße STRASSE", ["strasse", "strasse"]),
    ("Ærø, Łódź, İstanbul ılık", ["aero", "lodz", "istanbul", "ilik"]),
    ("Ελλάς ΕΛΛΆΣ", ["ελλασ", "ελλασ"]),
    ("Чёрный Йод", ["черныи", "иод"]),
    ("הַשָּׁלוֹם", ["השלום"]),
    ("مُحَمَّد أحمد إيران مدرسة", ["محمد", "احمد", "ايران", "مدرسه"]),
    ("台湾问题。", ["台", "湾", "问", "题"]),
    ("COVID疫苗 2023年", ["covid", "疫", "苗", "2023", "年"]),
    ("がか", ["か\u3099", "か"]),
    ("한국", ["\u1112\u1161\u11ab\u1100\u116e\u11a8"]),
    ("हिन्दी", ["हिन्दी"]),
    ("co\u00adoperation nai\u0308ve", ["cooperation", "naive"]),
    ("ﬁnal Ｆｕｌｌ ½", ["final", "full", "12"]),
    ("__proto__ constructor", ["proto", "constructor"]),
    ("— … “” 🙂", []),
]


@pytest.mark.parametrize(("text", "found"), FOLDED)
def test_words_are_folded_for_a_search(text: str, found: list[str]) -> None:
    assert words(text) == found
    assert distinct([text]) == set(found)


@given(st.text(max_size=40))
def test_a_folded_word_stays_as_it_is(text: str) -> None:
    for word in words(text):
        assert "".join(words(word)) == word


# ---- the index ---------------------------------------------------------------------------------------------------

TERMS = st.frozensets(st.sampled_from(["ab", "abc", "abd", "ba", "台", "ξη", "zebra", "12"]), max_size=5)


def found_in(files: dict[int, str], beginning: str) -> set[int]:
    """The briefings that the index names for words that begin so, as the script reads it."""
    held = set()
    for _, digits in re.findall(rf"(?m)^({beginning}\S*) (.+)$", files[file_of(beginning)]):
        number, distance = -1, 0
        for digit in digits:
            distance = distance * 26 + int(digit, 36) - 10
            if digit >= "a":
                number, distance = number + distance, 0
                held.add(number)
    return held


@given(st.lists(TERMS, max_size=80), st.sampled_from(["ab", "abc", "ba", "台", "ξη", "ze", "12", "zz"]))
def test_the_index_names_every_briefing_that_holds_a_word_that_begins_so(briefings: list[Any], begin: str) -> None:
    holding = {i for i, terms in enumerate(briefings) if any(term.startswith(begin) for term in terms)}
    assert found_in(whole(briefings), begin) == holding


def test_large_distances_between_briefings_are_told() -> None:
    briefings = [frozenset({"ab"} if number in (0, 25, 26, 27, 730, 3000) else ()) for number in range(3001)]
    assert found_in(whole(briefings), "ab") == {0, 25, 26, 27, 730, 3000}


@given(st.lists(TERMS, min_size=1, max_size=40), st.data())
def test_an_index_that_was_edited_is_the_one_that_is_made_anew(briefings: list[Any], data: st.DataObject) -> None:
    edits = data.draw(st.dictionaries(st.integers(0, len(briefings) + 2), TERMS, max_size=4))
    grown = [*briefings, *[frozenset()] * 3]
    changes = {number: (grown[number], terms) for number, terms in edits.items()}
    after = [edits.get(number, terms) for number, terms in enumerate(grown)]
    assert changed(whole(briefings), changes) == whole(after)


def test_only_files_with_another_word_change() -> None:
    before = whole([frozenset({"taiwan", "beijing"}), frozenset({"taiwan"})])
    after = changed(before, {1: (frozenset({"taiwan"}), frozenset({"taiwan", "harbour"}))})
    assert [number for number in range(FILES) if after[number] != before[number]] == [file_of("harbour")]


def test_the_index_cuts_long_words_and_leaves_out_single_letters_but_not_signs() -> None:
    assert terms_of(["a", "台", "ab", "x" * 5000]) == {"台", "ab", "x" * LONGEST}


def test_few_briefings_need_no_index() -> None:
    assert not index.has_index(index.DIRECT)
    assert index.has_index(index.DIRECT + 1)


# ---- data as scripts ---------------------------------------------------------------------------------------------

HOSTILE = "</script><!-- \u2028\u2029 \\ \" ' __proto__ ]]> ${x} `"


def test_data_cannot_leave_its_script() -> None:
    script = call([HOSTILE]).decode()
    assert "<" not in script
    assert len(script.splitlines()) == 1
    assert data_of(script.encode()) == [HOSTILE]


def data_of(script: bytes) -> Any:
    """What a script hands over."""
    return json.loads(script.decode().removeprefix("found(").removesuffix(")\n"))


# ---- what can be found -------------------------------------------------------------------------------------------


def found(analysis: Analysis) -> Findable:
    from builder.build import ANY_SITE

    return findable(Folder(ANY_SITE, analysis, words=ENGLISH))


def hits_of(**changed: str) -> dict[str, Any]:
    hits: dict[str, Any] = data_of(found(analysis_of(small(**changed))).file.data)["hits"]
    return hits


def test_a_briefing_hands_over_its_claims_quotations_sources_and_events() -> None:
    data = data_of(found(analysis_of(small())).file.data)
    assert (data["title"], data["when"]) == ("A briefing", "2 May 2024")
    assert data["sources"] == [["A", "Outlet not named", "en", "ltr"], ["B", "Outlet not named", "en", "ltr"]]
    assert list(data["hits"]) == ["claims", "quotations", "sources", "events"]
    assert data["hits"]["claims"] == [
        ["claims/met.html", "The ministers met on Thursday.", [["repeated"], ["supports", "A", "B"]], "The talks"]
    ]
    assert data["hits"]["quotations"] == [
        ["sources/one.html#p1", ["met on Thursday in Geneva"], [["supports", "A"]], 0, 0],
        ["sources/two.html#p1", ["talked in Geneva, Thursday"], [["supports", "B"]], 0, 1],
        ["sources/one.html#p1", ["met on Thursday"], [["", "A"]], "The ministers meet", 0],
    ]
    assert data["hits"]["sources"][0] == ["sources/one.html", "Outlet not named", [["", "A"]], ""]
    assert data["hits"]["events"] == [["timeline.html#event-meeting", "The ministers meet", [], "2 May 2024"]]


def test_a_claim_that_answers_a_question_is_found_by_it() -> None:
    claims = CLAIMS.replace("  topic: talks\n", "  question: When did they meet?\n  topic: talks\n", 1)
    assert [entry[3] for entry in hits_of(claims=claims)["claims"]] == ["When did they meet?"]


def test_a_translation_stands_with_its_quotation_and_is_known_to_the_index() -> None:
    claims = CLAIMS.replace(
        "quote: met on Thursday in Geneva", "quote: met on Thursday in Geneva, translation: Zusammen"
    )
    made = found(analysis_of(small(claims=claims)))
    first = data_of(made.file.data)["hits"]["quotations"][0]
    assert first == ["sources/one.html#p1", ["met on Thursday in Geneva"], [["supports", "A"]], 0, 0, "Zusammen"]
    assert "zusammen" in made.terms


def test_what_is_put_into_a_quotation_stands_apart_from_the_words_of_the_article() -> None:
    quoted = CLAIMS.replace("talked in Geneva, Thursday", "[They] talked […] Thursday [2 May]")
    shown = hits_of(claims=quoted)["quotations"][1][1]
    assert "".join(shown) == "[They] talked […] Thursday [2 May]"
    assert all(words in TWO for words in shown[::2])
    assert shown[1::2] == ["[They] ", " […] ", " [2 May]"]


def test_a_headline_is_the_articles_own() -> None:
    sources = SOURCES.replace("article: one.txt", 'article: one.txt\n    headline: [A "meeting", In Geneva]')
    entry = hits_of(sources=sources, one=f"A “meeting”\n\nIn Geneva\n\n{ONE}")["sources"][0]
    assert entry == ["sources/one.html", ["A “meeting”", " / ", "In Geneva"], [["", "A"]], "", 0]


def test_every_word_of_a_quotation_is_the_articles_and_counted_as_shown() -> None:
    analysis = sample()
    data = data_of(found(analysis).file.data)
    sources = analysis.anchored.briefing.sources
    quoted = [entry for kind in data["hits"].values() for entry in kind if isinstance(entry[1], list)]
    assert len(quoted) > len(data["hits"]["quotations"]) > 200
    for _, shown, _, _, number, *_ in quoted:
        source = sources[number].id
        article, spans = analysis.anchored.articles[source].text, analysis.coverage[source].shown
        for words_ in shown[::2]:
            assert any(words_ in span.of(article) for span in spans), words_


def test_all_claims_and_events_of_the_sample_can_be_found_and_every_stance_is_shown() -> None:
    analysis = sample()
    hits = data_of(found(analysis).file.data)["hits"]
    assert [entry[1] for entry in hits["claims"]] == [row.claim.text for row in analysis.matrix.rows]
    assert [entry[1] for entry in hits["events"]] == [event.title for event in analysis.anchored.briefing.events]
    for entry, row in zip(hits["claims"], analysis.matrix.rows, strict=True):
        told = {letter: stance for stance, *letters in entry[2][1:] for letter in letters}
        assert told == {cell.source.siglum: cell.stance for cell in row.cells}


def test_the_index_knows_every_word_that_can_be_found() -> None:
    terms = found(analysis_of(small())).terms
    assert terms >= {"ministers", "geneva", "talked", "thursday", "briefing", "outlet", "meet"}
    assert "lasted" not in terms  # nothing that no page shows


@pytest.mark.parametrize("text", [HOSTILE, "__proto__", "constructor", "length", "x" * 1000])
def test_a_hostile_claim_is_nothing_but_text(text: str) -> None:
    claims = CLAIMS.replace("The ministers met on Thursday.", "X").replace("claim: X", f"claim: {scalar(text)}")
    assert hits_of(claims=claims)["claims"][0][1] == " ".join(text.split())
