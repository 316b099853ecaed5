"""Two servers that show a site while it is edited: `variorum serve` and `hugo server`, and the same edits for both.

An edit is a file with its new bytes, ready before the clock starts, and what an open page has to show after it.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from http.client import IncompleteRead
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from .bench import ROOT  # noqa: TID252
from .peers import (  # noqa: TID252
    Peer,
    Site,
    as_yaml,
    base_path,
    hugo_binary,
    hugo_from_yaml,
    timed,
    until,
)

HEADING = "What each text says"
"""A heading of the template of a claim's page, ours and theirs."""
GRACE = 5.0
"""Seconds that a server gets to end by itself."""
UNFINISHED = "An unfinished"
"""Stands in a file with a quotation mark that is never closed."""


@dataclass(frozen=True, slots=True)
class Save:
    """A file, and what somebody saves in it."""

    file: Path
    data: bytes

    def write(self, *, rename: bool) -> None:
        """As an editor does: into the file itself, or into another one that then takes its name."""
        target = self.file.with_name(f".{self.file.name}.new") if rename else self.file
        target.write_bytes(self.data)
        if rename:
            target.replace(self.file)


@dataclass(frozen=True, slots=True)
class Edit:
    """A save, and what seen.js is to wait for."""

    save: Save
    awaited: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A piece of evidence that one plain quotation stands for, and the quotation without its last word."""

    claim: str
    source: int
    """The number of its source among the briefing's, from 0 on."""
    siglum: str
    id: str
    """Of its source."""
    exact: str
    shorter: str


@dataclass(frozen=True)
class Scene:
    """What is edited: the first claim of a briefing, and a quotation of another one or the same."""

    site: Site
    briefing: str
    quoted: Quoted
    shortened: Any
    """The data that the builder publishes of the briefing when the quotation is shorter."""

    @cached_property
    def data(self) -> Any:
        """The data of the briefing as it is."""
        return self.site.data(self.briefing)

    @property
    def claim(self) -> str:
        """The id of the claim."""
        return str(self.data["claims"][0]["id"])

    @property
    def yaml(self) -> Path:
        """Where the claims stand, below the site's root."""
        return Path("content", self.briefing, "claims.yaml")

    def page(self, name: str) -> str:
        """The address, below the site, of the claim's page, the matrix, or the page of the claim with the quotation."""
        named = {"claim": f"claims/{self.claim}", "quoted": f"claims/{self.quoted.claim}", "matrix": "matrix"}
        return f"{self.briefing}/{named[name]}.html"

    def showing(self) -> list[str]:
        """The pages that show the claim's words, below the site."""
        claims = [self.claim, self.data["claims"][1]["id"]]  # a page names the claims before and after its own
        cells = self.data["claims"][0]["evidence"]
        sources = [cell["source"] for cell in cells if cell["quotations"]]
        names = ["index", "matrix", *(f"claims/{id_}" for id_ in claims), *(f"sources/{id_}" for id_ in sources)]
        return [f"{self.briefing}/{name}.html" for name in names]


def scene_of(site: Site, place: Path) -> Scene:
    """The scene in the middle of a site; the builder itself says what the shorter quotation makes of the data."""
    names = site.corpus.names()
    briefing = names[len(names) // 2]
    root, output = place / "shortened", place / "shortened-site"
    alone(site.corpus.root, briefing, root)
    file = root / "content" / briefing / "claims.yaml"
    before = file.read_text("utf-8")
    quoted = quotable(site.data(briefing), before, lambda siglum: article_of(root, briefing, siglum))
    file.write_text(shortened(before, quoted), "utf-8")
    timed([sys.executable, "-m", "builder", "build", "--root", str(root), "--output", str(output)], ROOT)
    data = json.loads((output / briefing / "data" / "briefing.json").read_bytes())
    return Scene(site, briefing, quoted, data)


def alone(corpus: Path, briefing: str, root: Path) -> None:
    """Make a site that has nothing but one briefing of a corpus."""
    shutil.copytree(corpus / "content" / briefing, root / "content" / briefing)
    (root / "seeds").mkdir()
    for article in (corpus / "seeds").glob(f"{briefing}-?.txt"):
        shutil.copy(article, root / "seeds")
    shutil.copy(corpus / "site.yaml", root)


def article_of(root: Path, briefing: str, siglum: str) -> str:
    """The words of an article of the corpus, with single spaces."""
    return " ".join((root / "seeds" / f"{briefing}-{siglum.lower()}.txt").read_text("utf-8").split())


def quotable(data: Any, claims_yaml: str, article: Callable[[str], str]) -> Quoted:
    """The first quotation that stays good without its last word: one line of YAML, and nothing else rests on it."""
    for claim in data["claims"]:
        for number, cell in enumerate(claim["evidence"]):
            if cell["stance"] == "silent" or len(cell["quotations"]) != 1 or cell["value"]:
                continue
            exact = cell["quotations"][0]["exact"]
            siglum = data["sources"][number]["siglum"]
            shorter = exact.rpartition(" ")[0]
            written = re.findall(rf"(?m)^      quote: {re.escape(exact)}\n(?!      (?:prefix|key):)", claims_yaml)
            plain = len(written) == 1 and claims_yaml.count(exact) == 1 and "[…]" not in exact
            if plain and shorter.count(" ") >= 3 and article(siglum).count(shorter) == 1 and shorter[-1].isalnum():
                return Quoted(claim["id"], number, siglum, data["sources"][number]["id"], exact, shorter)
    raise ValueError("no quotation of this briefing can be shortened")


def shortened(claims_yaml: str, quoted: Quoted) -> str:
    """The claims with the shorter quotation."""
    return claims_yaml.replace(f"      quote: {quoted.exact}\n", f"      quote: {quoted.shorter}\n")


# ---- the servers -----------------------------------------------------------------------------------------------


@dataclass
class Live:
    """A server that runs, and how its site is edited."""

    name: str
    scene: Scene
    address: str
    """Of the site, with a slash at its end."""
    log: Path
    """What the server prints."""
    fault: str
    """Words that its page shows when the claims cannot be read."""
    style: Save
    """The style sheet as it is."""
    template: Save
    """The template of a claim's page as it is."""
    claims: Save
    """The file with the claims as it is."""
    reworded: Callable[[str], bytes] = field(repr=False)
    """The file with the claims when the first claim says something else."""
    requoted: bytes = field(repr=False)
    """The file with the claims when the quotation is shorter."""
    broken: bytes = field(repr=False)
    """The file with the claims when a quotation mark is missing."""
    torn: int = 0
    """How often the server has answered with less than a page."""

    def url(self, page: str) -> str:
        """The address of a page below the site."""
        return f"{self.address}{page}"

    def edit(self, kind: str, run: int) -> Edit:
        """The edit of a kind in a run, from 0 on; any two that follow each other differ."""
        return getattr(self, f"_{kind}")(run)  # type: ignore[no-any-return]

    def _claim(self, run: int) -> Edit:
        words = wording(run)
        return Edit(Save(self.claims.file, self.reworded(words)), {"selector": "h1", "text": words})

    def _matrix(self, run: int) -> Edit:
        words = wording(run)
        selector = f"[id='claim-{self.scene.claim}'] > th > a"
        return Edit(Save(self.claims.file, self.reworded(words)), {"selector": selector, "text": words})

    def _quotation(self, run: int) -> Edit:
        quoted = self.scene.quoted
        data, words = (self.claims.data, quoted.exact) if run % 2 else (self.requoted, quoted.shorter)
        # Each generator has its own ids.
        selector = f":is(#source-{quoted.siglum}, #{quoted.id}) blockquote"
        return Edit(Save(self.claims.file, data), {"selector": selector, "text": words})

    def _style(self, run: int) -> Edit:
        width = f"{run % 7 + 1}px"
        data = self.style.data + f"\nh1 {{ text-indent: {width}; }}\n".encode()
        return Edit(Save(self.style.file, data), {"selector": "h1", "property": "textIndent", "value": width})

    def _template(self, run: int) -> Edit:
        words = f"{HEADING}, {run}"
        data = self.template.data.replace(HEADING.encode(), words.encode())
        return Edit(Save(self.template.file, data), {"selector": "section:has(> .testimony) > h2", "text": words})

    def _break(self, run: int) -> Edit:  # noqa: ARG002  (the same each time)
        return Edit(Save(self.claims.file, self.broken), {"fault": self.fault})

    def _mend(self, run: int) -> Edit:  # noqa: ARG002  (the same each time)
        return Edit(self.claims, {"mended": self.fault})

    def ready(self) -> bool:
        """Whether the claim's page is there, as it is before any edit."""
        return self.shows(self.scene.page("claim"), str(self.scene.data["claims"][0]["claim"]), going=True)

    def shows(self, page: str, words: str, *, going: bool = False) -> bool:
        """Whether a page has these words, to a browser that goes there or to any other program."""
        try:
            return words in answered(self.url(page), going=going)
        except (HTTPError, IncompleteRead):  # it is not there, or half of it is
            self.torn += 1
            return False

    def printed(self) -> int:
        """How many bytes the server has printed so far."""
        return self.log.stat().st_size

    def built(self, since: int) -> float | None:
        """The seconds that it says its last build took, if it has said so since it had printed so many bytes."""
        text = self.log.read_bytes()[since:].decode("utf-8", "replace")
        found = re.findall(r"^Total in (\d+) ms|renewed in (\d+\.\d+) s", text, re.MULTILINE)
        return (int(found[-1][0]) / 1000 if found[-1][0] else float(found[-1][1])) if found else None


def wording(run: int) -> str:
    """What the claim says in a run."""
    return f"A statement edited in run {run}."


def answered(url: str, *, going: bool = False) -> str:
    """The words of a page; asked for as by a browser that goes there, for which Hugo renews pages that wait for it."""
    request = Request(url, headers={"Sec-Fetch-Mode": "navigate", "Accept": "text/html"} if going else {})
    with urlopen(request) as answer:
        return html.unescape(bytes(answer.read()).decode())


@contextmanager
def variorum_serve(scene: Scene, place: Path, name: str) -> Iterator[Live]:
    """Our server on a copy of the corpus that has templates of its own."""
    root = place / "served"
    shutil.copytree(scene.site.corpus.root, root, ignore=shutil.ignore_patterns(".variorum"))
    shutil.copytree(ROOT / "templates", root / "templates")
    port = free_port()
    command = [sys.executable, "-m", "builder", "serve", "--root", str(root), "--port", str(port)]
    claims = saved(root / scene.yaml)
    text = claims.data.decode()
    first = re.compile(rf"(?m)^({re.escape(scene.claim)}:\n  claim: ).*$")
    live = Live(
        name=name,
        scene=scene,
        address=f"http://127.0.0.1:{port}/",
        log=place / "served.log",
        fault="is never closed",
        style=saved(root / "templates" / "static" / "css" / "components.css"),
        template=saved(root / "templates" / "claim.html"),
        claims=claims,
        reworded=lambda words: first.sub(lambda found: found[1] + words, text).encode(),
        requoted=shortened(text, scene.quoted).encode(),
        broken=first.sub(lambda found: f'{found[1]}"{UNFINISHED}', text).encode(),
    )
    with running(command, live.log, "Serving "):
        yield live


@contextmanager
def hugo_serve(
    scene: Scene, place: Path, name: str, make: Callable[[Site, Path], Peer], options: Sequence[str]
) -> Iterator[Live]:
    """`hugo server` as its users run it, with its own reloading, beside our style sheet and scripts."""
    project = place / re.sub(r"\W+", "-", name)
    make(scene.site, project)
    settings = project / "hugo.toml"
    settings.write_text(settings.read_text("utf-8").replace("disableLiveReload = true\n", ""), "utf-8")
    shutil.copytree(scene.site.built / "static", project / "static" / "static")
    in_yaml = make is hugo_from_yaml
    file = project / ("data/briefings" if in_yaml else "assets/briefings") / scene.briefing
    claims = saved(file.with_name(f"{file.name}.{'yaml' if in_yaml else 'json'}"))
    prose = prose_of(scene)
    write = as_yaml if in_yaml else as_json

    def reworded(words: str) -> bytes:
        first, *rest = scene.data["claims"]
        return write({**scene.data, **prose, "claims": [{**first, "claim": words}, *rest]}).encode()

    port = free_port()
    command = [str(hugo_binary()), "server", "--source", str(project), "--config", "site.toml,hugo.toml"]
    command += ["--port", str(port), "--cacheDir", f"{project}-cache", *options]
    key = "claim: " if in_yaml else '"claim": '
    live = Live(
        name=name,
        scene=scene,
        address=f"http://127.0.0.1:{port}{base_path(scene.site)}/",
        log=project.with_suffix(".log"),
        fault="failed to load data" if in_yaml else "unmarshal failed",
        style=saved(project / "static" / "static" / "style.css"),
        template=saved(project / "layouts" / "claim.html"),
        claims=claims,
        reworded=reworded,
        requoted=write({**scene.shortened, **prose}).encode(),
        broken=reworded("UNFINISHED").replace(
            f"{key}{'' if in_yaml else chr(34)}UNFINISHED{'' if in_yaml else chr(34)}".encode(),
            f'{key}"{UNFINISHED}'.encode(),
        ),
    )
    with running(command, live.log, "Press Ctrl+C"):
        yield live


def prose_of(scene: Scene) -> dict[str, str]:
    """What the peers are given of a briefing besides the data that the builder publishes."""
    front = (scene.site.corpus.root / "content" / scene.briefing / "briefing.md").read_text("utf-8")
    return {"prose": front.split("\n---\n", 1)[1]}


def as_json(data: object) -> str:
    """Data as JSON, as `write_data` gives it to the peers."""
    return json.dumps(data, ensure_ascii=False)


def saved(file: Path) -> Save:
    """A file as it is."""
    return Save(file, file.read_bytes())


def free_port() -> int:
    """A port that nobody listens at just now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(command: Sequence[str], log: Path, ready: str) -> Iterator[None]:
    """A server from when it has printed that it is ready to when it is no longer needed."""
    with log.open("wb") as output:
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, env=environment)
        try:
            until(lambda: ready in log.read_text("utf-8") or process.poll() is not None)
            if process.poll() is not None:
                sys.exit(f"{' '.join(command)}: exit code {process.returncode}\n{log.read_text('utf-8')}")
            yield
        finally:
            process.terminate()
            try:
                process.wait(GRACE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
