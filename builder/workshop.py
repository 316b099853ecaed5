"""What one process does with one briefing: read, check, build, stage."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter

from builder import jobs
from builder.analysis import Analysis
from builder.build import BuiltBriefing, Counts, Studied, build_briefing, counts_of, study
from builder.consistency.aliases import former_names
from builder.diagnostics import Diagnostic, Place, stops
from builder.freshness import Options
from builder.inputs import opened
from builder.jinja import Templates
from builder.lookup.index import Terms
from builder.model import Cards, Site
from builder.output import digest_of
from builder.pages import SHOWN, Summary
from builder.routes import OutputFile
from builder.staging import Staged, stage
from builder.survey import KEPT, line_of
from builder.templating import compiled, template_faults
from builder.views.site import BriefingCard
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


class Pictures(NamedTuple):
    """Link previews."""

    files: tuple[OutputFile, ...] = ()
    painted: bytes = b"{}"
    """What has to be remembered of them (painting.Painted), as JSON."""


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
        return compiled(self.templates, self.version, self.site.language)

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
        digests = {path: digest_of(data) for path, data in texts.files.items()}
        digests |= {
            f"seeds/{name}": digest_of(data) if data is not None else "" for name, data in articles.read.items()
        }
        analysis = studied.analysis if studied else None
        counts = counts_of(analysis) if analysis else Counts()
        was = tuple(former_names(studied.documents)) if studied else ()
        if task.only_check or stops(diagnostics, self.options.strict):
            return Made(task.name, digests, diagnostics, counts, was=was)
        built, pictures = None, Pictures()
        if analysis:
            with template_faults(), self._underway(analysis, task.painted, task.hands) as wait:
                built = self._built(analysis, last)
                pictures = wait()
        files = (*built.files, *pictures.files) if built else ()
        counts = counts.with_files(files)
        kept, card = _lines(built, counts, diagnostics, was)
        staged = stage(self.output, task.name, files, task.owned)
        terms = built.terms if built else frozenset[str]()
        return Made(task.name, digests, diagnostics, counts, kept, card, pictures.painted, terms, was, staged)

    def painted(self, before: bytes) -> Pictures:
        """The picture of the digest; `before` is what is remembered of it."""
        with self._underway(None, before) as wait:
            return wait()

    @contextmanager
    def _underway(self, analysis: Analysis | None, before: bytes, hands: int = 1) -> Iterator[Callable[[], Pictures]]:
        """Have the pictures of a briefing drawn, or without one that of the digest, and meanwhile do something else."""
        if self.site.cards is Cards.NONE:
            yield Pictures
            return
        from builder import painting
        from builder.pages.cards import briefing_cards, digest_cards

        painter, templates = painting.painter(self.templates), self.environment()
        rest = (painter.fonts, templates.words)
        cards = briefing_cards(self.site, analysis, *rest) if analysis else digest_cards(self.site, *rest)
        with painting.underway(cards, templates, painter, self.output, json.loads(before), hands) as waited:

            def wait() -> Pictures:
                found = waited()
                return Pictures(tuple(file for file, _ in found), json.dumps(painting.noted(found)).encode())

            yield wait

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
def kept_card(data: bytes) -> BriefingCard | None:
    """A briefing's card, as it is remembered."""
    return _CARD.validate_json(data)


def work_off(shop: Workshop, tasks: Iterable[Task], many: int, most: int) -> Iterator[Made]:
    """Have the workshop do its tasks, `many` of them, with as many processes as that is worth, at most `most`."""
    return jobs.work_off(shop, tasks, jobs.processes(many, most), lambda task: f"briefing {task.name}")
