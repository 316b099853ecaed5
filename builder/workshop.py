"""What one process does with one briefing: read, check, build, stage. And what the digest makes of all of them."""

from __future__ import annotations

import hashlib
import json
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import TemplateError
from pydantic import TypeAdapter

from builder import catalogues, jobs
from builder.analysis import Analysis
from builder.build import (
    BuiltBriefing,
    BuiltDigest,
    Counts,
    Studied,
    build_briefing,
    build_digest,
    build_patterns,
    counts_of,
    study,
)
from builder.consistency.aliases import former_names
from builder.diagnostics import Diagnostic, Place, printable, stops
from builder.freshness import Options
from builder.inputs import StoreError, opened, read_static, read_words
from builder.jinja import Templates
from builder.lookup.index import Terms
from builder.model import Cards, Site
from builder.overlay import unused, without_dark
from builder.pages import SHOWN, Summary, newest_first
from builder.render import OWN_STYLE, STYLE_SHEETS, environment, static_files
from builder.routes import INDEX, OutputFile
from builder.scan import template_names
from builder.staging import TOP, Staged, stage, unit_of
from builder.strings import plural
from builder.survey import KEPT, line_of
from builder.unchanged import shown
from builder.views.site import BriefingCard
from builder.words import Words
from builder.written import Texts


@dataclass(frozen=True, slots=True)
class Task:
    """A briefing to work on."""

    name: str
    owned: tuple[str, ...] | None = ()
    """The files that the builder wrote for it before; None where nobody knows."""
    only_check: bool = False
    again: bool = False
    """Whether it is likely to be worked on again by this process."""
    painted: bytes = b"{}"
    """What is remembered of its pictures (painting.Painted), as JSON."""
    hands: int = 1
    """How many processes at most draw its pictures."""


Former = tuple[tuple[str, Place], ...]
"""The names that a briefing's folder had, with where they are written."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the digest and the next build need to know of a briefing."""

    counts: Counts
    summary: Summary | None
    """None for a draft that was left out."""
    warnings: tuple[Diagnostic, ...]
    was: Former = ()


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a briefing."""

    name: str
    digests: Mapping[str, str]
    """SHA-256 of each file it rests on, by path from the root; "" for an article that is not there."""
    diagnostics: tuple[Diagnostic, ...]
    counts: Counts
    kept: bytes = b""
    card: bytes = b"null"
    painted: bytes = b"{}"
    terms: Terms = frozenset()
    """What the index knows of it."""
    was: Former = ()
    staged: Staged | None = None
    """None where it was only checked, or is at fault."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """Everything that is the same for all briefings. Can be sent to another process."""

    root: Path
    output: Path
    site: Site
    options: Options
    templates: tuple[Path, ...]
    """The site's own, if it has any, and those that came with the builder."""
    version: str
    """Of the templates: another one, and they are read again."""

    def environment(self) -> Templates:
        """The templates, compiled."""
        return _templates_of(self.templates, self.version, self.site.language)

    def is_ready(self) -> bool:
        """Whether the templates were compiled before in this process."""
        return bool(self.environment().cache)

    def __call__(self, task: Task) -> Made:
        """Work on one briefing. Raises StoreError where the disk or a template is at fault."""
        with jobs.unhurried():
            return self._work(task)

    def _work(self, task: Task) -> Made:
        with opened(self.root) as reader:
            texts = reader.briefing(task.name)
            if texts is None:
                return Made(task.name, {}, tuple(reader.diagnostics), Counts())
            articles = reader.articles()
            last = _last(self.root, task.name) if task.again else _Last()
            studied = self._studied(texts, articles, last)
            diagnostics = (*reader.diagnostics, *(studied.diagnostics if studied else ()))
        digests = {path: digest(data) for path, data in texts.files.items()}
        digests |= {f"seeds/{name}": digest(data) if data is not None else "" for name, data in articles.read.items()}
        analysis = studied.analysis if studied else None
        counts = counts_of(analysis) if analysis else Counts()
        was = tuple(former_names(studied.documents)) if studied else ()
        if task.only_check or stops(diagnostics, self.options.strict):
            return Made(task.name, digests, diagnostics, counts, was=was)
        with template_faults():
            built = self._built(analysis, last) if analysis else None
            pictures, painted = self.painted(analysis, task.painted, task.hands) if analysis else ((), b"{}")
        files = (*built.files, *pictures) if built else ()
        counts = counts.with_files(files)
        kept, card = _lines(built, counts, diagnostics, was)
        staged = stage(self.output, task.name, files, task.owned)
        terms = built.terms if built else frozenset[str]()
        return Made(task.name, digests, diagnostics, counts, kept, card, painted, terms, was, staged)

    def painted(self, analysis: Analysis | None, before: bytes, hands: int = 1) -> tuple[tuple[OutputFile, ...], bytes]:
        """The pictures of a briefing, or without one that of the digest, and what has to be remembered of them."""
        if self.site.cards is Cards.NONE:
            return (), b"{}"
        from builder import painting
        from builder.pages.cards import briefing_cards, digest_cards

        painter, templates = painting.painter(self.templates), self.environment()
        rest = (painter.fonts, templates.words)
        cards = briefing_cards(self.site, analysis, *rest) if analysis else digest_cards(self.site, *rest)
        found = painting.painted(cards, templates, painter, self.output, json.loads(before), hands)
        return tuple(file for file, _ in found), json.dumps(painting.noted(found)).encode()

    def rehearse(self, name: str) -> None:
        """Make one briefing in memory, so that the next time only what changed since has to be made.

        Where it is at fault, nothing is made. Raises StoreError where the disk or a template is at fault.
        """
        last = _last(self.root, name)
        with opened(self.root) as reader:
            texts = reader.briefing(name)
            studied = self._studied(texts, reader.articles(), last) if texts else None
        if studied and studied.analysis:
            with template_faults():
                self._built(studied.analysis, last)

    def _studied(self, texts: Texts, articles: Mapping[str, bytes], last: _Last) -> Studied | None:
        studied = study(texts, self.site, articles, drafts=self.options.drafts, before=last.studied)
        if studied and studied.analysis:
            last.studied = studied
        return studied

    def _built(self, analysis: Analysis, last: _Last) -> BuiltBriefing:
        last.built = build_briefing(analysis, self.site, self.environment(), last.built)
        return last.built


MOST = 6
"""How many briefings are remembered: a few more than anybody edits at a time."""


@dataclass(slots=True)
class _Last:
    """What this process last made of a briefing. It is compared with what there is now, never believed."""

    studied: Studied | None = None
    """Without an error."""
    built: BuiltBriefing | None = None


@lru_cache(maxsize=MOST)
def _last(root: Path, name: str) -> _Last:  # noqa: ARG001  (they are there to be told apart)
    return _Last()


def _lines(
    built: BuiltBriefing | None, counts: Counts, diagnostics: tuple[Diagnostic, ...], was: Former
) -> tuple[bytes, bytes]:
    kept = _KEPT.dump_json(Kept(counts, built.summary if built else None, diagnostics, was))
    return kept, _CARD.dump_json(built.card if built else None)


_KEPT = TypeAdapter(Kept)
_CARD: TypeAdapter[BriefingCard | None] = TypeAdapter(BriefingCard | None)


def all_kept(entries: Iterable[tuple[str, bytes]]) -> dict[str, Kept]:
    """What is remembered of briefings, by name, from their entries."""
    return {name: _kept_of(line_of(entry, KEPT)) for name, entry in entries}


@lru_cache(maxsize=1024)
def _kept_of(line: bytes) -> Kept:
    return _KEPT.validate_json(line)


@lru_cache(maxsize=SHOWN)
def _card_of(data: bytes) -> BriefingCard | None:
    return _CARD.validate_json(data)


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
    cards = {s.name: shown for s in summaries[:SHOWN] if (shown := _card_of(card(s.name)))}
    last = _last_digest(shop.root)
    with template_faults():
        last.built = built = build_digest(shop.site, summaries, cards, shop.environment(), last.built)
        static = _static(shop.templates)
        assets = static_files(static if shop.options.patterns else _without_patterns(static))
        patterns = [_patterns(shop, static, last)] if shop.options.patterns else []
        pictures, painted = shop.painted(None, painted)
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
    skipped += _skipped(shop.templates, shop.environment())
    spoken, wanted = shop.environment().words.language, shop.site.language
    if not catalogues.speaks(spoken, wanted):
        skipped.append(f"words in {wanted}: no templates/words/{wanted}.po, so those of the pages are English")
    told = (*_told(counts, kept), *(f"  skipped {line}" for line in skipped), *_in_the_dark(static))
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


def _static(folders: Sequence[Path]) -> dict[str, bytes]:
    """What goes to the site as it is, by path below templates/static; the site's own before ours.

    Raises StoreError where a file cannot be read.
    """
    *own, ours = (folder / "static" for folder in folders)
    mine = read_static(own[0]) if own and own[0].is_dir() else {}
    return read_static(ours) | mine


def _without_patterns(static: Mapping[str, bytes]) -> dict[str, bytes]:
    """Without the style sheet of the page that only a preview has."""
    return {name: data for name, data in static.items() if name != "css/patterns.css"}


def _skipped(folders: Sequence[Path], templates: Templates) -> list[str]:
    """What a site's own templates hold that reaches no page, in lines for a person."""
    if len(folders) == 1:
        return []
    own, ours = (template_names(str(folder)) for folder in folders)
    lines = [f"templates/{name}: {why}" for name, why in unused(own, ours, lambda name: _source(templates, name))]
    return lines + _unsaid(folders, templates)


def _in_the_dark(static: Mapping[str, bytes]) -> list[str]:
    """What to look at in a site's own style sheet."""
    own, ours = (static.get(name, b"").decode(errors="replace") for name in (OWN_STYLE, STYLE_SHEETS[0]))
    names = [printable(name) for name in without_dark(own, ours)]
    place = f"  look at templates/static/{OWN_STYLE}:"
    return [f"{place} on dark screens, too, {name} has this value; light-dark(…, …) gives two" for name in names]


def _unsaid(folders: Sequence[Path], templates: Templates) -> list[str]:
    """What a site's own catalogues translate and no page says, in lines for a person."""
    (own, ours), language = folders, templates.words.language
    named = list(dict.fromkeys([*catalogues.names(language), "en"]))
    lines = []
    for one, data in read_words(own, named).items():
        file = catalogues.File(one, _catalogue(one), data)
        found = _unsaid_in(file, catalogues.File("en", _catalogue("en"), read_words(ours, ["en"]).get("en", b"")))
        if found:
            texts = [_source(templates, name) for name in template_names(str(own)) if not name.startswith("words/")]
            said = {" ".join(text.split()) for text in texts}
            found = [one for one in found if not any(one[1] in text for text in said)]
        lines += [f"{file.path}:{line}: {_why_unsaid(message, many)}" for line, message, many in found]
    return lines


def _why_unsaid(message: str, many: str | None) -> str:
    if many:
        return f"pages say “{printable(message)}” of one and have msgid_plural “{printable(many)}” for more"
    return f"no page says “{printable(message)}”" + (" with a plural" if many == "" else "")


@lru_cache(maxsize=8)
def _unsaid_in(file: catalogues.File, ours: catalogues.File) -> list[tuple[int, str, str | None]]:
    return catalogues.unsaid(file, ours)


def _source(templates: Templates, name: str) -> str:
    assert templates.loader
    with suppress(TemplateError, UnicodeError):
        return templates.loader.get_source(templates, name)[0]
    return ""


@lru_cache(maxsize=1)
def _templates_of(folders: tuple[Path, ...], version: str, language: str) -> Templates:  # noqa: ARG001  (to be compared)
    """The templates, compiled once for each version and language. Raises StoreError."""
    *own, ours = folders
    return environment(ours, _words_of(folders, language), own[0] if own else None)


def _words_of(folders: Sequence[Path], language: str) -> Words:
    """The words of the interface, the site's own before ours. Raises StoreError where a catalogue is at fault."""
    wanted = dict.fromkeys([*catalogues.names(language), "en"])
    files = [
        catalogues.File(one, _catalogue(one), data)
        for folder in folders
        for one, data in read_words(folder, list(wanted)).items()
    ]
    try:
        return catalogues.words_of(language, files)
    except catalogues.CatalogueError as error:
        raise StoreError(f"{printable(str(error))}. Nothing was written.") from error


def _catalogue(language: str) -> str:
    return f"templates/words/{language}{catalogues.ENDING}"


def forget_templates() -> None:
    """Read and compile the templates again, even where they have the version that they had."""
    _templates_of.cache_clear()


@contextmanager
def template_faults() -> Iterator[None]:
    """A fault in a template becomes a StoreError that names its line; for one while rendering, the innermost."""
    try:
        yield
    except Exception as error:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if "templates" in Path(f.filename).parts]
        name, line = getattr(error, "filename", None), getattr(error, "lineno", None)
        if name is None and frames:
            name, line = frames[-1].filename, frames[-1].lineno
        if not frames and not isinstance(error, TemplateError | UnicodeError):
            raise  # no template has to do with it
        place = f"{shown(name)}:{line}: " if name else ""
        message = error.message if isinstance(error, TemplateError) else str(error)
        reason = (message or type(error).__name__).rstrip(".")
        if isinstance(error, RecursionError):
            reason = "It extends or includes itself; “variorum/” before a name means the one that it replaces"
        raise StoreError(f"{place}{reason}. Nothing was written.") from error


def work_off(shop: Workshop, tasks: Iterable[Task], many: int, most: int) -> Iterator[Made]:
    """Have the workshop do its tasks, `many` of them, with as many processes as that is worth, at most `most`."""
    return jobs.work_off(shop, tasks, jobs.processes(many, most), lambda task: f"briefing {task.name}")


def digest(data: bytes) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(data).hexdigest()
