"""Verification: a quotation is found letter by letter at one place, or it is a fault that says what to do."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from samples import PLACE, analysis_of, article_of, codes, quotation_of, sample, small, source_of

from builder.anchor import MAX_OMISSION, MAX_PARTS, MAX_REPLACED, find_quotation
from builder.article import Article, Mode, Zone
from builder.diagnostics import Diagnostic, Severity, has_errors
from builder.model import Passage, Quotation
from builder.text import Span, cuts_word, fold_needle, negation_in
from builder.yamldoc import parse_yaml

TALKS = "The talks lasted two hours. They can't agree. He said the talks lasted 5.5 hours, and no more."


def search(text: str | Article, quotation: Quotation, language: str = "en") -> Passage | Diagnostic:
    article = article_of(text) if isinstance(text, str) else text
    checked = find_quotation(article, source_of(language), quotation)
    if checked.value is not None:
        assert checked.diagnostics == ()
        return checked.value
    assert checked.diagnostics
    assert all(fault.place == quotation.place and fault.message and fault.help for fault in checked.diagnostics)
    return checked.diagnostics[0]


def found(text: str | Article, exact: str, **more: str | list[str]) -> str:
    """The words that were found, or the code of the fault."""
    article = article_of(text) if isinstance(text, str) else text
    result = search(article, quotation_of(exact, **more))  # type: ignore[arg-type]
    return result.quoted(article.text) if isinstance(result, Passage) else result.code


def pasted(fault: Diagnostic) -> dict[str, str]:
    """The YAML that a cure ends with, read back."""
    node = parse_yaml("cure.yaml", fault.help.partition("\n")[2]).value
    assert node
    assert isinstance(node.content, dict)
    return {key: str(value.content) for key, value in node.content.items()}


# ---- one place or a fault -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("exact", "result"),
    [
        ("lasted two hours", "lasted two hours"),
        ("  lasted\n two   hours ", "lasted two hours"),
        ("They can’t agree.", "They can't agree."),
        ("they can't agree", "quotation-case"),
        ("They cant agree", "quotation-typography"),
        ("lasted three hours", "quotation-words"),
        ("hours two lasted", "quotation-order"),
        ("zebras graze quietly", "quotation-orphaned"),
        ("The talks lasted two hours. They", "The talks lasted two hours. They"),
        ("talks lasted", "quotation-ambiguous"),
        ("They can", "quotation-cut"),
        ("t agree", "quotation-cut"),
        ("lasted 5", "quotation-cut"),
        (".5 hours", "quotation-cut"),
        ("alks lasted two", "quotation-cut"),
    ],
)
def test_a_quotation_is_found_verbatim_or_is_a_fault(exact: str, result: str) -> None:
    assert found(TALKS, exact) == result


def test_what_is_found_is_the_articles_own_text() -> None:
    assert found("He said: “It’s over — now…”", 'said: "It\'s over - now..."') == "said: “It’s over — now…”"


def test_a_place_that_is_cut_does_not_make_another_ambiguous() -> None:
    assert found("The scan. They can go.", "can") == "can"
    assert found("A scan is a scan.", "can") == "quotation-cut"


def test_of_places_that_differ_in_their_marks_the_one_as_typed_is_meant() -> None:
    text = "“It’s over,” he said. 'It's over,' she said."
    passage = search(text, quotation_of("It's over"))
    assert isinstance(passage, Passage)
    assert passage.span.start == text.index("It's")


def test_the_cure_of_an_ambiguous_quotation_works_when_pasted() -> None:
    fault = search(TALKS, quotation_of("lasted"))
    assert isinstance(fault, Diagnostic)
    assert [r.message for r in fault.related] == ["number 1", "number 2"]
    assert list(pasted(fault)) == ["prefix"]
    assert found(TALKS, "lasted", prefix=pasted(fault)["prefix"]) == "lasted"


@pytest.mark.parametrize(
    ("beside", "result"),
    [
        ({"prefix": "He said the talks"}, "5.5"),
        ({"prefix": "He said  the\ntalks "}, "5.5"),
        ({"suffix": "two hours"}, "two"),
        ({"prefix": "The talks", "suffix": "two"}, "two"),
        ({"prefix": "The talks", "suffix": "5.5"}, "quotation-beside"),
        ({"prefix": "the negotiations"}, "quotation-beside"),
        ({"suffix": "hours"}, "quotation-beside"),
    ],
)
def test_prefix_and_suffix_say_which_one(beside: dict[str, str], result: str) -> None:
    found = search(TALKS, quotation_of("lasted", **beside))
    if isinstance(found, Passage):
        assert TALKS[found.span.end :].startswith(f" {result}")
    else:
        assert found.code == result


def test_an_orphan_is_shown_the_nearest_passage_with_both_places() -> None:
    fault = search(TALKS, quotation_of("The talks lasted for two hours"))
    assert isinstance(fault, Diagnostic)
    assert fault.help == "The article has:\nThe talks lasted two hours"
    assert fault.place == PLACE
    assert (fault.related[0].place.file, fault.related[0].place.column) == ("seeds/one.txt", 1)


def test_an_orphan_like_nothing_is_told_so() -> None:
    fault = search(TALKS, quotation_of("Zebras graze quietly beneath purple mountains"))
    assert isinstance(fault, Diagnostic)
    assert "variorum find" in fault.help
    assert fault.related == ()


# ---- zones and paragraphs -----------------------------------------------------------------------------------------

PAGE = """Home News Talks end

Talks end

Minister Li arrives. Photo

The talks ended on Monday. They were long.

Advertisement

Both sides went home on Tuesday.

Follow us. The talks ended on Monday.
"""


def page() -> Article:
    return article_of(
        PAGE,
        body=["The talks ended", "home on Tuesday."],
        headline=["Talks end"],
        captions=["Minister Li"],
        boilerplate=["Advertisement"],
    )


@pytest.mark.parametrize(
    ("exact", "zone"),
    [
        ("They were long", Zone.BODY),
        ("Minister Li", Zone.CAPTION),
        ("Talks end", Zone.HEADLINE),
        ("ended on Monday", Zone.BODY),
    ],
)
def test_a_passage_knows_its_zone_and_boilerplate_does_not_count(exact: str, zone: Zone) -> None:
    passage = search(page(), quotation_of(exact))
    assert isinstance(passage, Passage)
    assert passage.zone is zone
    assert passage.span in page().paragraphs[passage.paragraph].span


@pytest.mark.parametrize("exact", ["Follow us", "Home News", "Advertisement"])
def test_words_in_boilerplate_only_are_refused(exact: str) -> None:
    assert found(page(), exact) == "quotation-boilerplate"


@pytest.mark.parametrize(
    ("exact", "allow", "result"),
    [
        ("home on Tuesday. Follow us", [], "quotation-boilerplate"),
        ("home on Tuesday. Follow us", ["paragraphs"], "quotation-boilerplate"),
        ("They were long. Advertisement Both sides", ["paragraphs"], "quotation-boilerplate"),
        ("They were long. […] Both sides", [], "quotation-paragraphs"),
        ("They were long. […] Both sides", ["paragraphs"], "They were long. […] Both sides"),
    ],
)
def test_no_permission_lets_a_quotation_run_into_boilerplate(exact: str, allow: list[str], result: str) -> None:
    assert found(page(), exact, allow=allow) == result


def test_a_quotation_over_the_end_of_a_paragraph_needs_permission() -> None:
    text = f"{'x' * 101}\nOne ends.\nTwo starts."
    assert found(text, "ends. Two") == "quotation-paragraphs"
    assert found(text, "ends. Two", allow=["paragraphs"]) == "ends.\nTwo"


# ---- divided quotations -------------------------------------------------------------------------------------------

LEFT_OUT = "He said that the talks were long. She added, in spite of the rain, that they had not been useless at all."


@pytest.mark.parametrize(
    ("exact", "result"),
    [
        ("He said […] the talks", "He said […] the talks"),
        ("He said [...] the talks", "He said [...] the talks"),
        ("He said […]\n were long", "He said […] were long"),
        ("She added […] that they", "She added […] that they"),
        ("the talks […] He said", "quotation-order"),
        ("they had […] useless", "quotation-negation"),
        ("He said […] the tracks", "quotation-words"),
        ("He said […] the talk", "quotation-cut"),
        ("[…] the talks", "[…] the talks"),
        ("the talks […]", "the talks […]"),
        ("[…]", "quotation-parts"),
        ("[…] [He]", "quotation-parts"),
        ("[T]he talks", "[T]he talks"),
        ("[t]he talks", "[t]he talks"),
        ("said that the talks [in Geneva] were long", "said that the talks [in Geneva] were long"),
        ("[Wang] said that", "[Wang] said that"),
        ("[Wang] added, in spite", "[Wang] added, in spite"),
        ("the talks were long [and hard]", "the talks were long [and hard]"),
        ("add[s], in spite", "add[s], in spite"),
        ("He said [the minister] the talks", "He said [the minister] the talks"),
        (" [" + "x" * 81 + "] the talks", "quotation-words"),
    ],
)
def test_omissions_and_insertions_divide_a_quotation(exact: str, result: str) -> None:
    assert found(LEFT_OUT, exact) == result


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("They can't agree on it.", "They can[…] agree"),
        ("They can't agree on it.", "They can […] agree"),
        ("They can't agree on it.", "They can[ ]agree"),
        ("They can't agree on it.", "They can[not]"),
        ("They can't agree on it.", "They can[…]"),
        ("They cannot agree on it.", "They can[…] agree"),
        ("They cannot agree on it.", "They can[ ]agree"),
        ("They were unable to agree.", "[A]ble to agree"),
        ("It was impossible to say.", "[P]ossible to say"),
        ("They can\u00adnot agree.", "They can"),
    ],
)
def test_brackets_never_hide_half_a_word_that_turns_the_sense(text: str, exact: str) -> None:
    assert found(text, exact) in {"quotation-cut", "quotation-negation"}


def test_brackets_that_the_article_prints_are_its_own_words() -> None:
    assert (
        found("“They [the ministers] met,” he said […] later.", "They [the ministers] met")
        == "They [the ministers] met"
    )
    passage = search("He said […] later on.", quotation_of("said […] later"))
    assert isinstance(passage, Passage)
    assert len(passage.parts) == 1


def test_an_omission_may_be_so_long_and_no_longer() -> None:
    def text(gap: int) -> str:
        return f"start {'x' * (gap - 2)} end."

    assert found(text(MAX_OMISSION), "start […] end") == "start […] end"
    assert found(text(MAX_OMISSION + 1), "start […] end") == "quotation-gap"
    assert found(text(MAX_REPLACED), "start [word] end") == "start [word] end"
    assert found(text(MAX_REPLACED + 1), "start [word] end") == "quotation-gap"


def test_a_quotation_has_so_many_parts_and_no_more() -> None:
    letters = string.ascii_uppercase
    text = " so ".join(letters)
    assert found(text, " […] ".join(letters[:MAX_PARTS])) == " […] ".join(letters[:MAX_PARTS])
    assert found(text, " […] ".join(letters[: MAX_PARTS + 1])) == "quotation-parts"


def test_a_negation_may_be_left_out_knowingly() -> None:
    assert found(LEFT_OUT, "they had […] useless", allow=["negation"]) == "they had […] useless"


def test_parts_take_the_closest_place() -> None:
    passage = search("One met two. So two left.", quotation_of("One […] two"))
    assert isinstance(passage, Passage)
    assert [part.span for part in passage.parts] == [Span(0, 3), Span(8, 11)]
    assert passage.parts[1].joint == " […] "


def test_parts_that_fit_in_two_places_are_ambiguous() -> None:
    text = "The north side won the cup. The south side won the cup."
    assert found(text, "side […] cup") == "quotation-ambiguous"
    assert found(text, "side […] cup", prefix="south") == "side […] cup"


def test_a_later_part_is_looked_for_after_the_part_before() -> None:
    assert found("cup side. side then cup.", "side […] cup", prefix="side.") == "side […] cup"


# ---- key words ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "result"),
    [
        (["two hours"], ["two hours"]),
        (["talks", "two"], ["talks", "two"]),
        (["ours"], "quotation-key"),
        (["They"], "quotation-key"),
        (["Two"], "quotation-key"),
    ],
)
def test_key_words_are_whole_words_of_the_quotation(key: list[str], result: list[str] | str) -> None:
    checked = find_quotation(article_of(TALKS), source_of(), quotation_of("The talks lasted two hours", key=key))
    assert checked.value
    assert [fault.code for fault in checked.diagnostics] == ([result] if isinstance(result, str) else [])
    assert [fault.severity for fault in checked.diagnostics] == [Severity.WARNING] * len(checked.diagnostics)
    assert [span.of(TALKS) for span in checked.value.keys] == ([] if isinstance(result, str) else result)


@pytest.mark.parametrize(("key", "codes"), [("the talks", []), ("said that the", ["quotation-key"])])
def test_key_words_may_lie_in_any_part_but_not_across(key: str, codes: list[str]) -> None:
    quotation = quotation_of("He said […] the talks", key=[key])
    checked = find_quotation(article_of(LEFT_OUT), source_of(), quotation)
    assert [fault.code for fault in checked.diagnostics] == codes


def test_every_faulty_key_is_named() -> None:
    checked = find_quotation(article_of(TALKS), source_of(), quotation_of("two hours", key=["one", "two", "three"]))
    assert [fault.message.split("“")[1][:3] for fault in checked.diagnostics] == ["one", "thr"]


# ---- inside quotation marks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("exact", "mode", "unclosed"),
    [
        ("It was long", Mode.DIRECT, False),
        ("said “It was", Mode.MIXED, False),
        ("He said", Mode.INDIRECT, False),
        ("He said […] was long", Mode.MIXED, False),
        ("never ends", Mode.DIRECT, True),
    ],
)
def test_a_passage_knows_whether_it_stands_in_quotation_marks(exact: str, mode: Mode, unclosed: bool) -> None:
    passage = search("He said “It was long” and left.\n\nShe: “It never ends", quotation_of(exact))
    assert isinstance(passage, Passage)
    assert (passage.mode, passage.unclosed) == (mode, unclosed)


# ---- a whole briefing ---------------------------------------------------------------------------------------------


def test_quotations_of_events_horizons_and_outlooks_are_verified_too() -> None:
    timeline = "meeting: {title: They meet, date: 2024-05-02, evidence: {one: [met on Friday, met on Thursday]}}"
    sources = (
        "sources:\n"
        "  one:\n    siglum: A\n    article: one.txt\n    body: [The ministers met, a short one.]\n    full_text: yes\n"
        "    known_through: {date: 2024-05-02, quote: nowhere to be found}\n"
        "    looks_ahead: {event: meeting, quote: neither is this}\n"
        "  two: {siglum: B, article: two.txt, body: [Two ministers, they said.], full_text: yes}\n"
    )
    claims = "met: {claim: They met., topic: talks, evidence: {one: {stance: supports, quote: The talks}}}"
    assert codes(small(timeline=timeline, sources=sources, claims=claims)) == [
        "quotation-words", "quotation-orphaned", "quotation-orphaned",
    ]  # fmt: skip


def test_passages_are_kept_by_claim_source_and_event() -> None:
    anchored = analysis_of(small()).anchored
    assert set(anchored.evidence) == {("met", "one"), ("met", "two")}
    assert [p.source for p in anchored.events["meeting"]] == ["one"]
    assert anchored.horizons == anchored.outlooks == {}


def test_without_its_article_a_quotation_is_passed_over() -> None:
    assert codes(small(two=None)) == ["article-missing"]


# ---- laws ---------------------------------------------------------------------------------------------------------

SOURCES = ["mercopress", "b-unnamed", "mothership", "worldys-news", "e-unnamed"]


def draw_paragraph(data: st.DataObject) -> tuple[Article, Span]:
    article = sample().anchored.articles[data.draw(st.sampled_from(SOURCES))]
    bodies = [p.span for p in article.paragraphs if p.zone is Zone.BODY]
    return article, data.draw(st.sampled_from(bodies))


def draw_slice(data: st.DataObject, article: Article, within: Span) -> Span:
    text = article.text
    inner = [at for at in range(within.start, within.end + 1) if not cuts_word(text, at)]
    starts = [at for at in inner if at < within.end and not text[at].isspace()]
    start = data.draw(st.sampled_from(starts))
    ends = [at for at in inner if at > start and not text[at - 1].isspace()]
    return Span(start, data.draw(st.sampled_from(ends)))


def place_of(span: Span, article: Article) -> tuple[int, int]:
    line_start = article.text.rfind("\n", 0, span.start) + 1
    return article.text.count("\n", 0, span.start) + 1, span.start - line_start + 1


@given(st.data())
def test_any_slice_of_an_article_is_found_where_it_was_taken_or_named_ambiguous(data: st.DataObject) -> None:
    article, paragraph = draw_paragraph(data)
    taken = draw_slice(data, article, paragraph)
    result = search(article, quotation_of(taken.of(article.text)))
    if isinstance(result, Passage):
        assert [part.span for part in result.parts] == [taken]
        assert taken in article.paragraphs[result.paragraph].span
    else:
        assert result.code == "quotation-ambiguous"
        places = [(r.place.line, r.place.column) for r in result.related]
        assert place_of(taken, article) in places or len(places) == 5
        first = search(article, quotation_of(taken.of(article.text), **pasted(result)))
        assert isinstance(first, Passage), "the cure works when it is pasted"


@given(st.data())
def test_with_all_that_stands_before_it_any_slice_is_found(data: st.DataObject) -> None:
    article, paragraph = draw_paragraph(data)
    taken = draw_slice(data, article, paragraph)
    before = Span(paragraph.start, taken.start).of(article.text)
    both = fold_needle(Span(paragraph.start, taken.end).of(article.text))
    assume(fold_needle(before) and article.folded.text.count(both) == 1)
    result = search(article, quotation_of(taken.of(article.text), prefix=before))
    assert isinstance(result, Passage)
    assert result.span == taken


@given(st.data())
def test_two_slices_of_a_paragraph_make_one_quotation(data: st.DataObject) -> None:
    article, paragraph = draw_paragraph(data)
    one = draw_slice(data, article, paragraph)
    assume(one.end < paragraph.end)
    rest = draw_slice(data, article, Span(one.end, paragraph.end))
    text = article.text
    result = search(article, quotation_of(f"{one.of(text)} […] {rest.of(text)}"))
    if isinstance(result, Passage):
        parts = [part.span for part in result.parts]
        assert [fold_needle(s.of(text)) for s in parts] == [fold_needle(one.of(text)), fold_needle(rest.of(text))]
        assert parts[0].end <= parts[1].start <= parts[0].end + MAX_OMISSION
        assert negation_in(text[parts[0].end : parts[1].start], "en") is None
    elif result.code == "quotation-gap":
        assert rest.start - one.end > MAX_OMISSION
    elif result.code == "quotation-negation":
        assert negation_in(text[result_gap(result, article)], "en")
    else:
        assert result.code == "quotation-ambiguous"


def result_gap(fault: Diagnostic, article: Article) -> slice:
    place = fault.related[0].place
    lines = article.text.split("\n")
    start = sum(len(line) + 1 for line in lines[: place.line - 1]) + place.column - 1
    return slice(start, start + place.length)


def every_quotation() -> list[tuple[str, Quotation]]:
    briefing = sample().anchored.briefing
    out = [(e.source, q) for c in briefing.claims for e in c.evidence for q in e.quotations]
    return out + [(source, q) for event in briefing.events for source, q in event.quotations]


def mutations(exact: str) -> list[str]:
    """The quotation with one letter changed, at several places."""
    letters = [at for at, char in enumerate(exact) if char.isalpha()]
    chosen = letters[:: max(1, len(letters) // 4)]
    return [exact[:at] + ("z" if exact[at] not in "zZ" else "q") + exact[at + 1 :] for at in chosen]


def test_no_letter_of_any_quotation_can_be_changed_unnoticed() -> None:
    anchored = sample().anchored
    tried = 0
    for source_id, quotation in every_quotation():
        article = anchored.articles[source_id]
        source = next(s for s in anchored.briefing.sources if s.id == source_id)
        for changed in mutations(quotation.exact):
            wrong = Quotation(changed, quotation.prefix, quotation.suffix, (), quotation.allow, quotation.place)
            checked = find_quotation(article, source, wrong)
            assert checked.value is None, changed
            assert checked.diagnostics[0].place == quotation.place
            assert checked.diagnostics[0].code in {"quotation-words", "quotation-orphaned", "quotation-cut"}
            tried += 1
    assert tried > 500


# ---- hostile ------------------------------------------------------------------------------------------------------

LETTERS = st.sampled_from([*"ab .'“”[]…\n\u0301\u00ad", "[…]", "[a]", " […] ", "not "])


@given(st.lists(LETTERS, max_size=30).map("".join), st.lists(LETTERS, min_size=1, max_size=12).map("".join))
def test_any_quotation_in_any_text_is_found_or_refused(text: str, exact: str) -> None:
    text = f"start {text} end"
    result = find_quotation(article_of(text, body=["start", "end"]), source_of(), quotation_of(exact))
    assert (result.value is None) == has_errors(result.diagnostics)
    if result.value:
        for part in result.value.parts:
            assert not part.span.of(text).isspace()
            assert fold_needle(part.span.of(text))


def test_texts_made_to_be_slow_are_searched_all_the_same() -> None:
    text = "a b " * 3_000 + "\n\n" + "c d " * 3_000
    assert found(text, "a […] c") == "quotation-paragraphs"
    assert found(text, "a […] b […] a […] b") == "quotation-ambiguous"
    assert found(text, "c […] a") == "quotation-order"
    assert found("a" * 50_000, "a" * 50) == "quotation-cut"
