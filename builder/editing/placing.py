"""Where new entries go in YAML that a person laid out: after the last one of a mapping, with its own comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import itemgetter

from builder.editing.indentation import habits_of, indented, lines_of
from builder.editing.layout import BREAKS, Items, Laid, Pairs, Scalar, Sheet
from builder.yamldoc import EDITORS_BREAK, Data
from builder.yamltext import STEP, flow, flow_entries, scalar

Splice = tuple[int, int, str]
"""What comes between two offsets."""

_LINE_END = re.compile(r"\r\n?|[\n\x85\u2028\u2029]")
"""As YAML counts lines."""
_COMMENT = re.compile(r"([ \t]*)#")
_BLANK = re.compile(rf"[ \t]*(?:[{BREAKS}]|\Z)")
_REST = re.compile(r"([ \t]*,)?[ \t]*(?:#[^\r\n]*)?(?=[\r\n])")
"""What may follow an entry in braces that has its line to itself."""


@dataclass(frozen=True, slots=True)
class Spot:
    """The innermost mapping on a path, or the empty place where one will be."""

    laid: Laid | None
    """None where the file holds nothing but comments."""
    key: Scalar | None
    """What it is the value of."""
    depth: int
    """How many keys lead to it."""
    missing: Sequence[str]
    """The keys that have to be made in it."""


def spliced(text: str, splices: Sequence[Splice]) -> str:
    """`text` with something else between some offsets: in order of place, not overlapping."""
    out: list[str] = []
    at = 0
    for start, end, new in sorted(splices, key=itemgetter(0)):
        out += text[at:start], new
        at = end
    return "".join([*out, text[at:]])


def openings(text: str, at: int) -> tuple[str, ...]:
    """What may have to stand between a key and the value that it never had, the likest first."""
    return ("", ": ") if text[at - 1 : at].isspace() else (" ", ": ", "")


def ways_in(sheet: Sheet, spot: Spot, new: Mapping[str, Data], yaml: str) -> Iterator[list[Splice]]:
    """Ways to add the entries `yaml`, which say `new`, the likest first; none is sure to read back."""
    data: dict[str, Data] = dict(new)
    for key in reversed(spot.missing):
        data = {key: data}
    laid = spot.laid
    if isinstance(laid, Pairs) and laid.flow:
        empty = not sheet.yaml[laid.start + 1 : laid.end - 1].strip(" ")
        if empty and spot.key is not None and not spot.key.flow:
            # Braces that hold nothing only say that there is nothing yet.
            before = len(sheet.yaml[: laid.start].rstrip(" "))
            yield from ([(before, laid.end, ""), *splices] for splices in _as_block(sheet, spot, yaml))
        yield _into_braces(sheet.yaml, laid, flow_entries(data))
    elif isinstance(laid, Scalar) and laid.flow:
        yield from ([(laid.start, laid.end, before + flow(data))] for before in openings(sheet.yaml, laid.start))
    else:
        yield from _as_block(sheet, spot, yaml)


def _into_braces(text: str, laid: Pairs, new: str) -> list[Splice]:
    """After the last entry: on a line of its own where that one has one, else beside it."""
    if not laid.pairs:
        at = laid.start + 1
        return [(at, at, f"{' ' if text[at] == ' ' else ''}{new}")]
    key, value = laid.pairs[-1]
    line = line_start(text, key.start)
    indent = text[line : key.start]
    rest = _REST.match(text, value.end)
    if indent.strip() or line <= laid.start:
        return [(value.end, value.end, f", {new}")]
    below = f"{line_break(text, line)}{indent}{new}"
    if not rest:
        return [(value.end, value.end, f",{below}")]
    if rest[1]:
        return [(rest.end(), rest.end(), f"{below},")]
    return [(value.end, value.end, ","), (rest.end(), rest.end(), below)]


# ---- on lines of their own -------------------------------------------------------------------------------------


def _as_block(sheet: Sheet, spot: Spot, yaml: str) -> Iterator[list[Splice]]:
    text, laid = sheet.yaml, spot.laid
    habits = habits_of(sheet.root, laid)
    column, places = 0, _in_nothing(text, laid)
    block = isinstance(laid, Pairs) and not laid.flow
    if isinstance(laid, Pairs) and block:
        column = laid.column
        places = [after_comments(text, end, column) for end in ends(text, laid)]
    elif spot.key is not None and laid is not None:
        column = spot.key.column + (habits.step or STEP)
        places = [after_comments(text, laid.end, spot.key.column + 1)]
    apart = _apart(sheet, laid, spot.depth) if isinstance(laid, Pairs) and block else spot.key is None
    for at in dict.fromkeys(places):
        newline = line_break(text, at)
        *above, unfinished = _LINE_END.split(text[:at])
        last = unfinished or "".join(above[-1:])
        before = newline * ((unfinished != "") + (apart and last.strip() != "" and not last.startswith("---")))
        for usual in dict.fromkeys((habits, replace(habits, step=None, dash=None))):
            lines = indented(_nested(spot.missing, yaml, usual.step or STEP), column, usual)
            yield [(at, at, before + "".join(line + newline for line in lines))]


def _nested(keys: Sequence[str], yaml: str, step: int) -> str:
    """Entries below keys that are made for them."""
    out = [" " * (step * depth) + f"{scalar(key)}:" for depth, key in enumerate(keys)]
    indent = " " * (step * len(keys))
    return "\n".join([*out, *(indent + line if line else "" for line in lines_of(yaml))])


def ends(text: str, laid: Laid) -> list[int]:
    """Where its last entry ends: for a block scalar before the blank lines below it, and after them."""
    while isinstance(laid, Pairs | Items) and not laid.flow:
        laid = laid.pairs[-1][1] if isinstance(laid, Pairs) else laid.items[-1]
    if not isinstance(laid, Scalar) or laid.style not in ("|", ">"):
        return [laid.end]
    return [laid.stretch(text)[1], laid.end - (text[laid.end - 1] in BREAKS)]


def after_comments(text: str, end: int, least: int) -> int:
    """The start of the line after `end` and after the comments directly below that are indented by `least` columns."""
    at = next_line(text, end)
    while (comment := _COMMENT.match(text, at)) and len(comment[1]) >= least:
        at = next_line(text, at)
    return at


def _in_nothing(text: str, laid: Laid | None) -> list[int]:
    """Where entries go in a file that holds only comments: after them, but before the mark that ends a document."""
    if laid is not None:
        return [laid.start]
    mark = re.search(r"^\.\.\.", text, re.MULTILINE)
    return [len(text), *([mark.start()] if mark else [])]


def next_line(text: str, at: int) -> int:
    """The start of the line after the one that `at` stands in, or the end of `text`."""
    found = _LINE_END.search(text, at)
    return found.end() if found else len(text)


def line_start(text: str, at: int) -> int:
    """The start of the line that the character at `at` stands in."""
    return max(text.rfind(char, 0, at) for char in BREAKS) + 1


def line_break(text: str, at: int) -> str:
    """The line end before `at`; where there is none, the first one after it."""
    found: list[str] = EDITORS_BREAK.findall(text[:at])[-1:] or EDITORS_BREAK.findall(text)[:1]
    return found[0] if found else "\n"


# ---- blank lines -----------------------------------------------------------------------------------------------


def _apart(sheet: Sheet, laid: Pairs, depth: int) -> bool:
    """Whether a blank line parts its last entries; where it has but one, those of its like."""
    own = _gaps(sheet.yaml, laid)
    if own:
        return own[-1]
    alike = [gap for other in _at_depth(sheet.root, depth) for gap in _gaps(sheet.yaml, other)]
    if alike:
        return Counter(alike).most_common(1)[0][0]
    value = laid.pairs[-1][1]
    return depth == 0 and isinstance(value, Pairs) and not value.flow


def _gaps(text: str, laid: Pairs) -> list[bool]:
    """For each entry but the first, whether a blank line stands before it."""
    if laid.flow:
        return []
    found = []
    for (_, value), (key, _) in pairwise(laid.pairs):
        at = next_line(text, min(ends(text, value)))
        found.append(False)
        while at < key.start:
            found[-1] |= _BLANK.match(text, at) is not None
            at = next_line(text, at)
    return found


def _at_depth(laid: Laid | None, depth: int) -> Iterator[Pairs]:
    """The mappings that so many keys lead to."""
    if isinstance(laid, Pairs) and depth == 0:
        yield laid
    elif isinstance(laid, Pairs):
        for _, value in laid.pairs:
            yield from _at_depth(value, depth - 1)
