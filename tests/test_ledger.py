"""The values ledger: what each source gives, how it goes together, and what follows for the status."""

from collections.abc import Sequence

import pytest
from samples import SMALL, Files, analysis_of, sample, scalar, small

from builder.analysis import Analysis
from builder.analysis.ledger import Entry, entry_of
from builder.pages.plotted import sayings
from builder.values import Fit
from builder.words import ENGLISH

SIGLA = "ABCDEF"


def site(unit: str, *evidence: str) -> Files:
    """One claim; each evidence is `stance value`, or `stance difference value`; `silent` has no value."""
    sources, cells = "sources:\n", ""
    for letter, said in zip(SIGLA, evidence, strict=False):
        name = letter.lower()
        sources += (
            f"  {name}: {{siglum: {letter}, article: one.txt, body: [The ministers met, short one.], full_text: yes}}\n"
        )
        stance, *rest = said.split(" ", 2 if said.startswith("qualifies") else 1)
        if stance == "silent":
            continue
        differs = f", differs_in: {rest[0]}" if stance == "qualifies" else ""
        value = f", value: {scalar(rest[-1])}" if rest[-1] != "-" else ""
        cells += f"    {name}: {{stance: {stance}{differs}, quote: The ministers met{value}}}\n"
    claims = f"c:\n  claim: They talked.\n  topic: talks\n  unit: {scalar(unit)}\n  evidence:\n{cells}"
    # Each source needs an article of its own.
    articles = {f"seeds/{letter.lower()}.txt": SMALL["seeds/one.txt"] for letter in SIGLA[: len(evidence)]}
    for letter in SIGLA[: len(evidence)]:
        name = letter.lower()
        sources = sources.replace(
            f"{name}: {{siglum: {letter}, article: one.txt", f"{name}: {{siglum: {letter}, article: {name}.txt"
        )
    return {**small(sources=sources, claims=claims, timeline=None), **articles}


def analysed(unit: str, *evidence: str) -> Analysis:
    return analysis_of(site(unit, *evidence))


def entry(unit: str, *evidence: str) -> Entry:
    (found,) = analysed(unit, *evidence).ledger
    return found


def status(*evidence: str) -> str:
    return analysed("hours", *evidence).matrix.rows[0].status


def test_an_entry_has_each_number_once_with_all_who_give_it() -> None:
    found = entry("hours", "supports 5", "supports ~7", "supports 5", "silent")
    assert [(given.value.text, [cell.source.siglum for cell in given.cells]) for given in found.given] == [
        ("5", ["A", "C"]),
        ("~7", ["B"]),
    ]
    assert (found.unit, found.without) == ("hours", ("d",))
    assert [pair.fit for pair in found.pairs] == [Fit.CONFLICTING]


def test_of_two_numbers_the_less_precise_one_stands_first() -> None:
    for values in (("supports 5.5", "supports >5"), ("supports >5", "supports 5.5")):
        (pair,) = entry("hours", *values).pairs
        assert (pair.fit, pair.one.value.text, pair.other.value.text) == (Fit.LESS_PRECISE, ">5", "5.5")


def test_a_claim_without_numbers_is_in_no_ledger() -> None:
    analysis = analysed("hours", "supports -", "silent")
    assert analysis.ledger == ()
    assert entry_of(analysis.matrix.rows[0]) is None


def test_the_sample_has_its_dispute_in_the_ledger() -> None:
    found = {one.claim: one for one in sample().ledger}["talks-length"]
    assert [(pair.one.value.text, pair.fit, pair.other.value.text) for pair in found.pairs] == [
        (">5", "less precise", "5.5"),
        (">5", "less precise", "~7.5"),
        ("5.5", "conflicting", "~7.5"),
    ]
    assert list(sayings(found, ENGLISH)) == [
        "5.5 (D) and about 7.5 (C) cannot both hold.",
        "More than 5 (A) is less precise than either of the others.",
    ]


# ---- in words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "evidence", "expected"),
    [
        ("hours", ["supports 5"], []),
        ("hours", ["supports 5", "supports 5"], ["A and B give the same."]),
        ("hours", ["supports 5", "supports 6", "supports 7"], ["No two of these can both hold."]),
        ("hours", ["supports 5", "supports 5.0"], ["5 (A) and 5.0 (B) are the same."]),
        ("hours", ["supports 330 minutes", "supports 5.5"], ["5.5 (B) and 330 minutes (A) are the same."]),
        ("hours", ["supports 5", "supports 5.5"], ["5 (A) and 5.5 (B) can both hold."]),
        ("hours", [">4", "5..6", "~5.5", "5.5"], ["More than 4 (A) is less precise than all the others.",
         "5–6 (B) is less precise than 5.5 (D).", "About 5.5 (C) is less precise than 5–6 (B) and 5.5 (D)."]),
        # Only numbers of the claim itself are compared.
        ("hours", ["supports 5", "qualifies scope 9"], ["The number of B is of something else: of another scope."]),
        ("hours", ["supports 5", "supports 5", "qualifies scope 5", "qualifies scope 7"],
         ["A and B give the same.", "The numbers of C and D are of something else: of another scope."]),
        ("hours", ["supports 5", "supports 6", "qualifies scope 5", "qualifies expectation 9"],
         ["5 (A) and 6 (B) cannot both hold.", "The number of C is of something else: of another scope.",
          "The number of D is only expected."]),
        ("date", ["2023-06-18", "2023-06"], ["June 2023 (B) is less precise than 18 June 2023 (A)."]),
        ("US dollars", ["$5 million", "<=4 million"], ["At most 4 million (B) and $5 million (A) cannot both hold."]),
    ],
)  # fmt: skip
def test_how_numbers_go_together_is_said_in_sentences(unit: str, evidence: Sequence[str], expected: list[str]) -> None:
    given = [one if one.startswith(("supports", "qualifies")) else f"supports {one}" for one in evidence]
    assert list(sayings(entry(unit, *given), ENGLISH)) == expected


def test_of_many_numbers_the_rest_is_counted() -> None:
    found = entry(
        "hours", *(f"supports {low}..{high}" for low, high in ((1, 9), (2, 10), (3, 11), (4, 12), (5, 13), (6, 14)))
    )
    said = sayings(found, ENGLISH)
    assert len(said) == 13
    assert said[-1] == "So it is with 3 other pairs."


# ---- status --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (["supports 5.5", "supports ~7.5"], "disputed"),
        (["supports 5.5", "qualifies precision 7.5"], "disputed"),
        (["supports 5.5", "qualifies expectation 7.5"], "single source"),
        (["supports 5.5", "qualifies scope 7.5"], "qualified"),
        (["supports 5.5", "supports >5"], "repeated"),
        (["supports 5", "supports 5.5"], "repeated"),
        (["supports 5", "supports -"], "repeated"),
        (["qualifies expectation 5", "qualifies expectation 9"], "unsourced"),
    ],
)
def test_numbers_that_cannot_both_hold_dispute_a_claim(evidence: Sequence[str], expected: str) -> None:
    assert status(*evidence) == expected
    assert status(*reversed(evidence)) == expected
