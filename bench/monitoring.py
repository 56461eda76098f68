"""What watching costs: a piece of text with and without figures and traces, and /metrics beside replies.

`python bench/monitoring.py`; the last line is one JSON object. The engine says words and computes nothing: the
server's own share is all there is. Of a piece it is processor time, which a busy machine changes least.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import tempfile
import threading
import time
from collections.abc import AsyncGenerator, Callable
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import machine
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from chatwright.answer import Bot
from chatwright.core.types import Chunk, Conversation, Message, Sampling, Usage
from chatwright.server import create_app, otel, serve
from chatwright.server.metrics import Metrics
from chatwright.spec import Spec
from chatwright.store import Database

PIECES, REPLIES, ROUNDS = 100, 300, 7
STREAMS, SCRAPES = 32, 60
Chunks = AsyncGenerator[Chunk, None]


class Words:
    """An engine that says `PIECES` words, one every `delay` seconds."""

    context, can = 100_000, frozenset[str]()

    def __init__(self, delay: float) -> None:
        self.delay = delay

    def count(self, conversation: Conversation) -> int:
        return len(conversation.messages)

    async def chat(self, conversation: Conversation, sampling: Sampling) -> Chunks:
        for number in range(PIECES):
            if self.delay:
                await asyncio.sleep(self.delay)
            yield Chunk("word ", written=number + 1)
        yield Chunk(finish_reason="stop", usage=Usage(1, PIECES), route="generated")

    async def start(self) -> None:
        """It is there."""

    async def close(self) -> None:
        """Nothing is kept."""

    def health(self) -> str:
        return "ready"


def spec_in(folder: Path) -> Spec:
    values = {"folder": folder, "bot": {"name": "bench", "purpose": "x"}}
    return Spec.model_validate(
        values | {"answers": {"max_tokens": 1000}, "guard": {"personal": False}}
    )


async def _seconds(bot: Bot, watch: Callable[[Chunks], Chunks]) -> float:
    conversation = Conversation((Message("user", "Hi"),))
    began = time.process_time()
    for _ in range(REPLIES):
        async for _ in watch(bot.reply(conversation)):
            pass
    return time.process_time() - began


def a_piece(spec: Spec) -> dict[str, Any]:
    """Microseconds per piece of a whole reply by the bot: bare, watched, watched and traced; in turn."""
    bot, metrics = Bot(spec, Words(0), "r", "d"), Metrics("bench")
    told = spec.model_copy(
        update={"monitoring": spec.monitoring.model_copy(update={"traces": True})}
    )

    def traced() -> float:
        end = otel.start(told, InMemorySpanExporter())
        try:
            return asyncio.run(_seconds(bot, partial(metrics.watch, channel="web")))
        finally:
            end()

    ways: dict[str, Callable[[], float]] = {
        "bare": lambda: asyncio.run(_seconds(bot, lambda chunks: chunks)),
        "watched": lambda: asyncio.run(_seconds(bot, partial(metrics.watch, channel="web"))),
        "traced": traced,
    }
    found: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            found[name].append(way())
    best = {name: min(values) / REPLIES / PIECES * 1e6 for name, values in found.items()}
    return {
        **{f"{name}_us": round(value, 2) for name, value in best.items()},
        "watched_over_bare": round(best["watched"] / best["bare"], 3),
        "traced_over_watched": round(best["traced"] / best["watched"], 3),
        "n": REPLIES * PIECES,
    }


def scrapes(spec: Spec) -> dict[str, Any]:
    """Milliseconds of GET /metrics, alone and beside `STREAMS` streams, and its bytes."""
    database = Database(spec.folder / "store.db")
    app = create_app(Bot(spec, Words(0.04), "r", "d"), database, spec)  # as an engine gathers
    ready, address = threading.Event(), list[str]()

    def on_ready(url: str) -> None:
        address.append(url)
        ready.set()

    thread = threading.Thread(target=lambda: serve(app, "127.0.0.1", 0, on_ready=on_ready, grace=1))
    thread.start()
    ready.wait()
    try:
        alone = _times(address[0])
        done = threading.Event()
        asking = [threading.Thread(target=_stream, args=(address[0], done)) for _ in range(STREAMS)]
        for one in asking:
            one.start()
        time.sleep(2)
        beside = _times(address[0])
        done.set()
        for one in asking:
            one.join()
        size = len(httpx.get(f"{address[0]}/metrics").content)
    finally:
        app.state.services.stop()
        thread.join()
        database.close()
    return {"alone_ms": alone, "beside_ms": beside, "bytes": size, "streams": STREAMS, "n": SCRAPES}


def _times(address: str) -> dict[str, float]:
    found = []
    with httpx.Client(base_url=address, timeout=30) as client:
        for _ in range(SCRAPES):
            began = time.perf_counter()
            client.get("/metrics").raise_for_status()
            found.append(1000 * (time.perf_counter() - began))
            time.sleep(0.1)
    found.sort()
    p95 = found[int(0.95 * len(found))]
    return {"p50": round(statistics.median(found), 1), "p95": round(p95, 1)}


def _stream(address: str, done: threading.Event) -> None:
    said = [{"role": "user", "content": "Hi"}]
    body = {"model": "bench", "messages": said, "stream": True}
    with httpx.Client(base_url=address, timeout=60) as client:
        while not done.is_set():
            with client.stream("POST", "/v1/chat/completions", json=body) as answer:
                for _ in answer.iter_raw():
                    pass


def main() -> None:
    print(machine.header())
    with tempfile.TemporaryDirectory() as folder:
        spec = spec_in(Path(folder))
        print(json.dumps({"piece": a_piece(spec), "metrics": scrapes(spec)}))


if __name__ == "__main__":
    main()
