"""Remembers for a moment that the engine was full: who comes next is sent away before it costs anything."""

from __future__ import annotations

import time

from chatwright.server.errors import Problem, retry_after

MOMENT = 0.1  # seconds


class Overload:
    """Full after a request that the engine had no room for, until a request ends or the moment is over."""

    def __init__(self) -> None:
        self._until = 0.0

    def check(self) -> None:
        """Raise the 503 while the engine is known to be full."""
        if time.monotonic() < self._until:
            message = "The server has as many requests as it can take. Try again in a moment."
            raise Problem(503, message, code="server_is_overloaded", headers=retry_after(1))

    def ended(self, full: bool) -> None:
        """A request is over: there is room again, unless the engine was full for this one."""
        self._until = time.monotonic() + MOMENT if full else 0.0
