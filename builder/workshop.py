"""What one process does with one briefing: read, check, build, stage. And what the digest makes of all of them."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import TemplateError
from pydantic import TypeAdapter

from builder import jobs
from builder.analysis import Analysis
from builder.build import BuiltBriefing, BuiltDigest, Counts, Studied, build_briefing, build_digest, counts_of, study
from builder.diagnostics import Diagnostic, stops
from builder.freshness import Options
from builder.inputs import StoreError, opened, read_static
from builder.jinja import Templates
from builder.model import Site
from builder.pages import SHOWN, Summary, newest_first
from builder.render import environment, static_files
from builder.routes import OutputFile
from builder.staging import TOP, Staged, stage
from builder.strings import plural
from builder.survey import KEPT, line_of
from builder.unchanged import shown
from builder.views import BriefingCard
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


@dataclass(frozen=True, slots=True)
class Kept:
    """What the digest and the next build need to know of a briefing."""

    counts: Counts
    summary: Summary | None
    """None for a draft that was left out."""
    warnings: tuple[Diagnostic, ...]


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
    staged: Staged | None = None
    """None where it was only checked, or is at fault."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """Everything that is the same for all briefings. Can be sent to another process."""

    root: Path
    output: Path
    site: Site
    options: Options
    templates: Path
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
        if task.only_check or stops(diagnostics, self.options.strict):
            return Made(task.name, digests, diagnostics, counts)
        with template_faults():
            built = self._built(analysis, last) if analysis else None
        files = built.files if built else ()
        counts = counts.with_files(files)
        kept, card = _lines(built, counts, diagnostics)
        return Made(
            task.name, digests, diagnostics, counts, kept, card, stage(self.output, task.name, files, task.owned)
        )

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


def _lines(built: BuiltBriefing | None, counts: Counts, diagnostics: tuple[Diagnostic, ...]) -> tuple[bytes, bytes]:
    kept = _KEPT.dump_json(Kept(counts, built.summary if built else None, diagnostics))
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


@dataclass(slots=True)
class _LastDigest:
    built: BuiltDigest | None = None


@lru_cache(maxsize=1)
def _last_digest(root: Path) -> _LastDigest:  # noqa: ARG001
    return _LastDigest()


def make_digest(shop: Workshop, kept: Mapping[str, Kept], card: Callable[[str], bytes]) -> Digest:
    """Make the files beside the briefings' folders; `card` gives the card of a briefing as it is remembered.

    Raises StoreError where a template is at fault.
    """
    summaries = newest_first(one.summary for one in kept.values() if one.summary)
    cards = {s.name: shown for s in summaries[:SHOWN] if (shown := _card_of(card(s.name)))}
    last = _last_digest(shop.root)
    with template_faults():
        last.built = built = build_digest(shop.site, summaries, cards, shop.environment(), last.built)
        assets = static_files(read_static(shop.templates / "static"))
    counts = sum((one.counts for one in kept.values()), Counts()).with_files([*built.files, *assets])
    skipped = [f"{name}: a draft (--drafts builds it)" for name, one in kept.items() if one.summary is None]
    if shop.site.url is None:
        skipped.append("feed.xml and the sitemaps: no address (`url` in site.yaml, or --base-url)")
    return Digest(
        {TOP: built.files, "static": assets}, tuple(_told(counts, kept) + [f"  skipped {line}" for line in skipped])
    )


def _told(counts: Counts, kept: Mapping[str, Kept]) -> list[str]:
    made = ((counts.claims, "claim"), (counts.sources, "source"), (counts.events, "event"))
    listed = ", ".join(plural(number, word) for number, word in made)
    warnings = sum(len(one.warnings) for one in kept.values())
    verified = f"{plural(counts.quotations, 'quotation')} verified, {plural(warnings, 'warning')}"
    return [
        f"{plural(counts.pages, 'page')}, {counts.bytes / 1000:,.0f} kB",
        f"  {plural(counts.briefings, 'briefing')}: {listed}, {verified}",
    ]


@lru_cache(maxsize=1)
def _templates_of(folder: Path, version: str, language: str) -> Templates:  # noqa: ARG001  (to be compared)
    """The templates, compiled once for each version and language."""
    return environment(folder)


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
        raise StoreError(f"{place}{reason}. Nothing was written.") from error


def work_off(shop: Workshop, tasks: Iterable[Task], many: int, most: int) -> Iterator[Made]:
    """Have the workshop do its tasks, `many` of them, with as many processes as that is worth, at most `most`."""
    return jobs.work_off(shop, tasks, jobs.processes(many, most), lambda task: f"briefing {task.name}")


def digest(data: bytes) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(data).hexdigest()
