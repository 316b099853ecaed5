"""Opening a line of a file in the curator's editor, from a page of the preview.

What is opened is an ordinary file of the site, its templates or the builder, and never through a link. The editor is a
program of the curator's choice: nothing that a page says becomes a word of its command line but a path, which is
absolute, and two numbers.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from builder.diagnostics import printable
from builder.scan import BUILDER, OURS, template_file, templates_of

Words: TypeAlias = Callable[[str, int, int], list[str]]
"""The words that make an editor open a file at a line and a column, both from 1."""

FOLDERS = ("content", "seeds", "templates", OURS, "builder")
LAST = 10_000_000
"""The largest line or column; no file is that long."""

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")
ELSEWHERE = ("VSCODE_IPC_HOOK_CLI", "WSL_INTEROP")
"""Set where a program on the path hands the file to an editor on the computer in front of the curator."""

_COMMAND = re.compile(r"[\s;&|()<>`$]")
"""A word with one of these around the file is a command of its own, which a shell or the like takes apart."""
_PLAIN = re.compile(r"[\w./@%+:-]+")
"""A name that stays one word there. Anybody may have named a file."""

SETTINGS = ("VARIORUM_EDITOR", "VISUAL", "EDITOR")
"""Where an editor is named, the first that says anything counts. The first of them is for this alone."""


class OpenError(Exception):
    """The file is not opened; the message, a sentence or two, says why and what would help."""


# ---- editors -------------------------------------------------------------------------------------------------------


def _colons(file: str, line: int, column: int) -> list[str]:
    return [f"{file}:{line}:{column}"]


def _goto(file: str, line: int, column: int) -> list[str]:
    return ["--goto", f"{file}:{line}:{column}"]


def _options(file: str, line: int, column: int) -> list[str]:
    return ["--line", str(line), "--column", str(column), file]


def _jetbrains(file: str, line: int, column: int) -> list[str]:
    return ["--line", str(line), "--column", str(column - 1), file]  # lines from 1, columns from 0


def _plus(file: str, line: int, column: int) -> list[str]:
    return [f"+{line}:{column}", file]


def _plus_after(file: str, line: int, column: int) -> list[str]:
    return [file, f"+{line}:{column}"]


def _plus_line(file: str, line: int, column: int) -> list[str]:  # noqa: ARG001
    return [f"+{line}", file]


def _mate(file: str, line: int, column: int) -> list[str]:
    return ["--line", f"{line}:{column}", file]


def _emacsclient(file: str, line: int, column: int) -> list[str]:
    return ["--no-wait", f"+{line}:{column}", file]


def _vim(file: str, line: int, column: int) -> list[str]:
    # `cursor()` would count bytes; the motion `l` counts characters.
    right = f"{column - 1}l" if column > 1 else ""
    return [f"+normal! {line}G0{right}", file]


def _neovim(file: str, line: int, column: int) -> list[str]:
    return ["--", *_vim(file, line, column)]


WINDOWED: Mapping[str, Words] = {
    "code": _goto,
    "codium": _goto,
    "vscodium": _goto,
    "cursor": _goto,
    "windsurf": _goto,
    "positron": _goto,
    "code-insiders": _goto,
    "zed": _colons,
    "zeditor": _colons,
    "subl": _colons,
    "sublime_text": _colons,
    "pulsar": _colons,
    "idea": _jetbrains,
    "pycharm": _jetbrains,
    "charm": _jetbrains,
    "webstorm": _jetbrains,
    "phpstorm": _jetbrains,
    "rubymine": _jetbrains,
    "goland": _jetbrains,
    "clion": _jetbrains,
    "rider": _jetbrains,
    "rustrover": _jetbrains,
    "mate": _mate,
    "bbedit": _plus_line,
    "kate": _options,
    "gnome-text-editor": _plus_after,
    "gedit": _plus,
    "mousepad": _options,
    "geany": _options,
    "pluma": _plus_line,
    "mvim": _vim,
    "gvim": _vim,
    "neovide": _neovim,
    "nvim-qt": _neovim,
    "emacsclient": _emacsclient,
}
"""Editors with a window of their own; where none is named, the first of them on the path is taken."""

TERMINAL = {
    "ed", "ex", "helix", "hx", "jed", "jmacs", "joe", "kak", "mcedit", "mg", "micro", "nano", "ne", "nvi", "nvim",
    "pico", "vi", "view", "vile", "vim", "zile",
}  # fmt: skip
"""Editors that run in a terminal, of which a page has none."""
IN_TERMINAL = {"emacsclient": {"-t", "-nw", "--tty"}, "emacs": {"-nw", "--no-window-system"}, "gvim": {"-v"}}
"""What makes the others run in one, too."""


# ---- opening -------------------------------------------------------------------------------------------------------


def open_in_editor(
    root: Path, file: str, line: int, column: int, environment: Mapping[str, str], chosen: str | None
) -> str:
    """Open a file of the site at `root`, named by its path from there, at a line and a column, both from 1.

    In the editor that is `chosen`, or that `environment` names, else the first known one on its path. Does not wait
    for it. Returns what was done, as a sentence. Raises OpenError.
    """
    if not all(type(number) is int and 0 < number <= LAST for number in (line, column)):
        raise OpenError("There is no such line.")
    path = _ordinary(root, file)
    command, name, told = _command(str(path), line, column, environment, chosen)
    around = [word.replace(str(path), "") for word in command[1:] if str(path) in word]
    if any(map(_COMMAND.search, around)) and not _PLAIN.fullmatch(file):
        raise OpenError(
            f"{name} could take the name {file} for words of its command. Where the editor is named, let {{file}} "
            "stand alone, without a shell around it."
        )
    try:
        process = subprocess.Popen(
            command,
            cwd=root,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # it outlives the preview, and Ctrl-C is not for it
        )
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "its command holds what none can"
        raise OpenError(f"{name} cannot be started: {reason}.") from error
    threading.Thread(target=process.wait, daemon=True).start()  # whoever starts it has to see it end
    return f"Opened {file}:{line} in {name}." if told else f"Opened {file} in {name}, which was not told line {line}."


def _ordinary(root: Path, file: str) -> Path:
    """The file's absolute path. Raises OpenError where it is none of the site's, or a link leads there."""
    parts = file.split("/")
    folder, *names = parts
    plain = all(part and not part.startswith(".") for part in parts) and printable(file) == file
    if not plain or not (file == "site.yaml" or (folder in FOLDERS and names)):
        raise OpenError("Only files of the site can be opened.")
    path = root.resolve()
    if folder == "builder":
        path = Path(BUILDER)
    elif folder in ("templates", OURS):
        templates = templates_of(str(path))
        path = Path(template_file(templates, file).removesuffix("/".join(names)))
    else:
        names = parts
    try:
        kinds = [(path := path / name).lstat().st_mode for name in names]
    except OSError as error:
        raise OpenError(f"There is no file {file}.") from error
    if not all(stat.S_ISDIR(kind) for kind in kinds[:-1]) or not stat.S_ISREG(kinds[-1]):
        raise OpenError(f"{file} is not an ordinary file, or a link leads there.")
    return path


def _command(
    file: str, line: int, column: int, environment: Mapping[str, str], chosen: str | None
) -> tuple[list[str], str, bool]:
    """The command, what to call its editor, and whether it is told the line. Raises OpenError."""
    path = os.pathsep.join(filter(os.path.isabs, environment.get("PATH", os.defpath).split(os.pathsep)))
    setting, said = _said(environment, chosen)
    if said is None:
        for name, words in WINDOWED.items() if _has_windows(environment) else ():
            if found := shutil.which(name, path=path):
                return [found, *words(file, line, column)], name, True
        raise OpenError("No editor is known here. Say one with --editor or VARIORUM_EDITOR, such as `code`.")
    try:
        first, *rest = shlex.split(said)
    except ValueError as error:
        raise OpenError(f"{setting} cannot be read: a quotation mark in it is not closed.") from error
    found = shutil.which(first, path=path)
    if found is None:
        raise OpenError(f"{setting} names {printable(first)}, and there is no such program.")
    program = str(Path(found).absolute())
    name = _known_name(program, rest, environment)
    if name in TERMINAL:
        raise OpenError(
            f"{printable(Path(first).name)} needs a terminal, which a page has not. Say an editor with a window of its "
            "own with --editor or VARIORUM_EDITOR, or a whole command: `xterm -e vim +{line} {file}`."
        )
    return _written_out(program, rest, name, setting, (file, line, column))


def _has_windows(environment: Mapping[str, str]) -> bool:
    """Whether an editor that nobody named could show itself."""
    return sys.platform == "darwin" or any(map(environment.get, (*DISPLAYS, *ELSEWHERE)))


def _said(environment: Mapping[str, str], chosen: str | None) -> tuple[str, str | None]:
    """Where an editor is named, and how."""
    if chosen and chosen.strip():
        return "--editor", chosen
    return next(((name, said) for name in SETTINGS if (said := environment.get(name, "")).strip()), ("", None))


def _known_name(program: str, rest: Sequence[str], environment: Mapping[str, str]) -> str:
    """What the editor is known by: its own name, or that of the program that a link such as `editor` leads to."""
    names = [Path(program).name, Path(program).resolve().name.partition(".")[0]]
    name = next((name for name in names if name in WINDOWED or name in TERMINAL or name == "emacs"), names[0])
    shown = any(map(environment.get, DISPLAYS))
    if not IN_TERMINAL.get(name, set()).isdisjoint(rest) or (name == "emacs" and not shown):
        return "vi"  # any of those that need a terminal
    return "gvim" if name == "vim" and "-g" in rest else name


def _written_out(
    program: str, rest: Sequence[str], name: str, setting: str, place: tuple[str, int, int]
) -> tuple[list[str], str, bool]:
    """The whole command: with what is put in the place of {file}, {line} and {column}, or as the editor has it."""
    file, line, column = place
    called = printable(Path(program).name)
    values = {"file": file, "line": str(line), "column": str(column)}
    filled = [re.sub(r"\{(file|line|column)\}", lambda found: values[found[1]], word) for word in rest]
    if filled != list(rest):
        named = any("{file}" in word for word in rest)
        return [program, *filled, *([] if named else [file])], called, any("{line}" in word for word in rest)
    words = _plus if name == "emacs" else WINDOWED.get(name)
    if words:
        return [program, *rest, *words(file, line, column)], called, True
    if setting in ("VISUAL", "EDITOR"):
        raise OpenError(
            f"{setting} names {called}, and nothing is known of it. If it has a window of its own, set VARIORUM_EDITOR "
            f"to `{called} {{file}}`, with {{line}} and {{column}} where it takes them."
        )
    return [program, *rest, file], called, False
