"""Does a job under its lease: one process of all that share the store, and another when that one is gone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from chatwright.core.errors import ChatwrightError, StoreUnavailable
from chatwright.store.leases import SECONDS, Lease, Leases

Job = Callable[[Lease], Awaitable[bool]]  # whether there was anything to be done
SHARE = 3  # a lease is renewed so many times before it would run out

log = logging.getLogger(__name__)


async def led(
    leases: Leases, name: str, job: Job, *, rest: float = 0.0, seconds: float = SECONDS
) -> bool:
    """Do `job` if the lease is free and nobody has done it in the last `rest` seconds; whether it was done.

    A job whose lease is lost, or cannot be renewed for as long as it runs, is cancelled. Raises what it raises.
    """
    lease = await asyncio.to_thread(leases.take, name, seconds, rest)
    if lease is None:
        return False
    task = asyncio.ensure_future(job(lease))
    done = False
    try:
        if await _kept(leases, lease, task, seconds):
            done = await task
        else:
            log.error("%s: another process has taken over; it ends here.", name)
    finally:
        if not task.done():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        with suppress(ChatwrightError):  # it runs out by itself
            await asyncio.shield(asyncio.to_thread(leases.release, lease, done=done))
    return done


async def _kept(leases: Leases, lease: Lease, task: asyncio.Future[bool], seconds: float) -> bool:
    """Renew until the task has ended (True), or the lease is lost."""
    clock = asyncio.get_running_loop().time
    until = clock() + seconds
    while True:
        ended, _ = await asyncio.wait({task}, timeout=seconds / SHARE)
        if ended:
            return True
        try:
            asked = clock()
            if not await asyncio.to_thread(leases.renew, lease, seconds):
                return False
            until = asked + seconds
        except StoreUnavailable:
            if clock() >= until:
                return False
