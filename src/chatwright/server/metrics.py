"""What /metrics shows: vLLM's names where it has one, so that its dashboards work, and our own.

One registry per app, nothing global. Labels are few and never a person's.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from functools import partial

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from chatwright.core.types import Chunk, Route, Usage

# Buckets as in vLLM's docs/design/metrics.md.
FIRST = (0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0)
PER_TOKEN = (0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5)
WHOLE = (0.3, 0.5, 0.8, 1.0, 1.5, 2.0, 2.5, 5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0, 60.0, 120.0)
TOKENS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)


class Metrics:
    """The figures of one app; `model` is the bot's name."""

    def __init__(self, model: str) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._model = model

        def counter(name: str, about: str, *labels: str) -> Counter:
            return Counter(name, about, labels, registry=self.registry)

        def histogram(name: str, about: str, buckets: tuple[float, ...]) -> Histogram:
            made = Histogram(name, about, ("model_name",), buckets=buckets, registry=self.registry)
            return made.labels(model)

        running = Gauge(
            "vllm:num_requests_running",
            "Replies that are being made",
            ("model_name",),
            registry=self.registry,
        )
        self._running = running.labels(model)
        self._success = counter(
            "vllm:request_success", "Finished replies", "model_name", "finished_reason"
        )
        self._read = counter("vllm:prompt_tokens", "Tokens read", "model_name").labels(model)
        self._written = counter("vllm:generation_tokens", "Tokens written", "model_name").labels(
            model
        )
        self._first = histogram("vllm:time_to_first_token_seconds", "To the first text", FIRST)
        self._between = histogram("vllm:inter_token_latency_seconds", "Between texts", PER_TOKEN)
        self._per_token = histogram(
            "vllm:request_time_per_output_token_seconds",
            "Mean per token after the first",
            PER_TOKEN,
        )
        self._whole = histogram("vllm:e2e_request_latency_seconds", "To the end", WHOLE)
        self._prompt = histogram("vllm:request_prompt_tokens", "Tokens read per reply", TOKENS)
        self._reply = histogram(
            "vllm:request_generation_tokens", "Tokens written per reply", TOKENS
        )
        self._turns = counter(
            "chatwright_turns", "Replies by how they ended", "channel", "route", "status"
        )
        self.feedback = counter("chatwright_feedback", "Feedback given", "thumb")
        self.http = counter("http_requests", "Requests", "handler", "method", "status")

    def text(self) -> bytes:
        return generate_latest(self.registry)

    def watcher(
        self, channel: str
    ) -> Callable[[AsyncGenerator[Chunk, None]], AsyncGenerator[Chunk, None]]:
        return partial(self.watch, channel=channel)

    async def watch(
        self, chunks: AsyncGenerator[Chunk, None], channel: str
    ) -> AsyncGenerator[Chunk, None]:
        """Pass a reply's chunks on and take its figures; closing this closes `chunks`."""
        started = last = time.monotonic()
        first: float | None = None
        route: Route | None = None
        status = "failed"
        self._running.inc()
        try:
            async with aclosing(chunks):
                async for chunk in chunks:
                    time_now = time.monotonic()
                    if chunk.text and first is None:
                        first = time_now
                        self._first.observe(first - started)
                    elif chunk.text:
                        self._between.observe(time_now - last)
                    last = time_now
                    route = chunk.route or route
                    if chunk.finish_reason is not None:
                        status = "done"
                        self._finished(chunk.finish_reason, chunk.usage, started, first)
                    yield chunk
        except (GeneratorExit, asyncio.CancelledError):
            status = "stopped" if status == "failed" else status
            raise
        finally:
            self._running.dec()
            self._turns.labels(channel, route or "none", status).inc()

    def _finished(
        self, reason: str, usage: Usage | None, started: float, first: float | None
    ) -> None:
        time_now = time.monotonic()
        self._success.labels(self._model, reason).inc()
        self._whole.observe(time_now - started)
        if usage is None:
            return
        self._read.inc(usage.prompt_tokens)
        self._written.inc(usage.completion_tokens)
        self._prompt.observe(usage.prompt_tokens)
        self._reply.observe(usage.completion_tokens)
        if first is not None and usage.completion_tokens > 1:
            self._per_token.observe((time_now - first) / (usage.completion_tokens - 1))
