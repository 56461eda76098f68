"""Writes many small things to the store in one transaction each time: a disk takes few commits, many rows.

Off the event loop, in one thread of its own: what is acknowledged does not wait for threads that do other work.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import Connection

from chatwright.core.errors import StoreUnavailable
from chatwright.store import Database

T = TypeVar("T")
Work = Callable[[Connection], Any]
MOST = 256  # in one transaction


class Writing:
    """The writes of one process. One that raises is undone alone; the others of its transaction stay.
    `urgent`: before other writers."""

    def __init__(self, database: Database, *, urgent: bool = False) -> None:
        self._database, self._urgent = database, urgent
        self._waiting: list[tuple[Work, asyncio.Future[Any]]] = []
        self._thread = ThreadPoolExecutor(1, "channels")
        self._running: asyncio.Task[None] | None = None

    async def do(self, work: Callable[[Connection], T]) -> T:
        """What `work` gives, once it is on the disk. Raises what it raises, and what the store does."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, future))
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._run())
        return await future

    async def close(self) -> None:
        """Wait for what is under way."""
        if self._running is not None:
            await asyncio.gather(self._running, return_exceptions=True)
        self._thread.shutdown(wait=True)

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            some, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            some = [one for one in some if not one[1].cancelled()]
            try:
                results = await loop.run_in_executor(
                    self._thread, self._write, [work for work, _ in some]
                )
            except BaseException as error:
                for _, future in some:
                    if not future.done():
                        future.set_exception(error)
                if not isinstance(error, Exception):
                    raise
                continue
            for (_, future), (value, failed) in zip(some, results, strict=True):
                if future.done():
                    continue
                if failed is not None:
                    future.set_exception(failed)
                else:
                    future.set_result(value)

    def _write(self, works: list[Work]) -> list[tuple[Any, Exception | None]]:
        results = list[tuple[Any, Exception | None]]()
        with self._database.write(shared=True, urgent=self._urgent) as connection:
            for work in works:
                try:
                    with connection.begin_nested():
                        results.append((work(connection), None))
                except StoreUnavailable:
                    raise
                except Exception as error:
                    if connection.invalidated or connection.closed:
                        raise
                    results.append((None, error))
        return results
