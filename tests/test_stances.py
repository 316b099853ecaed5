"""Values and stances: what is at odds, and what only looks so."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from samples import Files, analysis_of, faults, scalar, small

from builder.diagnostics import Diagnostic
from builder.model import Stance
from builder.values import exclude

SIGLA = "ABCD"
WORDS = "The talks went on."


def site(claim: str, unit: str, *evidence: str, language: str = "en") -> Files:
    """One claim; each evidence is `stance value`, or `stance difference value`."""
    sources, cells = "sources:\n", ""
    for letter, said in zip(SIGLA, evidence, strict=False):
        name = letter.lower()
        sources += f"  {name}: {{siglum: {letter}, article: {name}.txt, body: [The talks, went on.], full_text: yes}}\n"
        stance, *difference, value = said.split()
        differs = f", differs_in: {difference[0]}" if difference else ""
        cells += f"    {name}: {{stance: {stance}{differs}, quote: The talks, value: {scalar(value)}}}\n"
    claims = f"c:\n  claim: {scalar(claim)}\n  topic: talks\n  unit: {scalar(unit)}\n  evidence:\n{cells}"
    articles = {f"seeds/{letter.lower()}.txt": WORDS for letter in SIGLA[: len(evidence)]}
    settings = f"title: A Site\nlanguage: {language}\n"
    return {**small(site=settings, sources=sources, claims=claims, timeline=None), **articles}


def at_odds(claim: str, unit: str, *evidence: str, language: str = "en") -> list[str]:
    """The codes of what is at odds, with the sigla that are named, in the order of their places."""
    return [named(fault) for fault in faults(site(claim, unit, *evidence, language=language))]


def named(fault: Diagnostic) -> str:
    return f"{fault.code} " + "".join(siglum for siglum in SIGLA if f"{siglum} (`" in fault.message)


FIVE = "The talks lasted five hours."


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (["supports 7"], ["stance-denied A"]),
        (["supports >6"], ["stance-denied A"]),
        (["supports 6..7"], ["stance-denied A"]),
        (["supports ~7"], ["stance-denied A"]),
        (["contradicts 5"], ["stance-denied A"]),
        (["contradicts >4"], ["stance-denied A"]),
        (["contradicts 4..6"], ["stance-denied A"]),
        (["contradicts ~5"], ["stance-denied A"]),
        (["supports 7", "supports 8"], ["stance-denied A", "stance-denied B"]),
        (["supports 5", "supports 7"], ["values-conflict AB"]),
        (["supports 7", "supports 5"], ["values-conflict AB"]),
        (["supports 5", "supports 7", "supports 9"], ["values-conflict AB", "values-conflict AC"]),
        (["supports 5", "contradicts 5"], ["values-compatible AB"]),
        (["contradicts >4", "supports 5"], ["values-compatible AB"]),
        (["supports 5", "supports ~5", "contradicts ~5"], ["values-compatible AC"]),
        (["supports 7", "contradicts 5"], ["stance-denied A", "stance-denied B"]),
    ],
)
def test_the_claims_own_amount_is_the_measure(evidence: list[str], expected: list[str]) -> None:
    assert at_odds(FIVE, "hours", *evidence) == expected


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (["supports 2", "supports 3"], ["values-conflict AB"]),
        (["supports 2", "supports 3", "supports 2"], ["values-conflict AB", "values-conflict BC"]),
        (["supports 2", "contradicts 2"], ["values-compatible AB"]),
        (["supports >2", "contradicts 3"], ["values-compatible AB"]),
        (["supports 7"], []),
        (["contradicts 7"], []),
        (["supports 2", "contradicts 3"], []),
    ],
)
def test_without_one_the_values_are_measured_against_each_other(evidence: list[str], expected: list[str]) -> None:
    assert at_odds("The ministers told how long they had talked.", "hours", *evidence) == expected


def test_the_warning_stands_at_the_value_and_names_the_other_one() -> None:
    (fault,) = faults(site("The talks lasted five and a half hours.", "hours", "supports 5.5", "contradicts >5"))
    assert fault.code == "values-compatible"
    line = fault.place.text
    assert line[fault.place.column - 1 :][: fault.place.length] == '">5"'
    (other,) = fault.related
    assert other.place.text[other.place.column - 1 :][: other.place.length] == '"5.5"'
    assert fault.help.endswith("\nstance: qualifies\ndiffers_in: precision")


def test_what_the_claim_says_is_shown_beside_a_stance_that_it_denies() -> None:
    (fault,) = faults(site("The talks lasted five and a half hours.", "hours", "supports 7"))
    assert "`5.5` hours" in fault.message
    (sentence,) = fault.related
    assert sentence.place.text.strip() == 'claim: "The talks lasted five and a half hours."'
    assert fault.help.endswith("\nstance: contradicts")


# ---- false alarms --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Harmless:
    """What may be warned of, and why it is right as it is."""

    why: str
    claim: str
    unit: str
    evidence: tuple[str, ...]
    language: str = "en"


def harmless(why: str, claim: str, unit: str, *evidence: str, language: str = "en") -> Harmless:
    return Harmless(why, claim, unit, evidence, language)


HARMLESS = [
    harmless("more than five may be seven", "The talks lasted more than five hours.", "hours", "supports 7"),
    harmless("both are more than three", "They talked for more than three hours.", "hours", "supports 5", "supports 7"),
    harmless("two texts that are both within it", "It took between five and six hours.", "hours", "supports 5.1",
             "supports 5.9"),
    harmless("five and a half may be called five", FIVE, "hours", "supports 5", "supports 5.5"),
    harmless("a round number", "The march drew 1,500 people.", "people", "supports 1500", "supports 1523"),
    harmless("millions are rounded", "The bridge cost 3 million euros.", "euros", "supports 3200000"),
    harmless("almost five may be less", "It was the first visit in almost five years.", "years", "supports <5"),
    harmless("about is no point", "The talks lasted about five hours.", "hours", "supports 5.4", "supports 4.6"),
    harmless("a lower limit fits", "The talks lasted five and a half hours.", "hours", "supports >5"),
    harmless("a range that holds it", FIVE, "hours", "supports 4..6"),
    harmless("or so", "The talks lasted five hours or so.", "hours", "supports 5.5"),
    harmless("B contradicts the claim, though not A’s lower limit", FIVE, "hours", "supports >4", "contradicts 7"),
    harmless("the same with a claim that nobody can read", "It took five hours, or perhaps six hours.", "hours",
             "supports >4", "contradicts 7"),
    harmless("half an hour between them", FIVE, "hours", "supports 5", "contradicts 5.5"),
    harmless("the dispute is real", "The talks lasted five and a half hours.", "hours", "supports 5.5",
             "contradicts ~7.5", "qualifies precision >5"),
    harmless("qualifying values are free", FIVE, "hours", "supports 5", "qualifies precision 7"),
    harmless("what is only expected is free", FIVE, "hours", "supports 5", "qualifies expectation <=8"),
    harmless("other numbers are not the value", "The two sides talked in 3 rooms.", "hours", "supports 7"),
    harmless("a day is not the value", "They met on 5 May.", "hours", "supports 7"),
    harmless("a year is not the value", "The bridge opened in 2018.", "years", "supports 6"),
    harmless("a name is not the value", "The G7 met in the Tower 42.", "hours", "supports 7"),
    harmless("a description is not the value", "The five-year plan was late.", "years", "supports 2"),
    harmless("an age is not the value", "The bridge is five years old.", "years", "supports 2"),
    harmless("a part of it is not the value", "Nothing was said in the first five hours.", "hours", "supports 7"),
    harmless("a rate is not the value", "They talked five hours a day.", "hours", "supports 15"),
    harmless("a difference is not the value", "They took five hours longer than planned.", "hours", "supports 9"),
    harmless("a negation turns it round", "The talks did not last five hours.", "hours", "supports 3",
             "contradicts 5"),
    harmless("another unit", "The talks lasted 90 minutes.", "hours", "supports 1.5"),
    harmless("hours and minutes", "The talks lasted five hours and thirty minutes.", "hours", "supports 5.5",
             "supports 7"),
    harmless("several hours may be three or five", "The talks lasted several hours.", "hours", "supports 3",
             "supports 5"),
    harmless("a dozen is a number, too", "Two dozen people were held.", "people", "supports 24", "contradicts 2"),
    harmless("half an hour", "The talks lasted half an hour.", "hours", "supports 0.5"),
    harmless("an hour and a half", "The talks lasted an hour and a half.", "hours", "supports 1.5"),
    harmless("pronouns", "One of the two talked for an hour.", "hours", "supports 3"),
    harmless("per cent", "Prices rose by 40 per cent.", "%", "supports 40", "contradicts 38"),
    harmless("percentage points", "The party gained 5 percentage points.", "%", "supports 40"),
    harmless("German, with a decimal comma", "Das Gespräch dauerte 5,5 Stunden.", "Stunden", "supports 5.5",
             language="de"),
    harmless("German, a limit", "Das Gespräch dauerte mehr als fünf Stunden.", "Stunden", "supports 6", "supports 8",
             language="de"),
    harmless("French, thousands", "La marche a réuni 1 500 personnes.", "personnes", "supports 1500", language="fr"),
    harmless("a language that nobody here reads", "会谈持续了三个多小时。", "小时", "supports 3.5", "supports 5",
             language="zh"),
]  # fmt: skip


@pytest.mark.parametrize("one", HARMLESS, ids=[one.why for one in HARMLESS])
def test_nothing_is_said_of_what_can_be_right(one: Harmless) -> None:
    assert at_odds(one.claim, one.unit, *one.evidence, language=one.language) == []


def test_a_naive_rule_would_have_warned_of_most_of_them() -> None:
    assert sum(map(naively_at_odds, HARMLESS)) >= 30


def naively_at_odds(one: Harmless) -> bool:
    """Whether bare points differ: of two that support, of one and the sentence's first number; or a limit admits it."""
    cells = analysis_of(site(one.claim, one.unit, *one.evidence, language=one.language)).matrix.rows[0].cells
    given = [(cell.stance, cell.evidence.value) for cell in cells if cell.evidence and cell.evidence.value]
    supporting = [value for stance, value in given if stance is Stance.SUPPORTS]
    contradicting = [value for stance, value in given if stance is Stance.CONTRADICTS]
    points = {value.anchor for value in supporting}
    words = [SPELT.get(word.casefold(), word) for word in one.claim.replace(",", ".").replace("-", " ").split()]
    numbers = {Decimal(word.strip(".")) for word in words if word.strip(".").replace(".", "").isdigit()}
    if len(points) > 1 or (points and numbers and points.isdisjoint(list(numbers)[:1])):
        return True
    return any(not exclude(no, yes) for no in contradicting for yes in supporting)


SPELT = {"half": "0.5", "one": "1", "two": "2", "three": "3", "five": "5", "six": "6", "fünf": "5"}


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [("The talks lasted five hours.", ["supports 5"]), ("A claim.", ["contradicts 5"]), ("A claim.", ["supports 5"])],
)
def test_what_goes_together_is_not_warned_of(claim: str, evidence: list[str]) -> None:
    assert at_odds(claim, "hours", *evidence) == []
