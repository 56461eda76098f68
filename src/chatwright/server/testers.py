"""Invited testers: which staging link a browser came through. Who they are nobody asks."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

from chatwright.core.errors import StoreUnavailable
from chatwright.store.staging import TOKEN, Staging, StagingLink, digest_of

COOKIE = "chatwright_staging"
FRESH = 2.0  # seconds until a revocation is known
KNOWN = 256  # links that are remembered


class Testers:
    """Looks links up, and remembers them for a moment."""

    def __init__(self, staging: Staging, bot: str) -> None:
        self._staging, self._bot = staging, bot
        self._found: dict[str, tuple[float, StagingLink | None]] = {}

    async def find(self, token: str) -> StagingLink | None:
        """The live link with this secret."""
        if not TOKEN.fullmatch(token):
            return None
        digest = digest_of(token)
        until, link = self._found.get(digest, (0.0, None))
        if until <= time.monotonic():
            with suppress(StoreUnavailable):  # while the store is away nothing changes in it
                link = await asyncio.to_thread(self._staging.match, token, self._bot)
            if len(self._found) >= KNOWN:
                self._found.clear()
            self._found[digest] = (time.monotonic() + FRESH, link)
        return link if link is not None and link.state == "live" else None
