"""Ids and times as they are stored. Not a clock for measuring: intervals use `time.monotonic`."""

from __future__ import annotations

import secrets
import threading
import time
from datetime import UTC, datetime

_lock = threading.Lock()
_last = [0, 0]  # milliseconds and counter of the newest id


def new_id() -> str:
    """A UUIDv7 (RFC 9562) that sorts after every earlier one of this process.

    The 12 bits after the version are a counter, so that ids keep their order within one
    millisecond and when the clock is set back.
    """
    with _lock:
        milliseconds, counter = time.time_ns() // 1_000_000, secrets.randbits(11)
        if milliseconds <= _last[0]:
            milliseconds, counter = _last[0], _last[1] + 1
            if counter > 0xFFF:
                milliseconds, counter = milliseconds + 1, 0
        _last[:] = milliseconds, counter
    value = milliseconds << 80 | 0x7 << 76 | counter << 64 | 0b10 << 62 | secrets.randbits(62)
    digits = f"{value:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def now() -> str:
    """The time in UTC, ISO 8601 with milliseconds and Z; sorts as text."""
    return stamp(datetime.now(UTC))


def stamp(time: datetime) -> str:
    """A time in UTC, as it is stored."""
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
