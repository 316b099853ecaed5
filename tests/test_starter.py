"""The files of a new site: from a builder that is pinned or not known, with a workflow that stands an audit."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import put
from samples import ROOT
from test_groundwork import everything
from test_installed import git

from builder.build import check_site
from builder.freshness import Options
from builder.groundwork import example
from builder.installed import NEEDED
from builder.starter import SITE, WORKFLOW, Pin, briefing_files, may_stay, name_fault, pin_of, site_files
from builder.yamldoc import Data, parse_yaml

COMMIT = "0123456789abcdef0123456789abcdef01234567"
PIN = Pin("https://github.com/owner/variorum.git", COMMIT)


@pytest.mark.parametrize(
    ("name", "may"),
    [
        (".git", True),
        ("LICENCE", True),
        ("LICENSE-MIT", True),
        ("readme.rst", True),
        ("COPYING", True),
        ("site.yaml", False),
        ("content", False),
        (".github", False),
        (".gitx", False),
        ("readmes", False),
        ("licensed.py", False),
        ("", False),
    ],
)
def test_what_a_folder_may_hold_that_counts_as_empty(name: str, may: bool) -> None:
    assert may_stay(name) is may


@pytest.mark.parametrize(
    ("url", "https"),
    [
        ("https://github.com/owner/variorum.git", "https://github.com/owner/variorum.git"),
        ("https://github.com/owner/variorum", "https://github.com/owner/variorum"),
        ("https://somebody:secret@github.com/owner/variorum", "https://github.com/owner/variorum"),
        ("https://token@git.example:8443/a/b/c.git", "https://git.example:8443/a/b/c.git"),
        ("git@github.com:owner/variorum.git", "https://github.com/owner/variorum.git"),
        ("github.com:owner/variorum", "https://github.com/owner/variorum"),
        ("ssh://git@github.com/owner/variorum.git", "https://github.com/owner/variorum.git"),
        ("ssh://git@ssh.github.com:443/owner/variorum.git", "https://github.com/owner/variorum.git"),
        ("git@git.example:owner/variorum.git", None),
        ("ssh://git@git.example/owner/variorum.git", None),
        ("http://github.com/owner/variorum", None),
        ("git://github.com/owner/variorum", None),
        ("file:///home/owner/variorum", None),
        ("/home/owner/variorum", None),
        ("../variorum", None),
        ("", None),
        ("https://github.com/owner/vario rum", None),
        ("https://github.com/owner/variorum\nrun: evil", None),
        ('https://github.com/owner/variorum" # x', None),
        ("https://github.com/owner/$(evil)", None),
        ("https://github.com/owner/`evil`", None),
        ("https://github.com/owner/variorum?token=x", None),
        ("https://a@b@github.com/owner/variorum", None),
        ("git@github.com:owner/vario rum", None),
        ("github.com:/etc/passwd", None),
    ],
)
def test_an_address_is_one_that_anybody_can_fetch_or_none(url: str, https: str | None) -> None:
    assert pin_of(url, COMMIT) == (Pin(https, COMMIT) if https else None)


@pytest.mark.parametrize(
    "commit", ["", "main", COMMIT[:39], COMMIT + "0", COMMIT.upper(), f"{COMMIT[:39]}\n", "-" * 40]
)
def test_a_commit_is_told_by_all_of_its_digits(commit: str) -> None:
    assert pin_of(PIN.url, commit) is None


def new_files(pin: Pin | None) -> dict[str, bytes]:
    return site_files(example(), "Title", "en", pin)


def actions(workflow: str) -> set[str]:
    return set(re.findall(r"uses: (\S+ # \S+)", workflow))


def test_the_workflow_pins_the_actions_that_the_repository_pins() -> None:
    own = (ROOT / WORKFLOW).read_text("utf-8")
    theirs = new_files(None)[WORKFLOW].decode()
    assert actions(theirs) == actions(own)
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", action) for action in actions(own))
    for line in ('python-version: "3.13"', "runs-on: ubuntu-24.04", "cancel-in-progress: false"):
        assert line in own
        assert line in theirs


@pytest.mark.parametrize("pin", [None, PIN])
def test_the_workflow_stands_an_audit(tmp_path: Path, pin: Pin | None) -> None:
    put(tmp_path, new_files(pin))
    zizmor = Path(sys.executable).with_name("zizmor")
    done = subprocess.run(
        [zizmor, "--offline", "--no-progress", "--persona=pedantic", tmp_path], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout.decode()
    assert b"pages.yml" in done.stderr


def test_a_proposal_publishes_nothing() -> None:
    text = new_files(None)[WORKFLOW].decode()
    build, deploy = text.split("\n  deploy:\n")
    assert "write" not in build
    assert "    if: github.ref == 'refs/heads/main'\n" in deploy
    for step in build.split("\n      - ")[1:]:
        if "configure-pages@" in step or "upload-pages-artifact@" in step:
            assert "if: github.ref == 'refs/heads/main'" in step
    assert "run: variorum check --format github\n" in build


def install_step(pin: Pin | None) -> tuple[str, dict[str, str]]:
    """The script of the step that installs Variorum, and what its environment says."""
    node = parse_yaml(WORKFLOW, new_files(pin)[WORKFLOW].decode()).value
    assert node
    data: Data = node.data()
    for key in ("jobs", "build", "steps"):
        assert isinstance(data, dict)
        data = data[key]
    (step,) = (step for step in data if isinstance(step, dict) and step.get("name") == "Install Variorum")
    script, env = step["run"], step["env"]
    assert isinstance(script, str)
    assert isinstance(env, dict)
    return script, {name: value for name, value in env.items() if isinstance(value, str)}


def bash(script: str, **env: str) -> subprocess.CompletedProcess[str]:
    line = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(line, env=env, capture_output=True, text=True, check=False)


def test_a_workflow_that_nobody_could_fill_in_says_so_and_fails(tmp_path: Path) -> None:
    script, env = install_step(None)
    assert env == {"VARIORUM_URL": "", "VARIORUM_COMMIT": ""}
    assert new_files(None)[WORKFLOW].decode().count("FILL IN") == 2
    done = bash(script, **env, PATH=os.environ["PATH"], RUNNER_TEMP=str(tmp_path))
    assert done.returncode == 1
    assert done.stdout == f"::error::Fill in VARIORUM_URL and VARIORUM_COMMIT in {WORKFLOW}.\n"
    assert everything(tmp_path) == {}


def test_a_site_tells_others_how_to_install_the_same_commit() -> None:
    read_me = new_files(PIN)["README.md"].decode()
    assert f'python -m pip install "variorum[web] @ git+{PIN.url}@{COMMIT}"\n' in read_me
    assert f"https://github.com/owner/variorum/blob/{COMMIT}/content/README.md" in read_me
    elsewhere = new_files(Pin("https://git.example/variorum", COMMIT))["README.md"].decode()
    assert "handbook" not in elsewhere
    assert "pip" not in new_files(None)["README.md"].decode()


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Harbour Bridge", "harbour-bridge"),
        ("../x", "x"),
        ("a--b", "a-b"),
        ("Con", None),
        ("Über uns", "uber-uns"),
        ("桥", None),
        ("Data", None),
    ],
)
def test_a_name_that_is_nearly_one_is_put_right(name: str, near: str | None) -> None:
    said = re.search(r"For example: (\S+)\.$", name_fault(name))
    assert (said[1] if said else None) == near


@pytest.mark.parametrize("name", ["x", "index", "2025-03-03", "a" * 64, "console", "com"])
def test_a_name_that_a_briefing_can_have_is_fine(name: str) -> None:
    assert name_fault(name) == ""


def test_both_commands_make_what_they_say_and_no_more() -> None:
    assert check_site(new_files(PIN)[SITE], Options()).diagnostics == ()
    assert sorted(briefing_files("x", "", "2025", "2025")) == [
        f"content/x/{name}" for name in ("briefing.md", "claims.yaml", "sources.yaml", "timeline.yaml")
    ]


def test_a_workflow_fetches_the_very_commit_and_installs_it_by_its_lock(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    put(clone, dict.fromkeys(NEEDED, "words"))
    git(clone, "init", "--quiet")
    git(clone, "add", ".")
    git(clone, "commit", "--quiet", "--message=one")
    script, env = install_step(PIN)
    assert env == {"VARIORUM_URL": PIN.url, "VARIORUM_COMMIT": PIN.commit}
    assert "FILL IN" not in new_files(PIN)[WORKFLOW].decode()
    commit = git(clone, "rev-parse", "HEAD")
    put(clone, {"later": ""})
    git(clone, "add", "later")
    git(clone, "commit", "--quiet", "--message=later")
    put(tmp_path, {"bin/python": '#!/bin/sh\necho "$PWD:" "$@"\n'})
    (tmp_path / "bin/python").chmod(0o755)
    env = {"VARIORUM_URL": f"file://{clone}", "VARIORUM_COMMIT": commit, "RUNNER_TEMP": str(tmp_path / "temp")}
    done = bash(script, **env, PATH=f"{tmp_path}/bin:{os.environ['PATH']}", HOME=str(tmp_path))
    assert done.returncode == 0, done.stderr
    fetched = tmp_path / "temp/variorum"
    assert {path.name for path in fetched.iterdir()} == {".git", "builder", "pyproject.toml", "requirements.lock"}
    locked, itself = done.stdout.splitlines()
    assert locked.startswith(f"{fetched}: -m pip install")
    assert "--require-hashes --only-binary :all: -r requirements.lock" in locked
    assert itself == f"{fetched}: -m pip install --quiet --no-deps --no-build-isolation ."
