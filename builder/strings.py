"""The words of the interface, in one place."""

from __future__ import annotations

from builder.analysis.matrix import Silence, Status
from builder.analysis.relations import How
from builder.article import Zone
from builder.model import Difference, Stance
from builder.words import N_

STANCES = {
    Stance.SUPPORTS: (N_("Supports"), N_("The text says the same.")),
    Stance.QUALIFIES: (N_("Qualifies"), N_("It says so with a limit, in part, or in other quoted words.")),
    Stance.CONTRADICTS: (N_("Contradicts"), N_("It says something that cannot hold at the same time.")),
    Stance.SILENT: (N_("Silent"), N_("It does not mention it. Silence is not denial.")),
}

STATUSES = {
    Status.DISPUTED: (
        N_("Disputed"),
        N_("A text contradicts the claim. Numbers that cannot both hold dispute it, too."),
    ),
    Status.SINGLE_SOURCE: (N_("Single source"), N_("One text states it. Texts that only expect it do not count.")),
    Status.WORDING_DIFFERS: (
        N_("Wording differs"),
        N_("The texts differ in nothing but the words inside quotation marks."),
    ),
    Status.QUALIFIED: (N_("Qualified"), N_("A text says it with a difference.")),
    Status.CORROBORATED: (N_("Corroborated"), N_("Two or more independent origins support it.")),
    Status.REPEATED: (N_("Repeated"), N_("Several texts support it, from one origin or naming none.")),
    Status.UNSOURCED: (N_("Unsourced"), N_("No text states it.")),
}

PAGES = {
    "index": N_("Overview"),
    "matrix": N_("Matrix"),
    "timeline": N_("Timeline"),
    "wording": N_("Wording"),
    "numbers": N_("Numbers"),
    "origins": N_("Origins"),
    "coverage": N_("Coverage"),
}
"""A briefing's own pages, in the order of its links."""

DIFFERENCES = {
    Difference.SCOPE: (N_("in scope"), N_("It says so of more, of less or of something else.")),
    Difference.STRENGTH: (N_("in strength"), N_("It says so more firmly or more cautiously.")),
    Difference.PRECISION: (N_("in precision"), N_("It is vaguer or more exact.")),
    Difference.EXPECTATION: (N_("as an expectation"), N_("It reports it only as expected or possible.")),
    Difference.WORDING: (N_("in wording"), N_("It says the same in other words inside quotation marks.")),
}

ENDS_BEFORE = N_("Ends before it")
"""For a text that is silent because it predates the event, where it has no date to name."""
LEAVES_OUT = N_("Leaves it out")
"""For a text that could have known of it."""
UNDATED = N_("Not known whether it could know")
"""For one of which no date tells."""

SILENCES = {
    Silence.OMITTED: (N_("Left out"), N_("The text does not mention it, and nothing shows that it ends before.")),
    Silence.PREDATES: (
        N_("Ends before"),
        N_("The text knows of nothing so late, and prints its date or says what still lay ahead."),
    ),
    Silence.STATED: (N_("Stated"), N_("The curator says that the text is silent, and why.")),
    Silence.UNKNOWN: (
        N_("Cannot be told"),
        N_("No date tells whether the text could have known: it may be younger than what it knows of."),
    ),
}

RELATIONS = {
    How.SETTLES: (N_("Settles"), N_("This claim tells what came of it.")),
    How.SETTLED_BY: (N_("Settled by"), N_("It tells what came of this claim.")),
    How.REFINES: (N_("Refines"), N_("This claim says the same more exactly.")),
    How.REFINED_BY: (N_("Refined by"), N_("It says the same more exactly.")),
    How.CONFLICTS: (N_("Conflicts with"), N_("The two cannot hold together.")),
}

ZONES = {
    Zone.HEADLINE: N_("Headline"),
    Zone.CAPTION: N_("Caption"),
    Zone.BODY: "¶",
    Zone.BOILERPLATE: N_("Boilerplate"),
}

FILL_IN = "FILL IN"
"""Stands in a proposed entry where only a person knows the words."""

COMPARATORS = {
    "": "",
    ">": N_("more than %(number)s"),
    ">=": N_("at least %(number)s"),
    "<": N_("less than %(number)s"),
    "<=": N_("at most %(number)s"),
    "~": N_("about %(number)s"),
    "..": "",
}

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def number_word(number: int) -> str:
    """Small numbers as words, others as figures."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def texts(number: int) -> str:
    """`one text`, `two texts`."""
    return f"{number_word(number)} text{'' if number == 1 else 's'}"


def plural(number: int, one: str) -> str:
    """`1 claim`, `2 claims`."""
    return f"{number} {one}{'' if number == 1 else 's'}"


def sentence(text: str) -> str:
    """With a capital at its start; the rest stays."""
    return text[:1].upper() + text[1:]


def listed(items: list[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
