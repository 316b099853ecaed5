"""What a page gets on its way to the browser: the preview's style and script. The file on the disk has neither."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping

FOLDER = "__preview/"
"""Where the preview's own files and answers are, below the site's base path. No briefing can have this name."""

_QUOTED = rb"""(?:[^>"']|"[^"]*"|'[^']*')*"""
_HEAD = re.compile(rb"(?is)(?:\s|<!--.*?-->|<!doctype\b" + _QUOTED + rb">|<html\b" + _QUOTED + rb">)*"
                   rb"(?:<head\b" + _QUOTED + rb">)?")  # fmt: skip
"""From the start of a page to the end of its <head> tag, if it has one; a tag within a comment is none."""

_PARTS = re.compile(rb"""<(?:link|script|img)\b[^>]*?\b(?:href|src)="([^"?#:]+\.(?:css|js|svg|png|jpg))\"""")


def parts_of(page: bytes) -> list[str]:
    """The files of the site that a page shows: styles, scripts and pictures, as it refers to them, each once."""
    return list(dict.fromkeys(part.decode("utf-8", "replace") for part in _PARTS.findall(page)))


def with_client(page: bytes, base: str, site: str, token: str, digest: str, parts: Mapping[str, str]) -> bytes:
    """The page with the preview's style and script first in its head, so that they come before its own scripts.

    They are files of the same origin, which the pages' content security policy allows. `digest` and `parts` say what
    the browser has then got, `token` lets the page ask for more. `base` is the path of the site, `site` tells it from
    any other.
    """
    data: Mapping[str, str] = {
        "site": site,
        "token": token,
        "base": base,
        "page": digest,
        "parts": json.dumps(parts, sort_keys=True),
    }
    attributes = "".join(f' data-{key}="{html.escape(value)}"' for key, value in data.items())
    at = f"{html.escape(base)}{FOLDER}"
    client = f'<link rel="stylesheet" href="{at}client.css">'
    client += f'<script type="module" id="variorum-preview" src="{at}client.js"{attributes}></script>'
    found = _HEAD.match(page)
    end = found.end() if found else 0
    return page[:end] + client.encode() + page[end:]
