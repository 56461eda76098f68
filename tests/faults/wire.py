"""A wire between two ends on this machine that can be cut, as a network is: nothing is closed or comes."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from typing import Any


class Wire:
    """Passes connections to its port on to another; while it is cut, it swallows what is sent."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._whole = True
        self._loop = asyncio.new_event_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.port = self._call(self._listen())

    def cut(self) -> None:
        self._whole = False

    def mend(self) -> None:
        """New connections pass again; those from before stay dead, as their packets are lost."""
        self._call(self._drop())
        self._whole = True

    def close(self) -> None:
        self._call(self._drop())
        self._call(self._shut())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def _call(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _listen(self) -> int:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def _shut(self) -> None:
        self._server.close()

    async def _drop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _connected(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            while not self._whole:  # the kernel took the connection; nobody answers on it
                await asyncio.sleep(0.05)
            far, there = await asyncio.open_connection("127.0.0.1", self._target)
            try:
                with suppress(OSError):
                    await asyncio.gather(self._pass(near, there), self._pass(far, back))
            finally:
                there.transport.abort()
        except asyncio.CancelledError:
            pass
        finally:
            self._tasks.discard(task)
            back.transport.abort()

    async def _pass(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        while data := await source.read(65_536):
            if self._whole:
                target.write(data)
                await target.drain()
        target.close()
