"""A preview in a process of its own, as a curator starts it, and what it prints."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from playwright.sync_api import Page as Tab
from samples import ROOT
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

T = TypeVar("T")

PATIENCE = 30.0
"""How long a condition may take on a slow machine before a test fails, in seconds."""

SERVE = ("-m", "builder", "serve")


@dataclass(frozen=True)
class Reply:
    """What a server answered."""

    status: int
    text: str
    headers: Mapping[str, str]


class Running:
    """A running preview."""

    def __init__(self, root: Path, *options: str, command: Sequence[str] = SERVE, **environment: str) -> None:
        self.root = root
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", *command, *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **environment},
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    # ---- what it says ----

    def wait_for(self, pattern: str, after: int = 0) -> re.Match[str]:
        """The first line that matches as a whole, after so many."""
        return self.until(
            lambda: next(filter(None, (re.fullmatch(pattern, line) for line in [*self.lines[after:]])), None)
        )

    def until(self, condition: Callable[[], T | None]) -> T:
        """What a condition gives as soon as it gives anything."""
        deadline = time.monotonic() + PATIENCE
        while (found := condition()) is None:
            assert time.monotonic() < deadline, self.lines
            time.sleep(0.005)
        return found

    @property
    def url(self) -> str:
        """Where it serves the site, with a slash at its end."""
        return self.wait_for(r"Serving (http://[^ ]*/) \(.*; Ctrl-C ends\)")[1]

    @property
    def port(self) -> int:
        """Where it listens."""
        found = re.search(r":(\d+)/", self.url)
        assert found
        return int(found[1])

    # ---- what it answers ----

    def get(self, path: str, host: str | None = None, method: str = "GET", **headers: str) -> Reply:
        """The answer to a path that is sent as it is; `host` "" sends none. Headers with _ for -.

        After the first build: the preview itself waits for it, but not as long as it may take on a slow machine.
        """
        self.wait_for(r"(?!Serving |Warning: ).*")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            if host != "":
                connection.putheader("Host", host or f"127.0.0.1:{self.port}")
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            response = connection.getresponse()
            return Reply(response.status, response.read().decode("utf-8", "replace"), dict(response.getheaders()))
        finally:
            connection.close()

    def ask(self, name: str, body: Mapping[str, Any] | None = None, base: str = "/", **headers: str) -> Reply:
        """What one of its own pages would be answered."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        token = re.search(r'data-token="([^"]+)"', self.get(base).text)
        assert token
        sent = {"X-Preview-Token": token[1], "Content-Type": "application/json"}
        sent |= {key.replace("_", "-"): value for key, value in headers.items()}
        try:
            method = "GET" if body is None else "POST"
            connection.request(method, f"{base}__preview/{name}", None if body is None else json.dumps(body), sent)
            response = connection.getresponse()
            return Reply(response.status, response.read().decode(), dict(response.getheaders()))
        finally:
            connection.close()

    # ---- its end ----

    def interrupt(self, number: int = signal.SIGINT) -> int:
        """Press Ctrl-C; the exit code."""
        self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return code

    def stop(self) -> None:
        """End it, whatever it does."""
        self.process.kill()
        self.process.wait()
        self._reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def write(self, name: str, text: str) -> None:
        """Write a file below the root."""
        path = self.root / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Change words in a file, once."""
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text, (name, old)
        self.write(name, text.replace(old, new, 1))


@contextmanager
def running(root: Path, *options: str, command: Sequence[str] = SERVE, **environment: str) -> Iterator[Running]:
    """A preview of a site, until the block ends."""
    preview = Running(root, *options, command=command, **environment)
    try:
        yield preview
    finally:
        preview.stop()


def sample_site(folder: Path) -> Path:
    """A copy of the repository's own site that may be edited."""
    for name in ("content", "seeds", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "site.yaml", folder)
    return folder


def wait_until(tab: Tab, expression: str) -> None:
    """Wait until an expression is true in a page.

    Asked for again and again from here: a waiting that the page itself does (`wait_for_function`) evaluates text, which
    the policy of our pages refuses as soon as the first look was in vain.
    """
    deadline = time.monotonic() + PATIENCE
    while not tab.evaluate(f"!!({expression})"):
        assert time.monotonic() < deadline, expression
        tab.wait_for_timeout(10)


# ---- pages that listen ---------------------------------------------------------------------------------------------


def alone(task: Coroutine[Any, Any, T]) -> T:
    """Run in a thread: with a browser in use, this one has a loop already."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, task).result(PATIENCE * 2)


@asynccontextmanager
async def page_at(path: str, preview: Running) -> AsyncIterator[WebSocketClientConnection]:
    """A connection like that of a page at `path`, which begins with the site's base path."""
    origin = f"http://127.0.0.1:{preview.port}"
    base = preview.url.removeprefix(origin)
    request = HTTPRequest(f"ws://127.0.0.1:{preview.port}{base}__preview/socket", headers={"Origin": origin})
    connection = await websocket_connect(request)
    await connection.write_message(json.dumps({"command": "hello", "protocols": []}))
    assert (await next_message(connection))["command"] == "hello", preview.lines
    await connection.write_message(json.dumps({"command": "info", "url": f"{origin}{path}"}))
    yield connection
    connection.close()
    while await connection.read_message() is not None:
        pass


async def next_message(connection: WebSocketClientConnection, command: str | None = None) -> dict[str, Any]:
    """The next message, or the next with that command."""
    while True:
        found = await asyncio.wait_for(asyncio.ensure_future(connection.read_message()), PATIENCE)
        message: dict[str, Any] = json.loads(str(found))
        if command in (None, message["command"]):
            return message
