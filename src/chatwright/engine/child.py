"""The child process that computes, seen from the server: starts it, supervises it, sends and receives.

A child that dies or hangs is started again; requests in flight then get an `EngineError` at once.
`worker` is what runs in it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import sys
import time
from collections import deque
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

from chatwright.core.errors import EngineError, EngineOverloaded, Unsupported
from chatwright.engine.schema import grammar_of
from chatwright.engine.supervised import Supervised, ended
from chatwright.engine.writer import Load, Pace, Step

VOCABULARY = "openvino_detokenizer.xml"  # what the pipeline reads a grammar's letters from
START_SECONDS = 120.0
GRAMMARS = 256.0  # MiB of grammars after which an idle child is replaced
STALL_SECONDS = 60.0  # with requests and without a sign of life: a hung step
WATCH_SECONDS = 2.0
LINE_LIMIT = 64 * 1024 * 1024

log = logging.getLogger(__name__)


class Request:
    """A reply in the making: what the child has sent and nobody has taken yet.

    A queue for one taker. `asyncio.Queue`, which is for many, costs as much as all else that happens
    to a token in this file.
    """

    __slots__ = ("_events", "_taker", "sent")

    def __init__(self) -> None:
        self._events: deque[list[Any] | EngineError] = deque()
        self._taker: asyncio.Future[None] | None = None
        self.sent = False

    def put(self, event: list[Any] | EngineError) -> None:
        self._events.append(event)
        if self._taker is not None and not self._taker.done():
            self._taker.set_result(None)

    async def take(self) -> list[Any]:
        """The next entry; raises the error that came instead."""
        while not self._events:
            self._taker = asyncio.get_running_loop().create_future()
            await self._taker
        event = self._events.popleft()
        if isinstance(event, EngineError):
            raise event
        return event


class Child(Supervised):
    """See `writer.Writer`."""

    def __init__(self, options: dict[str, Any], queue: int) -> None:
        super().__init__()
        self._options, self._queue = options, queue
        self._requests: dict[int, Request] = {}
        self._next = 0
        self._heard = 0.0
        self._pace = Pace()
        self._figures: tuple[int, int, float] | None = None  # as the worker told them last
        self._grammars: set[str] = set()
        self._grown = 0.0  # MiB

    @property
    def running(self) -> int:
        return len(self._requests)

    @property
    def load(self) -> Load:
        if self._figures is None:
            return Load(waiting=len(self._requests), restarts=self.restarts)
        known, computed, cache = self._figures
        unsent = sum(not request.sent for request in self._requests.values())
        waiting = unsent + max(0, known - computed) if self._requests else 0
        return Load(waiting, cache, self.restarts)

    @property
    def cached_tokens(self) -> bool:
        return bool(self._options["prefix_cache"])

    @property
    def schemas(self) -> bool:
        return (Path(self._options["folder"]) / VOCABULARY).exists()

    async def generate(
        self, prompt: list[int], options: dict[str, Any]
    ) -> AsyncGenerator[Step, None]:
        if options["schema"] is not None:
            options = options | {"schema": self._grammar(options["schema"])}
        if len(self._requests) >= self._queue:
            raise EngineOverloaded(
                f"{self._queue} requests are already being answered.",
                "Try again in a moment.",
                retry_after=self._pace.retry_after,
            )
        number, request = self._next, Request()
        self._next += 1
        self._requests[number] = request
        began, finished = time.monotonic(), True
        try:
            await self._wait_until_ready()
            if len(self._requests) == 1:
                self._heard = time.monotonic()
            self._send({"add": [number, prompt, options]})
            request.sent, finished = True, False
            while not finished:
                try:
                    _, ids, log_probs, finish = await request.take()
                except EngineError:
                    finished = True  # the child has ended
                    raise
                finished = finish is not None
                if finished:
                    _refuse_odd(finish)
                    self._pace.ended(time.monotonic() - began)
                yield ids, log_probs, finish
        finally:
            self._requests.pop(number, None)
            if not finished:
                self._send({"cancel": number})
            if self._grown > GRAMMARS and not self._requests:
                self._renew()

    def _grammar(self, schema: str) -> str:
        grammar = grammar_of(schema, self._options["vocabulary"])
        if grammar.text not in self._grammars:
            if self._grown > 4 * GRAMMARS:
                raise EngineOverloaded(
                    "Too many different schemas were asked for.", "Try again.", retry_after=30.0
                )
            self._grammars.add(grammar.text)
            self._grown += grammar.size
        return grammar.text

    def _renew(self) -> None:
        """Replace a child that has nothing to do: what it keeps of grammars, it keeps for good."""
        if self._process is not None and self._ready.is_set():
            log.info("The engine's process %s is replaced: it has seen many schemas.", self.pid)
            self._ready.clear()
            self._renewing = True
            self._process.kill()

    def _send(self, command: dict[str, Any]) -> None:
        process = self._process
        if process is None or process.stdin is None or process.stdin.is_closing():
            return  # the supervisor tells those who wait
        with contextlib.suppress(ConnectionError):
            process.stdin.write(json.dumps(command, separators=(",", ":")).encode() + b"\n")

    def _lost(self) -> None:
        error = EngineError("The engine stopped in the middle of the answer.", "Try again.")
        for request in self._requests.values():
            if request.sent:  # the others wait for the next child
                request.put(error)

    async def _run(self) -> bool:
        """Start a child and pass on what it says until it ends. Whether it ever was ready."""
        self._process = process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "chatwright.engine.worker", json.dumps(self._options)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=None if os.environ.get("CHATWRIGHT_DEBUG") else asyncio.subprocess.DEVNULL,
            limit=LINE_LIMIT,
            start_new_session=True,  # Ctrl-C reaches the server, which then drains and closes
        )
        assert process.stdout is not None
        self._grammars, self._grown, self._figures = set(), 0.0, None
        was_ready, said = False, None
        watching = asyncio.create_task(self._watch(process))
        try:
            async with asyncio.timeout(START_SECONDS) as patience:
                async for line in process.stdout:
                    self._heard = time.monotonic()
                    message = json.loads(line)
                    if "tokens" in message:
                        if (figures := message.get("figures")) is not None:
                            self._figures = tuple(figures)
                        self._dispatch(message["tokens"])
                    elif "ready" in message:
                        patience.reschedule(None)
                        was_ready, self._failure = True, None
                        self._ready.set()
                    else:
                        said = message.get("failed")
        except TimeoutError:
            said = f"the model did not load within {START_SECONDS:.0f} s"
            process.kill()
        finally:
            watching.cancel()
            self._ready.clear()  # nobody shall send to it while it is waited for
            await ended(process)
        self._note_end(process.returncode, said, was_ready)
        return was_ready

    async def _watch(self, process: asyncio.subprocess.Process) -> None:
        """Kill a child that has requests and gives no sign of life."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            silent = time.monotonic() - self._heard
            if self._ready.is_set() and self._requests and silent > STALL_SECONDS:
                log.error("The engine's process %s hangs for %.0f s.", process.pid, silent)
                process.kill()
                return

    def _dispatch(self, entries: list[list[Any]]) -> None:
        for entry in entries:
            request = self._requests.get(entry[0])
            if request is not None:
                request.put(entry)


def _refuse_odd(finish: str) -> None:
    """Raise for what is an end and not a finish."""
    if finish == "ignored":
        raise EngineError(
            "The engine's cache is too small for this conversation.",
            "Raise [engine] cache_mb in bot.toml.",
        )
    if finish == "cancelled":
        raise EngineError("The engine dropped the request.", "Try again.")
    if finish.startswith("invalid"):
        raise Unsupported(f"The engine refused the request ({finish[8:].strip()}).", "Change it.")
