"""Strangers get nothing: no content, no path of this machine, and no end of the server."""

from __future__ import annotations

import base64
import json
import os
import re
import socket
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import put
from previewing import PATIENCE, Running, running
from samples import SMALL

from builder.preview.server import MOST_CONNECTIONS

SECRET = "a secret beside the site"
WORDS = ("ministers", "Geneva", SECRET, "root:", "data-token")
"""What stands in the site, beside it, or in the token's place."""


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One for all of them: it has to live to the end."""
    root = tmp_path_factory.mktemp("besieged")
    put(root, {**SMALL, "secret.html": SECRET, "content/case/notes.html": SECRET, ".variorum/preview.html": SECRET})
    with running(root) as found:
        assert found.get("/case/").status == 200
        (root / ".variorum/preview/way-out.html").symlink_to(root / "secret.html")
        (root / ".variorum/preview/up").symlink_to(root)
        yield found


def sent(preview: Running, data: bytes, *, whole: bool = True) -> str:
    """What the server answers to these bytes, until it closes the connection or says no more."""
    answer = b""
    with socket.create_connection(("127.0.0.1", preview.port), timeout=PATIENCE) as connection:
        try:
            connection.sendall(data)
            if whole:
                connection.shutdown(socket.SHUT_WR)
            while chunk := connection.recv(65536):
                answer += chunk
        except OSError:  # it hung up on us
            pass
    return answer.decode("utf-8", "replace")


def request(line: str, *headers: str, host: str | None = "", body: str = "") -> bytes:
    """A request; `host` is the right one if not given, none for None."""
    names = [] if host is None else [f"Host: {host or 'HERE'}"]
    length = [f"Content-Length: {len(body.encode())}"] if body else []
    return "\r\n".join([f"{line} HTTP/1.1", *names, *headers, *length, "Connection: close", "", body]).encode()


UPGRADE = (
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Version: 13",
    f"Sec-WebSocket-Key: {base64.b64encode(b'0123456789abcdef').decode()}",
)
OPEN = json.dumps({"file": "site.yaml", "line": 1, "column": 1})
WRITE = json.dumps({"page": "case/sources/one.html", "start": 0, "end": 9, "claim": "met", "stance": "supports"})
JSON = "Content-Type: application/json"

FOREIGN_HOSTS = [
    "evil.example", "evil.example:PORT", "127.0.0.1.evil.example:PORT", "localhost.evil.example", "evil@127.0.0.1:PORT",
    "192.0.2.7:PORT", "0.0.0.0:PORT", "[::ffff:192.0.2.7]:PORT", "127.0.0.1:PORT, evil.example", "[", "a:b", "%31",
]  # fmt: skip
FOREIGN_ORIGINS = [
    "http://evil.example", "null", "http://127.0.0.1:1", "https://HERE", "http://HERE.evil.example", "http://[",
    "http://localhost:PORT", "file://", "http://evil@HERE", "vscode-webview://x",
]  # fmt: skip
PATHS = [
    "/../secret.html", "/../../secret.html", "/%2e%2e/secret.html", "/%2e%2e%2fsecret.html", "/..%2fsecret.html",
    "/case/..%2f..%2fsecret.html", "/case/%252e%252e/%252e%252e/secret.html", "/..%5csecret.html", "/..\\secret.html",
    "/%c0%ae%c0%ae/secret.html", "/%uff0e%uff0e/secret.html", "/..;/secret.html", "/./../secret.html",
    "//etc/passwd", "/%2fetc%2fpasswd", "///etc/passwd", "/file:///etc/passwd", "/way-out.html", "/up/secret.html",
    "/up/content/case/notes.html", "/../preview.html", "/a%00.html", "/secret.html%00.css", "/%ff%fe", "/%",
    "/__preview/../../secret.html", "/__preview/%2e%2e%2fcurator.py", "/__preview/..%2f..%2fbuilder/cli.py",
    "/__preview/client.js/../../x", "/CON", "/" + "a" * 20_000, "/" + "a/" * 5_000,
]  # fmt: skip

HOSTILE: dict[str, bytes] = {
    **{f"host {host}": request("GET /case/", host=host) for host in FOREIGN_HOSTS},
    "no host": request("GET /case/", host=None),
    "two hosts": request("GET /case/", "Host: evil.example"),
    "a host for the answers": request("GET /__preview/places?page=case/index.html", host="evil.example"),
    **{f"origin {origin}": request("GET /case/", f"Origin: {origin}") for origin in FOREIGN_ORIGINS},
    **{f"path {path[:60]}": request(f"GET {path}") for path in PATHS},
    "an address of another site": request("GET http://evil.example/case/"),
    "a picture of another site's page": request(
        "GET /case/data/pattern.svg", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"),
    "a frame in another site's page": request(
        "GET /case/", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"),
    "another port of this computer": request("GET /case/", "Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors"),
    "a form of another site": request(
        "POST /__preview/open", "Origin: http://evil.example", "Content-Type: text/plain", body=OPEN),
    "a form without an origin": request("POST /__preview/open", JSON, body=OPEN),
    "a wrong token": request("POST /__preview/write", JSON, "X-Preview-Token: x", body=WRITE),
    "an odd token": request("POST /__preview/write", JSON, "X-Preview-Token: \xe9", body=WRITE),
    "an answer without a token": request("GET /__preview/article?page=case/sources/one.html"),
    "asking whether it may ask": request(
        "OPTIONS /__preview/open", "Origin: http://evil.example", "Access-Control-Request-Method: POST",
        "Access-Control-Request-Headers: x-preview-token"),
    **{f"method {method}": request(f"{method} /case/") for method in ("POST", "PUT", "DELETE", "PATCH", "BREW")},
    "the end of the server": request("GET /forcereload"),
    "a proxy": request("CONNECT evil.example:443"),
    "too long a body": request("POST /__preview/open", JSON, body="x" * 200_000),
    "a body that is longer than it says": request("POST /__preview/open", "Content-Length: 99999999999"),
    "a negative length": request("POST /__preview/open", "Content-Length: -1"),
    "two lengths": request("POST /__preview/open", "Content-Length: 3", "Content-Length: 4"),
    "a length and chunks": request(
        "POST /__preview/open", "Transfer-Encoding: chunked", "Content-Length: 4") + b"0\r\n\r\n",
    "an endless chunk": request("POST /__preview/open", "Transfer-Encoding: chunked") + b"FFFFFFFFFFFFFFFF\r\nx",
    "too many headers": request("GET /case/", *(f"X-{n}: {'a' * 100}" for n in range(1000))),
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)),
    "an old HTTP": b"GET /case/\r\n\r\n",
    "another HTTP": b"GET /case/ HTTP/9.9\r\nHost: HERE\r\n\r\n",
    "a header in two lines": request("GET /case/", "X-A: b\r\n c: d", "Host: evil.example"),
    "a line end in the path": request("GET /case/\r\nX: y"),
    "zeros": b"\x00" * 70_000,
    "escapes for the terminal": request("GET /\x1b]0;title\x07\x1b[2J", "User-Agent: \x1b[31m", host="\x1b[31m"),
    "a socket without an origin": request("GET /__preview/socket", *UPGRADE),
    "a socket of another site": request("GET /__preview/socket", *UPGRADE, "Origin: http://evil.example"),
    "a socket for another name": request(
        "GET /__preview/socket", *UPGRADE, "Origin: http://evil.example", host="evil.example"),
    "an old socket": request("GET /livereload", *UPGRADE, "Origin: http://evil.example"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_a_stranger_gets_nothing(preview: Running, what: str) -> None:
    data = HOSTILE[what].replace(b"HERE", f"127.0.0.1:{preview.port}".encode())
    answer = sent(preview, data.replace(b"PORT", str(preview.port).encode()))
    statuses = re.findall(r"^HTTP/1\.[01] (\d{3})", answer)
    assert statuses in ([], ["400"], ["403"], ["404"], ["405"], ["411"], ["413"], ["414"], ["431"], ["505"])
    assert statuses != ["404"] or "There is no page here" in answer or re.search(r"\r\n\r\n404 [^\n]*\n$", answer)
    if "There is no page here" not in answer:
        assert not [word for word in WORDS if word in answer]
    assert SECRET not in answer
    assert str(preview.root) not in answer
    assert "Traceback" not in answer
    assert preview.get("/case/").status == 200


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 60


def test_sockets_by_the_hundred_end_nothing(preview: Running) -> None:
    upgrade = request("GET /__preview/socket", *UPGRADE, f"Origin: http://127.0.0.1:{preview.port}")
    upgrade = upgrade.replace(b"HERE", f"127.0.0.1:{preview.port}".encode()).replace(b"Connection: close\r\n", b"")
    held: list[socket.socket] = []
    try:
        for number in range(600):
            connection = socket.create_connection(("127.0.0.1", preview.port), timeout=PATIENCE)
            held.append(connection)
            with suppress(OSError):  # it hung up on us
                connection.sendall(upgrade if number % 2 else b"GET / HTTP/1.1\r\n")
        assert preview.process.poll() is None
    finally:
        for connection in held:
            connection.close()
    preview.until(lambda: answered(preview))


def test_whoever_holds_hundreds_of_connections_does_not_shut_out_the_curator(preview: Running) -> None:
    held = [socket.create_connection(("127.0.0.1", preview.port), timeout=PATIENCE) for _ in range(MOST_CONNECTIONS)]
    try:
        for number, connection in enumerate(held):
            head = f"POST /__preview/open HTTP/1.1\r\nHost: 127.0.0.1:{preview.port}\r\nContent-Length: 9\r\n"
            connection.sendall(head.encode() + (b"\r\n{" if number % 2 else b""))
        assert preview.get("/case/").status == 200
    finally:
        for connection in held:
            connection.close()


def test_a_socket_that_goes_while_it_is_told_is_not_spoken_of(preview: Running) -> None:
    upgrade = request("GET /__preview/socket", *UPGRADE, "Origin: http://HERE").replace(b"Connection: close\r\n", b"")
    greeting = masked(b'{"command": "info", "url": "/case/index.html"}') * 200
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", preview.port), timeout=PATIENCE) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # no goodbye
            connection.sendall(upgrade.replace(b"HERE", f"127.0.0.1:{preview.port}".encode()) + greeting)
            connection.recv(1)
    assert preview.get("/case/").status == 200


def answered(preview: Running) -> bool | None:
    """Whether the curator is answered."""
    try:
        return preview.get("/case/").status == 200 or None
    except (OSError, AssertionError):
        return None


def test_a_socket_may_say_what_it_likes(preview: Running) -> None:
    frames = [
        b'{"command": "hello"', b"[]", b"null", b'{"command": 1}', b'{"command": "info", "url": 5}', b"\xff\xfe",
        b'{"command": "info", "url": "http://[/"}', b'{"command": "info", "url": "/../../../etc/passwd"}',
        b'{"command": "info", "url": "/%00"}', b'{"command": "info", "url": "/up/secret.html"}', b"[" * 5000,
    ]  # fmt: skip
    for frame in frames:
        upgrade = request("GET /__preview/socket", *UPGRADE, "Origin: http://HERE").replace(
            b"Connection: close\r\n", b""
        )
        data = upgrade.replace(b"HERE", f"127.0.0.1:{preview.port}".encode()) + masked(frame) + masked(b"", 8)
        answer = sent(preview, data, whole=False)
        assert answer.startswith("HTTP/1.1 101")
        assert not [word for word in (*WORDS, "Traceback", str(preview.root)) if word in answer]
    assert preview.get("/case/").status == 200


def masked(text: bytes, kind: int = 1) -> bytes:
    """A frame of a WebSocket (RFC 6455, 5.2): 1 is text, 8 the end."""
    mask = os.urandom(4)
    length = bytes([0x80 | len(text)]) if len(text) < 126 else b"\xfe" + len(text).to_bytes(2, "big")
    return bytes([0x80 | kind]) + length + mask + bytes(one ^ mask[at % 4] for at, one in enumerate(text))


def test_nothing_of_all_that_reached_the_terminal(preview: Running) -> None:
    preview.until(lambda: answered(preview))
    shown = "\n".join(preview.lines)
    assert len(preview.lines) == 3, shown
    assert not [word for word in ("\x1b", "Traceback", "evil", "secret") if word in shown]


def test_an_answer_names_no_path_of_this_machine(preview: Running, tmp_path: Path) -> None:
    for body in (
        {"file": "../secret.html", "line": 1, "column": 1},
        {"file": str(tmp_path), "line": 1, "column": 1},
        {"file": "content/case/none.yaml", "line": 1, "column": 1},
        {"file": "content/case/claims.yaml", "line": -1, "column": 1},
        {"file": "content/case/claims.yaml"},
        {"file": ["x"], "line": "1; rm", "column": True},
        {},
    ):
        reply = preview.ask("open", body)
        assert reply.status == 409
        assert "error" in json.loads(reply.text)
        assert str(preview.root.parent) not in reply.text
        assert str(tmp_path) not in reply.text


@pytest.mark.parametrize("file", ["content", "content/", "content//", "content/case", "seeds/one.txt", "site.yaml", ""])
def test_what_is_no_fault_is_not_mended(preview: Running, file: str) -> None:
    reply = preview.ask("fix", {"file": file, "line": 1, "column": 1, "code": "quotation-words"})
    assert (reply.status, json.loads(reply.text)) == (409, {"error": "This fault is no longer there."})
