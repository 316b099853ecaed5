"""What has to be built anew, and why: a pure function from what the last build rested on and what there is now.

Content decides, never a time. A briefing rests on its own files, the articles that it names, and on what all pages
share: the templates, site.yaml, the words of the interface, the builder with its packages, and the options.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from builder.diagnostics import printable

Digests = Mapping[str, str]
"""The digest of each file by its path; "" for one that is not there."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a command says beyond site.yaml."""

    base_url: str | None = None
    """Where the site will be; overrides site.yaml."""
    drafts: bool = False
    """Whether drafts are built."""
    strict: bool = False
    """Whether warnings stop publication, too."""
    cards: bool = True
    """Whether pictures for links are made, where site.yaml wants them; a preview needs none."""
    patterns: bool = False
    """Whether there is a page that shows every component; only a preview has one."""

    def facts(self) -> dict[str, str]:
        """Those that show in the pages."""
        told = {"--base-url": self.base_url or "", "--drafts": str(self.drafts)}
        told |= {"--patterns": "given"} if self.patterns else {}
        return told if self.cards else {**told, NO_CARDS: "given"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a build rests on."""

    shared: Digests
    """What all pages rest on; options and packages by their names."""
    briefings: Mapping[str, Digests]
    """For each briefing its own files and the articles that it names."""


@dataclass(frozen=True, slots=True)
class Stale:
    """What has to be done, with the reasons."""

    shared: tuple[str, ...] = ()
    """Why everything is stale; then every briefing is."""
    briefings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Which briefings are, by name, and why beyond that."""
    gone: tuple[str, ...] = ()
    """Briefings that were there and are no longer."""
    digest: tuple[str, ...] = ()
    """Why the digest's own files are, beyond all that."""

    def __bool__(self) -> bool:
        return bool(self.briefings or self.gone or self.shared or self.digest)


PACKAGES = "--packages"
"""Stands for Python and all packages beside it."""

REPLACED = "variorum/"
"""Before the path of one of the builder's templates that the site has one of its own for."""

ASSETS = "templates/static/"
"""Style sheets, scripts and icon: no page depends on what is in them."""

COLOURS = ("templates/static/css/tokens.css", "templates/static/css/site.css")
"""But pictures for links take their colours from here."""

NO_CARDS = "--no-cards"
"""Stands for a build that makes no such pictures."""

NEW = "was not built before"
"""The reason of a briefing that nobody knew of."""

Harmed = Mapping[str, Collection[str]]
"""Published files that are no longer as they were written, by briefing; those of the digest by ""."""


def everything(known: Collection[str], now: Facts, why: str) -> Stale:
    """All of it is stale; `known` are the briefings of the last build, as far as anybody knows."""
    return Stale((why,), dict.fromkeys(sorted(now.briefings), ()), _gone(known, now))


def stale(last: Facts, now: Facts, harmed: Harmed) -> Stale:
    """Compare what the last build rested on with what there is now."""
    shared = differences(_pages(last.shared), _pages(now.shared))
    reasons = {}
    for name in sorted(now.briefings):
        known = last.briefings.get(name)
        why = (NEW,) if known is None else differences(known, now.briefings[name])
        why += _words(harmed.get(name, ()))
        if why or shared:
            reasons[name] = why
    digest = differences(_assets(last.shared), _assets(now.shared)) + _words(harmed.get("", ()))
    return Stale(shared, reasons, _gone(last.briefings, now), digest)


def _gone(known: Collection[str], now: Facts) -> tuple[str, ...]:
    return tuple(sorted(set(known) - now.briefings.keys()))


def _words(harmed: Collection[str]) -> tuple[str, ...]:
    return tuple(f"{path} is not as it was written" for path in sorted(harmed))


def differences(last: Digests, now: Digests) -> tuple[str, ...]:
    """In words, by path."""
    words = []
    for path in sorted(last.keys() | now.keys()):
        before, after = last.get(path, ""), now.get(path, "")
        if path.startswith(REPLACED) and not (before and after):
            twin = "templates/" + path.removeprefix(REPLACED)
            if last.get(twin) != now.get(twin):
                continue  # it came or went because a template of the site's own did, which is told
        if before != after and path == PACKAGES:
            words.append("Python or a package changed")
        elif before != after and path.startswith("--"):
            words.append(f"{path} is {after}" if after else f"{path} is not given")
        elif before != after:
            words.append(f"{path} is new" if not before else f"{path} is gone" if not after else f"{path} changed")
    return tuple(words)


def _assets(digests: Digests) -> Digests:
    return {path: digest for path, digest in digests.items() if _is_asset(path, digests)}


def _pages(digests: Digests) -> Digests:
    return {path: digest for path, digest in digests.items() if not _is_asset(path, digests)}


def _is_asset(path: str, digests: Digests) -> bool:
    return path.startswith(ASSETS) and (path not in COLOURS or NO_CARDS in digests)


def explained(stale: Stale, most: int = 20) -> list[str]:
    """For a person, a line for each reason, and no more than `most` for briefings."""
    lines = [f"everything: {why}" for why in stale.shared]
    lines += [f"the digest: {why}" for why in stale.digest]
    lines += [f"{name}: removed" for name in stale.gone]
    told = [(name, why) for name, why in stale.briefings.items() if why]
    lines += [f"{name}: {'; '.join(why)}" for name, why in told[:most]]
    if len(told) > most:
        lines.append(f"and {len(told) - most} more briefings")
    return [printable(line) for line in lines] or ["nothing is stale"]


def in_short(stale: Stale, most: int = 3) -> str:
    """For a person, in one line: what changed, each file once; empty where nothing did."""
    changes = [*stale.shared, *stale.digest, *(f"content/{name} is gone" for name in stale.gone)]
    for name, why in stale.briefings.items():
        changes += [f"content/{name} is new" if one == NEW else one for one in why]
    changes = list(dict.fromkeys(changes))  # two briefings may rest on one article
    more = [f"and {len(changes) - most} more"] if len(changes) > most else []
    return printable(", ".join(changes[:most] + more))
