"""Bursts of changes to what a site is made from: the one watcher, for `check --watch` and `serve`.

The system tells of changes as they are made. It does not tell all of them: on network disks, in containers, when too
many come at once, or in a folder that is just being made. So all inputs are looked at as well, a few at a time, again
and again. Each way of noticing is enough without the other.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from builder.diagnostics import printable
from builder.watching.looking import Inputs, Rounds
from builder.watching.telling import Teller

TICK = 24
"""For how long it is listened at a stretch, in milliseconds."""

QUIET = 50
"""For how long nothing may change before a burst is over, in milliseconds.

A lone file with something in it is not waited for: most saves are that, and shall be seen at once.
"""

BURST = 2000
"""The longest that a burst may last, in milliseconds."""

LOOK, SHARE = 1.0, 0.025
"""After how many seconds all inputs are looked at again, and the share of one processor that it may take: where it
would take more, it is done more rarely."""

POLL, POLL_SHARE = 0.15, 0.1
"""The same where nothing is told."""

RETRY = 0.5
"""After how many seconds it is tried again to be told, when a folder had just gone."""


def bursts(
    root: Path,
    say: Callable[[str], None],
    *,
    also: Sequence[Path] = (),
    polling: bool = False,
    stop: threading.Event | None = None,
    wake: threading.Event | None = None,
) -> Iterator[Callable[[], bool]]:
    """One item as soon as changes would be noticed, and one after every burst of them; never ends by itself.

    What counts is what a build reads below `root`, the templates in the folders of `also`, and the code in the
    builder's own folder if it is one of them; none of them need be there. What changes while an item is worked on
    makes the next one; the item itself, when it is called, tells whether there was anything. `say` tells a person when
    changes can only be found by looking; with `polling` that is wanted.

    Another thread may set `wake`, and an item comes at once; it is cleared before each item. It ends as soon as `stop`
    is set. Nothing that happens to the files raises an exception.
    """
    stop, wake = stop or threading.Event(), wake or threading.Event()
    watch = _Watch(Inputs(root, also), say, polling, stop, wake)
    try:
        watch.begin()
        while not stop.is_set():
            wake.clear()
            yield watch.more
            watch.wait()
    finally:
        watch.close()


class _Watch:
    """Waits for the next item, by listening and by looking."""

    def __init__(
        self, inputs: Inputs, say: Callable[[str], None], polling: bool, stop: threading.Event, wake: threading.Event
    ) -> None:
        self._inputs = inputs
        self._say = say
        self._polling = polling
        self._stop = stop
        self._wake = wake
        self._teller = Teller(stop)
        self._renewal = 0.0
        """When it may be tried again to be told of other folders."""
        self._rounds = Rounds(inputs, stop)
        self._pending: set[str] = set()
        """What has changed while an item was worked on, as far as anybody asked."""

    def begin(self) -> None:
        """Know what is there, and be told from now on."""
        self._rounds.through()
        self._renew()

    def close(self) -> None:
        """Be told nothing any more."""
        self._teller.close()

    def more(self) -> bool:
        """Whether something is known to have changed since the last item; then the next one comes at once.

        To be woken is no change: who is woken again and again would never come to an end.
        """
        self._pending |= self._listen(1)
        return bool(self._pending) or self._stop.is_set()

    def wait(self) -> None:
        """Return when an item is due, or when to stop."""
        pending, self._pending = self._pending, set()
        if pending:
            self._settle(pending)
            return
        while not self._wanted():
            changed = self._listen(TICK)
            every, share = (POLL, POLL_SHARE) if self._teller.silent else (LOOK, SHARE)
            if changed or self._rounds.further(every, share) or (self._may_renew() and self._renew()):
                self._settle(changed)
                return

    def _wanted(self) -> bool:
        return self._stop.is_set() or self._wake.is_set()

    def _settle(self, changed: set[str]) -> None:
        """Wait until the burst is over that has begun with these; if there are none, it was found by looking."""
        looking = not changed
        end = time.monotonic() + BURST / 1000
        if self._inputs.moved:
            self._renew()
        while time.monotonic() < end and not self._wanted():
            if len(changed) == 1 and self._inputs.is_whole(*changed):
                return
            more = self._listen(QUIET)
            changed |= more
            if more:
                continue
            if not (self._renew() if self._inputs.moved else looking and self._rounds.through()):
                return

    # ---- listening ----

    def _listen(self, milliseconds: int) -> set[str]:
        """The inputs that are told to have changed, as soon as there is one; none after that time."""
        try:
            told = self._teller.listen(milliseconds)
        except OSError:
            self._inputs.moved = True  # to be told again, and to find what was not
            return set()
        return {path for path in told if self._inputs.told(path)}

    def _may_renew(self) -> bool:
        return self._inputs.moved and time.monotonic() >= self._renewal

    def _renew(self) -> bool:
        """Be told of the folders that are there now; whether an input is other than it was."""
        news = False
        for _ in range(3):  # others may come meanwhile
            self._inputs.moved = False
            self._open()
            news = self._rounds.through() or news
            if not self._inputs.moved:
                break
        self._renewal = time.monotonic() + RETRY
        return news

    def _open(self) -> None:
        if self._polling:
            return
        try:
            self._teller.open(self._inputs.folders())
        except (FileNotFoundError, PermissionError):  # of a folder that has just gone, or been closed to us
            self._inputs.moved = True
        except OSError as error:  # too many folders, for example
            self._polling = True
            self._say(f"Changes are found by looking, as the system cannot tell them: {printable(str(error))}")
