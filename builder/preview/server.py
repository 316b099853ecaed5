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
import socket
import sys
import threading
import webbrowser
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from livereload import Server
from livereload.handlers import LiveReloadHandler
from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream
from tornado.web import Application

from builder.preview import restart
from builder.preview.answers import Answer
from builder.preview.bench import Bench
from builder.preview.curator import Curator
from builder.preview.guard import is_loopback
from builder.preview.handlers import Client, Elsewhere, Page, Socket
from builder.preview.inject import FOLDER
from builder.preview.labour import Builder, Labour
from builder.preview.served import Served
from builder.preview.state import Preview

DEFAULT_PORT = 5500
LAST_PORT = 5599
"""The default port and those after it are tried in turn, up to this one."""

MOST_CONNECTIONS = 256
LONGEST_BODY = 64 * 1024
LONGEST_HEAD = 16 * 1024
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
    builder = Builder(labour, bench, begun)
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


class _Server(Server):  # type: ignore[misc]
    """livereload's server, on a socket that listens already, with our handlers."""

    def __init__(
        self, builder: Builder, preview: Preview, curator: Curator, bench: Bench, listener: socket.socket
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
