"""What one text of a YAML file may be: plain text, words of an article, ids, dates, numbers, addresses.

Scalars arrive as text and are converted here, so `no`, `12:30` or `010` can never silently become something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, StringConstraints
from pydantic_core import PydanticCustomError

from builder.dates import DateError, Edtf, parse_date, parse_offset
from builder.ids import is_id
from builder.values import Value, ValueFormatError, parse_value

T = TypeVar("T")


def _with(parse: Callable[[str], T]) -> PlainValidator:
    """Convert text with `parse`; its ValueError is the curator's message."""

    def convert(raw: object) -> T:
        if not isinstance(raw, str):
            raise PydanticCustomError("string_type", "Text is expected here.")
        try:
            return parse(raw.strip())
        except (DateError, ValueFormatError) as error:
            raise PydanticCustomError("format", "{reason}.", {"reason": str(error)}) from error

    return PlainValidator(convert)


def _yes_or_no(raw: object) -> object:
    answer = {"yes": True, "true": True, "no": False, "false": False}.get(raw) if isinstance(raw, str) else None
    if answer is None:
        raise PydanticCustomError("format", "Write yes or no.")
    return answer


def one_or_many(raw: object) -> object:
    """A list, also of one that stands alone."""
    if isinstance(raw, str) and re.match(r"-[^\W\d][^\n]*? -[^\W\d]", raw):
        raise PydanticCustomError("format", "A space is missing after the dash of a list: write `- item`.")
    return raw if isinstance(raw, list) else [raw]


def identifier(text: str) -> str:
    """An id, if it is one. Raises PydanticCustomError, a ValueError."""
    if "," in text:
        raise PydanticCustomError("format", "Several ids are a list: write [{text}].", {"text": text})
    if not is_id(text):
        raise PydanticCustomError(
            "format",
            "`{text}` is no id: use small letters a-z, digits and single hyphens, at most 64.",
            {"text": text},
        )
    return text


def _file_name(text: str) -> str:
    if not re.fullmatch(r"[\w][\w. -]*\.txt", text):
        raise PydanticCustomError(
            "format", "`{text}` is no article: write the plain name of a .txt file in seeds/.", {"text": text}
        )
    return text


def web_address(text: str) -> str:
    """A http or https address without user, quotation marks and spaces. Raises PydanticCustomError, a ValueError."""
    path = r"(?:[^\s\x00-\x1f\x7f\"'<>\\^`{|}%]|%[0-9A-Fa-f]{2})*"  # RFC 3986, and RFC 3987 for other letters
    if not re.fullmatch(rf"https?://\w[\w.-]*(?::\d{{1,5}})?(?:/{path})?", text):
        raise PydanticCustomError(
            "format", "`{text}` is no web address: it starts with https:// and has no spaces.", {"text": text}
        )
    return text


def _contact(text: str) -> str:
    if not re.fullmatch(r"[^\s@<>\"'?&:/\\]+@[^\s@<>\"'?&:/\\]+", text):
        return web_address(text)
    return text


def _percent(text: str) -> Decimal:
    match = re.fullmatch(r"(\d{1,3}) ?%", text, re.ASCII)
    if not match or int(match[1]) > 100:
        raise ValueFormatError(f"{text!r} is no share; write 40 %")
    return Decimal(match[1])


def _tidy(text: str) -> str:
    return " ".join(text.split())


def at_most(most: int) -> StringConstraints:
    """At least one character, and at most so many, without the spaces around them."""
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=most)


Text = Annotated[str, at_most(1000), AfterValidator(_tidy)]
"""One line of plain text."""
Markdown = Annotated[str, at_most(4000)]
Verbatim = Annotated[str, at_most(3000)]
"""Words of an article, letter by letter."""
Verbatims = Annotated[list[Verbatim], BeforeValidator(one_or_many)]
Translation = Annotated[str, at_most(3000), AfterValidator(_tidy)]
"""Words of an article in the language of the site: ours, and never verified."""
Id = Annotated[str, AfterValidator(identifier)]
Ids = Annotated[list[Id], BeforeValidator(one_or_many)]
FileName = Annotated[str, AfterValidator(_file_name)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Date = Annotated[Edtf, _with(parse_date)]
Number = Annotated[Value, _with(parse_value)]
Percent = Annotated[Decimal, _with(_percent)]
Offset = Annotated[timedelta, _with(parse_offset)]
YesOrNo = Annotated[bool, BeforeValidator(_yes_or_no)]
Url = Annotated[str, AfterValidator(web_address)]
Contact = Annotated[str, AfterValidator(_contact)]
