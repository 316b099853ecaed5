"""Fetching from strangers: what is fine comes whole, all else ends soon with one line that says why."""

from __future__ import annotations

import gzip
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from builder import fetch as module
from builder.fetch import MAX_BYTES, MAX_REDIRECTS, Fetched, FetchError, _inside, _opener, fetch

PAGE = b"<!doctype html><title>Bridge</title><p>caf\xc3\xa9"

TLS = b"\x16\x03"
"""How a conversation over https starts."""
Answer = Callable[[str, socket.socket], None]
"""What a server does with a request for a path."""


def head(*lines: str, status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode()


def page(*lines: str, data: bytes = PAGE, status: str = "200 OK") -> bytes:
    return head("Content-Type: text/html", *lines, f"Content-Length: {len(data)}", status=status) + data


class Server(socketserver.ThreadingTCPServer):
    """Answers byte for byte as it is told, and keeps what it was asked."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, bytes | Answer] = {}
        self.asked: list[str] = []
        self.over = threading.Event()

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever asked has hung up, as they should."""

    @property
    def at(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(socketserver.BaseRequestHandler):
    server: Server

    def handle(self) -> None:
        request = b""
        while not request.startswith(TLS) and b"\r\n\r\n" not in request and (more := self.request.recv(65536)):
            request += more
        self.server.asked.append(request.decode("latin-1"))
        if request.startswith(TLS):
            self.request.sendall(page())
            return
        answer = self.server.answers[request.split(b" ")[1].decode()]
        if callable(answer):
            answer("", self.request)
        else:
            self.request.sendall(answer)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join()


def why(address: str, patience: float = 5.0, in_all: float = 10.0) -> str:
    """Why a page is refused: one line, in which nothing can steer a terminal."""
    with pytest.raises(FetchError) as refused:
        fetch(address, patience, in_all)
    line = str(refused.value)
    assert line.isprintable()
    return line


def answered(server: Server, answer: bytes | Answer, **times: float) -> str:
    server.answers["/"] = answer
    return why(f"{server.at}/", **times)


# ---- what is fine -------------------------------------------------------------------------------------------------


def test_a_page_comes_with_its_address_and_what_http_says_of_it(server: Server) -> None:
    server.answers["/a?b=%20c"] = page().replace(b"text/html", b"text/html; charset=koi8-r")
    assert fetch(f"{server.at}/a?b=%20c#part") == Fetched(PAGE, f"{server.at}/a?b=%20c#part", False, "koi8-r")


def test_the_request_names_the_project_and_carries_nothing_else(server: Server) -> None:
    server.answers["/"] = page("Set-Cookie: a=b")
    fetch(server.at)
    fetch(server.at)
    for request in server.asked:
        lines = [line.partition(":")[0].lower() for line in request.splitlines()[1:] if line]
        assert sorted(lines) == ["accept", "accept-encoding", "connection", "host", "user-agent"]
        assert "\r\nUser-Agent: Variorum/" in request


def test_other_letters_in_an_address_are_spelt_as_bytes(server: Server) -> None:
    server.answers["/br%C3%BCcke/a%20b?q=%E6%A1%A5"] = page()
    assert fetch(f"{server.at}/brücke/a b?q=桥").data == PAGE


@pytest.mark.parametrize("kind", ["text/plain", "text/html;x", "application/xhtml+xml", "TEXT/HTML"])
def test_text_and_html_are_read(server: Server, kind: str) -> None:
    server.answers["/"] = page().replace(b"text/html", kind.encode())
    got = fetch(server.at)
    assert (got.data, got.plain, got.charset) == (PAGE, kind == "text/plain", None)


def test_a_page_without_a_kind_or_length_is_html_to_its_end(server: Server) -> None:
    server.answers["/"] = head() + PAGE
    assert fetch(server.at) == Fetched(PAGE, server.at, False, None)


def test_a_page_in_chunks_is_put_together(server: Server) -> None:
    server.answers["/"] = head("Transfer-Encoding: chunked") + b"3\r\n<!d\r\n2;x=y\r\noc\r\n0\r\n\r\n"
    assert fetch(server.at).data == b"<!doc"


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "GZIP"])
def test_a_packed_page_is_unpacked(server: Server, coding: str) -> None:
    data = gzip.compress(PAGE[:20]) + gzip.compress(PAGE[20:])
    server.answers["/"] = page(f"Content-Encoding: {coding}", data=data)
    assert fetch(server.at).data == PAGE


def test_redirects_are_followed_to_the_page(server: Server) -> None:
    for number in range(MAX_REDIRECTS):
        status = ("301 A", "302 B", "303 C", "307 D", "308 E")[number]
        server.answers[f"/{number}"] = page(f"Location: {number + 1}#x", status=status)
    server.answers[f"/{MAX_REDIRECTS}"] = page()
    assert fetch(f"{server.at}/0").address == f"{server.at}/{MAX_REDIRECTS}"


# ---- addresses ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "data:text/html,x",
        "http://",
        "http://user:secret@127.0.0.1/",
        "http://[::1/",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:x/",
        "http://a..b/",
        "http://a\nb/",
        "x\x1b[2J",
    ],
)
def test_what_is_no_web_address_is_not_fetched(address: str) -> None:
    assert "is no web address" in why(address)


def test_an_address_cannot_slip_a_second_request_in(server: Server) -> None:
    assert "is no web address" in why(f"{server.at}/x HTTP/1.1\r\nHost: other")
    assert server.asked == []


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://x/", "data:text/html,x", "javascript:x", "http://[x/"])
def test_redirects_lead_nowhere_but_to_http(server: Server, to: str) -> None:
    line = answered(server, page(f"Location: {to}", status="302 Found"))
    assert f"redirects to {to}: only http and https are followed" in line


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("Location: /", f"redirects more than {MAX_REDIRECTS} times"),
        ("X: y", "a redirect that leads nowhere"),
        ("Location: http://user@127.0.0.1/", "is no web address"),
        ("Location: x:\x1b[2J\xe9", "only http and https are followed"),
    ],
)
def test_redirects_without_an_end_are_not_followed(server: Server, to: str, said: str) -> None:
    assert said in answered(server, head(to, "Content-Length: 0", status="302 Found"))
    assert len(server.asked) <= MAX_REDIRECTS + 1


# ---- who answers wrongly ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (page(status="404 \x1b[2JGone fishing"), "answered 404 Not Found, and no page"),
        (page(status="599 Odd"), "answered 599, and no page"),
        (page(status="204 No Content", data=b""), "answered 204 No Content, and no page"),
        (page().replace(b"text/html", b"application/pdf"), "sent application/pdf; only HTML and plain text"),
        (page().replace(b"text/html", b"image/\x1b[2J"), "only HTML and plain text can be read"),
        (page("Content-Encoding: br"), "packed in a way that was not asked for: br"),
        (page("Content-Encoding: gzip"), "cannot be unpacked"),
        (page("Content-Encoding: gzip", data=gzip.compress(PAGE)[:-9]), "broke off"),
        (page("Content-Encoding: gzip", data=gzip.compress(b"") * 5000), "cannot be unpacked"),
        (head("Content-Length: 100") + PAGE, "broke off"),
        (head("Transfer-Encoding: chunked") + b"ff\r\nshort", "broke off"),
        (head("Transfer-Encoding: chunked") + b"zz\r\n", "broke off"),
        (b"", "answered nothing that HTTP knows"),
        (b"SSH-2.0-x\r\n", "answered nothing that HTTP knows"),
        (b"HTTP/1.1 200 OK\r\n" + b"a: " + b"b" * 70_000 + b"\r\n\r\n", "answered nothing that HTTP knows"),
        (b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 1000 + b"\r\n", "answered nothing that HTTP knows"),
    ],
)
def test_an_answer_that_is_no_page_is_refused_in_words(server: Server, answer: bytes, said: str) -> None:
    assert said in answered(server, answer)


def test_a_server_that_cannot_encrypt_is_no_server_over_https(server: Server) -> None:
    assert "cannot be reached" in why(server.at.replace("http:", "https:"))


def test_certificates_are_verified() -> None:
    (context,) = [
        vars(handler)["_context"] for handler in vars(_opener())["handlers"] if hasattr(handler, "https_open")
    ]
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


@pytest.mark.parametrize("own", [[False], [True, False], []])
def test_a_stranger_cannot_send_us_into_our_own_network(
    server: Server, monkeypatch: pytest.MonkeyPatch, own: list[bool]
) -> None:
    for address in ("http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1/", "http://192.168.0.8:1/x"):
        assert _inside(address) == [True]
    assert _inside("http://8.8.8.8/") == [False]
    assert _inside("http://nowhere.invalid/") == []
    monkeypatch.setattr(module, "_inside", lambda address: [True] if "localhost" in address else own)
    to = server.at.replace("127.0.0.1", "localhost")
    server.answers["/inside"] = page()
    assert "which is no place on the web" in answered(server, page(f"Location: {to}/inside", status="302 Found"))
    assert len(server.asked) == 1


def test_nobody_there_is_said_in_words() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert "cannot be reached: Connection refused" in why(f"http://127.0.0.1:{free.getsockname()[1]}/")


# ---- bounds -------------------------------------------------------------------------------------------------------


def endless(_: str, to: socket.socket) -> None:
    to.sendall(head("Content-Type: text/html"))
    while True:
        to.sendall(b"word " * 10_000)


def test_a_page_without_an_end_is_not_read_to_it(server: Server) -> None:
    assert f"sent more than {MAX_BYTES // 1024**2} MB" in answered(server, endless)


def test_a_page_that_unpacks_to_too_much_is_not_unpacked(server: Server) -> None:
    bomb = gzip.compress(b"\0" * (MAX_BYTES + 1))
    assert len(bomb) < 10_000
    assert "sent more than 5 MB" in answered(server, page("Content-Encoding: gzip", data=bomb))
    halves = gzip.compress(b"\0" * (MAX_BYTES // 2 + 1)) * 2
    assert "sent more than 5 MB" in answered(server, page("Content-Encoding: gzip", data=halves))


def test_a_server_that_says_nothing_is_not_waited_for(server: Server) -> None:
    line = answered(server, lambda _, to: waited(server, to), patience=0.1)
    assert "did not answer within 0.1 seconds" in line


def test_a_server_that_stops_in_the_middle_is_not_waited_for(server: Server) -> None:
    def stops(_: str, to: socket.socket) -> None:
        to.sendall(head("Content-Length: 100") + PAGE)
        waited(server, to)

    assert "broke off" in answered(server, stops, patience=0.1)


@pytest.mark.parametrize("start", [b"", head()], ids=["head", "body"])
def test_a_server_that_drips_is_not_waited_for(server: Server, start: bytes) -> None:
    def drips(_: str, to: socket.socket) -> None:
        to.sendall(start or b"HTTP/1.1 200 OK\r\nX: ")
        while not server.over.wait(0.02):
            to.sendall(b"x")

    assert "did not answer within 0.3 seconds" in answered(server, drips, patience=5.0, in_all=0.3)


def waited(server: Server, to: socket.socket) -> None:
    """Say nothing until the test is over."""
    server.over.wait(10)
    to.close()


# ---- the only place -----------------------------------------------------------------------------------------------


def test_no_other_module_asks_anything_of_the_network() -> None:
    folder = Path(module.__file__).parent
    users = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        if any(word in path.read_text("utf-8") for word in ("urllib.request", "http.client", "urlopen"))
    }
    assert users == {"fetch.py"}
