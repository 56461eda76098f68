"""Runs the simulator on a port of this machine until a signal."""

from __future__ import annotations

import importlib.util
import socket
from collections.abc import Callable

import uvicorn

from chatwright.channels.simulator.app import Simulator
from chatwright.core.errors import ChatwrightError

HOST = "127.0.0.1"  # it has no passwords: nobody else may reach it


def websockets() -> bool:
    """Whether Socket Mode can be played: that needs a package of the extra `slack`."""
    return importlib.util.find_spec("websockets") is not None


def serve(simulator: Simulator, port: int, on_ready: Callable[[str], None]) -> None:
    """Until SIGINT or SIGTERM. `on_ready` is told the origin. Raises `ChatwrightError` when the port is
    taken."""
    try:
        listener = socket.create_server((HOST, port))
    except OSError as error:
        raise ChatwrightError(
            f"Port {port} cannot be used: {error.strerror}.", "Choose another with --port."
        ) from error
    with listener:
        origin = f"http://{HOST}:{listener.getsockname()[1]}"
        kind = "websockets-sansio" if websockets() else "none"
        config = uvicorn.Config(simulator, log_level="warning", ws=kind, lifespan="on")
        _Server(config, lambda: on_ready(origin)).run([listener])


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()
