"""One item more in a list that a person laid out; what stands alone in its place becomes the list's first item."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from builder.diagnostics import printable
from builder.editing.indentation import habits_of
from builder.editing.layout import BREAKS, EditError, Items, Laid, Pairs, Scalar, Sheet, data_of, sheet_of
from builder.editing.placing import Splice, after_comments, ends, line_break, line_start, next_line, spliced
from builder.yamldoc import EDITORS_BREAK, Data
from builder.yamltext import STEP, flow, items


@dataclass(frozen=True, slots=True)
class _Alone:
    """What stands where a list will be."""

    holder: Pairs
    key: Scalar
    value: Scalar | Pairs
    beside: tuple[tuple[Scalar, Laid], ...]
    """The entries of the holder that say more of it; they go with it."""
    name: str
    """The key under which a bare text stands once something goes with it."""


def append(
    file: str, text: str, path: Sequence[str], item: Data, *, name: str = "", beside: Collection[str] = ()
) -> str:
    """`text` of the file with `item` at the end of the list at `path`.

    What is no list there becomes the first item of one. The entries `beside` it, by their keys, are then moved into
    that item: a bare text becomes a mapping in which it stands under `name`. Lines keep their comments. Raises
    EditError.
    """
    sheet = sheet_of(file, text)
    holder, key, value = _found(sheet, path)
    said = [pair for pair in holder.pairs if pair[0].text in beside]
    where = f"{printable(file)}: `{printable('.'.join(path))}`"
    if isinstance(value, Items):
        if said:
            raise EditError(f"{where} is a list, and `{printable(said[0][0].text)}` stands beside it.")
        ways = [_in_brackets(value, item)] if value.flow else [_below(sheet.yaml, holder, value, item)]
    else:
        known = [pair[0].text for pair in said if isinstance(value, Pairs) and value.get(pair[0].text)]
        if known or (isinstance(value, Scalar) and value.empty):
            raise EditError(f"{where} cannot become a list, as it is laid out there.")
        alone = _Alone(holder, key, value, tuple(said), name)
        ways = [*(_all_in_braces(sheet.yaml, alone, item) if holder.flow else _as_list(sheet, alone, item))]
    expected = _with_item(data_of(sheet.root, {}), path, item, name, beside)
    for splices in ways:
        if (after := sheet.reads(spliced(sheet.yaml, splices), expected)) is not None:
            return after
    raise EditError(f"{where} takes no item more, as it is laid out there.")


def lines_at(file: str, text: str, path: Sequence[str]) -> str:
    """The whole lines of the file that the entry at `path` stands on, each ended by a line feed. Raises EditError."""
    sheet = sheet_of(file, text)
    _, key, value = _found(sheet, path)
    start, end = line_start(sheet.yaml, key.start), next_line(sheet.yaml, ends(sheet.yaml, value)[0])
    return EDITORS_BREAK.sub("\n", sheet.yaml[start:end]).removesuffix("\n") + "\n"


def _found(sheet: Sheet, path: Sequence[str]) -> tuple[Pairs, Scalar, Laid]:
    """The entry at a path, and the mapping that it stands in."""
    at: Laid | None = sheet.root
    holder, key = None, None
    for name in path:
        pair = at.get(name) if isinstance(at, Pairs) else None
        if not isinstance(at, Pairs) or pair is None:
            raise EditError(f"{printable(sheet.file)}: there is no `{printable('.'.join(path))}`.")
        holder, (key, at) = at, pair
    if holder is None or key is None or at is None:
        raise EditError(f"{printable(sheet.file)}: the file itself is no list.")
    return holder, key, at


def _with_item(data: Data, path: Sequence[str], item: Data, name: str, beside: Collection[str]) -> Data:
    """What is to be said; the path is known to lead somewhere."""
    assert isinstance(data, dict)
    first, *rest = path
    if rest:
        return {**data, first: _with_item(data[first], rest, item, name, beside)}
    value = data[first]
    if isinstance(value, list):
        return {**data, first: [*value, item]}
    moved = {key: inner for key, inner in data.items() if key in beside}
    one: Data = {**(value if isinstance(value, dict) else {name: value}), **moved} if moved else value
    return {key: [one, item] if key == first else inner for key, inner in data.items() if key not in moved}


# ---- in brackets -----------------------------------------------------------------------------------------------


def _in_brackets(value: Items, item: Data) -> list[Splice]:
    if not value.items:
        return [(value.start + 1, value.start + 1, flow(item))]
    return [(value.items[-1].end, value.items[-1].end, f", {flow(item)}")]


def _all_in_braces(text: str, alone: _Alone, item: Data) -> Iterator[list[Splice]]:
    """Where the whole entry stands in braces."""
    value, pairs = alone.value, alone.holder.pairs
    moved = "".join(f", {text[key.start : inner.end]}" for key, inner in alone.beside)
    after = f", {flow(item)}]"
    if not moved:
        yield [(value.start, value.start, "["), (value.end, value.end, after)]
        return
    gone: list[Splice] = []
    kept = False
    for index, (key, inner) in enumerate(pairs):
        if (key, inner) not in alone.beside:
            kept = True
            continue
        # Each goes with the comma before it; those before the first that stays, with the comma after them.
        low, high = (pairs[index - 1][1].end, inner.end) if kept else (key.start, pairs[index + 1][0].start)
        if "#" in text[low : key.start] + text[inner.end : high]:
            return  # a comment would be lost
        gone.append((low, high, ""))
    if isinstance(value, Scalar):
        around = (f"[{{{alone.name}: ", f"{moved}}}{after}")
        yield [(value.start, value.start, around[0]), (value.end, value.end, around[1]), *gone]
    elif value.pairs:
        inside = value.pairs[-1][1].end
        yield [(value.start, value.start, "["), (inside, inside, moved), (value.end, value.end, after), *gone]


# ---- on lines of their own -------------------------------------------------------------------------------------


def _below(text: str, holder: Pairs, value: Items, item: Data) -> list[Splice]:
    """After the last item and its comments. A comment in the column of the keys belongs to the next key."""
    least = value.column + (value.column <= holder.column)
    at = after_comments(text, ends(text, value)[0], least)
    return [_lines(text, at, items([item], value.column))]


def _lines(text: str, at: int, lines: str) -> Splice:
    """Whole lines before the one that starts at an offset, or at the end."""
    newline = line_break(text, at)
    unfinished = at > 0 and line_start(text, at) != at
    return at, at, (newline if unfinished else "") + lines.replace("\n", newline)


def _as_list(sheet: Sheet, alone: _Alone, item: Data) -> Iterator[list[Splice]]:
    """The value as the first item, on a line below its key, with its own lines moved as far as it is."""
    text, value, key = sheet.yaml, alone.value, alone.key
    low = len(text[: value.start].rstrip(" \t"))
    below = line_start(text, low) == low  # it starts on a line of its own
    dash = habits_of(sheet.root, None).dash
    column = value.column if below else key.column + (STEP if dash is None else dash)
    inner = column + STEP
    named = f"{alone.name}: " if alone.beside and isinstance(value, Scalar) else ""
    shift = inner - (value.column if below else key.column) + (STEP if named and below else 0)
    end = next_line(text, ends(text, value)[0])
    gone = [_own_lines(text, *pair) for pair in alone.beside]
    if None in gone or (gone and isinstance(value, Pairs) and value.flow):
        return  # what goes with it would have to be written anew
    stretches = [stretch for stretch in gone if stretch]
    moved = "".join(_further(text[start:stop], inner - alone.holder.column) for start, stop in stretches)
    head = f"{'' if below else line_break(text, low) + ' ' * column}- {named}"
    yield [
        (value.start if below else low, value.start, head),
        *_shifted(text, value.start, end, shift),
        _lines(text, end, moved + items([item], column)),
        *((start, stop, "") for start, stop in stretches),
    ]


def _own_lines(text: str, key: Scalar, value: Laid) -> tuple[int, int] | None:
    """The lines that an entry has to itself, with the comment beside it; None where it shares its first one."""
    start = line_start(text, key.start)
    return None if text[start : key.start].strip(" ") else (start, next_line(text, ends(text, value)[0]))


def _further(lines: str, columns: int) -> str:
    """Whole lines further to the right, each ended by a line feed."""
    every = EDITORS_BREAK.split(EDITORS_BREAK.sub("\n", lines).removesuffix("\n"))
    return "".join(f"{' ' * columns}{line}\n" if line else "\n" for line in every)


def _shifted(text: str, start: int, end: int, columns: int) -> Iterator[Splice]:
    """The lines between two offsets further to the right, all but the first."""
    at = next_line(text, start)
    while at < end:
        following = next_line(text, at)
        if text[at:following].strip(BREAKS):
            yield at, at, " " * columns
        at = following
