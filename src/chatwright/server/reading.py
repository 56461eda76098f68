"""Remembers who has read which conversation lately: the audit log tells it once, and not with every look.

In this process alone, and not for long: what counts is in the log.
"""

from __future__ import annotations

import time

AGAIN = 3600.0  # seconds after which it is written down again
MANY = 10_000


class Readers:
    """Who has read which conversation lately: to be written down once, not with every look of an open page."""

    def __init__(self) -> None:
        self._read: dict[tuple[str, str], float] = {}

    def new(self, who: str, id: str) -> bool:
        """Whether `who` did not read it within the last hour; from now on they have."""
        now = time.monotonic()
        last = self._read.pop((who, id), None)
        self._read[who, id] = now if last is None or now - last > AGAIN else last
        while len(self._read) > MANY:
            del self._read[next(iter(self._read))]
        return self._read[who, id] == now
