"""What it costs to know who asks, and to count it: the same request without a key, with one, and with limits.

    python bench/access.py [--requests 600] [--repeats 5]

The real app over HTTP, with an engine that answers at once, so that nothing else is measured. Three
servers run side by side, one per way, each with a store of its own; passes are interleaved. CPU is the
server process's own (user and system), per request; the client shares the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Literal

import machine

from chatwright.answer import Bot
from chatwright.core.types import Chunk, Conversation, Restorer, Sampling, Usage
from chatwright.server import create_app, serve
from chatwright.spec import Spec
from chatwright.store import Database, Keys
from chatwright.store.passwords import hash_password

WAYS = ("open", "key", "limits")
LIMITS = {"requests_per_minute": 10**9, "tokens_per_minute": 10**9, "tokens_per_day": 10**12}
NO_LIMITS = dict.fromkeys(LIMITS, 0) | {"streams": 0}
TICKS = os.sysconf("SC_CLK_TCK")


class Instant:
    """An engine that says one word."""

    context = 1000

    def count(self, _conversation: Conversation) -> int:
        return 5

    async def chat(
        self,
        _conversation: Conversation,
        _sampling: Sampling,
        _restorer: Restorer | None = None,
    ) -> AsyncIterator[Chunk]:
        yield Chunk("Hello.")
        yield Chunk(finish_reason="stop", usage=Usage(5, 1))

    async def start(self) -> None: ...

    async def close(self) -> None: ...

    def health(self) -> Literal["ready"]:
        return "ready"


def run_server(way: str, folder: Path) -> None:
    limits = LIMITS | {"streams": 10**6} if way == "limits" else NO_LIMITS
    values = {"folder": folder, "bot": {"name": "b", "purpose": "x"}, "limits": limits}
    spec = Spec.model_validate(values)
    database = Database(folder / "store.db")
    key = "" if way == "open" else Keys(database).create("b", way)[1]
    app = create_app(Bot(spec, Instant(), "r", "d"), database, spec)
    serve(app, "127.0.0.1", 0, on_ready=lambda url: print(json.dumps([url, key]), flush=True))


def start(way: str, folder: Path) -> tuple[subprocess.Popen[str], int, bytes]:
    folder.mkdir()
    process = subprocess.Popen(
        [sys.executable, __file__, "--serve", way, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    url, key = json.loads(process.stdout.readline())
    body = json.dumps({"model": "b", "messages": [{"role": "user", "content": "Hi"}]}).encode()
    head = "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n"
    head += f"Authorization: Bearer {key}\r\n" if key else ""
    head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return process, int(url.rpartition(":")[2]), head.encode() + body


async def ask(port: int, request: bytes, count: int, took: list[float]) -> None:
    """`count` requests one after another on one connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(count):
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        took.append(time.perf_counter() - began)
    writer.close()


def cpu(process: subprocess.Popen[str]) -> float:
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


async def one_pass(
    process: subprocess.Popen[str], port: int, request: bytes, clients: int, requests: int
) -> dict[str, float]:
    took: list[float] = []
    before, began = cpu(process), time.perf_counter()
    await asyncio.gather(*(ask(port, request, requests // clients, took) for _ in range(clients)))
    seconds = time.perf_counter() - began
    used = cpu(process) - before
    took.sort()
    return {
        "p50_ms": took[len(took) // 2] * 1000,
        "p99_ms": took[int(len(took) * 0.99)] * 1000,
        "per_second": len(took) / seconds,
        "cpu_us": used / len(took) * 1e6,
    }


async def measure(requests: int, repeats: int) -> dict[str, Any]:
    found: dict[str, list[dict[str, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        servers = {way: start(way, Path(folder) / way) for way in WAYS}
        try:
            for repeat in range(repeats + 1):
                for clients in (1, 32):
                    for way, (process, port, request) in servers.items():
                        figures = await one_pass(process, port, request, clients, requests)
                        if repeat:  # the first is not counted
                            found.setdefault(f"{way}_{clients}", []).append(figures)
        finally:
            for process, _, _ in servers.values():
                process.terminate()
                process.wait()
    return {
        name: {figure: statistics.median(p[figure] for p in passes) for figure in passes[0]}
        for name, passes in found.items()
    }


def hashing(repeats: int = 10) -> float:
    """Seconds for one password."""
    took = []
    for _ in range(repeats):
        began = time.perf_counter()
        hash_password("correct horse battery")
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--requests", type=int, default=600)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--serve", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        run_server(options.serve[0], Path(options.serve[1]))
        return
    print(machine.header())
    figures = asyncio.run(measure(options.requests, options.repeats))
    print(f"{'way':10} {'clients':>7} {'p50 ms':>8} {'p99 ms':>8} {'per s':>7} {'CPU us':>7}")
    for name, f in figures.items():
        way, clients = name.split("_")
        row = f"{f['p50_ms']:8.2f} {f['p99_ms']:8.2f} {f['per_second']:7.0f} {f['cpu_us']:7.0f}"
        print(f"{way:10} {clients:>7} {row}")
    password = hashing()
    print(f"a password: {password * 1000:.0f} ms")
    print(
        json.dumps(
            {"n": options.requests, "repeats": options.repeats, "password_s": password, **figures}
        )
    )


if __name__ == "__main__":
    main()
