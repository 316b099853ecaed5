"""Who is answered: this computer, by its own name, from its own pages."""

import pytest

from builder.preview.guard import base_path, is_ours, refusal

HERE = "127.0.0.1:5500"


@pytest.mark.parametrize(
    ("asked", "host", "ours"),
    [
        ("localhost:5500", "127.0.0.1", True),
        ("LOCALHOST:5500", "127.0.0.1", True),
        ("127.0.0.1", "127.0.0.1", True),
        ("127.8.9.1:80", "127.0.0.1", True),
        ("[::1]:5500", "127.0.0.1", True),
        ("192.168.0.7:5500", "127.0.0.1", False),
        ("192.168.0.7:5500", "192.168.0.7", True),
        ("192.168.0.7:5500", "0.0.0.0", True),
        ("[fe80::1]:5500", "::", True),
        ("evil.example", "0.0.0.0", False),
        ("My-Mac.local", "my-mac.local", True),
        ("127.0.0.1.evil.example", "127.0.0.1", False),
        ("localhost.evil.example", "127.0.0.1", False),
        ("evil@localhost", "127.0.0.1", False),
        ("localhost/..", "127.0.0.1", False),
        ("localhost#", "127.0.0.1", False),
        ("[::1", "127.0.0.1", False),
        ("localhost:x", "127.0.0.1", False),
        ("localhost:99999", "127.0.0.1", False),
        ("0.0.0.0:5500", "127.0.0.1", False),
        ("2130706433", "127.0.0.1", False),
        ("", "127.0.0.1", False),
    ],
)
def test_which_names_are_ours(asked: str, host: str, ours: bool) -> None:
    assert is_ours(asked, host) is ours


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": f"http://{HERE}"},
        {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
        {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "script"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
    ],
)
def test_the_curator_is_answered(headers: dict[str, str]) -> None:
    assert refusal("GET", {"Host": HERE, **headers}, "127.0.0.1") is None


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("GET", {"Host": "evil.example"}),
        ("GET", {"Host": HERE, "Origin": "http://evil.example"}),
        ("GET", {"Host": HERE, "Origin": "null"}),
        ("GET", {"Host": HERE, "Origin": ""}),
        ("GET", {"Host": HERE, "Origin": "http://127.0.0.1:5501"}),
        ("GET", {"Host": HERE, "Origin": f"https://{HERE}"}),
        ("GET", {"Host": HERE, "Origin": "http://localhost:5500"}),
        ("GET", {"Host": HERE, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}),
        ("GET", {"Host": HERE, "Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}),
        (
            "GET",
            {"Host": HERE, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
        ),
        (
            "POST",
            {"Host": HERE, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
        ),
    ],
)
def test_strangers_are_not(method: str, headers: dict[str, str]) -> None:
    assert refusal(method, headers, "127.0.0.1")


@pytest.mark.parametrize(
    ("value", "path"),
    [("", "/"), ("/", "/"), ("briefings", "/briefings/"), ("/a/b-2/", "/a/b-2/"), ("~me/x_y.z", "/~me/x_y.z/")],
)
def test_a_base_path_has_a_slash_at_both_ends(value: str, path: str) -> None:
    assert base_path(value) == path


@pytest.mark.parametrize(
    "value", ["a b", "..", "a/../b", "a//b", ".", "a?b", "a#b", "%2e", "é", "__preview", "a\n", "a\\b", '"', "{}"]
)
def test_anything_else_is_no_base_path(value: str) -> None:
    with pytest.raises(ValueError, match="is no path of a site; write it like /briefings/"):
        base_path(value)
