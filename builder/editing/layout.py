"""Where everything stands in a YAML file that a person wrote: what an editor of it has to know.

Offsets are code points of the YAML alone, half-open: without a byte order mark, and of briefing.md only the front
matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml
from yaml.events import CollectionEndEvent, CollectionStartEvent, MappingStartEvent, ScalarEvent

from builder.diagnostics import Diagnostic, printable
from builder.parse import split_front_matter
from builder.yamldoc import Data, Lines, parse_yaml

BREAKS = "\r\n\x85\u2028\u2029"
"""What ends a line in YAML 1.1. Editors know the first two only."""
_BOM = "\ufeff"


class EditError(ValueError):
    """One line for a person: this layout cannot take the change."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. Where there is none at all, `start` and `end` are the same."""

    start: int
    end: int
    column: int
    """Code points before it in its line, as YAML counts lines."""
    number: int
    """Counted from 0 through the file."""
    text: str
    style: str
    """Nothing for plain, else `'`, `"`, `|` or `>`."""
    flow: bool
    """Whether it stands in brackets."""

    def stretch(self, yaml: str) -> tuple[int, int]:
        """From its first to its last character that can be seen: a block scalar's own end is that of its blank lines.

        Offsets, half-open.
        """
        if self.style in ("|", ">"):
            return self.start, self.start + len(yaml[self.start : self.end].rstrip(f" \t{BREAKS}"))
        return self.start, self.end

    @property
    def empty(self) -> bool:
        """Whether nothing stands there, not even quotation marks."""
        return self.start == self.end


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    start: int
    end: int
    """After the bracket, or after the last item."""
    column: int
    flow: bool
    """Whether it is written in brackets."""
    items: tuple[Laid, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """A mapping."""

    start: int
    end: int
    column: int
    flow: bool
    pairs: tuple[tuple[Scalar, Laid], ...]

    def get(self, key: str) -> tuple[Scalar, Laid] | None:
        """The entry of that name."""
        return next((pair for pair in self.pairs if pair[0].text == key), None)


Laid: TypeAlias = Scalar | Items | Pairs


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file taken apart: what is YAML, and what stands around it."""

    file: str
    before: str
    yaml: str
    after: str
    first_line: int
    """The line of the file that the YAML starts in."""
    root: Laid | None
    """None where there is nothing but comments."""

    def scalars(self) -> dict[tuple[int, int], Scalar]:
        """Values and keys by the line and column of the file where they start, both from 1."""
        lines = Lines(self.file, self.yaml, self.first_line)
        found: dict[tuple[int, int], Scalar] = {}
        for one in scalars_of(self.root):
            line, column = lines.position(one.start)
            found.setdefault((line + self.first_line, column + 1), one)
        return found

    def reads(self, yaml: str, expected: Data) -> str | None:
        """The whole file with other YAML, if that is without faults and says `expected` in this order; else None."""
        read = parse_yaml(self.file, yaml)
        if read.value is None or read.diagnostics or not _same(read.value.data(), expected):
            return None
        text = self.before + yaml + self.after
        if self.file.endswith(".md"):
            parts = split_front_matter(self.file, text.removeprefix(_BOM)).value
            if parts is None or (parts[0] != yaml and f"{parts[0]}\n" != yaml):
                return None
        return text


def sheet_of(file: str, text: str) -> Sheet:
    """Take a file apart; of a file `.md` the front matter is the YAML. Raises EditError where it has any fault."""
    before = _BOM if text.startswith(_BOM) else ""
    body = text[len(before) :]
    start, end, first_line = 0, len(body), 1
    if file.endswith(".md"):
        parts = split_front_matter(file, body)
        if parts.value is None:
            raise _faulty(parts.diagnostics[0])
        start = body.index("\n") + 1
        end = start + len(parts.value[0])
        end += body.startswith("\n", end)
        first_line = 2
    content = body[start:end]
    read = parse_yaml(file, content, first_line)
    if read.diagnostics:
        raise _faulty(read.diagnostics[0])
    if content.startswith(_BOM):  # the parser does not count it
        raise EditError(f"{printable(file)} holds a byte order mark where none belongs. Remove it first.")
    return Sheet(file, before + body[:start], content, body[end:], first_line, _laid(content))


def data_of(laid: Laid | None, texts: Mapping[int, str]) -> Data:
    """What is said, with other texts for some scalars, by their numbers. Depth is bounded: it was read before."""
    if laid is None:
        return {}
    if isinstance(laid, Scalar):
        return texts.get(laid.number, laid.text)
    if isinstance(laid, Items):
        return [data_of(item, texts) for item in laid.items]
    return {texts.get(key.number, key.text): data_of(value, texts) for key, value in laid.pairs}


def scalars_of(laid: Laid | None) -> Iterator[Scalar]:
    """All of them, keys too, in order."""
    if isinstance(laid, Scalar):
        yield laid
    elif isinstance(laid, Items):
        for item in laid.items:
            yield from scalars_of(item)
    elif laid is not None:
        for key, value in laid.pairs:
            yield key
            yield from scalars_of(value)


def _laid(text: str) -> Laid | None:
    """The nodes of a text that is known to be sound."""
    root: Laid | None = None
    open_: list[tuple[CollectionStartEvent, list[Laid]]] = []
    number = 0
    for event in iter(yaml.CSafeLoader(text).get_event, None):
        made: Laid
        if isinstance(event, CollectionStartEvent):
            open_.append((event, []))
            continue
        if isinstance(event, ScalarEvent):
            flow = bool(open_ and open_[-1][0].flow_style)
            start, end, column = _marks(event)
            made = Scalar(start, end, column, number, event.value, event.style or "", flow)
            number += 1
        elif isinstance(event, CollectionEndEvent):
            made = _closed(*open_.pop(), _marks(event)[1])
        else:
            continue
        if open_:
            open_[-1][1].append(made)
        else:
            root = made
    return root


def _closed(event: CollectionStartEvent, inner: list[Laid], end: int) -> Laid:
    flow = bool(event.flow_style)
    start, _, column = _marks(event)
    end = end if flow or not inner else inner[-1].end
    if isinstance(event, MappingStartEvent):
        keys = (key for key in inner[::2] if isinstance(key, Scalar))  # any other was refused before
        return Pairs(start, end, column, flow, tuple(zip(keys, inner[1::2], strict=True)))
    return Items(start, end, column, flow, tuple(inner))


def _marks(event: Any) -> tuple[int, int, int]:
    """Where an event starts and ends, and the column that it starts in."""
    return event.start_mark.index, event.end_mark.index, event.start_mark.column


def _same(one: Data, other: Data) -> bool:
    """Whether they are equal, mappings in their order too."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(_same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return one == other


def _faulty(fault: Diagnostic) -> EditError:
    where = f"{printable(fault.place.file)}:{fault.place.line}"
    return EditError(f"{where}: {printable(fault.message)} Correct that first.")
