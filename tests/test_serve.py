"""The preview builds once per burst, renews good pages only, answers no strangers, and ends when told to."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Browser, ConsoleMessage
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from builder.serve import ServeError, _is_ours, serve, with_script

T = TypeVar("T")

PATIENCE = 30.0
"""How long a condition may take on a slow machine before a test fails, in seconds."""

POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'"

PROGRAM = f"""
import sys, time
from pathlib import Path
from builder.serve import ServeError, serve

root, host, port = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
POLICY = {POLICY!r}
builds = 0

def build():
    global builds
    builds += 1
    text = (root / "content/text").read_text()
    seen = len(list((root / "content").iterdir()))
    print(f"building {{builds}}", flush=True)
    while (root / "hold").exists():
        time.sleep(0.01)
    if text == "raise":
        raise ValueError("a bug")
    if text == "exit":
        sys.exit("strict")
    good = text != "fault"
    if good:
        page = f'<!doctype html><meta http-equiv="Content-Security-Policy" content="{{POLICY}}">'
        page += '<link rel="icon" href="icon.svg">'
        (root / "site/index.html").write_text(f"{{page}}<title>T</title><body><h1>{{text}}</h1></BODY></html>")
    print(f"built {{builds}} {{text}} {{seen}}", flush=True)
    return good

try:
    serve(root, build, root / "site", [Path("content"), Path("site.yaml")], host, port, False)
except ServeError as error:
    sys.exit(f"error: {{error}}")
"""


class Preview:
    """A preview in a process of its own, and what it has printed so far."""

    def __init__(self, root: Path, host: str = "127.0.0.1", port: int = 0) -> None:
        self.root = root
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", PROGRAM, str(root), host, str(port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=Path(__file__).parent.parent,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def wait_for(self, pattern: str) -> re.Match[str]:
        """The first line that matches as a whole."""
        return until(lambda: next(filter(None, (re.fullmatch(pattern, line) for line in [*self.lines])), None), self)

    @property
    def port(self) -> int:
        return int(self.wait_for(r"Serving http://[^ ]*:(\d+)/ \(Ctrl-C ends\)")[1])

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)

    def get(self, path: str, host: str | None = None, method: str = "GET") -> tuple[int, str, dict[str, str]]:
        """Status, body and headers of the answer to a path that is sent as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host=True)
            if host != "":
                connection.putheader("Host", host or f"127.0.0.1:{self.port}")
            connection.endheaders()
            response = connection.getresponse()
            return response.status, response.read().decode(), dict(response.getheaders())
        finally:
            connection.close()

    def interrupt(self) -> int:
        """Press Ctrl-C; the exit code."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return code

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()


def until(condition: Callable[[], T | None], preview: Preview) -> T:
    deadline = time.monotonic() + PATIENCE
    while (found := condition()) is None:
        assert time.monotonic() < deadline, preview.lines
        time.sleep(0.005)
    return found


def make_root(folder: Path) -> Path:
    for name, text in {
        "content/text": "one",
        "site.yaml": "",
        "site/404.html": "<title>Lost</title><body>lost</body>",
        "site/talks/index.html": "<body>talks</body>",
        "site/style.css": "a{}",
        "site/icon.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
        "secret.txt": "secret",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / "site/way-out").symlink_to(folder / "secret.txt")
    return folder


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    running = Preview(make_root(tmp_path))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """One preview for the tests that change nothing."""
    running = Preview(make_root(tmp_path_factory.mktemp("calm")))
    yield running
    running.stop()


# ---- pages -----------------------------------------------------------------------------------------------


def script_tag(port: int) -> str:
    return f'<script src="/livereload.js?host=127.0.0.1&amp;port={port}&amp;maxdelay=2000"></script>'


def test_a_page_is_served_with_the_script_at_its_end(calm: Preview) -> None:
    status, body, headers = calm.get("/")
    assert status == 200
    assert body.endswith(f"<h1>one</h1>{script_tag(calm.port)}\n</BODY></html>")
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert calm.get("/index.html")[1] == body
    assert calm.get("/", method="HEAD")[:2] == (200, "")


def test_the_script_is_the_one_of_livereload(calm: Preview) -> None:
    status, body, headers = calm.get("/livereload.js?host=127.0.0.1")
    assert status == 200
    assert "livereload.com/protocols" in body
    assert "javascript" in headers["Content-Type"]


def test_folders_styles_and_missing_pages(calm: Preview) -> None:
    assert calm.get("/talks/")[1].startswith("<body>talks<script")
    status, _, headers = calm.get("/talks")
    assert (status, headers["Location"]) == (302, "/talks/")
    status, body, headers = calm.get("/style.css")
    assert (status, body, headers["Content-Type"]) == (200, "a{}", "text/css; charset=utf-8")
    status, body, _ = calm.get("/none/at/all.html")
    assert status == 404
    assert body.startswith("<title>Lost</title><body>lost<script")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt", "/%2e%2e/secret.txt", "/talks/..%2f..%2fsecret.txt", "/..%5csecret.txt", "/way-out",
        "//etc/passwd", "/%2fetc%2fpasswd", "/a%00b", "/%ff",
    ],
)  # fmt: skip
def test_nothing_outside_the_folder_is_served(calm: Preview, path: str) -> None:
    status, body, _ = calm.get(path)
    assert status in (400, 404)
    assert "secret" not in body
    assert "root:" not in body


def test_a_redirect_never_leads_to_another_host(calm: Preview) -> None:
    assert calm.get("//talks")[2]["Location"] == "/talks/"


# ---- strangers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["evil.example", "evil.example:5500", "127.0.0.1.evil.example", "", "[", "a:b"])
def test_a_foreign_host_is_refused(calm: Preview, host: str) -> None:
    for path in ("/", "/livereload.js", "/livereload"):
        status, body, _ = calm.get(path, host=host)
        assert status in (400, 403)
        assert "one" not in body


@pytest.mark.parametrize(
    ("header", "host", "ours"),
    [
        ("localhost:5500", "127.0.0.1", True),
        ("127.0.0.1", "127.0.0.1", True),
        ("[::1]:5500", "127.0.0.1", True),
        ("192.168.0.7:5500", "127.0.0.1", False),
        ("192.168.0.7:5500", "192.168.0.7", True),
        ("192.168.0.7:5500", "0.0.0.0", True),
        ("evil.example", "0.0.0.0", False),
        ("My-Mac.local", "my-mac.local", True),
        ("[::1", "127.0.0.1", False),
        ("localhost:x", "127.0.0.1", False),
    ],
)
def test_which_hosts_are_ours(header: str, host: str, ours: bool) -> None:
    assert _is_ours(header, host) is ours


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:1", "null", "http://["])
def test_a_foreign_origin_is_refused_on_the_socket(calm: Preview, origin: str) -> None:
    async def connect() -> None:
        with pytest.raises(HTTPClientError) as caught:
            await websocket_connect(HTTPRequest(f"ws://127.0.0.1:{port}/livereload", headers={"Origin": origin}))
        assert caught.value.code == 403

    port = calm.port
    alone(connect())


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (b"<body>a</body>b</body>c", b"<body>a</body>b<script></body>c"),
        (b"<p>no body", b"<p>no body<script>"),
        (b"", b"<script>"),
    ],
)
def test_where_the_script_goes(page: bytes, expected: bytes) -> None:
    tag = b'<script src="/livereload.js?host=[::1]&amp;port=80&amp;maxdelay=2000"></script>\n'
    assert with_script(page, "[::1]") == expected.replace(b"<script>", tag)


# ---- changes ---------------------------------------------------------------------------------------------


def alone(task: Coroutine[Any, Any, T]) -> T:
    """Run in a thread: with Playwright in use, this one has a loop already."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, task).result(PATIENCE)


@asynccontextmanager
async def page_at(path: str, preview: Preview, port: int) -> AsyncIterator[WebSocketClientConnection]:
    """A connection like that of a page at `path`."""
    origin = f"http://127.0.0.1:{port}"
    request = HTTPRequest(f"ws://127.0.0.1:{port}/livereload", headers={"Origin": origin})
    connection = await websocket_connect(request)
    await connection.write_message(json.dumps({"command": "hello", "protocols": []}))
    assert json.loads(str(await connection.read_message()))["command"] == "hello", preview.lines
    await connection.write_message(json.dumps({"command": "info", "url": f"{origin}{path}"}))
    yield connection
    connection.close()
    while await connection.read_message() is not None:
        pass


async def next_command(connection: WebSocketClientConnection) -> str:
    message = await asyncio.wait_for(asyncio.ensure_future(connection.read_message()), PATIENCE)
    return str(json.loads(str(message))["command"])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("fault", "built 2 fault 1"),
        ("raise", "The build failed: ValueError: a bug"),
        ("exit", r"The build ended early \(strict\)\."),
    ],
)
def test_a_failed_build_keeps_the_last_good_site_and_reloads_nothing(preview: Preview, text: str, line: str) -> None:
    async def edit() -> list[str]:
        async with page_at("/", preview, port) as connection:
            preview.write("content/text", text)
            await asyncio.to_thread(preview.wait_for, line)
            assert "<h1>one</h1>" in (await asyncio.to_thread(preview.get, "/"))[1]
            preview.write("content/text", "three")
            commands = [await next_command(connection)]
            assert "<h1>three</h1>" in (await asyncio.to_thread(preview.get, "/"))[1]
            preview.write("content/text", "four")
            return [*commands, await next_command(connection)]

    port = preview.port
    preview.get("/")
    assert alone(edit()) == ["reload", "reload"]
    preview.wait_for(r"built \d+ four 1")


def test_a_page_from_before_the_newest_site_is_renewed_when_it_connects(preview: Preview) -> None:
    async def connect() -> list[str]:
        async with page_at("/from-an-earlier-server.html", preview, port) as old:
            return [await next_command(old)]

    port = preview.port
    assert alone(connect()) == ["reload"]


def test_a_burst_of_changes_is_one_build_and_none_is_lost_during_a_build(preview: Preview) -> None:
    assert preview.port
    preview.write("hold", "")
    preview.write("content/first", "")
    preview.wait_for("building 2")
    for n in range(10):
        preview.write(f"content/{n}", "")
    (preview.root / "hold").unlink()
    preview.wait_for(r"built \d+ one 12")
    preview.write("content/last", "")
    last = preview.wait_for(r"built (\d+) one 13")
    assert int(last[1]) <= 2 + 2 + 1


def test_a_site_yaml_that_is_replaced_and_a_folder_that_comes_back_are_seen(preview: Preview) -> None:
    assert preview.port
    for number in (2, 3):
        preview.write("new", f"{number}")
        (preview.root / "new").replace(preview.root / "site.yaml")
        preview.wait_for(rf"built {number} .*")
    (preview.root / "content").rename(preview.root / "away")
    preview.wait_for("The build failed: FileNotFoundError.*")
    (preview.root / "away").rename(preview.root / "content")
    preview.wait_for(r"built [5-9] one 1")
    until(lambda: changed_text_is_seen(preview), preview)


def changed_text_is_seen(preview: Preview) -> bool | None:
    """Edit until it is seen: between a folder's return and the new watch there is a gap, which no line marks."""
    preview.write("content/text", "seen")
    time.sleep(0.05)
    return any(re.fullmatch(r"built \d+ seen 1", line) for line in preview.lines) or None


def test_an_editors_locks_and_backups_build_nothing(preview: Preview) -> None:
    assert preview.port
    for name in (".text.swp", "#text#", "text~", ".#text"):
        preview.write(f"content/{name}", "")
        (preview.root / "content" / name).unlink()
    preview.write("content/text", "two")
    preview.wait_for("built 2 two 1")


def test_a_first_build_that_fails_is_served_too(tmp_path: Path) -> None:
    root = make_root(tmp_path)
    (root / "content/text").write_text("fault")
    (root / "site/404.html").unlink()
    running = Preview(root)
    try:
        status, body, _ = running.get("/")
        assert status == 404
        assert "no site yet" in body
        assert script_tag(running.port) in body
        running.write("content/text", "two")
        running.wait_for("built 2 two 1")
        assert running.get("/")[0] == 200
    finally:
        running.stop()


def test_a_browser_renews_the_page_within_its_policy(preview: Preview, browser: Browser) -> None:
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        said.append(message.text)

    with browser.new_context() as context:
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"http://127.0.0.1:{preview.port}/")
        for text in ("two", "three"):
            preview.write("content/text", text)
            page.get_by_role("heading", name=text).wait_for(timeout=PATIENCE * 1000)
    assert said == []


# ---- beginning and end -----------------------------------------------------------------------------------


def test_ctrl_c_ends_quietly_with_a_page_connected(preview: Preview) -> None:
    async def interrupt() -> int:
        async with page_at("/", preview, port):
            return await asyncio.to_thread(preview.interrupt)

    port = preview.port
    preview.get("/")
    preview.get("/none")
    assert alone(interrupt()) == 0
    assert preview.lines == ["building 1", "built 1 one 1", f"Serving http://127.0.0.1:{port}/ (Ctrl-C ends)"]


def test_ctrl_c_ends_in_the_middle_of_a_build(preview: Preview) -> None:
    assert preview.port
    preview.write("hold", "")
    preview.write("content/text", "two")
    preview.wait_for("building 2")
    assert preview.interrupt() == 0
    assert preview.lines[-1] == "building 2"


def test_the_default_port_gives_way_and_a_given_one_does_not(calm: Preview, tmp_path: Path) -> None:
    second = Preview(make_root(tmp_path))
    try:
        assert second.port != calm.port
        assert {second.port, calm.port} <= set(range(5500, 5600))
    finally:
        second.stop()
    with pytest.raises(ServeError, match=rf"^Port {calm.port} is taken\. Choose another with --port\.$"):
        serve(tmp_path, lambda: True, tmp_path, [], "127.0.0.1", calm.port, False)


@pytest.mark.parametrize(("host", "port"), [("203.0.113.1", 0), ("no.such.host.invalid", 0), ("127.0.0.1", 70000)])
def test_where_nobody_can_listen_is_said(tmp_path: Path, host: str, port: int) -> None:
    with pytest.raises(ServeError, match=r"Cannot listen|no port"):
        serve(tmp_path, lambda: True, tmp_path, [], host, port, False)


def test_an_open_host_is_warned_of(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("0.0.0.0", 0))
        port = free.getsockname()[1]
    running = Preview(make_root(tmp_path), "0.0.0.0", port)
    try:
        running.wait_for(r"Warning: with --host 0\.0\.0\.0, other computers .*")
        assert running.port == port
        assert running.get("/", host=f"192.0.2.7:{port}")[0] == 200
        assert running.get("/", host="evil.example")[0] == 403
    finally:
        running.stop()
