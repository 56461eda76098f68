"""Removes, once an hour, what is kept for longer than the bot says; at the start, what should be gone
already."""

from __future__ import annotations

import asyncio
import logging

from chatwright.core.errors import ChatwrightError
from chatwright.server.leading import led
from chatwright.server.services import Services
from chatwright.store.leases import Lease, Leases

EVERY = 3600.0  # seconds

log = logging.getLogger(__name__)


async def keep(services: Services) -> None:
    """Prune until cancelled; of several processes one at a time."""
    leases = Leases(services.database)

    async def job(_: Lease) -> bool:
        done = await asyncio.to_thread(services.people.prune)
        if any(done.values()):
            log.info("pruned: %s", ", ".join(f"{count} {name}" for name, count in done.items()))
        return True

    while True:
        try:
            await led(leases, "retention", job)
        except ChatwrightError as error:
            log.error("Nothing was pruned: %s", error)
        await asyncio.sleep(EVERY)
