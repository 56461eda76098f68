"""Brings a vendor's events to the bot's server as the vendor does: late, twice, out of order, and again."""

from __future__ import annotations

import asyncio
import heapq
import logging
import random
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx

from chatwright.channels.simulator.vendor import Sealed, Vendor
from chatwright.channels.simulator.world import Event

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a delivery ended. `status` 0: no answer."""

    status: int
    milliseconds: float
    why: str = ""
    final: bool = False  # whatever the status: the server wants no repetition

    @property
    def good(self) -> bool:
        return 200 <= self.status < 300


class Line(Protocol):
    """Another way to the server than HTTP: Slack's Socket Mode."""

    async def bring(self, events: list[Event], attempt: int, why: str) -> Outcome: ...


@dataclass(order=True, slots=True)
class _Due:
    at: float
    order: int
    event: Event = field(compare=False)
    attempt: int = field(compare=False, default=0)
    why: str = field(compare=False, default="")


@dataclass(slots=True)
class Fate:
    """What became of an event. `attempts` counts every delivery of it, duplicates too."""

    event: Event
    attempts: int = 0
    acknowledged: int = 0
    given_up: bool = False
    status: int = 0


class Courier:
    """Delivers the events of one vendor."""

    def __init__(self, vendor: Vendor, line: Line | None = None) -> None:
        self.vendor = vendor
        self.line = line
        self.fates: dict[str, Fate] = {}
        self.acks: list[float] = []  # milliseconds of each 2xx
        self.answers: Counter[int] = Counter()
        self._chances = random.Random(f"{vendor.seed}:{vendor.name}:deliveries")
        self._heap: list[_Due] = []
        self._order = 0
        self._flying: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()
        self._client: httpx.AsyncClient | None = None
        vendor.post = self.post

    def post(self, events: list[Event], after: float = 0.0) -> None:
        """Deliver them in `after` seconds, or later or twice as the rules want it."""
        rules, chances = self.vendor.book.rules, self._chances
        for event in events:
            self.fates[event.id] = Fate(event)
            due = time.monotonic() + after + chances.random() * rules.delay_ms / 1000
            if chances.random() < rules.reordered:
                due += (0.1 + 0.9 * chances.random()) * rules.hold_ms / 1000
            self._put(_Due(due, self._order, event))
            if chances.random() < rules.duplicates:
                self._put(_Due(due + chances.random() * rules.hold_ms / 1000, self._order, event))

    async def run(self) -> None:
        """Until it is cancelled."""
        limits = httpx.Limits(max_connections=256, max_keepalive_connections=64)
        async with httpx.AsyncClient(limits=limits, trust_env=False) as self._client:
            try:
                while True:
                    self._wake.clear()
                    pause = self._send_due()
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._wake.wait(), pause)
            finally:
                for task in self._flying:
                    task.cancel()

    def report(self) -> dict[str, Any]:
        """Counts and the times in which the server answered 2xx, in milliseconds."""
        acks = sorted(self.acks)
        fates = self.fates.values()
        return {
            "events": len(fates),
            "acknowledged": sum(fate.acknowledged > 0 for fate in fates),
            "given_up": sum(fate.given_up and not fate.acknowledged for fate in fates),
            "waiting": len(self._heap) + len(self._flying),
            "attempts": sum(fate.attempts for fate in fates),
            "answers": {str(status): n for status, n in sorted(self.answers.items())},
            "ack_p50_ms": _rank(acks, 0.5),
            "ack_p99_ms": _rank(acks, 0.99),
        }

    async def bring(self, sealed: Sealed, method: str = "POST") -> tuple[int, bytes]:
        """One request at once, and what the server says: (status, body). Raises `httpx.HTTPError`."""
        assert self._client is not None, "the courier runs"
        answer = await self._client.request(
            method, sealed.url, content=sealed.body, headers=sealed.headers, timeout=10
        )
        return answer.status_code, answer.content

    def _put(self, due: _Due) -> None:
        due.order = self._order
        self._order += 1
        heapq.heappush(self._heap, due)
        self._wake.set()

    def _send_due(self) -> float:
        """Start what is due; the seconds until more is."""
        rules = self.vendor.book.rules
        if rules.silent or not (rules.url or (rules.socket and self.line)):
            return 0.2
        while self._heap and len(self._flying) < rules.at_once:
            if (wait := self._heap[0].at - time.monotonic()) > 0:
                return wait
            batch = [heapq.heappop(self._heap)]
            most = rules.batch if self.vendor.batches else 1
            while len(batch) < most and self._heap and self._fits(batch[0]):
                batch.append(heapq.heappop(self._heap))
            task = asyncio.create_task(self._deliver(batch))
            self._flying.add(task)
            task.add_done_callback(self._landed)
        return 3600.0

    def _fits(self, first: _Due) -> bool:
        following = self._heap[0]
        now = following.at <= time.monotonic()
        return (
            now and following.attempt == first.attempt and following.event.path == first.event.path
        )

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._flying.discard(task)
        self._wake.set()
        if not task.cancelled() and (failure := task.exception()):
            log.error("A delivery of %s failed here.", self.vendor.name, exc_info=failure)

    async def _deliver(self, batch: list[_Due]) -> None:
        first, events = batch[0], [due.event for due in batch]
        if self.vendor.book.rules.socket and self.line:
            outcome = await self.line.bring(events, first.attempt, first.why)
        else:
            outcome = await self._by_http(events, first.attempt, first.why)
        self.answers[outcome.status] += 1
        if outcome.good:
            self.acks.append(outcome.milliseconds)
        for due in batch:
            fate = self.fates[due.event.id]
            fate.attempts += 1
            fate.status = outcome.status
            fate.acknowledged += outcome.good
            if not outcome.good:
                self._again(due, outcome)

    def _again(self, due: _Due, outcome: Outcome) -> None:
        waits = self.vendor.waits
        if outcome.final or due.attempt >= len(waits):
            self.fates[due.event.id].given_up = True
            return
        at = time.monotonic() + waits[due.attempt] / self.vendor.book.rules.hurry
        self._put(_Due(at, 0, due.event, due.attempt + 1, outcome.why))

    async def _by_http(self, events: list[Event], attempt: int, why: str) -> Outcome:
        assert self._client is not None, "the courier runs"
        sealed = self.vendor.seal(events, attempt, why)
        began = time.monotonic()
        try:
            answer = await self._client.post(
                sealed.url,
                content=sealed.body,
                headers=sealed.headers,
                timeout=self.vendor.patience,
            )
        except httpx.TimeoutException:
            return Outcome(0, 1000 * (time.monotonic() - began), "http_timeout")
        except httpx.HTTPError:
            return Outcome(0, 1000 * (time.monotonic() - began), "connection_failed")
        final = answer.headers.get("x-slack-no-retry") == "1"
        return Outcome(answer.status_code, 1000 * (time.monotonic() - began), "http_error", final)


def _rank(ordered: list[float], share: float) -> float | None:
    if not ordered:
        return None
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 2)
