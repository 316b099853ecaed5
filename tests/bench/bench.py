"""What building costs: a corpus of any size built anew, unchanged and after an edit, beside what bounds each of them.

    python -m tests.bench.bench [--briefings N] [--runs R] [--folder DIR] [--jobs J] [--scaling]

Every build is a process of its own. All kinds of runs take turns, and the medians are printed. Nothing is asserted:
times belong to a machine. Nothing that a run leaves is deleted before the end, because some file systems create files
many times more slowly for a while after many were deleted.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import re
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from . import corpus as generator  # noqa: TID252
from .measure import Measure, interleaved, measure, median, table  # noqa: TID252

if TYPE_CHECKING:
    from jinja2 import Environment

    from builder.model import Site

P = ParamSpec("P")
T = TypeVar("T")

ROOT = Path(__file__).resolve().parent.parent.parent
STATE = ".variorum"
"""Below a site's root: what the builder knows of its last build."""
STAGED = 50
"""Briefings, at most, over which the cost of each stage is taken."""
WRITE = """
import os, sys, time
source, target = sys.argv[1:]
files = {}
for folder, _, names in os.walk(source):
    for name in names:
        with open(os.path.join(folder, name), "rb") as file:
            files[os.path.join(target, os.path.relpath(folder, source), name)] = file.read()
wall, cpu = time.perf_counter(), time.process_time()
for folder in dict.fromkeys(map(os.path.dirname, files)):
    os.makedirs(folder, exist_ok=True)
for path, data in files.items():
    with open(path, "wb") as file:
        file.write(data)
print(time.perf_counter() - wall, time.process_time() - cpu)
"""
"""Writes the files of one folder into another from memory, and tells the seconds that the writing alone took."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """A site to build."""

    root: Path
    briefings: int

    def names(self) -> list[str]:
        """The names of its briefings."""
        return sorted(folder.name for folder in (self.root / "content").iterdir())


@dataclass(frozen=True, slots=True)
class Round:
    """One run of everything, on one corpus."""

    cold: Measure
    """The first build, into a new folder."""
    unchanged: Measure
    """The same build again."""
    edited: Measure
    """After one claim's text was changed."""
    python: Measure
    """A Python that does nothing."""
    copied: Measure
    """`cp -r` of the site."""
    written: Measure
    """Its files written from memory, by a loop."""
    rewritten: int
    """Files that the edit made the builder write."""
    rewritten_bytes: int
    files: int
    """Of the site, all of them."""
    pages: int
    bytes: int


KINDS = {
    "cold build": "cold",
    "unchanged build": "unchanged",
    "build after an edit": "edited",
    "python -c pass": "python",
    "cp -r of the site": "copied",
    "write loop": "written",
}
"""The measured fields of a round, by what they are called."""
ALL_PAGES = {"cold build", "cp -r of the site", "write loop"}
"""Those that write every page."""
RATIOS = (
    ("unchanged build", "python -c pass"),
    ("build after an edit", "cold build"),
    ("cold build", "cp -r of the site"),
    ("cold build", "write loop"),
)


def main(arguments: Sequence[str]) -> None:
    """Measure, and print a report in Markdown."""
    options = parsed(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    sizes = [options.briefings]
    if options.scaling:
        sizes.insert(0, max(1, options.briefings // 10))
    corpora = [corpus_in(options.folder, size) for size in sizes]
    stages = cost_of_stages(corpora[-1])
    jobs = ["--jobs", str(options.jobs)] if options.jobs else []
    place = Path(tempfile.mkdtemp(prefix="runs-", dir=options.folder))
    try:
        tasks = {corpus.briefings: partial(one_round, corpus, place, jobs) for corpus in corpora}
        rounds = interleaved(tasks, options.runs)
    finally:
        shutil.rmtree(place)
    measured = rounds[options.briefings]
    parts = [machine(options.folder), described(corpora[-1], measured[-1]), report(measured), stages]
    if len(rounds) > 1:
        parts.append(scaling(rounds))
    sys.stdout.write("\n\n".join(parts) + "\n")


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench", description="Measure what building costs.")
    parser.add_argument("--briefings", type=positive, default=100, metavar="N", help="size of the corpus [100]")
    parser.add_argument("--runs", type=positive, default=3, metavar="R", help="runs of everything, in turns [3]")
    parser.add_argument("--folder", type=folder, default=ROOT / STATE / "bench", help="for all files [.variorum/bench]")
    parser.add_argument("--jobs", type=positive, metavar="J", help="handed to the build, where given")
    parser.add_argument("--scaling", action="store_true", help="compare with a corpus of a tenth of the size")
    return parser.parse_args(arguments)


def positive(text: str) -> int:
    """A number from 1 on. Raises ValueError."""
    if (number := int(text)) < 1:
        raise ValueError(text)
    return number


def folder(text: str) -> Path:
    """A folder, wherever the builder will be started."""
    return Path(text).resolve()


# ---- the corpus ------------------------------------------------------------------------------------------------


def corpus_in(folder: Path, briefings: int) -> Corpus:
    """The corpus of that size below `folder`; made where it is not there, or was made of other words or otherwise."""
    root, stamp = folder / f"corpus-{briefings}", folder / f"corpus-{briefings}.stamp"
    sample = [ROOT / "seeds", ROOT / "content" / generator.SAMPLE, Path(generator.__file__)]
    files = sorted(file for path in sample for file in (path, *path.rglob("*")) if file.is_file())
    made_of = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    if not stamp.is_file() or stamp.read_text("utf-8") != made_of:
        say(f"writing a corpus of {briefings} briefings")
        stamp.unlink(missing_ok=True)
        if root.exists():
            shutil.rmtree(root)
        generator.write_corpus(root, briefings, ROOT)
        stamp.write_text(made_of, "utf-8")
    return Corpus(root, briefings)


# ---- measuring -------------------------------------------------------------------------------------------------


def one_round(corpus: Corpus, place: Path, jobs: Sequence[str], run: int) -> Round:
    """Build cold, unchanged and after an edit, and what compares with that. All that it makes is below `place`."""
    say(f"run {run + 1}, {corpus.briefings} briefings")
    name = f"{corpus.briefings}-{run}"
    output = place / f"site-{name}"
    command = [sys.executable, "-m", "builder", "build", "--root", str(corpus.root), "--output", str(output), *jobs]
    if (corpus.root / STATE).exists():
        (corpus.root / STATE).rename(place / f"state-{name}")
    cold = timed(command)
    unchanged = timed(command)
    before = snapshot(output)
    edited = timed_after_edit(command, corpus, run)
    after = snapshot(output)
    new = [path for path, facts in after.items() if before.get(path) != facts]
    return Round(
        cold=cold,
        unchanged=unchanged,
        edited=edited,
        python=timed([sys.executable, "-c", "pass"]),
        copied=timed(["cp", "-r", str(output), str(place / f"copy-{name}")]),
        written=written_from_memory(output, place / f"loop-{name}"),
        rewritten=len(new),
        rewritten_bytes=sum(after[path][2] for path in new),
        files=len(after),
        pages=sum(path.suffix == ".html" for path in after),
        bytes=sum(size for _, _, size in after.values()),
    )


def timed(command: Sequence[str]) -> Measure:
    """Measure a command; what runs before it have still to write to the disk is written first. Ends where it fails."""
    os.sync()
    measured = measure(command, ROOT)
    if measured.status:
        sys.exit(f"{' '.join(command)}: exit code {measured.status}\n{measured.output}")
    return measured


def timed_after_edit(command: Sequence[str], corpus: Corpus, run: int) -> Measure:
    """Measure a build after a claim got another text, another one in each run. The corpus is put right again."""
    names = corpus.names()
    file = corpus.root / "content" / names[run % len(names)] / "claims.yaml"
    original = file.read_bytes()
    file.write_bytes(
        re.sub(rb"(?m)^  claim: .*$", f"  claim: A statement edited in run {run}.".encode(), original, count=1)
    )
    try:
        return timed(command)
    finally:
        file.write_bytes(original)


def written_from_memory(source: Path, target: Path) -> Measure:
    """The cost of writing the site's files by a loop, from memory; that of reading them is left out."""
    measured = timed([sys.executable, "-c", WRITE, str(source), str(target)])
    wall, cpu = map(float, measured.output.split())
    return Measure(wall, cpu, measured.peak, measured.status, measured.output)


def snapshot(folder: Path) -> dict[Path, tuple[int, int, int]]:
    """Of each file below a folder the time of its last change in nanoseconds, its inode, and its size in bytes."""
    facts = {path: path.stat() for path in folder.rglob("*") if path.is_file()}
    return {path: (stat.st_mtime_ns, stat.st_ino, stat.st_size) for path, stat in facts.items()}


# ---- reporting -------------------------------------------------------------------------------------------------


def machine(folder: Path) -> str:
    """What it was measured on."""
    lines = {
        "CPU": f"{cpu_model()}, {os.cpu_count()} cores",
        "Python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "file system": file_system(folder),
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
    }
    return "## The machine\n\n" + "\n".join(f"- {key}: {value}" for key, value in lines.items())


def cpu_model() -> str:
    """The processor's name, as far as the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def file_system(folder: Path) -> str:
    """The kind of file system that a folder is on."""
    try:
        mounts = [line.split() for line in Path("/proc/mounts").read_text("utf-8").splitlines()]
    except OSError:
        return "not known"
    holding = [(len(mount[1]), mount[2]) for mount in mounts if folder.resolve().is_relative_to(mount[1])]
    return max(holding)[1] if holding else "not known"


def described(corpus: Corpus, site: Round) -> str:
    """The corpus in numbers; claims and quotations as the builder counts them."""
    counted = {noun: re.search(rf"([\d,]+) {noun}", site.cold.output) for noun in ("claims", "quotations")}
    claims, quotations = (match[1] if match else "?" for match in counted.values())
    articles = sum(1 for _ in (corpus.root / "seeds").iterdir())
    size = sum(file.stat().st_size for file in (corpus.root / "content").glob("*/*.yaml"))
    return (
        f"## The corpus\n\n{corpus.briefings:,} briefings, {articles:,} articles, {claims} claims, "
        f"{quotations} quotations, {size:,} bytes of YAML.\n\n"
        f"As a site {site.pages:,} pages, {site.files:,} files, {site.bytes:,} bytes."
    )


def report(rounds: Sequence[Round]) -> str:
    """The medians of all runs on one corpus, and how they compare."""
    medians = medians_of(rounds)
    last = rounds[-1]
    rows = []
    for name, one in medians.items():
        rate = f"{last.pages / one.wall:,.0f}" if name in ALL_PAGES else ""
        rows.append([name, f"{one.wall:.3f}", f"{one.cpu:.3f}", f"{one.peak / 1e6:,.0f}", rate])
    ratios = [f"- {name} / {other}: {medians[name].wall / medians[other].wall:.2f}" for name, other in RATIOS]
    return (
        f"## The builds\n\nRuns: {len(rounds)}. Each figure is their median.\n\n"
        + table(["", "wall s", "CPU s", "peak MB", "pages/s"], rows)
        + "\n\n"
        + "\n".join(ratios)
        + f"\n- files written after an edit: {last.rewritten:,} of {last.files:,}, {last.rewritten_bytes:,} bytes"
    )


def medians_of(rounds: Sequence[Round]) -> dict[str, Measure]:
    """The medians of all that was measured, by what it is called."""
    return {name: median([getattr(each, field) for each in rounds]) for name, field in KINDS.items()}


def scaling(rounds: Mapping[int, Sequence[Round]]) -> str:
    """What a briefing costs in a small corpus and in a large one; and the memory that both take."""
    few, many = (medians_of(each) for each in rounds.values())
    small, large = rounds
    rows = []
    for name in ("cold build", "unchanged build", "build after an edit"):
        one, other = few[name], many[name]
        rows.append(compared(f"{name}, wall ms", 1000 * one.wall / small, 1000 * other.wall / large, 2))
        rows.append(compared(f"{name}, CPU ms", 1000 * one.cpu / small, 1000 * other.cpu / large, 2))
        rows.append(compared(f"{name}, peak MB in all", one.peak / 1e6, other.peak / 1e6, 0))
    headings = ["for each briefing", f"of {small:,}", f"of {large:,}", "ratio"]
    return f"## Scaling\n\n{table(headings, rows)}"


def compared(name: str, one: float, other: float, digits: int) -> list[str]:
    """A row with two numbers, and how much more the other one is."""
    return [name, f"{one:,.{digits}f}", f"{other:,.{digits}f}", f"{other / one:.2f}"]


# ---- where the time goes ---------------------------------------------------------------------------------------


class Stopwatch:
    """Adds up the CPU seconds of this process by what they went into."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)

    def time(self, name: str, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function, and count its time."""
        start = time.process_time()
        result = function(*args, **kwargs)
        self.spent[name] += time.process_time() - start
        return result


def cost_of_stages(corpus: Corpus) -> str:
    """What each stage of a cold build costs for a briefing, in one process and without reading and writing files."""
    from builder.assemble import site_of
    from builder.parse import parse_site
    from builder.render import environment

    say("measuring the stages")
    entry = parse_site((corpus.root / "site.yaml").read_bytes()).value
    assert entry is not None
    site, templates = site_of(entry), environment(ROOT / "templates")
    names = corpus.names()[:STAGED]
    # One briefing that is not counted pays for what a process does once, such as compiling the templates.
    run_stages(corpus, names[0], site, templates, Stopwatch())
    stopwatch = Stopwatch()
    for name in names:
        run_stages(corpus, name, site, templates, stopwatch)
    rows = [[stage, f"{1000 * spent / len(names):.2f}"] for stage, spent in stopwatch.spent.items()]
    rows.append(["all", f"{1000 * sum(stopwatch.spent.values()) / len(names):.2f}"])
    return (
        f"## Where the time goes\n\nMilliseconds of CPU time for each briefing, over {len(names)}, in one process.\n\n"
        + table(["stage", "CPU ms"], rows)
    )


def run_stages(corpus: Corpus, name: str, site: Site, templates: Environment, stopwatch: Stopwatch) -> None:
    """All stages of one briefing, as builder/build.py calls them."""
    from builder.analysis import analyze
    from builder.anchor import anchor
    from builder.assemble import assemble
    from builder.exports import briefing_files
    from builder.pages import briefing_pages
    from builder.parse import parse_briefing
    from builder.render import render
    from builder.seeds import read_articles
    from builder.written import Texts

    folder = corpus.root / "content" / name
    texts = Texts(name, {f"content/{name}/{file.name}": file.read_bytes() for file in folder.iterdir()})
    documents = stopwatch.time("parse", parse_briefing, texts).value
    briefing = stopwatch.time("assemble", assemble, documents, site).value
    seeds = {source.article: (corpus.root / "seeds" / source.article).read_bytes() for source in briefing.sources}
    articles = stopwatch.time("read articles", read_articles, briefing, seeds).value
    anchored = stopwatch.time("anchor", anchor, briefing, articles).value
    assert anchored is not None
    analysis = stopwatch.time("analyze", analyze, anchored)
    pages = stopwatch.time("plan", briefing_pages, site, analysis)
    files = stopwatch.time("render", lambda: [render(page, templates) for page in pages])
    stopwatch.time("export", briefing_files, site, analysis, [file.path for file in files])


def say(what: str) -> None:
    """Tell whoever waits what is being done."""
    sys.stderr.write(f"{what} …\n")


if __name__ == "__main__":
    main(sys.argv[1:])
