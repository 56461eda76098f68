"""A training that gives way: while a server of the same bot makes an answer, it waits.

It looks between micro-batches and, on a CPU, between layers, so that an answer waits for a few milliseconds of
work at most; what is computed, and in which order, does not change by a bit. All pauses together have a
bound: under traffic that never ends the training takes longer, and ends.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from chatwright.core.live import in_flight
from chatwright.model.decoder import Decoder, Layer

MOST = 0.75  # of the time: it takes at most four times as long
LOOK = 0.002  # seconds between two looks while it waits
EVERY = 0.001  # seconds of work between two looks
Pause = Callable[[], None]


class Yielding:
    """Call it where a pause does no harm. `paused`: seconds so far."""

    def __init__(self, made: Path, most: float = MOST) -> None:
        self._made, self._most = made, most
        self._began = self._looked = time.monotonic()
        self.paused = 0.0

    def __call__(self) -> None:
        time_now = time.monotonic()
        if time_now - self._looked < EVERY:
            return
        self._looked = time_now
        if self._may(time_now) and in_flight(self._made):
            self._wait(time_now)

    @property
    def share(self) -> float:
        """Of the time since it began."""
        return self.paused / max(time.monotonic() - self._began, 1e-9)

    def told(self) -> str:
        """For people; empty where it never waited."""
        if self.paused < 0.5:
            return ""
        return f"Gave way to live answers for {self.paused:.0f} s, {self.share:.0%} of the time."

    def _may(self, time_now: float) -> bool:
        return self.paused < self._most * (time_now - self._began)

    def _wait(self, began: float) -> None:
        before = self.paused
        while True:
            time.sleep(LOOK)
            time_now = time.monotonic()
            self.paused = before + time_now - began
            if not in_flight(self._made) or not self._may(time_now):
                self._looked = time_now
                return


def attach(decoder: Decoder, pause: Pause) -> None:
    """Let `pause` be called within each layer, forwards and backwards, where rows are in pieces."""
    for layer in decoder.model.layers:
        assert isinstance(layer, Layer)
        layer.self_attn.pause = pause
