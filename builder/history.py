"""A site as it was at a commit, read out of git's objects into memory: nothing is checked out, nothing is written.

Only git's plumbing is asked, and for names, kinds, sizes and bytes only. No pager, no filter, no replaced object, no
fetching: what the repository's own settings say changes nothing.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from builder.changes import State
from builder.diagnostics import printable
from builder.inputs import MAX_BYTES, StoreError, is_article, is_text, opened
from builder.routes import is_name
from builder.written import Texts

_SETTINGS = (
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_SYSTEM",
    "GIT_CONFIG_NOSYSTEM",
    "GIT_EXEC_PATH",
    "GIT_CEILING_DIRECTORIES",
)
"""What stays of git's variables. A hook's own, such as GIT_DIR, would lead to another repository."""
_POINTER = b"version https://git-lfs.github.com/spec/"
_KINDS = {"120000": "a symbolic link", "160000": "a submodule"}


def state_in(root: Path) -> State:
    """The site as it stands in its folder. Raises StoreError where that cannot be read."""
    with opened(root) as reader:
        site = reader.site()
        found = {name: reader.briefing(name) for name in reader.names()}
        every = reader.articles()
        articles = {name: data for name in every if (data := every.get(name)) is not None}
        notes = ["there is no site in this folder"] if site is None and not found else []
        notes += [fault.message.removesuffix(".") for fault in reader.diagnostics if fault.code != "file-missing"]
    briefings = {name: texts for name, texts in found.items() if texts and texts.files}
    unreadable = frozenset(name for name, texts in found.items() if texts is None)
    return State("the working tree", site, briefings, articles, unreadable, tuple(notes))


def state_at(root: Path, revision: str) -> State:
    """The site as it was at a commit; `root` may be any folder of its repository.

    Raises StoreError where there is no git, no repository or no such commit.
    """
    git = _Git(root)
    commit = git.commit(revision)
    return _state(revision, list(git.entries(commit)), git)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file, link or submodule in a commit."""

    path: str
    mode: str
    id: str


def _lines(ids: Iterable[str]) -> bytes:
    return "".join(f"{id_}\n" for id_ in dict.fromkeys(ids)).encode("ascii")


class _Git:
    """Asks git about the repository around a folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        self._environment |= {key: os.environ[key] for key in _SETTINGS if key in os.environ}
        self._environment |= {
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_LITERAL_PATHSPECS": "1",
            "LC_ALL": "C",
        }

    def commit(self, revision: str) -> str:
        """The full name of a commit."""
        shown = printable(revision)
        if not revision or revision.startswith("-") or "\0" in revision:
            raise StoreError(f"“{shown}” is no revision: write a branch, a tag or a commit, such as HEAD~1.")
        self._inside()
        done = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if done.returncode == 0:
            return done.stdout.decode("ascii").strip()
        if ".." in revision:
            raise StoreError(f"“{shown}” is more than one revision: write them one after the other, as two words.")
        if self._run("rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
            raise StoreError(
                f"There is no commit {shown} here: this clone is shallow. `git fetch --unshallow` brings the rest."
            )
        raise StoreError(f"There is no commit {shown} in this repository.")

    def _inside(self) -> None:
        done = self._run("rev-parse", "--git-dir")
        if done.returncode:
            said = printable(done.stderr.decode("utf-8", "replace").partition("\n")[0]).removeprefix("fatal: ")
            raise StoreError(f"git finds no repository at {printable(str(self._root))}: {said}.")

    def entries(self, commit: str) -> Iterator[_Entry]:
        """What of a site stands in a commit, below the root."""
        listing = self._need("ls-tree", "-r", "-z", commit, "--", "site.yaml", "content", "seeds")
        for line in listing.split(b"\0"):
            head, tab, path = line.partition(b"\t")
            if tab:
                mode, _, id_ = head.decode("ascii").split()
                yield _Entry(os.fsdecode(path), mode, id_)

    def sizes(self, ids: Iterable[str]) -> dict[str, int]:
        """How many bytes objects have; those that are missing are left out."""
        answer = self._need("cat-file", "--batch-check", stdin=_lines(ids)).decode("ascii")
        words = (line.split() for line in answer.splitlines())
        return {found[0]: int(found[2]) for found in words if len(found) == 3}

    def blobs(self, ids: Iterable[str]) -> dict[str, bytes]:
        """The bytes of objects that are there."""
        answer = self._need("cat-file", "--batch", stdin=_lines(ids))
        found: dict[str, bytes] = {}
        at = 0
        while at < len(answer):
            end = answer.index(b"\n", at)
            id_, _, size = answer[at:end].decode("ascii").split()
            at = end + 1 + int(size)
            found[id_] = answer[end + 1 : at]
            at += 1
        return found

    def _need(self, *arguments: str, stdin: bytes = b"") -> bytes:
        done = self._run(*arguments, stdin=stdin)
        if done.returncode:
            said = printable(done.stderr.decode("utf-8", "replace").partition("\n")[0])
            raise StoreError(f"git {arguments[0]} failed: {said}.")
        return done.stdout

    def _run(self, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        line = ["git", "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false", *arguments]
        try:
            return subprocess.run(
                line, cwd=self._root, env=self._environment, input=stdin, capture_output=True, check=False
            )
        except FileNotFoundError as error:
            raise StoreError("git is not installed, and old states stand nowhere else.") from error
        except OSError as error:
            raise StoreError(f"git cannot be run: {error.strerror}.") from error


def _state(revision: str, entries: Sequence[_Entry], git: _Git) -> State:
    """The state that a commit's entries make; what the folder's reader would refuse is refused here, too."""
    notes: list[str] = []
    refused: set[str] = set()
    files: dict[str, bytes] = {}
    sizes = git.sizes(entry.id for entry in entries if _is_ours(entry.path) and entry.mode not in _KINDS)
    blobs = git.blobs(id_ for id_, size in sizes.items() if size <= MAX_BYTES)
    for entry in entries:
        data = blobs.get(entry.id, b"")
        why = _refused(entry, sizes.get(entry.id), data)
        if why:
            notes.append(f"{printable(entry.path)} {why}")
            refused.add(entry.path)
        elif _is_ours(entry.path):
            files[entry.path] = data
    if not entries:
        notes.append("there is no site in this folder")
    return _sorted(revision, files, refused, notes)


def _refused(entry: _Entry, size: int | None, data: bytes) -> str:
    """Why an entry that stands where a site is read is not; nothing where it is, or where nobody would look."""
    if entry.mode in _KINDS:
        return f"is {_KINDS[entry.mode]}" if _is_ours(entry.path) or _leads_to_ours(entry.path) else ""
    if not _is_ours(entry.path):
        return ""
    if printable(entry.path) != entry.path:
        return "has characters in its name that cannot be shown"
    if size is None:
        return "is missing in this clone"
    if size > MAX_BYTES:
        return f"is larger than {MAX_BYTES // 1024**2} MiB"
    return "is kept by Git LFS: only a pointer is in the commit" if data.startswith(_POINTER) else ""


def _leads_to_ours(path: str) -> bool:
    """Whether a path is that of a folder that a site's reader opens."""
    parts = path.split("/")
    return path in ("content", "seeds") or (
        parts[0] == "content" and not parts[1].startswith(".") and (len(parts) == 2 or parts[2:] == ["claims"])
    )


def _is_ours(path: str) -> bool:
    """Whether a path is one that a site's reader reads."""
    top, _, rest = path.partition("/")
    if top == "content":
        briefing, _, file = rest.partition("/")
        return is_name(briefing) and is_text(file)
    return path == "site.yaml" or (top == "seeds" and "/" not in rest and is_article(rest))


def _sorted(revision: str, files: Mapping[str, bytes], refused: set[str], notes: Sequence[str]) -> State:
    """Files by what they are. Half a briefing would only mislead, so one without all of its files is none."""
    unreadable = {path.split("/")[1] for path in refused if path.startswith("content/")}
    texts: dict[str, dict[str, bytes]] = {}
    for path, data in sorted(files.items()):
        if path.startswith("content/"):
            texts.setdefault(path.split("/")[1], {})[path] = data
    briefings = {name: Texts(name, found) for name, found in texts.items() if name not in unreadable}
    articles = {path[len("seeds/") :]: data for path, data in sorted(files.items()) if path.startswith("seeds/")}
    return State(revision, files.get("site.yaml"), briefings, articles, frozenset(unreadable), tuple(notes))
