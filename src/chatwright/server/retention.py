"""Removes, once an hour, what is kept for longer than the bot says; at the start, what should be gone
already."""

from __future__ import annotations

import asyncio
import logging

from chatwright.core.errors import ChatwrightError
from chatwright.server.services import Services

EVERY = 3600.0  # seconds

log = logging.getLogger(__name__)


async def keep(services: Services) -> None:
    """Prune until cancelled. Several processes may do it: a second time finds nothing."""
    while True:
        try:
            done = await asyncio.to_thread(services.people.prune)
            if any(done.values()):
                log.info("pruned: %s", ", ".join(f"{count} {name}" for name, count in done.items()))
        except ChatwrightError as error:
            log.error("Nothing was pruned: %s", error)
        await asyncio.sleep(EVERY)
