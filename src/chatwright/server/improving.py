"""Starts `chatwright improve` when `[improve] every` says so, as a process of its own at low priority, and
shows how the last one ended. It trains nothing itself, and a server that ends takes its child with it: the
next one goes on."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from functools import partial

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector, CollectorRegistry

from chatwright.core.errors import ChatwrightError
from chatwright.improve import schedule
from chatwright.improve.journal import last
from chatwright.server.leading import led
from chatwright.server.respec import fresh
from chatwright.spec import Spec
from chatwright.store.leases import VARIABLE, Lease, Leases

LOOK = 20.0  # seconds between two looks at the clock
GRACE = 20.0  # seconds that it has to write a checkpoint when the server ends
ENDED = ("promoted", "refused", "ready", "failed", "interrupted")

log = logging.getLogger(__name__)


async def improving(spec: Spec, leases: Leases, look: float = LOOK) -> None:
    """Look until cancelled; where bot.toml says so by now, the bot is improved. Of several processes one starts
    it."""
    while True:
        try:
            wanted = await asyncio.to_thread(fresh, spec)
            if wanted.improve.every:
                rest = schedule.period(wanted.improve.every).total_seconds() / 2
                await led(leases, f"improve {spec.bot.name}", partial(_if_due, wanted), rest=rest)
        except (ChatwrightError, OSError) as error:
            log.error("The bot was not improved: %s", error)
        await asyncio.sleep(look)


def command(spec: Spec) -> list[str]:
    """What is started; it lowers its own priority."""
    verb = ["improve", str(spec.folder), "--scheduled", "--json"]
    return [sys.executable, "-m", "chatwright.cli", *verb]


async def _if_due(spec: Spec, lease: Lease) -> bool:
    due: bool = await asyncio.to_thread(schedule.claim, spec)
    return due and await _run(spec, lease)


async def _run(spec: Spec, lease: Lease) -> bool:
    """Whether it came to an end of its own; one that failed or was broken off may be tried by another."""
    log.info("improving %s, as planned", spec.bot.name)
    process = await asyncio.create_subprocess_exec(
        *command(spec),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=os.environ | {VARIABLE: lease.written()},
    )
    try:
        out, err = await process.communicate()
    except asyncio.CancelledError:
        await _end(process)
        raise
    code = process.returncode or 0
    _tell(code, out.decode(errors="replace"), err.decode(errors="replace"))
    return code == 0


async def _end(process: asyncio.subprocess.Process) -> None:
    """A training writes a checkpoint when it is asked to stop."""
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), GRACE)
    except TimeoutError:
        process.kill()
        await process.wait()


def _tell(code: int, out: str, err: str) -> None:
    try:
        told = json.loads(out.strip().splitlines()[-1])
    except (ValueError, IndexError):
        told = {}
    if code == 0 and "said" in told:
        log.info("improve: %s", told["said"])
    else:
        why = told.get("error", {}).get("message") or err.strip().splitlines()[-1:] or code
        log.error("improve ended with %s: %s", code, why)


class LastImprovement(Collector):
    """The newest journal as figures; read when they are asked for, so every process tells the same."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec

    def collect(self) -> Iterator[Metric]:
        name = self._spec.bot.name
        ended = GaugeMetricFamily(
            "chatwright_improve_last_run_timestamp_seconds",
            "When the last improvement began",
            labels=["model_name"],
        )
        state = GaugeMetricFamily(
            "chatwright_improve_last_state",
            "How it ended: 1 for the state that it is in",
            labels=["model_name", "state"],
        )
        found = last(self._spec.made)
        if found is not None:
            began = datetime.fromisoformat(found.values["started_at"]).timestamp()
            ended.add_metric([name], began)
            for one in ("running", *ENDED):
                state.add_metric([name, one], float(one == found.state))
        yield ended
        yield state


def show(registry: CollectorRegistry, specs: list[Spec]) -> None:
    """Add the figures of these bots to those of the server."""
    for spec in specs:
        if spec.improve.every or last(spec.made) is not None:
            registry.register(LastImprovement(spec))
