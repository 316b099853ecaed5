"""What a web page states about itself for programs: <meta>, microdata, JSON-LD, <time>. Nothing is judged here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from builder.intake.htmltree import attribute, one_line, steps, text_in

MAX_JSON = 1_000_000
"""Characters of one script of JSON-LD; what is longer is no statement about an article."""
MAX_NODES = 10_000
MAX_DATA = 50
"""Scripts of JSON-LD that are looked at."""
MAX_SAID = 50
"""Statements of one kind that are kept: a page that says more about one thing says nothing."""

_ARTICLE = re.compile(r"(?:\w*Article|\w*BlogPosting|LiveBlogPosting|Report|OpinionNewsArticle)", re.ASCII)
_PROPERTIES = ("headline", "datePublished", "author", "publisher", "inLanguage")


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a page says of itself. Positions count the steps of `htmltree.steps`."""

    name: str
    """The property, such as `og:title`, `author` or `datePublished`."""
    value: str
    start: int = 0
    end: int = 0
    """For microdata, the part of the page that it is about: from `start` up to `end`."""


@dataclass(frozen=True, slots=True)
class Time:
    """A <time> with a date for programs, and where it stands."""

    value: str
    at: int
    about: str
    """Its class and those of the two elements around it, which may say what it is the time of."""


@dataclass
class Statements:
    """All that a page states, in the order of its source."""

    language: str = ""
    title: str = ""
    meta: dict[str, list[str]] = field(default_factory=dict)
    """<meta> by property or name in small letters; <link rel=canonical> as `canonical`."""
    microdata: list[Statement] = field(default_factory=list)
    """Of articles."""
    articles: list[dict[str, list[str]]] = field(default_factory=list)
    """JSON-LD of articles: each by property."""
    times: list[Time] = field(default_factory=list)


def statements_in(root: Any) -> Statements:
    """Everything that the page with this root element states."""
    found = Statements(language=one_line(attribute(root, "lang") or attribute(root, "xml:lang")))
    scopes: list[_Scope] = []
    scripts = 0
    for at, (starts, element) in enumerate(steps(root)):
        tag = element.tag if isinstance(element.tag, str) else ""
        if not starts:
            while scopes and scopes[-1].element is element:
                scopes.pop().close(at, found)
            continue
        if tag == "meta" or tag == "link":
            _take_meta(element, found, alone=not scopes)
        elif tag == "title" and not found.title:
            found.title = text_in(element)
        elif tag == "time":
            _take_time(element, at, found)
        elif tag == "script" and "ld+json" in attribute(element, "type").lower() and scripts < MAX_DATA:
            scripts += 1
            found.articles += islice(_articles_in("".join(element.itertext())), MAX_SAID)
        _take_microdata(element, at, scopes)
    return found


def _take_meta(element: Any, found: Statements, *, alone: bool) -> None:
    """Note a <meta> or <link>; `alone` where it stands in no item of microdata, which may be about something else."""
    if element.tag == "link":
        if "canonical" in attribute(element, "rel").lower().split():
            _note(found, "canonical", one_line(attribute(element, "href")))
        return
    value = one_line(attribute(element, "content"))
    for key in ("property", "name", *(["itemprop"] if alone else [])):
        name = attribute(element, key).strip().lower()
        if name and value:
            _note(found, name, value)


def _note(found: Statements, name: str, value: str) -> None:
    said = found.meta.setdefault(name, [])
    if len(said) < MAX_SAID:
        said.append(value)


def _take_time(element: Any, at: int, found: Statements) -> None:
    value = one_line(attribute(element, "datetime"))
    if not value or len(found.times) >= MAX_SAID:
        return
    about, around = [], element
    for _ in range(3):
        if around is not None:
            about += [attribute(around, "class"), attribute(around, "id"), attribute(around, "itemprop")]
            around = around.getparent()
    if element.get("pubdate") is not None:
        about.append("pubdate")
    found.times.append(Time(value, at, " ".join(about).lower()))


# ---- microdata -------------------------------------------------------------------------------------------------


@dataclass
class _Scope:
    """An item of microdata that is still open."""

    element: Any
    start: int
    article: bool
    prop: str
    """The article's property that it is the value of, such as `author`; nothing where it is an item of its own."""
    values: list[tuple[str, str]] = field(default_factory=list)

    def close(self, end: int, found: Statements) -> None:
        if self.article and len(found.microdata) < MAX_SAID * MAX_SAID:
            found.microdata += [Statement(name, value, self.start, end) for name, value in self.values[:MAX_SAID]]


def _take_microdata(element: Any, at: int, scopes: list[_Scope]) -> None:
    prop = attribute(element, "itemprop").strip()
    top = scopes[-1] if scopes else None
    if element.get("itemscope") is not None:
        kinds = (kind.rpartition("/")[2] for kind in attribute(element, "itemtype").split())
        article = any(_ARTICLE.fullmatch(kind) for kind in kinds)
        # What is inside an article's item is about something else, unless it is the value of one of its properties.
        inner = prop if top is not None and top.article and prop in _PROPERTIES else ""
        scopes.append(_Scope(element, at, article and not prop, inner))
    elif top is not None and top.article and prop in _PROPERTIES:
        top.values.append((prop, _value(element)))
    elif top is not None and top.prop and prop == "name":
        owner = next((scope for scope in reversed(scopes) if scope.article), top)
        owner.values.append((top.prop, _value(element)))


def _value(element: Any) -> str:
    return one_line(attribute(element, "content") or attribute(element, "datetime")) or text_in(element)


# ---- JSON-LD ---------------------------------------------------------------------------------------------------


def _articles_in(text: str) -> Iterator[dict[str, list[str]]]:
    """What a script of JSON-LD says about articles; nothing where it is no JSON."""
    if len(text) > MAX_JSON:
        return
    text = re.sub(r"\A\s*(?:<!--|/\*<!\[CDATA\[\*/|<!\[CDATA\[)|(?:-->|\]\]>|/\*\]\]>\*/)\s*\Z", "", text)
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return
    nodes = list(_nodes(data))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    for node in nodes:
        if any(_ARTICLE.fullmatch(kind) for kind in _texts(node.get("@type"))):
            yield {
                **{name: list(islice(_named(node.get(name), by_id), MAX_SAID)) for name in _PROPERTIES},
                "address": [*_texts(node.get("url")), *_addresses(node.get("mainEntityOfPage"))],
            }


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    """The things that JSON-LD is about: at its top, in @graph, and as main entity; not what these mention."""
    waiting, count = [data], 0
    while waiting and count < MAX_NODES:
        count += 1
        one = waiting.pop()
        if isinstance(one, list):
            waiting += reversed(one)
        elif isinstance(one, dict):
            yield one
            waiting += [one[key] for key in ("mainEntity", "@graph") if key in one]


def _named(value: object, by_id: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """A property's texts; of a person or organization, the name."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            known = by_id.get(one["@id"], {}) if isinstance(one.get("@id"), str) else {}
            yield from _texts(one.get("name") or known.get("name"))
        else:
            yield from _texts(one)


def _addresses(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _texts(value.get("@id") or value.get("url"))
    else:
        yield from _texts(value)


def _texts(value: object) -> Iterable[str]:
    found = value if isinstance(value, list) else [value]
    return [text for one in found if isinstance(one, str) and (text := one_line(one))]
