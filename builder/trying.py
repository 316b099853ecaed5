"""What is at fault in a site's own templates and catalogues, before anything is built: each is read and tried.

Templates are tried on a small briefing that shows all that pages can say (specimen.py). What only a certain claim of a
certain briefing brings up is told by the build.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import TemplateError, TemplateNotFound, nodes

from builder import catalogues
from builder.build import specimen_analysis, specimen_pages
from builder.diagnostics import Diagnostic, Place, in_order, place_in, printable
from builder.inputs import read_words
from builder.jinja import Templates
from builder.mistakes import Mistake, meant, mistake
from builder.model import Cards, Site
from builder.overlay import FONTS_FOLDER, STATIC_FOLDER, WORDS_FOLDER
from builder.pages import card_of
from builder.render import card_svg, environment, picture, render
from builder.scan import OURS, is_file, shared_stamps, template_names, templates_of
from builder.templating import catalogue_path, words_of
from builder.words import ENGLISH, Words

if TYPE_CHECKING:
    from builder.pages.cards import Card
    from builder.painting import Painter

TOP = "templates"
"""What a site calls the folder."""


def faults_of_templates(root: Path, site: Site) -> list[Diagnostic]:
    """All that is at fault in a site's own catalogues and templates, in order of place; without any there is none.

    Raises StoreError where one of them cannot be read.
    """
    if (root / TOP).is_symlink():
        return [_link(TOP)]
    folders = templates_of(str(root))
    if os.path.realpath(folders[0]) != os.path.realpath(root / TOP):
        return []
    _, stamps, _ = shared_stamps(str(root), folders)
    if links := [path for path, stamp in sorted(stamps.items()) if not is_file(stamp)]:
        return [_link(path) for path in links]  # and nothing is read: it could stand anywhere
    return list(_faults(tuple(map(Path, folders)), site, tuple(sorted(stamps.items()))))


def _link(path: str) -> Diagnostic:
    said = f"{printable(path)} is a symbolic link, or no ordinary file."
    return Diagnostic("symlink", said, Place(printable(path)), "Put what it leads to in its place.")


@lru_cache(maxsize=1)
def _faults(folders: tuple[Path, ...], site: Site, stamps: object) -> tuple[Diagnostic, ...]:  # noqa: ARG001
    """The same, as long as no file's stamp is another: one process may check again and again."""
    own = folders[0]
    found = list(_of_catalogues(own, site.language))
    names = [name for name in template_names(str(own)) if not name.startswith(_NO_TEMPLATES)]
    if names:
        words = ENGLISH if found else words_of(folders, site.language)
        templates = environment(folders[-1], words, own if len(folders) > 1 else None, site.language)
        found += _of_templates(own, names, templates, site)
    return tuple(in_order(found))


_NO_TEMPLATES = (STATIC_FOLDER, WORDS_FOLDER, FONTS_FOLDER)


def _of_catalogues(own: Path, language: str) -> Iterator[Diagnostic]:
    wanted = dict.fromkeys([*catalogues.names(language), "en"])
    for one, data in read_words(own, list(wanted)).items():
        path = catalogue_path(one)
        for fault in catalogues.faults(catalogues.File(one, path, data)):
            place = _place(path, data.decode("utf-8-sig", "replace"), fault.line)
            said = f"{fault.why[:1].upper()}{fault.why[1:]}."
            if fault.message:
                yield Diagnostic("translation-misfit", printable(said), place, _MISFIT)
            else:
                yield Diagnostic("catalogue-unreadable", printable(said), place, _UNREADABLE)


_MISFIT = "Say it with what the message has, letter by letter; or leave msgstr empty, and it stays English."
_UNREADABLE = "Programs such as Poedit write catalogues as they have to be."


def _of_templates(own: Path, names: Sequence[str], templates: Templates, site: Site) -> Iterator[Diagnostic]:
    """Each template as it is written; and where all can be read, what comes up while pages are made."""
    found = [fault for name in names for fault in _of_text(name, own / name, templates)]
    found = found or list(_of_others(own, names, templates))
    found = found or list(_of_pages(templates, site, templates.words))
    if not found and any(name.endswith(".svg") for name in names):
        found = list(_of_pictures(own, templates, site))
    for fault in dict.fromkeys(found):
        said = f"{fault.said[:1].upper()}{fault.said[1:]}."
        yield Diagnostic("template-fault", said, _place_of(own, fault), fault.cure)


def _of_text(name: str, path: Path, templates: Templates) -> Iterator[Mistake]:
    """What can be seen without a page: whether it can be read, and whether what it names is there."""
    try:
        templates.get_template(name)
        tree = _tree(name, templates)
    except Exception as error:  # noqa: BLE001  (whatever it is, it is told)
        found = mistake(error, templates) or Mistake("", 1, str(error))
        yield found if found.file else replace(found, file=str(path))
        return
    for node in tree.find_all((nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)):
        named = _named(node)
        if named and not getattr(node, "ignore_missing", False):
            try:
                yield from _of_import(node, _tree(named, templates), named, path)
            except TemplateNotFound as error:
                found = mistake(error, templates) or Mistake("", 1, str(error))
                yield replace(found, file=str(path), line=node.lineno)
            except TemplateError:
                pass  # told of that template


def _of_import(node: nodes.Node, tree: nodes.Template, named: str, path: Path) -> Iterator[Mistake]:
    there = _given(tree)
    for name in _taken(node):
        if name not in there:
            yield Mistake(str(path), node.lineno, f"“{named}” has no “{name}”", meant(name, there))


def _of_others(own: Path, names: Sequence[str], templates: Templates) -> Iterator[Mistake]:
    """What our templates take from the site's own, and these do not have."""
    ours = (name for name in templates.list_templates(extensions=["html", "svg"]) if name not in names)
    nodes_of_ours = [node for name in ours for node in _tree(name, templates).find_all(nodes.FromImport)]
    for named in names:
        taken = {name for node in nodes_of_ours if _named(node) == named for name in _taken(node)}
        if missing := sorted(taken - _given(_tree(named, templates)) if taken else ()):
            said = f"our templates take from here what it does not have: {', '.join(f'“{one}”' for one in missing)}"
            yield Mistake(str(own / named), 1, said, "Copy it from the one that came with the builder.")


def _taken(node: nodes.Node) -> list[str]:
    """What a tag imports by name."""
    names = node.names if isinstance(node, nodes.FromImport) else ()
    return [one if isinstance(one, str) else one[0] for one in names]


def _named(node: nodes.Node) -> str:
    """The template that a tag names, where that can be seen."""
    named = getattr(node, "template", None)
    return named.value if isinstance(named, nodes.Const) and isinstance(named.value, str) else ""


def _tree(name: str, templates: Templates) -> nodes.Template:
    assert templates.loader
    return templates.parse(templates.loader.get_source(templates, name)[0], name)


def _given(tree: nodes.Template) -> set[str]:
    """The names that others can import from a template, and maybe a few more. What it imports itself is not theirs."""
    macros = {node.name for node in tree.find_all(nodes.Macro)}
    stored = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
    return macros | stored


def _of_pages(templates: Templates, site: Site, words: Words) -> Iterator[Mistake]:
    for page in specimen_pages(site, words):
        try:
            render(page, templates)
        except Exception as error:  # noqa: BLE001  (what is no template's is raised again)
            yield _in_template(error, templates)


def _of_pictures(own: Path, templates: Templates, site: Site) -> Iterator[Mistake]:
    """What comes up while link previews are drawn, of each kind one, and while the pattern of a briefing is."""
    from builder.pages.cards import briefing_cards, digest_cards
    from builder.painting import painter

    analysis, words = specimen_analysis(), templates.words
    try:
        picture(analysis.anchored.briefing.name, card_of(analysis, words), templates)
    except Exception as error:  # noqa: BLE001
        yield _in_template(error, templates)
    drawing, every = painter([own]), replace(site, cards=Cards.ALL)
    cards = [*digest_cards(every, drawing.fonts, words), *briefing_cards(every, analysis, drawing.fonts, words)]
    for card in {card.template: card for card in cards}.values():
        yield from _of_card(card, drawing, templates)


def _of_card(card: Card, drawing: Painter, templates: Templates) -> Iterator[Mistake]:
    from builder.painting import no_picture

    try:
        drawn = card_svg(card.template, card.view, templates)
    except Exception as error:  # noqa: BLE001
        yield _in_template(error, templates)
        return
    try:
        drawing.paint(drawn)
    except ValueError as error:
        yield Mistake(templates.get_template(card.template).filename or card.template, 1, no_picture(error))


def _in_template(error: Exception, templates: Templates) -> Mistake:
    """What came up, if a template has to do with it. Raises the error itself where none has."""
    if found := mistake(error, templates):
        return found
    raise error


# ---- places ------------------------------------------------------------------------------------------------------

_NAMED = re.compile("“([^”]+)”")


def _place_of(own: Path, fault: Mistake) -> Place:
    """The line of a fault, in a template of the site's or in one of ours; of a name that it is about, that."""
    path = Path(fault.file)
    try:
        text = path.read_text("utf-8", "replace")
    except OSError:
        text = ""
    inside = path.is_relative_to(own)
    file = (
        f"{TOP}/{path.relative_to(own).as_posix()}" if inside else f"{OURS}/{fault.file.rpartition('/templates/')[2]}"
    )
    return _place(printable(file), text, fault.line, _NAMED.findall(fault.said))


def _place(file: str, text: str, number: int, words: Sequence[str] = ()) -> Place:
    """A line of a text, counted from 1; in it the last of the words, if one of them stands there."""
    lines = text.split("\n")
    if number > len(lines):
        return Place(file, number)
    line, start = lines[number - 1], sum(len(one) + 1 for one in lines[: number - 1])
    found = None
    for one in words:
        found = re.search(rf"(?<!\w){re.escape(one)}(?!\w)", line) or found
    bare = line.strip()
    at = found.start() if found else line.find(bare)
    return place_in(file, text, start + at, start + at + len(found[0] if found else bare))
