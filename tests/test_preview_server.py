"""The preview begins at once, survives whatever a build does, gives way on its port, and ends when told to."""

from __future__ import annotations

import re
import shutil
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from conftest import put
from previewing import Running, alone, next_message, page_at, running
from samples import ROOT, SMALL

from builder.preview.labour import Labour
from builder.preview.outcome import Next
from builder.preview.restart import try_out
from builder.preview.served import Served
from builder.preview.server import Plan, ServeError, serve

CLAIMS = "content/case/claims.yaml"


@pytest.fixture
def preview(small_site: Path) -> Iterator[Running]:
    with running(small_site) as found:
        yield found


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One preview for the tests that change nothing."""
    root = tmp_path_factory.mktemp("calm")
    put(root, SMALL)
    with running(root) as found:
        yield found


# ---- pages ---------------------------------------------------------------------------------------------------------


def test_a_page_is_the_one_on_the_disk_with_the_client_in_its_head(calm: Running) -> None:
    reply = calm.get("/case/matrix.html")
    assert reply.status == 200
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert reply.headers["Cache-Control"] == "no-store"
    added = re.search(r'<link rel="stylesheet" href="/__preview/client\.css"><script [^>]*></script>', reply.text)
    assert added
    assert reply.text.replace(added[0], "") == (calm.root / ".variorum/preview/case/matrix.html").read_text()
    assert calm.get("/case/matrix.html", method="HEAD").text == ""


def test_folders_styles_and_missing_pages(calm: Running) -> None:
    assert calm.get("/case/").text == calm.get("/case/index.html").text
    assert (calm.get("/case").status, calm.get("/case").headers["Location"]) == (302, "/case/")
    style = calm.get("/static/style.css")
    assert (style.status, style.headers["Content-Type"]) == (200, "text/css; charset=utf-8")
    lost = calm.get("/none/at/all.html")
    assert lost.status == 404
    assert "There is no page here" in lost.text
    assert "__preview/client.js" in lost.text


def test_what_runs_in_the_browser_is_served_and_nothing_else_of_its_folder(calm: Running) -> None:
    for name in ("client.js", "patch.js", "faults.js", "places.js", "article.js", "client.css"):
        assert calm.get(f"/__preview/{name}").status == 200
    assert calm.get("/__preview/none.js").status == 404


def test_drafts_are_shown_and_marked_or_left_out(tmp_path: Path) -> None:
    put(tmp_path, {**SMALL, "content/case/briefing.md": str(SMALL["content/case/briefing.md"]).replace(
        "status: published", "status: draft")})  # fmt: skip
    with running(tmp_path) as first, running(tmp_path, "--no-drafts") as second:
        assert "Draft: not published" in first.get("/case/index.html").text
        assert second.get("/case/index.html").status == 404
        assert first.get("/case/index.html").status == 200  # each has a site of its own


def test_below_a_base_path_everything_is_there_and_nothing_beside_it(small_site: Path) -> None:
    with running(small_site, "--base-path", "news") as preview:
        assert preview.url == f"http://127.0.0.1:{preview.port}/news/"
        assert preview.get("/").headers["Location"] == "/news/"
        assert preview.get("/news").headers["Location"] == "/news/"
        assert preview.get("/case/").status == 404
        assert preview.get("/news/case").headers["Location"] == "/news/case/"
        assert 'src="/news/__preview/client.js"' in preview.get("/news/case/").text
        assert preview.get("/news/__preview/client.js").status == 200
        assert 'href="/news/static/style.css"' in preview.get("/news/none/at/all").text

        async def greet() -> str:
            async with page_at("/news/case/", preview) as page:
                return str((await next_message(page, "site"))["page"])

        assert f'data-page="{alone(greet())}"' in preview.get("/news/case/").text


def test_two_previews_of_one_site_show_the_same(preview: Running) -> None:
    with running(preview.root) as other:
        for page in (preview, other):
            assert "two hours" not in page.get("/case/claims/met.html").text
        preview.edit(CLAIMS, "met on Thursday.", "met for two hours.")
        for page in (preview, other):
            page.until(lambda page=page: "two hours" in page.get("/case/claims/met.html").text or None)  # type: ignore[misc]


def test_a_site_that_somebody_removes_is_built_again(preview: Running) -> None:
    assert preview.get("/case/").status == 200
    shutil.rmtree(preview.root / ".variorum/preview")
    preview.until(lambda: preview.get("/case/").status == 200 or None)


# ---- news ----------------------------------------------------------------------------------------------------------


def test_a_page_hears_of_each_build_and_of_faults_until_they_are_mended(preview: Running) -> None:
    async def listen() -> list[object]:
        heard: list[object] = []
        async with page_at("/case/claims/met.html", preview) as page:
            first = await next_message(page, "site")
            heard.append((await next_message(page, "faults"))["failed"])
            preview.edit(CLAIMS, "stance: supports", "stance: suports")
            broken = await next_message(page, "faults")
            heard += [broken["failed"], broken["faults"][0]["code"], broken["all"]]
            assert "met on Thursday" in preview.get("/case/claims/met.html").text
            preview.edit(CLAIMS, "suports", "supports")
            preview.edit(CLAIMS, "met on Thursday.", "met.")
            while (news := await next_message(page, "site"))["page"] == first["page"]:
                pass
            heard += [news["parts"] == first["parts"], (await next_message(page, "faults"))["failed"]]
        return heard

    assert preview.get("/case/claims/met.html").status == 200
    assert alone(listen()) == [False, True, "value-unknown", 1, True, False]


def test_the_first_build_may_fail(small_site: Path) -> None:
    claims = (small_site / CLAIMS).read_text()
    (small_site / CLAIMS).write_text("met:\n  claim:\n")
    with running(small_site) as preview:
        first = preview.get("/case/")
        assert first.status == 503
        assert "There is no site yet" in first.text
        assert "__preview/client.js" in first.text
        preview.write(CLAIMS, claims)
        preview.until(lambda: preview.get("/case/").status == 200 or None)


# ---- what a build may do -------------------------------------------------------------------------------------------

PROGRAM = """
import os, resource, signal, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from builder import publish

real = publish.publish

def build(order):
    kind = (order.root / "kind").read_text() if (order.root / "kind").exists() else ""
    if kind == "exit":
        sys.exit("strict")
    if kind == "interrupt":
        raise KeyboardInterrupt
    if kind == "memory":
        raise MemoryError
    if kind == "depth":
        def deeper():
            deeper()
        deeper()
    if kind == "bug":
        raise ValueError("no \\x1b[31msuch thing in " + str(order.root) + "/content/x")
    full = 100 if kind == "full" else resource.RLIM_INFINITY
    resource.setrlimit(resource.RLIMIT_FSIZE, (full, resource.RLIM_INFINITY))
    return real(order)

publish.publish = build
from builder.__main__ import main
sys.argv = ["variorum", "serve"]
main()
""".replace("{root!r}", repr(str(ROOT)))

KINDS = {
    "exit": ("build-ended", "The build was ended before it was done"),
    "interrupt": ("build-ended", "The build was ended before it was done"),
    "memory": ("build-memory", "not enough memory"),
    "depth": ("build-bug", "nested too deeply"),
    "bug": ("build-bug", "The builder itself failed"),
    "full": ("build-refused", "File too large"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_ends_a_build_the_server_lives_and_the_next_good_edit_heals_it(small_site: Path, kind: str) -> None:
    code, words = KINDS[kind]

    async def break_and_mend(preview: Running) -> None:
        async with page_at("/case/claims/met.html", preview) as page:
            await next_message(page, "faults")
            preview.write("kind", kind)
            preview.edit(CLAIMS, "met on Thursday.", "met, broken.")
            broken = await next_message(page, "faults")
            fault = broken["faults"][0]
            assert (broken["failed"], fault["code"]) == (True, code)
            assert words in fault["message"]
            assert str(preview.root) not in str(broken)
            assert "\x1b" not in str(broken)
            assert "met on Thursday." in preview.get("/case/claims/met.html").text
            preview.write("kind", "")
            preview.edit(CLAIMS, "met, broken.", "met, mended.")
            assert not (await next_message(page, "faults"))["failed"]
        assert "met, mended." in preview.get("/case/claims/met.html").text

    with running(small_site, command=("-c", PROGRAM)) as preview:
        assert preview.get("/case/").status == 200
        alone(break_and_mend(preview))
        assert not any("Traceback" in line or "\x1b" in line for line in preview.lines)


def test_what_passes_without_an_edit_is_noticed_and_told_once(small_site: Path) -> None:
    async def fill_and_empty(preview: Running) -> None:
        async with page_at("/case/claims/met.html", preview) as page:
            await next_message(page, "faults")
            preview.write("kind", "full")
            preview.edit(CLAIMS, "met on Thursday.", "met.")
            for _ in range(2):
                assert (await next_message(page, "faults"))["failed"]
            preview.write("kind", "")
            while (await next_message(page, "faults"))["failed"]:
                pass
        assert "met." in preview.get("/case/claims/met.html").text

    with running(small_site, command=("-c", PROGRAM)) as preview:
        assert preview.get("/case/").status == 200
        alone(fill_and_empty(preview))
        assert len([line for line in preview.lines if "File too large" in line]) == 1


# ---- the builder's own code ----------------------------------------------------------------------------------------


def shows(preview: Running, words: str) -> bool | None:
    with suppress(ConnectionError):  # the old process was about to answer when it became the new one
        return words in preview.get("/how-to-read.html").text or None
    return None


def test_a_changed_builder_begins_anew_on_the_same_port(small_site: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "builder", tmp_path / "own/builder", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "templates", tmp_path / "own/templates")
    words = tmp_path / "own/builder/strings.py"
    text = words.read_text(encoding="utf-8")

    with running(small_site, PYTHONPATH=str(tmp_path / "own")) as preview:
        port, token = preview.port, re.findall(r'data-token="[^"]+"', preview.get("/").text)
        assert "A text contradicts the claim." in preview.get("/how-to-read.html").text
        command = tmp_path / "own/builder/commands/serve.py"  # nothing but the new process would load it
        good = command.read_text(encoding="utf-8")
        command.write_text("def\n", encoding="utf-8")
        preview.wait_for(r".*cannot be loaded: builder/commands/serve\.py:1: SyntaxError: .*")
        assert "A text contradicts the claim." in preview.get("/how-to-read.html").text
        command.write_text(good, encoding="utf-8")
        words.write_text("def\n", encoding="utf-8")
        preview.wait_for(r".*cannot be loaded: builder/strings\.py:1: SyntaxError: .*")
        assert "A text contradicts the claim." in preview.get("/how-to-read.html").text
        words.write_text(text.replace("A text contradicts the claim.", "A text says the opposite."), encoding="utf-8")
        preview.until(lambda: shows(preview, "A text says the opposite."))
        assert (preview.port, re.findall(r'data-token="[^"]+"', preview.get("/").text)) == (port, token)
        assert len([line for line in preview.lines if line.startswith("Serving")]) == 1
        preview.edit(CLAIMS, "met on Thursday.", "met anew.")
        preview.until(lambda: "met anew." in preview.get("/case/claims/met.html").text or None)
        assert preview.interrupt() == 0


def test_new_code_is_tried_without_any_module_from_the_folder_that_we_are_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("click", "yaml", "livereload", "asyncio"):
        put(tmp_path, {f"{module}.py": "open('taken', 'w').close()\n"})
    put(tmp_path, {"builder/__init__.py": "open('taken', 'w').close()\n"})
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    try_out()
    assert not (tmp_path / "taken").exists()


# ---- links ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("link", [".variorum", ".variorum/preview"])
def test_nothing_is_written_or_read_through_a_link_that_a_site_came_with(
    small_site: Path, tmp_path: Path, link: str
) -> None:
    outside = tmp_path / "outside"
    put(outside, {"secret.html": "secret", "preview/secret.html": "secret"})
    (small_site / link).parent.mkdir(exist_ok=True)
    (small_site / link).symlink_to(outside)
    with running(small_site) as preview:
        preview.wait_for(rf"variorum: {re.escape(link)} is a symbolic link\. .*")
        for path in ("/secret.html", "/preview/secret.html"):
            assert "secret" not in preview.get(path).text
        assert sorted(path.name for path in outside.rglob("*.*")) == ["secret.html", "secret.html"]
        (small_site / link).unlink()
        preview.edit(CLAIMS, "met on Thursday.", "met anew.")
        preview.until(lambda: "met anew." in preview.get("/case/claims/met.html").text or None)


# ---- beginning and end ---------------------------------------------------------------------------------------------


def test_it_says_what_it_serves(calm: Running) -> None:
    assert calm.lines[0] == f"Serving http://127.0.0.1:{calm.port}/ (1 briefing, drafts too; Ctrl-C ends)"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_quietly_with_a_page_connected(preview: Running, number: int) -> None:
    async def interrupt() -> int:
        async with page_at("/case/", preview) as page:
            await next_message(page, "faults")
            return preview.interrupt(number)

    assert preview.get("/none").status == 404
    assert alone(interrupt()) == 0
    assert len(preview.lines) == 3


def test_ctrl_c_ends_in_the_midst_of_a_build(tmp_path: Path) -> None:
    waiting = "import time; publish.publish = lambda order: time.sleep(60)"
    put(tmp_path, SMALL)
    with running(tmp_path, command=("-c", PROGRAM.replace("publish.publish = build", waiting))) as preview:
        assert preview.port
        assert preview.interrupt() == 0


def test_the_default_port_gives_way_and_a_given_one_does_not(calm: Running, small_site: Path) -> None:
    with running(small_site) as second:
        assert second.port != calm.port
        assert {second.port, calm.port} <= set(range(5500, 5600))
    with running(small_site, "--port", str(calm.port)) as third:
        assert third.process.wait(30) == 1
        third.wait_for(rf"variorum: Port {calm.port} is taken\. Choose another with --port\.")


@pytest.mark.parametrize(("host", "port"), [("203.0.113.1", 0), ("no.such.host.invalid", 0), ("127.0.0.1", 70000)])
def test_where_nobody_can_listen_is_said(tmp_path: Path, host: str, port: int) -> None:
    labour = Labour(lambda *_: iter(()), lambda _: Next.AGAIN, lambda _: None)
    with pytest.raises(ServeError, match=r"Cannot listen|no port"):
        serve(Plan(Served(tmp_path), host=host, port=port), labour, None)  # type: ignore[arg-type]


def test_a_preview_that_can_build_no_more_ends(tmp_path: Path) -> None:
    def changes(*_: object) -> Iterator[Any]:
        yield lambda: False
        raise LookupError("a bug")

    labour = Labour(changes, lambda _: Next.AGAIN, lambda _: None)
    with ThreadPoolExecutor(1) as pool, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        with pytest.raises(LookupError, match="a bug"):
            pool.submit(serve, Plan(Served(tmp_path), port=port), labour, None).result(30)  # type: ignore[arg-type]


def test_an_open_host_is_warned_of_and_its_guests_see_the_site_alone(small_site: Path) -> None:
    with socket.socket() as free:
        free.bind(("0.0.0.0", 0))
        port = free.getsockname()[1]
    with running(small_site, "--host", "0.0.0.0", "--port", str(port)) as preview:
        preview.wait_for(r"Warning: with --host 0\.0\.0\.0, other computers .*")
        assert preview.port == port
        assert preview.get("/", host=f"192.0.2.7:{port}").status == 200
        assert preview.get("/", host="evil.example").status == 403


def test_a_terminal_that_takes_no_more_ends_nothing(small_site: Path) -> None:
    full = PROGRAM.replace("real = ", "sys.stdout = sys.stderr = open('/dev/full', 'w', buffering=1)\nreal = ")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ("-c", full.replace('"serve"]', f'"serve", "--port", "{port}"]'))
    with running(small_site, command=command) as preview:
        for words in ("one", "two", "three"):
            preview.write(CLAIMS, str(SMALL[CLAIMS]).replace("met on Thursday.", f"met {words}."))
            seen = f"met {words}."
            preview.until(lambda seen=seen: seen in page_of(port) or None)  # type: ignore[misc]
        assert preview.lines == []


PAUSED = """
import io, threading

class Paused(io.StringIO):
    def write(self, text):
        return threading.Event().wait() if "Serving" not in text else len(text)

sys.stdout = sys.stderr = Paused()
"""
"""A terminal that somebody has stopped with Ctrl-S, or a pipe that is full."""


def test_a_terminal_that_is_paused_holds_up_no_build(small_site: Path) -> None:
    seen_at_a_port_of_its_own(small_site, PAUSED)


def test_a_preview_without_any_terminal_builds(small_site: Path) -> None:
    seen_at_a_port_of_its_own(small_site, "sys.stdin = sys.stdout = sys.stderr = None\n")


def seen_at_a_port_of_its_own(small_site: Path, prelude: str) -> None:
    """Three edits are seen, and Ctrl-C ends it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = PROGRAM.replace("real = ", f"{prelude}real = ").replace('"serve"]', f'"serve", "--port", "{port}"]')
    with running(small_site, command=("-c", program)) as preview:
        for words in ("one", "two", "three"):
            preview.write(CLAIMS, str(SMALL[CLAIMS]).replace("met on Thursday.", f"met {words}."))
            seen = f"met {words}."
            preview.until(lambda seen=seen: seen in page_of(port) or None)  # type: ignore[misc]
        assert preview.interrupt() == 0


def page_of(port: int) -> str:
    """The claim's page, or nothing while there is no server yet."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/case/claims/met.html") as reply:
            return str(reply.read().decode())
    except OSError:
        return ""
