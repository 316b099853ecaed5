"""Work that is not for the loop: one thing at a time, and none of it while the site is built."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


class Bench:
    """A place for one thing at a time."""

    def __init__(self) -> None:
        self.alone = threading.Lock()
        """Held by whoever works."""

    async def do(self, task: Callable[[], T]) -> T:
        """Do it in a thread of its own, and give what it returns or raises.

        The thread is a daemon's: Python waits at its end for an executor's, however long they take.
        """
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()

        def settle(settled: Callable[[], None]) -> None:
            if not done.done():
                settled()

        def work() -> None:
            try:
                with self.alone:
                    result = task()
            except BaseException as error:  # noqa: BLE001  (whoever asked is told)
                failed = error if isinstance(error, Exception) else RuntimeError(type(error).__name__)
                settled: Callable[[], None] = lambda: done.set_exception(failed)  # noqa: E731
            else:
                settled = lambda: done.set_result(result)  # noqa: E731
            with suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(settle, settled)

        threading.Thread(target=work, daemon=True).start()
        return await done
