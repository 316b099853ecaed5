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
    r"(?P<indent> *)(?P<dash>(?:- +)*)(?P<key>[A-Za-z_][\w-]*)"
    r"(?P<sign>:|=| = | (?:->|=>|–|—) |; *|：|:?\u00a0+)(?P<rest>\S.*)"
)
"""`key:value`, `key=value`, `key; value`, `key -> value`, a colon or a space of another kind."""
NO_SPACES = "\u00a0\u2007\u202f\u3000"
"""What looks like a space at the start of a line, and is none for YAML."""
_BREAKS = re.compile("[\x85\u2028\u2029]")
"""Line breaks for YAML that no editor shows as such."""
_KEYS = {
    "article", "body", "claim", "date", "event", "evidence", "exact", "headline", "key", "known_through", "name",
    "note", "quote", "siglum", "stance", "title", "topic", "unit", "value", "via",
}  # fmt: skip
"""Keys that are hardly words of a text where a colon follows."""
_QUOTES = set("\"'“”‘„«»")
_CONFLICT = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: .*)?\s*")


def without(lines: Sequence[str], slip: Slip) -> Iterator[tuple[list[str], set[int]]]:
    """The lines as they could be read on with, and which of them are no longer as they were written.

    First as the cure has it; then without the entry that the slip is in, then without the one around that, and so on.
    A key stays where its value goes, so that nobody misses it.
    """
    if slip.code == "yaml-conflict":
        yield _one_version(lines)
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


def _one_version(lines: Sequence[str]) -> tuple[list[str], set[int]]:
    """The lines with the first version of each conflict only, and which lines are gone."""
    gone: set[int] = set()
    first, both = True, {"<", "=", ">"} <= _marks_of_conflict(lines)
    for number, line in enumerate(lines):
        mark = _CONFLICT.fullmatch(line)
        if mark:
            first = mark[1][0] in "<>"
        if mark or (both and not first):
            gone.add(number)
    return ["" if number in gone else line for number, line in enumerate(lines)], gone


UNRESOLVED = (
    "Two versions of these lines were merged, and nobody has chosen one yet.",
    "Keep one of the two, and remove the other and the lines that start with <<<<<<<, ======= and >>>>>>>.",
)
"""What is said of a conflict of git's, and its cure."""


def slip_of(lines: Sequence[str], stop: Stop) -> Slip:
    """What was most likely mistyped."""
    return next(found for look in _LOOKS for found in look(lines, stop))


# ---- one look for each kind of slip, in this order -----------------------------------------------------------------


def _conflict(lines: Sequence[str], stop: Stop) -> Iterator[Slip]:
    """What git leaves where two people changed the same lines."""
    for number in range(min(stop.line, len(lines) - 1) + 1):
        line = lines[number].rstrip()
        if not _CONFLICT.fullmatch(line):
            continue
        message, cure = "This is a mark that a merge has left.", "Remove the line."
        if {"<", "=", ">"} <= _marks_of_conflict(lines):
            message, cure = UNRESOLVED
        yield Slip("yaml-conflict", number, 0, len(line), message, cure, mends=False)


def _marks_of_conflict(lines: Sequence[str]) -> set[str]:
    return {line[0] for line in lines if _CONFLICT.fullmatch(line)}


def _pasted(lines: Sequence[str], stop: Stop) -> Iterator[Slip]:
    """What comes along from elsewhere: an invisible line break, a fence of Markdown."""
    for number in (stop.line, _above(lines, stop.line)):
        line = _line(lines, number)
        hidden = _BREAKS.search(line)
        if hidden:
            message = f"A line break that cannot be seen stands here (U+{ord(hidden[0]):04X})."
            cure = f"Write a space in its place:\n{_BREAKS.sub(' ', line).rstrip()}"
            yield Slip("yaml-character", number, hidden.start(), 1, message, cure)
    text = _line(lines, stop.line).strip()
    if text.startswith("```"):
        message = "These are the marks that fence code in Markdown; YAML has none."
        cure = "Remove each line that starts with ```."
        start = _line(lines, stop.line).index("`")
        yield Slip("yaml-syntax", stop.line, start, len(text), message, cure, mends=False)


def _tab(lines: Sequence[str], stop: Stop) -> Iterator[Slip]:
    for number in (stop.line, stop.context_line):
        line = _line(lines, number)
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent:
            at = indent.index("\t")
            message = "The line is indented with a tab."
            cure = f"Indent with spaces, two for a tab:\n{line.expandtabs(2).rstrip()}"
            above, below = _line(lines, _above(lines, number)), _line(lines, number + 1)
            beside = {len(other) - len(other.lstrip(" ")) for other in (above, below)}
            if len(beside) == 1 and _ENTRY.match(above) and _ENTRY.match(below) and not above.endswith(":"):
                cure = f"Indent with spaces, like the lines above and below:\n{' ' * beside.pop()}{line.strip()}"
            yield Slip("yaml-tab", number, at, len(indent) - at, message, cure)


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
            text = line.rstrip()
            if len(text) > opening + 1 and text[-1] in "\"'”“’„»" and not set(text[opening + 1 : -1]) & _QUOTES:
                text = text[:-1]  # it was to close the text, and is of another kind
            cure = f"Close it at the end of the text:\n{text}{mark}"
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
        if re.match(rf"[^{mark}]*[^{mark}\s]{mark}(?!\w)", inner):
            inner = value  # its first mark closes what the text opens with: "this" and "that"
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
    inside = re.search(r"(?P<key>[\w-]+: +)(?P<text>[^,{}\[\]\"']*?: [^,{}\[\]\"]*?) *(?=[,}\]])", line)
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
    yield from _out_of_line(lines, suspect, entry)
    yield from _no_entry(lines, suspect)
    if entry and suspect >= 0 and (above := _ENTRY.match(_line(lines, suspect))):
        indent = above["indent"] + " " * len(above["dash"])
        cure = "If it is text, put all of that text in quotation marks. If it is an entry of its own, align it:"
        cure += f"\n{indent}{line.strip()}"
        message = "This line is indented further than the one above it, so it reads as more of its text."
        yield Slip("yaml-indent", stop.line, 0, max(1, len(entry["indent"])), message, cure)


def _out_of_line(lines: Sequence[str], number: int, below: re.Match[str] | None) -> Iterator[Slip]:
    """An entry that is indented less than the line below it, while the line above goes with that one."""
    line = _line(lines, number)
    above, entry = _ENTRY.match(_line(lines, _above(lines, number))), _ENTRY.match(line)
    if not (above and entry and below) or entry["dash"] or above["dash"] or not _has_value(entry):
        return
    least, own, most = (len(one["indent"]) for one in (above, entry, below))
    after = next((other for other in lines[lines.index(below.string, number) + 1 :] if other.strip()), "")
    if least == own < most and not _has_value(above):
        message = f"This line stands beside `{above['key']}`, not below it."
    elif own < most == least or (least < own < most == _indent(after) and not _has_value(above)):
        message = "This line is indented less than those that it belongs to."
    else:
        return
    cure = f"Indent it like the line below:\n{below['indent']}{line.strip()}"
    yield Slip("yaml-indent", number, 0, max(1, own), message, cure)


def _has_value(entry: re.Match[str]) -> bool:
    return entry.end() < len(entry.string.rstrip())


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _second_colon(lines: Sequence[str], number: int) -> Slip:
    first = number
    while first > 0 and not _ENTRY.match(lines[first]):
        first -= 1
    line = lines[first].rstrip()
    opening = _value_at(line)
    text = " ".join([line[opening:], *(other.strip() for other in lines[first + 1 : number + 1])])
    cure = f"Put the text in quotation marks:\n{line[:opening]}{quoted(text)}"
    entry = _ENTRY.match(line)
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
    return Slip("yaml-colon", number, opening, length, _SECOND_COLON, cure, mends=first == number)


def _no_entry(lines: Sequence[str], number: int) -> Iterator[Slip]:
    """A line that was to be `key: value` and is not."""
    line = _line(lines, number)
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
    elif line.strip() and not _ENTRY.match(line) and not line.lstrip().startswith(("- ", "#")):
        yield _no_colon(lines, number, start)


def _no_colon(lines: Sequence[str], number: int, start: int) -> Slip:
    """A line without any colon: the rest of the text above, or a key that lacks its own."""
    text = _line(lines, number).strip()
    key, _, rest = text.partition(" ")
    above = _ENTRY.match(_line(lines, _above(lines, number)))
    beside = above is not None and above.end("indent") + len(above["dash"]) == start
    if above and beside and rest and above.end() == len(above.string.rstrip()):
        message = f"This text stands beside `{above['key']}`, not below it."
        cure = f"Indent it by two spaces more:\n{' ' * (start + 2)}{text}"
        return Slip("yaml-indent", number, start, len(text), message, cure)
    item = f"{' ' * start}- "
    around = (_line(lines, _above(lines, number)), next((other for other in lines[number + 1 :] if other.strip()), ""))
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


def _indentation(lines: Sequence[str], stop: Stop) -> Iterator[Slip]:
    line = _line(lines, stop.line)
    start = max(1, len(line) - len(line.lstrip()))
    if "expected '-' indicator" in stop.problem:
        column, opened = stop.context_column, _line(lines, stop.context_line)
        first = _ENTRY.match(opened[column:].removeprefix("- ")) if opened[column:].startswith("- ") else None
        items = [other for other in lines[stop.context_line : stop.line] if other[column:].startswith("- ")]
        beside = _ENTRY.match(line) is not None and len(line) - len(line.lstrip()) == column
        if first and beside and first.end() < len(first.string.rstrip()):
            message = "This line stands beside the dash of the item above, not below its first key."
            cure = f"If it belongs to that item, indent it by two spaces more:\n  {line.rstrip()}"
            yield Slip("yaml-indent", stop.line, 0, start, message, cure)
            return
        if first and beside and len(items) == 1:
            message = "This dash makes a list, but what follows below is no item of one."
            cure = f"Remove the dash:\n{opened[:column]}{opened[column + 2 :].rstrip()}"
            yield Slip("yaml-indent", stop.context_line, column, 1, message, cure)
            return
        message = "This line stands among the items of a list and does not start with `- `."
        cure = "Make it an item, or indent it like the key that the list belongs to:"
        cure += f"\n{' ' * column}- {line.strip()}"
        yield Slip("yaml-indent", stop.line, 0, start, message, cure, mends=False)
    elif "did not find expected key" in stop.problem or "<block end>" in stop.problem:
        if line.lstrip().startswith("- "):
            message = "An item of a list stands here, where none is begun."
            cure = "Either each item of a list starts with `- `, below the key, or there is no list."
            yield Slip("yaml-indent", stop.line, 0, max(1, start), message, cure, mends=False)
            return
        above = _line(lines, _above(lines, stop.line))
        number = _above(lines, stop.line)
        first, parent = _ENTRY.match(above), _ENTRY.match(_line(lines, _above(lines, number)))
        after = next((other for other in lines[stop.line + 1 :] if other.strip()), "")
        starts = first and _has_value(first) and not first["dash"] and parent and not _has_value(parent)
        if starts and parent and _indent(parent.string) < _indent(line) == _indent(after) < _indent(above):
            message = "This line is indented further than those below it."
            cure = f"Indent it like the line below:\n{' ' * _indent(line)}{above.strip()}"
            yield Slip("yaml-indent", number, 0, _indent(above), message, cure)
            return
        indent = _likely_indent(lines, stop.line)
        like = "as with the line above" if indent == len(above) - len(above.lstrip()) else "like those it belongs to"
        cure = f"Align it with its neighbours, {like}:\n{' ' * indent}{line.strip()}"
        yield Slip("yaml-indent", stop.line, 0, start, "This line does not fit the indentation above it.", cure)


def _likely_indent(lines: Sequence[str], number: int) -> int:
    """The indentation of an open entry above that comes nearest; of two, the outer one for a line that opens more."""
    line = lines[number]
    own = len(line) - len(line.lstrip())
    open_at: list[int] = []
    for other in reversed(lines[:number]):
        indent = len(other) - len(other.lstrip())
        if other.strip() and not other.lstrip().startswith("#") and (not open_at or indent < open_at[-1]):
            open_at.append(indent)
    outer = line.rstrip().endswith(":")
    return min(open_at, key=lambda at: (abs(at - own), at if outer else -at), default=own)


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
    item = re.fullmatch(r"( *)[*] +(\S.*)", line)
    if item:
        message = "The items of a list start with a dash, not with an asterisk."
        yield Slip("yaml-syntax", stop.line, opening, 1, message, f"Write:\n{item[1]}- {item[2]}")
        return
    if line[opening : opening + 1] and line[opening] in "@`%>|-?&*!" and opening <= stop.column:
        message = f"A text cannot start with {line[opening]}, which means something else to YAML."
        cure = f"Put it in quotation marks:\n{line[:opening]}{quoted(line[opening:])}"
        yield Slip("yaml-syntax", stop.line, opening, len(line) - opening, message, cure)


def _anything(lines: Sequence[str], stop: Stop) -> Iterator[Slip]:  # noqa: ARG001  (the last look sees no lines)
    cure = "Put text with unusual characters in quotation marks."
    message = f"This is not YAML: {stop.problem}."
    yield Slip("yaml-syntax", stop.line, stop.column, 1, message, cure, mends=False)


_LOOKS = (
    _conflict,
    _pasted,
    _tab,
    _never_closed,
    _after_closed,
    _in_brackets,
    _first_character,
    _colon,
    _indentation,
    _anything,
)


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


def as_text(line: str) -> str:
    """A line, with all of its value in quotation marks."""
    return as_text_from(line, _value_at(line))


def as_text_from(line: str, column: int) -> str:
    """A line, with all that stands from `column` on in quotation marks."""
    return f"{line[:column]}{quoted(line[column:].rstrip())}"


def quoted(text: str) -> str:
    """`text` in quotation marks that can be read: those that do not stand in it, if there are such."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
