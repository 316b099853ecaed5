"""What the preview answers: the site's pages, its own script, and the connection over which pages hear of news.

Every answer goes through `Guarded`; nothing about a request is ever printed.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote, unquote, urlsplit

from livereload.handlers import LiveReloadHandler
from tornado.iostream import StreamClosedError
from tornado.web import Finish, RequestHandler
from tornado.websocket import WebSocketClosedError

from builder.preview.guard import is_loopback, refusal
from builder.preview.inject import with_client
from builder.preview.served import TYPES, Found
from builder.preview.state import Preview

CLIENT = Path(__file__).parent / "client"

MOST_SOCKETS = 64
"""So many pages may be open at once."""

NOTHING_HERE = b"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>No site yet</title>
<p>There is no site yet. As soon as it could be built, it is shown here.</p>
</html>
"""
"""What is shown while there is not even a 404.html."""

HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Guarded(RequestHandler):
    """Answers nobody who may not ask; errors are a plain line."""

    @property
    def preview(self) -> Preview:
        """What is served, and by which rules."""
        found: Preview = self.settings["preview"]
        return found

    def prepare(self) -> None:
        """End with 403 for strangers."""
        if reason := refusal(self.request.method or "", self.request.headers, self.preview.host):
            self.refuse(403, reason)

    def refuse(self, status: int, reason: str) -> None:
        """End with a status and a plain sentence."""
        self.set_status(status)
        self.set_header("Content-Type", TYPES[".txt"])
        self.finish(f"{status} {reason}.\n")
        raise Finish

    def set_default_headers(self) -> None:
        """For every answer, errors too."""
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def compute_etag(self) -> None:
        """None: everything is sent anew each time."""

    def write_error(self, status_code: int, **_: object) -> None:
        """A plain line."""
        self.set_header("Content-Type", TYPES[".txt"])
        self.finish(f"{status_code} {self._reason}\n")


class Elsewhere(Guarded):
    """Everything that is not below the site's base path."""

    def get(self) -> None:
        """The way to the site, from the top; nothing at all from elsewhere."""
        base = self.preview.base
        if self.request.path in ("/", base.rstrip("/")):
            self.redirect(base)
        else:
            self.refuse(404, f"The site is at {base}")

    head = get


class Page(Guarded):
    """The files of the site; HTML with the script for the browser."""

    async def get(self, path: str) -> None:
        """A file, a folder's index.html, or 404.html."""
        await self.preview.built()
        served = self.preview.served
        async with served.whole():
            found = served.find(path)
            state = served.state_of(path, found) if found.is_page else ("", {})
        if found.folder:
            self.redirect(self.preview.base + quote(path.strip("/")) + "/")
            return
        if not served.folder.exists():
            self.preview.rebuild()
        self._send(found, *state)

    head = get

    def _send(self, found: Found, digest: str, parts: dict[str, str]) -> None:
        data = found.data
        if found.lost:
            self.set_status(404 if found.path else 503)
        if found.is_page:
            page = data if found.path else NOTHING_HERE
            data = with_client(page, self.preview.base, self.preview.served.id, self.preview.token, digest, parts)
        self.set_header("Content-Type", TYPES.get(found.suffix or ".html", "application/octet-stream"))
        self.finish(data)


class Client(Guarded):
    """What runs in the browser."""

    def get(self, name: str) -> None:
        """One of the files of client/, by its name."""
        known = {path.name: path for path in CLIENT.iterdir() if path.suffix in (".css", ".js")}
        if name not in known:
            self.refuse(404, "There is no such file")
        self.set_header("Content-Type", TYPES[known[name].suffix])
        self.finish(known[name].read_bytes())


class Socket(Guarded, LiveReloadHandler):  # type: ignore[misc]
    """The connection over which a page hears what it should show."""

    page: str | None = None
    """The path of the page below the site."""
    every: ClassVar[set[Socket]] = set()
    """Those that are open, also those that have not said yet for which page."""

    def prepare(self) -> None:
        """End with 403 for strangers, and for whoever has no Origin: every browser names it here."""
        super().prepare()
        if self.request.headers.get("Origin") is None:
            self.refuse(403, "Not asked by a page")
        near = is_loopback(self.request.remote_ip or "")
        most = MOST_SOCKETS if near else MOST_SOCKETS // 2  # whoever is elsewhere leaves some to the curator
        if len(self.every) >= most:
            self.refuse(503, "Too many pages are open")

    def open(self, *_: str, **__: str) -> None:
        """It is open."""
        self.every.add(self)

    def on_close(self) -> None:
        """It is closed."""
        self.every.discard(self)
        super().on_close()

    async def on_message(self, message: str | bytes) -> None:
        """The greeting of livereload's protocol; then the page, by its address, is told what it should show."""
        try:
            super().on_message(message)
            url = json.loads(message).get("url")
            path = unquote(urlsplit(url).path) if isinstance(url, str) else None
        except (ValueError, AttributeError, TypeError):
            self.close()
            return
        if path is not None and path.startswith(self.preview.base):
            self.page = path.removeprefix(self.preview.base)
            await self.preview.greet(self)
        await self._heard()

    async def on_pong(self, data: bytes) -> None:  # noqa: ARG002
        """It answered."""
        await self._heard()

    async def _heard(self) -> None:
        """Wait until it has taken what was sent to it: from whoever never listens, nothing more is taken either."""
        if self.ws_connection is not None:
            with suppress(StreamClosedError):
                await self.ws_connection.stream.write(b"")

    def tell(self, message: dict[str, Any]) -> None:
        """Send a message; a page that has gone is forgotten."""
        try:
            self.write_message(json.dumps(message))
        except (WebSocketClosedError, StreamClosedError):
            LiveReloadHandler.waiters.discard(self)

    def write_message(self, message: str | bytes | dict[str, Any], binary: bool = False) -> asyncio.Future[None]:
        """Send something; nobody is told if the page goes before it has taken it."""
        sent: asyncio.Future[None] = super().write_message(message, binary)
        sent.add_done_callback(lambda done: done.cancelled() or done.exception())
        return sent
