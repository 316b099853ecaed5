"""The files of a new site and of a new briefing, from a few words.

A new site is the example that comes with the builder, with its own title and language, with a workflow that installs
this very builder, and with what editors need to complete and explain what one writes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from builder.editing import scalar
from builder.editors.vscode import own_files, schema_files, with_modeline
from builder.ids import id_of
from builder.routes import RESERVED, is_name
from builder.written import Texts

SITE, READ_ME, WORKFLOW = "site.yaml", "README.md", ".github/workflows/pages.yml"
"""The files of the example that are not taken as they are."""

TITLE, LANGUAGE = "Side by side", "en"
"""What the example's own title and language are."""

CLAIMING = "## From two articles to a claim\n"
"""The heading in the example's README before which it says how Variorum is installed."""

TO_FILL_IN = "FILL IN"
"""Stands in a workflow where nobody could know from where Variorum is to be installed."""

_DEVICES = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")
_MAY_STAY = re.compile(r"\.git|\.gitignore|\.gitattributes|\.ds_store|\.venv|(readme|licen[cs]es?|copying)([.-].*)?")


@dataclass(frozen=True, slots=True)
class Pin:
    """Where a builder can be had: a git repository by https, and the commit."""

    url: str
    commit: str


def pin_of(url: str, commit: str) -> Pin | None:
    """What is known of a repository as something that anybody can fetch, without a user's name or password.

    None where that would take a guess: for a folder, for a host that is reached by ssh and is not GitHub.
    """
    for form in (r"(?:[^@/\s]+@)?github\.com:(?!/)(.+)", r"ssh://(?:[^@/\s]+@)?(?:ssh\.)?github\.com(?::\d+)?/(.+)"):
        if match := re.fullmatch(form, url):
            url = f"https://github.com/{match[1]}"
    match = re.fullmatch(r"https://(?:[^@/\s]*@)?([A-Za-z0-9.-]+(?::\d{1,5})?/[A-Za-z0-9._~/+-]+)", url)
    if not match or not re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", commit):
        return None
    return Pin(f"https://{match[1]}", commit)


def may_stay(name: str) -> bool:
    """Whether a folder that holds a file or folder of that name still counts as empty: a new repository has these."""
    return _MAY_STAY.fullmatch(name.lower()) is not None


def site_files(example: Mapping[str, bytes], title: str, language: str, pin: Pin | None) -> dict[str, bytes]:
    """The files of a new site, by path. `example` holds those of the example; title and language are not checked."""
    files = dict(example)
    title = " ".join(title.split())

    def change(path: str, old: str, new: str) -> None:
        before, found, after = files[path].decode().partition(old)
        if not found:
            raise ValueError(f"the example's {path} has no {old!r}")
        files[path] = (before + new + after).encode()

    change(SITE, f"title: {TITLE}\n", f"title: {scalar(title)}\n")
    change(SITE, f"language: {LANGUAGE} ", f"language: {scalar(language)} ")
    change(READ_ME, f"# {TITLE}\n", f"# {_markdown(title)}\n")
    if language != LANGUAGE:
        for path in sorted(example):
            if path.endswith("/sources.yaml"):
                files[path] = re.sub(rb"(\n    article: .*)", rb"\1\n    language: en", files[path])
    if pin:
        change(WORKFLOW, *_filled_in(files[WORKFLOW], "VARIORUM_URL", pin.url))
        change(WORKFLOW, *_filled_in(files[WORKFLOW], "VARIORUM_COMMIT", pin.commit))
        change(READ_ME, CLAIMING, f"{_installing(pin)}\n{CLAIMING}")
    return _for_editors(files)


def _for_editors(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """With schemas, settings and the lines that name the schemas."""
    named = {path: with_modeline(path, data) for path, data in files.items()}
    names = sorted({path.split("/")[1] for path in named if path.startswith("content/")})
    briefings = [
        Texts(name, {p: data for p, data in named.items() if p.startswith(f"content/{name}/")}) for name in names
    ]
    return named | schema_files(briefings) | own_files()


def _filled_in(workflow: bytes, name: str, value: str) -> tuple[str, str]:
    """The line of a workflow that is to be filled in, and what it is then."""
    line = next(line for line in workflow.decode().splitlines() if TO_FILL_IN in line and f"{name}:" in line)
    return line, f'{line.partition(name)[0]}{name}: "{value}"'


def _installing(pin: Pin) -> str:
    handbook = ""
    if match := re.fullmatch(r"(https://github\.com/[^/]+/[^/]+?)(?:\.git)?/?", pin.url):
        page = f"{match[1]}/blob/{pin.commit}/content/README.md"
        handbook = f"\nIts [handbook]({page}) describes every key, and how to quote.\n"
    return (
        "Variorum needs Python 3.11 or newer. The workflow takes the same commit:\n\n```sh\n"
        "python3 -m venv --upgrade-deps .venv\n"
        f'.venv/bin/python -m pip install "variorum[web] @ git+{pin.url}@{pin.commit}"\n'
        f". .venv/bin/activate\n```\n{handbook}"
    )


def _markdown(text: str) -> str:
    """`text` in a Markdown heading as nothing but text."""
    return re.sub(r"([\\`*_\[\]<>&#~|])", r"\\\1", text)


def name_fault(name: str) -> str:
    """Why a new briefing cannot have that name, with the cure; empty where it can."""
    if _DEVICES.fullmatch(name):
        return f"No folder on Windows can be called `{name}`: take another name, such as {name}-briefing."
    if is_name(name):
        return ""
    if name in RESERVED:
        return f"`{name}` is a folder of the site itself: take another name."
    near = id_of(name)
    cure = f" For example: {near}." if is_name(near) and not _DEVICES.fullmatch(near) else ""
    return f"`{name}` cannot be the name of a briefing: small letters a-z, digits and single hyphens, at most 64.{cure}"


def briefing_files(name: str, title: str, date: str, published: str, *, editor: bool = False) -> dict[str, bytes]:
    """The files of a new briefing, a draft, by path from the site's root. None of the words is checked.

    With `editor`, they name the schemas of a site that has some.
    """
    title = " ".join(title.split()) or name.replace("-", " ").capitalize()
    words = {"title": title, "date": date.strip(), "published": published.strip()}
    front = _FRONT.format(**{key: scalar(text) for key, text in words.items()})
    files = {"briefing.md": front, "sources.yaml": _SOURCES, "claims.yaml": _CLAIMS, "timeline.yaml": _TIMELINE}
    data = {f"content/{name}/{file}": text.encode() for file, text in files.items()}
    return {path: with_modeline(path, text) for path, text in data.items()} if editor else data


_FRONT = """\
---
title: {title}
summary: What the articles agree on, and where they part. # one or two sentences
status: draft # `published` once it may be read
# place: Where it happened
date: {date} # when it happened
published: {published} # when the briefing appears
# The groups of claims, in the order of the matrix.
topics:
  event: The event
---

What a reader should know before the claims, in Markdown.
"""

_SOURCES = """\
# The articles, in the order of the matrix: each a plain text in seeds/. Nothing stands here that no text shows.
#
# origins:
#   agency:
#     name: The news agency
#
# sources:
#   gazette:
#     siglum: A
#     article: gazette.txt
#     headline: The headline as printed
#     body: [The first words of the article proper, the last words of it.]
#     known_through: 2025-03-03 # the last day that it shows it knew of

sources: {}
"""

_CLAIMS = """\
# What each article says to each claim, with the words it rests on. A source that is not listed is silent.
#
# opened-on-monday:
#   claim: The bridge was opened on a Monday.
#   topic: event
#   evidence:
#     gazette:
#       stance: supports # or qualifies, contradicts, silent
#       quote: was opened on Monday # letter by letter
#       key: Monday # the words in it that the stance rests on
#       via: agency # where the article got it
#     courier:
#       stance: qualifies
#       differs_in: precision # or scope, strength, expectation, wording
#       quote: at the beginning of the week
"""

_TIMELINE = """\
# What happened, and when, as finely as the articles tell: 2025, 2025-03, 2025-03-03, 2025-03-03T10:00Z.
#
# opening:
#   title: The bridge is opened
#   date: 2025-03-03
#   evidence:
#     gazette: was opened on Monday, 3 March 2025
"""
