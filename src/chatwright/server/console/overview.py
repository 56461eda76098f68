"""What happens now and has happened: figures and lines over time, of the bots served here; what needs care."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query

from chatwright.server.console.attention import looks
from chatwright.server.console.overview_types import (
    AttentionList,
    DriftFigure,
    DriftValue,
    FigureValue,
    MachineValue,
    NowValue,
    OverviewStep,
    OverviewValue,
    Range,
    TimesValue,
)
from chatwright.server.console.which import OfBot
from chatwright.server.drifting import last_look
from chatwright.server.errors import WRITING
from chatwright.server.machine import look
from chatwright.server.services import Services, Shared
from chatwright.spec import Spec
from chatwright.store.figures import Figure, percentile

router = APIRouter(prefix="/api/console/overview", responses=WRITING, tags=["console"])
# Seconds of a step, and how many of them.
RANGES: Mapping[Range, tuple[int, int]] = {
    "hour": (60, 60),
    "day": (3600, 24),
    "month": (86_400, 30),
}
FAILED = ("failed", "interrupted")


@router.get("")
async def overview(
    services: Shared, spec: OfBot, span: Annotated[Range, Query(alias="range")] = "hour"
) -> OverviewValue:
    """Of the last hour by the minute, the last day by the hour, or thirty days by the day (UTC). Needs: the
    scope `review`."""
    return await asyncio.to_thread(_overview, services, spec, span)


@router.get("/attention")
async def attention(services: Shared, spec: OfBot) -> AttentionList:
    """What needs somebody today. Needs: the scope `review`."""
    return AttentionList(items=await asyncio.to_thread(looks, services, spec))


def _overview(services: Services, spec: Spec, span: Range) -> OverviewValue:
    at, (seconds, count) = time.time(), RANGES[span]
    bot = services.bots[spec.bot.name].current()
    series = services.figures.series(spec.bot.name, seconds, count, at)
    samples = services.samples.series(seconds // 60, count, at)
    last = int(at // seconds)
    steps = [
        OverviewStep(
            at=number * seconds,
            figure=_value(series.steps.get(number, Figure()), spec),
            machine=MachineValue(**samples.get(number, {})),
        )
        for number in range(last - count + 1, last + 1)
    ]
    return OverviewValue(
        bot=spec.bot.name,
        range=span,
        seconds=seconds,
        at=at,
        complete=series.complete,
        currency=spec.prices.currency,
        now=NowValue(
            running=services.figures.running(spec.bot.name),
            queue=bot.spec.engine.queue,
            engine=bot.engine.health(),
            release=bot.release_id,
            deployment=bot.deployment_id,
            machine=_now(services),
        ),
        total=_value(series.total(), spec),
        steps=steps,
        drift=_drift(last_look(spec)),
    )


def _value(figure: Figure, spec: Spec) -> FigureValue:
    routes: Counter[str] = Counter()
    channels: Counter[str] = Counter()
    states: Counter[str] = Counter()
    for (channel, route, status), number in figure.turns.items():
        channels[channel] += number
        states[status] += number
        if status == "done":
            routes[route or "generated"] += number
    api_failed = sum(figure.api[status] for status in FAILED)
    return FigureValue(
        turns=figure.turns.total(),
        routes=dict(routes),
        channels=dict(channels),
        refused=routes["refused"],
        failed=sum(states[status] for status in FAILED) + api_failed,
        stopped=states["stopped"] + figure.api["stopped"],
        first=_times(figure.first),
        whole=_times(figure.whole),
        read=figure.read,
        written=figure.written,
        cost=spec.prices.of(figure.read, figure.written),
        up=figure.thumbs["up"],
        down=figure.thumbs["down"],
        api=figure.api.total(),
    )


def _times(counts: Mapping[int, int]) -> TimesValue:
    return TimesValue(p50=percentile(counts, 0.5), p95=percentile(counts, 0.95))


def _now(services: Services) -> MachineValue:
    found = look(services.people.spec.made, services.turns.running(), brief=True)
    return MachineValue(
        cpu=found.cpu, memory=found.memory, resident=found.resident, disk=found.disk
    )


def _drift(found: dict[str, Any]) -> DriftValue | None:
    """The note of the last look; None where nobody has looked yet."""
    if "until" not in found:
        return None
    return DriftValue(
        until=found["until"],
        too_little=found.get("too_little") or "",
        figures=[
            DriftFigure(name=name, score=score / limit if limit else 0.0, alarm=alarm)
            for name, (score, limit, alarm) in found.get("figures", {}).items()
        ],
        apart=found.get("auc", {}),
    )
