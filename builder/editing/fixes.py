"""Cures that are certain, worked out for one briefing: what `variorum fix` changes, and what it leaves alone.

Every cure is tried on the briefing before it counts. One that would bring a new fault is left out, with the reason.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from builder import editing as edit
from builder.anchor import find_quotation
from builder.build import Studied, study
from builder.diagnostics import Diagnostic, Fix, Severity, new_among, printable
from builder.editing.renames import renames
from builder.model import Briefing, Quotation, Site
from builder.text import on_one_line
from builder.written import Texts

MAX_ROUNDS = 5
"""A cure may bring to light what it hid; more than a few times in a row, it does not."""

MAX_TRIES = 100
"""How often a briefing is studied to find which cures it cannot take."""
MAX_SINGLY = 8
"""So many that seem to bring a fault are tried one by one, in case they do not."""


@dataclass(frozen=True, slots=True)
class Cure:
    """One text that comes in the place of another."""

    fix: Fix
    code: str
    """Of the fault; `typography` where there is none."""
    reason: str
    """One line."""


@dataclass(frozen=True, slots=True)
class Cured:
    """What can be cured in a briefing."""

    files: Mapping[str, bytes]
    """Those that change, by path from the site's root, as they will be."""
    done: tuple[Cure, ...]
    left: tuple[tuple[Cure, str], ...]
    """What cannot be cured so, and why not."""


def cured(studied: Studied, site: Site, articles: Mapping[str, bytes], *, typography: bool = False) -> Cured:
    """Cure what is certain, and what that brings to light; `articles` are the files of seeds/ by name.

    With `typography`, quotations show the article's own quotation marks, dashes and ellipses.
    """
    bench = _Bench(studied, site, articles, lenient=True)
    done, left = bench.rounds(typography=typography)
    if bench.brings():  # what came to light could not be cured after all
        bench = _Bench(studied, site, articles, lenient=False)
        done, left = bench.rounds(typography=typography)
    before = studied.texts.files
    files = {path: data for path, data in bench.current.texts.files.items() if data != before[path]}
    return Cured(files, tuple(done), tuple(left))


def cures(studied: Studied, *, typography: bool = False) -> list[Cure]:
    """What could be cured, in order of place."""
    found = [Cure(fix, fault.code, fault.message) for fault in studied.diagnostics for fix in fault.fixes]
    found += [Cure(fix, fault.code, f"{fault.message} {why}.") for fault, fix, why in renames(studied)]
    if typography:
        found += _typography(studied)
    return sorted(dict.fromkeys(found), key=lambda cure: (*_at(cure), cure.code, cure.fix.text))


def _at(cure: Cure) -> tuple[str, int, int]:
    return cure.fix.place.file, cure.fix.place.line, cure.fix.place.column


# ---- the article's own marks -----------------------------------------------------------------------------------


def _typography(studied: Studied) -> Iterator[Cure]:
    """Quotations that are found, but typed with other marks."""
    sources = {source.id: source for source in studied.briefing.sources}
    for id_, quotation in _quotations(studied.briefing):
        article = studied.articles.get(id_)
        passage = find_quotation(article, sources[id_], quotation).value if article else None
        if article is None or passage is None:
            continue
        own = on_one_line(passage.quoted(article.text))
        if own == on_one_line(quotation.exact):
            continue
        if find_quotation(article, sources[id_], replace(quotation, exact=own)).value == passage:
            yield Cure(Fix(quotation.place, own), "typography", f"{article.name} has other marks here.")


def _quotations(briefing: Briefing) -> Iterator[tuple[str, Quotation]]:
    """All of them, with their sources."""
    for claim in briefing.claims:
        for evidence in claim.evidence:
            yield from ((evidence.source, quotation) for quotation in evidence.quotations)
    for event in briefing.events:
        yield from event.quotations
    for source in briefing.sources:
        for holder in (source.known_through, source.looks_ahead):
            if holder and holder.quotation:
                yield source.id, holder.quotation
    yield from ((one.source, one.quotation) for one in briefing.left_out)


# ---- trying ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Why some cures cannot be taken together."""

    why: str
    faults: tuple[Diagnostic, ...] = ()
    """The new ones, where that is the reason."""


class _Bench:
    """A briefing that is being cured."""

    def __init__(self, studied: Studied, site: Site, articles: Mapping[str, bytes], *, lenient: bool) -> None:
        self.current = studied
        self._site = site
        self._articles = articles
        self._known = studied.diagnostics
        self._lenient = lenient
        """Whether a new fault may come to light that has a cure itself."""
        self._tries = 0
        self._with = studied
        """With what was taken last."""

    def rounds(self, *, typography: bool) -> tuple[list[Cure], list[tuple[Cure, str]]]:
        """Cure until nothing new is found. What was done, and what could not be."""
        done: list[Cure] = []
        left: list[tuple[Cure, str]] = []
        seen: set[tuple[str, int, int, str]] = set()
        for _ in range(MAX_ROUNDS):
            found = cures(self.current, typography=typography)
            waiting = [cure for cure in found if (*_at(cure), cure.fix.text) not in seen]
            if not waiting:
                break
            seen |= {(*_at(cure), cure.fix.text) for cure in waiting}
            taken: list[Cure] = []
            left += self._settle(taken, waiting)
            self.current = self._with
            done += taken
        return done, left

    def _settle(self, taken: list[Cure], waiting: Sequence[Cure]) -> list[tuple[Cure, str]]:
        """Add to `taken` all that goes with it; the others are given back, with the reason.

        All are tried at once, then without those that a new fault stands at or below, or else by halves.
        """
        tried = self._attempt([*taken, *waiting])
        if isinstance(tried, Studied):
            taken += waiting
            self._with = tried
            return []
        if len(waiting) == 1 or self._tries > MAX_TRIES:
            return [(cure, tried.why) for cure in waiting]
        blamed = _blamed(waiting, tried.faults)
        if not blamed:
            middle = len(waiting) // 2
            return self._settle(taken, waiting[:middle]) + self._settle(taken, waiting[middle:])
        rest = [cure for cure in waiting if cure not in blamed]
        left = self._settle(taken, rest) if rest else []
        if len(blamed) > MAX_SINGLY:
            return [*left, *blamed.items()]
        return left + [pair for cure in blamed for pair in self._settle(taken, [cure])]

    def _attempt(self, wanted: Sequence[Cure]) -> Studied | _Refusal:
        """The briefing with some cures, or why not."""
        self._tries += 1
        files = dict(self.current.texts.files)
        for path in dict.fromkeys(cure.fix.place.file for cure in wanted):
            if path not in files:
                return _Refusal(f"{printable(path)} is no file of this briefing.")
            try:
                text = files[path].decode("utf-8")
                after = edit.replace(path, text, [cure.fix for cure in wanted if cure.fix.place.file == path])
            except (edit.EditError, UnicodeDecodeError) as error:
                return _Refusal(str(error))
            files[path] = after.encode("utf-8")
        studied = study(Texts(self.current.texts.name, files), self._site, self._articles)
        if studied is None:
            return _Refusal("The briefing could not be read then.")
        new = [fault for fault in self._new_faults(studied) if not (self._lenient and fault.fixes)]
        return _Refusal(_then_wrong(new[0]), tuple(new)) if new else studied

    def brings(self) -> bool:
        """Whether there is an error now that was not there before the first cure."""
        return bool(self._new_faults(self.current))

    def _new_faults(self, studied: Studied) -> list[Diagnostic]:
        errors = (fault for fault in studied.diagnostics if fault.severity is Severity.ERROR)
        return new_among(errors, self._known)


def _blamed(cures: Sequence[Cure], faults: Sequence[Diagnostic]) -> dict[Cure, str]:
    """For each fault the cure that stands nearest at or before it in its file, with the reason."""
    found: dict[Cure, str] = {}
    in_order = sorted(cures, key=_at)
    for fault in faults:
        place = fault.place
        index = bisect_right(in_order, (place.file, place.line, place.column), key=_at)
        if index and in_order[index - 1].fix.place.file == place.file:
            found.setdefault(in_order[index - 1], _then_wrong(fault))
    return found


def _then_wrong(fault: Diagnostic) -> str:
    return f"Then this would be wrong: {fault.place.file}:{fault.place.line}: {fault.message}"


# ---- showing ---------------------------------------------------------------------------------------------------


def difference(path: str, before: bytes, after: bytes) -> Iterator[str]:
    """A unified diff of one file, line by line, each with its line end. Raises UnicodeDecodeError."""
    one, other = (re.findall(r"[^\n]*\n|[^\n]+", data.decode("utf-8")) for data in (before, after))
    for line in difflib.unified_diff(one, other, f"a/{path}", f"b/{path}"):
        if line.endswith("\n"):
            yield line
        else:
            yield from (f"{line}\n", "\\ No newline at end of file\n")


def shown(line: str) -> str:
    """A line of a difference as a terminal may see it.

    Tabs, line ends and a byte order mark at the start of a file are harmless, and without them it could not be applied.
    """
    body = line.rstrip("\r\n")
    mark = body[:2] if body[1:2] == "\ufeff" else ""
    return mark + "\t".join(map(printable, body[len(mark) :].split("\t"))) + line[len(body) :]
