"""Which bot answers now, and its exchange for another without a failed request; candidates beside it.

A candidate has an engine of its own, and so costs as much memory as the bot that is served. Who gets which is
not decided here: `chooser` says.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from types import TracebackType
from typing import Protocol

from chatwright.answer.bot import Bot
from chatwright.core.live import Mark
from chatwright.core.types import Chunk

Chunks = AsyncGenerator[Chunk, None]
PATIENCE = 60.0  # seconds for the last replies of a bot that is to be closed


class Chooser(Protocol):
    """Says which of the bots beside answers a person; None: the one that is served. May raise."""

    def __call__(self, person: str) -> Bot | None: ...


class Observer(Protocol):
    """Sees the replies pass. `kept`: whether the store keeps them."""

    def __call__(self, bot: Bot, chunks: Chunks, person: str, kept: bool) -> Chunks: ...


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
        self._beside: dict[str, Bot] = {}  # by the deployment that they would be promoted as
        self.chooser: Chooser | None = None  # both None: nothing is asked of anybody
        self.observer: Observer | None = None

    def current(self) -> Bot:
        return self._bot

    def beside(self, deployment: str) -> Bot | None:
        """The candidate that runs under this id."""
        return self._beside.get(deployment)

    def candidates(self) -> tuple[str, ...]:
        return tuple(self._beside)

    def bot_for(self, person: str) -> Bot:
        """Who answers `person` now; without a name, who is served. Raises what `chooser` does."""
        if self.chooser is None or not person:
            return self._bot
        return self.chooser(person) or self._bot

    def lease(self, person: str = "", *, live: bool = True) -> Lease:
        """`live`: somebody waits for what it is used for."""
        bot = self._bot if self.chooser is None else self.bot_for(person)
        self._leases[bot] += 1
        if live and self._mark is not None:
            self._mark.enter()
        return Lease(self, bot, live)

    def beat(self) -> None:
        """Once a second: somebody still waits."""
        if self._mark is not None:
            self._mark.beat()

    def observed(self, bot: Bot, chunks: Chunks, person: str, *, kept: bool) -> Chunks:
        """`chunks`, seen by whoever wants to."""
        return chunks if self.observer is None else self.observer(bot, chunks, person, kept)

    def leased(self) -> int:
        """Requests and turns that are being answered, by any bot."""
        return self._leases.total()

    async def start(self) -> None:
        await self._bot.start()

    async def close(self) -> None:
        if self._mark is not None:
            self._mark.close()
        for bot in (self._bot, *self._beside.values()):
            await bot.close()
        self._beside.clear()

    async def stage(self, bot: Bot) -> None:
        """Start `bot` beside the one that is served. When it cannot start, its error is raised."""
        try:
            await bot.start()
        except BaseException:
            await bot.close()
            raise
        self._beside[bot.promoted_id] = bot

    async def unstage(self, deployment: str, patience: float = PATIENCE) -> None:
        """No more requests for that candidate, now; it is closed when its last one has ended."""
        bot = self._beside.pop(deployment, None)
        if bot is not None:
            await self._drain(bot, patience)

    async def adopt(self, deployment: str, patience: float = PATIENCE) -> bool:
        """Serve a candidate that runs already, as `swap` would; False when there is none such."""
        async with self._swapping:
            bot = self._beside.pop(deployment, None)
            if bot is None:
                return False
            old, self._bot = self._bot, bot
            await self._drain(old, patience)
        return True

    async def swap(self, bot: Bot, patience: float = PATIENCE) -> None:
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
            await self._drain(old, patience)

    async def _drain(self, bot: Bot, patience: float) -> None:
        """Close `bot` when its last reply has ended, or after `patience` seconds."""
        try:
            async with asyncio.timeout(patience):
                while self._leases[bot]:
                    self._returns.clear()
                    await self._returns.wait()
        except TimeoutError:
            pass
        await bot.close()

    def _returned(self, bot: Bot, live: bool) -> None:
        self._leases[bot] -= 1
        if live and self._mark is not None:
            self._mark.leave()
        self._returns.set()
