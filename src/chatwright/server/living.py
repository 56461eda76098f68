"""What this process is at the moment, asked for when somebody scrapes: engines, deployments, connections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from chatwright.answer import Bot
from chatwright.engine.writer import Load

if TYPE_CHECKING:
    from chatwright.server.services import Services

BOT = ["model_name"]


class Living(Collector):
    """Reads memory alone, so the event loop may call it."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def describe(self) -> Iterator[Metric]:
        return iter(())  # nothing is asked before the engine is started

    def collect(self) -> Iterator[Metric]:
        bots = {name: deployed.current() for name, deployed in self._services.bots.items()}
        yield from _engines(bots)
        yield _deployments(bots)
        turns = GaugeMetricFamily("chatwright_turns_running", "Turns of conversations now")
        turns.add_metric([], self._services.turns.running())
        draining = GaugeMetricFamily("chatwright_draining", "1 while it takes no new replies")
        draining.add_metric([], float(self._services.draining))
        yield from (turns, draining, *_connections(self._services))


def _engines(bots: dict[str, Bot]) -> Iterator[Metric]:
    ready = GaugeMetricFamily(
        "chatwright_engine_ready", "1 while it would answer a request", labels=BOT
    )
    waiting = GaugeMetricFamily(
        "vllm:num_requests_waiting", "Requests that no step computes yet", labels=BOT
    )
    cache = GaugeMetricFamily(
        "vllm:kv_cache_usage_perc",
        "How full the cache of keys and values is: 1 is full",
        labels=BOT,
    )
    restarts = CounterMetricFamily(
        "chatwright_engine_restarts",
        "Ends of the engine's process that nobody asked for",
        labels=BOT,
    )
    for name, bot in bots.items():
        ready.add_metric([name], float(bot.engine.health() == "ready"))
        load: Load | None = getattr(bot.engine, "load", None)
        if load is None:
            continue
        restarts.add_metric([name], load.restarts)
        if load.waiting is not None:
            waiting.add_metric([name], load.waiting)
        if load.cache is not None:
            cache.add_metric([name], load.cache)
    yield from (ready, waiting, cache, restarts)


def _deployments(bots: dict[str, Bot]) -> Metric:
    family = GaugeMetricFamily(
        "chatwright_deployment_info",
        "1 for what is served now",
        labels=[*BOT, "release", "deployment"],
    )
    for name, bot in bots.items():
        family.add_metric([name, bot.release_id, bot.deployment_id], 1)
    return family


def _connections(services: Services) -> Iterator[Metric]:
    known = services.database.connections()
    if known is None:
        return
    family = GaugeMetricFamily(
        "chatwright_store_connections", "To the database's server", labels=["state"]
    )
    used, most = known
    family.add_metric(["used"], used)
    family.add_metric(["free"], most - used)
    yield family
