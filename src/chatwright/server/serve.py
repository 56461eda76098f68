"""Runs an app on a port until a signal: takes the port first, loads after, and goes in good order.

Prints nothing: `on_ready` is told the address. One process, one loop; several: `siblings.py`.
"""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
import ssl
from collections.abc import Callable
from types import FrameType
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.loops.auto import auto_loop_factory

from chatwright.core.errors import ChatwrightError, WrongUse
from chatwright.server import connection
from chatwright.server.connection import Connection, Full, look_at, reset
from chatwright.server.envelope import Envelope
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
    listener: socket.socket | None = None,
) -> None:
    """Serve until SIGINT or SIGTERM; a second signal does not wait for replies.

    A `listener` that is bound already is served instead of `port`.

    Raises `ChatwrightError` when the port is taken, before the engine is started, and what the
    engine's start raises.
    """
    # uvloop's loop where it is installed: with httptools, a quarter less time for a request.
    with (
        listener or bind(host, port) as listening,
        asyncio.Runner(loop_factory=auto_loop_factory()) as runner,
    ):
        runner.run(_serve(app, host, listening, on_ready, grace))


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


def address(host: str, listener: socket.socket, scheme: str = "http") -> str:
    """The URL to open: a bound-to-everything host becomes one that a browser can reach."""
    port = listener.getsockname()[1]
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}.get(host, host)
    name = f"[{name}]" if ":" in name and not name.startswith("[") else name
    return f"{scheme}://{name}:{port}"


async def _serve(
    app: FastAPI,
    host: str,
    listener: socket.socket,
    on_ready: Callable[[str], None],
    grace: float,
) -> None:
    services: Services = app.state.services
    services.host = host
    tls = _tls(services)
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
            http=Connection,
            proxy_headers=False,  # `proxies.py` believes those alone that are named
            timeout_graceful_shutdown=LAST,
            **tls,
        )
        url = address(host, listener, "https" if tls else "http")
        await Server(config, services, grace, lambda: on_ready(url)).serve([listener])


def _tls(services: Services) -> dict[str, Any]:
    """uvicorn's options for https, if `[server]` names a certificate."""
    spec = services.doors.spec
    if not spec.server.tls_cert:
        return {}
    cert, key = spec.path(spec.server.tls_cert), spec.path(spec.server.tls_key)
    try:  # uvicorn does the same, and tells less when it fails; with "" it asks for no password
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key, password="")
    except (OSError, ssl.SSLError) as error:
        why = error.strerror or str(error)
        raise WrongUse(
            f"https cannot be spoken with {cert} and {key} ({why}).",
            "Name a certificate chain and its key, both PEM and without a password.",
        ) from error
    return {"ssl_certfile": cert, "ssl_keyfile": key}


class Server(uvicorn.Server):
    """uvicorn's server, which on a signal first lets the replies end while it still answers.

    At once /ready says 503; the listener stays open, so that whoever balances the load can see it.
    After `[server] leave_seconds`, in which it has seen it, new replies are refused; `grace` seconds
    later streams get an error event and end.
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
        """As uvicorn does it, with connections of ours and a time for the TLS handshake."""
        config, most = self.config, self._services.doors.spec.server.connections
        full = Envelope(Full(config.loaded_app), self._services.metrics)

        def connected() -> Connection:
            return Connection(config, self.server_state, most=most, full=full)

        self.servers = [
            await self._loop.create_server(
                connected,
                sock=listener,
                ssl=config.ssl,
                ssl_handshake_timeout=connection.HEAD_SECONDS if config.ssl else None,
                backlog=config.backlog,
            )
            for listener in sockets or []
        ]
        self.started = True
        self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn does it; then those whose readers take nothing: closing the loop would wait for them."""
        await super().shutdown(sockets)
        reset(self.server_state.connections)
        await asyncio.sleep(0)

    async def on_tick(self, counter: int) -> bool:
        if counter % 10 == 0:  # of ten a second
            look_at(self.server_state.connections)
        return await super().on_tick(counter)

    def stop(self) -> None:
        """End as on a signal; may be called from any thread, a second time to hurry."""
        self.handle_exit(signal.SIGTERM, None)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        # Not passed on to uvicorn: it would raise the signal again at the end, and the process
        # would not exit with 0.
        if self._services.leaving:
            self.should_exit = True
        self._services.leaving = True
        self._loop.call_soon_threadsafe(self._go)

    def _go(self) -> None:
        if self._going is None:
            self._going = asyncio.ensure_future(self._drain())

    async def _drain(self) -> None:
        left = self._loop.time() + self._services.doors.spec.server.leave_seconds
        # A signal handler sets the flag, and may set no asyncio.Event.
        while self._loop.time() < left and not self.should_exit:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        self._services.draining = True
        try:
            async with asyncio.timeout(self._grace):
                while self._services.busy() and not self.should_exit:  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
        except TimeoutError:
            pass
        await self._services.turns.close()
        self._services.closing.set()
        self.should_exit = True
