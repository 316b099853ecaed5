"""The builder's thread: it waits for changes, builds, and goes on whatever becomes of a build."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Collection, Coroutine, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

from livereload.watcher import Watcher
from tornado.ioloop import IOLoop

from builder.output import staging_of
from builder.preview.bench import Bench
from builder.preview.outcome import Next, Outcome
from builder.preview.state import Preview

GRACE = 0.5
"""How long Ctrl-C waits for a build that is under way, in seconds."""

PATIENCE = 3
"""So many builds in a row are given up because something has changed; the next one is done to its end."""

OFTEN = 0.1
"""How often a build asks whether it is superseded, in seconds."""

AGAIN, RARELY = 2.0, 60.0
"""After how many seconds a build that failed for what may pass is tried again: at first, and at most."""

SLOW = 0.5
"""A build that takes longer is spoken of, in seconds."""


class Audience(Protocol):
    """Who looks while a build is under way."""

    def looked_at(self) -> Collection[str]:
        """The briefings of which a page is open."""

    def ahead(self, name: str) -> None:
        """One of them is staged, and the rest will take a while."""

    def superseded(self) -> bool:
        """Whether something has changed since, so that another build is due, and there is a site meanwhile."""


@dataclass(frozen=True)
class Labour:
    """What goes on in the builder's thread."""

    changes: Callable[[threading.Event, threading.Event], Iterator[Callable[[], bool]]]
    """An item at the beginning and after every burst of changes, until the first event is set; when the second one is
    set, an item comes though nothing has changed. The item tells whether there are more changes."""
    attempt: Callable[[Audience], Outcome | Next]
    """Build once."""
    rehearse: Callable[[str], None]
    """Make a briefing's pages without writing them, so that the next build of it is quick."""


class Builder(Watcher):  # type: ignore[misc]
    """livereload's watcher, which asks it nothing but to begin: one thread waits for changes, and builds."""

    preview: Preview

    def __init__(self, labour: Labour, bench: Bench, begun: Callable[[], None]) -> None:
        super().__init__()
        self.watch("")  # else livereload watches the whole folder that we are in
        self.wake = threading.Event()
        self._labour = labour
        self._begun = begun
        self._bench = bench
        self._stop = threading.Event()
        self._anew = False
        self._error: BaseException | None = None
        self._rehearsed: set[str] = set()
        self._waiting: asyncio.TimerHandle | None = None
        self._retry: asyncio.TimerHandle | None = None
        self._pause = AGAIN
        self._held: set[asyncio.Task[None]] = set()
        self._asked = 0.0
        self._given_up = 0
        self._more: Callable[[], bool] = self._stop.is_set
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._loop: asyncio.AbstractEventLoop

    def start(self, _: Callable[[], None]) -> bool:
        """Begin with the loop. True: livereload need not poll."""
        IOLoop.current().add_callback(self._begin)
        return True

    def _begin(self) -> None:
        self._loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            with suppress(ValueError, RuntimeError):  # only the main thread hears signals
                self._loop.add_signal_handler(number, self._finish)
        self._begun()
        self._thread.start()

    def _finish(self) -> None:
        self._stop.set()
        IOLoop.current().stop()

    def end(self) -> bool:
        """After the loop: let the build under way come to its end, but not for long. Whether to begin anew.

        Raises what ended the thread, which is a bug.
        """
        if self._thread.ident is not None:  # else Ctrl-C came before anything else
            self._thread.join(GRACE)
        if self._thread.is_alive():
            # A thread that outlives the interpreter can crash it. A commit that is cut off heals itself.
            with suppress(OSError, ValueError, AttributeError):
                sys.stdout.flush()
            os._exit(0)
        if self._error is not None:
            raise self._error
        return self._anew

    def _work(self) -> None:
        try:
            self._build_on()
        except BaseException as error:  # noqa: BLE001  (a preview that builds no more must not look as if it did)
            self._error = error
            self._on_loop(self._finish)

    def _build_on(self) -> None:
        for more in self._labour.changes(self._stop, self.wake):
            self._more = more
            self._on_loop(self._wait)
            with self._bench.alone:
                outcome = self._labour.attempt(self)
            if self._stop.is_set():
                return
            self._given_up = self._given_up + 1 if outcome is Next.AGAIN else 0
            self._on_loop(lambda outcome=outcome: self._tell(outcome))  # type: ignore[misc]
            if outcome is Next.ANEW:
                return

    # ---- what a build asks, in the builder's thread ----

    def looked_at(self) -> Collection[str]:
        """The briefings of which a page is open."""
        return self.preview.looked_at()

    def ahead(self, name: str) -> None:
        """Show a briefing as it is staged, while the rest is made."""
        self.preview.served.show_ahead(name, staging_of(self.preview.served.folder) / "new")
        self._on_loop(lambda: self._task(self.preview.ahead(name)))

    def superseded(self) -> bool:
        """Whether to give a build up: not before there is a site, nor again and again."""
        now = time.monotonic()
        if self.preview.outcome is None or self._given_up >= PATIENCE or now < self._asked + OFTEN:
            return False
        self._asked = now
        return self._more()

    # ---- on the loop ----

    def _task(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        self._held.add(task)
        task.add_done_callback(self._held.discard)

    def _on_loop(self, task: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(task)

    def _wait(self) -> None:
        """Speak of the build if it takes long, and again while it goes on."""
        self._waiting = self._loop.call_later(SLOW, self._speak)

    def _speak(self) -> None:
        self.preview.tell_all({"command": "building"})
        self._wait()

    def _tell(self, outcome: Outcome | Next) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
        if isinstance(outcome, Outcome):
            self._task(self.preview.news(outcome))
            self._try_again(outcome)
        elif outcome is Next.ANEW:
            self._anew = True
            self._finish()

    def _try_again(self, outcome: Outcome) -> None:
        """No edit tells that there is room on the disk again: try, ever more rarely."""
        if self._retry is not None:
            self._retry.cancel()
        self._retry = self._loop.call_later(self._pause, self.wake.set) if outcome.passing else None
        self._pause = min(2 * self._pause, RARELY) if outcome.passing else AGAIN

    def opened(self, briefing: str) -> None:
        """A page of a briefing is open: the first edit shall be as quick as the next."""
        if briefing not in self._rehearsed:
            self._rehearsed.add(briefing)
            self._task(self._bench.do(lambda: self._labour.rehearse(briefing)))
