"""Seconds of training alone: a clock that can be stopped while something else is done."""

from __future__ import annotations

import time


class Clock:
    """Counts while it runs; begins at `seconds`."""

    def __init__(self, seconds: float = 0.0) -> None:
        self._counted = seconds
        self._since: float | None = None

    def start(self) -> None:
        self._since = time.monotonic()

    def stop(self) -> None:
        assert self._since is not None, "it does not run"
        self._counted += time.monotonic() - self._since
        self._since = None

    @property
    def seconds(self) -> float:
        return self._counted + (time.monotonic() - self._since if self._since is not None else 0.0)
