"""What is wrong in a template, in words for whoever wrote it: Jinja itself speaks of tokens and of our classes."""

from __future__ import annotations

import re
import traceback
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches

from jinja2 import Environment, TemplateError, TemplateNotFound, TemplateSyntaxError

from builder.diagnostics import printable

MOST = 300
"""So many characters of what Jinja says of a fault that we have no words for."""
MOST_NAMES = 24
"""So many are told of those that there are."""
MEANT = "; meant may be: "
"""Stands in what we have Jinja say, before the name that comes near: Jinja's errors hold a text and nothing else."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One fault in a template."""

    file: str
    """As Jinja knows it; empty where nothing tells."""
    line: int
    said: str
    """A sentence without its full stop."""
    cure: str = ""
    """A sentence, where there is more to say."""

    @property
    def told(self) -> str:
        """All of it in sentences."""
        return f"{self.said}. {self.cure}".rstrip()


class NotUtf8(TemplateError):
    """A template is no text; says which, and where that shows."""

    def __init__(self, name: str, error: UnicodeDecodeError) -> None:
        self.filename = name
        self.lineno = error.object.count(b"\n", 0, error.start) + 1
        super().__init__(str(error))


def mistake(error: Exception, templates: Environment | None = None) -> Mistake | None:
    """What an exception says of a template; None where no template has to do with it.

    Of one while a page is made, the innermost line counts. `templates` know which filters there are.
    """
    frames = [one for one in traceback.extract_tb(error.__traceback__) if _is_template(one.filename)]
    name, line = getattr(error, "filename", None), getattr(error, "lineno", None)
    if not isinstance(name, str) and frames:
        name, line = frames[-1].filename, frames[-1].lineno
    if not frames and not isinstance(error, TemplateError | UnicodeError):
        return None
    said, cure = _explained(error, templates)
    said, _, name_meant = said.partition(MEANT)
    cure = _question(name_meant) or cure
    if isinstance(error, TemplateSyntaxError):
        line = _opened_at(error) or line
    return Mistake(name if isinstance(name, str) else "", line or 1, _plain(said), printable(cure))


def _is_template(file: str) -> bool:
    return "templates" in re.split(r"[\\/]", file) and not file.endswith(".py")


def _plain(said: str) -> str:
    """On one line that steers no terminal and names none of our classes."""
    bare = re.sub(r"'[\w.]+ object'|'[\w.]+' object", "this", said.replace("'NoneType' object", "what is not there"))
    text = printable(" ".join(bare.split())).rstrip(".")
    return text if len(text) <= MOST else f"{text[:MOST]} …"


def _explained(error: Exception, templates: Environment | None) -> tuple[str, str]:
    said = (error.message if isinstance(error, TemplateError) else str(error)) or type(error).__name__
    if isinstance(error, RecursionError):
        return "it extends or includes itself", "“variorum/” before a name means the one that it replaces."
    if isinstance(error, UnicodeError | NotUtf8):
        return "this is not UTF-8", "Open the file in an editor and save it as UTF-8."
    if found := _UNKNOWN_NAME.match(said):
        known = () if templates is None else templates.filters if found[1] == "filter" else templates.tests
        return f"there is no {found[1]} “{found[2]}”{near(found[2], known)}", ""
    if isinstance(error, TemplateSyntaxError):
        return _of_syntax(said)
    if isinstance(error, TemplateNotFound):
        return said, ""
    if found := _NO_MACRO.search(said):
        return f"“{found[1]}” has no “{found[2]}” that could be imported", ""
    return (said, "") if isinstance(error, TemplateError) else (f"this cannot be done: {said}", "")


# ---- names ------------------------------------------------------------------------------------------------------

_NO_MACRO = re.compile(r"the template '([^']+)' .* does not export the requested name '([^']+)'")


def meant(name: str, known: Collection[str]) -> str:
    """A question for who may have mistyped a name; empty where nothing comes near."""
    return _question(near(name, known).removeprefix(MEANT))


def _question(name: str) -> str:
    return f"Did you mean `{name}`?" if name else ""


def near(name: str, known: Collection[str]) -> str:
    """What comes after a sentence on a name that may have been mistyped; empty where nothing comes near."""
    found = get_close_matches(name, sorted(known), 1, 0.6)
    return f"{MEANT}{found[0]}" if found else ""


def unknown(name: str, known: Collection[str]) -> str:
    """That something has no part of a name, and which it has."""
    shown = [one for one in sorted(known) if not one.startswith("_")]
    close = near(name, shown)
    if close or not shown:
        return f"there is no “{name}” here{close}"
    some = ", ".join(f"“{one}”" for one in shown[:MOST_NAMES])
    return f"there is no “{name}” here; there is {some}{' …' if len(shown) > MOST_NAMES else ''}"


# ---- syntax -----------------------------------------------------------------------------------------------------

_TOKENS = {
    "end of statement block": "%}", "end of print statement": "}}", "end of comment": "#}",
    "begin of statement block": "{%", "begin of print statement": "{{", "begin of comment": "{#",
    "end of template": "the end of the template",
}  # fmt: skip
"""What Jinja calls the signs of its language."""
_OPEN = re.compile(r"The innermost block that needs to be closed is '(\w+)'")
_UNKNOWN_TAG = re.compile(r"Encountered unknown tag '([^']*)'")
_UNKNOWN_NAME = re.compile(r"No (filter|test) named '([^']*)'")
_EXPECTED = re.compile(r"expected token '([^']*)', got '([^']*)'", re.IGNORECASE)
_NO_VALUE = re.compile(r"Expected an expression, got '([^']*)'")
_UNEXPECTED = re.compile(r"unexpected (?:char )?'(.+?)'(?: at \d+)?$")


def _of_syntax(said: str) -> tuple[str, str]:
    """What cannot be read in a template, and the cure."""
    opened = _OPEN.search(said)
    open_tag = f"{{% {opened[1]} %}}" if opened else ""
    close = f"{{% end{opened[1]} %}}" if opened else ""
    if said.startswith("Unexpected end of template") and opened:
        return f"{open_tag} is never closed", f"Write {close} where it ends."
    if found := _UNKNOWN_TAG.search(said):
        cure = f"{open_tag} is open here; {close} closes it." if opened else ""
        tag = f"{{% {found[1]} %}}"
        return (f"{tag} closes nothing" if _closes(found[1]) else f"there is no tag {tag}"), cure
    if found := _NO_VALUE.search(said):
        return f"something is missing before {_sign(found[1])}", ""
    if found := _EXPECTED.search(said):
        return f"{_sign(found[2])} stands where {_sign(found[1])} should", ""
    if found := _UNEXPECTED.search(said):
        return f"{_sign(found[1])} cannot stand here", ""
    return f"this cannot be read: {said}", ""


def _closes(tag: str) -> bool:
    return tag.startswith("end") or tag in ("else", "elif", "pluralize")


def _sign(token: str) -> str:
    return _TOKENS.get(token, f"“{token}”")


def _opened_at(error: TemplateSyntaxError) -> int | None:
    """The line of a tag that is open at the end of its template, which is where Jinja notices."""
    found = _OPEN.search(error.message or "")
    if found is None or not (error.message or "").startswith("Unexpected end") or error.source is None:
        return None
    opened: list[int] = []
    for tag in re.finditer(rf"\{{%[-+]?\s*(end)?{found[1]}\b", error.source):
        if not tag[1]:
            opened.append(error.source.count("\n", 0, tag.start()) + 1)
        elif opened:
            opened.pop()
    return opened[-1] if opened else None
