"""Where this very builder can be had: what its installation or its clone knows, and nothing that is guessed."""

from __future__ import annotations

import json
import os
import subprocess
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from builder.starter import Pin, pin_of

HERE = Path(__file__).resolve().parent

NEEDED = ("builder/starter.py", "pyproject.toml", "requirements.lock")
"""What a commit holds from which the workflow of a new site can install the builder."""


def installed_from() -> tuple[Pin | None, bool]:
    """The repository and commit of the builder that runs, and whether the commit is surely to be had there.

    From PEP 610 where a program installed it out of git; from the clone where it runs in one. None where neither knows.
    """
    if told := _told_by_installer():
        return told, True
    clone = HERE.parent
    if not (clone / ".git").exists():
        return None, False
    commit = _git(clone, "rev-parse", "--verify", "HEAD")
    held = _git(clone, "ls-tree", "--name-only", "HEAD", *NEEDED).split()
    pin = pin_of(_git(clone, "config", "--local", "--get", "remote.origin.url"), commit)
    if pin is None or sorted(held) != sorted(NEEDED):
        return None, False
    return pin, _git(clone, "branch", "--remotes", "--contains", "HEAD", "--list", "origin/*") != ""


def _told_by_installer() -> Pin | None:
    """What the program that installed the builder wrote down."""
    for found in distributions(name="variorum"):
        if Path(str(found.locate_file("builder"))).resolve() != HERE:
            continue  # another one: an editable installation, or one that is not running
        try:
            told: Any = json.loads(found.read_text("direct_url.json") or "{}")
            vcs = told.get("vcs_info", {})
            if vcs.get("vcs") == "git" and "subdirectory" not in told:
                return pin_of(str(told.get("url")), str(vcs.get("commit_id")))
        except (OSError, ValueError, AttributeError):
            continue
    return None


def _git(folder: Path, *words: str) -> str:
    """What git says, without the line's end; empty where it says nothing, fails, or is not there."""
    # GIT_DIR and the like may speak of another repository, such as that of a hook which is running.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "--no-pager", "-C", str(folder), *words]
    try:
        done = subprocess.run(
            command, capture_output=True, check=True, timeout=10, stdin=subprocess.DEVNULL, env=kept | {"LC_ALL": "C"}
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode(errors="replace").strip()
