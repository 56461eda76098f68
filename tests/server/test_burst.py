"""Far more requests than can be answered (F6): only 200, 429 and 503, each refusal with its time.

The short form looks at the answers alone; `make soak` runs a minute, and looks at times as well.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SLOTS, SECONDS = 8, 0.2  # replies at once, and how long each takes: 40 a second
CAPACITY = SLOTS / SECONDS
OPEN = 900  # requests at once at most: connections have a cap of their own, and a test of it

PROGRAM = f"""
import asyncio, sys, threading
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from tests.conftest import FakeEngine, Script
from chatwright.answer import Bot
from chatwright.core.errors import EngineOverloaded
from chatwright.server import create_app, serve
from chatwright.spec import Spec
from chatwright.store import Database, Keys
from chatwright.store.keys import OwnLimits

class Narrow(FakeEngine):
    "So many replies at once, twice as many that wait, and no more."
    def __init__(self):
        super().__init__()
        self.free, self.inside, self.most = asyncio.Semaphore({SLOTS}), 0, 0

    async def chat(self, conversation, sampling):
        if self.inside >= 3 * {SLOTS}:
            raise EngineOverloaded("The queue is full.", "Try again.", retry_after=1.0)
        self.inside += 1
        self.most = max(self.most, self.inside)
        try:
            async with self.free:
                self.scripts.append(Script(("a ",) * 10, delay={SECONDS} / 10))
                async for chunk in super().chat(conversation, sampling):
                    yield chunk
        finally:
            self.inside -= 1

folder = Path(sys.argv[1])
spec = Spec.model_validate({{"folder": folder, "bot": {{"name": "library", "purpose": "x"}},
    "limits": {{"requests_per_minute": 0, "streams": 0, "tokens_per_day": 1000000000}}}})
database = Database(folder / "store.db")
keys = Keys(database)
free = keys.create("library", "free")[1]
tight = keys.create("library", "tight", limits=OwnLimits(requests_per_minute=60, streams=20))[1]
engine = Narrow()
app = create_app(Bot(spec, engine, "r", "d"), database, spec)
serve(app, "127.0.0.1", 0, on_ready=lambda url: print(url, free, tight, flush=True), grace=0.5)
print(engine.most, flush=True)
"""


@dataclass
class Seen:
    """What came back."""

    statuses: Counter[int] = field(default_factory=Counter)
    refused_after: list[float] = field(default_factory=list)  # seconds
    wrong: list[str] = field(default_factory=list)


@contextmanager
def server(folder: Path) -> Iterator[tuple[str, int, str, str, list[int]]]:
    """Host, port, a key without limits, one with; and at the end, the most that were in the engine."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder), str(ROOT)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    url, free, tight = process.stdout.readline().split()
    host, port = url.removeprefix("http://").split(":")
    most: list[int] = []
    try:
        yield host, int(port), free, tight, most
    finally:
        process.terminate()
        out, err = process.communicate(timeout=20)
        assert process.returncode == 0, err
        assert "Traceback" not in err
        most.append(int(out))


def request(key: str) -> bytes:
    body = json.dumps(
        {"model": "library", "stream": True, "messages": [{"role": "user", "content": "Hi"}]}
    ).encode()
    head = (
        "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        f"Authorization: Bearer {key}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def ask(host: str, port: int, key: str, seen: Seen) -> None:
    started = time.monotonic()
    try:
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(request(key))
        text = (await reader.read()).decode()
        writer.close()
    except OSError as error:
        text = repr(error)
    took = time.monotonic() - started
    status = int(text.split(" ", 2)[1]) if text.startswith("HTTP/1.1 ") else 0
    seen.statuses[status] += 1
    if status == 200 and not ('"finish_reason":"stop"' in text and "data: [DONE]" in text):
        seen.wrong.append(text)
    if status != 200:
        seen.refused_after.append(took)
        if "\r\nretry-after: " not in text.lower() or '{"error":' not in text:
            seen.wrong.append(text)


async def burst(host: str, port: int, keys: list[str], rate: float, seconds: float) -> Seen:
    """So many requests a second, whatever becomes of those before."""
    seen, tasks = Seen(), set[asyncio.Task[None]]()
    started = time.monotonic()
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, started + number / rate - time.monotonic()))
        if len(tasks) >= OPEN:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        task = asyncio.create_task(ask(host, port, keys[number % len(keys)], seen))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    await asyncio.gather(*tasks)
    return seen


async def until_a_limit(host: str, port: int, key: str) -> Seen:
    """As many requests at once as there are slots, until the key's own limit refuses one: in a burst
    the door may be shut to all before that, on a machine that is slow enough."""
    seen = Seen()
    for _ in range(40):
        await asyncio.gather(*(ask(host, port, key, seen) for _ in range(SLOTS)))
        if seen.statuses[429]:
            break
    return seen


def check(seen: Seen, most: list[int]) -> None:
    assert not seen.wrong, seen.wrong[:3]
    assert set(seen.statuses) <= {200, 429, 503}
    assert seen.statuses[200] > 0
    assert seen.statuses[503] > 0
    assert most[0] <= 3 * SLOTS


async def test_a_short_burst(tmp_path: Path) -> None:
    with server(tmp_path) as (host, port, free, tight, most):
        limited = await until_a_limit(host, port, tight)
        seen = await burst(host, port, [free, tight], 5 * CAPACITY, 2)
    check(seen, most)
    assert not limited.wrong, limited.wrong[:3]
    assert set(limited.statuses) == {200, 429}


@pytest.mark.soak
async def test_a_minute_of_ten_times_what_is_possible(tmp_path: Path) -> None:
    with server(tmp_path) as (host, port, free, tight, most):
        alone = await burst(host, port, [free], 0.95 * CAPACITY, 10)
        seconds = 60
        started = time.monotonic()
        seen = await burst(host, port, [free, free, free, tight], 10 * CAPACITY, seconds)
        took = time.monotonic() - started
        await asyncio.sleep(5)
        after = await burst(host, port, [free], 0.5 * CAPACITY, 5)
    check(seen, most)
    refused = sorted(seen.refused_after)
    p99 = refused[int(len(refused) * 0.99)]
    goodput = seen.statuses[200] / took
    print(
        f"{dict(seen.statuses)}; refusals p50 {refused[len(refused) // 2] * 1000:.1f} ms, "
        f"p99 {p99 * 1000:.1f} ms, n = {len(refused)}; {goodput:.1f} replies/s of {CAPACITY:.0f}; "
        f"before {alone.statuses[200] / 10:.1f}"
    )
    assert p99 < 0.050
    assert goodput >= 0.9 * CAPACITY
    assert set(alone.statuses) == {200}
    assert set(after.statuses) == {200}
