"""Reading YAML that anybody may have written: every scalar is text and knows its line and column.

PyYAML's C parser gives events; one loop turns them into nodes. There is no recursion, so nesting cannot exhaust the
stack, and nothing that could expand, construct or merge: anchors, aliases, merge keys, tags and directives are refused.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
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

from builder.diagnostics import Checked, Diagnostic, Place, Related
from builder.slips import slip_of, without
from builder.slips.lines import Slip, Stop, as_text, as_text_from

MAX_BYTES = 256 * 1024
MAX_DEPTH = 12
MAX_TRIES = 20
"""How often a file is read on after something mistyped: what stands below is told when that is mended."""

# Lines as editors count them. YAML 1.1 breaks lines at U+0085, U+2028 and U+2029 as well, so its own count is not used.
EDITORS_BREAK = re.compile(r"\r\n?|\n")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # the last two no feed could hold
# Compiled only when a file holds such a character, as that takes longer than reading most files.
_NOT_YAML = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"

_TEXT_AS_COMMENT = re.compile(r"(?<=\S)[ \t]+(?=#[^\s#])")
"""Before a # that is hardly meant to start a comment: those have a space after it."""

Data: TypeAlias = "str | list[Data] | dict[str, Data]"


class Lines:
    """A text by lines, to say where something stands in its file."""

    def __init__(self, file: str, text: str, first_line: int) -> None:
        self._file = file
        self._first = first_line
        self._lines = EDITORS_BREAK.split(text)
        self._starts = [0, *(match.end() for match in EDITORS_BREAK.finditer(text))]

    def position(self, index: int) -> tuple[int, int]:
        """Line and column of an offset, from 0."""
        line = bisect_right(self._starts, index) - 1
        return line, index - self._starts[line]

    @property
    def all(self) -> list[str]:
        """The lines, without their breaks."""
        return self._lines

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
        """Where it starts; looked up by its offsets when it is first asked for."""
        at = self._at
        if isinstance(at, tuple):
            self._at = at = at[0].stretch(at[1], at[2])
        return at

    def data(self) -> Data:
        """Plain text, lists and dictionaries, without places. Depth is bounded by MAX_DEPTH."""
        content = self.content
        if isinstance(content, dict):
            return {key: text if type(text := node.content) is str else node.data() for key, node in content.items()}
        return [item.data() for item in content] if isinstance(content, list) else content

    def at(self, path: Sequence[str | int]) -> Node:
        """The node at the end of `path`, as far as it can be followed."""
        node = self
        for part in path:
            content = node.content
            if isinstance(content, dict) and part in content:
                node = content[str(part)]
            elif isinstance(content, list) and isinstance(part, int) and part < len(content):
                node = content[part]
        return node

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


class Mended(Node):
    """A document that could be read only without some of its lines: what is said of these is not to be believed."""

    __slots__ = ("lines",)

    def __init__(self, node: Node, lines: frozenset[int]) -> None:
        super().__init__(node.place, node.content, node.keys)
        self.lines = lines
        """The numbers of these lines in the file."""


def parse_yaml(file: str, text: str, first_line: int = 1) -> Checked[Node | None]:
    """Read one document. `first_line` is the line of `file` where `text` starts (front matter).

    The value is None where reading had to stop, so that nobody reports what comes later in the file as missing;
    an empty text is an empty mapping.
    """
    reader = _Reader(file, text, first_line)
    root = reader.read()
    return Checked(root, tuple(reader.diagnostics))


def read_yaml(file: str, text: str, first_line: int = 1) -> Checked[Node | None]:
    """As `parse_yaml`, but what is mistyped hides no other fault: reading goes on without those lines.

    Then the value is `Mended`.
    """
    reader = _Reader(file, text, first_line)
    root = reader.read()
    found: list[Diagnostic] = []
    lines, gone = reader.lines.all, set[int]()
    tries = 0
    while reader.stop and reader.slip:
        found.append(reader.diagnostics[-1])
        for changed, where in without(lines, reader.slip):
            tries += 1
            if tries > MAX_TRIES:
                return Checked(None, tuple(found))
            other = _Reader(file, "\n".join(changed), first_line)
            root = other.read()
            if other.goes_further_than(reader, gone | where):
                reader, lines = other, changed
                gone |= where
                break
        else:
            return Checked(None, tuple(found))
    hidden = frozenset(line + first_line for line in gone | reader.doubtful)
    if not found:
        return Checked(Mended(root, hidden) if root and hidden else root, tuple(reader.diagnostics))
    rest = [fault for fault in reader.diagnostics if fault.place.line - first_line not in gone]
    return Checked(Mended(root, hidden) if root else None, (*found, *rest))


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
        self._lost = {found.start() for found in _TEXT_AS_COMMENT.finditer(text)} if " #" in text else set()
        """Where a text may end sooner than was meant."""
        self.doubtful: set[int] = set()
        """Lines from 0 whose text is hardly what was meant."""
        self.stop: Stop | None = None
        """Where the parser could not go on."""
        self.slip: Slip | None = None

    def read(self) -> Node | None:
        """Read all of it; None where reading had to stop, or makes no sense."""
        if len(self.text.encode("utf-8")) > MAX_BYTES:
            message = f"The file is larger than {MAX_BYTES // 1024} KiB."
            self.fault("yaml-size", 0, 0, 1, message, "Split it into several files.")
            return None
        try:
            for event in iter(yaml.CSafeLoader(self.text).get_event, None):
                if not self.take(event):
                    return None
        except yaml.MarkedYAMLError as error:
            self.syntax_error(error)
            return None
        except yaml.YAMLError:
            self.unreadable()
            return None
        return None if self.unusable else self.root or Node(self.lines.place(0, 0, 0), {})

    def goes_further_than(self, other: _Reader, gone: Collection[int]) -> bool:
        """Whether it stops later, if at all, and not at one of the lines that are no longer as written."""
        if self.stop is None or self.slip is None or other.stop is None:
            return True
        return self.stop.line > other.stop.line and self.slip.line not in gone

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
            cure = f"Write the entries out where they are needed; if it is text:\n{_as_text(place)}"
            self.fault_at("yaml-alias", place, "Aliases are not allowed.", cure)
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
                f"Remove &{event.anchor}; if it is text:\n{_as_text(at)}",
            )
        if event.tag is not None:
            self.fault_at(
                "yaml-tag",
                at,
                "Tags are not allowed.",
                f"Remove it; if it is text:\n{_as_text(at)}",
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
        if " - " in value and not event.style:
            self._item_in_text(_index(event.start_mark), _index(event.end_mark))
        if self._lost and value and not event.style and _index(event.end_mark) in self._lost:
            self._lost_text(_index(event.end_mark))
        self._put(node, scalar=True)

    def _item_in_text(self, start: int, end: int) -> None:
        """A line that looks like an item of a list, but goes on with the text above."""
        found = re.compile(r"[\r\n][ \t]*(-) ").search(self.text, start, end)
        if found:
            line, column = self.lines.position(found.start(1))
            text = self.lines.line(line)
            message = "This line starts like an item of a list, but it goes on with the text above."
            cure = "Start the first item with `- ` as well, in a line below the key. Let no line of a text start so."
            self.doubtful.update(range(self.lines.position(start)[0], line + 1))
            self.fault("yaml-indent", line, column, len(text.rstrip()) - column, message, cure)

    def _lost_text(self, at: int) -> None:
        """What stands from ` #` on was meant as text, if no space follows."""
        line, column = self.lines.position(at)
        text = self.lines.line(line)
        start = column + len(text[column:]) - len(text[column:].lstrip())
        message = "From ` #` on this is a comment for YAML, and no part of the text."
        cure = f"If it is a comment, write a space after the #. If it is text:\n{as_text(text)}"
        self.doubtful.add(line)
        self.fault("yaml-comment", line, start, len(text.rstrip()) - start, message, cure)

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
            first = Related(keys[key].place, "here it is given first")
            message, cure = f"The key `{key}` is given twice.", "Keep one of them, or give one another name."
            self.diagnostics.append(Diagnostic("yaml-duplicate", message, node.place, cure, related=(first,)))
        keys.setdefault(key, node)
        return key

    def syntax_error(self, error: yaml.MarkedYAMLError) -> None:
        """The parser could not go on: say what was most likely mistyped, and where."""
        problem = error.problem or "the text is not YAML"
        line, column = self._at(error.problem_mark or error.context_mark)
        self.stop = Stop(problem, line, column, *self._at(error.context_mark or error.problem_mark))
        self.slip = slip = slip_of(self.lines.all, self.stop)
        self.fault(slip.code, slip.line, slip.column, slip.length, slip.message, slip.cure)

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
            "Remove it: it cannot be seen."
            if refused and refused[0] != "\0" and not self.text.startswith("PK\x03\x04")
            else "This is no plain text: save the file as text, in UTF-8.",
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


def _as_text(place: Place) -> str:
    return as_text_from(place.text, place.column - 1).strip()


def _index(mark: Any) -> int:
    """The offset of one of PyYAML's marks; the start where the parser names no place."""
    return mark.index if mark else 0
