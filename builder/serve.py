"""The live preview: a build after every burst of changes, and each open page renewed when it was good.

The server is the livereload package's, with its protocol and its script for the browser. Three of its parts are
replaced: the watcher, which polls and drops changes that follow each other closely; the inline script, which the
pages' content security policy forbids; the file handler, which knows neither 404.html nor strangers.

A page of another site must not read the preview: requests need a local Host, which DNS rebinding cannot have, and
sockets an Origin of the same host.
"""

from __future__ import annotations

import asyncio
import errno
import html
import ipaddress
import json
import logging
import os
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote, urlsplit

import watchfiles
from livereload import Server
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.web import Application, HTTPError, RequestHandler

from builder.watch import BURST, QUIET, matters

DEFAULT_PORT = 5500
LAST_PORT = 5599
"""The default port and those after it are tried in turn, up to this one."""

GRACE = 0.5
"""How long Ctrl-C waits for a build that is under way, in seconds."""

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
}
"""Content types by ending; Python's own table depends on the machine."""

NOTHING_HERE = b"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Nothing here</title>
<p>There is no such page, or no site yet: then the terminal says why.</p>
"""
"""What is shown while the site has no 404.html."""


class ServeError(Exception):
    """The server cannot be started; the message is for people."""


def serve(
    root: Path,
    build: Callable[[], bool],
    folder: Path,
    watched: Sequence[Path],
    host: str,
    port: int,
    open_browser: bool,
) -> None:
    """Build and serve `folder` until Ctrl-C; build again whenever something in `watched` changes.

    `build` prints what it finds and returns whether `folder` now holds a new, good site; it runs in a thread of its
    own, never twice at once. Relative paths in `watched` start at `root`. Port 0 is the default one, or the next
    that is free. Raises ServeError where nobody can listen.
    """
    host = host or "127.0.0.1"
    listener = _listen(host, port)
    address = f"[{host}]" if ":" in host else host
    url = f"http://{address}:{listener.getsockname()[1]}/"
    if not _is_loopback(host):
        _say(f"Warning: with --host {host}, other computers in the network can read the preview.", sys.stderr)

    def started() -> None:
        _say(f"Serving {url} (Ctrl-C ends)", sys.stdout)
        if open_browser:
            threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()

    asyncio.set_event_loop(asyncio.new_event_loop())  # the one that livereload will run
    builder = _Builder(build, started)
    server = _Preview(builder, folder, host, listener)
    for path in watched:
        server.watch(str((root / path).resolve()))
    server.serve(host=host, port=port)
    builder.end()


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


def _say(line: str, stream: TextIO) -> None:
    stream.write(f"{line}\n")
    stream.flush()


# ---- building --------------------------------------------------------------------------------------------


class _Builder(Watcher):  # type: ignore[misc]
    """Watches what livereload's Server was told to watch; builds, and tells the browsers.

    A watched file is seen through its folder, because an editor that replaces it leaves a watch on the old one.
    The same goes for a watched folder that is moved away and comes back.
    """

    def __init__(self, build: Callable[[], bool], started: Callable[[], None]) -> None:
        super().__init__()
        self._build = build
        self._started = started
        self._changed = asyncio.Event()
        self._rewatch = asyncio.Event()
        self._thread: threading.Thread | None = None
        self._jobs: list[asyncio.Task[None]] = []
        self.sites = 0
        """How many good sites there were so far."""
        self.served: dict[str, int] = {}
        """Which of them a page, by its path, was last served from."""

    # ---- what livereload calls ----

    def start(self, _: Callable[[], None]) -> bool:
        """Begin with the loop. True: livereload need not poll."""
        IOLoop.current().add_callback(self._begin)
        return True

    def _begin(self) -> None:
        loop = asyncio.get_running_loop()
        with suppress(ValueError, RuntimeError):  # only the main thread hears signals
            loop.add_signal_handler(signal.SIGINT, lambda: loop.create_task(self._finish()))
        self._jobs = [loop.create_task(job()) for job in (self._watch_names, self._watch_below, self._work)]

    async def _finish(self) -> None:
        for job in self._jobs:
            job.cancel()
        await asyncio.gather(*self._jobs, return_exceptions=True)
        IOLoop.current().stop()

    def end(self) -> None:
        """After the loop: let the build under way come to its end, but not for long."""
        if self._thread is not None:
            self._thread.join(GRACE)
            if self._thread.is_alive():
                # A thread that outlives the interpreter can crash it. A commit that is cut off heals itself.
                sys.stdout.flush()
                os._exit(0)

    # ---- watching ----

    async def _watch_names(self) -> None:
        """Notice that a watched file changes, or that a watched folder comes or goes."""
        names = set(self._tasks)
        folders = {Path(name).parent for name in names}
        if existing := sorted(folder for folder in folders if folder.is_dir()):
            async for _ in self._bursts(existing, lambda _, path: path in names, recursive=False):
                self._rewatch.set()
                self._changed.set()

    async def _watch_below(self) -> None:
        """Notice what changes in the watched folders, at any depth."""
        while True:
            self._rewatch.clear()
            folders = [folder for folder in map(Path, self._tasks) if folder.is_dir()]
            if not folders:
                await self._rewatch.wait()
                continue
            async for _ in self._bursts(folders, matters, stop_event=self._rewatch):
                self._changed.set()

    async def _bursts(
        self, folders: Sequence[Path], matters: Callable[[watchfiles.Change, str], bool], **options: Any
    ) -> AsyncIterator[None]:
        """One item for each burst of changes; where the system cannot tell, the folders are looked through."""
        options |= {"watch_filter": matters, "debounce": BURST, "step": QUIET}
        try:
            async for _ in watchfiles.awatch(*folders, **options):
                yield
        except FileNotFoundError:  # one of them has just gone
            await asyncio.sleep(0.1)
        except OSError as error:  # too many files for inotify, for example
            _say(f"Changes are found by looking, as the system cannot tell them: {error}", sys.stderr)
            async for _ in watchfiles.awatch(*folders, **options, force_polling=True):
                yield

    # ---- building ----

    async def _work(self) -> None:
        self._changed.set()
        while True:
            await self._changed.wait()
            self._changed.clear()
            if await self._in_thread(self._attempt):
                self.sites += 1
                LiveReloadHandler.reload_waiters("*")
            self._started()
            self._started = lambda: None

    def _attempt(self) -> bool:
        try:
            return self._build()
        except SystemExit as error:
            _say(f"The build ended early ({error}).", sys.stderr)
        except BaseException as error:  # noqa: BLE001  (whatever it is, the preview goes on)
            _say(f"The build failed: {type(error).__name__}: {error}", sys.stderr)
        return False

    def _in_thread(self, task: Callable[[], bool]) -> Awaitable[bool]:
        """Run in a daemon thread: Python waits at its end for an executor's, however long they take."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[bool] = loop.create_future()

        def settle(result: bool) -> None:
            if not done.done():
                done.set_result(result)

        def run() -> None:
            result = task()
            with suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(settle, result)

        self._thread = threading.Thread(target=run, daemon=True)
        self._thread.start()
        return done


# ---- serving ---------------------------------------------------------------------------------------------


class _Preview(Server):  # type: ignore[misc]
    """livereload's server, on a socket that listens already, with our handlers."""

    def __init__(self, builder: _Builder, folder: Path, host: str, listener: socket.socket) -> None:
        super().__init__(watcher=builder)
        self._folder = folder
        self._host = host
        self._listener = listener

    def application(self, *_: object, live_css: bool = True, **__: object) -> None:
        """Called by `serve` before the loop starts."""
        LiveReloadHandler.watcher = self.watcher
        LiveReloadHandler.live_css = live_css
        LiveReloadHandler._last_reload_time = None  # else a process's second server would not watch
        settings = {"builder": self.watcher, "folder": self._folder, "host": self._host}
        handlers = [("/livereload", _Socket), (r"/livereload\.js", _Script), ("/(.*)", _Page)]
        application = Application(handlers, log_function=lambda _: None, **settings)
        HTTPServer(application).add_socket(self._listener)

    def _setup_logging(self) -> None:
        for name in ("livereload", "tornado.general"):
            logging.getLogger(name).setLevel(logging.CRITICAL)


class _Guarded(RequestHandler):
    """Answers nobody who does not ask for this computer, or for the host that was given, by name."""

    def prepare(self) -> None:
        """Raise 403 for any other Host."""
        if not _is_ours(self.request.headers.get("Host", ""), self.settings["host"]):
            raise HTTPError(403)

    def set_default_headers(self) -> None:
        """For every answer, errors too."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")

    def compute_etag(self) -> None:
        """None: a page is sent anew each time."""

    def write_error(self, status_code: int, **_: object) -> None:
        """A plain line."""
        self.set_header("Content-Type", TYPES[".txt"])
        self.finish(f"{status_code} {self._reason}\n")


class _Script(_Guarded, LiveReloadJSHandler):  # type: ignore[misc]
    """livereload's script for the browser."""


class _Socket(_Guarded, LiveReloadHandler):  # type: ignore[misc]
    """The connection over which a page hears that it should load itself anew."""

    def prepare(self) -> None:
        """Raise 403 for a page of another site, which a browser names in the Origin."""
        super().prepare()
        origin = self.request.headers.get("Origin")
        if origin is not None and origin != f"http://{self.request.headers['Host']}":
            raise HTTPError(403)

    def on_message(self, message: str) -> None:
        """A page that was loaded before the newest site, or from an earlier server, is renewed at once."""
        try:
            super().on_message(message)
            url = json.loads(message).get("url")
            path = urlsplit(url).path if isinstance(url, str) else None
        except (ValueError, AttributeError, TypeError):
            self.close()
            return
        builder: _Builder = self.settings["builder"]
        if path is not None and builder.served.get(path) != builder.sites:
            builder.served[path] = builder.sites
            self.send_message({"command": "reload", "path": "*", "liveCSS": False, "liveImg": False})


class _Page(_Guarded):
    """The files of the site, as GitHub Pages serves them; HTML with the script for the browser."""

    def get(self, path: str) -> None:
        """A file, a folder's index.html, or 404.html."""
        folder: Path = self.settings["folder"]
        found = _found(folder, path)
        if found is not None and found.is_dir():
            if path and not path.endswith("/"):
                self.redirect(f"/{quote(path.strip('/'))}/")  # never `//`, which would be another host
                return
            found = _found(folder, f"{path}/index.html")
        if found is None or not found.is_file():
            self.set_status(404)
            found = _found(folder, "404.html")
        self._send(found)

    head = get

    def _send(self, file: Path | None) -> None:
        suffix = file.suffix if file else ".html"
        try:
            data = file.read_bytes() if file else NOTHING_HERE
        except OSError as error:
            raise HTTPError(404) from error
        if suffix == ".html":
            builder: _Builder = self.settings["builder"]
            builder.served[self.request.path] = builder.sites
            data = with_script(data, self.request.headers["Host"])
        self.set_header("Content-Type", TYPES.get(suffix, "application/octet-stream"))
        self.finish(data)


def with_script(page: bytes, host: str) -> bytes:
    """The page with livereload's script at its end. `host` tells the script where to connect: `name:port`.

    It is a file of the same origin, which the pages' content security policy allows.
    """
    place = urlsplit(f"//{host}")
    name = f"[{place.hostname}]" if ":" in (place.hostname or "") else place.hostname
    query = html.escape(f"host={name}&port={place.port or 80}&maxdelay=2000")
    script = f'<script src="/livereload.js?{query}"></script>\n'.encode()
    end = page.lower().rfind(b"</body>")
    end = len(page) if end < 0 else end
    return page[:end] + script + page[end:]


def _found(folder: Path, path: str) -> Path | None:
    """The file or folder of a URL's path; None where there is none or a link or `..` leads out of `folder`."""
    try:
        found = (folder / path.strip("/")).resolve(strict=True)
        return found if found.is_relative_to(folder.resolve()) else None
    except (OSError, ValueError, RuntimeError):  # nothing there, a NUL, a link to itself
        return None


def _is_ours(header: str, host: str) -> bool:
    """Whether a Host header names this computer or the given host, or any address where all are listened at.

    A name that a stranger has pointed at this computer is none of these.
    """
    try:
        place = urlsplit(f"//{header}")
        name, _ = place.hostname or "", place.port
    except ValueError:
        return False
    everywhere = (given := _address(host)) is not None and given.is_unspecified
    return _is_loopback(name) or name == host.lower() or (everywhere and _address(name) is not None)


def _is_loopback(name: str) -> bool:
    return name == "localhost" or ((address := _address(name)) is not None and address.is_loopback)


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None
