"""A web page as a reader sees it: its blocks of text, letter by letter, and which of them are the article.

trafilatura knows well which part of a page is the article, but not its every letter: it drops words and moves spaces.
So it is only asked to choose. Every run of text gets a mark that is no letter; the runs whose marks come back belong
to the article, and their text is the page's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import Any

from builder.intake.htmltree import SPACES, PageError, attribute, no_controls, parse_html, steps
from builder.intake.statements import Statements, statements_in

_BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
])  # fmt: skip
_UNSEEN = frozenset([
    "head", "script", "style", "noscript", "template", "title", "iframe", "object", "embed", "svg",
    "canvas", "audio", "video", "textarea", "select", "button", "input", "datalist", "rt", "rp", "map", "meter",
    "progress", "annotation", "annotation-xml",
])  # fmt: skip
_UNSEEN_CLASS = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-?reader(?:-text|-only)?)(?:\s|$)", re.IGNORECASE
)
"""What style sheets hide from the eye."""
_SENTENCES = frozenset(["p", "li", "blockquote", "dd", "td"])
"""Blocks in which <time> is a word of a sentence."""
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text within a block."""

    text: str
    number: int
    """What its mark says; -1 for a line break."""
    loose: bool
    """Whether it stands in an element within the block that the page's author gave a class: it may be a label."""
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, or the like."""

    runs: tuple[Run, ...]
    at: int
    """Where it starts, counted in steps (see htmltree)."""
    tag: str
    caption: bool
    """Whether it stands in a <figcaption>."""
    names: str
    """Class, id and property of its element and of the one around it, in small letters."""

    def text(self, chosen: Set[int] | None = None) -> str:
        """As a browser shows it: one space for several, a line break for <br>.

        With `chosen`, loose runs that are not among these are left out.
        """
        kept = [run.text for run in self.runs if chosen is None or not run.loose or run.number in chosen]
        lines = (re.sub(" +", " ", line).strip(" ") for line in "".join(kept).split("\n"))
        return "\n".join(line for line in lines if line)

    def dropped(self, chosen: Set[int]) -> str:
        """The words in it that are left out with `chosen`."""
        return " ".join(run.text.strip(" ") for run in self.runs if run.loose and run.number not in chosen)

    def share(self, chosen: Set[int]) -> float:
        """The share of its letters that stands in runs among `chosen`."""
        return self._share(run.number in chosen for run in self.runs)

    @property
    def links(self) -> float:
        """The share of its letters that stands in links."""
        return self._share(run.linked for run in self.runs)

    def _share(self, hits: Iterable[bool]) -> float:
        letters = [sum(map(str.isalnum, run.text)) for run in self.runs]
        return sum(count for hit, count in zip(hits, letters, strict=True) if hit) / max(1, sum(letters))


@dataclass(frozen=True)
class Page:
    """A web page, in the order of its source."""

    blocks: tuple[Block, ...]
    chosen: frozenset[int]
    """The numbers of the runs that belong to the article."""
    statements: Statements

    def article(self) -> list[Block]:
        """The blocks of the article."""
        return [one for one in self.blocks if one.share(self.chosen) >= 0.5 and one.text(self.chosen)]


def read_page(html: str) -> Page:
    """Read a page and choose its article. Raises PageError; needs trafilatura (see htmltree.available)."""
    from trafilatura import bare_extraction

    root = parse_html(html)
    statements = statements_in(root)
    reader = _Reader()
    for at, (starts, element) in enumerate(steps(root)):
        reader.step(at, starts, element)
    reader.flush()
    for element in reader.unseen:
        element.drop_tree()  # the article is what a reader sees, whatever else the page carries
    try:
        found = bare_extraction(root, include_comments=False, with_metadata=False)
    except RecursionError:
        raise PageError("The elements of the page are nested too deeply.") from None
    body = getattr(found, "body", None)
    words = "".join(body.itertext()) if body is not None else ""
    return Page(tuple(reader.blocks), _numbers_in(words), statements)


# ---- marks -----------------------------------------------------------------------------------------------------

# Braille patterns: printable, short, never a letter or a space. The last sign of a number has its highest bit set.
_MORE, _LAST, _BASE = 0x2801, 0x2880, 127
_SIGNS = re.compile("[\u2800-\u28ff]")
_MARK = re.compile("[\u2801-\u287f]{0,4}[\u2880-\u28fe]")


def _mark(number: int) -> str:
    signs = chr(_LAST + number % _BASE)
    while number := number // _BASE:
        signs = chr(_MORE + number % _BASE) + signs
    return signs


def _numbers_in(text: str) -> frozenset[int]:
    found = set()
    for match in _MARK.finditer(text):
        number = 0
        for sign in map(ord, match[0]):
            number = number * _BASE + sign - (_MORE if sign < _LAST else _LAST)
        found.add(number)
    return frozenset(found)


# ---- blocks ----------------------------------------------------------------------------------------------------


class _Reader:
    """Turns a tree, step by step, into blocks, and marks the runs of text in the tree."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.unseen: list[Any] = []
        """Elements whose text nobody sees; none of them in another."""
        self._runs: list[Run] = []
        self._number = 0
        self._open: list[Any] = []
        """Blocks that have started and not ended."""
        self._links: list[Any] = []
        self._loose: list[Any] = []
        self._captions: list[Any] = []
        self._pre: list[Any] = []
        self._hidden: Any = None
        self._at = 0
        self._start = 0

    def step(self, at: int, starts: bool, element: Any) -> None:
        """Take what stands in an element before its first child, or after its end."""
        self._at = at
        if self._hidden is None and starts:
            self._enter(element)
        if self._hidden is not None:
            if not starts and self._hidden is element:
                self._hidden = None
                self._take(element, "tail")
        elif starts:
            self._take(element, "text")
        else:
            self._leave(element)
            self._take(element, "tail")

    def flush(self) -> None:
        """End a block; two line breaks in a row part it."""
        runs: list[Run] = []
        breaks = 0
        for run in [*self._runs, None]:
            if run is None or (run.number < 0 and breaks):
                self._keep(runs)
                runs = []
            elif run.number < 0:
                breaks += 1
                runs.append(run)
                continue
            elif run.text.strip(" "):
                breaks = 0
            if run is not None and run.number >= 0:
                runs.append(run)
        self._runs = []

    def _keep(self, runs: list[Run]) -> None:
        if any(run.text.strip(" \n") for run in runs):
            tag = self._open[-1].tag if self._open else "body"
            names = " ".join(_names(one) for one in self._open[-2:]).lower()
            self.blocks.append(Block(tuple(runs), self._start, tag, bool(self._captions), names))

    def _enter(self, element: Any) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _UNSEEN or (tag and _is_hidden(element)):
            self._hidden = element
            self.unseen.append(element)
        elif tag == "br":
            self._runs.append(Run("\n", -1, False))
        elif tag in _BLOCKS:
            self.flush()
            self._open.append(element)
            self._pre += [element] * (tag == "pre")
            self._captions += [element] * (tag == "figcaption")
        elif tag == "time" and self._open and self._open[-1].tag in _SENTENCES:
            element.tag = "span"  # trafilatura takes every <time> for a page's furniture
        elif tag == "a" and element.get("href") is not None:
            self._links.append(element)
        elif tag and (element.get("class") or element.get("role")):
            self._loose.append(element)

    def _leave(self, element: Any) -> None:
        if isinstance(element.tag, str) and element.tag in _BLOCKS:
            self.flush()
            self._open.pop()
        for nested in (self._pre, self._captions, self._links, self._loose):
            if nested and nested[-1] is element:
                nested.pop()

    def _take(self, element: Any, where: str) -> None:
        text = getattr(element, where)
        if not isinstance(text, str) or not text:
            return
        if not self._runs:
            self._start = self._at
        clean = no_controls(text)
        letters = any(map(str.isalnum, clean))
        lines = clean.split("\n") if self._pre else [clean]
        for index, line in enumerate(lines):
            if index:
                self._runs.append(Run("\n", -1, False))
            loose = letters and bool(self._loose)
            self._runs.append(Run(SPACES.sub(" ", line), self._number, loose, bool(self._links)))
        setattr(element, where, (_mark(self._number) if letters else "") + _SIGNS.sub("#", clean))
        self._number += 1


def _names(element: Any) -> str:
    return " ".join(attribute(element, key) for key in ("class", "id", "itemprop"))


def _is_hidden(element: Any) -> bool:
    if element.tag in ("html", "body"):
        return False
    style = re.sub(r"\s", "", attribute(element, "style").lower())
    closed = element.tag == "dialog" and element.get("open") is None
    stated = closed or element.get("hidden") is not None or "display:none" in style
    return stated or _UNSEEN_CLASS.search(attribute(element, "class")) is not None
