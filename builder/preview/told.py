"""What went wrong, as the browser is told: faults of the content with their lines, and builds that failed otherwise.

No text says where the site or the builder lies on this machine, and none can steer what shows it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

from builder.diagnostics import Diagnostic, Place, Severity, printable
from builder.inputs import StoreError
from builder.overlay import WORDS_FOLDER
from builder.reports import LONGEST, position
from builder.reports.explain import Block, Explanation
from builder.scan import BUILDER, OURS

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"
Told: TypeAlias = dict[str, Json]
Read: TypeAlias = Callable[[str], str | None]
"""Gives the text of a file by its path from the site's root; None where there is none."""

MOST = 200
"""Faults that are told in full; how many there are is told beside them."""
LINE = 240
"""Code points of a line that are shown."""
BEFORE = 60
"""Of these before the words at fault, where the line is longer."""
SENTENCE = 2_000
"""Code points of a message."""
SAID = 20_000
"""Code points of what an exception says that are looked at: its beginning, and its last lines."""

PASSING = ("build-disk", "build-ended", "build-memory", "build-refused")
"""Codes of what may pass without an edit."""

HERE = BUILDER.rpartition("/")[0]
"""The folder that the builder lies in. It is told to nobody."""

_OR = re.compile(r"Or [a-z ]+:")
_TEMPLATE = re.compile(r"((?:[^:\n]*/)?templates)/([^:\n]+):(\d+): ")
_CODE = re.compile(r"(builder/[^:\n]+\.py):(\d+): ")
_FRAME = re.compile(r'File "[^"\n]*/(builder/[^"\n]+\.py)", line (\d+)')
_QUOTED = re.compile(r"""(?<=["'“‘])/[^"'“‘”’\n]++(?=["'”’])""")
_ABSOLUTE = re.compile(r"""(?<![\w./<])(?:(?<!:)/++|/(?!/))[^\s"'“”‘’:;,()<>]++""")


# ---- faults of the content -----------------------------------------------------------------------------------------


def faults(diagnostics: Sequence[Diagnostic], explanations: Sequence[Explanation] = ()) -> list[Told]:
    """At most so many in full, errors first.

    The first fault of each code carries what `explanations` say of it.
    """
    known = {explanation.code: explanation for explanation in explanations}
    first = sorted(diagnostics, key=lambda one: one.severity is not Severity.ERROR)
    return [_fault(one, known.pop(one.code, None)) for one in first[:MOST]]


def _fault(diagnostic: Diagnostic, explanation: Explanation | None) -> Told:
    return {
        "severity": str(diagnostic.severity),
        "code": printable(diagnostic.code),
        "message": _sentence(diagnostic.message),
        "place": _place(diagnostic.place),
        "related": [{"message": _sentence(one.message), "place": _place(one.place)} for one in diagnostic.related],
        "cure": list(_cure(diagnostic.help)),
        "fixable": bool(diagnostic.fixes),
        "why": _why(explanation) if explanation else None,
    }


def _sentence(text: str) -> str:
    return printable(text if len(text) <= SENTENCE else f"{text[:SENTENCE]}…")


def _place(place: Place) -> Told:
    """Where it is; `at` is what people read, `parts` the line, None where it is not known."""
    return {
        "file": printable(place.file),
        "line": place.line,
        "column": place.column,
        "at": position(place),
        "parts": [[text, mark] for text, mark in _parts(place)] if place.text else None,
    }


def _parts(place: Place) -> Iterator[tuple[str, str]]:
    """The line in pieces, each with what it is: `mark` what matters most, `words` the rest at fault, or nothing."""
    text = place.text
    start = min(place.column - 1, len(text))
    end = min(start + place.length, len(text))
    marks = [(start + at, start + at + max(1, length)) for at, length in place.marks] or [(start, end)]
    low, high = _window(text, min(marks[0][0], len(text)))
    marks = [(max(low, at), min(high, to)) for at, to in marks if at < high and to > low]
    ends = {min(max(low, at), high) for at in (start, end)} | {at for mark in marks for at in mark}
    if low:
        yield "…", ""
    for at, to in pairwise(sorted({low, *ends, high})):
        marked = any(first <= at < last for first, last in marks)
        yield printable(text[at:to]), "mark" if marked else "words" if start <= at < end else ""
    if place.length and start == len(text):
        yield " ", "mark"  # what is missing at the line's end
    if high < len(text):
        yield "…", ""


def _window(text: str, around: int) -> tuple[int, int]:
    """The piece of a long line that is shown, half-open; it parts no letter from its accents."""
    low = max(0, min(around - BEFORE, len(text) - LINE))
    high = min(len(text), low + LINE)
    while 0 < low < high and unicodedata.combining(text[low]):
        low -= 1
    while high < len(text) and unicodedata.combining(text[high]) and high < low + 2 * LINE:
        high += 1
    return low, high


def _cure(text: str) -> Iterator[Told]:
    """The cure in pieces: sentences, and what can be pasted, whole or not at all."""
    pieces: list[tuple[bool, list[str]]] = []
    for number, line in enumerate(text.splitlines()):
        paste = number > 0 and not _OR.fullmatch(line)
        if paste and pieces[-1][0]:
            pieces[-1][1].append(line)
        else:
            pieces.append((paste, [line]))
    for paste, lines in pieces:
        if not paste:
            yield {"text": _sentence(lines[0]), "paste": False}
        elif sum(map(len, lines)) > LONGEST:
            yield {"text": "It is too long to be shown here; `variorum check` prints it.", "paste": False}
        else:
            yield {"text": "\n".join(map(printable, lines)), "paste": True}


def _why(explanation: Explanation) -> Told:
    return {
        "text": [printable(text) for text in (explanation.rule, *explanation.why)],
        "shared": [_block(block) for block in explanation.shared],
        "wrong": [_block(block) for block in explanation.wrong],
        "right": [_block(block) for block in explanation.right],
        "where": printable(explanation.where),
    }


def _block(block: Block) -> Told:
    kind, _, name = block.kind.partition(" ")
    titles = {"article": f"The article {name}".rstrip(), "evidence": "What the source says", "missing": f"No {name}"}
    return {"title": printable(titles.get(kind, name)), "text": "\n".join(map(printable, block.text.splitlines()))}


# ---- what is no fault of the content -------------------------------------------------------------------------------


def failure(error: BaseException, root: str, read: Read = lambda _: None) -> Told:
    """A build that ended otherwise, in the form of a fault; `root` is the site's folder.

    With the line of the template, or of the builder, where that is known; `read` shows it.
    """
    said = _said(error)
    text = "\n".join(without_paths(line, root) for line in said.splitlines())
    if isinstance(error, StoreError):
        return _refusal(said, root, read)
    if isinstance(error, KeyboardInterrupt | SystemExit):
        ended = f" ({type(error).__name__}: {text})" if text else f" ({type(error).__name__})"
        return _failed("build-ended", f"The build was ended before it was done{ended}.")
    if isinstance(error, MemoryError):
        return _failed("build-memory", "There is not enough memory for the build.", cure=["Close other programs."])
    if isinstance(error, OSError) and error.strerror:
        name = error.filename if isinstance(error.filename, str) else ""
        where = f"{without_paths(name, root)}: " if name else ""
        return _failed("build-disk", f"The disk did not do what the build asked for: {where}{error.strerror}.")
    return _bug(error, said, text, read)


def _refusal(text: str, root: str, read: Read) -> Told:
    """What the message itself says; a template's line is a place of its own."""
    found = _TEMPLATE.match(text)
    # Of catalogues only a site's own is at fault, and its path is that from the site's root.
    top = found and ("templates" if found[2].startswith(WORDS_FOLDER) else _top(found[1], root))
    place = _line(f"{top}/{found[2]}", found[3], read) if found else None
    first, *rest = text[found.end() if found and place else 0 :].splitlines() or [""]
    first = first[:1].upper() + first[1:] if place else first  # it followed a colon
    code = "build-template" if place else "build-refused"
    return _failed(code, without_paths(first, root), place, [without_paths(line, root) for line in rest])


def _top(folder: str, root: str) -> str:
    """What a folder of templates is called: as a site says it, where it is that of the builder."""
    ours = str(Path(folder).resolve()) in (f"{BUILDER}/templates", f"{HERE}/templates")
    return OURS if ours and str(Path(root).resolve()) != HERE else "templates"


def _said(error: BaseException) -> str:
    text = str(error)
    if len(text) <= SAID:
        return text
    return f"{text[: SAID // 2]}…\n{text[-SAID // 2 :].partition(chr(10))[2]}"  # never from the middle of a path


def _bug(error: BaseException, said: str, text: str, read: Read) -> Told:
    """A fault of the builder: its kind, its words, and where in the builder it came up."""
    name = type(error).__name__
    frames = list(_frames(error.__traceback__))
    if code := _CODE.match(text):  # that of `restart.try_out`
        frames, text = [(code[1], code[2])], text[code.end() :]
    elif "Traceback (most recent call last)" in text:  # of another process
        told = _FRAME.findall(said)
        frames, text = told or frames, text.splitlines()[-1]
    else:
        text = f"{name}: {text}" if text else name
    place = _line(*frames[-1], read) if frames else None
    what = "Something is nested too deeply" if isinstance(error, RecursionError) else "The builder itself failed"
    cure = ["This is a fault of the builder, not of what you wrote. Undo the last edit to go on."]
    return _failed("build-bug", f"{what}. {' '.join(text.split())}", place, cure)


def _frames(traceback: TracebackType | None) -> Iterator[tuple[str, str]]:
    """The lines of the builder that an error came through, the innermost last."""
    while traceback:
        code, names = traceback.tb_frame.f_code, traceback.tb_frame.f_globals
        if str(names.get("__name__", "")).partition(".")[0] == "builder":
            yield "builder/" + code.co_filename.rpartition("/builder/")[2], str(traceback.tb_lineno)
        traceback = traceback.tb_next


def _line(file: str, line: str, read: Read) -> Place | None:
    """A line of a file, with its text where that can be read; None for what is no path within the site."""
    if not set(file.split("/")).isdisjoint({"", ".", ".."}) or len(line) > 7 or not int(line):
        return None
    lines = (read(file) or "").split("\n")
    number = int(line)
    return Place(file, number, text=lines[number - 1].rstrip("\r") if number <= len(lines) else "")


def _failed(code: str, message: str, place: Place | None = None, cure: Iterable[str] = ()) -> Told:
    return {
        "severity": str(Severity.ERROR),
        "code": code,
        "message": _sentence(message),
        "place": _place(place) if place else None,
        "related": [],
        "cure": [{"text": _sentence(line), "paste": False} for line in cure if line.strip()],
        "fixable": False,
        "why": None,
    }


def without_paths(text: str, root: str) -> str:
    """`text` with paths from the site's root, or from the builder's; of any other absolute path the last name."""
    for folder in sorted({root.rstrip("/"), HERE}, key=len, reverse=True):
        if folder.startswith("/"):
            text = text.replace(f"{folder}/", "").replace(folder, folder.rpartition("/")[2])
    text = _QUOTED.sub(_last_name, text.replace("file://", ""))
    return _ABSOLUTE.sub(_last_name, text)


def _last_name(path: re.Match[str]) -> str:
    return path[0].rstrip("/").rpartition("/")[2]
