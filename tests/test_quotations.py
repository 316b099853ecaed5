"""Passages inside quotation marks by family, measured on what a person judged; and what a reader sees of them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import analysis_of, article_of, sample, small

from builder.analysis import Analysis
from builder.analysis.quotations import Family, InBody, Kind, QuotedPassage, families_of, passages_of
from builder.analysis.quotations.likeness import compared, pairs_of, terms_of
from builder.article import Zone
from builder.build import ANY_SITE
from builder.pages import folder
from builder.pages.folder import Folder
from builder.pages.quoted import families_view
from builder.views.quoted import QuotedLine, QuotedPart

TRUTH = Path(__file__).parent / "truth" / "families.yaml"


# ---- the sample, as a person judged it ----------------------------------------------------------------------------


@cache
def truth() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(TRUTH.read_text("utf-8"))
    return loaded


def words_of(member: QuotedPassage) -> str:
    return member.span.of(sample().anchored.articles[member.source].text)


@cache
def name_of(member: QuotedPassage) -> str:
    """What truth calls a passage: the one that has its words and stands where it does among those that do."""
    named = [id_ for id_, one in truth()["passages"].items() if one["source"] == member.source]
    same = [id_ for id_ in named if truth()["passages"][id_]["words"] == words_of(member)]
    assert len(same) == 1
    return str(same[0])


@cache
def found() -> dict[frozenset[str], Family]:
    return {frozenset(map(name_of, family.members)): family for family in sample().families}


def judged() -> dict[frozenset[str], str]:
    return {frozenset(family["passages"]): family["kind"] for family in truth()["families"]}


def test_every_passage_of_the_sample_is_found_and_no_other() -> None:
    members = {name_of(member): member for family in sample().families for member in family.members}
    assert list(members) == [name_of(m) for f in sample().families for m in f.members]
    assert set(members) == set(truth()["passages"])
    for name, one in truth()["passages"].items():
        member = members[name]
        assert (member.closed, member.depth) == (one.get("closed", True), one.get("depth", 0))
        assert member.zone == one.get("zone", "body")


def pairs(families: Sequence[frozenset[str]]) -> set[frozenset[str]]:
    return {frozenset(pair) for family in families for pair in combinations(sorted(family), 2)}


def test_precision_and_recall_of_the_families_are_those_that_were_measured() -> None:
    """Over pairs of passages, and over whole families; pairs that truth calls arguable count neither way."""
    arguable = {frozenset(one["pair"]) for one in truth()["arguable"]}
    mine, theirs = pairs(list(found())) - arguable, pairs(list(judged())) - arguable
    assert len(theirs) >= 9
    assert (len(mine & theirs) / len(mine), len(mine & theirs) / len(theirs)) == (1.0, 1.0)
    assert len(found().keys() & judged().keys()) / len(judged()) == 1.0
    assert pairs(list(found())) == pairs(list(judged()))  # and of the arguable pairs none is judged otherwise


def test_the_kinds_of_the_families_are_those_that_a_person_saw() -> None:
    assert {name: family.kind.value for name, family in found().items()} == judged()


def test_the_speakers_are_named_in_the_words_that_a_person_found() -> None:
    cues = {name_of(m): m.cue.of(sample().anchored.articles[m.source].text) if m.cue else "none"
            for family in sample().families for m in family.members}  # fmt: skip
    expected = {name: one["cue"] for name, one in truth()["passages"].items()}
    assert {name: cue for name, cue in cues.items() if not expected[name].startswith(cue)} == {}


def test_what_a_body_has_of_its_headline_is_what_a_person_saw() -> None:
    shown = {InBody.INSIDE: "inside marks", InBody.WITHOUT: "without marks", InBody.MISSING: "not at all", None: None}
    members = [member for family in sample().families for member in family.members]
    assert {name_of(m): shown[m.in_body] for m in members} == {
        name: one.get("in_body") for name, one in truth()["passages"].items()
    }


def test_the_order_of_the_sources_has_no_say_in_what_belongs_together() -> None:
    anchored = sample().anchored
    sets = {frozenset(family.members) for family in sample().families}
    for turn in range(1, 5):
        sources = anchored.briefing.sources
        turned = replace(anchored, briefing=replace(anchored.briefing, sources=sources[turn:] + sources[:turn]))
        families = families_of(turned)
        assert {frozenset(family.members) for family in families} == sets
        order = [source.id for source in turned.briefing.sources]
        for family in families:
            places = [(order.index(m.source), m.span) for m in family.members]
            assert places == sorted(places)


# ---- which words are one utterance ---------------------------------------------------------------------------------

TOGETHER = [
    ("We waited six years for this", "for this we have waited for six years"),
    ("a stable and calm harbour", "a stable, calm harbor"),
    ("The bridge is open, and it will stay open all winter long", "will stay open all winter"),
    ("deeply concerned about the water level", "very concerned about the level of the water"),
    ("the roof costs two million crowns", "two million crowns for the roof"),
    ("Nobody may swim here", "Nobody may swim here!"),
    ("No.", "no"),
    ("Wir haben sechs Jahre darauf gewartet", "Sechs Jahre haben wir gewartet"),
    ("市长说我们等了六年", "我们等了六年"),
    ("a substantive discussion of the ferry", "substantial discussions on the ferry"),
]
APART = [
    ("a low point", "the lowest price"),
    ("the bridge is open", "the ferry is closed"),
    ("root cause", "critical point"),
    ("actively", "opportunities"),
    ("constructive", "long, frank, in-depth and constructive dialogue"),
    ("we will see what the council says", "we will do what the people want"),
    ("in the end it is what it is", "it was not for us to say"),
    ("the mayor and the council were glad", "the captain and the crew were glad"),
    ("桥今天开放", "市长没有说话"),
    ("internal rules", "international interests"),
    ("calm bridge", "calm " + "water runs under every wooden pillar of it " * 2 + "bridge"),
]


def two_texts(one: str, other: str) -> Analysis:
    texts = {key: f"The start. He spoke of “{words}” there. The end." for key, words in (("one", one), ("two", other))}
    bodies = "body: [The start, The end.]"
    sources = f"""sources:
  one: {{siglum: A, article: one.txt, {bodies}}}
  two: {{siglum: B, article: two.txt, {bodies}}}
"""
    claims = "met:\n  claim: They met.\n  topic: talks\n  evidence:\n    one: {stance: supports, quote: The start}\n"
    return analysis_of(small(sources=sources, claims=claims, timeline=None, **texts))


@pytest.mark.parametrize(("one", "other"), TOGETHER)
def test_variants_of_one_utterance_are_one_family(one: str, other: str) -> None:
    (family,) = two_texts(one, other).families
    assert [member.source for member in family.members] == ["one", "two"]


@pytest.mark.parametrize(("one", "other"), APART)
def test_words_that_only_resemble_each_other_are_not(one: str, other: str) -> None:
    assert [family.kind for family in two_texts(one, other).families] == [Kind.SINGLE, Kind.SINGLE]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Nobody may swim here", "nobody may swim here.", Kind.SAME),
        ("U.S. ships, and ours", "US ships and ours", Kind.SAME),
        ("Nobody may swim in the cold harbour", "Nobody may swim in the harbour", Kind.CUT),
        ("Nobody may swim in the harbour", "Nobody should swim in the harbour", Kind.DIFFERENT),
        ("the ships and the harbour", "the harbour and the ships", Kind.DIFFERENT),
    ],
)
def test_a_kind_says_what_the_words_have_in_common(one: str, other: str, kind: Kind) -> None:
    (family,) = two_texts(one, other).families
    assert family.kind is kind


def test_words_outside_quotation_marks_are_in_no_family() -> None:
    analysis = two_texts("Nobody may swim in the harbour", "no")
    assert sum(len(family.members) for family in analysis.families) == 2


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("substantive", "substantial", 1),
        ("harbour", "harbours", 1),
        ("internal", "international", 0),
    ],
)
def test_forms_of_a_word_begin_alike_for_most_of_their_length(one: str, other: str, words: int) -> None:
    assert compared(terms_of(one, "en"), terms_of(other, "en")).words == words


WORDS = st.lists(
    st.sampled_from(["harbour", "bridge", "open", "opened", "winter", "the", "of", "we", "will", "桥今", "a"]),
    max_size=9,
)


@given(WORDS, WORDS)
def test_likeness_is_the_same_in_either_direction(one: list[str], other: list[str]) -> None:
    a, b = terms_of(" ".join(one), "en"), terms_of(" ".join(other), "en")
    assert compared(a, b) == compared(b, a)
    assert 0 <= compared(a, b).share <= 1
    assert compared(a, a).share == (1.0 if a.every else 0.0)


@settings(max_examples=40)
@given(st.lists(WORDS, max_size=6), st.randoms(use_true_random=False))
def test_pairs_worth_a_look_do_not_rest_on_the_order(passages: list[list[str]], chance: Any) -> None:
    terms = [terms_of(" ".join(words), "en") for words in passages]
    mixed = list(range(len(terms)))
    chance.shuffle(mixed)
    ends = {frozenset((terms[a].every, terms[b].every)) for a, b in pairs_of(terms)}
    assert {
        frozenset((terms[mixed[a]].every, terms[mixed[b]].every)) for a, b in pairs_of([terms[at] for at in mixed])
    } == ends


def test_a_word_that_stands_everywhere_costs_no_more_than_the_others() -> None:
    terms = [terms_of(f"harbour bridge number{index}", "en") for index in range(3000)]
    assert list(pairs_of(terms)) == []
    assert len(list(pairs_of([terms_of("harbour bridge", "en")] * 3000))) == 2999


@pytest.mark.parametrize("order", ["abc", "bac", "cba"])
def test_of_passages_with_the_same_words_any_may_name_the_speaker(order: str) -> None:
    articles = {
        "a": "It starts. “We need open and honest talks with partners,” said Qin. It ends.",
        "b": "It starts. “We need open and honest talks with partners.” It ends.",
        "c": "It starts. “Honest partners need fewer formal meetings abroad,” said Qin. It ends.",
    }
    sources = "".join(
        f"  {id_}: {{siglum: {id_.upper()}, article: {id_}.txt, body: [It starts, It ends]}}\n" for id_ in order
    )
    files = small(one=None, two=None, timeline=None, sources=f"sources:\n{sources}", claims="")
    analysis = analysis_of({**files, **{f"seeds/{id_}.txt": text for id_, text in articles.items()}})
    assert [{member.source for member in family.members} for family in analysis.families] == [{"a", "b", "c"}]


# ---- what rests on them --------------------------------------------------------------------------------------------

ONE = """“Calm” at the harbour

The start. “The harbour is calm and the bridge is open,” said the mayor. She called the day “a gift”. The end."""
TWO = """The start. The mayor said “the harbour was calm, the bridge was open”. “It rains ‘a gift’ of water,” she said.

“Old words” it says. The end, and they never say “where it stops, the mayor said."""
BRIEFING = small(
    one=ONE,
    two=TWO,
    sources="""sources:
  one: {siglum: A, article: one.txt, headline: “Calm” at the harbour, body: [The start., The end.]}
  two: {siglum: B, article: two.txt, body: [The start., the mayor said.]}
""",
    claims="""calm:
  claim: The harbour was calm.
  topic: talks
  evidence:
    one: {stance: supports, quote: "“The harbour is calm and […] open,” said the mayor"}
    two: {stance: supports, quote: the harbour was calm}
gift:
  claim: The day was a gift.
  topic: talks
  evidence:
    one: {stance: supports, quote: “a gift”}
still:
  claim: It was calm.
  topic: talks
  evidence:
    one: {stance: supports, quote: [“Calm” at the harbour, harbour is calm]}
stops:
  claim: It stops somewhere.
  topic: talks
  evidence:
    two: {stance: supports, quote: where it stops}
""",
    timeline=None,
)
AUDIT = "content/case/audit.yaml"
LEFT_OUT = """left_out:
  two:
  - {quote: Old words, why: Of no matter here.}
  - {quote: ‘a gift’, why: Another gift.}
"""


@cache
def briefing() -> Analysis:
    return analysis_of({**BRIEFING, AUDIT: LEFT_OUT})


def texts(analysis: Analysis, family: Family) -> list[str]:
    return [member.span.of(analysis.anchored.articles[member.source].text) for member in family.members]


def family_with(words: str) -> Family:
    return next(one for one in briefing().families if any(words in text for text in texts(briefing(), one)))


def test_claims_that_quote_any_word_of_a_family_are_its_claims_in_the_order_of_the_matrix() -> None:
    family = family_with("harbour is calm")
    assert family.claims == ("calm", "still")
    assert family.resting == (("calm", "still"), ("calm",))
    assert family_with("It rains").claims == ()


def test_what_goes_on_in_the_next_paragraph_is_no_passage_that_is_never_closed() -> None:
    article = article_of("“It is calm.\n\n“It is open,” she said. “It never ends")
    found = passages_of("one", article)
    assert [(one.span.of(article.text), one.closed) for one in found] == [
        ("It is calm.", True),
        ("It is open,", True),
        ("It never ends", False),
    ]


def test_a_passage_and_one_within_it_are_never_one_family() -> None:
    family = family_with("a gift")
    assert texts(briefing(), family) == ["a gift", "a gift"]
    assert [member.depth for member in family.members] == [0, 1]
    assert family.kind is Kind.SAME


def test_a_passage_that_a_claim_rests_on_is_enough_for_a_page_of_wordings() -> None:
    assert briefing().apparatus == ()
    assert "wording" in folder.shown(briefing())
    assert "wording" not in folder.shown(
        analysis_of(small(one="He met them.", two=None, sources=PLAIN, claims=MET, timeline=None))
    )


PLAIN = "sources:\n  one: {siglum: A, article: one.txt, body: [He met, met them.], full_text: yes}\n"
MET = "met: {claim: They met., topic: talks, evidence: {one: {stance: supports, quote: met them}}}\n"


def test_a_family_is_left_out_where_the_curator_names_words_of_each_member() -> None:
    # Of the two gifts only one is named, and with it the words around it.
    assert [texts(briefing(), family) for family in briefing().families if family.left_out] == [
        ["It rains ‘a gift’ of water,"],
        ["Old words"],
    ]


@pytest.mark.parametrize(
    ("body", "in_body"),
    [
        ("He spoke of “a calm day”.", InBody.INSIDE),
        ("It was a calm day.", InBody.WITHOUT),
        ("It was a calmer day.", InBody.MISSING),
    ],
)
def test_a_headlines_quotation_is_looked_for_in_its_own_body(body: str, in_body: InBody) -> None:
    sources = """sources:
  one: {siglum: A, article: one.txt, headline: Mayor sees “calm”, body: [The start., The end.]}
"""
    one = f"Mayor sees “calm”\n\nThe start. {body} The end.\n\nRead on: “calm”"
    claims = "met:\n  claim: They met.\n  topic: talks\n  evidence:\n    one: {stance: supports, quote: The start}\n"
    analysis = analysis_of(small(one=one, two=None, sources=sources, claims=claims, timeline=None))
    members = [member for family in analysis.families for member in family.members]
    assert [member.in_body for member in members if member.zone is Zone.HEADLINE] == [in_body]
    assert all(member.in_body is None for member in members if member.zone is Zone.BODY)
    assert len(members) == (2 if in_body is InBody.INSIDE else 1)  # boilerplate is not the article's


# ---- what a reader sees --------------------------------------------------------------------------------------------


def shown(analysis: Analysis) -> QuotedPart | None:
    return families_view(Folder(ANY_SITE, analysis))


def printed(part: QuotedPart) -> list[tuple[str, list[str]]]:
    def words(line: QuotedLine) -> str:
        return "".join(segment.text for segment in line.quote.segments) if line.quote else ""

    return [(group.id, [words(line) for f in group.families for line in f.lines]) for group in part.groups]


def test_a_reader_sees_confirmed_families_and_of_them_only_words_that_claims_quote() -> None:
    part = shown(briefing())
    assert part is not None
    assert printed(part) == [
        ("quoted-different", ["The harbour is calm and […\u00a03] open,", "the harbour was calm […\u00a04]"]),
        ("quoted-same", ["a gift", ""]),
        ("quoted-single", ["where it stops […\u00a03]"]),
        ("quoted-headline", ["Calm"]),
    ]


def test_the_summary_counts_what_is_not_printed_too() -> None:
    part = shown(briefing())
    assert part is not None
    assert part.summary == (
        "8 passages inside quotation marks, in two texts, make 6 families. "
        "Claims quote 5 of them; no words of the others are printed."
    )
    assert (families_view(Folder(ANY_SITE, sample())) or part).summary.startswith("33 passages inside quotation marks")


def test_each_line_tells_what_the_text_shows_and_links_to_its_claims() -> None:
    part = shown(briefing())
    assert part is not None
    lines = {group.id: group.families[0] for group in part.groups}
    assert [link.label for link in lines["quoted-different"].claims] == ["The harbour was calm."]
    assert [(part.places, part.claim.label) for part in lines["quoted-different"].partly] == [
        ("A ¶\u202f1", "It was calm.")
    ]
    first = lines["quoted-different"].lines[0]
    assert first.cue is not None
    assert "".join(segment.text for segment in first.cue.segments) == "said the mayor"
    assert lines["quoted-single"].lines[0].note == "The text never closes the quotation marks."
    assert lines["quoted-headline"].lines[0].note.startswith("In the headline; the text below has")


def test_a_speaker_is_named_where_the_site_prints_these_words_in_any_case() -> None:
    part = shown(sample())
    assert part is not None
    lines = [line for group in part.groups for family in group.families for line in family.lines]
    cues = {line.cue.segments[0].text for line in lines if line.cue}
    assert {"according to a readout by the U.S. state department", "O’Connor said"} <= cues
    articles, coverage = sample().anchored.articles, sample().coverage
    printed = ["\n".join(span.of(articles[id_].text) for span in coverage[id_].shown) for id_ in articles]
    assert all(any(cue in words for words in printed) for cue in cues)
    assert len(cues) < sum(1 for family in sample().families for member in family.members if member.cue)


def test_where_no_claim_quotes_a_passage_nothing_is_shown() -> None:
    assert shown(two_texts("no", "yes")) is None


@pytest.mark.parametrize("marks", ["“ ” ‘ ’ « »", '"', "“a", "‘’‘’a’", "“…”"])
def test_an_article_of_marks_and_little_else_has_families_with_members_or_none(marks: str) -> None:
    claims = "met:\n  claim: They met.\n  topic: talks\n  evidence:\n    one: {stance: supports, quote: The start}\n"
    sources = "sources:\n  one: {siglum: A, article: one.txt, body: [The start., The end.]}\n"
    files = small(one=f"The start. {marks} The end.", two=None, claims=claims, sources=sources, timeline=None)
    assert [len(family.members) for family in analysis_of(files).families] in ([], [1])


def test_every_place_of_the_section_is_on_the_page_of_its_source() -> None:
    part = shown(sample())
    assert part is not None
    hrefs = [line.quote.href for g in part.groups for f in g.families for line in f.lines if line.quote]
    assert len(hrefs) >= 30
    assert all(re.fullmatch(r"sources/[a-z-]+\.html#(p\d+|headline(-\d+)?|caption(-\d+)?)", href) for href in hrefs)
