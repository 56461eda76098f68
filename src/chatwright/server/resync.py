"""Syncs the knowledge by the clock, where `[knowledge] sync_minutes` says so."""

from __future__ import annotations

import asyncio
import logging

from chatwright.core.errors import ChatwrightError
from chatwright.knowledge.embedder import open_embedder
from chatwright.knowledge.sync import Synced, scheduled
from chatwright.release.registry import Registry
from chatwright.spec import Spec

log = logging.getLogger(__name__)


async def resync(spec: Spec) -> None:
    """Sync until cancelled, or not at all. Of several processes the second finds nothing changed."""
    minutes = spec.knowledge.sync_minutes
    while minutes:
        try:
            done = await asyncio.to_thread(_once, spec)
            if done is not None and (done.added or done.changed or done.removed):
                log.info(
                    "knowledge %s: %d added, %d changed, %d removed",
                    done.snapshot,
                    len(done.added),
                    len(done.changed),
                    len(done.removed),
                )
            for name, why in done.problems.items() if done is not None else ():
                log.warning("knowledge: %s: %s", name, why)
        except ChatwrightError as error:
            log.error("The knowledge was not synced: %s", error)
        await asyncio.sleep(minutes * 60)


def _once(spec: Spec) -> Synced | None:
    current = Registry(spec).deployment()
    needed = {current.knowledge} if current and current.knowledge else set()
    return scheduled(spec, needed, open_embedder(spec))
