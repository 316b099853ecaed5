"""Git repositories for tests: nobody's name, no settings but their own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from conftest import put

WHO = {
    "GIT_AUTHOR_NAME": "Nobody",
    "GIT_AUTHOR_EMAIL": "nobody@example.org",
    "GIT_COMMITTER_NAME": "Nobody",
    "GIT_COMMITTER_EMAIL": "nobody@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def git(folder: Path, *arguments: str, data: bytes = b"") -> str:
    """What git prints, run in a folder. Raises CalledProcessError."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    line = ["git", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", *arguments]
    done = subprocess.run(line, cwd=folder, env=kept | WHO, input=data, capture_output=True, check=True)
    return done.stdout.decode().strip()


def commit(folder: Path, files: Mapping[str, bytes | str] | None = None) -> str:
    """Commit all that stands in a folder, after writing files to it; the commit's full name."""
    put(folder, files or {})
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "A state")
    return git(folder, "rev-parse", "HEAD")
