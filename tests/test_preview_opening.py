"""A line is opened in the curator's own editor: only a file of the site, only as a word of its command, and at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import put
from hypothesis import given
from hypothesis import strategies as st
from samples import ROOT

from builder.diagnostics import printable
from builder.preview import opening
from builder.preview.opening import TERMINAL, WINDOWED, OpenError, open_in_editor
from builder.scan import BUILDER

CLAIMS = "content/case/claims.yaml"
PATIENCE = 10
"""Seconds that a program may take to start on a busy machine."""


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder on the path, for editors."""
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, Any]]]:
    """What would have been started: words, and how."""
    found: list[tuple[list[str], dict[str, Any]]] = []

    class Process:
        def __init__(self, words: Sequence[str], **options: Any) -> None:
            found.append((list(words), options))

        def wait(self) -> int:
            return 0

    monkeypatch.setattr(subprocess, "Popen", Process)
    return found


def program(folder: Path, name: str, text: str = "") -> Path:
    path = folder / name
    path.write_text(f"#!{sys.executable}\n{text}")
    path.chmod(0o755)
    return path


def environment(programs: Path, **more: str) -> dict[str, str]:
    return {"PATH": str(programs), "DISPLAY": ":0", **more}


def opened(site: Path, programs: Path, chosen: str | None = None, file: str = CLAIMS, **more: str) -> str:
    return open_in_editor(site, file, 12, 5, environment(programs, **more), chosen)


def refused(site: Path, programs: Path, chosen: str | None = None, file: str = CLAIMS, **more: str) -> str:
    with pytest.raises(OpenError) as caught:
        opened(site, programs, chosen, file, **more)
    return str(caught.value)


# ---- how editors are told a line -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("code", ["--goto", "FILE:12:5"]),
        ("codium", ["--goto", "FILE:12:5"]),
        ("zed", ["FILE:12:5"]),
        ("subl", ["FILE:12:5"]),
        ("pycharm", ["--line", "12", "--column", "4", "FILE"]),
        ("mate", ["--line", "12:5", "FILE"]),
        ("bbedit", ["+12", "FILE"]),
        ("kate", ["--line", "12", "--column", "5", "FILE"]),
        ("gedit", ["+12:5", "FILE"]),
        ("gnome-text-editor", ["FILE", "+12:5"]),
        ("gvim", ["+normal! 12G04l", "FILE"]),
        ("neovide", ["--", "+normal! 12G04l", "FILE"]),
        ("emacsclient", ["--no-wait", "+12:5", "FILE"]),
        ("emacs", ["+12:5", "FILE"]),
    ],
)
def test_each_editor_is_told_the_line_in_its_own_way(
    small_site: Path, programs: Path, started: list[Any], name: str, words: list[str]
) -> None:
    path = program(programs, name)
    assert opened(small_site, programs, EDITOR=name) == f"Opened {CLAIMS}:12 in {name}."
    file = str(small_site.resolve() / CLAIMS)
    assert started[0][0] == [str(path), *(word.replace("FILE", file) for word in words)]


def test_the_first_column_takes_no_motion(small_site: Path, programs: Path, started: list[Any]) -> None:
    program(programs, "gvim")
    open_in_editor(small_site, CLAIMS, 3, 1, environment(programs, EDITOR="gvim"), None)
    assert started[0][0][1] == "+normal! 3G0"


@pytest.mark.skipif(not Path("/usr/bin/vim").exists(), reason="vim is missing")
def test_vim_goes_to_the_very_character(small_site: Path, tmp_path: Path) -> None:
    (small_site / CLAIMS).write_text("one\ntwo\n   “ä中👍” word\n")
    out = tmp_path / "out"
    for column, char in ((1, " "), (4, "“"), (6, "中"), (10, "w")):
        words = WINDOWED["gvim"](str(small_site / CLAIMS), 3, column)
        write = f"+call writefile([matchstr(getline('.'), '\\%' . col('.') . 'c.')], '{out}')"
        line = ["vim", "-u", "NONE", "-N", "-es", "--cmd", "set encoding=utf-8", *words, write, "+qa!"]
        subprocess.run(line, check=False, timeout=PATIENCE, stdin=subprocess.DEVNULL, capture_output=True)
        assert out.read_text("utf-8") == f"{char}\n"


def test_words_of_ones_own_come_first(small_site: Path, programs: Path, started: list[Any]) -> None:
    program(programs, "my code")
    program(programs, "code")
    opened(small_site, programs, EDITOR="code --wait -r")
    assert started[0][0][1:4] == ["--wait", "-r", "--goto"]
    opened(small_site, programs, f"'{programs}/my code' --at {{line}}:{{column}} {{file}}{{file}}")
    file = str(small_site.resolve() / CLAIMS)
    assert started[1][0] == [f"{programs}/my code", "--at", "12:5", file + file]


def test_a_command_that_names_no_file_gets_it_at_its_end(small_site: Path, programs: Path, started: list[Any]) -> None:
    program(programs, "ed1")
    assert opened(small_site, programs, "ed1 -l {line}") == f"Opened {CLAIMS}:12 in ed1."
    assert started[0][0][1:] == ["-l", "12", str(small_site.resolve() / CLAIMS)]


def test_what_is_put_in_is_not_looked_at_again(tmp_path: Path, programs: Path, started: list[Any]) -> None:
    site = tmp_path / "{line} $(id) '\""
    put(site, {"site.yaml": "title: A\n", CLAIMS: ""})
    program(programs, "ed1")
    opened(site, programs, "ed1 {file} {column}")
    assert started[0][0][1:] == [str(site.resolve() / CLAIMS), "5"]


def test_a_name_is_never_taken_apart_by_a_shell(small_site: Path, programs: Path, started: list[Any]) -> None:
    program(programs, "sh")
    program(programs, "ed1")
    names = ["a b", "a;b", "$(id)", "`id`", "a'b", 'a"b', "a&b", "a|b", "a>b", "-c\\", "a*", "#a", "!a", "~", "{a,b}"]
    for name in names:
        file = f"content/case/claims/{name}.yaml"
        put(small_site, {file: ""})
        for said in (
            "sh -c 'ed1 {file}'",
            "sh -c 'ed1 \"{file}\"'",
            "ed1 '(find-file \"{file}\")'",
            "sh -c 'ed1;{file}'",
        ):
            assert "take the name" in refused(small_site, programs, said, file)
        opened(small_site, programs, "ed1 {file}", file)
        opened(small_site, programs, "ed1 --open={file}:{line}", file)
    opened(small_site, programs, "sh -c 'ed1 \"{file}\"'", CLAIMS)
    assert len(started) == 2 * len(names) + 1


def test_an_editor_that_cannot_be_told_a_line_is_not_said_to_know_it(
    small_site: Path, programs: Path, started: list[Any]
) -> None:
    program(programs, "unknown")
    said = f"Opened {CLAIMS} in unknown, which was not told line 12."
    assert opened(small_site, programs, VARIORUM_EDITOR="unknown") == said
    assert opened(small_site, programs, VARIORUM_EDITOR="unknown {file}") == said
    assert len(started) == 2


# ---- which editor --------------------------------------------------------------------------------------------------


def test_the_one_that_was_chosen_goes_first_and_then_the_settings_in_turn(
    small_site: Path, programs: Path, started: list[Any]
) -> None:
    for name in ("kate", "zed", "subl", "gedit", "code"):
        program(programs, name)
    settings = {"VARIORUM_EDITOR": "zed", "VISUAL": "subl", "EDITOR": "gedit"}
    assert opened(small_site, programs, "kate", **settings).endswith("kate.")
    for name in ("zed", "subl", "gedit"):
        assert opened(small_site, programs, "", **settings).endswith(f"{name}.")
        settings = dict(list(settings.items())[1:])
    assert opened(small_site, programs, VISUAL=" ").endswith("code.")
    assert len(started) == 5


def test_none_is_looked_for_where_it_could_not_show_itself(
    small_site: Path, programs: Path, monkeypatch: pytest.MonkeyPatch, started: list[Any]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    program(programs, "code")
    assert "No editor is known" in refused(small_site, programs, DISPLAY="")
    opened(small_site, programs, DISPLAY="", VSCODE_IPC_HOOK_CLI="/run/x")
    opened(small_site, programs, DISPLAY="", VISUAL="code")
    monkeypatch.setattr(sys, "platform", "darwin")
    opened(small_site, programs, DISPLAY="")
    assert len(started) == 3


@pytest.mark.parametrize(
    "said", ["vim", "nano -w", "vi", "emacsclient -t", "emacsclient -nw", "emacs -nw", "gvim -v", "hx", "editor"]
)
def test_an_editor_that_needs_a_terminal_is_not_started(
    small_site: Path, programs: Path, started: list[Any], said: str
) -> None:
    name = said.split(maxsplit=1)[0]
    program(programs, "vim.basic")
    if name == "editor":
        (programs / name).symlink_to("vim.basic")
    else:
        program(programs, name)
    for setting in ("VARIORUM_EDITOR", "VISUAL", "EDITOR"):
        message = refused(small_site, programs, **{setting: said})
        assert message.startswith(f"{name} needs a terminal")
        assert "VARIORUM_EDITOR" in message
    assert started == []


def test_vim_may_have_a_window_and_emacs_needs_a_display(small_site: Path, programs: Path, started: list[Any]) -> None:
    program(programs, "vim")
    program(programs, "emacs")
    assert opened(small_site, programs, EDITOR="vim -g").endswith("in vim.")
    assert started[0][0][1:3] == ["-g", "+normal! 12G04l"]
    assert opened(small_site, programs, EDITOR="emacs").endswith("in emacs.")
    assert "needs a terminal" in refused(small_site, programs, EDITOR="emacs", DISPLAY="")


def test_of_a_setting_for_all_programs_nothing_is_guessed(small_site: Path, programs: Path, started: list[Any]) -> None:
    program(programs, "unknown")
    message = refused(small_site, programs, EDITOR="unknown")
    assert "nothing is known of it" in message
    assert "`unknown {file}`" in message
    assert started == []


def test_what_cannot_be_a_command_is_told(small_site: Path, programs: Path) -> None:
    assert refused(small_site, programs, "code 'a") == "--editor cannot be read: a quotation mark in it is not closed."
    message = refused(small_site, programs, VISUAL="\x1b[31mgone")
    assert message == "VISUAL names \\u001b[31mgone, and there is no such program."
    assert "VARIORUM_EDITOR names , and" in refused(small_site, programs, VARIORUM_EDITOR="''")
    broken = programs / "code"
    broken.write_text("#!/nowhere/at/all\n")
    broken.chmod(0o755)
    assert refused(small_site, programs) == "code cannot be started: No such file or directory."


def test_a_program_beside_the_articles_is_never_taken_for_an_editor(
    small_site: Path, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(small_site, "code")
    monkeypatch.chdir(small_site)
    for path in ("", ".", f":{programs}", f"{programs}:.:", "./"):
        assert "No editor is known" in refused(small_site, programs, PATH=path)


def test_every_known_editor_gets_the_whole_path_and_only_numbers_beside_it() -> None:
    for name, words in WINDOWED.items():
        found = words("/a b/-c.yaml", 3, 2)
        assert [word for word in found if "/a b/-c.yaml" in word], name
        assert any("3" in word.replace("/a b/-c.yaml", "") for word in found), name
        assert all(word.startswith("/") or word[0] in "-+" or word.isdigit() or word == "3:2" for word in found), name
        assert name not in TERMINAL


# ---- which file ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", ["site.yaml", CLAIMS, "seeds/one.txt", "content/case/briefing.md"])
def test_what_a_person_wrote_can_be_opened(small_site: Path, programs: Path, started: list[Any], file: str) -> None:
    program(programs, "subl")
    opened(small_site, programs, file=file)
    assert started[0][0][1] == f"{small_site.resolve() / file}:12:5"


def test_templates_are_those_that_the_site_is_built_with(small_site: Path, programs: Path, started: list[Any]) -> None:
    program(programs, "subl")
    opened(small_site, programs, file="templates/base.html")
    put(small_site, {"templates/base.html": "own"})
    opened(small_site, programs, file="templates/base.html")
    opened(small_site, programs, file="builder/anchor.py")
    assert [words[1].removesuffix(":12:5") for words, _ in started] == [
        str(ROOT / "templates/base.html"),
        str(small_site.resolve() / "templates/base.html"),
        f"{BUILDER}/anchor.py",
    ]


OUTSIDE = [
    "", "/", ".", "..", "content", "content/", "/etc/passwd", "//etc/passwd", "../x", "content/../site.yaml",
    "content/./case/claims.yaml", "content//case/claims.yaml", "content/case", "public/index.html", "README.md",
    ".git/config", "content/.hidden", "content/case/.claims.yaml.swp", "Site.yaml", "site.yaml/", "site.yaml/x",
    "content/case/claims.yaml\n", "content/case/claims.yaml\0", "content/\u202ecase", "content\\case\\claims.yaml",
    "content/\ud800", "-rf", "content/" + "x" * 5000, "builder/../site.yaml", "templates", "seeds/none.txt",
    "file:///etc/passwd", "~/x", "$HOME/x", "content/case/claims.yaml:3",
]  # fmt: skip


@pytest.mark.parametrize("file", OUTSIDE)
def test_nothing_else_can_be_opened(small_site: Path, programs: Path, started: list[Any], file: str) -> None:
    put(small_site, {"README.md": "", "public/index.html": "", "content/.hidden": "", ".git/config": ""})
    program(programs, "subl")
    assert refused(small_site, programs, file=file)
    assert started == []


def test_no_link_is_followed(small_site: Path, programs: Path, tmp_path: Path, started: list[Any]) -> None:
    put(tmp_path, {"outside/secret.yaml": "secret", "outside/case/claims.yaml": "secret"})
    (small_site / "content/link.yaml").symlink_to(tmp_path / "outside/secret.yaml")
    (small_site / "content/linked").symlink_to(tmp_path / "outside")
    (small_site / "content/own.yaml").symlink_to(small_site / "site.yaml")
    (small_site / "content/loop").symlink_to("loop")
    os.mkfifo(small_site / "content/pipe")
    program(programs, "subl")
    for name in ("link.yaml", "linked/secret.yaml", "own.yaml", "loop", "loop/x", "pipe"):
        assert refused(small_site, programs, file=f"content/{name}")
    (small_site / "seeds").rename(tmp_path / "seeds")
    (small_site / "seeds").symlink_to(tmp_path / "seeds")
    assert refused(small_site, programs, file="seeds/one.txt")
    assert started == []


def test_a_name_that_looks_like_an_option_is_none(small_site: Path, programs: Path, started: list[Any]) -> None:
    put(small_site, {"content/-x --y.yaml": ""})
    program(programs, "bbedit")
    opened(small_site, programs, file="content/-x --y.yaml")
    assert started[0][0][1:] == ["+12", str(small_site.resolve() / "content/-x --y.yaml")]


@pytest.mark.parametrize(
    ("line", "column"), [(0, 1), (1, 0), (-1, 1), (10**8, 1), (1, 10**8), (True, 1), ("1", 1), (1.5, 1)]
)
def test_a_line_is_a_number_within_reason(small_site: Path, programs: Path, line: Any, column: Any) -> None:
    program(programs, "subl")
    with pytest.raises(OpenError, match="no such line"):
        open_in_editor(small_site, CLAIMS, line, column, environment(programs), None)


@given(st.text(st.one_of(st.sampled_from("content/case.yml-~\0\n:"), st.characters()), max_size=30))
def test_whatever_a_page_asks_for_it_is_a_sentence_that_answers(file: str) -> None:
    with pytest.raises(OpenError) as caught:
        open_in_editor(ROOT / "tests/sites", file, 1, 1, {"PATH": "/nowhere"}, None)
    assert printable(str(caught.value)) == str(caught.value)


# ---- starting ------------------------------------------------------------------------------------------------------


TELL = """
import json, os, sys
found = [sys.argv[1:], os.getcwd(), os.getsid(0) == os.getpid(), [os.readlink(f"/proc/self/fd/{n}") for n in (0, 1, 2)]]
with open(os.environ["OUT"] + ".new", "w") as file:
    json.dump([*found, sorted(os.listdir("/proc/self/fd"))], file)
os.rename(os.environ["OUT"] + ".new", os.environ["OUT"])
"""


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only where the system tells what a program holds")
def test_the_editor_is_on_its_own(small_site: Path, programs: Path, tmp_path: Path) -> None:
    program(programs, "subl", TELL)
    out = tmp_path / "out"
    said = opened(small_site, programs, OUT=str(out))
    assert said == f"Opened {CLAIMS}:12 in subl."
    words, folder, alone, streams, held = json.loads(appeared(out))
    assert words == [f"{small_site.resolve() / CLAIMS}:12:5"]
    assert (folder, alone, set(streams)) == (str(small_site.resolve()), True, {"/dev/null"})
    assert set(held) <= {"0", "1", "2", "3", "4"}  # nothing of the preview's, such as its socket


def test_nobody_waits_for_an_editor_and_none_is_left_undead(small_site: Path, programs: Path, tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    program(programs, "subl", f"import os\nopen({str(pid)!r}, 'w').write(str(os.getpid()) + '.')\ninput()\n")
    opened(small_site, programs)
    found = int(appeared(pid).rstrip("."))
    for _ in range(PATIENCE * 100):
        if not Path(f"/proc/{found}").exists():
            return
        time.sleep(0.01)
    raise AssertionError("it is still there")


def appeared(path: Path) -> str:
    """What a program wrote, as soon as it has."""
    for _ in range(PATIENCE * 100):
        if path.exists() and (text := path.read_text()):
            return text
        time.sleep(0.01)
    raise AssertionError("nothing was written")


def test_the_environment_is_handed_on_and_nothing_else(small_site: Path, programs: Path, started: list[Any]) -> None:
    program(programs, "subl")
    given_: Mapping[str, str] = environment(programs, ONE="1")
    open_in_editor(small_site, CLAIMS, 1, 1, given_, None)
    assert started[0][1]["env"] == given_
    assert started[0][1].get("shell", False) is False
    assert opening.SETTINGS[0] == "VARIORUM_EDITOR"
