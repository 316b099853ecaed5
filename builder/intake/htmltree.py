"""The elements of a web page that anybody may have written: read within bounds, walked without recursion.

The parser is that of trafilatura (lxml), an optional package, and imported only when a page is to be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

MAX_DEPTH = 250
"""Elements within elements: from 256 on, the parser leaves text out."""
MAX_ELEMENTS = 20_000
"""Ten times those of a long article: what chooses takes time that grows with their square."""

SPACES = re.compile(r"[ \t\n\r\f]+")
"""What HTML takes for a space; a no-break space is a letter of the text."""
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class PageError(ValueError):
    """Why a page cannot be read, in one line."""


def available() -> bool:
    """Whether the packages that read web pages are installed."""
    try:
        import trafilatura  # noqa: F401
    except ImportError:
        return False
    return True


def parse_html(text: str) -> Any:
    """The root element of a page. Raises PageError where it has none, or far too many."""
    from trafilatura import load_html

    text = re.sub(r"\A\s*<\?xml[^>]*>", "", text, count=1)  # its encoding was heeded before
    whole = "<html" in text[:4096].lower()
    root = load_html(text if whole else f"<!doctype html><html><body>{text}</body></html>")
    if root is None or not isinstance(root.tag, str):
        raise PageError("This is no web page: it has no elements.")
    for count, _ in enumerate(steps(root)):
        if count > 2 * MAX_ELEMENTS:
            raise PageError(f"The page has more than {MAX_ELEMENTS:,} elements.")
    return root


def steps(root: Any) -> Iterator[tuple[bool, Any]]:
    """Every element twice, in the order of the source: True where it starts, False where it ends.

    Raises PageError where they are nested more than MAX_DEPTH deep.
    """
    stack = [(root, iter(root))]
    yield True, root
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield False, element
        else:
            if len(stack) >= MAX_DEPTH:
                raise PageError(f"The elements of the page are nested more than {MAX_DEPTH} deep.")
            # What is no element, such as an entity that nobody knows, has nothing in it.
            stack.append((child, iter(child if isinstance(child.tag, str) else ())))
            yield True, child


def attribute(element: Any, name: str) -> str:
    """An attribute's value as text; nothing where the element has none."""
    return str(element.get(name) or "") if isinstance(element.tag, str) else ""


def text_in(element: Any) -> str:
    """All text in an element, on one line."""
    return one_line("".join(element.itertext()))


def one_line(text: str) -> str:
    """`text` with single spaces, and without what is no text: control characters and the like."""
    return SPACES.sub(" ", no_controls(text)).strip()


def no_controls(text: str) -> str:
    """`text` without control characters, which a browser does not show and YAML and feeds cannot hold."""
    return _NO_TEXT.sub("", text.replace("\x85", " "))
