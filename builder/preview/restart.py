"""A builder whose own code has changed begins anew: a process with the old code would not build what `build` builds.

The new process has the same socket and the same token, so that no page that is open notices more than a short silence.
"""

from __future__ import annotations

import hashlib
import os
import re
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from builder.scan import BUILDER, Stamps, shared_stamps

HANDED_OVER = "VARIORUM_PREVIEW"
"""In the environment of the new process: the descriptor of the socket that listens, and the token."""

HOME = Path(BUILDER)
TRIAL = (
    "import builder.cli, builder.commands.serve, builder.preview.server, builder.publish, builder.rehearsing, "
    "builder.digesting, builder.watching"
)
"""All that a new process needs until it serves: what cannot be loaded there would end the preview."""
PATIENCE = 30
"""So long a trial may take, in seconds."""


class Code:
    """The builder's own modules, as this process has loaded them or would."""

    def __init__(self) -> None:
        self._stamps = _stamps()
        self._digests = _digests(self._stamps)

    def changed(self) -> bool:
        """Whether they are others now."""
        stamps = _stamps()
        if stamps == self._stamps:
            return False
        if _digests(stamps) != self._digests:
            return True
        self._stamps = stamps
        return False


def _stamps() -> Stamps:
    return shared_stamps("", ())[2]


def _digests(stamps: Stamps) -> dict[str, bytes]:
    found = {}
    for path in stamps:
        try:
            found[path] = hashlib.sha256((HOME.parent / path).read_bytes()).digest()
        except OSError:  # it has just gone
            found[path] = b""
    return found


class CodeError(Exception):
    """The builder's new code cannot be loaded; the message names its line."""


def try_out() -> None:
    """Load the new code in another process. Raises CodeError."""
    path = os.pathsep.join(filter(None, [str(HOME.parent), os.environ.get("PYTHONPATH")]))
    environment = {**os.environ, "PYTHONPATH": path}
    try:
        # -P: not from the folder that we are in, which is a site's and could bring a module of any name.
        subprocess.run(
            [sys.executable, "-P", "-c", TRIAL],
            check=True,
            capture_output=True,
            text=True,
            env=environment,
            timeout=PATIENCE,
        )
    except subprocess.CalledProcessError as error:
        raise CodeError(_said(error.stderr)) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CodeError(f"the builder's new code could not be tried: {type(error).__name__}") from error


def _said(traceback: str) -> str:
    """The innermost line of the builder's in a traceback, and what is wrong there."""
    places = re.findall(rf'File "{re.escape(str(HOME.parent))}/(builder/[^"]+)", line (\d+)', traceback)
    lines = traceback.strip().splitlines() or [""]
    place = ":".join(places[-1]) + ": " if places else ""
    return f"{place}{lines[-1]}"


def hand_over(listener: socket.socket) -> int:
    """A descriptor of the socket that the new process may have."""
    descriptor = os.dup(listener.fileno())
    os.set_inheritable(descriptor, True)
    return descriptor


def begin_anew(descriptor: int, token: str) -> NoReturn:
    """Become a new process with the same command, the same socket and the same token."""
    with suppress(OSError, ValueError, AttributeError):  # nobody may be at the terminal
        sys.stdout.flush()
    os.environ[HANDED_OVER] = f"{descriptor}:{token}"
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def inherited() -> tuple[socket.socket, str] | None:
    """The socket and the token of the process that began anew as this one."""
    descriptor, _, token = os.environ.pop(HANDED_OVER, "").partition(":")
    if not descriptor.isdigit() or not token:
        return None
    try:
        listener = socket.socket(fileno=int(descriptor))
        listener.getsockname()
    except OSError:
        return None
    listener.set_inheritable(False)
    return listener, token
