"""The law of same bytes: hash seed, time zone, locale, working folder and the order of folders change nothing."""

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from samples import ROOT

PLAIN = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
TURKISH = {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"}
NO_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
OTHERS = {
    "hash seed, time zone, locale": {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", **TURKISH},
    "hash seed, no locale, optimized": {"PYTHONHASHSEED": "7", "TZ": "UTC", **NO_LOCALE, "PYTHONOPTIMIZE": "2"},
}
"""Several at once: a build of the whole site takes seconds, and none of them is to make a difference."""


@dataclass(frozen=True)
class Plain:
    """The site as it is built in plain surroundings."""

    root: Path
    output: Path
    files: dict[str, str]


def build(root: Path, output: Path, cwd: Path, environment: dict[str, str]) -> dict[str, str]:
    """The digests of everything that a build writes, by path."""
    command = [sys.executable, "-m", "builder", "build", "--root", str(root), "--output", str(output)]
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME")}
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**kept, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    files = [path for path in output.rglob("*") if path.is_file()]
    return {path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def copied_backwards(target: Path) -> Path:
    """A copy of the site whose files were made in the reverse order, and long ago."""
    names = [
        "site.yaml",
        *(p.relative_to(ROOT).as_posix() for d in ("content", "seeds") for p in (ROOT / d).rglob("*")),
    ]
    for name in sorted((n for n in names if (ROOT / n).is_file()), reverse=True):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target / name)
        os.utime(target / name, (0, 0))
    return target


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Plain:
    """Built once; only the test at the end builds there again."""
    folder = tmp_path_factory.mktemp("plain")
    root = shutil.copytree(ROOT / "content", folder / "site" / "content").parent
    shutil.copytree(ROOT / "seeds", root / "seeds")
    shutil.copy(ROOT / "site.yaml", root)
    files = build(root, folder / "public", ROOT, PLAIN)
    assert len(files) > 60
    return Plain(root, folder / "public", files)


@pytest.mark.parametrize("surroundings", OTHERS.values(), ids=OTHERS)
def test_the_same_input_gives_the_same_bytes(plain: Plain, tmp_path: Path, surroundings: dict[str, str]) -> None:
    root = copied_backwards(tmp_path / "another place")
    assert build(root, tmp_path / "out", tmp_path, surroundings) == plain.files


def test_a_second_build_into_the_same_folder_changes_nothing(plain: Plain, tmp_path: Path) -> None:
    times = {path: path.stat().st_mtime_ns for path in plain.output.rglob("*.html")}
    assert len(times) > 60
    assert build(plain.root, plain.output, tmp_path, PLAIN) == plain.files
    assert {path: path.stat().st_mtime_ns for path in times} == times
