"""F5: readers that hardly read and senders that hardly send. Others do not notice, and they are dropped."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from tests.faults.stub import CHAT, Parrot, running
from tests.faults.talk import SLACK, STREAM
from tests.server.conftest import served_app

from chatwright.answer import Bot
from chatwright.server import connection, create_app, events, limits
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.store import Database

SLOW = 20
Dial = Callable[..., socket.socket]


def connect(url: str, data: bytes, buffer: int = 0) -> socket.socket:
    host, port = url.removeprefix("http://").split(":")
    raw = socket.socket()
    if buffer:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    raw.connect((host, int(port)))
    raw.sendall(data)
    return raw


@pytest.fixture
def dial() -> Iterator[Dial]:
    """`connect`, whose connections end with the test."""
    with ExitStack() as stack:
        yield lambda *args, **options: stack.enter_context(closing(connect(*args, **options)))


def request(body: Any) -> bytes:
    text = json.dumps(body).encode()
    head = f"POST {CHAT} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(text)}\r\n\r\n".encode() + text


def slow_readers(url: str) -> list[socket.socket]:
    """Streams whose readers take nothing beyond the smallest buffer there is."""
    return [connect(url, request(STREAM), buffer=2048) for _ in range(SLOW)]


async def gaps(url: str, streams: int = 8) -> list[float]:
    """Times between two pieces, of readers that keep up."""
    found: list[float] = []

    async def read(client: httpx.AsyncClient) -> None:
        last = None
        async with client.stream("POST", CHAT, json=STREAM) as response:
            async for _ in response.aiter_raw():
                moment = time.monotonic()
                if last is not None:
                    found.append(moment - last)
                last = moment

    async with httpx.AsyncClient(base_url=url, timeout=60) as client:
        await asyncio.gather(*(read(client) for _ in range(streams)))
    return sorted(found)


def p95(values: list[float]) -> float:
    return values[int(0.95 * len(values))]


def test_readers_that_stall_are_dropped(
    spec: Spec, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert events.STALL <= 30
    monkeypatch.setattr(events, "STALL", 0.5)
    parrot = Parrot(pieces=10**6, delay=0.0, size=60_000)
    app = create_app(Bot(spec, parrot, "r", "d"), database, spec)
    with served_app(app) as url:
        readers = slow_readers(url)
        began = time.monotonic()
        while parrot.asked < SLOW:
            assert time.monotonic() - began < 60
            time.sleep(0.01)
        while parrot.running:
            assert time.monotonic() - began < 60
            time.sleep(0.05)
        assert httpx.get(f"{url}/ready").status_code == 200
    for reader in readers:
        reader.close()


def test_stopping_does_not_wait_for_readers(spec: Spec, database: Database) -> None:
    parrot = Parrot(pieces=10**6, delay=0.0, size=60_000)
    app = create_app(Bot(spec, parrot, "r", "d"), database, spec)
    with served_app(app, grace=0.2) as url:
        readers = slow_readers(url)
        began = time.monotonic()
        while parrot.asked < SLOW:
            assert time.monotonic() - began < 60
            time.sleep(0.01)
        time.sleep(1)  # until their buffers are full
        stopped = time.monotonic()
    assert time.monotonic() - stopped < 6 * SLACK
    for reader in readers:
        reader.close()


@pytest.mark.soak
def test_slow_readers_cost_others_nothing(tmp_path: Path) -> None:
    engine = {"pieces": 1000, "delay": 0.01, "size": 8000}
    with running(str(tmp_path / "store.db"), tmp_path, engine=engine) as server:
        asyncio.run(gaps(server.address))
        alone = p95(asyncio.run(gaps(server.address)))
        memory = server.rss()
        readers = slow_readers(server.address)
        began = time.monotonic()
        time.sleep(4)  # until their buffers are full
        beside = p95(asyncio.run(gaps(server.address)))
        grown = (server.rss() - memory) / SLOW
        with httpx.Client(base_url=server.address) as client:
            while 'vllm:num_requests_running{model_name="library"} 0.0' not in (
                client.get("/metrics").text
            ):
                assert time.monotonic() - began < 45
                time.sleep(0.2)
        dropped = time.monotonic() - began
        for reader in readers:
            reader.close()
    figures = {
        "p95_ms_alone": round(1000 * alone, 2),
        "p95_ms_beside": round(1000 * beside, 2),
        "kib_per_slow_reader": round(grown / 1024, 1),
        "dropped_after_s": round(dropped, 1),
    }
    print("F5", figures)
    assert beside <= 1.1 * alone + 0.001, figures
    assert grown <= 64 * 1024 + 32 * 1024, figures  # the buffer, and what a stream is besides
    assert dropped <= 4 + 30 + 5, figures


def closed_within(raw: socket.socket, seconds: float, drip: bytes = b"") -> float:
    """When the server closed the connection, while `drip` comes ten times a second."""
    began = time.monotonic()
    raw.settimeout(0.1)
    while time.monotonic() - began < seconds:
        try:
            if drip:
                raw.sendall(drip)
            if raw.recv(1000) == b"":
                return time.monotonic() - began
        except TimeoutError:
            pass
        except OSError:
            return time.monotonic() - began
    raise AssertionError(f"still open after {seconds} s")


@pytest.mark.parametrize(
    ("sent", "drip"),
    [
        (b"", b""),
        (b"GET / HTTP/1.1\r\nX: ", b"x"),
        (b"GE", b""),
        (b"POST / HTTP/1.1\r\n", b"X: y\r\n"),
    ],
    ids=["silence", "a header that drips", "half a method", "header upon header"],
)
def test_heads_that_do_not_come(
    url: str, dial: Dial, monkeypatch: pytest.MonkeyPatch, sent: bytes, drip: bytes
) -> None:
    assert connection.HEAD_SECONDS <= 20
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.5)
    raw = dial(url, sent)
    assert 0.3 < closed_within(raw, 3 * SLACK, drip) < 2 * SLACK
    assert httpx.get(f"{url}/ready").status_code == 200


def test_a_second_request_that_drips(url: str, dial: Dial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.5)
    raw = dial(url, b"GET /ready HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert raw.recv(10_000).startswith(b"HTTP/1.1 200")
    raw.sendall(b"GET /rea")
    assert 0.3 < closed_within(raw, 3 * SLACK, b"x") < 2 * SLACK


def test_a_long_stream_is_not_cut(
    url: str, parrot: Parrot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.1)
    parrot.pieces, parrot.delay = 40, 0.02
    with httpx.stream("POST", f"{url}{CHAT}", json=STREAM) as response:
        text = "".join(response.iter_text())
    assert text.endswith("data: [DONE]\n\n")
    assert '"error"' not in text


def test_heads_that_are_too_large(url: str, dial: Dial) -> None:
    raw = dial(url, b"GET / HTTP/1.1\r\n" + b"X: " + b"y" * 200_000)
    raw.settimeout(3)
    with suppress(ConnectionResetError):  # it was closed with our bytes unread
        assert raw.recv(1000).startswith(b"HTTP/1.1 431")
    assert httpx.get(f"{url}/ready").status_code == 200


def test_bodies_that_drip(app: FastAPI, dial: Dial, monkeypatch: pytest.MonkeyPatch) -> None:
    assert limits.BODY_SECONDS <= 20
    monkeypatch.setattr(limits, "BODY_SECONDS", 0.5)
    services: Services = app.state.services
    with served_app(app) as url:
        raw = dial(url, request(STREAM)[:-10])
        assert 0.3 < closed_within(raw, 3 * SLACK) < 2 * SLACK
        assert services.deployed.leased() == 0
