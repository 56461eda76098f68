"""Says when something is new in conversations, whichever process did it: looks into the store once a second.

One task for the whole process, and two small queries a look, however many wait; none where nobody
does. What is done in this process is told at once (`nudge`). It knows that something is new, not what.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from chatwright.core.errors import ChatwrightError
from chatwright.server.caller import Caller
from chatwright.server.errors import Problem
from chatwright.store.inbox import Inbox
from chatwright.store.records import MessageRecord
from chatwright.store.talks import Talk

EVERY = 1.0  # seconds between two looks
MOST = 2_000  # that wait at once in a process
MOST_OF_ONE = 10  # of one person: open pages
MOST_OF_ADDRESS = 200  # of all visitors behind one address

States = dict[str, tuple[Any, ...]]
log = logging.getLogger(__name__)


class Live:
    """Who waits for news in this process, and of what."""

    def __init__(self, inbox: Inbox, bots: Callable[[], tuple[str, ...]]) -> None:
        self._inbox = inbox
        self._bots = bots
        self._talks: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._known: dict[str, int | None] = {}
        self._team: set[asyncio.Event] = set()
        self.states: States = {}  # of the inbox, as it was last seen
        self._waiting = Counter[str]()
        self._nudged = asyncio.Event()

    def nudge(self) -> None:
        """Something was done: look now."""
        self._nudged.set()

    async def keep(self) -> None:
        """Look until cancelled."""
        heard = True
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(EVERY):
                    await self._nudged.wait()
            self._nudged.clear()
            try:
                await self.look()
                heard = True
            except ChatwrightError as error:
                if heard:
                    log.warning("Nobody is told of news for now: %s", error)
                heard = False
            except Exception:
                log.exception("Nobody is told of news for now.")

    async def look(self) -> None:
        """Wake whoever waits for what has changed."""
        if self._talks:
            await self._look_at_talks()
        if self._team:
            states = await asyncio.to_thread(self._inbox.states, self._bots())
            if states != self.states:
                self.states = states
                for event in self._team:
                    event.set()

    async def _look_at_talks(self) -> None:
        ids = list(self._talks)
        found = await asyncio.to_thread(self._inbox.revisions, ids)
        for id in ids:
            revision = found.get(id)
            # Of one that nobody waited for until now, what happened in between is not known.
            if id not in self._known or self._known[id] != revision:
                self._known[id] = revision
                for event in self._talks.get(id, ()):
                    event.set()
        self._known = {id: revision for id, revision in self._known.items() if id in self._talks}

    @contextmanager
    def conversation(self, id: str, caller: Caller) -> Iterator[asyncio.Event]:
        """An event that is set when there may be something new in that conversation. Raises a 429 or a 503
        where too many wait."""
        with self._counted(caller):
            event = asyncio.Event()
            self._talks[id].add(event)
            self.nudge()
            try:
                yield event
            finally:
                self._talks[id].discard(event)
                if not self._talks[id]:
                    del self._talks[id]

    @contextmanager
    def team(self, caller: Caller) -> Iterator[asyncio.Event]:
        """The same for the list of conversations with a person's part."""
        with self._counted(caller):
            event = asyncio.Event()
            self._team.add(event)
            self.nudge()
            try:
                yield event
            finally:
                self._team.discard(event)

    @contextmanager
    def _counted(self, caller: Caller) -> Iterator[None]:
        names = (("", MOST), (caller.id, MOST_OF_ONE), (f"at {caller.counted}", MOST_OF_ADDRESS))
        if self._waiting[""] >= MOST:
            raise Problem(503, "Too many pages are open. Reload this one in a moment.")
        if any(self._waiting[name] >= most for name, most in names):
            raise Problem(429, "Too many pages of yours are open. Close one, and reload this one.")
        self._waiting.update(name for name, _ in names)
        try:
            yield
        finally:
            self._waiting.subtract(name for name, _ in names)
            self._waiting = +self._waiting


class WebOutlet:
    """The page's way out: it waits for news of its conversation by itself."""

    def __init__(self, live: Live) -> None:
        self._live = live

    async def deliver(self, conversation: Talk, message: MessageRecord) -> None:
        self._live.nudge()


def digest(states: States) -> str:
    """Names a state of the list: a reader that has seen it misses nothing."""
    return hashlib.sha256(repr(sorted(states.items())).encode()).hexdigest()[:16]
