"""Where the builder came from is told by its installer or its clone, and never guessed."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from conftest import put

from builder import installed
from builder.installed import installed_from
from builder.starter import Pin

COMMIT = "0123456789abcdef0123456789abcdef01234567"
PIN = Pin("https://github.com/owner/variorum.git", COMMIT)


def git(folder: Path, *words: str) -> str:
    settings = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(["git", *settings, *words], cwd=folder, check=True, capture_output=True, text=True, env=kept)
    return done.stdout.strip()


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone with one commit, which the builder seems to run from."""
    folder = tmp_path / "clone"
    put(folder, dict.fromkeys(installed.NEEDED, "words"))
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message=one")
    git(folder, "remote", "add", "origin", "https://me:secret@github.com/owner/variorum.git")
    monkeypatch.setattr(installed, "HERE", folder / "builder")
    return folder


def test_a_clone_knows_its_origin_and_commit(clone: Path) -> None:
    commit = git(clone, "rev-parse", "HEAD")
    assert installed_from() == (Pin(PIN.url, commit), False)
    git(clone, "update-ref", "refs/remotes/origin/main", "HEAD")
    assert installed_from() == (Pin(PIN.url, commit), True)


def test_a_repository_that_says_where_it_is_through_the_environment_is_not_asked(
    clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, {"other/x": ""})
    git(tmp_path / "other", "init", "--quiet")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other/.git"))
    pin, _ = installed_from()
    assert pin == Pin(PIN.url, git(clone, "rev-parse", "HEAD"))


@pytest.mark.parametrize("missing", installed.NEEDED)
def test_a_commit_from_which_nothing_could_be_installed_is_none(clone: Path, missing: str) -> None:
    git(clone, "rm", "--quiet", missing)
    git(clone, "commit", "--quiet", "--message=two")
    put(clone, {missing: "not committed"})
    assert installed_from() == (None, False)


def test_a_builder_within_somebody_elses_repository_is_none(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "HERE", clone / ".venv/lib/site-packages/builder")
    assert installed_from() == (None, False)


def test_a_clone_without_origin_without_commit_or_without_git_is_none(
    clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as without_git:
        without_git.setenv("PATH", str(tmp_path))
        assert installed_from() == (None, False)
    git(clone, "remote", "remove", "origin")
    assert installed_from() == (None, False)
    git(clone, "remote", "add", "origin", PIN.url)
    git(clone, "checkout", "--quiet", "--orphan", "empty")
    assert installed_from() == (None, False)


def told_by_installer(folder: Path, monkeypatch: pytest.MonkeyPatch, direct_url: str | None) -> None:
    """An installation in a folder, with what its installer wrote down."""
    files = {"builder/__init__.py": "", "variorum-0.1.0.dist-info/METADATA": "Name: variorum\nVersion: 0.1.0\n"}
    put(folder, files | ({"variorum-0.1.0.dist-info/direct_url.json": direct_url} if direct_url is not None else {}))
    monkeypatch.setattr(installed, "HERE", folder / "builder")
    monkeypatch.syspath_prepend(folder)


def test_what_an_installer_wrote_down_is_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vcs = {"vcs": "git", "commit_id": COMMIT, "requested_revision": "main"}
    told_by_installer(
        tmp_path, monkeypatch, json.dumps({"url": "ssh://git@github.com/owner/variorum.git", "vcs_info": vcs})
    )
    assert installed_from() == (PIN, True)


@pytest.mark.parametrize(
    "direct_url",
    [
        None,
        "",
        "{",
        "[]",
        "null",
        '{"url": "file:///home/owner/variorum", "dir_info": {}}',
        '{"url": "https://example.org/variorum.whl", "archive_info": {}}',
        json.dumps({"url": PIN.url, "vcs_info": None}),
        json.dumps({"url": PIN.url, "vcs_info": {"vcs": "hg", "commit_id": COMMIT}}),
        json.dumps({"url": PIN.url, "vcs_info": {"vcs": "git", "commit_id": "main"}}),
        json.dumps({"url": PIN.url, "vcs_info": {"vcs": "git", "commit_id": COMMIT}, "subdirectory": "x"}),
        json.dumps({"url": None, "vcs_info": {"vcs": "git", "commit_id": COMMIT}}),
    ],
)
def test_what_does_not_tell_a_commit_is_not_guessed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, direct_url: str | None
) -> None:
    told_by_installer(tmp_path, monkeypatch, direct_url)
    assert installed_from() == (None, False)


def test_another_installation_than_the_one_that_runs_is_not_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = json.dumps({"url": PIN.url, "vcs_info": {"vcs": "git", "commit_id": COMMIT}})
    told_by_installer(tmp_path / "one", monkeypatch, told)
    monkeypatch.setattr(installed, "HERE", tmp_path / "two/builder")
    assert installed_from() == (None, False)
