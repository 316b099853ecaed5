"""Lines that are indented otherwise than their neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder.slips.lines import ENTRY, Slip, Stop, has_value, indent_of, last_before, line_at, next_after


def tab(lines: Sequence[str], stop: Stop) -> Iterator[Slip]:
    """A tab where only spaces indent."""
    for number in (stop.line, stop.context_line):
        line = line_at(lines, number)
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent:
            at = indent.index("\t")
            message = "The line is indented with a tab."
            cure = f"Indent with spaces, two for a tab:\n{line.expandtabs(2).rstrip()}"
            above, below = line_at(lines, last_before(lines, number)), line_at(lines, number + 1)
            beside = {len(other) - len(other.lstrip(" ")) for other in (above, below)}
            if len(beside) == 1 and ENTRY.match(above) and ENTRY.match(below) and not above.endswith(":"):
                cure = f"Indent with spaces, like the lines above and below:\n{' ' * beside.pop()}{line.strip()}"
            yield Slip("yaml-tab", number, at, len(indent) - at, message, cure)


def indentation(lines: Sequence[str], stop: Stop) -> Iterator[Slip]:
    """A line that fits neither its neighbours nor what is around them."""
    line = line_at(lines, stop.line)
    start = max(1, len(line) - len(line.lstrip()))
    if "expected '-' indicator" in stop.problem:
        column, opened = stop.context_column, line_at(lines, stop.context_line)
        first = ENTRY.match(opened[column:].removeprefix("- ")) if opened[column:].startswith("- ") else None
        items = [other for other in lines[stop.context_line : stop.line] if other[column:].startswith("- ")]
        beside = ENTRY.match(line) is not None and len(line) - len(line.lstrip()) == column
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
        above = line_at(lines, last_before(lines, stop.line))
        number = last_before(lines, stop.line)
        first, parent = ENTRY.match(above), ENTRY.match(line_at(lines, last_before(lines, number)))
        after = next_after(lines, stop.line)
        starts = first and has_value(first) and not first["dash"] and parent and not has_value(parent)
        if starts and parent and indent_of(parent.string) < indent_of(line) == indent_of(after) < indent_of(above):
            message = "This line is indented further than those below it."
            cure = f"Indent it like the line below:\n{' ' * indent_of(line)}{above.strip()}"
            yield Slip("yaml-indent", number, 0, indent_of(above), message, cure)
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
