"""What pages are told: always the newest, in whatever order builds end and readers get their turn."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from conftest import put
from previewing import alone

from builder.preview.outcome import Outcome
from builder.preview.served import Served
from builder.preview.state import Preview


@dataclass
class Page:
    """A page that is open, and notes what it hears."""

    page: str | None = "index.html"
    heard: list[dict[str, Any]] = field(default_factory=list)

    def tell(self, message: dict[str, Any]) -> None:
        self.heard.append(message)


def test_only_of_what_there_is_it_is_said_that_somebody_looks_at_it(tmp_path: Path) -> None:
    put(tmp_path, {"index.html": "top", "404.html": "lost", "case/index.html": "case", "case/claims/met.html": "met"})
    looked_at: list[str] = []
    preview = Preview(Served(tmp_path), "/", "127.0.0.1", "token", list, lambda: None, looked_at.append)

    async def greet() -> None:
        for page in ("case/index.html", "other/index.html", "../index.html", "case/claims/met.html", "", "index.html"):
            await preview.greet(Page(page))

    alone(greet())
    assert looked_at == []  # the first build is still under way
    preview.outcome = Outcome(failed=False)
    alone(greet())
    assert looked_at == ["case", "case"]


def test_a_build_that_ended_before_another_is_not_told_after_it(tmp_path: Path) -> None:
    put(tmp_path, {"index.html": "top", "404.html": "lost"})
    pages = [Page(), Page()]
    served = Served(tmp_path)
    preview = Preview(served, "/", "127.0.0.1", "token", lambda: pages, lambda: None)

    async def tell() -> None:
        with served.replaced():  # the next build is being put in its place while the first is told
            first = asyncio.create_task(preview.news(Outcome(failed=True)))
            await asyncio.sleep(0.01)
        await preview.news(Outcome(failed=False))
        await first

    alone(tell())
    for page in pages:
        assert page.heard[-1]["failed"] is False
