"""What the system tells of changes in folders, as soon as they are made."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from watchfiles._rust_notify import RustNotify  # watchfiles.watch must be begun anew for every other set of folders

STEP = 8
"""How often it is asked what was told, in milliseconds: what came is handed on when no more has come since."""

LONGEST = 100
"""The longest that what was told is held back because more follows, in milliseconds."""


class Teller:
    """Tells of changes in some folders, each for itself: what stands deeper, or behind a link, is not watched."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._notify: RustNotify | None = None

    @property
    def silent(self) -> bool:
        """Whether there is nothing that it could tell of."""
        return self._notify is None

    def open(self, folders: Sequence[str]) -> None:
        """Tell of these folders from now on, and no longer of others.

        Raises FileNotFoundError or PermissionError where one of them has just gone or been closed to us, and another
        OSError where the system cannot tell; then it is silent.
        """
        self.close()
        if folders:
            try:
                # Were it to ignore missing rights, it would ignore missing folders and the system's limits as well.
                self._notify = RustNotify(list(folders), False, False, LONGEST, False, False)
            except RuntimeError as error:
                raise OSError(str(error)) from error

    def listen(self, milliseconds: int) -> set[str]:
        """The paths of what has changed, as soon as something has; none after that time, or when it shall stop.

        Raises OSError where the system has failed to tell, then it is silent; KeyboardInterrupt for Ctrl-C.
        """
        if self._notify is None:
            self._stop.wait(milliseconds / 1000)
            return set()
        try:
            told = self._notify.watch(LONGEST, STEP, milliseconds, self._stop)
        except RuntimeError as error:  # a name that is no text, for example
            self.close()
            raise OSError(str(error)) from error
        if told == "signal":
            raise KeyboardInterrupt
        return set() if isinstance(told, str) else {path for _, path in told}

    def close(self) -> None:
        """Tell nothing any more."""
        if self._notify is not None:
            self._notify.close()
            self._notify = None
