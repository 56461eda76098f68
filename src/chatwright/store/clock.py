"""A clock that nobody sets: the same in all processes of a machine, and never stepping.

For limits, sessions and waits. Not for dates that people name: those are `stamps.now`.
"""

from __future__ import annotations

import time
from pathlib import Path

from sqlalchemy import select, text

from chatwright.store.database import Database
from chatwright.store.tables import clocks

BOOT = Path("/proc/sys/kernel/random/boot_id")
BOOTTIME = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)  # it goes on while suspended
# Both databases know it; SQLAlchemy spells it once for each.
ONCE = text("INSERT INTO clocks (boot, shift) VALUES (:boot, :shift) ON CONFLICT (boot) DO NOTHING")


class Clock:
    """Seconds, about those since 1970: what the system's time was when this boot first asked, plus
    the time since then by the kernel's own count.

    The first process of a boot leaves the difference in the store, so that one that starts after
    somebody set the time agrees with those that run. Machines that share a store agree as well as
    their times did when each first asked.
    """

    def __init__(self, database: Database) -> None:
        shift = time.time() - _since_boot()
        boot = _boot()
        if boot:
            find = select(clocks.c.shift).where(clocks.c.boot == boot)
            with database.write() as connection:
                connection.execute(ONCE, {"boot": boot, "shift": shift})
                shift = connection.execute(find).scalar_one()
        self._shift = shift

    def __call__(self) -> float:
        return self._shift + _since_boot()


def here() -> tuple[str, float]:
    """Which boot of the machine this is, and how far its clock is from the count since then, in seconds."""
    return _boot(), time.time() - _since_boot()


def _since_boot() -> float:
    return time.clock_gettime(BOOTTIME)


def _boot() -> str:
    """Which boot this is; empty where the system does not tell."""
    try:
        return BOOT.read_text().strip()
    except OSError:
        return ""
