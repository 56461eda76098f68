"""What the simulated vendors know: people, chats and messages, one clock, and chances from one seed."""

from __future__ import annotations

import hashlib
import random
import time
from dataclasses import dataclass, field
from typing import Any, Literal

from chatwright.channels.simulator.rules import Rules

Who = Literal["person", "bot"]


@dataclass(slots=True)
class Line:
    """A message as the vendor keeps it. `no` counts the lines of its vendor; `uncertain`: the sender was told
    of an error although it was sent."""

    no: int
    id: str
    chat: str
    person: str
    who: Who
    text: str
    at: float
    method: str = ""
    thread: str = ""
    buttons: list[dict[str, str]] = field(default_factory=list)
    reactions: list[str] = field(default_factory=list)
    about: dict[str, Any] = field(default_factory=dict)
    streamed_at: float | None = (
        None  # when the last part of a stream came; None: no stream, or a finished one
    )
    uncertain: bool = False
    changes: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """Something that the vendor tells the bot's server. `path`: which of the server's addresses it is for."""

    id: str
    payload: dict[str, Any]
    person: str = ""
    text: str = ""
    path: str = "events"


class Clock:
    """Seconds since 1970, moved forward by `ahead` where a window is to pass."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def now(self) -> float:
        return time.time() + self.ahead


class Buckets:
    """Token buckets: `rate` a second, `burst` at once."""

    def __init__(self) -> None:
        self._levels: dict[str, tuple[float, float]] = {}

    def take(self, key: str, rate: float, burst: float) -> float:
        """Take one; 0, or the seconds until there is one again."""
        now = time.monotonic()
        level, at = self._levels.get(key, (burst, now))
        level = min(burst, level + (now - at) * rate)
        if level >= 1:
            self._levels[key] = (level - 1, now)
            return 0.0
        self._levels[key] = (level, now)
        return (1 - level) / rate


class Book:
    """One vendor's state. Nothing of it outlives the process."""

    def __init__(self, vendor: str, seed: int, clock: Clock) -> None:
        self.vendor = vendor
        self.clock = clock
        self.rules = Rules()
        self.chances = random.Random(f"{seed}:{vendor}:sends")
        self.buckets = Buckets()
        self.lines: dict[str, Line] = {}
        self.order: list[Line] = []
        self.people: dict[str, str] = {}  # id -> name
        self.heard: dict[str, float] = {}  # chat -> when its person last wrote
        self.calls: dict[str, int] = {}  # method -> how often
        self.refused: dict[str, int] = {}  # reason -> how often
        self._numbers = 0

    def number(self) -> int:
        """The next of a vendor's own numbers: in ids and timestamps."""
        self._numbers += 1
        return self._numbers

    def person(self, name: str, ident: str) -> str:
        self.people.setdefault(ident, name)
        return ident

    def write(self, ident: str, chat: str, person: str, who: Who, text: str, **more: Any) -> Line:
        line = Line(len(self.order), ident, chat, person, who, text, self.clock.now(), **more)
        self.lines[ident] = line
        self.order.append(line)
        if who == "person":
            self.heard[chat] = line.at
        return line

    def count(self, method: str) -> None:
        self.calls[method] = self.calls.get(method, 0) + 1

    def refuse(self, reason: str) -> None:
        self.refused[reason] = self.refused.get(reason, 0) + 1

    def chance(self) -> Literal["error", "uncertain", ""]:
        """What becomes of the next send: it is refused, or done and reported as failed, or simply done."""
        drawn = self.chances.random()
        if drawn < self.rules.errors:
            return "error"
        return "uncertain" if drawn < self.rules.errors + self.rules.uncertain else ""

    def wait(self, key: str, rate: float, burst: float) -> float:
        """The seconds to wait by the vendor's limit, on its own clock; 0: go on."""
        if not self.rules.limits:
            return 0.0
        return self.buckets.take(key, rate * self.rules.hurry, burst)

    def open(self, chat: str, seconds: float) -> bool:
        """Whether the chat's person wrote within so many seconds."""
        return self.clock.now() - self.heard.get(chat, float("-inf")) <= seconds


def digits(name: str, length: int) -> str:
    """Digits that are always the same for a name."""
    return str(int(hashlib.sha256(name.encode()).hexdigest(), 16))[:length]


def code(name: str, length: int) -> str:
    """Capital letters and digits that are always the same for a name."""
    return hashlib.sha256(name.encode()).hexdigest().upper()[:length]
