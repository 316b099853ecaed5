"""What each code means: the sections of messages.md, as values and as a sheet for a terminal.

A section is `## code`; under it the rule, why it exists, blocks that both examples share, **Wrong** and **Right** with
their blocks (in the form of tests/cases), and a last line with the severity and the place in the handbook.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from builder.diagnostics import Severity
from builder.reports import Paint, Role, unpainted

HANDBOOK = "content/README.md"

_BLOCK = re.compile(r"^```(\S+(?: \S+)?)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LAST = re.compile(r"An? (error|warning)[^.]*\. See \[([^\]]+)\]\(\.\./\.\./content/README\.md#[a-z0-9-]+\)\.")


class MessageFormatError(ValueError):
    """A section of messages.md is not in the form that all have; says which one."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of an example: `kind` says what it stands for, such as `evidence` or `yaml claims.yaml`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What one code means."""

    code: str
    group: str
    """The heading that it stands under."""
    severity: Severity
    """That which it has, or has first where it grows into an error."""
    rule: str
    """One paragraph; its first sentence fits on a line."""
    why: tuple[str, ...]
    """Paragraphs."""
    shared: tuple[Block, ...]
    """What the wrong and the right example have in common."""
    wrong: tuple[Block, ...]
    """None, as in `right`, where only a disk can be at fault."""
    right: tuple[Block, ...]
    last: str
    """The severity in words."""
    chapter: str
    """Of the handbook."""
    markdown: str
    """All of the section but its heading and last line."""

    @property
    def where(self) -> str:
        """The severity, and where the handbook says more, as sentences."""
        return f"{self.last}. {HANDBOOK} speaks of it under “{self.chapter}”."

    @property
    def brief(self) -> str:
        """The rule's first sentence."""
        return re.split(r"(?<=\.) ", self.rule, maxsplit=1)[0]


def explanations_in(text: str) -> list[Explanation]:
    """All sections of messages.md, in its order. Raises MessageFormatError."""
    return [_explanation(group, code, body) for group, code, body in _sections(text)]


def _sections(text: str) -> Iterator[tuple[str, str, str]]:
    """The heading above each section, its own, and what stands below; a line in a block is no heading."""
    group = code = ""
    body: list[str] = []
    fenced = False
    for line in [*text.splitlines(), "# "]:
        fenced ^= line.startswith("```")
        if not fenced and line.startswith(("# ", "## ")):
            if code:
                yield group, code, "\n".join(body)
            group = line[2:] if line.startswith("# ") else group
            code = "" if line.startswith("# ") else line[3:]
            body = []
        else:
            body.append(line)


def _explanation(group: str, code: str, body: str) -> Explanation:
    head, wrong, right = _halves(code, body)
    rule, *why = _paragraphs(head)
    tail = _paragraphs(right or head)[-1]
    last = _LAST.fullmatch(tail)
    if not last or not re.fullmatch(r"[a-z]+(?:-[a-z]+)*", code):
        raise MessageFormatError(f"{code}: the last line has to say the severity and the place in the handbook")
    return Explanation(
        code,
        group,
        Severity(last[1]),
        rule,
        tuple(paragraph for paragraph in why if paragraph != tail),
        tuple(_blocks(head)),
        tuple(_blocks(wrong)),
        tuple(_blocks(right)),
        tail.partition(". ")[0],
        last[2],
        body[: body.rindex("\n" + tail.split()[0])].strip(),
    )


def _halves(code: str, body: str) -> tuple[str, str, str]:
    """What stands before **Wrong**, between it and **Right**, and after."""
    parts = re.split(r"^\*\*(?:Wrong|Right)\*\*$", body, flags=re.MULTILINE)
    if len(parts) not in (1, 3):
        raise MessageFormatError(f"{code}: there has to be one **Wrong** and one **Right**, or neither")
    head, wrong, right = parts if len(parts) == 3 else [*parts, "", ""]
    return head, wrong, right


def _paragraphs(text: str) -> list[str]:
    return [" ".join(found.split()) for found in _BLOCK.sub("", text).split("\n\n") if found.strip()]


def _blocks(text: str) -> Iterator[Block]:
    for found in _BLOCK.finditer(text):
        yield Block(found[1], found[2])


def nearest(code: str, explanations: Iterable[Explanation]) -> list[str]:
    """At most three codes that somebody may have meant."""
    codes = [explanation.code for explanation in explanations]
    inside = [known for known in codes if code and code in known.split("-")]
    return list(dict.fromkeys([*get_close_matches(code, codes, 3), *inside]))[:3]


# ---- for a terminal ------------------------------------------------------------------------------------------------


def overview(explanations: Sequence[Explanation]) -> str:
    """All codes by group, each with the first sentence of its rule."""
    width = max(len(explanation.code) for explanation in explanations)
    lines: list[str] = []
    group = ""
    for explanation in explanations:
        if explanation.group != group:
            group = explanation.group
            lines += ["", group]
        kind = " (warning)" if explanation.severity is Severity.WARNING else ""
        lines.append(f"  {explanation.code:{width}}  {explanation.brief}{kind}")
    return "\n".join(lines[1:])


def sheet(explanation: Explanation, width: int, paint: Paint = unpainted) -> str:
    """One code: rule, why, the worked example, and where the handbook speaks of it."""
    role = Role(explanation.severity)
    parts = [paint(f"{explanation.severity}[{explanation.code}]", role)]
    parts += [textwrap.fill(text, width) for text in (explanation.rule, *explanation.why)]
    parts += map(_example, explanation.shared)
    if explanation.wrong:
        parts += [paint("Wrong", Role.ERROR), *map(_example, explanation.wrong)]
        parts += [paint("Right", Role.HELP), *map(_example, explanation.right)]
    parts.append(textwrap.fill(explanation.where, width))
    return "\n\n".join(parts)


def _example(block: Block) -> str:
    kind, _, name = block.kind.partition(" ")
    title = {"article": f"The article {name}".rstrip(), "evidence": "What the source says to the claim"}.get(kind, name)
    if kind == "missing":
        return f"  There is no {name}."
    return f"  {title}:\n\n{textwrap.indent(block.text.rstrip(), '    ')}"
