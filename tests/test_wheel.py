"""What is installed is complete: away from the repository it makes the same site, and knows its own templates."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import put
from samples import ROOT, SMALL
from whole_site import tree

from builder import scan
from builder.scan import templates_of


def run(*line: str | Path, cwd: Path, path: Path | None = None, code: int = 0) -> str:
    """What a program prints that ends with `code`; `path` is where Python looks first."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    env = kept | ({"PYTHONPATH": str(path)} if path else {})
    done = subprocess.run([*map(str, line)], cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the repository as it stands. Built once: only to be read."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (file,) = folder.iterdir()
    return file


@pytest.fixture(scope="session")
def installation(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel was installed. Only to be read."""
    folder = tmp_path_factory.mktemp("installation")
    uv = Path(sys.executable).with_name("uv")
    where: list[str | Path] = ["--python", sys.executable, "--target", folder, "--cache-dir", folder.parent / "cache"]
    run(uv, "pip", "install", "--quiet", "--offline", "--no-deps", *where, wheel, cwd=folder.parent)
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site outside of the repository, without templates of its own."""
    put(tmp_path / "site", SMALL)
    return tmp_path / "site"


def variorum(installed: Path, *words: str | Path, cwd: Path) -> str:
    return run(sys.executable, "-m", "builder", *words, cwd=cwd, path=installed)


def test_the_wheel_holds_all_that_the_repository_has(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        held = {name: opened.read(name) for name in opened.namelist() if ".dist-info/" not in name}
    own = {f"builder/templates/{path}": data for path, data in tree(ROOT / "templates").items()}
    own |= {f"builder/{path}": data for path, data in tree(ROOT / "builder").items() if "__pycache__" not in path}
    assert {path for path in own if held.get(path) != own[path]} == set()
    assert {path.split("/")[0] for path in held} == {"builder"}
    assert not [path for path in held if "__pycache__" in path]


def test_an_installation_builds_the_site_that_the_repository_builds(site: Path, installation: Path) -> None:
    where = run(sys.executable, "-c", "import builder; print(builder.__file__)", cwd=site, path=installation)
    assert where.strip() == str(installation / "builder/__init__.py")
    address = ("--base-url", "https://example.org/news/")
    variorum(installation, "build", "--root", site, *address, cwd=site.parent)
    variorum(ROOT, "build", "--root", site, "--output", site / "other", *address, cwd=site.parent)
    assert tree(site / "public") == tree(site / "other")
    assert "static/style.css" in tree(site / "public")


def test_an_installation_remembers_what_its_templates_were(site: Path, installation: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(installation, own)
    variorum(own, "build", "--root", site, cwd=tmp_path)
    assert "stale: nothing is stale\n" in variorum(own, "build", "--root", site, "--explain", cwd=tmp_path)
    put(own, {"builder/templates/404.html": "Changed."})
    told = variorum(own, "build", "--root", site, "--explain", cwd=tmp_path)
    assert "stale: everything: templates/404.html changed\n" in told
    assert (site / "public/404.html").read_text() == "Changed."


def test_a_new_site_of_an_installation_is_whole(installation: Path, tmp_path: Path) -> None:
    variorum(installation, "new", "my-site", cwd=tmp_path)
    told = variorum(installation, "build", "--root", "my-site", "--strict", cwd=tmp_path)
    assert "0 warnings" in told
    assert (tmp_path / "my-site/public/harbour-bridge/index.html").is_file()


def test_what_another_package_puts_beside_an_installed_builder_is_not_taken_for_templates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "BUILDER", str(tmp_path / "packages/builder"))
    put(tmp_path, {"packages/templates/base.html": "another's", "packages/builder/text.py": ""})
    assert templates_of(str(tmp_path)) == (f"{tmp_path}/packages/templates",)  # a clone has them there
    put(tmp_path, {"packages/builder/templates/base.html": "ours"})
    assert templates_of(str(tmp_path)) == (f"{tmp_path}/packages/builder/templates",)
    put(tmp_path, {"templates/base.html": "the site's own"})
    assert templates_of(str(tmp_path)) == (f"{tmp_path}/templates", f"{tmp_path}/packages/builder/templates")
