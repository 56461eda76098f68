"""An OpenAI-compatible server on loopback that misbehaves as it is told. Real sockets, real HTTP/1.1."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

WORDS = ("Hel", "lo", " there")


def delta(text: str | None = None, finish: str | None = None) -> dict[str, Any]:
    content = {} if text is None else {"content": text}
    return {"choices": [{"index": 0, "delta": content, "finish_reason": finish}]}


def event(value: Any) -> bytes:
    return f"data: {json.dumps(value)}\n\n".encode()


GOOD = [
    *(event(delta(word)) for word in WORDS),
    event(delta(finish="stop")),
    event({"choices": [], "usage": {"prompt_tokens": 11, "completion_tokens": 3}}),
    b"data: [DONE]\n\n",
]


class Faulty:
    """What it does to the next requests stands in `script`, one word each; then it is `always` that.

    ok, hang (no answer), 500, 429, 400, drip (a byte a time, no event), cut (in mid-stream), bad (SSE), slow
    (a word, then nothing), pings (comments for ever), json (no stream), long (an event without end).
    """

    def __init__(self) -> None:
        self.script: deque[str] = deque()
        self.always = "ok"
        self.bodies: list[dict[str, Any]] = []
        self.probes = 0
        self.probe_status = 200
        self.connections: set[asyncio.StreamWriter] = set()
        self.port = 0
        self._server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    async def up(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def down(self) -> None:
        """Refuse connections, and break those that are there."""
        assert self._server is not None
        self._server.close()
        for writer in list(self.connections):
            writer.transport.abort()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections.add(writer)
        gone = (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError)
        with contextlib.suppress(*gone):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                length = next(
                    (int(line.split(":")[1]) for line in head.splitlines() if "ength:" in line), 0
                )
                body = await reader.readexactly(length)
                if head.startswith("GET"):
                    self.probes += 1
                    self._answer(writer, self.probe_status, b"{}")
                    await writer.drain()
                    continue
                self.bodies.append(json.loads(body))
                word = self.script.popleft() if self.script else self.always
                await getattr(self, f"_{word}")(writer)
                await writer.drain()
        self.connections.discard(writer)
        writer.close()

    def _answer(self, writer: asyncio.StreamWriter, status: int, body: bytes, *more: str) -> None:
        lines = [f"HTTP/1.1 {status} X", f"content-length: {len(body)}", *more, "", ""]
        writer.write("\r\n".join(lines).encode() + body)

    def _stream(self, writer: asyncio.StreamWriter) -> Callable[[bytes], None]:
        kind, coding = "content-type: text/event-stream", "transfer-encoding: chunked"
        writer.write(f"HTTP/1.1 200 OK\r\n{kind}\r\n{coding}\r\n\r\n".encode())
        return lambda data: writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    async def _ok(self, writer: asyncio.StreamWriter) -> None:
        say = self._stream(writer)
        for part in GOOD:
            say(part)
            await writer.drain()
        writer.write(b"0\r\n\r\n")

    async def _hang(self, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)

    async def _500(self, writer: asyncio.StreamWriter) -> None:
        self._answer(writer, 500, b'{"error": {"message": "out of memory"}}')

    async def _429(self, writer: asyncio.StreamWriter) -> None:
        self._answer(writer, 429, b'{"error": "slow down"}', "retry-after: 0.1")

    async def _busy(self, writer: asyncio.StreamWriter) -> None:
        self._answer(writer, 429, b'{"error": "slow down"}', "retry-after: 60")

    async def _400(self, writer: asyncio.StreamWriter) -> None:
        self._answer(writer, 400, b'{"error": {"message": "too many messages"}}')

    async def _401(self, writer: asyncio.StreamWriter) -> None:
        self._answer(writer, 401, b'{"error": {"message": "no such key"}}')

    async def _drip(self, writer: asyncio.StreamWriter) -> None:
        say = self._stream(writer)
        while True:
            say(b"d")
            await writer.drain()
            await asyncio.sleep(0.02)

    async def _cut(self, writer: asyncio.StreamWriter) -> None:
        self._stream(writer)(GOOD[0])
        await writer.drain()
        await asyncio.sleep(0.02)
        writer.transport.abort()
        raise ConnectionError

    async def _ended(self, writer: asyncio.StreamWriter) -> None:
        self._stream(writer)(GOOD[0])
        writer.write(b"0\r\n\r\n")

    async def _bad(self, writer: asyncio.StreamWriter) -> None:
        self._stream(writer)(b"data: {broken\n\n")
        writer.write(b"0\r\n\r\n")

    async def _slow(self, writer: asyncio.StreamWriter) -> None:
        self._stream(writer)(GOOD[0])
        await writer.drain()
        await asyncio.sleep(60)

    async def _steady(self, writer: asyncio.StreamWriter) -> None:
        say = self._stream(writer)
        while True:
            say(GOOD[0])
            await writer.drain()
            await asyncio.sleep(0.02)

    async def _pings(self, writer: asyncio.StreamWriter) -> None:
        say = self._stream(writer)
        while True:
            say(b": ping\n\n")
            await writer.drain()
            await asyncio.sleep(0.02)

    async def _json(self, writer: asyncio.StreamWriter) -> None:
        self._answer(writer, 200, b'{"choices": []}')

    async def _long(self, writer: asyncio.StreamWriter) -> None:
        say = self._stream(writer)
        while True:
            say(b"x" * 65536)
            await writer.drain()


@asynccontextmanager
async def faulty() -> AsyncIterator[Faulty]:
    server = Faulty()
    await server.up()
    try:
        yield server
    finally:
        with contextlib.suppress(Exception):
            await server.down()
