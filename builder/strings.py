"""The words of the interface, in one place."""

from __future__ import annotations

from builder.analysis.matrix import Silence, Status
from builder.analysis.relations import How
from builder.article import Zone
from builder.model import Difference, Stance

STANCES = {
    Stance.SUPPORTS: ("Supports", "The text says the same."),
    Stance.QUALIFIES: ("Qualifies", "It says so with a limit, in part, or in other quoted words."),
    Stance.CONTRADICTS: ("Contradicts", "It says something that cannot hold at the same time."),
    Stance.SILENT: ("Silent", "It does not mention it. Silence is not denial."),
}

STATUSES = {
    Status.DISPUTED: ("Disputed", "A text contradicts the claim. Numbers that cannot both hold dispute it, too."),
    Status.SINGLE_SOURCE: ("Single source", "One text states it. Texts that only expect it do not count."),
    Status.WORDING_DIFFERS: (
        "Wording differs",
        "The texts differ in nothing but the words inside quotation marks.",
    ),
    Status.QUALIFIED: ("Qualified", "A text says it with a difference."),
    Status.CORROBORATED: ("Corroborated", "Two or more independent origins support it."),
    Status.REPEATED: ("Repeated", "Several texts support it, from one origin or naming none."),
    Status.UNSOURCED: ("Unsourced", "No text states it."),
}

GROUPS = (
    Status.CORROBORATED,
    Status.WORDING_DIFFERS,
    Status.QUALIFIED,
    Status.REPEATED,
    Status.SINGLE_SOURCE,
    Status.UNSOURCED,
)
"""The order in which an overview lists claims by status; those in dispute stand before them."""

PAGES = {
    "index": "Overview",
    "matrix": "Matrix",
    "timeline": "Timeline",
    "wording": "Wording",
    "numbers": "Numbers",
    "origins": "Origins",
    "coverage": "Coverage",
}
"""A briefing's own pages, in the order of its links."""

DIFFERENCES = {
    Difference.SCOPE: ("in scope", "It says so of more, of less or of something else."),
    Difference.STRENGTH: ("in strength", "It says so more firmly or more cautiously."),
    Difference.PRECISION: ("in precision", "It is vaguer or more exact."),
    Difference.EXPECTATION: ("as an expectation", "It reports it only as expected or possible."),
    Difference.WORDING: ("in wording", "It says the same in other words inside quotation marks."),
}

ENDS_BEFORE = "Ends before it"
"""For a text that is silent because it predates the event, where it has no date to name."""
LEAVES_OUT = "Leaves it out"
"""For a text that could have known of it."""
UNDATED = "Not known whether it could know"
"""For one of which no date tells."""

SILENCES = {
    Silence.OMITTED: ("Left out", "The text does not mention it, and nothing shows that it ends before."),
    Silence.PREDATES: (
        "Ends before",
        "The text knows of nothing so late, and prints its date or says what still lay ahead.",
    ),
    Silence.STATED: ("Stated", "The curator says that the text is silent, and why."),
    Silence.UNKNOWN: (
        "Cannot be told",
        "No date tells whether the text could have known: it may be younger than what it knows of.",
    ),
}

RELATIONS = {
    How.SETTLES: ("Settles", "This claim tells what came of it."),
    How.SETTLED_BY: ("Settled by", "It tells what came of this claim."),
    How.REFINES: ("Refines", "This claim says the same more exactly."),
    How.REFINED_BY: ("Refined by", "It says the same more exactly."),
    How.CONFLICTS: ("Conflicts with", "The two cannot hold together."),
}

ZONES = {Zone.HEADLINE: "Headline", Zone.CAPTION: "Caption", Zone.BODY: "¶", Zone.BOILERPLATE: "Boilerplate"}

FILL_IN = "FILL IN"
"""Stands in a proposed entry where only a person knows the words."""

COMPARATORS = {
    "": "",
    ">": "more than ",
    ">=": "at least ",
    "<": "less than ",
    "<=": "at most ",
    "~": "about ",
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
