"""The check for people and for programs: each format by itself on its stream, with the exit code of all others."""

import json
import os
import pty
import re
import struct
import subprocess
import sys
from collections.abc import Iterator
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

import pytest
from click.testing import CliRunner, Result
from conftest import put
from jsonschema import Draft202012Validator
from samples import CLAIMS, ROOT, SITE, SMALL, SOURCES

from builder.cli import main
from builder.commands.terminal import MANY, colour_wanted

WRONG = CLAIMS.replace("met on Thursday in Geneva", "met on Friday in Geneva")
SCHEMA = Draft202012Validator(json.loads((ROOT / "builder" / "reports" / "check.schema.json").read_text("utf-8")))
FORMATS = ("json", "github", "sarif")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "news" / "site"
    put(root, SMALL)
    return root


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not on GitHub, and with no wish for colour."""
    for name in ("GITHUB_WORKSPACE", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


def check(root: Path, *arguments: str) -> Result:
    line = ["check", "--root", str(root), "--jobs", "1", *arguments]
    return CliRunner().invoke(main, line, prog_name="variorum")


# ---- formats -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", FORMATS)
def test_a_format_for_programs_is_all_that_is_said_and_says_it_with_the_usual_exit_code(site: Path, shape: str) -> None:
    put(site, {"content/case/sources.yaml": SOURCES.replace("    full_text: yes\n", "", 1)})
    put(site, {"site.yaml": f"{SITE}limits: {{excerpt_warning: 1 %, excerpt_maximum: 100 %}}\n"})
    warned, strict = check(site, "--format", shape), check(site, "--format", shape, "--strict")
    put(site, {"content/case/claims.yaml": WRONG})
    wrong = check(site, "--format", shape)
    assert (warned.exit_code, strict.exit_code, wrong.exit_code) == (0, 1, 1)
    assert [result.stderr for result in (warned, strict, wrong)] == ["", "", ""]
    assert "excerpt-share" in warned.stdout
    assert warned.stdout == strict.stdout
    assert "quotation-" in wrong.stdout
    assert check(site, "--format", shape).stdout == wrong.stdout


def test_without_a_fault_there_is_nothing_to_say(site: Path) -> None:
    said = {shape: check(site, "--format", shape) for shape in FORMATS}
    assert [result.exit_code for result in said.values()] == [0, 0, 0]
    assert (said["json"].stdout, said["github"].stdout) == ("[]\n", "")
    assert json.loads(said["sarif"].stdout)["runs"][0]["results"] == []


def test_json_is_as_its_schema_says_and_leads_to_the_words(site: Path) -> None:
    put(site, {"content/case/claims.yaml": WRONG, "site.yaml": "titel: x\n", "seeds/two.txt": b"\xff"})
    rows = json.loads(check(site, "--format", "json").stdout)
    SCHEMA.validate(rows)
    assert len(rows) >= 3
    for row in rows:
        for place in (row, *row["related"]):
            lines = (site / place["file"]).read_bytes().decode("utf-8", "replace").split("\n")
            assert place["lineText"] in ("", lines[place["line"] - 1])
            assert place["column"] <= place["endColumn"] <= max(len(place["lineText"]) + 1, place["column"] + 1)


@pytest.mark.parametrize("shape", FORMATS)
def test_programs_read_utf_8_whatever_the_encoding_of_the_stream(site: Path, shape: str) -> None:
    put(site, {"content/case/claims.yaml": CLAIMS.replace("topic: talks", "topic: 中文")})
    line = [sys.executable, "-m", "builder", "check", "--root", str(site), "--format", shape, "--jobs", "1"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(line, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert "中文" in done.stdout.decode("utf-8")


# ---- where the site lies in its repository -------------------------------------------------------------------------


def paths(root: Path) -> set[str]:
    """The paths at the front that both formats give to GitHub."""
    github, sarif = check(root, "--format", "github").stdout, check(root, "--format", "sarif").stdout
    (result,) = json.loads(sarif)["runs"][0]["results"]
    named = [result["locations"][0], *result.get("relatedLocations", [])]
    uris = {one["physicalLocation"]["artifactLocation"]["uri"] for one in named}
    files = {*re.findall(r"file=([^,]*),", github), *re.findall(r"%0A([^:%]*):\d+:\d+: ", github)}
    assert files == uris
    return files


def test_paths_lead_from_the_runner_s_workspace_or_from_this_folder(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(site, {"content/case/claims.yaml": WRONG})
    plain = {"content/case/claims.yaml", "seeds/one.txt"}
    monkeypatch.chdir(site)
    assert paths(Path()) == plain
    monkeypatch.chdir(site.parent)
    assert paths(Path("site")) == {f"site/{path}" for path in plain}
    monkeypatch.setenv("GITHUB_WORKSPACE", str(site.parent.parent))
    assert paths(Path("site")) == paths(site) == {f"news/site/{path}" for path in plain}
    monkeypatch.setenv("GITHUB_WORKSPACE", str(site / "content"))
    assert paths(Path("site")) == {f"site/{path}" for path in plain}
    monkeypatch.setenv("GITHUB_WORKSPACE", "")
    monkeypatch.chdir(site / "seeds")
    assert paths(Path("..")) == plain  # beside both: nobody knows the repository


def test_a_link_on_the_way_does_not_lead_astray(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(site, {"content/case/claims.yaml": WRONG})
    link = site.parent.parent / "link"
    link.symlink_to(site.parent)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(link))
    assert paths(site) == {"site/content/case/claims.yaml", "site/seeds/one.txt"}


# ---- fixes for code scanning ---------------------------------------------------------------------------------------


def test_a_fix_comes_with_what_it_changes(site: Path) -> None:
    put(
        site,
        {
            "content/case/claims.yaml": "\ufeff"
            + CLAIMS.replace("met on Thursday in Geneva", "'met, on Thursday in Geneva'")
        },
    )
    (row,) = json.loads(check(site, "--format", "json").stdout)
    (result,) = json.loads(check(site, "--format", "sarif").stdout)["runs"][0]["results"]
    assert [fix["text"] for fix in row["fixes"]] == ["met on Thursday in Geneva"]
    ((replacement,),) = [change["replacements"] for fix in result["fixes"] for change in fix["artifactChanges"]]
    region = replacement["deletedRegion"]
    line = row["lineText"]
    assert region["startLine"] == region["endLine"] == row["line"]
    fixed = line[: region["startColumn"] - 1] + replacement["insertedContent"]["text"] + line[region["endColumn"] - 1 :]
    assert fixed.replace("'", "") == CLAIMS.split("\n")[row["line"] - 1]


def test_of_many_fixes_only_some_come_with_what_they_change(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.commands.check.MOST_EDITS", 3)
    claim = (
        "c{n}: {{claim: C {n}., topic: talks, evidence: {{one: {{stance: supports, quote: 'met, on Thursday'}}}}}}\n"
    )
    put(site, {"content/case/claims.yaml": "".join(claim.format(n=n) for n in range(5))})
    found = json.loads(check(site, "--format", "sarif").stdout)["runs"][0]["results"]
    assert ["fixes" in result for result in found if result["ruleId"] == "quotation-typography"] == [True] * 3 + [
        False
    ] * 2


# ---- terminals -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, None),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": "0"}, False),
        ({"NO_COLOR": ""}, None),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "0"}, True),
        ({"FORCE_COLOR": ""}, None),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        ({"TERM": "xterm"}, None),
    ],
)
def test_the_environment_says_whether_colour_is_wanted(environment: dict[str, str], wanted: bool | None) -> None:
    assert colour_wanted(environment) is wanted


def told(root: Path, columns: int, **environment: str) -> str:
    """What a terminal of so many columns shows of a check."""
    ours, theirs = pty.openpty()
    ioctl(theirs, TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    line = [sys.executable, "-m", "builder", "check", "--root", str(root), "--jobs", "1"]
    kept = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    process = subprocess.Popen(
        line,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env={**kept, "PYTHONPATH": str(ROOT), "TERM": "xterm", **environment},
    )
    os.close(theirs)
    shown = b"".join(pieces(ours))
    assert process.wait() == 1
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


def pieces(terminal: int) -> Iterator[bytes]:
    """What is written to it until it is closed."""
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # how Linux says that the other end is closed
            return
        if not piece:
            return
        yield piece


def test_a_terminal_is_told_what_fix_can_cure(site: Path) -> None:
    capital = CLAIMS.replace("met on Thursday", "Met on Thursday")
    put(site, {"content/case/claims.yaml": capital})
    end = "`variorum explain quotation-case` says more.\n`variorum fix` knows the cure"
    assert told(site, 80, NO_COLOR="1").endswith(f"{end}.\n")
    put(site, {"content/case/claims.yaml": capital.replace("topic: talks", "topic: talk")})
    assert "`variorum fix` knows the cure of 1 of them.\n" in told(site, 80, NO_COLOR="1")


def test_a_terminal_has_colour_and_frames_as_wide_as_itself(site: Path) -> None:
    put(site, {"content/case/claims.yaml": WRONG, "seeds/one.txt": "Word " * 60 + SMALL_ONE + " word" * 60})
    put(site, {"content/case/sources.yaml": SOURCES.replace("[The ministers met, a short one.]", "[Word, word]")})
    wide, narrow, plain = told(site, 150), told(site, 50), told(site, 50, NO_COLOR="1")
    assert "\x1b[31m\x1b[1merror[quotation-words]\x1b[0m" in wide
    assert re.sub(r"\x1b\[[\d;]*m", "", narrow) == plain
    assert plain.endswith("\n\n1 error\n`variorum explain quotation-words` says more.\n")
    assert (
        max(len(line) for line in re.sub(r"\x1b\[[\d;]*m", "", wide).split("\n") if line.startswith("    1 |")) == 150
    )
    assert max(len(line) for line in plain.split("\n") if line.startswith("    1 |")) == 50
    assert max(len(line) for line in told(site, 0, NO_COLOR="1").split("\n") if line.startswith("    1 |")) == 100


SMALL_ONE = str(SMALL["seeds/one.txt"])


def test_where_nobody_sees_colour_there_is_none_unless_it_is_asked_for(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(site, {"content/case/claims.yaml": WRONG})
    assert "\x1b" not in check(site).stderr
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[31m" in check(site).stderr
    assert "\x1b" not in check(site, "--format", "json").stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in check(site).stderr


def test_with_many_briefings_a_terminal_sees_how_far_it_is(site: Path) -> None:
    put(site, {"content/case/claims.yaml": WRONG})
    assert "Briefings" not in told(site, 80)
    small = {path: text for path, text in SMALL.items() if text is not None and path.startswith("content/")}
    for number in range(MANY):
        put(site, {path.replace("/case/", f"/case-{number}/"): text for path, text in small.items()})
    assert re.search(r"Briefings .*100%", told(site, 80))
    assert "Briefings" not in check(site).output


def test_with_no_stream_to_speak_to_the_exit_code_is_the_same(site: Path) -> None:
    line = f'"{sys.executable}" -m builder check --root "{site}" --jobs 1 2>&-'
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    put(site, {"content/case/sources.yaml": SOURCES.replace("    full_text: yes\n", "", 1)})
    put(site, {"site.yaml": f"{SITE}limits: {{excerpt_warning: 1 %, excerpt_maximum: 100 %}}\n"})
    done = subprocess.run(["/bin/sh", "-c", line], env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
