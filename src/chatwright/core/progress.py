"""How long work reports itself. The CLI draws it; everything below only speaks this protocol."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import Any, Protocol, TextIO

LINES = (
    "CHATWRIGHT_PROGRESS"  # set to "lines" by whoever starts a verb and reads what `Lines` writes
)


class Progress(Protocol):
    """Told what goes on; decides itself whether and how to show it."""

    def say(self, line: str) -> None:
        """A line worth keeping."""

    def start(self, what: str, total: int | None = None) -> None:
        """A new piece of work, of `total` units where that is known; ends the one before."""

    def advance(self, done: int, note: str = "") -> None:
        """`done` units of the current work are finished."""

    def show(self, lines: Sequence[str]) -> None:
        """How the current work looks now; replaces what was shown before."""

    def stop(self) -> None:
        """The current work is finished."""


class Silent:
    """Shows nothing."""

    def say(self, line: str) -> None: ...

    def start(self, what: str, total: int | None = None) -> None: ...

    def advance(self, done: int, note: str = "") -> None: ...

    def show(self, lines: Sequence[str]) -> None: ...

    def stop(self) -> None: ...


class Lines:
    """A JSON object a line, for another program: `say` with `line`; `at` with `what`, `done`, `total`, `note`.

    Where work stands is written at most once in `EVERY` seconds.
    """

    EVERY = 1.0

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._what = ""
        self._total: int | None = None
        self._last = 0.0

    def say(self, line: str) -> None:
        if line.strip():
            self._write({"say": line})

    def start(self, what: str, total: int | None = None) -> None:
        self._what, self._total = what, total
        self._at(0, "")

    def advance(self, done: int, note: str = "") -> None:
        if time.monotonic() - self._last >= self.EVERY or done == self._total:
            self._at(done, note)

    def show(self, lines: Sequence[str]) -> None: ...

    def stop(self) -> None: ...

    def _at(self, done: int, note: str) -> None:
        self._last = time.monotonic()
        self._write({"at": self._what, "done": done, "total": self._total, "note": note})

    def _write(self, values: dict[str, Any]) -> None:
        self._out.write(json.dumps(values, ensure_ascii=False) + "\n")
        self._out.flush()
