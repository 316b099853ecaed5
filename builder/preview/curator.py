"""What a curator asks for from a page: where something was written, a whole article, an entry, a line in the editor.

Everything is looked up on the disk as it is now, and only in the briefing that the page belongs to.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from builder.build import ANY_SITE, Studied, check_site, study
from builder.desk import open_desk, put
from builder.diagnostics import Diagnostic
from builder.editing import EditError, replace
from builder.freshness import Options
from builder.inputs import StoreError, opened
from builder.pages import SHOWN
from builder.preview import told
from builder.preview.entering import Entry, claims_for, entry
from builder.preview.opening import OpenError, open_in_editor
from builder.preview.places import places
from builder.preview.reading import ArticleError, reading
from builder.reports import as_text
from builder.routes import ItemRoute, route_of
from builder.scan import templates_of
from builder.templating import words_of
from builder.words import Words

Asked: TypeAlias = Mapping[str, Any]
Answers: TypeAlias = Mapping[str, Callable[[Asked], dict[str, Any]]]

LONGEST = 1000
"""Characters of a name that is asked for."""


class Refusal(Exception):
    """What was asked for cannot be done; the message is for the curator."""


REFUSALS = (Refusal, ArticleError, EditError, OpenError, StoreError)
"""All that say, in words for the curator, why something cannot be done."""


class Curator:
    """Answers by name: those that only read, and those that do something."""

    def __init__(self, root: Path, editor: str | None) -> None:
        self._root = root
        self._editor = editor
        self.reads: Answers = {"places": self._places, "article": self._article, "claims": self._claims}
        self.does: Answers = {"open": self._open, "fix": self._fix, "entry": self._entry, "write": self._write}

    def without_paths(self, sentence: str) -> str:
        """A sentence without the path of the site's folder on this computer."""
        return told.without_paths(sentence, str(self._root))

    def _study(self, page: str) -> Studied:
        """The briefing that a page belongs to, whatever its faults."""
        name = page.partition("/")[0]
        with opened(self._root) as reader:
            if name not in reader.names():
                raise Refusal("This page belongs to no briefing.")
            site = check_site(reader.site(), Options(drafts=True)).value or ANY_SITE
            texts = reader.briefing(name)
            found = study(texts, site, reader.articles()) if texts else None
        if found is None:
            raise Refusal("The briefing cannot be read.")
        return found

    # ---- reading ----

    def _places(self, asked: Asked) -> dict[str, Any]:
        page = _text(asked, "page")
        if "/" in page:
            return {"places": places(self._study(page), page, self._words())}
        with opened(self._root) as reader:
            names = reader.names()[:SHOWN]
        words = self._words()
        return {"places": [place for name in names for place in places(self._study(f"{name}/"), page, words)]}

    def _words(self) -> Words:
        """Those of the site's pages."""
        with opened(self._root) as reader:
            site = check_site(reader.site(), Options(drafts=True)).value or ANY_SITE
        return words_of(tuple(map(Path, templates_of(str(self._root)))), site.language)

    def _article(self, asked: Asked) -> dict[str, Any]:
        return reading(*self._source(asked))

    def _claims(self, asked: Asked) -> dict[str, Any]:
        studied, source = self._source(asked)
        return {"claims": claims_for(studied, source, _number(asked, "start"), _number(asked, "end"))}

    def _source(self, asked: Asked) -> tuple[Studied, str]:
        """The briefing and the source that a source's page is about."""
        page = _text(asked, "page")
        route = route_of(page)
        if not isinstance(route, ItemRoute) or route.kind != "sources":
            raise Refusal("This is no page of a source.")
        return self._study(page), route.id

    # ---- doing ----

    def _open(self, asked: Asked) -> dict[str, Any]:
        file, line, column = _text(asked, "file"), _number(asked, "line"), _number(asked, "column")
        return {"said": open_in_editor(self._root, file, line, column, os.environ, self._editor)}

    def _fix(self, asked: Asked) -> dict[str, Any]:
        """Write the cure of a fault, unless that would bring another."""
        file, at = _text(asked, "file"), (_number(asked, "line"), _number(asked, "column"), _text(asked, "code"))
        desk = open_desk(self._root)
        top, _, rest = file.partition("/")
        name = rest.partition("/")[0]
        faults = desk.briefings[name].diagnostics if top == "content" and name in desk.briefings else ()
        meant = [one for one in faults if one.place.file == file and _at(one) == at and one.fixes]
        if not meant:
            raise Refusal("This fault is no longer there.")
        files: dict[str, bytes] = {}
        for path in {fix.place.file for fix in meant[0].fixes}:
            text = desk.briefings[name].texts.files[path].decode("utf-8")
            changed = replace(path, text, [fix for fix in meant[0].fixes if fix.place.file == path])
            files[path] = changed.encode("utf-8")
        if new := put(desk, files):
            raise Refusal("The cure would bring another fault: " + as_text(new[0]))
        return {"said": f"Written to {', '.join(sorted(files))}."}

    def _entry(self, asked: Asked) -> dict[str, Any]:
        """The entry as it would be written."""
        return self._made(asked).told()

    def _write(self, asked: Asked) -> dict[str, Any]:
        """Write an entry, unless that would bring a fault."""
        desk = open_desk(self._root)
        found = self._made(asked)
        if found.text is None:
            raise Refusal(found.note)
        if new := put(desk, {found.file: found.text.encode("utf-8")}):
            raise Refusal("The entry would bring a fault: " + as_text(new[0]))
        return {"file": found.file, "line": found.line, "said": f"Written to {found.file}, line {found.line}."}

    def _made(self, asked: Asked) -> Entry:
        studied, source = self._source(asked)
        start, end = _number(asked, "start"), _number(asked, "end")
        differs_in = _text(asked, "differs_in") if asked.get("differs_in") else ""
        said = asked.get("said") if isinstance(asked.get("said"), str) else None
        return entry(studied, source, start, end, _text(asked, "claim"), _text(asked, "stance"), differs_in, said)


def _at(fault: Diagnostic) -> tuple[int, int, str]:
    return fault.place.line, fault.place.column, fault.code


def _text(asked: Asked, key: str) -> str:
    value = asked.get(key)
    if not isinstance(value, str) or len(value) > LONGEST:
        raise Refusal(f"`{key}` is missing.")
    return value


def _number(asked: Asked, key: str) -> int:
    value = asked.get(key)
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:12])
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**9:
        raise Refusal(f"`{key}` is missing.")
    return value
