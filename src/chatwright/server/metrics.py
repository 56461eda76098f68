"""What /metrics shows: vLLM's names where it has one, so that its dashboards work, and our own.

One registry per app, nothing global. Labels are few and never a person's.
"""

from __future__ import annotations

import asyncio
import time
from bisect import bisect_left
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from contextlib import aclosing
from functools import partial
from itertools import accumulate

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from chatwright.core.types import Chunk, Route, Usage
from chatwright.server.meter import spend
from chatwright.store.feedback import Rated

# Buckets as in vLLM's docs/design/metrics.md.
FIRST = (0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0)
PER_TOKEN = (0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5)
WHOLE = (0.3, 0.5, 0.8, 1.0, 1.5, 2.0, 2.5, 5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0, 60.0, 120.0)
UNKEPT = "v1"  # the channel whose replies the store does not keep
TOKENS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)


class Tally:
    """What a histogram counted for one model; written to by the event loop alone."""

    def __init__(self, bounds: list[float]) -> None:
        self._bounds = bounds
        self.counts = [0] * len(bounds)
        self.sum = 0.0

    def observe(self, value: float) -> None:
        self.counts[bisect_left(self._bounds, value)] += 1
        self.sum += value


class Tallies(Collector):
    """A histogram of each model's.

    The library's own takes two locks and asks each bound in turn, which at a piece of text for each token
    was a tenth of what a token cost the server.
    """

    def __init__(self, name: str, about: str, buckets: tuple[float, ...]) -> None:
        self._name, self._about = name, about
        self._bounds = [*buckets, float("inf")]
        self._of: dict[str, Tally] = {}

    def labels(self, model: str) -> Tally:
        return self._of.setdefault(model, Tally(self._bounds))

    def collect(self) -> Iterator[Metric]:
        family = HistogramMetricFamily(self._name, self._about, labels=["model_name"])
        for model, tally in self._of.items():
            pairs = zip(self._bounds, accumulate(tally.counts), strict=True)
            buckets = [(_bound(bound), n) for bound, n in pairs]
            family.add_metric([model], buckets, tally.sum)
        yield family


def _bound(value: float) -> str:
    return "+Inf" if value == float("inf") else str(float(value))


class Metrics:
    """The figures of one app; `models` are the names of its bots."""

    def __init__(self, *models: str) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        families = Families(self.registry)
        self._of = {model: Figures(families, model) for model in models}
        self._first = models[0]

        def counter(name: str, about: str, *labels: str) -> Counter:
            return Counter(name, about, labels, registry=self.registry)

        self._turns = counter(
            "chatwright_turns", "Replies by how they ended", "channel", "route", "status"
        )
        self._feedback = counter(
            "chatwright_feedback", "Feedback given", "thumb", "channel", "route", "release"
        )
        self._corrections = counter(
            "chatwright_corrections", "Corrections given", "channel", "route", "release"
        )
        self.canary = CanaryFigures(self.registry)
        self.unkept = Unkept()
        self.http = counter("http_requests", "Requests", "handler", "method", "status")

    def text(self) -> bytes:
        return generate_latest(self.registry)

    def watcher(
        self, channel: str
    ) -> Callable[[AsyncGenerator[Chunk, None]], AsyncGenerator[Chunk, None]]:
        return partial(self.watch, channel=channel)

    async def watch(
        self, chunks: AsyncGenerator[Chunk, None], channel: str, model: str | None = None
    ) -> AsyncGenerator[Chunk, None]:
        """Pass on the chunks of a reply of `model` (the first one, where none is named) and take its
        figures; closing this closes `chunks`.

        The caller of the request is charged for its tokens: for those of a reply that was cut off,
        whose count nobody gives, one per piece of text.
        """
        figures = self._of[model or self._first]
        started = last = time.monotonic()
        first: float | None = None
        route: Route | None = None
        status, written = "failed", 0
        pieces, usage = 0, None
        figures.running.inc()
        try:
            async with aclosing(chunks):
                async for chunk in chunks:
                    time_now = time.monotonic()
                    if chunk.text and first is None:
                        first = time_now
                        figures.first.observe(first - started)
                    elif chunk.text:
                        figures.between.observe(time_now - last)
                    last = time_now
                    pieces += bool(chunk.text)
                    usage = chunk.usage or usage
                    route = chunk.route or route
                    written = chunk.written or written
                    if chunk.finish_reason is not None:
                        status = "done"
                        figures.finished(chunk.finish_reason, chunk.usage, started, first)
                    yield chunk
        except (GeneratorExit, asyncio.CancelledError):
            status = "stopped" if status == "failed" else status
            raise
        finally:
            spend(pieces if usage is None else usage.total_tokens)
            figures.running.dec()
            if channel == UNKEPT:
                self.unkept.count(model or self._first, status, usage, pieces)
            if status != "done":  # what was written of a reply that nobody got whole
                figures.written.inc(written)
            self._turns.labels(channel, route or "none", status).inc()

    def rated(self, rated: Rated) -> None:
        """Somebody rated a reply, or took back what they had said. The release is that of the reply."""
        said = rated.said
        about = (rated.channel, rated.route or "none", rated.release or "none")
        thumb = said.thumb or ("withdrawn" if said.empty else "none")
        self._feedback.labels(thumb, *about).inc()
        if said.correction:
            self._corrections.labels(*about).inc()

    def embedded(self, model: str, tokens: int) -> None:
        """Texts of so many tokens were embedded."""
        self._of[model].read.inc(tokens)


class Unkept:
    """Replies that the store does not keep, since they were last taken: by model and status, how many, and
    their tokens read and written."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[int]] = {}

    def count(self, model: str, status: str, usage: Usage | None, pieces: int) -> None:
        row = self._found.setdefault((model, status), [0, 0, 0])
        row[0] += 1
        row[1] += 0 if usage is None else usage.prompt_tokens
        row[2] += pieces if usage is None else usage.completion_tokens

    def take(self) -> list[dict[str, str | int]]:
        """What was counted; from now on it counts from nothing."""
        found, self._found = self._found, {}
        return [
            {"bot": model, "status": status, "replies": replies, "read": read, "written": written}
            for (model, status), (replies, read, written) in found.items()
        ]


class CanaryFigures:
    """Those of both arms while a canary runs, and how near each of its rules is to an alarm (1)."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.share = Gauge(
            "chatwright_canary_share", "Share of the people a candidate answers", registry=registry
        )
        self._evidence = Gauge(
            "chatwright_canary_evidence",
            "How far a rule is on the way to rolling back",
            ("rule",),
            registry=registry,
        )
        self._replies = Counter(
            "chatwright_canary_replies",
            "Replies by how they ended",
            ("arm", "status"),
            registry=registry,
        )
        self._seconds = Tallies("chatwright_canary_seconds", "To the end of a reply", WHOLE)
        registry.register(self._seconds)

    def reply(self, arm: str) -> Callable[[str], None]:
        """A reply of that arm begins; what is given back is told how it ended."""
        began = time.monotonic()

        def ended(status: str) -> None:
            self._replies.labels(arm, status).inc()
            self._seconds.labels(arm).observe(time.monotonic() - began)

        return ended

    def look(self, rows: Iterable[tuple[str, float]]) -> None:
        """The newest look's rules and how far each is."""
        for rule, evidence in rows:
            self._evidence.labels(rule).set(evidence)


class Families:
    """What is measured of each bot's replies."""

    def __init__(self, registry: CollectorRegistry) -> None:
        def counter(name: str, about: str, *labels: str) -> Counter:
            return Counter(name, about, ("model_name", *labels), registry=registry)

        def histogram(name: str, about: str, buckets: tuple[float, ...]) -> Tallies:
            made = Tallies(name, about, buckets)
            registry.register(made)
            return made

        self.running = Gauge(
            "vllm:num_requests_running",
            "Replies that are being made",
            ("model_name",),
            registry=registry,
        )
        self.success = counter("vllm:request_success", "Finished replies", "finished_reason")
        self.read = counter("vllm:prompt_tokens", "Tokens read")
        self.written = counter("vllm:generation_tokens", "Tokens written")
        self.first = histogram("vllm:time_to_first_token_seconds", "To the first text", FIRST)
        self.between = histogram("vllm:inter_token_latency_seconds", "Between texts", PER_TOKEN)
        self.per_token = histogram(
            "vllm:request_time_per_output_token_seconds",
            "Mean per token after the first",
            PER_TOKEN,
        )
        self.whole = histogram("vllm:e2e_request_latency_seconds", "To the end", WHOLE)
        self.prompt = histogram("vllm:request_prompt_tokens", "Tokens read per reply", TOKENS)
        self.reply = histogram("vllm:request_generation_tokens", "Tokens written per reply", TOKENS)


class Figures:
    """Those of one bot: looked up once, as that costs more than counting does."""

    def __init__(self, families: Families, model: str) -> None:
        self._model = model
        self._success = families.success
        self.running = families.running.labels(model)
        self.read = families.read.labels(model)
        self.written = families.written.labels(model)
        self.first = families.first.labels(model)
        self.between = families.between.labels(model)
        self._per_token = families.per_token.labels(model)
        self._whole = families.whole.labels(model)
        self._prompt = families.prompt.labels(model)
        self._reply = families.reply.labels(model)

    def finished(
        self, reason: str, usage: Usage | None, started: float, first: float | None
    ) -> None:
        """A reply ended that was asked for at `started` and began to come at `first`."""
        time_now = time.monotonic()
        self._success.labels(self._model, reason).inc()
        self._whole.observe(time_now - started)
        if usage is None:
            return
        self.read.inc(usage.prompt_tokens)
        self.written.inc(usage.completion_tokens)
        self._prompt.observe(usage.prompt_tokens)
        self._reply.observe(usage.completion_tokens)
        if first is not None and usage.completion_tokens > 1:
            self._per_token.observe((time_now - first) / (usage.completion_tokens - 1))
