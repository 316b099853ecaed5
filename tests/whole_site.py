"""Whole sites for tests: copied from tests/sites, changed, built through the command line, and read again.

A test module asks for the fixtures with `pytest_plugins = ["whole_site"]`. PYTEST_DONT_REWRITE: it may import this
module as well, and nothing is asserted here.
"""

from __future__ import annotations

import gc
import posixpath
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from io import BytesIO, TextIOWrapper
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from builder.__main__ import main

REPOSITORY = Path(__file__).resolve().parent.parent
CASES = Path(__file__).resolve().parent / "sites"


@dataclass(frozen=True)
class Result:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


class Site:
    """A site's folder: site.yaml, content/, seeds/, and after a build public/. Changes return the site itself."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.public = root / "public"

    def copy_of(self, case: str) -> Site:
        """Start from a folder of tests/sites."""
        shutil.copytree(CASES / case, self.root, dirs_exist_ok=True)
        return self

    def copy_of_repository(self) -> Site:
        """Start from what the repository itself publishes."""
        self.root.mkdir(parents=True)
        shutil.copy(REPOSITORY / "site.yaml", self.root)
        for name in ("content", "seeds"):
            shutil.copytree(REPOSITORY / name, self.root / name)
        return self

    def write(self, path: str, text: str) -> Site:
        """Write a file, whatever was there before."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
        return self

    def replace(self, path: str, old: str, new: str) -> Site:
        """Change the only place where `old` stands. Raises ValueError where it does not stand exactly once."""
        text = (self.root / path).read_bytes().decode()
        if text.count(old) != 1:
            raise ValueError(f"{old!r} stands {text.count(old)} times in {path}")
        return self.write(path, text.replace(old, new))

    def remove(self, path: str) -> Site:
        """Delete a file or a folder."""
        file = self.root / path
        if file.is_dir():
            shutil.rmtree(file)
        else:
            file.unlink()
        return self

    def build(self, *arguments: str | Path) -> Result:
        """Run `build` on the site."""
        return self.run("build", *arguments)

    def built(self, *arguments: str | Path) -> Site:
        """Build the site. Raises ValueError where that fails."""
        result = self.build(*arguments)
        if result.code:
            raise ValueError(result.err)
        return self

    def run(self, command: str, *arguments: str | Path) -> Result:
        """Run a command on the site, by the way of `python -m builder`, but in this process: that is much quicker.

        With one job: threads of pytest's would have others start from nothing (builder/jobs.py).
        """
        one = () if "--jobs" in arguments or command not in ("build", "check") else ("--jobs", "1")
        line = ["variorum", command, "--root", str(self.root), *one, *map(str, arguments)]
        out, err = (TextIOWrapper(BytesIO(), encoding="utf-8", newline="", write_through=True) for _ in range(2))
        code = 0
        with pytest.MonkeyPatch.context() as patched, redirect_stdout(out), redirect_stderr(err):
            patched.setattr(sys, "argv", line)
            try:
                main()
            except SystemExit as ended:
                code = int(ended.code or 0)
            finally:
                gc.enable()  # a process that ends at once need not do that
        return Result(code, *(stream.buffer.getvalue().decode() for stream in (out, err)))

    def run_apart(self, command: str, *arguments: str | Path) -> Result:
        """Run a command in a process of its own, with every warning of Python's an error."""
        line = [sys.executable, "-W", "error", "-m", "builder", command, "--root", self.root, *arguments]
        done = subprocess.run(line, cwd=REPOSITORY, capture_output=True, check=False, encoding="utf-8")
        return Result(done.returncode, done.stdout, done.stderr)

    def files(self) -> dict[str, bytes]:
        """What stands in public/, by path below it."""
        return tree(self.public)

    def pages(self) -> dict[str, Page]:
        """The HTML files in public/, by path below it."""
        return pages_of(self.files())


def tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder, by path with forward slashes, in order."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


# ---- reading pages -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Element:
    """A start tag."""

    tag: str
    attributes: dict[str, str]

    def get(self, name: str) -> str:
        """An attribute's value, or nothing."""
        return self.attributes.get(name, "")


class Page(HTMLParser):
    """A page's elements in order, and its text. Keeps what no page of ours may have: comments and the like."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.text = ""
        self.oddities: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.oddities.append(data)

    def handle_pi(self, data: str) -> None:
        self.oddities.append(data)

    def unknown_decl(self, data: str) -> None:
        self.oddities.append(data)

    def all(self, tag: str) -> list[Element]:
        """The elements of a kind."""
        return [element for element in self.elements if element.tag == tag]

    def ids(self) -> list[str]:
        """All ids, in order."""
        return [element.get("id") for element in self.elements if "id" in element.attributes]


def pages_of(files: dict[str, bytes]) -> dict[str, Page]:
    """The HTML files among `files`."""
    return {path: page_of(data) for path, data in files.items() if path.endswith(".html")}


@cache
def page_of(html: bytes) -> Page:
    """A page, read once however many tests ask for it."""
    return Page(html.decode())


def target(page: str, link: str) -> tuple[str, str] | None:
    """The file and the fragment that a link on `page` leads to; None where it leaves the site."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path))) if parts.path else page
    return path, unquote(parts.fragment)


# ---- fixtures ----------------------------------------------------------------------------------------------------


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """An empty site, to be filled with `copy_of` or `write`."""
    return Site(tmp_path / "site")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The repository's own site as it is published, with its address. Built once: only to be read."""
    return Site(tmp_path_factory.mktemp("sample") / "site").copy_of_repository().built()


@pytest.fixture(scope="session")
def sample_local(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The repository's own site without an address, as it is opened from a folder. Only to be read."""
    local = Site(tmp_path_factory.mktemp("local") / "site").copy_of_repository()
    address = next(line for line in (local.root / "site.yaml").read_text("utf-8").splitlines() if "url:" in line)
    return local.replace("site.yaml", address, "").built()


@pytest.fixture(scope="session")
def cases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    """Every folder of tests/sites, built once with its drafts. Only to be read."""
    folder = tmp_path_factory.mktemp("cases")
    return {
        case.name: Site(folder / case.name).copy_of(case.name).built("--drafts") for case in sorted(CASES.iterdir())
    }


@pytest.fixture(scope="session")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with more briefings than its digest shows, in two years. Built once: only to be read."""
    site = Site(tmp_path_factory.mktemp("crowded") / "site").copy_of("minimal")
    front = (site.root / "content/bridge/briefing.md").read_text("utf-8")
    for number in range(1, 15):
        name = f"content/bridge-{number}"
        shutil.copytree(site.root / "content/bridge", site.root / name)
        dated = front.replace("published: 2024-03-02", f"published: {2024 + number % 2}-04-{number:02}")
        site.write(f"{name}/briefing.md", dated.replace("title: ", f"title: {number}. "))
    return site.built("--base-url", "https://crowded.example/news/")
