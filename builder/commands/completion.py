"""What a shell offers on the Tab key: briefings, sources, claims and the like. Where nothing is known, nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from builder.inputs import opened
from builder.routes import is_name

Offer = Callable[[click.Context, click.Parameter, str], list[CompletionItem[str]]]


def _offer(find: Callable[[Path, str | None], Iterable[str]]) -> Offer:
    """Those ids of what `find` finds in a site and briefing that start with what is typed.

    Ids alone, as other keys of a file could steer the shell or its terminal.
    """

    @wraps(find)
    def offered(context: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem[str]]:
        root, briefing = context.params.get("root"), context.params.get("briefing")
        try:
            found = [*find(Path(root or "."), briefing)]
        except Exception:  # noqa: BLE001  (a traceback amid somebody's typing helps nobody)
            return []
        return [CompletionItem(id_) for id_ in found if id_.startswith(typed) and is_name(id_)]

    return offered


@_offer
def briefings(root: Path, _: str | None) -> Iterable[str]:
    """The names of a site's briefings."""
    with opened(root) as reader:
        return reader.names()


@_offer
def sources(root: Path, briefing: str | None) -> Iterable[str]:
    """The ids of a briefing's sources, or of those of the only one."""
    return _keys(root, briefing, "sources.yaml", ("sources",))


@_offer
def claims(root: Path, briefing: str | None) -> Iterable[str]:
    """The ids of a briefing's claims, or of those of the only one."""
    return _keys(root, briefing, "claims", ())


@_offer
def events(root: Path, briefing: str | None) -> Iterable[str]:
    """The ids of a briefing's events, or of those of the only one."""
    return _keys(root, briefing, "timeline.yaml", ())


@_offer
def topics(root: Path, briefing: str | None) -> Iterable[str]:
    """The ids of a briefing's topics, or of those of the only one."""
    return _keys(root, briefing, "briefing.md", ("topics",))


def _keys(root: Path, briefing: str | None, start: str, within: tuple[str, ...]) -> Iterable[str]:
    """The keys of a mapping in those files of a briefing whose paths start with a word."""
    from builder.yamldoc import decode, parse_yaml

    with opened(root) as reader:
        names = reader.names()
        name = names[0] if briefing is None and len(names) == 1 else briefing
        texts = reader.briefing(name) if name in names and name else None
    for path, data in sorted(texts.files.items()) if texts else ():
        if path.startswith(f"content/{name}/{start}"):
            text = decode(path, data).value or ""
            if path.endswith(".md"):  # its front matter, between the first two lines `---`
                text = re.split(r"^---[ \t]*$", text, maxsplit=2, flags=re.MULTILINE)[1]
            node = parse_yaml(path, text).value
            for key in within:
                node = node.content.get(key) if node and isinstance(node.content, dict) else None
            yield from node.content if node and isinstance(node.content, dict) else ()
