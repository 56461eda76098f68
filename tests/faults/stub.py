"""A real server around an engine of words: what the fault tests kill, starve and overload. A program:

    python -m tests.faults.stub '{"place": "store.db", "folder": "."}'

It prints {"address": ...} when it answers.
"""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from chatwright.answer import Bot
from chatwright.core.types import Chunk, Conversation, Sampling, Usage
from chatwright.server import create_app, serve
from chatwright.server.scrape import place
from chatwright.server.serve import GRACE
from chatwright.server.siblings import inherited
from chatwright.spec import Spec
from chatwright.store import Database

ROOT = Path(__file__).resolve().parents[2]
CHAT = "/v1/chat/completions"


class Parrot:
    """An engine that says `pieces` numbered pieces of `size` characters, one every `delay` seconds.

    Keeps nothing of what it was asked, so that its own memory does not grow.
    """

    context = 100_000

    def __init__(self, pieces: int = 20, delay: float = 0.005, size: int = 4) -> None:
        self.pieces, self.delay, self.size = pieces, delay, size
        self.running = self.asked = 0
        self.closed = False

    def count(self, conversation: Conversation) -> int:
        return len(conversation.messages)

    async def chat(
        self, conversation: Conversation, sampling: Sampling
    ) -> AsyncGenerator[Chunk, None]:
        assert not self.closed, "asked after close"
        self.running += 1
        self.asked += 1
        try:
            for number in range(self.pieces):
                await asyncio.sleep(self.delay)
                yield Chunk(f"{number} ".ljust(self.size, "x"), written=number + 1)
            yield Chunk(finish_reason="stop", usage=Usage(self.count(conversation), self.pieces))
        finally:
            self.running -= 1

    async def start(self) -> None:
        self.closed = False

    async def close(self) -> None:
        self.closed = True

    def health(self) -> Literal["ready", "starting", "failed"]:
        return "failed" if self.closed else "ready"


@dataclass
class Lag:
    """How much later than asked for the event loop wakes somebody, in seconds."""

    seen: list[float] = field(default_factory=list)

    async def watch(self, _services: Any) -> None:
        while True:
            asked = time.monotonic()
            await asyncio.sleep(0.01)
            self.seen.append(time.monotonic() - asked - 0.01)
            if len(self.seen) > 100_000:
                del self.seen[::2]


# Faults are the server's and the store's: what is said here is numbers, which the guard would look at.
UNGUARDED = {"personal": False, "links": ["*"]}


def spec_in(folder: Path, channels: dict[str, Any] | None = None) -> Spec:
    values = {
        "folder": folder,
        "bot": {"name": "library", "purpose": "x"},
        "answers": {"max_tokens": 1000},
        "guard": UNGUARDED,
        "channels": channels or {},
    }
    return Spec.model_validate(values)


def main(options: dict[str, Any]) -> None:
    spec = spec_in(Path(options["folder"]), options.get("channels"))
    leaving = spec.server.model_copy(update={"leave_seconds": options.get("leave", 0.0)})
    spec = spec.model_copy(update={"server": leaving})
    engine = Parrot(**options.get("engine", {}))
    lag = Lag()
    app = create_app(
        Bot(spec, engine, "r", "d"), Database(options["place"]), spec, background=[lag.watch]
    )
    listener = inherited()
    app.state.services.scrape.place = place()
    serve(
        app,
        "127.0.0.1",
        0,
        on_ready=lambda address: print(json.dumps({"address": address}), flush=True),
        grace=options.get("grace", GRACE),
        listener=listener,
    )
    worst = sorted(lag.seen)[int(0.99 * len(lag.seen))] if lag.seen else 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with suppress(BrokenPipeError):
        print(
            json.dumps({"running": engine.running, "lag_p99": worst, "peak_kb": peak}), flush=True
        )


@dataclass
class Server:
    """A stub that runs in a process of its own."""

    process: subprocess.Popen[str]
    address: str
    started: float  # seconds until it answered

    def rss(self) -> int:
        """Resident memory now, in bytes."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * resource.getpagesize()

    def descriptors(self) -> int:
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    def end(self, timeout: float = 40) -> dict[str, Any]:
        """SIGTERM; what it says last. It exits with 0 and complains of nothing."""
        self.process.terminate()
        out, err = self.process.communicate(timeout=timeout)
        assert (self.process.returncode, err) == (0, "")
        found: dict[str, Any] = json.loads(out.splitlines()[-1])
        return found


def begin(
    place: str, folder: Path, environment: dict[str, str] | None = None, **options: Any
) -> Server:
    """Start one, and wait until it answers."""
    return _answering(_launched(place, folder, environment, **options), time.monotonic())


def _launched(
    place: str, folder: Path, environment: dict[str, str] | None = None, **options: Any
) -> subprocess.Popen[str]:
    values = json.dumps({"place": place, "folder": str(folder), **options})
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.stub", values],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _answering(process: subprocess.Popen[str], began: float) -> Server:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise AssertionError(process.communicate()[1])
    return Server(process, json.loads(line)["address"], time.monotonic() - began)


@contextmanager
def pair(place: str, folder: Path, **options: Any) -> Iterator[tuple[Server, Server]]:
    """Two on one store, started at the same moment."""
    began = time.monotonic()
    launched = [_launched(place, folder, **options) for _ in range(2)]
    servers = [_answering(process, began) for process in launched]
    try:
        yield servers[0], servers[1]
    finally:
        for server in servers:
            if server.process.poll() is None:
                server.kill()


@contextmanager
def running(place: str, folder: Path, **options: Any) -> Iterator[Server]:
    """One that is killed at the end, if it is still there."""
    server = begin(place, folder, **options)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.kill()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
