"""Where what a page shows is written: file, line and column of every part of a briefing.

A place is that of the words themselves, such as the sentence of a claim. Of a text that YAML writes below its key
(after `>` or `|`), it is the first line of the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from builder import markdown
from builder.article import Paragraph
from builder.build import Studied
from builder.diagnostics import Place
from builder.model import Quotation, Source
from builder.text import fold_needle, fold_text
from builder.yamldoc import EDITORS_BREAK, Node

_BLOCK = re.compile(r"[>|][-+0-9]*[ \t]*(?:#.*)?$")
"""What a text starts with whose words stand below."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or list of the prose."""

    number: int
    """Which of them, from 1."""
    place: Place
    words: str
    """Some that are printed of it, letter by letter; may be empty."""


@dataclass(frozen=True)
class Lines:
    """The files of one briefing that was studied."""

    studied: Studied

    # ---- claims and events ----

    def claim(self, id_: str, key: str = "claim") -> Place:
        """A claim's sentence, or what else its entry says."""
        node = next(file.node for file in self.studied.documents.claims if file.entries.get(id_) is not None)
        return self._in(node, id_, key)

    def event(self, id_: str, key: str = "title") -> Place:
        """What an event is called, or what else its entry says."""
        events = self.studied.documents.events
        return self._in(events.node, id_, key) if events else Place(self._file("timeline.yaml"))

    def quotation(self, quotation: Quotation) -> Place:
        """A quotation's words."""
        return self._words(quotation.place)

    def key(self, place: Place) -> Place:
        """The key words that are written at a place."""
        return self._words(place)

    # ---- sources ----

    def source(self, id_: str, *path: str | int) -> Place:
        """A source's entry, or with a path what stands there."""
        sources = self.studied.documents.sources
        if sources is None:
            return Place(self._file("sources.yaml"))
        return self._in(sources.node, id_, *path) if path else sources.node.locate((id_,), key=True)

    def headline(self, source: Source, paragraph: Paragraph) -> Place:
        """The words by which a curator marked a headline; where nothing tells which, the source's entry."""
        text = fold_text(paragraph.span.of(self.studied.articles[source.id].text))
        found = [index for index, words in enumerate(source.headline) if fold_needle(words) in text]
        if not found:
            return self.source(source.id)
        return self.source(source.id, "headline", max(found, key=lambda index: len(source.headline[index])))

    # ---- briefing.md ----

    def front(self, *path: str | int) -> Place:
        """What the front matter says under a key."""
        return self._words(self.studied.documents.front_node.locate(path))

    def topic(self, id_: str) -> Place:
        """A topic's title."""
        return self.front("topics", id_, "title")

    @cached_property
    def prose(self) -> tuple[Block, ...]:
        """The blocks of the prose, in the order in which the page prints them."""
        file = self._file("briefing.md")
        lines, text = self._lines(file), self.studied.documents.prose
        first = len(lines) - len(EDITORS_BREAK.split(text)) + 1
        blocks = []
        for number, (line, words) in enumerate(_blocks(text), 1):
            written = lines[first - 1 + line]
            indent = len(written) - len(written.lstrip())
            blocks.append(Block(number, Place(file, first + line, indent + 1, len(written) - indent, written), words))
        return tuple(blocks)

    # ---- in the files ----

    def _file(self, name: str) -> str:
        return self.studied.texts.path(name)

    def _in(self, node: Node, *path: str | int) -> Place:
        return self._words(node.locate(path))

    def _words(self, place: Place) -> Place:
        """The first line of the words themselves."""
        if not _BLOCK.match(place.text, place.column - 1):
            return place
        lines = self._lines(place.file)
        for number in range(place.line, len(lines)):
            if written := lines[number].strip():
                column = lines[number].index(written) + 1
                return Place(place.file, number + 1, column, len(written), lines[number])
        return place

    def _lines(self, file: str) -> Sequence[str]:
        return self._files[file]

    @cached_property
    def _files(self) -> dict[str, list[str]]:
        texts = ((file, data.decode("utf-8", "replace")) for file, data in self.studied.texts.files.items())
        return {file: EDITORS_BREAK.split(text.removeprefix("\ufeff")) for file, text in texts}


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """The outermost blocks of a Markdown text: the line of each, from 0, and the first plain words in it."""
    line, words = None, ""
    for token in markdown.parser().parse(text):
        if token.level == 0 and token.map and token.nesting >= 0:
            if line is not None:
                yield line, words
            line, words = token.map[0], ""
        for child in token.children or ():
            if not words and child.type == "text":
                words = child.content
    if line is not None:
        yield line, words
