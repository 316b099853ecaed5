"""How long a save takes to be seen: `variorum serve` beside `hugo server`, in an open browser.

    python -m tests.bench.preview [--briefings N [N ...]] [--runs R] [--more] [--rename] [--phases] [--folder DIR]

The clock starts when the file is complete: closed, or renamed. It stops in the page itself, in the first task after
the first frame that shows the change (seen.js). The servers take turns, save by save, and every save falls at another
moment of whatever rhythm a server has. Nothing is asserted: times belong to a machine.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from .bench import ROOT, corpus_in, folder, machine, positive, say  # noqa: TID252
from .live import Live, Scene, hugo_serve, scene_of, variorum_serve, wording  # noqa: TID252
from .measure import table  # noqa: TID252
from .peers import BENCH, Site, hugo_from_yaml, hugo_project, timed, until, variorum  # noqa: TID252

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Start: TypeAlias = "Callable[[Scene, Path, str], AbstractContextManager[Live]]"

OURS = "variorum serve"
THEIRS = "hugo server"
SERVERS: Mapping[str, Start] = {
    OURS: variorum_serve,
    THEIRS: partial(hugo_serve, make=hugo_project, options=[]),
}
MORE: Mapping[str, Start] = {
    f"{THEIRS}, YAML": partial(hugo_serve, make=hugo_from_yaml, options=[]),
    f"{THEIRS} --renderToMemory": partial(hugo_serve, make=hugo_project, options=["--renderToMemory"]),
    f"{THEIRS} --disableFastRender": partial(hugo_serve, make=hugo_project, options=["--disableFastRender"]),
}
"""Other ways to run Hugo's server."""
EDITS = {
    "a claim’s words, on its page": ("claim", "claim"),
    "the same, on the matrix": ("matrix", "matrix"),
    "a quotation, on the claim’s page": ("quotation", "quoted"),
    "the style sheet": ("style", "claim"),
    "a template": ("template", "claim"),
    "a fault, until it is shown": ("break", "claim"),
    "its cure, until it is gone": ("mend", "claim"),
}
"""Kinds of edits, by what they are called, and the page that is open meanwhile."""
TURNS = (("claim",), ("matrix",), ("quotation",), ("style",), ("template",), ("break", "mend"))
"""The kinds that are measured one after the other in a run, before the next run."""
REST = 1.0
"""Seconds between a change that was seen and the next save, at least; so that nothing is under way any more."""
RHYTHM = 0.5
"""Seconds: over so much, the moments of the saves are spread evenly. Hugo looks at its changes twice a second."""
PATIENCE = 45.0
"""Seconds after which nobody waits any longer for a page to show something."""
LATER = 1000
"""The number of the first run in which more than the open page is looked at."""
GOLDEN = 0.6180339887
"""Its multiples, without their whole parts, are spread evenly, however many they are."""
TICKS = 15
"""How often the clocks of page and program are compared; the quickest comparison counts."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of one save, in seconds after it."""

    built: float | None
    """How long the server said that it built; no moment, but a duration."""
    heard: float | None
    """The server's last message to the page before the change was seen."""
    fetched: float | None
    """The last thing that the page fetched for it was there."""
    seen: float
    """The change was painted."""
    reloaded: bool
    """Whether the page had loaded itself anew."""


Shown: TypeAlias = "Seen | None"
"""None where nobody wanted to wait any longer."""
Key: TypeAlias = tuple[str, str]
"""The kind of an edit, and a server."""


def main(arguments: Sequence[str]) -> None:
    """Measure, and print a report in Markdown."""
    options = parsed(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        sys.stdout.write(f"{machine(options.folder)}\n- browser: Chromium {browser.version}, headless\n")
        for briefings in options.briefings:
            place = Path(tempfile.mkdtemp(prefix="preview-", dir=options.folder))
            try:
                report = measured(browser, scene_in(options.folder, briefings, place), place, options)
                sys.stdout.write(f"\n{report}\n")
                sys.stdout.flush()
            finally:
                shutil.rmtree(place)


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.preview", description="From a save to the eye.")
    parser.add_argument("--briefings", type=positive, nargs="+", default=[1, 200], metavar="N", help="sizes [1 200]")
    parser.add_argument("--runs", type=positive, default=15, metavar="R", help="saves of each kind, in turns [15]")
    parser.add_argument("--folder", type=folder, default=BENCH, help="for all files [.variorum/bench]")
    parser.add_argument("--more", action="store_true", help="run Hugo's server in other ways, too")
    parser.add_argument("--rename", action="store_true", help="save as editors do that write another file first")
    parser.add_argument("--phases", action="store_true", help="say where the time goes, too")
    return parser.parse_args(arguments)


def scene_in(folder: Path, briefings: int, place: Path) -> Scene:
    """A corpus of that size, built once, and what is edited in it."""
    corpus = corpus_in(folder, briefings)
    say("building the data")
    site = Site(corpus, place / "site")
    timed(variorum(corpus, site.built, place), ROOT)
    return scene_of(site, place)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of the tests, run as they run it."""
    from playwright.sync_api import sync_playwright

    sys.path.append(str(ROOT / "tests"))
    from chromium import chromium_path
    from conftest import CHROMIUM_FLAGS

    executable = chromium_path() or sys.exit("Chromium is missing; `make test` installs it.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


# ---- one site --------------------------------------------------------------------------------------------------


def measured(browser: Browser, scene: Scene, place: Path, options: argparse.Namespace) -> str:
    """All edits of one site with all servers, as a section of the report."""
    servers = {**SERVERS, **(MORE if options.more else {})}
    with ExitStack() as stack:
        lives = []
        for name, start in servers.items():
            say(f"starting {name}")
            lives.append(stack.enter_context(start(scene, place, name)))
            until(lives[-1].ready)
        watchers = [Watcher(browser, live) for live in lives]
        results = {(kind, live.name): list[Shown]() for kinds in TURNS for kind in kinds for live in lives}
        for kinds in TURNS:
            in_turns(watchers, kinds, options, results)
        others = {watcher.live.name: everywhere(watcher, options) for watcher in watchers}
    return section(scene, results, others, options)


def in_turns(
    watchers: Sequence[Watcher], kinds: Sequence[str], options: argparse.Namespace, results: Mapping[Key, list[Shown]]
) -> None:
    """Save by save, one server after the other. One that does not show the first save is not asked again."""
    pages = dict(EDITS.values())
    patient = list(watchers)
    for run in range(-1, options.runs):  # the first is not counted: a server may have something to warm up
        say(f"{' and '.join(kinds)}, run {run + 1}")
        for watcher in list(patient):
            if run < 0 or not watcher.fine:
                watcher.restore()
                watcher.go(watcher.live.scene.page(pages[kinds[0]]))
            for kind in kinds:
                seen = watcher.see(kind, run + 1, rename=options.rename) if watcher.fine else None
                if run >= 0:
                    results[kind, watcher.live.name].append(seen)
            if run < 0 and not watcher.fine:
                patient.remove(watcher)
    for watcher in watchers:
        watcher.restore()


class Watcher:
    """A browser's tab that shows a server's page, and tells when it has changed."""

    def __init__(self, browser: Browser, live: Live) -> None:
        self.live = live
        self._page: Page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        self._page.add_init_script(path=Path(__file__).with_name("seen.js"))
        self.fine = True
        """Whether the page shows what was saved last."""
        self._saves = 0

    def go(self, page: str) -> None:
        """Open a page of the site."""
        self._page.goto(self.live.url(page), wait_until="load")
        self.fine = True

    def see(self, kind: str, run: int, *, rename: bool) -> Seen | None:
        """Save, and wait until it is seen; None when it is not."""
        printed = self.live.printed()
        told = self.shown(kind, run, rename=rename)
        if told is None:
            return None
        saved, times = told
        ahead = self._clock()

        def after(stamp: float | None) -> float | None:
            return stamp / 1000 - ahead - saved if stamp else None

        built, seen = self.live.built(printed), after(times["seen"]) or 0.0
        return Seen(built, after(times["heard"]), after(times["fetched"]), seen, times["reloaded"])

    def shown(self, kind: str, run: int, *, rename: bool) -> tuple[float, Any] | None:
        """Save, and wait until it is seen: when it was saved, by our clock, and what the page tells, by its own."""
        from playwright.sync_api import TimeoutError as PlaywrightTimeout

        edit = self.live.edit(kind, run)
        self._page.bring_to_front()
        time.sleep(REST)
        self._page.evaluate("awaited => benchAwait(awaited)", dict(edit.awaited))
        self._saves += 1
        time.sleep(RHYTHM * (self._saves * GOLDEN % 1))
        try:
            with self._page.expect_console_message(
                lambda message: message.text.startswith("bench-seen "), timeout=PATIENCE * 1000
            ) as told:
                edit.save.write(rename=rename)
                saved = time.time()
        except PlaywrightTimeout:
            say(f"{self.live.name} does not show it")
            self.fine = False
            return None
        return saved, json.loads(told.value.text.removeprefix("bench-seen "))

    def _clock(self) -> float:
        """By how many seconds the clock of the page that told the time is ahead of ours."""
        best, ahead = float("inf"), 0.0
        for _ in range(TICKS):
            before = time.time()
            there = self._page.evaluate("performance.timeOrigin + performance.now()") / 1000
            after = time.time()
            if after - before < best:
                best, ahead = after - before, there - (before + after) / 2
        return ahead

    def restore(self) -> None:
        """All files as they were, and time for the server to see it."""
        for save in (self.live.claims, self.live.style, self.live.template):
            if save.file.read_bytes() != save.data:
                save.write(rename=False)
                time.sleep(REST + RHYTHM)
        until(self.live.ready)


@dataclass(frozen=True, slots=True)
class Everywhere:
    """What became of the other pages that show a claim."""

    lagging: int
    """How many still show the old words long after the save, to whoever does not go there with a browser."""
    waits: tuple[float, ...]
    """Seconds from each save until every page has shown the new words: first the open one, then each other one."""
    torn: int
    """How often half a page, or none, was the answer meanwhile."""


def everywhere(watcher: Watcher, options: argparse.Namespace) -> Everywhere:
    """Change the claim while its own page is open, and look at all pages that show it."""
    live, pages = watcher.live, watcher.live.scene.showing()
    watcher.go(live.scene.page("claim"))
    watcher.shown("claim", LATER, rename=options.rename)
    time.sleep(2 * REST)
    lagging = sum(not live.shows(page, wording(LATER)) for page in pages)
    torn = live.torn
    waits = tuple(seen_everywhere(watcher, LATER + run, options) for run in range(1, options.runs + 1))
    return Everywhere(lagging, waits, live.torn - torn)


def seen_everywhere(watcher: Watcher, run: int, options: argparse.Namespace) -> float:
    """Seconds from a save of the claim until the open page shows it, and then each other page that is asked for.

    Nothing is asked for before: to answer would keep a server from its work.
    """
    live = watcher.live
    say(f"every page, run {run - LATER}, {live.name}")
    told = watcher.shown("claim", run, rename=options.rename)
    if told is None:
        return math.inf
    for page in live.scene.showing():
        until(partial(live.shows, page, wording(run), going=True))
    return time.time() - told[0]


# ---- reporting -------------------------------------------------------------------------------------------------


def section(
    scene: Scene,
    results: Mapping[Key, Sequence[Shown]],
    others: Mapping[str, Everywhere],
    options: argparse.Namespace,
) -> str:
    """The medians and the ninth tenths, and how ours compare with Hugo's."""
    many = f"all {len(scene.showing())} pages with the claim"
    waits = {
        name: {server: [seen.seen if seen else math.inf for seen in results[kind, server]] for server in others}
        for name, (kind, _) in EDITS.items()
    } | {many: {server: list(other.waits) for server, other in others.items()}}
    rows = [compared(name, each[OURS], each[THEIRS]) for name, each in waits.items()]
    renamed = ", each by a new file that takes the old one’s name," if options.rename else ""
    parts = [
        f"## From a save to the eye, briefings: {scene.site.corpus.briefings:,}",
        f"Milliseconds: the medians of {options.runs} saves{renamed}, and what nine of ten stay below.",
        table(["", OURS, "p90", THEIRS, "p90", "ratio"], rows),
        "\n".join(told(server, other, scene) for server, other in others.items()),
    ]
    if options.more:
        rows = [[name, *(ms(middle(each[server])) for server in MORE)] for name, each in waits.items()]
        parts.append(table(["medians", *MORE], rows))
    if options.phases:
        parts += ["Where the time goes, in milliseconds; each figure is a median of its own.", phases(others, results)]
    return "\n\n".join(parts)


def compared(name: str, ours: Sequence[float], theirs: Sequence[float]) -> list[str]:
    """A row of the table: two figures for each server, and the ratio of their medians."""
    seen = middle(ours) < math.inf and middle(theirs) < math.inf
    ratio = f"{middle(ours) / middle(theirs):.2f}" if seen else ""
    tenths = [ms(ninth_tenth(each)) if each else "" for each in (ours, theirs)]
    return [name, ms(middle(ours)), tenths[0], ms(middle(theirs)), tenths[1], ratio]


def middle(waits: Sequence[float]) -> float:
    """The median; infinite where nothing was seen."""
    return statistics.median(waits) if waits else math.inf


def told(server: str, other: Everywhere, scene: Scene) -> str:
    """How many of a claim's pages a server has left as they were, and how often it gave less than a page."""
    pages = f"of {len(scene.showing())} pages with the claim, {other.lagging or 'none'} had the old words"
    torn = f"; half a page, or none, was the answer {other.torn} times" if other.torn else ""
    return f"- {server}: {pages} two seconds after a save, for a program that asked{torn}"


def ninth_tenth(waits: Sequence[float]) -> float:
    """The shortest time within which nine of ten were seen."""
    return sorted(waits)[math.ceil(0.9 * len(waits)) - 1]


def ms(seconds: float) -> str:
    """Whole milliseconds; or that nobody waited so long."""
    return f"{1000 * seconds:,.0f}" if seconds < math.inf else f"> {1000 * PATIENCE:,.0f}"


def phases(servers: Iterable[str], results: Mapping[Key, Sequence[Shown]]) -> str:
    """Where the time goes: until the server told the page, until the page had fetched it, until it was painted."""
    rows = []
    for name, (kind, _) in EDITS.items():
        for server in servers:
            known = [seen for seen in results[kind, server] if seen and seen.heard is not None]
            if not known:
                continue
            parts = [phases_of(seen) for seen in known]
            figures = [ms(statistics.median(each)) for each in zip(*parts, strict=True)]
            rows.append([f"{name}: {server}", *figures, f"{sum(seen.reloaded for seen in known)} of {len(known)}"])
    return table(["", "noticed", "built", "fetched", "painted", "reloads"], rows)


def phases_of(seen: Seen) -> tuple[float, float, float, float]:
    """The seconds of each phase. A change that came with the message itself was fetched by nobody."""
    heard = seen.heard or 0.0
    built = min(heard, seen.built or 0.0)  # a server may tell the page before it has finished
    fetched = max(heard, seen.fetched or 0.0)
    return heard - built, built, fetched - heard, seen.seen - fetched


if __name__ == "__main__":
    main(sys.argv[1:])
