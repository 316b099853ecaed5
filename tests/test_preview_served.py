"""What is served: the files of the site, never in the midst of a commit, and nothing beside them."""

import asyncio
import threading
from pathlib import Path

import pytest
from conftest import put
from previewing import alone

from builder.preview.served import Found, Served, digest

FILES = {
    "site/index.html": "top",
    "site/404.html": "lost",
    "site/talks/index.html": "talks",
    "site/talks/claims/a.html": '<link href="../../static/style.css"><img src="../pattern.svg"><img src="/x.svg">'
    '<img src="../../../x.svg">',
    "site/talks/pattern.svg": "<svg/>",
    "site/static/style.css": "a{}",
    "x.svg": "secret",
    "secret.html": "secret",
}


@pytest.fixture
def served(tmp_path: Path) -> Served:
    put(tmp_path, FILES)
    (tmp_path / "site/out.html").symlink_to(tmp_path / "secret.html")
    (tmp_path / "site/up").symlink_to(tmp_path)
    (tmp_path / "site/inner.html").symlink_to("index.html")
    return Served(tmp_path / "site")


@pytest.mark.parametrize(
    ("path", "file", "text"),
    [
        ("", "index.html", "top"),
        ("index.html", "index.html", "top"),
        ("talks/", "talks/index.html", "talks"),
        ("static/style.css", "static/style.css", "a{}"),
    ],
)
def test_a_file_or_the_page_of_a_folder(served: Served, path: str, file: str, text: str) -> None:
    assert served.find(path) == Found(file, text.encode())


def test_a_folder_should_be_asked_for_with_a_slash(served: Served) -> None:
    assert served.find("talks").folder
    assert not served.find("").folder


@pytest.mark.parametrize(
    "path",
    [
        "none.html", "../secret.html", "talks/../../secret.html", "..", "../", "./index.html", "/etc/passwd",
        "//etc/passwd", "talks//index.html", "out.html", "inner.html", "up/secret.html", "up", "up/",
        "a\0b", "..\\secret",
        "talks\\index.html", "\ud800", "a" * 5000, "static", "static/", "/".join("a" * 3000), "index.html/",
    ],
)  # fmt: skip
def test_anything_else_is_lost(served: Served, path: str) -> None:
    found = served.find(path)
    assert found == Found("404.html", b"lost", lost=True) or (path == "static" and found.folder)


def test_without_a_site_there_is_nothing(tmp_path: Path) -> None:
    assert Served(tmp_path / "none").find("") == Found("", b"", lost=True)


def test_the_state_of_a_page_is_its_digest_and_those_of_its_parts(served: Served) -> None:
    page, parts = served.state("talks/claims/a.html")
    assert page == digest(served.find("talks/claims/a.html").data)
    assert parts == {"../../static/style.css": digest(b"a{}"), "../pattern.svg": digest(b"<svg/>")}
    assert served.state("gone.html")[0] == digest(b"lost")


def test_nobody_reads_in_the_midst_of_a_commit(served: Served) -> None:
    begun, go_on = threading.Event(), threading.Event()
    seen: list[str] = []

    def commit() -> None:
        with served.replaced():
            begun.set()
            go_on.wait(30)
            seen.append("written")

    async def read() -> None:
        worker = threading.Thread(target=commit)
        worker.start()
        begun.wait(30)
        asyncio.get_running_loop().call_later(0.05, go_on.set)  # the loop goes on meanwhile
        async with served.whole():
            seen.append("read")
        worker.join()

    alone(read())
    assert seen == ["written", "read"]
