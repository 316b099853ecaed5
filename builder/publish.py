"""From a folder on the disk to a site on the disk: what `build`, `check` and `serve` do.

A build looks what is stale, has it made by as many processes as are worth it, and commits all of it or nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from builder import store
from builder.diagnostics import Diagnostic, in_order, printable, stops
from builder.facts import Memory, file_of
from builder.freshness import Facts, Options, Stale, everything, stale
from builder.inputs import Reader, StoreError, note_odd_articles, opened
from builder.jobs import processes, unhurried
from builder.output import TOP, is_unit, unit_of
from builder.scan import Scan, is_file, is_folder, output_of, shared_stamps, templates_of
from builder.staging import Staged, stage
from builder.survey import (
    BRIEFING,
    CARD,
    FILES,
    MOVED,
    PAINTED,
    SHARED,
    UNITS,
    files_entry,
    files_of,
    harmed_files,
    present,
    remembered,
    renewed,
    rests_on,
    shared_entry,
)
from builder.unchanged import COMMAND, remember

if TYPE_CHECKING:
    from builder.lookup.index import Terms
    from builder.routes import OutputFile
    from builder.workshop import Kept, Made, Task, Workshop


Progress: TypeAlias = "Callable[[Iterator[Made], int], Iterator[Made]]"
"""Hands on what is made, briefing by briefing, and tells a person how far it is; the number is that of all."""


def silent(made: Iterator[Made], many: int) -> Iterator[Made]:  # noqa: ARG001  (nobody is told)
    """Progress that nobody sees."""
    return made


@dataclass(frozen=True, slots=True)
class Order:
    """What to build, from where, to where."""

    root: Path
    output: Path
    state: Path
    """Where the builder keeps its memory and its lock."""
    options: Options
    jobs: int = 1
    """How many processes at most."""
    anew: bool = False
    """Whether everything is built, whatever the last build remembers."""
    command: str = ""
    """The words of the command: the same words need not be understood again while nothing changes."""
    progress: Progress = silent
    first: Callable[[], Collection[str]] = tuple
    """Which briefings somebody waits for: these are made before the others."""
    replacing: Callable[[], AbstractContextManager[None]] = nullcontext
    """Around the commit: whoever serves the output reads nothing meanwhile."""
    unstaged: Callable[[], object] = tuple
    """Called before what was staged and not committed goes: whoever serves some of it ahead reads it no more."""


@dataclass
class Published:
    """What became of an order."""

    stale: Stale
    diagnostics: list[Diagnostic] = field(default_factory=list)
    """In order of place; those of briefings that were not built again, too."""
    refused: bool = False
    """Whether nothing was written because of them."""
    written: int = 0
    """Files with new bytes."""
    unchanged: int = 0
    """Files that were made again and came out the same."""
    removed: int = 0
    told: tuple[str, ...] = ()
    """What the site holds, in lines for a person."""


def publish(order: Order) -> Published:
    """Build what is stale and commit it; with any fault, nothing. Raises StoreError, and WorkError for a bug."""
    protected = [order.root, *(order.root / name for name in ("content", "seeds", "templates", "builder", ".git"))]
    with unhurried(), store.writing(order.output, order.state, protected) as session:
        memory = Memory(file_of(str(session.path), str(order.state), "facts"))
        try:
            with opened(order.root) as reader:
                try:
                    return _Build(order, session, memory, reader, "--all" if order.anew else "").run()
                except _Forgotten:
                    session.discard()
                    return _Build(order, session, memory, reader, "what was remembered is damaged").run()
        finally:
            memory.close()


class _Forgotten(Exception):
    """In the midst of a build, what was remembered before turned out to be damaged."""


class _Build:
    """One build, from looking what is stale to remembering what was done."""

    def __init__(self, order: Order, session: store.Session, memory: Memory, reader: Reader, why: str) -> None:
        self.order = order
        self.why = why
        """Why everything is stale; empty where that is to be seen."""
        self.session = session
        self.recovered: dict[str, list[str]] = {}
        for path in session.recovered:
            self.recovered.setdefault(unit_of(path), []).append(path)
        self.memory = memory
        memory.lost = False  # what was lost before is unknown; what is lost from here on was believed
        self.reader = reader
        self.taken = time.time_ns()
        self.templates = templates_of(str(order.root))
        self.scan = Scan(str(order.root), self.templates, str(session.path))
        self._refuse_links()
        self.names = reader.names()
        note_odd_articles(reader, self.scan.articles)
        self.past = remembered(memory, self.scan)
        self.now = present(self.past, self.scan, self.names, order.root, self.templates, order.options)
        self.result = Published(self._stale())
        self.terms: dict[str, Terms | None] = {}
        """What the index knew before of briefings that were made anew."""
        self.steady = False
        """Whether what all pages rest on is known to be at the end what it was at the beginning."""

    def _refuse_links(self) -> None:
        """Raise for a template through a link: what it leads to could change without anybody noticing."""
        if (self.order.root / "templates").is_symlink():
            raise StoreError("templates is a symbolic link. Put what it leads to in its place.")
        for path, stamp in self.scan.templates.items():
            if not is_file(stamp):
                raise StoreError(f"{printable(path)} is not an ordinary file. Put what it leads to in its place.")

    def _strays(self) -> tuple[str, ...]:
        """Briefings' folders in the output that nobody remembers: left by a build with another memory."""
        tops = {path for path, stamp in self.scan.output.items() if is_folder(stamp) and "/" not in path}
        unknown = tops - {*self.names, *UNITS, *self.past.folders}
        return tuple(sorted(name for name in unknown if is_unit(self.session.path, name)))

    def _stale(self) -> Stale:
        found = self._compared()
        return replace(
            found, gone=tuple(sorted({*found.gone, *self._strays(), *self.recovered} - {*self.names, *UNITS}))
        )

    def _compared(self) -> Stale:
        past = self.past
        why = "nothing is known of a last build" if past.shared is None else ""
        why = "the last build was cut off" if self.session.recovered else why
        why = self.why or why
        if why or past.shared is None:
            return everything(past.briefings, self.now, why)
        harmed = harmed_files(past, self.memory, self.scan, self.session.path)
        return stale(Facts(past.shared, past.briefings), self.now, harmed)

    def run(self) -> Published:
        result = self.result
        if result.stale or self.reader.diagnostics:
            try:
                self._make()
            finally:
                self.order.unstaged()
                self._forget_mixed_templates()
        else:
            result.told = self.past.told
            if self.past.warnings:
                from builder.workshop import all_kept

                kept = all_kept(self.memory.all(BRIEFING)).values()
                result.diagnostics = in_order(warning for one in kept for warning in one.warnings)
                if len(result.diagnostics) != self.past.warnings:
                    raise _Forgotten
            result.refused = stops(result.diagnostics, self.order.options.strict)
            if not result.refused:
                self._remember()
        return result

    # ---- making what is stale ----

    def _make(self) -> None:
        from builder import templating, workshop
        from builder.build import ANY_SITE, check_site
        from builder.consistency.aliases import taken_names

        result, options = self.result, self.order.options
        checked = check_site(self.reader.site(), options)
        found = [*self.reader.diagnostics, *checked.diagnostics]
        site = checked.value or ANY_SITE
        folders, version = tuple(map(Path, self.templates)), templating.version_of(self.now.shared)
        shop = workshop.Workshop(self.order.root, self.session.path, site, options, folders, version)
        templating.load(shop.environment(), self.now.shared, self.memory)
        staged: list[Staged] = []

        def tasks(names: Iterable[str], hands: int) -> Iterator[Task]:
            # From the first fault on nothing will be written, so the rest is only checked.
            for name in names:
                again = name in first or many <= workshop.MOST
                only_check = checked.value is None or stops(found, options.strict)
                yield workshop.Task(name, self._owned(name), only_check, again, self._painted(name), hands)

        def worked_off() -> Generator[Made, None, None]:
            most = self.order.jobs
            yield from workshop.work_off(shop, tasks(first, most), len(first), 1)
            # Where several processes have a briefing each, none of them has others to draw for it.
            hands = most if processes(len(others), most) == 1 else 1
            yield from workshop.work_off(shop, tasks(others, hands), len(others), most)

        many = len(result.stale.briefings)
        first = sorted({*self.order.first()} & result.stale.briefings.keys())
        others = [name for name in result.stale.briefings if name not in first]
        with closing(worked_off()) as all_made:
            for made in self.order.progress(all_made, many):
                self._take(made, found, staged)
        fresh = set(self.names) - result.stale.briefings.keys() | {one.unit for one in staged}
        kept = workshop.all_kept((name, entry) for name, entry in self.memory.all(BRIEFING) if name in fresh)
        if kept.keys() != fresh:
            raise _Forgotten
        warnings = (warning for one in kept.values() for warning in one.warnings)
        taken = taken_names(self.names, {name: one.was for name, one in kept.items()})
        result.diagnostics = in_order([*found, *warnings, *taken])
        result.refused = checked.value is None or stops(result.diagnostics, options.strict)
        if not result.refused:
            self._write(shop, kept, staged)

    def _take(self, made: Made, found: list[Diagnostic], staged: list[Staged]) -> None:
        """Remember what became of a briefing."""
        found += made.diagnostics
        if made.staged:
            self.memory.put(
                BRIEFING, made.name, rests_on(made.name, made.digests, self.scan, self.taken) + b"\n" + made.kept
            )
            self.memory.put(CARD, made.name, made.card)
            from builder.indexing import remember_terms

            self.terms[made.name] = remember_terms(self.memory, made.name, made.terms)
            self.memory.put(PAINTED, made.name, made.painted)
            self.memory.put(FILES, made.name, files_entry(made.staged))
            staged.append(replace(made.staged, files={}))  # remembered, so not held for all briefings

    def _write(self, shop: Workshop, kept: Mapping[str, Kept], staged: list[Staged]) -> None:
        """Stage the digest's files and what goes, commit, and remember."""
        from builder import digesting
        from builder.indexing import forget_terms

        result, output = self.result, self.session.path
        shown = {name for name, one in kept.items() if one.summary}
        whole = bool(shown) and {one.unit for one in staged if one.put} == shown
        digest = digesting.make_digest(shop, kept, self._card, self._painted(TOP), self._index)
        self.memory.put(PAINTED, TOP, digest.painted)
        for name in result.stale.gone:
            if name not in digest.files:
                staged.append(stage(output, name, (), self._owned(name)))
                self.memory.put(FILES, name, None)
            for kind in (BRIEFING, CARD, PAINTED):
                self.memory.put(kind, name, None)
            forget_terms(self.memory, name)
        self._forget_moved(digest.files, staged)
        for unit, files in digest.files.items():
            staged.append(stage(output, unit, files, self._owned(unit)))
            self.memory.put(FILES, unit, files_entry(staged[-1]))
            if unit not in UNITS:
                self.memory.put(MOVED, unit, b"")
        with self.order.replacing():
            self.session.commit(staged, whole=whole)
        result.written = sum(one.written for one in staged)
        result.unchanged = sum(one.unchanged for one in staged)
        result.removed = sum(one.removed for one in staged)
        result.told = digest.told
        self._note_output({path for one in staged for path in (*one.put, *one.drop)})
        self._remember()

    def _forget_moved(self, wanted: Collection[str], staged: list[Staged]) -> None:
        """Old addresses of briefings that are no longer kept go; what is a briefing again by now stays."""
        for unit, _ in list(self.memory.all(MOVED)):
            if unit not in wanted:
                self.memory.put(MOVED, unit, None)
                if unit not in self.names and unit not in self.result.stale.gone:
                    staged.append(stage(self.session.path, unit, (), self._owned(unit)))
                    self.memory.put(FILES, unit, None)

    def _note_output(self, moved: Collection[str]) -> None:
        """What the output looks like now. A briefing that was not moved is as it was when it was looked at."""
        before, after = self.scan.output, output_of(str(self.session.path))
        kept = set(self.names) - set(moved)
        self.scan.output = {
            path: before.get(path, ()) if path.partition("/")[0] in kept else stamp for path, stamp in after.items()
        }

    def _card(self, name: str) -> bytes:
        card = self.memory.get(CARD, name)
        if card is None:
            raise _Forgotten
        return card

    def _index(self, names: Sequence[str]) -> list[OutputFile]:
        """The index of these briefings, the oldest first."""
        from builder.indexing import index_of

        files = index_of(self.memory, names, self.terms)
        if files is None:
            raise _Forgotten
        return files

    def _painted(self, unit: str) -> bytes:
        """What is remembered of a unit's pictures."""
        return b"{}" if self.order.anew else self.memory.get(PAINTED, unit) or b"{}"

    def _owned(self, unit: str) -> tuple[str, ...] | None:
        """The files that the builder wrote for a unit before, also in a commit that was cut off; None: unknown."""
        if self.memory.get(FILES, unit) is None and unit not in self.recovered:
            return None
        return (*files_of(self.memory, unit), *self.recovered.get(unit, ()))

    def _forget_mixed_templates(self) -> None:
        """Templates that changed while they were read may be of two versions; nobody may take them for one later."""
        if not self.steady and shared_stamps(str(self.order.root), self.templates)[1] != self.scan.templates:
            from builder import templating

            templating.forget_templates()

    # ---- remembering ----

    def _remember(self) -> None:
        """Write down what was built, and from what; from then on the site is as if nothing had been before it."""
        result, memory = self.result, self.memory
        self.scan.output[""] = ()  # what waits beside the output goes at the end
        entry = shared_entry(self.now, self.scan, self.taken, result.told, len(result.diagnostics))
        # What changed while the pages were made may be in some of them: the next build makes everything.
        self.steady = shared_stamps(str(self.order.root), self.templates) == self.scan.shared()
        sure = self.steady and not memory.lost
        memory.put(SHARED, "", entry if sure else None)
        for name, renewed_entry in list(renewed(self.past, memory, self.now, self.scan, self.taken)):
            if name not in result.stale.briefings:
                memory.put(BRIEFING, name, renewed_entry)
        for command, _ in list(memory.all(COMMAND)):
            memory.put(COMMAND, command, None)
        # With a warning to print, or a file so new that its next change could go unseen, the next build looks closer.
        if sure and self.order.command and not result.diagnostics and self.scan.settled(self.taken):
            memory.put(COMMAND, self.order.command, remember(self.scan, result.told))
        memory.keep()
        self.session.finish()


def clean(output: Path, state: Path) -> int:
    """Remove what the builder wrote, and what it remembers of that; returns how many files. Raises StoreError."""
    if not state.is_dir() and not output.is_dir():
        return 0
    with store.writing(output, state) as session:
        file = Path(file_of(str(session.path), str(state), "facts"))
        memory = Memory(str(file))
        known = memory.get(SHARED) is not None
        owned = {path for unit, _ in memory.all(FILES) for path in files_of(memory, unit)} if known else None
        memory.close()
        removed = store.clean(session, owned)
        with suppress(OSError):  # another thing of that name is none of ours
            file.unlink()
        session.finish()
        return removed
