"""Runs an app on a port until a signal: takes the port first, loads after, and goes in good order.

Prints nothing: `on_ready` is told the address. Not a process manager: one process, one loop.
"""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn
from fastapi import FastAPI
from uvicorn.loops.auto import auto_loop_factory

from chatwright.core.errors import ChatwrightError, WrongUse
from chatwright.server.services import Services

GRACE = 30.0  # seconds that replies may take to end after the first signal
LAST = 5  # seconds for connections to close after that


def serve(
    app: FastAPI,
    host: str,
    port: int,
    *,
    on_ready: Callable[[str], None],
    grace: float = GRACE,
) -> None:
    """Serve until SIGINT or SIGTERM; a second signal does not wait for replies.

    Raises `ChatwrightError` when the port is taken, before the engine is started, and what the
    engine's start raises.
    """
    # uvloop's loop where it is installed: with httptools, a quarter less time for a request.
    with bind(host, port) as listener, asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        runner.run(_serve(app, host, listener, on_ready, grace))


def bind(host: str, port: int) -> socket.socket:
    """A socket bound to `host` and `port` (0: any free one)."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror:
        raise WrongUse(
            f"The host {host!r} cannot be resolved.", "Name an address of this machine."
        ) from None
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise _refused(error, host, port) from error
    return listener


def _refused(error: OSError, host: str, port: int) -> ChatwrightError:
    if error.errno == errno.EADDRINUSE:
        return ChatwrightError(
            f"Port {port} on {host} is in use.",
            "Stop the program that uses it, or choose another with --port.",
        )
    if error.errno == errno.EACCES:
        return ChatwrightError(f"Port {port} needs more rights.", "Choose one above 1023.")
    return ChatwrightError(
        f"{host}:{port} cannot be listened on ({error.strerror}).",
        "Name an address of this machine.",
    )


def address(host: str, listener: socket.socket) -> str:
    """The URL to open: a bound-to-everything host becomes one that a browser can reach."""
    port = listener.getsockname()[1]
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}.get(host, host)
    name = f"[{name}]" if ":" in name and not name.startswith("[") else name
    return f"http://{name}:{port}"


async def _serve(
    app: FastAPI,
    host: str,
    listener: socket.socket,
    on_ready: Callable[[str], None],
    grace: float,
) -> None:
    services: Services = app.state.services
    services.host = host
    # The app's lifespan runs here and not in uvicorn, which would log its errors with a traceback
    # and leave the process itself.
    async with app.router.lifespan_context(app):
        config = uvicorn.Config(
            app,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            ws="none",
            timeout_graceful_shutdown=LAST,
        )
        await Server(config, services, grace, lambda: on_ready(address(host, listener))).serve(
            [listener]
        )


class Server(uvicorn.Server):
    """uvicorn's server, which on a signal first lets the replies end while it still answers.

    At once /ready says 503 and new replies are refused; the listener stays open, so that whoever
    balances the load can see it. After `grace` seconds streams get an error event and end.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        services: Services,
        grace: float,
        on_ready: Callable[[], None],
    ) -> None:
        super().__init__(config)
        self._services = services
        self._grace = grace
        self._on_ready = on_ready
        self._going: asyncio.Task[None] | None = None
        self._loop = asyncio.get_running_loop()
        services.stop = self.stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_ready()

    def stop(self) -> None:
        """End as on a signal; may be called from any thread, a second time to hurry."""
        self.handle_exit(signal.SIGTERM, None)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        # Not passed on to uvicorn: it would raise the signal again at the end, and the process
        # would not exit with 0.
        if self._services.draining:
            self.should_exit = True
        self._services.draining = True
        self._loop.call_soon_threadsafe(self._go)

    def _go(self) -> None:
        if self._going is None:
            self._going = asyncio.ensure_future(self._drain())

    async def _drain(self) -> None:
        try:
            async with asyncio.timeout(self._grace):
                # A signal handler sets the flag, and may set no asyncio.Event.
                while self._services.busy() and not self.should_exit:  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
        except TimeoutError:
            pass
        await self._services.turns.close()
        self._services.closing.set()
        self.should_exit = True
