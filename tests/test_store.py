"""A commit is whole or not at all; foreign files stay."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from conftest import put
from hypothesis import given, settings
from hypothesis import strategies as st

from builder import publish, store
from builder.facts import Memory, file_of
from builder.inputs import StoreError
from builder.output import MARK, is_unit, staging_of, unit_of
from builder.routes import OutputFile
from builder.staging import AFTER, BEFORE, own_files, stage

Tree = dict[str, bytes]


class Commit(NamedTuple):
    """What a commit did, counted in files."""

    written: int
    unchanged: int
    removed: int


def commit(
    output: Path, files: Sequence[OutputFile], state: Path, protected: Sequence[Path] = (), *, whole: bool = False
) -> Commit:
    """Make `files` all of the site, as a build does: staged by units, committed, remembered."""
    with (
        store.writing(output, state, protected) as session,
        closing(Memory(file_of(str(session.path), str(state), "facts"))) as memory,
    ):
        before = {unit: set(json.loads(data)) for unit, data in memory.all("unit")}
        for path in session.recovered:
            before.setdefault(unit_of(path), set()).add(path)
        after: dict[str, list[OutputFile]] = {unit: [] for unit in before}
        for file in files:
            after.setdefault(unit_of(file.path), []).append(file)
        staged = [
            stage(session.path, unit, after[unit], tuple(before[unit]) if unit in before else None) for unit in after
        ]
        session.commit(staged, whole=whole)
        for one in staged:
            memory.put("unit", one.unit, json.dumps(sorted(one.files)).encode() if one.files else None)
        memory.keep()
        session.finish()
        return Commit(sum(o.written for o in staged), sum(o.unchanged for o in staged), sum(o.removed for o in staged))


def manifest(output: Path, state: Path) -> set[str]:
    """The files that are remembered as the builder's."""
    with closing(Memory(file_of(str(output.resolve()), str(state), "facts"))) as memory:
        return {path for _, data in memory.all("unit") for path in json.loads(data)}


def clean(output: Path, state: Path) -> int:
    """Remove what is remembered."""
    with store.writing(output, state) as session:
        removed = store.clean(session, manifest(output, state))
        Path(file_of(str(session.path), str(state), "facts")).unlink(missing_ok=True)
        session.finish()
        return removed


def recover(output: Path, state: Path) -> None:
    """What every command does first."""
    with store.writing(output, state):
        pass


def pages(tree: Mapping[str, bytes | str]) -> list[OutputFile]:
    return [OutputFile(path, data if isinstance(data, bytes) else data.encode()) for path, data in tree.items()]


def tree_of(folder: Path) -> Tree:
    """Every file's bytes, links as `-> target`, empty folders as `path/`."""
    found: Tree = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = b"-> " + os.fsencode(path.readlink())
        elif path.is_file():
            found[name] = path.read_bytes()
        elif path.is_dir() and not any(path.iterdir()):
            found[f"{name}/"] = b""
    return found


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "root" / "public"


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "root" / ".variorum"


@pytest.fixture(params=["exchange", "two renames"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "two renames":
        monkeypatch.setattr(store, "_swap", lambda *_: False)


ONE = {
    "index.html": "one",
    "talks/index.html": "one",
    "talks/claims/a.html": "one",
    "static/style.css": "css",
}
TWO = {
    "index.html": "two",
    "talks/index.html": "two",
    "talks/claims/b.html": "two",
    "static/style.css": "css",
}


def as_bytes(tree: Mapping[str, str]) -> Tree:
    return {path: data.encode() for path, data in tree.items()}


def beside(output: Path) -> list[str]:
    return sorted(path.name for path in output.parent.iterdir() if path.name != ".variorum")


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize("whole", [False, True])
def test_a_commit_replaces_the_site_and_removes_stale_pages(output: Path, state: Path, whole: bool) -> None:
    assert commit(output, pages(ONE), state, whole=whole) == Commit(4, 0, 0)
    assert tree_of(output) == as_bytes(ONE)
    assert commit(output, pages(TWO), state, whole=whole) == Commit(3, 1, 1)
    assert tree_of(output) == as_bytes(TWO)
    assert commit(output, pages({"index.html": "three"}), state, whole=whole) == Commit(1, 0, 3)
    assert tree_of(output) == {"index.html": b"three"}
    assert beside(output) == ["public"]
    assert manifest(output, state) == {"index.html"}


def test_no_file_of_the_site_is_a_link(output: Path, state: Path) -> None:
    put(output, {"talks/mine": "mine"})
    for tree in (ONE, TWO, ONE):
        commit(output, pages(tree), state)
        assert {path.lstat().st_nlink for path in output.rglob("*") if not path.is_dir()} == {1}


def test_files_are_readable_by_a_web_server_whatever_the_umask(output: Path, state: Path) -> None:
    before = os.umask(0o077)
    try:
        commit(output, pages(ONE), state)
    finally:
        os.umask(before)
    modes = {path.stat().st_mode & 0o777 for path in output.rglob("*") if path.is_file()}
    assert modes == {0o644}
    assert {path.stat().st_mode & 0o777 for path in (output, output / "talks")} == {0o755}


@pytest.mark.usefixtures("either_way")
def test_an_unchanged_page_keeps_its_time(output: Path, state: Path) -> None:
    commit(output, pages(ONE), state)
    os.utime(output / "static/style.css", ns=(1, 1))
    commit(output, pages(TWO), state)
    assert (output / "static/style.css").stat().st_mtime_ns == 1


def test_nothing_is_touched_when_nothing_changes(output: Path, state: Path) -> None:
    commit(output, pages(ONE), state)
    put(output, {"foreign/file": "f"})
    os.utime(output, ns=(1, 1))
    before = output.stat()
    assert commit(output, pages(ONE), state) == Commit(0, 4, 0)
    after = output.stat()
    assert (after.st_ino, after.st_mtime_ns, after.st_ctime_ns) == (
        before.st_ino,
        before.st_mtime_ns,
        before.st_ctime_ns,
    )


def test_a_page_that_was_edited_by_hand_is_written_anew(output: Path, state: Path) -> None:
    commit(output, pages(ONE), state)
    put(output, {"index.html": "edited"})
    (output / "talks/index.html").unlink()
    assert commit(output, pages(ONE), state) == Commit(2, 2, 0)
    assert tree_of(output) == as_bytes(ONE)


def test_a_folder_that_lost_its_last_page_by_hand_goes(output: Path, state: Path) -> None:
    commit(output, pages(ONE), state)
    (output / "static/style.css").unlink()
    rest = {path: data for path, data in ONE.items() if path != "static/style.css"}
    commit(output, pages(rest), state)
    assert not (output / "static").exists()


@pytest.mark.usefixtures("either_way")
def test_foreign_files_survive_with_their_metadata(output: Path, state: Path) -> None:
    put(output, {".gitkeep": "", "CNAME": "example.org", "talks/note.txt": "mine"})
    commit(output, pages(ONE), state)
    (output / "link").symlink_to("/nowhere")
    (output / "folder-link").symlink_to("/usr")
    (output / "empty/inner").mkdir(parents=True)
    os.mkfifo(output / "pipe")
    (output / "CNAME").chmod(0o600)
    (output / "empty").chmod(0o700)
    output.chmod(0o775)
    for name in ("CNAME", "empty"):
        os.utime(output / name, ns=(10**9, 10**9))
    commit(output, pages(TWO), state)
    assert tree_of(output) == as_bytes(TWO) | {
        ".gitkeep": b"",
        "CNAME": b"example.org",
        "talks/note.txt": b"mine",
        "link": b"-> /nowhere",
        "folder-link": b"-> /usr",
        "empty/inner/": b"",
    }
    assert (output / "pipe").is_fifo()
    for name, mode in (("CNAME", 0o600), ("empty", 0o700)):
        found = (output / name).stat()
        assert (found.st_mode & 0o777, found.st_mtime_ns) == (mode, 10**9)
    assert output.stat().st_mode & 0o777 == 0o775


def test_without_hard_links_foreign_files_are_copied(
    output: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: str, *_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted", source)

    monkeypatch.setattr(os, "link", refuse)
    commit(output, pages(ONE), state)
    put(output, {"CNAME": "example.org"})
    (output / "link").symlink_to("/nowhere")
    os.utime(output / "CNAME", ns=(10**9, 10**9))
    commit(output, pages(TWO), state)
    assert tree_of(output) == as_bytes(TWO) | {"CNAME": b"example.org", "link": b"-> /nowhere"}
    assert (output / "CNAME").stat().st_mtime_ns == 10**9
    os.mkfifo(output / "talks/pipe")  # what can be neither linked nor copied keeps the commit from happening
    with pytest.raises(StoreError, match="pipe"):
        commit(output, pages(ONE), state)
    assert tree_of(output)["index.html"] == b"two"


@pytest.mark.parametrize("whole", [False, True])
def test_foreign_files_that_come_during_a_commit_survive(
    output: Path, state: Path, monkeypatch: pytest.MonkeyPatch, whole: bool
) -> None:
    put(output, {"talks/kept": "old", "talks/replaced": "old"})
    commit(output, pages(ONE), state)
    real = store._write_journal

    def late(staging: Path, journal: Any) -> None:
        put(output, {"late/file": "new", "talks/kept": "new", "talks/late/file": "new", "fresh": "new"})
        (output / "fresh").replace(output / "talks/replaced")
        real(staging, journal)

    monkeypatch.setattr(store, "_write_journal", late)
    commit(output, pages(TWO), state, whole=whole)
    assert tree_of(output) == as_bytes(TWO) | {
        "late/file": b"new",
        "talks/late/file": b"new",
        "talks/kept": b"new",
        "talks/replaced": b"new",
    }


def put_late(monkeypatch: pytest.MonkeyPatch, late: Callable[[], None]) -> None:
    """Have somebody else write something at the last moment before a commit takes its steps."""
    real = store._write_journal

    def write(staging: Path, journal: Any) -> None:
        late()
        real(staging, journal)

    monkeypatch.setattr(store, "_write_journal", write)


@pytest.mark.parametrize("whole", [False, True])
def test_what_comes_late_in_the_place_of_a_page_or_folder_is_saved_beside_it(
    output: Path, state: Path, monkeypatch: pytest.MonkeyPatch, whole: bool
) -> None:
    commit(output, pages({"index.html": "one", "talks/index.html": "one"}), state)

    def late() -> None:
        shutil.rmtree(output / "talks")
        put(output, {"talks": "a file", "robots.txt": "mine", "new/index.html": "mine"})

    put_late(monkeypatch, late)
    new = {"index.html": "two", "talks/index.html": "two", "robots.txt": "ours", "new/index.html": "ours"}
    commit(output, pages(new), state, whole=whole)
    assert tree_of(output) == as_bytes(new) | {
        "talks.saved": b"a file",
        "robots.txt.saved": b"mine",
        "index.html.saved": b"mine",
    }


@pytest.mark.parametrize("harm", ["gone", "a folder in a page's place"])
def test_a_commit_that_was_cut_off_is_completed_whatever_became_of_the_output(
    output: Path, state: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    commit(output, pages(ONE), state)
    with monkeypatch.context() as patched:
        patched.setattr(store, "_complete", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            commit(output, pages(TWO), state)
    if harm == "gone":
        shutil.rmtree(output)
    else:
        (output / "index.html").unlink()
        put(output, {"index.html/mine": "mine"})
    commit(output, pages(TWO), state)
    saved = {} if harm == "gone" else {"mine.saved": b"mine"}
    assert (tree_of(output), beside(output)) == (as_bytes(TWO) | saved, ["public"])


# ---- what is in the way ----


def link_to_folder(output: Path) -> None:
    (output / "talks").symlink_to("/usr")


IN_THE_WAY: dict[str, tuple[Callable[[Path], None], str]] = {
    "other bytes": (lambda output: put(output, {"index.html": "mine"}), "index.html"),
    "a folder for a file": (lambda output: put(output, {"index.html/mine": ""}), "index.html"),
    "an empty folder for a file": (lambda output: (output / "index.html").mkdir(), "index.html"),
    "a file for a folder": (lambda output: put(output, {"talks": "mine"}), "talks"),
    "a link for a folder": (link_to_folder, "talks"),
    "a link to the same bytes": (lambda output: (output / "index.html").symlink_to("../same"), "index.html"),
}


@pytest.mark.parametrize("case", IN_THE_WAY)
def test_a_foreign_file_in_the_way_is_named_and_nothing_changes(case: str, output: Path, state: Path) -> None:
    make, name = IN_THE_WAY[case]
    put(output, {"other": "foreign"})
    put(output.parent, {"same": "one"})
    make(output)
    before, names = tree_of(output), beside(output)
    with pytest.raises(StoreError, match=rf"\n  {name}\nNothing was changed\..*--output"):
        commit(output, pages(ONE), state)
    assert (tree_of(output), beside(output)) == (before, names)


def test_no_more_than_five_files_in_the_way_are_named(output: Path, state: Path) -> None:
    put(output, {f"{n}.html": "mine" for n in range(8)})
    with pytest.raises(StoreError, match=r"4\.html\n  and 3 more") as caught:
        commit(output, pages({f"{n}.html": "ours" for n in range(9)}), state)
    assert "5.html" not in str(caught.value)


def test_a_foreign_file_with_the_same_bytes_is_adopted(output: Path, state: Path) -> None:
    put(output, {"index.html": "one"})
    commit(output, pages({"index.html": "one"}), state)
    commit(output, pages({}), state)
    assert tree_of(output) == {}


def test_own_files_make_room_for_a_folder_and_folders_for_a_file(output: Path, state: Path) -> None:
    commit(output, pages({"u/a": "1", "u/b/c/d": "1"}), state)
    assert commit(output, pages({"u/a/x": "2", "u/b": "2"}), state) == Commit(2, 0, 2)
    assert tree_of(output) == {"u/a/x": b"2", "u/b": b"2"}


def test_without_memory_pages_are_known_by_their_mark(output: Path, state: Path) -> None:
    page = MARK.decode()
    one = {
        "index.html": f"{page}1",
        "feed.xml": "1",
        "static/style.css": "1",
        "talks/index.html": f"{page}1",
        "talks/data/briefing.json": '{"generator": "Variorum 1.0", "id": "talks", 1}',
        "talks/data/matrix.csv": "1",
        "talks/claims/a.html": f"{page}1",
    }
    commit(output, pages(one), state)
    foreign = {"talks/claims/mine.html": "mine", "talks/mine.txt": "mine", "other/index.html": "mine", "CNAME": "mine"}
    foreign |= {"talks/data/mine.csv": "mine", "static/logo.png": "mine"}
    foreign |= {path.replace("talks/", "copy/"): data for path, data in one.items() if "talks/" in path}
    put(output, foreign)
    assert [name for name in ("", "talks", "other", "copy", "none") if is_unit(output, name)] == ["", "talks"]
    shutil.rmtree(state)
    two = {path: data.replace("1", "2") for path, data in one.items() if not path.endswith("a.html")}
    assert commit(output, pages(two), state) == Commit(6, 0, 1)
    assert tree_of(output) == as_bytes(two) | as_bytes(foreign)


def test_with_memory_only_what_is_remembered_is_the_builders(output: Path, state: Path) -> None:
    page = MARK.decode()
    one = {"index.html": page, "talks/index.html": page, "static/style.css": "css"}
    commit(output, pages(one), state)
    foreign = {"static/js/mine.js": "mine", "talks/data/matrix.csv": "mine", "feed.xml": "mine", "sitemap.xml": "mine"}
    put(output, foreign)
    commit(output, pages({path: f"{data}2" for path, data in one.items()}), state)
    assert {path: data for path, data in tree_of(output).items() if path in foreign} == as_bytes(foreign)
    assert clean(output, state) == 3
    assert tree_of(output) == as_bytes(foreign)


def test_without_memory_what_bears_no_mark_is_in_the_way(output: Path, state: Path) -> None:
    commit(output, pages(TWO), state)
    shutil.rmtree(state)
    with pytest.raises(StoreError, match=r"index\.html"):
        commit(output, pages(ONE), state)
    assert tree_of(output) == as_bytes(TWO)


@pytest.mark.parametrize(
    "paths",
    [
        ["/a"], ["../a"], ["a/../b"], ["."], ["a/./b"], [""], ["a//b"], ["a/"], ["a\\b"], ["a\0b"],
        ["a\udcff"], ["a", "a"], ["A", "a"], ["é", "E\u0301"], ["u/a", "u/a/b"], ["u/A/b", "u/a"],
    ],
)  # fmt: skip
def test_paths_that_clash_or_escape_are_a_bug(output: Path, state: Path, paths: list[str]) -> None:
    with pytest.raises(ValueError, match=r"path|name|surrogates"):
        commit(output, [OutputFile(path, b"") for path in paths], state)
    assert not output.exists()


# ---- which output ----


@pytest.mark.parametrize("name", ["", "..", "content", "content/x", ".git/hooks", "none", "none/x", ".variorum"])
def test_protected_folders_are_refused(tmp_path: Path, name: str) -> None:
    root = tmp_path / "root"
    put(root, {"content/x/briefing.md": "", ".git/hooks/x": "", "templates/x": "", "seeds/a.txt": ""})
    protected = [root, *(root / folder for folder in ("content", "seeds", "templates", ".git", "none"))]
    before = tree_of(tmp_path)
    with pytest.raises(StoreError, match="cannot be the output"):
        commit(root / name, pages(ONE), root / ".variorum", protected)
    with pytest.raises(StoreError, match="cannot be the output"):
        commit(root / name, pages(ONE), root / ".variorum", protected[1:])
    assert tree_of(tmp_path) == before


@pytest.mark.parametrize("name", ["public", "../public", "a/b", ".variorum/preview"])
def test_other_folders_are_fine_in_the_root_and_out_of_it(tmp_path: Path, name: str) -> None:
    root = tmp_path / "root"
    (root / "content").mkdir(parents=True)
    commit(root / name, pages(ONE), root / ".variorum", [root, root / "content"])
    assert tree_of(root / name) == as_bytes(ONE)
    commit(root / f"{name}-2", pages(TWO), tmp_path / "state", [root / "content", root])


def test_a_protected_folder_is_known_under_another_name(tmp_path: Path) -> None:
    put(tmp_path, {"root/content/x": ""})
    (tmp_path / "way-in").symlink_to("root/content")
    with pytest.raises(StoreError, match="cannot be the output"):
        commit(tmp_path / "way-in" / "x2", pages(ONE), tmp_path / "state", [tmp_path / "root/content"])


def test_an_output_that_is_a_link_stays_one(tmp_path: Path, output: Path, state: Path) -> None:
    output.parent.mkdir()
    output.symlink_to(tmp_path / "real")
    for tree in (ONE, TWO):
        commit(output, pages(tree), state)
        assert tree_of(tmp_path / "real") == as_bytes(tree)
    assert output.is_symlink()
    output.unlink()
    output.symlink_to("public")
    with pytest.raises(StoreError, match="public"):
        commit(output, pages(ONE), state)


def test_an_output_that_is_a_file_is_refused(output: Path, state: Path) -> None:
    put(output.parent, {"public": "a file"})
    with pytest.raises(StoreError, match="not a folder"):
        commit(output, pages(ONE), state)
    with pytest.raises(StoreError, match="cannot be the output"):
        commit(Path("/"), pages(ONE), state)


# ---- failures ----


def in_child(task: Callable[[], None]) -> int:
    """Run `task` in a forked process; its exit code, or minus the signal that ended it."""
    child = os.fork()
    if child == 0:
        try:
            task()
            os._exit(0)
        except BaseException as error:  # noqa: BLE001  (the child must never return into pytest)
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def run_here(function: str, *arguments: Path | str) -> str:
    """Call a function of this file in a Python of its own, which may fork; returns what it printed."""
    call = f"import test_store; test_store.{function}(*{list(map(str, arguments))!r})"
    here = Path(__file__).parent
    environment = os.environ | {"PYTHONPATH": f"{here}{os.pathsep}{here.parent}"}
    done = subprocess.run([sys.executable, "-c", call], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def commit_with_small_files_only(folder: str, big: str) -> None:
    output, state = Path(folder, "public"), Path(folder, "state")
    commit(output, pages({"index.html": "old", **{f"{n}/foreign": "" for n in range(3)}}), state)
    put(output, {"mine": "mine"})
    before = tree_of(output)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    many = {f"{n:040}.html": "new" for n in range(30)}  # each small, but their journal is not
    what = "static/big.css" if big == "page" else "public"
    with pytest.raises(StoreError, match=rf"^public stays as it was: {what}: File too large\.$"):
        commit(output, pages({"static/big.css": "x" * 2000} if big == "page" else many), state)
    assert tree_of(output) == before
    assert beside(output) == ["public", "state"]


@pytest.mark.parametrize("big", ["page", "journal"])
def test_a_disk_that_takes_no_more_leaves_the_output_as_it_was(tmp_path: Path, big: str) -> None:
    run_here("commit_with_small_files_only", tmp_path, big)


def test_a_full_disk_leaves_the_output_as_it_was(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("only root may mount a small disk")
    try:
        commit(disk / "public", pages({"a": "old", "b": "x" * 40_000}), tmp_path / "state")
        before = tree_of(disk)
        with pytest.raises(StoreError, match="No space left on device"):
            commit(disk / "public", pages({"a": "new", "b": "y" * 100_000}), tmp_path / "state")
        assert tree_of(disk) == before
        commit(disk / "public", pages({"a": "new", "b": "y" * 50_000}), tmp_path / "state")
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_ctrl_c_leaves_the_output_as_it_was(output: Path, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(output, pages(ONE), state)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "_write_journal", interrupt)
    with pytest.raises(KeyboardInterrupt):
        commit(output, pages(TWO), state)
    assert tree_of(output) == as_bytes(ONE)
    assert beside(output) == ["public"]


def test_a_failure_after_the_exchange_does_not_fail_the_commit(
    output: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(output, {"talks/mine": "mine"})
    commit(output, pages(ONE), state)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "_carry_if_new", fail)
    assert commit(output, pages(TWO), state).written == 3
    assert (tree_of(output), beside(output)) == (as_bytes(TWO) | {"talks/mine": b"mine"}, ["public"])


def test_a_failure_in_the_midst_of_the_steps_is_completed_by_the_next_command(
    output: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(output, pages(ONE), state)
    real, steps = store._put, iter([0])

    def fail_second(*paths: Path, is_own: bool) -> None:
        if next(steps, None) is None:
            raise OSError(5, "Input/output error")
        real(*paths, is_own=is_own)

    with monkeypatch.context() as patched:
        patched.setattr(store, "_put", fail_second)
        with pytest.raises(StoreError, match="public is not complete; the next build will see to it"):
            commit(output, pages(TWO), state)
    recover(output, state)
    assert tree_of(output) == as_bytes(TWO)
    assert commit(output, pages(ONE), state) == Commit(3, 1, 1)
    assert (tree_of(output), beside(output)) == (as_bytes(ONE), ["public"])


def commit_around_a_locked_folder(folder: str) -> None:
    if os.geteuid() == 0:
        os.setuid(65534)
    output, state = Path(folder, "public"), Path(folder, "state")
    put(output, {"locked/inner/file": "mine"})
    for name in ("locked/inner", "locked"):
        (output / name).chmod(0o555)
    for tree in (ONE, TWO):
        commit(output, pages(tree), state)
    assert tree_of(output) == as_bytes(TWO) | {"locked/inner/file": b"mine"}
    assert (output / "locked").stat().st_mode & 0o777 == 0o555
    assert beside(output) == ["public", "state"]
    for name in ("locked", "locked/inner"):
        (output / name).chmod(0o755)


def test_a_foreign_folder_that_may_not_be_written_is_carried_over() -> None:
    with tempfile.TemporaryDirectory() as folder:  # pytest's own folders are closed to other users
        Path(folder).chmod(0o777)
        run_here("commit_around_a_locked_folder", folder)


# ---- kills ----


def version_of(output: Path, trees: Mapping[str, Tree], foreign: Tree) -> str:
    """Which of the trees the output is, exactly."""
    found = tree_of(output)
    matching = [name for name, tree in trees.items() if found == tree | foreign]
    assert len(matching) == 1, f"the output is neither old nor new: {sorted(found)}"
    return matching[0]


def check_units(output: Path, trees: Mapping[str, Tree], foreign: Tree) -> None:
    """Every unit is as in one of the trees, exactly."""
    found = tree_of(output)
    for unit in {unit_of(path) for path in found | trees["one"]}:
        here = {path: data for path, data in found.items() if unit_of(path) == unit}
        versions = [
            {path: data for path, data in (tree | foreign).items() if unit_of(path) == unit} for tree in trees.values()
        ]
        # The files at the top are each a page of their own.
        whole = (
            here in versions
            if unit
            else all(item in [*versions[0].items(), *versions[1].items()] for item in here.items())
        )
        assert whole, f"{unit} is neither old nor new: {sorted(here)}"


def kill_at_every_step(folder: str, way: str) -> None:
    """Kill a commit at each event that Python reports to its auditors, from the first to the last."""
    output, state = Path(folder, "public"), Path(folder, "state")
    if "two renames" in way:
        store._swap = lambda *_: False
    trees, foreign = {"one": as_bytes(ONE), "two": as_bytes(TWO)}, {"CNAME": b"mine", "talks/mine": b"mine"}
    states: dict[str, int] = {}
    for step in range(10_000):
        put(output, {path: data.decode() for path, data in foreign.items()})
        commit(output, pages(ONE), state)
        assert version_of(output, trees, foreign) == "one"
        assert beside(output) == ["public", "state"], "leftovers"

        def killed(step: int = step) -> None:
            left = iter(range(step))
            me = os.getpid()

            def audit(event: str, _: object) -> None:
                if event != "os.kill" and next(left, None) is None:
                    os.kill(me, signal.SIGKILL)

            sys.addaudithook(audit)
            commit(output, pages(TWO), state, whole="whole" in way)

        ended = in_child(killed)
        names = beside(output)
        if output.exists() and "two renames" not in way:
            check_units(output, trees, foreign) if way == "folders" else version_of(output, trees, foreign)
        recover(output, state)
        version = version_of(output, trees, foreign)
        states[f"{version}, {' '.join(names)}"] = states.get(f"{version}, {' '.join(names)}", 0) + 1
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
    sys.stdout.write(json.dumps(states))


@pytest.mark.parametrize("way", ["whole", "folders", "whole, two renames", "folders, two renames"])
def test_a_kill_at_any_step_leaves_the_old_site_or_the_new(tmp_path: Path, way: str) -> None:
    states: dict[str, int] = json.loads(run_here("kill_at_every_step", tmp_path, way))
    expected = {
        "one, public state",  # before staging
        "one, .public.staging public state",
        "two, .public.staging public state",  # from the journal on
        "two, public state",
    }
    if way == "whole, two renames":
        expected |= {"two, .public.staging state"}
    assert set(states) == expected
    assert sum(states.values()) > 50


def test_a_list_of_own_files_that_is_cut_off_leaves_the_one_before(
    output: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = pages({"talks/index.html": "one", "talks/a.html": "one"})
    staging_folder = staging_of(output)
    stage(output, "talks", files, ())
    listed = own_files(staging_folder, AFTER, "talks")
    assert listed == {"talks/index.html", "talks/a.html"}

    shutil.rmtree(staging_folder / "new")  # as every command does first

    def cut_off(path: Path, text: str, **more: str) -> int:
        path.write_bytes(text.encode()[:5])
        raise KeyboardInterrupt(more)

    monkeypatch.setattr(Path, "write_text", cut_off)
    with pytest.raises(KeyboardInterrupt):
        stage(output, "talks", pages({"talks/b.html": "two"}), ())
    assert own_files(staging_folder, AFTER, "talks") == listed
    assert own_files(staging_folder, BEFORE, "talks") == frozenset()
    recover(output, state)


def kill_at_random(folder: str, count: str) -> None:
    """Kill a process that commits one large version after the other, again and again."""
    output, state = Path(folder, "public"), Path(folder, "state")
    put(output, {"CNAME": "mine"})
    chance = random.Random(1)
    trees = {
        str(version): {f"{n % 20}/{version % 2}-{n}.html": b"%d" % version * 500 for n in range(200)}
        | {f"{n % 20}/{n}.html": b"%d" % version * 500 for n in range(200)}
        for version in range(4)
    }

    def endless() -> None:
        while True:
            for tree in trees.values():
                commit(output, pages(tree), state, whole=True)

    commit(output, pages(trees["0"]), state)
    states: dict[str, int] = {}
    for _ in range(int(count)):
        child = os.fork()
        if child == 0:
            endless()
        time.sleep(chance.uniform(0.0, 0.12))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        left = ", ".join(name for name in beside(output) if name != "state")
        states[left] = states.get(left, 0) + 1
        version_of(output, trees, {"CNAME": b"mine"})
        recover(output, state)
        version_of(output, trees, {"CNAME": b"mine"})
    commit(output, [], state)
    assert beside(output) == ["public", "state"]
    assert tree_of(output) == {"CNAME": b"mine"}, "an own file has become foreign"
    sys.stdout.write(json.dumps(states))


def test_forty_kills_at_random_moments_leave_the_old_site_or_the_new(tmp_path: Path) -> None:
    states: dict[str, int] = json.loads(run_here("kill_at_random", tmp_path, "40"))
    assert sum(states.values()) == 40


def test_leftovers_are_removed(output: Path, state: Path) -> None:
    commit(output, pages(ONE), state)
    put(output.parent, {".public.staging/new/x": ""})
    (output.parent / ".public.staging/way-out").symlink_to(state)
    recover(output, state)
    assert (beside(output), tree_of(output)) == (["public"], as_bytes(ONE))
    assert manifest(output, state) == set(ONE)


@pytest.mark.parametrize("journal", ["", "{", "[]", '{"put": 3, "drop": []}', "\xff", "[" * 10**5])
def test_a_damaged_journal_counts_as_none(output: Path, state: Path, journal: str) -> None:
    commit(output, pages(ONE), state)
    put(output.parent, {".public.staging/journal": journal})
    recover(output, state)
    assert (beside(output), tree_of(output)) == (["public"], as_bytes(ONE))


# ---- several at once ----


def test_a_second_build_says_that_another_is_writing(
    output: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "LOCK_WAIT", 0.05)
    with store._locked(output, state):
        with pytest.raises(StoreError, match="Another build is writing public"):
            commit(output, pages(ONE), state)
        with pytest.raises(StoreError, match="Another build is writing public"):
            clean(output, state)
    commit(output, pages(ONE), state)


def commit_in_two_processes(folder: str) -> None:
    output, state = Path(folder, "public"), Path(folder, "state")
    trees = {name: {f"{n}/{name}.html": name.encode() for n in range(30)} for name in ("a", "b")}

    def often(name: str) -> None:
        for _ in range(10):
            commit(output, pages(trees[name]), state)
            commit(output, pages(trees[name] | {"extra": name.encode()}), state)
        commit(output, pages(trees[name]), state)

    children = []
    for name in trees:
        children.append(os.fork())
        if children[-1] == 0:
            os._exit(in_child(lambda name=name: often(name)))  # type: ignore[misc]
    for child in children:
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    version_of(output, trees, {})
    assert beside(output) == ["public", "state"]


def test_two_processes_that_commit_at_once_both_end_well(tmp_path: Path) -> None:
    run_here("commit_in_two_processes", tmp_path)


# ---- cleaning ----


def test_clean_removes_exactly_what_the_builder_wrote(output: Path, state: Path) -> None:
    put(output, {".gitkeep": "", "talks/mine": "mine"})
    (output / "empty").mkdir()
    commit(output, pages(ONE), state)
    assert clean(output, state) == 4
    assert tree_of(output) == {".gitkeep": b"", "talks/mine": b"mine", "empty/": b""}
    assert clean(output, state) == 0
    commit(output, pages(ONE), state)


def test_clean_of_a_site_alone_leaves_no_folder(output: Path, state: Path) -> None:
    assert publish.clean(output, state) == 0
    assert not state.exists()
    commit(output, pages(ONE), state)
    assert clean(output, state) == 4
    assert not output.exists()


def test_clean_spares_what_took_the_place_of_a_page_and_gitkeep(output: Path, state: Path, tmp_path: Path) -> None:
    commit(output, pages({**ONE, ".gitkeep": ""}), state)
    put(tmp_path, {"elsewhere/index.html": "mine", "elsewhere/claims/a.html": "mine"})
    shutil.rmtree(output / "talks")
    (output / "talks").symlink_to(tmp_path / "elsewhere")
    (output / "index.html").unlink()
    (output / "index.html").mkdir()
    assert clean(output, state) == 1
    assert tree_of(tmp_path / "elsewhere") == {"index.html": b"mine", "claims/a.html": b"mine"}
    assert set(tree_of(output)) == {".gitkeep", "talks", "index.html/"}


# ---- any history ----

PATHS = ("f", "g", "a/x", "a/y", "a/y/z", "b/x/y", "c/x")
DATA = st.sampled_from([b"", b"1", b"22"])
SITES = st.dictionaries(st.sampled_from(PATHS), DATA).filter(
    lambda site: not any(other.startswith(f"{path}/") for path in site for other in site)
)
FILE = st.dictionaries(st.sampled_from(PATHS), DATA, min_size=1, max_size=1)
STEPS = [("commit", SITES), ("write", FILE), ("delete", FILE), ("clean", st.just({}))]
STEPS += [("whole", SITES)]
HISTORIES = st.lists(st.one_of([st.tuples(st.just(step), files) for step, files in STEPS]), max_size=12)


def blocked(site: Mapping[str, bytes], foreign: Mapping[str, bytes]) -> bool:
    """Whether a foreign file stands where the site needs a file or a folder."""
    return any(
        (path == other and site[path] != foreign[other]) or other.startswith(f"{path}/") or path.startswith(f"{other}/")
        for path in site
        for other in foreign
    )


@contextmanager
def scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@settings(max_examples=60, deadline=None)
@given(HISTORIES)
def test_whatever_happened_before_own_files_are_the_last_site_and_foreign_ones_stay(
    history: list[tuple[str, dict[str, bytes]]],
) -> None:
    own: Tree = {}
    foreign: Tree = {}
    claimed: set[str] = set()  # in the manifest: the builder's even when somebody else has written them anew
    with scratch() as folder:
        output, state = folder / "public", folder / "state"
        output.mkdir()
        for step, files in history:
            if step in ("commit", "whole"):
                if blocked(files, foreign):
                    with pytest.raises(StoreError):
                        commit(output, pages(files), state, whole=step == "whole")
                else:
                    commit(output, pages(files), state, whole=step == "whole")
                    own, claimed = dict(files), set(files)
                    foreign = {path: data for path, data in foreign.items() if path not in files}
            elif step == "clean":
                clean(output, state)
                output.mkdir(exist_ok=True)
                own, claimed = {}, set()
            for path, data in files.items() if step in ("write", "delete") else ():
                target = output / path
                if step == "delete" and target.is_file():
                    target.unlink()
                    tidy(target.parent, output)
                    own.pop(path, None)
                    foreign.pop(path, None)
                elif step == "write" and path not in claimed and can_be_written(target, output):
                    put(output, {path: data})
                    foreign[path] = data
            assert {path: data for path, data in tree_of(output).items() if not path.endswith("/")} == own | foreign


def tidy(folder: Path, output: Path) -> None:
    """Remove folders that have become empty: an empty foreign folder would be in a page's way."""
    while folder != output and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def can_be_written(target: Path, output: Path) -> bool:
    above = [folder for folder in target.parents if folder.is_relative_to(output)]
    return not target.is_dir() and all(folder.is_dir() or not folder.exists() for folder in above)
