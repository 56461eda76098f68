"""Keeps the knowledge in step with the owner's documents: when files change, and by the clock.

`[knowledge] watch` (files) and `sync_minutes` (files and addresses) say whether.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

from chatwright.core.errors import ChatwrightError
from chatwright.core.types import Embedder
from chatwright.knowledge.shared import Shared
from chatwright.knowledge.sync import Synced, scheduled
from chatwright.knowledge.watching import Watching
from chatwright.release.registry import Registry
from chatwright.spec import Spec

log = logging.getLogger(__name__)
Tell = Callable[[bool], None]  # whether a look at the documents went well


async def resync(
    spec: Spec,
    embedder: Embedder | None = None,
    shared: Shared | None = None,
    tell: Tell = lambda _: None,
) -> None:
    """Watch and sync until cancelled, or not at all. Of several processes the second finds nothing changed."""
    async with asyncio.TaskGroup() as group:
        if spec.knowledge.watch:
            group.create_task(_watch(spec, embedder, shared, tell))
        if spec.knowledge.sync_minutes:
            group.create_task(_by_the_clock(spec, embedder, shared, tell))


async def _watch(spec: Spec, embedder: Embedder | None, shared: Shared | None, tell: Tell) -> None:
    watching, said = Watching(spec, embedder=embedder, shared=shared), ""
    try:
        while True:
            begun = time.monotonic()
            try:
                done = await asyncio.to_thread(lambda: watching.look(_needed(spec)))
                _tell(done, time.monotonic() - begun)
                said = "" if done is not None else said
                tell(True)
            except (ChatwrightError, OSError) as error:
                tell(False)
                if str(error) != said:
                    log.error("The knowledge was not synced: %s", error)
                said = str(error)
            await asyncio.sleep(watching.pause)
    finally:
        watching.close()


async def _by_the_clock(
    spec: Spec, embedder: Embedder | None, shared: Shared | None, tell: Tell
) -> None:
    while True:
        try:
            begun = time.monotonic()
            done = await asyncio.to_thread(
                lambda: scheduled(spec, _needed(spec), embedder=embedder, shared=shared)
            )
            _tell(done, time.monotonic() - begun)
            tell(True)
        except (ChatwrightError, OSError) as error:
            tell(False)
            log.error("The knowledge was not synced: %s", error)
        await asyncio.sleep(spec.knowledge.sync_minutes * 60)


def _tell(done: Synced | None, seconds: float) -> None:
    if done is None:
        return
    if done.added or done.changed or done.removed:
        log.info(
            "knowledge %s: %d added, %d changed, %d removed, in %.1f s",
            done.snapshot,
            len(done.added),
            len(done.changed),
            len(done.removed),
            seconds,
        )
    for name, why in done.problems.items():
        log.warning("knowledge: %s: %s", name, why)


def _needed(spec: Spec) -> set[str]:
    current = Registry(spec).deployment()
    return {current.knowledge} if current and current.knowledge else set()
