"""Which bot answers now, and its exchange for another without a failed request."""

from __future__ import annotations

import asyncio
from collections import Counter
from types import TracebackType

from chatwright.answer.bot import Bot
from chatwright.core.live import Mark


class Lease:
    """The right to use one bot until `release`: a swap closes no bot that is leased."""

    def __init__(self, deployed: Deployed, bot: Bot, live: bool) -> None:
        self.bot = bot
        self._live = live
        self._deployed: Deployed | None = deployed

    def release(self) -> None:
        """Give the bot back; more than once does no harm."""
        if self._deployed is not None:
            self._deployed._returned(self.bot, self._live)
            self._deployed = None

    def __enter__(self) -> Bot:
        return self.bot

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


class Deployed:
    """Holds the bot that new requests get; requests keep the one they started with."""

    def __init__(self, bot: Bot, mark: Mark | None = None) -> None:
        """`mark` says to others on this machine that somebody waits for an answer."""
        self._bot, self._mark = bot, mark
        self._leases: Counter[Bot] = Counter()
        self._swapping = asyncio.Lock()
        self._returns = asyncio.Event()

    def current(self) -> Bot:
        return self._bot

    def lease(self, *, live: bool = True) -> Lease:
        """`live`: somebody waits for what it is used for."""
        self._leases[self._bot] += 1
        if live and self._mark is not None:
            self._mark.enter()
        return Lease(self, self._bot, live)

    def beat(self) -> None:
        """Once a second: somebody still waits."""
        if self._mark is not None:
            self._mark.beat()

    def leased(self) -> int:
        """Requests and turns that are being answered, by any bot."""
        return self._leases.total()

    async def start(self) -> None:
        await self._bot.start()

    async def close(self) -> None:
        if self._mark is not None:
            self._mark.close()
        await self._bot.close()

    async def swap(self, bot: Bot, patience: float = 60.0) -> None:
        """Start `bot`, give it to new requests, then close the old one when its last request ends.

        When `bot` cannot start, its error is raised and the old one goes on. After `patience`
        seconds the old one is closed even if it is still writing.
        """
        async with self._swapping:
            try:
                await bot.start()
            except BaseException:
                await bot.close()
                raise
            old, self._bot = self._bot, bot
            try:
                async with asyncio.timeout(patience):
                    while self._leases[old]:
                        self._returns.clear()
                        await self._returns.wait()
            except TimeoutError:
                pass
            await old.close()

    def _returned(self, bot: Bot, live: bool) -> None:
        self._leases[bot] -= 1
        if live and self._mark is not None:
            self._mark.leave()
        self._returns.set()
