"""Server-sent events: a response that writes a stream of frames, and ends it whoever goes first.

Knows no event's meaning. Frames that come within `PACE` are written together: a write costs ten
times what making a frame does, and nobody reads faster than that.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any, TypeVar

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from chatwright.server.errors import Problem

HEARTBEAT = 15.0  # seconds; below the idle limits of common proxies
PACE = 0.02  # seconds between two writes; the first and the last frame do not wait
STALL = 30.0  # seconds in which a reader must take something, or it is dropped
BUFFER = 64 * 1024  # bytes that wait for a slow reader before the source is made to wait
PING = b": ping\n\n"

# For the API's description: what a stream looks like there.
STREAM: dict[str, Any] = {"content": {"text/event-stream": {"schema": {"type": "string"}}}}

T = TypeVar("T")

log = logging.getLogger(__name__)


def frame(data: Any, event: str | None = None, id: int | None = None) -> bytes:
    """One event. JSON keeps to ASCII: no text can break a line or fail to encode."""
    head = ("" if id is None else f"id: {id}\n") + ("" if event is None else f"event: {event}\n")
    return f"{head}data: {json.dumps(data, separators=(',', ':'))}\n\n".encode()


def raw(data: str) -> bytes:
    return f"data: {data}\n\n".encode()


def going_down() -> Problem:
    message = "The server is shutting down. Try again in a moment."
    return Problem(503, message, code="server_is_overloaded", headers={"retry-after": "5"})


class EventStream(Response):
    """Writes `frames` until they end, the reader leaves or stalls, or `closing` is set.

    In every case `frames` is closed and `finished` called before the request ends. When `closing`
    cuts the stream, `farewell` is its last frame.
    """

    media_type = "text/event-stream"

    def __init__(
        self,
        frames: AsyncGenerator[bytes, None],
        *,
        closing: asyncio.Event,
        farewell: bytes,
        finished: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        super().__init__(headers={"cache-control": "no-cache", "x-accel-buffering": "no"})
        del self.headers["content-length"]
        self._frames = frames
        self._closing = closing
        self._farewell = farewell
        self._finished = finished
        self._waiting = bytearray()
        self._more = asyncio.Event()
        self._room = asyncio.Event()
        self._due = asyncio.Event()
        self._ended = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        fill = asyncio.create_task(self._fill())
        sides = [fill, asyncio.create_task(self._close(fill)), asyncio.create_task(self._beat())]
        try:
            await unless_gone(receive, self._write(send))
        except TimeoutError:
            log.info("A reader took nothing for %s seconds and was dropped.", STALL)
        finally:
            for task in sides:
                task.cancel()
            await asyncio.gather(*sides, return_exceptions=True)
            await self._frames.aclose()
            if self._finished is not None:
                await self._finished()

    async def _fill(self) -> None:
        try:
            async for frame in self._frames:
                self._put(frame)
                while len(self._waiting) > BUFFER:
                    self._room.clear()
                    await self._room.wait()
        finally:
            self._ended = True
            self._more.set()
            self._due.set()

    async def _write(self, send: Send) -> None:
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await send(start)
        while self._waiting or not self._ended:
            if not self._waiting:
                self._more.clear()
                await self._more.wait()
                continue
            body, self._waiting = bytes(self._waiting), bytearray()
            self._room.set()
            async with asyncio.timeout(STALL):
                await send({"type": "http.response.body", "body": body, "more_body": True})
            await self._pause()
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _pause(self) -> None:
        if not self._ended:
            self._due.clear()
            timer = asyncio.get_running_loop().call_later(PACE, self._due.set)
            await self._due.wait()
            timer.cancel()

    async def _close(self, fill: asyncio.Task[None]) -> None:
        await self._closing.wait()
        if not fill.done():
            fill.cancel()
            self._put(self._farewell)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT)
            if not self._waiting:
                self._put(PING)

    def _put(self, data: bytes) -> None:
        self._waiting += data
        self._more.set()


async def gone(receive: Receive) -> None:
    """Wait until the client has closed its connection."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def unless_gone(receive: Receive, work: Awaitable[T]) -> T | None:
    """The result of `work`; None when the client leaves first, and `work` is cancelled then."""
    working = asyncio.ensure_future(work)
    leaving = asyncio.create_task(gone(receive))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        working.cancel()
        leaving.cancel()
        await asyncio.gather(working, leaving, return_exceptions=True)
