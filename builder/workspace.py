"""A site's folder as an editor sees it: schemas, modelines and the editor's own files, and which are not current.

What a person may have changed stays; nothing is written or removed through a link.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from builder.desk import held, write_files
from builder.diagnostics import printable
from builder.editors.schemas import MARK
from builder.editors.vscode import FOLDER, own_files, schema_files, schema_of, with_modeline
from builder.inputs import StoreError, opened
from builder.written import Texts


@dataclass(frozen=True, slots=True)
class Plan:
    """What is not current. Paths are from the site's root."""

    writes: dict[str, bytes]
    """In order: schemas, the editor's own files, files of content that get a modeline."""
    held: dict[str, bytes | None]
    """What each of them holds now; None where there is none."""
    removals: tuple[str, ...]
    """Schemas of briefings that are gone."""
    left: tuple[str, ...]
    """The editor's own files that say something else than they would if they were written now: a person's."""


def plan(root: Path) -> Plan:
    """What would make a site's folder current. Raises StoreError where it cannot be read, or holds no site."""
    with opened(root) as reader:
        site, names = reader.site(), reader.names()
        briefings = [texts for name in names if (texts := reader.briefing(name))]
    if site is None and not names:
        raise StoreError(f"There is no site in {printable(str(root))}: no site.yaml, no briefing. Nothing was written.")
    schemas, own = schema_files(briefings), own_files()
    content = {path: data for texts in briefings for path, data in sorted(texts.files.items())}
    content |= {"site.yaml": site} if site is not None else {}
    now: dict[str, bytes | None] = {path: held(root, path) for path in (*schemas, *own)}
    now |= content
    left = tuple(path for path, data in own.items() if now[path] not in (None, data))
    wanted = schemas | {path: data for path, data in own.items() if now[path] is None}
    wanted |= {path: with_modeline(path, data) for path, data in content.items() if schema_of(path)}
    writes = {path: data for path, data in wanted.items() if now[path] != data}
    return Plan(writes, {path: now[path] for path in writes}, tuple(_gone(root, set(names))), left)


def carry_out(root: Path, todo: Plan) -> None:
    """Write and remove what was planned. Raises StoreError where the disk refuses or a file changed meanwhile."""
    write_files(root, todo.writes, todo.held)
    for path in todo.removals:
        file = root / path
        try:
            file.unlink()
        except OSError as error:
            raise StoreError(f"{printable(path)} cannot be removed: {error.strerror}.") from error
        with suppress(OSError):  # it holds something else
            file.parent.rmdir()


def renew(root: Path) -> None:
    """Write the schemas that are not current, where a folder for them exists. Raises StoreError."""
    if not (root / FOLDER).is_dir():
        return
    with opened(root) as reader:
        briefings: list[Texts] = [texts for name in reader.names() if (texts := reader.briefing(name))]
    schemas = schema_files(briefings)
    now = {path: held(root, path) for path in schemas}
    write_files(root, {path: data for path, data in schemas.items() if now[path] != data}, now)


def _gone(root: Path, names: set[str]) -> Iterator[str]:
    """Schemas that the builder once wrote for a briefing that is not there any more."""
    folder = root / FOLDER
    for briefing in sorted(folder.iterdir()) if folder.is_dir() else ():
        if briefing.name in names or briefing.is_symlink() or not briefing.is_dir():
            continue
        for path in sorted(briefing.glob("*.json")):
            if _is_ours(path):
                yield f"{FOLDER}/{briefing.name}/{path.name}"


def _is_ours(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    try:
        schema = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(schema, dict) and schema.get("$comment") == MARK
