"""A site's own templates over ours: which of them reach no page, and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from difflib import get_close_matches

from builder.catalogues import is_catalogue
from builder.routes import STATIC, STYLE, is_static

STATIC_FOLDER, WORDS_FOLDER, FONTS_FOLDER = "static/", "words/", "fonts/"
"""What stands there is no template: files that are published, catalogues of the interface's words, fonts of link
previews."""
FONTS = (".ttf", ".otf")
"""How the names of fonts end."""


def unused(own: Collection[str], ours: Collection[str], source: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """The paths of a site's own files of which nothing is to be seen, each with the reason.

    All paths start below the folder of templates; `source` gives the text of an own template, also of one at fault.
    """
    templates = [name for name in own if not name.startswith((STATIC_FOLDER, WORDS_FOLDER, FONTS_FOLDER))]
    texts = {name: source(name) for name in templates}
    for name in sorted(own):
        if name.startswith(STATIC_FOLDER):
            if not is_static(name.removeprefix(STATIC_FOLDER)):
                yield name, _not_published(name)
        elif name.startswith(WORDS_FOLDER):
            if not is_catalogue(name.removeprefix(WORDS_FOLDER)):
                yield name, "here stand catalogues, each named by its language: es.po"
        elif name.startswith(FONTS_FOLDER):
            if not name.lower().endswith((*FONTS, ".txt", ".md")):
                yield name, "here stand fonts for link previews, TrueType or OpenType: .ttf, .otf"
        elif name not in ours and not _is_named(name, texts):
            near = get_close_matches(name, [one for one in ours if not one.startswith(STATIC_FOLDER)], 1)
            meant = f"; “{near[0]}” is meant?" if near else ""
            yield name, f"it replaces no template, and none of yours names it{meant}"


_DECLARED = re.compile(r"(--[\w-]+)\s*:(?!\s*light-dark\()")
_DARK = re.compile(r"@media[^{]*prefers-color-scheme:\s*dark[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")


def without_dark(sheet: str, tokens: str) -> list[str]:
    """The tokens that a site's own style sheet changes for the light and the dark alike, where ours have two values.

    Ink on paper is then hard to see for whoever has a dark screen.
    """
    both = set(_DECLARED.findall("".join(_DARK.findall(tokens))))
    dark = set(_DECLARED.findall("".join(_DARK.findall(sheet))))
    changed = dict.fromkeys(_DECLARED.findall(_DARK.sub("", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))))
    return [name for name in changed if name in both and name not in dark]


def _is_named(name: str, texts: dict[str, str]) -> bool:
    return any(f'"{name}"' in text or f"'{name}'" in text for other, text in texts.items() if other != name)


def _not_published(name: str) -> str:
    if name == STYLE:
        return "that sheet is made of several; put yours into css/site.css"
    if name.rpartition(".")[2] in STATIC:
        return "its name is not published: lower-case letters, digits and hyphens are, in at most three folders"
    return f"only files that end in {', '.join(f'.{one}' for one in STATIC)} are published"
