"""The critical apparatus: whose readings are set against which lemma, where they depart, and what is left unsaid."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import SITE, Files, analysis_of, scalar

from builder.analysis.apparatus import Collation, Reading
from builder.analysis.apparatus.collating import Printed, Witnessed, side_by_side
from builder.analysis.apparatus.entries import Entry, Variant, apart_of, entries_of
from builder.analysis.apparatus.variation import Standing
from builder.article import Mode

FRONT = """---
title: A briefing
summary: Articles about a speech.
status: published
date: 2024-05-02
published: 2024-05-10
topics: {talks: The talks}
---
"""


def said(*quotes: str | list[str], lemma: str = "", primary: int = 0, stance: str = "supports") -> Files:
    """A site in which each source prints its own words of one utterance, once or several times."""
    files: dict[str, str | bytes | None] = {"site.yaml": SITE, "content/case/briefing.md": FRONT}
    sources, evidence = "origins: {agency: {name: The Agency}}\nsources:\n", ""
    for number, quote in enumerate(quotes, 1):
        several = quote if isinstance(quote, list) else [quote]
        words = "\n\n".join(one.replace(" […]", " some more") for one in several)
        files[f"seeds/s{number}.txt"] = f"The first words.\n\n{words}\n\nThe last words.\n"
        sources += f"  s{number}:\n    siglum: {chr(64 + number)}\n    article: s{number}.txt\n    full_text: yes\n"
        sources += (
            f"    body: [The first words, The last words.]\n    primary: {'yes' if number == primary else 'no'}\n"
        )
        evidence += f"    s{number}: {{stance: {stance if number > 1 else 'supports'}, via: agency, "
        evidence += f"quote: [{', '.join(map(scalar, several))}]}}\n"
    named = f", lemma: {lemma}" if lemma else ""
    claims = (
        f"speech:\n  claim: They spoke.\n  topic: talks\n  utterance: {{by: The mayor{named}}}\n  evidence:\n{evidence}"
    )
    return {**files, "content/case/sources.yaml": sources, "content/case/claims.yaml": claims}


def collated(*quotes: str | list[str], lemma: str = "", primary: int = 0) -> Collation:
    """The only utterance of such a site."""
    (collation,) = analysis_of(said(*quotes, lemma=lemma, primary=primary)).apparatus
    return collation


def printed(*texts: str) -> tuple[Printed, ...]:
    return tuple(Printed(((0, "", text),), "") for text in texts)


def words_in(text: str, cell: Witnessed) -> str:
    """What a reading has at a place: its words, `om.`, or nothing."""
    if cell.standing is Standing.OMITTED:
        return "om."
    return "".join(part.joint + part.span.of(text) for part in cell.parts) + cell.tail


def variant_in(text: str, variant: Variant) -> str:
    """What readings have in an entry: the words, or `om.`."""
    return " ".join(part.joint + part.span.of(text) for part in variant.parts) + variant.tail or "om."


def lines(*texts: str, lemma: int | None = None) -> list[str]:
    """A line for each text: its words place by place, with a star where they depart."""
    beside = side_by_side(printed(*texts), lemma)
    cells = zip(*(place.cells for place in beside.places), strict=True)
    return [
        " | ".join(
            ("*" if cell.standing in (Standing.OTHER, Standing.ADDED) else "") + words_in(text, cell) for cell in row
        )
        for text, row in zip(texts, cells, strict=True)
    ]


# ---- the lemma -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quotes", "lemma", "primary", "expected"),
    [
        (("one way", "another way", "one way"), "s2", 3, 1),  # as the curator names it
        (("one way", "another way", "one way"), "", 2, 1),  # the primary text
        (("a way", "one way", "“One way”"), "", 0, 1),  # the most frequent, the first of these
        (("one way", "another way"), "", 0, 0),  # all as frequent: the first source
        (("a way", ["one way", "two ways"]), "s2", 0, 1),  # of a source that has two, the first
    ],
)
def test_the_lemma_is_named_or_primary_or_the_most_frequent_reading(
    quotes: tuple[str | list[str], ...], lemma: str, primary: int, expected: int
) -> None:
    assert collated(*quotes, lemma=lemma, primary=primary).beside.lemma == expected


def test_the_lemma_is_shown_first() -> None:
    assert collated("one way", "another way", "a way", lemma="s3").order == (2, 0, 1)


# ---- readings --------------------------------------------------------------------------------------------------


def test_readings_are_the_quotations_of_sources_that_speak() -> None:
    assert len(collated("one way", "another way").readings) == 2
    assert analysis_of(said("one way", "another way", stance="silent")).apparatus == ()
    assert analysis_of(said("one way")).apparatus == ()


def test_two_readings_of_one_source_are_kept_apart() -> None:
    found = collated(["one way", "another way"], "a way").readings
    assert [(reading.source.siglum, reading.number) for reading in found] == [("A", 1), ("A", 2), ("B", 0)]


def test_a_reading_is_told_with_its_place_its_marks_and_its_origins() -> None:
    def told(reading: Reading) -> tuple[Mode, int, tuple[str, ...]]:
        return reading.mode, reading.paragraph, reading.chain

    first, second, third = collated(["“one way”", "no “other” way"], "a way").readings
    # Of two readings nothing tells which of them the source has from the agency.
    assert told(first) == (Mode.DIRECT, 1, ())
    assert told(second) == (Mode.MIXED, 2, ())
    assert told(third) == (Mode.INDIRECT, 1, ("agency",))


def test_of_a_quotation_the_words_named_are_the_reading() -> None:
    files = dict(said("He said: “one way”, loudly", "another way"))
    claims = str(files["content/case/claims.yaml"]).replace(
        'quote: ["He said: “one way”, loudly"]', 'reading: one way, quote: ["He said: “one way”, loudly"]'
    )
    (collation,) = analysis_of({**files, "content/case/claims.yaml": claims}).apparatus
    reading = collation.readings[0]
    assert [part.span.of("The first words.\n\nHe said: “one way”, loudly") for part in reading.parts] == ["one way"]
    assert reading.mode is Mode.DIRECT


# ---- places ----------------------------------------------------------------------------------------------------


def test_what_all_have_is_one_place_and_each_difference_another() -> None:
    assert lines("an open and honest talk", "an open and frank talk", "an honest talk") == [
        "an | open and | honest | talk",
        "an | open and | *frank | talk",
        "an | om. | honest | talk",
    ]


def test_a_phrase_stands_for_a_phrase() -> None:
    assert lines("channels across the board to reduce", "channels at all levels to reduce") == [
        "channels | across the board | to reduce",
        "channels | *at all levels | to reduce",
    ]


def test_words_that_moved_are_one_difference() -> None:
    assert lines("open channels of communication now", "open communication channels now") == [
        "open | channels of communication | now",
        "open | *communication channels | now",
    ]


def test_a_short_word_between_two_differences_does_not_part_them() -> None:
    assert lines("to reduce the risk of war", "to prevent the danger of war") == [
        "to | reduce the risk | of war",
        "to | *prevent the danger | of war",
    ]


def test_words_more_are_added_where_the_lemma_has_none() -> None:
    assert lines("mutual respect and cooperation", "mutual respect and win-win cooperation") == [
        "mutual respect and |  | cooperation",
        "mutual respect and | *win-win | cooperation",
    ]


def test_case_and_marks_are_no_difference() -> None:
    assert lines("“Candid, in-depth” talks", "candid in depth talks.") == [
        "“Candid, in-depth” talks",
        "candid in depth talks.",
    ]


def test_a_translation_that_has_only_a_number_in_common_stands_apart_and_parts_nobody_else() -> None:
    collation = collated("we met for 5 long hours", "we spoke for 5 long hours", "Das Gespräch war nach 5 Stunden aus")
    assert set(collation.beside.apart) == {2}
    assert sum(place.common for place in collation.beside.places) >= 2
    assert collated("5", "5 hours").beside.apart == {}


def test_a_reading_without_a_telling_word_in_common_stands_apart() -> None:
    beside = side_by_side(printed("do not meet the interests of both", "does not meet the interests", "of no use"))
    assert list(beside.apart) == [2]
    assert {place.cells[2].standing for place in beside.places} == {Standing.NOTHING}
    (variant,) = apart_of(beside)
    assert (variant.readings, variant_in("of no use", variant)) == ((2,), "of no use")


def test_what_is_too_long_to_be_aligned_stands_apart() -> None:
    long = " ".join(f"w{number}" for number in range(900))
    beside = side_by_side(printed(long, f"{long} more", long))
    assert (beside.aligned, list(beside.apart), len(beside.places)) == (False, [1], 1)


@given(
    st.lists(
        st.lists(st.sampled_from(["a", "the", "open", "talk", "talks", "frank", "é"]), max_size=7),
        min_size=2,
        max_size=6,
    )
)
def test_place_by_place_every_reading_is_whole(wordings: list[list[str]]) -> None:
    texts = [" ".join(wording) for wording in wordings]
    beside = side_by_side(printed(*texts))
    for row, text in enumerate(texts):
        cells = [beside.apart[row]] if row in beside.apart else [place.cells[row] for place in beside.places]
        assert " ".join(part.span.of(text) for cell in cells for part in cell.parts) == text
        assert all(bool(cell.parts) is bool(cell.words) for cell in cells)
        assert all(cell.parts for cell in cells if cell.standing in (Standing.SAME, Standing.OTHER, Standing.ADDED))
    assert all(place.cells[beside.lemma].standing in (Standing.SAME, Standing.NOTHING) for place in beside.places)


# ---- what our quotation leaves out -----------------------------------------------------------------------------


def test_what_our_quotation_leaves_out_is_not_omitted_by_the_source() -> None:
    readings = (
        *printed("open and honest talk at last"),
        Printed(((0, "", "open"), (30, " […] ", "talk at last")), ""),
        Printed(((0, "", "open talk"),), " […]"),
    )
    beside = side_by_side(readings, 0)
    standings = [[cell.standing.value for cell in row] for row in zip(*(p.cells for p in beside.places), strict=True)]
    assert standings == [
        ["same", "same", "same", "same"],
        ["same", "unquoted", "same", "same"],
        ["same", "omitted", "same", "unquoted"],
    ]
    assert [cell.tail for cell in (beside.places[1].cells[1], beside.places[3].cells[2])] == ["[…]", "[…]"]
    assert [part.joint for place in beside.places for part in place.cells[1].parts] == ["", "", ""]


def test_what_is_left_out_over_several_places_is_marked_once() -> None:
    reading = Printed(((0, "", "calm"), (30, " […] ", "today")), "")
    readings = (*printed("calm and frank talks today", "calm and long talks today"), reading)
    beside = side_by_side(readings, 0)
    cells = [place.cells[2] for place in beside.places]
    assert sum(cell.standing is Standing.UNQUOTED for cell in cells) > 1
    assert [cell.tail for cell in cells if cell.tail] == ["[…]"]
    assert [part.joint for cell in cells for part in cell.parts] == ["", ""]


def test_where_the_lemma_is_not_quoted_nobody_departs() -> None:
    lemma = Printed(((0, "", "open"), (30, " […] ", "talk")), "")
    beside = side_by_side((lemma, *printed("open and honest talk", "open talk")), 0)
    assert all(place.common for place in beside.places)
    assert [place.cells[1].standing for place in beside.places] == [Standing.SAME, Standing.UNCOMPARED, Standing.SAME]


def test_the_mark_of_what_is_left_out_stands_between_words_that_are_side_by_side() -> None:
    reading = Printed(((0, "", "open"), (30, " […] ", "talk")), "")
    (place,) = side_by_side((*printed("open talk"), reading), 0).places
    assert [part.joint for part in place.cells[1].parts] == ["", " […] "]


# ---- entries ---------------------------------------------------------------------------------------------------


def told(entry: Entry, texts: tuple[str, ...]) -> tuple[int, int, list[tuple[str, tuple[int, ...]]]]:
    variants = [(variant_in(texts[one.readings[0]], one), one.readings) for one in entry.variants]
    return entry.first, entry.last, variants


def test_readings_that_have_the_same_are_told_together() -> None:
    texts = ("an honest talk", "a frank talk", "an open talk", "“a frank” talk")
    assert [told(entry, texts) for entry in entries_of(side_by_side(printed(*texts), 0))] == [
        (0, 0, [("a frank", (1, 3)), ("an open", (2,))])
    ]


def test_words_omitted_over_several_places_are_one_entry() -> None:
    texts = ("lowest point since the establishment of ties", "lowest point since its establishment", "lowest point")
    beside = side_by_side(printed(*texts))
    assert [told(entry, texts) for entry in entries_of(beside)] == [
        (1, 4, [("om.", (2,))]),
        (2, 2, [("its", (1,))]),
        (4, 4, [("om.", (1,))]),
    ]


def test_what_stands_for_words_is_told_with_what_is_added_or_omitted_beside_them() -> None:
    texts = (
        "handle events calmly",
        "handle events in a calm manner",
        "always defend the rights and hopes of all people",
    )
    assert [told(entry, texts) for entry in entries_of(side_by_side(printed(*texts[:2]), 0))] == [
        (1, 3, [("in a calm manner", (1,))])
    ]
    texts = (texts[2], "always stand up for its people’s rights", "defending the rights and hopes of all people")
    assert [told(entry, texts) for entry in entries_of(side_by_side(printed(*texts), 0))] == [
        (0, 1, [("defending", (2,))]),
        (1, 2, [("stand up for its people’s rights", (1,))]),
    ]


@given(
    st.lists(
        st.lists(st.sampled_from(("a", "open", "talk", "talks", "frank", "é", "long")), max_size=7),
        min_size=2,
        max_size=5,
    )
)
def test_every_departure_is_told_once(wordings: list[list[str]]) -> None:
    beside = side_by_side(printed(*(" ".join(wording) for wording in wordings)))
    departing = [
        (row, at)
        for at, place in enumerate(beside.places)
        for row, cell in enumerate(place.cells)
        if cell.standing.departs
    ]
    told_of = [
        (row, at)
        for entry in entries_of(beside)
        for variant in entry.variants
        for row in variant.readings
        for at in range(entry.first, entry.last + 1)
        if beside.places[at].cells[row].standing is not Standing.NOTHING
    ]
    assert sorted(told_of, key=lambda one: one[::-1]) == departing


# ---- with the rest ---------------------------------------------------------------------------------------------


def test_utterances_come_in_the_order_of_the_matrix() -> None:
    files = said("one way", "another way")
    claims = str(files["content/case/claims.yaml"])
    more = claims.replace("speech:\n", "answer:\n").replace("They spoke.", "They answered.")
    analysis = analysis_of({**files, "content/case/claims.yaml": claims + more})
    assert [collation.claim for collation in analysis.apparatus] == ["speech", "answer"]


def test_the_same_words_are_set_side_by_side_once() -> None:
    files = said("one way", "another way")
    one, other = (analysis_of(files).apparatus[0] for _ in range(2))
    assert one.beside is other.beside
    assert replace(one) == other
