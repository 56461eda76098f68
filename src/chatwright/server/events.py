"""Server-sent events: a response that writes a stream of frames, and ends it whoever goes first.

Knows no event's meaning, and keeps none back: whoever makes frames decides how many there are. One
task writes and another waits for the reader to leave; all else that may end a stream is looked at
twice a second, because at many streams timers and tasks cost more than the frames.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any, Literal, TypeVar

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from chatwright.core.errors import ChatwrightError
from chatwright.server.errors import Problem, problem

LOOK = 0.5  # seconds between two looks at a stream's reader
HEARTBEAT = 15.0  # seconds; below the idle limits of common proxies
STALL = 30.0  # seconds in which a reader must take something, or it is dropped
LEFT = 499  # the client closed its connection; nobody sees it but the metrics
PING = b": ping\n\n"
DONE = b"data: [DONE]\n\n"  # how OpenAI's streams end


def described(data: dict[str, Any]) -> dict[str, Any]:
    """For the API's description: a stream of events whose data are as the schema `data` says."""
    text = {"type": "string"}
    known = {"data": text | data, "event": text, "id": text}
    item = {"type": "object", "required": ["data"], "properties": known}
    return {"content": {"text/event-stream": {"itemSchema": item}}}


STREAM = described({"contentMediaType": "application/json"})

T = TypeVar("T")

log = logging.getLogger(__name__)

compact = json.JSONEncoder(separators=(",", ":")).encode


def frame(data: Any, event: str | None = None, id: int | str | None = None) -> bytes:
    """One event. JSON keeps to ASCII: no text can break a line or fail to encode."""
    head = ("" if id is None else f"id: {id}\n") + ("" if event is None else f"event: {event}\n")
    return f"{head}data: {compact(data)}\n\n".encode()


def going_down() -> Problem:
    message = "The server is shutting down. Try again in a moment."
    return Problem(503, message, code="server_is_overloaded", headers={"retry-after": "5"})


class EventStream(Response):
    """Writes `frames` until they end, the reader leaves or stalls, or `closing` is set.

    The status is sent with the first frame: an error before it is raised and gets its own status. A
    frame that lets wait is preceded by a heartbeat, and so by a status. What goes wrong after that, and
    `closing`, end the stream with the frame that `farewell` makes of the reason. In every case `frames`
    is closed and `finished` called before the request ends.
    """

    media_type = "text/event-stream"

    def __init__(
        self,
        frames: AsyncGenerator[bytes, None],
        *,
        closing: asyncio.Event,
        farewell: Callable[[Problem], bytes],
        finished: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        super().__init__(headers={"cache-control": "no-cache", "x-accel-buffering": "no"})
        del self.headers["content-length"]
        self._frames = frames
        self._closing = closing
        self._farewell = farewell
        self._finished = finished
        self._begun = False
        self._blocked = False  # in the middle of a write
        self._wrote = asyncio.get_running_loop().time()  # or began to wait
        self._cut = asyncio.timeout(None)  # expires when somebody cuts the stream
        self._why: Literal["left", "stalled", "closing", "ended"] | None = None
        self._ping: asyncio.Future[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        leaving = asyncio.create_task(gone(receive))
        try:
            async with self._cut:
                leaving.add_done_callback(lambda _: self._end("left"))
                self._look_later(send)
                # A task of its own: each frame would wake all of the layers that are waiting here.
                await asyncio.create_task(self._write(send))
                self._end("ended")
        except Exception as error:
            if self._why is not None and isinstance(error, TimeoutError):
                await self._part(send)
            elif not self._begun:
                raise
            else:
                await self._say_farewell(send, _told(error))
        finally:
            self._why = self._why or "ended"
            self._looking.cancel()
            leaving.cancel()
            if self._ping is not None:
                self._ping.cancel()
            await self._frames.aclose()
            if self._finished is not None:
                await self._finished()

    async def _write(self, send: Send) -> None:
        async for body in self._frames:
            self._blocked, self._wrote = True, asyncio.get_running_loop().time()
            if not self._begun:
                await self._begin(send, 200)
            elif self._ping is not None:
                await self._ping  # it may still be sending the status
            await send({"type": "http.response.body", "body": body, "more_body": True})
            self._blocked = False
            if self._closing.is_set():
                self._end("closing")
        await self._close(send)

    async def _begin(self, send: Send, status: int) -> None:
        self._begun = True
        start = {"type": "http.response.start", "status": status, "headers": self.raw_headers}
        await send(start)

    async def _close(self, send: Send, last: bytes = b"") -> None:
        await send({"type": "http.response.body", "body": last, "more_body": False})

    def _end(self, why: Literal["left", "stalled", "closing", "ended"]) -> None:
        """The first reason counts. The writer is interrupted, unless it has ended by itself."""
        if self._why is None:
            self._why = why
            if why != "ended":
                self._cut.reschedule(0)

    async def _part(self, send: Send) -> None:
        """After a cut: the last words, where somebody may hear them."""
        if self._why == "left" and not self._begun:
            await self._begin(send, LEFT)
            await self._close(send)
        elif self._why == "stalled":
            log.info("A reader took nothing for %s seconds and was dropped.", STALL)
        elif self._why == "closing" and not self._begun:
            raise going_down()
        elif self._why == "closing":
            await self._say_farewell(send, going_down())

    async def _say_farewell(self, send: Send, why: Problem) -> None:
        async with asyncio.timeout(STALL):
            if self._ping is not None:
                await self._ping
            await self._close(send, self._farewell(why))

    def _look_later(self, send: Send) -> None:
        self._looking = asyncio.get_running_loop().call_later(LOOK, self._look, send)

    def _look(self, send: Send) -> None:
        """Twice a second: is it time to end this, or to tell proxies that we are alive?"""
        self._look_later(send)
        silent = asyncio.get_running_loop().time() - self._wrote
        if self._closing.is_set():
            self._end("closing")
        elif self._blocked and silent >= STALL:
            self._end("stalled")
        elif self._blocked or (self._ping is not None and not self._ping.done()):
            pass
        elif silent >= HEARTBEAT:
            self._wrote += silent
            self._ping = asyncio.ensure_future(self._beat(send))

    async def _beat(self, send: Send) -> None:
        if not self._begun:
            await self._begin(send, 200)
        await send({"type": "http.response.body", "body": PING, "more_body": True})


def _told(error: Exception) -> Problem:
    """What a reader is told of an error that comes too late for a status."""
    if not isinstance(error, ChatwrightError | Problem):
        log.error("A stream failed.", exc_info=error)
    return problem(error)


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
