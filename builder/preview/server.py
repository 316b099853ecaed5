"""The server: livereload's, with its protocol for the browser. Its watcher and its handlers are replaced.

As it comes, it polls, drops changes that follow each other closely, builds on the loop that answers, tells nobody of a
failed build, ends with SystemExit, and answers whoever asks.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import re
import secrets
import signal
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Collection, Coroutine, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

from livereload import Server
from livereload.handlers import LiveReloadHandler
from livereload.watcher import Watcher
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.iostream import IOStream
from tornado.web import Application

from builder.preview import restart
from builder.preview.answers import Answer
from builder.preview.bench import Bench
from builder.preview.curator import Curator
from builder.preview.guard import is_loopback
from builder.preview.inject import FOLDER
from builder.preview.pages import Client, Elsewhere, Page, Socket
from builder.preview.served import Served
from builder.preview.state import Preview
from builder.preview.work import Next, Outcome
from builder.staging import staging_of

DEFAULT_PORT = 5500
LAST_PORT = 5599
"""The default port and those after it are tried in turn, up to this one."""

GRACE = 0.5
"""How long Ctrl-C waits for a build that is under way, in seconds."""

MOST_CONNECTIONS = 256
LONGEST_BODY = 64 * 1024
LONGEST_HEAD = 16 * 1024
OFTEN = 0.1
"""How often a build asks whether it is superseded, in seconds."""

AGAIN, RARELY = 2.0, 60.0
"""After how many seconds a build that failed for what may pass is tried again: at first, and at most."""

SLOW = 0.5
"""A build that takes longer is spoken of, in seconds."""

IDLE = 30
"""After so many seconds without a request, or without the end of one, a connection is closed."""


class ServeError(Exception):
    """The server cannot be started; the message is for people."""


@dataclass(frozen=True)
class Plan:
    """Where to serve what."""

    served: Served
    base: str = "/"
    """The path of the site: `/`, or `/name/`."""
    host: str = "127.0.0.1"
    port: int = 0
    """0 is the default one, or the next that is free."""
    open_browser: bool = False
    told: str = "drafts too"
    """What is served, in a few words for the terminal."""


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


def serve(plan: Plan, labour: Labour, curator: Curator) -> None:
    """Build and serve until Ctrl-C. Raises ServeError where nobody can listen."""
    before = restart.inherited()
    listener, token = before or (_listen(plan.host, plan.port), secrets.token_urlsafe())
    descriptor = restart.hand_over(listener)
    address = f"[{plan.host}]" if ":" in plan.host else plan.host
    url = f"http://{address}:{listener.getsockname()[1]}{plan.base}"

    def begun() -> None:
        if before is not None:
            return
        if not is_loopback(plan.host):
            say(f"Warning: with --host {plan.host}, other computers in the network can read the preview.", error=True)
        say(f"Serving {url} ({plan.told}; Ctrl-C ends)")
        if plan.open_browser:
            threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()

    asyncio.set_event_loop(asyncio.new_event_loop())  # the one that livereload will run
    bench = Bench()
    builder = _Builder(labour, bench, begun)
    preview = Preview(plan.served, plan.base, plan.host, token, lambda: LiveReloadHandler.waiters, builder.wake.set)
    builder.preview = preview
    preview.opened = builder.opened
    _Server(builder, preview, curator, bench, listener).serve(host=plan.host)
    anew = builder.end()
    if anew:
        restart.begin_anew(descriptor, token)
    os.close(descriptor)


def _listen(host: str, port: int) -> socket.socket:
    if not 0 <= port <= 65535:
        raise ServeError(f"There is no port {port}. Choose one from 1 to 65535 with --port.")
    for candidate in (port,) if port else range(DEFAULT_PORT, LAST_PORT + 1):
        try:
            family = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][0]
            listener = socket.create_server((host, candidate), family=family)
            listener.setblocking(False)
            return listener
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise ServeError(f"Cannot listen at {host}, port {candidate}: {error.strerror}.") from error
    taken = f"Port {port} is" if port else f"The ports {DEFAULT_PORT} to {LAST_PORT} are"
    raise ServeError(f"{taken} taken. Choose another with --port.")


def say(line: str, *, error: bool = False) -> None:
    """Tell the terminal, if there still is one."""
    stream = sys.stderr if error else sys.stdout
    with suppress(OSError, ValueError, AttributeError):  # AttributeError: there never was one
        stream.write(f"{line}\n")
        stream.flush()


class _Builder(Watcher):  # type: ignore[misc]
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
        """Whether to give a build up. None is before there is a first site: who saves all the time would get none."""
        now = time.monotonic()
        if self.preview.outcome is None or now < self._asked + OFTEN:
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


class _Server(Server):  # type: ignore[misc]
    """livereload's server, on a socket that listens already, with our handlers."""

    def __init__(
        self, builder: _Builder, preview: Preview, curator: Curator, bench: Bench, listener: socket.socket
    ) -> None:
        super().__init__(watcher=builder)
        self._preview = preview
        self._answers = {"curator": curator, "bench": bench}
        self._listener = listener

    def application(self, *_: object, live_css: bool = True, **__: object) -> None:
        """Called by `serve` before the loop starts."""
        LiveReloadHandler.watcher = self.watcher
        LiveReloadHandler.live_css = live_css
        LiveReloadHandler._last_reload_time = None  # else a process's second server would not watch
        base = re.escape(self._preview.base)
        handlers: list[Any] = [
            (f"{base}{FOLDER}socket", Socket),
            (rf"{base}{FOLDER}([a-z-]+\.(?:css|js))", Client),
            (f"{base}{FOLDER}([a-z-]+)", Answer, self._answers),
            (f"{base}(.*)", Page),
            (".*", Elsewhere),
        ]
        application = Application(
            handlers,
            log_function=lambda _: None,
            preview=self._preview,
            websocket_max_message_size=LONGEST_HEAD,
            websocket_ping_interval=IDLE,
        )
        sizes = {"max_body_size": LONGEST_BODY, "max_header_size": LONGEST_HEAD}
        times = {"idle_connection_timeout": IDLE, "body_timeout": IDLE}
        _Bounded(application, **sizes, **times).add_socket(self._listener)

    def _setup_logging(self) -> None:
        for name in ("livereload", "tornado.general", "tornado.application", "tornado.access"):
            logging.getLogger(name).setLevel(logging.CRITICAL)


class _Bounded(HTTPServer):
    """Holds so many connections, and no more: whoever opens hundreds does not shut out the curator.

    For one too many the oldest goes, first of those from other computers.
    """

    def initialize(self, *arguments: Any, **named: Any) -> None:
        """Begin with none."""
        self._near: dict[IOStream, bool] = {}
        """Those that are held, the oldest first, and whether each is from this computer."""
        super().initialize(*arguments, **named)

    def handle_stream(self, stream: IOStream, address: tuple[str, int]) -> None:
        """A new connection."""
        self._near[stream] = is_loopback(address[0])
        if len(self._near) > MOST_CONNECTIONS:
            oldest = next((held for held, near in self._near.items() if not near), next(iter(self._near)))
            del self._near[oldest]
            oldest.close()
        if not stream.closed():
            super().handle_stream(stream, address)

    def on_close(self, server_conn: Any) -> None:
        """A connection has ended, or is one of a page that listens."""
        self._near.pop(server_conn.stream, None)
        super().on_close(server_conn)
