"""How texts have to be written, as parts of a JSON Schema: dates, values, ids, and the words that a key chooses from.

The patterns are read by JavaScript. Each takes all that the builder takes; what it leaves to the check is little.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from builder.ids import ID, LONGEST
from builder.scalars import Date, Id, Markdown, Number, Percent, Text, Translation, Url, Verbatim, YesOrNo

Json: TypeAlias = "dict[str, Any]"

_POINT = r"\d{4}(?:-\d\d(?:-\d\d)?)?[?~%]?|\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)"
_END = rf"(?:{_POINT}|\.\.)?"
_DATE = rf"^\s*(?:{_POINT}|{_END}/{_END}|\[{_END}\.\.{_END}\])\s*$"
_AMOUNT = r"-?\d{1,15}(?:\.\d{1,9})?"
_MONEY = r"(?:[A-Z]{0,2}\$|[€£¥])?"
_UNIT = r"(?:[^\s\d<>=~.,_-][^\d<>=~,_]{0,60})?"
_VALUE = (
    rf"^\s*(?:(?:>=|<=|>|<|~)?\s*{_MONEY}\s*{_AMOUNT}\s*{_UNIT}|{_MONEY}\s*{_AMOUNT}\.\.{_AMOUNT}\s*{_UNIT}"
    rf"|{_DATE.removeprefix('^').removesuffix('$')})\s*$"
)

# Not by `type`: where a schema allows true, false and null, an editor proposes them for every text.
SCALAR: Json = {
    "if": {"type": ["object", "array"]},
    "then": {"type": "string", "errorMessage": "One text is expected here."},
}
# It makes an editor write `key: ` and not `key`. Two, for of a single one it would take the words for those of the key.
ANY: Json = {"anyOf": [{}, {}]}
ID_FORM: Json = {
    "pattern": f"^{ID}$",
    "maxLength": LONGEST,
    "patternErrorMessage": "An id has small letters a-z, digits and single hyphens only.",
}


def formed(pattern: str, message: str, forms: Mapping[str, str] | None = None, also: str = "") -> Json:
    """A text of some form; `forms` are proposed, each with its meaning. `also` is a type that YAML may make of it."""
    kind = {"type": ["string", also] if also else "string", "pattern": pattern, "patternErrorMessage": message}
    proposed = [{"label": form, "body": form, "description": meaning} for form, meaning in (forms or {}).items()]
    return {**kind, "defaultSnippets": proposed} if proposed else kind


_DATES = {
    "2023-06-18": "A day. A month is 2023-06, a year 2023.",
    "2023-02~": "About then.",
    "2023-06-16?": "Then, but that is not certain.",
    "2023-06-18/2023-06-19": "All the time from the one to the other.",
    '"[2023-06-19..]"': "Some time from then on.",
    "2023-21": "Spring; 22 is summer, 23 autumn, 24 winter.",
    "2023-06-19T10:33Z": "A moment, in UTC; or with an offset such as +08:00.",
}
_VALUES = {
    "5.5": "The number itself.",
    '">5"': "More than that.",
    '">=5"': "That or more.",
    '"<5"': "Less than that.",
    '"<=5"': "That or less.",
    "~7.5": "About that.",
    "5..6": "From the one to the other.",
    "330 minutes": "In a unit that is not the claim’s: it is converted.",
    "2023-06-18": "A date, where the claim has `unit: date`.",
}
SCALARS: Mapping[str, Json] = {
    "text": {"pattern": r"[\S\uFEFF]", "patternErrorMessage": "The text is missing.", **SCALAR, **ANY},
    "id": {**ID_FORM, **SCALAR, **ANY},
    "date": formed(_DATE, "This is no date: write 2018, 2022-11, 2023-06-18 or 2023-02~.", _DATES, "number"),
    "value": formed(_VALUE, "This is no value: write 5.5, >5, ~7.5, 5..6 or 330 minutes.", _VALUES, "number"),
    "share": formed(r"^\s*\d{1,3} ?%\s*$", "This is no share: write 40 %."),
    "address": formed("^https?://", "A web address starts with https://."),
    "yes-or-no": {
        "if": {"type": "boolean"},
        "else": {"enum": ["yes", "no", "true", "false"], "errorMessage": "Write yes or no."},
        "defaultSnippets": [{"label": word, "body": word} for word in ("yes", "no")],
    },
}
NAMES: Mapping[Any, str] = {
    Text: "text",
    Markdown: "text",
    Verbatim: "text",
    Translation: "text",
    Id: "id",
    Date: "date",
    Number: "value",
    Percent: "share",
    Url: "address",
    YesOrNo: "yes-or-no",
}
MEANINGS = {
    "all": "The digest, each briefing and each claim.",
    "briefings": "The digest and each briefing.",
    "none": "None is made.",
    "supports": "It says so.",
    "qualifies": "It says so in part, or with a difference.",
    "contradicts": "It says something that cannot be true as well.",
    "silent": "It says nothing of it. A source that is not listed is silent, too.",
    "scope": "It speaks of more, of less or of another part.",
    "strength": "It is more or less sure, or says it more or less strongly.",
    "precision": "It is more or less exact.",
    "expectation": "It only expects it, or calls it possible.",
    "wording": "It has other words inside quotation marks.",
    "omitted": "It could have known, and left it out.",
    "predates": "It was written before anybody could know.",
    "negation": "What is left out may hold a negation.",
    "paragraphs": "What is left out may go beyond a paragraph.",
    "printed": "An article prints the date.",
    "inferred": "It was worked out; the note says how.",
}
"""What the words mean that a key chooses from."""
PATTERNS = {"article": r"^[^/\\]+\.txt$", "corrections": "@|^https?://"}
"""Patterns of keys that have one in the builder's code alone; they take more than it does."""
MESSAGES = {
    "siglum": "A siglum is a capital letter; one more letter or digit may follow.",
    "language": "This is no language: write en, fr or pt-BR.",
    "article": "This is no article: write the plain name of a .txt file in seeds/.",
    "corrections": "This is no mail or web address.",
}
"""What is said where the text of such a key has another form."""
