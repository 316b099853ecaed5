"""Text that two articles share: which words are a run, which are not, and what is printed of them."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import analysis_of, article_of, sample, small

from builder.analysis import shared
from builder.analysis.coverage import Coverage
from builder.analysis.matrix import matrix_of
from builder.analysis.shared import Run, SharedText, printed_of, shared_of, with_printed
from builder.article import Article
from builder.extracting import phrases
from builder.model import AnchoredBriefing, SharedNote
from builder.pages.folder import shown
from builder.text import Span

COPIED = "the bridge collapsed shortly after heavy rain had washed its northern pillar away"
ONE = f"Nobody was hurt on Monday. Police said {COPIED}. Trams stop here."
TWO = f"Witnesses told a reporter that {COPIED}, which several engineers doubt."


def pairs_in(anchored: AnchoredBriefing) -> tuple[SharedText, ...]:
    return shared_of(anchored, matrix_of(anchored))


def anchored_of(*articles: str | Article, language: str = "en") -> AnchoredBriefing:
    """A briefing of articles that nothing is quoted from, with sources a, b, c … that credit nobody."""
    briefing = analysis_of(small()).anchored.briefing
    ids = "abcdefghijklmnopqrst"[: len(articles)]
    sources = tuple(replace(briefing.sources[0], id=id_, siglum=id_.upper(), language=language) for id_ in ids)
    read = {id_: one if isinstance(one, Article) else article_of(one) for id_, one in zip(ids, articles, strict=True)}
    return AnchoredBriefing(replace(briefing, sources=sources, claims=(), events=()), read, {}, {}, {}, {})


def runs(*articles: str | Article, language: str = "en") -> list[str]:
    """The runs of the first two articles, as the first one prints them."""
    anchored = anchored_of(*articles, language=language)
    return [
        run.one.of(anchored.articles["a"].text)
        for pair in pairs_in(anchored)
        if pair.sources == ("a", "b")
        for run in pair.runs
    ]


# ---- what is a run --------------------------------------------------------------------------------------------------


def test_a_run_is_told_where_it_stands_in_both() -> None:
    (pair,) = pairs_in(anchored_of(ONE, TWO))
    (run,) = pair.runs
    assert (run.one.of(ONE), run.other.of(TWO)) == (COPIED, COPIED)
    assert (pair.sources, run.words, pair.words) == (("a", "b"), 13, 13)


def test_text_in_common_alone_makes_a_page_of_origins() -> None:
    evidence = "    one: {stance: supports, quote: Trams stop here}\n"
    files = small(
        one=ONE,
        two=TWO,
        sources="sources:\n  one: {siglum: A, article: one.txt, body: [Nobody, stop here.]}\n"
        "  two: {siglum: B, article: two.txt, body: [Witnesses, doubt.]}\n",
        claims=f"met:\n  claim: Trams stop.\n  topic: talks\n  evidence:\n{evidence}",
        timeline=None,
    )
    assert "origins" in shown(analysis_of(files))
    assert "origins" not in shown(analysis_of({**files, "seeds/two.txt": "Witnesses told a reporter, and many doubt."}))


def test_a_part_of_a_run_that_one_text_prints_again_is_no_other_run() -> None:
    again = "the bridge collapsed shortly after heavy rain"
    assert runs(ONE, f"{TWO} Later {again} was seen.") == [COPIED]
    assert runs(f"{TWO} Later {again} was seen.", ONE) == [COPIED]


def test_words_in_two_runs_count_once_in_the_text_where_these_overlap() -> None:
    words = COPIED.split()
    (pair,) = pairs_in(anchored_of(ONE, f"One says {' '.join(words[:9])}. Two says {' '.join(words[3:])}."))
    assert [run.words for run in pair.runs] == [9, 10]
    assert pair.words == len(words)


@pytest.mark.parametrize(
    "other",
    [
        COPIED.upper(),
        COPIED.replace(" ", "  ").replace("northern", "“northern".replace("“", "")),
        COPIED.replace("rain", "rain –").replace("collapsed", "collapsed,"),
        COPIED.replace("away", "away;"),
    ],
)
def test_case_and_punctuation_make_no_difference(other: str) -> None:
    assert runs(ONE, f"One says {other}") == [COPIED]


def test_spellings_with_and_without_points_and_apostrophes_are_the_same_word() -> None:
    one = "He said the U.S. side’s demands met mutual respect everywhere"
    assert runs(one, "Later the US side's demands met mutual respect everywhere") == [one[8:]]


def test_a_point_between_digits_is_no_punctuation() -> None:
    assert (
        runs("talks lasted 5.5 hours while delegations waited", "talks lasted 55 hours while delegations waited") == []
    )


def test_five_words_are_no_run() -> None:
    assert runs("heavy rain washed pillars away", "heavy rain washed pillars away") == []
    assert runs("heavy rain washed pillars away again", "heavy rain washed pillars away again") != []


def test_a_run_ends_with_its_paragraph() -> None:
    text = "heavy rain washed three\n\nconcrete pillars away again"
    assert runs(text, text) == []


def test_headlines_and_captions_count_and_boilerplate_does_not() -> None:
    text = "{}\n\nNobody was hurt here at all.\n\nThe end."
    line = "Bridge collapses after heavy rain washed pillar away"
    there = article_of(text.format(line), headline=[line], body=["Nobody", "The end."])
    outside = article_of(text.format(line), body=["Nobody", "The end."])
    assert runs(there, line) == [line]
    assert runs(outside, line) == []


# ---- words of a third party -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "«{}»", "„{}“", "‘{}’"])
def test_words_inside_quotation_marks_in_either_article_are_no_run(marks: str) -> None:
    quoted = f"Engineers said {marks.format(COPIED)} and left."
    assert runs(quoted, quoted) == []
    assert runs(quoted, TWO) == []
    assert runs(TWO, quoted) == []


def test_words_beside_a_quotation_are_a_run_of_their_own() -> None:
    text = "Late on Sunday two engineers warned citizens “it is lost” before nightfall ended their long search there"
    assert runs(text, text) == [
        "Late on Sunday two engineers warned citizens",
        "before nightfall ended their long search there",
    ]


# ---- set phrases ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "phrase",
    [
        "US Secretary of State Antony Blinken met with",
        "State Councilor and Foreign Minister Qin Gang",
        "during a meeting with U.S. Secretary of State Antony Blinken in Beijing",
        "and so it was that they all had to be there",
    ],
)
def test_titles_names_and_function_words_are_no_run(phrase: str) -> None:
    assert runs(f"It began when {phrase}.", f"Now we know {phrase}, again.") == []


def test_what_is_written_without_spaces_is_not_compared() -> None:
    same = "海峡渡轮恢复通航首航载客三百二十人航程历时五个半小时"
    assert runs(f"甲报：{same}。", f"乙报：{same}。", language="zh") == []
    assert runs("BBC 2025年3月3日：完。", "CNN 2025年3月3日：终。", language="zh") == []


def test_three_telling_words_make_a_run() -> None:
    assert runs("Then Mr Li said it was a calm and open and long", "So Mr Li said it was a calm and open and long") == [
        "Mr Li said it was a calm and open and long"
    ]


def test_capitals_at_a_sentence_start_or_in_a_headline_are_no_names() -> None:
    text = "Pillars Collapse After Heavy Rain Again"
    assert runs(article_of(text, headline=[text]), f"Here: {text}.") == [text]
    assert runs(f"Here {text}.", f"There {text}.") == []


def test_german_nouns_are_no_names() -> None:
    text = "es geht um Brücken und Pfeiler in Regen und Wind"
    assert runs(text, text, language="de") == [text]


def test_other_languages_have_no_function_words() -> None:
    assert runs("a to je jak to je", "a to je jak to je", language="cs") == ["a to je jak to je"]


# ---- laws -----------------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(["rain", "pillar", "bridge", "river", "storm", "tower", "harbour", "the", "of", "“", "”", "."])
TEXTS = st.lists(WORDS, min_size=1, max_size=60).map(lambda words: " ".join(["start", *words]))


@given(TEXTS, TEXTS)
def test_which_article_comes_first_makes_no_difference(one: str, other: str) -> None:
    found = [run for pair in pairs_in(anchored_of(one, other)) for run in pair.runs]
    mirrored = [run for pair in pairs_in(anchored_of(other, one)) for run in pair.runs]
    assert sorted((r.one, r.other, r.words) for r in found) == sorted((r.other, r.one, r.words) for r in mirrored)


@given(TEXTS, TEXTS)
def test_no_run_lies_in_another_and_each_is_the_same_words(one: str, other: str) -> None:
    anchored = anchored_of(one, other)
    for pair in pairs_in(anchored):
        for run in pair.runs:
            left, right = ([w for w in text.split() if w.isalpha()] for text in (run.one.of(one), run.other.of(other)))
            assert left == right
            assert run.words == len(left) >= 6
            assert not any(run.one in more.one or run.other in more.other for more in pair.runs if more is not run)


@given(st.lists(WORDS, max_size=20), st.lists(WORDS, max_size=20), st.integers(0, 20), st.integers(0, 20))
def test_a_planted_run_is_found(one: list[str], other: list[str], at: int, there: int) -> None:
    planted = "seven grey herons slowly circled above muddy water"
    texts = [
        " ".join(["start", *(word for word in words[:place] if word not in "“”"), planted, *words[place:]])
        for words, place in ((one, at), (other, there))
    ]
    assert any(planted in run for run in runs(*texts))


def test_the_order_of_the_sources_makes_no_difference() -> None:
    texts = {"x": ONE, "y": TWO, "z": f"{COPIED} and then. Trams stop here for several long weeks, officials said"}
    found = []
    for order in permutations(texts):
        anchored = anchored_of(*(texts[name] for name in order))
        names = dict(zip("abc", order, strict=True))
        found.append(
            {
                frozenset(
                    (names[id_], span.of(texts[names[id_]]))
                    for id_, span in zip(p.sources, (r.one, r.other), strict=True)
                )
                for p in pairs_in(anchored)
                for r in p.runs
            }
        )
    assert all(one == found[0] for one in found)
    assert len(found[0]) == 3


# ---- bounds ---------------------------------------------------------------------------------------------------------


def test_a_refrain_begins_no_run() -> None:
    line = "storm tower harbour tram river bridge "
    assert runs(line * 4, line) != []
    assert runs(line * 5, line) == []


def test_a_run_with_a_refrain_within_is_followed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    text = " ".join(f"storm tower harbour tram river bridge verse{index}" for index in range(50))
    followed = []
    extended = shared._extended

    def counted(one: shared._Text, other: shared._Text, first: int, second: int) -> tuple[int, int, int]:
        followed.append((first, second))
        return extended(one, other, first, second)

    monkeypatch.setattr(shared, "_extended", counted)
    assert runs(text, text) == [text]
    assert len(followed) == 1


def test_a_megabyte_of_one_word_is_looked_at_in_no_time() -> None:
    assert runs("rain " * 200_000, "rain " * 200_000) == []


def test_what_is_beyond_the_bound_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrases, "MOST", 12)
    assert runs(f"one two three four five six {COPIED}", COPIED) == [" ".join(COPIED.split()[:6])]


# ---- what it is taken for -------------------------------------------------------------------------------------------


def pair_of(words: int, shorter: int = 300, common: tuple[str, ...] = ()) -> SharedText:
    return SharedText(("a", "b"), (), words, common, None, shorter)


def test_much_is_twelve_words_and_a_hundredth_of_long_texts() -> None:
    assert [pair_of(words).much for words in (11, 12)] == [False, True]
    assert [pair_of(words, 3000).much for words in (29, 30)] == [False, True]


def test_much_without_a_common_origin_or_a_note_is_unexplained() -> None:
    note = SharedNote(frozenset("ab"), "Both print the agency.", analysis_of(small()).anchored.briefing.claims[0].place)
    assert pair_of(12).unexplained
    assert not pair_of(11).unexplained
    assert not pair_of(12, common=("agency",)).unexplained
    assert not replace(pair_of(12), note=note).unexplained


REPORTS = [
    # Reports of the same opening, written apart.
    "The bridge over the harbour was opened on Monday after six years of work. It carries two tram lines and no cars.",
    "On Monday the mayor opened the harbour bridge. It took seven years, since two contractors left before the third.",
    "Ferries stopped for good on Monday, when the city’s new bridge was opened in the rain, a year later than planned.",
    # Two that print the same agency.
    "Thousands walked across the new harbour bridge in its first hour, the city said, in spite of steady rain. Ours.",
    "In spite of fog, thousands walked across the new harbour bridge in its first hour, the city said. Not theirs.",
]


def test_reports_written_apart_share_little_and_copies_share_much() -> None:
    found = {pair.sources: pair for pair in pairs_in(anchored_of(*REPORTS))}
    assert {sources for sources, pair in found.items() if pair.much} == {("d", "e")}
    assert found["d", "e"].words == 14


def test_the_sample_has_no_run_that_is_only_titles_and_names() -> None:
    analysis = sample()
    told = {
        run.one.of(analysis.anchored.articles[pair.sources[0]].text) for pair in analysis.shared for run in pair.runs
    }
    assert "the downing of an alleged Chinese spy balloon over US territory" in told
    assert not any("Antony Blinken met" in words for words in told)
    assert not any(pair.unexplained for pair in analysis.shared)


ORIGINS = """origins:
  agency: {name: The Agency}
  office: {name: The Office, via: agency}
  desk: {name: A desk, via: agency}
  paper: {name: The Paper, source: one}
sources:
  one: {siglum: A, article: one.txt, body: [Nobody, here.], full_text: yes%s}
  two: {siglum: B, article: two.txt, body: [Witnesses, doubt.], full_text: yes%s}
"""


@pytest.mark.parametrize(
    ("one", "two", "common"),
    [
        ("", "", ()),
        ("agency", "agency", ("agency",)),
        ("agency", "office", ("agency",)),
        ("office", "office", ("office",)),
        ("office", "desk", ()),  # both lead to the agency, and neither says so itself
        ("agency", "", ()),
        ("", "paper", ("paper",)),
        ("agency", "paper", ("agency", "paper")),
    ],
)
def test_a_common_origin_is_one_that_both_name_nearest_or_further(one: str, two: str, common: tuple[str, ...]) -> None:
    via = tuple(f", via: {id_}" if id_ else "" for id_ in (one, two))
    files = small(sources=ORIGINS % via, claims="{}", timeline=None, one=ONE, two=TWO)
    assert [pair.common for pair in analysis_of(files).shared] == [common]


def test_a_common_origin_may_be_named_for_a_claim() -> None:
    claims = "met: {claim: C., topic: talks, evidence: {two: {stance: supports, quote: doubt, via: office}}}"
    files = small(sources=ORIGINS % (", via: agency", ""), claims=claims, timeline=None, one=ONE, two=TWO)
    assert [pair.common for pair in analysis_of(files).shared] == [("agency",)]


# ---- what is printed ------------------------------------------------------------------------------------------------


def printed(shown: str, *copies: str) -> list[list[str]]:
    """What is printed of an article's runs, where other pages show some of its words already."""
    text = ". ".join(f"Number {index} {copy}" for index, copy in enumerate(copies))
    anchored = anchored_of(text, ". ".join(f"Figure {copy}" for copy in copies))
    at = text.index(shown) if shown else 0
    coverage = {"a": Coverage((Span(at, at + len(shown)),), 0, 0), "b": Coverage((Span(0, len(text)),), 0, 0)}
    pairs = with_printed(pairs_in(anchored), anchored.articles, coverage)
    return [[span.of(anchored.articles[source].text) for source, span in printed_of(pairs)][::2]]


LONG = "grey herons slowly circled above muddy water"
SHORT = "heavy rain washed three pillars away"


def test_the_run_that_adds_least_is_printed() -> None:
    assert printed("", LONG, SHORT) == [[SHORT]]
    assert printed("slowly circled above muddy water", LONG, SHORT) == [[LONG]]
    assert printed(SHORT, LONG, SHORT) == [[SHORT]]


def test_all_that_adds_nothing_is_printed() -> None:
    assert printed(f"{LONG}. Number 1 {SHORT}", LONG, SHORT) == [[LONG, SHORT]]


def test_of_a_long_run_its_beginning_is_printed() -> None:
    words = " ".join(f"word{index}" for index in range(40))
    assert printed("", words) == [[" ".join(words.split()[:15])]]


def test_what_is_printed_counts_as_shown() -> None:
    files = small(sources=ORIGINS % ("", ""), claims="{}", timeline=None, one=ONE, two=TWO)
    analysis = analysis_of(files)
    assert [span.of(ONE) for span in analysis.coverage["one"].shown] == [COPIED]
    assert analysis.coverage["two"].words == 13


def test_a_run_has_the_same_place_when_it_is_not_printed() -> None:
    assert Run(Span(0, 5), Span(3, 8), 6).printed is None
