"""Passwords are checked beside the loop, a few at a time: each takes 19 MiB and a core for a while."""

from __future__ import annotations

import asyncio

from chatwright.server.errors import Problem, retry_after
from chatwright.store.passwords import hash_password, is_password

AT_ONCE = 2
WAITING = 16  # that may wait for it


class Hashing:
    """Passwords are checked a few at a time; who would have to wait for long is sent away."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def hash(self, password: str) -> str:
        async with self:
            return await asyncio.to_thread(hash_password, password)

    async def check(self, hashed: str | None, password: str) -> bool:
        async with self:
            return await asyncio.to_thread(is_password, hashed, password)

    async def __aenter__(self) -> None:
        if self._waiting >= WAITING:
            message = "Too many people log in at this moment. Try again."
            raise Problem(503, message, code="server_is_overloaded", headers=retry_after(1))
        self._waiting += 1
        try:
            await self._free.acquire()
        finally:
            self._waiting -= 1

    async def __aexit__(self, *_: object) -> None:
        self._free.release()
