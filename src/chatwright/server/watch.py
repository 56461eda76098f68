"""Follows the deployment pointer: a promotion or rollback is served from the next request on."""

from __future__ import annotations

import asyncio
import logging

from chatwright.answer import Bot, Deployed, open_bot
from chatwright.core.errors import ChatwrightError
from chatwright.release.registry import Registry
from chatwright.server.respec import fresh
from chatwright.spec import Spec
from chatwright.store import Database

EVERY = 1.0  # seconds between two looks
log = logging.getLogger(__name__)


async def watch(deployed: Deployed, spec: Spec, store: Database | None = None) -> None:
    """Serve what `deployments/current` names, looking every second, until cancelled.

    A deployment that cannot be opened is reported once, and the old one goes on.
    """
    registry = Registry(spec)
    refused = ""
    while True:
        await asyncio.sleep(EVERY)
        wanted = registry.current_id()
        serving = deployed.current().promoted_id
        if wanted is None or wanted in (serving, refused):
            continue
        if await deployed.adopt(wanted):  # a canary or a staging link had it running already
            log.info("deployment %s is served now", wanted)
            continue
        try:
            bot = await asyncio.to_thread(
                _open, registry, await asyncio.to_thread(fresh, spec), store
            )
            await deployed.swap(bot)
            log.info("deployment %s is served now", wanted)
        except ChatwrightError as error:
            refused = wanted
            log.error("deployment %s cannot be served: %s", wanted, error)


def _open(registry: Registry, spec: Spec, store: Database | None) -> Bot:
    current = registry.current()
    assert current is not None, "the pointer was read just before"
    deployment, release = current
    return open_bot(release, spec, deployment, store=store)
