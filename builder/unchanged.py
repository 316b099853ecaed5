"""A build with nothing to do, answered before anything is loaded that it would take to build.

The last build left with its words (`build --root news`, and where they were said) a digest of everything it rests on
and everything it left. While both are the same, there is nothing to understand, to check or to write.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Sequence

from builder.facts import Memory, file_of
from builder.scan import Scan, templates_of

COMMAND = "command"
"""The kind of these entries in the builder's memory."""

STATE = ".variorum"
"""Below the root: memory, locks and the preview's site. Never published, may be deleted."""


def words_of(arguments: Sequence[str]) -> str:
    """The words of a command and where they were said: two of the same mean the same. Empty where that is nowhere."""
    try:
        here = os.getcwd()
    except OSError:
        return ""
    return hashlib.sha256(os.fsencode("\0".join([here, *arguments]))).hexdigest()


def unchanged(arguments: Sequence[str]) -> str | None:
    """What a build has to say that has nothing to do; None where that cannot be told without looking closer."""
    start = time.perf_counter()
    words = words_of(arguments)
    if arguments[:1] != ["build"] or not words:
        return None
    root = _given(arguments, "--root") or "."
    output = os.path.realpath(_given(arguments, "--output") or f"{root}/public")
    file = file_of(output, f"{root}/{STATE}", "facts")
    if not os.path.exists(file):
        return None
    memory = Memory(file, only_read=True)
    entry = memory.get(COMMAND, words)
    memory.close()
    if entry is None or entry[:32] != _digest(Scan(root, templates_of(root), output)):
        return None
    return said(output, entry[32:].decode().split("\n"), "nothing changed", time.perf_counter() - start)


def remember(scan: Scan, told: Iterable[str]) -> bytes:
    """The entry of a command that has nothing to do as long as everything is as `scan` found it."""
    return _digest(scan) + "\n".join(told).encode()


def _digest(scan: Scan) -> bytes:
    return hashlib.sha256(scan.everything()).digest()


def _given(arguments: Sequence[str], option: str) -> str | None:
    """What an option says, written as `--root news` or `--root=news`; the last one counts."""
    found = None
    for index, word in enumerate(arguments):
        if word == option:
            found = "".join(arguments[index + 1 : index + 2])
        elif word.startswith(f"{option}="):
            found = word.removeprefix(f"{option}=")
    return found


def said(output: str, told: Sequence[str], what: str, seconds: float) -> str:
    """The closing lines of a build: what the site holds, and what was done."""
    first, *rest = told
    return "\n".join([f"{shown(output)}: {first} in {seconds:.2f} s ({what})", *rest])


def shown(path: str) -> str:
    """A path as short as it can be said from here."""
    try:
        here, real = os.path.realpath(os.getcwd()), os.path.realpath(path)
    except OSError:  # the folder that we are in is gone
        return path
    return real.removeprefix(f"{here}/") if real.startswith(f"{here}/") else path
