"""`diff`, as a terminal and a workflow see it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import put
from repositories import commit, git
from samples import CLAIMS, SMALL

from builder.cli import main

REWORDED = CLAIMS.replace("on Thursday.", "on Friday.")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    put(tmp_path, SMALL)
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    return tmp_path


def diff(site: Path, *arguments: str, color: bool = False) -> Result:
    return CliRunner().invoke(main, ["diff", "--root", str(site), *arguments], color=color, prog_name="variorum")


def test_nothing_new_is_said(site: Path) -> None:
    result = diff(site, "HEAD")
    assert (result.exit_code, result.output) == (0, "Nothing that a reader would notice.\n")


TOLD = """case: A briefing
  Claims
  ~ met: The ministers met on Friday.
      reworded: The ministers met on [-Thursday.-] {+Friday.+}

1 change that a reader would notice.
"""


def test_the_working_tree_is_compared_with_a_commit(site: Path) -> None:
    put(site, {"content/case/claims.yaml": REWORDED})
    result = diff(site, "HEAD")
    assert (result.exit_code, result.output) == (0, TOLD)


def test_two_commits_are_compared_whatever_the_folder_holds(site: Path) -> None:
    commit(site, {"content/case/claims.yaml": REWORDED})
    put(site, {"content/case/claims.yaml": "met: ["})
    assert diff(site, "HEAD~1", "HEAD").output == TOLD
    assert "[-Friday.-] {+Thursday.+}" in diff(site, "HEAD", "HEAD~1").output


def test_markdown_is_for_a_comment(site: Path) -> None:
    put(site, {"content/case/claims.yaml": REWORDED})
    assert diff(site, "HEAD", "--format", "markdown").output == (
        "Between `HEAD` and `the working tree`: 1 change that a reader would notice.\n"
        "\n"
        "### `case`: A briefing\n"
        "\n"
        "**Claims**\n"
        "\n"
        "- `met`: The ministers met on Friday.\n"
        "  - reworded: The ministers met on ~~Thursday.~~ **Friday.**\n"
    )


def test_colour_is_for_terminals(site: Path) -> None:
    put(site, {"content/case/claims.yaml": REWORDED})
    assert "\x1b[31m[-Thursday.-]\x1b[0m" in diff(site, "HEAD", color=True).output
    assert "\x1b" not in diff(site, "HEAD").output


def test_a_state_with_faults_is_compared_and_told(site: Path) -> None:
    put(site, {"content/case/claims.yaml": REWORDED.replace("Geneva}", "Berlin}")})
    result = diff(site, "HEAD")
    assert result.exit_code == 0
    assert result.output.startswith("Note: the working tree has 1 fault in content/case/;")
    assert "reworded: " in result.output


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "Missing argument 'REV'"),
        (("--nothing",), 2, "No such option"),
        (("--", "--all"), 1, "variorum: “--all” is no revision"),
        (("nowhere",), 1, "variorum: There is no commit nowhere in this repository."),
        (("HEAD", "nowhere"), 1, "variorum: There is no commit nowhere in this repository."),
        (("HEAD", ""), 1, "variorum: “” is no revision"),
    ],
)
def test_what_cannot_be_compared_is_a_line(site: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    result = diff(site, *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
