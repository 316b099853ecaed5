"""Markdown from contributed files: raw HTML is text, images and everything not listed are off, links are checked."""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token
    from markdown_it.utils import OptionsDict

RULES = (
    "paragraph", "heading", "list", "blockquote", "hr",
    "text", "newline", "escape", "entity", "backticks", "emphasis", "link", "autolink", "balance_pairs",
    "fragments_join",
)  # fmt: skip
SCHEMES = ("https", "http", "mailto")
HEADING_SHIFT = 2
"""A first-level heading in a note becomes a third-level one: the page's own headings stand above it."""

_PLAIN = re.compile(r"(?:[^\W\d_]|[“‘])(?:[^\x00-\x1f\\`*_\[<&]*[^\s\x00-\x1f\\`*_\[<&])?")
"""A line that starts with a letter or a quotation mark, ends without a space and holds nothing of Markdown."""
_HAS_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def render(text: str) -> Markup:
    """Paragraphs, headings, lists, quotations, emphasis, code and links as HTML."""
    if _PLAIN.fullmatch(text):  # as most notes are: not worth parsing
        words = text.replace(">", "&gt;").replace('"', "&quot;")
        return Markup(f"<p>{words}</p>\n")
    return Markup(parser().render(text))


def is_safe_link(url: str) -> bool:
    """Whether a link may lead there: web and mail addresses, and places within the site."""
    url = url.strip()
    if any(ord(char) <= 0x20 for char in url) or url.startswith(("//", "\\", "/\\")):
        return False
    scheme = _HAS_SCHEME.match(url)
    return scheme is None or scheme[0][:-1].lower() in SCHEMES


@cache
def parser() -> MarkdownIt:
    """The parser with those rules, for whatever is not plain."""
    from markdown_it import MarkdownIt  # only for what is not plain: importing it takes longer than a briefing's pages

    made = MarkdownIt("zero", {"html": False, "linkify": False, "typographer": False, "maxNesting": 20})
    made.enable(list(RULES))
    made.validateLink = is_safe_link  # type: ignore[method-assign]
    made.core.ruler.push("lower_headings", _lower_headings)
    made.add_render_rule("link_open", _link_open)
    return made


def _lower_headings(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + HEADING_SHIFT)}"


def _link_open(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: MutableMapping[str, Any],
) -> str:
    tokens[index].attrSet("rel", "noopener noreferrer")
    return renderer.renderToken(tokens, index, options, env)
