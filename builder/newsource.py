"""A new source in a briefing: its id, its siglum, its file in seeds/, and the files that would hold it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from builder.build import Studied
from builder.desk import Desk
from builder.diagnostics import Place, printable
from builder.editing import EditError, insert
from builder.ids import free_id
from builder.inputs import StoreError
from builder.intake import Intake
from builder.intake.entry import entry_of, free_siglum, host_slug, slug
from builder.yamldoc import Node, decode, parse_yaml

_NONE = Node(Place(""), "")
_EMPTY = re.compile(r"^sources:[ \t]*\{[ \t]*\}", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the curator says, and what the article came from."""

    id: str = ""
    name: str = ""
    """Of the file in seeds/."""
    stem: str = ""
    """The name, without its ending, of the file that the article came from."""
    address: str = ""
    """The one it came from."""
    in_seeds: str = ""
    """The name of the file in seeds/ that it is already."""
    translation: str = ""
    """What its headline means, in the language of the site."""


@dataclass(frozen=True, slots=True)
class Addition:
    """A new source, ready to be printed or written."""

    id: str
    siglum: str
    article: str
    """The name of its file in seeds/."""
    entry: str
    """For `sources:`, not indented."""
    seed: bytes | None
    """What has to be written to `article`; None where it stands there already."""
    studied: Studied = field(repr=False)

    @property
    def sources(self) -> str:
        """The path of the file that the entry belongs in."""
        return self.studied.texts.path("sources.yaml")

    def files(self) -> dict[str, bytes]:
        """What would be written, by path from the root. Raises StoreError where sources.yaml cannot take it."""
        before = self.studied.texts.files.get(self.sources, b"")
        try:
            # In braces an entry would stand on one line, without its comments.
            text = insert(self.sources, _EMPTY.sub("sources:", before.decode(), count=1), ["sources"], self.entry)
        except (EditError, UnicodeDecodeError) as error:
            raise StoreError(f"{error} Paste the entry by hand.") from error
        seed = {f"seeds/{self.article}": self.seed} if self.seed is not None else {}
        return {**seed, self.sources: text.encode()}


def add_source(desk: Desk, studied: Studied, intake: Intake, wishes: Wishes) -> Addition:
    """Find its place in a briefing. Raises StoreError where there is none."""
    known = _sources(studied)
    if wishes.id and wishes.id in known:
        raise StoreError(f"There is a source `{wishes.id}` already; give another --id.")
    outlet = intake.fields["outlet"].value if "outlet" in intake.fields else ""
    address = wishes.address or (intake.fields["url"].value if "url" in intake.fields else "")
    named = slug(outlet) or host_slug(address) or slug(wishes.stem) or "source"
    id_ = wishes.id or free_id(named, known)
    article, seed = _article(desk, known, intake.seed, wishes, id_)
    siglum = free_siglum({text for one in known.values() for text in _texts(one, "siglum")})
    if siglum is None:
        raise StoreError("All sigla from A to Z9 are taken; a briefing should hold fewer sources.")
    entry = entry_of(intake, id_, siglum, article, desk.site.language, wishes.translation)
    return Addition(id_, siglum, article, entry, seed, studied)


def _sources(studied: Studied) -> dict[str, Node]:
    """The sources that a briefing has, faulty ones too. Raises StoreError where nobody can tell."""
    file = studied.texts.path("sources.yaml")
    text = decode(file, studied.texts.files.get(file, b"")).value
    root = parse_yaml(file, text).value if text is not None else None
    found = root.content.get("sources", _NONE).content if root and isinstance(root.content, dict) else None
    if found == "":
        return {}
    if not isinstance(found, dict):
        raise StoreError(f"{printable(file)} cannot be read; `variorum check` says why. Put that right first.")
    return found


def _texts(node: Node, key: str) -> Iterator[str]:
    value = node.content.get(key) if isinstance(node.content, dict) else None
    if value is not None and isinstance(value.content, str):
        yield value.content


def _article(desk: Desk, known: dict[str, Node], data: bytes, wishes: Wishes, id_: str) -> tuple[str, bytes | None]:
    """The name of the file in seeds/, and what has to be written there, if anything."""
    same = [wishes.in_seeds] if wishes.in_seeds else [name for name, seed in desk.articles.items() if seed == data]
    used = {name: source for source, one in known.items() for name in _texts(one, "article")}
    for name in same:
        if name in used:
            raise StoreError(f"seeds/{printable(name)} is in the briefing already, as `{printable(used[name])}`.")
    if wishes.in_seeds:
        return wishes.in_seeds, None
    if wishes.name:
        if wishes.name in desk.articles and wishes.name not in same:
            raise StoreError(f"There is another text in seeds/{wishes.name}; give another --name.")
        return wishes.name, None if wishes.name in same else data
    if same:
        return same[0], None
    return f"{free_id(id_, _stems(desk.articles))}.txt", data


def _stems(names: Iterable[str]) -> set[str]:
    """Without their ending, as a disk sees them that does not tell small letters from capitals."""
    return {name.removesuffix(".txt").casefold() for name in names}
