"""What the preview's own pages may ask for, with their token: places, articles, entries, a line in the editor.

All of it is for people at this computer; whoever looks from another one sees the site alone.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any

from builder.diagnostics import printable
from builder.preview.bench import Bench
from builder.preview.curator import REFUSALS, Curator
from builder.preview.guard import is_loopback
from builder.preview.handlers import Guarded
from builder.preview.served import TYPES


class Answer(Guarded):
    """An answer in JSON; errors are a sentence for the curator."""

    def initialize(self, curator: Curator, bench: Bench) -> None:
        """Get what answers."""
        self.curator = curator
        self.bench = bench

    def prepare(self) -> None:
        """End with 403 for whoever is not a page of this preview at this computer."""
        super().prepare()
        token = self.request.headers.get("X-Preview-Token", "")
        if not secrets.compare_digest(token.encode(), self.preview.token.encode()):
            self.refuse(403, "Not asked by a page of this preview")
        if not is_loopback(self.request.remote_ip or ""):
            self.refuse(403, "Only for the computer that the preview runs on")

    async def get(self, name: str) -> None:
        """Something to read."""
        asked = {key: self.get_query_argument(key) for key in self.request.query_arguments}
        await self._answer(self.curator.reads, name, asked)

    async def post(self, name: str) -> None:
        """Something to do."""
        try:
            asked = json.loads(self.request.body)
        except (ValueError, RecursionError):
            asked = None
        if self.request.headers.get("Content-Type", "") != "application/json" or not isinstance(asked, dict):
            self.refuse(400, "That is not JSON")
        await self._answer(self.curator.does, name, asked)

    async def _answer(self, known: Mapping[str, Any], name: str, asked: Mapping[str, Any]) -> None:
        if name not in known:
            self.refuse(404, "There is no such thing to ask for")
        try:
            answer = await self.bench.do(lambda: known[name](asked))
        except REFUSALS as error:
            self.set_status(409)
            answer = {"error": self.curator.without_paths(printable(str(error)))}
        self.set_header("Content-Type", TYPES[".json"])
        self.finish(json.dumps(answer))
