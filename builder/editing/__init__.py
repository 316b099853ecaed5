"""Changing YAML that a person laid out: comments, blank lines, quotation marks and line ends stay as they are.

Every result is read again before it is given: it says what was said before with the change, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from builder.diagnostics import Fix, printable
from builder.editing.layout import EditError, Items, Laid, Pairs, Scalar, Sheet, data_of, scalars_of, sheet_of
from builder.editing.placing import Splice, Spot, openings, spliced, ways_in
from builder.yamldoc import EDITORS_BREAK, Data, parse_yaml
from builder.yamltext import entries, rewritten, scalar

__all__ = ["EditError", "entries", "insert", "replace", "scalar"]

MAX_ALONE = 50
"""So many texts are tried one by one where they do not go in as one would first write them. Each takes a reading."""


# ---- other texts -----------------------------------------------------------------------------------------------


def replace(file: str, text: str, fixes: Iterable[Fix]) -> str:
    """`text` of the file with each fix's text in the place of the scalar or key that starts at its place.

    `text` may start with a byte order mark and have any line ends. How a scalar is written stays where it can: plain,
    in one or two quotation marks, as a block. Raises EditError.
    """
    sheet = sheet_of(file, text)
    wanted = _wanted(sheet, text, fixes)
    expected = data_of(sheet.root, {one.number: new for one, new in wanted})
    changed = [(one, new) for one, new in wanted if new != one.text]
    likest = [next(_splices(sheet, one, new)) for one, new in changed]
    after = sheet.reads(spliced(sheet.yaml, likest), expected)
    if after is None and len(changed) <= MAX_ALONE:
        sure = [_sure(sheet, one, new) for one, new in changed]
        after = sheet.reads(spliced(sheet.yaml, sure), expected)
    if after is None:
        raise EditError(f"{printable(file)}: these texts do not go into it together.")
    return after


def _wanted(sheet: Sheet, text: str, fixes: Iterable[Fix]) -> list[tuple[Scalar, str]]:
    """The scalars that are to change, each once, and their new texts."""
    by_place = sheet.scalars()
    lines = EDITORS_BREAK.split(text.removeprefix("\ufeff"))
    wanted: dict[int, tuple[Scalar, str]] = {}
    for fix in fixes:
        place = fix.place
        found = by_place.get((place.line, place.column))
        if place.file != sheet.file or found is None or (place.text and place.text != lines[place.line - 1]):
            raise EditError(f"{printable(place.file)}:{place.line}: what should change does not stand here.")
        if wanted.setdefault(found.number, (found, fix.text))[1] != fix.text:
            raise EditError(f"{printable(place.file)}:{place.line}: this would change in two ways at once.")
    return list(wanted.values())


def _splices(sheet: Sheet, one: Scalar, new: str) -> Iterator[Splice]:
    """Ways to write `new` in the place of a scalar, the likest first."""
    start, end = one.stretch(sheet.yaml)
    if one.empty:
        return ((start, end, before + scalar(new, flow=one.flow)) for before in openings(sheet.yaml, start))
    ways = rewritten(sheet.yaml[start:end], one.style, one.text, new, flow=one.flow)
    return ((start, end, way) for way in ways)


def _sure(sheet: Sheet, one: Scalar, new: str) -> Splice:
    """The first of them that reads back. Raises EditError where none does."""
    expected = data_of(sheet.root, {one.number: new})
    for splice in _splices(sheet, one, new):
        if sheet.reads(spliced(sheet.yaml, [splice]), expected) is not None:
            return splice
    line = sheet.first_line + len(EDITORS_BREAK.findall(sheet.yaml[: one.start]))
    raise EditError(f"{printable(sheet.file)}:{line}: “{printable(new)}” cannot be written here.")


# ---- more entries ----------------------------------------------------------------------------------------------


def insert(file: str, text: str, path: Sequence[str], yaml: str) -> str:
    """`text` of the file with the entries `yaml` at the end of the mapping at `path`.

    `text` may start with a byte order mark and have any line ends. `yaml` is in block style, not indented; its comments
    are left out where the mapping is written in braces. Missing keys of `path` are made. Raises EditError.
    """
    sheet = sheet_of(file, text)
    read = parse_yaml("", yaml if yaml.endswith(("\n", "\r")) else f"{yaml}\n")
    new = read.value.data() if read.value and not read.diagnostics else None
    if not isinstance(new, dict):
        raise EditError(f"{printable(file)}: what should be added is no list of entries `key: value`.")
    spot = _spot(sheet, path)
    known = spot.laid.pairs if isinstance(spot.laid, Pairs) and not spot.missing else ()
    for key, _ in known:
        if key.text in new:
            raise EditError(f"{printable(file)}: `{printable(key.text)}` is there already.")
    if not new:
        return text
    expected = _with(data_of(sheet.root, {}), path, new)
    for splices in ways_in(sheet, spot, new, yaml):
        if (after := sheet.reads(spliced(sheet.yaml, splices), expected)) is not None:
            return after
    where = f"to `{printable('.'.join(path))}`" if path else "at the end"
    last = list(scalars_of(sheet.root))[-1:]
    open_end = last and last[0].style in ("|", ">") and not sheet.yaml.endswith(("\n", "\r"))
    cure = " End the file with a line break first." if open_end else ""
    raise EditError(f"{printable(file)}: nothing can be added {where}, as it is laid out there.{cure}")


def _spot(sheet: Sheet, path: Sequence[str]) -> Spot:
    """As far as the path leads."""
    at: Laid | None = sheet.root
    key = None
    for depth, name in enumerate(path):
        _expect_mapping(sheet, at, path[:depth])
        pair = at.get(name) if isinstance(at, Pairs) else None
        if pair is None:
            return Spot(at, key, depth, path[depth:])
        key, at = pair
    _expect_mapping(sheet, at, path)
    return Spot(at, key, len(path), ())


def _expect_mapping(sheet: Sheet, laid: Laid | None, path: Sequence[str]) -> None:
    if isinstance(laid, Items) or (isinstance(laid, Scalar) and not laid.empty):
        what = f"`{printable('.'.join(path))}`" if path else "the file"
        raise EditError(f"{printable(sheet.file)}: {what} holds a text or a list, so entries cannot be added.")


def _with(data: Data, path: Sequence[str], new: Mapping[str, Data]) -> Data:
    """`data` with entries added at `path`; what is empty there becomes a mapping."""
    inner = data if isinstance(data, dict) else {}
    if not path:
        return {**inner, **new}
    return {**inner, path[0]: _with(inner.get(path[0], {}), path[1:], new)}
