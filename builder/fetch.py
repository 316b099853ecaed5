"""Fetching a web page: the only place where the builder asks anything of the network, and only when told an address.

Whoever answers is a stranger: what is read is bounded in size and time, before and after it is unpacked, and neither
an address nor a redirect leads anywhere but to http and https. No cookies; certificates are verified.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
import urllib.error
import urllib.request
import zlib
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from urllib.parse import quote, urldefrag, urljoin, urlsplit, urlunsplit

from builder import __version__
from builder.diagnostics import printable

MAX_BYTES = 5 * 1024 * 1024
"""Of an answer, as sent and as unpacked."""
MAX_MEMBERS = 100
"""Parts that a packed answer may have."""
MAX_REDIRECTS = 5
PATIENCE = 10.0
"""Seconds to wait for a connection, and for each part of an answer."""
IN_ALL = 30.0
"""Seconds for everything together, redirects included."""
KINDS = ("text/html", "application/xhtml+xml", "text/plain")

_HEADERS = {
    "User-Agent": f"Variorum/{__version__}",
    "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9",
    "Accept-Encoding": "gzip",
}
_SAFE = "%/:?#[]@!$&'()*+,;=~"
"""Signs of an address that stay as they are (RFC 3986); others are spelt as bytes."""


class FetchError(Exception):
    """Why an address gave no page, in one line."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered."""

    data: bytes
    address: str
    """The one that answered, after redirects."""
    plain: bool
    """Whether it is plain text, and no HTML."""
    charset: str | None
    """What HTTP says."""


def fetch(address: str, patience: float = PATIENCE, in_all: float = IN_ALL) -> Fetched:
    """Get a page; times in seconds. Raises FetchError."""
    until = time.monotonic() + in_all
    answers: list[Fetched | FetchError] = []

    def work() -> None:
        try:
            answers.append(_follow(address, patience, until))
        except FetchError as error:
            answers.append(error)
        except Exception as error:  # noqa: BLE001 - whatever a stranger's answer brings about is no bug of the curator's
            answers.append(FetchError(f"{_host(address)} could not be read: {printable(type(error).__name__)}."))

    # Names are looked up, and headers read, with no end in sight; a thread can be left behind.
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(in_all)
    answer = answers[0] if answers else FetchError(_late(address, in_all))
    if isinstance(answer, FetchError):
        raise answer
    return answer


def _follow(address: str, patience: float, until: float) -> Fetched:
    """Go where an address leads."""
    opener = _opener()
    for _ in range(MAX_REDIRECTS + 1):
        request = urllib.request.Request(_spelt(address), headers=_HEADERS)
        with _answer(opener, request, patience) as answer:
            if answer.status not in (301, 302, 303, 307, 308):
                return _read(answer, address, until)
            to = answer.headers.get("Location")
        if not to:
            raise FetchError(f"{_host(address)} answered with a redirect that leads nowhere.")
        address = _next(address, to)
    raise FetchError(f"{_host(address)} redirects more than {MAX_REDIRECTS} times.")


def _opener() -> urllib.request.OpenerDirector:
    """One that knows http and https, and neither files nor cookies; proxies as the environment says."""
    opener = urllib.request.OpenerDirector()
    context = ssl.create_default_context()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(context=context),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _answer(
    opener: urllib.request.OpenerDirector, request: urllib.request.Request, patience: float
) -> http.client.HTTPResponse:
    host = _host(request.full_url)
    try:
        answer = opener.open(request, timeout=patience)
    except TimeoutError as error:
        raise FetchError(_late(request.full_url, patience)) from error
    except urllib.error.URLError as error:
        raise FetchError(_unreachable(host, error.reason, patience)) from error
    except http.client.InvalidURL as error:
        raise FetchError(f"{printable(request.full_url[:200])} is no web address.") from error
    except (OSError, http.client.HTTPException) as error:
        raise FetchError(f"{host} answered nothing that HTTP knows.") from error
    if not isinstance(answer, http.client.HTTPResponse):
        raise FetchError(f"{printable(request.full_url[:200])} is no web address: only http and https are fetched.")
    return answer


def _unreachable(host: str, reason: object, patience: float) -> str:
    if isinstance(reason, TimeoutError):
        return _late(host, patience)
    if isinstance(reason, ssl.SSLCertVerificationError):
        return f"The certificate of {host} is not to be trusted: {printable(reason.verify_message)}."
    why = reason.strerror if isinstance(reason, OSError) and reason.strerror else str(reason)
    return f"{host} cannot be reached: {printable(why[:200])}."


def _late(address: str, seconds: float) -> str:
    return f"{_host(address)} did not answer within {seconds:g} seconds."


# ---- addresses -------------------------------------------------------------------------------------------------


def _next(address: str, to: str) -> str:
    """Where a redirect leads. Raises FetchError where that is nothing of the web's."""
    # http.client reads headers as Latin-1, while servers write addresses in UTF-8.
    spelt = to.encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        whole = urldefrag(urljoin(address, spelt.strip()))[0]
        scheme = urlsplit(whole).scheme
    except ValueError:
        whole = scheme = ""
    if scheme not in ("http", "https"):
        raise FetchError(f"{_host(address)} redirects to {printable(spelt[:100])}: only http and https are followed.")
    here = _inside(address)
    if any(_inside(whole)) and not (here and all(here)):  # a stranger's name may stand for places in both
        raise FetchError(f"{_host(address)} redirects to {_host(whole)}, which is no place on the web.")
    return whole


def _inside(address: str) -> list[bool]:
    """For each place that an address stands for, whether it is this machine or in its network.

    A stranger's page has no business there. Empty where nobody knows the address.
    """
    try:
        found = socket.getaddrinfo(urlsplit(address).hostname or "", None, type=socket.SOCK_STREAM)
        return [not ipaddress.ip_address(str(one[4][0]).partition("%")[0]).is_global for one in found]
    except (OSError, ValueError):
        return []  # then it is not reached either, unless by a proxy, which sees to its own network


def _spelt(address: str) -> str:
    """An address in ASCII, as HTTP wants it, without its fragment."""
    if re.search(r"[\x00-\x1f\x7f]", address):  # urllib would leave some of them out
        raise FetchError(f"{printable(address[:200])} is no web address.")
    try:
        parts = urlsplit(urldefrag(address)[0])
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError as error:
        raise FetchError(f"{printable(address[:200])} is no web address.") from error
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        raise FetchError(f"{printable(address[:200])} is no web address: only http and https are fetched.")
    host = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme, host + port, quote(parts.path or "/", _SAFE), quote(parts.query, _SAFE), ""))


def _host(address: str) -> str:
    try:
        return printable((urlsplit(address).netloc or address)[:100])
    except ValueError:
        return printable(address[:100])


# ---- what is sent ----------------------------------------------------------------------------------------------


def _read(answer: http.client.HTTPResponse, address: str, until: float) -> Fetched:
    host = _host(address)
    if answer.status != 200:
        raise FetchError(f"{host} answered {answer.status}{_phrase(answer.status)}, and no page.")
    kind, charset = _kind(answer.headers)
    if kind not in KINDS:
        raise FetchError(f"{host} sent {printable(kind[:60])}; only HTML and plain text can be read.")
    packed = (answer.headers.get("Content-Encoding") or "identity").strip().lower()
    if packed not in ("identity", "gzip", "x-gzip"):
        raise FetchError(f"{host} sent its page packed in a way that was not asked for: {printable(packed[:40])}.")
    try:
        data = _body(answer, host, until)
    except (OSError, http.client.HTTPException) as error:
        raise FetchError(f"{host} broke off in the middle of its answer.") from error
    if packed != "identity" and data:
        data = _unpacked(data, host)
    return Fetched(data, address, kind == "text/plain", charset)


def _phrase(status: int) -> str:
    """The usual words for a status; a server may send any others."""
    return f" {HTTPStatus(status).phrase}" if status in {known.value for known in HTTPStatus} else ""


def _kind(headers: Message) -> tuple[str, str | None]:
    kind = headers.get_content_type() if headers.get("Content-Type") else "text/html"
    charset = headers.get_param("charset")
    return kind, charset if isinstance(charset, str) and charset.strip() else None


def _body(answer: http.client.HTTPResponse, host: str, until: float) -> bytes:
    data = bytearray()
    while chunk := answer.read(65536):
        data += chunk
        if len(data) > MAX_BYTES:
            raise FetchError(f"{host} sent more than {MAX_BYTES // 1024**2} MB.")
        if time.monotonic() > until:
            raise FetchError(f"{host} did not come to an end in time.")
    if answer.length:
        raise http.client.IncompleteRead(bytes(data))
    return bytes(data)


def _unpacked(data: bytes, host: str) -> bytes:
    """What gzip holds: all of its members, and no more than MAX_BYTES."""
    out = b""
    try:
        for _ in range(MAX_MEMBERS):
            stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
            out += stream.decompress(data, MAX_BYTES + 1 - len(out))
            if len(out) > MAX_BYTES:
                raise FetchError(f"{host} sent more than {MAX_BYTES // 1024**2} MB.")
            if not stream.eof:
                raise FetchError(f"{host} broke off in the middle of its answer.")
            data = stream.unused_data.lstrip(b"\0")
            if not data:
                return out
    except zlib.error as error:
        raise FetchError(f"{host} sent a page that cannot be unpacked.") from error
    raise FetchError(f"{host} sent a page that cannot be unpacked.")
