"""How long work reports itself. The CLI draws it; everything below only speaks this protocol."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


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
