"""What the Tab key offers: ids that are there, quickly, and never a fault."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from conftest import put
from samples import ROOT

from builder.cli import main
from builder.groundwork import example


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example, in the current folder."""
    folder = tmp_path / "here"
    put(folder, example())
    monkeypatch.chdir(folder)
    return folder


def program(cwd: Path, *line: str, **env: str) -> str:
    """What a program prints to a shell; nothing may stand on the error stream."""
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    done = subprocess.run(line, cwd=cwd, env=kept | env, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout


def offered(cwd: Path, words: str, shell: str = "bash") -> list[str]:
    """What the Tab key offers at the end of a line."""
    *_, last = words.split(" ")
    place = last if shell == "fish" else str(len(words.split(" ")) - 1)
    env = {"_VARIORUM_COMPLETE": f"{shell}_complete", "COMP_WORDS": words, "COMP_CWORD": place}
    lines = program(cwd, sys.executable, "-m", "builder", **env).splitlines()
    return lines[1::3] if shell == "zsh" else [line.partition(",")[2].split("\t")[0] for line in lines]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_is_offered_commands_and_options(site: Path, shell: str) -> None:
    assert offered(site, "variorum ch", shell)[:1] == ["check"]
    assert "--strict" in offered(site, "variorum check --st", shell)
    assert "briefing" in offered(site, "variorum new br", shell)


@pytest.fixture
def offers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that asks for all that can be completed."""
    from builder.commands import completion, options

    @click.command("try")
    @options.root
    @options.briefing
    @click.option("--source", shell_complete=completion.sources)
    @click.option("--claim", shell_complete=completion.claims)
    @click.option("--event", shell_complete=completion.events)
    @click.option("--topic", shell_complete=completion.topics)
    def attempt(**_: object) -> None:
        """Never run."""

    monkeypatch.setitem(main.commands, "try", attempt)


def ids(*words: str) -> list[str]:
    """As `offered`, in this process."""
    from click.shell_completion import ShellComplete

    *before, last = words
    shell = ShellComplete(main, {}, "variorum", "_VARIORUM_COMPLETE")
    return [item.value for item in shell.get_completions(["try", *before], last)]


@pytest.mark.usefixtures("offers")
def test_ids_are_offered_from_the_briefing_that_is_named_or_the_only_one(site: Path, tmp_path: Path) -> None:
    assert ids("--briefing", "") == ["harbour-bridge"]
    assert ids("--source", "") == ["gazette", "courier"]
    assert ids("--claim", "c") == ["cost"]
    assert ids("--event", "") == ["opening", "last-ferry", "first-tram"]
    assert ids("--topic", "") == ["opening", "building", "traffic"]
    put(site, {"content/other/sources.yaml": "sources: {post: {}}\n", "content/other/claims/a.yaml": "x: {}\n"})
    assert ids("--briefing", "o") == ["other"]
    assert ids("--source", "") == []  # which briefing's, nobody has said
    assert ids("--briefing", "other", "--source", "") == ["post"]
    assert ids("--briefing", "other", "--claim", "") == ["x"]
    assert ids("--briefing", "gone", "--claim", "") == []
    os.chdir(tmp_path)
    assert ids("--root", "here", "--briefing", "other", "--source", "") == ["post"]


@pytest.mark.usefixtures("offers")
@pytest.mark.parametrize(
    "claims", [b"\xff", b"a: [", b"- a\n", b"words", b"", b'"\\e[31m": {}\n"a b": {}\n"$(x)": {}\n']
)
def test_a_site_with_faults_offers_what_is_sure_and_never_fails(site: Path, claims: bytes) -> None:
    put(site, {"content/harbour-bridge/claims.yaml": claims, "content/Bad Name/x": "", "content/a\nb/x": ""})
    assert ids("--claim", "") == []
    assert ids("--briefing", "") == ["harbour-bridge"]
    assert ids("--source", "g") == ["gazette"]
    for front in ("", "---\n", "no front matter", "---\na: [\n---\n"):
        put(site, {"content/harbour-bridge/briefing.md": front})
        assert ids("--topic", "") == []


@pytest.mark.usefixtures("offers")
def test_where_there_is_no_site_nothing_is_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path, {"content": "a file"})
    for option in ("--briefing", "--source", "--claim", "--event", "--topic"):
        assert ids(option, "") == []
        assert ids("--root", "gone", option, "") == []


def test_what_is_typed_in_a_shell_is_completed_by_its_own_script(site: Path) -> None:
    script = program(site, sys.executable, "-m", "builder", _VARIORUM_COMPLETE="bash_source")
    # The function of the script, called as bash does: $1 is the program, COMPREPLY what it offers.
    call = f"""
        variorum() {{ {sys.executable} -m builder "$@"; }}
        env() {{ while [[ $1 == *=* ]]; do local -x "$1"; shift; done; "$@"; }}
        COMP_WORDS=(variorum ch); COMP_CWORD=1
        _variorum_completion variorum
        echo "${{COMPREPLY[@]}}"
    """
    assert program(site, "bash", "--noprofile", "--norc", "-c", script + call) == "check\n"


@pytest.mark.parametrize(
    ("shell", "line"),
    [
        ("bash", "complete -o nosort -F _variorum_completion variorum"),
        ("zsh", "#compdef variorum"),
        ("fish", "complete --no-files --command variorum"),
    ],
)
def test_every_shell_gets_a_script_for_the_name_that_is_typed(tmp_path: Path, shell: str, line: str) -> None:
    script = program(tmp_path, sys.executable, "-m", "builder", _VARIORUM_COMPLETE=f"{shell}_source")
    assert line in script
    assert f"_VARIORUM_COMPLETE={shell}_complete" in script


def test_completion_loads_nothing_to_build_with(site: Path) -> None:
    env = {"_VARIORUM_COMPLETE": "bash_complete", "COMP_WORDS": "variorum new ", "COMP_CWORD": "2"}
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | env
    line = [sys.executable, "-X", "importtime", "-m", "builder"]
    done = subprocess.run(line, cwd=site, env=kept, capture_output=True, text=True, check=True)
    loaded = {entry.rpartition("|")[2].strip() for entry in done.stderr.splitlines()}
    assert done.stdout == "dir,\nplain,briefing\n"
    assert loaded & {"yaml", "jinja2", "markdown_it", "pydantic", "rapidfuzz", "livereload"} == set()
