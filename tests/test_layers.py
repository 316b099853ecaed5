"""A module imports only from those above it, and nothing above the edge touches the world."""

import ast
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from samples import ROOT

from builder.cli import COMMANDS

PURE = [
    "builder",  # its version
    "text", "ids", "anchors", "diagnostics", "written", "freshness",
    "reports.frames", "reports", "reports.explain", "reports.sarif",
    "dates", "values", "units",
    "language", "language.functionwords", "language.hedges", "language.numberwords", "language.saying",
    "language.terms",
    "extracting", "extracting.phrases", "extracting.quotemarks", "extracting.speakers", "extracting.cues",
    "slips.lines", "slips.marks", "slips.entries", "slips.indentation", "slips",
    "yamldoc", "yamltext", "article", "fragments", "routes", "scalars", "documents", "describing",
    "mistyped", "validation", "model",
    "nearest", "compare", "misses", "parse", "consistency", "consistency.known", "consistency.misfits",
    "consistency.aliases", "consistency.ties", "consistency.circular", "assemble", "seeds",
    "anchor",
    "analysis.chains", "analysis.coverage", "analysis.matrix", "analysis.axes", "analysis.zoom", "analysis.timeline",
    "analysis.apparatus.parting", "analysis.apparatus.alignment", "analysis.apparatus.variation",
    "analysis.apparatus.collating", "analysis.apparatus.entries", "analysis.apparatus",
    "analysis.quotations.likeness", "analysis.quotations.gathering", "analysis.quotations",
    "extracting.sentences", "extracting.figures.words", "extracting.figures.days", "extracting.figures.counting",
    "extracting.figures.naming", "extracting.figures",
    "analysis.numbers", "analysis.ledger",
    "analysis.shared", "analysis.origins",
    "analysis.order", "analysis.relations", "analysis.testimony",
    "analysis",
    "locales", "words", "catalogues", "strings",
    "cautions.amounts", "cautions.alike", "cautions.stances", "cautions.whereabouts",
    "cautions.audited", "cautions.translated",
    "cautions.horizons", "cautions.foreseen", "cautions",
    "markdown", "views", "views.glance", "views.site", "views.quoted", "views.wording",
    "views.numbers", "views.origins", "views.coverage", "views.patterns", "views.matrix", "views.claim",
    "views.source", "views.moved", "views.cards", "views.worksheet", "views.time", "views.overview", "quoting",
    "drawing", "drawing.faces", "drawing.lines", "drawing.cards", "drawing.charts", "drawing.glance", "drawing.flows",
    "pages.page", "pages.picture", "pages.labels", "pages.chrome", "pages.folder",
    "pages.context", "pages.cards", "pages.plotted", "pages.related", "pages.order",
    "pages.quoted", "pages.wording", "pages.numbers", "pages.flow", "pages.shared", "pages.origins", "pages.coverage",
    "pages.claim", "pages.moved", "pages.matrix", "pages.timecharts", "pages.timeline", "pages.closer",
    "pages.overview", "pages.site",
    "pages.source", "pages.answers", "pages.worksheet", "pages",
    "lookup", "lookup.folding", "lookup.scripted", "lookup.index", "lookup.entries", "views.search", "pages.search",
    "pages.patterns", "specimen", "overlay", "mistakes", "jinja", "render",
    "exports.tei", "exports.origins", "exports.wording", "exports.comparison", "exports", "build",
    "editing.layout", "editing.indentation", "editing.placing", "editing", "editing.appending",
    "editing.renames", "editing.fixes",
    "searching.ranking", "searching.quotable", "searching.resting", "searching.finding",
    "searching.suggesting", "searching.unread", "searching",
    "claiming.locating", "claiming",
    "auditing.finding", "auditing.resting", "auditing.entries", "auditing.speakers", "auditing.quotations",
    "auditing.numbers", "auditing.sharing", "auditing.silences", "auditing.utterances", "auditing",
    "changes.rewording", "changes.side", "changes.claims", "changes.page", "changes", "changes.changelog",
    "intake.charset", "intake.htmltree", "intake.statements", "intake.webpage", "intake.stated", "intake.bounds",
    "intake", "intake.entry",
    "editors.choices", "editors.forms", "editors.schemas", "editors.vscode", "editors",
    "starter",
    "preview", "preview.guard", "preview.inject", "preview.places.lines", "preview.places.made",
    "preview.places.credits", "preview.places.lessons", "preview.places.readings", "preview.places.testimony",
    "preview.places",
    "preview.reading", "preview.entering",
]  # fmt: skip
EDGE = [
    "scan", "facts", "indexing", "unchanged", "inputs", "output", "staging", "store", "survey", "jobs", "painting",
    "templating", "unreached", "workshop", "digesting", "publish", "trying", "examining", "rehearsing",
    "preview.told", "preview.opening",
    "watching.looking", "watching.telling", "watching", "cataloguing",
    "desk", "workspace", "history", "fetch", "newsource", "groundwork", "installed",
    "preview.restart", "preview.bench", "preview.aside", "preview.served", "preview.outcome", "preview.state",
    "preview.handlers", "preview.curator", "preview.answers", "preview.labour", "preview.server",
    "commands.completion", "commands.options", "commands.terminal", "commands.asking",
    "commands.new", "commands.build", "commands.explain", "commands.serve", "commands.check", "commands.find",
    "commands.coverage", "commands.audit", "commands.suggest", "commands.editor", "commands.wanted",
    "commands.evidence", "commands.claim", "commands.add", "commands.fix", "commands.diff", "commands",
    "cli", "__main__",
]  # fmt: skip
ORDER = [name if name == "builder" else f"builder.{name}" for name in [*PURE, *EDGE]]

WORLD = {
    "os", "io.open", "pathlib", "shutil", "tempfile", "glob", "fcntl", "subprocess", "multiprocessing", "threading",
    "asyncio",
    "socket", "ssl", "http", "urllib.request", "time", "random", "secrets", "uuid", "locale", "getpass", "platform",
    "sys",
    "signal", "logging",
}  # fmt: skip
ALLOWED = {"builder.render": {"pathlib"}}
"""The folder of the templates is named by its path; Jinja reads them."""
CALLS = {"open", "print", "input", "exec", "eval", "compile", "breakpoint", "__import__"}
CLOCKS = {"now", "utcnow", "today", "fromtimestamp", "getenv", "environ"}
EMPTY_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "managers",
    "manager",
    "common",
    "misc",
    "tools",
    "lib",
    "core",
    "base",
}


def modules() -> dict[str, Path]:
    found = {}
    for path in (ROOT / "builder").rglob("*.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def imported(name: str) -> Iterator[str]:
    """Everything that a module imports, at its top or later, by full name."""
    for node in ast.walk(ast.parse(MODULES[name].read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full in MODULES or not node.module.startswith("builder") else node.module


def test_the_list_holds_every_module_once() -> None:
    assert sorted(ORDER) == sorted(MODULES)


@pytest.mark.parametrize("name", ORDER)
def test_a_module_imports_only_from_those_above_it(name: str) -> None:
    own = {module for module in imported(name) if module.split(".")[0] == "builder"}
    assert own <= set(ORDER[: ORDER.index(name)])


@pytest.mark.parametrize("name", ORDER[: len(PURE)])
def test_above_the_edge_nothing_touches_disk_clock_network_or_chance(name: str) -> None:
    parts = [module.split(".") for module in imported(name)]
    names = {".".join(part[:length]) for part in parts for length in range(1, len(part) + 1)}
    assert names & WORLD <= ALLOWED.get(name, set())
    tree = ast.parse(MODULES[name].read_text("utf-8"))
    calls = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    assert calls & CALLS == set()
    assert {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)} & CLOCKS == set()


@pytest.mark.parametrize("name", ORDER[: len(PURE)])
def test_above_the_edge_nothing_is_remembered_but_caches(name: str) -> None:
    tree = ast.parse(MODULES[name].read_text("utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Global | ast.Nonlocal)]


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert {part for name in MODULES for part in name.split(".")} & EMPTY_NAMES == set()


def test_the_rules_would_see_a_breach() -> None:
    assert "os" in set(imported("builder.store"))
    assert "builder.build" in set(imported("builder.publish"))


# ---- what is not needed is not loaded ------------------------------------------------------------------------------

TO_BUILD = {"yaml", "jinja2", "markdown_it", "pydantic", "rapidfuzz"}
"""Packages that only a build needs that has something to do."""
SELDOM = {"rapidfuzz", "pint", "sentencex", "snowballstemmer", "babel"}
"""For faults and readings of one utterance, units, sentences, stems, languages: most builds need none of them."""
TO_SERVE = {"livereload", "tornado", "watchfiles"}
SLOW = TO_BUILD | TO_SERVE | {"click", "json", "multiprocessing", "pathlib"}
"""What a build with nothing to do has no time to load."""


def program(*arguments: str, cwd: Path) -> tuple[str, set[str]]:
    """What a command prints, and the modules that it loads beyond those that any program of Python's does."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    environment = {**kept, "PYTHONPATH": str(ROOT)}

    def run(*words: str) -> tuple[str, set[str]]:
        line = [sys.executable, "-X", "importtime", *words]
        done = subprocess.run(line, cwd=cwd, env=environment, capture_output=True, check=True, encoding="utf-8")
        return done.stdout, {entry.rpartition("|")[2].strip() for entry in done.stderr.splitlines()}

    out, loaded = run("-m", "builder", *arguments)
    return out, loaded - run("-c", "")[1]


def test_help_loads_nothing_that_only_a_command_needs(tmp_path: Path) -> None:
    for arguments in (["--help"], ["build", "--help"], ["--version"]):
        out, loaded = program(*arguments, cwd=tmp_path)
        assert out
        assert "click" in loaded
        assert loaded & (TO_BUILD | TO_SERVE) == set()


def test_a_command_loads_no_other_one(small_site: Path) -> None:
    for name in ("check", "fix", "editor"):
        run = f"import sys; from builder.cli import main; main(['{name}'], standalone_mode=False)"
        listed = "import atexit, sys; atexit.register(lambda: print(*sys.modules))"
        line = [sys.executable, "-c", f"{listed}; {run}"]
        done = subprocess.run(
            line, cwd=small_site, env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=True, encoding="utf-8"
        )
        loaded = set(done.stdout.splitlines()[-1].split())
        assert {f"builder.commands.{file}" for file in COMMANDS.values()} & loaded == {f"builder.commands.{name}"}


def test_a_build_with_nothing_to_do_loads_next_to_nothing(small_site: Path) -> None:
    time.sleep(2.1)  # a younger file could change unseen, so the command would look closer
    first, needed = program("build", cwd=small_site)
    second, loaded = program("build", cwd=small_site)
    assert needed > {"click", "jinja2", "markdown_it", "pydantic", "yaml"}
    assert needed & SELDOM == set()
    assert "written files)" in first
    assert "(nothing changed)" in second
    assert loaded & SLOW == set()
    assert {name for name in loaded if name.startswith("builder.")} == {
        "builder.unchanged", "builder.facts", "builder.scan",
    }  # fmt: skip


def test_a_build_that_has_to_look_closer_loads_nothing_to_build_with(small_site: Path) -> None:
    year = 365 * 24 * 3600
    os.utime(small_site / "site.yaml", (time.time() + year,) * 2)  # never old enough to be trusted
    program("build", cwd=small_site)
    out, loaded = program("build", cwd=small_site)
    assert "(nothing changed)" in out
    assert "click" in loaded
    assert loaded & (TO_BUILD | TO_SERVE) == set()
