"""Which key a request shows: found in the store, and remembered for a moment.

What changes in the store, a revocation as well, is in force within `FRESH` seconds. While the store is
away nothing changes in it: what was known then counts, of keys for `AWAY` seconds.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress

from chatwright.core.errors import ChatwrightError, StoreUnavailable
from chatwright.store import Keys
from chatwright.store.keys import KEY, KeyRecord, digest_of
from chatwright.store.stamps import now

FRESH = 2.0  # seconds
AWAY = 600.0
KNOWN = 4096  # answers that are remembered
NOTE = 60.0  # seconds between two notes of a key's use


class Keyring:
    """Looks keys up. `bots` are the names of the bots that this server answers for."""

    def __init__(self, keys: Keys, bots: Callable[[], tuple[str, ...]]) -> None:
        self._keys = keys
        self._bots = bots
        self._found: dict[str, tuple[float, KeyRecord | None]] = {}
        self._any = (0.0, False)
        self._used: dict[str, str] = {}
        self._noted: dict[str, float] = {}

    async def find(self, text: str) -> KeyRecord | None:
        """The key's record, live or not; None when it is none of ours."""
        if not KEY.fullmatch(text):
            return None
        digest = digest_of(text)  # no key is kept in memory
        until, record = self._found.get(digest, (0.0, None))
        if until <= time.monotonic():
            try:
                record = await asyncio.to_thread(self._keys.match, text, self._bots())
            except StoreUnavailable:
                if record is None or until + AWAY <= time.monotonic():
                    raise
                return record
            if len(self._found) >= KNOWN:
                self._found.clear()
            self._found[digest] = (time.monotonic() + FRESH, record)
        return record

    async def prime(self) -> None:
        """Know from the start whether there are keys, for a store that goes away."""
        with suppress(ChatwrightError):
            self._any = (time.monotonic(), await asyncio.to_thread(self._keys.any, self._bots()))

    async def any(self) -> bool:
        """Whether a key was ever made; once it is so, it stays so."""
        until, known = self._any
        if not known and until <= time.monotonic():
            try:
                known = await asyncio.to_thread(self._keys.any, self._bots())
            except StoreUnavailable:
                if not until:  # it was never known
                    raise
            self._any = (time.monotonic() + FRESH, known)
        return known

    def use(self, record: KeyRecord) -> None:
        """Remember that a key was used just now; `note` writes it down."""
        moment = time.monotonic()
        if moment - self._noted.get(record.id, -NOTE) >= NOTE:
            self._noted[record.id] = moment
            self._used[record.id] = now()

    async def note(self) -> None:
        """Write down when keys were used: together, and seldom."""
        used, self._used = self._used, {}
        if used:
            with suppress(ChatwrightError):  # a full disk: the next use will be noted
                await asyncio.to_thread(self._keys.used, used)
