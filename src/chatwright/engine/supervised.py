"""A process that is started, watched, and started again when it ends. What it does is its subclass's."""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from typing import Literal

from chatwright.core.errors import EngineError

RESTART_PATIENCE = 10.0  # seconds that a request waits for a process that is being started again
RESTARTS = (0.0, 0.5, 2.0, 5.0, 15.0)  # seconds to wait before the n-th restart in a row
STABLE_SECONDS = 60.0  # a process that lived this long starts the count anew

log = logging.getLogger(__name__)


class Supervised:
    """See `writer.Writer`; a subclass has `_run` and `_lost`."""

    next_step = "Run `chatwright doctor`, or train again."

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._supervisor: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()
        self._failure: str | None = None
        self._closing = False
        self.restarts = 0  # ends that nobody asked for
        self._renewing = False  # it is ended on purpose, to be started again

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def health(self) -> Literal["ready", "starting", "failed"]:
        if self._ready.is_set():
            return "ready"
        return "failed" if self._failure else "starting"

    async def start(self) -> None:
        self._closing = False
        if self._supervisor is None:
            self._supervisor = asyncio.create_task(self._supervise())
        waiting = asyncio.create_task(self._ready.wait())
        try:
            await asyncio.wait({waiting, self._supervisor}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiting.cancel()
        if not self._ready.is_set():
            raise EngineError(
                f"The engine could not start: {self._failure or 'no reason given'}.", self.next_step
            )

    async def close(self) -> None:
        self._closing = True
        if self._process is not None:
            await self._end(self._process)
        if self._supervisor is not None:
            self._supervisor.cancel()  # it may wait for a restart, or have no process yet
            await asyncio.wait({self._supervisor})
            self._supervisor = None

    async def _run(self) -> bool:
        """Start the process and return when it has ended: whether it ever was ready."""
        raise NotImplementedError

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        """Let `process` end, in good order where it can."""
        await ended(process)

    def _lost(self) -> None:
        """The process is gone: tell those who wait for it."""

    async def _wait_until_ready(self) -> None:
        if self._ready.is_set():
            return
        try:
            await asyncio.wait_for(self._ready.wait(), RESTART_PATIENCE)
        except TimeoutError:
            raise EngineError("The engine is not running.", "Try again in a moment.") from None

    async def _supervise(self) -> None:
        """Keep a process alive until `close`; give up when it never became ready."""
        deaths = 0
        while not self._closing:
            began = time.monotonic()
            try:
                was_ready = await self._run()
            finally:
                self._ready.clear()
                self._lost()
            if not was_ready and not deaths:
                return
            stable = self._renewing or time.monotonic() - began > STABLE_SECONDS
            deaths, self._renewing = 1 if stable else deaths + 1, False
            await asyncio.sleep(RESTARTS[min(deaths, len(RESTARTS)) - 1])

    def _note_end(self, code: int | None, said: str | None, was_ready: bool) -> None:
        """Log the end of a process; keep the reason where it never became ready."""
        reason = said or f"its process ended {how(code)}"
        if not was_ready:
            self._failure = reason
        if not self._closing and not self._renewing:
            self.restarts += 1
            log.error("The engine's process %s ended: %s.", self.pid, reason)


def how(code: int | None) -> str:
    if code is not None and code < 0:
        return f"by {signal.Signals(-code).name}"
    return f"with code {code}"


async def ended(process: asyncio.subprocess.Process, patience: float = 5.0) -> None:
    """Wait until `process`, which has closed its output or shall end, is gone."""
    if process.stdin is not None:
        process.stdin.close()
    try:
        await asyncio.wait_for(process.wait(), patience)
    except TimeoutError:
        process.kill()
        await process.wait()
