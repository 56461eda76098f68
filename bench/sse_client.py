"""The load for `serve.py`: raw sockets that keep n streamed completions in flight, in one process.

As cheap as it can be, because it shares the server's cores: each connection is kept open, a reply's
bytes are only searched for its first text, its end and its usage; nothing is decoded.

In: one JSON line per pass, {"address", "bodies": [text...], "order": [index...], "streams": n}; out:
one line.
"""

from __future__ import annotations

import asyncio
import json
import re
import resource
import sys
import time
from collections import deque
from collections.abc import Awaitable, Callable
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

TEXT = re.compile(rb'"content": ?"[^"]')
USAGE = re.compile(rb'"completion_tokens": ?(\d+)')
END = b"\r\n0\r\n\r\n"  # the last chunk; inside events there is no carriage return
OK = b"HTTP/1.1 200 "
Connect = Callable[["Stream"], Awaitable[None]]


class Load:
    """Requests that wait, and what the finished ones took."""

    def __init__(self, requests: list[bytes], order: list[int]) -> None:
        self.waiting = deque(requests[index] for index in order)
        self.tokens: list[int] = []
        self.first: list[float] = []
        self.gaps: list[float] = []
        self.per_token: list[float] = []
        self.events = 0


class Stream(asyncio.Protocol):
    """One connection: a request, its whole answer, the next request.

    Where a server closes the connection after an answer (llama-server does), the request that was on its
    way is sent again over a new one; the time for that is the request's.
    """

    def __init__(self, load: Load, connect: Connect, done: asyncio.Future[None]) -> None:
        self._load, self._connect, self._done = load, connect, done
        self._transport: Any = None
        self._request, self._answered = b"", 0

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        if self._request:
            transport.write(self._request)
        else:
            self._next()

    def _next(self) -> None:
        if not self._load.waiting:
            self._done.set_result(None)
            self._transport.close()
            return
        self._answer, self._texts = bytearray(), []
        self._began = time.perf_counter()
        self._request = self._load.waiting.popleft()
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        self._answer += data
        if TEXT.search(data):
            self._texts.append(now)
        if not self._answer.startswith(OK) and len(self._answer) > len(OK):
            self._fail(bytes(self._answer[:500]).decode(errors="replace"))
        elif self._answer.endswith(END):
            self._finish()

    def _finish(self) -> None:
        load, usage = self._load, USAGE.search(self._answer, max(0, len(self._answer) - 1000))
        if usage is None:
            self._fail("a stream ended without usage: " + self._answer[-500:].decode())
            return
        made, texts = int(usage[1]), self._texts
        load.tokens.append(made)
        load.events += len(TEXT.findall(self._answer))
        if texts:
            load.first.append(texts[0] - self._began)
            load.gaps += [later - sooner for sooner, later in pairwise(texts)]
            if made > 1:
                load.per_token.append((texts[-1] - texts[0]) / (made - 1))
        self._answered += 1
        self._next()

    def _fail(self, why: str) -> None:
        if not self._done.done():
            self._done.set_exception(RuntimeError(why))
        self._transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._done.done():
            return
        if self._answered and not self._answer:
            self._connecting = asyncio.ensure_future(self._connect(self))
        else:
            self._done.set_exception(RuntimeError(f"the server closed a connection ({exc})"))


async def run(address: str, bodies: list[str], order: list[int], streams: int) -> dict[str, Any]:
    """One pass over `order`; raises `RuntimeError` when any request fails."""
    url = urlsplit(address)
    load = Load([_request(url.netloc, body.encode()) for body in bodies], order)
    loop = asyncio.get_running_loop()
    cpu, began = _cpu(), time.perf_counter()
    ends = [loop.create_future() for _ in range(streams)]

    async def connect(stream: Stream) -> None:
        await loop.create_connection(lambda: stream, url.hostname, url.port)

    for end in ends:
        await connect(Stream(load, connect, end))
    await asyncio.gather(*ends)
    return {
        "seconds": time.perf_counter() - began,
        "tokens": load.tokens,
        "first": load.first,
        "between": load.per_token,
        "gaps": load.gaps,
        "events": load.events,
        "cpu": _cpu() - cpu,
    }


def _request(host: str, body: bytes) -> bytes:
    head = (
        f"POST /v1/chat/completions HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\n"
        f"content-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        print(json.dumps(asyncio.run(run(**json.loads(line)))), flush=True)


if __name__ == "__main__":
    main()
