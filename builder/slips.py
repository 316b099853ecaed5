"""What people really mistype in YAML, told from a parser's error and the lines around it.

A parser stops where it can go no further, often lines below the slip, and speaks of tokens. Here the lines themselves
are looked at, and the cure is the line as it should be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a parser stopped and why; lines and columns from 0."""

    problem: str
    line: int
    column: int
    context_line: int
    context_column: int


@dataclass(frozen=True, slots=True)
class Slip:
    """What was mistyped: lines and columns from 0, in code points."""

    code: str
    line: int
    column: int
    length: int
    message: str
    cure: str
    """Its last line is the line as it should be, if `mends`."""
    mends: bool = True


_ENTRY = re.compile(r"(?P<indent> *)(?P<dash>(?:- +)*)(?P<key>[\w.-]+|\"[^\"]*\"|'[^']*')(?P<colon> *:(?: +|$))")
"""The start of `key: value`, perhaps as the first of a list's item."""
_TIGHT = re.compile(
    r"(?P<indent> *)(?P<dash>(?:- +)*)(?P<key>[A-Za-z_][\w-]*)(?P<sign>:|=| = |：|:?\u00a0+)(?P<rest>\S.*)"
)
"""`key:value`, `key=value`, a colon or a space of another kind."""


def without(lines: Sequence[str], slip: Slip) -> Iterator[tuple[list[str], set[int]]]:
    """The lines as they could be read on with, and which of them are no longer as they were written.

    First as the cure has it; then without the entry that the slip is in, then without the one around that, and so on.
    A key stays where its value goes, so that nobody misses it.
    """
    if slip.mends:
        yield [*lines[: slip.line], slip.cure.rsplit("\n", 1)[-1], *lines[slip.line + 1 :]], {slip.line}
    below = len(_line(lines, slip.line)) + 1
    for number in range(min(slip.line, len(lines) - 1), -1, -1):
        entry = _ENTRY.match(lines[number])
        if entry is None or entry.start("key") >= below:
            continue
        below = entry.start("key")
        gone = {number}
        for other in range(number + 1, len(lines)):
            line = lines[other]
            if line.strip() and len(line) - len(line.lstrip(" ")) <= below and not line[below:].startswith("- "):
                break
            gone.add(other)
        kept = lines[number][: entry.end("key")] + ': ""'
        yield (
            ["" if at in gone and at != number else kept if at == number else line for at, line in enumerate(lines)],
            gone,
        )


def slip_of(lines: Sequence[str], stop: Stop) -> Slip:
    """What was most likely mistyped."""
    return next(found for look in _LOOKS for found in look(lines, stop))


# ---- one look for each kind of slip, in this order -----------------------------------------------------------------


def _tab(lines: Sequence[str], stop: Stop) -> Iterator[Slip]:
    for number in (stop.line, stop.context_line):
        line = _line(lines, number)
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent:
            at = indent.index("\t")
            message = "The line is indented with a tab."
            spaces = line.expandtabs(2).rstrip()
            yield Slip(
                "yaml-tab", number, at, len(indent) - at, message, f"Indent with spaces, two for a tab:\n{spaces}"
            )


def _never_closed(lines: Sequence[str], stop: Stop) -> Iterator[Slip]:
    """A quotation mark that is not closed in its line, while the next line starts an entry of its own."""
    message = "The quotation mark that opens this text is never closed."
    for number in range(min(stop.line, len(lines) - 1) + 1):
        line = lines[number]
        opening = _value_at(line)
        mark = line[opening : opening + 1]
        if mark not in ('"', "'") or not mark or _closing(line, opening) is not None:
            continue
        below = next((other for other in lines[number + 1 :] if other.strip()), "")
        if not below or _ENTRY.match(below) or below.lstrip().startswith("#"):
            cure = f"Close it at the end of the text:\n{line.rstrip()}{mark}"
            yield Slip("yaml-quote", number, opening, len(line.rstrip()) - opening, message, cure)
    if "unexpected end of stream" in stop.problem:
        line = _line(lines, stop.context_line)
        cure = 'Close it at the end of the text; write \\" for one inside.'
        length = max(1, len(line.rstrip()) - stop.context_column)
        yield Slip("yaml-quote", stop.context_line, stop.context_column, length, message, cure, mends=False)


def _after_closed(lines: Sequence[str], stop: Stop) -> Iterator[Slip]:
    """Text after a closed quotation mark or bracket; a bracket too many."""
    if "did not find expected key" not in stop.problem and "<block end>" not in stop.problem:
        return
    line = _line(lines, stop.line).rstrip()
    opening = _value_at(line)
    mark = line[opening : opening + 1]
    value = line[opening:]
    if mark in ('"', "'") and mark:
        inner = value[1:-1] if len(value) > 2 and value.endswith(mark) else value
        message = "The text goes on after its closed quotation mark."
        cure = f"Put all of it in quotation marks that do not stand in it:\n{line[:opening]}{quoted(inner)}"
        yield Slip("yaml-quote", stop.line, stop.column, max(1, len(line) - stop.column), message, cure)
    elif mark in ("[", "{") and mark:
        rest = line[stop.column :]
        if not rest.strip(" ]}"):
            cure = f"Remove it:\n{line[: stop.column].rstrip()}"
            yield Slip("yaml-bracket", stop.line, stop.column, len(rest), "There is a bracket too many.", cure)
        else:
            message = f"The text starts with {mark}, so it was read as a {'list' if mark == '[' else 'mapping'}."
            cure = f"Put it in quotation marks:\n{line[:opening]}{quoted(value)}"
            yield Slip("yaml-bracket", stop.line, opening, len(value), message, cure)


def _in_brackets(lines: Sequence[str], stop: Stop) -> Iterator[Slip]:
    if "expected ',' or" not in stop.problem:
        return
    line = _line(lines, stop.context_line).rstrip()
    bracket = "]" if "']'" in stop.problem else "}"
    if stop.line != stop.context_line:
        message = f"What opens here is never closed with {bracket}."
        cure = f"Close it:\n{line}{bracket}"
        length = len(line) - stop.context_column
        yield Slip("yaml-bracket", stop.context_line, stop.context_column, length, message, cure)
        return
    inside = re.search(r"(?P<key>[\w-]+: +)(?P<text>[^,{}\[\]\"']*?: [^,{}\[\]]*?) *(?=[,}\]])", line)
    if inside and inside.start("text") <= stop.column <= inside.end("text"):
        cure = f"Put the text in quotation marks:\n{_with(line, inside.span('text'), quoted(inside['text']))}"
        start, end = inside.span("text")
        yield Slip("yaml-colon", stop.line, start, end - start, _SECOND_COLON, cure)
        return
    message = "Here a list or mapping in brackets should go on with a comma, or be closed."
    cure = "In brackets, put texts that hold [ ] { } or commas in quotation marks; or write one entry a line."
    yield Slip("yaml-bracket", stop.line, stop.column, 1, message, cure, mends=False)


_SECOND_COLON = "There is a colon and a space in this text, so YAML reads a second key."


def _colon(lines: Sequence[str], stop: Stop) -> Iterator[Slip]:
    """A colon where none may stand: in a text, or after a line that was to be an entry of its own."""
    if "mapping values are not allowed" not in stop.problem and "expected ':'" not in stop.problem:
        return
    suspect = stop.context_line if "expected ':'" in stop.problem else _above(lines, stop.line)
    line = _line(lines, stop.line)
    entry = _ENTRY.match(line)
    starts_here = entry is not None and entry.end("key") <= stop.column < entry.end("colon")
    if not starts_here and "expected ':'" not in stop.problem:
        yield _second_colon(lines, stop.line)
    yield from _no_entry(_line(lines, suspect), suspect)
    if entry and suspect >= 0 and (above := _ENTRY.match(_line(lines, suspect))):
        indent = above["indent"] + " " * len(above["dash"])
        cure = "If it is text, put all of that text in quotation marks. If it is an entry of its own, align it:"
        cure += f"\n{indent}{line.strip()}"
        message = "This line is indented further than the one above it, so it reads as more of its text."
        yield Slip("yaml-indent", stop.line, 0, max(1, len(entry["indent"])), message, cure)


def _second_colon(lines: Sequence[str], number: int) -> Slip:
    first = number
    while first > 0 and not _ENTRY.match(lines[first]):
        first -= 1
    line = lines[first].rstrip()
    opening = _value_at(line)
    text = " ".join([line[opening:], *(other.strip() for other in lines[first + 1 : number + 1])])
    cure = f"Put the text in quotation marks:\n{line[:opening]}{quoted(text)}"
    if first != number:
        opening = len(lines[number]) - len(lines[number].lstrip())
    length = len(lines[number].rstrip()) - opening
    return Slip("yaml-colon", number, opening, length, _SECOND_COLON, cure, mends=first == number)


def _no_entry(line: str, number: int) -> Iterator[Slip]:
    """A line that was to be `key: value` and is not."""
    tight = _TIGHT.match(line)
    start = len(line) - len(line.lstrip(" "))
    if tight:
        sign = tight["sign"]
        message = "There is no space after the colon, so this is no `key: value`."
        if ":" not in sign:
            message = f"`{sign.strip()}` makes no `key: value`; a colon and a space do." if sign.strip() else ""
        if "\u00a0" in sign:
            message = "The space here is a no-break space, which is none for YAML."
        cure = f"Write:\n{line[: tight.end('key')]}: {tight['rest'].rstrip()}"
        yield Slip("yaml-space", number, start, len(line.rstrip()) - start, message, cure)
    elif line.strip() and not _ENTRY.match(line) and not line.lstrip().startswith(("- ", "#")):
        key, _, rest = line.strip().partition(" ")
        message = "This line should be `key: value`, but it has no colon with a space after it."
        written = f"{' ' * start}{key.rstrip(':')}: {rest}".rstrip()
        yield Slip("yaml-space", number, start, len(line.strip()), message, f"Write:\n{written}")


def _indentation(lines: Sequence[str], stop: Stop) -> Iterator[Slip]:
    line = _line(lines, stop.line)
    start = max(1, len(line) - len(line.lstrip()))
    if "expected '-' indicator" in stop.problem:
        message = "This line stands among the items of a list and does not start with `- `."
        above = _line(lines, _above(lines, stop.line))
        indent = above[: len(above) - len(above.lstrip())]
        cure = f"Make it an item, or indent it like the key that the list belongs to:\n{indent}- {line.strip()}"
        yield Slip("yaml-indent", stop.line, 0, start, message, cure, mends=False)
    elif "did not find expected key" in stop.problem or "<block end>" in stop.problem:
        above = _line(lines, _above(lines, stop.line))
        indent = above[: len(above) - len(above.lstrip())]
        cure = f"Align it with its neighbours, as with the line above:\n{indent}{line.strip()}"
        yield Slip("yaml-indent", stop.line, 0, start, "This line does not fit the indentation above it.", cure)


def _first_character(lines: Sequence[str], stop: Stop) -> Iterator[Slip]:
    """A text whose first character, or first escape, means something else in YAML."""
    line = _line(lines, stop.line).rstrip()
    if "unknown escape" in stop.problem:
        cure = "Write \\\\ for a backslash, or put the text in single quotation marks."
        yield Slip(
            "yaml-syntax", stop.line, max(0, stop.column - 1), 2, "There is no such escape with \\.", cure, mends=False
        )
        return
    opening = _value_at(line)
    if line[opening : opening + 1] and line[opening] in "@`%>|-?&*!" and opening <= stop.column:
        message = f"A text cannot start with {line[opening]}, which means something else to YAML."
        cure = f"Put it in quotation marks:\n{line[:opening]}{quoted(line[opening:])}"
        yield Slip("yaml-syntax", stop.line, opening, len(line) - opening, message, cure)


def _anything(lines: Sequence[str], stop: Stop) -> Iterator[Slip]:  # noqa: ARG001  (the last look sees no lines)
    cure = "Put text with unusual characters in quotation marks."
    message = f"This is not YAML: {stop.problem}."
    yield Slip("yaml-syntax", stop.line, stop.column, 1, message, cure, mends=False)


_LOOKS = (_tab, _never_closed, _after_closed, _in_brackets, _first_character, _colon, _indentation, _anything)


# ---- lines ---------------------------------------------------------------------------------------------------------


def _line(lines: Sequence[str], number: int) -> str:
    return lines[number] if 0 <= number < len(lines) else ""


def _above(lines: Sequence[str], number: int) -> int:
    """The last line before `number` that is neither blank nor a comment; -1 where there is none."""
    for other in range(min(number, len(lines)) - 1, -1, -1):
        if lines[other].strip() and not lines[other].lstrip().startswith("#"):
            return other
    return -1


def _value_at(line: str) -> int:
    """Where the value of a line starts: after its key, or after the dash of a list's item."""
    entry = _ENTRY.match(line)
    if entry:
        return entry.end()
    item = re.match(r" *(?:- +)*", line)
    return item.end() if item else 0


def _closing(line: str, opening: int) -> int | None:
    """Where the quotation mark at `opening` is closed in its line."""
    mark = line[opening]
    at = opening + 1
    while at < len(line):
        if mark == '"' and line[at] == "\\":
            at += 1
        elif line[at] == mark:
            if mark == "'" and line[at + 1 : at + 2] == "'":
                at += 1
            else:
                return at
        at += 1
    return None


def _with(line: str, span: tuple[int, int], text: str) -> str:
    return line[: span[0]] + text + line[span[1] :]


def as_text_from(line: str, column: int) -> str:
    """A line, with all that stands from `column` on in quotation marks."""
    return f"{line[:column]}{quoted(line[column:].rstrip())}"


def quoted(text: str) -> str:
    """`text` in quotation marks that can be read: those that do not stand in it, if there are such."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
