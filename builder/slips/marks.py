"""Quotation marks, brackets and other characters that stand where they may not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from builder.slips.lines import (
    ENTRY,
    SECOND_COLON,
    Slip,
    Stop,
    closing_of,
    last_before,
    line_at,
    next_after,
    quoted,
    value_at,
)

_BREAKS = re.compile("[\x85\u2028\u2029]")
"""Line breaks for YAML that no editor shows as such."""
_QUOTES = set("\"'“”‘„«»")


def pasted(lines: Sequence[str], stop: Stop) -> Iterator[Slip]:
    """What comes along from elsewhere: an invisible line break, a fence of Markdown."""
    for number in (stop.line, last_before(lines, stop.line)):
        line = line_at(lines, number)
        hidden = _BREAKS.search(line)
        if hidden:
            message = f"A line break that cannot be seen stands here (U+{ord(hidden[0]):04X})."
            cure = f"Write a space in its place:\n{_BREAKS.sub(' ', line).rstrip()}"
            yield Slip("yaml-character", number, hidden.start(), 1, message, cure)
    text = line_at(lines, stop.line).strip()
    if text.startswith("```"):
        message = "These are the marks that fence code in Markdown; YAML has none."
        cure = "Remove each line that starts with ```."
        start = line_at(lines, stop.line).index("`")
        yield Slip("yaml-syntax", stop.line, start, len(text), message, cure, mends=False)


def never_closed(lines: Sequence[str], stop: Stop) -> Iterator[Slip]:
    """A quotation mark that is not closed in its line, while the next line starts an entry of its own."""
    message = "The quotation mark that opens this text is never closed."
    for number in range(min(stop.line, len(lines) - 1) + 1):
        line = lines[number]
        opening = value_at(line)
        mark = line[opening : opening + 1]
        if mark not in ('"', "'") or not mark or closing_of(line, opening) is not None:
            continue
        below = next_after(lines, number)
        if not below or ENTRY.match(below) or below.lstrip().startswith("#"):
            text = line.rstrip()
            if len(text) > opening + 1 and text[-1] in "\"'”“’„»" and not set(text[opening + 1 : -1]) & _QUOTES:
                text = text[:-1]  # it was to close the text, and is of another kind
            cure = f"Close it at the end of the text:\n{text}{mark}"
            yield Slip("yaml-quote", number, opening, len(line.rstrip()) - opening, message, cure)
    if "unexpected end of stream" in stop.problem:
        line = line_at(lines, stop.context_line)
        cure = 'Close it at the end of the text; write \\" for one inside.'
        length = max(1, len(line.rstrip()) - stop.context_column)
        yield Slip("yaml-quote", stop.context_line, stop.context_column, length, message, cure, mends=False)


def after_closed(lines: Sequence[str], stop: Stop) -> Iterator[Slip]:
    """Text after a closed quotation mark or bracket; a bracket too many."""
    if "did not find expected key" not in stop.problem and "<block end>" not in stop.problem:
        return
    line = line_at(lines, stop.line).rstrip()
    opening = value_at(line)
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


def in_brackets(lines: Sequence[str], stop: Stop) -> Iterator[Slip]:
    """A list or mapping in brackets that does not go on as one."""
    if "expected ',' or" not in stop.problem:
        return
    line = line_at(lines, stop.context_line).rstrip()
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
        yield Slip("yaml-colon", stop.line, start, end - start, SECOND_COLON, cure)
        return
    message = "Here a list or mapping in brackets should go on with a comma, or be closed."
    cure = "In brackets, put texts that hold [ ] { } or commas in quotation marks; or write one entry a line."
    yield Slip("yaml-bracket", stop.line, stop.column, 1, message, cure, mends=False)


def _with(line: str, span: tuple[int, int], text: str) -> str:
    return line[: span[0]] + text + line[span[1] :]


def first_character(lines: Sequence[str], stop: Stop) -> Iterator[Slip]:
    """A text whose first character, or first escape, means something else in YAML."""
    line = line_at(lines, stop.line).rstrip()
    if "unknown escape" in stop.problem:
        cure = "Write \\\\ for a backslash, or put the text in single quotation marks."
        yield Slip(
            "yaml-syntax", stop.line, max(0, stop.column - 1), 2, "There is no such escape with \\.", cure, mends=False
        )
        return
    opening = value_at(line)
    item = re.fullmatch(r"( *)[*] +(\S.*)", line)
    if item:
        message = "The items of a list start with a dash, not with an asterisk."
        yield Slip("yaml-syntax", stop.line, opening, 1, message, f"Write:\n{item[1]}- {item[2]}")
        return
    if line[opening : opening + 1] and line[opening] in "@`%>|-?&*!" and opening <= stop.column:
        message = f"A text cannot start with {line[opening]}, which means something else to YAML."
        cure = f"Put it in quotation marks:\n{line[:opening]}{quoted(line[opening:])}"
        yield Slip("yaml-syntax", stop.line, opening, len(line) - opening, message, cure)
