"""The templates of a site, off the disk: read, compiled and remembered; its own before those of the builder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from builder import catalogues, render
from builder.diagnostics import printable
from builder.facts import Memory
from builder.freshness import PACKAGES, Digests
from builder.inputs import StoreError, read_static, read_words
from builder.jinja import Templates
from builder.mistakes import mistake
from builder.scan import OURS
from builder.unchanged import shown
from builder.words import Words

TEMPLATE = "template"
"""The kind of a compiled template in the builder's memory."""


def static_of(folders: Sequence[Path]) -> dict[str, bytes]:
    """What goes to the site as it is, by path below templates/static; the site's own before ours.

    Raises StoreError where a file cannot be read.
    """
    *own, ours = (folder / "static" for folder in folders)
    mine = read_static(own[0]) if own and own[0].is_dir() else {}
    return read_static(ours) | mine


@lru_cache(maxsize=1)
def compiled(folders: tuple[Path, ...], version: str, language: str) -> Templates:  # noqa: ARG001  (to be compared)
    """The templates, compiled once for each version and language. Raises StoreError."""
    *own, ours = folders
    return render.environment(ours, words_of(folders, language), own[0] if own else None, language)


def words_of(folders: Sequence[Path], language: str) -> Words:
    """The words of the interface, the site's own before ours. Raises StoreError where a catalogue is at fault."""
    wanted = dict.fromkeys([*catalogues.names(language), "en"])
    files = [
        catalogues.File(one, catalogue_path(one), data)
        for folder in folders
        for one, data in read_words(folder, list(wanted)).items()
    ]
    try:
        return _spoken(language, tuple(files))
    except catalogues.CatalogueError as error:
        raise StoreError(f"{printable(str(error))}. Nothing was written.") from error


@lru_cache(maxsize=2)
def _spoken(language: str, files: tuple[catalogues.File, ...]) -> Words:
    return catalogues.words_of(language, files)


def catalogue_path(language: str) -> str:
    """Where the catalogue of a language stands, for people."""
    return f"templates/words/{language}{catalogues.ENDING}"


def forget_templates() -> None:
    """Read and compile the templates again, even where they have the version that they had."""
    compiled.cache_clear()


@contextmanager
def template_faults() -> Iterator[None]:
    """A fault in a template becomes a StoreError that names its line; for one while rendering, the innermost."""
    try:
        yield
    except Exception as error:
        found = mistake(error)
        if found is None:
            raise  # no template has to do with it
        place = f"{printable(shown(found.file))}:{found.line}: " if found.file else ""
        raise StoreError(f"{place}{found.told} Nothing was written.") from error


def version_of(shared: Digests) -> str:
    """Tells templates apart: another one, and they are read again."""
    digests = sorted((path, digest) for path, digest in shared.items() if path.startswith(("templates/", f"{OURS}/")))
    return hashlib.sha256(repr(digests).encode()).hexdigest()


def load(templates: Templates, shared: Digests, memory: Memory) -> None:
    """Compile all templates: take what this very builder compiled before, and keep in its memory what is new."""
    if templates.cache:
        return
    compiler = [(p, d) for p, d in shared.items() if p.startswith(("builder/", PACKAGES))]
    prefix = hashlib.sha256(repr(sorted(compiler)).encode()).hexdigest()
    for name, _ in list(memory.all(TEMPLATE)):
        if not name.startswith(prefix):
            memory.put(TEMPLATE, name, None)
    render.compile_all(
        templates,
        lambda key: memory.get(TEMPLATE, prefix + key),
        lambda key, data: memory.put(TEMPLATE, prefix + key, data),
    )
    memory.keep()
