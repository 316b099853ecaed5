"""What a search costs: the size of its data, and the time and bytes until the first hit in a browser.

    python -m tests.bench.search [--briefings N …] [--runs R] [--folder DIR]

Corpora are built as `tests.bench.bench` makes them, and served with gzip by this machine. Each run is a browser that
has nothing yet: the page is loaded, a query typed, and the clock stopped when a hit, or that there is none, is shown.
Nothing is asserted: times belong to a machine.
"""

from __future__ import annotations

import argparse
import gzip
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from chromium import chromium_path
from playwright.sync_api import Browser, Response, sync_playwright
from quality.lighthouse import served

from .bench import ROOT, STATE, corpus_in, folder, positive, say  # noqa: TID252
from .measure import table  # noqa: TID252

TYPED = """async (query) => {
  const field = document.getElementById('q');
  const count = document.querySelector('#search [role=status]');
  const start = performance.now();
  field.value = query;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  while (!count.textContent) await new Promise((done) => setTimeout(done, 1));
  return performance.now() - start;
}"""
"""Types a query, and gives the milliseconds until something is told."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Of what a search loads, in bytes, as it is and with gzip -9."""

    index: tuple[int, int]
    """All files of the index."""
    briefings: tuple[int, int]
    """The data of all briefings."""


@dataclass(frozen=True, slots=True)
class First:
    """The first answer to a query: medians."""

    milliseconds: float
    files: int
    """Loaded for it."""
    bytes: int
    """Of these, with gzip."""


def main(arguments: Sequence[str]) -> None:
    """Measure, and print a table in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.search", description="Measure what a search costs.")
    parser.add_argument("--briefings", type=positive, nargs="+", default=[1, 100], metavar="N", help="sizes [1 100]")
    parser.add_argument("--runs", type=positive, default=5, metavar="R", help="runs of every query [5]")
    parser.add_argument("--folder", type=folder, default=ROOT / STATE / "bench", help="for all files [.variorum/bench]")
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    rows = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox", "--disable-gpu"])
        for briefings in options.briefings:
            site = built(options.folder, briefings)
            sizes = sizes_of(site)
            told = [f"{size:,}" for size in (*sizes.index, *sizes.briefings)]
            for name, query in queries(site):
                first = first_answer(browser, site, query, options.runs)
                rows.append(
                    [f"{briefings:,}", *told, name, f"{first.milliseconds:.0f}", f"{first.bytes:,}", f"{first.files}"]
                )
                told = [""] * len(told)
        browser.close()
    headings = ["briefings", "index", "gzip", "data", "gzip", "query", "first answer, ms", "loaded, gzip", "files"]
    sys.stdout.write(table(headings, rows) + "\n")


def built(place: Path, briefings: int) -> Path:
    """The site of a corpus of that size; ends where it cannot be built."""
    corpus = corpus_in(place, briefings)
    site = place / f"search-{briefings}"
    say(f"building {briefings} briefings")
    command = [sys.executable, "-m", "builder", "build", "--root", str(corpus.root), "--output", str(site)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return site


def sizes_of(site: Path) -> Sizes:
    """The sizes of what can be loaded."""
    return Sizes(*(_together(site.glob(pattern)) for pattern in ("data/search-*.js", "*/data/search.js")))


def _together(paths: Iterator[Path]) -> tuple[int, int]:
    files = [path.read_bytes() for path in sorted(paths)]
    return sum(map(len, files)), sum(len(gzip.compress(data, 9, mtime=0)) for data in files)


def queries(site: Path) -> list[tuple[str, str]]:
    """Words to look for: in many briefings, in the oldest one alone, in none, and one letter."""
    names = re.findall(r'data-names="([^"]*)"', (site / "search.html").read_text("utf-8"))[0].split()
    oldest = names[-1].partition("-in-")[0]
    return [("in many", "meeting"), ("in the oldest", oldest), ("in none", "zyzzyva"), ("a letter", "t")]


def first_answer(browser: Browser, site: Path, query: str, runs: int) -> First:
    """How long the first answer takes, and what is loaded for it."""
    spent, loaded = [], []
    with served(site) as address:
        for _ in range(runs):
            with browser.new_context() as context:
                tab = context.new_page()
                tab.goto(f"{address}search.html", wait_until="networkidle")
                answers: list[int] = []

                def note(response: Response, to: list[int] = answers) -> None:
                    to.append(int(response.headers.get("content-length", "0")))

                tab.on("response", note)
                spent.append(tab.evaluate(TYPED, query))
                loaded.append(list(answers))
    last = loaded[-1]
    return First(statistics.median(spent), len(last), sum(last))


if __name__ == "__main__":
    main(sys.argv[1:])
