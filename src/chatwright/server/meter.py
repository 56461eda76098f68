"""Counts what callers use, against allowances that processes share: one short write per request, at
most, and none while a reply is streamed.

Requests that come while a write is on its way share the next one. Who was refused is refused again
from memory until something is left. Tokens and ends of streams are written with the next request, or
within a second.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass

from chatwright.core.errors import ChatwrightError
from chatwright.server.errors import Problem, retry_after
from chatwright.store.allowances import (
    MINUTE,
    Allowance,
    Allowances,
    Answer,
    Ask,
    Level,
    answer,
    charged,
)

EVERY = 1.0  # seconds between two writes of what is owed
TELL = 5.0  # seconds after which running streams are told again, within allowances.SEEN
TIDY = 3600.0
KNOWN = 10_000  # callers that are remembered

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Visit:
    """One admitted request. `level` is what its caller had left after it; None without limits."""

    meter: Meter
    holder: str
    allowance: Allowance
    level: Level | None

    def spend(self, tokens: int) -> None:
        self.meter.spend(self.holder, self.allowance, tokens)

    def leave(self) -> None:
        self.meter.leave(self.holder, self.allowance)

    def headers(self) -> dict[str, str]:
        return {} if self.level is None else rate_headers(self.allowance, self.level)


# The request that is being answered, for whoever learns how many tokens it took.
visiting: ContextVar[Visit | None] = ContextVar("visiting", default=None)


def spend(tokens: int) -> None:
    """Charge tokens to the caller of the request that is being answered."""
    visit = visiting.get()
    if visit is not None and tokens > 0:
        visit.spend(tokens)


def rate_headers(allowance: Allowance, level: Level) -> dict[str, str]:
    """What is left, in the headers that OpenAI's clients read."""
    found: dict[str, str] = {}
    for what, most, left in (
        ("requests", allowance.requests_per_minute, level.requests),
        ("tokens", allowance.tokens_per_minute, level.tokens),
    ):
        if most:
            found[f"x-ratelimit-limit-{what}"] = str(most)
            found[f"x-ratelimit-remaining-{what}"] = str(max(0, int(left)))
            found[f"x-ratelimit-reset-{what}"] = duration((most - left) * MINUTE / most)
    return found


def duration(seconds: float) -> str:
    """As Go writes one, which is what these headers have: 340ms, 1.5s, 6m0s."""
    if seconds < 1:
        return f"{max(0, round(seconds * 1000))}ms"
    minutes, rest = divmod(round(seconds, 1), 60)
    return f"{minutes:.0f}m{rest:g}s" if minutes else f"{rest:g}s"


class Meter:
    """Admits requests, and charges what they took. `clock` is the store's; `refused` is told of each request
    that a limit turns away, and of which one."""

    def __init__(
        self,
        allowances: Allowances,
        clock: Callable[[], float],
        refused: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._allowances = allowances
        self._clock = clock
        self._tell = refused
        self._asked: list[tuple[Ask, asyncio.Future[Answer]]] = []
        self._writing: asyncio.Task[None] | None = None
        self._owed: dict[str, tuple[Allowance, int]] = {}
        self._streams: Counter[str] = Counter()
        self._changed: set[str] = set()  # callers whose streams are not told yet
        self._levels: OrderedDict[str, tuple[Allowance, Level]] = OrderedDict()
        self._refused: dict[str, tuple[float, Answer]] = {}  # until when, on the store's clock
        self._broken = False

    async def admit(self, holder: str, allowance: Allowance, requests: int = 1) -> Visit:
        """Let a request in, or raise the 429 that says when to come again.

        Whoever is let in calls `leave` at its end.
        """
        if not allowance.limited:
            return Visit(self, holder, allowance, None)
        ask = Ask(holder, allowance, requests, self._streams[holder] + 1)
        if (known := self._known(ask)) is not None:
            raise self._refusal(known, allowance)
        self._count(holder, allowance, 1)
        try:
            given = await self._asking(ask)
            if given.refused is not None:
                if given.refused != "streams":
                    self._refused[holder] = (given.level.at + given.wait, given)
                raise self._refusal(given, allowance)
        except BaseException:
            self.leave(holder, allowance)
            raise
        return Visit(self, holder, allowance, given.level)

    def _refusal(self, given: Answer, allowance: Allowance) -> Problem:
        self._tell(given.refused or "")
        return refusal(given, allowance)

    def leave(self, holder: str, allowance: Allowance) -> None:
        if allowance.limited:
            self._count(holder, allowance, -1)

    def spend(self, holder: str, allowance: Allowance, tokens: int) -> None:
        if allowance.tokens_per_minute or allowance.tokens_per_day:
            before = self._owed.get(holder, (allowance, 0))[1]
            self._owed[holder] = (allowance, before + tokens)

    async def keep(self) -> None:
        """Write what is owed, each second, until cancelled; then once more."""
        told = tidied = time.monotonic()
        try:
            while True:
                await asyncio.sleep(EVERY)
                moment = time.monotonic()
                if moment - told >= TELL:
                    told = moment
                    self._changed.update(self._streams)
                if moment - tidied >= TIDY:
                    tidied = moment
                    await self._tidy()
                if self._owed or self._changed:
                    await self._write()
        finally:
            await self._write()

    def _count(self, holder: str, allowance: Allowance, change: int) -> None:
        self._streams[holder] += change
        if not self._streams[holder]:
            del self._streams[holder]
        if allowance.streams:
            self._changed.add(holder)

    def _known(self, ask: Ask) -> Answer | None:
        """A refusal that needs no look at the store."""
        until, given = self._refused.get(ask.holder, (0.0, None))
        now = self._clock()
        if given is not None and not 0 < until - now <= given.wait:
            given = None
            del self._refused[ask.holder]
        if given is not None and (ask.requests or given.refused != "requests"):
            return Answer(given.level, given.refused, until - now)
        if ask.allowance.streams and ask.streams > ask.allowance.streams:
            return Answer(Level.full(ask.allowance, now), "streams", 1.0)
        return None

    async def _asking(self, ask: Ask) -> Answer:
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._asked.append((ask, future))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_all())
        return await future

    async def _write_all(self) -> None:
        try:
            while self._asked:
                await self._write()
        finally:
            self._writing = None

    async def _write(self) -> None:
        """One transaction for all that is asked, owed and changed by now."""
        asked, self._asked = self._asked, []
        owed, self._owed = self._owed, {}
        changed, self._changed = self._changed, set()
        streams = {holder: self._streams[holder] for holder in changed}
        if not (asked or owed or streams):
            return
        asks, now = [ask for ask, _ in asked], self._clock()
        try:
            given = await asyncio.to_thread(self._allowances.take, asks, owed, streams, now)
            self._broken = False
        except Exception as error:
            given = self._alone(asks, owed, now, error)
        except BaseException:
            for _, future in asked:
                future.cancel()
            raise
        for (ask, future), one in zip(asked, given, strict=True):
            self._remember(ask.holder, ask.allowance, one.level)
            if not future.done():
                future.set_result(one)

    def _alone(
        self,
        asks: list[Ask],
        owed: dict[str, tuple[Allowance, int]],
        now: float,
        error: Exception,
    ) -> list[Answer]:
        """The store cannot be written: count in this process alone, from the last that was known."""
        if not self._broken:
            self._broken = True
            known = isinstance(error, ChatwrightError)
            log.warning("Limits are counted by this process alone: %s", error, exc_info=not known)
        for holder, (allowance, tokens) in owed.items():
            level = self._level(holder, allowance, now)
            self._remember(holder, allowance, charged(level, tokens))
        given = []
        for ask in asks:
            one = answer(ask, self._level(ask.holder, ask.allowance, now))
            self._remember(ask.holder, ask.allowance, one.level)
            given.append(one)
        return given

    def _level(self, holder: str, allowance: Allowance, now: float) -> Level:
        known = self._levels.get(holder)
        return Level.full(allowance, now) if known is None else known[1].later(allowance, now)

    def _remember(self, holder: str, allowance: Allowance, level: Level) -> None:
        self._levels[holder] = (allowance, level)
        self._levels.move_to_end(holder)
        if len(self._levels) > KNOWN:
            forgotten, _ = self._levels.popitem(last=False)
            self._refused.pop(forgotten, None)

    async def _tidy(self) -> None:
        with suppress(ChatwrightError):  # the next hour will do
            await asyncio.to_thread(self._allowances.forget, self._clock())


MESSAGES = {
    "requests": "Too many requests: {most} per minute are allowed here. Wait {wait}, then try again.",
    "tokens": "Too many tokens: {most} per minute are allowed here. Wait {wait}, then try again.",
    "streams": "Too many requests at once: {most} are allowed here. Wait for one to end.",
    "day": "The {most} tokens of 24 hours are used up. Wait {wait}, or ask for a higher quota.",
}


def refusal(given: Answer, allowance: Allowance) -> Problem:
    """The 429: `insufficient_quota` for the day's tokens, `rate_limit_exceeded` for the rest."""
    assert given.refused is not None
    most = {
        "requests": allowance.requests_per_minute,
        "tokens": allowance.tokens_per_minute,
        "streams": allowance.streams,
        "day": allowance.tokens_per_day,
    }[given.refused]
    message = MESSAGES[given.refused].format(most=most, wait=duration(given.wait))
    if given.refused == "day":  # true to the second: clients do not wait for more than 120
        headers = {"retry-after": str(int(given.wait) + 1), "x-should-retry": "false"}
        return Problem(429, message, code="insufficient_quota", headers=headers)
    headers = retry_after(given.wait)
    if given.refused != "streams":
        headers |= rate_headers(allowance, given.level)
    return Problem(429, message, code="rate_limit_exceeded", headers=headers)
