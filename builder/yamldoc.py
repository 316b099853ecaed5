"""Reading YAML that anybody may have written: every scalar is text and knows its line and column.

PyYAML's C parser gives events; one loop turns them into nodes. There is no recursion, so nesting cannot exhaust the
stack, and nothing that could expand, construct or merge: anchors, aliases, merge keys, tags and directives are refused.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
)

from builder.diagnostics import Checked, Diagnostic, Place

MAX_BYTES = 256 * 1024
MAX_DEPTH = 12

# Lines as editors count them. YAML 1.1 breaks lines at U+0085, U+2028 and U+2029 as well, so its own count is not used.
_BREAK = re.compile(r"\r\n?|\n")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # the last two no feed could hold
# Compiled only when a file holds such a character, as that takes longer than reading most files.
_NOT_YAML = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"

Data: TypeAlias = "str | list[Data] | dict[str, Data]"


class Lines:
    """A text by lines, to say where something stands in its file."""

    def __init__(self, file: str, text: str, first_line: int) -> None:
        self._file = file
        self._first = first_line
        self._lines = _BREAK.split(text)
        self._starts = [0, *(match.end() for match in _BREAK.finditer(text))]

    def position(self, index: int) -> tuple[int, int]:
        """Line and column of an offset, from 0."""
        line = bisect_right(self._starts, index) - 1
        return line, index - self._starts[line]

    def line(self, line: int) -> str:
        """The text of a line, which counts from 0."""
        return self._lines[line] if line < len(self._lines) else ""

    def place(self, line: int, column: int, length: int) -> Place:
        """The place at a line and column that count from 0."""
        return Place(self._file, line + self._first, column + 1, length, self.line(line))

    def stretch(self, start: int, end: int) -> Place:
        """The place between two offsets, no further than its line; at least one character."""
        line, column = self.position(start)
        rest = len(self._lines[line]) - column
        goes_on = end - start > rest and self.position(end)[0] > line
        return self.place(line, column, max(1, rest if goes_on else end - start))


_NO_KEYS: Mapping[str, Node] = MappingProxyType({})


class Node:
    """A scalar (text), a sequence or a mapping, with the place where it starts."""

    __slots__ = ("_at", "content", "keys")

    def __init__(
        self,
        at: Place | tuple[Lines, int, int],
        content: str | list[Node] | dict[str, Node],
        keys: Mapping[str, Node] = _NO_KEYS,
    ) -> None:
        self._at = at
        self.content = content
        self.keys = keys
        """For a mapping, its keys as nodes."""

    @property
    def place(self) -> Place:
        """Where it starts; looked up by its offsets only when asked for, as few places are."""
        at = self._at
        return at if isinstance(at, Place) else at[0].stretch(at[1], at[2])

    def data(self) -> Data:
        """Plain text, lists and dictionaries, without places. Depth is bounded by MAX_DEPTH."""
        content = self.content
        if isinstance(content, dict):
            return {key: text if type(text := node.content) is str else node.data() for key, node in content.items()}
        return [item.data() for item in content] if isinstance(content, list) else content

    def locate(self, path: Sequence[str | int], *, key: bool = False) -> Place:
        """The place at the end of `path`, as far as it can be followed; with `key`, of the last key itself."""
        node = found = self
        for index, part in enumerate(path):
            if isinstance(node.content, dict) and part in node.content:
                name = str(part)
                found = node.keys[name] if key and index == len(path) - 1 else node.content[name]
                node = node.content[name]
            elif isinstance(node.content, list) and isinstance(part, int) and part < len(node.content):
                node = found = node.content[part]
        return found.place


def decode(file: str, data: bytes) -> Checked[str | None]:
    """Strict UTF-8, one leading byte order mark dropped, line breaks as they are."""
    try:
        return Checked(data.decode("utf-8").removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        return Checked(
            None,
            (
                Diagnostic(
                    "encoding",
                    f"This is not UTF-8: byte 0x{data[error.start]:02x}.",
                    Place(file, line, column, 1),
                    "Save the file as UTF-8.",
                ),
            ),
        )


def parse_yaml(file: str, text: str, first_line: int = 1) -> Checked[Node | None]:
    """Read one document. `first_line` is the line of `file` where `text` starts (front matter).

    The value is None where reading had to stop, so that nobody reports what comes later in the file as missing;
    an empty text is an empty mapping.
    """
    reader = _Reader(file, text, first_line)
    if len(text.encode("utf-8")) > MAX_BYTES:
        reader.fault(
            "yaml-size",
            0,
            0,
            1,
            f"The file is larger than {MAX_BYTES // 1024} KiB.",
            "Split it into several files.",
        )
    else:
        try:
            for event in iter(yaml.CSafeLoader(text).get_event, None):
                if not reader.take(event):
                    return Checked(None, tuple(reader.diagnostics))
            root = None if reader.unusable else reader.root or Node(Place(file, first_line), {})
            return Checked(root, tuple(reader.diagnostics))
        except yaml.MarkedYAMLError as error:
            reader.syntax_error(error)
        except yaml.YAMLError:
            reader.unreadable()
    return Checked(None, tuple(reader.diagnostics))


@dataclass(slots=True)
class _Open:
    """A collection that is being read."""

    node: Node
    keys: dict[str, Node]
    """Of the node, where it is a mapping."""
    key: str | None = None
    """What the next node is the value of."""


class _Reader:
    """Turns events into nodes and notes what is refused."""

    def __init__(self, file: str, text: str, first_line: int) -> None:
        self.text = text
        self.lines = Lines(file, text, first_line)
        self.diagnostics: list[Diagnostic] = []
        self.root: Node | None = None
        self._open: list[_Open] = []
        self.unusable = False
        """Whether a key was no text: then its mapping has no shape that a schema could check."""
        self._documents = 0

    def take(self, event: Event) -> bool:
        """Read one event; False when reading on makes no sense."""
        if isinstance(event, ScalarEvent):
            self._take_scalar(event)
        elif isinstance(event, CollectionStartEvent):
            return self._take_start(event)
        elif isinstance(event, CollectionEndEvent):
            self._put(self._open.pop().node)
        elif isinstance(event, AliasEvent):
            place = self.lines.place(*self._at(event.start_mark), 1)
            self.fault_at("yaml-alias", place, "Aliases are not allowed.", "Write the text out where it is needed.")
            self._put(Node(place, ""))
        elif isinstance(event, DocumentStartEvent):
            return self._take_document(event)
        return True

    def _take_document(self, event: DocumentStartEvent) -> bool:
        self._documents += 1
        if self._documents > 1:
            self.fault(
                "yaml-document",
                *self._at(event.start_mark),
                3,
                "A second document starts here.",
                "Keep one document in a file: remove this line.",
            )
            return False
        if event.version or event.tags:
            self.fault(
                "yaml-directive",
                0,
                0,
                1,
                "Directives are not allowed.",
                "Remove the lines that start with %.",
            )
        return True

    def _refuse_properties(self, event: ScalarEvent | CollectionStartEvent, place: Place) -> None:
        at = replace(place, length=1)
        if event.anchor is not None:
            self.fault_at(
                "yaml-anchor",
                at,
                "Anchors are not allowed.",
                f"Remove &{event.anchor}; write text that starts with & in quotation marks.",
            )
        if event.tag is not None:
            self.fault_at(
                "yaml-tag",
                at,
                "Tags are not allowed.",
                "Remove it; write text that starts with ! in quotation marks.",
            )

    def _take_scalar(self, event: ScalarEvent) -> None:
        value: str = event.value
        node = Node((self.lines, _index(event.start_mark), _index(event.end_mark)), value)
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event, node.place)
        if not value.isprintable() and (bad := _CONTROL.search(value)):
            self.fault_at(
                "yaml-control",
                node.place,
                f"The text holds the control character U+{ord(bad[0]):04X}.",
                "Remove the escape that makes it.",
            )
        self._put(node, scalar=True)

    def _take_start(self, event: CollectionStartEvent) -> bool:
        start = _index(event.start_mark)
        keys: dict[str, Node] = {}
        node = Node((self.lines, start, start), {} if isinstance(event, MappingStartEvent) else [], keys)
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event, node.place)
        if len(self._open) >= MAX_DEPTH:
            self.fault_at(
                "yaml-depth",
                node.place,
                f"This is nested more than {MAX_DEPTH} levels deep.",
                "No briefing needs that many: check the indentation and the brackets.",
            )
            return False
        self._open.append(_Open(node, keys))
        return True

    def _put(self, node: Node, *, scalar: bool = False) -> None:
        if not self._open:
            self.root = node
            return
        top = self._open[-1]
        content = top.node.content
        if isinstance(content, dict):
            if top.key is None:
                top.key = self._take_key(node, content, top.keys, scalar)
            else:
                content.setdefault(top.key, node)
                top.key = None
        elif isinstance(content, list):
            content.append(node)

    def _take_key(self, node: Node, entries: dict[str, Node], keys: dict[str, Node], scalar: bool) -> str:
        if not scalar or not isinstance(node.content, str):
            self.unusable = True
            self.fault_at(
                "yaml-key",
                node.place,
                "A key has to be plain text.",
                "Write `key: value`; put text that starts with [ or { in quotation marks.",
            )
            return f"\0{len(entries)}"  # keeps the pairs of keys and values in step
        key = node.content
        if key == "<<":
            self.fault_at(
                "yaml-merge",
                node.place,
                "Merge keys are not allowed.",
                "Write the entries out where they are needed.",
            )
        elif key in keys:
            first = keys[key].place
            self.fault_at(
                "yaml-duplicate",
                node.place,
                f"The key `{key}` is given twice; the first is in line {first.line}.",
                "Keep one of them, or give one another name.",
            )
        keys.setdefault(key, node)
        return key

    def syntax_error(self, error: yaml.MarkedYAMLError) -> None:
        """The parser could not go on: say where, and the cure where the usual slip is known."""
        problem = error.problem or "the text is not YAML"
        unclosed = "found unexpected end of stream" in problem
        mark = error.context_mark if unclosed else error.problem_mark
        line, column = self._at(mark or error.problem_mark or error.context_mark)
        message, cure = _usual_slip(problem, self.lines.line(line), column)
        self.fault("yaml-syntax", line, column, 1, message, cure)

    def unreadable(self) -> None:
        """The parser refuses a character anywhere in the file."""
        refused = re.search(_NOT_YAML, self.text)
        line, column = self.lines.position(refused.start() if refused else 0)
        what = f"the character U+{ord(refused[0]):04X}" if refused else "a character"
        self.fault(
            "yaml-character",
            line,
            column,
            1,
            f"The file holds {what}, which YAML does not allow.",
            "Remove it: it cannot be seen.",
        )

    def fault(self, code: str, line: int, column: int, length: int, message: str, cure: str) -> None:
        """Note a fault at a line and column that count from 0."""
        self.fault_at(code, self.lines.place(line, column, length), message, cure)

    def fault_at(self, code: str, place: Place, message: str, cure: str) -> None:
        """Note a fault at a place."""
        self.diagnostics.append(Diagnostic(code, message, place, cure))

    def _at(self, mark: Any) -> tuple[int, int]:
        """Line and column of one of PyYAML's marks, from 0."""
        return self.lines.position(_index(mark))


def _index(mark: Any) -> int:
    """The offset of one of PyYAML's marks; the start where the parser names no place."""
    return mark.index if mark else 0


def _usual_slip(problem: str, line: str, column: int) -> tuple[str, str]:
    """What people really mistype, in words that help; the parser's own message otherwise."""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "The line is indented with a tab.", "Indent with spaces: two for each level."
    if "mapping values are not allowed" in problem:
        return (
            "There is a second `: ` in this line, so it does not read as one text.",
            'Put the text in quotation marks: key: "text: more text".',
        )
    if "could not find expected ':'" in problem:
        return (
            "A line before this one should be `key: value`, but has no colon with a space after it.",
            "Write `key: value`, with a space after the colon; indent further lines of a text.",
        )
    if "found unexpected end of stream" in problem:
        return (
            "The quotation mark that opens this text is never closed.",
            'Close it at the end of the text; write \\" for one inside.',
        )
    if "did not find expected key" in problem or "expected <block end>" in problem:
        if line[:column].rstrip().endswith(('"', "'")):
            return (
                "The text goes on after its closed quotation mark.",
                "Put all of it in quotation marks of the other kind: key: '\"one\" and two'.",
            )
        return "This line does not fit the indentation above it.", "Align it with its neighbours."
    if "expected ',' or" in problem:
        return (
            "Here a list or mapping in brackets should go on with a comma, or be closed.",
            "In brackets, put texts that hold [ ] { } or commas in quotation marks; or write one entry a line.",
        )
    return f"This is not YAML: {problem}.", "Put text with unusual characters in quotation marks."
