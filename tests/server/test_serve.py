"""Serving: the port is taken first, errors come as they are, and a signal ends it in good order."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from tests.conftest import FakeEngine, Script
from tests.server.conftest import served_app

from chatwright.answer import Bot
from chatwright.core.errors import ChatwrightError, EngineError, WrongUse
from chatwright.server import events as server_events
from chatwright.server import serve
from chatwright.server.errors import Problem
from chatwright.server.events import EventStream
from chatwright.server.serve import address, bind
from chatwright.server.services import Services
from chatwright.spec import Spec

GOOD = {"model": "library", "messages": [{"role": "user", "content": "Hi"}], "stream": True}


def unexpected(address: str) -> None:
    raise AssertionError(address)


def test_a_port_in_use_is_told_before_the_engine_starts(app: FastAPI, engine: FakeEngine) -> None:
    with bind("127.0.0.1", 0) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ChatwrightError, match=rf"Port {port} .*in use.*--port"):
            serve(app, "127.0.0.1", port, on_ready=unexpected)
    assert engine.starts == 0


@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1"])
def test_a_host_that_is_not_here(app: FastAPI, engine: FakeEngine, host: str) -> None:
    with pytest.raises(ChatwrightError) as error:
        serve(app, host, 0, on_ready=unexpected)
    assert "this machine" in error.value.next_step
    assert isinstance(error.value, WrongUse) == (host[0] == "n")
    assert engine.starts == 0


def test_an_engine_that_cannot_start(app: FastAPI, engine: FakeEngine) -> None:
    engine.start_error = EngineError("No weights.", "Train first.")
    with pytest.raises(EngineError, match="No weights"):
        serve(app, "127.0.0.1", 0, on_ready=unexpected)
    assert engine.closes == 1


def test_the_address_is_one_to_open() -> None:
    with bind("0.0.0.0", 0) as listener:
        port = listener.getsockname()[1]
        assert address("0.0.0.0", listener) == f"http://127.0.0.1:{port}"
        assert address("::1", listener) == f"http://[::1]:{port}"
        assert address("localhost", listener) == f"http://localhost:{port}"


def test_the_engine_is_started_and_closed(app: FastAPI, engine: FakeEngine) -> None:
    with served_app(app) as url:
        assert (engine.starts, engine.closes) == (1, 0)
        httpx.get(f"{url}/health")
    assert (engine.starts, engine.closes) == (1, 1)


def test_a_swap_between_requests(
    app: FastAPI, services: Services, spec: Spec, engine: FakeEngine
) -> None:
    engine.scripts.append(Script(("old ",) * 20, delay=0.02))
    new = FakeEngine(Script(("new",)))
    with served_app(app) as url, httpx.Client(base_url=url) as client:

        async def swap() -> None:
            await services.deployed.swap(Bot(spec, new, "r2", "d2"))

        with client.stream("POST", "/v1/chat/completions", json=GOOD) as response:
            pieces = response.iter_text()
            text = next(pieces)
            assert engine.loop is not None
            swapping = asyncio.run_coroutine_threadsafe(swap(), engine.loop)
            while services.deployed.current().deployment_id != "d2":
                time.sleep(0.01)
            with httpx.Client(base_url=url) as other:
                fresh = other.post("/v1/chat/completions", json=GOOD | {"stream": False}).json()
            text += "".join(pieces)
        assert fresh["system_fingerprint"] == "d2"
        assert text.count('"content":"old "') == 20
        assert '"d2"' not in text
        swapping.result(5)
        assert engine.closes == 1
        assert client.get("/ready").json()["deployment"] == "d2"


@pytest.mark.parametrize("kind", ["v1", "web"])
def test_streams_end_with_an_error_when_the_grace_is_over(
    app: FastAPI, services: Services, engine: FakeEngine, kind: str
) -> None:
    engine.scripts.append(Script(("a ",), delay=0.01, forever=True))
    with served_app(app, grace=0.3) as url, httpx.Client(base_url=url) as client:
        if kind == "v1":
            request = client.build_request("POST", "/v1/chat/completions", json=GOOD)
        else:
            id = client.post("/api/conversations", json={}).json()["id"]
            turn = client.post(
                f"/api/conversations/{id}/turns", json={"content": "Hi", "parent_id": None}
            ).json()
            request = client.build_request("GET", f"/api/turns/{turn['turn_id']}/events")
        response = client.send(request, stream=True)
        pieces = response.iter_text()
        text = next(pieces)
        services.stop()
        time.sleep(0.05)
        assert httpx.get(f"{url}/ready").status_code == 503  # while the stream goes on
        text += "".join(pieces)
    last = [block for block in text.split("\n\n") if block]
    if kind == "v1":
        assert last[-1] == "data: [DONE]"
        assert '"error"' in last[-2]
    else:
        assert "event: error" in last[-1]
        assert '"status":"interrupted"' in last[-1]
    assert engine.running == 0


def test_streams_may_end_within_the_grace(
    app: FastAPI, services: Services, engine: FakeEngine
) -> None:
    engine.scripts.append(Script(("a ",) * 10, delay=0.03))
    with (
        served_app(app, grace=5) as url,
        httpx.stream("POST", f"{url}/v1/chat/completions", json=GOOD) as response,
    ):
        pieces = response.iter_text()
        text = next(pieces)
        services.stop()
        text += "".join(pieces)
    assert text.count("a ") == 10
    assert '"error"' not in text


def test_an_idle_server_stops_at_once(app: FastAPI, services: Services) -> None:
    with served_app(app, grace=30):
        started = time.monotonic()
        services.stop()
    assert time.monotonic() - started < 2


PROGRAM = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from tests.conftest import FakeEngine, Script
from chatwright.answer import Bot
from chatwright.server import create_app, serve
from chatwright.spec import Spec
from chatwright.store import Database
folder = Path(sys.argv[1])
spec = Spec.model_validate({"folder": folder, "bot": {"name": "library", "purpose": "x"}})
engine = FakeEngine(*(Script(("a ",), delay=0.01, forever=True) for _ in range(20)))
app = create_app(Bot(spec, engine, "r", "d"), Database(folder / "store.db"), spec)
serve(app, "127.0.0.1", 0, on_ready=lambda url: print(url, flush=True), grace=0.5)
print("running", engine.running, flush=True)
"""


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_with_twenty_live_streams_ends_with_0(tmp_path: Path, sign: int) -> None:
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path), str(root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    url = process.stdout.readline().strip()
    started = threading.Barrier(21, timeout=20)
    texts: list[str] = []

    def stream() -> None:
        with httpx.stream("POST", f"{url}/v1/chat/completions", json=GOOD, timeout=20) as response:
            pieces = response.iter_text()
            first = next(pieces)
            started.wait()
            texts.append(first + "".join(pieces))

    threads = [threading.Thread(target=stream) for _ in range(20)]
    for thread in threads:
        thread.start()
    started.wait()
    process.send_signal(sign)
    for thread in threads:
        thread.join(10)
    out, err = process.communicate(timeout=10)
    assert process.returncode == 0, err
    assert out.strip() == "running 0"
    assert err == ""
    assert len(texts) == 20
    assert all(text.endswith("data: [DONE]\n\n") and '"error"' in text for text in texts)


# --- slow readers --------------------------------------------------------------------------------


async def test_a_reader_that_takes_nothing_is_dropped_and_costs_little(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(server_events, "STALL", 0.1)
    made = 0
    closed = []

    async def frames():  # type: ignore[no-untyped-def]
        nonlocal made
        try:
            while True:
                made += 1
                yield b"x" * 1000
        finally:
            closed.append("frames")

    async def finished() -> None:
        closed.append("finished")

    async def send(message: object) -> None:
        if isinstance(message, dict) and message["type"] == "http.response.body":
            await asyncio.sleep(60)

    async def receive() -> dict[str, str]:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    stream = EventStream(
        frames(), closing=asyncio.Event(), farewell=lambda _: b"", finished=finished
    )
    started = time.monotonic()
    await stream({"type": "http"}, receive, send)  # type: ignore[arg-type]
    assert time.monotonic() - started < 1
    assert closed == ["frames", "finished"]
    assert made == 1  # nothing is made ahead of a reader


async def idle() -> dict[str, str]:
    await asyncio.sleep(60)
    return {"type": "http.disconnect"}


async def test_no_frame_is_kept_back() -> None:
    written: list[bytes] = []
    seen: list[int] = []

    async def frames():  # type: ignore[no-untyped-def]
        for number in range(3):
            yield b"%d;" % number
            seen.append(len(written))

    async def send(message: dict[str, bytes]) -> None:
        if message["type"] == "http.response.body":  # type: ignore[comparison-overlap]
            written.append(message["body"])

    stream = EventStream(frames(), closing=asyncio.Event(), farewell=lambda _: b"")
    await stream({"type": "http"}, idle, send)  # type: ignore[arg-type]
    assert written == [b"0;", b"1;", b"2;", b""]
    assert seen == [1, 2, 3]


@pytest.mark.parametrize("begun", [True, False])
async def test_closing_ends_a_silent_stream_soon(begun: bool) -> None:
    written: list[bytes] = []
    closed = []
    closing = asyncio.Event()

    async def frames():  # type: ignore[no-untyped-def]
        try:
            if begun:
                yield b"one"
            await asyncio.sleep(60)
            yield b"never"
        finally:
            closed.append("frames")

    async def send(message: dict[str, bytes]) -> None:
        if message["type"] == "http.response.body":  # type: ignore[comparison-overlap]
            written.append(message["body"])

    stream = EventStream(frames(), closing=closing, farewell=lambda why: why.message[:10].encode())
    serving = asyncio.create_task(stream({"type": "http"}, idle, send))  # type: ignore[arg-type]
    await asyncio.sleep(0.05)
    closing.set()
    if begun:
        await asyncio.wait_for(serving, 2)
        assert written == [b"one", b"The server"]
    else:  # no status was sent: the request gets that of an error
        with pytest.raises(Problem, match="shutting down"):
            await asyncio.wait_for(serving, 2)
        assert written == []
    assert closed == ["frames"]


async def test_a_timeout_of_the_source_is_not_taken_for_a_slow_reader() -> None:
    async def frames():  # type: ignore[no-untyped-def]
        raise TimeoutError("the source's own")
        yield b""

    async def send(message: object) -> None:
        raise AssertionError(message)

    stream = EventStream(frames(), closing=asyncio.Event(), farewell=lambda _: b"")
    with pytest.raises(TimeoutError, match="own"):
        await stream({"type": "http"}, idle, send)  # type: ignore[arg-type]
