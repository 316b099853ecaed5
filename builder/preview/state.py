"""What the preview knows: the site that is served, what became of the last build, and the pages that listen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from builder.preview.outcome import Outcome
from builder.preview.served import Served

PATIENCE = 3.0
"""How long a page waits for the first build before it says that there is none yet, in seconds."""


class Listener(Protocol):
    """A page that is open in a browser."""

    page: str | None

    def tell(self, message: dict[str, Any]) -> None:
        """Send a message."""


def _nobody(_: str) -> None:
    """Does not care."""


@dataclass
class Preview:
    """One running preview."""

    served: Served
    base: str
    """The path of the site: `/`, or `/name/`."""
    host: str
    """Where it listens, as it was said."""
    token: str
    """Known to its own pages only."""
    listeners: Callable[[], Iterable[Listener]]
    rebuild: Callable[[], None]
    """Asks for a build, though nothing has changed."""
    opened: Callable[[str], None] = _nobody
    """Hears of which briefing a page is open."""
    outcome: Outcome | None = None
    """Of the last build; None while the first one is under way."""
    _first: asyncio.Event = field(default_factory=asyncio.Event)

    async def built(self) -> None:
        """Wait for the first build, but not for long."""
        if self.outcome is None:
            try:
                await asyncio.wait_for(self._first.wait(), PATIENCE)
            except TimeoutError:
                return

    async def news(self, outcome: Outcome) -> None:
        """A build has ended: tell all pages."""
        self.outcome = outcome
        self._first.set()
        for listener in list(self.listeners()):
            await self._tell(listener)

    def looked_at(self) -> set[str]:
        """The briefings of which a page is open. May be asked in any thread."""
        return {(listener.page or "").partition("/")[0] for listener in list(self.listeners())}

    async def ahead(self, name: str) -> None:
        """A briefing can be seen before the rest of the site is done: tell its pages."""
        for listener in list(self.listeners()):
            if listener.page is not None and listener.page.startswith(f"{name}/"):
                await self._tell_site(listener, listener.page)

    def tell_all(self, message: dict[str, Any]) -> None:
        """Tell all pages the same."""
        for listener in list(self.listeners()):
            listener.tell(message)

    async def greet(self, listener: Listener) -> None:
        """Tell a page that has just connected."""
        if self.outcome is not None:
            await self._tell(listener)

    async def _tell(self, listener: Listener) -> None:
        if listener.page is None:
            return
        site = await self._tell_site(listener, listener.page)
        if self.outcome is not None:  # it is the newest: another build may have ended while this waited to read
            listener.tell(self.outcome.message(site=site))

    async def _tell_site(self, listener: Listener, path: str) -> bool:
        """Tell a page what it should show; whether there is a site at all."""
        async with self.served.whole():
            page, parts = self.served.state(path)
            there, site = (not self.served.find(one).lost for one in (path, ""))
        listener.tell({"command": "site", "id": self.served.id, "page": page, "parts": parts})
        briefing, slash, _ = path.partition("/")
        if slash and there:  # else a listener could name as many as it likes
            self.opened(briefing)
        return site
