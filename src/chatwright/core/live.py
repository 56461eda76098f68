"""A mark on disk that somebody waits for an answer now, for whoever could wait instead.

    .chatwright/live/<process>   16 bytes in shared memory: answers being made, and when that was last true

A server writes it where their number goes from none to one and back, and once a second in between; a
training looks at it. A process that died leaves a mark that is old within `STALE` seconds.
"""

from __future__ import annotations

import mmap
import os
import struct
import time
from contextlib import suppress
from pathlib import Path

from chatwright.core.files import UMASK

FOLDER = "live"  # below .chatwright
FORM = struct.Struct("<qd")  # answers, CLOCK_MONOTONIC in seconds: the same for all of a machine
STALE = 3.0  # seconds
FORGOTTEN = 24 * 3600.0  # seconds after which a file is of a process that is gone


class Mark:
    """One server process's own mark for one bot. Where it cannot be written there is none, and nobody waits."""

    def __init__(self, made: Path) -> None:
        self._count = 0
        self._map: mmap.mmap | None = None
        self._path = made / FOLDER / f"{os.getpid()}-{os.urandom(4).hex()}"
        with suppress(OSError):
            self._open()

    def _open(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(self._path.parent)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666 & ~UMASK)
        try:
            os.write(handle, FORM.pack(0, time.monotonic()))
            self._map = mmap.mmap(handle, FORM.size)
        finally:
            os.close(handle)

    def enter(self) -> None:
        """An answer is being made."""
        self._count += 1
        if self._count == 1:
            self._write()

    def leave(self) -> None:
        """One is not any more."""
        self._count -= 1
        if self._count == 0:
            self._write()

    def beat(self) -> None:
        """Say again what still holds; about once a second."""
        if self._count:
            self._write()

    def close(self) -> None:
        """Take the mark away."""
        if self._map is not None:
            self._map.close()
            self._map = None
        with suppress(OSError):
            self._path.unlink()

    def _write(self) -> None:
        if self._map is not None:
            FORM.pack_into(self._map, 0, self._count, time.monotonic())


def in_flight(made: Path) -> bool:
    """Whether a server of the bot is making an answer; a few microseconds where there is none."""
    try:
        with os.scandir(made / FOLDER) as found:
            return any(_marked(one.path) for one in found)
    except OSError:
        return False


def _marked(path: str) -> bool:
    count, beat = _read(path)
    return count > 0 and 0 <= time.monotonic() - beat < STALE


def _read(path: str) -> tuple[int, float]:
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return 0, 0.0
    try:
        found: tuple[int, float] = FORM.unpack(os.read(handle, FORM.size))
    except (OSError, struct.error):
        return 0, 0.0
    finally:
        os.close(handle)
    return found


def _sweep(folder: Path) -> None:
    """Remove what processes left that were killed long ago, or before the machine started."""
    for path in folder.iterdir():
        _, beat = _read(str(path))
        if not 0 <= time.monotonic() - beat < FORGOTTEN:
            path.unlink(missing_ok=True)
