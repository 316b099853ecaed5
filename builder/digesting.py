"""The files beside the briefings' folders, and what the whole site holds, in lines for a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from builder import catalogues, workshop
from builder.build import BuiltDigest, Counts, build_digest, build_patterns
from builder.jinja import Templates
from builder.model import Site
from builder.output import TOP, unit_of
from builder.pages import SHOWN, newest_first
from builder.render import static_files
from builder.routes import INDEX, OutputFile
from builder.strings import plural
from builder.templating import static_of, template_faults
from builder.unreached import in_the_dark, unreached
from builder.workshop import Kept, Workshop


@dataclass(frozen=True, slots=True)
class Digest:
    """The digest's own files, and what the whole site holds."""

    files: Mapping[str, Sequence[OutputFile]]
    """By unit."""
    told: tuple[str, ...]
    """In lines for a person."""
    painted: bytes = b"{}"


@dataclass(slots=True)
class _LastDigest:
    built: BuiltDigest | None = None
    patterns: tuple[Site, Templates, dict[str, str], OutputFile] | None = None
    """The page of patterns, after what it was made of."""


@lru_cache(maxsize=1)
def _last_digest(root: Path) -> _LastDigest:  # noqa: ARG001
    return _LastDigest()


def make_digest(
    shop: Workshop,
    kept: Mapping[str, Kept],
    card: Callable[[str], bytes],
    painted: bytes = b"{}",
    index: Callable[[Sequence[str]], Sequence[OutputFile]] = lambda _: (),
) -> Digest:
    """Make the files beside the briefings' folders; `card` gives the card of a briefing as it is remembered, `painted`
    is what is remembered of the digest's picture, `index` gives the index of these briefings, the oldest first.

    Raises StoreError where a template is at fault.
    """
    summaries = newest_first(one.summary for one in kept.values() if one.summary)
    cards = {s.name: shown for s in summaries[:SHOWN] if (shown := workshop.kept_card(card(s.name)))}
    last = _last_digest(shop.root)
    with template_faults():
        last.built = built = build_digest(shop.site, summaries, cards, shop.environment(), last.built)
        static = static_of(shop.templates)
        assets = static_files(static if shop.options.patterns else _without_patterns(static))
        patterns = [_patterns(shop, static, last)] if shop.options.patterns else []
        pictures, painted = shop.painted(painted)
    own = (*built.files, *pictures, *patterns)
    moved: dict[str, list[OutputFile]] = {}
    for one in built.moved:
        moved.setdefault(unit_of(one.file.path), []).append(one.file)
    found = index([summary.name for summary in reversed(summaries)])
    counts = sum((one.counts for one in kept.values()), Counts()).with_files([*own, *assets, *found])
    counts = counts.with_files([one.file for one in built.moved])
    skipped = [f"{name}: a draft (--drafts builds it)" for name, one in kept.items() if one.summary is None]
    if shop.site.url is None:
        skipped.append("feed.xml and the sitemaps: no address (`url` in site.yaml, or --base-url)")
    skipped += unreached(shop.templates, shop.environment())
    spoken, wanted = shop.environment().words.language, shop.site.language
    if not catalogues.speaks(spoken, wanted):
        skipped.append(f"words in {wanted}: no templates/words/{wanted}.po, so those of the pages are English")
    told = (*_told(counts, kept), *(f"  skipped {line}" for line in skipped), *in_the_dark(static))
    return Digest({TOP: own, "static": assets, INDEX: found, **moved}, told, painted)


def _patterns(shop: Workshop, static: Mapping[str, bytes], last: _LastDigest) -> OutputFile:
    """The page of patterns; that of before where nothing has changed that it shows."""
    templates = shop.environment()
    styles = {name: data.decode(errors="replace") for name, data in static.items() if name.endswith(".css")}
    if last.patterns is None or last.patterns[:3] != (shop.site, templates, styles):
        last.patterns = (shop.site, templates, styles, build_patterns(shop.site, templates, styles))
    return last.patterns[3]


def _told(counts: Counts, kept: Mapping[str, Kept]) -> list[str]:
    made = ((counts.claims, "claim"), (counts.sources, "source"), (counts.events, "event"))
    listed = ", ".join(plural(number, word) for number, word in made)
    warnings = sum(len(one.warnings) for one in kept.values())
    verified = f"{plural(counts.quotations, 'quotation')} verified, {plural(warnings, 'warning')}"
    return [
        f"{plural(counts.pages, 'page')}, {counts.bytes / 1000:,.0f} kB",
        f"  {plural(counts.briefings, 'briefing')}: {listed}, {verified}",
    ]


def _without_patterns(static: Mapping[str, bytes]) -> dict[str, bytes]:
    """Without the style sheet of the page that only a preview has."""
    return {name: data for name, data in static.items() if name != "css/patterns.css"}
