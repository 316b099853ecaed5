"""What pages say of a stance, a status, a silence, a source, a date and a value, in the words of the interface."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache

from builder import strings, views
from builder.analysis.matrix import Cell, Silence, Status, last_known
from builder.dates import Edtf, parse_date
from builder.model import Because, Difference, Source, Stance
from builder.values import DATE, Value, rounded
from builder.words import ENGLISH, N_, Words


def status_key(status: Status) -> str:
    """A status as a class and an id."""
    return status.replace(" ", "-")


@lru_cache(maxsize=8)
def stances(words: Words) -> Mapping[Stance, views.Stance]:
    """The stances with their words."""
    told = strings.STANCES
    return {stance: views.Stance(stance.value, *map(words.gettext, told[stance])) for stance in Stance}


@lru_cache(maxsize=8)
def statuses(words: Words) -> Mapping[Status, views.Status]:
    """The statuses with their words."""
    told = strings.STATUSES
    return {status: views.Status(status_key(status), *map(words.gettext, told[status])) for status in Status}


def usual_statuses(words: Words) -> tuple[views.Status, ...]:
    """Those that a legend tells of: no claim of a finished briefing is without a source."""
    return tuple(view for status, view in statuses(words).items() if status is not Status.UNSOURCED)


def differs_in(differences: Iterable[Difference], words: Words) -> str | None:
    """In what words that qualify differ: "in precision", "in scope, as an expectation"; None where in nothing."""
    told = [words.gettext(strings.DIFFERENCES[one][0]) for one in differences]
    first = told[0] if told else None
    return words.gettext("%(first)s, %(second)s", first=first, second=told[1]) if len(told) > 1 else first


def because(cell: Cell, words: Words = ENGLISH) -> str | None:
    """How a silence is known, in a few words; None where the cell speaks."""
    if cell.silence is None:
        return None
    told = cell.evidence.because if cell.evidence else None
    if cell.silence is Silence.STATED and (told or cell.because is not Because.PREDATES):
        return words.gettext(_STATED[told])
    last = last_known(cell.source)
    date = words.date(last) if last else ""
    if cell.because is Because.PREDATES:
        known = words.gettext("Knows of nothing after %(date)s", date=date)
        return known if date else words.gettext(strings.ENDS_BEFORE)
    if cell.silence is Silence.OMITTED:
        return words.gettext(strings.LEAVES_OUT)
    unsure = words.gettext("Knows of nothing after %(date)s, and may be younger", date=date)
    return unsure if date else words.gettext(strings.UNDATED)


_STATED = {
    None: N_("As the curator states"),
    Because.PREDATES: N_("Ends before it, as the curator states"),
    Because.OMITTED: N_("Leaves it out, as the curator states"),
}


def outlet_of(source: Source, words: Words) -> str:
    """Who published a text, where it says so."""
    return source.outlet or words.gettext("Outlet not named")


def written(source: Source, words: Words = ENGLISH) -> str:
    """When a source was written, in words."""
    if source.published:
        return words.date(source.published)
    if source.known_through:
        return words.gettext("No date; knows of %(date)s", date=words.date(source.known_through.date))
    return words.gettext("No date")


def machine_start(date: Edtf) -> str:
    """The date for HTML's <time>; of a period, its first day. Empty where nothing is known of it."""
    point = date.start or date.end
    return machine_date(date) or (point.first.isoformat() if point else "")


def machine_date(date: Edtf) -> str | None:
    """The date for HTML's <time>, where it is a plain one."""
    text = date.text.rstrip("?~%")
    plain = date.start is not None and date.start is date.end and date.start.precision.name != "SEASON"
    return text if plain else None


def value_in_words(value: Value, words: Words = ENGLISH) -> str:
    """As the source gives it: `5.5`, `more than 5`, `5–6`, `330 minutes`, `$1.2 million`, `18 June 2023`."""
    if value.unit == DATE:
        return words.date(parse_date(value.figure))
    figure = _POINT.sub(lambda found: words.decimal(Decimal(found[0])), value.figure).replace("..", "–")
    if value.unit and value.text.endswith(f" {value.unit}"):
        figure = f"{figure} {value.unit}"
    return compared(value, f"{'' if figure.endswith(value.unit) else value.unit}{figure}", words)


_POINT = re.compile(r"\b\d+\.\d+\b")
"""A number with a decimal point, as a curator writes it."""


def converted_in_words(value: Value, words: Words = ENGLISH) -> str | None:
    """The same in the unit of its claim, as finely as it was printed; None where it is given in that."""
    if not value.converted:
        return None
    low, high = (words.decimal(number) if number is not None else "" for number in rounded(value))
    return compared(value, low if low == high or not high else high if not low else f"{low}–{high}", words)


def compared(value: Value, figure: str, words: Words) -> str:
    """A figure with the limit that a value sets: `more than 5`."""
    said = strings.COMPARATORS[value.comparator]
    return words.gettext(said, number=figure) if said else figure
