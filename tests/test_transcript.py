"""README's way from two web pages to a site is walked, command by command, as it stands there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from samples import ROOT

README = (ROOT / "README.md").read_text("utf-8")
SECTION = README.split("## From two web pages to a site\n")[1].split("\n## ")[0]
BLOCKS = re.findall(r"^```(sh|yaml)\n(.*?)^```$", SECTION, re.MULTILINE | re.DOTALL)
PAGES = ("graph.html", "opengraph.html")
"""Saved pages with navigation, advertisements, cookie notes and lists of further articles."""


def run(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if key in ("HOME", "LANG", "TMPDIR")}
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {**kept, "PATH": path, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        ["bash", "-e", "-c", script], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder after README's first commands."""
    clone = tmp_path_factory.mktemp("walk") / "clone"
    (clone / "tests/pages").mkdir(parents=True)
    for page in PAGES:
        shutil.copy(ROOT / "tests/pages" / page, clone / "tests/pages")
    (kind, commands), *_ = BLOCKS
    assert kind == "sh"
    done = run(clone, commands)
    assert done.returncode == 0, done.stderr
    return clone.parent / "harbour" / "bridge"


def test_the_articles_are_there_without_the_clutter(walked: Path) -> None:
    for seed in (walked / "seeds").glob("the-harbour-gazette.txt"):
        text = seed.read_text("utf-8")
        assert "The bridge over the harbour was opened on Monday" in text
        assert "ookie" not in text
        assert "Also read" not in text
    assert len(list((walked / "seeds").iterdir())) == 4


def test_a_wrong_quotation_is_mended_by_its_cure_and_the_site_is_built(walked: Path) -> None:
    (_, claim), (_, check) = BLOCKS[1], BLOCKS[2]
    claims = walked / "content" / "opening" / "claims.yaml"
    with claims.open("a", encoding="utf-8") as file:
        file.write(claim)
    wrong = run(walked, check)
    assert wrong.returncode == 1
    assert "error[quotation-words]" in wrong.stderr
    cure = re.search(r"help: The article has:\n +(.+)\n", wrong.stderr)
    quotation = re.search(r"quote: (In the first week.+)\}", claim)
    assert cure
    assert quotation
    claims.write_text(claims.read_text("utf-8").replace(quotation[1], cure[1]), "utf-8")
    assert run(walked, check).returncode == 0
    build = re.search(r"`(variorum build --drafts)`", SECTION)
    assert build
    assert run(walked, build[1]).returncode == 0
    page = (walked / "public" / "opening" / "index.html").read_text("utf-8")
    assert "The bridge took six years to build." in page
    matrix = (walked / "public" / "opening" / "matrix.html").read_text("utf-8")
    assert matrix.count("<th") > 3
    assert len(list((walked / "public" / "opening" / "claims").iterdir())) == 3


def test_every_command_of_the_walk_is_in_the_table() -> None:
    table = README.split("## Commands\n")[1]
    for kind, block in BLOCKS:
        for command in (
            re.findall(r"^variorum ((?:new briefing|add \w+|\w+))", block, re.MULTILINE) if kind == "sh" else []
        ):
            assert f"`variorum {command}" in table


def test_an_editor_knows_the_new_ids_all_the_way(walked: Path) -> None:
    done = run(walked, "variorum editor --check")
    assert done.returncode == 0, done.stdout + done.stderr
