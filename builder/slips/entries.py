"""Lines that were to be `key: value`, and colons where none may stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from builder.slips.lines import (
    ENTRY,
    NO_SPACES,
    SECOND_COLON,
    Slip,
    Stop,
    has_value,
    indent_of,
    last_before,
    line_at,
    next_after,
    quoted,
    value_at,
)

_TIGHT = re.compile(
    r"(?P<indent> *)(?P<dash>(?:- +)*)(?P<key>[A-Za-z_][\w-]*)"
    r"(?P<sign>:|=| = | (?:->|=>|–|—) |; *|：|:?\u00a0+)(?P<rest>\S.*)"
)
"""`key:value`, `key=value`, `key; value`, `key -> value`, a colon or a space of another kind."""
_KEYS = {
    "article", "body", "claim", "conflicts_with", "date", "event", "evidence", "exact", "headline",
    "headline_translation", "key",
    "known_through", "lemma", "name", "note", "quote", "reading", "refines", "settles", "siglum", "stance", "title",
    "topic", "translation", "unit", "utterance", "value", "via", "why",
}  # fmt: skip
"""Keys that are hardly words of a text where a colon follows."""


def colon(lines: Sequence[str], stop: Stop) -> Iterator[Slip]:
    """A colon where none may stand: in a text, or after a line that was to be an entry of its own."""
    if "mapping values are not allowed" not in stop.problem and "expected ':'" not in stop.problem:
        return
    suspect = stop.context_line if "expected ':'" in stop.problem else last_before(lines, stop.line)
    line = line_at(lines, stop.line)
    entry = ENTRY.match(line)
    starts_here = entry is not None and entry.end("key") <= stop.column < entry.end("colon")
    if not starts_here and "expected ':'" not in stop.problem:
        yield _second_colon(lines, stop.line)
    yield from _out_of_line(lines, suspect, entry)
    yield from _no_entry(lines, suspect)
    if entry and suspect >= 0 and (above := ENTRY.match(line_at(lines, suspect))):
        indent = above["indent"] + " " * len(above["dash"])
        cure = "If it is text, put all of that text in quotation marks. If it is an entry of its own, align it:"
        cure += f"\n{indent}{line.strip()}"
        message = "This line is indented further than the one above it, so it reads as more of its text."
        yield Slip("yaml-indent", stop.line, 0, max(1, len(entry["indent"])), message, cure)


def _out_of_line(lines: Sequence[str], number: int, below: re.Match[str] | None) -> Iterator[Slip]:
    """An entry that is indented less than the line below it, while the line above goes with that one."""
    line = line_at(lines, number)
    above, entry = ENTRY.match(line_at(lines, last_before(lines, number))), ENTRY.match(line)
    if not (above and entry and below) or entry["dash"] or above["dash"] or not has_value(entry):
        return
    least, own, most = (len(one["indent"]) for one in (above, entry, below))
    after = next_after(lines, lines.index(below.string, number))
    if least == own < most and not has_value(above):
        message = f"This line stands beside `{above['key']}`, not below it."
    elif own < most == least or (least < own < most == indent_of(after) and not has_value(above)):
        message = "This line is indented less than those that it belongs to."
    else:
        return
    cure = f"Indent it like the line below:\n{below['indent']}{line.strip()}"
    yield Slip("yaml-indent", number, 0, max(1, own), message, cure)


def _second_colon(lines: Sequence[str], number: int) -> Slip:
    first = number
    while first > 0 and not ENTRY.match(lines[first]):
        first -= 1
    line = lines[first].rstrip()
    opening = value_at(line)
    text = " ".join([line[opening:], *(other.strip() for other in lines[first + 1 : number + 1])])
    cure = f"Put the text in quotation marks:\n{line[:opening]}{quoted(text)}"
    entry = ENTRY.match(line)
    two = re.match(r"(?:\S+ +)?(?=([a-z_]+):(?: +\S|$))", line[opening:])
    if entry and not entry["dash"] and two and two[1] in _KEYS and first == number:
        length = len(line) - opening
        indent = entry["indent"] + ("" if two[0] else "  ")
        cure = f"Write each on a line of its own:\n{line[: opening + two.end()].rstrip()}"
        cure += f"\n{indent}{line[opening + two.end() :]}"
        message = "There are two entries on this line."
        return Slip("yaml-colon", number, opening, length, message, cure, mends=False)
    if first != number:
        opening = len(lines[number]) - len(lines[number].lstrip())
    length = len(lines[number].rstrip()) - opening
    return Slip("yaml-colon", number, opening, length, SECOND_COLON, cure, mends=first == number)


def _no_entry(lines: Sequence[str], number: int) -> Iterator[Slip]:
    """A line that was to be `key: value` and is not."""
    line = line_at(lines, number)
    start = len(line) - len(line.lstrip(" "))
    if line[start : start + 1] in NO_SPACES and line.strip():
        length = len(line) - len(line.lstrip())
        message = "The line is indented with spaces that are none for YAML."
        cure = f"Indent with plain spaces:\n{' ' * length}{line.strip()}"
        yield Slip("yaml-indent", number, 0, length, message, cure)
        return
    tight = _TIGHT.match(line)
    if tight:
        sign = tight["sign"]
        message = "There is no space after the colon, so this is no `key: value`."
        if ":" not in sign:
            message = f"`{sign.strip()}` makes no `key: value`; a colon and a space do." if sign.strip() else ""
        if "\u00a0" in sign:
            message = "The space here is a no-break space, which is none for YAML."
        cure = f"Write:\n{line[: tight.end('key')]}: {tight['rest'].rstrip()}"
        yield Slip("yaml-space", number, start, len(line.rstrip()) - start, message, cure)
    elif line.strip() and not ENTRY.match(line) and not line.lstrip().startswith(("- ", "#")):
        yield _no_colon(lines, number, start)


def _no_colon(lines: Sequence[str], number: int, start: int) -> Slip:
    """A line without any colon: the rest of the text above, or a key that lacks its own."""
    text = line_at(lines, number).strip()
    key, _, rest = text.partition(" ")
    above = ENTRY.match(line_at(lines, last_before(lines, number)))
    beside = above is not None and above.end("indent") + len(above["dash"]) == start
    if above and beside and rest and above.end() == len(above.string.rstrip()):
        message = f"This text stands beside `{above['key']}`, not below it."
        cure = f"Indent it by two spaces more:\n{' ' * (start + 2)}{text}"
        return Slip("yaml-indent", number, start, len(text), message, cure)
    item = f"{' ' * start}- "
    around = (
        line_at(lines, last_before(lines, number)),
        next_after(lines, number),
    )
    numbered = re.match(r"\d{1,2}[.)] +(?=\S)", text)
    if numbered or any(other.startswith(item) for other in around):
        message = "This line stands among the items of a list and does not start with `- `."
        cure = f"Write:\n{item}{text[numbered.end() if numbered else 0 :]}"
        return Slip("yaml-indent", number, start, len(text), message, cure)
    comment = re.fullmatch(r"//\s*(.*)|<!--\s*(.*?)\s*(?:-->)?", text)
    if comment:
        message = "In YAML a comment starts with # and a space."
        cure = f"Write:\n{' ' * start}# {comment[1] or comment[2] or ''}".rstrip()
        return Slip("yaml-syntax", number, start, len(text), message, cure)
    message = "This line should be `key: value`, but it has no colon with a space after it."
    cure = f"Write:\n{' ' * start}{key.rstrip(':;')}: {rest}".rstrip()
    if not re.fullmatch(r"[\w.-]+[:;]?", key) or (beside and text[-1:] in ".!?"):
        message = "This line has no colon, so it is no `key: value`."
        cure = f"If it goes on with the text above, indent it:\n{' ' * (start + 2)}{text}"
    elif beside and rest:
        cure = f"If it goes on with the text above, indent it by two spaces more. If it is an entry, write{cure[5:]}"
    return Slip("yaml-space", number, start, len(text), message, cure)
