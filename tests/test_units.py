"""Units: the same one in other words, those that can be converted, and those that cannot."""

import subprocess
import sys
from fractions import Fraction

import pytest
from samples import ROOT, analysis_of, faults, scalar, small

from builder.units import UnitError, conversion, in_unit, money
from builder.values import Fit, fit, parse_value, rounded


@pytest.mark.parametrize(
    ("unit", "other", "factor", "shift"),
    [
        ("hours", "hours", "1", "0"),
        ("hour", "Hours", "1", "0"),
        ("minutes", "hours", "1/60", "0"),
        ("Minutes", "Hours", "1/60", "0"),
        ("weeks", "days", "7", "0"),
        ("km", "metres", "1000", "0"),
        ("km²", "ha", "100", "0"),
        ("miles per hour", "mph", "1", "0"),
        ("GB", "MB", "1000", "0"),
        ("degrees Celsius", "°F", "9/5", "32"),
        ("million euros", "euros", "1000000", "0"),
        ("euros", "million euros", "1/1000000", "0"),
        ("percent", "%", "1", "0"),
        ("$", "US dollars", "1", "0"),
        ("€", "euros", "1", "0"),
        ("students", "student", "1", "0"),
    ],
)
def test_what_measures_the_same_is_converted_exactly(unit: str, other: str, factor: str, shift: str) -> None:
    assert conversion(unit, other) == (Fraction(factor), Fraction(shift))


@pytest.mark.parametrize(
    ("unit", "other"),
    [
        ("minutes", "kilometres"), ("students", "people"), ("students", "hours"), ("€", "US dollars"),
        ("C$", "US dollars"), ("euros", "hours"), ("dB", "%"), ("if", "hours"), ("lambda", "hours"), ("", "hours"),
        ("hours ** hours", "hours"), ("()", "hours"), ("m/", "m"), ("9", "m"), ("MB", "mb"), ("per", "hours"),
        ("__import__", "hours"), ("x" * 200, "hours"),
    ],
)  # fmt: skip
def test_what_does_not_is_refused(unit: str, other: str) -> None:
    with pytest.raises(UnitError, match=r"cannot be given|not the money"):
        conversion(unit, other)


def test_a_dollar_may_be_anybodys_but_two_countries_dollars_are_not_the_same() -> None:
    assert money("dollars") == money("$") == "dollar"
    assert fit(in_unit(parse_value("$5 million"), "US dollars"), parse_value("5000000")) is Fit.EQUAL


def claim(unit: str, *values: str) -> dict[str, str | bytes | None]:
    """The small site with one claim, to which both sources give a value."""
    cells = "".join(
        f"    {source}: {{stance: supports, quote: {words}, value: {scalar(value)}}}\n"
        for (source, words), value in zip([("one", "The talks lasted"), ("two", "in Geneva")], values, strict=False)
    )
    return small(claims=f"c:\n  claim: They talked.\n  topic: talks\n  unit: {scalar(unit)}\n  evidence:\n{cells}")


@pytest.mark.parametrize(
    ("unit", "value", "message"),
    [
        ("hours", "5 students", "`students` cannot be given in `hours`."),
        ("US dollars", "€5", "`€` is not the money of the claim, `US dollars`, and no text prints the rate."),
        ("hours", "2023-06-18", "A date is no value in `hours`."),
        ("date", "5 hours", "The claim’s unit is `date`: '5 hours' is no date"),
    ],
)
def test_a_value_in_a_unit_that_does_not_fit_is_a_fault_at_its_line(unit: str, value: str, message: str) -> None:
    (fault,) = faults(claim(unit, value))
    assert fault.code == "evidence-misfit"
    assert fault.message.startswith(message)
    assert value in fault.place.text
    assert fault.help


def test_the_largest_number_in_the_largest_unit_can_be_told_in_the_smallest() -> None:
    value = in_unit(parse_value("~999999999999999.999999999 trillion Gm"), "fm")
    low, high = rounded(value)
    assert low == high is not None
    assert fit(value, value) is Fit.EQUAL


def test_a_value_reaches_the_matrix_in_the_unit_of_its_claim() -> None:
    (row,) = analysis_of(claim("hours", "330 minutes", "5.5")).matrix.rows
    values = [cell.evidence.value for cell in row.cells if cell.evidence]
    assert [(value.text, value.low, value.converted) for value in values if value] == [
        ("330 minutes", parse_value("5.5").low, True),
        ("5.5", parse_value("5.5").low, False),
    ]


def test_a_date_is_read_on_the_clock_of_the_place() -> None:
    files = claim("date", "2023-06-18T20:00Z", "2023-06-19")
    there = str(files["content/case/briefing.md"]).replace("date: 2024", 'utc_offset: "+08:00"\ndate: 2024', 1)
    for front, expected in ((str(files["content/case/briefing.md"]), "disputed"), (there, "repeated")):
        (row,) = analysis_of({**files, "content/case/briefing.md": front}).matrix.rows
        assert row.status == expected


def test_the_library_is_loaded_only_where_a_unit_differs() -> None:
    run = (
        "import sys; from builder.units import in_unit; from builder.values import parse_value as p; "
        "in_unit(p('5 hour'), 'hours'); in_unit(p('$5'), 'dollars'); print('pint' in sys.modules); "
        "in_unit(p('5 minutes'), 'hours'); print('pint' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", run], cwd=ROOT, capture_output=True, check=True, encoding="utf-8")
    assert done.stdout.split() == ["False", "True"]
