"""A module imports only from those above it, and nothing above the edge touches the world."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from samples import ROOT

PURE = [
    "builder",  # its version
    "text", "diagnostics", "dates", "values", "yamldoc", "article", "routes", "documents", "model",
    "nearest", "misses", "parse", "assemble", "anchor",
    "analysis.coverage", "analysis.matrix", "analysis.timeline", "analysis",
    "strings", "markdown", "views", "quoting", "charts",
    "pages.page", "pages.context", "pages.claim", "pages.matrix", "pages.timeline", "pages.overview", "pages.site",
    "pages.source", "pages",
    "render", "exports", "build",
]  # fmt: skip
EDGE = ["inputs", "store", "serve", "cli", "__main__"]
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
    assert "builder.build" in set(imported("builder.cli"))
