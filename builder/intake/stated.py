"""What may be taken from a page's statements: only what it says itself, and where it does not contradict itself.

Nothing is guessed. A field that is not taken says why, in words that stand as a comment in the entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urldefrag, urljoin, urlsplit

from builder.dates import DateError, parse_date
from builder.diagnostics import printable
from builder.intake.statements import Statement, Statements
from builder.scalars import web_address
from builder.text import fold_needle, primary_language

MAX_TEXT = 1000
"""Characters of a field, as in the schema."""
MAX_SHOWN = 80
"""Characters of a page's words in a comment."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an entry: what was found, or why nothing was."""

    value: str = ""
    by: str = ""
    """What states it, such as `JSON-LD`."""
    note: str = ""
    """For the curator; one line."""


@dataclass(frozen=True, slots=True)
class Context:
    """Where on the page the article stands."""

    headline: str
    """As printed; nothing where none was found."""
    start: int
    """The step of its headline, or of its first paragraph."""
    body: int
    """The step of its first paragraph."""
    asked: str = ""
    """The address that the page came from."""


_Claims = Sequence[tuple[str, str]]
"""What is stated, and by what."""

NOT_FOUND = "not found in the page; write it only where the text shows it"


def fields(found: Statements, context: Context) -> dict[str, Field]:
    """All that an entry may say of a page, by key."""
    return {
        "outlet": outlet(found, context),
        "author": author(found, context),
        "url": address(found, context),
        "language": language(found, context),
        "published": published(found, context),
    }


def headlines(found: Statements) -> list[str]:
    """The headlines that a page states for itself."""
    stated = [*found.meta.get("og:title", ()), *found.meta.get("twitter:title", ())]
    stated += [value for article in found.articles for value in article["headline"]]
    return stated + [one.value for one in found.microdata if one.name == "headline"]


def outlet(found: Statements, context: Context) -> Field:
    """Who published it: og:site_name, or the publisher that the article's data names."""
    sites = _distinct((value, "og:site_name") for value in found.meta.get("og:site_name", ()))
    publishers = _distinct(_of_article(found, context, "publisher"))
    chosen = _one(sites or publishers)
    others = [value for value, _ in publishers if sites and fold_needle(value) != fold_needle(sites[0][0])]
    if chosen.value and others:
        return Field(chosen.value, chosen.by, f"the page names {shown(others[0])} as its publisher, too")
    return chosen


def author(found: Statements, context: Context) -> Field:
    """Who wrote it, as stated. A mail address is nobody's name, a web address neither."""
    data = _of_article(found, context, "author")
    meta = [(value, "meta") for name in ("author", "article:author") for value in found.meta.get(name, ())]
    by_source: dict[str, list[str]] = {}
    mail = False
    for value, by in [*data, *meta]:
        mail |= "@" in value and "." in value.partition("@")[2]
        if not re.search(r"\S@\S+\.\S|^https?:", value):
            names = by_source.setdefault(by, [])
            if fold_needle(value) not in map(fold_needle, names):
                names.append(value)
    stated = _one(_distinct((", ".join(names), by) for by, names in by_source.items()))
    return Field(note="the page gives a mail address, not a name") if mail and not by_source else stated


def language(found: Statements, context: Context) -> Field:
    """The language of the text: its data's, or the page's."""
    data = [(value.replace("_", "-"), by) for value, by in _of_article(found, context, "inLanguage")]
    stated = [*data, (found.language.replace("_", "-"), "lang")]
    if not data and not found.language:
        stated = [(value.replace("_", "-"), "og:locale") for value in found.meta.get("og:locale", ())]
    named = [(value, by) for value, by in stated if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value)]
    primary = {primary_language(value): (value, by) for value, by in reversed(named)}
    if len(primary) > 1:
        return _contradiction(list(primary.values()))
    head, *rest = named[0][0].split("-") if named else [""]
    return Field("-".join([head.lower(), *rest]), named[0][1]) if named else Field(note=NOT_FOUND)


def address(found: Statements, context: Context) -> Field:
    """Its address: the canonical one that the page names, else the one that it came from."""
    stated = [(value, "rel=canonical") for value in found.meta.get("canonical", ())]
    stated += [(value, "og:url") for value in found.meta.get("og:url", ())]
    usable = [(whole, by) for value, by in stated if (whole := _whole(value, context.asked))]
    names = {_alike(value): (value, by) for value, by in reversed(usable)}
    asked = _whole(context.asked, "")
    if not usable and asked:
        return Field(asked, note="the page names no address of its own; this one answered")
    if not usable:
        return Field(note=f"{shown(stated[0][0])} is no whole web address") if stated else Field(note=NOT_FOUND)
    if len(names) > 1 and len({value for value, by in usable if by == usable[0][1]}) > 1:
        return _contradiction(list(names.values()))
    value, by = usable[0]
    if asked and urlsplit(asked).hostname != urlsplit(value).hostname:
        return Field(value, by, f"the page came from {shown(asked)} and names this address")
    other = next((other for other, _ in usable if _alike(other) != _alike(value)), "")
    return Field(value, by, f"og:url has {shown(other)}" if other else "")


def _whole(value: str, base: str) -> str:
    """An address as the schema takes it, without its fragment; nothing where it is none."""
    try:
        whole = urldefrag(urljoin(base, value) if base else value)[0]
        urlsplit(whole).port  # noqa: B018 - raises where it is no number
        return web_address(whole) if len(whole) <= MAX_TEXT else ""
    except ValueError:
        return ""


def _alike(value: str) -> str:
    return value.partition(":")[2].rstrip("/").lower()


# ---- when ------------------------------------------------------------------------------------------------------

_META_DATES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
)
_STAMP = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]+(\d\d):?(\d\d)(?::?\d\d(?:[.,]\d{1,9})?)? *(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?",
    re.ASCII,
)
_CHANGED = re.compile(r"updat|modif|edit|revis|changed|expire|live")


@dataclass(frozen=True, slots=True)
class _Stamp:
    """A date that a page states."""

    edtf: str
    """In UTC to the minute where it has a time with its zone, else the day."""
    days: frozenset[str]
    """The days that it may be called by: on its own clock and in UTC."""
    note: str = ""


def published(found: Statements, context: Context) -> Field:
    """When it was published; only by a date for programs that is that of the publication."""
    stated = _of_article(found, context, "datePublished")
    stated += [(value, name) for name in _META_DATES for value in found.meta.get(name, ())]
    if not stated:
        times = [one for one in found.times if not _CHANGED.search(one.about) and one.at < context.body]
        marked = [one for one in times if re.search(r"publi|pubdate", one.about)]
        header = [one for one in times if one.at > context.start]
        stated = [(one.value, "<time>") for one in marked or header]
    if not stated:
        return Field(note=NOT_FOUND)
    stamps = [(stamp, by) for value, by in stated if (stamp := _stamp(value))]
    if not stamps:
        return Field(note=f"{shown(stated[0][0])} ({stated[0][1]}) is no date that can only be read in one way")
    finest = next((one for one in stamps if "T" in one[0].edtf), stamps[0])
    apart = [(one.edtf, by) for one, by in stamps if not _agree(one, finest[0])]
    if apart:
        return _contradiction([(finest[0].edtf, finest[1]), apart[0]])
    return Field(finest[0].edtf, finest[1], finest[0].note)


def _agree(one: _Stamp, finest: _Stamp) -> bool:
    return one.edtf == finest.edtf or ("T" not in one.edtf and one.edtf in finest.days)


def _stamp(value: str) -> _Stamp | None:
    match = _STAMP.fullmatch(value.strip())
    if not match:
        return None
    year, month, day, hour, minute, zone = match.groups()
    date = f"{year}-{month}-{day}"
    try:
        parse_date(date)
        if hour is None or zone is None:
            datetime.fromisoformat(f"{date}T{hour or '00'}:{minute or '00'}+00:00")  # there is such a time
            note = f"the page gives the time {hour}:{minute} without its zone" if hour else ""
            return _Stamp(date, frozenset([date]), note)
        offset = "+00:00" if zone in ("Z", "UTC", "GMT") else f"{zone[:3]}:{zone[3:].lstrip(':') or '00'}"
        moment = datetime.fromisoformat(f"{date}T{hour}:{minute}{offset}").astimezone(UTC)
        edtf = moment.strftime("%Y-%m-%dT%H:%MZ").rjust(17, "0")
        parse_date(edtf)
    except (DateError, ValueError, OverflowError):
        return None
    return _Stamp(edtf, frozenset([date, edtf[:10]]))


# ---- one or several --------------------------------------------------------------------------------------------


def _of_article(found: Statements, context: Context, name: str) -> list[tuple[str, str]]:
    """What JSON-LD and microdata say about the article, not about others that the page mentions."""
    every = found.articles
    same = [one for one in every if fold_needle(context.headline) in map(fold_needle, one["headline"])]
    stated = {_alike(value) for key in ("canonical", "og:url") for value in found.meta.get(key, ())}
    here = [one for one in every if stated & set(map(_alike, one["address"]))]
    data = [(value, "JSON-LD") for one in (same or here or every) for value in one[name]]
    around = [one for one in found.microdata if one.start <= context.body < one.end]
    return data + [(one.value, "microdata") for one in _outermost(around) if one.name == name]


def _outermost(around: Sequence[Statement]) -> list[Statement]:
    """Of items in each other, what the outer one says: a live blog's entries are no articles of their own here."""
    first = min((one.start for one in around), default=0)
    return [one for one in around if one.start == first]


def _distinct(stated: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each value that says anything once, with the first that states it."""
    found: dict[str, tuple[str, str]] = {}
    for value, by in stated:
        if any(map(str.isalnum, value)):
            found.setdefault(fold_needle(value).casefold(), (value, by))
    return list(found.values())


def _one(stated: _Claims) -> Field:
    """The only value, or why there is none."""
    if not stated:
        return Field(note=NOT_FOUND)
    if len(stated) > 1:
        return _contradiction(stated)
    value, by = stated[0]
    if len(value) > MAX_TEXT:
        return Field(note=f"what the page states is too long to be true: {len(value):,} characters")
    return Field(value, by)


def _contradiction(stated: _Claims) -> Field:
    both = " and ".join(f"{shown(value)} ({by})" for value, by in stated[:2])
    return Field(note=f"the page states {both}; take the one that its text shows")


def shown(text: str) -> str:
    """Words of a page in quotation marks, short and on one line, that can steer neither a terminal nor YAML."""
    short = text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN].rstrip()}…"
    return f"“{printable(short)}”"
