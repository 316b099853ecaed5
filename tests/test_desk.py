"""What commands write: all of it or none, never through a link, never over somebody else's change."""

import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import put as put_on_disk
from samples import ROOT, SMALL

from builder import desk
from builder.build import Studied, study
from builder.desk import open_desk, put, write_files
from builder.inputs import StoreError
from builder.model import Site
from builder.written import Texts

OLD = {"seeds/a.txt": b"old a\r\n", "content/case/claims.yaml": b"\xef\xbb\xbfold: b\n"}
NEW = {"seeds/a.txt": b"new a", "content/case/claims.yaml": b"new: b", "content/new/claims/c.yaml": b"new: c"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, data in OLD.items():
        (tmp_path / "site" / path).parent.mkdir(parents=True)
        (tmp_path / "site" / path).write_bytes(data)
    return tmp_path / "site"


def held(root: Path) -> dict[str, bytes | None]:
    """Every file by its path, and folders with None."""
    found = sorted(root.rglob("*"))
    return {path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None for path in found}


def before(files: dict[str, bytes]) -> dict[str, bytes | None]:
    return {path: OLD.get(path) for path in files}


def test_all_are_written_with_the_rights_of_what_was_there_and_nothing_else_stays(root: Path) -> None:
    (root / "seeds/a.txt").chmod(0o640)
    write_files(root, NEW, before(NEW))
    assert {path: data for path, data in held(root).items() if data is not None} == NEW
    assert (root / "seeds/a.txt").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("link", ["seeds", "content", "content/case", "content/case/claims.yaml", "seeds/a.txt"])
@pytest.mark.parametrize("there", [True, False])
def test_nothing_is_written_through_a_link_be_it_that_of_a_folder(root: Path, link: str, *, there: bool) -> None:
    outside = root.parent / "outside"
    (root / link).rename(outside)
    (root / link).symlink_to(outside if there else root / "nowhere")
    was = held(root.parent)
    with pytest.raises(StoreError, match=r"is a symbolic link\. Nothing was written"):
        write_files(root, NEW, before(NEW))
    assert held(root.parent) == was


def test_a_pipe_in_the_way_does_not_hang_it(root: Path) -> None:
    os.mkfifo(root / "seeds/b.txt")
    with pytest.raises(StoreError, match="no ordinary file"):
        write_files(root, {"seeds/b.txt": b"b"}, {"seeds/b.txt": None})


@pytest.mark.parametrize("step", range(3))
@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("call", ["replace", "fsync"])
def test_what_ends_it_halfway_leaves_everything_as_it_was(
    root: Path, monkeypatch: pytest.MonkeyPatch, step: int, fault: BaseException, call: str
) -> None:
    was, calls = held(root), 0
    owner, name = (Path, "replace") if call == "replace" else (desk.os, "fsync")  # type: ignore[attr-defined]
    real = getattr(owner, name)

    def failing(*given: object) -> object:
        nonlocal calls
        calls += 1
        if calls == step + 1:
            raise fault
        return real(*given)

    monkeypatch.setattr(owner, name, failing)
    with pytest.raises((StoreError, KeyboardInterrupt)) as told:
        write_files(root, NEW, before(NEW))
    assert held(root) == was
    if isinstance(fault, OSError):
        assert str(told.value) == f"{list(NEW)[step]}: No space left on device. Nothing was written."


def test_of_two_at_once_that_read_the_same_one_is_told(root: Path) -> None:
    path, told = "content/case/claims.yaml", []

    def work(text: bytes) -> None:
        try:
            write_files(root, {path: text}, {path: OLD[path]})
        except StoreError as error:
            told.append(str(error))

    threads = [threading.Thread(target=work, args=(b"%d: x\n" % number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == [f"{path} was changed meanwhile. Nothing was written; try again."] * 7


def test_a_briefing_that_cannot_be_read_is_not_called_missing(root: Path) -> None:
    (root / "site.yaml").write_text("title: A Site\n", "utf-8")
    (root / "content/case/claims").symlink_to(root)
    with pytest.raises(StoreError, match="No briefing can be read; `variorum check` says why"):
        open_desk(root).one(None)
    (root / "content/case").rename(root / "case")
    with pytest.raises(StoreError, match="There is no briefing yet"):
        open_desk(root).one(None)


def test_an_encoding_without_some_character_ends_no_command(small_site: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "builder", "explain", "quotation-words"]
    done = subprocess.run(command, cwd=small_site, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\u201c" in done.stdout


def test_without_an_input_stream_nothing_is_asked(small_site: Path) -> None:
    command = f"exec {sys.executable} -m builder add claim Foo --topic talks <&-"
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=small_site,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"Say what the articles have" in done.stderr


def test_only_the_briefing_that_is_asked_for_is_studied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_on_disk(tmp_path, {path.replace("/case/", f"/{name}/"): text for name in "abc" for path, text in SMALL.items()})
    studied: list[str] = []

    def noted(texts: Texts, site: Site, articles: Mapping[str, bytes]) -> Studied | None:
        studied.append(texts.name)
        return study(texts, site, articles)

    monkeypatch.setattr(desk, "study", noted)
    opened = open_desk(tmp_path)
    claims = opened.one("b").texts.files["content/b/claims.yaml"]
    assert put(opened, {"content/b/claims.yaml": claims + b"# more\n"}) == []
    assert studied == ["b", "b"]
    put(opened, {"seeds/one.txt": opened.articles["one.txt"]})
    assert set(studied) == {"a", "b", "c"}
