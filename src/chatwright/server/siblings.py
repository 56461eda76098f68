"""Several processes of one server on one port: started, started again when one dies, ended in order.

Each runs the whole server; they share the listening socket, and all else through the store. This
process serves nothing itself. Not for more than one machine: there, something balances the load.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from chatwright.core.errors import ChatwrightError
from chatwright.server.scrape import PLACE, Place

LISTENER = "CHATWRIGHT_LISTENER"  # the socket's number in a sibling's environment
PAUSES = (0.0, 1.0, 5.0, 15.0)  # seconds before the n-th start in a row of one that dies
STABLE = 60.0  # seconds after which a death is not in a row with the last one

log = logging.getLogger(__name__)


class Siblings:
    """`count` processes that run `command`, which prints a JSON object with its `address` when ready."""

    def __init__(self, command: Sequence[str], count: int, listener: socket.socket) -> None:
        self._command = command
        self._count = count
        self._listener = listener
        self._running: set[asyncio.subprocess.Process] = set()
        self._waiting = count  # those that were not ready yet
        self._failed = False

    def run(self, on_ready: Callable[[dict[str, str]], None]) -> None:
        """Until SIGINT or SIGTERM, which all of them get. `on_ready` hears what the last one printed, when
        all answer.

        Raises `ChatwrightError` when one ends before it was ever ready.
        """
        with tempfile.TemporaryDirectory(prefix="chatwright-") as folder:
            self._meeting = Path(folder)
            asyncio.run(self._run(on_ready))
        if self._failed:
            raise ChatwrightError(
                "A server process could not start.", "Its own message stands above this one."
            )

    async def _run(self, on_ready: Callable[[dict[str, str]], None]) -> None:
        self._on_ready, self._going = on_ready, asyncio.Event()
        for sign in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(sign, self._stop)
        async with asyncio.TaskGroup() as group:
            for place in range(self._count):
                group.create_task(self._keep(Place(place, self._count, self._meeting)))

    def _stop(self) -> None:
        """Pass the signal on; a second one hurries them."""
        self._going.set()
        for process in self._running:
            with suppress(ProcessLookupError):
                process.terminate()

    async def _keep(self, place: Place) -> None:
        was_ready, deaths = False, 0
        while not self._going.is_set():
            began = asyncio.get_running_loop().time()
            ready = await self._one(place, first=not was_ready)
            if self._going.is_set():
                return
            if not ready and not was_ready:
                self._failed = True
                self._stop()
                return
            was_ready = True
            lived = asyncio.get_running_loop().time() - began
            deaths = 1 if lived > STABLE else deaths + 1
            log.error("A server process ended by itself; it is started again.")
            with suppress(TimeoutError):
                async with asyncio.timeout(PAUSES[min(deaths, len(PAUSES)) - 1]):
                    await self._going.wait()

    async def _one(self, place: Place, first: bool) -> bool:
        """Run a process to its end. Whether it ever was ready."""
        number = self._listener.fileno()
        process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,  # ends with this process, and so does a sibling
            stdout=asyncio.subprocess.PIPE,
            pass_fds=(number,),
            env=os.environ | {LISTENER: str(number), PLACE: place.text()},
            start_new_session=True,  # Ctrl-C comes through this process, once
        )
        assert process.stdout is not None
        self._running.add(process)
        try:
            line = await process.stdout.readline()
            if line and first:
                self._waiting -= 1
                if not self._waiting:
                    self._on_ready(json.loads(line))
            await process.wait()
        finally:
            self._running.discard(process)
        return bool(line)


def inherited() -> socket.socket | None:
    """The listening socket of a process that `Siblings` started, which ends when that one does."""
    number = os.environ.pop(LISTENER, None)
    if number is None:
        return None
    threading.Thread(target=_end_with_parent, daemon=True).start()
    return socket.socket(fileno=int(number))


def _end_with_parent() -> None:
    with suppress(OSError):
        while os.read(sys.stdin.fileno(), 1024):
            pass
    os.kill(os.getpid(), signal.SIGTERM)
