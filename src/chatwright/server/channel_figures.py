"""What /metrics shows of channels."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from chatwright.channels.states import Counted
from chatwright.core.errors import ChatwrightError
from chatwright.store import Database
from chatwright.store import channel_outbox as outbox

ACKS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 3.0, 10.0)  # seconds


class ChannelFigures(Collector):
    """Counts what passes, and asks the store how much is still to be sent."""

    def __init__(self, registry: CollectorRegistry, database: Database) -> None:
        self._database = database
        self._events = Counter(
            "chatwright_channel_events",
            "Events of channels by what became of them",
            ("channel", "result"),
            registry=registry,
        )
        self._sends = Counter(
            "chatwright_channel_sends",
            "Messages to channels by what became of them",
            ("channel", "result"),
            registry=registry,
        )
        self._acks = Histogram(
            "chatwright_channel_ack_seconds",
            "From a vendor's request to its answer",
            ("channel",),
            buckets=ACKS,
            registry=registry,
        )
        registry.register(self)

    def counted(self) -> Counted:
        return Counted(
            event=lambda channel, result: self._events.labels(channel, result).inc(),
            send=lambda channel, result: self._sends.labels(channel, result).inc(),
            ack=lambda channel, seconds: self._acks.labels(channel).observe(seconds),
        )

    def describe(self) -> Iterator[Metric]:
        """Nothing: what is described is asked for at once, and the store with it."""
        yield from ()

    def collect(self) -> Iterator[Metric]:
        family = GaugeMetricFamily(
            "chatwright_channel_queue", "Messages that are still to be sent", labels=["channel"]
        )
        with suppress(ChatwrightError):
            with self._database.read() as connection:
                found = outbox.waiting(connection)
            for channel, count in found.items():
                family.add_metric([channel], count)
        yield family
