"""Changes in words: as text for a terminal, and as Markdown for a comment on GitHub.

Content is hostile: it can neither steer a terminal nor make a link, a mention, a reference or a heading.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise

from builder.changes import Change, Changes, Sign
from builder.changes.rewording import Kind, Line, Piece, clipped
from builder.diagnostics import printable
from builder.strings import plural

NOTHING = "Nothing that a reader would notice."
MOST = 60_000
"""Characters of Markdown; a comment on GitHub holds 65,536."""

Paint = Callable[[Kind, str], str]
"""Colours a piece that was made safe."""


def _total(changes: Changes) -> str:
    return f"{plural(changes.number, 'change')} that a reader would notice."


# ---- text ------------------------------------------------------------------------------------------------------


def _plain(_: Kind, text: str) -> str:
    return text


def as_text(changes: Changes, paint: Paint = _plain) -> str:
    """For a terminal. What is gone stands in [-…-], what has come in {+…+}, in colour or not."""
    out = [f"Note: {_text(note, paint)}." for note in changes.notes]
    out += [""] if out else []
    if not changes.number:
        return "\n".join([*out, NOTHING])
    for section in changes.sections:
        out.append(_text(section.title, paint))
        for group in section.groups:
            out.append(f"  {group.title}")
            for change in group.changes:
                out.append(f"  {change.sign.value} {_text(change.line, paint)}")
                out += (f"      {_text(detail, paint)}" for detail in change.details)
        out.append("")
    return "\n".join([*out, _total(changes)])


def _text(line: Line, paint: Paint) -> str:
    marks = {Kind.GONE: "[-{}-]", Kind.COME: "{{+{}+}}"}
    return "".join(paint(piece.kind, marks.get(piece.kind, "{}").format(printable(piece.text))) for piece in line)


# ---- Markdown --------------------------------------------------------------------------------------------------


def as_markdown(changes: Changes, most: int = MOST) -> str:
    """For a comment of a pull request: at most so many characters, and then the number of changes left out."""
    notes = [f"> Note: {_markdown(note)}.\n>" for note in changes.notes[:20]]
    if len(changes.notes) > 20:
        notes.append(f"> And {len(changes.notes) - 20} more notes.\n>")
    head = "\n".join([*notes, ""]) + "\n" if notes else ""
    if not changes.number:
        return f"{head}{NOTHING}\n"
    between = f"Between {_code(changes.before)} and {_code(changes.after)}: {_total(changes)}"
    out, told = [f"{head}{between}\n"], 0
    left = most - len(out[0]) - 100  # the last line, and line breaks
    for block, counts in _blocks(changes):
        if len(block) + 1 > left:
            return "\n".join([*out, f"\n… and {plural(changes.number - told, 'more change')}.\n"])
        out.append(block)
        left -= len(block) + 1
        told += counts
    return "\n".join([*out, ""])


def _blocks(changes: Changes) -> Iterator[tuple[str, int]]:
    """What may not be divided, in order: a heading with its first change, a change; and how many changes it holds."""
    for section in changes.sections:
        heads = [f"### {_markdown(section.title)}\n"]
        for group in section.groups:
            heads.append(f"**{group.title}**\n")
            for change in group.changes:
                yield "\n".join([*heads, _item(change)]), 1
                heads = []
            heads = [""]


def _item(change: Change) -> str:
    sign = {Sign.ADDED: "**New:** ", Sign.REMOVED: "**Removed:** "}.get(change.sign, "")
    details = (f"  - {_markdown(detail)}" for detail in change.details)
    return "\n".join([f"- {sign}{_markdown(change.line)}", *details])


def _markdown(line: Line) -> str:
    out = [_piece(piece) for piece in line if piece.text]
    marked = [piece.kind in (Kind.GONE, Kind.COME) for piece in line if piece.text]
    texts = [piece.text for piece in line if piece.text]
    # Beside a letter, emphasis neither opens before a mark nor closes after one; a hair space is hardly seen.
    for at, (one, other) in enumerate(pairwise(texts)):
        if (marked[at + 1] and not _parts(one[-1])) or (marked[at] and not _parts(other[0])):
            out[at] += "\u200a"
    return "".join(out)


def _parts(char: str) -> bool:
    """Whether emphasis may open after it and close before it: white space, punctuation."""
    return char.isspace() or unicodedata.category(char)[0] in "PS"


def _piece(piece: Piece) -> str:
    if piece.kind is Kind.NAME:
        return _code(piece.text)
    if piece.kind is Kind.OURS:
        return piece.text
    text = _harmless(printable(piece.text))
    stripped = text.strip()
    if piece.kind is Kind.THEIRS or not stripped:
        return text
    return f"~~{stripped}~~" if piece.kind is Kind.GONE else f"**{stripped}**"


_LIVE = (
    r"@(?=\w)",  # a mention, a mail address
    r"#(?=\d)|\bGH-(?=\d)",  # an issue
    r":(?=//)|\bwww(?=\.)",  # a web address
    r"[0-9a-f]{6}(?=[0-9a-f])",  # a commit
    r":(?=[\w+-]+:)",  # an emoji
)
"""After what a space without width keeps GitHub from making a link or a picture."""


def _harmless(text: str) -> str:
    """`text` as Markdown that shows just it."""
    broken = re.sub("|".join(_LIVE), "\\g<0>\u200b", text, flags=re.IGNORECASE)
    return re.sub(r"[\\`*_\[\]<>&~|$#]", r"\\\g<0>", broken)


def _code(text: str) -> str:
    """A code span, whatever `text` holds."""
    shown = printable(clipped(text)) or " "
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{pad}{shown}{pad}{fence}"
