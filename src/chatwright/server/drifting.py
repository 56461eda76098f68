"""Looks once a day whether people ask something else than before, and shows the last look as figures."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Iterator
from typing import Any

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector, CollectorRegistry

from chatwright.core.errors import ChatwrightError
from chatwright.improve.drifting import look, note
from chatwright.server.leading import led
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.store import Database
from chatwright.store.leases import Lease, Leases

LOOK = 900.0  # seconds between two looks at the clock
DAY = 86_400.0

log = logging.getLogger(__name__)


async def drifting(services: Services, spec: Spec, database: Database, every: float = LOOK) -> None:
    """Look until cancelled; of several processes whoever finds the last look a day old."""
    leases = Leases(database)

    async def job(_: Lease) -> bool:
        people = services.people
        version = people.consent_version if people.consent_text else ""
        found = await asyncio.to_thread(look, spec, database, version)
        for one in found.alarms:
            log.warning("drift: %s since %s, alarm on %s", one.name, one.since, one.alarm)
        return True

    while True:
        await asyncio.sleep(every)
        try:
            if await asyncio.to_thread(_due, spec):
                await led(leases, f"drift {spec.bot.name}", job)
        except (ChatwrightError, OSError) as error:
            log.error("Drift was not looked for: %s", error)


def _due(spec: Spec) -> bool:
    try:
        return time.time() - note(spec).stat().st_mtime > DAY
    except OSError:
        return True


class LastLook(Collector):
    """The note of the last look; read when it is asked for, so every process tells the same."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec

    def collect(self) -> Iterator[Metric]:
        name, found = self._spec.bot.name, last_look(self._spec)
        score = GaugeMetricFamily(
            "chatwright_drift_score",
            "How far a daily figure is from before, of the sum at which there is an alarm",
            labels=["model_name", "figure"],
        )
        alarm = GaugeMetricFamily(
            "chatwright_drift_alarm", "1 where there is one", labels=["model_name", "figure"]
        )
        auc = GaugeMetricFamily(
            "chatwright_drift_auc",
            "How well what is asked now can be told from what was (0.5: not at all)",
            labels=["model_name", "against"],
        )
        for figure, (value, limit, day) in found.get("figures", {}).items():
            score.add_metric([name, figure], value / limit)
            alarm.add_metric([name, figure], float(day is not None))
        for against, value in found.get("auc", {}).items():
            auc.add_metric([name, against], value)
        yield from (score, alarm, auc)


def last_look(spec: Spec) -> dict[str, Any]:
    """The note of the last look; empty where there is none."""
    try:
        found: dict[str, Any] = json.loads(note(spec).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def show(registry: CollectorRegistry, specs: list[Spec]) -> None:
    """Add the figures of these bots to those of the server."""
    for spec in specs:
        registry.register(LastLook(spec))
