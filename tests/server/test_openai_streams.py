"""What every stream of `/v1` keeps to: heartbeats, errors after the start, readers that do not read."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from tests.conftest import Script
from tests.server.conftest import WordEngine, served_app
from tests.server.test_openai import ASK, wait_for_idle
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from chatwright.core.errors import EngineError
from chatwright.server import events as server_events
from chatwright.server.services import Services

BODIES: dict[str, dict[str, Any]] = {
    "/v1/chat/completions": {"messages": ASK},
    "/v1/completions": {"prompt": "Hi"},
    "/v1/responses": {"input": "Hi"},
}
PATHS = pytest.mark.parametrize("path", BODIES)


def body(path: str, **more: Any) -> dict[str, Any]:
    return {"model": "library", "stream": True} | BODIES[path] | more


def told(text: str) -> list[Any]:
    """The data of all events; comments and [DONE] are none."""
    lines = [line for line in text.split("\n") if line.startswith("data: {")]
    return [json.loads(line.removeprefix("data: ")) for line in lines]


@PATHS
def test_headers(client: httpx.Client, path: str) -> None:
    response = client.post(path, json=body(path))
    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert response.headers["cache-control"] == "no-cache"
    assert response.headers["x-accel-buffering"] == "no"
    assert "content-length" not in response.headers
    # The Responses API ends with its last event, the others with a word.
    assert response.text.endswith("data: [DONE]\n\n") is (path != "/v1/responses")


@PATHS
def test_text_is_the_same_whole_or_streamed(client: httpx.Client, path: str) -> None:
    whole = client.post(path, json=body(path, stream=False)).json()
    streamed = told(client.post(path, json=body(path)).text)
    if path == "/v1/responses":
        text = "".join(event.get("delta", "") for event in streamed)
        assert text == whole["output"][0]["content"][0]["text"]
    elif path == "/v1/completions":
        text = "".join(event["choices"][0]["text"] for event in streamed)
        assert text == whole["choices"][0]["text"]
    else:
        deltas = [event["choices"][0]["delta"] for event in streamed]
        text = "".join(delta.get("content") or "" for delta in deltas)
        assert text == whole["choices"][0]["message"]["content"]
    assert text == "Hello there."


@PATHS
def test_silence_is_broken_by_a_heartbeat(
    client: httpx.Client, engine: WordEngine, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """Also before the first word: a proxy that hears nothing ends the connection."""
    assert server_events.HEARTBEAT == 15
    monkeypatch.setattr(server_events, "HEARTBEAT", 0.01)
    engine.scripts.append(Script(("a", "b"), delay=1.2))
    response = client.post(path, json=body(path))
    blocks = response.text.split("\n\n")
    assert response.status_code == 200
    assert blocks[0] == ": ping"
    assert blocks.count(": ping") >= 2
    assert "a" in response.text
    assert told(response.text)


@PATHS
@pytest.mark.parametrize("beats", [False, True])
def test_an_error_after_the_start_is_an_event(
    client: httpx.Client,
    engine: WordEngine,
    services: Services,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    beats: bool,
) -> None:
    if beats:  # the status has left with a heartbeat, before any word
        monkeypatch.setattr(server_events, "HEARTBEAT", 0.01)
    pieces = () if beats else ("half",)
    broken = EngineError("It broke.", "Try again.")
    engine.scripts.append(
        Script(("half",), delay=1.2, error=broken) if beats else Script(pieces, error=broken)
    )
    response = client.post(path, json=body(path))
    assert response.status_code == 200
    last = told(response.text)[-1]
    if path == "/v1/responses":
        assert last["type"] == "response.failed"
        assert last["response"]["error"]["message"] == "It broke. Try again."
    else:
        assert last["error"] == {
            "message": "It broke. Try again.",
            "type": "server_error",
            "param": None,
            "code": "engine_error",
        }
    assert wait_for_idle(engine, services) < 1


def test_a_heartbeat_before_an_error_without_words(
    client: httpx.Client, engine: WordEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_events, "HEARTBEAT", 0.01)

    async def slow(*_: Any) -> Any:
        await asyncio.sleep(1.2)
        raise RuntimeError("secret /path")
        yield

    monkeypatch.setattr(engine, "chat", slow)
    path = "/v1/chat/completions"
    response = client.post(path, json=body(path))
    assert response.text.startswith(": ping\n\n")
    assert told(response.text)[-1]["error"]["code"] == "internal_error"
    assert "secret" not in response.text
    assert response.text.endswith("data: [DONE]\n\n")


@PATHS
def test_streams_say_so_when_the_server_goes_down(
    app: FastAPI, engine: WordEngine, services: Services, path: str
) -> None:
    engine.scripts.append(Script(("a ",), delay=0.01, forever=True))
    with (
        served_app(app, grace=0.2) as url,
        httpx.stream("POST", f"{url}{path}", json=body(path), timeout=10) as response,
    ):
        pieces = response.iter_text()
        first = next(pieces)
        services.stop()
        text = first + "".join(pieces)
    last = told(text)[-1]
    assert "shutting down" in json.dumps(last)


@pytest.mark.soak
def test_slow_readers_cost_little_and_are_dropped(
    url: str, engine: WordEngine, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F5: what waits for a reader is bounded, and one that takes nothing is gone soon."""
    assert server_events.STALL == 30
    monkeypatch.setattr(server_events, "STALL", 2.0)
    made: list[Any] = []
    connection_made = HttpToolsProtocol.connection_made

    def noting(self: HttpToolsProtocol, transport: Any) -> None:
        made.append(transport)
        connection_made(self, transport)

    monkeypatch.setattr(HttpToolsProtocol, "connection_made", noting)
    readers = 20
    piece = "some words. " * 600  # a guard may hold back a word that does not end
    engine.scripts.extend(Script((piece,), delay=0.005, forever=True) for _ in range(readers))
    path = "/v1/chat/completions"
    sent = json.dumps(body(path, max_tokens=1_000_000)).encode()
    host, port = url.removeprefix("http://").split(":")
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\ncontent-type: application/json\r\n"
        f"Content-Length: {len(sent)}\r\n\r\n"
    )
    sockets = []
    most = 0
    try:
        for _ in range(readers):
            reader = socket.socket()
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            reader.connect((host, int(port)))
            reader.sendall(head.encode() + sent)
            sockets.append(reader)
        began = time.monotonic()
        while engine.cancelled < readers:
            assert time.monotonic() - began < 60
            most = max([most, *(transport.get_write_buffer_size() for transport in made)])
            time.sleep(0.05)
    finally:
        for reader in sockets:
            reader.close()
    assert 0 < most <= 65_536 + len(piece) + 1000  # the limit, and the piece that went beyond it
    assert services.deployed.leased() == 0
