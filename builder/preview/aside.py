"""Telling the terminal in a thread of its own: one that is paused, or a pipe that nobody empties, holds up no build."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from contextlib import suppress

MOST = 100
"""So much is kept to be told; what comes while there is more is told to nobody."""


class Aside:
    """Does one thing after another, each as soon as the one before is done."""

    def __init__(self) -> None:
        self._tasks: queue.Queue[Callable[[], None]] = queue.Queue(MOST)
        threading.Thread(target=self._work, daemon=True).start()

    def do(self, task: Callable[[], None]) -> None:
        """Do something later; whoever asks does not wait."""
        with suppress(queue.Full):
            self._tasks.put_nowait(task)

    def settle(self, seconds: float) -> bool:
        """Wait until all of it is done, but no longer than this; whether it is."""
        done = threading.Event()
        self.do(done.set)
        return done.wait(seconds)

    def _work(self) -> None:
        while True:
            task = self._tasks.get()
            with suppress(OSError, ValueError):  # nobody may be at the terminal any more
                task()
