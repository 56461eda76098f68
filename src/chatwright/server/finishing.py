"""Finishes, in a process of its own, the erasures that visitors asked for and that reach into a model."""

from __future__ import annotations

import asyncio
import logging
import sys

from chatwright.core.errors import ChatwrightError
from chatwright.core.files import busy
from chatwright.improve.erasure_journal import open_erasures
from chatwright.server.leading import led
from chatwright.spec import Spec
from chatwright.store.leases import Leases

LOOK = 20.0  # seconds between two looks
AGAIN = (
    3600.0  # seconds after one that could not be finished: a gate that refuses asks for a person
)
GRACE = 20.0  # seconds that a training has to write a checkpoint when the server ends

log = logging.getLogger(__name__)


async def finishing(spec: Spec, leases: Leases, look: float = LOOK, again: float = AGAIN) -> None:
    """Look until cancelled. Of several processes, or beside somebody who does it by hand, one does it."""
    while True:
        pause = look
        try:
            if await asyncio.to_thread(_waiting, spec):
                tried = await led(leases, f"erasures {spec.bot.name}", lambda _: _run(spec))
                if tried and await asyncio.to_thread(_waiting, spec):
                    pause = again
        except ChatwrightError as error:
            log.error("The erasures were not finished: %s", error)
        await asyncio.sleep(pause)


def command(spec: Spec) -> list[str]:
    """What is started."""
    return [
        sys.executable,
        "-m",
        "chatwright.cli",
        "person",
        "finish",
        "--bot",
        str(spec.folder),
        "--json",
    ]


def _waiting(spec: Spec) -> bool:
    return bool(open_erasures(spec)) and not busy(spec.made / "erased")


async def _run(spec: Spec) -> bool:
    log.info("finishing the erasures of %s", spec.bot.name)
    process = await asyncio.create_subprocess_exec(
        *command(spec),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,  # it may name files of the owner's
    )
    try:
        code = await process.wait()
    except asyncio.CancelledError:
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), GRACE)
        except TimeoutError:
            process.kill()
        raise
    left = await asyncio.to_thread(open_erasures, spec)
    if code or left:
        log.error(
            "%d erasures are not finished (%d): `chatwright person finish` says why.",
            len(left),
            code,
        )
    else:
        log.info("every erasure is finished")
    return True
