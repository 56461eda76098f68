"""One client's connection: how long it may take over a request's head, and over reading the answer.

uvicorn's own protocol waits for both for ever. Bodies have their time in `limits.py`, and streams
theirs in `events.py`. Nothing here runs per request: the server looks at all connections once a
second, and each keeps a few times to be compared then.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import time
from http import HTTPStatus
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from chatwright.server import events
from chatwright.server.errors import Problem, retry_after

HEAD_SECONDS = 15.0  # for a request's line and headers
HEAD_BYTES = 65_536
REST_BYTES = 2_000_000  # of a body that nobody reads: closing in its midst would lose the answer
BEYOND = 2  # times the cap: from there on connections are closed without a word
PROBES = ("/health", "/ready")  # answered all the same: being busy is no reason to be restarted


def _answer(status: int, message: str) -> bytes:
    """An answer to a request whose head never came whole: no app has seen it."""
    response = Problem(status, message, headers={"connection": "close"}).response()
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}".encode()]
    lines += [name + b": " + value for name, value in response.raw_headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + bytes(response.body)


TOO_LATE = _answer(408, f"The request's head took more than {HEAD_SECONDS:.0f} seconds.")
TOO_LARGE = _answer(431, f"The request's head has more than {HEAD_BYTES:,} bytes.")


class Full:
    """What answers on a connection too many: 503, and the connection ends."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] in PROBES:
            await self._app(scope, receive, send)
            return
        headers = retry_after(1) | {"connection": "close"}
        message = "The server has too many connections. Try again in a moment."
        busy = Problem(503, message, code="server_is_overloaded", headers=headers)
        await busy.response()(scope, receive, send)


class Connection(HttpToolsProtocol):
    """uvicorn's, with an end to waiting. `most` connections are served, `full` answers the others."""

    def __init__(self, config: Config, state: ServerState, *, most: int, full: ASGIApp) -> None:
        super().__init__(config=config, server_state=state, app_state={})
        self._most = most
        self._full = full
        self._head_since: float | None = None  # while a head is awaited that began to arrive
        self._head_bytes = 0
        self._stuck_since: float | None = None  # while the reader takes nothing
        self._unread = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        count = len(self.connections)
        if count > self._most * BEYOND:
            transport.abort()
        elif count > self._most:
            self.app = self._full
        self._head_since = time.monotonic()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        last = self._last()
        if last is not None and not last.response_complete:
            return
        # Between two requests, or before the first: what came is part of a head, empty lines before
        # one, or the rest of a body that nobody wanted. uvicorn stops its own clock at each of them.
        if self._head_since is None:
            self._head_since, self._head_bytes = time.monotonic(), 0
        self._head_bytes += len(data)
        resting = last is not None and last.more_body
        if self._head_bytes > (REST_BYTES if resting else HEAD_BYTES):
            self._refuse(TOO_LARGE)

    def on_headers_complete(self) -> None:
        self._head_since = None
        super().on_headers_complete()

    def look(self, now: float) -> None:
        """Once a second: end this, if its client is too slow."""
        if self._head_since is not None and now - self._head_since > HEAD_SECONDS:
            self._refuse(TOO_LATE)
        # A writer that waits gets on when most of its 64 KiB are taken. What is left of a finished
        # answer only has to become less.
        unread = self.transport.get_write_buffer_size()
        waits = self.flow.write_paused
        if not (waits or (unread and self._finished() and unread >= self._unread)):
            self._stuck_since = None
        elif self._stuck_since is None:
            self._stuck_since = now
        self._unread = unread
        if self._stuck_since is not None and now - self._stuck_since > events.STALL:
            self.reset()

    def _finished(self) -> bool:
        """Whether nothing more is to be written: what is left can only become less."""
        last = self._last()
        return self.transport.is_closing() or last is None or last.response_complete

    def _last(self) -> RequestResponseCycle | None:
        """The newest request; uvicorn's type does not say that there may be none."""
        return self.cycle

    def reset(self) -> None:
        """End it at once. A plain close would leave what is unread to the kernel, for many minutes."""
        sock = self.transport.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()

    def _refuse(self, answer: bytes) -> None:
        self._head_since = None
        if not self.transport.is_closing():
            # Later, the client may take it for the answer to another request.
            if self._last() is None:
                self.transport.write(answer)
            self.transport.close()


def look_at(connections: set[Any]) -> None:
    now = time.monotonic()
    for connection in list(connections):
        connection.look(now)


def reset(connections: set[Any]) -> None:
    for connection in list(connections):
        connection.reset()
