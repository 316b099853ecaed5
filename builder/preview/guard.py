"""Who is answered: this computer, asked for by its own name, from its own pages.

A page of another site must neither read the preview nor make it do anything. A browser names the asker's site in
`Origin` and in `Sec-Fetch-Site` (Fetch Metadata, W3C), and the name that was asked for in `Host`, which a name that a
stranger has pointed at this computer (DNS rebinding) cannot hide.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from urllib.parse import urlsplit


def refusal(method: str, headers: Mapping[str, str], host: str) -> str | None:
    """Why a request is not answered, in a few words; None where it is. `host` is where the server listens."""
    asked = headers.get("Host", "")
    if not is_ours(asked, host):
        return "Not the name of this computer"
    origin = headers.get("Origin")
    if origin is not None and origin != f"http://{asked}":
        return "Asked by another site"
    visits = method == "GET" and headers.get("Sec-Fetch-Mode") == "navigate"
    at_top = headers.get("Sec-Fetch-Dest", "document") == "document"
    site = headers.get("Sec-Fetch-Site", "none")
    if site not in ("none", "same-origin") and not (visits and at_top):  # a link to the preview may be followed
        return "Asked by another site"
    return None


def is_ours(asked: str, host: str) -> bool:
    """Whether a Host header names this computer or the given host, or any address where all are listened at.

    A name that a stranger has pointed at this computer is none of these.
    """
    try:
        place = urlsplit(f"//{asked}")
        name, _ = place.hostname or "", place.port
    except ValueError:
        return False
    if place.netloc != asked or "@" in asked:
        return False
    everywhere = (given := _address(host)) is not None and given.is_unspecified
    return is_loopback(name) or name == host.lower() or (everywhere and _address(name) is not None)


def is_loopback(name: str) -> bool:
    """Whether a name or an address can only be this computer's own."""
    return name == "localhost" or ((address := _address(name)) is not None and address.is_loopback)


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None


_BASE = re.compile(r"(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*")


def base_path(value: str) -> str:
    """The path that a site will have, with a slash at both ends. Raises ValueError, with the cure."""
    path = value.strip("/") + "/" if value.strip("/") else ""
    if not _BASE.fullmatch(path) or path.startswith("__preview/"):
        raise ValueError(f"{value!r} is no path of a site; write it like /briefings/.")
    return f"/{path}"
