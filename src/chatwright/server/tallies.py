"""Counts and histograms that cost next to nothing; what they hold is shown by `metrics`.

Nothing global: who makes one registers it. Labels are few and never a person's.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from prometheus_client.core import HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

# Buckets as in vLLM's docs/design/metrics.md.
FIRST = (0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0)
PER_TOKEN = (0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5)
WHOLE = (0.3, 0.5, 0.8, 1.0, 1.5, 2.0, 2.5, 5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0, 60.0, 120.0)
TOKENS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
BRIEF = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
OTHER = "other"  # what a label says of a value too many


class Tally:
    """What a histogram counted under one label; written to by the event loop alone."""

    def __init__(self, bounds: list[float]) -> None:
        self._bounds = bounds
        self.counts = [0] * len(bounds)
        self.sum = 0.0

    def observe(self, value: float) -> None:
        self.counts[bisect_left(self._bounds, value)] += 1
        self.sum += value


class LockedTally(Tally):
    """One that any thread may write to."""

    def __init__(self, bounds: list[float]) -> None:
        super().__init__(bounds)
        self._lock = threading.Lock()

    def observe(self, value: float) -> None:
        with self._lock:
            super().observe(value)


class Tallies(Collector):
    """A histogram with one label, `model_name` unless told otherwise.

    The library's own takes two locks and asks each bound in turn, which at a piece of text for each token
    was a tenth of what a token cost the server.
    """

    def __init__(
        self,
        name: str,
        about: str,
        buckets: tuple[float, ...],
        label: str = "model_name",
        *,
        locked: bool = False,
    ) -> None:
        self._name, self._about, self._label = name, about, label
        self._bounds = [*buckets, float("inf")]
        self._kind = LockedTally if locked else Tally
        self._of: dict[str, Tally] = {}

    def labels(self, value: str) -> Tally:
        return self._of.get(value) or self._of.setdefault(value, self._kind(self._bounds))

    def describe(self) -> Iterator[Metric]:
        yield HistogramMetricFamily(self._name, self._about, labels=[self._label])

    def collect(self) -> Iterator[Metric]:
        family = HistogramMetricFamily(self._name, self._about, labels=[self._label])
        for value, tally in list(self._of.items()):
            pairs = zip(self._bounds, accumulate(tally.counts), strict=True)
            buckets = [(_bound(bound), n) for bound, n in pairs]
            family.add_metric([value], buckets, tally.sum)
        yield family


def _bound(value: float) -> str:
    return "+Inf" if value == float("inf") else str(float(value))


class Few:
    """The first so many values of a label; whatever comes after them is `other`."""

    def __init__(self, most: int = 40) -> None:
        self._most = most
        self._known: set[str] = set()

    def __call__(self, value: str) -> str:
        if value not in self._known:
            if len(self._known) >= self._most:
                return OTHER
            self._known.add(value)
        return value
