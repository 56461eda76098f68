"""A circuit breaker: after some failures in a row nobody is sent there until a probe was answered.

Counts and clocks only; who probes, and how, is the engine's affair.
"""

from __future__ import annotations

import time
from collections.abc import Callable

FAILURES = 5
PROBE_SECONDS = 10.0


class Breaker:
    """Closed (all may pass), open (nobody may), or on trial (one may)."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures = 0
        self._probe_at: float | None = None  # when open
        self._trial = False  # on trial, and nobody has been sent yet

    @property
    def open(self) -> bool:
        """Whether a request would be refused now."""
        return self._failures >= FAILURES and not self._trial

    @property
    def retry_after(self) -> float:
        """Seconds until it may pass again; at least 1."""
        left = 0.0 if self._probe_at is None else self._probe_at - self._clock()
        return max(left, 1.0)

    def passes(self) -> bool:
        """Whether a request may be sent; on trial, the first one alone."""
        if self._failures < FAILURES:
            return True
        passes, self._trial = self._trial, False
        return passes

    def succeeded(self) -> None:
        self._failures, self._probe_at, self._trial = 0, None, False

    def failed(self) -> None:
        self._failures += 1
        if self._failures >= FAILURES:
            self.wait()

    def wait(self) -> None:
        """The next probe is due in a while."""
        self._probe_at, self._trial = self._clock() + PROBE_SECONDS, False

    def answered(self) -> None:
        """A probe was answered: the next request decides."""
        self._trial = True
